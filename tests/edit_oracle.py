"""What a YAML text says and where, read without any code of ours: PyYAML's events, ten rules on top.

The judges of the editor's tests. Offsets count characters of a text without byte order mark.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import yaml

NULLS = {"", "~", "null", "Null", "NULL"}
BREAK = re.compile(r"\r\n|\r|\n")
NAME = re.compile(r"(?:&\S+(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*[ \t]*)?")  # an anchor and the way to its value
BLANKS = " \t"

Path = tuple[str, ...]


@dataclass(eq=False)
class Spot:
    """A value: what it is, where it stands, where its key stands; ``end`` is behind its last character."""

    kind: str  # scalar, map, list or alias
    path: Path
    start: int
    end: int
    value: str = ""
    style: str | None = None
    flow: bool = False
    anchor: str | None = None
    key: tuple[int, int] | None = None
    parent: "Spot | None" = None
    children: list["Spot"] = field(default_factory=list)
    data: Any = None

    @property
    def nothing(self) -> bool:
        """Whether it is no value at all, or a word for that."""
        return self.kind == "scalar" and self.style is None and self.value in NULLS


class Reading:
    """A text read by an independent parser: its spots, data, comments and lines."""

    def __init__(self, text: str, loader: Any = yaml.CBaseLoader) -> None:
        self.text = text
        self.spots: list[Spot] = []
        self.starts = [0, *(found.end() for found in BREAK.finditer(text))]
        self._scalars: list[tuple[int, int]] = []
        self._anchors: dict[str, Any] = {}
        self._events = list(yaml.parse(text, Loader=loader))
        self._next = 0
        while type(self._events[self._next]) in {yaml.StreamStartEvent, yaml.DocumentStartEvent}:
            self._next += 1
        if type(self._events[self._next]) is yaml.StreamEndEvent:
            self.data: Any = None
        else:
            _, self.data = self._value((), None, None)
        assert sum(type(one) is yaml.DocumentStartEvent for one in self._events) < 2
        self.comments = list(self._comments())

    def _take(self) -> Any:
        event = self._events[self._next]
        self._next += 1
        return event

    def _value(self, path: Path, parent: Spot | None, key: tuple[int, int] | None) -> tuple[Spot, Any]:
        event = self._take()
        start, end = event.start_mark.index, event.end_mark.index
        spot = Spot("alias", path, start, end, key=key, parent=parent)
        self.spots.append(spot)
        spot.anchor = event.anchor
        if type(event) is yaml.AliasEvent:
            self._scalars.append((start, end))
            spot.data = self._anchors[event.anchor]
            return spot, spot.data
        if type(event) is yaml.ScalarEvent:
            data: Any = self._scalar(event, spot)
        elif type(event) is yaml.SequenceStartEvent:
            data = self._list(event, spot)
        else:
            data = self._map(event, spot)
        if event.anchor:
            self._anchors[event.anchor] = data
        spot.data = data
        return spot, data

    def _scalar(self, event: Any, spot: Spot) -> str | None:
        spot.kind, spot.value, spot.style = "scalar", event.value, event.style or None
        if event.style in {"|", ">"}:
            spot.end = self._block_end(spot)
        self._scalars.append((spot.start, spot.end))
        return None if spot.nothing else event.value

    def _block_end(self, spot: Spot) -> int:
        """Return the end of the last line that says something; of the last line where all are kept."""
        body = self.text[spot.start : spot.end]
        head = BREAK.split(body, maxsplit=1)[0].split("#")[0]
        if "+" in head:
            return spot.end - len(re.search(r"(\r\n|\r|\n)?$", body)[0])
        return spot.start + len(body.rstrip())

    def _list(self, event: Any, spot: Spot) -> list[Any]:
        spot.kind, spot.flow = "list", bool(event.flow_style)
        data: list[Any] = []
        while type(self._events[self._next]) is not yaml.SequenceEndEvent:
            child, value = self._value((*spot.path, str(len(data))), spot, None)
            spot.children.append(child)
            data.append(value)
        self._close(spot)
        return data

    def _map(self, event: Any, spot: Spot) -> dict[str, Any]:
        spot.kind, spot.flow = "map", bool(event.flow_style)
        data: dict[str, Any] = {}
        merged: list[dict[str, Any]] = []
        while type(self._events[self._next]) is not yaml.MappingEndEvent:
            name = self._take()
            key = (name.start_mark.index, name.end_mark.index)
            self._scalars.append(key)
            child, value = self._value((*spot.path, name.value), spot, key)
            spot.children.append(child)
            if name.value == "<<":
                merged = value if isinstance(value, list) else [value]
                continue
            assert name.value not in data, f"twice: {child.path}"
            data[name.value] = value
        for source in merged:
            for inherited, value in source.items():
                data.setdefault(inherited, value)
        self._close(spot)
        return data

    def _close(self, spot: Spot) -> None:
        end = self._take().end_mark.index
        if spot.flow:
            spot.end = end
        else:
            last = spot.children[-1]
            spot.end = last.end
            if last.key and last.start == last.end:
                spot.end = max(last.end, self.colon(last))

    def colon(self, spot: Spot) -> int:
        """Return the offset behind the colon of a key, or behind the dash of an item."""
        if spot.key is None:
            return self.head(spot) + 1
        at = spot.key[1]
        while self.text[at] != ":":  # blanks, or the lines of an explicit key
            at = self._eol(at) if self.text[at] == "#" else at + 1
        return at + 1

    def head(self, spot: Spot) -> int:
        """Return where a spot begins, its key, question mark or dash included."""
        if spot.key:
            return spot.key[0]
        parent = spot.parent
        if parent is None or parent.flow:
            return spot.start
        first = NAME.match(self.text, parent.start).end()
        if spot is parent.children[0]:
            return first
        before = parent.children[parent.children.index(spot) - 1].end
        column = first - self.bol(first)
        while before < len(self.text):
            before = self.below(before)
            if self.text[before : before + column + 1].lstrip(" ") == "-":
                return before + column
        raise AssertionError(spot.path)

    def _comments(self) -> Iterator[tuple[int, str]]:
        """Yield offset and text of every comment: a sign that no scalar holds, up to the end of its line."""
        at = 0
        for start, end in [*sorted(self._scalars), (len(self.text), len(self.text))]:
            yield from self._comments_between(at, start)
            at = max(at, end)
            if self.text[start : start + 1] in {"|", ">"} and end > start:
                head = self._eol(start)
                yield from self._comments_between(start, head)

    def _comments_between(self, at: int, stop: int) -> Iterator[tuple[int, str]]:
        while (at := self.text.find("#", at, stop)) >= 0:
            end = self._eol(at)
            yield at, self.text[at:end].rstrip()
            at = end

    def _eol(self, at: int) -> int:
        found = BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def eol(self, at: int) -> int:
        """Return the end of the line of an offset, its line end not included."""
        return self._eol(at)

    def bol(self, at: int) -> int:
        """Return the beginning of the line of an offset."""
        return self.starts[bisect_right(self.starts, at) - 1]

    def below(self, at: int) -> int:
        """Return the beginning of the line below that of an offset, the end of the text if there is none."""
        row = bisect_right(self.starts, at)
        return self.starts[row] if row < len(self.starts) else len(self.text)

    def after(self, spot: Spot) -> int:
        """Return where the line of the next key, item or bracket behind a value begins."""
        outer: Spot | None = spot
        while outer and outer.parent:
            siblings = outer.parent.children
            if outer is not siblings[-1]:
                return max(self.bol(self.head(siblings[siblings.index(outer) + 1])), spot.end)
            outer = outer.parent
        return len(self.text)


def inside(spot: Spot | None, outer: Spot) -> bool:
    """Return whether a spot is another one or stands within it."""
    while spot is not None:
        if spot is outer:
            return True
        spot = spot.parent
    return False


def copied(data: Any) -> Any:
    """Return data in which nothing is shared."""
    if isinstance(data, dict):
        return {key: copied(value) for key, value in data.items()}
    return [copied(one) for one in data] if isinstance(data, list) else data


def expected(data: Any, name: str, path: Path, given: Any = None) -> Any:
    """Return data after a ``put``, ``append``, ``remove`` or ``rename``, made in place on a copy."""
    data = copied(data) or {}
    here, last = data, path[-1]
    for step, following in pairwise(path):
        at: Any = int(step) if isinstance(here, list) else step
        if isinstance(here, dict):
            here.setdefault(step, None)
        if here[at] is None:
            assert name in {"put", "append"}, following
            here[at] = {}
        here = here[at]
    slot: Any = int(last) if isinstance(here, list) else last
    if name == "put":
        here[slot] = copied(given)
    elif name == "append":
        known = here.get(slot) if isinstance(here, dict) else here[slot]
        items = known if isinstance(known, list) else [] if known is None else [known]
        here[slot] = [*items, copied(given)]
    elif name == "remove":
        del here[slot]
    else:
        pairs = [(given if key == slot else key, value) for key, value in here.items()]
        here.clear()
        here.update(pairs)
    return data
