"""Data → YAML text in a wanted style; the parser itself judges what a style can hold."""

import re
from collections.abc import Sequence
from functools import lru_cache
from io import StringIO
from typing import Any

from mktexec.columns import width
from mktexec.dates import parse_day
from mktexec.store.edit.style import DOUBLE, SINGLE, Style, is_figure
from mktexec.store.edit.tree import PLAIN, Data
from mktexec.store.events import NULLS, StopReadingError, events

WIDEST = 100  # columns of a collection on one line
NOTHING = "~"  # where an empty place would not be seen, in a list
USUAL = Style()
UNSEEN = re.compile("[\t\x85\u2028\u2029]")  # escaped, so that they are seen; some parsers stumble over them
UNSEEN_END = re.compile(r"[ \t](?:\n|\Z)")  # blanks that a block would leave at the end of a line
DASH = 2  # columns of a list's dash and the space behind it


@lru_cache(maxsize=4096)
def scalar(text: str, style: str = PLAIN, *, flow: bool = False, key: bool = False) -> str:
    """Return ``text`` as a scalar on one line: in ``style`` where it can be, else in the next that can."""
    if style != DOUBLE and not UNSEEN.search(text):
        for wanted in dict.fromkeys((style, PLAIN, SINGLE)):
            written = "'" + text.replace("'", "''") + "'" if wanted == SINGLE else text
            if wanted in (PLAIN, SINGLE) and _reads_back(written, text, flow=flow, key=key):
                return written
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    return _dumped(DoubleQuotedScalarString(text)).removesuffix("\n")


def _reads_back(written: str, text: str, *, flow: bool, key: bool) -> bool:
    """Return whether the parser takes ``written`` for ``text``, in a map or between brackets."""
    if "\n" in written or "\r" in written or (written in NULLS and not key):
        return False
    around = f"{written}: v" if key else f"k: {written}"
    wanted: list[str | None] = [text, "v"] if key else ["k", text]
    if flow:
        around, wanted = "[{" + around + "}, x]", [None, None, *wanted, "x"]
    else:
        wanted = [None, *wanted]
    try:
        seen = [event for event in events(around) if hasattr(event, "ctag")]
    except StopReadingError:
        return False
    plain = all(event.anchor is None and event.ctag is None for event in seen)
    return plain and [getattr(event, "value", None) for event in seen] == wanted


def literal(text: str, indent: int) -> str | None:
    """Return ``text`` as a literal block whose lines stand at ``indent``, None where it cannot be one."""
    from ruamel.yaml.scalarstring import LiteralScalarString

    head, *body = _dumped({"k": LiteralScalarString(text)}).removeprefix("k: ").removesuffix("\n").split("\n")
    if not head.startswith("|") or head[1:2].isdigit():  # no block, or one that begins with spaces
        return None
    return "\n".join([head, *(" " * indent + line.removeprefix("  ") if line else "" for line in body)])


def _dumped(value: Any) -> str:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width = 10**9
    yaml.allow_unicode = True
    stream = StringIO()
    yaml.dump(value, stream)
    return stream.getvalue().removesuffix("...\n")


def value(text: str, indent: int, quote: str = PLAIN) -> str:
    """Return a text as it stands behind a block's key: on one line, or several lines below at ``indent``."""
    several = "\n" in text.strip("\n") and "\r" not in text and not UNSEEN_END.search(text)
    block = literal(text, indent) if several and quote not in (SINGLE, DOUBLE) else None
    return scalar(text, quote) if block is None else block


def _quote(text: str, style: Style) -> str:
    return PLAIN if is_figure(text) else style.text


def flow(data: Data, style: Style = USUAL) -> str:
    """Return data on one line, collections in brackets."""
    if isinstance(data, dict):
        heads = (scalar(key, style.key, flow=True, key=True) for key in data)
        return (
            "{"
            + ", ".join(f"{head}: {flow(data[key], style)}" for head, key in zip(heads, data, strict=True))
            + "}"
        )
    if isinstance(data, list):
        return "[" + ", ".join(flow(one, style) or NOTHING for one in data) + "]"
    return "" if data is None else scalar(data, _quote(data, style), flow=True)


def lines(data: dict[str, Data], indent: int, style: Style = USUAL) -> list[str]:
    """Return a map as block lines at ``indent``, small collections in brackets unless the style has lines."""
    found: list[str] = []
    inside = style._replace(maps=False) if _by_day(data) else style  # a day's record is short
    for key, one in data.items():
        found += _entry(" " * indent + scalar(key, style.key, key=True) + ":", one, indent, inside)
    return found


def _by_day(data: dict[str, Data]) -> bool:
    return bool(data) and all(parse_day(key) for key in data)


def items(data: Sequence[Data], indent: int, style: Style = USUAL) -> list[str]:
    """Return a list as block lines whose dashes stand at ``indent``."""
    found: list[str] = []
    for one in data:
        dash = " " * indent + "-"
        if isinstance(one, dict) and not is_small(one, indent + 1, style):
            first, *rest = lines(one, indent + DASH, style)
            found += [f"{dash} {first.lstrip()}", *rest]
        else:
            found += _entry(dash, one, indent, style) if one is not None else [f"{dash} {NOTHING}"]
    return found


def _entry(head: str, data: Data, indent: int, style: Style) -> list[str]:
    """Return ``head`` with its value behind or below it."""
    if data is None:
        return [head]
    if isinstance(data, str):
        return f"{head} {value(data, indent + style.step, _quote(data, style))}".split("\n")
    if is_small(data, width(head), style):
        return [f"{head} {flow(data, style)}"]
    if isinstance(data, dict):
        return [head, *lines(data, indent + style.step, style)]
    return [head, *items(data, indent + (0 if style.flush else style.step), style)]


def is_small(data: Data, before: int, style: Style = USUAL) -> bool:
    """Return whether a collection reads well on one line behind ``before`` columns.

    What is kept by days does not: it grows, and two people's additions must not meet on a line.
    """
    if not data:
        return True
    if style.maps if isinstance(data, dict) else style.lists:
        return False
    if isinstance(data, dict) and _by_day(data):
        return False
    values = list(data.values() if isinstance(data, dict) else data)
    nested = any(isinstance(one, (dict, list)) and one for one in values)
    broken = any(isinstance(one, str) and "\n" in one for one in values)
    return not nested and not broken and before + 1 + width(flow(data, style)) <= WIDEST
