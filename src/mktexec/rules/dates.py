"""Rules on the calendar and on days that contradict each other."""

from collections.abc import Iterator
from datetime import date

from mktexec.calendar import is_calendar
from mktexec.dates import Duration
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.rules.tasks import live
from mktexec.source import Path


@rule(
    "unknown-calendar",
    Level.ERROR,
    message=T("there is no calendar {name}", "没有名为 {name} 的日历"),
    hint=T(
        "write a country's code (CN, HK, US), weekdays or everyday",
        "请写国家/地区代码 (CN、HK、US)、weekdays 或 everyday",
    ),
    why=T("Working days decide every date.", "工作日决定所有日期。"),
)
def unknown_calendar(facts: Facts) -> Iterator[Hit]:
    """The calendar must exist."""
    name = facts.plan.campaign.calendar
    if not is_calendar(name):
        yield Hit(("campaign", "calendar"), {"name": name})


@rule(
    "calendar-unknown-year",
    Level.REMIND,
    message=T(
        "the days off of {years} are not published yet: only weekends count",
        "{years} 年节假日安排尚未公布：仅按周末计算",
    ),
    hint=T(
        "once they are, update mktexec, or list them in a file: campaign.calendar_file",
        "公布后请升级 mktexec，或写入文件并用 campaign.calendar_file 指定",
    ),
    why=T(
        "Past the last known year every date is an estimate, and is said to be one.",
        "超出已公布年份的日期只是估算，需要说明。",
    ),
)
def calendar_unknown_year(facts: Facts) -> Iterator[Hit]:
    """A plan that reaches into an unpublished year says so."""
    period = facts.plan.campaign.period
    if period.start <= period.end:
        last = max(period.end, facts.schedule.end)
        if years := facts.schedule.workdays.unknown_years(period.start, last):
            yield Hit(("campaign", "calendar"), {"years": years})


@rule(
    "schedule-too-long",
    Level.ERROR,
    message=T("the tasks take longer than any calendar reaches", "任务总工期超出日历范围"),
    hint=T("look for a duration with too many digits", "请检查是否有位数过多的工期"),
    why=T("Dates beyond the calendar cannot be computed.", "超出日历的日期无法计算。"),
)
def schedule_too_long(facts: Facts) -> Iterator[Hit]:
    """A schedule ends within the calendar."""
    if facts.schedule.too_long:
        yield Hit(("tasks",))


def _spans(facts: Facts) -> Iterator[tuple[Path, date | None, date | None]]:
    plan = facts.plan
    yield ("campaign", "period", "end"), plan.campaign.period.start, plan.campaign.period.end
    for key, phase in plan.campaign.phases.items():
        yield ("campaign", "phases", key, "end"), phase.start, phase.end
    for key, task in plan.tasks.items():
        yield ("tasks", key, "end"), task.planned_start, task.planned_end
        if task.actual:
            yield ("tasks", key, "actual", "end"), task.actual.start, task.actual.end
    for key, kpi in plan.kpis.items():
        yield ("kpis", key, "due"), kpi.start, kpi.due
    for key, test in plan.experiments.items():
        yield ("experiments", key, "end"), test.start, test.end


@rule(
    "dates-reversed",
    Level.ERROR,
    message=T("it ends on {end}, before it starts on {start}", "结束日 {end} 早于开始日 {start}"),
    hint=T("exchange the days, or correct the wrong one", "请对调日期，或改正写错的一个"),
    why=T("Nothing can be computed from a length below zero.", "工期为负无法计算。"),
    source="2.4",
)
def dates_reversed(facts: Facts) -> Iterator[Hit]:
    """An end does not lie before its start."""
    for path, start, end in _spans(facts):
        if start and end and start > end:
            yield Hit(path, {"start": start, "end": end}, related=((*path[:-1], "start"),))


@rule(
    "outside-period",
    Level.WARN,
    message=T(
        "{day} lies outside the campaign's period {start} to {end}", "{day} 不在活动周期 {start} 至 {end} 内"
    ),
    hint=T("move the task, or widen campaign.period", "请调整任务日期，或扩大 campaign.period"),
    why=T("Work outside the period is neither budgeted nor watched.", "周期外的工作既无预算，也无人跟进。"),
    source="2.4",
)
def outside_period(facts: Facts) -> Iterator[Hit]:
    """Planned days lie within the campaign's period."""
    period = facts.plan.campaign.period
    for key, task in live(facts):
        for name, day in (("start", task.planned_start), ("end", task.planned_end)):
            if day and not period.start <= day <= period.end:
                yield Hit(("tasks", key, name), {"day": day, "start": period.start, "end": period.end})


@rule(
    "duration-contradicts",
    Level.WARN,
    message=T(
        "{start} to {end} is {days}, not {duration}",
        "{start} 至 {end} 是 {days}，不是 {duration}",
    ),
    hint=T("type two of start, end and duration", "start、end、duration 只写两个"),
    why=T("What is typed twice will disagree one day.", "同一信息写两遍，迟早会不一致。"),
)
def duration_contradicts(facts: Facts) -> Iterator[Hit]:
    """A typed duration agrees with the typed days."""
    between = facts.schedule.workdays.between
    for key, task in facts.plan.tasks.items():
        start, end, duration = task.planned_start, task.planned_end, task.duration
        if not (start and end and duration) or start > end:
            continue
        days = (end - start).days + 1 if duration.unit == "cd" else between(start, end)
        if days != max(1, duration.days):
            counted = Duration(days, duration.unit)
            params = {"start": start, "end": end, "days": str(counted), "duration": str(duration)}
            yield Hit(("tasks", key, "duration"), params)
