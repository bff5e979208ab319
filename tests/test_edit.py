"""Edits of hand-styled plans: every edit that each plan of the corpus offers, and the promises of style.

``styles/`` holds plans as people write them; ``styles/pairs/`` texts before and after an edit.
"""

import json
import re
from collections import Counter
from itertools import islice, pairwise
from pathlib import Path

import pytest
import yaml

from edit_cases import edits
from edit_judge import NAMES, assert_lawful, judge
from edit_oracle import Reading, copied, expected
from mktexec.store.edit import Append, Edit, EditRefusedError, Put, Remove, Rename, applied, edited
from mktexec.store.load import load
from mktexec.store.read import read_text

ROOT = Path(__file__).parent.parent
STYLES = sorted((Path(__file__).parent / "styles").glob("*.yaml"))
PLANS = (ROOT / "plans/examples/q3-2024-launch/plan.yaml", Path(__file__).parent / "plans" / "full.yaml")
PAIRS = sorted((Path(__file__).parent / "styles" / "pairs").glob("*.txt"))
EDITS = {"put": Put, "append": Append, "remove": Remove, "rename": Rename}
SHARING = ("42-anchors-and-aliases", "43-merge-keys", "74-anchors-above-block-maps")
LADEN = ("10-", "15-", "16-", "17-", "31-", "64-", "69-")  # comments, kept line ends
REASONS = ("by an alias", "alias or merge", "merge key", "stands in the way")


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def edit_text(text: str, *steps: Edit) -> str:
    [new] = edited([read_text(text, "plan.yaml").document], steps)
    return new


def pair(path: Path) -> tuple[list[Edit], str, str]:
    """Return the edits of a pair and the text before and after them."""
    whole = path.read_text(encoding="utf-8")
    head, before, after = re.split(r"^=== .*\n", whole, flags=re.MULTILINE)
    steps: list[Edit] = []
    for line in head.splitlines():
        if not line.startswith("#"):
            name, where, *value = line.split(" ", 2)
            steps.append(EDITS[name](tuple(where.split(".")), *(json.loads(one) for one in value)))
    if "=== before crlf" in whole:
        before, after = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    if "=== before nofinal" in whole:
        before, after = before.removesuffix("\n"), after.removesuffix("\n")
    return steps, before, after


def walk(path: Path, values: int, step: int = 1, loader: type = yaml.CBaseLoader) -> tuple[int, Counter[str]]:
    """Make every ``step``-th edit of a plan alone, judge each; return how many, and why some were refused."""
    was = Reading(text_of(path), loader)
    number = sorted(path.parent.iterdir()).index(path)
    count, refused = 0, Counter[str]()
    for edit in islice(edits(was, number, values), number % step, None, step):
        count += 1
        try:
            new = judge(was, edit, loader)
        except AssertionError as error:
            raise AssertionError(f"{path.name}: {edit}: {error}") from error
        if isinstance(new, EditRefusedError):
            reason = next((one for one in REASONS if one in new.message.en), None)
            assert reason, new.message.en
            assert re.match(r"plan\.yaml:\d+: ", new.message.en)
            refused[reason] += 1
    return count, refused


def allowed(path: Path, count: int) -> float:
    """Return how many of a plan's edits may be refused: few, but many where much is shared."""
    share = 0.45 if path.stem in SHARING else 0.12 if path.stem.startswith(LADEN) else 0.01
    return count * share + 1


def test_corpus_is_large_and_sound():
    assert len(STYLES) >= 64
    for path in STYLES:
        assert load(path).faults == [], path.name


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_edit_changes_its_entry_alone(path):
    count, refused = walk(path, 1, step=3)
    assert count > 15
    assert refused.total() <= allowed(path, count), refused


@pytest.mark.slow
@pytest.mark.parametrize("path", [*STYLES, *PLANS], ids=lambda path: path.stem)
def test_every_edit_with_every_value_changes_its_entry_alone(path, capsys):
    count, refused = walk(path, 8)
    with capsys.disabled():
        print(f"\n{path.stem}: {count} edits, refused {dict(refused)}")  # noqa: T201  # the list is the point
    assert refused.total() <= allowed(path, count), refused


