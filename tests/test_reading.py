"""Reading: where every path of a plan stands, and that its layout changes nothing of its content."""

import random
from pathlib import Path

import pytest

from mktexec.store.load import Loaded, load

HERE = Path(__file__).parent
EXAMPLE = HERE.parent / "plans" / "examples" / "q3-2024-launch" / "plan.yaml"
FULL = HERE / "plans" / "full.yaml"
HEAD = "mktexec: 1\ncampaign: {title: a, period: {start: 2024-07-01, end: 2024-09-30}}\n"


def read(folder: Path, text: str | bytes, name: str = "plan.yaml") -> Loaded:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(path)


def places(loaded: Loaded, *paths: str) -> list[tuple[int, int]]:
    found = [loaded.source.locate(tuple(path.split("."))) for path in paths]
    return [(place.line, place.column) for place in found]


BLOCK = """\
# 注释
mktexec: 1

campaign:
  title: 夏季大促
  period:
    start: 2024-07-01
    end: 2024-09-30
tasks:
  # 说明
  T001:   # 直播
    title: "抖音直播"
    after:
      - T002
      - T003 +2d
    log:
      2024-07-16: 开播
  任务二: {title: 详情页, actual: {end: 2024-07-08}, collaborators: [技术部, 设计部]}
"""
IN_BLOCK = {
    "mktexec": (2, 10),
    "campaign": (4, 1),
    "campaign.title": (5, 10),
    "campaign.period": (6, 3),
    "campaign.period.end": (8, 10),
    "tasks": (9, 1),
    "tasks.T001": (11, 3),
    "tasks.T001.title": (12, 12),
    "tasks.T001.after": (13, 5),
    "tasks.T001.after.0": (14, 9),
    "tasks.T001.after.1": (15, 9),
    "tasks.T001.log.2024-07-16": (17, 19),
    "tasks.任务二": (18, 3),
    "tasks.任务二.title": (18, 16),
    "tasks.任务二.actual": (18, 21),
    "tasks.任务二.actual.end": (18, 35),
    "tasks.任务二.collaborators.0": (18, 64),
    "tasks.任务二.collaborators.1": (18, 69),
}


@pytest.mark.parametrize("path", IN_BLOCK)
def test_place_of_a_path(path, tmp_path):
    assert places(read(tmp_path, BLOCK), path) == [IN_BLOCK[path]]


@pytest.mark.parametrize(
    "convert",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    ],
    ids=["crlf", "cr", "bom", "bom-crlf"],
)
def test_places_do_not_depend_on_line_ends_and_byte_order_mark(convert, tmp_path):
    loaded = read(tmp_path, convert(BLOCK))
    assert dict(zip(IN_BLOCK, places(loaded, *IN_BLOCK), strict=True)) == IN_BLOCK
    assert loaded.plan.tasks["任务二"].collaborators == ("技术部", "设计部")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("tasks.T001.owner", (11, 3)),
        ("tasks.T001.after.7", (13, 5)),
        ("tasks.T009.title", (9, 1)),
        ("risks.R1", (2, 1)),
        ("tasks.T001.log.2024-07-16.note", (17, 19)),
    ],
)
def test_what_is_not_written_has_the_place_of_its_nearest_ancestor(path, place, tmp_path):
    assert places(read(tmp_path, BLOCK), path) == [place]


def test_characters_outside_the_basic_plane_count_as_one_column(tmp_path):
    assert places(read(tmp_path, HEAD + "risks: {R1: {note: 🎉🎉, title: a}}\n"), "risks.R1.title") == [
        (3, 31)
    ]


def test_empty_value_has_the_place_of_its_key(tmp_path):
    assert places(read(tmp_path, HEAD + "budget:\n  reserve:\n"), "budget.reserve", "budget") == [
        (4, 3),
        (3, 1),
    ]


def test_text_over_several_lines_begins_at_its_first_sign(tmp_path):
    text = HEAD + "review:\n  summary: |-\n    第一行\n    第二行\n  date: 2024-09-30\n"
    loaded = read(tmp_path, text)
    assert places(loaded, "review.summary", "review.date") == [(4, 12), (7, 9)]
    assert loaded.plan.review.summary == "第一行\n第二行"


