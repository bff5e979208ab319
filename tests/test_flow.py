"""The flow chart: which tasks it shows, where they and their arrows lie, and what it says in words."""

import json
import random
import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest

from conftest import EXAMPLE, GOLDEN
from mktexec.model import Plan
from mktexec.render.svg import flow as flow_svg
from mktexec.render.svg.drawing import length, plain
from mktexec.render.svg.flow_layout import BOX_WIDTH, layout
from mktexec.schedule import schedule
from mktexec.schedule.handovers import HandOver
from mktexec.views.flow import Flow, FlowArrow, FlowBox, Passing, flow

SVG = "{http://www.w3.org/2000/svg}"
SPRING = GOLDEN / "plans" / "spring.yaml"
DAY = {"MKTEXEC_TODAY": "2025-03-25"}
HOSTILE = (
    "</title><script>alert(1)</script>",
    "a & b < c > d \"e\" 'f'",
    "\x00\x1b[31mred\x07\x7f\u202e\ufffe\uffff\ud800",
    "{{ 7*7 }}{% raw %}",
    "emoji 🎉👩‍👩‍👧 促销：大促",
    "two\nlines\r\nand\ttabs",
    "x" * 5000,
    "长" * 5000,
    "",
)


def plan(tasks: dict, **sections: object) -> Plan:
    facts = {
        "title": "t",
        "calendar": "weekdays",
        "period": {"start": "2024-07-01", "end": "2024-09-30"},
    }
    people = {one: {"name": one, "department": one.rstrip("0123456789").upper()} for one in "abcdef"}
    people |= {"a2": {"name": "a2", "department": "A"}}
    entries = {key: {"title": f"title of {key}", **task} for key, task in tasks.items()}
    given = {"mktexec": "1", "campaign": facts, "people": people, "tasks": entries, **sections}
    return Plan.model_validate(given)


def chart(tasks: dict) -> Flow:
    made = plan(tasks)
    return flow(made, schedule(made, date(2024, 6, 3)))


# A1 and A2 are A's, B1 to B3 are B's: A1 → B1 → B2 → B3 → A2, of which B2 hands nothing over.
FIVE = {
    "A1": {"owner": "a", "start": "2024-07-01", "end": "2024-07-03"},
    "B1": {"owner": "b", "after": "A1", "duration": "1d"},
    "B2": {"owner": "b", "after": "B1", "duration": "1d"},
    "B3": {"owner": "b", "after": ["B2", "B1"], "duration": "1d"},
    "A2": {"owner": "a2", "after": "B3", "duration": "1d"},
    "X": {"owner": "c"},
}


def test_it_shows_what_is_handed_over_in_levels_of_the_work():
    view = chart(FIVE)
    assert view.lanes == ("A", "B")
    assert [(box.id, box.lane, box.column) for box in view.boxes] == [
        ("A1", 0, 0),
        ("B1", 1, 1),
        ("B3", 1, 2),
        ("A2", 0, 3),
    ]


def test_the_way_of_the_work_stays_connected_through_tasks_not_shown():
    view = chart(FIVE)
    assert [(one.giver, one.receiver, one.passing is not None) for one in view.arrows] == [
        ("A1", "B1", True),
        ("B3", "A2", True),
        ("B1", "B3", False),
    ]


def test_a_link_that_follows_from_others_is_not_drawn_but_a_hand_over_is():
    tasks = {
        "A1": {"owner": "a"},
        "B1": {"owner": "b", "after": "A1"},
        "A2": {"owner": "a", "after": ["B1", "A1"]},  # A1 → A2 follows from the others
        "C1": {"owner": "c", "after": ["A2", "A1"]},  # so does A1 → C1, which is a hand-over
    }
    drawn = {(one.giver, one.receiver) for one in chart(tasks).arrows}
    assert drawn == {("A1", "B1"), ("B1", "A2"), ("A2", "C1"), ("A1", "C1")}


def test_the_owner_is_left_out_where_the_lane_says_who():
    made = plan({"A1": {"owner": "a"}, "Z1": {"owner": "z", "after": "A1"}})
    made = made.model_copy(update={"people": made.people | {"z": type(made.people["a"])(name="Zoe")}})
    view = flow(made, schedule(made, date(2024, 6, 3)))
    assert view.lanes == ("A", "Zoe")
    assert [box.owner for box in view.boxes] == ["a", ""]


