"""Another value in the place of the one that is there."""

import re

from mktexec.columns import width
from mktexec.source import MAPPING, SCALAR, SEQUENCE
from mktexec.store.edit import emit
from mktexec.store.edit.cut import (
    BLANKS,
    BREAK,
    COMMENT,
    CannotSpliceError,
    Splice,
    aligned,
    behind_key,
    column,
    head_of,
    in_flow,
    last_line_end,
    line_end,
    step_near,
)
from mktexec.store.edit.style import DOUBLE, QUOTES, style_of
from mktexec.store.edit.tree import PLAIN, Data, Node

BLOCKS = ("|", ">")
SIGN_COMMENT = re.compile(r"[|>][-+0-9]*([ \t]+#[^\r\n]*)")


def put_value(text: str, node: Node, data: Data) -> list[Splice]:
    """Replace the value of ``node``."""
    first_line = line_end(text, node.start)
    if node.anchor and first_line < node.end and "#" in text[node.start : first_line]:
        raise CannotSpliceError  # a comment between an anchor and what it names
    nothing = emit.NOTHING if node.key_start < 0 else ""
    if in_flow(node):
        quote = node.style if node.style in QUOTES else PLAIN
        written = emit.scalar(data, quote, flow=True) if isinstance(data, str) else emit.flow(data)
        return _put_inline(text, node, written or nothing)
    indent = column(text, head_of(text, node)) if node.parent is not None else 0
    step = step_near(text, node)
    style = style_of(text, node.parent.children if node.parent else (), step)
    if data is None or isinstance(data, str):
        written = _block_scalar(text, node, data, indent + step) if data is not None else nothing
        return _put_inline(text, node, _with_comment(text, node, written))
    if not node.null:  # what it was, it stays: on its line or on lines
        on_lines = node.kind in (MAPPING, SEQUENCE) and not node.flow
        style = style._replace(maps=on_lines, lists=on_lines)
    on_line = node.flow or node.kind == SCALAR
    if not data or (on_line and emit.is_small(data, column(text, node.start), style)):
        return _put_inline(text, node, _with_comment(text, node, emit.flow(data, style)))
    if isinstance(data, dict):
        return _put_below(text, node, "\n".join(emit.lines(data, indent + step, style)))
    return _put_below(text, node, "\n".join(emit.items(data, indent + (0 if style.flush else step), style)))


def _block_scalar(text: str, node: Node, data: str, indent: int) -> str:
    """Return a text in the style of the value that it replaces."""
    if node.style not in BLOCKS and _no_room(text, node):
        return emit.scalar(data, DOUBLE if "\n" in data else node.style)
    return emit.value(data, indent, PLAIN if "\n" in data else node.style)


def _with_comment(text: str, node: Node, written: str) -> str:
    """Return a value with the comment that stood behind the sign of the block that it replaces."""
    comment = SIGN_COMMENT.match(text, node.start) if node.style in BLOCKS else None
    head, *body = written.split("\n")
    return "\n".join([head + (comment[1] if comment else ""), *body])


def _grown(text: str, start: int, end: int, written: str) -> int:
    """Return by how many columns a value grows."""
    return width(written) - width(text[start:end])


def _no_room(text: str, node: Node) -> bool:
    """Return whether lines below a value would swallow a comment, or stand behind blanks."""
    beside = text[node.end : line_end(text, node.end)]
    below = last_line_end(text, node, column(text, head_of(text, node))) if node.parent is not None else 0
    return bool(beside) or below > line_end(text, node.end)


def _put_inline(text: str, node: Node, written: str) -> list[Splice]:
    """Put a value behind its key or dash, keeping a comment behind it in its column."""
    begin = behind_key(text, node)
    if node.empty:
        gap = BLANKS.match(text, begin)
        blank = gap is not None and (in_flow(node) or gap.end() == line_end(text, begin))
        end = gap.end() if gap and blank else begin
        lead = ": " if node.key_start >= 0 and text[node.key_end : begin].strip() != ":" else " "
        return [
            Splice(begin, end, lead + written),
            *aligned(text, end, _grown(text, begin, end, lead + written)),
        ]
    start, end = max(node.start, begin), node.end
    on_lines = node.kind != SCALAR and not in_flow(node) and bool(node.children)
    if on_lines and not node.flow:  # what is said beside its last line is about what goes
        end = last_line_end(text, node, column(text, head_of(text, node.children[0])))
    if "#" in text[begin:start]:
        if not written and COMMENT.match(text, end):
            raise CannotSpliceError  # two comments would become one
        start = start if written else begin + len(text[begin:start].rstrip())
    elif on_lines:
        start, written = begin, " " * bool(written) + written
    elif not written:
        start = begin + (in_flow(node) and end < line_end(text, end))  # ": }", but nothing at a line's end
    if BREAK.search(text, start, end) or "\n" in written:
        return [Splice(start, end, written)]
    return [Splice(start, end, written), *aligned(text, end, _grown(text, start, end, written))]


def _put_below(text: str, node: Node, block: str) -> list[Splice]:
    """Put lines below a key in place of its value, keeping a comment behind the key."""
    begin = behind_key(text, node)
    if node.empty:
        at = line_end(text, begin)
        return [Splice(at, at, "\n" + block)]
    if BREAK.search(text, begin, node.end) is None:  # on the key's own line
        at = line_end(text, node.end)
        end = node.end if text[node.end : at].strip() else at
        return [Splice(begin, end, ""), Splice(at, at, "\n" + block)]
    if node.style in BLOCKS and SIGN_COMMENT.match(text, node.start):
        raise CannotSpliceError
    if "#" in text[begin : node.start]:  # the comments stay above the lines
        begin += len(text[begin : node.start].rstrip())
    return [Splice(begin, node.end, "\n" + block)]
