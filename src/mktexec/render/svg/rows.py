"""The rows of a Gantt chart as shapes: texts on the left, bars on the scale of days."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mktexec.i18n import Lang, percent
from mktexec.render.svg.arrows import INSIDE, Ends
from mktexec.render.svg.drawing import DAY, Box, Diamond, Label, Scale, cut, length, near, plain
from mktexec.render.svg.tips import group_tip, task_tip
from mktexec.views.gantt import Gantt, GanttGroup, GanttRow, Span

ROW = 24.0
TOP, BAR = 5.0, 10.0  # of the planned bar within its row
ACTUAL_TOP, ACTUAL = 17.0, 3.0  # of what is recorded, below it
SUMMARY_TOP, SUMMARY, LEG = 9.0, 4.0, 5.0
RADIUS = 6.5  # of a milestone
BASE = 16.0  # the base line of texts
GAP = 10.0  # between columns
TICK = 5.0  # the widest tick of a recurring task
BOLD = 1.1  # how much longer bold type is


class Columns(NamedTuple):
    """Where the columns of texts begin and how wide they are, without the gaps between them."""

    id: float
    id_width: float
    title: float
    title_width: float
    owner: float
    owner_width: float

    @property
    def end(self) -> float:
        """Where the plot begins."""
        return self.owner + self.owner_width + GAP


def columns(view: Gantt, left: float, heads: tuple[str, str, str]) -> Columns:
    """Return the columns, as wide as their texts within bounds; ``heads`` are their headings."""
    rows = [row for group in view.groups for row in group.rows]
    texts = [(row.id, row.title, row.owner) for row in rows] + [heads]
    wide = [max(length(plain(text)[:99]) for text in column) for column in zip(*texts, strict=True)]
    ids, titles, owners = (
        min(max(least, near(size * BOLD)), most)
        for size, least, most in zip(wide, (36.0, 150.0, 40.0), (96.0, 320.0, 130.0), strict=True)
    )
    title = left + ids + GAP
    return Columns(left, ids, title, titles, title + titles + GAP, owners)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its classes, tooltip, texts and shapes."""

    kind: str
    y: float
    tip: str
    labels: list[Label]
    boxes: list[Box] = field(default_factory=list)
    diamonds: list[Diamond] = field(default_factory=list)


class Sheet(NamedTuple):
    """What a row is drawn on."""

    scale: Scale
    columns: Columns
    lang: Lang


def rows(view: Gantt, sheet: Sheet) -> tuple[list[Row], dict[str, Ends]]:
    """Return the rows from above to below, and where arrows meet each task."""
    found: list[Row] = []
    ends: dict[str, Ends] = {}
    for group in view.groups:
        if group.id or group.title:
            found.append(_group(group, near(len(found) * ROW), sheet))
        for one in group.rows:
            y = near(len(found) * ROW)
            found.append(_task(one, y, sheet))
            ends[one.id] = _ends(one, y, sheet.scale)
    return found, ends


def _group(group: GanttGroup, y: float, sheet: Sheet) -> Row:
    at, share = sheet.columns, "" if group.progress is None else percent(group.progress)
    room = (at.owner - GAP - at.id) / BOLD
    labels = [
        Label("title", at.id, y + BASE, cut(plain(group.title), room)),
        Label("share", at.owner + at.owner_width, y + BASE, share, "end"),
    ]
    boxes: list[Box | None] = []
    if group.end:
        boxes += _summary(group.start or group.end, group.end, y, sheet.scale)
        if group.forecast_end and group.forecast_end > group.end:
            late = group.end + DAY, group.forecast_end
            boxes.append(sheet.scale.box("late", *late, y + SUMMARY_TOP, SUMMARY))
    return Row("group", y, group_tip(group, sheet.lang), labels, [box for box in boxes if box])


def _summary(first: date, last: date, y: float, scale: Scale) -> Iterator[Box]:
    """Yield a bar with a leg at each end that is shown."""
    bar = scale.box("summary", first, last, y + SUMMARY_TOP, SUMMARY)
    if bar is None:
        return
    yield bar
    thick = min(2.0, bar.width / 2)
    for x, day in ((bar.x, first), (bar.x + bar.width - thick, last)):
        if scale.shows(day):
            yield Box("summary", near(x), y + SUMMARY_TOP + SUMMARY, thick, LEG)