@pytest.mark.parametrize(("late_in", "days"), [("calendar", 5), ("working", 3)])
def test_days_late_count_as_the_plan_counts_them(late_in, days):
    # promised for Friday the 5th, done on Wednesday the 10th: 8, 9 and 10 are working days
    tasks = {
        "A1": {"owner": "a", "start": "2024-07-01", "end": "2024-07-05", "actual": {"end": "2024-07-10"}},
        "B1": {"owner": "b", "after": "A1"},
    }
    made = plan(tasks, thresholds={"late_in": late_in})
    view = flow(made, schedule(made, date(2024, 7, 12)))
    assert view.arrows[0].passing.days_late == days


def passing(day: str | None, forecast: str, hours: int | None, days_late: int, *, done: bool) -> Passing:
    days = (day and date.fromisoformat(day), date.fromisoformat(forecast))
    return Passing(HandOver("A", "B", "a", "b", *days, hours, done), days_late)


WORDS = {
    ("2024-07-05", "2024-07-05", 48, 0, False): (
        "on time",
        "07-05 · ≤ 48 h",
        "按期",
        "07-05 · ≤48小时",
    ),
    ("2024-07-05", "2024-07-08", None, 3, False): (
        "expected 3 days late",
        "07-05 · 3 d late",
        "预计晚3天",
        "07-05 · 晚3天",
    ),
    ("2024-07-05", "2024-07-04", None, 0, True): ("handed over", "07-05", "已交接", "07-05"),
    ("2024-07-05", "2024-07-06", 4, 1, True): (
        "handed over 1 day late",
        "07-05 · ≤ 4 h · 1 d late",
        "已交接，晚1天",
        "07-05 · ≤4小时 · 晚1天",
    ),
    (None, "2024-07-06", None, 0, False): ("no planned day", "expected 07-06", "未定日期", "预计07-06"),
}


@pytest.mark.parametrize("facts", WORDS)
def test_a_hand_over_in_words(facts):
    day, forecast, hours, late, done = facts
    one = passing(day, forecast, hours, late, done=done)
    assert (one.state("en"), one.brief("en"), one.state("zh"), one.brief("zh")) == WORDS[facts]


# ---- geometry -----------------------------------------------------------------------------


def test_a_hand_over_to_the_next_lane_lies_where_it_should():
    view = chart({"A1": {"owner": "a"}, "B1": {"owner": "b", "after": "A1"}})
    found = layout(view, {view.arrows[0]: 60.0}, 100.0, 50.0)
    # margin 16; a corridor of 18 above each row; boxes of 190 × 74; 10 under a lane
    a, b = found.places
    assert (a.x, a.y, a.half) == (116.0, 50 + 18 + 37, 37.0)
    assert found.lanes == [(50.0, 50 + 18 + 74 + 10), (152.0, 254.0)]
    # the gap: twice 12 beside its only track, the text of 60 with 4 on both sides, a head of 8
    assert (b.x, b.y) == (116 + 190 + 24 + 68 + 8, 152 + 18 + 37)
    # it comes from above, so it enters 16 above the middle
    assert found.arrows == [
        (view.arrows[0], [(306.0, 105.0), (318.0, 105.0), (318.0, 191.0), (406.0, 191.0)])
    ]
    assert (found.right, found.bottom) == (406 + 190 + 16, 254.0)


def test_work_that_stays_goes_straight_on_in_its_row():
    view = chart(FIVE)
    found = layout(view, {}, 0.0, 0.0)
    ways = {(arrow.giver, arrow.receiver): points for arrow, points in found.arrows}
    rows = {place.box.id: place.y for place in found.places}
    assert rows["B1"] == rows["B3"]
    assert [y for _, y in ways["B1", "B3"]] == [rows["B1"]] * 2
    assert rows["A1"] == rows["A2"]


def random_chart(seed: int) -> Flow:
    """Return a chart of 40 boxes in 5 lanes with 70 hand-overs, which lead to any column ahead."""
    dice = random.Random(seed)  # noqa: S311  # pictures, not secrets
    names = [f"T{number}" for number in range(40)]
    column = {name: dice.randrange(7) for name in names}
    boxes = tuple(
        FlowBox(name, name, "", None, None, done=False, lane=dice.randrange(5), column=column[name])
        for name in names
    )
    pairs = [pair for pair in combinations(names, 2) if column[pair[0]] < column[pair[1]]]
    late = passing("2024-07-05", "2024-07-08", 48, 3, done=False)
    arrows = tuple(FlowArrow(*pair, dice.choice((None, late))) for pair in sorted(dice.sample(pairs, 70)))
    return Flow("t", date(2024, 7, 1), tuple("abcde"), boxes, arrows, ())


