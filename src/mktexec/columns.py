"""How many columns a text takes on a screen: CJK and emoji take two, marks none."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

EMOJI_STYLE = "\ufe0f"


@lru_cache(maxsize=8192)
def _char_width(char: str) -> int:
    """Return the columns of a character on its own."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def width(text: str) -> int:
    """Return how many columns ``text`` takes."""
    if text.isascii():
        return len(text)
    if EMOJI_STYLE not in text:
        return sum(map(_char_width, text))
    return sum(size for _, size in clusters(text))


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character with the marks that stand on it, and the columns they take."""
    cluster, size = "", 0
    for char in text:
        own = _char_width(char)
        if own and cluster:
            yield cluster, size
            cluster, size = "", 0
        cluster += char
        size = 2 if char == EMOJI_STYLE and size else size + own
    if cluster:
        yield cluster, size
