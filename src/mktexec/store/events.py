"""YAML text → plain data whose scalars are all text.

Works on the parser's event stream: no YAML typing (the plan's schema types scalars), no
tags, duplicate keys refused, aliases counted, depth and size limited. Places cost as much
as everything else together and most runs need none, so ``Builder`` reads without them and
``Locator`` reads again, with them, when somebody asks.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mktexec.source import ALIAS, END, FIELDS, KEY_START, MAPPING, NEXT, SCALAR, SEQUENCE, Nodes

MAX_DEPTH = 64
MAX_ALIASED = 100_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MERGE = "<<"
OWN_PREFIX = "x-"


@dataclass(slots=True)
class Fault:
    """Something wrong in the text, at a character offset; ``other`` is a related offset."""

    code: str
    offset: int
    params: dict[str, Any] = field(default_factory=dict)
    other: int | None = None


class StopReadingError(Exception):
    """The text cannot be read any further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class Frame:
    """An open mapping or sequence."""

    __slots__ = ("anchor", "container", "expanded", "is_map", "key", "merged", "node", "start")

    def __init__(self, *, is_map: bool, anchor: str | None, start: int) -> None:
        self.container: Any = {} if is_map else []
        self.is_map = is_map
        self.anchor = anchor
        self.start = start
        self.key: str | None = None
        self.merged: list[dict[str, Any]] = []
        self.expanded = 1
        self.node = 0


@dataclass(slots=True)
class Anchor:
    """A named value; ``weight`` counts its nodes, None while it is still open."""

    value: Any
    weight: int | None
    node: int = 0


class Builder:
    """Builds the data of one document; what is wrong goes to ``faults``."""

    def __init__(self) -> None:
        self.root: Any = None
        self.faults: list[Fault] = []
        self.stack: list[Frame] = []
        self.anchors: dict[str, Anchor] = {}
        self._aliased = 0
        self._documents = 0

    def read(self, text: str) -> None:
        """Read all of ``text``; raise StopReadingError where nothing more can be told."""
        try:
            self._consume(YAML(typ="safe").parse(text))
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(filter(None, (error.context, error.problem)))
            raise StopReadingError(
                Fault("not-yaml", mark.index if mark else 0, {"problem": problem})
            ) from None
        except (YAMLError, RecursionError) as error:
            offset = getattr(error, "position", None) or 0
            raise StopReadingError(Fault("not-yaml", offset, {"problem": str(error)})) from None

    def _consume(self, events: Iterable[Any]) -> None:
        stack, scalar, others = self.stack, ScalarEvent, self._others()
        on_key, on_scalar = self.on_key, self.on_scalar
        for event in events:
            kind = type(event)
            if kind is not scalar:
                handle = others.get(kind)
                if handle is not None:
                    handle(event)
            elif stack and (frame := stack[-1]).is_map and frame.key is None:
                on_key(frame, event)
            else:
                on_scalar(event)

    def _others(self) -> dict[type, Callable[[Any], None]]:
        return {
            MappingStartEvent: self.on_start,
            SequenceStartEvent: self.on_start,
            MappingEndEvent: self.on_end,
            SequenceEndEvent: self.on_end,
            AliasEvent: self.on_alias,
            DocumentStartEvent: self._document,
        }

    def fault(self, code: str, event: Any, **params: Any) -> Fault:
        """Note and return a fault at ``event``."""
        self.faults.append(Fault(code, event.start_mark.index, params))
        return self.faults[-1]

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise StopReadingError(self.fault("two-documents", event))
        if event.version or event.tags:
            self.fault("yaml-directive", event)

    def on_key(self, frame: Frame, event: Any) -> None:
        """Take a mapping's key."""
        frame.key = key = intern(event.value)
        if event.ctag is not None:
            self.fault("yaml-tag", event, tag=str(event.ctag))
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(key, 1)
        if key in frame.container and key != MERGE:
            self.fault("duplicate-key", event, key=key)

    def on_scalar(self, event: Any) -> None:
        """Take a scalar value."""
        value = event.value
        if value in NULLS and event.implicit[0]:
            value = None
        if event.ctag is not None:
            self.fault("yaml-tag", event, tag=str(event.ctag))
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(value, 1)
        self.put(value)

    def on_start(self, event: Any) -> None:
        """Open a mapping or sequence."""
        if self.stack and self.stack[-1].is_map and self.stack[-1].key is None:
            raise StopReadingError(self.fault("complex-key", event))
        if len(self.stack) >= MAX_DEPTH:
            raise StopReadingError(self.fault("too-deep", event, limit=MAX_DEPTH))
        if event.ctag is not None:
            self.fault("yaml-tag", event, tag=str(event.ctag))
        is_map = type(event) is MappingStartEvent
        frame = Frame(is_map=is_map, anchor=event.anchor, start=event.start_mark.index)
        if event.anchor is not None:
            self.anchors[event.anchor] = Anchor(frame.container, None)
        self.stack.append(frame)

    def on_end(self, _event: Any) -> None:
        """Close a mapping or sequence."""
        frame = self.stack.pop()
        for inherited in frame.merged:
            for key, value in inherited.items():
                frame.container.setdefault(key, value)
        if frame.anchor is not None:
            self.anchors[frame.anchor].weight = frame.expanded
        self.put(frame.container, frame.expanded)

    def on_alias(self, event: Any) -> None:
        """Put the value of an anchor."""
        if self.stack and self.stack[-1].is_map and self.stack[-1].key is None:
            raise StopReadingError(self.fault("complex-key", event))
        anchor = self.anchors.get(event.anchor)
        if anchor is None:
            self.fault("undefined-alias", event, name=event.anchor)
            self.put(None)
            return
        if anchor.weight is None:
            raise StopReadingError(self.fault("alias-loop", event, name=event.anchor))
        self._aliased += anchor.weight
        if self._aliased > MAX_ALIASED:
            raise StopReadingError(self.fault("alias-bomb", event, limit=MAX_ALIASED))
        self.put(anchor.value, anchor.weight)

    def put(self, value: Any, weight: int = 1) -> None:
        """Put a value into the open mapping or sequence; the first of two equal keys stays."""
        if not self.stack:
            self.root = value
            return
        frame = self.stack[-1]
        frame.expanded += weight
        if not frame.is_map:
            frame.container.append(value)
            return
        key, frame.key = frame.key or "", None
        if key == MERGE:
            self._merge(frame, value)
        elif key not in frame.container and not key.startswith(OWN_PREFIX):
            frame.container[key] = value

    def _merge(self, frame: Frame, value: Any) -> None:
        sources = value if isinstance(value, list) else [value]
        if all(isinstance(one, dict) for one in sources):
            frame.merged.extend(sources)
        else:
            self.faults.append(Fault("bad-merge", frame.start))


