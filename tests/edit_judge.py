"""What every edit of a text has to keep, judged by the independent reader.

``judge`` makes an edit and asserts: the data differs in exactly the path; every byte outside the
touched entry is the same; comments stay, each above or beside its entry; line ends stay; a value
of one line set to another of one line changes that line alone.
"""

from collections import Counter
from typing import Any, NamedTuple

import yaml

from edit_oracle import BLANKS, BREAK, Path, Reading, Spot, expected, inside
from mktexec.store.edit import Append, Edit, EditRefusedError, Put, Remove, Rename, edited
from mktexec.store.read import read_text

NAMES = {Put: "put", Append: "append", Remove: "remove", Rename: "rename"}


class Frame(NamedTuple):
    """The part of the old text that an edit may touch; comments from ``lost`` to ``until`` may go with it."""

    start: int
    end: int
    lost: int
    until: int
    grows: bool = False  # nothing in it may go


def change(text: str, edit: Edit) -> str | EditRefusedError:
    """Return the text after an edit, or why it was refused."""
    try:
        [new] = edited([read_text(text, "plan.yaml").document], [edit])
    except EditRefusedError as error:
        return error
    return new


def judge(was: Reading, edit: Edit, loader: Any = yaml.CBaseLoader) -> str | EditRefusedError:
    """Make an edit, assert that it keeps every law, return the new text or the refusal."""
    new = change(was.text, edit)
    if isinstance(new, str):
        assert_lawful(was, edit, Reading(new, loader))
    return new


def assert_lawful(was: Reading, edit: Edit, now: Reading) -> None:
    given = edit[1] if len(edit) > 1 else None
    wanted = expected(was.data, NAMES[type(edit)], edit.path, given)
    assert now.data == wanted
    if "<<" not in was.text:  # what is merged comes last
        assert_order(was.data, now.data, edit.path)
    frame = frame_of(was, edit)
    assert_outside_same(was.text, now.text, frame)
    assert_comments(was, edit, now, frame)
    assert_layout(was, edit, now)


def assert_order(old: Any, new: Any, path: Path) -> None:
    """Assert that keys which stay keep their order, but not those of a value that is put at ``path``."""
    if path and isinstance(old, dict) and isinstance(new, dict):
        assert [key for key in old if key in new] == [key for key in new if key in old]
        for key in old.keys() & new.keys():
            assert_order(old[key], new[key], path[1:] if key == path[0] else ("",))


def assert_outside_same(old: str, new: str, frame: Frame) -> None:
    before, behind = old[: frame.start], old[frame.end :]
    assert new.startswith(before), "changed before the entry"
    assert new.endswith(behind), "changed behind the entry"
    touched = new[len(before) : len(new) - len(behind)]
    assert len(new) >= len(before) + len(behind)
    if frame.grows:
        signs = iter(touched)
        kept = "".join(old[frame.start : frame.end].split())
        assert all(sign in signs for sign in kept), "something went while something was added"


def assert_layout(was: Reading, edit: Edit, now: Reading) -> None:
    """Assert that lines end as they did, and that no stray blanks or empty lines come in."""
    old, new = was.text, now.text
    ends = set(BREAK.findall(old))
    assert set(BREAK.findall(new)) <= (ends or {"\n"})
    if not (len(edit) > 1 and ends_in_break(edit[1])):
        assert old.endswith(("\n", "\r")) == new.endswith(("\n", "\r"))
    if len(edit) == 1 or not has_blanks(edit[1]):
        assert stray(new) <= stray(old), "blanks at the end of a line"
    spot = at(was, edit.path)
    if not (isinstance(edit, Put) and spot and spot.kind == "scalar" and spot.parent):
        return
    begin = value_begin(was, spot) if edit.value is None else spot.start
    if is_one_line(edit.value) and BREAK.search(old, begin, spot.end) is None:
        before, after = BREAK.split(old), BREAK.split(new)
        assert len(before) == len(after)
        changed = sum(one != two for one, two in zip(before, after, strict=True))
        assert changed == 1 or (changed == 0 and was.data == now.data)


def is_one_line(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not BREAK.search(value))


def ends_in_break(value: Any) -> bool:
    """Return whether a value may have to end in line ends, so that the file does."""
    return any(text.endswith("\n") for text in texts(value))


