"""The legend of a chart: a sample of each sign that occurs in it, drawn as the sign is."""

from collections.abc import Iterator
from typing import NamedTuple

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.svg.arrows import Arrow
from mktexec.render.svg.drawing import Box, Diamond, Label, length, near
from mktexec.render.svg.rows import ACTUAL, BAR, RADIUS, SUMMARY, TOP, Row
from mktexec.views.gantt import Gantt

SAMPLE, GAP, NEXT = 30.0, 6.0, 16.0  # a sample, the gap to its word, the gap to the next
LINE = 22.0
BASE = 14.0
MIDDLE = TOP + BAR / 2


class Legend(NamedTuple):
    """Samples with their words, in one line or more."""

    height: float
    rows: list[Row]
    arrows: list[Arrow]


class _Words:
    """The words of the legend."""

    plan = T("planned", "计划")
    progress = T("done part", "已完成部分")
    late = T("later than planned", "超出计划")
    forecast = T("forecast, no date planned", "预计（未定计划）")
    actual = T("actual", "实际")
    critical = T("critical path", "关键路径")
    milestone = T("milestone", "关键节点")
    repeats = T("recurring", "周期任务")
    cancelled = T("cancelled", "已取消")
    summary = T("group", "分组汇总")
    link = T("depends on", "依赖关系")
    handover = T("hand-over", "跨部门交接")
    off = T("days off", "休息日")


W = _Words


def legend(view: Gantt, lang: Lang, left: float, right: float, *, off: bool) -> Legend:
    """Return the signs that occur, in lines between ``left`` and ``right``; ``off``: days off do."""
    found: list[Row] = []
    arrows: list[Arrow] = []
    x, y = left, 0.0
    for name, kind in _signs(view, off=off):
        word = getattr(W, name).say(lang)
        size = SAMPLE + GAP + length(word)
        if x > left and x + size > right:
            x, y = left, y + LINE
        label = Label("word", near(x + SAMPLE + GAP), y + BASE, word)
        found.append(_sample(name, kind, x, y, label))
        if kind.startswith("link"):
            arrows.append(_arrow(kind, x, y + MIDDLE))
        x = near(x + size + NEXT)
    return Legend(y + LINE, found, arrows)


def _signs(view: Gantt, *, off: bool) -> Iterator[tuple[str, str]]:
    """Yield the name of each sign that occurs, and the class that it is drawn with."""
    rows = [row for group in view.groups for row in group.rows]
    live = [row for row in rows if not row.cancelled]
    signs = [
        ("plan", "task", any(row.planned for row in live)),
        ("progress", "task", any(row.progress for row in live)),
        ("late", "task", any(row.planned and row.forecast[1] > row.planned[1] for row in live)),
        ("forecast", "task", any(not row.planned for row in live)),
        ("actual", "task", any(row.actual for row in rows)),
        ("critical", "task critical", any(row.critical for row in live)),
        ("milestone", "task", any(row.milestone for row in rows)),
        ("repeats", "task", any(row.occurrences for row in rows)),
        ("cancelled", "task cancelled", len(live) < len(rows)),
        ("summary", "group", any(group.title for group in view.groups)),
        ("link", "link", any(not link.handover for link in view.arrows)),
        ("handover", "link handover", any(link.handover for link in view.arrows)),
        ("off", "", off),
    ]
    return ((name, kind) for name, kind, occurs in signs if occurs)


def _sample(name: str, kind: str, x: float, y: float, label: Label) -> Row:
    """Return the sample of a sign as a row of its own."""
    if name == "milestone":
        return Row(kind, y, "", [label], [], [Diamond("plan", x + SAMPLE / 2, y + MIDDLE, RADIUS)])
    bar = Box("plan", x, y + TOP, SAMPLE, BAR)
    boxes = {
        "progress": [bar, Box("progress", x, y + TOP, SAMPLE / 2, BAR)],
        "late": [Box("late", x, y + TOP, SAMPLE, BAR)],
        "forecast": [Box("forecast", x, y + TOP, SAMPLE, BAR)],
        "actual": [Box("actual", x, y + MIDDLE - ACTUAL / 2, SAMPLE, ACTUAL)],
        "critical": [bar, Box("progress", x, y + TOP, SAMPLE / 2, BAR)],
        "repeats": [
            Box("repeats", x, y + MIDDLE - 0.5, SAMPLE, 1),
            *(Box("tick", x + step, y + TOP, 4, BAR) for step in (2.0, 13.0, 24.0)),
        ],
        "summary": [Box("summary", x, y + MIDDLE - SUMMARY / 2, SAMPLE, SUMMARY)],
        "off": [Box("off", x, y + TOP - 2, SAMPLE, BAR + 4)],
        "link": [],
        "handover": [],
    }
    return Row(kind, y, "", [label], boxes.get(name, [bar]))


def _arrow(kind: str, x: float, y: float) -> Arrow:
    end = near(x + SAMPLE)
    return Arrow(kind, f"M{x:g} {y:g}H{end:g}", f"M{end:g} {y:g}l-4.5 -3v6z", "")
