"""The bars of the Gantt chart on the terminal: one cell a column, told without colour too.

A bar runs over the days on which work happened or is expected to; its filled part is the
progress, what lies past the planned end looks different. Planned days that it does not cover
stay visible as a thin line.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from mktexec.model.terms import Health
from mktexec.render.gantt.axis import Axis
from mktexec.render.terminal import Span
from mktexec.views.gantt import DAY, GanttGroup, GanttRow
from mktexec.views.gantt import Span as Days

STYLES = {
    Health.DONE: "green",
    Health.ON_TRACK: "green",
    Health.NOT_DUE: "",
    Health.LAGGING: "yellow",
    Health.DELAYED: "red",
    Health.CANCELLED: "dim",
}
LATE, QUIET = "red", "dim"


class Marks(NamedTuple):
    """The characters of the chart; a summary's are its first, its done, its other and its last."""

    planned: str
    done: str
    todo: str
    late_done: str
    late_todo: str
    open: str
    reached: str
    past: str
    coming: str
    handover: str
    cancelled: str
    today: str
    named: str
    phase: tuple[str, str, str]
    summary: tuple[str, str, str, str]


# Characters that are one column wide in Chinese terminals as well, the diamond of a key node included.
BLOCKS = Marks(
    "─", "█", "░", "▓", "▒", "◊", "♦", "▪", "▫", "►", "x", "│", "┊", ("├", "─", "┤"), ("┌", "━", "─", "┐")
)
ASCII = Marks(
    "-", "#", "=", "%", "!", "o", "O", "+", "'", ">", "x", "|", ":", ("[", "-", "]"), ("[", "#", "-", "]")
)

Cells = list[Span]


def bar(row: GanttRow, of: Axis, marks: Marks, base: Sequence[Span], as_of: date) -> Cells:
    """Return the cells of a task, painted over those of ``base``."""
    cells = list(base)
    if row.cancelled:
        _called_off(cells, row, of, marks)
    elif row.occurrences:
        for day in row.occurrences:
            char = marks.past if day <= as_of else marks.coming
            _paint(cells, of.columns(day, day), char, STYLES[row.health])
    elif row.milestone:
        _key_node(cells, row, of, marks)
    else:
        if row.planned:
            _paint(cells, of.columns(*row.planned), marks.planned, QUIET)
        _work(cells, row, of, marks)
    return _crossed(cells, base, of.at(as_of))


def hand_over(cells: Cells, row: GanttRow, of: Axis, marks: Marks) -> None:
    """Mark behind a task's last day that its result goes elsewhere, on it where the columns end."""
    last = row.occurrences[-1] if row.occurrences else row.forecast[1]
    column = of.at(last)
    if column is not None:
        behind = column + 1 if row.milestone else of.columns(last, last).stop
        cells[min(behind, of.size - 1)] = Span(marks.handover, "bold")


def _paint(cells: Cells, columns: Iterable[int], char: str, style: str) -> None:
    for column in columns:
        cells[column] = Span(char, style)


def _crossed(cells: Cells, base: Sequence[Span], today: int | None) -> Cells:
    """Return the cells with today's line through what runs on at both sides of it."""
    if today is not None and 0 < today < len(cells) - 1:
        beside = (today - 1, today + 1)
        if all(cells[column] is not base[column] for column in beside):
            cells[today] = base[today]
    return cells


def _called_off(cells: Cells, row: GanttRow, of: Axis, marks: Marks) -> None:
    """Draw what was planned with a cross at its end, and the work that was done before."""
    if row.planned:
        columns = of.columns(*row.planned)
        _paint(cells, columns, marks.planned, QUIET)
        if columns and of.lasts[columns[-1]] >= row.planned[1]:
            cells[columns[-1]] = Span(marks.cancelled, QUIET)
    if row.actual:
        _paint(cells, of.columns(*row.actual), marks.done, QUIET)


def _key_node(cells: Cells, row: GanttRow, of: Axis, marks: Marks) -> None:
    """Draw a diamond on its day, and a line to it from the day it was planned for."""
    day = row.forecast[1]
    planned = row.planned[1] if row.planned else day
    if planned < day:
        _paint(cells, range(of.columns(planned, day).start, of.columns(day, day).start), marks.planned, QUIET)
    elif day < planned:
        _paint(cells, of.columns(day, planned), marks.planned, QUIET)
    column = of.at(day)
    if column is not None:
        char = marks.reached if row.done else marks.open
        cells[column] = Span(char, LATE if planned < day else STYLES[row.health])


def _work(cells: Cells, row: GanttRow, of: Axis, marks: Marks) -> None:
    """Draw the days on which work happened or is expected, as far as it is done or not."""
    days = row.forecast
    filled = _filled(days, row.progress, done=row.done)
    due = row.planned[1] if row.planned else days[1]
    for column in of.columns(*days):
        last = min(of.lasts[column], days[1])
        chars = (marks.late_todo, marks.late_done) if last > due else (marks.todo, marks.done)
        cells[column] = Span(chars[last <= filled], LATE if last > due else STYLES[row.health])


def _filled(days: Days, share: float | None, *, done: bool) -> date:
    """Return the last day of the part of ``days`` that is done; never the whole of what is not."""
    first, last = days
    if done:
        return last
    length = (last - first).days + 1
    return first + min(round((share or 0.0) * length), length - 1) * DAY - DAY


def summary(group: GanttGroup, of: Axis, marks: Marks, base: Sequence[Span], as_of: date) -> Cells:
    """Return the cells of a group: a bracket over its planned days, and what is expected past them."""
    cells = list(base)
    end = group.end or group.start
    if end is None:
        return cells
    start = min(group.start or end, end)
    done = all(row.done or row.cancelled for row in group.rows)  # a key node weighs nothing in the progress
    filled = _filled((start, end), group.progress, done=done)
    left, heavy, light, right = marks.summary
    columns = of.columns(start, end)
    for column in columns:
        cells[column] = Span(heavy if min(of.lasts[column], end) <= filled else light, "bold")
    if start < end and of.at(start) is not None:
        cells[columns[0]] = Span(left, "bold")
    if start < end and of.at(end) is not None:
        cells[columns[-1]] = Span(right, "bold")
    if group.forecast_end and group.forecast_end > end:
        late = [column for column in of.columns(end, group.forecast_end) if of.firsts[column] > end]
        _paint(cells, late, marks.late_done if done else marks.late_todo, LATE)
    return _crossed(cells, base, of.at(as_of))
