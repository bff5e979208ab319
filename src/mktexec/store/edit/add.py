"""A new key or item among those that are there, written like them."""

import re
from collections.abc import Sequence

from mktexec.source import MAPPING, SCALAR
from mktexec.store.edit import emit
from mktexec.store.edit.cut import (
    BREAK,
    CannotSpliceError,
    Splice,
    aligned,
    behind_key,
    column,
    comment_start,
    head_in_flow,
    head_of,
    last_line_end,
    line_end,
    line_start,
    step_near,
)
from mktexec.store.edit.put import put_value
from mktexec.store.edit.style import style_of
from mktexec.store.edit.tree import Data, Node


def add_key(text: str, parent: Node, key: str, data: Data, before: int, *, entry: bool) -> list[Splice]:
    """Add a key to a map, behind its first ``before`` children; an ``entry`` is written like its siblings."""
    if parent.kind == SCALAR:  # nothing yet
        return put_value(text, parent, {key: data})
    if not parent.children:
        return _first_in(text, parent, {key: data})
    like = parent.children[before - 1 if before else 0]
    inside = entry or parent.parent is None  # an entry, or a section
    level = like.children if inside and like.kind == MAPPING and like.children else parent.children
    style = style_of(text, level, step_near(text, parent.children[-1]))
    head = emit.scalar(key, style_of(text, parent.children).key, flow=parent.flow, key=True)
    if parent.flow:
        return _add_in_flow(text, parent, f"{head}: {emit.flow(data, style)}", before)
    indent = column(text, parent.children[0].key_start)
    row = " " * indent + head + ":"
    if entry and isinstance(data, dict) and like.flow:
        rows = [f"{row} {emit.flow(data, style)}"]
    elif entry and isinstance(data, dict) and like.children:
        rows = [row, *emit.lines(data, indent + style.step, style)]
    else:
        rows = emit.lines({key: data}, indent, style)
    return _add_lines(text, parent.children, rows, before, indent)


def add_item(text: str, parent: Node, data: Data) -> list[Splice]:
    """Add an item at the end of a list, written like the last one."""
    if not parent.children:
        return _first_in(text, parent, [data])
    last = parent.children[-1]
    if last.kind == MAPPING:
        style = style_of(text, last.children)._replace(maps=not last.flow)
    else:
        style = style_of(text, parent.children)
    if parent.flow:
        return _add_in_flow(text, parent, emit.flow(data, style) or emit.NOTHING, len(parent.children))
    indent = column(text, head_of(text, parent.children[0]))
    return _add_lines(text, parent.children, emit.items([data], indent, style), len(parent.children), indent)


def _first_in(text: str, parent: Node, data: Data) -> list[Splice]:
    """Put the first key or item into empty brackets, or into an empty text."""
    if parent.parent is None and not text.strip():
        return [Splice(0, len(text), "\n".join(emit.lines(data, 0)) + "\n")]
    if text[parent.start + 1 : parent.end - 1].strip():  # a comment inside
        raise CannotSpliceError
    return put_value(text, parent, data)


def _add_lines(
    text: str, siblings: Sequence[Node], rows: list[str], before: int, indent: int
) -> list[Splice]:
    """Add lines behind the first ``before`` siblings of a block, with an empty line where they have one."""
    if not before:
        head = head_of(text, siblings[0])
        if text[line_start(text, head) : head].strip():  # the first key behind a dash
            return [Splice(head, head, "\n".join(rows).lstrip(" ") + "\n" + " " * indent)]
        at = comment_start(text, head) or line_start(text, head)  # what begins a file is about all of it
        return [Splice(at, at, "\n".join(rows) + "\n")]
    at = last_line_end(text, siblings[before - 1], indent)
    apart = _apart(text, siblings, before, indent)
    return [Splice(at, at, "\n" + "\n" * apart + "\n".join(rows))]


def _apart(text: str, siblings: Sequence[Node], before: int, indent: int) -> int:
    """Return how many empty lines part the siblings here: 0 or 1."""
    pair = siblings[before - 2 : before] if before > 1 else siblings[before - 1 : before + 1]
    if len(pair) < 2:  # noqa: PLR2004  # a pair
        return 0
    between = text[last_line_end(text, pair[0], indent) : head_of(text, pair[1])]
    rows = BREAK.split(between)
    return int(any(not row.strip() for row in rows[1:-1]))


def _add_in_flow(text: str, parent: Node, written: str, before: int) -> list[Splice]:
    """Add an item between brackets, on a line of its own where the others have one."""
    children = parent.children
    if not before:
        at = head_in_flow(children[0])
        return [Splice(at, at, written + ", ")]
    last = children[before - 1]
    end = max(last.end, behind_key(text, last)) if last.empty else last.end
    comma = re.compile(r"\s*,").match(text, end)
    at = head_in_flow(last)
    alone = not text[line_start(text, at) : at].strip() and line_start(text, at) > parent.start
    if not alone:
        nothing = written.endswith(": ") and text[end : end + 1] in ("\r", "\n")  # no blanks at a line's end
        return [Splice(end, end, ", " + (written.rstrip(" ") if nothing else written))]
    row = "\n" + " " * column(text, at) + written
    rest = line_end(text, comma.end() if comma else end)
    if rest >= parent.end:
        rest = comma.end() if comma else end
    if comma:
        more = before < len(children) or _has_last_comma(text, parent)
        return [Splice(rest, rest, row + "," if more else row.rstrip())]
    return [Splice(end, end, ","), *aligned(text, end, 1), Splice(rest, rest, row.rstrip())]


def _has_last_comma(text: str, parent: Node) -> bool:
    """Return whether a comma stands behind the last item in brackets."""
    return text[parent.children[-1].end : parent.end - 1].lstrip()[:1] == ","
