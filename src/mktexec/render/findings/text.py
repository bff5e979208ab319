"""Findings on the terminal: place, level, code, sentence, the line of the plan, what next."""

import re
from collections.abc import Sequence

from mktexec.columns import clusters, width
from mktexec.findings import Level
from mktexec.i18n import Lang, Text
from mktexec.render.findings.parts import dated, said
from mktexec.render.terminal import BREAKS, CUT, Line, Span, clean, fit, wrap
from mktexec.views.findings import FindingRow, counts

STYLES = {
    Level.ERROR: "bold red",
    Level.ESCALATE: "bold red",
    Level.WARN: "yellow",
    Level.REMIND: "cyan",
    Level.INFO: "dim",
}
INDENT = 4
GUTTER = " | "
BETWEEN = " · "


def findings(rows: Sequence[FindingRow], lang: Lang, columns: int) -> list[Line]:
    """Return one block a finding: where it is, what it is, its line, what to do next, whom and when."""
    lines: list[Line] = []
    last = None
    for row in rows:
        where = f"{row.place.file}:{row.place.line}:{row.place.column}: " if row.place else ""
        label = row.level.label.say(lang)
        lines.append(
            [Span(clean(where), "dim"), Span(label, STYLES[row.level]), Span(f" [{row.code}]", "dim")]
        )
        lines += _paragraph(said(row), columns, "")
        lines += _excerpt(row, columns) if row.place != last else []
        lines += _paragraph("→ " + row.hint, columns, "dim")
        lines += _packed(dated(row, lang), columns)
        last = row.place
    return lines


def _paragraph(text: str, columns: int, style: str) -> list[Line]:
    text, room = clean(text), columns - INDENT
    parts = [text] if width(text) <= room else wrap(text, room)  # looking for words is slow
    return [[Span(" " * INDENT), Span(part, style)] for part in parts]


def _packed(parts: Sequence[str], columns: int) -> list[Line]:
    """Return short parts in as few lines as hold them, each part whole where a line can hold it."""
    room, line, lines = columns - INDENT, "", []
    for part in map(clean, parts):
        if line and width(line + BETWEEN + part) > room:
            lines.append(line)
            line = ""
        line += BETWEEN + part if line else part
    return [shown for one in [*lines, line] if one for shown in _paragraph(one, columns, "dim")]


def _excerpt(row: FindingRow, columns: int) -> list[Line]:
    """Return the line of the plan, cut to the width, and a caret under the place.

    Nothing where the place is the key of the entry, for the sentence begins with that.
    """
    if (
        row.place is None
        or not row.line.strip()
        or row.line[row.place.column - 1 :].startswith(f"{row.subject}:")
    ):
        return []
    number = f"{row.place.line:>{INDENT}}"
    text, at = _around(row.line, row.place.column - 1, columns - len(number + GUTTER) - 1)
    caret = " " * at + "^"
    return [
        [Span(number + GUTTER, "dim"), Span(text)],
        [Span(" " * len(number) + GUTTER, "dim"), Span(caret, STYLES[row.level])],
    ]


def _around(line: str, column: int, room: int) -> tuple[str, int]:
    """Return at most ``room`` columns of a line, and in which of them its character ``column`` stands."""
    reach = 4 * room  # more than is shown: a line may be endless
    first = max(0, column - reach)
    whole, before = _flat(line[first : column + reach]), _flat(line[first:column])
    text = whole.lstrip(" ")
    at = max(0, width(before) - (len(whole) - len(text)))
    excess = width(text) - room
    if excess <= 0:
        return text, at
    hidden = min(max(0, at - room // 2), excess)
    rest, used = text, 0
    if hidden:
        for cluster, size in clusters(text):
            if used >= hidden + len(CUT):
                break
            used += size
            rest = rest[len(cluster) :]
        rest, used = CUT + rest, used - len(CUT)
    return fit(rest, room), at - used


def _flat(text: str) -> str:
    """Return a part of a line as the screen shows it, a column for each tab."""
    return clean(re.sub(f"[{BREAKS}]", " ", text))


def summary(rows: Sequence[FindingRow], lang: Lang) -> str:
    """Return how many findings there are of each level: ``1 escalate, 2 remind``."""
    parts = [
        f"{n} {level.label.en}" if lang == "en" else f"{level.label.zh} {n}"
        for level, n in counts(rows).items()
        if n
    ]
    none = Text("no findings", "没有发现问题")
    return (", " if lang == "en" else "、").join(parts) or none.say(lang)
