"""When everything happens: what was promised, what the graph allows, what records imply."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mktexec.calendar import WEEKDAYS, Workdays, is_calendar
from mktexec.model.plan import Plan
from mktexec.schedule import passes
from mktexec.schedule.graph import Graph, build, shortest_loops
from mktexec.schedule.known import Known, known
from mktexec.schedule.passes import CANCELLED, DAY, Pass, Promise

__all__ = ["Graph", "Known", "Schedule", "TaskDates", "known", "schedule", "shortest_loops"]

MAX_BOUNDARY = 60_000


class TaskDates(NamedTuple):
    """All dates of one task: plan, early, late, forecast; slack in working days."""

    start: date | None
    end: date | None
    milestone: bool
    early_start: date
    early_end: date
    late_start: date
    late_end: date
    slack: int
    critical: bool
    forecast_start: date
    forecast_end: date


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule of a plan on a day; ``dates`` is empty while tasks wait for each other."""

    as_of: date
    workdays: Workdays
    graph: Graph
    dates: dict[str, TaskDates]
    records: dict[str, Known]
    critical_path: tuple[str, ...]
    start: date
    end: date
    forecast_end: date
    too_long: bool = False


def schedule(plan: Plan, as_of: date) -> Schedule:
    """Return the schedule of ``plan`` as known on ``as_of``."""
    campaign = plan.campaign
    graph = build(plan.tasks)
    tasks = [plan.tasks[task_id] for task_id in graph.ids]
    workdays = Workdays(
        campaign.calendar if is_calendar(campaign.calendar) else WEEKDAYS,
        passes.origin_year(plan),
        campaign.days_off,
        campaign.workdays,
    )
    promises = [passes.promise(task, workdays) for task in tasks]
    records = [known(task, as_of) for task in tasks]
    by_id = dict(zip(graph.ids, records, strict=True))
    longest = sum(own.length + own.calendar_days for own in promises)
    floor = workdays.index(campaign.start)
    if graph.loops or (longest > MAX_BOUNDARY and _too_long(graph, promises, floor)):
        ends = (campaign.start, campaign.end, campaign.end)
        return Schedule(as_of, workdays, graph, {}, by_id, (), *ends, too_long=not graph.loops)
    gone = {index for index, record in enumerate(records) if record.cancelled}
    bare = [CANCELLED if index in gone else own for index, own in enumerate(promises)]
    early = passes.forward(graph, bare, workdays, floor)
    finish = max((early.end[i] for i in graph.order if i not in gone), default=floor)
    slack = passes.backward(graph, early, finish)
    path = passes.critical_path(graph, early, slack, gone)
    coming = passes.forecast(graph, bare, records, workdays, as_of, floor)
    view = _Shown(workdays, graph, as_of, floor)
    shown = {i: view.dates(promises[i], records[i], early, slack[i], coming, i) for i in graph.order}
    dates = {task_id: shown[i] for i, task_id in enumerate(graph.ids)}
    alive = [dates[graph.ids[i]] for i in graph.order if i not in gone]
    return Schedule(
        as_of,
        workdays,
        graph,
        dates,
        by_id,
        tuple(graph.ids[i] for i in path),
        min((one.early_start for one in alive), default=campaign.start),
        max((one.early_end for one in alive), default=campaign.end),
        max((one.forecast_end for one in alive), default=campaign.end),
    )


def _too_long(graph: Graph, promises: list[Promise], floor: int) -> bool:
    """Return whether the longest chain runs past any calendar, counted without one."""
    end = [0] * len(graph.ids)
    for task in graph.order:
        own = promises[task]
        begin = max((end[p] for p in graph.before[task]), default=floor)
        end[task] = begin + own.length + own.calendar_days
    return max(end, default=0) > MAX_BOUNDARY


class _Shown:
    """Turns boundaries back into days; a typed day that still holds is shown as typed."""

    def __init__(self, workdays: Workdays, graph: Graph, as_of: date, floor: int) -> None:
        self._workdays = workdays
        self._before = graph.before
        self._as_of = as_of
        self._floor = floor

    def dates(
        self, own: Promise, record: Known, early: Pass, slack: int, coming: Pass, task: int
    ) -> TaskDates:
        """Return the days of one task."""
        early_start, early_end = self._span(own, early, task)
        slack = 0 if record.cancelled else slack
        late_start, late_end = early_start, early_end
        if slack and early.start[task] == early.end[task]:
            late_start, late_end = (self._workdays.shift(day, slack) for day in (early_start, early_end))
        elif slack:
            late_start = self._workdays.day(early.start[task] + slack)
            late_end = self._workdays.day(early.end[task] + slack - 1)
        forecast_start, forecast_end = self._span(own, coming, task)
        if record.done:
            forecast_end = record.end or forecast_end
        elif not record.cancelled:
            forecast_end = max(forecast_end, self._as_of)
            forecast_start = forecast_start if record.started else max(forecast_start, self._as_of)
        forecast_start = min(record.start or forecast_start, forecast_end)
        if own.milestone:
            forecast_start = forecast_end
        if not record.cancelled:
            early.shown[task], coming.shown[task] = early_end, forecast_end
        start, end = own.start, own.end
        if own.floating:
            start, end = early_start, early_end
        return TaskDates(
            start,
            end,
            own.milestone,
            early_start,
            early_end,
            late_start,
            late_end,
            slack,
            slack == 0 and not record.cancelled,
            forecast_start,
            forecast_end,
        )

    def _span(self, own: Promise, boundaries: Pass, task: int) -> tuple[date, date]:
        """Return first and last day of one task in a pass."""
        day = self._workdays.day
        begin, end = boundaries.start[task], boundaries.end[task]
        if begin == end:
            behind = [boundaries.shown.get(p) for p in self._before[task] if boundaries.end[p] == begin]
            only = max(filter(None, behind), default=None)
            if only:
                boundaries.shown[task] = only
            holds = own.last is not None and begin <= own.last
            if own.start and own.end and holds and (only is None or only <= own.end):
                return own.start, own.end
            only = only or day(begin or self._floor)
            return only, only
        first = own.start if own.start and own.first == begin else day(begin)
        last = own.end if own.end and own.last == end else day(end - 1)
        if own.calendar_days:  # they may run on over days off
            whole = first + (own.calendar_days - 1) * DAY
            last = whole if self._workdays.index(whole + DAY) == end else last
        return first, max(first, last)
