"""Rules on buffers: what is kept for the unforeseen on the way that sets the end (domain.md part 3, B)."""

from collections.abc import Iterator
from datetime import date

from mktexec.dates import Duration
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.rules.coming import campaign_step, last_open
from mktexec.rules.delays import finished, root, said_of, used_level
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY, expected_since
from mktexec.schedule import Buffer
from mktexec.schedule.passes import later
from mktexec.source import Path

CHAIN = 3  # tasks of work; a shorter way has little to go wrong
SHOWN = 5
PROJECT: Path = ("campaign", "buffer")
ACTIONS = {
    Level.REMIND: T("little is left: keep the rest short", "缓冲所剩不多，请抓紧剩余工作"),
    Level.WARN: T(
        "from here on every day moves what follows, or the end: shorten the rest, or warn those who wait",
        "再延误一天就会推迟后续任务或结束日：请压缩剩余工作，或提前告知相关方",
    ),
}


@rule(
    "buffer-missing",
    Level.REMIND,
    message=T(
        "no buffer on the critical path {path}, nor before the campaign's end",
        "关键路径 {path} 上没有缓冲，活动结束前也没有预留",
    ),
    hint=T(
        "keep {least} to {most}: 'buffer:' of a critical task, or 'campaign.buffer'",
        "请预留 {least} 至 {most}：在关键任务上写 'buffer:'，或写 'campaign.buffer'",
    ),
    why=T(
        "Without a buffer one late day anywhere on it moves the end.",
        "没有缓冲，关键路径上任何一天的延误都会推迟结束日。",
    ),
    source="3: buffer on critical tasks (B)",
)
def buffer_missing(facts: Facts) -> Iterator[Hit]:
    """The critical path keeps a buffer, or days are left between its end and the campaign's."""
    schedule, limits, campaign = facts.schedule, facts.plan.thresholds, facts.plan.campaign
    path = [key for key in schedule.critical_path if not schedule.dates[key].milestone]
    if len(path) < CHAIN or any(map(_keeps, (facts.plan.tasks[key].buffer for key in path))):
        return
    left = schedule.workdays.between(schedule.end + DAY, campaign.end)
    if not _keeps(campaign.buffer) and left < _days(facts, limits.buffer_min):
        shown = " → ".join(path[:SHOWN] + ["…"] * (len(path) > SHOWN))
        params = {"path": shown, "least": str(limits.buffer_min), "most": str(limits.buffer_max)}
        yield Hit(("campaign", "period", "end"), params, related=tuple(("tasks", key) for key in path))


def _keeps(buffer: Duration | None) -> bool:
    return buffer is not None and buffer.days > 0


def _days(facts: Facts, length: Duration) -> int:
    """Return a length in working days, a length in calendar days counted from the campaign's start."""
    workdays, start = facts.schedule.workdays, facts.plan.campaign.start.toordinal()
    return workdays.number(later(workdays, start, length)) - workdays.number(start)


@rule(
    "buffer-outside",
    Level.REMIND,
    message=T(
        "{of} keeps a buffer of {buffer}, wanted {least} to {most}",
        "{of} 的缓冲为 {buffer}，应为 {least} 至 {most}",
    ),
    hint=T(
        "correct it, or the limits: thresholds.buffer_min, thresholds.buffer_max",
        "请调整缓冲，或调整 thresholds.buffer_min、thresholds.buffer_max",
    ),
    why=T(
        "Too little does not help, and much of it is used up because it is there.",
        "太短不起作用，太长则容易被白白用掉。",
    ),
    source="3: buffer on critical tasks (B)",
)
def buffer_outside(facts: Facts) -> Iterator[Hit]:
    """A buffer of a critical task is neither too short nor too long; that of the whole may be long."""
    limits, campaign = facts.plan.thresholds, facts.plan.campaign
    least, most = _days(facts, limits.buffer_min), _days(facts, limits.buffer_max)
    params = {"least": str(limits.buffer_min), "most": str(limits.buffer_max)}
    for key in facts.schedule.buffers:
        task, critical = facts.plan.tasks[key], facts.schedule.dates[key].critical
        if not critical or finished(task) or task.cancelled:
            continue
        if task.buffer and _keeps(task.buffer) and not least <= _days(facts, task.buffer) <= most:
            yield Hit(("tasks", key, "buffer"), params | {"of": task.title, "buffer": str(task.buffer)})
    whole = campaign.buffer
    if whole is not None and _keeps(whole) and facts.schedule.dates and _days(facts, whole) < least:
        yield Hit(PROJECT, params | {"of": T("the whole", "整体计划"), "buffer": str(whole)})


@rule(
    "buffer-used",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "{of}: {used} of {set} d of its buffer used, expected on {forecast}",
        "{of}：缓冲 {set} 天已用 {used} 天，预计 {forecast} 完成",
    ),
    hint=ACTIONS[Level.REMIND],
    why=T(
        "The buffer is the last place where a delay moves nothing else.",
        "缓冲是消化延误的最后余地。",
    ),
    source="3: buffer on critical tasks (B)",
)
def buffer_used(facts: Facts) -> Iterator[Hit]:
    """A buffer on the way that sets the end, or that of the whole, is used by what is expected."""
    tops: dict[str, str] = {}
    for key, buffer in facts.schedule.buffers.items():
        level = said_of(facts, key, "buffer-used") if buffer.used else None
        if level is not None:
            dates, title = facts.schedule.dates[key], facts.plan.tasks[key].title
            way = key, root(facts, key, tops), dates.end or dates.early_end
            yield _used(facts, ("tasks", key, "buffer"), way, level, buffer, title)
    whole, last, step = facts.schedule.project_buffer, last_open(facts), campaign_step(facts)
    level = used_level(whole.set, whole.used) if whole else None
    if whole and last and level is not None and not (step and step.level >= level):
        way = last, root(facts, last, tops), facts.schedule.end
        yield _used(facts, PROJECT, way, level, whole, T("the whole", "整体计划"))


def _used(
    facts: Facts, path: Path, way: tuple[str, str, date], level: Level, buffer: Buffer, of: T | str
) -> Hit:
    """Return the hit of a buffer that begins behind ``way``: a task, what delays it, its planned end.

    That of a task counts since there is no slack left, either.
    """
    key, top, due = way
    least = due if path == PROJECT else facts.schedule.dates[key].late_end
    most = -(-buffer.set * 2 // 3)
    steps = (most, buffer.set if level is Level.WARN else most)
    days = (max(facts.schedule.workdays.shift(due, days), least) for days in steps)
    since, raised = (expected_since(facts, key, top, day - DAY, 1) for day in days)
    forecast = facts.schedule.dates[key].forecast_end
    params = {"of": of, "set": buffer.set, "used": buffer.used, "forecast": forecast}
    related: tuple[Path, ...] = () if path == ("tasks", key, "buffer") and top == key else (("tasks", top),)
    return Hit(path, params, level, related=related, hint=ACTIONS[level], since=since, raised=raised)
