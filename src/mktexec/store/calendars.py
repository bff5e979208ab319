"""A calendar file: the days off of years that were published after this release.

    CN:
      2027:
        off: [2027-01-01, 2027-02-05..2027-02-11]  # days or ranges, both ends included
        work: [2027-01-03]                         # weekend days worked in return

``campaign.calendar_file`` names it relative to the plan's folder; it lies in that folder or in the
git repository around it. What it says of a calendar's year replaces all that is known of the year.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from mktexec.calendar import NONE, YearDays, is_calendar
from mktexec.dates import FIRST_YEAR, LAST_YEAR, parse_day
from mktexec.errors import UnreadableError
from mktexec.findings import Finding, Level
from mktexec.i18n import Text as T
from mktexec.model.campaign import Campaign
from mktexec.source import Path as Steps
from mktexec.store import hints
from mktexec.store.read import Part, read_file
from mktexec.suggest import did_you_mean

NAMED = ("campaign", "calendar_file")
GIT = ".git"
OFF, WORK = "off", "work"
RANGE = ".."
DAY = timedelta(days=1)
A_DAY = T("a day", "日期")
DAYS_HINT = T(
    "write 2027-02-05, or 2027-02-05..2027-02-11 for a range",
    "请写成 2027-02-05；连续多天写 2027-02-05..2027-02-11",
)
YEAR_HINT = T("write a year with four digits: 2027", "请写四位年份，如 2027")
LISTS_HINT = T("a year has 'off' and 'work' only", "每年只有 'off' 和 'work' 两项")

LAYOUT_HINT = T(
    "begin with 'CN:', then '2027:' and its lists 'off' and 'work'",
    "以 'CN:' 开头，下一级写 '2027:'，再下一级写 'off' 和 'work'",
)
LONGEST = 60

Span = tuple[date, date]


class CalendarYears(NamedTuple):
    """What a file says of the campaign's calendar, by year, and what is wrong with the file."""

    years: Mapping[int, YearDays]
    faults: list[Finding]


def calendar_years(plan: Path, campaign: Campaign) -> CalendarYears:
    """Return what the file that the plan at ``plan`` names says of its campaign's calendar."""
    name = campaign.calendar_file
    if name is None:
        return CalendarYears(NONE, [])
    file = calendar_path(plan, name)
    try:
        project = _project(_folder(plan).resolve())
        if Path(name).is_absolute() or not file.resolve().is_relative_to(project):
            return CalendarYears(NONE, [Finding("calendar-file-outside", Level.ERROR, NAMED)])
        part = read_file(file, project)
    except (OSError, RuntimeError, ValueError, UnreadableError) as error:  # no file, or no name of one
        cause = error.__cause__ or error
        params = {"file": file.as_posix(), "reason": getattr(cause, "strerror", None) or str(cause)}
        return CalendarYears(NONE, [Finding("calendar-file-unread", Level.ERROR, NAMED, params)])
    reader = _Reader(part, campaign.calendar)
    return CalendarYears(reader.years, reader.faults)


def calendar_path(plan: Path, name: str) -> Path:
    """Return where the calendar file called ``name`` of the plan at ``plan`` lies."""
    return _folder(plan) / name


def _folder(plan: Path) -> Path:
    if plan.is_dir():
        return plan
    return (plan.resolve() if plan.is_symlink() else plan).parent


def _project(folder: Path) -> Path:
    """Return the nearest folder with a git repository from ``folder`` upwards, else ``folder`` itself."""
    return next((one for one in (folder, *folder.parents) if (one / GIT).exists()), folder)


