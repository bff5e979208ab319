"""Every edit that can be made to a text, derived from what it holds."""

from collections.abc import Iterator
from itertools import count

from edit_oracle import Reading, Spot
from mktexec.store.edit import Append, Edit, Put, Remove, Rename

VALUES = (
    *("60", "plain words", "新的值，60%", "🎉 ok", "two\nlines", "a: b", "# x", "a # b", "- y", "", "null"),
    *("~", " lead", "trail ", "it's", 'say "hi"', "*a", "&a", "!t", "%d", "@me", "`x", "[x", "{y}", "x]"),
    *("a, b", ",", ":", "?", "? k", "-", "--- a", "...", "2024-07-15", "yes", "007", "|", ">", "<<", "k:"),
    *("a:b", "a #b", "a#b", "\tx", "x\ty", "x\t", "\\n", "C:\\new", "http://e.org/a?b=c&d", "'", '"', "''"),
    *("one\n", "one\n\ntwo\n", "\nlate", "  deep\nflat", "a \nb", "x\n  y\n", "# x\ny", "\n", "é\u00a0è"),
    *(
        "全：角",
        "　宽",
        "a\u2028b",
        "end\n\n",
        "long " * 40,
        "长句，" * 60,
        "- a\n- b",
        "k: v\n",
        "'a' b",
        '"a" b',
    ),
)
KEYS = (
    *(
        "T900",
        "编号",
        "two words",
        "- x",
        "2024",
        "null",
        "~",
        "#x",
        "k: v",
        "x,y",
        "'q'",
        '"q"',
        "[k]",
        "{k",
    ),
    *(
        "? q",
        "a#b",
        "x-own",
        "*a",
        "&a",
        "!a",
        "|",
        "k:",
        "2024-07-15",
        "yes",
        "",
        "🎉",
        "a #b",
        "%",
        "@",
        " k",
    ),
)
ITEMS = (
    *(
        "more",
        "再一项",
        "a: b",
        "- x",
        "",
        None,
        "it's",
        "a, b",
        "two\nlines",
        {"title": "t", "note": "a: b"},
    ),
    *({"action": "新的"}, ["x", "y"], {"a": {"b": ["c"]}}, "# x", "[x]", {}, []),
)
WHOLE = (
    *(
        {"title": "t"},
        {"title": "新", "start": "2025-01-01", "note": "a # b"},
        ["one"],
        ["one", "two"],
        {},
        [],
    ),
    *({"a": {"b": "c"}}, [{"action": "x", "due": "2025-01-01"}], {"note": "two\nlines"}, [["a"], []], None),
    *(
        {"title": "t", "owner": None},
        {"a": "x" * 120},
        {"a": ["b", {"c": "d"}], "e": {}},
        {"长": "值，" * 50},
    ),
)
MERGE = "<<"
FIELDS = ("note", "x-own", "end", "title", "actual", "owner", "编号", "a b", "2025-04-01", "log", "null")


def edits(was: Reading, first: int, values: int) -> Iterator[Edit]:
    """Yield edits for every spot; ``values`` of each kind a spot, ``first`` says with which to begin."""
    turn = count(first * 17)
    for spot in was.spots:
        if MERGE in spot.path:  # is not in the data
            continue
        if spot.path:
            yield Remove(spot.path)
            yield from replacements(spot, turn, values)
            yield from names(spot, turn, values)
        yield from additions(spot, turn, values)


def replacements(spot: Spot, turn: Iterator[int], values: int) -> Iterator[Edit]:
    if spot.kind in {"scalar", "alias"}:
        for _ in range(values):
            yield Put(spot.path, VALUES[next(turn) % len(VALUES)])
        yield Append(spot.path, ITEMS[next(turn) % len(ITEMS)])
    for _ in range(max(1, values // 4)):
        yield Put(spot.path, WHOLE[next(turn) % len(WHOLE)])
    if spot.children:
        yield Put(spot.path, VALUES[next(turn) % len(VALUES)])


def names(spot: Spot, turn: Iterator[int], values: int) -> Iterator[Edit]:
    if spot.key is None:
        return
    taken = {one.path[-1] for one in spot.parent.children}
    for _ in range(max(1, values // 2)):
        name = KEYS[next(turn) % len(KEYS)]
        if name not in taken:
            yield Rename(spot.path, name)


def additions(spot: Spot, turn: Iterator[int], values: int) -> Iterator[Edit]:
    if spot.kind == "list":
        for _ in range(values):
            yield Append(spot.path, ITEMS[next(turn) % len(ITEMS)])
        return
    if not (isinstance(spot.data, dict) or spot.data is None):
        return
    taken = {one.path[-1] for one in spot.children}
    for _ in range(values):
        number = next(turn)
        name = next(one for one in (*FIELDS[number % len(FIELDS) :], "x-2", "x-3") if one not in taken)
        whole = WHOLE[number // 2 % len(WHOLE)]
        yield Put((*spot.path, name), VALUES[number % len(VALUES)] if number % 2 else whole)
    yield Put((*spot.path, "x-deep", "2025-01-01", "note"), VALUES[next(turn) % len(VALUES)])
    yield Append((*spot.path, "x-list"), ITEMS[next(turn) % len(ITEMS)])
