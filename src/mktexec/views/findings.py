"""Findings as people and machines read them: sentences, places, counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from mktexec.findings import Finding, Level
from mktexec.i18n import Lang
from mktexec.rules import RULES
from mktexec.source import Place, Source


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding with its sentences in one language."""

    code: str
    level: Level
    message: str
    hint: str
    subject: str | None
    path: str
    place: Place | None
    days: int | None


def finding_rows(findings: Iterable[Finding], source: Source | None, lang: Lang) -> list[FindingRow]:
    """Return the findings in ``lang``, with their places if ``source`` is given."""
    rows = []
    for one in findings:
        rule = RULES[one.code]
        place = one.place or (source.locate(one.path) if source else None)
        hint = (one.hint or rule.hint).say(lang, one.params)
        message = rule.message.say(lang, one.params)
        path = ".".join(one.path)
        rows.append(FindingRow(one.code, one.level, message, hint, one.subject, path, place, one.days))
    return rows


def by_place(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Return the rows in the order of the files."""
    nowhere = Place("", 0, 0)
    return sorted(rows, key=lambda row: (row.place or nowhere, row.code))


def by_urgency(rows: Iterable[FindingRow]) -> list[FindingRow]:
    """Return the rows with the worst first, the most days late first, else in the plan's order."""
    return sorted(rows, key=lambda row: (-row.level, -(row.days or 0)))


def counts(rows: Iterable[FindingRow]) -> dict[Level, int]:
    """Return how many rows there are of each level, the worst level first."""
    found = [row.level for row in rows]
    return {level: found.count(level) for level in sorted(Level, reverse=True)}
