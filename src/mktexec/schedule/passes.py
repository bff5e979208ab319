"""The calendar passes: early dates, slack, critical path.

A boundary is the ordinal of a day: what begins at a boundary begins on that day, what ends at it
ended on the day before. Critical path method after Kelley and Walker (1959), precedence diagrams
with lags after Fondahl (1961) and Moder, Phillips and Davis (1983); calendars as each task has its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.dates import Duration
from mktexec.schedule.graph import Graph, Link
from mktexec.schedule.terms import Terms

FAR = 10**9


@dataclass(slots=True)
class Pass:
    """Boundaries of every task, by its number in the graph.

    ``clear`` is where floating work behind it may begin: its end and what is kept of its buffer.
    ``at_end`` holds the points in time that stand at the end of the day before their boundary, as
    those do that follow from the end of other work; the others stand at the beginning of their day.
    """

    start: list[int]
    end: list[int]
    clear: list[int]
    at_end: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, size: int) -> "Pass":
        """Return a pass over ``size`` tasks, nothing known."""
        return cls([0] * size, [0] * size, [0] * size)


class Network(NamedTuple):
    """What the passes go over; those in ``gone`` are cancelled and have no terms of their own."""

    graph: Graph
    terms: Sequence[Terms]
    gone: frozenset[int]
    workdays: Workdays
    floor: int

    def counts(self, task: int) -> bool:
        """Return whether the end of the whole depends on ``task``: a weekly post has none."""
        return task not in self.gone and not self.terms[task].recurring


class Bounds(NamedTuple):
    """The day before which a task does not begin, and the boundary before which it does not end.

    ``at_end`` says that the first is the end of the day before it.
    """

    begin: int
    end: int
    at_end: bool


def later(workdays: Workdays, boundary: int, lag: Duration, *, at_end: bool = True) -> int:
    """Return a boundary moved by a lag: past so many whole days, or back before so many.

    Days off lie before or behind it: behind where it stands at the end of a day, else before.
    """
    days = lag.days
    if lag.unit == "cd" or days == 0:
        return boundary + days
    number = workdays.number(boundary) + days
    return workdays.ordinal(number - 1) + 1 if at_end else workdays.ordinal(number)


def sooner(workdays: Workdays, boundary: int, lag: Duration) -> int:
    """Return the last boundary that ``later`` moves no further than ``boundary``."""
    days = lag.days
    if lag.unit == "cd" or days == 0:
        return boundary - days
    return workdays.ordinal(workdays.number(boundary) - days)


def link_bound(net: Network, link: Link, task: int, done: Pass) -> int:
    """Return the boundary that one link sets for the begin (FS, SS) or the end (FF, SF) of ``task``."""
    before, kind, lag = link
    if kind in ("SS", "SF"):
        boundary = done.start[before]
    elif kind == "FS" and net.terms[task].floating:
        boundary = done.clear[before]
    else:
        boundary = done.end[before]
    if not boundary:  # a cancelled task that waits for nothing
        return 0
    at_end = _at_end(net, link, done)
    if lag.days:  # work may begin on the days off behind a lag, a point in time may not stand there
        behind = at_end or (lag.days > 0 and not net.terms[task].milestone)
        boundary = later(net.workdays, boundary, lag, at_end=behind)
    if at_end or lag.unit == "cd" or not ends(net, link, task):
        return boundary
    return net.workdays.ordinal(net.workdays.number(boundary) - 1) + 1  # done by the evening before


def ends(net: Network, link: Link, task: int) -> bool:
    """Return whether a link is about the end of ``task``; that of a point in time is its begin."""
    return link.kind in ("FF", "SF") and not net.terms[task].milestone


def bounds(net: Network, task: int, done: Pass) -> Bounds:
    """Return what a task's links allow; 0 where there are none."""
    begin = end = 0
    at_end = False
    for link in net.graph.links[task]:
        bound = link_bound(net, link, task, done)
        if ends(net, link, task):
            end = max(end, bound)
        elif bound >= begin:
            at_end = _at_end(net, link, done) and (at_end or bound > begin)
            begin = bound
    return Bounds(begin, end, at_end)


def _at_end(net: Network, link: Link, done: Pass) -> bool:
    if net.terms[link.before].milestone:
        return link.before in done.at_end
    return link.kind in ("FS", "FF")


def place(net: Network, task: int, result: Pass, today: int = 0) -> None:
    """Put a task on its earliest days, and not before ``today`` unless its typed days still hold."""
    own, found = net.terms[task], bounds(net, task, result)
    bound, alive = max(found.begin, own.not_before), task not in net.gone
    if alive and not bound and own.first is None:
        bound = net.floor
    if alive and bound < today and not _in_time(own, today):
        work = net.workdays if own.milestone else own.work
        bound = work.ordinal(work.number(today))
    begin = own.aligned(bound)
    finish = own.finish(begin)
    if own.milestone and found.at_end and begin == found.begin and begin not in (own.first, own.not_before):
        result.at_end.add(task)
    if finish < found.end and own.recurring:
        finish = found.end
    elif finish < found.end:
        begin = own.aligned(max(begin, own.begin(found.end)))
        finish = own.finish(begin)
    result.start[task], result.end[task] = begin, finish


