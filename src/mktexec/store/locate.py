"""YAML events → the place of every node, read a second time when somebody asks."""

from collections.abc import Iterator
from sys import intern
from typing import Any

from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mktexec.source import ALIAS, END, FIELDS, MAPPING, NEXT, SCALAR, SEQUENCE, Nodes
from mktexec.store.events import MAX_DEPTH, MERGE, Fault, Handlers, StopReadingError, events


class Locator:
    """Notes the place of every node of a text that ``Builder`` has read.

    ``firsts`` leads from the offset of a repeated key to that of the first one.
    """

    def __init__(self) -> None:
        self.nodes = Nodes()
        self.firsts: dict[int, int] = {}
        self._stack: list[_Place] = []
        self._anchors: dict[str, int] = {}

    def read(self, text: str) -> None:
        """Read all of ``text``; raise StopReadingError where it is no YAML any more."""
        handlers: Handlers = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
        }
        for event in events(text):
            handle = handlers.get(type(event))
            if handle is not None:
                handle(event)

    def _note(self, kind: int, event: Any) -> int:
        start, end = event.start_mark.index, event.end_mark.index
        nodes, number = self.nodes, len(self.nodes.kinds)
        key, name = (start, start), ""
        if self._stack:
            here = self._stack[-1]
            key, name = (here.key, here.name) if here.is_map else (key, str(here.count))
            here.count += 1
            here.waiting = here.is_map
        nodes.marks.extend((*key, start, end, number + 1))
        nodes.names.append(name)
        nodes.kinds.append(kind)
        anchor = getattr(event, "anchor", None)
        if anchor is not None and kind != ALIAS:
            self._anchors[anchor] = number
        return number

    def _scalar(self, event: Any) -> None:
        here = self._stack[-1] if self._stack else None
        if here is None or not here.waiting:
            self._note(SCALAR, event)
            return
        here.waiting = False
        here.name = intern(event.value)
        here.key = (event.start_mark.index, event.end_mark.index)
        first = here.firsts.setdefault(here.name, here.key[0])
        if first != here.key[0]:
            self.firsts[here.key[0]] = first

    def _start(self, event: Any) -> None:
        if len(self._stack) >= MAX_DEPTH:  # as far as ``Builder`` came
            raise StopReadingError(Fault("too-deep", event.start_mark.index))
        is_map = type(event) is MappingStartEvent
        node = self._note(MAPPING if is_map else SEQUENCE, event)
        self._stack.append(_Place(node, is_map=is_map))

    def _end(self, event: Any) -> None:
        here = self._stack.pop()
        at = here.node * FIELDS
        self.nodes.marks[at + END] = event.end_mark.index
        self.nodes.marks[at + NEXT] = len(self.nodes.kinds)
        if MERGE in here.firsts:
            source = next(child for child in self._inside(here.node) if self.nodes.names[child] == MERGE)
            self._merge(here.node, self.nodes.targets.get(source, source))

    def _alias(self, event: Any) -> None:
        node = self._note(ALIAS, event)
        target = self._anchors.get(event.anchor)
        if target is not None:
            self.nodes.targets[node] = self.nodes.targets.get(target, target)

    def _merge(self, node: int, source: int) -> None:
        several = self.nodes.kinds[source] == SEQUENCE
        sources = self._inside(source) if several else [source]
        self.nodes.merges[node] = [self.nodes.targets.get(one, one) for one in sources]

    def _inside(self, node: int) -> Iterator[int]:
        child, stop = node + 1, self.nodes.marks[node * FIELDS + NEXT]
        while child < stop:
            yield child
            child = self.nodes.marks[child * FIELDS + NEXT]


class _Place:
    """An open mapping or sequence and where its last key stands."""

    __slots__ = ("count", "firsts", "is_map", "key", "name", "node", "waiting")

    def __init__(self, node: int, *, is_map: bool) -> None:
        self.node = node
        self.is_map = is_map
        self.waiting = is_map
        self.count = 0
        self.name = ""
        self.key = (0, 0)
        self.firsts: dict[str, int] = {}
