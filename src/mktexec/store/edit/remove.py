"""Taking a key or item out, and calling a key otherwise."""

import re

from mktexec.columns import width
from mktexec.source import SEQUENCE
from mktexec.store.edit import emit
from mktexec.store.edit.cut import (
    BREAK,
    CannotSpliceError,
    Splice,
    aligned,
    behind_key,
    column,
    head_in_flow,
    head_of,
    in_flow,
    last_line_end,
    line_start,
)
from mktexec.store.edit.style import QUOTES
from mktexec.store.edit.tree import PLAIN, Node

REST_OF_LINE = re.compile(r"[ \t]*,?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)")
EMPTY = re.compile(r"[ \t]*(?:\r\n|\r|\n)")


def remove(text: str, node: Node) -> list[Splice]:
    """Take a node out with its key or dash; the last of a collection leaves empty brackets."""
    parent = node.parent
    if parent is None:
        raise CannotSpliceError
    if len(parent.children) == 1 and parent.parent is not None:
        return _emptied(text, parent)
    if parent.flow:
        return [_remove_in_flow(text, node, parent)]
    head = head_of(text, node)
    start, indent = line_start(text, head), column(text, head)
    if text[start:head].strip():  # the first key behind a dash
        following = parent.children[1].key_start
        if "#" in text[node.end : following]:
            raise CannotSpliceError
        return [Splice(head, following, "")]
    end = last_line_end(text, node, indent)
    if below := BREAK.match(text, end):
        return [Splice(start, _without_gap(text, start, below.end()), "")]
    return [Splice(len(text[:start].rstrip("\r\n")), end, "")]  # the last line, without an end


def _without_gap(text: str, start: int, end: int) -> int:
    """Return the end of what goes: with the empty line below where there is one above too."""
    above = text[line_start(text, max(0, start - 1)) : start]
    empty = EMPTY.match(text, end)
    return empty.end() if empty and start and not above.strip() else end


def _emptied(text: str, node: Node) -> list[Splice]:
    """Leave empty brackets where a collection was."""
    written = "[]" if node.kind == SEQUENCE else "{}"
    begin = behind_key(text, node)
    if node.flow:
        if "#" in text[node.start : node.children[0].start] + text[node.children[0].end : node.end]:
            raise CannotSpliceError
        return [Splice(node.start, node.end, written)]
    first = node.children[0]
    head = head_of(text, first)
    end = last_line_end(text, node, column(text, head))
    if "#" in text[begin:head]:  # comments stay where they are
        return [Splice(head, end, written)]
    return [Splice(begin, end, " " + written)]


def _remove_in_flow(text: str, node: Node, parent: Node) -> Splice:
    index = parent.children.index(node)
    head, end = head_in_flow(node), max(node.end, node.key_end)
    start, rest = line_start(text, head), REST_OF_LINE.match(text, end)
    if rest and not text[start:head].strip() and start > parent.start:  # alone on its lines
        return Splice(start, rest.end(), "")
    if index:
        before = parent.children[index - 1]
        cut = Splice(max(before.end, behind_key(text, before) if before.empty else 0), end, "")
    elif len(parent.children) > 1:
        cut = Splice(head, head_in_flow(parent.children[1]), "")
    else:
        cut = Splice(head, end, "")
    gone = text[cut.start : head] + text[end : cut.end]
    if gone.strip().strip(":,").strip():  # a comment, most likely
        raise CannotSpliceError
    return cut


def rename(text: str, node: Node, key: str) -> list[Splice]:
    """Write another key, in the same quotes."""
    sign = text[node.key_start : node.key_start + 1]
    quote = sign if sign in QUOTES else PLAIN
    written = emit.scalar(key, quote, flow=in_flow(node), key=True)
    colon = behind_key(text, node)
    end = max(node.end, colon)
    grown = width(written) - width(text[node.key_start : node.key_end])
    beside = colon if BREAK.search(text, colon, end) else end
    return [Splice(node.key_start, node.key_end, written), *aligned(text, beside, grown)]