def _task(row: GanttRow, y: float, sheet: Sheet) -> Row:
    at = sheet.columns
    names = ("task", "critical", "milestone", "done", "cancelled")
    kind = " ".join(name for name in names if name == "task" or getattr(row, name))
    bold = BOLD if row.critical else 1.0
    labels = [
        Label("id", at.id, y + BASE, cut(plain(row.id), at.id_width / bold)),
        Label("title", at.title, y + BASE, cut(plain(row.title), at.title_width)),
        Label("owner", at.owner, y + BASE, cut(plain(row.owner), at.owner_width)),
    ]
    tip = task_tip(row, sheet.lang)
    if row.milestone:
        return Row(kind, y, tip, labels, *_milestone(row, y, sheet.scale))
    return Row(kind, y, tip, labels, [box for box in _bars(row, y, sheet.scale) if box])


def _late(row: GanttRow) -> Span | None:
    """Return the days that the forecast goes beyond what was promised."""
    if row.cancelled or row.planned is None or row.forecast[1] <= row.planned[1]:
        return None
    return max(row.planned[1] + DAY, row.forecast[0]), row.forecast[1]


def _main(row: GanttRow) -> tuple[str, Span]:
    """Return what the bar of a task stands for, and its days."""
    if row.occurrences:
        days = [*row.occurrences, *(row.planned or ())]
        return "repeats", (min(days), max(days))
    return ("plan", row.planned) if row.planned else ("forecast", row.forecast)


def _bars(row: GanttRow, y: float, scale: Scale) -> Iterator[Box | None]:
    kind, span = _main(row)
    if row.occurrences:
        yield scale.box(kind, *span, y + TOP + BAR / 2 - 0.5, 1)
        for day in row.occurrences:
            yield _tick(day, y, scale)
    else:
        bar = scale.box(kind, *span, y + TOP, BAR)
        yield bar
        if bar and row.progress and not row.cancelled:
            yield _progress(bar, span, row.progress, scale)
        if late := _late(row):
            yield _slip(span[1], late[0], y, scale)
            yield scale.box("late", *late, y + TOP, BAR)
    if row.actual:
        yield scale.box("actual", *row.actual, y + ACTUAL_TOP, ACTUAL)


def _slip(end: date, begin: date, y: float, scale: Scale) -> Box | None:
    """Return the line that leads from what was promised to work that is forecast for later."""
    return scale.box("slip", end + DAY, begin - DAY, y + TOP + BAR / 2 - 0.5, 1)


def _tick(day: date, y: float, scale: Scale) -> Box | None:
    if not scale.shows(day):
        return None
    width = min(max(scale.day, 2.0), TICK)
    x = min(max(scale.middle(day) - width / 2, scale.left), scale.right - width)
    return Box("tick", near(x), y + TOP, near(width), BAR)


def _progress(bar: Box, span: Span, share: float, scale: Scale) -> Box | None:
    """Return the part of ``bar`` that is done, of the whole bar also where a part is not shown."""
    begin = scale.x(span[0])
    whole = max(bar.width, scale.x(span[1] + DAY) - begin)
    end = min(begin + whole * min(share, 1.0), bar.x + bar.width)
    return Box("progress", bar.x, bar.y, near(end - bar.x), BAR) if end > bar.x else None


def _milestone(row: GanttRow, y: float, scale: Scale) -> tuple[list[Box], list[Diamond]]:
    """Return a diamond on the promised day, and one more where the forecast is later."""
    _, (_, day) = _main(row)
    middle = y + TOP + BAR / 2
    shown = [Diamond("plan" if row.planned else "forecast", scale.middle(day), middle, RADIUS)]
    boxes: list[Box | None] = []
    if not scale.shows(day):
        shown = []
    if late := _late(row):
        boxes.append(_slip(day, late[1], y, scale))
        if scale.shows(late[1]):
            shown.append(Diamond("late", scale.middle(late[1]), middle, RADIUS - 0.5))
    return [box for box in boxes if box], shown


def _ends(row: GanttRow, y: float, scale: Scale) -> Ends:
    """Return where arrows meet what was promised, or the forecast where nothing was."""
    _, (first, last) = _main(row)
    if row.milestone:
        x, middle = scale.middle(last), y + TOP + BAR / 2
        shown = scale.shows(last)
        left, right = (near(x - RADIUS), near(x + RADIUS)) if shown else (None, None)
        return Ends(left, right, middle - RADIUS, middle + RADIUS, RADIUS)
    bar = scale.box("", first, last, y + TOP, BAR)
    if bar is None:
        return Ends(None, None, y + TOP, y + TOP + BAR, 0)
    left = bar.x if scale.shows(first) else None
    right = near(bar.x + bar.width) if scale.shows(last) else None
    return Ends(left, right, y + TOP, y + TOP + BAR, min(INSIDE, near(bar.width / 2)))
