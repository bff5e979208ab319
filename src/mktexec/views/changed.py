"""What differs between two states of a plan: the entries that changed, the findings that are new."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from mktexec.findings import Finding, Level
from mktexec.model import Plan
from mktexec.model.fields import Entry
from mktexec.rules.registry import RULES, When
from mktexec.source import Path

DEEPEST = 3  # budget.lines.B1
ENTRY, LINES = 2, ("budget", "lines")


def changed_entries(old: Plan | None, new: Plan) -> set[Path]:
    """Return the paths of the entries of ``new`` that ``old`` does not hold as they are."""
    known = dict(_under((), old)) if old else {}
    return {path for path, value in _under((), new) if path not in known or known[path] != value}


def _under(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the entries by their ids, and the fields of sections that have none."""
    fields = vars(value) if isinstance(value, Entry) and len(path) < ENTRY else value
    if isinstance(fields, dict) and len(path) < DEEPEST and (len(path) < ENTRY or path[0] in PARTED):
        for key, one in fields.items():
            yield from _under((*path, str(key)), one)
    else:
        yield path, value


PARTED = ("campaign", "budget")  # their fields hold entries by id


def is_among(finding: Finding, entries: Collection[Path]) -> bool:
    """Return whether a finding is about one of ``entries``; what has no place in the plan always is."""
    path = finding.path
    return not path or any(path[:depth] in entries for depth in range(1, DEEPEST + 1))


def new_findings(old: Iterable[Finding], new: Iterable[Finding]) -> list[Finding]:
    """Return the findings of ``new`` that ``old`` does not hold, or only at a lower level.

    What is found of other findings is left out: nobody could answer what was not there.
    """
    old = list(old)
    count = Counter(map(_same, old))
    worst: dict[object, Level] = {}
    for one in old:
        worst[_same(one)] = max(one.level, worst.get(_same(one), one.level))
    found = []
    for one in new:
        what = _same(one)
        count[what] -= 1
        if RULES[one.code].when is not When.AFTER and (count[what] < 0 or one.level > worst[what]):
            found.append(one)
    return found


def _same(one: Finding) -> tuple[str, Path]:
    """Return what makes two findings the same one: items of a list may move."""
    ids = ENTRY + (one.path[:ENTRY] == LINES)
    return one.code, tuple(step for at, step in enumerate(one.path) if at < ids or not step.isdigit())