class Locator(Builder):
    """Builds the data again and notes the place of every node."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = Nodes()
        self._key_marks = (0, 0)

    def _note(self, kind: int, event: Any) -> int:
        start, end = event.start_mark.index, event.end_mark.index
        nodes = self.nodes
        number = len(nodes.kinds)
        key, name = (start, start), ""
        if self.stack:
            frame = self.stack[-1]
            name = frame.key or "" if frame.is_map else str(len(frame.container))
            key = self._key_marks if frame.is_map else key
        nodes.marks.extend((*key, start, end, number + 1))
        nodes.names.append(name)
        nodes.kinds.append(kind)
        return number

    def on_key(self, frame: Frame, event: Any) -> None:
        """Take a key and its place; name the first place of a duplicate."""
        faults = len(self.faults)
        super().on_key(frame, event)
        self._key_marks = (event.start_mark.index, event.end_mark.index)
        for fault in self.faults[faults:]:
            if fault.code == "duplicate-key":
                fault.other = self._first(frame)

    def on_scalar(self, event: Any) -> None:
        """Take a scalar and its place."""
        node = self._note(SCALAR, event)
        super().on_scalar(event)
        if event.anchor is not None:
            self.anchors[event.anchor].node = node

    def on_start(self, event: Any) -> None:
        """Open a collection at its place."""
        node = self._note(MAPPING if type(event) is MappingStartEvent else SEQUENCE, event)
        super().on_start(event)
        self.stack[-1].node = node
        if event.anchor is not None:
            self.anchors[event.anchor].node = node

    def on_end(self, event: Any) -> None:
        """Close a collection at its end."""
        at = self.stack[-1].node * FIELDS
        self.nodes.marks[at + END] = event.end_mark.index
        self.nodes.marks[at + NEXT] = len(self.nodes.kinds)
        super().on_end(event)

    def on_alias(self, event: Any) -> None:
        """Take an alias at its own place, pointing to its anchor's."""
        node = self._note(ALIAS, event)
        if event.anchor in self.anchors:
            self.nodes.targets[node] = self.anchors[event.anchor].node
        super().on_alias(event)

    def _first(self, frame: Frame) -> int | None:
        for child in self._inside(frame.node, len(self.nodes.kinds)):
            if self.nodes.names[child] == frame.key:
                return self.nodes.marks[child * FIELDS + KEY_START]
        return None

    def _inside(self, node: int, stop: int) -> Iterator[int]:
        child = node + 1
        while child < stop:
            yield child
            child = self.nodes.marks[child * FIELDS + NEXT]

    def _merge(self, frame: Frame, value: Any) -> None:
        super()._merge(frame, value)
        children = self._inside(frame.node, len(self.nodes.kinds))
        node = next(child for child in children if self.nodes.names[child] == MERGE)
        node = self.nodes.targets.get(node, node)
        merged = self.nodes.merges.setdefault(frame.node, [])
        if self.nodes.kinds[node] == SEQUENCE:
            stop = self.nodes.marks[node * FIELDS + NEXT]
            merged.extend(self.nodes.targets.get(one, one) for one in self._inside(node, stop))
        else:
            merged.append(node)