Rect = tuple[float, float, float, float]  # left, top, right, bottom


def overlap(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def parts(points: list[tuple[float, float]]) -> Iterator[Rect]:
    for (x0, y0), (x1, y1) in pairwise(points):
        assert x0 == x1 or y0 == y1  # nothing runs askew
        yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


@pytest.fixture(params=range(8))
def laid(request):
    view = random_chart(request.param)
    labels = {arrow: length(arrow.passing.brief("en"), 11) for arrow in view.arrows if arrow.passing}
    return view, labels, layout(view, labels, 100.0, 50.0)


def box_rects(found) -> list[Rect]:
    return [(one.x, one.y - one.half, one.x + BOX_WIDTH, one.y + one.half) for one in found.places]


def test_no_arrow_runs_through_a_box_and_no_box_over_another(laid):
    _, _, found = laid
    boxes = box_rects(found)
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    lines = [part for _, points in found.arrows for part in parts(points)]
    assert not any(overlap(line, box) for line in lines for box in boxes)
    assert all(line[0] > 100 and line[2] < found.right and 50 < line[1] < line[3] + 1 for line in lines)
    assert all(box[3] < found.bottom and box[2] < found.right for box in boxes)


def test_texts_meet_neither_each_other_nor_boxes_nor_what_crosses(laid):
    _, labels, found = laid
    texts = {}
    for arrow, points in found.arrows:
        if arrow in labels:
            x, y = points[-1]
            texts[arrow] = (x - 12 - labels[arrow], y - 14, x - 12, y - 2)
    assert not any(overlap(a, b) for a, b in combinations(texts.values(), 2))
    assert not any(overlap(text, box) for text in texts.values() for box in box_rects(found))
    for arrow, points in found.arrows:
        for part in parts(points):
            assert not any(overlap(part, text) for one, text in texts.items() if one != arrow)


def test_only_arrows_from_one_box_share_a_track(laid):
    _, _, found = laid
    lines = [(arrow.giver, part) for arrow, points in found.arrows for part in parts(points)]
    for (giver, a), (other, b) in combinations(lines, 2):
        upright = a[0] == a[2] == b[0] == b[2] and a[1] < b[3] and b[1] < a[3]
        along = a[1] == a[3] == b[1] == b[3] and a[0] < b[2] and b[0] < a[2]
        assert giver == other or not (upright or along)


def test_every_box_lies_in_its_lane(laid):
    view, _, found = laid
    for place in found.places:
        top, bottom = found.lanes[place.box.lane]
        assert top < place.y - place.half < place.y + place.half < bottom
    assert [a[1] == b[0] for a, b in pairwise(found.lanes)] == [True] * 4
    assert len(view.lanes) == len(found.lanes)


# ---- the picture --------------------------------------------------------------------------


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314  # our own
    return [one.text or "" for one in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_texts_are_texts(text, lang):
    one = passing("2024-07-05", "2024-07-08", 48, 3, done=False)
    boxes = (
        FlowBox("A", text, text, None, date(2024, 7, 5), done=True, lane=0, column=0),
        FlowBox("B", text, text, date(2024, 7, 8), None, done=False, lane=1, column=1),
    )
    chain = (one.handover._replace(from_unit=text, to_unit=text),)
    view = Flow(text, date(2024, 7, 1), (text, text), boxes, (FlowArrow("A", "B", one),), chain)
    svg = flow_svg.svg(view, lang)
    root = ET.fromstring(svg)  # noqa: S314  # our own
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        "svg",
        "style",
        "rect",
        "g",
        "title",
        "text",
        "path",
        "line",
    }
    assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\ufffe\uffff]", svg) is None
    tips = [one.text for one in root.iter(f"{SVG}title")]
    assert plain(f"B {text}") in [tip.splitlines()[0] for tip in tips if tip]
    shown = flow_svg.picture(view, lang)
    room = BOX_WIDTH - 18
    assert all(length(label.text, 12) <= room for task in shown.tasks for label in task.labels[2:])
    assert all(label.x >= 0 for arrow in shown.arrows for label in [arrow.label] if label)


