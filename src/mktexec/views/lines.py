"""Which lines of a text differ from another's."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
RUN = 3  # equal lines after which two texts are taken to go together again
NEAR, FARTHER = 16, 4  # lines to look ahead at first, and how much more each time
MOST_PAIRS = 40_000  # lines x lines that are matched thoroughly, which takes their product at worst

Meeting = tuple[int, int]
"""How far two texts were read when they go together again."""


class Hunk(NamedTuple):
    """Lines, with their ends, that stand in the place of others.

    ``old`` and ``new`` are the numbers of the first line in the old and the new text, from 1.
    """

    old: int
    new: int
    removed: list[str]
    added: list[str]


class FileChange(NamedTuple):
    """What changed in one file."""

    file: str
    hunks: list[Hunk]


def changes(texts: Sequence[tuple[str, str, str]]) -> list[FileChange]:
    """Return the changes of files, each given with its old and its new text."""
    return [FileChange(file, _between(old, new)) for file, old, new in texts]


def _between(old: str, new: str) -> list[Hunk]:
    """Return what differs; the lines before and behind, nearly all as a rule, are not even taken apart."""
    start = old.rfind("\n", 0, _common(old, new)) + 1
    old_rest, new_rest = old[start:], new[start:]
    behind = _common(old_rest[::-1], new_rest[::-1])
    tail = old_rest[len(old_rest) - behind :]
    kept = len(tail) - (tail.find("\n") + 1) if "\n" in tail else 0
    old_lines, new_lines = (LINE.findall(one[: len(one) - kept]) for one in (old_rest, new_rest))
    first = 1 + sum(sign * old.count(end, 0, start) for end, sign in (("\n", 1), ("\r", 1), ("\r\n", -1)))
    return [_hunk(one, first, first) for one in _hunks(old_lines, new_lines)]


def _common(one: str, two: str) -> int:
    """Return how many characters are the same from the beginning on, comparing halves of what is left."""
    least, most = 0, min(len(one), len(two))
    while least < most:
        middle = (least + most + 1) // 2
        if two.startswith(one[least:middle], least):
            least = middle
        else:
            most = middle - 1
    return least


def _hunks(old: list[str], new: list[str], run: int = RUN) -> Iterator[Hunk]:
    """Yield what differs between two lists of lines, counted from 0.

    Both are walked at once; time grows with their length, not with its square.
    """
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        after, behind = _meeting(old, new, i, j, run)
        block = Hunk(i, j, old[i:after], new[j:behind])
        yield from _refined(block, run)
        i, j = after, behind


def _meeting(old: list[str], new: list[str], i: int, j: int, run: int) -> Meeting:
    """Return the nearest place behind ``i`` and ``j`` where ``run`` lines are equal, else both ends."""
    room = NEAR
    while True:
        found = _nearest(old, new, i, j, run, room)
        if found or (i + room >= len(old) and j + room >= len(new)):
            return found or (len(old), len(new))
        room *= FARTHER


def _nearest(old: list[str], new: list[str], i: int, j: int, run: int, room: int) -> Meeting | None:
    ahead: dict[tuple[str, ...], int] = {}
    for b in range(j, min(j + room, len(new))):
        ahead.setdefault(tuple(new[b : b + run]), b)
    best = None
    for a in range(i, min(i + room, len(old))):
        if best and a + j >= sum(best):
            break
        b = ahead.get(tuple(old[a : a + run]), -1)
        if b >= 0 and (best is None or a + b < sum(best)):
            best = a, b
    return best


def _refined(block: Hunk, run: int) -> Iterator[Hunk]:
    """Yield the parts of a block that differ: found thoroughly in a small one, by single lines else."""
    old, new = block.removed, block.added
    if not old or not new:
        yield block
    elif len(old) * len(new) <= MOST_PAIRS:
        yield from (_hunk(one, block.old, block.new) for one in _matched(old, new))
    elif run > 1:
        yield from (_hunk(one, block.old, block.new) for one in _hunks(old, new, 1))
    else:
        yield block


def _matched(old: list[str], new: list[str]) -> Iterator[Hunk]:
    from difflib import SequenceMatcher

    for tag, i, after, j, behind in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Hunk(i, j, old[i:after], new[j:behind])


def _hunk(one: Hunk, old: int, new: int) -> Hunk:
    """Return a hunk with its numbers counted on from ``old`` and ``new``."""
    return one._replace(old=one.old + old, new=one.new + new)
