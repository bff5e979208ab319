"""Lines of styled text for a terminal, aligned with CJK, and the way they are written.

Laid out once; colour only adds escape codes. rich knows how to colour for each terminal
and is asked only where there is colour: it is slow to import and to lay out long tables.
"""

import io
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, TextIO

from mktexec.columns import clusters, width

PIPE_WIDTH = 120
LEAST_WIDTH, MOST_WIDTH = 40, 1000
GAP = 2
CUT = ".."
CLOSING = frozenset("*,.;:!?)]%，。；：、！？）」》”’")  # never first in a line
OPENING = tuple("([（「《“‘")  # never last in a line
BREAKS = "\n\r\t\x85\u2028\u2029"
BIDI = frozenset(range(0x202A, 0x202F)) | frozenset(range(0x2066, 0x206A)) | {0x200E, 0x200F, 0x061C}


class Span(NamedTuple):
    """A piece of text with a style of rich's: ``bold``, ``dim``, ``red`` …."""

    text: str
    style: str = ""


Line = list[Span]


def clean(text: str) -> str:
    """Return plan text as one harmless line: no escape, control or bidi characters."""
    if text.isascii() and text.isprintable():
        return text
    line = re.sub(f"[{BREAKS}]+", " ", text.strip(BREAKS))
    return "".join(char for char in line if not _harmful(char))


