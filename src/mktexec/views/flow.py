"""What the flow chart shows: departments and the tasks that pass between them (B2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mktexec.assess.tasks import days_past
from mktexec.i18n import Lang, plural
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.terms import LateIn
from mktexec.schedule import Schedule
from mktexec.schedule.handovers import HandOver, Unit, handovers, live_links, longest_chain, unit

TITLE = T("Flow chart", "任务流程图")
CHAIN = T("Longest chain of hand-overs", "最长交接链")
NOTHING = T("no hand-overs between departments", "没有跨部门交接")
ON_TIME, HANDED_OVER = T("on time", "按期"), T("handed over", "已交接")
NO_DAY = T("no planned day", "未定日期")
LATE = T("expected {days} late", "预计晚{days}")
HOURS = T("≤ {hours} h", "≤{hours}小时")
EXPECTED = T("expected {day}", "预计{day}")
BRIEFLY_LATE = T("{days} d late", "晚{days}天")
HANDED_OVER_LATE = T("handed over {days} late", "已交接，晚{days}")


@dataclass(frozen=True, slots=True)
class Passing:
    """A hand-over and the days by which it is late, 0 for none; they count as the plan's ``late_in``."""

    handover: HandOver
    days_late: int

    def state(self, lang: Lang) -> str:
        """Return in words how it stands."""
        if self.days_late:
            days = plural(self.days_late, "day", "days") if lang == "en" else f"{self.days_late}天"
            return (HANDED_OVER_LATE if self.handover.done else LATE).say(lang, {"days": days})
        if self.handover.done:
            return HANDED_OVER.say(lang)
        return (ON_TIME if self.handover.day else NO_DAY).say(lang)

    def hours(self, lang: Lang) -> str:
        """Return the agreed response time, nothing where none is."""
        agreed = self.handover.response_time
        return "" if agreed is None else HOURS.say(lang, {"hours": agreed})

    def brief(self, lang: Lang) -> str:
        """Return what stands beside an arrow: month and day, response time, and by how much it is late."""
        one = self.handover
        day = f"{one.day or one.forecast:%m-%d}"
        day = day if one.day else EXPECTED.say(lang, {"day": day})
        late = BRIEFLY_LATE.say(lang, {"days": self.days_late}) if self.days_late else ""
        return " · ".join(part for part in (day, self.hours(lang), late) if part)


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A task that hands over or receives; ``lane`` counts in ``Flow.lanes``, ``column`` in levels of work.

    ``owner`` is empty where the lane says it already.
    """

    id: str
    title: str
    owner: str
    start: date | None
    end: date | None
    done: bool
    lane: int
    column: int


@dataclass(frozen=True, slots=True)
class FlowArrow:
    """The way of the work between two boxes: a hand-over, or None where nobody else takes over.

    The latter may lead through tasks that are not shown.
    """

    giver: str
    receiver: str
    passing: Passing | None


@dataclass(frozen=True, slots=True)
class Flow:
    """Lanes are departments in the order of their first task; ``chain`` is the longest of hand-overs."""

    title: str
    as_of: date
    lanes: tuple[str, ...]
    boxes: tuple[FlowBox, ...]
    arrows: tuple[FlowArrow, ...]
    chain: tuple[HandOver, ...]


def flow(plan: Plan, schedule: Schedule) -> Flow:
    """Return the flow chart of ``plan``; empty where nothing is handed over."""
    found = passings(plan, schedule)
    given = [one.handover for one in found]
    shown = {task_id for one in given for task_id in (one.giver, one.receiver)}
    order = [task_id for task_id in plan.tasks if task_id in shown]
    units = {task_id: unit(plan, plan.tasks[task_id]) for task_id in order}
    lanes = list(dict.fromkeys(one for one in units.values() if one))
    columns, quiet = _way(order, schedule, plan, {(one.giver, one.receiver) for one in given})
    return Flow(
        plan.campaign.title,
        schedule.as_of,
        tuple(lane.title for lane in lanes),
        tuple(_box(plan, schedule, task_id, units, lanes, columns) for task_id in order),
        tuple(FlowArrow(one.handover.giver, one.handover.receiver, one) for one in found)
        + tuple(FlowArrow(*link, None) for link in quiet),
        tuple(longest_chain(plan, schedule, given)),
    )


def passings(plan: Plan, schedule: Schedule) -> list[Passing]:
    """Return the hand-overs of ``plan`` by day, and how late they are."""
    return [Passing(one, _days_late(plan, schedule, one)) for one in handovers(plan, schedule)]


def _days_late(plan: Plan, schedule: Schedule, one: HandOver) -> int:
    if one.day is None or one.forecast <= one.day:
        return 0
    working = schedule.workdays if plan.thresholds.late_in is LateIn.WORKING else None
    return days_past(one.day, one.forecast, working)


def _box(
    plan: Plan,
    schedule: Schedule,
    task_id: str,
    units: Mapping[str, Unit | None],
    lanes: Sequence[Unit | None],
    columns: Mapping[str, int],
) -> FlowBox:
    task, dates, whose = plan.tasks[task_id], schedule.dates[task_id], units[task_id]
    return FlowBox(
        task_id,
        task.title,
        plan.person(task.owner) if task.owner and whose and not whose.person else "",
        dates.start,
        dates.end,
        schedule.records[task_id].done,
        lanes.index(whose),
        columns[task_id],
    )


def _way(
    order: list[str], schedule: Schedule, plan: Plan, given: set[tuple[str, str]]
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Return the column of every shown task, and the links between them that are no hand-overs.

    A link that follows from others is left out.
    """
    import networkx as nx  # slow to import

    links = nx.DiGraph((giver, receiver) for giver, receiver, _ in live_links(plan, schedule))
    way = nx.DiGraph()
    way.add_nodes_from(order)
    way.add_edges_from((task_id, after) for task_id in order for after in _next_shown(links, task_id, way))
    kept = nx.transitive_reduction(way)
    columns = {
        task_id: column for column, level in enumerate(nx.topological_generations(way)) for task_id in level
    }
    return columns, [link for link in way.edges if kept.has_edge(*link) and link not in given]


def _next_shown(links: Any, task_id: str, shown: Iterable[str]) -> Iterator[str]:
    """Yield the shown tasks that follow on one, through any number of others."""
    ahead, seen = [task_id], {task_id}
    while ahead:
        for after in links.successors(ahead.pop()):
            if after in shown:
                yield after
            elif after not in seen:
                seen.add(after)
                ahead.append(after)
