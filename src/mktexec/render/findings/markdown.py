"""Findings as Markdown: a table to put under a merge request."""

import re
from collections.abc import Sequence
from datetime import date

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.findings.parts import said
from mktexec.render.findings.text import summary
from mktexec.views.findings import FindingRow

FOUND = T("What check found", "检查发现的问题")
FOUND_ON = T("What needs somebody to act, as of {day}", "截至 {day} 需要处理的事项")
NOTHING = T("No findings.", "没有发现问题。")
NOTHING_ON = T("Nothing needs anybody to act, as of {day}.", "截至 {day}，没有需要处理的事项。")
HEADS = (
    T("Level", "级别"),
    T("Where", "位置"),
    T("What", "内容"),
    T("Who", "负责人"),
    T("Answer by", "响应期限"),
    T("Do next", "处理"),
)
MENTION = re.compile(r"([@#!])(?=\w)")


def render(rows: Sequence[FindingRow], lang: Lang, as_of: date | None) -> str:
    """Return a heading, the counts and a table, whose empty columns are left out; else one sentence."""
    from mktexec.render.markdown import document
    from mktexec.views.document import Document, Section, Table

    params = {"day": as_of}
    if not rows:
        return (NOTHING_ON if as_of else NOTHING).say(lang, params) + "\n"
    cells = [_cells(row, lang) for row in rows]
    kept = [i for i in range(len(HEADS)) if any(line[i] for line in cells)]
    table = Table([HEADS[i].say(lang) for i in kept], [[line[i] for i in kept] for line in cells])
    title = (FOUND_ON if as_of else FOUND).say(lang, params)
    return _unmentioned(document(Document(title, "", [Section(summary(rows, lang), [table])])))


def _cells(row: FindingRow, lang: Lang) -> list[str]:
    return [
        row.level.label.say(lang),
        f"{row.place.file}:{row.place.line}" if row.place else "",
        f"{said(row)} [{row.code}]",
        row.owner_name,
        row.answer_by.isoformat() if row.answer_by else "",
        row.hint,
    ]


def _unmentioned(text: str) -> str:
    """Return the text so that a server neither tells the people it names nor links its numbers."""
    return MENTION.sub(r"\1<!-- -->", text)