def _harmful(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or ord(char) in BIDI


def fit(text: str, columns: int) -> str:
    """Return ``text`` cut to ``columns``, the cut marked by two dots."""
    if width(text) <= columns:
        return text
    room, out = columns - len(CUT), ""
    for cluster, size in clusters(text):
        room -= size
        if room < 0:
            break
        out += cluster
    return (out.rstrip() + CUT)[: max(columns, 0)]


def pad(text: str, columns: int, align: str = "left") -> str:
    """Return ``text`` cut or filled to exactly ``columns``."""
    size = width(text)
    if size > columns:
        text = fit(text, columns)
        size = width(text)
    fill = " " * (columns - size)
    return fill + text if align == "right" else text + fill


def wrap(text: str, columns: int) -> list[str]:
    """Return ``text`` broken into lines of at most ``columns``; CJK may break anywhere."""
    lines, line, used = [], "", 0
    for word in _words(text):
        size = width(word)
        if used + size > columns and line:
            lines.append(line.rstrip(" "))
            line, used = "", 0
            word = word.lstrip(" ")  # noqa: PLW2901  # a line does not begin with a space
            size = width(word)
        line += word
        used += size
    return [*lines, line.rstrip(" ")] if line.strip(" ") or not lines else lines


def _words(text: str) -> Iterable[str]:
    """Yield what must not be broken: words with the space before them, single CJK characters."""
    word, wide = "", False
    for cluster, size in clusters(text):
        free = cluster not in CLOSING and not word.endswith(OPENING)
        if word and free and (wide or size > 1 or cluster == " "):
            yield word
            word = ""
        word += cluster
        wide = size > 1 or (wide and cluster in CLOSING)
    if word:
        yield word


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; of those with ``drop`` the highest goes first where room is short."""

    title: str
    align: str = "left"
    least: int = 0
    drop: int = 0


def table(
    columns: Sequence[Column], rows: Sequence[Sequence[Span]], room: int, indent: int = 2
) -> list[Line]:
    """Return header and rows fitted into ``room`` columns; a column without any text is left out."""
    if not rows:
        return []
    kept = [i for i in range(len(columns)) if any(row[i].text for row in rows)]
    sizes = [max(width(columns[i].title), *(width(row[i].text) for row in rows)) for i in range(len(columns))]
    sizes = _squeeze(columns, kept, sizes, room - indent)
    head = _row([Span(columns[i].title, "dim") for i in kept], [columns[i] for i in kept], sizes, indent)
    body = [_row([row[i] for i in kept], [columns[i] for i in kept], sizes, indent) for row in rows]
    return [head, *body] if any(columns[i].title for i in kept) else body


def _squeeze(columns: Sequence[Column], kept: list[int], sizes: list[int], room: int) -> list[int]:
    while True:
        spare = room - sum(sizes[i] for i in kept) - GAP * (len(kept) - 1)
        elastic = [i for i in kept if columns[i].least]
        give = sum(max(0, sizes[i] - columns[i].least) for i in elastic)
        if spare >= 0 or give + spare >= 0:
            break
        droppable = [i for i in kept if columns[i].drop]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda i: columns[i].drop))
    for i in sorted(elastic, key=lambda i: columns[i].least - sizes[i]):
        cut = min(max(0, sizes[i] - columns[i].least), max(0, -spare))
        sizes[i] -= cut
        spare += cut
    return [sizes[i] for i in kept]


def _row(cells: Sequence[Span], columns: Sequence[Column], sizes: Sequence[int], indent: int) -> Line:
    line = [Span(" " * indent)] if indent else []
    last = len(cells) - 1
    for i, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        text = (
            fit(cell.text, sizes[i])
            if i == last and column.align == "left"
            else pad(cell.text, sizes[i], column.align)
        )
        line.append(Span(text, cell.style))
        if i < last:
            line.append(Span(" " * GAP))
    return line


def bar(share: float | None, columns: int, *, plain: bool = False) -> str:
    """Return a share in [0, 1] as a bar of ``columns``; ASCII where blocks cannot be shown."""
    full, empty = ("#", ".") if plain else ("█", "░")
    filled = round(min(max(share or 0.0, 0.0), 1.0) * columns)
    return full * filled + empty * (columns - filled)


def heading(title: str, note: str = "") -> list[Line]:
    """Return a section's heading with an empty line before it."""
    return [[], [Span(title, "bold"), Span(f"  {note}" if note else "", "dim")]]


@dataclass(frozen=True, slots=True)
class Screen:
    """Where lines go: how wide it is, whether it takes colour and block characters."""

    columns: int
    colour: bool
    blocks: bool


def screen(stream: TextIO) -> Screen:
    """Return the properties of ``stream``; respects COLUMNS, NO_COLOR and FORCE_COLOR."""
    tty = stream.isatty()
    columns = (
        shutil.get_terminal_size((PIPE_WIDTH, 24)).columns if tty or "COLUMNS" in os.environ else PIPE_WIDTH
    )
    wanted = tty and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        wanted = True
    if os.environ.get("NO_COLOR"):
        wanted = False
    blocks = (stream.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig", "gb18030")
    return Screen(min(max(columns, LEAST_WIDTH), MOST_WIDTH), wanted, blocks)


def to_text(lines: Iterable[Line]) -> str:
    """Return the lines as plain text."""
    return "".join("".join(span.text for span in line).rstrip() + "\n" for line in lines)


def write(lines: Sequence[Line], stream: TextIO | None = None) -> None:
    """Write the lines to ``stream`` (standard output), in colour where it takes colour."""
    stream = stream or sys.stdout
    view = screen(stream)
    if not view.colour:
        stream.write(to_text(lines))
        return
    from rich.console import Console  # slow to import, useless without colour
    from rich.text import Text

    buffer = io.StringIO()  # rich would end the process at a closed pipe
    console = Console(
        file=buffer,
        force_terminal=True,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
        width=10_000,
    )
    for line in lines:
        console.print(Text.assemble(*[(span.text, span.style) for span in line]))
    stream.write(buffer.getvalue())


@contextmanager
def _forgiving(stream: TextIO) -> Iterator[None]:
    """Let a stream fail: a message that nobody can read changes no exit code."""
    try:
        yield
    except OSError:
        silence(stream)


def silence(stream: TextIO) -> None:
    """Point a stream that cannot be written elsewhere, so that exit does not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def note(text: str) -> None:
    """Write a message for people to standard error, which is never data."""
    with _forgiving(sys.stderr):
        sys.stderr.write(text + "\n")


def note_lines(layout: Callable[[Screen], list[Line]]) -> None:
    """Lay out lines for standard error, and write them there."""
    with _forgiving(sys.stderr):
        write(layout(screen(sys.stderr)), sys.stderr)
