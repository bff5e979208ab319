"""Slack and the critical path: how far work can slip before something else has to move."""

from collections.abc import Sequence
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.dates import Duration
from mktexec.schedule.graph import Link
from mktexec.schedule.passes import Network, Pass, drives, ends, stands_at_end
from mktexec.schedule.terms import Terms

FAR = 10**9


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
        free = task in net.gone or (own.recurring and net.graph.onward[task])
        last = FAR if free else max(finish, closes(net, task, early))
        slack.free[task] = _room(net, task, early, early, last)
        if own.finish_by is not None:
            last = min(last, own.finish_by)
        room = slack.total[task] = _room(net, task, early, late, last)
        if room >= FAR:  # cancelled or recurring, and nobody waits for it
            late.start[task] = late.end[task] = FAR
        elif room:
            late.start[task] = own.work.ordinal(_begins(net, task, early) + room)
            late.end[task] = moved_end(own, late.start[task], early.end[task], room)
    return slack


def moved_end(own: Terms, begin: int, end: int, room: int) -> int:
    """Return the boundary of a task's end when it begins ``room`` working days later, at ``begin``.

    A recurring task that is held open, until ``end``, keeps what holds it.
    """
    if not own.recurring:
        return own.finish(begin)
    return max(own.finish(begin), own.work.ordinal(own.work.number(end) - 1 + room) + 1)


def _latest(net: Network, link: Link, after: int, early: Pass, limit: Pass) -> int:
    """Return the last boundary that a link moves no further than its successor's place in ``limit``."""
    boundary = limit.start[after] if link.kind in ("FS", "SS") else limit.end[after]
    if link.lag.unit == "d" and ends(net, link, after) and not stands_at_end(net, link, early):
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
        later_start = number(to_start + 1) - 1 - _begins(net, task, early)
        room = min(room, max(later_start, 0) if to_start >= early.start[task] else later_start)
    return room


def _begins(net: Network, task: int, early: Pass) -> int:
    """Return the number of the working day a task begins on; days off alone lie before the next one."""
    own, start = net.terms[task], early.start[task]
    point = own.length == 0 and not own.calendar_days and task not in early.at_end
    number = own.work.number
    return number(start) - (point and number(start) == number(start + 1))


def sooner(workdays: Workdays, boundary: int, lag: Duration) -> int:
    """Return the last boundary that ``later`` moves no further than ``boundary``."""
    days = lag.days
    if lag.unit == "cd" or days == 0:
        return boundary - days
    return workdays.ordinal(workdays.number(boundary) - days)


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
