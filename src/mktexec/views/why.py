"""Why a task has its dates, in sentences: the chain that drives it, what it holds up."""

from collections.abc import Mapping
from datetime import date

from mktexec.dates import Dependency, RelativeDay
from mktexec.i18n import Lang, duration, percent, plural, working_days
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.schedule import Schedule
from mktexec.schedule.driving import Cause, Step, chain, redundant, slipped
from mktexec.source import Path

Relative = Mapping[Path, RelativeDay]
A_WEEK = 5  # working days

LINKS = {
    "FS": T("after {task}, which ends on {day}", "在 {task} {day} 完成之后"),
    "SS": T("begins with {task}, which starts on {day}", "随 {task} 于 {day} 开始"),
    "FF": T("ends with {task}, which ends on {day}", "随 {task} 于 {day} 完成"),
    "SF": T("ends by the time {task} starts on {day}", "到 {task} 于 {day} 开始之前为止"),
}
CAUSES = {
    Cause.NOT_BEFORE: T("not before {bound}, as the plan says", "计划限定不早于 {bound}"),
    Cause.CAMPAIGN: T("nothing holds it: the campaign's first day", "没有前置条件，从活动首日开始"),
    Cause.EXPECTED: T("now expected to begin on {bound}", "目前预计 {bound} 开始"),
    Cause.TODAY: T("no start recorded, so today at the earliest", "没有开始记录，最早从今天算起"),
    Cause.FINISHED: T("finished on {end}", "已于 {end} 完成"),
    Cause.CANCELLED: T("cancelled: what waits for it waits no longer", "已取消，后续任务不再等它"),
}


def why(
    task_id: str, plan: Plan, schedule: Schedule, relative: Relative, lang: Lang, *, coming: bool
) -> list[str]:
    """Return one sentence for each task of the chain that drives a task, itself first."""
    steps = chain(schedule, task_id, coming=coming)
    return [_sentence(step, plan, schedule, relative, lang, coming=coming) for step in steps]


def _sentence(
    step: Step, plan: Plan, schedule: Schedule, relative: Relative, lang: Lang, *, coming: bool
) -> str:
    span = f"{step.start}" if step.start == step.end else f"{step.start} → {step.end}"
    if step.cause is Cause.BEGUN:
        reason = _under_way(step, schedule, lang)
    elif step.cause is Cause.TYPED:
        reason = _typed(step, plan, relative, lang)
    elif step.cause is Cause.LINK:
        reason = _typed(step, plan, relative, lang) + _and(lang) if step.held else ""
        reason += _linked(step, step.link, schedule, lang, coming=coming)
    else:
        reason = CAUSES[step.cause].say(lang, {"bound": step.bound, "end": step.end})
    if step.cause in (Cause.BEGUN, Cause.CANCELLED) and step.link is not None:
        reason += _and(lang) + _linked(step, step.link, schedule, lang, coming=coming)
    return T("{task} {span}: {reason}", "{task} {span}：{reason}").say(
        lang, {"task": step.task, "span": span, "reason": reason}
    )


def _and(lang: Lang) -> str:
    return "; " if lang == "en" else "；"


def _typed(step: Step, plan: Plan, relative: Relative, lang: Lang) -> str:
    task = plan.tasks[step.task]
    side = "start" if task.start else "end"
    written = relative.get(("tasks", step.task, side))
    if written is not None:
        return T("written in the plan as {day}", "计划中写明为 {day}").say(lang, {"day": str(written)})
    if task.repeats is not None:
        return T("it recurs over these days", "在此期间重复进行").say(lang)
    if task.start is None and task.end is not None and task.duration is None:
        return T("the plan gives its end only", "计划只写明了完成日").say(lang)
    return T("the days written in the plan", "计划中写明的日期").say(lang)


def _linked(step: Step, link: Dependency | None, schedule: Schedule, lang: Lang, *, coming: bool) -> str:
    if link is None or step.bound is None:
        raise LookupError(step.task)
    dates = schedule.dates[link.task]
    ends = link.kind in ("FS", "FF")
    if coming:
        day = dates.forecast_end if ends else dates.forecast_start
    else:
        day = dates.early_end if ends else dates.early_start
    text = LINKS[link.kind].say(lang, {"task": link.task, "day": day})
    return text + _lag(link, step.kept, lang) + _days_off(step, link, schedule, lang)


def _lag(link: Dependency, kept: int, lang: Lang) -> str:
    parts = []
    if link.lag.days:
        sooner, after = T("{days} before that", "提前 {days}"), T("{days} later", "再过 {days}")
        length = duration(abs(link.lag.days), link.lag.unit)
        parts.append((after if link.lag.days > 0 else sooner).say(lang, {"days": length}))
    if kept:
        text = T("{days} of buffer kept", "保留缓冲 {days}")
        parts.append(text.say(lang, {"days": working_days(kept)}))
    comma = ", " if lang == "en" else "，"
    return "".join(comma + part for part in parts)


def _days_off(step: Step, link: Dependency, schedule: Schedule, lang: Lang) -> str:
    """Return which days off lie between what a link allows and the day it comes to."""
    if step.bound is None or schedule.dates[step.task].milestone:
        return ""
    day = step.start if link.kind in ("FS", "SS") else step.end
    count = (day - step.bound).days
    if count <= 0 or link.lag.days < 0 or schedule.work(step.task).between(step.bound, _before(day)):
        return ""
    said = T(f", then {plural(count, 'day', 'days')} off", f"，其后休息 {count} 天")
    return said.say(lang)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _under_way(step: Step, schedule: Schedule, lang: Lang) -> str:
    record = schedule.records[step.task]
    since = T("begun on {day}", "{day} 已开始") if record.start else T("under way", "进行中")
    parts = [since.say(lang, {"day": record.start})]
    if record.remaining is not None:
        left = T("{days} left after {day}", "{day} 之后还剩 {days}")
        parts.append(left.say(lang, {"days": duration(*record.remaining), "day": record.recorded}))
    elif record.progress is not None:
        day = record.recorded or schedule.as_of
        done = T("{done} done by {day}", "截至 {day} 完成 {done}")
        parts.append(done.say(lang, {"done": percent(record.progress), "day": day}))
    if step.end == schedule.as_of or schedule.work(step.task).between(schedule.as_of, step.end) == 1:
        parts.append(T("not finished, so not in the past", "尚未完成，不会早于今天").say(lang))
    return (", " if lang == "en" else "，").join(parts)


def if_it_slips(task_id: str, schedule: Schedule, lang: Lang) -> str:
    """Return what a week's slip of a task moves, and by how many working days."""
    moved = slipped(schedule, task_id, A_WEEK)
    if not moved.tasks and not moved.end:
        return T("by {days}: nothing else moves", "推迟 {days}：其他任务不受影响").say(
            lang, {"days": working_days(A_WEEK)}
        )
    parts = [f"{one} +{days}" for one, days in moved.tasks.items()]
    if moved.end:
        end = T("the end {day} +{days}", "完工日 {day} +{days}")
        parts.append(end.say(lang, {"day": schedule.end, "days": moved.end}))
    return T("by {days}: {moved}", "推迟 {days}：{moved}").say(
        lang, {"days": working_days(A_WEEK), "moved": tuple(parts)}
    )


def implied(task_id: str, schedule: Schedule, lang: Lang) -> str | None:
    """Return which predecessors need not be written, because the others wait for them."""
    found = redundant(schedule, task_id)
    if not found:
        return None
    text = T("{tasks}: the other predecessors wait for it already", "{tasks}：其他前置任务已在等它，可不写")
    return text.say(lang, {"tasks": tuple(found)})
