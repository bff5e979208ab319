"""The forward pass: the earliest days that the links and the calendars allow.

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
    at_end = stands_at_end(net, link, done)
    if lag.days:  # work may begin on the days off behind a lag, a point in time may not stand there
        behind = at_end or not net.terms[task].milestone
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
            at_end = stands_at_end(net, link, done) and (at_end or bound > begin)
            begin = bound
    return Bounds(begin, end, at_end)


def stands_at_end(net: Network, link: Link, done: Pass) -> bool:
    """Return whether a link counts from the end of a day, not from the beginning of one."""
    if net.terms[link.before].milestone:
        return link.before in done.at_end
    return link.kind in ("FS", "FF")


def place(net: Network, task: int, result: Pass, today: int = 0) -> None:
    """Put a task on its earliest days, and not before ``today`` unless its typed days still hold."""
    own, found = net.terms[task], bounds(net, task, result)
    bound, alive = max(found.begin, own.not_before), task not in net.gone
    if alive and not found.begin and own.first is None:
        bound = max(bound, net.floor)
    if alive and bound <= today and not _in_time(own, today):
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


def drives(net: Network, link: Link, task: int, done: Pass) -> bool:
    """Return whether a link leaves its task no working day: it could not lie any earlier."""
    own, bound = net.terms[task], link_bound(net, link, task, done)
    number = own.work.number
    if not ends(net, link, task):
        return number(bound) == number(done.start[task])
    return number(bound) == number(done.end[task]) or number(own.begin(bound)) == number(done.start[task])