class _Reader:
    """Reads a whole file, for what is wrong in it; keeps the ``years`` of one calendar."""

    def __init__(self, part: Part, calendar: str) -> None:
        self.years: dict[int, YearDays] = {}
        self.faults = [_of_calendar(one) for one in part.faults]
        self._document = part.document
        self._calendar = calendar
        if part.whole and not part.data and not self.faults:
            self._fault("empty-value", (), {"field": Path(part.document.file).name})
        for name, years in part.data.items():
            if not is_calendar(name):
                named = {"name": name[:LONGEST]}
                self._fault_of_key("unknown-calendar", (name,), named, did_you_mean(name, [calendar]))
            elif self._is_map((name,), years):
                for year, lists in years.items():
                    self._year((name, year), lists)

    def _fault(self, code: str, at: Steps, params: Mapping[str, Any], hint: T | None = None) -> None:
        place = self._document.place_of(at)
        self.faults.append(Finding(code, Level.ERROR, (), params, place=place, hint=hint))

    def _fault_of_key(self, code: str, at: Steps, params: Mapping[str, Any], hint: T | None) -> None:
        place = self._document.key_place_of(at)
        self.faults.append(Finding(code, Level.ERROR, (), params, place=place, hint=hint))

    def _is_map(self, at: Steps, value: Any) -> bool:
        if not isinstance(value, dict):
            found = {"expected": hints.KINDS[dict], "found": hints.KINDS[type(value)]}
            self._fault("wrong-type", at, found, LAYOUT_HINT)
        return isinstance(value, dict)

    def _year(self, at: Steps, lists: Any) -> None:
        name, text = at
        year = int(text) if re.fullmatch("[0-9]{4}", text) else 0
        if not FIRST_YEAR <= year <= LAST_YEAR:
            self._fault_of_key("unknown-key", at, _field(text, name), YEAR_HINT)
            return
        if not self._is_map(at, lists):
            return
        for key in (one for one in lists if one not in (OFF, WORK)):
            self._fault_of_key("unknown-key", (*at, key), _field(key, ".".join(at)), LISTS_HINT)
        if OFF not in lists:
            self._fault("missing-field", at, {"field": OFF})
        off, work = (self._days((*at, key), year, lists.get(key)) for key in (OFF, WORK))
        if both := off & work:
            self._fault("off-and-worked", (*at, WORK), {"day": min(both)})
        if name == self._calendar:
            self.years[year] = YearDays(off, work)

    def _days(self, at: Steps, year: int, value: Any) -> frozenset[date]:
        """Return the days of a list, or of the single item or nothing that stands for one."""
        if isinstance(value, list):
            read = [self._span((*at, str(index)), year, item) for index, item in enumerate(value)]
        else:
            read = [] if value is None else [self._span(at, year, value)]
        spans = {one for one in read if one}  # each once: a list may say the same a million times
        return frozenset(day for first, last in spans for day in _between(first, last))

    def _span(self, at: Steps, year: int, item: Any) -> Span | None:
        """Return the first and the last day that an item names; None, and a fault more, if it is wrong."""
        if not isinstance(item, str):
            found = {"expected": A_DAY, "found": hints.KINDS[type(item)]}
            self._fault("wrong-type", at, found, DAYS_HINT)
            return None
        first, _, last = item.partition(RANGE)
        days = parse_day(first), parse_day(last if RANGE in item else first)
        if days[0] is None or days[1] is None:
            hint = hints.for_value("bad-day", item) or DAYS_HINT
            self._fault("bad-day", at, {"value": item[:LONGEST]}, hint)
        elif days[0] > days[1]:
            self._fault("dates-reversed", at, {"start": days[0], "end": days[1]})
        elif days[0].year != year or days[1].year != year:
            outside = next(day for day in days if day and day.year != year)
            self._fault("day-outside-year", at, {"day": outside, "year": year})
        else:
            return days[0], days[1]
        return None


def _field(key: str, where: str) -> dict[str, str]:
    return {"key": key[:LONGEST], "where": where}


def _between(first: date, last: date) -> Iterator[date]:
    return (first + step * DAY for step in range((last - first).days + 1))


def _of_calendar(fault: Finding) -> Finding:
    """Return a fault of the text in the words that hold for a calendar file."""
    if fault.code != "not-a-plan":
        return fault
    params = {"expected": hints.KINDS[dict], "found": fault.params["found"]}
    return replace(fault, code="wrong-type", params=params, hint=LAYOUT_HINT)
