"""A text as a tree of nodes that know where they stand; for the one entry that an edit touches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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

from mktexec.source import ALIAS, MAPPING, SCALAR, SEQUENCE
from mktexec.store.events import MERGE, NULLS, Fault, StopReadingError, events

Data = Any
"""Plain data: text, None, lists and dicts of it; every scalar is text."""

PLAIN = ""


@dataclass(slots=True, eq=False)
class Node:
    """A value with its key, if it has one; offsets count characters, ``end`` is behind the last one.

    ``style`` is a scalar's quote or block sign, ``flow`` says whether a collection stands in brackets.
    """

    kind: int
    start: int
    end: int
    key: str = ""
    key_start: int = -1
    key_end: int = -1
    value: str = ""
    style: str = PLAIN
    flow: bool = False
    anchor: str | None = None
    parent: "Node | None" = None
    target: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """True where nothing is written."""
        return self.kind == SCALAR and self.start == self.end and self.style == PLAIN

    @property
    def null(self) -> bool:
        """True for nothing, or a word that means nothing."""
        return self.kind == SCALAR and self.style == PLAIN and self.value in NULLS


def compose(text: str) -> Node:
    """Return the root of ``text``, an empty mapping for nothing.

    Raises StopReadingError where the text is no YAML, or has two documents or keys that are no text.
    """
    root = Node(MAPPING, 0, 0)
    stack = [root]
    key: tuple[str, int, int] | None = None
    anchors: dict[str, Node] = {}
    begun = False
    for event in events(text):
        kind = type(event)
        if kind is DocumentStartEvent:
            if begun:
                raise StopReadingError(Fault("two-documents", event.start_mark.index))
            begun = True
        elif kind in (MappingEndEvent, SequenceEndEvent):
            node = stack.pop()
            node.end = event.end_mark.index if node.flow else _last_end(node)
        elif kind in KINDS:
            here = stack[-1]
            if kind is ScalarEvent and here.kind == MAPPING and here is not root and key is None:
                key = (event.value, event.start_mark.index, event.end_mark.index)
                continue
            node = _node(event, text, anchors)
            _hang(node, here, key)
            key = None
            if kind in (MappingStartEvent, SequenceStartEvent):
                stack.append(node)
    return _detached(root.children[0]) if root.children else root


KINDS = {
    ScalarEvent: SCALAR,
    MappingStartEvent: MAPPING,
    SequenceStartEvent: SEQUENCE,
    AliasEvent: ALIAS,
}


def _node(event: Any, text: str, anchors: dict[str, Node]) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    node = Node(KINDS[type(event)], start, end, anchor=event.anchor)
    if node.kind == SCALAR:
        node.value, node.style = event.value, event.style or PLAIN
        if node.style in ("|", ">"):
            node.end = _block_end(text, start, end)
    elif node.kind == ALIAS:
        node.target = anchors.get(event.anchor)
    else:
        node.flow = bool(event.flow_style)
    if event.anchor is not None and node.kind != ALIAS:
        anchors[event.anchor] = node
    return node


def _hang(node: Node, parent: Node, key: tuple[str, int, int] | None) -> None:
    """Make ``node`` a child of ``parent``, under its key or by its index."""
    node.parent = parent
    if key is not None:
        node.key, node.key_start, node.key_end = key
    elif parent.kind == SEQUENCE:
        node.key = str(len(parent.children))
    elif parent.parent is not None:  # a key that is a collection
        raise StopReadingError(Fault("complex-key", node.start))
    parent.children.append(node)


def _detached(root: Node) -> Node:
    root.parent = None
    return root


def _last_end(node: Node) -> int:
    """Return where a block collection's last value ends; the parser's mark is at the next token."""
    last = node.children[-1]
    return max(last.end, last.key_end + 1) if last.empty else last.end


def _block_end(text: str, start: int, end: int) -> int:
    """Return where the lines of a block scalar end; the parser's mark is behind the empty lines."""
    body = text[start:end]
    if "+" in body.split("\n", 1)[0]:
        return start + len(body.removesuffix("\n").removesuffix("\r"))
    lines = body.split("\n")
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    return start + len("\n".join(lines).removesuffix("\r"))


def plain(node: Node) -> Data:
    """Return the data of ``node``, aliases and merges written out."""
    if node.kind == SCALAR:
        return None if node.null else node.value
    if node.kind == ALIAS:
        return plain(node.target) if node.target is not None else f"*{node.anchor}"
    if node.kind == SEQUENCE:
        return [plain(child) for child in node.children]
    own = {child.key: plain(child) for child in node.children if child.key != MERGE}
    merged = [plain(child) for child in node.children if child.key == MERGE]
    for source in (one for value in merged for one in (value if isinstance(value, list) else [value])):
        own = (source if isinstance(source, dict) else {}) | own
    return own


def find(root: Node, path: Sequence[str]) -> Iterator[Node]:
    """Yield the nodes along ``path`` as far as they are written, ``root`` first."""
    node = root
    yield node
    for step in path:
        found = next((child for child in node.children if child.key == step), None)
        if found is None:
            return
        yield found
        node = found
