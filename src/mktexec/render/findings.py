"""Findings on the terminal: place, level, code, sentence, what next."""

from collections.abc import Sequence

from mktexec.findings import Level
from mktexec.i18n import Lang, Text
from mktexec.render.terminal import Line, Span, clean, wrap
from mktexec.views.findings import FindingRow, counts

STYLES = {
    Level.ERROR: "bold red",
    Level.ESCALATE: "bold red",
    Level.WARN: "yellow",
    Level.REMIND: "cyan",
    Level.INFO: "dim",
}
INDENT = 4


def findings(rows: Sequence[FindingRow], lang: Lang, columns: int) -> list[Line]:
    """Return one block a finding: where it is, what it is, what to do next."""
    lines: list[Line] = []
    for row in rows:
        where = f"{row.place.file}:{row.place.line}:{row.place.column}: " if row.place else ""
        label = row.level.label.say(lang)
        lines.append(
            [Span(clean(where), "dim"), Span(label, STYLES[row.level]), Span(f" [{row.code}]", "dim")]
        )
        lines += _paragraph(clean(_subject(row) + row.message), columns, "")
        lines += _paragraph(clean("→ " + row.hint), columns, "dim")
    return lines


def _subject(row: FindingRow) -> str:
    """Return the entry's id before a sentence that does not begin with it."""
    section = row.path.partition(".")[0]
    named = row.subject not in (None, section) and not row.message.startswith(str(row.subject))
    return f"{row.subject}  " if named else ""


def _paragraph(text: str, columns: int, style: str) -> list[Line]:
    return [[Span(" " * INDENT), Span(part, style)] for part in wrap(text, columns - INDENT)]


def summary(rows: Sequence[FindingRow], lang: Lang) -> str:
    """Return how many findings there are of each level: ``1 escalate, 2 remind``."""
    parts = [
        f"{n} {level.label.en}" if lang == "en" else f"{level.label.zh} {n}"
        for level, n in counts(rows).items()
        if n
    ]
    none = Text("no findings", "没有发现问题")
    return (", " if lang == "en" else "、").join(parts) or none.say(lang)
