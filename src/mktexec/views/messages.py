"""Who is told what: one message a person, of what is new to them.

Whoever has no channel of their own is told over that of their department. New is also what is not
new in the plan but goes to somebody else than before, and a warning that nobody answered in time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mktexec.findings import LEVELS, Finding
from mktexec.i18n import Lang
from mktexec.model import Plan
from mktexec.model.support import Notify
from mktexec.model.terms import Alarm
from mktexec.rules.notify import is_variable
from mktexec.rules.people import recipients
from mktexec.rules.registry import RULES, When
from mktexec.source import Source
from mktexec.views.changed import new_findings
from mktexec.views.findings import FindingRow, by_urgency, finding_rows

NOBODY = ""  # who is told of what nobody answers for


@dataclass(frozen=True, slots=True)
class State:
    """A plan on a day, and what needs somebody then."""

    plan: Plan
    found: list[Finding]
    as_of: date


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told, the worst first.

    ``to`` is the id of a person or a department, ``NOBODY`` where nobody answers for it; ``over``
    holds the names of the variables with the addresses, empty for what is none, and nothing where
    there is no channel.
    """

    to: str
    name: str
    over: tuple[str, ...]
    title: str
    as_of: date
    rows: list[FindingRow]


def messages(
    now: State,
    before: State | None,
    channels: Mapping[str, Notify],
    source: Source,
    lang: Lang,
    only: str | None = None,
) -> list[Message]:
    """Return what each person is told, in the order of the roster; ``only`` is who alone is told."""
    known = _by_addressee(before, channels) if before else {}
    found = _by_addressee(now, channels, only)
    told = []
    for to in sorted(found, key=[*now.plan.people, *found].index):
        if new := _new(known.get(to, []), found[to]):
            over = channels[to].over if to in channels else ()
            names = tuple(one if is_variable(one) else "" for one in over)
            rows = by_urgency(finding_rows(new, source, lang, now.plan))
            name = now.plan.person(to)
            told.append(Message(to, name, names, now.plan.campaign.title, now.as_of, rows))
    return told


def _by_addressee(
    state: State, channels: Mapping[str, Notify], only: str | None = None
) -> dict[str, list[Finding]]:
    """Return the findings of each addressee, as far as they want to be told of them."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in state.found:
        to = recipients(state.plan, finding) or (NOBODY,)
        addressees = (_addressee(state.plan, channels, one) for one in to if only in (None, one))
        for one in dict.fromkeys(addressees):
            if one not in channels or _wanted(channels[one].level, finding):
                found[one].append(finding)
    return found


def _addressee(plan: Plan, channels: Mapping[str, Notify], to: str) -> str:
    """Return under which name somebody is told: their own, or their department's."""
    department = plan.department(to)
    return department if department and to not in channels and department in channels else to


def _wanted(level: Alarm, finding: Finding) -> bool:
    return level is not Alarm.OFF and finding.level >= LEVELS[level]


def _new(old: Iterable[Finding], new: Iterable[Finding]) -> list[Finding]:
    """Return the findings of ``new`` that ``old`` lacks, has at a lower level, or had time to answer."""
    old, new = list(old), list(new)
    late = {one for finding in old for one in _unanswered(finding)}
    found = {id(one) for one in new_findings(old, new)}
    return [one for one in new if id(one) in found or not late.issuperset(_unanswered(one))]


def _unanswered(finding: Finding) -> set[tuple[object, ...]]:
    """Return what a finding on other findings is about; empty for all others."""
    if RULES[finding.code].when is not When.AFTER:
        return set()
    return {(finding.code, finding.path, one) for one in finding.params.get("keys", (None,))}
