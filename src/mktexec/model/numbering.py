"""The next id in a plan's own numbering."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from typing import NamedTuple

NUMBERED = re.compile(r"(.*?)([0-9]+)")
PARTS = "-_"  # between an id and the number of its part: G1-07
LONGEST = 64  # as in dates.ID


class Number(NamedTuple):
    """An id as a prefix and the digits behind it."""

    prefix: str
    digits: str


def next_id(ids: Sequence[str], taken: Container[str], first: str | None = None) -> str | None:
    """Return the id after the highest of ``ids``, those of a section in the order of the plan.

    It has the prefix and the width of most of them, leaves gaps as they are, and is none of
    those ``taken`` in other sections. For no ids it is ``first``, or the next after it. None
    where the ids have no numbering.
    """
    series = _series(ids) if ids else [one for one in [_number(first or "")] if one]
    if not series:
        return None
    known = frozenset(ids)
    width = max(len(one.digits) for one in series)
    number = max(int(one.digits) for one in series) + (1 if ids else 0)
    while (found := f"{series[0].prefix}{number:0{width}d}") in known or found in taken:
        number += 1
    return found if len(found) <= LONGEST else None


def _number(text: str) -> Number | None:
    found = NUMBERED.fullmatch(text) if len(text) <= LONGEST else None
    return Number(found[1], found[2]) if found else None


def _series(ids: Sequence[str]) -> list[Number]:
    """Return the numbers of the prefix that most ids have, the latest of equals; none if few have one.

    Left out are parts of others, as G1-07 of G1, and names told apart by a number, as li2 from li.
    """
    known = frozenset(ids)
    numbers = [one for one in map(_number, ids) if one and one.prefix not in known]
    prefixes = {one.prefix for one in numbers}
    plain = [one for one in numbers if not _is_part(one, known, prefixes)]
    counts = Counter(one.prefix for one in plain or numbers)
    most = max(counts.values(), default=0)
    others = [one for one in ids if _number(one) is None and not _is_named_part(one, known)]
    if most < max(1, len(others)):
        return []
    prefix = next(one.prefix for one in reversed(plain or numbers) if counts[one.prefix] == most)
    return [one for one in plain or numbers if one.prefix == prefix]


def _is_named_part(text: str, known: Container[str]) -> bool:
    """Return whether an id is another one with a word behind it: G1-PRE."""
    whole = re.split(f"[{PARTS}]", text)[0]
    return whole != text and whole in known


def _is_part(number: Number, known: Container[str], prefixes: Container[str]) -> bool:
    whole = number.prefix.rstrip(PARTS)
    above = _number(whole)
    return whole in known or (above is not None and above.prefix in prefixes)
