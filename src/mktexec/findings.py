"""A finding: what is wrong, where in the plan, with which figures; never a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Any

from mktexec.i18n import Text
from mktexec.source import Path, Place


class Level(IntEnum):
    """How soon somebody must act (design part 5; domain.md part 3, guide B)."""

    INFO = 1
    REMIND = 2
    WARN = 3
    ESCALATE = 4
    ERROR = 5

    @property
    def key(self) -> str:
        """The level as it stands in JSON and on the command line."""
        return self.name.lower()

    @property
    def label(self) -> Text:
        """The level as people read it."""
        return LABELS[self]


LABELS = {
    Level.INFO: Text("info", "提示"),
    Level.REMIND: Text("remind", "提醒"),
    Level.WARN: Text("warn", "预警"),
    Level.ESCALATE: Text("escalate", "升级"),
    Level.ERROR: Text("error", "错误"),
}
LINE_DEPTH = 2  # budget.lines.B1
WITHOUT_IDS = {"campaign", "budget", "review", "thresholds"}
LEVELS = {level.key: level for level in Level}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody must know.

    ``path`` says what it is about, ``params`` fill the rule's texts, ``days`` is how many
    days late (or until due, negative) where that has a meaning, ``points`` by how many percentage
    points it is off, ``related`` names other places that explain it, and ``place`` is set where no
    path leads there: in broken YAML, or for a key rather than its value.

    ``since`` is the first day on which it holds at any level, ``raised`` that on which it reached
    its level, ``latest`` the day of the newest figure it rests on, ``answer_by`` the last day to
    answer it; all of them only for what depends on the day.
    ``owner`` is who answers for it where that is not who answers for the entry, ``to`` names who must
    know of it beside those whom its level tells: ids of people, departments.
    """

    code: str
    level: Level
    path: Path
    params: Mapping[str, Any] = field(default_factory=dict)
    days: int | None = None
    related: tuple[Path, ...] = ()
    place: Place | None = None
    hint: Text | None = None
    points: int | None = None
    since: date | None = None
    raised: date | None = None
    answer_by: date | None = None
    latest: date | None = None
    owner: str | None = None
    to: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is called by whoever answers it: ``task-late:T003``."""
        return f"{self.code}:{self.subject}" if self.subject else self.code

    @property
    def subject(self) -> str | None:
        """The id of the entry it is about, or the section that has no ids."""
        if self.path[:1] and self.path[0] in WITHOUT_IDS:
            return self.path[2] if len(self.path) > LINE_DEPTH and self.path[1] == "lines" else self.path[0]
        return self.path[1] if len(self.path) > 1 else (self.path[0] if self.path else None)
