"""Days as columns of a screen."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Zoom = Literal["day", "week", "month"]
ZOOMS: tuple[Zoom, ...] = ("day", "week", "month")
MOST_EACH = {"day": 3, "week": 7, "month": 28}  # columns of one day, week, month at most
DAY, WEEK = timedelta(days=1), timedelta(days=7)
JANUARY, DECEMBER = 1, 12


@dataclass(frozen=True, slots=True)
class Axis:
    """Days on columns: column ``i`` stands for ``firsts[i]`` to ``lasts[i]``, both included.

    ``units`` are the first days of the days, weeks or months that are shown, ``each`` is how many
    columns one of them takes.
    """

    zoom: Zoom
    each: int
    units: Sequence[date]
    firsts: Sequence[date]
    lasts: Sequence[date]

    @property
    def size(self) -> int:
        """How many columns there are."""
        return len(self.firsts)

    def at(self, day: date) -> int | None:
        """Return the column of ``day``, the first one if it has several; None outside."""
        column = bisect_left(self.lasts, day)
        return column if column < self.size and self.firsts[column] <= day else None

    def columns(self, first: date, last: date) -> range:
        """Return the columns that hold any day from ``first`` to ``last``."""
        return range(bisect_left(self.lasts, first), bisect_right(self.firsts, last))


def axis(first: date, last: date, room: int, zoom: Zoom | None = None) -> Axis:
    """Return the days from ``first`` to ``last`` on at most ``room`` columns.

    As days, else weeks, else months, else as many months as there is room for; ``zoom`` decides
    which, and then as many of them are shown as there is room for.
    """
    for one in (zoom,) if zoom else ZOOMS:
        units = _units(first, last, one, room + 1)
        chosen = one
        if len(units) <= room:
            break
    units = units[:room]
    each = min(room // len(units), MOST_EACH[chosen])
    spans = [span for unit in units for span in _parts(unit, _after(unit, chosen), each)]
    return Axis(chosen, each, units, [a for a, _ in spans], [b for _, b in spans])


def _units(first: date, last: date, zoom: Zoom, most: int) -> list[date]:
    unit = first
    if zoom == "week":
        unit -= first.weekday() * DAY
    elif zoom == "month":
        unit = first.replace(day=1)
    units: list[date] = []
    while unit <= last and len(units) < most:
        units.append(unit)
        unit = _after(unit, zoom)
    return units


def _after(unit: date, zoom: Zoom) -> date:
    if zoom == "month":
        return next_month(unit)
    return unit + (WEEK if zoom == "week" else DAY)


def next_month(day: date) -> date:
    """Return the first day of the month after that of ``day``."""
    if day.month == DECEMBER:
        return date(day.year + 1, JANUARY, 1)
    return date(day.year, day.month + 1, 1)


def _parts(first: date, after: date, count: int) -> Iterator[tuple[date, date]]:
    """Yield ``count`` even parts of the days before ``after``; a day alone is repeated."""
    days = (after - first).days
    for part in range(count):
        begin, end = days * part // count, days * (part + 1) // count
        yield first + begin * DAY, first + max(begin, end - 1) * DAY
