"""Recurring tasks, kept as one entry: a weekly post, a daily stand-up."""

from collections.abc import Iterator
from datetime import date, timedelta

from mktexec.calendar import Workdays
from mktexec.model.terms import Cadence

DAY = timedelta(days=1)
MONTHS = 12


def occurrences(
    cadence: Cadence, start: date, end: date, workdays: Workdays, *, typed: bool = True
) -> tuple[date, ...]:
    """Return the days on which a recurring task takes place, from ``start`` to ``end``.

    A daily task takes place on every working day. Any other one keeps the weekday of its first, or
    the day of the month; where that is a day off it moves to the next working day, unless its first
    day was ``typed`` and is one.
    """
    if cadence is Cadence.DAILY:
        first, last = workdays.index(start), workdays.index(end + DAY)
        return tuple(workdays.day(number) for number in range(first, last))
    moved = not typed or workdays.works(start)
    days = (workdays.on_or_after(day) if moved else day for day in _regular(cadence, start, end))
    return tuple(sorted({day for day in days if day <= end}))


def _regular(cadence: Cadence, start: date, end: date) -> Iterator[date]:
    count, day = 0, start
    while day <= end:
        yield day
        count += 1
        monthly = cadence is Cadence.MONTHLY
        day = _months_later(start, count) if monthly else start + count * cadence.days * DAY


def _months_later(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last."""
    whole = day.year * MONTHS + day.month - 1 + months
    first = date(whole // MONTHS, whole % MONTHS + 1, 1)
    after = whole + 1
    last = date(after // MONTHS, after % MONTHS + 1, 1) - DAY
    return min(first + (day.day - 1) * DAY, last)
