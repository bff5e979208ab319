"""Rules on what the forecast says of ends, key nodes and the whole (design part 5)."""

from collections.abc import Iterator
from datetime import date

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.rules.delays import freed, root, said_of
from mktexec.rules.ladder import Step, ladder
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import days_after, expected_since, work_after
from mktexec.rules.time import of_task


def _late(facts: Facts, key: str) -> tuple[dict[str, object], int]:
    """Return what the texts say of a task that is expected late, and by how many days as the plan counts."""
    dates = facts.schedule.dates[key]
    end, forecast = dates.end or dates.early_end, dates.forecast_end
    days = days_after(facts, end, forecast, facts.schedule.work(key))
    return of_task(facts, key) | {"forecast": forecast, "days": days}, days


@rule(
    "forecast-late",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: expected on {forecast}, {days} d after its end {end} ({owner})",
        "{title}：预计 {forecast} 完成，比计划 {end} 晚 {days} 天（{owner}）",
    ),
    hint=T(
        "shorten it, find help, or agree on another day; the reason: mktexec explain {task}",
        "请压缩工期、增派支援或另行商定日期；原因可用 mktexec explain {task} 查看",
    ),
    why=T(
        "An end that will not hold is cheapest to mend before it is missed.",
        "完成日守不住时，越早调整代价越小。",
    ),
    source="3: task behind plan → warning (A)",
)
def forecast_late(facts: Facts) -> Iterator[Hit]:
    """An open task that is expected past its promised end by its own doing.

    Where a predecessor that is still open makes it late, that is told there.
    """
    limit = facts.plan.thresholds.behind_days
    for key, dates in facts.schedule.dates.items():
        if dates.end is None or dates.forecast_end <= dates.end:
            continue
        level = said_of(facts, key, "forecast-late")
        if level is not None:
            since, raised = (_own_since(facts, key, dates.end, late) for late in (1, limit + 1))
            params, days = _late(facts, key)
            raised = raised if level is Level.WARN else since
            yield Hit(("tasks", key, "end"), params, level, days, since=since, raised=raised)


def _own_since(facts: Facts, key: str, due: date, late: int) -> date:
    """Return since when a task is expected so late; not before the late work that it waited for was done."""
    return max([expected_since(facts, key, key, due, late), *freed(facts, key)])


@rule(
    "milestone-at-risk",
    Level.WARN,
    highest=Level.ESCALATE,
    when=When.WARN,
    message=T(
        "{title}: expected on {forecast}, {days} d after {end}{because}",
        "{title}：预计 {forecast} 达成，比计划 {end} 晚 {days} 天{because}",
    ),
    hint=T(
        "decide today what gives way: mktexec explain {task}",
        "请今日决定如何取舍；原因可用 mktexec explain {task} 查看",
    ),
    why=T(
        "A key node that moves takes everything behind it along, and others have been promised the day.",
        "关键节点一动，后续全部顺延，而这个日期已对外承诺。",
    ),
    source="2.4: key node (B)",
)
def milestone_at_risk(facts: Facts) -> Iterator[Hit]:
    """A key node not yet reached that is expected past its planned day."""
    tops: dict[str, str] = {}
    for key, dates in facts.schedule.dates.items():
        if dates.end is None or dates.forecast_end <= dates.end:
            continue
        level = said_of(facts, key, "milestone-at-risk")
        if level is not None:
            top = root(facts, key, tops)
            name = f"{top} {facts.plan.tasks[top].title}"
            because = T(f"; {name} holds it up", f"，受 {name} 影响") if top != key else ""
            least = facts.plan.thresholds.escalate if level is Level.ESCALATE else 1
            since, raised = (expected_since(facts, key, top, dates.end, late) for late in (1, least))
            params, days = _late(facts, key)
            params["because"] = because
            related = (("tasks", top),) if top != key else ()
            yield Hit(("tasks", key, "end"), params, level, days, related, since=since, raised=raised)


@rule(
    "campaign-forecast-late",
    Level.REMIND,
    highest=Level.ESCALATE,
    when=When.WARN,
    message=T(
        "the work is expected to end on {forecast}, {days} d after {end}; {drives} drives it",
        "全部工作预计 {forecast} 完成，比 {end} 晚 {days} 天，主要受 {drives} 影响",
    ),
    hint=T(
        "see what can be shortened: mktexec schedule; or move the end with the sponsor",
        "可用 mktexec schedule 查看可压缩的任务，或与总监商定延期",
    ),
    why=T(
        "When the whole slips, budget, people and bookings must be held longer.",
        "整体延期意味着预算、人员和档期都要延长占用。",
    ),
    source="3: three levels by days behind (B)",
)
def campaign_forecast_late(facts: Facts) -> Iterator[Hit]:
    """Open work is expected past the campaign's end, and past the last day that was planned."""
    last, work, step = last_open(facts), facts.schedule.workdays, campaign_step(facts)
    if last is not None and step is not None:
        top, due, forecast = root(facts, last, {}), _due(facts), facts.schedule.dates[last].forecast_end
        lates = (days_after(facts, due, day, work) for day in (step.since, step.raised))
        since, raised = (expected_since(facts, last, top, due, late) for late in lates)
        days, drives = days_after(facts, due, forecast, work), f"{top} {facts.plan.tasks[top].title}"
        params = {"forecast": forecast, "days": days, "end": due, "drives": drives}
        path, related = ("campaign", "period", "end"), (("tasks", top),)
        yield Hit(path, params, step.level, days, related, since=since, raised=raised)


def campaign_step(facts: Facts) -> Step | None:
    """Return where the open work stands on the ladder by the day on which its last is expected to end."""
    last, due, work = last_open(facts), _due(facts), facts.schedule.workdays
    if last is None:
        return None
    late = work_after(due, facts.schedule.dates[last].forecast_end, work)
    return ladder(facts.plan.thresholds, due, late, work)


def _due(facts: Facts) -> date:
    """Return the campaign's last day, or the last planned day of a task where that is later."""
    last = facts.plan.campaign.end
    return max(last, facts.day.whole.end or last)


def last_open(facts: Facts) -> str | None:
    """Return the open task that is expected to end last, of several the first; None for none.

    What recurs ends on its day and drives nothing.
    """
    schedule = facts.schedule
    ends = {
        key: dates.forecast_end
        for key, dates in schedule.dates.items()
        if not (schedule.records[key].done or schedule.records[key].cancelled or key in schedule.occurrences)
    }
    return max(ends, key=ends.__getitem__, default=None)
