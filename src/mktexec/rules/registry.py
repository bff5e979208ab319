"""What a rule is, and the list of all of them.

A rule is one decorated function that yields hits. A fault is a rule without a function:
the reader of plans finds it. Both have a code, a level, and texts in both languages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from mktexec.findings import Finding, Level
from mktexec.i18n import Text
from mktexec.source import Path

if TYPE_CHECKING:
    from mktexec.assess import Assessment
    from mktexec.model import Plan
    from mktexec.schedule import Schedule


class When(Enum):
    """Which command asks a rule: ``check`` whatever the day, ``warn`` as of a day."""

    CHECK = "check"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules judge; ``assessment`` is None while the plan has errors."""

    plan: "Plan"
    schedule: "Schedule"
    ids: Mapping[str, frozenset[str]]
    assessment: "Assessment | None" = None

    @property
    def day(self) -> "Assessment":
        """The assessment; only rules of ``warn`` may ask for it."""
        if self.assessment is None:
            raise LookupError
        return self.assessment


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: the place in the plan and the figures of its texts."""

    path: Path
    params: Mapping[str, Any] = field(default_factory=dict)
    level: Level | None = None
    days: int | None = None
    related: tuple[Path, ...] = ()
    hint: Text | None = None


Check = Callable[[Facts], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its texts; ``source`` names the row of domain.md it comes from."""

    code: str
    level: Level
    message: Text
    hint: Text
    why: Text
    source: str = ""
    when: When = When.CHECK
    check: Check | None = None
    highest: Level | None = None

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it is found at, the lowest first."""
        return tuple(level for level in Level if self.level <= level <= (self.highest or self.level))


RULES: dict[str, Rule] = {}


def _add(rule: Rule) -> None:
    if rule.code in RULES:
        raise ValueError(rule.code)
    RULES[rule.code] = rule


def fault(code: str, message: Text, hint: Text, why: Text) -> None:
    """Declare an error that the reader of plans finds."""
    _add(Rule(code, Level.ERROR, message, hint, why))


def rule(  # a rule's whole page stands in one call
    code: str,
    level: Level,
    *,
    message: Text,
    hint: Text,
    why: Text,
    source: str = "",
    when: When = When.CHECK,
    highest: Level | None = None,
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule."""

    def register(check: Check) -> Check:
        _add(Rule(code, level, message, hint, why, source, when, check, highest))
        return check

    return register


def run(rules: Iterable[Rule], facts: Facts) -> list[Finding]:
    """Return the findings of ``rules`` on ``facts``."""
    return [
        Finding(
            one.code,
            hit.level or one.level,
            hit.path,
            hit.params,
            hit.days,
            hit.related,
            hint=hit.hint,
        )
        for one in rules
        if one.check is not None
        for hit in one.check(facts)
    ]
