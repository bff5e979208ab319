"""``add``, ``remove`` and ``rename``: whole entries, with everything in the plan that names them."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import COMMAND, FIXED, ROOT
from mktexec.commands.kinds import KINDS, WORDS
from mktexec.model.shape import model_at
from mktexec.store.load import load
from test_init import Terminal

FULL = Path(__file__).parent / "plans" / "full.yaml"
SPRING = ROOT / "tests" / "golden" / "plans" / "spring.yaml"
EMPTY = """\
mktexec: 1
campaign:
  title: Autumn
  period: {start: 2026-07-01, end: 2026-09-30}
  calendar: weekdays
  language: en
"""
DAY = {"MKTEXEC_TODAY": "2026-05-13"}
LANGS = ("en", "zh")


@pytest.fixture
def full(tmp_path):
    return Path(shutil.copy(FULL, tmp_path / "plan.yaml"))


@pytest.fixture
def write(tmp_path):
    def put(text, name="plan.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return put


def text_of(path):
    return path.read_bytes().decode("utf-8")


def entries(path, section):
    """Return the entries of a section as the reader of plans has them."""
    here = load(path).plan
    for step in section:
        here = getattr(here, step) if here is not None else {}
    return here or {}


# add

# kind: (fields, id in an empty plan, id in the full one, value read back)
ADDED = {
    "task": (["owner=lin", "start=2026-05-20", "end=2026-05-22"], "T001", "T005", ("owner", "lin")),
    "kpi": (["target=35", "unit=%"], "K001", "K004", ("unit", "%")),
    "goal": (["owner=lin", "due=2026-06-20"], "G1", "G2", ("owner", "lin")),
    "initiative": (["owner=lin"], "I1", "I3", ("owner", "lin")),
    "risk": (["owner=lin", "likelihood=高"], "R1", "X2", ("likelihood", "high")),
    "person": (["role=投放", "--id", "wu"], "wu", "wu", ("role", "投放")),
    "line": (["planned=5000", "type=推广费"], "B1", "B3", ("type", "promotion")),
    "resource": (["owner=lin", "needed=3"], "RES1", "R2", ("owner", "lin")),
    "material": (["quantity=200", "unit=张"], "M1", "M2", ("unit", "张")),
    "supplier": (["service=搭建"], "S1", "S2", ("service", "搭建")),
    "channel": (["audience=会员"], "C1", "C2", ("audience", "会员")),
    "experiment": (["variants=A，B", "metric=CTR"], "E1", "E2", ("variants", ("A", "B"))),
    "approval": (["by=lin"], "A1", "A2", ("by", "lin")),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("where", ["empty", "full"])
@pytest.mark.parametrize("kind", KINDS, ids=[kind.name.en for kind in KINDS])
def test_every_kind_is_added_and_read_back(run, write, kind, where, lang):
    fields, first, following, (name, value) = ADDED[kind.name.en]
    path = write(EMPTY + "people: {lin: {name: 林*}}\n" if where == "empty" else text_of(FULL))
    before = text_of(path)
    word = kind.name.say(lang)
    result = run("add", word, "新的: 第1项 #1", *fields, "-p", path, "--lang", lang, **DAY)
    assert result.code == 0, result.err
    new = first if where == "empty" else following
    told = {"en": f"{word} {new} added: 新的: 第1项 #1", "zh": f"已新增{word} {new}：新的: 第1项 #1"}[lang]
    assert result.out.splitlines()[0] == told
    found = entries(path, kind.section)[new]
    assert (getattr(found, kind.title), getattr(found, name)) == ("新的: 第1项 #1", value)
    assert load(path).faults == []
    assert list(entries(path, kind.section))[-1] == new
    gone = [line for line in before.splitlines() if line not in text_of(path).splitlines()]
    assert gone == (["people: {lin: {name: 林*}}"] if kind.name.en == "person" and where == "empty" else [])


def test_the_kinds_and_what_is_asked_are_of_the_model():
    assert set(ADDED) == {kind.name.en for kind in KINDS}
    for kind in KINDS:
        fields = model_at((*kind.section, "x")).model_fields
        assert {kind.title, *kind.asked} <= set(fields)
        assert set(kind.missing({})) <= {kind.title, *kind.asked}
    assert {word for word, kind in WORDS.items() if kind.section == ("budget", "lines")} == {
        "line",
        "lines",
        "预算",
        "budget-line",
    }


STYLES = {
    "block": ("tasks:\n  T1:\n    title: a\n", "  T2:\n    title: b\n    owner: lin\n"),
    "flow": ("tasks:\n  T1: {title: a}\n", "  T2: {title: b, owner: lin}\n"),
    "four spaces": ("tasks:\n    T1:\n        title: a\n", "    T2:\n        title: b\n        owner: lin\n"),
    "apart": (
        "tasks:\n  T0:\n    title: z\n\n  T1:\n    title: a\n",
        "\n  T2:\n    title: b\n    owner: lin\n",
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_an_entry_stands_in_the_sections_style_with_its_fields_in_order(run, write, style):
    text, new = STYLES[style]
    path = write(EMPTY + "people: {lin: {name: 林*}}\n" + text)
    before = text_of(path)
    assert run("add", "task", "b", "owner=lin", "-p", path, "--force").code == 0
    assert text_of(path) == before + new


def test_fields_may_be_nested_listed_and_named_in_chinese(run, full):
    args = [
        "x-own=1",
        "evidence+=a.png",
        "actual.start=2026-05-11",
        "collaborators=lin,设计部",
        "负责人=zhou",
    ]
    assert run("add", "任务", "排期", *args, "-p", full, **DAY).code == 0
    new = (
        "  T005:\n    title: 排期\n    owner: zhou\n    collaborators: [lin, 设计部]\n"
        "    actual: {start: 2026-05-11}\n    evidence: [a.png]\n    x-own: 1\n"
    )
    assert new in text_of(full)
    assert text_of(full).replace(new, "") == text_of(FULL)


def test_those_who_add_at_the_same_time_get_ids_of_their_own(full):
    command = [*COMMAND, "add", "task", "x", "-p", str(full)]
    started = [
        subprocess.Popen(command, env=FIXED, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert [one.wait(timeout=60) for one in started] == [0] * 4
    assert list(entries(full, ("tasks",)))[4:] == ["T005", "T006", "T007", "T008"]


def test_the_title_may_come_from_standard_input(run, full):
    done = run.process("add", "risk", "-", "-p", full, stdin=None, input="雨天\n".encode())
    assert done.returncode == 0
    assert entries(full, ("risks",))["X2"].title == "雨天"


WRONG_ADDS = {
    ("tsk", "x"): "'tsk' is no kind of entry\n  → did you mean task?",
    ("怪物", "x"): "'怪物' is no kind of entry\n  → one of: task, kpi, goal",
    ("task",): "missing: TITLE\n  → for example: mktexec add task TITLE",
    ("task", "owner=lin"): "missing: TITLE\n  → for example: mktexec add task TITLE owner=lin",
    (
        "kpi",
        "销售额",
        "unit=万元",
    ): "missing: target\n  → for example: mktexec add kpi 销售额 unit=万元 target=500",
    ("person", "Li Na"): "missing: --id\n  → for example: mktexec add person 'Li Na' --id li",
    ("person",): "missing: TITLE, --id\n  → for example: mktexec add person TITLE --id li",
    ("task", "x", "--as-of", "soon"): "soon",
    ("approval", "budget"): "missing: by\n  → for example: mktexec add approval budget by=li",
    ("task", "x", "ownr=lin"): "has no field ownr\n  → did you mean owner?",
    ("task", "x", "owner"): "'owner' is no FIELD=VALUE",
    (
        "kpi",
        "x",
        "target=1",
        "readings.2026-06-05=4",
        "readings.2026-06-05.cause=late",
    ): "'readings.2026-06-05.cause=late' does not go with the fields before it\n  → write all parts at once",
    ("task", "x", "evidence=a", "evidence.x=b"): "'evidence.x=b' does not go with",
    ("task", "x", "--id", "T001"): "T001 is taken: tasks.T001\n",
    ("goal", "x", "--id", "launch"): "launch is taken: campaign.milestones.launch\n",
    ("task", "x", "--id", "a b"): "'a b' cannot be an id\n",
}


@pytest.mark.parametrize("args", WRONG_ADDS, ids=" ".join)
def test_what_cannot_be_added(run, full, args):
    result = run("add", *args, "-p", full, "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert WRONG_ADDS[args] in result.err
    assert text_of(full) == text_of(FULL)


def test_what_is_missing_is_named_in_chinese_too(run, full):
    done = run.process("add", "指标", "-p", full, "--lang", "zh", env={"LC_ALL": "zh_CN.UTF-8"})
    assert done.returncode == 2
    assert done.stderr.decode() == (
        "mktexec: 缺少：标题、target\n  → 例如：mktexec add 指标 标题 target=500\n"
    )


def test_a_reference_to_nothing_is_not_added_without_force(run, full):
    result = run("add", "task", "x", "owner=li", "-p", full, "--lang", "en")
    assert result.code == 1
    assert "[unknown-reference]" in result.err
    assert text_of(full) == text_of(FULL)
    assert run("add", "task", "x", "owner=li", "-p", full, "--force").code == 0


def test_ids_of_wrong_entries_count(run, write):
    text = (
        "tasks:\n  T1: {title: a}\n  T7: {owner: 5}\n"
        "budget:\n  total: 9\n  reserve: 1\n  lines:\n    B1: {item: a, planned: 1}\n    B2: {item: b}\n"
    )
    path = write(EMPTY + text)
    assert run("add", "task", "x", "-p", path, "--force").code == 0
    assert run("add", "line", "x", "planned=1", "-p", path, "--force").code == 0
    assert "  T8: {title: x}\n" in text_of(path)
    assert "    B2: {item: b}\n    B3: {item: x, planned: 1}\n" in text_of(path)


def test_an_id_used_in_another_section_is_not_proposed(run, write):
    path = write(EMPTY + "risks:\n  R1: {title: a}\n  R2: {title: b}\nresources:\n  R3: {title: c}\n")
    assert run("add", "risk", "x", "-p", path, "--force").code == 0
    assert "  R4: {title: x}\n" in text_of(path)


def test_a_dry_run_shows_and_writes_nothing(run, full):
    for args in (["add", "task", "x"], ["rename", "T001", "T9"], ["remove", "T004", "--force"]):
        result = run(*args, "-p", full, "--dry-run", "--lang", "en")
        assert (result.code, bool(result.out)) == (0, True)
        assert text_of(full) == text_of(FULL)


# rename

LINES = ("budget", "lines")
HOMES = [
    *((name,) for name in ("people", "goals", "initiatives", "tasks", "kpis", "resources", "materials")),
    *((name,) for name in ("suppliers", "risks", "channels", "experiments", "approvals", "acknowledgements")),
    LINES,
    ("campaign", "milestones"),
    ("campaign", "phases"),
]
EVERY = [(*home, key) for home in HOMES for key in entries(FULL, home)]


def words(text, old, new):
    """Replace ``old`` wherever it stands as a word of its own; no id of the full plan is one in a text."""
    return re.sub(rf"(?<![\w@.-]){re.escape(old)}(?![\w@-])", new, text)


def findings(run, path):
    found = json.loads(run("check", path, "--format", "json", **DAY).out)["findings"]
    return sorted((one["code"], one["path"], one["message"]) for one in found)


def test_the_full_plan_has_entries_of_every_section():
    assert len(EVERY) == 29
    assert {path[:-1] for path in EVERY} == set(HOMES)


@pytest.mark.parametrize("path", EVERY, ids=".".join)
def test_every_entry_is_renamed_with_everything_that_names_it(run, full, path):
    old, new = path[-1], "新-9"
    before = findings(run, full)
    result = run("rename", ".".join(path), new, "-p", full, **DAY)
    assert result.code == 0, result.err
    assert text_of(full) == words(text_of(FULL), old, new)
    found = [tuple(part.replace(new, old) for part in one) for one in findings(run, full)]
    assert sorted(found) == before
    back = run("rename", new, old, "-p", full, **DAY)
    assert back.code == 0
    assert text_of(full) == text_of(FULL)


LINKS = """\
people:
  li: {name: 李*}
  'wang': {name: 王*}  # 新人
