"""Where each path of a plan stands in its files."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

Path = tuple[str, ...]
"""An address in the plan, as in ``tasks.T001.progress``; list items by their index."""

LINE_END = re.compile(r"\r\n|\r|\n")

FIELDS = 5
ENTRY = 2  # steps to an entry: its section and its id
KEY_START, KEY_END, START, END, NEXT = range(FIELDS)
SCALAR, MAPPING, SEQUENCE, ALIAS = range(4)


class Place(NamedTuple):
    """A position in a file; line and column count from 1, columns in characters."""

    file: str
    line: int
    column: int


@dataclass(slots=True)
class Nodes:
    """The nodes of one document in the order of the text, in flat arrays.

    ``marks`` holds ``FIELDS`` character offsets a node: its key's start and end, its
    value's start and end, and the number of the next node that is not inside it.
    """

    marks: "array[int]" = field(default_factory=lambda: array("I"))
    names: list[str] = field(default_factory=list)
    kinds: bytearray = field(default_factory=bytearray)
    targets: dict[int, int] = field(default_factory=dict)
    merges: dict[int, list[int]] = field(default_factory=dict)


class Located(NamedTuple):
    """What a second reading of a text gives: places, and the first offset of repeated keys."""

    nodes: Nodes
    firsts: dict[int, int]


class Document:
    """One file of a plan: its text and, found when first asked for, its nodes.

    ``starts`` holds the offset of the key of every section and entry where each is written
    once and for itself; it is empty where some are repeated or shared by anchors. ``bom`` says
    whether the file begins with a byte order mark, which ``text`` does not hold.
    """

    def __init__(self, file: str, text: str, locate: Callable[[str], Located] | None = None) -> None:
        self.file = file
        self.text = text
        self.starts: dict[Path, int] = {}
        self.bom = False
        self._locate = locate
        self._children: dict[int, dict[str, int]] = {}
        self._parts: dict[Path, tuple[int, Document] | None] = {}

    @cached_property
    def _located(self) -> Located:
        return self._locate(self.text) if self._locate else Located(Nodes(), {})

    @property
    def nodes(self) -> Nodes:
        """The nodes of the text."""
        return self._located.nodes

    @property
    def firsts(self) -> dict[int, int]:
        """The offset of the first of two equal keys, by that of the second."""
        return self._located.firsts

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in LINE_END.finditer(self.text))]

    def place(self, offset: int) -> Place:
        """Return line and column of a character offset."""
        row = bisect_right(self._line_starts, offset) - 1
        return Place(self.file, row + 1, offset - self._line_starts[row] + 1)

    def line(self, number: int) -> str:
        """Return the text of a line, counted from 1, without its end."""
        starts = self._line_starts
        if not 0 < number <= len(starts):
            return ""
        stop = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : stop].rstrip("\r\n")

    def line_before(self, number: int) -> int:
        """Return the number of the nearest line before ``number`` that says something, 0 for none."""
        number -= 1
        while number > 0 and (not (text := self.line(number).strip()) or text.startswith("#")):
            number -= 1
        return number

    def children(self, node: int) -> dict[str, int]:
        """Return the nodes directly under ``node`` by their key (index for list items)."""
        known = self._children.get(node)
        if known is None:
            known = self._children[node] = self._find_children(node)
        return known

    def _find_children(self, node: int) -> dict[str, int]:
        nodes = self.nodes
        node = nodes.targets.get(node, node)
        found: dict[str, int] = {}
        child, stop = node + 1, nodes.marks[node * FIELDS + NEXT]
        while child < stop:
            found.setdefault(nodes.names[child], child)
            child = nodes.marks[child * FIELDS + NEXT]
        for merged in nodes.merges.get(node, ()):
            for name, inherited in self.children(merged).items():
                found.setdefault(name, inherited)
        return found

    def find(self, path: Sequence[str]) -> tuple[int, int]:
        """Return the node at ``path``, or its nearest ancestor, and how many steps led there."""
        node = 0
        if not self.nodes.kinds:
            return 0, 0
        for depth, step in enumerate(path):
            child = self.children(node).get(step)
            if child is None:
                return node, depth
            node = child
        return node, len(path)

    def offset(self, node: int) -> int:
        """Return where a reader looks for ``node``: a scalar's value, else the key."""
        marks, at = self.nodes.marks, node * FIELDS
        if not marks:
            return 0
        scalar = self.nodes.kinds[node] in (SCALAR, ALIAS) and marks[at + END] > marks[at + START]
        return marks[at + START] if scalar or not node else marks[at + KEY_START]

    def place_of(self, path: Sequence[str]) -> Place:
        """Return the place of ``path`` or of its nearest ancestor."""
        begin, part, rest = self._part(path)
        return self.place(begin + part.offset(part.find(rest)[0]))

    def key_place_of(self, path: Sequence[str]) -> Place:
        """Return the place of the key of ``path`` or of its nearest ancestor."""
        begin, part, rest = self._part(path)
        marks = part.nodes.marks
        return self.place(begin + marks[part.find(rest)[0] * FIELDS + KEY_START] if marks else 0)

    def _part(self, path: Sequence[str]) -> tuple[int, "Document", Sequence[str]]:
        """Return the part of the text that holds ``path``: where it begins, and the path inside it.

        It is the entry alone where that can be read alone, which takes less time than everything.
        """
        entry = tuple(path[:ENTRY])
        if entry in self.starts and len(entry) == ENTRY and entry not in self._parts:
            begin, end = self._line_of(self.starts[entry]), self._following(entry)
            alone = begin is not None and end is not None and self._locate
            part = Document(self.file, self.text[begin:end], self._locate) if alone else None
            self._parts[entry] = (begin or 0, part) if part else None
        found = self._parts.get(entry)
        return (*found, path[1:]) if found else (0, self, path)

    def entry_on(self, line: int) -> Path | None:
        """Return the section and id of the entry that a line is part of, None where that is not known."""
        starts = self._line_starts
        end = starts[line] if line < len(starts) else len(self.text)
        at = bisect_right(self._key_offsets, end - 1) - 1
        found = next((path for path, offset in self.starts.items() if offset == self._key_offsets[at]), None)
        return found if at >= 0 and found and len(found) == ENTRY else None

    def _following(self, entry: Path) -> int | None:
        """Return where the lines of an entry end, None where the next key does not begin a line."""
        at = bisect_right(self._key_offsets, self.starts[entry])
        return self._line_of(self._key_offsets[at]) if at < len(self._key_offsets) else len(self.text)

    @cached_property
    def _key_offsets(self) -> list[int]:
        return sorted(self.starts.values())

    def _line_of(self, offset: int) -> int | None:
        """Return where the line of a key begins, None if anything stands before the key."""
        start = self._line_starts[bisect_right(self._line_starts, offset) - 1]
        return None if self.text[start:offset].strip(" ") else start


@dataclass(frozen=True, slots=True)
class Source:
    """All files of a plan."""

    documents: tuple[Document, ...]

    def locate(self, path: Sequence[str]) -> Place | None:
        """Return the place of ``path``, of its nearest ancestor if it is not written."""
        return self._nearest(path).place_of(path) if self.documents else None

    def locate_key(self, path: Sequence[str]) -> Place | None:
        """Return the place of the key at the end of ``path``."""
        return self._nearest(path).key_place_of(path) if self.documents else None

    def _nearest(self, path: Sequence[str]) -> Document:
        """Return the document that holds most of ``path``, the first of equals."""
        entry = tuple(path[:ENTRY])
        holding = [one for one in self.documents if entry in one.starts] or self.documents
        return holding[0] if len(holding) == 1 else max(holding, key=lambda one: one.find(path)[1])

    def document(self, file: str) -> Document | None:
        """Return the document read from ``file``."""
        return next((one for one in self.documents if one.file == file), None)
