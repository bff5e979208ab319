"""A table's rows → readings of the plan's KPIs, or what is wrong with them, row by row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, ParamSpec, TypeVar

from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.readings.header import Column, Field, Layout, layout_of
from mktexec.readings.known import (
    Known,
    NotUnderstoodError,
    amount_of,
    blank,
    day_of,
    find_kpis,
    known,
    kpi_of,
    past,
    short,
    target_of,
    words_of,
)

QUOTE = T("a comma inside a figure or a text needs quotes", "数字或文字里有逗号时，请给该格加引号")
P = ParamSpec("P")
R = TypeVar("R")


class Given(NamedTuple):
    """One reading as a table gives it: ``value`` and ``target`` in the KPI's unit."""

    row: int
    kpi: str
    day: date
    value: Decimal
    target: Decimal | None = None
    cause: str | None = None
    note: str | None = None


class Problem(NamedTuple):
    """What is not understood; row 0 is the header."""

    row: int
    text: T
    hint: T | None = None


class Readings(NamedTuple):
    """What a table gives: readings in the order of the plan and the days, or problems.

    ``left_out`` names the columns that are not taken over, ``empty`` counts the cells
    without a value.
    """

    given: list[Given]
    problems: list[Problem]
    left_out: list[str]
    empty: int = 0


def readings_of(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    plan: Plan,
    as_of: date,
    on: date | None = None,
) -> Readings:
    """Return the readings in a table's numbered rows; ``on`` is their day where they have none.

    Nothing is guessed: with any problem the table as a whole should not be taken.
    """
    about = known(plan, as_of)
    try:
        layout = layout_of(header, about, dated=on is not None)
    except NotUnderstoodError as error:
        return Readings([], [Problem(0, error.text, error.hint)], [])
    problems = [Problem(0, one.text, one.hint) for one in layout.unknown]
    given: list[Given] = []
    empty = 0
    for number, cells in rows:
        row = _Row(number, cells, layout, about, problems)
        if not _tried(row, _headed, row, header):
            continue
        filled = [column for column in layout.values if not blank(row.cell(column))]
        empty += len(layout.values) - len(filled)
        given += _readings_in(row, filled, on) if filled else ()
    order = {key: place for place, key in enumerate(plan.kpis)}
    kept = sorted(_once(given, problems), key=lambda one: (order[one.kpi], one.day))
    return Readings(kept, sorted(problems, key=lambda one: one.row), layout.left_out, empty)


class _Row(NamedTuple):
    """A row with all that is needed to understand it; what is wrong goes to ``problems``."""

    number: int
    cells: Sequence[str]
    layout: Layout
    about: Known
    problems: list[Problem]

    def cell(self, column: Column | None) -> str:
        """Return the text in a column, nothing where the row is too short or the column missing."""
        return self.cells[column.at] if column and column.at < len(self.cells) else ""

    def text(self, field: Field) -> str:
        """Return the text in the column that holds ``field``."""
        return self.cell(self.layout.fields.get(field))


def _tried(row: _Row, make: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """Return what ``make`` returns; None where it does not understand, which becomes a problem of the row."""
    try:
        return make(*args, **kwargs)
    except NotUnderstoodError as error:
        row.problems.append(Problem(row.number, error.text, error.hint))
        return None


def _headed(row: _Row, header: Sequence[str]) -> bool:
    """Return that every cell stands under a header; a comma in a figure moves those behind it."""
    if len(row.cells) > len(header):
        reason = T(
            f"it has {len(row.cells)} cells, the header {len(header)}",
            f"该行有 {len(row.cells)} 格，表头只有 {len(header)} 格",
        )
        raise NotUnderstoodError(reason, QUOTE)
    homeless = [cell for cell, head in zip(row.cells, header, strict=False) if cell and not head]
    if homeless:
        cell = short(homeless[0])
        raise NotUnderstoodError(
            T(f"'{cell}' stands in a column without a header", f"「{cell}」所在的列没有表头")
        )
    return True


def _readings_in(row: _Row, filled: Sequence[Column], on: date | None) -> Iterator[Given]:
    """Yield the readings of a row, one for each filled column of values."""
    named = None if filled[0].kpi else _tried(row, _kpi, row)
    dated = None if filled[0].day else _tried(row, _day, row, on)
    for column in filled:
        kpi, day = column.kpi or named, column.day or dated
        figures = _tried(row, _figures, row, column, kpi) if kpi else None
        day = _tried(row, past, day, row.about) if day else None
        if kpi and day and figures:
            yield Given(row.number, kpi, day, *figures)


def _kpi(row: _Row) -> str:
    """Return the KPI that a row is about: its id, else its title; both must not mean two."""
    key, name = row.text(Field.ID), row.text(Field.NAME)
    if blank(key) and blank(name):
        raise NotUnderstoodError(T("no KPI is named", "未写明指标"))
    found = kpi_of(name if blank(key) else key, row.about)
    if found not in (find_kpis(name, row.about) or [found]):
        raise NotUnderstoodError(
            T(
                f"{short(key)} and '{short(name)}' are two KPIs",
                f"{short(key)} 与「{short(name)}」不是同一指标",
            )
        )
    return found


def _day(row: _Row, on: date | None) -> date:
    text = row.text(Field.DAY)
    return on if on and blank(text) else day_of(text, row.about)


def _figures(row: _Row, column: Column, kpi: str) -> tuple[Decimal, Decimal | None, str | None, str | None]:
    """Return a reading's value, target, cause and note."""
    unit, goal = row.text(Field.UNIT), row.layout.fields.get(Field.TARGET)
    said = "" if blank(unit) else unit
    return (
        amount_of(row.cell(column), kpi, column.unit or said, row.about),
        target_of(row.cell(goal), kpi, (goal.unit if goal else "") or said, row.about),
        words_of(row.text(Field.CAUSE)),
        words_of(row.text(Field.NOTE)),
    )


def _once(given: Iterable[Given], problems: list[Problem]) -> Iterator[Given]:
    """Yield every reading once; two that differ for the same KPI and day are a problem."""
    seen: dict[tuple[str, date], Given] = {}
    for one in given:
        first = seen.setdefault((one.kpi, one.day), one)
        if first is one:
            yield one
        elif first[1:] != one[1:]:
            what = f"{one.kpi} {one.day}"
            problems.append(
                Problem(
                    one.row,
                    T(
                        f"{what} stands in row {first.row} already, and differs",
                        f"{what} 在第 {first.row} 行已有，内容不同",
                    ),
                    T("keep one of them", "请只保留一处"),
                )
            )
