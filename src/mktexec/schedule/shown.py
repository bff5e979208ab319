"""Boundaries turned back into days; a typed day that still holds is shown as typed."""

from datetime import date
from typing import NamedTuple

from mktexec.dates import Duration
from mktexec.schedule.known import Known
from mktexec.schedule.passes import Network, Pass, later
from mktexec.schedule.slack import FAR, Slack, closes, moved_end
from mktexec.schedule.terms import Terms


class TaskDates(NamedTuple):
    """All dates of one task: plan, early, late, forecast.

    ``slack`` counts the working days it can slip without moving the end of the whole, or a day by
    which something must end; it is negative where that day is missed. ``free_slack`` counts those
    without moving any other task.
    """

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
    free_slack: int = 0


class Buffer(NamedTuple):
    """A buffer in working days: how much is set, how much of it the forecast uses, what is left."""

    set: int
    used: int

    @property
    def left(self) -> int:
        """What is left of it."""
        return self.set - self.used


def shown(
    net: Network,
    task: int,
    own: Terms,
    record: Known,
    early: Pass,
    coming: Pass,
    slack: Slack,
    as_of: date,
) -> TaskDates:
    """Return the days of one task."""
    early_start, early_end = _span(net, task, own, early)
    total = 0 if record.cancelled else slack.total[task]
    free = 0 if record.cancelled else slack.free[task]
    forecast_start, forecast_end = _span(net, task, own, coming)
    if record.done:
        forecast_end = record.end or forecast_end
    elif not record.cancelled:
        forecast_end = max(forecast_end, as_of)
        forecast_start = forecast_start if record.started else max(forecast_start, as_of)
    forecast_start = min(record.start or forecast_start, forecast_end)
    if own.milestone:
        forecast_start = forecast_end
    alone = own.recurring and (not net.graph.after[task] or total >= FAR)  # it drives nothing
    total, free = (0, 0) if alone else (total, free)
    return TaskDates(
        early_start if own.floating else own.start,
        early_end if own.floating else own.end,
        own.milestone,
        early_start,
        early_end,
        *_moved(own, early_start, early_end, total),
        total,
        total <= 0 and not record.cancelled and not alone,
        forecast_start,
        forecast_end,
        free,
    )


def _moved(own: Terms, start: date, end: date, slack: int) -> tuple[date, date]:
    """Return the late days of a task whose early days are given."""
    if slack == 0:
        return start, end
    if own.milestone or not own.work.between(start, end):
        return own.work.shift(start, slack), own.work.shift(end, slack)
    begin = own.work.ordinal(own.work.index(start) + slack)
    last = moved_end(own, begin, end.toordinal() + 1, slack) - 1
    return date.fromordinal(begin), date.fromordinal(max(last, begin))


def _span(net: Network, task: int, own: Terms, found: Pass) -> tuple[date, date]:
    """Return first and last day of one task in a pass."""
    begin, end = found.start[task], found.end[task]
    if begin < end and not net.terms[task].milestone:
        return date.fromordinal(begin), date.fromordinal(end - 1)
    point = (end or net.floor) - (task in found.at_end)
    last = own.first if own.milestone else own.last
    if own.start and own.end and last is not None and point <= last:
        return own.start, own.end
    return date.fromordinal(point), date.fromordinal(point)


def project_buffer(net: Network, buffer: Duration, finish: int, alive: list[int], coming: Pass) -> Buffer:
    """Return the buffer behind all work that counts, which ends early at ``finish``."""
    number = net.workdays.number
    whole = number(later(net.workdays, finish, buffer)) - number(finish)
    ends = max((closes(net, task, coming) for task in alive), default=finish)
    return Buffer(whole, min(max(0, number(ends) - number(finish)), whole))


def buffer_of(net: Network, task: int, buffer: Duration, early: Pass, coming: Pass) -> Buffer:
    """Return how much of the buffer behind a task its forecast uses up."""
    number = net.workdays.number
    end = early.end[task]
    whole = number(later(net.workdays, end, buffer)) - number(end)
    return Buffer(whole, min(max(0, number(coming.end[task]) - number(end)), whole))
