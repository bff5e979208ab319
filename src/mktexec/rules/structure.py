"""Rules on structure: references, loops, dates that contradict each other."""

from collections.abc import Iterator, Mapping
from datetime import date

from mktexec.calendar import is_calendar, unknown_years
from mktexec.dates import Duration, RelativeDay
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.fields import Entry
from mktexec.model.plan import SECTIONS
from mktexec.model.shape import references, referring_parts
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.rules.tasks import live
from mktexec.schedule import shortest_loops
from mktexec.source import Path
from mktexec.suggest import did_you_mean

Ids = Mapping[str, frozenset[str]]
SINGULAR = {
    "people": T("person", "人员"),
    "goals": T("goal", "目标"),
    "initiatives": T("initiative", "举措"),
    "tasks": T("task", "任务"),
    "suppliers": T("supplier", "供应商"),
    "resources": T("resource", "资源"),
}


Missing = tuple[Path, tuple[str, ...], str]


def _missing_in(value: object, path: Path, ids: Ids) -> Iterator[Missing]:
    """Yield place, allowed sections and id of every reference to nothing, however deep."""
    if isinstance(value, Entry):
        yield from _missing_refs(value, path, ids)
        for name in referring_parts(type(value)):
            part = getattr(value, name)
            if part:
                yield from _missing_in(part, (*path, name), ids)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _missing_in(one, (*path, str(key)), ids)
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _missing_in(one, (*path, str(index)), ids)


def _missing_refs(entry: Entry, path: Path, ids: Ids) -> list[Missing]:
    found: list[Missing] = []
    for name, sections in references(type(entry)):
        value = getattr(entry, name)
        if not value:
            continue
        named = (value,) if isinstance(value, str) else value
        for index, one in enumerate(named):
            if not any(one in ids.get(section, ()) for section in sections):
                step = () if isinstance(value, str) else (one if isinstance(value, dict) else str(index),)
                found.append(((*path, name, *step), sections, one))
    return found


@rule(
    "unknown-reference",
    Level.ERROR,
    message=T("there is no {kind} {ref}", "没有编号为 {ref} 的{kind}"),
    hint=T("add it, or name one that exists", "请补充该项，或改为已有的编号"),
    why=T("A reference to nothing hides who does what.", "指向空处的引用会掩盖责任与关系。"),
    source="2",
)
def unknown_reference(facts: Facts) -> Iterator[Hit]:
    """Every id that is named must exist."""
    for section in SECTIONS:
        for path, sections, ref in _missing_in(getattr(facts.plan, section), (section,), facts.ids):
            yield _missing(facts, path, sections, ref)
    tasks = facts.ids.get("tasks", frozenset())
    for task_id, task in facts.plan.tasks.items():
        for index, link in enumerate(task.after):
            if link.task not in tasks:
                yield _missing(facts, ("tasks", task_id, "after", str(index)), ("tasks",), link.task)


def _missing(facts: Facts, path: Path, sections: tuple[str, ...], ref: str) -> Hit:
    known = [one for section in sections for one in facts.ids.get(section, ())]
    names = {member.name: key for key, member in facts.plan.people.items() if member.name}
    hint = did_you_mean(ref, known)
    if sections == ("people",) and ref in names:
        hint = did_you_mean(names[ref], known)
    return Hit(path, {"kind": SINGULAR[sections[0]], "ref": ref}, hint=hint)


@rule(
    "unknown-anchor",
    Level.ERROR,
    message=T("there is no day, milestone or phase {ref}", "没有名为 {ref} 的日期、里程碑或阶段"),
    hint=T(
        "write a day as 2024-07-15, or name it under campaign.milestones",
        "日期请写成 2024-07-15，或在 campaign.milestones 中定义该名称",
    ),
    why=T("A relative date needs something to count from.", "相对日期需要有起算点。"),
    source="2.1",
)
def unknown_anchor(facts: Facts) -> Iterator[Hit]:
    """A relative date counts from a named day, a phase or a milestone task."""
    campaign = facts.plan.campaign
    known = {*campaign.milestones, *campaign.phases}
    known |= {key for key, task in facts.plan.tasks.items() if task.milestone}
    for path, when in _relative_days(facts):
        if when.anchor not in known:
            yield Hit(path, {"ref": when.anchor}, hint=did_you_mean(when.anchor, known))


