"""Findings that a comment in the plan leaves out: ``# mktexec: ignore[task-late] reason``.

The comment stands behind what it is about, or on a line of its own above it: behind any line of an
entry it covers the whole entry, elsewhere its line. A reason is required: whoever reads the plan later
must see why.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mktexec.findings import WITHOUT_IDS, Finding, Level
from mktexec.i18n import Text as T
from mktexec.rules.registry import RULES, Hit, Rule, When, declared
from mktexec.source import END, ENTRY, FIELDS, SCALAR, START, Document, Path, Place, Source
from mktexec.suggest import did_you_mean

MARK = re.compile("#[ \t]*mktexec:[ \t]*ignore")  # most plans have none, and need not be read again
LINES = ("budget", "lines")
COMMENT = re.compile(
    r"(?:^|[ \t])(#[ \t]*mktexec:[ \t]*ignore\b(?:\[([^\]\r\n]*)\])?[ \t]*([^\r\n]*))", re.MULTILINE
)

NO_REASON = declared(
    "ignore-no-reason",
    Level.WARN,
    message=T("the comment ignores {codes} without a reason", "注释忽略了 {codes}，却没有写明理由"),
    hint=T(
        "write why behind the bracket: # mktexec: ignore[CODE] reason; until then it ignores nothing",
        "请在方括号后写明理由：# mktexec: ignore[代码] 理由；在此之前不生效",
    ),
    why=T("Nobody can tell later whether it still holds.", "没有理由，日后无人能判断是否仍应忽略。"),
    source="",
)
UNUSED = declared(
    "ignore-unused",
    Level.REMIND,
    message=T("the comment ignores {code}, which is not found here", "注释忽略了 {code}，但此处没有该发现"),
    hint=T("take the comment out, or move it to the line of the finding", "请删除该注释，或移到对应的行"),
    why=T("A comment left behind hides the next real finding.", "遗留的忽略注释会掩盖下一次真正的问题。"),
    source="",
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment at ``place`` that ignores the findings with ``codes`` on ``line`` or in ``entry``."""

    place: Place
    line: int
    entry: Path | None
    codes: tuple[str, ...]
    reason: str


def ignores(source: Source) -> list[Ignore]:
    """Return the comments of a plan that ignore findings."""
    return [one for document in source.documents if MARK.search(document.text) for one in _in(document)]


def _in(document: Document) -> Iterator[Ignore]:
    starts, ends = _texts(document)
    for found in COMMENT.finditer(document.text.replace("\r", "\n")):
        at = found.start(1)
        within = bisect_right(starts, at) - 1
        if within >= 0 and at < ends[within]:
            continue  # part of a title, and no comment
        place = document.place(at)
        own = not document.line(place.line)[: place.column - 1].strip()
        codes = tuple(one.strip() for one in (found[2] or "").split(",") if one.strip())
        line = _below(document, place.line) if own else place.line
        yield Ignore(place, line, document.entry_on(line), codes, found[3].strip())


def _texts(document: Document) -> tuple[list[int], list[int]]:
    """Return where the values of a document begin and where they end, in the order of the text."""
    nodes = document.nodes
    spans = sorted(
        (nodes.marks[at * FIELDS + START], nodes.marks[at * FIELDS + END])
        for at, kind in enumerate(nodes.kinds)
        if kind == SCALAR
    )
    return [start for start, _ in spans], [end for _, end in spans]


def _below(document: Document, line: int) -> int:
    """Return the next line that says something."""
    last = document.text.count("\n") + 1
    while line < last:
        line += 1
        text = document.line(line).strip()
        if text and not text.startswith("#"):
            break
    return line


def without(found: Iterable[Finding], source: Source, asked: Iterable[Rule]) -> list[Finding]:
    """Return the findings that no comment leaves out, and what is wrong with the comments.

    Whether a comment matches is known for the rules that were ``asked``.
    """
    given = ignores(source)
    if not given:
        return list(found)
    working = [one for one in given if one.reason]
    used: set[tuple[Place, str]] = set()
    left = []
    for finding in found:
        named = [one for one in working if finding.code in one.codes]
        match = next((one for one in named if _covers(one, finding, source)), None)
        if match is None or finding.level is Level.ERROR:
            left.append(finding)
        else:
            used.add((match.place, finding.code))
    return left + list(_wrong(given, used, {one.code: one for one in asked}))


def _covers(one: Ignore, finding: Finding, source: Source) -> bool:
    """Return whether a comment is about the entry of a finding, its line, or the line of its key."""
    if one.entry and one.entry == finding.path[:ENTRY] and one.entry[0] not in WITHOUT_IDS:
        return True
    key = finding.path[: ENTRY + (finding.path[:ENTRY] == LINES)]
    places = [finding.place or source.locate(finding.path), source.locate_key(key) if key else None]
    return any(place and (place.file, place.line) == (one.place.file, one.line) for place in places)


def _wrong(
    given: Iterable[Ignore], used: set[tuple[Place, str]], asked: Mapping[str, Rule]
) -> Iterator[Finding]:
    static = any(rule.when is When.CHECK for rule in asked.values())
    for one in given:
        if static and not (one.reason and one.codes):
            codes = one.codes or T("everything", "全部")
            yield replace(NO_REASON.finding(Hit((), {"codes": codes})), place=one.place)
        for code in one.codes if one.reason else ():
            unknown = static and (code not in RULES or not RULES[code].check)
            if unknown or (code in asked and (one.place, code) not in used):
                level = None if static else Level.INFO  # tomorrow it may be found again
                hint = did_you_mean(code, RULES) if code not in RULES else None
                yield replace(UNUSED.finding(Hit((), {"code": code}, hint=hint), level), place=one.place)