def has_blanks(value: Any) -> bool:
    """Return whether a value may have to have lines that end in blanks."""
    return any(line != line.rstrip(BLANKS) for text in texts(value) for line in text.split("\n"))


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if value else []


def stray(text: str) -> int:
    return sum(line != line.rstrip(BLANKS) for line in BREAK.split(text))


def at(reading: Reading, path: Path) -> Spot | None:
    return next((spot for spot in reading.spots if spot.path == path), None)


def deepest(reading: Reading, path: Path) -> Spot:
    """Return the spot at ``path`` or at the longest part of it that is written."""
    found = [at(reading, path[:length]) for length in range(len(path) + 1)]
    return next(spot for spot in reversed(found) if spot)


def frame_of(was: Reading, edit: Edit) -> Frame:
    """Return what an edit may touch."""
    spot = deepest(was, edit.path)
    if isinstance(edit, Remove):
        return removed(was, spot)
    if isinstance(edit, Rename):
        line = was.eol(spot.end) if was.bol(spot.end) == was.bol(was.head(spot)) else was.eol(was.head(spot))
        end = next((one for one, _ in was.comments if spot.key[1] <= one <= line), spot.key[1])
        return Frame(spot.key[0], end, end, end)
    there = spot.path == edit.path
    if not there or (isinstance(edit, Append) and spot.kind == "list"):
        return added(was, spot)
    given = edit.value
    if isinstance(edit, Append):
        given = [spot.value, given]
    return replaced(was, spot, given)


def blanks_behind(text: str, end: int) -> int:
    return end + len(text[end:]) - len(text[end:].lstrip(BLANKS))


def value_begin(was: Reading, spot: Spot) -> int:
    """Return where anything but the key or the dash may begin."""
    if spot.parent is None or (spot.key is None and spot.parent.flow):
        return spot.start
    return was.colon(spot)


def in_flow(spot: Spot) -> bool:
    return spot.parent is not None and spot.parent.flow


def tail(was: Reading, spot: Spot) -> int:
    """Return the end of a spot's last line, or of the last comment below that is indented deeper."""
    if in_flow(spot):
        return blanks_behind(was.text, spot.end)
    depth = was.head(spot) - was.bol(was.head(spot))
    end, stop = was.eol(spot.end), was.after(spot)
    if spot.kind == "scalar" and spot.style in {"|", ">"}:
        end = spot.end
    for place, _ in was.comments:
        if end <= place < stop and place - was.bol(place) > depth:
            end = was.eol(place)
    return end


def replaced(was: Reading, spot: Spot, given: Any) -> Frame:
    simple = spot.kind in {"scalar", "alias"} and not (isinstance(given, (list, dict)) and given)
    if simple and is_one_line(given or None):
        rows = spot.start == spot.end or given is None or BREAK.search(was.text, spot.start, spot.end)
        start = value_begin(was, spot) if rows else spot.start
        end = blanks_behind(was.text, max(spot.end, start))
        return Frame(start, end, end, end)
    end, begin = tail(was, spot), value_begin(was, spot)
    if spot.flow:  # with all comments between the brackets
        return Frame(begin, end, spot.start, spot.end)
    lost = end
    if spot.children:  # with all comments but the one behind the key
        lost = min(was.head(spot.children[0]), was.below(begin))
    return Frame(begin, end, lost, end)


def added(was: Reading, spot: Spot) -> Frame:
    """Return where something new may come in a map or list."""
    if not spot.children:
        return replaced(was, spot, {"": ""})
    if spot.flow:
        return Frame(spot.start, blanks_behind(was.text, spot.end), spot.end, spot.end, grows=True)
    head = was.head(spot.children[0])
    start = was.bol(head)
    if was.text[start:head].strip(BLANKS + "-"):  # behind a key or a marker
        start = head
    elif spot.parent is None:
        start = 0
    elif spot.key and value_begin(was, spot) < start:
        start = was.below(value_begin(was, spot))
    end = max(was.after(spot), tail(was, spot))
    return Frame(start, end, end, end, grows=True)