tasks:
  T1: {title: a, start: launch, end: launch + 2w, owner: "wang"}
  T2:
    title: b
    after: [T1 SS +1d, T1 +2d, "T1"]  # both
    collaborators: wang
    start: T1 - 2d
    needs: {li: 0.5, wang: 0.5}
    log:
      2026-07-02: {note: T1 is late, by: wang}
  T11: {title: T1, after: T1, resources: [T1, R1], end: launch - 3cd}
  T12: {after: T1, owner: wang, end: soon}  # no title
resources:
  R1: {title: 摄影棚}
approvals:
  A1: {subject: T1, by: wang}
acknowledgements:
  W1: {finding: task-late, subject: T1, by: wang, date: 2026-07-03, action: T1}
x-own: T1
"""
LAUNCH = EMPTY.replace("  calendar", "  milestones: {launch: 2026-07-20}\n  calendar")
RENAMED = {
    ("T1", "T100"): {
        "  T100: {title: a, start: launch",
        '    after: [T100 SS +1d, T100 +2d, "T100"]  # both',
        "    start: T100 - 2d",
        "  T11: {title: T1, after: T100, resources: [T1, R1], end: launch - 3cd}",
        "  T12: {after: T100, owner: wang, end: soon}  # no title",
        "  A1: {subject: T100, by: wang}",
        "  W1: {finding: task-late, subject: T100, by: wang, date: 2026-07-03, action: T1}",
        "x-own: T1",
    },
    ("wang", "on"): {
        "  'on': {name: 王*}    # 新人",
        'end: launch + 2w, owner: "on"}',
        "    collaborators: on",
        "    needs: {li: 0.5, on: 0.5}",
        "{note: T1 is late, by: on}",
        "owner: on, end: soon}",
        "by: on}",
        "by: on, date",
    },
    ("launch", "golive"): {
        "  milestones: {golive: 2026-07-20}",
        "start: golive, end: golive + 2w",
        "end: golive - 3cd",
    },
    ("摄影棚", "R5"): {"  R5: {title: 摄影棚}", "resources: [T1, R5]"},
    ("W1", "W2"): {"  W2: {finding"},
}


@pytest.mark.parametrize("names", RENAMED, ids=" ".join)
def test_links_days_keys_and_mentions_are_renamed_and_no_text_is(run, write, names):
    path = write(LAUNCH + LINKS)
    assert run("rename", *names, "-p", path).code == 0
    lines = RENAMED[names]
    assert [line for line in lines if line not in text_of(path)] == []
    old = names[0] if names[0] != "摄影棚" else "R1"
    untouched = [line for line in (LAUNCH + LINKS).splitlines() if not re.search(rf"\b{old}\b", line)]
    assert [line for line in untouched if line not in text_of(path).splitlines()] == []


def test_what_may_as_well_mean_another_stays(run, write):
    text = (
        "people: {x: {name: 李*}}\nresources: {x: {title: 影棚}}\n"
        "tasks:\n  T1: {title: a, owner: x, needs: {x: 1}}\nrisks:\n  T1: {title: r}\n"
        "approvals:\n  A1: {subject: T1, by: x}\n"
    )
    path = write(EMPTY + text)
    assert run("rename", "people.x", "li", "-p", path).code == 0
    assert "owner: li, needs: {x: 1}" in text_of(path)
    assert run("rename", "tasks.T1", "T2", "-p", path).code == 0
    assert "A1: {subject: T1, by: li}" in text_of(path)
    assert run("rename", "T1", "R1", "-p", path).code == 0
    assert "A1: {subject: R1, by: li}" in text_of(path)


def test_a_name_in_two_places_is_asked_for(run, write):
    path = write(EMPTY + "risks: {T1: {title: a}}\ntasks: {T1: {title: b}}\n")
    for command in (["rename", "T1", "T2"], ["remove", "T1"]):
        result = run(*command, "-p", path)
        assert result.code == 2
        assert "T1 may mean tasks.T1 or risks.T1\n  → name one: tasks.T1\n" in result.err


WRONG_NAMES = {
    ("T001", "T002"): "T002 is taken: tasks.T002",
    ("T001", "zhou"): "zhou is taken: people.zhou",
    ("T001", "T001"): "T001 is taken: tasks.T001",
    ("T001", "burst"): "burst is taken: campaign.phases.burst",
    ("T001", "T 9"): "'T 9' cannot be an id",
    ("T001", ""): "'' cannot be an id",
    ("T001", "a.b"): "'a.b' cannot be an id",
    ("T001", "x" * 65): "cannot be an id",
    ("T009", "T010"): "there is no entry T009\n  → did you mean T00",
    ("campaign.milestones.open", "T010"): "there is no entry campaign.milestones.open",
    ("campaign", "T010"): "there is no entry campaign",
}


@pytest.mark.parametrize("names", WRONG_NAMES, ids=[" ".join(one)[:40] for one in WRONG_NAMES])
def test_what_cannot_be_renamed(run, full, names):
    result = run("rename", *names, "-p", full, "--lang", "en")
    assert (result.code, result.out) == (2, "")
    assert WRONG_NAMES[names] in result.err
    assert text_of(full) == text_of(FULL)


def test_what_a_rename_did_is_told(run, full):
    english = run("rename", "T001", "T010", "-p", full, "--lang", "en", **DAY)
    assert english.out.splitlines()[0] == "T001 is now T010, named in 7 places"
    chinese = run("rename", "W1", "W2", "-p", full, "--lang", "zh", **DAY)
    assert chinese.out.splitlines()[0] == "W1 已改为 W2"
    chinese = run("rename", "close", "收官", "-p", full, "--lang", "zh", **DAY)
    assert chinese.out.splitlines()[0] == "close 已改为 收官，同步引用 2 处"


# remove

# what cannot do without an entry: it has to go as well
NEEDING = {"qian": ["A1"], "sun": ["W1"], "T001": ["W1"]}


def others(path):
    """Return the numbers of the lines on which an entry is named, its own lines left out."""
    lines = text_of(FULL).splitlines()
    key = next(i for i, line in enumerate(lines) if re.match(rf" +{path[-1]}:( |$)", line))
    indent = len(lines[key]) - len(lines[key].lstrip())
    deeper = [i for i in range(key + 1, len(lines)) if len(lines[i]) - len(lines[i].lstrip()) <= indent]
    own = range(key, deeper[0])
    named = re.compile(rf"(?<![\w@.-]){re.escape(path[-1])}(?![\w@-])")
    return [i + 1 for i, line in enumerate(lines) if i not in own for _ in named.findall(line)]


@pytest.mark.parametrize("path", EVERY, ids=".".join)
def test_what_is_named_is_not_removed_and_what_names_it_is_shown(run, full, path):
    result = run("remove", ".".join(path), "-p", full, "--lang", "en", **DAY)
    named = others(path)
    assert result.code == (1 if named else 0), result.err
    if not named:
        assert path[-1] not in entries(full, path[:-1])
        return
    assert result.out == ""
    shown = re.findall(r"plan\.yaml:(\d+): \S+", result.err)
    assert sorted(map(int, shown)) == named
    assert f"not removed, {path[-1]} still named in:" in result.err
    command = " ".join(["mktexec remove", path[-1], *NEEDING.get(path[-1], []), "--force"])
    assert command in result.err.splitlines()[-1]
    assert text_of(full) == text_of(FULL)


@pytest.mark.parametrize("path", EVERY, ids=".".join)
def test_force_clears_everything_that_names_it(run, full, path):
    args = ["remove", ".".join(path), *NEEDING.get(path[-1], []), "--force"]
    result = run(*args, "-p", full, **DAY)
    assert result.code == 0, result.err
    assert path[-1] not in entries(full, path[:-1])
    assert load(full).faults == []
    assert words(text_of(full).replace("lin@example", ""), path[-1], "") == text_of(full).replace(
        "lin@example", ""
    )
    assert [one for one in findings(run, full) if one[0] in ("unknown-reference", "unknown-anchor")] == []


@pytest.mark.parametrize("name", NEEDING)
def test_force_does_not_take_what_an_entry_cannot_do_without(run, full, name):
    result = run("remove", name, "--force", "-p", full, "--lang", "en")
    [need] = NEEDING[name]
    assert (result.code, result.out) == (1, "")
    assert f"not removed, these cannot do without {name}:\n" in result.err
    assert f"  → {need} cannot do without; to remove that too and clear the rest: " in result.err
    assert text_of(full) == text_of(FULL)


CLEARED = {
    ("T1", "A1", "W1"): [
        ('  T1: {title: a, start: launch, end: launch + 2w, owner: "wang"}\n', ""),
        ('    after: [T1 SS +1d, T1 +2d, "T1"]  # both\n', ""),
        ("    start: T1 - 2d\n", ""),
        ("title: T1, after: T1, resources", "title: T1, resources"),
        ("{after: T1, owner", "{owner"),
        ("  A1: {subject: T1, by: wang}\n", None),
        ("  W1: {finding: task-late, subject: T1, by: wang, date: 2026-07-03, action: T1}\n", None),
    ],
    ("li", "R1"): [
        ("  li: {name: 李*}\n", ""),
        ("    needs: {li: 0.5, wang: 0.5}\n", "    needs: {wang: 0.5}\n"),
        ("resources: [T1, R1]", "resources: [T1]"),
        ("resources:\n  R1: {title: 摄影棚}\n", "resources: {}\n"),
    ],
    ("launch",): [
        ("  milestones: {launch: 2026-07-20}\n", "  milestones: {}\n"),
        ("title: a, start: launch, end: launch + 2w, owner", "title: a, owner"),
        (", end: launch - 3cd}", "}"),
    ],
}


@pytest.mark.parametrize("names", CLEARED, ids=" ".join)
def test_items_keys_and_fields_are_cleared_and_nothing_else(run, write, names):
    path = write(LAUNCH + LINKS)
    wanted = text_of(path)
    for old, new in CLEARED[names]:
        assert old in wanted
        wanted = wanted.replace(old, new or "")
    wanted = wanted.replace("approvals:\nacknowledgements:\n", "approvals: {}\nacknowledgements: {}\n")
    assert run("remove", *names, "--force", "-p", path).code == 0
    assert text_of(path) == wanted


def test_several_are_removed_at_once_though_they_name_each_other(run, full):
    result = run("remove", "T004", "M1", "-p", full, "--lang", "en", **DAY)
    assert result.code == 0, result.err
    assert result.out.splitlines()[0] == "T004, M1 removed"
    assert "T004" not in text_of(full)
    assert "materials: {}" in text_of(full)


def test_all_items_of_a_list_go_in_one_change(run, full):
    args = ["remove", "T001", "T003", "W1", "T001", "--force"]
    result = run(*args, "-p", full, "--lang", "zh", **DAY)
    assert result.code == 0, result.err
    assert result.out.splitlines()[0] == "已删除 T001、T003、W1，同时清除引用 8 处"
    assert "after" not in text_of(full)


def test_items_of_a_list_that_stay_keep_their_place(run, write):
    tasks = "".join(f"  T{n}: {{title: a}}\n" for n in range(1, 5))
    path = write(EMPTY + "tasks:\n" + tasks + "  T5: {title: b, after: [T1, T2 +1d, T3, T4]}\n")
    assert run("remove", "T4", "T1", "T2", "--force", "-p", path).code == 0
    assert text_of(path).endswith("  T3: {title: a}\n  T5: {title: b, after: [T3]}\n")


def test_an_entry_that_says_nothing_else_stays(run, write):
    path = write(
        EMPTY + "people:\n  li: {name: 李*}\ntasks:\n  T9: {owner: li}\nlog:\n  2026-07-02: {by: li}\n"
    )
    assert run("remove", "li", "--force", "-p", path).code == 0
    assert "tasks:\n  T9: {}\n" in text_of(path)
    assert entries(path, ("people",)) == {}


def test_long_lists_of_what_names_an_entry_are_cut(run, write):
    tasks = "".join(f"  T{n}: {{title: a, owner: li}}\n" for n in range(25))
    path = write(EMPTY + f"people:\n  li: {{name: 李*}}\ntasks:\n{tasks}")
    result = run("remove", "li", "-p", path)
    assert result.code == 1
    assert result.err.count("plan.yaml:") == 20
    assert "\n  and 5 more\n" in result.err


# plans as they come


def test_a_plan_in_a_folder_is_changed_in_every_file(run, write, tmp_path):
    folder = tmp_path / "plan"
    folder.mkdir()
    write(EMPTY + "people:\n  li: {name: 李*}\n  wu: {name: 吴*}\n", "plan/a.yaml")
    write("tasks:\n  T1: {title: a, owner: li}\n", "plan/b.yaml")
    write("tasks:\n  T2: {title: b, owner: li, after: T1}\n", "plan/c.yaml")
    assert run("rename", "li", "lei", "-p", folder).code == 0
    assert run("rename", "T1", "T3", "-p", folder).code == 0
    assert run("add", "task", "c", "owner=lei", "-p", folder).code == 0
    assert "  lei: {name: 李*}\n" in text_of(folder / "a.yaml")
    assert text_of(folder / "b.yaml") == "tasks:\n  T3: {title: a, owner: lei}\n"
    assert text_of(folder / "c.yaml") == (
        "tasks:\n  T2: {title: b, owner: lei, after: T3}\n  T4: {title: c, owner: lei}\n"
    )
    assert run("remove", "T2", "T3", "lei", "--force", "-p", folder).code == 0
    assert text_of(folder / "c.yaml") == "tasks:\n  T4: {title: c}\n"


def test_a_shared_value_is_left_to_its_author(run, write):
    text = "people:\n  li: {name: 李*}\ntasks:\n  T1: {title: a, owner: &o li}\n  T2: {title: b, owner: *o}\n"
    path = write(EMPTY + text)
    before = text_of(path)
    result = run("rename", "li", "lei", "-p", path)
    assert result.code == 3
    assert "change it in the file by hand" in result.err
    assert text_of(path) == before


def test_a_plan_that_is_no_yaml_is_not_changed(run, write):
    path = write("mktexec: 1\ntasks: {T1: {title: a}\n")
    for args in (["add", "task", "x"], ["rename", "T1", "T2"], ["remove", "T1"]):
        result = run(*args, "-p", path)
        assert (result.code, result.out) == (3, "")
        assert "[not-yaml]" in result.err


@pytest.mark.parametrize("lang", LANGS)
def test_a_plan_stays_sound_through_a_day_of_changes(run, tmp_path, lang):
    path = Path(shutil.copy(SPRING, tmp_path / "plan.yaml"))
    steps = [
        ["add", "task", "Send the flyers", "owner=bob", "after=T06", "end=2025-04-04", "initiative=I2"],
        ["rename", "T08", "T80"],
        ["rename", "bob", "rob"],
        ["add", "initiative", "Partners", "goal=G1", "owner=ann"],
        ["remove", "T06", "T80"],
        ["remove", "T02", "--force"],
        ["add", "task", "Design again", "owner=rob", "initiative=I3", "end=2025-04-01", "deliverable=page"],
    ]
    for step in steps:
        result = run(*step, "-p", path, "--lang", lang, MKTEXEC_TODAY="2025-03-26")
        assert result.code == 0, (step, result.err)
    assert list(entries(path, ("tasks",))) == ["T01", "T03", "T04", "T05", "T07", "T08"]
    assert run("check", path).code == 0


# questions


@pytest.fixture
def terminal(full):
    def start(*args, lang):
        names = {"en": "C.UTF-8", "zh": "zh_CN.UTF-8"}
        return Terminal(*args, "--lang", lang, cwd=full.parent, lang=names[lang])

    return start


def test_a_terminal_is_asked_for_what_a_task_needs(full, terminal):
    asked = terminal("add", "task", lang="en")
    asked.expect("Enter leaves out what is not known yet; Ctrl-C ends, and nothing is written.")
    asked.answer("title (what is done, at the level of an action): ", "")
    asked.expect("this one is needed")
    asked.answer("title: ", "Shoot 3 clips: indoors")
    asked.expect("  sun  孙*")
    asked.answer("\r\n>: ", "zhuo")
    asked.expect("there is no zhuo – did you mean zhou?")
    asked.answer("owner: ", "周*")
    asked.expect("  I2  信息流投放承接流量")
    asked.answer("\r\n>: ", "")
    asked.answer("start (planned start), as in 2024-07-15: ", "June 1")
    asked.expect("June 1 is not a day")
    asked.answer("start: ", "launch + 2d")
    asked.answer("end (planned end, included), as in 2024-07-15: ", "2026-06-09")
    asked.answer("deliverable (what is handed over): ", "-")
    asked.expect("task T005 added: Shoot 3 clips: indoors")
    assert asked.end() == 0
    new = entries(full, ("tasks",))["T005"]
    assert (new.owner, new.initiative, new.deliverable) == ("zhou", None, None)
    assert "    start: launch + 2d\n" in text_of(full)
    assert (new.start.isoformat(), new.end.isoformat()) == ("2026-06-03", "2026-06-09")


def test_questions_are_in_chinese_too(full, terminal):
    asked = terminal("add", "预算", "planned=20000", lang="zh")
    asked.expect("暂不清楚的直接回车跳过；按 Ctrl-C 退出，不写入任何内容。")
    asked.answer("预算项目 item: ", "短视频投流")
    asked.answer("promotion (推广费), other (其他)\r\n>: ", "推广")
    asked.expect("是不是 推广费？")
    asked.answer("type: ", "推广费")
    asked.answer("\r\n>: ", "I2")
    asked.answer("负责人 owner", "")
    asked.expect("已新增预算 B3：短视频投流")
    assert asked.end() == 0
    new = entries(full, LINES)["B3"]
    assert (new.item, new.planned, new.type, new.initiative, new.owner) == (
        "短视频投流",
        20000,
        "promotion",
        "I2",
        None,
    )


def test_an_id_is_asked_for_where_there_is_no_numbering(full, terminal):
    asked = terminal("add", "person", "Wu Yue", lang="en")
    asked.answer("role (role or duty): ", "editor")
    asked.answer("department (group or department): ", "")
    asked.answer("contact (how to reach them): ", "")
    asked.answer("id, by which others refer to it [wu-yue]: ", "T001")
    asked.expect("taken: tasks.T001")
    asked.answer("id, by which others refer to it [wu-yue]: ", "")
    asked.expect("person wu-yue added: Wu Yue")
    assert asked.end() == 0
    assert entries(full, ("people",))["wu-yue"].role == "editor"


def test_nothing_is_asked_where_nothing_is_missing(terminal):
    asked = terminal("add", "risk", "雨天", lang="zh")
    asked.expect("已新增风险 X2：雨天")
    assert asked.end() == 0


def test_questions_left_unanswered_write_nothing(full, terminal):
    asked = terminal("add", "task", lang="en")
    asked.answer("at the level of an action): ", "x")
    asked.expect("\r\n>: ")
    os.write(asked.master, b"\x04")  # Ctrl-D, which unlike a signal cannot come too early
    assert asked.end() == 130
    assert text_of(full) == text_of(FULL)
