"""What a change of a plan did to its tasks and to the campaign's end."""

from collections.abc import Iterator
from math import inf

from mktexec.i18n import Text as T
from mktexec.model.terms import Health
from mktexec.schedule import TaskDates
from mktexec.views.effect import Effect, Names, State, Tone, about, days, joined, said

BADNESS = {Health.ON_TRACK: 1, Health.NOT_DUE: 1, Health.LAGGING: 2, Health.DELAYED: 3}
CLOSED = (Health.DONE, Health.CANCELLED)
SPAN = T("{start} to {end}", "{start} 至 {end}")
DUE = T("due {end}", "计划 {end} 完成")


def campaign_effects(before: State, after: State) -> Iterator[Effect]:
    """Yield what became of the campaign's forecast end, promised for the end of its period."""
    old, new = before.assessment.whole, after.assessment.whole
    if new.forecast_end is None:
        return
    finished, was_finished = (one.done == one.active > 0 for one in (new, old))
    if finished:
        if not was_finished:
            text = T("all tasks are done, the last on {day}", "任务全部完成，最后一项完成于 {day}")
            yield Effect(Tone.BETTER, said(text, day=after.day(new.forecast_end)))
        return
    past, was_past = _days_past(after), _days_past(before)
    moved = old.forecast_end != new.forecast_end
    if not moved and past == was_past:
        return
    text = T("campaign forecast {was} → {now}", "活动预计完成 {was} → {now}")
    if not moved or old.forecast_end is None:
        text = T("campaign forecast {now}", "活动预计完成 {now}")
    parts = [said(text, was=after.day(old.forecast_end), now=after.day(new.forecast_end))]
    if past > 0:
        parts.append(said(T("{days} past its end", "超出活动周期 {days}"), days=days(past)))
    elif was_past > 0:
        parts.append(T("within its period again", "回到活动周期内"))
    worse = past > max(was_past, 0)
    better = past < was_past and was_past > 0
    yield Effect(Tone.WORSE if worse else Tone.BETTER if better else Tone.CHANGED, joined(parts))


def _days_past(state: State) -> int:
    """Return the calendar days from the promised to the forecast end; 0 without tasks."""
    end = state.assessment.whole.forecast_end
    return (end - state.plan.campaign.end).days if end else 0


def task_effects(before: State, after: State, names: Names) -> Iterator[Effect]:
    """Yield what became of each task: its health, days late, planned and forecast days."""
    for key in after.schedule.dates:
        was = names.get(key)
        if was is None:
            yield from _added(after, key)
        elif _facts(before, was) != _facts(after, key):
            yield from _changed(before, was, after, key)


def _facts(state: State, key: str) -> tuple[object, ...]:
    dates, own = state.schedule.dates[key], state.assessment.tasks[key]
    return dates.start, dates.end, dates.forecast_end, own.health, own.days_late


def _added(after: State, key: str) -> Iterator[Effect]:
    """Yield what is not written in a new task: the days it takes, and whether it is late already."""
    dates, health = after.schedule.dates[key], after.assessment.tasks[key].health
    parts = [T("new", "新增")]
    if dates.end:
        text = SPAN if dates.start and not dates.milestone else DUE
        parts.append(said(text, start=after.day(dates.start), end=after.day(dates.end)))
    bad = BADNESS.get(health, 0) > 1
    if bad:
        parts.append(_standing(after, key))
    if len(parts) > 1:
        yield Effect(Tone.WORSE if bad else Tone.CHANGED, about(_subject(after, key), parts))


def _changed(before: State, was: str, after: State, key: str) -> Iterator[Effect]:
    old, new = before.schedule.dates[was], after.schedule.dates[key]
    parts = [*_health(before, was, after, key), *_planned(old, new, after)]
    health = after.assessment.tasks[key].health
    still_open = health not in CLOSED and before.assessment.tasks[was].health not in CLOSED
    moved = old.forecast_end != new.forecast_end
    if still_open and moved and not (old.forecast_end == old.end and new.forecast_end == new.end):
        text = T("forecast {was} → {now}", "预计完成 {was} → {now}")
        parts.append(said(text, was=after.day(old.forecast_end), now=after.day(new.forecast_end)))
        if health is Health.DELAYED and new.end and new.end == old.end:
            parts.append(said(DUE, end=after.day(new.end)))
    if parts:
        shift = (new.forecast_end - old.forecast_end).days
        weight = inf if new.milestone else max(_days_late(after, key), shift)
        yield Effect(_tone(before, was, after, key), about(_subject(after, key), parts), weight)


def _health(before: State, was: str, after: State, key: str) -> Iterator[T]:
    """Yield how a task stands now, if it stood otherwise."""
    old, new = _standing(before, was), _standing(after, key)
    closed = after.assessment.tasks[key].health
    if old == new:
        return
    if closed in CLOSED and before.assessment.tasks[was].health is not closed:
        yield new
    else:
        yield said(T("now {now} (was {was})", "目前{now}（此前{was}）"), now=new, was=old)


def _standing(state: State, key: str) -> T:
    """Return a task's health, in days where it is late."""
    own = state.assessment.tasks[key]
    late = own.days_late or 0
    if own.health is Health.DONE and late:
        text = (
            T("done, {days} late", "已完成，延误 {days}")
            if late > 0
            else T("done, {days} early", "已完成，提前 {days}")
        )
        return said(text, days=days(abs(late)))
    if own.health is Health.DONE and own.on_time:
        return T("done on time", "按时完成")
    if own.overdue and late:
        return said(T("{days} late", "延误 {days}"), days=days(late))
    return own.health.label


def _planned(old: TaskDates, new: TaskDates, after: State) -> Iterator[T]:
    """Yield the planned days that moved."""
    if old.start != new.start and not new.milestone:
        text = T("start {was} → {now}", "计划开始 {was} → {now}")
        yield said(text, was=after.day(old.start), now=after.day(new.start))
    if old.end != new.end:
        text = T("end {was} → {now}", "计划完成 {was} → {now}")
        yield said(text, was=after.day(old.end), now=after.day(new.end))


def _tone(before: State, was: str, after: State, key: str) -> Tone:
    old, new = before.assessment.tasks[was].health, after.assessment.tasks[key].health
    worse, better = BADNESS.get(new, 0), BADNESS.get(old, 0)
    late = _days_late(after, key)
    if worse == better:  # as healthy as before: the days decide
        worse, better = late, _days_late(before, was)
    if worse > better:
        return Tone.WORSE
    return Tone.BETTER if worse < better and not (new is Health.DONE and late > 0) else Tone.CHANGED


def _days_late(state: State, key: str) -> int:
    """Return the calendar days by which a task passed its end, or is forecast to; 0 if it is not known to."""
    dates, health = state.schedule.dates[key], state.assessment.tasks[key].health
    known = dates.end if health in (Health.DONE, Health.DELAYED) else None
    return (dates.forecast_end - known).days if known else 0


def _subject(state: State, key: str) -> str:
    """Return a task's id; a milestone is known by its title."""
    task = state.plan.tasks[key]
    return f"{key} {task.title}" if state.schedule.dates[key].milestone else key
