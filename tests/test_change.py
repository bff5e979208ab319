"""What a change is shown as: the lines that differ, what follows from them, and the way they are written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mktexec.columns import width
from mktexec.commands.change import Options, Wish, change
from mktexec.errors import MktexecError
from mktexec.i18n import Text as T
from mktexec.render.change import change_page
from mktexec.render.terminal import Screen, to_text
from mktexec.rules import RULES, When
from mktexec.session import open_session
from mktexec.store.edit import Put
from mktexec.views.change import effects
from mktexec.views.effect import Effect, State, Tone
from mktexec.views.lines import LINE, FileChange, changes

NARROW = Screen(80, colour=False, blocks=True)

# ---- the lines that differ ----------------------------------------------------------------


def patched(old: str, change: FileChange) -> str:
    """Return ``old`` after the hunks of a change; each stands where its numbers say."""
    lines, out, at = LINE.findall(old), [], 0
    for hunk in change.hunks:
        out += lines[at : hunk.old - 1]
        at = hunk.old - 1 + len(hunk.removed)
        assert len(out) == hunk.new - 1
        assert lines[hunk.old - 1 : at] == hunk.removed
        assert hunk.removed or hunk.added
        out += hunk.added
    return "".join(out + lines[at:])


def changed(old: str, new: str) -> FileChange:
    [one] = changes([("plan.yaml", old, new)])
    return one


TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "\n", "a\r\n", "b\r", "\u2028\n"]), max_size=40)
ENDS = st.sampled_from(["", "a", "end"])


@settings(max_examples=400, deadline=None)
@given(TEXTS, ENDS, TEXTS, ENDS)
def test_the_hunks_make_the_new_text_of_the_old(old, old_end, new, new_end):
    before, after = "".join(old) + old_end, "".join(new) + new_end
    assert patched(before, changed(before, after)) == after
    assert changed(before, before).hunks == []


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_law_holds_for_blocks_that_are_too_large_to_match_thoroughly(data):
    numbers = st.lists(st.integers(0, 300), min_size=220, max_size=260)
    old, new = ("".join(f"{one}\n" for one in data.draw(numbers)) for _ in range(2))
    assert patched(old, changed(old, new)) == new


def test_two_large_texts_with_nothing_in_common_are_one_change():
    old, new = ("".join(f"{name} {number}\n" for number in range(250)) for name in ("old", "new"))
    [hunk] = changed(old, new).hunks
    assert ("".join(hunk.removed), "".join(hunk.added)) == (old, new)


def test_scattered_changes_of_a_large_text_are_found_each_for_itself():
    lines = [f"  T{number}: {{end: 2024-07-{number % 28 + 1:02}}}\n" for number in range(200_000)]
    new = list(lines)
    for number in range(0, 200_000, 1000):
        new[number] = f"  T{number}: {{}}\n"
    found = changed("".join(lines), "".join(new)).hunks
    assert [hunk.new for hunk in found] == list(range(1, 200_001, 1000))
    assert all(len(hunk.removed) == len(hunk.added) == 1 for hunk in found)


@pytest.mark.parametrize(
    ("old", "new", "hunks"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", [(2, 2, ["b\n"], ["B\n"])]),
        ("a\nc\n", "a\nb\nc\n", [(2, 2, [], ["b\n"])]),
        ("a\nb\nc\n", "a\nc\n", [(2, 2, ["b\n"], [])]),
        ("", "a\n", [(1, 1, [], ["a\n"])]),
        ("a\n", "", [(1, 1, ["a\n"], [])]),
        ("a\nb\n", "A\nb\nc\n", [(1, 1, ["a\n"], ["A\n"]), (3, 3, [], ["c\n"])]),
        ("1\n2\n3\n4\n5\n6\n", "0\n1\n2\n3\n4\n6\n", [(1, 1, [], ["0\n"]), (5, 6, ["5\n"], [])]),
        ("a\r\nb\r\n", "a\r\nB\r\n", [(2, 2, ["b\r\n"], ["B\r\n"])]),
        ("a\rb\n", "a\rB\n", [(2, 2, ["b\n"], ["B\n"])]),
        ("a: '\u2028x'\nb\n", "a: '\u2028x'\nB\n", [(2, 2, ["b\n"], ["B\n"])]),
        ("a\nb", "a\nb\n", [(2, 2, ["b"], ["b\n"])]),
    ],
)
def test_these_lines_differ(old, new, hunks):
    assert [tuple(hunk) for hunk in changed(old, new).hunks] == hunks


def test_a_new_entry_begins_with_its_id_and_moves_nothing():
    block = "  {0}:\n    title: Task\n    owner: li\n    start: 2024-07-01\n\n"
    before, after = block.format("T1") + block.format("T3"), "".join(map(block.format, ("T1", "T2", "T3")))
    assert "".join(changed(before, after).hunks[0].added) == block.format("T2")
    large = block.format("T2").replace("Task\n", "Task\n" + "    log: x\n" * 500)
    found = changed(before, block.format("T1") + large + block.format("T3")).hunks
    assert ["".join(hunk.added) for hunk in found] == [large]


# ---- the page -----------------------------------------------------------------------------


def page(
    *texts: tuple[str, str, str],
    said: str = "T1 done",
    effects_: list[Effect] | None = None,
    lang: str = "en",
    every: bool = False,
) -> str:
    return to_text(change_page(said, changes(texts), effects_ or [], lang, NARROW, every=every))


def test_a_page_says_what_was_done_where_and_what_follows():
    shown = page(
        ("plan/a.yaml", "a: 1\nb: 1\n", "a: 1\nb: 2\n"),
        ("plan/b.yaml", "c: 1\n", "c: 1\nd:\n  e: 1\n"),
        effects_=[Effect(Tone.WORSE, T("T1 late", "T1 延误")), Effect(Tone.BETTER, T("T2 done", "T2 完成"))],
    )
    assert shown == (
        "T1 done\nplan/a.yaml:2\n- b: 1\n+ b: 2\nplan/b.yaml:2\n+ d:\n+   e: 1\n→ T1 late\n→ T2 done\n"
    )


def test_a_long_line_is_never_cut_and_a_sentence_is_wrapped():
    long = "title: " + "很长的标题" * 60
    sentence = "T1 " + "预计完成 " * 30
    shown = page(
        ("plan.yaml", long + "一\n", long + "二\n"), effects_=[Effect(Tone.WORSE, T("", sentence))], lang="zh"
    )
    assert f"- {long}一\n+ {long}二\n" in shown
    wrapped = shown.split("二\n")[1].splitlines()
    assert len(wrapped) > 1
    assert all(width(line) <= 80 for line in wrapped)
    assert wrapped[0].startswith("→ T1")
    assert all(line.startswith("  ") and line[2] != " " for line in wrapped[1:])


def test_plan_text_is_harmless():
    escape = "\x1b[31mred\x1b[0m [bold]x[/bold] \u202eevil\n"
    shown = page(
        ("p\x1b.yaml", "a\n", escape), said="\x1b[2J" + "T1", effects_=[Effect(Tone.WORSE, T(escape, ""))]
    )
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "+ [31mred[0m [bold]x[/bold] evil\n" in shown


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("a\r\nb\r\n", "a\r\nc\r\n", ["- b", "+ c"]),
        ("a", "a\n", ["- a", "+ a  (now ends its line)"]),
        ("a\n", "a", ["- a", "+ a  (no longer ends its line)"]),
        ("a", "a\nb\n", ["- a", "+ a  (now ends its line)", "+ b"]),
        ("a\r\n", "a\n", ["- a", "+ a  (only its end or what is not shown)"]),
        ("a  \n", "a\n", ["- a", "+ a  (only its end or what is not shown)"]),
        ("a\u200e\n", "a\n", ["- a", "+ a  (only its end or what is not shown)"]),
        ("\n", "", ["-"]),
    ],
)
def test_what_cannot_be_seen_is_said(old, new, lines):
    assert page(("plan.yaml", old, new)).splitlines()[2:] == lines


@pytest.mark.parametrize(
    ("removed", "added", "first", "rest"),
    [
        (0, 20, (0, 20), 0),
        (0, 21, (0, 20), 1),
        (30, 47, (10, 10), 57),
        (3, 40, (3, 17), 23),
        (40, 3, (17, 3), 23),
    ],
)
def test_of_many_lines_the_first_of_both_sides_are_shown(removed, added, first, rest):
    old = "".join(f"old {n}\n" for n in range(removed))
    new = "".join(f"new {n}\n" for n in range(added))
    lines = page(("plan.yaml", old, new)).splitlines()
    assert (sum(line[0] == "-" for line in lines), sum(line[0] == "+" for line in lines)) == first
    assert lines[-1] == ({0: "+ new 19", 1: "and 1 more line"}.get(rest, f"and {rest} more lines"))
    every = page(("plan.yaml", old, new), every=True).splitlines()
    assert (sum(line[0] == "-" for line in every), sum(line[0] == "+" for line in every)) == (removed, added)
    assert not any("more line" in line for line in every)


def test_lines_of_many_files_are_counted_together():
    texts = [(f"{name}.yaml", "", "x\n" * 9) for name in "abcd"]
    shown = page(*texts)
    assert [line for line in shown.splitlines() if ":" in line] == ["a.yaml:1", "b.yaml:1", "c.yaml:1"]
    assert shown.count("+ x\n") == 20
    assert shown.endswith("and 16 more lines\n")


@pytest.mark.parametrize(
    ("lang", "more"), [("en", "  2 more: mktexec status"), ("zh", "  另有 2 项：mktexec status")]
)
def test_of_many_effects_six_are_shown(lang, more):
    found = [Effect(Tone.CHANGED, T(f"effect {n}", f"影响 {n}")) for n in range(8)]
    lines = page(effects_=found, lang=lang).splitlines()
    assert len(lines) == 1 + 6 + 1
    assert lines[-1] == more
    assert len(page(effects_=found, lang=lang, every=True).splitlines()) == 1 + 8


def marked(old: str, new: str) -> list[str]:
    """Return the parts of the lines that stand out."""
    lines = change_page("x", changes([("plan.yaml", old, new)]), [], "en", NARROW, every=True)
    return [span.text for line in lines for span in line if "underline" in span.style]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("  T1: {end: 2024-07-05}\n", "  T1: {end: 2024-07-19}\n", ["05", "19"]),
        ("  T1: {end: 1}\n", "  T1: {end: 1, progress: 5}\n", [", progress: 5"]),
        ("  T1: {a: 1, b: 2}\n", "  T1: {b: 2}\n", ["a: 1, "]),
        ("  aa\n", "  a\n", ["a"]),
        ("  title: x\n", "  owner: y\n", []),  # nothing is the same but spaces
        ("a: 1\nb: 1\n", "a: 2\nb: 2\n", ["1", "1", "2", "2"]),
        ("a: 1\n", "a: 2\na: 3\n", []),  # which one it became is not known
        ("a: 1\n", "a: 1", []),
    ],
)
def test_the_part_of_a_line_that_differs_stands_out(old, new, parts):
    assert marked(old, new) == parts


# ---- what follows from a change -----------------------------------------------------------

WARNED = {
    "task-late",
    "task-behind",
    "task-due-soon",
    "record-stale",
    "kpi-behind-no-cause",
    "budget-overrun",
}
PLAN = """\
mktexec: 1
campaign: {title: Sale, language: en, calendar: everyday, period: {start: 2024-07-01, end: 2024-07-31}}
people: {li: {name: Li}}
tasks:
  T1: {title: Write the brief, owner: li, start: 2024-07-01, end: 2024-07-05}
  T2: {title: Build the page, owner: li, start: 2024-07-06, end: 2024-07-15, after: [T1]}
  T3: {title: Sale goes live, owner: li, milestone: true, start: 2024-07-25, end: 2024-07-25, after: [T2]}
