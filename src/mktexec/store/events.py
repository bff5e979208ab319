"""YAML text → plain data whose scalars are all text, and, when asked, the place of every node.

Works on the parser's event stream: no YAML typing (the plan's schema types scalars), no
tags, duplicate keys refused, aliases counted, depth limited. Places cost as much as
everything else together and most runs need none, so ``Builder`` reads the data and
``Locator`` reads the places of the same text later, when somebody asks.
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

from mktexec.source import ALIAS, END, FIELDS, MAPPING, NEXT, SCALAR, SEQUENCE, Nodes

MAX_DEPTH = 64
MAX_ALIASED = 100_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MERGE = "<<"
OWN_PREFIX = "x-"
STANDARD_TAG = "tag:yaml.org,2002:"
UNUSUAL = "x<"  # first letters of own keys and of the merge key

Handlers = dict[type, Callable[[Any], None]]


@dataclass(slots=True)
class Fault:
    """Something wrong in the text, at a character offset."""

    code: str
    offset: int
    params: dict[str, Any] = field(default_factory=dict)


class StopReadingError(Exception):
    """The text cannot be read any further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def events(text: str) -> Iterable[Any]:
    """Yield the parser's events; raise StopReadingError where the text is no YAML."""
    try:
        yield from YAML(typ="safe").parse(text)
    except MarkedYAMLError as error:
        problem = " ".join(filter(None, (error.context, error.problem)))
        raise StopReadingError(Fault("not-yaml", _where(error), {"problem": problem})) from None
    except (YAMLError, RecursionError) as error:
        offset = getattr(error, "position", None) or 0
        raise StopReadingError(Fault("not-yaml", offset, {"problem": str(error)})) from None


def _where(error: MarkedYAMLError) -> int:
    """Return the offset at which to look: where a quote, bracket or key began, not where it was missed."""
    began = (error.context or "").startswith(("while scanning", "while parsing a flow"))
    mark = (error.context_mark if began else error.problem_mark) or error.problem_mark
    return mark.index if mark else 0


class Frame:
    """An open mapping or sequence; the next value goes ``into`` a place under ``key``.

    ``beside`` holds what is no field: the user's own keys and what the key ``merge`` merges.
    """

    __slots__ = ("beside", "container", "into", "is_map", "key", "merge")

    def __init__(self, container: Any, *, is_map: bool) -> None:
        self.container = container
        self.is_map = is_map
        self.key: str | None = None
        self.into: dict[str, Any] = container if is_map else {}
        self.beside: dict[str, Any] = {}
        self.merge: Any = None

    def put(self, value: Any) -> None:
        """Put a value where the last key said, or at the end of a list."""
        if self.is_map:
            self.into[self.key or ""] = value
            self.key = None
        else:
            self.container.append(value)


class Builder:
    """Builds the data of one document; what is wrong goes to ``faults``."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._top = Frame([], is_map=False)
        self._frame = self._top
        self._stack: list[Frame] = []
        self._anchors: dict[str, Any] = {}
        self._sizes: dict[str, tuple[int, int]] = {}
        self._aliased = 0
        self._documents = 0
        self._merges: dict[int, int] = {}  # how deep a mapping is merged, by identity

    @property
    def root(self) -> Any:
        """What the document holds; None for nothing."""
        return self._top.container[0] if self._top.container else None

    def read(self, text: str) -> None:
        """Read all of ``text``; raise StopReadingError where nothing more can be told."""
        handlers: Handlers = {
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        frame, scalar = self._frame, ScalarEvent
        for event in events(text):
            if type(event) is not scalar:
                handle = handlers.get(type(event))
                if handle is not None:
                    handle(event)
                    frame = self._frame
                continue
            value = event.value
            if event.ctag is not None or event.anchor is not None:
                self._mark(event, value)
            if frame.key is None and frame.is_map:
                frame.key = key = intern(value)
                frame.into = frame.container
                if key in frame.container or key[:1] in UNUSUAL:
                    self._unusual(frame, key, event)
                continue
            if value in NULLS and event.implicit[0]:
                value = None
            if frame.is_map:
                frame.into[frame.key] = value  # type: ignore[index]  # a value follows its key
                frame.key = None
            else:
                frame.container.append(value)

    def _fault(self, code: str, event: Any, **params: Any) -> None:
        self.faults.append(Fault(code, event.start_mark.index, params))

    def _stop(self, code: str, event: Any, **params: Any) -> StopReadingError:
        return StopReadingError(Fault(code, event.start_mark.index, params))

    def _mark(self, event: Any, value: Any) -> None:
        if event.ctag is not None:
            self._fault("yaml-tag", event, tag=str(event.ctag).replace(STANDARD_TAG, "!!"))
        if event.anchor is not None:
            self._anchors[event.anchor] = value
            self._sizes.pop(event.anchor, None)

    def _unusual(self, frame: Frame, key: str, event: Any) -> None:
        """Take a key that is no plain new one: a merge, the user's own, or there already."""
        if key in frame.container or key in frame.beside:
            self._fault("duplicate-key", event, key=key)
            frame.into = {}
        elif key == MERGE:
            frame.into, frame.merge = frame.beside, event
        elif key.startswith(OWN_PREFIX):
            frame.into = frame.beside

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._stop("two-documents", event)
        if event.version or event.tags:
            self._fault("yaml-directive", event)

    def _start(self, event: Any) -> None:
        if self._frame.is_map and self._frame.key is None:
            raise self._stop("complex-key", event)
        if len(self._stack) >= MAX_DEPTH:
            raise self._stop("too-deep", event, limit=MAX_DEPTH)
        is_map = type(event) is MappingStartEvent
        container: Any = {} if is_map else []
        self._mark(event, container)
        self._stack.append(self._frame)
        self._frame = Frame(container, is_map=is_map)

    def _end(self, _event: Any) -> None:
        frame = self._frame
        if frame.merge is not None:
            self._merge(frame)
        self._frame = self._stack.pop()
        self._frame.put(frame.container)

    def _alias(self, event: Any) -> None:
        name, frame = event.anchor, self._frame
        if frame.is_map and frame.key is None:
            raise self._stop("complex-key", event)
        if name not in self._anchors:
            self._fault("undefined-alias", event, name=name)
            frame.put(None)
            return
        value = self._anchors[name]
        if any(value is one.container for one in (*self._stack, frame)):
            raise self._stop("alias-loop", event, name=name)
        if name not in self._sizes:
            self._sizes[name] = _size(value)
        count, depth = self._sizes[name]
        self._aliased += count
        if self._aliased > MAX_ALIASED:
            raise self._stop("alias-bomb", event, limit=MAX_ALIASED)
        if len(self._stack) + depth > MAX_DEPTH:
            raise self._stop("too-deep", event, limit=MAX_DEPTH)
        frame.put(value)

    def _merge(self, frame: Frame) -> None:
        value = frame.beside[MERGE]
        depth = 0
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                self._fault("bad-merge", frame.merge)
                return
            depth = max(depth, self._merges.get(id(source), 0) + 1)
            if depth > MAX_DEPTH:
                raise self._stop("too-deep", frame.merge, limit=MAX_DEPTH)
            for key, inherited in source.items():
                frame.container.setdefault(key, inherited)
        self._merges[id(frame.container)] = depth


def _size(value: Any) -> tuple[int, int]:
    """Return how many nodes a value has and how deep it is, aliases written out."""
    if not isinstance(value, (dict, list)):
        return 1, 0
    sizes = [_size(one) for one in (value.values() if isinstance(value, dict) else value)]
    return 1 + sum(count for count, _ in sizes), 1 + max((depth for _, depth in sizes), default=0)


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
