"""One thing that a change of a plan did, and the words that all such things are said with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from mktexec.assess import Assessment
from mktexec.findings import Finding
from mktexec.i18n import LANGS, plural
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.schedule import Schedule

Names = Mapping[str, str]
"""The ids that entries had before, by those they have now; what is new has none."""


class State(NamedTuple):
    """A sound plan as of a day, and the findings of ``warn``."""

    plan: Plan
    schedule: Schedule
    assessment: Assessment
    warned: Sequence[Finding]

    def day(self, day: date | None) -> str:
        """Return a day without its year where that is the as-of day's; – for none."""
        if day is None:
            return "–"
        return f"{day:%m-%d}" if day.year == self.schedule.as_of.year else day.isoformat()


class Tone(IntEnum):
    """Whether a thing went wrong or right; the worst sorts first."""

    WORSE = 0
    CHANGED = 1
    BETTER = 2


class Effect(NamedTuple):
    """One thing that a change did; of those in one tone the heavier come first."""

    tone: Tone
    text: T
    weight: float = 0


def said(text: T, **params: object) -> T:
    """Return ``text`` with its placeholders filled, in each language in its own way."""
    return T(*(text.say(lang, params) for lang in LANGS))


def joined(parts: Iterable[T]) -> T:
    """Return the parts as one sentence."""
    texts = list(parts)
    return T(", ".join(one.en for one in texts), "，".join(one.zh for one in texts))


def about(subject: str, parts: Iterable[T]) -> T:
    """Return the parts as a sentence on ``subject``, an id or a title."""
    text = joined(parts)
    return T(f"{subject} {text.en}", f"{subject} {text.zh}")


def days(count: int) -> T:
    """Return a number of days in words."""
    return T(plural(count, "day", "days"), f"{count} 天")