def removed(was: Reading, spot: Spot) -> Frame:
    parent = spot.parent
    if len(parent.children) == 1:
        end = tail(was, parent)
        return Frame(value_begin(was, parent), end, was.head(spot), parent.end if parent.flow else end)
    index = parent.children.index(spot)
    following = was.head(parent.children[index + 1]) if index + 1 < len(parent.children) else None
    if parent.flow:
        start = parent.children[index - 1].end if index else parent.start + 1
        end = parent.end - 1 if following is None else following
        return Frame(start, end, was.head(spot), end)
    start = was.bol(was.head(spot))
    if index == 0 and was.text[start : was.head(spot)].strip(BLANKS):  # behind a dash
        assert following is not None
        if spot.key:
            return Frame(was.head(spot), following, was.head(spot), following)
    end = was.below(tail(was, spot)) if was.eol(tail(was, spot)) == tail(was, spot) else tail(was, spot)
    if end == len(was.text) and not was.text.endswith(("\n", "\r")):
        start = len(was.text[:start].rstrip("\r\n"))
    start, end = widened(was.text, start, end)
    return Frame(start, end, was.head(spot), end)


def widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range with the empty lines around it, which may go with an entry."""
    rows = text[:start].splitlines(keepends=True)
    while rows and not rows[-1].strip():
        start -= len(rows.pop())
    for row in text[end:].splitlines(keepends=True):
        if row.strip():
            break
        end += len(row)
    return start, end


def assert_comments(was: Reading, edit: Edit, now: Reading, frame: Frame) -> None:
    """Assert that comments stay, each above or beside what it stood above or beside."""
    kept = Counter(text for place, text in was.comments if not frame.lost <= place < frame.until)
    every = Counter(text for _, text in was.comments)
    found = Counter(text for _, text in now.comments)
    assert kept <= found <= (every if not frame.grows else kept | every), "a comment came or went"
    gone = every - kept
    places = {spot.path: spot for spot in now.spots}
    target = deepest(was, edit.path)
    for spot in was.spots:
        path = moved(spot, target, edit)
        if path is None or not spot.path:
            continue
        there = places[path]
        if spot is not was.spots[0].children[0]:  # what stands above that may be about the file
            assert ends_with(above(now, there), above(was, spot)), f"above {path}"
        beside_old, beside_new = beside(was, spot), beside(now, there)
        joined = beside_old is None and beside_new in kept  # the next line came up
        assert beside_old == beside_new or beside_old in gone or joined, f"beside {path}"


def moved(spot: Spot, target: Spot, edit: Edit) -> Path | None:
    """Return the path of a spot after an edit, None if it may be gone."""
    path, there = spot.path, target.path == edit.path
    if isinstance(edit, (Put, Append)):
        replaces = there and not (isinstance(edit, Append) and target.kind == "list")
        return None if (replaces and inside(spot, target) and spot is not target) else path
    size = len(edit.path)
    if isinstance(edit, Rename):
        return (*edit.path[:-1], edit.key, *path[size:]) if inside(spot, target) else path
    if inside(spot, target):
        return None
    parent = target.parent
    if parent.kind == "list" and inside(spot, parent) and spot is not parent:
        index = int(path[size - 1])
        if index > int(edit.path[-1]):
            return (*path[: size - 1], str(index - 1), *path[size:])
    return path


def ends_with(rows: list[str], last: list[str]) -> bool:
    return not last or rows[-len(last) :] == last


def above(reading: Reading, spot: Spot) -> list[str]:
    """Return the comments on lines of their own directly above a spot, indented as it is."""
    head = reading.head(spot)
    start = reading.bol(head)
    if reading.text[start:head].strip(BLANKS + "?"):
        return []
    depth, rows = head - start, []
    known = dict(reading.comments)
    while start:
        start = reading.bol(start - 1)
        line = reading.text[start : reading.eol(start)]
        place = start + len(line) - len(line.lstrip())
        if place not in known or place - start != depth:
            break
        rows.insert(0, known[place])
    return rows


def beside(reading: Reading, spot: Spot) -> str | None:
    """Return the comment at the end of a spot's first line, unless a bracket around it ends before."""
    line = reading.eol(reading.head(spot))
    if spot.children and not spot.flow and reading.head(spot.children[0]) < line:
        return None  # what begins behind the dash has it
    for place, text in reading.comments:
        if reading.head(spot) <= place < line:
            outer = spot.parent
            while outer and not (outer.flow and outer.end <= place):
                outer = outer.parent
            return None if outer else text
    return None
