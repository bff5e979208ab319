"""What a rule is, and the list of all of them.

A rule is one decorated function that yields hits. A fault is a rule without a function:
the reader of plans finds it. Both have a code, a level, and texts in both languages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from mktexec.findings import LEVELS, Finding, Level
from mktexec.i18n import Text
from mktexec.model.terms import Alarm
from mktexec.source import Path

if TYPE_CHECKING:
    from mktexec.assess import Assessment
    from mktexec.assess.differences import Change
    from mktexec.model import Plan
    from mktexec.schedule import Schedule


class When(Enum):
    """Which command asks a rule: ``check`` whatever the day, ``warn`` as of a day."""

    CHECK = "check"
    WARN = "warn"
    AFTER = "after"  # on the findings of both


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules judge; ``assessment`` is None while the plan has errors.

    ``changes`` names what changed since an approval, by its id, where the plan's history tells.
    What is below ``least`` nobody asks for; a rule that would find much of it may leave it out.
    """

    plan: "Plan"
    schedule: "Schedule"
    ids: Mapping[str, frozenset[str]]
    assessment: "Assessment | None" = None
    changes: Mapping[str, "Change"] = field(default_factory=dict)
    least: Level = Level.INFO

    @property
    def day(self) -> "Assessment":
        """The assessment; only rules of ``warn`` may ask for it."""
        if self.assessment is None:
            raise LookupError
        return self.assessment


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: the place in the plan, the figures of its texts, and what else a Finding holds.

    A rule of ``warn`` says ``since`` when; ``raised`` only where it rose to its level later.
    """

    path: Path
    params: Mapping[str, Any] = field(default_factory=dict)
    level: Level | None = None
    days: int | None = None
    related: tuple[Path, ...] = ()
    hint: Text | None = None
    points: int | None = None
    since: date | None = None
    raised: date | None = None
    latest: date | None = None
    owner: str | None = None
    to: tuple[str, ...] = ()


Check = Callable[[Facts], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its texts; ``source`` names the row of domain.md it comes from.

    ``hints`` say what to do at levels for which ``hint`` does not.
    """

    code: str
    level: Level
    message: Text
    hint: Text
    why: Text
    source: str = ""
    when: When = When.CHECK
    check: Check | None = None
    highest: Level | None = None
    hints: Mapping[Level, Text] = field(default_factory=dict)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels it is found at, the lowest first."""
        return tuple(level for level in Level if self.level <= level <= (self.highest or self.level))

    def finding(self, hit: Hit, level: Level | None = None) -> Finding:
        """Return what the rule found, at ``level`` if one is set."""
        level = level or hit.level or self.level
        return Finding(
            self.code,
            level,
            hit.path,
            hit.params,
            hit.days,
            hit.related,
            hint=hit.hint or self.hints.get(level),
            points=hit.points,
            since=hit.since,
            raised=hit.raised or hit.since,
            latest=hit.latest,
            owner=hit.owner,
            to=hit.to,
        )


RULES: dict[str, Rule] = {}


def _add(rule: Rule) -> None:
    if rule.code in RULES:
        raise ValueError(rule.code)
    RULES[rule.code] = rule


def fault(code: str, message: Text, hint: Text, why: Text) -> None:
    """Declare an error that the reader of plans finds."""
    _add(Rule(code, Level.ERROR, message, hint, why))


def declared(code: str, level: Level, message: Text, hint: Text, why: Text, source: str) -> Rule:
    """Declare a rule on other findings, and return it."""
    one = Rule(code, level, message, hint, why, source, When.AFTER)
    _add(one)
    return one


def rule(  # a rule's whole page stands in one call
    code: str,
    level: Level,
    *,
    message: Text,
    hint: Text | Mapping[Level, Text],
    why: Text,
    source: str = "",
    when: When = When.CHECK,
    highest: Level | None = None,
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule; ``hint`` may differ from level to level."""
    hints = {level: hint} if isinstance(hint, Text) else hint

    def register(check: Check) -> Check:
        _add(Rule(code, level, message, hints[level], why, source, when, check, highest, hints))
        return check

    return register


def run(rules: Iterable[Rule], facts: Facts) -> list[Finding]:
    """Return the findings of ``rules`` on ``facts``, at the levels that the plan sets."""
    return [
        one.finding(hit, set_level(one, facts.plan))
        for one in rules
        if one.check is not None and left_on(one, facts.plan)
        for hit in one.check(facts)
    ]


def left_on(one: Rule, plan: "Plan") -> bool:
    """Return whether the plan leaves a rule on; errors cannot be switched off."""
    return one.level is Level.ERROR or plan.rules.get(one.code) is not Alarm.OFF


def set_level(one: Rule, plan: "Plan") -> Level | None:
    """Return the level that the plan gives a rule, None for its own; errors cannot be softened."""
    return None if one.level is Level.ERROR else LEVELS.get(plan.rules.get(one.code, ""))
