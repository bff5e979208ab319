"""Where things begin and end in a text, and cuts in it; every character that is not cut stays."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from mktexec.source import MAPPING
from mktexec.store.edit.tree import Node

STEP = 2
BREAK = re.compile(r"\r\n|\r|\n")
COLON = re.compile(r"[ \t]*:")
COMMENT = re.compile(r"[ \t]+#")
BLANKS = re.compile(r"[ \t]*")


class Splice(NamedTuple):
    """``text`` takes the place of what stands from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class CannotSpliceError(Exception):
    """The text is written in a way in which this operation could hurt what stands beside it."""


def spliced(text: str, splices: Sequence[Splice], newline: str) -> str:
    """Return ``text`` with all splices made, their line ends written as ``newline``."""
    for _, one in sorted(enumerate(splices), key=lambda item: (item[1].start, item[0]), reverse=True):
        text = text[: one.start] + one.text.replace("\n", newline) + text[one.end :]
    return text


def line_start(text: str, offset: int) -> int:
    """Return where the line begins that holds ``offset``."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_end(text: str, offset: int) -> int:
    """Return where the line that holds ``offset`` ends, before its line end."""
    found = BREAK.search(text, offset)
    return found.start() if found else len(text)


def column(text: str, offset: int) -> int:
    """Return how many characters stand before ``offset`` on its line."""
    return offset - line_start(text, offset)


def head_of(text: str, node: Node) -> int:
    """Return where a node with its key or dash begins."""
    if node.key_start >= 0:
        return node.key_start
    dash = text.rfind("-", 0, node.start)
    if dash < 0 or text[dash + 1 : node.start].strip():
        raise CannotSpliceError
    return dash


def behind_key(text: str, node: Node) -> int:
    """Return where the value of a node may begin: behind its colon or dash, if it has one."""
    if node.key_start >= 0:
        colon = COLON.match(text, node.key_end)
        if colon is None and not in_flow(node):  # "? key", its colon on another line
            raise CannotSpliceError
        return colon.end() if colon else node.key_end
    return node.start if node.parent is None or node.parent.flow else head_of(text, node) + 1


def in_flow(node: Node) -> bool:
    """Return whether a node stands between brackets."""
    return node.parent is not None and node.parent.flow


def last_line_end(text: str, node: Node, indent: int) -> int:
    """Return the end of the last line of a block value; deeper comments right below belong to it."""
    end = line_end(text, max(node.end, behind_key(text, node)))
    while end < len(text):
        below = BREAK.match(text, end)
        start = below.end() if below else len(text)
        first = BLANKS.match(text, start)
        at = first.end() if first else start
        if text[at : at + 1] != "#" or at - start <= indent:
            break
        end = line_end(text, at)
    return end


def head_in_flow(node: Node) -> int:
    """Return where an item in brackets begins, its key included."""
    return node.key_start if node.key_start >= 0 else node.start


def step_near(text: str, node: Node) -> int:
    """Return by how much the text indents what stands below ``node``, or near it."""
    near = [node, *(node.parent.children if node.parent else ()), *([node.parent] if node.parent else [])]
    for one in near:
        if one.kind == MAPPING and not one.flow and one.children and one.key_start >= 0:
            step = column(text, one.children[0].key_start) - column(text, one.key_start)
            if step > 0:
                return step
    return STEP


def aligned(text: str, end: int, grown: int) -> list[Splice]:
    """Keep the comment behind what ends at ``end`` in its column, if it had one, where that grew."""
    comment = COMMENT.match(text, end)
    if not comment:
        return []
    gap = comment.end() - 1 - end
    wanted = max(1, gap - grown) if gap > 1 else 1
    return [Splice(end, end + gap, " " * wanted)] if wanted != gap else []


def comment_start(text: str, offset: int) -> int:
    """Return where the comment begins that stands right above a line and belongs to it, else the line."""
    start = line_start(text, offset)
    indent = text[start:offset]
    while start:
        above = line_start(text, text.rfind("\n", 0, start))
        if not text.startswith(indent + "#", above):
            break
        start = above
    return start