def test_the_whole_title_is_told_by_the_tip():
    long = "Build checkout with two payment methods and a coupon field and much more that has no room"
    boxes = (FlowBox("A", long, "Ann", None, None, done=False, lane=0, column=0),)
    svg = flow_svg.svg(Flow("t", date(2024, 7, 1), ("x",), boxes, (), ()), "en")
    assert f"A {long}\nAnn" in [one.text for one in ET.fromstring(svg).iter(f"{SVG}title")]  # noqa: S314
    assert any(text.endswith("…") for text in texts(svg))


def test_a_late_hand_over_differs_by_class_and_by_text():
    on_time, late = (passing("2024-07-05", "2024-07-08", None, days, done=False) for days in (0, 3))
    boxes = tuple(
        FlowBox(key, key, "", None, None, done=False, lane=lane, column=lane)
        for lane, key in enumerate("ABC")
    )
    arrows = (FlowArrow("A", "B", late), FlowArrow("B", "C", on_time), FlowArrow("A", "C", None))
    view = Flow("t", date(2024, 7, 1), ("x", "y", "z"), boxes, arrows, ())
    kinds = [(one.kind, one.label and one.label.text) for one in flow_svg.picture(view, "en").arrows]
    assert kinds == [("link", None), ("link handover", "07-05"), ("link handover late", "07-05 · 3 d late")]
    assert "as of 2024-07-01, 2 hand-overs, 1 late" in texts(flow_svg.svg(view, "en"))
    assert "截至 2024-07-01，共 2 次交接，1 次延迟" in texts(flow_svg.svg(view, "zh"))


def test_a_plan_without_hand_overs_says_so(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("mktexec: 1\ncampaign: {title: t, period: {start: 2024-07-01, end: 2024-07-31}}\n")
    assert "no hand-overs between departments" in texts(run("render", "flow-chart", path, "-f", "svg").out)
    assert "没有跨部门交接" in run("render", "flow-chart", path, "-f", "mermaid", "--lang", "zh").out
    assert run("render", "flow-chart", path).out.endswith("- no hand-overs between departments\n")


# ---- the command --------------------------------------------------------------------------


def test_the_document_lists_the_hand_overs_and_the_longest_chain(run):
    out = run("render", "flow-chart", SPRING, **DAY).out
    assert out.startswith("# Flow chart\n\nSpring sale 2025, west and south regions · as of 2025-03-25\n")
    assert "| T05 投放素材制作 | T07 Sale goes live | 2025-04-11 | 2025-04-11 | – | on time |" in out
    assert out.endswith(
        "## Longest chain of hand-overs\n\n"
        "- 2025-03-07: Marketing → Content, T01 Write the brief → T02 Design the landing page\n"
        "- 2025-04-04: Content → Marketing, T03 Build checkout with two payment methods and a coupon field"
        " → T07 Sale goes live\n"
    )


def test_the_example_in_chinese(run):
    out = run("render", "flow-chart", EXAMPLE, "--as-of", "2024-07-09").out
    row = "| 李\\* | 王\\* | T002 详情页优化(产品卖点+用户评价) | T001 抖音直播引流3场,场均观看≥5000人 |"
    assert f"{row} 2024-07-10 | 2024-07-08 | – | 已交接 |" in out
    assert "## 最长交接链\n\n- 2024-07-10：李\\* → 王\\*，T002" in out


def test_the_document_as_json(run):
    sections = json.loads(run("render", "flow-chart", SPRING, "-f", "json", **DAY).out)["document"][
        "sections"
    ]
    assert [one["title"] for one in sections] == [
        "Hand-overs between departments",
        "Longest chain of hand-overs",
    ]
    assert len(sections[0]["blocks"][0]["rows"]) == 3


def test_a_picture_goes_to_a_file(run, tmp_path):
    for kind, start in (("svg", "<svg "), ("mermaid", "flowchart LR\n")):
        path = tmp_path / kind
        assert run("render", "flow-chart", SPRING, "-f", kind, "-o", path, **DAY).code == 0
        assert path.read_text(encoding="utf-8").startswith(start)


@pytest.mark.parametrize("kind", ["svg", "mermaid"])
def test_a_document_without_a_picture_names_the_formats_it_has(run, kind):
    result = run("render", "retrospective", EXAMPLE, "--format", kind)
    assert (result.code, result.out) == (2, "")
    assert f"retrospective is not written as {kind}" in result.err
    assert "markdown, json\n" in result.err
    result = run.process("render", "retrospective", EXAMPLE, "-f", kind, env={"LC_ALL": "zh_CN.UTF-8"})
    assert f"retrospective 不能输出为 {kind}" in result.stderr.decode()
