"""Lines being laid out, and the comments beside them, which keep to their columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from mktexec.columns import width

TAB = 8


@dataclass(slots=True)
class Beside:
    """A comment behind something on its line, and where it stood.

    ``column`` and ``gap`` count columns of the screen: before the comment, and before it from the
    last thing on the line. A comment that goes on below another has a line of its own and no gap.
    """

    text: str
    column: int
    gap: int | None


@dataclass(slots=True)
class Row:
    """One line: what stands on it, the comment beside, and its line end."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    beside: Beside | None = None
    end: str = ""

    def add(self, part: str) -> None:
        """Write at the end of the line."""
        self.parts.append(part)
        self.size += len(part)

    def column(self, position: int) -> int:
        """Return how many columns the first ``position`` characters take."""
        return columns("".join(self.parts)[:position])


class Spot(NamedTuple):
    """Where something stood, the offsets of its line and of itself, and its position in its line now."""

    text: str
    line: int
    start: int
    row: Row
    position: int

    @property
    def was(self) -> int:
        """The column in the old text."""
        return columns(self.text[self.line : self.start])

    @property
    def now(self) -> int:
        """The column in the new text."""
        return self.row.column(self.position)


@dataclass(slots=True)
class Bracket:
    """An open bracket, what its line begins with, and what follows it on its line."""

    at: Spot
    base: Spot
    first: Spot | None = None


def columns(before: str) -> int:
    """Return the column on the screen behind ``before``."""
    return width(before.expandtabs(TAB))


def written(rows: Sequence[Row]) -> str:
    """Return the text of all lines; comments that stood in one column stand in one again."""
    for group in _groups(rows):
        _settle([row for _, row in group])
    return "".join(["".join([*row.parts, row.end]) for row in rows])


Numbered = tuple[int, Row]


def _groups(rows: Sequence[Row]) -> Iterator[list[Numbered]]:
    """Yield the lines whose comments belong to one column.

    Comments that all follow in the same distance were not aligned, unless line for line.
    """
    beside = [(number, row) for number, row in enumerate(rows) if row.beside]
    for _, found in groupby(beside, key=lambda one: one[1].beside and one[1].beside.column):
        group = list(found)
        if len({row.beside.gap for _, row in group if row.beside}) > 1:
            yield group
        else:
            yield from _neighbours(group)


def _neighbours(group: Sequence[Numbered]) -> Iterator[list[Numbered]]:
    first = 0
    for index, (number, _) in enumerate(group):
        if index and number != group[index - 1][0] + 1:
            yield list(group[first:index])
            first = index
    yield list(group[first:])


def _settle(group: Sequence[Row]) -> None:
    """Write the comments of a group: where they stood, or moved with the lines if all of them moved."""
    comments = [(row, row.beside, columns("".join(row.parts))) for row in group if row.beside]
    coded = [(one.column - one.gap, size, one.gap) for _, one, size in comments if one.gap is not None]
    column = comments[0][1].column
    if coded:
        grown = max(size - was for was, size, _ in coded)
        if grown <= 0:
            column += grown
        else:
            column = max(column, max(size for _, size, _ in coded) + min(gap for *_, gap in coded))
    for row, comment, size in comments:
        row.add(" " * max(column - size, int(comment.gap is not None)) + comment.text)