@pytest.mark.slow
@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_second_parser_sees_the_same(path):
    text = text_of(path)
    if "\t" in text.split('"')[0]:
        pytest.skip("that parser takes no tabs between tokens")
    assert walk(path, 1, loader=yaml.BaseLoader)[0] > 50


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_applied_says_what_an_edit_means(path):
    was = Reading(text_of(path))
    before = copied(was.data)
    for edit in islice(edits(was, 0, 1), 0, None, 3):
        given = edit[1] if len(edit) > 1 else None
        assert applied(was.data, edit) == expected(was.data, NAMES[type(edit)], edit.path, given)
    assert was.data == before


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_what_is_there_already_changes_nothing(path):
    was = Reading(text_of(path))
    for spot in was.spots:
        if spot.path and spot.kind == "scalar" and "<<" not in spot.path and not spot.anchor:
            value = None if spot.nothing else spot.value
            assert edit_text(was.text, Put(spot.path, value)) == was.text, spot.path


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_plan_can_be_taken_apart(path):
    """Remove what stands last again and again: no step breaks the text, in the end nothing is left in it."""
    text = text_of(path)
    for _ in range(400):
        was = Reading(text)
        [*_, last] = [spot for spot in was.spots if "<<" not in spot.path]
        if len(last.path) == 1 and len(was.data) == 1:
            return
        try:
            new = judge(was, Remove(last.path))
        except AssertionError as error:
            raise AssertionError(f"{last.path}: {error}\n{text}") from error
        if isinstance(new, EditRefusedError):
            assert path.stem.startswith((*SHARING, *LADEN, "34-", "75-")), new.message.en
            return
        text = new
    raise AssertionError("too many steps")


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_style_is_kept(path):
    steps, before, after = pair(path)
    assert edit_text(before, *steps) == after


def test_pairs_are_many():
    assert len(PAIRS) >= 40


