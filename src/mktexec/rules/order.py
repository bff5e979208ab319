"""Rules on dependencies and constraints that the plan's own days contradict."""

from collections.abc import Iterator
from datetime import date

from mktexec.dates import Dependency
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.rules.tasks import live
from mktexec.schedule.passes import later
from mktexec.source import Path


@rule(
    "starts-before-predecessor",
    Level.WARN,
    message=T(
        "it starts on {start}, but {before} ends on {end}", "{start} 开始，但前置任务 {before} {end} 才完成"
    ),
    hint=T("start it after that day, or drop the dependency", "请改到该日之后开始，或去掉前置关系"),
    why=T(
        "A plan that breaks its own order is late on the first day.",
        "违反自身先后关系的计划，第一天就会延误。",
    ),
    source="2.4",
)
def starts_before_predecessor(facts: Facts) -> Iterator[Hit]:
    """A typed start lies after the end of every predecessor; a milestone may share the day."""
    for key, index, link, _ in _broken(facts):
        if link.plain:
            before = facts.schedule.dates[link.task]
            params = {"start": facts.plan.tasks[key].start, "before": link.task, "end": before.end}
            yield Hit(("tasks", key, "start"), params, related=(("tasks", key, "after", str(index)),))


@rule(
    "dependency-broken",
    Level.WARN,
    message=T(
        "{link} asks for {earliest} or later, planned is {planned}",
        "{link} 要求不早于 {earliest}，计划却是 {planned}",
    ),
    hint=T("move the day, or change the lag or the kind of dependency", "请调整日期，或修改间隔、依赖类型"),
    why=T(
        "Where the promise and the dependency disagree, the forecast follows the dependency.",
        "承诺日期与依赖关系矛盾时，预计日期以依赖关系为准。",
    ),
    source="2.4",
)
def dependency_broken(facts: Facts) -> Iterator[Hit]:
    """Typed days keep the dependencies that have a lag or are not finish-to-start."""
    for key, index, link, earliest in _broken(facts):
        if not link.plain:
            side = "start" if link.kind in ("FS", "SS") else "end"
            planned = getattr(facts.schedule.dates[key], side)
            params = {"link": _written(link), "earliest": earliest, "planned": planned}
            path: Path = ("tasks", key, "after", str(index))
            yield Hit(path, params, related=(("tasks", key, side),))


def _written(link: Dependency) -> str:
    lag = f" {link.lag.days:+}{link.lag.unit}" if link.lag.days else ""
    return f"{link.task} {link.kind}{lag}"


def _broken(facts: Facts) -> Iterator[tuple[str, int, Dependency, date]]:
    """Yield task, position and link where a typed day is too early for a dependency, and the earliest day."""
    alive = dict(live(facts)) if facts.schedule.dates else {}
    for key, task in alive.items():
        for index, link in enumerate(task.after):
            typed = task.start if link.kind in ("FS", "SS") else task.end
            if typed is None or link.task not in alive:
                continue
            earliest = _earliest(facts, key, link)
            if earliest is not None and typed < earliest:
                yield key, index, link, earliest


def _earliest(facts: Facts, key: str, link: Dependency) -> date | None:
    """Return the first day that a link allows by the planned days; None where they are unknown."""
    dates, own = facts.schedule.dates[link.task], facts.schedule.dates[key]
    day = dates.end if link.kind in ("FS", "FF") else dates.start
    if day is None:
        return None
    ends = link.kind in ("FS", "FF") and not dates.milestone  # a milestone lies before its day's work
    boundary = later(facts.schedule.workdays, day.toordinal() + ends, link.lag)
    if link.kind in ("FF", "SF") or (own.milestone and ends):
        boundary -= 1  # it may end on the day before the boundary
    return date.fromordinal(boundary)


@rule(
    "buffer-not-kept",
    Level.REMIND,
    message=T(
        "it starts on {start}; the buffer of {buffer} behind {before} reaches to {end}",
        "{start} 开始，但 {before} 之后的缓冲 {buffer} 要到 {end}",
    ),
    hint=T("start it after the buffer, or shorten the buffer", "请在缓冲之后开始，或缩短缓冲"),
    why=T(
        "A buffer that the next task begins in is none.",
        "下一项任务已占用的缓冲，等于没有缓冲。",
    ),
    source="3: buffer on critical tasks (B)",
)
def buffer_not_kept(facts: Facts) -> Iterator[Hit]:
    """What follows a task by typed days leaves room for its buffer."""
    alive = dict(live(facts)) if facts.schedule.dates else {}
    for key, task in alive.items():
        for index, link in enumerate(task.after):
            before = alive.get(link.task)
            end = facts.schedule.dates[link.task].end if before else None
            if not (link.kind == "FS" and task.start and before and before.buffer and end):
                continue
            kept = later(facts.schedule.workdays, end.toordinal() + 1, before.buffer)
            if end < task.start and task.start.toordinal() < kept:
                params = {"start": task.start, "before": link.task, "buffer": str(before.buffer)}
                params["end"] = date.fromordinal(kept - 1)
                yield Hit(("tasks", key, "start"), params, related=(("tasks", key, "after", str(index)),))


@rule(
    "finish-by-missed",
    Level.WARN,
    message=T("it ends on {end} at the earliest, but must by {day}", "最早 {end} 完成，晚于限定的 {day}"),
    hint=T(
        "see what drives it: mktexec explain {task}; then shorten it, or agree on another day",
        "可用 mktexec explain {task} 查看原因；请压缩工期或另行商定日期",
    ),
    why=T(
        "A day that cannot be met by the plan itself is lost before the work begins.",
        "计划本身就赶不上的期限，开工前就已失守。",
    ),
    source="2.4",
)
def finish_by_missed(facts: Facts) -> Iterator[Hit]:
    """A task can end by the day by which it must."""
    for key, task in live(facts):
        dates = facts.schedule.dates.get(key)
        if task.finish_by and dates and dates.early_end > task.finish_by:
            params = {"end": dates.early_end, "day": task.finish_by, "task": key}
            yield Hit(("tasks", key, "finish_by"), params)


@rule(
    "not-before-contradicts",
    Level.WARN,
    message=T("it starts on {start}, but not before {day}", "{start} 开始，但限定不早于 {day}"),
    hint=T("move the start, or drop not_before", "请调整开始日期，或去掉 not_before"),
    why=T("What is typed twice will disagree one day.", "同一信息写两遍，迟早会不一致。"),
)
def not_before_contradicts(facts: Facts) -> Iterator[Hit]:
    """A typed start lies on or after the day before which it may not start."""
    for key, task in live(facts):
        if task.not_before and task.start and task.start < task.not_before:
            yield Hit(("tasks", key, "start"), {"start": task.start, "day": task.not_before})
