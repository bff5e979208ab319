"""Findings as people and machines read them: sentences, places, who must act, counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mktexec.findings import Finding, Level
from mktexec.i18n import Lang
from mktexec.model import Plan
from mktexec.rules import RULES, When
from mktexec.rules.people import answering, recipients
from mktexec.source import Place, Source

NOTIFY, ADDRESS = "notify", re.compile(r"[\w+.!-]*://[^\s'\"」，]*")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with its sentences in one language.

    ``key`` is what it is called by whoever answers it, ``line`` the text of its line in the plan,
    ``owner`` the id of who answers for it and ``to`` who must know: ids of people, departments;
    ``owner_name`` and ``to_names`` are what people call them. ``since``, ``raised`` and
    ``answer_by`` are those of the finding.
    """

    code: str
    level: Level
    message: str
    hint: str
    subject: str | None
    path: str
    place: Place | None
    days: int | None
    key: str = ""
    line: str = ""
    since: date | None = None
    raised: date | None = None
    answer_by: date | None = None
    owner: str | None = None
    to: tuple[str, ...] = ()
    owner_name: str = ""
    to_names: tuple[str, ...] = ()


def finding_rows(
    findings: Iterable[Finding], source: Source | None, lang: Lang, plan: Plan | None = None
) -> list[FindingRow]:
    """Return the findings in ``lang``: with their places if ``source`` is given, and whom they go to."""
    lines: dict[tuple[str, int], str] = {}  # thousands of findings may stand in one endless line
    return [_row(one, source, lang, plan, lines) for one in findings]


def _row(
    one: Finding,
    source: Source | None,
    lang: Lang,
    plan: Plan | None,
    lines: dict[tuple[str, int], str],
) -> FindingRow:
    rule = RULES[one.code]
    place = one.place or (source.locate(one.path) if source else None)
    if source and place and place[:2] not in lines:
        document = source.document(place.file)
        lines[place[:2]] = document.line(place.line) if document else ""
    line = lines.get(place[:2], "") if place else ""
    secret = one.path[:1] == (NOTIFY,) or (NOTIFY in line and "://" in line)
    shown = _hidden if secret else str
    owner = answering(plan, one) if plan else None
    to = recipients(plan, one) if plan else ()
    return FindingRow(
        one.code,
        one.level,
        shown(rule.message.say(lang, one.params)),
        shown((one.hint or rule.hint).say(lang, one.params)),
        shown(one.subject) if one.subject else None,
        shown(".".join(one.path)),
        place,
        one.days,
        key=shown(one.key),
        line="" if secret and "://" in line else line,
        since=one.since,
        raised=one.raised,
        answer_by=one.answer_by,
        owner=owner,
        to=to,
        owner_name=plan.person(owner) if plan and owner else "",
        to_names=tuple(plan.person(one) for one in to) if plan else (),
    )


def _hidden(text: str) -> str:
    """Return a text about how people are told without the addresses in it, which are secrets."""
    return ADDRESS.sub("…", text)


def by_place(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Return the rows in the order of the files."""
    nowhere = Place("", 0, 0)
    return sorted(rows, key=lambda row: (row.place or nowhere, row.code))


def by_urgency(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Return the rows with the worst first, the most days late first, else in the plan's order.

    What is found of other findings stands behind them.
    """
    after = When.AFTER
    return sorted(rows, key=lambda row: (-row.level, RULES[row.code].when is after, -(row.days or 0)))


def counts(rows: Iterable[FindingRow]) -> dict[Level, int]:
    """Return how many rows there are of each level, the worst level first."""
    found = [row.level for row in rows]
    return {level: found.count(level) for level in sorted(Level, reverse=True)}
