"""Working days: Monday to Friday less holidays plus make-up days (design part 5)."""

import warnings
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from mktexec.china import DAYS as CHINA

EVERYDAY, WEEKDAYS = "everyday", "weekdays"
PLAIN = (EVERYDAY, WEEKDAYS)
LAST_RULED = 2100
LOOK_AHEAD = 2  # schedules are published a year ahead; a newer library may know one more
WEEK = 7
LISTS: dict[str, dict[str, Any]] = {  # which of a country's lists offices keep, if not the library's first
    "GB": {"subdiv": "ENG"},  # England and Wales; else only what all four nations share
    "HK": {"categories": ("public", "optional")},  # general holidays, not the statutory ones alone
}
SATURDAY = 5


class YearDays(NamedTuple):
    """A year's exceptions to Monday–Friday; ``known`` is False if not yet published."""

    off: frozenset[date]
    work: frozenset[date]
    known: bool = True


def _days(year: int, text: str) -> frozenset[date]:
    return frozenset(date(year, int(part[:2]), int(part[2:])) for part in text.split())


NONE: Mapping[int, YearDays] = MappingProxyType({})


@lru_cache(maxsize=1024)
def year_days(calendar: str, year: int) -> YearDays:
    """Return the exceptions of ``calendar`` in ``year``; raise ValueError for no such calendar."""
    if calendar in PLAIN:
        return YearDays(frozenset(), frozenset())
    if calendar == "CN" and year in CHINA:
        off, work = CHINA[year]
        return YearDays(_days(year, off), _days(year, work))
    return _from_library(calendar, year)


def _from_library(calendar: str, year: int) -> YearDays:
    last_known = max(CHINA) if calendar == "CN" else LAST_RULED
    if year > last_known + LOOK_AHEAD:
        return YearDays(frozenset(), frozenset(), known=False)
    import holidays  # slow to import, and China's known years do without

    if calendar not in holidays.list_supported_countries(include_aliases=False):
        raise ValueError(calendar)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of guesses; a year beyond its last is said to be unknown
        known = holidays.country_holidays(calendar, years=year, **LISTS.get(calendar, {}))
    if year > known.end_year:
        return YearDays(frozenset(), frozenset(), known=False)
    work = frozenset(day for day in known.weekend_workdays if day.year == year)
    if calendar == "CN" and not work:  # every schedule published so far has make-up days
        return YearDays(frozenset(), frozenset(), known=False)
    return YearDays(frozenset(day for day in known if day.weekday() < SATURDAY), work)


def is_calendar(calendar: str) -> bool:
    """Return whether there is a calendar of that name."""
    try:
        year_days(calendar, max(CHINA))
    except ValueError:
        return False
    return True


class Workdays:
    """The working days from the first of January of a year on, numbered from 0.

    Grows as far as it is asked. Days before its first one count as the first. The calendar passes
    count in days of the common era (``date.toordinal``), everybody else in dates.
    """

    def __init__(
        self,
        calendar: str,
        first_year: int,
        days_off: Iterable[date] = (),
        workdays: Iterable[date] = (),
        known: Mapping[int, YearDays] = NONE,
    ) -> None:
        self.calendar = calendar
        self._known = known
        self._off, self._work = frozenset(days_off), frozenset(workdays)
        self._origin = date(first_year, 1, 1).toordinal()
        self._first_year = self._next_year = first_year
        self._before: list[int] = [0]  # working days before each day since the origin
        self._days: list[int] = []

    def _exceptions(self, year: int) -> YearDays:
        return self._known.get(year) or year_days(self.calendar, year)

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Return the years from ``first`` to ``last`` whose days off are not yet published."""
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if not self._exceptions(year).known)

    def _grow(self) -> None:
        year = self._next_year
        if year > date.max.year - 1:
            raise OverflowError(year)
        off, work, _ = self._exceptions(year)
        day, step = date(year, 1, 1), timedelta(days=1)
        weekday = day.weekday()
        everyday = self.calendar == EVERYDAY
        while day.year == year:
            usual = (everyday or weekday < SATURDAY or day in work) and day not in off
            if (usual or day in self._work) and day not in self._off:
                self._days.append(day.toordinal())
            self._before.append(len(self._days))
            day += step
            weekday = (weekday + 1) % WEEK
        self._next_year = year + 1

    def less(self, days_off: Iterable[date]) -> "Workdays":
        """Return these working days without those of somebody's own days off."""
        return Workdays(self.calendar, self._first_year, self._off.union(days_off), self._work, self._known)

    def number(self, ordinal: int) -> int:
        """Return the number of the first working day on or after the day ``ordinal``."""
        offset = ordinal - self._origin
        if offset < 0:
            return 0
        while offset >= len(self._before):
            self._grow()
        return self._before[offset]

    def ordinal(self, number: int) -> int:
        """Return the working day with a number, as an ordinal (the first one for negative numbers)."""
        number = max(number, 0)
        while number >= len(self._days):
            self._grow()
        return self._days[number]

    def index(self, day: date) -> int:
        """Return the number of the first working day on or after ``day``."""
        return self.number(day.toordinal())

    def day(self, index: int) -> date:
        """Return the working day with number ``index`` (the first one for negative numbers)."""
        return date.fromordinal(self.ordinal(index))

    def on_or_after(self, day: date) -> date:
        """Return the first working day from ``day`` on."""
        return self.day(self.index(day))

    def on_or_before(self, day: date) -> date:
        """Return the last working day up to ``day``."""
        return day if self.works(day) else self.shift(day, -1)

    def works(self, day: date) -> bool:
        """Return whether ``day`` is a working day."""
        return self.between(day, day) == 1

    def between(self, first: date, last: date) -> int:
        """Return the number of working days from ``first`` to ``last``, both included."""
        return max(0, self.index(last + timedelta(days=1)) - self.index(first))

    def shift(self, day: date, count: int) -> date:
        """Return ``day`` moved by ``count`` working days; ``day`` itself for 0."""
        if count == 0:
            return day
        index = self.index(day)
        if count < 0 or self.works(day):
            return self.day(index + count)
        return self.day(index + count - 1)