def _relative_days(facts: Facts) -> Iterator[tuple[Path, RelativeDay]]:
    plan = facts.plan
    dated = [
        ("tasks", key, name, getattr(one, name))
        for key, one in plan.tasks.items()
        for name in ("start", "end")
    ]
    dated += [("goals", key, "due", goal.due) for key, goal in plan.goals.items()]
    dated += [("kpis", key, "due", kpi.due) for key, kpi in plan.kpis.items()]
    for section, key, name, value in dated:
        if isinstance(value, RelativeDay):
            yield (section, key, name), value


@rule(
    "dependency-cycle",
    Level.ERROR,
    message=T("these tasks wait for each other: {loop}", "任务互相等待：{loop}"),
    hint=T("remove one of these dependencies", "请去掉其中一个前置关系"),
    why=T("Work that waits for itself never begins.", "等待自己的工作永远无法开始。"),
    source="2.4",
)
def dependency_cycle(facts: Facts) -> Iterator[Hit]:
    """Dependencies must not lead back to where they began."""
    if facts.schedule.graph.loops:
        for loop in shortest_loops(facts.schedule.graph):
            chain = " → ".join([*loop, loop[0]])
            yield Hit(
                ("tasks", loop[0], "after"), {"loop": chain}, related=tuple(("tasks", one) for one in loop)
            )


@rule(
    "goal-cycle",
    Level.ERROR,
    message=T("these goals are each other's parent: {loop}", "目标互为上级：{loop}"),
    hint=T("let the highest goal have no parent", "最上层目标不应有 parent"),
    why=T("A breakdown needs a top.", "目标拆解需要有顶层。"),
    source="2.3",
)
def goal_cycle(facts: Facts) -> Iterator[Hit]:
    """Goals break down from the top."""
    goals, done = facts.plan.goals, set[str]()
    for first in sorted(goals):
        chain: list[str] = []
        here: str | None = first
        while here in goals and here not in done and here not in chain:
            chain.append(here)
            here = goals[here].parent
        if here in chain:
            loop = chain[chain.index(here) :]
            yield Hit(("goals", loop[0], "parent"), {"loop": " → ".join([*loop, loop[0]])})
        done.update(chain)


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
        "update mktexec once they are, or list them under campaign.days_off and campaign.workdays",
        "公布后请升级 mktexec，或在 campaign.days_off、campaign.workdays 中列出",
    ),
    why=T(
        "Past the last known year every date is an estimate, and is said to be one.",
        "超出已公布年份的日期只是估算，需要说明。",
    ),
)
def calendar_unknown_year(facts: Facts) -> Iterator[Hit]:
    """A plan that reaches into an unpublished year says so."""
    name, period = facts.plan.campaign.calendar, facts.plan.campaign.period
    if is_calendar(name) and period.start <= period.end:
        last = max(period.end, facts.schedule.end)
        if years := unknown_years(name, period.start, last):
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
        yield ("kpis", key, "due"), kpi.start, kpi.deadline
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
    dates, alive = facts.schedule.dates, dict(live(facts))
    for key, task in alive.items():
        start = task.planned_start
        if not start or key not in dates:
            continue
        for index, link in enumerate(task.after):
            before = dates.get(link.task) if link.task in alive else None
            if not link.plain or not before or not before.end:
                continue
            shared = before.milestone or dates[key].milestone
            if start < before.end or (start == before.end and not shared):
                params = {"start": start, "before": link.task, "end": before.end}
                yield Hit(("tasks", key, "start"), params, related=(("tasks", key, "after", str(index)),))


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


@rule(
    "not-computed",
    Level.REMIND,
    message=T(
        "{what} is kept but not computed yet: the dates ignore it", "{what} 会保留，但目前尚未参与计算"
    ),
    hint=T("type the dates that follow from it as well", "请同时写明由此得出的日期"),
    why=T("A figure that is ignored must not look as if it counted.", "未参与计算的内容不应看起来像已生效。"),
)
def not_computed(facts: Facts) -> Iterator[Hit]:
    """Parts of the format that this version reads and keeps only."""
    for path, when in _relative_days(facts):
        yield Hit(path, {"what": str(when)})
    for key, task in facts.plan.tasks.items():
        for index, link in enumerate(task.after):
            if not link.plain:
                text = f"{link.kind} {link.lag.days:+}{link.lag.unit}"
                yield Hit(("tasks", key, "after", str(index)), {"what": f"{link.task} {text}"})
        for name in ("not_before", "finish_by", "repeats"):
            if getattr(task, name):
                yield Hit(("tasks", key, name), {"what": name})
    for key, member in facts.plan.people.items():
        if member.days_off:
            yield Hit(("people", key, "days_off"), {"what": "days_off"})
