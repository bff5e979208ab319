"""A file's text in one layout: indentation, spaces, empty lines and quotes; nothing else changes.

The scanner says what each thing on a line is; between two of them stand only spaces, line ends
and comments. Every line is kept, and begins in the column that its depth gives it. What comes
out is read again and must say the same.
"""

import re
import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.tokens import (
    BlockEndToken,
    BlockEntryToken,
    BlockMappingStartToken,
    BlockSequenceStartToken,
    KeyToken,
)

from mktexec.store.edit.cut import STEP
from mktexec.store.edit.rows import Beside, Bracket, Row, Spot, columns, written
from mktexec.store.edit.signs import (
    ASIDE,
    ASK,
    BLOCK,
    BLOCKS,
    CLOSING,
    COLON,
    DASH,
    KINDS,
    MARK,
    OPENING,
    QUOTES,
    WORD,
    separator,
)
from mktexec.store.events import NULLS, StopReadingError, events

BREAKS = re.compile(r"(\r\n|\r|\n)")
DIGIT = re.compile(r"\d")
NEITHER = re.compile(r"[\\'\"]")  # what one of the quotes would have to write in another way
BLANK = " \t"


class CannotLayOutError(Exception):
    """The text is written in a way that this layout could change; ``offset`` says where."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def layout(text: str) -> str:
    """Return ``text``, without a byte order mark, laid out.

    Raises StopReadingError where it is no YAML, CannotLayOutError where it must stay as it is.
    """
    new = _Layout(text, _usual_quote(text)).read()
    place = _first_difference(text, new)
    if place is not None:
        raise CannotLayOutError(place)
    return new


def _usual_quote(text: str) -> str:
    """Return the quote that stands around most of the texts that could have either."""
    counts = dict.fromkeys(QUOTES, 0)
    for event in events(text):
        style = getattr(event, "style", None)
        if style in counts:
            raw = text[event.start_mark.index : event.end_mark.index]
            counts[style] += not NEITHER.search(raw[raw.index(style) + 1 : -1])
    return max(counts, key=lambda quote: counts[quote])


def _first_difference(old: str, new: str) -> int | None:
    """Return where ``old`` says something else than ``new``."""
    offset = 0
    try:
        for one, two in zip_longest(events(old), events(new)):
            offset = one.start_mark.index if one else offset
            if _said(one) != _said(two):
                return offset
    except StopReadingError:
        return offset
    return None


def _said(event: Any) -> tuple[Any, ...]:
    """Return what a reader takes from an event of the parser."""
    value = getattr(event, "value", None)
    null = value in NULLS and event.implicit[0]
    return type(event), value, null, getattr(event, "anchor", None), getattr(event, "ctag", None)


class Level(NamedTuple):
    """An open map or list: the column where its lines began and where they begin now.

    ``flush`` is a list whose dashes stand below the key's first letter, which opens no level for YAML.
    """

    old: int
    new: int
    is_list: bool = False
    flush: bool = False


OUTSIDE = Level(-STEP, -STEP)


class _Layout:
    """Goes through a text once and writes its lines anew."""

    def __init__(self, text: str, quote: str) -> None:
        self.text, self.quote = text, quote
        self.rows: list[Row] = []
        self.levels = [OUTSIDE]
        self.above = [OUTSIDE]  # as they were at the last thing written
        self.brackets: list[Bracket] = []
        self.base = Spot(text, 0, 0, Row(), 0)  # what the line begins with, behind its dashes
        self.line = self.end = 0  # where the line began that was come to, and what is written ended
        self.last = ""
        self.is_key = False
        self.apart = False  # by an empty line
        self.below_block: int | None = None  # where a comment would belong to a block of text
        self.open_end = False  # a line end behind the last line would belong to a block of text

    def read(self) -> str:
        """Return the new text."""
        for token in YAML(typ="safe").scan(self.text):
            self._structure(token)
            kind, start, end = KINDS.get(type(token)), token.start_mark.index, token.end_mark.index
            if kind and end > start:
                if kind == WORD and token.style in BLOCKS:
                    kind = BLOCK
                self._piece(kind, start, end)
        self._between([*BREAKS.split(self.text[self.end :]), "", ""], None)
        if self.rows and not self.rows[-1].end and not self.open_end:
            self.rows[-1].end = found[0] if (found := BREAKS.search(self.text)) else "\n"
        return written(self.rows)

    def _structure(self, token: Any) -> None:
        """Open and close levels."""
        kind, level = type(token), self.levels[-1]
        if kind in (BlockMappingStartToken, BlockSequenceStartToken):
            is_list = kind is BlockSequenceStartToken
            self.levels.append(Level(token.start_mark.column, level.new + STEP, is_list))
        elif kind is BlockEndToken:
            if self.levels.pop().flush:
                self.levels.pop()
        elif kind is BlockEntryToken and not level.is_list:
            self.levels.append(Level(level.old, level.new + STEP, is_list=True, flush=True))
        elif kind is KeyToken:
            self.is_key = True
            if level.flush and not self.brackets:
                self.levels.pop()

    def _piece(self, kind: str, start: int, end: int) -> None:
        """Write one thing, on its line or at the beginning of a new one."""
        parts = BREAKS.split(self.text[self.end : start])
        if parts[-1].strip(BLANK):
            raise CannotLayOutError(start)
        fresh = not self.rows or len(parts) > 1
        if fresh:
            old = columns(parts[-1])
            column = self._indent(kind, old)
            self._between(parts, Level(old, column))
            self._new_row(" " * column)
        else:
            self.rows[-1].add(separator(self.last, kind))
        spot = Spot(self.text, self.line, start, self.rows[-1], self.rows[-1].size)
        if fresh or self.last in (DASH, ASK):
            self.base = spot
        if self.last in OPENING and not fresh:
            self.brackets[-1].first = spot
        self.end = self._write(kind, start, end)
        if kind in OPENING:
            self.brackets.append(Bracket(spot, self.base))
        elif kind in CLOSING:
            self.brackets.pop()
        self.last, self.is_key = kind, False
        self.above = list(self.levels)

    def _new_row(self, begin: str) -> None:
        if self.apart and self.rows:
            self.rows.append(Row(end=self.rows[-1].end))
        self.apart = False
        self.rows.append(Row())
        self.rows[-1].add(begin)

    def _indent(self, kind: str, old: int) -> int:
        """Return the column of a thing that begins a line."""
        if self.brackets:
            return self._in_brackets(kind, old)
        if kind == MARK:
            return 0
        level = self.levels[-1]
        return level.new if self.is_key or kind in (DASH, ASK, COLON) else level.new + STEP

    def _in_brackets(self, kind: str, old: int) -> int:
        """Return the column of a line between brackets: one step in, or below what follows the bracket."""
        if self.last == COLON:
            return self.base.now + STEP
        here = self.brackets[-1]
        if kind in CLOSING and old <= here.base.was:
            return here.base.now
        if here.first is None:
            return here.base.now + STEP
        if old == here.first.was:
            return here.first.now
        if old >= here.at.was:
            return here.at.now + old - here.at.was
        return here.base.now + max(STEP, old - here.base.was)

    def _between(self, parts: Sequence[str], below: Level | None) -> None:
        """Write lines that hold a comment or nothing, the rest of this line first; ``below`` comes then."""
        offset = self.end
        for index in range(0, len(parts) - 1, 2):
            line, end = parts[index], parts[index + 1]
            comment = line.strip(BLANK)
            if comment and not comment.startswith("#"):
                raise CannotLayOutError(offset)
            if index == 0 and self.rows:
                self._close_row(comment, offset + line.find("#"), end)
            elif comment:
                self._comment(comment, columns(line[: line.index("#")]), below)
                self.rows[-1].end = end
            else:
                self.apart = True
            offset += len(line) + len(end)
            self.line = offset

    def _close_row(self, comment: str, start: int, end: str) -> None:
        """End a line, with the comment beside."""
        self.rows[-1].end = end
        if comment:
            column = columns(self.text[self.line : start])
            self.rows[-1].beside = Beside(comment, column, column - columns(self.text[self.line : self.end]))

    def _comment(self, comment: str, old: int, below: Level | None) -> None:
        """Write a comment on a line of its own: with the one beside above it, or in its level's column."""
        above = self.rows[-1].beside if self.rows and not self.apart else None
        if above and above.column == old:
            self.rows.append(Row(beside=Beside(comment, old, None)))
        else:
            column = self._in_brackets(ASIDE, old) if self.brackets else self._level_of(old, below)
            if self.below_block is not None:
                column = min(column, self.below_block)
            self._new_row(" " * column + comment)
        self.open_end, self.below_block = False, None

    def _level_of(self, old: int, below: Level | None) -> int:
        """Return the column of a comment that stood in column ``old``, not beyond what begins ``below``."""
        if below and old == below.old:
            return below.new
        owner = self.above[-1]
        inner = below is not None and below.old > owner.old
        if self.last in (COLON, DASH) and not inner and old > owner.old:
            self.above.append(Level(old, owner.new + STEP))  # all there is below an empty value
            self.last = ASIDE
        known = [*self.above, *self.levels, *([below] if below else [])]
        level = max((one for one in known if one.old <= old), key=lambda one: one.old)
        return min([level.new + old - level.old, *(one.new for one in known if one.old > old)])

    def _write(self, kind: str, start: int, end: int) -> int:
        """Write a thing where the line has come to; return where it ends in the old text."""
        raw = self.text[start:end]
        if kind == BLOCK:
            return self._block(raw, start)
        quoted = raw[0] in QUOTES
        if quoted and not NEITHER.search(raw[1:-1]):
            raw = self.quote + raw[1:-1] + self.quote
        self.open_end, self.below_block = False, None
        first, *parts = BREAKS.split(raw)
        self.rows[-1].add(first if quoted else first.rstrip(BLANK))
        if parts:
            self._lines(parts, start + len(first), quoted=quoted)
        return end

    def _lines(self, parts: list[str], offset: int, *, quoted: bool) -> None:
        """Write the other lines of a text, whose indentation and, without quotes, spaces mean nothing."""
        column = STEP + (self.base.now if self.brackets else self.levels[-1].new)
        for end, line in zip(parts[::2], parts[1::2], strict=True):
            self.rows[-1].end = end
            self.rows.append(Row())
            self.line, offset = offset + len(end), offset + len(end) + len(line)
            inner = line.lstrip(BLANK)
            if inner:
                self.rows[-1].add(" " * column + (inner if quoted else inner.rstrip(BLANK)))

    def _block(self, raw: str, start: int) -> int:
        """Write a text in a block, whose lines move as one; it may keep the empty lines below."""
        head, *parts = BREAKS.split(raw)
        header, mark, comment = head.partition("#")
        header = header.rstrip(BLANK)
        ends, lines = parts[::2], parts[1::2]
        old, new = self._block_indents(header, lines)
        self.rows[-1].add(header)
        self.end = start + len(header)
        least = len(lines) - 1 if "+" in header else 0
        while len(lines) > max(least, 0) and _is_void(lines[-1], old):
            lines.pop()
        if lines:
            self._close_row((mark + comment).rstrip(BLANK), start + head.find("#"), "")
            self.end = start + len(head)
        for end, line in zip(ends, lines, strict=False):
            self.rows[-1].end = end
            self.rows.append(Row())
            if not _is_void(line, old):
                self.rows[-1].add(" " * new + line[old:])
            self.end += len(end) + len(line)
        self.open_end, self.below_block = "-" not in header, new - 1
        return self.end

    def _block_indents(self, header: str, lines: Sequence[str]) -> tuple[int, int]:
        """Return where the lines of a block begin in the old and in the new text."""
        level = self.levels[-1]
        if digit := DIGIT.search(header):
            return level.old + int(digit[0]), level.new + int(digit[0])
        indents = (len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" "))
        return next(indents, sys.maxsize), level.new + STEP


def _is_void(line: str, indent: int) -> bool:
    """Return whether a line of a block says nothing: spaces that do not reach beyond its indentation."""
    return len(line) <= indent and not line.strip(" ")
