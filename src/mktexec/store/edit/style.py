"""How the neighbours of a place are written, for what is to stand among them."""

from collections.abc import Sequence
from typing import NamedTuple

from mktexec.dates import parse_day
from mktexec.source import MAPPING, SCALAR, SEQUENCE
from mktexec.store.edit.cut import STEP, column, head_of
from mktexec.store.edit.tree import PLAIN, Node

SINGLE, DOUBLE = "'", '"'
QUOTES = (SINGLE, DOUBLE)


class Style(NamedTuple):
    """Columns of a step inwards, quotes around keys and texts, and what stands on lines of its own.

    ``flush`` says whether a list's dashes stand right below its key.
    """

    step: int = STEP
    key: str = PLAIN
    text: str = PLAIN
    lists: bool = False
    maps: bool = False
    flush: bool = False


def style_of(text: str, nodes: Sequence[Node], step: int = STEP) -> Style:
    """Return how ``nodes``, the values of one map, are written."""
    keys = [text[one.key_start : one.key_start + 1] for one in nodes if one.key_start >= 0]
    texts = [one.style for one in nodes if one.kind == SCALAR and not one.empty and not is_figure(one.value)]
    quote = _usual_quote(keys)
    return Style(
        step,
        quote,
        _usual_quote(texts) if quote or len(texts) > 1 else PLAIN,  # one may have needed it
        lists := _on_lines(nodes, SEQUENCE),
        _on_lines(nodes, MAPPING, unless=lists),
        any(_flush(text, one) for one in nodes),
    )


def _usual_quote(signs: Sequence[str]) -> str:
    """Return the quote that more than half of ``signs`` are."""
    return next((sign for sign in QUOTES if signs.count(sign) * 2 > len(signs)), PLAIN)


def _on_lines(nodes: Sequence[Node], kind: int, *, unless: bool = False) -> bool:
    """Return whether all collections of a kind that hold something have it on lines; else ``unless``.

    What is kept by days says nothing of others: it grows, and so stands on lines everywhere.
    """
    written = [one.flow for one in nodes if one.kind == kind and one.children and not by_day(one)]
    return not any(written) if written else unless


def by_day(node: Node) -> bool:
    """Return whether all keys of a node are days."""
    return all(parse_day(child.key) for child in node.children)


def _flush(text: str, node: Node) -> bool:
    if node.kind != SEQUENCE or node.flow or not node.children or node.key_start < 0:
        return False
    return column(text, head_of(text, node.children[0])) == column(text, node.key_start)


def is_figure(text: str) -> bool:
    """Return whether a text is a number, which stands bare even where texts are quoted."""
    return text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii()
