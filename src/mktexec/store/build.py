"""YAML events → plain data whose scalars are all text, with what is wrong in the text."""

from sys import intern
from typing import Any

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mktexec.source import Path
from mktexec.store.events import MAX_DEPTH, MERGE, NULLS, Fault, Handlers, StopReadingError, events

MAX_ALIASED = 100_000
OWN_PREFIX = "x-"
STANDARD_TAG = "tag:yaml.org,2002:"
UNUSUAL = "x<"  # first letters of own keys and of the merge key


class Frame:
    """An open mapping or sequence; the next value goes ``into`` a place under ``key``.

    ``beside`` holds what is no field: the user's own keys and what the key ``merge`` merges.
    ``path`` is where a mapping stands whose keys begin sections or entries, None for all others.
    """

    __slots__ = ("beside", "container", "into", "is_map", "key", "merge", "path")

    def __init__(self, container: Any, path: Path | None = None, *, is_map: bool) -> None:
        self.container = container
        self.is_map = is_map
        self.path = path
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
    """Builds the data of one document; what is wrong goes to ``faults``.

    ``starts`` holds the offset of the key of every section and of every entry in one, where
    they stand on lines and not in brackets.
    """

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.starts: dict[Path, int] = {}
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

    @property
    def anchored(self) -> bool:
        """True where something has a name under which it may stand in other places too."""
        return bool(self._anchors)

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
                if frame.path is not None:
                    self.starts[*frame.path, key] = event.start_mark.index
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
        path = None if event.flow_style else self._path_inside()
        self._frame = Frame(container, path, is_map=is_map)

    def _path_inside(self) -> Path | None:
        """Return the path of a value that begins here, if its keys are sections or entries."""
        outer = self._frame
        if outer is self._top:
            return ()
        return (outer.key or "",) if outer.path == () else None

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
