"""The calendar passes: plan, early and late dates, slack, critical path, forecast.

Time is counted in boundaries between working days: a task that occupies working days 3 to
5 begins at boundary 3 and ends at boundary 6. Critical path method after Kelley and Walker
(1959).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil

from mktexec.calendar import Workdays
from mktexec.model.plan import Plan
from mktexec.model.tasks import Task
from mktexec.schedule.graph import Graph
from mktexec.schedule.known import Known

DAY = timedelta(days=1)
ROUNDING = 1e-9


@dataclass(slots=True)
class Promise:
    """What the plan says of one task: days, and its length in working days.

    ``calendar_days`` is set where the length is in calendar days and depends on the start;
    ``floating`` where a duration is given and the days follow from the predecessors.
    """

    start: date | None
    end: date | None
    length: int
    calendar_days: int = 0
    milestone: bool = False
    floating: bool = False


def promise(task: Task, workdays: Workdays) -> Promise:
    """Return the dates and length that the plan gives a task, one derived from the others."""
    start, end, duration = task.planned_start, task.planned_end, task.duration
    days = duration.days if duration else 0
    cd = days if duration and duration.unit == "cd" else 0
    milestone = task.milestone or (duration is not None and days == 0)
    if start and not end and duration:
        end = start + (days - 1) * DAY if cd else workdays.shift(start, max(days - 1, 0))
    elif end and not start and duration:
        start = end - (days - 1) * DAY if cd else workdays.shift(end, -max(days - 1, 0))
    if milestone and not (start and end and start != end):
        only = start or end
        return Promise(only, only, 0, milestone=True, floating=only is None)
    if start and end:
        return Promise(start, end, max(1, workdays.between(start, end)))
    floating = duration is not None and not start and not end
    return Promise(start, end, max(1, days), cd, floating=floating)


@dataclass(slots=True)
class Pass:
    """Boundaries of every task, by its number in the graph."""

    start: list[int]
    end: list[int]
    driven: list[bool] = field(default_factory=list)


def forward(graph: Graph, promises: list[Promise], workdays: Workdays, floor: int) -> Pass:
    """Return the earliest boundaries: after all predecessors, not before a typed date."""
    size = len(graph.ids)
    result = Pass([0] * size, [0] * size, [False] * size)
    start, end, driven, _index = result.start, result.end, result.driven, workdays.index
    for task in graph.order:
        own = promises[task]
        begin = _typed(own, workdays, floor)
        for predecessor in graph.before[task]:
            if end[predecessor] > begin:
                begin = end[predecessor]
                driven[task] = True
        start[task] = begin
        end[task] = begin + _length(own, begin, workdays)
    return result


def _typed(own: Promise, workdays: Workdays, floor: int) -> int:
    """Return the boundary at which the typed days let a task begin, ``floor`` without any."""
    if own.start:
        return workdays.index(own.start)
    return max(0, workdays.index(own.end + DAY) - own.length) if own.end else floor


def _length(own: Promise, begin: int, workdays: Workdays) -> int:
    if not own.calendar_days:
        return own.length
    return max(1, workdays.index(workdays.day(begin) + own.calendar_days * DAY) - begin)


def backward(graph: Graph, early: Pass, finish: int) -> list[int]:
    """Return the slack of every task: working days it can slip without moving ``finish``."""
    latest = [finish] * len(graph.ids)
    slack = [0] * len(graph.ids)
    for task in reversed(graph.order):
        limit = finish
        for successor in graph.after[task]:
            limit = min(limit, latest[successor])
        latest[task] = limit - (early.end[task] - early.start[task])
        slack[task] = latest[task] - early.start[task]
    return slack


def critical_path(graph: Graph, early: Pass, slack: list[int], left_out: set[int]) -> list[int]:
    """Return one chain of tasks without slack that ends last, first task first."""
    ends = [task for task in graph.order if slack[task] == 0 and task not in left_out]
    if not ends:
        return []
    here = max(ends, key=lambda task: (early.end[task], early.start[task], -task))
    chain = [here]
    while True:
        driving = [p for p in graph.before[here] if early.end[p] == early.start[here] and slack[p] == 0]
        if not driving:
            return [task for task in reversed(chain) if task not in left_out]
        here = driving[0]
        chain.append(here)


def forecast(
    graph: Graph, promises: list[Promise], records: list[Known], workdays: Workdays, as_of: date, floor: int
) -> Pass:
    """Return what actual dates and progress now imply.

    Finished work does not move, unfinished work does not lie in the past, and work goes on
    at the planned pace from its last record: a task whose progress was as planned some time
    on that day keeps its planned end.
    """
    size = len(graph.ids)
    result = Pass([0] * size, [0] * size, [False] * size)
    start, end, driven, index = result.start, result.end, result.driven, workdays.index
    today = index(as_of)
    for task in graph.order:
        own, record = promises[task], records[task]
        begin = _typed(own, workdays, floor)
        for predecessor in graph.before[task]:
            if end[predecessor] > begin:
                begin = end[predecessor]
                driven[task] = True
        if record.cancelled:
            waits = [end[predecessor] for predecessor in graph.before[task]]
            start[task] = end[task] = max(waits, default=0)
        elif record.done:
            _finished(result, task, own, record, workdays, begin, today)
        elif record.started:
            _under_way(result, task, own, record, workdays, as_of)
        else:
            if today > begin:
                begin, driven[task] = today, False
            start[task], end[task] = begin, begin + _length(own, begin, workdays)
    return result


def _finished(
    result: Pass, task: int, own: Promise, record: Known, workdays: Workdays, begin: int, today: int
) -> None:
    last = record.end
    finish = workdays.index(last + DAY) if last else min(begin + own.length, today)
    result.end[task] = finish
    began = record.start or own.start
    result.start[task] = min(workdays.index(began) if began else finish - own.length, finish)


def _under_way(result: Pass, task: int, own: Promise, record: Known, workdays: Workdays, as_of: date) -> None:
    index = workdays.index
    began = record.start or own.start or as_of
    first = index(min(began, as_of))
    promised = index(own.end + DAY) if own.end else first + own.length
    finish = promised
    if record.progress is not None:
        left = ceil(own.length * (1 - record.progress) - ROUNDING)
        day = record.recorded or as_of
        finish = min(max(promised, index(day) + left), index(day + DAY) + left)
    result.start[task] = first
    result.end[task] = max(finish, index(as_of) + 1)


def origin_year(plan: Plan) -> int:
    """Return the year before the first that any date of the schedule lies in."""
    years = {plan.campaign.start.year}
    for task in plan.tasks.values():
        first = task.planned_start or task.planned_end
        if first:
            years.add(first.year)
        if task.actual and task.actual.start:
            years.add(task.actual.start.year)
    return min(years) - 1
