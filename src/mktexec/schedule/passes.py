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
LEAST_A_YEAR = 200  # working days; a duration may lead back from a typed end


@dataclass(slots=True)
class Promise:
    """What the plan says of one task: days, and its length in working days.

    ``first`` and ``last`` are the boundaries before and after the typed days; they are the same,
    and ``length`` is 0, where only days off are typed.
    ``calendar_days`` is set, and ``length`` 0, where the length depends on the start;
    ``floating`` where a duration is given and the days follow from the predecessors.
    """

    start: date | None
    end: date | None
    length: int
    first: int | None = None
    last: int | None = None
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
    milestone = milestone and (start is None or end is None or start == end)
    if milestone:
        start = end = start or end
    first = workdays.index(start) if start else None
    last = workdays.index(end + DAY) if end else None
    floating = not start and not end and (duration is not None or milestone)
    length = 0 if cd else max(1, days)
    if milestone:
        length = 0
    elif first is not None and last is not None:
        length, cd = max(0, last - first), 0
    return Promise(start, end, length, first, last, cd, milestone, floating)


CANCELLED = Promise(None, None, 0, milestone=True)


@dataclass(slots=True)
class Pass:
    """Boundaries of every task, by its number in the graph."""

    start: list[int]
    end: list[int]
    shown: dict[int, date] = field(default_factory=dict)  # the last day that a task's end stands for


def forward(graph: Graph, promises: list[Promise], workdays: Workdays, floor: int) -> Pass:
    """Return the earliest boundaries; cancelled tasks take no time and pass their predecessors' end on."""
    size = len(graph.ids)
    result = Pass([0] * size, [0] * size)
    for task in graph.order:
        own = promises[task]
        begin = _begin(graph, result, task, own)
        if own is not CANCELLED:
            begin = begin or floor
        result.start[task] = begin
        result.end[task] = begin + _length(own, begin, workdays)
    return result


def _begin(graph: Graph, result: Pass, task: int, own: Promise) -> int:
    """Return the boundary after all predecessors and not before a typed day; 0 without either."""
    begin = 0
    if own.first is not None:
        begin = own.first
    elif own.last is not None:
        begin = max(0, own.last - own.length)
    for predecessor in graph.before[task]:
        begin = max(begin, result.end[predecessor])
    return begin


def _length(own: Promise, begin: int, workdays: Workdays) -> int:
    """Return the working days it takes from ``begin`` on; a task that leaves its days off takes one."""
    if own.calendar_days:
        return workdays.index(workdays.day(begin) + own.calendar_days * DAY) - begin
    return own.length or int(not own.milestone and begin != own.first)


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
    on that day keeps its planned end. Where that would have finished it before today, the
    remaining work is counted from today.
    """
    size = len(graph.ids)
    result = Pass([0] * size, [0] * size)
    start, end = result.start, result.end
    today = workdays.index(as_of)
    for task in graph.order:
        own, record = promises[task], records[task]
        begin = _begin(graph, result, task, own)
        if own is CANCELLED:
            start[task] = end[task] = begin
            continue
        begin = begin or floor
        if record.done:
            _finished(result, task, own, record, workdays, begin, as_of)
        elif record.started:
            _under_way(result, task, own, record, workdays, as_of)
        else:
            begin = max(begin, today)
            start[task], end[task] = begin, begin + _length(own, begin, workdays)
    return result


def _finished(
    result: Pass, task: int, own: Promise, record: Known, workdays: Workdays, begin: int, as_of: date
) -> None:
    index, last = workdays.index, record.end
    length = _length(own, begin, workdays)
    finish = index(last + DAY) if last else min(begin + length, index(as_of + DAY))
    if last and own.milestone:  # it lies between two days: what follows may begin on its day
        finish = min(finish, max(begin, index(last)))
    result.end[task] = finish
    began = record.start or own.start
    result.start[task] = min(index(began) if began else finish - length, finish)


def _under_way(result: Pass, task: int, own: Promise, record: Known, workdays: Workdays, as_of: date) -> None:
    index = workdays.index
    began = record.start or own.start or as_of
    first = index(min(began, as_of))
    length = _length(own, first, workdays) if own.first is None else own.length
    promised = first + length if own.last is None else own.last
    within = own.end is not None and as_of <= own.end  # its last days may be days off
    today, finish = index(as_of), promised
    if record.progress is not None:
        left = remaining(length, record.progress)
        day = record.recorded or as_of
        finish = min(max(promised, index(day) + left), index(day + DAY) + left)
        if finish <= today and not within:  # work did not go on as planned: all that is left is ahead
            finish = today + left
    result.start[task] = first
    result.end[task] = max(finish, index(as_of + DAY) if within else today + 1)


def remaining(length: int, progress: float) -> int:
    """Return the working days left of ``length`` at a progress in [0, 1], begun ones counted whole."""
    return ceil(length * (1 - progress) - ROUNDING)


def origin_year(plan: Plan) -> int:
    """Return the year before the first that any date of the schedule lies in."""
    years = {plan.campaign.start.year}
    for task in plan.tasks.values():
        first = task.planned_start or task.planned_end
        if first:
            back = task.duration.days // LEAST_A_YEAR if task.duration else 0
            years.add(first.year - back)
        if task.actual and task.actual.start:
            years.add(task.actual.start.year)
    return min(years) - 1