kpis:
  K1: {title: Sales, unit: USD, target: 3100, source: shop, readings: {2024-07-05: 100}}
budget:
  total: 1000
  reserve: 100
  lines:
    B1: {item: Adverts, planned: 500, spent: {2024-07-02: 400}}
    B2: {item: Print, planned: 400}
"""
PLAN += "rules:\n" + "".join(  # what the effects are of stays the same whatever is warned of
    f"  {code}: off\n" for code, rule in RULES.items() if rule.when is When.WARN and code not in WARNED
)
ASK_FINANCE = "stop or approve it: ask finance before the next payment"


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def found(folder: Path, day: str, old: str, new: str) -> list[Effect]:
    """Return the effects of one text in the place of another, both of them sound plans."""
    path = folder / "plan.yaml"
    path.write_text(old, encoding="utf-8")
    before = open_session(path, day, "en")
    after = before.edited({path.as_posix(): new})
    assert before.errors + after.errors == []
    states = [State(one.plan, one.schedule, one.assessment, one.warned) for one in (before, after)]
    return effects(*states)


def said(effects_: list[Effect]) -> list[str]:
    return [f"{one.tone.name} {one.text.en}" for one in effects_]


T1_END, T2_END, K1 = "end: 2024-07-05}", "end: 2024-07-15, after", "{2024-07-05: 100}"
CASES = {
    # T1 was due on the 5th; it takes 5 days from the 8th on if not begun, and T2 then 10 more
    "done late": (
        "2024-07-08",
        [(T1_END, "end: 2024-07-05, actual: {start: 2024-07-01, end: 2024-07-08}}")],
        [
            "WORSE new: task-behind T2 → ask Li what is in the way, and record the progress",
            "CHANGED T1 done, 3 days late",
            "BETTER T2 forecast 07-22 → 07-18, due 07-15",
            "BETTER answered: task-late T1",
        ],
    ),
    "done early": (
        "2024-07-08",
        [(T1_END, "end: 2024-07-05, actual: {start: 2024-07-01, end: 2024-07-04}}")],
        [
            "WORSE new: task-behind T2 → ask Li what is in the way, and record the progress",
            "BETTER T2 forecast 07-22 → 07-17, due 07-15",
            "BETTER T1 done, 1 day early",
            "BETTER answered: task-late T1",
        ],
    ),
    "done on its day, seen from the day before the next begins": (
        "2024-07-05",
        [(T1_END, "end: 2024-07-05, actual: {start: 2024-07-01, end: 2024-07-05}}")],
        [
            "BETTER T1 done on time",
            "BETTER T2 now not due (was delayed), forecast 07-19 → 07-15",
            "BETTER answered: task-behind T1",
        ],
    ),
    "cancelled": (
        "2024-07-08",
        [(T1_END, "end: 2024-07-05, cancelled: 2024-07-08}")],
        [
            "WORSE new: task-behind T2 → ask Li what is in the way, and record the progress",
            "BETTER T2 forecast 07-22 → 07-17, due 07-15",
            "BETTER T1 cancelled",
            "BETTER answered: task-late T1",
        ],
    ),
    "promised earlier": (
        "2024-07-08",
        [(T1_END, "end: 2024-07-03}")],
        [
            "CHANGED T1 now 5 days late (was 3 days late), end 07-05 → 07-03, forecast 07-12 → 07-10",
            "BETTER T2 forecast 07-22 → 07-20, due 07-15",
        ],
    ),
    "begun later": (
        "2024-07-01",
        [("start: 2024-07-06", "start: 2024-07-08")],
        ["CHANGED T2 start 07-06 → 07-08"],
    ),
    "longer, so that the milestone and the campaign slip": (
        "2024-07-08",
        [(T2_END, "end: 2024-07-30, after")],
        [
            "WORSE campaign forecast 07-25 → 08-06, 6 days past its end",
            "WORSE T3 Sale goes live now delayed (was not due), forecast 07-25 → 08-06, due 07-25",
            "CHANGED T2 end 07-15 → 07-30, forecast 07-22 → 08-06",
        ],
    ),
    "into the next year": (
        "2024-12-30",
        [(T2_END, "end: 2025-01-02, after")],
        [
            "WORSE campaign forecast 2025-01-13 → 2025-07-03, 337 days past its end",
            "WORSE T3 Sale goes live forecast 2025-01-13 → 2025-07-03, due 07-25",
            (
                "CHANGED T2 now delayed (was 168 days late), end 07-15 → 2025-01-02, "
                "forecast 2025-01-13 → 2025-07-03"
            ),
            "BETTER answered: task-late T2",
        ],
    ),
    "a shorter period": (
        "2024-07-10",
        [("end: 2024-07-31}}", "end: 2024-07-20}}")],
        ["WORSE campaign forecast 07-25, 5 days past its end", "CHANGED K1 projected 400 USD"],
    ),
    "a new task after the last": (
        "2024-07-08",
        [("kpis:", "  T4: {title: Thank the buyers, owner: li, duration: 3d, after: [T3]}\nkpis:")],
        ["CHANGED campaign forecast 07-25 → 07-27", "CHANGED T4 new, 07-25 to 07-27"],
    ),
    "a new task that is late already": (
        "2024-07-08",
        [("kpis:", "  T4: {title: Thank the buyers, owner: li, end: 2024-07-07}\nkpis:")],
        [
            "WORSE T4 new, due 07-07, 1 day late",
            "WORSE new: task-late T4 → remind Li in person",
        ],
    ),
    "all done": (
        "2024-07-08",
        [
            (T1_END, "end: 2024-07-05, actual: {end: 2024-07-05}}"),
            ("after: [T1]", "after: [T1], actual: {end: 2024-07-08}"),
            ("after: [T2]", "after: [T2], actual: {end: 2024-07-08}"),
        ],
        [
            "BETTER all tasks are done, the last on 07-08",
            "BETTER T3 Sale goes live done, 17 days early",
            "BETTER T1 done on time",
            "BETTER T2 done, 7 days early",
            "BETTER answered: task-late T1",
        ],
    ),
    # 3,100 in 31 days are 100 a day: 500 by the 5th, 1,000 by the 10th
    "a reading that is still behind": (
        "2024-07-10",
        [(K1, "{2024-07-05: 100, 2024-07-10: 620}")],
        ["CHANGED K1 20% of target (was 3%), behind its pace, projected 1,922 USD"],
    ),
    "a reading on its pace": (
        "2024-07-10",
        [(K1, "{2024-07-05: 100, 2024-07-10: 1000}")],
        [
            "BETTER K1 32% of target (was 3%), no longer behind its pace, projected 3,100 USD",
            "BETTER answered: kpi-behind-no-cause K1",
        ],
    ),
    "a lower reading": (
        "2024-07-10",
        [(K1, "{2024-07-05: 62}")],
        ["WORSE K1 2% of target (was 3%), behind its pace"],
    ),
    "a cause": (
        "2024-07-10",
        [(K1, "{2024-07-05: {value: 100, cause: rain}}")],
        ["BETTER answered: kpi-behind-no-cause K1"],
    ),
    "a rate, wanted in full from the first day": (
        "2024-07-10",
        [("unit: USD, target: 3100", "unit: '%', target: 200")],
        ["CHANGED K1 50% of target (was 3%)"],
    ),
    "a target of nothing": (
        "2024-07-10",
        [("target: 3100", "target: 0"), (K1, "{2024-07-05: 120}")],
        ["CHANGED K1 now 120 USD", "BETTER answered: kpi-behind-no-cause K1"],
    ),
    "a payment": (
        "2024-07-10",
        [("2024-07-02: 400}", "2024-07-02: 400, 2024-07-10: 80}")],
        ["CHANGED B1 spent 480 of 500, 20 left", "CHANGED budget: 480 of 1,000 spent, 520 left"],
    ),
    "a payment beyond the line": (
        "2024-07-10",
        [("2024-07-02: 400}", "2024-07-02: 400, 2024-07-10: 120.50}")],
        [
            "WORSE B1 spent 520.5 of 500, 20.5 over (4.1%)",
            "CHANGED budget: 520.5 of 1,000 spent, 479.5 left",
        ],
    ),
    "a payment beyond everything": (
        "2024-07-10",
        [("2024-07-02: 400}", "2024-07-02: 400, 2024-07-10: 800}")],
        [
            "WORSE B1 spent 1,200 of 500, 700 over (140.0%)",
            "WORSE budget: 1,200 of 1,000 spent, 200 over (20.0%)",
            f"WORSE new: budget-overrun B1 → {ASK_FINANCE}",
            f"WORSE new: budget-overrun budget → {ASK_FINANCE}",
        ],
    ),
    "a first payment": (
        "2024-07-10",
        [("Print, planned: 400", "Print, planned: 400, spent: {2024-07-09: 5}")],
        ["CHANGED B2 spent 5 of 400, 395 left", "CHANGED budget: 405 of 1,000 spent, 595 left"],
    ),
    "the reserve": (
        "2024-07-10",
        [("reserve: 100", "reserve: 100\n  drawn: {2024-07-09: 130}")],
        [
            "WORSE reserve: 130 of 100 drawn, 30 over (30.0%)",
            "CHANGED budget: 530 of 1,000 spent, 470 left",
        ],
    ),
    "a smaller line": (
        "2024-07-10",
        [("planned: 500", "planned: 300")],
        [
            "WORSE B1 spent 400 of 300, 100 over (33.3%)",
            f"WORSE new: budget-overrun B1 → {ASK_FINANCE}",
        ],
    ),
    "a title": ("2024-07-10", [("Write the brief", "Write a brief")], []),
    "what is dated later": ("2024-07-10", [("2024-07-02: 400}", "2024-07-02: 400, 2024-07-11: 80}")], []),
    "another id": ("2024-07-08", [("  T1:", "  T9:"), ("[T1]", "[T9]")], []),
    "other ids of an indicator and a line": ("2024-07-10", [("  K1:", "  K9:"), ("  B1:", "  B9:")], []),
}


@pytest.mark.parametrize("case", CASES)
def test_an_edit_has_these_effects_the_worst_first(tmp_path, case):
    day, edits, wanted = CASES[case]
    assert said(found(tmp_path, day, PLAN, edited(PLAN, *edits))) == wanted


@pytest.mark.parametrize("case", CASES)
def test_the_way_back_is_said_too_and_all_in_both_languages(tmp_path, case):
    day, edits, wanted = CASES[case]
    back = found(tmp_path, day, edited(PLAN, *edits), PLAN)
    assert bool(back) == bool(wanted)
    for one in [*back, *found(tmp_path, day, PLAN, edited(PLAN, *edits))]:
        assert one.text.en != one.text.zh
        assert "{" not in one.text.en + one.text.zh
        assert not set("，。；：（）！") & set(one.text.en)


def test_a_chinese_reader_is_told_the_same(tmp_path):
    day, edits, _ = CASES["longer, so that the milestone and the campaign slip"]
    assert [one.text.zh for one in found(tmp_path, day, PLAN, edited(PLAN, *edits))] == [
        "活动预计完成 07-25 → 08-06，超出活动周期 6 天",
        "T3 Sale goes live 目前延期（此前未开始），预计完成 07-25 → 08-06，计划 07-25 完成",
        "T2 计划完成 07-15 → 07-30，预计完成 07-22 → 08-06",
    ]


def test_an_equal_entry_under_another_id_is_the_same_also_where_more_changed(tmp_path):
    new = edited(PLAN, ("  T1:", "  T9:"), ("[T1]", "[T9]"), (T2_END, "end: 2024-07-20, after"))
    assert said(found(tmp_path, "2024-07-08", PLAN, new)) == [
        "WORSE T3 Sale goes live now delayed (was not due), forecast 07-25 → 07-27, due 07-25",
        "CHANGED campaign forecast 07-25 → 07-27",
        "CHANGED T2 end 07-15 → 07-20, forecast 07-22 → 07-27",
    ]


def test_where_all_is_done_the_campaign_has_no_forecast(tmp_path):
    day, edits, _ = CASES["all done"]
    done = edited(PLAN, *edits)
    new = edited(done, ("{end: 2024-07-05}", "{end: 2024-07-06}"))
    assert said(found(tmp_path, day, done, new)) == ["WORSE T1 now done, 1 day late (was done on time)"]


def test_without_tasks_there_is_no_forecast(tmp_path):
    head, _, rest = PLAN.partition("tasks:\n")
    bare = head + "kpis:" + rest.partition("kpis:")[2]
    new = edited(bare, ("2024-07-02: 400}", "2024-07-02: 401}"))
    assert said(found(tmp_path, "2024-07-03", bare, new)) == [
        "CHANGED B1 spent 401 of 500, 99 left",
        "CHANGED budget: 401 of 1,000 spent, 599 left",
    ]


def test_a_plan_without_a_budget_gets_one(tmp_path):
    bare = PLAN.partition("budget:")[0] + "rules:" + PLAN.partition("rules:")[2]
    assert said(found(tmp_path, "2024-07-10", bare, PLAN)) == [
        "CHANGED B1 spent 400 of 500, 100 left",
        "CHANGED budget: 400 of 1,000 spent, 600 left",
    ]
    assert said(found(tmp_path, "2024-07-10", PLAN, bare)) == []


def test_many_answered_findings_are_one_line(tmp_path):
    tasks = "".join(f"  L{n}: {{title: Call shop {n}, owner: li, end: 2024-07-02}}\n" for n in range(6))
    late = PLAN.replace("kpis:", tasks + "kpis:")
    effects_ = found(tmp_path, "2024-07-10", late, late.replace("2024-07-02}\n", "2024-07-30}\n"))
    wanted = "answered: task-late L0, task-late L1, task-late L2, task-late L3 and 2 more"
    assert [one.text.en for one in effects_ if "answered" in one.text.en] == [wanted]


def test_a_finding_that_grows_worse_is_told_again(tmp_path):
    new = edited(PLAN, (T1_END, "end: 2024-07-07}"))
    lines = said(found(tmp_path, "2024-07-08", new, PLAN))
    assert "WORSE new: task-late T1 → call a cross-department meeting within 24 hours" in lines
    back = said(found(tmp_path, "2024-07-08", PLAN, new))
    assert not any("task-late" in one for one in back)  # it is neither new nor gone


# ---- the way it is written ----------------------------------------------------------------


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_page_is_data_and_what_was_written_is_a_message(run, plan):
    result = run("set", "T2", "end=2024-07-30", "-p", plan, MKTEXEC_TODAY="2024-07-08")
    assert result.code == 0
    assert result.out.splitlines()[1:] == [
        f"{plan}:6",
        "-   T2: {title: Build the page, owner: li, start: 2024-07-06, end: 2024-07-15, after: [T1]}",
        "+   T2: {title: Build the page, owner: li, start: 2024-07-06, end: 2024-07-30, after: [T1]}",
        "→ campaign forecast 07-25 → 08-06, 6 days past its end",
        "→ T3 Sale goes live now delayed (was not due), forecast 07-25 → 08-06, due 07-25",
        "→ new: starts-before-predecessor T3 → start it after that day, or drop the",
        "  dependency",
        "→ T2 end 07-15 → 07-30, forecast 07-22 → 08-06",
    ]
    assert result.err == f"wrote {plan}; next: mktexec status {plan}\n"


def test_colour_adds_nothing_but_codes(run, plan):
    import re

    words = ("set", "T2", "end=2024-07-30", "-p", plan, "--dry-run")
    plain, colour = run(*words).out, run(*words, FORCE_COLOR="1").out
    assert "\x1b[1;4;32m30\x1b[0m" in colour
    assert re.sub(r"\x1b\[[\d;]*m", "", colour) == plain


def test_an_unsound_plan_is_mended_without_figures(run, plan):
    plan.write_text(edited(PLAN, ("owner: li, start: 2024-07-06", "owner: lu, start: 2024-07-06")))
    result = run("set", "T2", "owner=li", "-p", plan)
    assert result.code == 0
    assert "\n→" not in result.out
    assert plan.read_text() == PLAN


def test_line_ends_and_byte_order_mark_stay(run, plan):
    raw = b"\xef\xbb\xbf" + PLAN.encode().replace(b"\n", b"\r\n")
    plan.write_bytes(raw)
    result = run("set", "T2", "title=Build a page", "-p", plan)
    assert plan.read_bytes() == raw.replace(b"Build the page", b"Build a page")
    assert "\r" not in result.out
    assert result.out.count("\n- ") == result.out.count("\n+ ") == 1


def wish(plan: Path, meanwhile: list[str]):
    """Return a wish to move T2 during which somebody else writes each of these texts."""

    def make(session):
        del session
        if meanwhile:
            plan.write_text(meanwhile.pop(0), encoding="utf-8")
        return Wish([Put(("tasks", "T2", "end"), "2024-07-30")], T("moved", "已移动"))

    return make


def options(plan: Path) -> Options:
    return Options(plan, "2024-07-08", "en", dry_run=False, force=False, commit=False)


def test_a_change_of_something_else_meanwhile_is_kept(plan, capsys):
    other = edited(PLAN, ("Write the brief", "Write a brief"))
    change(options(plan), wish(plan, [other]))
    assert plan.read_text() == edited(other, (T2_END, "end: 2024-07-30, after"))
    assert "Write a brief" not in capsys.readouterr().out  # it is not what this command changed


def test_a_change_of_the_same_meanwhile_stops_it(plan):
    other = edited(PLAN, (T2_END, "end: 2024-07-20, after"))
    with pytest.raises(MktexecError) as caught:
        change(options(plan), wish(plan, [other]))
    assert caught.value.message.en == "somebody changed the same place meanwhile; nothing was written"
    assert plan.read_text() == other


def test_a_plan_that_never_rests_is_left_alone(plan):
    texts = [edited(PLAN, ("Write the brief", f"Write brief {n}")) for n in range(9)]
    with pytest.raises(MktexecError):
        change(options(plan), wish(plan, list(texts)))
    assert plan.read_text() in texts