ALIASES = HEAD + (
    "x-late: &late {owner: zhao, title: a}\n"  # line 3
    "x-more: &more {<<: *late, deliverable: b}\n"
    "people: {zhao: &z {name: 赵}, wang: *z}\n"
    "tasks:\n"
    "  T1: *late\n"  # line 7
    "  T2:\n"
    "    <<: *more\n"
    "    title: c\n"
    "  T3: {<<: [*late, {quality: d, title: e}], remark: f}\n"
)


def test_alias_stands_in_its_own_place_and_its_parts_at_the_anchor(tmp_path):
    loaded = read(tmp_path, ALIASES)
    assert loaded.faults == []
    assert loaded.plan.tasks["T1"].title == "a"
    assert loaded.plan.people["wang"].name == "赵"
    assert places(loaded, "tasks.T1", "tasks.T1.owner", "people.wang", "people.wang.name") == [
        (7, 7),
        (3, 23),
        (5, 36),
        (5, 26),
    ]


def test_merged_fields_stand_where_they_are_written_and_own_ones_win(tmp_path):
    loaded = read(tmp_path, ALIASES)
    second, third = loaded.plan.tasks["T2"], loaded.plan.tasks["T3"]
    assert (second.owner, second.title, second.deliverable) == ("zhao", "c", "b")
    assert (third.owner, third.title, third.quality, third.remark) == ("zhao", "a", "d", "f")
    paths = ("tasks.T2.owner", "tasks.T2.deliverable", "tasks.T2.title", "tasks.T3.title", "tasks.T3.quality")
    assert places(loaded, *paths) == [(3, 23), (4, 40), (10, 12), (3, 36), (11, 30)]


def test_anchor_given_twice_means_the_latest_one(tmp_path):
    text = HEAD + "risks: {R1: {title: &t a}, R2: {title: &t b}, R3: {title: *t}}\n"
    assert read(tmp_path, text).plan.risks["R3"].title == "b"


def test_scalars_stay_as_they_are_written(tmp_path):
    text = HEAD + "risks: {R1: {title: 2024, trigger: no, response: 007, note: '~'}}\n"
    risk = read(tmp_path, text).plan.risks["R1"]
    assert (risk.title, risk.trigger, risk.response, risk.note) == ("2024", "no", "007", "~")


@pytest.mark.parametrize(("path", "least"), [(EXAMPLE, 140), (FULL, 330)], ids=["example", "full"])
def test_every_value_is_found_where_it_is_written(path, least):
    """Another reader says what the values are; the text at each place begins with its value."""
    source = load(path).source
    leaves = [(where, value) for where, value in _leaves(_load_text(path), ()) if value]
    for where, value in leaves:
        place = source.locate(where)
        rest = source.documents[0].line(place.line)[place.column - 1 :]
        assert rest.lstrip("'\"").startswith(value), where
    assert len(leaves) >= least


def _leaves(value, path):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _leaves(one, (*path, str(index)))
    else:
        yield path, value


FIRST = "mktexec: 1\ncampaign:\n  title: a\ntasks:\n  T1: {title: b, after: [T2]}\n"
SECOND = (
    "tasks:\n  T2: {title: c}\nrisks: {R1: {title: d}}\n"
    "campaign: {period: {start: 2024-07-01, end: 2024-09-30}}\n"
)


def folder(path: Path, **texts: str) -> Loaded:
    path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load(path)


def test_files_of_a_folder_are_read_as_one_plan(tmp_path):
    loaded = folder(tmp_path / "plan", a=FIRST, b=SECOND)
    assert loaded.faults == []
    single = read(
        tmp_path,
        "mktexec: 1\ncampaign: {title: a, period: {start: 2024-07-01, end: 2024-09-30}}\n"
        "tasks: {T1: {title: b, after: [T2]}, T2: {title: c}}\nrisks: {R1: {title: d}}\n",
    )
    assert loaded.plan == single.plan
    assert loaded.ids == single.ids


