"""The load as a strip: a cell a day, or a week where days do not fit, a line for everyone."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from mktexec.columns import width
from mktexec.i18n import Text as T
from mktexec.i18n import month
from mktexec.render.say import Say
from mktexec.render.terminal import Line, Span, clean, heading, pad
from mktexec.schedule.load import WEEK, Figure
from mktexec.views.load import LoadRow, LoadView

HALF, BUSY, FULL = 0.5, 0.8, 1.0
TWICE, MOST_TIMES = 2, 9
LEAST_LABEL, MOST_LABEL = 8, 24
WIDE = 3  # columns of a week, where there is room


class _Signs(NamedTuple):
    """What a cell shows: the degree without colour."""

    free: str
    little: str
    busy: str
    full: str
    used: str
    today: str
    over: str = "!"


BLOCKS, ASCII = _Signs("·", "░", "▒", "█", "+", "▼"), _Signs(".", "-", "=", "#", "+", "v")


class _Words:
    """The strip's words."""

    by_day = T("Load by day", "每日负荷")
    by_week = T("Load by week", "每周负荷")
    until = T("shown until {day}; work goes on until {last}", "显示至 {day}；工作持续到 {last}")
    free = T("free", "空闲")
    little = T("under 50%", "不足 50%")
    busy = T("up to 80%", "80% 以内")
    full = T("up to 100%", "100% 以内")
    over = T("too much", "超负荷")
    times = T("times the capacity", "倍于产能")
    used = T("in use, of an unknown number", "使用中，现有数量未知")
    blank = T("blank: off", "空白：休息")


W = _Words


class _Axis(NamedTuple):
    """The cells: the first day of each, how many days and how many columns it takes."""

    starts: tuple[date, ...]
    days: int
    columns: int


def strip(view: LoadView, last: date, say: Say) -> list[Line]:
    """Return heading, months, days, a line for every unit, and what the signs mean."""
    signs = BLOCKS if say.to.blocks else ASCII
    label = _label(view, say)
    axis = _axis(view.first, last, say.columns - label - 4)
    end = axis.starts[-1] + timedelta(days=axis.days - 1)
    lines = heading(say(W.by_day if axis.days == 1 else W.by_week))
    edge = Span(" " * (label + 4))
    lines += [[edge, Span(text, "dim")] for text in (_months(axis, say, label), _numbers(axis))]
    lines += [[edge, Span(text, "bold")] for text in _today(axis, view.as_of, signs)]
    lines += [_line(name, row, label, axis, view.as_of, signs) for name, row in named(view)]
    cut = say.lines("  " + say(W.until, day=end, last=last), "dim") if end < last else []
    return [*lines, *_legend(view, signs, say), *cut]


def named(view: LoadView) -> Iterator[tuple[Span, LoadRow | None]]:
    """Yield every row with its name, people under their department; a group may have no figures."""
    for group in view.groups:
        if group.whole and len(group.rows) == 1:
            yield Span(clean(f"{group.rows[0].title} / {group.title}")), group.rows[0]
            continue
        if group.title:
            yield Span(clean(group.title), "bold"), group.whole
        for row in group.rows:
            yield Span(("  " if group.title else "") + clean(row.title)), row