SPOILED = {
    "another value": ("b: 1\n", "b: 2\n"),
    "other quotes": ("c: x", "c: 'x'"),
    "another indentation": ("  d:\n    e: 1\n", "  d:\n      e: 1\n"),
    "a comment lost": ("   # two", ""),
    "a comment that came": ("b: 1\n", "b: 1 # new\n"),
    "a comment at another entry": ("  # three\n  d:", "  d:\n  # three"),
    "another order": ("b: 1\n  c: x", "c: x\n  b: 1"),
    "another line end": ("b: 1\n", "b: 1\r\n"),
    "an empty line": ("b: 1\n", "b: 1\n\n"),
    "a blank": ("b: 1\n", "b: 1 \n"),
    "no final line end": ("g: 1\n", "g: 1"),
    "another column": ("x   # two", "x # two"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_judge_sees_what_an_edit_spoils(name):
    text = "# one\na:\n  b: 1\n  c: x   # two\n  # three\n  d:\n    e: 1\n  f: old\ng: 1\n"
    good = text.replace("old", "new")
    was, edit = Reading(text), Put(("a", "f"), "new")
    assert_lawful(was, edit, Reading(good))
    bad = good.replace(*SPOILED[name])
    assert bad != good
    with pytest.raises(AssertionError):
        assert_lawful(was, edit, Reading(bad))


PLAN = """\
x-base: &base {owner: ann, quality: checked}
campaign: {title: a}
people:
  ann: &ann {name: Ann}
  bob: *ann
tasks:
  T1:
    <<: *base
    title: Print
    owner: bob
    after: &list [T2]
  T2: {title: Train, after: *list}
  T3: {title: Ship, log: {2025-01-06: begun}}
"""


@pytest.mark.parametrize(
    ("edit", "line", "reason"),
    [
        (Put(("people", "bob", "name"), "Bob"), 5, "alias"),
        (Put(("people", "ann", "name"), "Bob"), 4, "people.bob"),
        (Remove(("people", "ann")), 4, "people.bob"),
        (Append(("tasks", "T1", "after"), "T3"), 11, "tasks.T2.after"),
        (Append(("tasks", "T2", "after"), "T3"), 12, "alias"),
        (Put(("x-base", "quality"), "once"), 1, "tasks.T1"),
        (Remove(("tasks", "T1", "owner")), 10, "merge"),
        (Rename(("tasks", "T1", "owner"), "contact"), 10, "merge"),
        (Remove(("tasks", "T1", "quality")), 7, "merge"),
        (Put(("tasks", "T3", "title", "en"), "x"), 13, "plain value"),
        (Append(("tasks", "T3"), "x"), 13, "no list"),
        (Remove(("tasks", "T9")), 6, "nothing"),
        (Remove(("risks",)), 1, "nothing"),
        (Rename(("tasks", "T3"), "T1"), 13, "taken"),
        (Put(("tasks", "T3", "title"), "a\x07b"), 13, "control"),
        (Put(("tasks", "T3", "log"), {"2025-01-06": ["a", "\x1b[31m"]}), 13, "control"),
        (Rename(("tasks", "T3"), "T\x00"), 13, "control"),
    ],
    ids=str,
)
def test_refusals_say_where_and_why_in_both_languages(edit, line, reason):
    with pytest.raises(EditRefusedError) as error:
        edit_text(PLAN, edit)
    message = error.value.message
    assert message.en.startswith(f"plan.yaml:{line}: ")
    assert reason in message.en.partition(": ")[2].partition(": ")[2]
    assert message.zh.startswith(f"plan.yaml:{line}: ")
    assert error.value.hint


def test_keys_written_twice_are_not_edited():
    text = "tasks:\n  T1: {title: a}\n  T2: {title: b}\n  T1: {title: c}\n"
    with pytest.raises(EditRefusedError, match=r"plan\.yaml:2: tasks\.T1\.title: .*twice"):
        edit_text(text, Put(("tasks", "T1", "title"), "x"))


@pytest.mark.parametrize("text", ["a: [b\n", "a: 1\n---\nb: 2\n", "a: 'x\n", "- a\n", "text\n"])
def test_what_is_no_plan_is_refused(text):
    with pytest.raises(EditRefusedError):
        edit_text(text, Put(("a", "b"), "x"))


FOLDER = (
    "campaign: {title: a}\npeople:\n  ann: {name: Ann}\n",
    "tasks:\n  T1: {title: Print}\n",
    "tasks:\n  T2: {title: Train}\n\nrisks:\n  R1: {title: Rain}\n",
)


def edit_folder(*steps: Edit) -> list[str]:
    return edited([read_text(text, f"{n}.yaml").document for n, text in enumerate(FOLDER)], steps)


def test_an_edit_goes_to_the_file_that_holds_its_entry():
    first, second, third = edit_folder(Put(("tasks", "T1", "owner"), "ann"), Remove(("risks", "R1")))
    assert first == FOLDER[0]
    assert second == "tasks:\n  T1: {title: Print, owner: ann}\n"
    assert third == "tasks:\n  T2: {title: Train}\n\nrisks: {}\n"


def test_a_new_entry_goes_to_the_last_file_with_its_section_and_a_new_section_beside_the_campaign():
    first, second, third = edit_folder(
        Put(("tasks", "T3"), {"title": "Ship"}), Put(("goals", "G1"), {"title": "Sell 5"})
    )
    assert first == FOLDER[0] + "goals:\n  G1: {title: Sell 5}\n"
    assert second == FOLDER[1]
    assert third == "tasks:\n  T2: {title: Train}\n  T3: {title: Ship}\n\nrisks:\n  R1: {title: Rain}\n"


def test_many_edits_at_once_are_the_same_as_one_after_the_other():
    steps = [
        Put(("tasks", "T001", "progress"), "60"),
        Put(("tasks", "T001", "progress"), "70"),
        Put(("tasks", "T9"), {"title": "new"}),
        Put(("tasks", "T9", "owner"), "ben"),
        Rename(("tasks", "T9"), "T10"),
        Append(("tasks", "T10", "after"), "T001"),
        Append(("tasks", "T10", "after"), "T002"),
        Remove(("tasks", "T002")),
        Put(("kpis", "K1", "readings", "2025-03-31"), "5"),
        Put(("kpis", "K1", "readings", "2025-01-31"), "3"),
        Remove(("kpis", "K1", "readings", "2025-03-31")),
        Put(("campaign", "title"), "two\nlines"),
    ]
    text = text_of(STYLES[0])
    texts = [text]
    for step in steps:
        texts.append(edit_text(texts[-1], step))
    assert edit_text(text, *steps) == texts[-1]
    for step, (before, after) in zip(steps, pairwise(texts), strict=True):
        given = step[1] if len(step) > 1 else None
        data = expected(Reading(before).data, NAMES[type(step)], step.path, given)
        assert Reading(after).data == data


def test_nothing_is_changed_where_one_of_several_edits_is_refused():
    document = read_text(PLAN, "plan.yaml").document
    with pytest.raises(EditRefusedError):
        edited([document], [Put(("tasks", "T3", "title"), "x"), Remove(("tasks", "T9"))])
    assert document.text == PLAN
