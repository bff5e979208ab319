"""What was read from a table of figures: a reading a line, or what is wrong with a row."""

from collections.abc import Sequence
from decimal import Decimal

from mktexec.i18n import Text as T
from mktexec.i18n import amount
from mktexec.model import Plan
from mktexec.model.kpis import Kpi
from mktexec.readings import Given, Problem, Readings
from mktexec.render.say import Say
from mktexec.render.terminal import Column, Line, Span, clean, heading, table, wrap

MOST_READINGS, MOST_PROBLEMS = 20, 100
HEADS = {
    "kpi": T("KPI", "指标"),
    "day": T("Day", "日期"),
    "old": T("Before", "原值"),
    "new": T("Now", "新值"),
    "target": T("Target", "目标"),
    "words": T("Cause, note", "原因、备注"),
}
READ = T("Read", "读取结果")
AND_MORE = T("and {count} more", "另有 {count} 项")
LEFT_OUT = T("columns left out: {names}", "未导入的列：{names}")
EMPTY = T("cells without a value: {count}", "没有数值的单元格：{count}")
SHORT = T("rows shorter than the header: {rows}", "比表头短的行：{rows}")
ROW = T("row {row}: ", "第 {row} 行：")
HEADER = T("header: ", "表头：")


def readings(found: Readings, short: Sequence[int], plan: Plan, say: Say) -> list[Line]:
    """Return the readings of a table beside what the plan has now, and what was not taken over.

    ``short`` are the numbers of the rows that end before the header does.
    """
    head = {key: text.say(say.lang) for key, text in HEADS.items()}
    columns = [
        Column("", drop=2),
        Column(head["kpi"], least=10),
        Column(head["day"]),
        Column(head["old"], "right"),
        Column(head["new"], "right"),
        Column(head["target"], "right", drop=1),
        Column(head["words"], least=8),
    ]
    rows = [_reading(one, plan.kpis[one.kpi]) for one in found.given[:MOST_READINGS]]
    lines = heading(say(READ), str(len(found.given)))[1:] + table(columns, rows, say.columns)
    lines += _more(len(found.given) - MOST_READINGS, say)
    if found.left_out:
        lines += _aside(say(LEFT_OUT, names=found.left_out), say)
    if found.empty:
        lines += _aside(say(EMPTY, count=found.empty), say)
    if short:
        numbers = [str(row) for row in short[:MOST_READINGS]] + ["..."] * (len(short) > MOST_READINGS)
        lines += _aside(say(SHORT, rows=numbers), say)
    return lines


def _reading(one: Given, kpi: Kpi) -> list[Span]:
    old = kpi.readings.get(one.day)
    words = "; ".join(text for text in (one.cause, one.note) if text)
    same = old is not None and old.value == one.value
    return [
        Span(clean(one.kpi), "dim"),
        Span(clean(kpi.title)),
        Span(one.day.isoformat()),
        Span(in_unit(old.value, kpi) if old else "–", "dim"),
        Span(in_unit(one.value, kpi), "dim" if same else "bold"),
        Span(in_unit(one.target, kpi) if one.target is not None else "", "dim"),
        Span(clean(words), "dim"),
    ]


def in_unit(value: Decimal, kpi: Kpi) -> str:
    """Return a value with its unit and all of its digits: nothing is rounded before it is written."""
    unit = clean(kpi.unit or "")
    return amount(value) + (unit if unit in ("", "%", "‰") else f" {unit}")


def _more(count: int, say: Say) -> list[Line]:
    return _aside(say(AND_MORE, count=count), say) if count > 0 else []


def _aside(text: str, say: Say, style: str = "dim") -> list[Line]:
    return [[Span("  "), Span(part, style)] for part in wrap(clean(text), say.columns - 2)]


def problems(found: Sequence[Problem], say: Say) -> list[Line]:
    """Return what is not understood, row by row, each with what to do about it."""
    lines: list[Line] = []
    for one in found[:MOST_PROBLEMS]:
        where = say(ROW, row=one.row) if one.row else say(HEADER)
        hint = f"  → {one.hint.say(say.lang, {})}" if one.hint else ""
        lines += _aside(where + one.text.say(say.lang) + hint, say, "")
    return lines + _more(len(found) - MOST_PROBLEMS, say)