def test_paths_of_a_folder_lead_to_the_file_that_holds_them(tmp_path):
    plan = tmp_path / "plan"
    loaded = folder(plan, a=FIRST, b=SECOND)
    found = [
        loaded.source.locate(path) for path in (("tasks", "T1"), ("tasks", "T2"), ("campaign", "period"))
    ]
    assert found == [
        ((plan / "a.yaml").as_posix(), 5, 3),
        ((plan / "b.yaml").as_posix(), 2, 3),
        ((plan / "b.yaml").as_posix(), 4, 12),
    ]


def test_same_id_in_two_files_names_both_places(tmp_path, run):
    plan = tmp_path / "plan"
    loaded = folder(plan, a=FIRST, b=SECOND.replace("T2:", "T1:"))
    double = loaded.faults[0]
    assert (double.code, double.place) == ("duplicate-id", ((plan / "b.yaml").as_posix(), 2, 3))
    assert double.params["first"] == f"{plan.as_posix()}/a.yaml:5"
    output = run("check", plan).out
    assert f"{plan.as_posix()}/b.yaml:2:3: error [duplicate-id]" in output
    assert "a.yaml:5" in output.replace("\n    ", "")


def test_same_field_of_the_campaign_in_two_files_is_told(tmp_path):
    loaded = folder(tmp_path / "plan", a=FIRST, b=SECOND.replace("{period", "{title: z, period"))
    assert [(one.code, one.path) for one in loaded.faults] == [("duplicate-id", ("campaign", "title"))]
    assert loaded.plan.campaign.title == "a"


def test_section_that_is_a_map_here_and_a_text_there_is_told(tmp_path):
    loaded = folder(tmp_path / "plan", a=FIRST, b=SECOND + "log: {}\n", c="tasks: x\n")
    assert [(one.code, one.path) for one in loaded.faults] == [("duplicate-id", ("tasks",))]


def test_empty_and_foreign_files_in_a_folder_change_nothing(tmp_path):
    plan = tmp_path / "plan"
    expected = folder(plan, a=FIRST, b=SECOND).plan
    (plan / "notes.md").write_text("# x: [", encoding="utf-8")
    (plan / ".hidden.yaml").write_text("x: [", encoding="utf-8")
    (plan / "empty.yaml").write_text("", encoding="utf-8")
    (plan / "planned.yml").write_text("# later\nrisks:\n", encoding="utf-8")
    assert load(plan).plan == expected


def test_order_of_sections_and_of_files_changes_nothing(tmp_path):
    sections = FIRST.split("\n", 1)[1]
    first = folder(tmp_path / "one", a=FIRST, b=SECOND)
    second = folder(tmp_path / "two", a=SECOND, b=sections, c="mktexec: 1\n")
    assert first.plan == second.plan


def test_key_order_changes_nothing_of_the_plan(tmp_path):
    """Every map of the full plan shuffled, at every depth, with a fixed seed."""
    shuffled = read(tmp_path, _dump(_shuffled(_load_text(FULL), random.Random(7))))  # noqa: S311  # no secret
    assert shuffled.faults == []
    assert shuffled.plan == load(FULL).plan


def test_example_split_into_one_file_a_section_is_the_same_plan(tmp_path):
    plan = tmp_path / "plan"
    parts = {name: _dump({name: value}) for name, value in _load_text(EXAMPLE).items()}
    split = folder(plan, **parts)
    assert split.faults == []
    assert split.plan == load(EXAMPLE).plan


def _load_text(path: Path):
    from ruamel.yaml import YAML

    yaml = YAML(typ="base")  # every scalar is text, by another reader than ours
    return yaml.load(path.read_text(encoding="utf-8"))


def _dump(value) -> str:
    """JSON is YAML; quoted scalars read the same because the plan's schema types them."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=1)


def _shuffled(value, dice: random.Random):
    if isinstance(value, list):
        return [_shuffled(one, dice) for one in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    dice.shuffle(keys)
    return {key: _shuffled(value[key], dice) for key in keys}


def test_what_is_wrong_before_the_first_key_has_a_line_too(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("#\u2028 a comment that YAML ends early\n#\nmktexec: 1\n", encoding="utf-8")
    (found,) = load(path).faults
    assert found.code == "not-yaml"
    assert found.place is not None
    assert found.place.line == 3
