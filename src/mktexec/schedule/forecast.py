"""The forecast: what actual dates, progress and remaining work now imply (design part 5).

Finished work does not move, unfinished work does not lie in the past, and work goes on at the
planned pace from its last record: a task whose progress was as planned some time on that day keeps
its planned end. Where that would have finished it before today, the remaining work is counted from
today. A buffer takes up delay before what follows has to move.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil

from mktexec.schedule.known import Known
from mktexec.schedule.passes import Network, Pass, bounds, later, place
from mktexec.schedule.terms import Terms

ROUNDING = 1e-9


def forecast(net: Network, records: Sequence[Known], early: Pass, as_of: date) -> Pass:
    """Return the boundaries that the records up to ``as_of`` imply."""
    result = Pass.of(len(net.terms))
    today = as_of.toordinal()
    for task in net.graph.order:
        record = records[task]
        if task not in net.gone and record.done:
            _finished(net, task, record, result, today)
        elif task not in net.gone and record.started:
            _under_way(net, task, record, result, as_of)
        else:
            _not_begun(net, task, result, today)
        buffer, end = net.terms[task].buffer, result.end[task]
        kept = later(net.workdays, min(end, early.end[task]), buffer) if buffer else end
        result.clear[task] = max(end, kept)
    return result


def _not_begun(net: Network, task: int, result: Pass, today: int) -> None:
    own = net.terms[task]
    place(net, task, result, max(today, own.expected))
    if own.milestone and own.floating and own.expected > today and result.start[task] <= own.expected:
        result.start[task] = result.end[task] = own.expected + 1  # it ends that day, as work would
        result.at_end.add(task)


def _finished(net: Network, task: int, record: Known, result: Pass, today: int) -> None:
    own, found = net.terms[task], bounds(net, task, result)
    bound = max(found.begin, own.not_before)
    begin = own.aligned(max(bound, net.floor) if not found.begin and own.first is None else bound)
    last = record.end.toordinal() if record.end else None
    finish = last + 1 if last else min(own.finish(begin), today + 1)
    if last and own.milestone:  # it lies between two days: what follows may begin on its day
        finish = min(finish, max(begin, last))
        if finish > last:
            result.at_end.add(task)
    began = None if own.milestone else record.start or own.start
    result.end[task] = finish
    result.start[task] = min(began.toordinal() if began else own.begin(finish), finish)


def _under_way(net: Network, task: int, record: Known, result: Pass, as_of: date) -> None:
    own, found, today = net.terms[task], bounds(net, task, result), as_of.toordinal()
    began = record.start or own.start or as_of
    first = min(began.toordinal(), today)
    ends = own.last if own.last is not None else own.finish(first)
    promised = own.work.number(ends)
    within = own.last is not None and today < own.last  # its last days may be days off
    finish = _finish(own, record, first, promised, today)
    if finish <= own.work.number(today) and not within:  # not as planned: what is left is ahead
        finish = own.work.number(today) + _left(own, record, first, promised, today)
    boundary = ends if finish == promised else own.work.ordinal(finish - 1) + 1
    least = today if within else own.work.ordinal(own.work.number(today))
    result.start[task] = first
    result.end[task] = max(boundary, least + 1, 0 if own.milestone else found.end)
    if own.milestone:
        result.at_end.add(task)


def _finish(own: Terms, record: Known, first: int, promised: int, today: int) -> int:
    """Return the number of the working day before which it would be finished, going on as recorded."""
    number = own.work.number
    unknown = record.remaining is None and record.progress is None
    if own.recurring or unknown:  # what was missed of a weekly post is not made up for
        return promised
    day = record.recorded.toordinal() if record.recorded else today
    left = _left(own, record, first, promised, today)
    if record.remaining is not None:
        return number(day + 1) + left
    return min(max(promised, number(day) + left), number(day + 1) + left)


def _left(own: Terms, record: Known, first: int, promised: int, today: int) -> int:
    """Return the working days left, as recorded or by progress; 0 if nothing is known."""
    if own.recurring:
        return 0
    if record.remaining is not None:
        days, unit = record.remaining
        after = (record.recorded.toordinal() if record.recorded else today) + 1
        return days if unit == "d" else own.work.number(after + days) - own.work.number(after)
    if record.progress is None:
        return 0
    whole = own.length if own.first is not None else promised - own.work.number(first)
    return remaining(whole, record.progress)


def remaining(length: int, progress: float) -> int:
    """Return the working days left of ``length`` at a progress in [0, 1], begun ones counted whole."""
    return ceil(length * (1 - progress) - ROUNDING)
