"""The time axis of a drawing: two rows of named cells, and the bands of days off."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from mktexec.i18n import Lang, month
from mktexec.render.svg.drawing import DAY, SMALL, Box, Scale, length, near

WEEKDAYS = {"en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "zh": "一二三四五六日"}
INDENT, PAD = 3.0, 4.0  # before a label, and around it in all
THIN_DAY = 3.0  # days narrower than this are not shaded one by one
LONG_BREAK = 3  # days off in a row that are worth a band even then
SAMPLE = date(2024, 12, 30)  # its names are as long as any
STEPS = (1, 2, 5, 10, 20, 50, 100)

Name = Callable[[date, Lang], str]
Begins = Callable[[date], bool]


class Cell(NamedTuple):
    """A stretch of the axis; the label is empty where there is no room for it."""

    x: float
    width: float
    label: str

    @property
    def label_x(self) -> float:
        """Where the label begins."""
        return self.x + INDENT


class Axis(NamedTuple):
    """The upper and the lower row of cells."""

    major: list[Cell]
    minor: list[Cell]


class _Level(NamedTuple):
    """A fineness of the axis: how few days a cell has, how its cells begin and are named.

    Names are from the longest to the shortest; ``above`` and ``titles`` are those of the upper row.
    """

    days: int
    begins: Begins
    names: tuple[Name, ...]
    above: Begins
    titles: tuple[Name, ...]


def _month(day: date, lang: Lang) -> str:
    return month(day.month, lang)


def _month_of_year(day: date, lang: Lang) -> str:
    return f"{day.year}年{day.month}月" if lang == "zh" else f"{month(day.month, lang)} {day.year}"


def _year(day: date, lang: Lang) -> str:
    return f"{day.year}年" if lang == "zh" else str(day.year)


def _weekday(day: date, lang: Lang) -> str:
    name = WEEKDAYS[lang][day.weekday()]
    return f"{day.day} 周{name}" if lang == "zh" else f"{name} {day.day}"


def _number(day: date, _: Lang) -> str:
    return str(day.day)


def _quarter(day: date, _: Lang) -> str:
    return f"Q{(day.month + 2) // 3}"


def _begins_month(day: date) -> bool:
    return day.day == 1


def _begins_quarter(day: date) -> bool:
    return day.day == 1 and day.month % 3 == 1


def _begins_years(step: int) -> Begins:
    return lambda day: day.day == day.month == 1 and day.year % step == 0


def _levels() -> Iterable[_Level]:
    """Yield the levels from the finest to the coarsest."""
    months, year = (_month_of_year, _month), _begins_years(1)
    yield _Level(1, lambda _: True, (_weekday, _number), _begins_month, months)
    yield _Level(7, lambda day: day.weekday() == 0, (_number,), _begins_month, months)
    yield _Level(28, _begins_month, (_month,), year, (_year,))
    yield _Level(90, _begins_quarter, (_quarter,), year, (_year,))
    for step in STEPS:
        begins = _begins_years(step)
        yield _Level(365 * step, begins, (_year,), lambda _: False, ())


def axis(scale: Scale, lang: Lang) -> Axis:
    """Return the finest axis whose labels have room in their cells."""
    for level in _levels():
        if scale.day * level.days >= length(level.names[-1](SAMPLE, lang), SMALL) + PAD:
            break
    return Axis(
        _cells(scale, level.above, level.titles, lang), _cells(scale, level.begins, level.names, lang)
    )


def _cells(scale: Scale, begins: Begins, names: tuple[Name, ...], lang: Lang) -> list[Cell]:
    """Return the cells, named in the longest way for which all whole ones have room."""
    days = (scale.first + n * DAY for n in range((scale.last - scale.first).days + 1))
    starts = [scale.first, *(day for day in days if begins(day) and day > scale.first)]
    spans = [(a, scale.x(a), near(scale.x(b) - scale.x(a))) for a, b in pairwise([*starts, scale.last + DAY])]
    inner = spans[1:-1] or spans
    usable = [
        n for n, name in enumerate(names) if all(_fits(name(day, lang), size) for day, _, size in inner)
    ]
    kept = names[usable[0] :] if usable else names[-1:]
    return [
        Cell(x, size, next((text for name in kept if _fits(text := name(day, lang), size)), ""))
        for day, x, size in spans
    ]


def _fits(text: str, room: float) -> bool:
    return length(text, SMALL) + PAD <= room


def bands(off: Iterable[date], scale: Scale, height: float) -> list[Box]:
    """Return the days off as bands, as many days as possible in each."""
    runs: list[list[date]] = []
    for day in sorted(off):
        if runs and day - runs[-1][-1] == DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    least = 1 if scale.day >= THIN_DAY else LONG_BREAK
    boxes = [scale.box("off", run[0], run[-1], 0, height) for run in runs if len(run) >= least]
    return [box for box in boxes if box]