def _in_time(own: Terms, today: int) -> bool:
    """Return whether no working day of typed days is lost yet, and they are not over."""
    if own.first is None or own.last is None:
        return False
    return own.first >= today or (own.last > today and own.work.number(own.first) >= own.work.number(today))


def forward(net: Network) -> Pass:
    """Return the earliest boundaries."""
    result = Pass.of(len(net.terms))
    for task in net.graph.order:
        place(net, task, result)
        buffer, end = net.terms[task].buffer, result.end[task]
        result.clear[task] = later(net.workdays, end, buffer) if buffer else end
    return result


class Slack(NamedTuple):
    """Working days that each task can slip: without moving the finish, without moving any other."""

    total: list[int]
    free: list[int]


def closes(net: Network, task: int, early: Pass) -> int:
    """Return the boundary behind the last day that a task is on; a milestone's day is one too."""
    return early.end[task] + (net.terms[task].milestone and task not in early.at_end)


def backward(net: Network, early: Pass, finish: int) -> Slack:
    """Return the slack of every task; negative where it must end by a day that it does not reach."""
    size = len(net.terms)
    late = Pass(list(early.start), list(early.end), early.clear)
    slack = Slack([0] * size, [0] * size)
    for task in reversed(net.graph.order):
        own = net.terms[task]
        last = FAR if task in net.gone else max(finish, closes(net, task, early))
        slack.free[task] = _room(net, task, early, early, last)
        if own.finish_by is not None:
            last = min(last, own.finish_by)
        room = slack.total[task] = _room(net, task, early, late, last)
        if room >= FAR:  # cancelled, and nobody waits for it
            late.start[task] = late.end[task] = FAR
        elif room:
            late.start[task] = own.work.ordinal(_begins(own, early.start[task]) + room)
            late.end[task] = own.finish(late.start[task])
    return slack


def _latest(net: Network, link: Link, after: int, early: Pass, limit: Pass) -> int:
    """Return the last boundary that a link moves no further than its successor's place in ``limit``."""
    boundary = limit.start[after] if link.kind in ("FS", "SS") else limit.end[after]
    if link.lag.unit == "d" and ends(net, link, after) and not _at_end(net, link, early):
        return net.workdays.ordinal(net.workdays.number(boundary) - link.lag.days)
    return sooner(net.workdays, boundary, link.lag)


def _room(net: Network, task: int, early: Pass, limit: Pass, last: int) -> int:
    """Return the working days that ``task`` can move before a successor leaves its place in ``limit``."""
    own, number = net.terms[task], net.terms[task].work.number
    to_end, to_start = FAR, FAR
    for after, link in net.graph.onward[task]:
        if limit.end[after] >= FAR:
            continue
        boundary = _latest(net, link, after, early, limit)
        if link.kind == "FS" and own.buffer and net.terms[after].floating:
            boundary = sooner(net.workdays, boundary, own.buffer)
        if link.kind in ("FS", "FF"):
            to_end = min(to_end, boundary)
        else:
            to_start = min(to_start, boundary)
    if own.milestone and task not in early.at_end:  # it stands at the beginning of a day
        to_start, to_end = min(to_start, to_end), FAR
    if own.calendar_days:
        to_start, to_end, last = min(to_start, min(to_end, last) - own.calendar_days), FAR, FAR
    room = number(last) - number(closes(net, task, early)) if last < FAR else FAR
    if to_end < FAR:
        room = min(room, number(to_end) - number(early.end[task]))
    if to_start < FAR:
        later_start = number(to_start + 1) - 1 - _begins(own, early.start[task])
        room = min(room, max(later_start, 0) if to_start >= early.start[task] else later_start)
    return room


def _begins(own: Terms, start: int) -> int:
    """Return the number of the working day a task begins on; days off alone lie before the next one."""
    event = own.length == 0 and not own.milestone and not own.calendar_days
    return own.work.number(start) - event


def drives(net: Network, link: Link, task: int, done: Pass) -> bool:
    """Return whether a link leaves its task no working day: it could not lie any earlier."""
    own, bound = net.terms[task], link_bound(net, link, task, done)
    number = own.work.number
    if not ends(net, link, task):
        return number(bound) == number(done.start[task])
    return number(bound) == number(done.end[task]) or number(own.begin(bound)) == number(done.start[task])


def critical_path(net: Network, early: Pass, slack: Sequence[int]) -> list[int]:
    """Return one chain of tasks without slack that ends last, first task first."""
    ends = [task for task in net.graph.order if slack[task] <= 0 and net.counts(task)]
    if not ends:
        return []
    chain = [max(ends, key=lambda task: (early.end[task], early.start[task], -task))]
    while True:
        here = chain[-1]
        driving = (
            link.before
            for link in net.graph.links[here]
            if slack[link.before] <= 0 and drives(net, link, here, early)
        )
        before = next(driving, None)
        if before is None:
            return [task for task in reversed(chain) if task not in net.gone]
        chain.append(before)
