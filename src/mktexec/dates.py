"""Days, durations and dependencies as they are written in a plan."""

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

FIRST_YEAR, LAST_YEAR = 1990, 2199
ID = r"[^\s!-/:-@\[-^`{-~][^\s!-,./:-@\[-^`{-~]{0,63}"
DURATION = r"[0-9]{1,4}(?:d|w|cd)"
LINK = rf"{ID}(?: (?:FS|SS|FF|SF))?(?: [+-]{DURATION})?"
RELATIVE = rf"[^\s]+ [+-] {DURATION}"
ANCHOR_ONLY = r"[^\s0-9!-/:-@\[-^`{-~][^\s]*"

Unit = Literal["d", "cd"]
Kind = Literal["FS", "SS", "FF", "SF"]

_duration = re.compile(r"([0-9]{1,4})(d|w|cd)")
_link = re.compile(rf"({ID})(?: (FS|SS|FF|SF))?(?: ([+-])({DURATION}))?")
_relative = re.compile(rf"(\S+) ([+-]) ({DURATION})")


class Duration(NamedTuple):
    """A length: ``5d`` working days, ``2w`` = 10 working days, ``3cd`` calendar days."""

    days: int
    unit: Unit = "d"

    def __str__(self) -> str:
        return f"{self.days}{self.unit}"


class RelativeDay(NamedTuple):
    """A day counted from a named milestone or phase: ``launch - 10d``."""

    anchor: str
    offset: Duration

    def __str__(self) -> str:
        if self.offset.days == 0:
            return self.anchor
        sign = "-" if self.offset.days < 0 else "+"
        return f"{self.anchor} {sign} {abs(self.offset.days)}{self.offset.unit}"


class Dependency(NamedTuple):
    """A predecessor with its link: finish-to-start without lag unless said otherwise."""

    task: str
    kind: Kind = "FS"
    lag: Duration = Duration(0)

    @property
    def plain(self) -> bool:
        """True for finish-to-start without lead or lag."""
        return self.kind == "FS" and self.lag.days == 0


@lru_cache(maxsize=65536)
def parse_day(text: str) -> date | None:
    """Return the day written ``2024-07-15``, or None if it is no such day."""
    if len(text) != len("2024-07-15") or not text.isascii():
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    plain = text[4] == text[7] == "-"  # and no week, as in 2024-W07-1
    return day if plain and FIRST_YEAR <= day.year <= LAST_YEAR else None


@lru_cache(maxsize=4096)
def parse_duration(text: str) -> Duration | None:
    """Return the duration written ``5d``, ``2w`` or ``3cd``, or None."""
    found = _duration.fullmatch(text)
    if not found:
        return None
    number, unit = int(found[1]), found[2]
    return Duration(number * 5) if unit == "w" else Duration(number, "cd" if unit == "cd" else "d")


def parse_relative(text: str) -> RelativeDay | None:
    """Return the day written ``launch - 10d`` or just ``launch``, or None."""
    found = _relative.fullmatch(text)
    if found and (length := parse_duration(found[3])):
        days = -length.days if found[2] == "-" else length.days
        return RelativeDay(found[1], Duration(days, length.unit))
    return RelativeDay(text, Duration(0)) if re.fullmatch(ANCHOR_ONLY, text) else None


@lru_cache(maxsize=65536)
def parse_dependency(text: str) -> Dependency | None:
    """Return the dependency written ``T002``, ``T002 +2d`` or ``T002 SS +1d``, or None."""
    found = _link.fullmatch(text)
    if not found:
        return None
    lag = parse_duration(found[4]) if found[4] else Duration(0)
    if lag is None:
        return None
    if found[3] == "-":
        lag = Duration(-lag.days, lag.unit)
    kind: Kind = found[2] or "FS"  # type: ignore[assignment]  # the pattern admits only Kind
    return Dependency(found[1], kind, lag)
