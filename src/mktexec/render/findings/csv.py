"""Findings as a spreadsheet takes them: a row each."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.views.findings import FindingRow

if TYPE_CHECKING:
    from mktexec.views.export import Cell

HEADS = (
    T("Level", "级别"),
    T("Code", "规则"),
    T("Key", "标识"),
    T("File", "文件"),
    T("Line", "行"),
    T("Column", "列"),
    T("Subject", "编号"),
    T("Finding", "内容"),
    T("Do next", "处理"),
    T("Since", "始于"),
    T("Answer by", "响应期限"),
    T("Owner", "负责人"),
    T("To", "通知对象"),
    T("Days", "天数"),
)


def render(rows: Sequence[FindingRow], lang: Lang, _as_of: date | None) -> str:
    """Return headings and a row a finding."""
    from mktexec.render.csv import sheet
    from mktexec.views.export import Sheet

    return sheet(Sheet([head.say(lang) for head in HEADS], [_cells(row, lang) for row in rows]))


def _cells(row: FindingRow, lang: Lang) -> "list[Cell]":
    place = row.place
    return [
        row.level.label.say(lang),
        row.code,
        row.key,
        place.file if place else None,
        place.line if place else None,
        place.column if place else None,
        row.subject,
        row.message,
        row.hint,
        row.since,
        row.answer_by,
        row.owner_name,
        ("、" if lang == "zh" else ", ").join(row.to_names),
        row.days,
    ]