def _label(view: LoadView, say: Say) -> int:
    """Return the columns that the names take."""
    longest = max(width(name.text) for name, _ in named(view))
    return max(LEAST_LABEL, min(longest, MOST_LABEL, say.columns // 3))


def _axis(first: date, last: date, room: int) -> _Axis:
    """Return days if they fit into ``room`` columns, else weeks, as many as fit."""
    count = (last - first).days + 1
    if count <= room:
        return _Axis(tuple(first + timedelta(days=n) for n in range(count)), 1, 1)
    weeks = min(-(-count // WEEK), room)
    starts = tuple(first + timedelta(days=n * WEEK) for n in range(weeks))
    return _Axis(starts, WEEK, WIDE if weeks * WIDE <= room else 1)


def _months(axis: _Axis, say: Say, label: int) -> str:
    """Return the months, each where its first cell is, with the year for the first and January."""
    begins = [
        (index * axis.columns, start)
        for index, start in enumerate(axis.starts)
        if not index or start.month != axis.starts[index - 1].month
    ]
    text = ""
    for (column, start), (limit, _) in pairwise([*begins, (say.columns - label - 3, date.max)]):
        name = month(start.month, say.lang)
        full = f"{name} {start.year}" if say.lang == "en" else f"{start.year}年{name}"
        names = (full, name) if not column or start.month == 1 else (name,)
        fitting = next((one for one in names if width(one) < limit - column), "")
        text = pad(text, column) + fitting if fitting else text
    return text


def _numbers(axis: _Axis) -> str:
    """Return the day of the month of every Monday that there is room for."""
    text = ""
    for index, start in enumerate(axis.starts):
        column = index * axis.columns
        if not start.weekday() and (not text or len(text) < column):
            text = pad(text, column) + str(start.day)
    return text


def _today(axis: _Axis, as_of: date, signs: _Signs) -> Iterator[str]:
    """Yield the mark above the cell of the as-of day, if it is one of them."""
    day = f"{as_of:%m-%d}"
    for index, start in enumerate(axis.starts):
        if start <= as_of < start + timedelta(days=axis.days):
            column = index * axis.columns
            fits = column + 2 + len(day) <= len(axis.starts) * axis.columns
            before = column - len(day) - 1
            yield (
                " " * column + f"{signs.today} {day}"
                if fits or before < 0
                else (" " * before + f"{day} {signs.today}")
            )


def _line(name: Span, row: LoadRow | None, label: int, axis: _Axis, as_of: date, signs: _Signs) -> Line:
    line = [Span("  " + pad(name.text, label), name.style), Span("  ")]
    cells = [_cell(row, start, axis, as_of, signs) for start in axis.starts] if row else []
    for style, same in groupby(cells, key=lambda cell: cell.style):
        line.append(Span("".join(cell.text for cell in same), style))
    return line


def _cell(row: LoadRow, start: date, axis: _Axis, as_of: date, signs: _Signs) -> Span:
    sign, style = _sign(row.load.figure(start, axis.days), signs)
    gone = start + timedelta(days=axis.days) <= as_of
    block = sign * (axis.columns - 1) if sign in (signs.little, signs.busy, signs.full) else sign
    return Span(pad(block or sign, axis.columns), "dim" if gone else style)


def _sign(figure: Figure, signs: _Signs) -> tuple[str, str]:
    """Return the character of a cell and its style."""
    if figure.off:
        return " ", ""
    if not figure.load:
        return signs.free, "dim"
    if figure.capacity is None:
        return signs.used, "cyan"
    share = figure.share
    if share is None or share >= TWICE:
        return str(min(int(share), MOST_TIMES)) if share else signs.over, "bold red"
    if figure.over or share > FULL:
        return signs.over, "bold red"
    if share > BUSY:
        return signs.full, "yellow"
    return (signs.little if share < HALF else signs.busy), "green"


def _legend(view: LoadView, signs: _Signs, say: Say) -> list[Line]:
    several = (
        (signs.free, W.free),
        (signs.little, W.little),
        (signs.busy, W.busy),
        (signs.full, W.full),
        (signs.over, W.over),
        (f"{TWICE}-{MOST_TIMES}", W.times),
        *(((signs.used, W.used),) if any(not row.load.known for row in view.rows) else ()),
    )
    lines = [""]
    for text in (*(f"{sign} {say(word)}" for sign, word in several), say(W.blank)):
        longer = f"{lines[-1]}   {text}"
        lines[-1:] = [longer] if width(longer) < say.columns else [lines[-1], f"   {text}"]
    return [[], *([Span(line[1:], "dim")] for line in lines)]
