"""The header of the Gantt chart on the terminal: months and days, phases, named days."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mktexec.columns import clusters, width
from mktexec.i18n import Lang, month
from mktexec.i18n import Text as T
from mktexec.render.gantt.axis import JANUARY, Axis, next_month
from mktexec.render.gantt.bars import Cells, Marks
from mktexec.render.terminal import CUT, Span, clean, fit
from mktexec.views.gantt import Gantt

EVERY_DAY = 3  # columns a day from which on each day is named, not only Mondays
NUMBER = 2  # columns of a day's or month's number
LEAST_NAME, MOST_NAME = 4, 20  # columns of a name that is cut
MOST_LANES = 4  # lines of named days
TODAY = T("today", "今天")
TODAY_STYLE, NAMED_STYLE, PHASE_STYLE = "cyan", "magenta", "blue"
EMPTY = Span(" ")


class Label(NamedTuple):
    """A text and the column it begins in; ``stem`` is that of the line below it, which it touches."""

    column: int
    text: str
    style: str = ""
    stem: int | None = None

    @property
    def end(self) -> int:
        """The column behind it."""
        return self.column + width(self.text)

    @property
    def line(self) -> Span:
        """The line below it."""
        return Span(self.text[0 if self.stem == self.column else -1], self.style)


class Head(NamedTuple):
    """The header's lines: two of periods, others below them; ``base`` are the lines down from named days."""

    periods: tuple[Cells, Cells]
    lanes: list[Cells]
    base: Cells
    left_out: int


def head(view: Gantt, of: Axis, marks: Marks, lang: Lang) -> Head:
    """Return the header; of many named days close to each other some are left out."""
    periods = (
        _cells(of, _years(of, lang) if of.zoom == "month" else _months(of, lang)),
        _cells(of, _numbers(of)),
    )
    flags = _flags(view, of, marks, lang)
    lanes = _stacked(flags, gap=1)[:MOST_LANES]
    rows = [_cells(of, lane) for lane in _stacked(_phases(view, of, marks), gap=0)]
    for level in reversed(range(len(lanes))):  # the lowest is the first
        stems = [label for lane in lanes[level:] for label in lane]
        rows.append(_cells(of, lanes[level], stems))
    return Head(periods, rows, _cells(of, (), flags), len(flags) - sum(map(len, lanes)))


def _cells(of: Axis, labels: Iterable[Label], stems: Iterable[Label] = ()) -> Cells:
    """Return a line of the header; what a wide character covers besides its first cell is empty."""
    cells = [EMPTY] * of.size
    for label in stems:
        if label.stem is not None:
            cells[label.stem] = label.line
    for label in labels:
        column = label.column
        for cluster, size in clusters(label.text):
            cells[column : column + size] = [
                Span(cluster, label.style),
                *[Span("", label.style)] * (size - 1),
            ]
            column += size
    return cells


def _stacked(labels: Iterable[Label], gap: int) -> list[list[Label]]:
    """Return the labels in as few lines as keep them apart, each in the first where it has room."""
    lanes: list[list[Label]] = []
    for label in labels:
        for lane in lanes:
            if all(label.end + gap <= one.column or one.end + gap <= label.column for one in lane):
                lane.append(label)
                break
        else:
            lanes.append([label])
    return lanes


def _flags(view: Gantt, of: Axis, marks: Marks, lang: Lang) -> list[Label]:
    """Return today and then the named days, the last one first: so no line crosses another's name."""
    days = [(view.as_of, marks.today, TODAY.say(lang), TODAY_STYLE)]
    days += [(one.day, marks.named, clean(one.title), NAMED_STYLE) for one in reversed(view.marks)]
    flags = []
    for day, line, name, style in days:
        column = of.at(day)
        if column is None:
            continue
        text = fit(name, min(MOST_NAME, max(column, of.size - 1 - column)))
        if column + 1 + width(text) <= of.size:
            flags.append(Label(column, line + text, style, column))
        else:
            flags.append(Label(column - width(text), text + line, style, column))
    return flags


def _phases(view: Gantt, of: Axis, marks: Marks) -> list[Label]:
    """Return the phases; a column that two of them share is the earlier one's."""
    labels = []
    first, fill, last = marks.phase
    for phase in view.phases:
        columns = of.columns(phase.start, phase.end)
        if len(columns) > 1 and of.firsts[columns[0]] < phase.start:
            columns = columns[1:]
        room = len(columns) - width(first + last)
        if room >= 0:
            name = fit(clean(phase.title), room)
            name = "" if room < LEAST_NAME and name.endswith(CUT) else name
            text = first + name + fill * (room - width(name)) + last
            labels.append(Label(columns[0], text, PHASE_STYLE))
    return labels


def _numbers(of: Axis) -> list[Label]:
    """Return the numbers of months or days that have room beside each other."""
    months = of.zoom == "month"
    every = months or of.zoom == "week" or of.each >= EVERY_DAY
    labels: list[Label] = []
    free = 0
    for unit in of.units:
        column, text = of.at(unit), str(unit.month if months else unit.day)
        if column is not None and free <= column <= of.size - len(text) and (every or unit.weekday() == 0):
            labels.append(Label(column, text))
            free = column + NUMBER + 1  # at even distances, however short a number is
    return labels


def _years(of: Axis, lang: Lang) -> list[Label]:
    starts = [unit for unit in of.units if unit.month == JANUARY or unit == of.units[0]]
    short = [str(day.year) for day in starts]
    return _spaced(of, starts, [f"{name}年" for name in short] if lang == "zh" else short, short)


def _months(of: Axis, lang: Lang) -> list[Label]:
    starts = [of.firsts[0]]
    while (following := next_month(starts[-1])) <= of.lasts[-1]:
        starts.append(following)
    short = [month(day.month, lang) for day in starts]
    if lang == "zh":
        long = [f"{day.year}年{name}" for day, name in zip(starts, short, strict=True)]
    else:
        long = [f"{name} {day.year}" for day, name in zip(starts, short, strict=True)]
    return _spaced(of, starts, long, short)


def _spaced(of: Axis, starts: Sequence[date], long: Sequence[str], short: Sequence[str]) -> list[Label]:
    """Return a label for every period with room for one; a long one, with the year, where that is new."""
    columns = [of.at(day) or 0 for day in starts]
    labels: list[Label] = []
    year = 0
    for i, (day, column) in enumerate(zip(starts, columns, strict=True)):
        room = columns[i + 1] - column - 1 if i + 1 < len(columns) else of.size - column
        if day.year != year and width(long[i]) <= room:
            labels.append(Label(column, long[i]))
            year = day.year
        elif width(short[i]) <= room:
            labels.append(Label(column, short[i]))
    return labels
