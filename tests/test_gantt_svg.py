"""The Gantt chart as SVG and HTML: geometry by hand, nothing that overlaps, and plan text that stays text.

The charts are built here; days lie on 50 units each where places are worked out by hand.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from conftest import EXAMPLE
from mktexec.columns import width
from mktexec.model.terms import Health
from mktexec.render.svg.arrows import arrow
from mktexec.render.svg.axis import axis, bands
from mktexec.render.svg.drawing import SMALL, TEXT, Box, Diamond, Scale, cut, length
from mktexec.render.svg.gantt import MARGIN, WIDTH, drawing, html, paginate, svg
from mktexec.render.svg.header import header
from mktexec.render.svg.rows import Columns, Row, Sheet, rows
from mktexec.views.gantt import Gantt, GanttArrow, GanttGroup, GanttMark, GanttPhase, GanttRow

DAY = timedelta(days=1)
JULY = date(2024, 7, 1)  # a Monday
TEN_DAYS = Scale(JULY, date(2024, 7, 10), 400.0, 900.0)
COLUMNS = Columns(12.0, 36.0, 58.0, 200.0, 268.0, 80.0)
HOSTILE = {  # as it is shown
    "</title><script>alert(1)</script>": "</title><script>alert(1)</script>",
    "a & b < c > \"d\" 'e'": "a & b < c > \"d\" 'e'",
    "esc \x1b[31m nul \x00 vt \x0b lone \ud800 \ufffe\uffff bidi \u202e!": "esc [31m nul  vt  lone   bidi !",
    "{{ 7*7 }}{% raw %}": "{{ 7*7 }}{% raw %}",
    "👩‍👩‍👧‍👦🎉 emoji": "👩‍👩‍👧‍👦🎉 emoji",
    "上" * 5000: "上" * 5000,
    "W" * 5000: "W" * 5000,
    "line\nbreak\u2028and\ttab": "line break and tab",
    "]]><!-- -- -->": "]]><!-- -- -->",
    "": "",
}


def parse(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # what we wrote ourselves


def every(root: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == name]


def day(number: int) -> date:
    return JULY + (number - 1) * DAY


def task(key: str, first: int, last: int, **more) -> GanttRow:
    span = (day(first), day(last))
    plain = GanttRow(
        id=key,
        title=f"Task {key}",
        owner="Ann",
        department="",
        start=span[0],
        end=span[1],
        planned=span,
        actual=None,
        forecast=span,
        progress=0.0,
        health=Health.NOT_DUE,
        critical=False,
        milestone=False,
        done=False,
        cancelled=False,
        occurrences=(),
    )
    return replace(plain, **more)


def chart(*tasks: GanttRow, days: int = 10, **more) -> Gantt:
    group = GanttGroup("", "", None, None, None, None, tasks)
    plain = Gantt("Launch", day(1), day(1), day(days), (group,), (), (), (), frozenset())
    return replace(plain, **more)


A = task("A", 1, 2, progress=0.5)
B = task("B", 3, 5, forecast=(day(3), day(7)), critical=True)
C = task("C", 8, 8, milestone=True)


def drawn(*tasks: GanttRow, scale: Scale = TEN_DAYS):
    return rows(chart(*tasks), Sheet(scale, COLUMNS, "en"))


def way(kind: str, giver: str, receiver: str) -> tuple[str, str]:
    _, ends = drawn(A, B, C)
    found = arrow(GanttArrow(giver, receiver, kind, critical=False, handover=False), ends)
    assert found
    return found.line, found.head


def test_a_day_has_its_place():
    assert TEN_DAYS.x(day(3)) == 500
    assert TEN_DAYS.middle(day(3)) == 525


def test_bars_lie_on_their_days():
    found, _ = drawn(A, B, C)
    assert found[0].boxes == [Box("plan", 400, 5, 100, 10), Box("progress", 400, 5, 50, 10)]
    assert found[1].boxes == [Box("plan", 500, 29, 150, 10), Box("late", 650, 29, 100, 10)]
    assert found[2].diamonds == [Diamond("plan", 775, 58, 6.5)]
    assert [row.kind for row in found] == ["task", "task critical", "task milestone"]


def test_what_is_recorded_is_drawn_below_the_plan():
    found, _ = drawn(replace(A, actual=(day(2), day(4))))
    assert found[0].boxes[-1] == Box("actual", 450, 17, 150, 3)


def test_work_forecast_for_later_is_joined_to_its_plan():
    found, _ = drawn(task("A", 1, 2, forecast=(day(5), day(6))))
    assert found[0].boxes[1:] == [Box("slip", 500, 9.5, 100, 1), Box("late", 600, 5, 100, 10)]


def test_a_late_milestone_has_a_second_diamond():
    found, _ = drawn(task("A", 3, 3, milestone=True, forecast=(day(6), day(6))))
    assert [one.x for one in found[0].diamonds] == [525, 675]
    assert found[0].boxes == [Box("slip", 550, 9.5, 100, 1)]


def test_a_recurring_task_is_a_tick_on_each_day():
    found, _ = drawn(task("A", 1, 8, occurrences=(day(1), day(8))))
    assert [box.x for box in found[0].boxes if box.kind == "tick"] == [422.5, 772.5]
    assert [box.kind for box in found[0].boxes] == ["repeats", "tick", "tick"]


def test_without_a_plan_the_forecast_is_drawn():
    found, _ = drawn(task("A", 2, 3, planned=None))
    assert found[0].boxes == [Box("forecast", 450, 5, 100, 10)]


def test_nothing_is_coming_of_a_cancelled_task():
    found, _ = drawn(task("A", 1, 2, cancelled=True, forecast=(day(5), day(6)), progress=0.5))
    assert found[0].kind == "task cancelled"
    assert found[0].boxes == [Box("plan", 400, 5, 100, 10)]


def test_a_bar_is_cut_where_the_window_ends():
    scale = Scale(day(2), day(3), 400.0, 500.0)
    found, ends = drawn(task("A", 1, 4, progress=0.5), task("B", 5, 6), scale=scale)
    assert found[0].boxes == [Box("plan", 400, 5, 100, 10), Box("progress", 400, 5, 50, 10)]
    assert found[1].boxes == []
    assert arrow(GanttArrow("A", "B", "FS", critical=False, handover=False), ends) is None


def test_a_group_has_a_summary_with_legs_and_what_is_late():
    group = GanttGroup("I1", "Seeding", day(1), day(4), day(6), 0.42, (A,))
    found, _ = rows(replace(chart(), groups=(group,)), Sheet(TEN_DAYS, COLUMNS, "en"))
    assert found[0].boxes == [
        Box("summary", 400, 9, 200, 4),
        Box("summary", 400, 13, 2, 5),
        Box("summary", 598, 13, 2, 5),
        Box("late", 600, 9, 100, 4),
    ]
    assert [label.text for label in found[0].labels] == ["Seeding", "42%"]
    assert found[1].y == 24


def test_an_arrow_goes_on_and_down_where_work_follows_in_order():
    assert way("FS", "A", "B") == ("M500 10L504 10L504 29", "M504 29l-3 -4.5h6z")
    assert way("FS", "B", "C")[0] == "M650 34L775 34L775 51.5"
    assert way("SF", "B", "A") == ("M500 34L496 34L496 15", "M496 15l-3 4.5h6z")


def test_an_arrow_joins_beginnings_on_the_left_and_ends_on_the_right():
    assert way("SS", "A", "B") == ("M400 10L394 10L394 34L500 34", "M500 34l-4.5 -3v6z")
    assert way("FF", "A", "B") == ("M500 10L656 10L656 34L650 34", "M650 34l4.5 -3v6z")


def test_an_arrow_goes_back_between_the_rows_where_dates_contradict_it():
    assert way("FS", "B", "A")[0] == "M650 34L656 34L656 18L394 18L394 10L400 10"
    assert way("SF", "A", "B")[0] == "M400 10L394 10L394 26L656 26L656 34L650 34"


def test_days_off_are_merged_and_left_out_where_they_are_thin():
    weekend = {day(6), day(7)}
    assert bands(weekend, TEN_DAYS, 48.0) == [Box("off", 650, 0, 100, 48)]
    year = Scale(JULY, day(500), 400.0, 900.0)
    assert bands(weekend, year, 48.0) == []
    assert bands({day(n) for n in range(11, 18)}, year, 48.0) == [Box("off", 410, 0, 7, 48)]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("days", [1, 5, 40, 100, 400, 1500, 30000])
def test_names_on_the_axis_do_not_overlap(days, lang):
    plot = Scale(JULY, day(days), 400.0, 1376.0)
    found = axis(plot, lang)
    for cells in found:
        boxes = [(cell.label_x, cell.label_x + width(cell.label) * SMALL / 2) for cell in cells if cell.label]
        assert all(end < begin for (_, end), (begin, _) in pairwise(boxes))
        assert all(plot.left <= begin and end <= plot.right for begin, end in boxes)
    assert sum(bool(cell.label) for cell in found.minor) >= min(days, 5)


def test_the_axis_is_as_fine_as_there_is_room_for():
    def names(days: int, lang) -> tuple[list[str], list[str]]:
        found = axis(Scale(JULY, day(days), 400.0, 1376.0), lang)
        return [cell.label for cell in found.major], [cell.label for cell in found.minor]

    assert names(3, "en") == (["Jul 2024"], ["Mon 1", "Tue 2", "Wed 3"])
    assert names(3, "zh") == (["2024年7月"], ["1 周一", "2 周二", "3 周三"])
    assert names(35, "en") == (["Jul 2024", "Aug 2024"], [*map(str, range(1, 32)), "1", "2", "3", "4"])
    assert names(60, "en")[1] == ["1", "8", "15", "22", "29", "5", "12", "19", "26"]
    assert names(400, "zh") == (
        ["2024年", "2025年"],
        [f"{n}月" for n in (*range(7, 13), *range(1, 8))] + [""],
    )
    assert names(1500, "en")[1][:4] == ["Q3", "Q4", "Q1", "Q2"]


def test_named_days_near_each_other_and_at_the_edge_are_told_apart():
    marks = [GanttMark(f"Wave {n}", day(n)) for n in (1, 2, 3, 4, 36, 37, 38, 39)]
    view = chart(A, days=40, marks=tuple(marks), as_of=day(40))
    scale = Scale(JULY, day(40), 400.0, 1376.0)
    top = header(view, scale, "en")
    assert sorted(label.text for label in top.labels) == sorted(
        [mark.title for mark in marks] + ["As of 2024-08-09"]
    )
    boxes = []
    for label in top.labels:
        size = width(label.text) * SMALL / 2
        left = label.x - size if label.anchor == "end" else label.x
        assert 400 <= left <= left + size <= 1376
        boxes.append((left, left + size, label.y))
    for n, (left, right, y) in enumerate(boxes):
        assert not [one for one in boxes[:n] if one[2] == y and one[0] < right and left < one[1]]
        assert not [line for line in top.lines if left < line.x < right and line.y < y]


def test_the_as_of_day_has_its_line_only_where_it_is_shown():
    scale = Scale(JULY, day(10), 400.0, 900.0)
    top = header(chart(A, as_of=day(4)), scale, "zh")
    assert [(line.kind, line.x) for line in top.lines] == [("today", 575)]
    assert [label.text for label in top.labels] == ["截至 2024-07-04"]
    assert header(chart(A, as_of=day(11)), scale, "zh").lines == []


def test_phases_at_the_same_time_are_below_each_other():
    phases = (
        GanttPhase("Warm-up", day(1), day(4)),
        GanttPhase("Peak", day(5), day(8)),
        GanttPhase("All the time", day(2), day(10)),
    )
    top = header(chart(A, phases=phases), TEN_DAYS, "en")
    assert [(one.box.x, one.box.y, one.box.width) for one in top.phases] == [
        (400, 0, 200),
        (600, 0, 200),
        (450, 19, 450),
    ]


def test_texts_fit_their_columns():
    tasks = [
        task(f"T{n:03}", 1, 2, title=title, owner=title, critical=True) for n, title in enumerate(HOSTILE)
    ]
    found = drawing(chart(*tasks, task("LONG-ID-" * 8, 1, 2), title="上" * 5000), "zh")
    starts = sorted({label.x for row in found.rows for label in row.labels})
    assert len(starts) == 3
    plot = found.header.axis.major[0].x
    for row in found.rows:
        ends = [label.x + width(label.text) * TEXT / 2 for label in row.labels]
        assert all(end < start for end, start in zip(ends, [*starts[1:], plot], strict=True))
    assert MARGIN + width(found.title) * 19 / 2 < WIDTH


def test_a_cut_text_says_so():
    assert cut("abc", length("abc")) == "abc"
    assert cut("abcdef", length("abcde…")) == "abcdef"
    assert cut("上市活动策划", 4 * TEXT) == "上市活…"
    assert cut("上", 5.0) == ""


@pytest.mark.parametrize("days", [1, 5, 40, 400, 1500])
def test_everything_lies_inside_the_plot(days):
    tasks = [
        task(f"T{n}", 1 + n, days + n, forecast=(day(n), day(days + 9)), actual=(day(-3), day(2)))
        for n in range(4)
    ]
    tasks += [
        task("M", days, days, milestone=True),
        task("R", 1, days, occurrences=(day(1), day(days))),
    ]
    found = drawing(chart(*tasks, days=days, off=frozenset({day(1), day(days)})), "en")
    left, right = found.header.axis.major[0].x, WIDTH - MARGIN
    boxes = [*found.off, *(box for row in found.rows for box in row.boxes)]
    assert len(boxes) > 8
    assert all(left <= box.x and box.x + box.width <= right for box in boxes)
    assert all(box.width > 0 for row in found.rows for box in row.boxes)
    assert all(one.x + one.radius <= right for row in found.rows for one in row.diamonds)


def hostile(title: str) -> Gantt:
    one = task("A", 1, 2, title=title, owner=title, department=title)
    group = GanttGroup("I1", title, day(1), day(2), day(2), 0.5, (one, task(f"B{title[:9]}", 3, 4)))
    return chart(
        groups=(group,),
        title=title,
        marks=(GanttMark(title, day(3)),),
        phases=(GanttPhase(title, day(1), day(2)),),
        arrows=(GanttArrow("A", f"B{title[:9]}", "FS", critical=True, handover=True),),
    )


@pytest.mark.parametrize("write", [svg, html])
@pytest.mark.parametrize(("title", "shown"), HOSTILE.items())
def test_plan_text_stays_text(write, title, shown):
    text = write(hostile(title), "en")
    root = parse(text)
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        *("svg", "style", "defs", "pattern", "rect", "line", "text", "title", "path", "g", "use"),
        *("html", "head", "meta", "body", "header", "h1", "p", "section"),
    }
    tips = [one.text or "" for one in every(root, "title")]
    assert f"A  {shown}" in [tip.partition("\n")[0] for tip in tips]


@pytest.mark.parametrize("write", [svg, html])
def test_nothing_is_fetched_and_nothing_runs(write):
    text = write(hostile("x"), "zh")
    root = parse(text)
    names = {name for one in root.iter() for name in one.attrib}
    assert not [name for name in names if name.startswith("on")]
    targets = [value for one in root.iter() for name, value in one.attrib.items() if name.endswith("href")]
    assert all(target.startswith("#") for target in targets)
    assert set(re.findall(r"url\([^)]*\)", text)) == {"url(#gantt-hatch)"}
    assert set(re.findall(r"[a-z]+://[^\"'\s)]*", text)) <= {"http://www.w3.org/2000/svg"}


def many(count: int) -> Gantt:
    return chart(*(task(f"T{n:03}", 1 + n // 3, 4 + n // 3) for n in range(count)), days=count // 3 + 10)


def test_ids_are_unique_and_used():
    text = html(many(100), "en")
    ids = Counter(re.findall(r' id="([^"]*)"', text))
    assert set(ids.values()) == {1}
    assert set(re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', text)) == {
        ("gantt-head", ""),
        ("gantt-body", ""),
        ("", "gantt-hatch"),
    }
    assert set(ids) == {"gantt-head", "gantt-body", "gantt-hatch"}


def test_three_hundred_tasks_are_nine_or_ten_pages_that_hold_every_row_once():
    root = parse(html(many(300), "zh"))
    windows = [
        [float(part) for part in one.attrib["viewBox"].split()]
        for one in every(root, "svg")
        if one.get("role") == "img"
    ]
    assert 9 <= len(windows) <= 10
    assert windows[0][1] == 0
    assert all(a[1] + a[3] == b[1] for a, b in pairwise(windows))
    assert windows[-1][1] + windows[-1][3] == 300 * 24
    assert all(one[3] * 281 / 1400 < 194 for one in windows)  # mm of an A4 page between its margins


def test_a_group_does_not_begin_at_the_foot_of_a_page():
    kinds = ["group", "task", "task", "group", "task", "group", "task"]
    found = [Row(kind, n * 24.0, "", []) for n, kind in enumerate(kinds)]
    pages = paginate(found, 4 * 24.0, 3 * 24.0)
    assert [(page.y / 24, page.height / 24) for page in pages] == [(0, 3), (3, 2), (5, 2)]


def test_a_page_without_room_still_gets_on():
    found = [Row("task", n * 24.0, "", []) for n in range(3)]
    assert [page.height for page in paginate(found, -50.0, 10.0)] == [24, 24, 24]


def test_an_empty_chart_says_so():
    for write, lang, words in ((svg, "en", "No tasks in this period."), (html, "zh", "该时间段内没有任务。")):
        root = parse(write(chart(groups=()), lang))
        assert words in [one.text for one in every(root, "text")]


def test_tooltips_tell_what_a_bar_shows():
    one = task("A", 1, 2, progress=0.5, critical=True, department="Media", health=Health.DELAYED)
    one = replace(one, actual=(day(2), day(4)), forecast=(day(2), day(6)))
    found, _ = drawn(one)
    assert found[0].tip.split("\n") == [
        "A  Task A",
        "Owner: Ann (Media)",
        "Planned 2024-07-01 → 2024-07-02",
        "Actual 2024-07-02 → 2024-07-04",
        "Forecast 2024-07-02 → 2024-07-06",
        "Progress 50%",
        "Status: delayed",
        "On the critical path",
    ]
    chinese, _ = rows(chart(one), Sheet(TEN_DAYS, COLUMNS, "zh"))
    assert "负责人：Ann（Media）" in chinese[0].tip.split("\n")
    assert "状态：延期" in chinese[0].tip.split("\n")


def test_the_legend_has_what_occurs():
    def words(view: Gantt) -> list[str]:
        return [label.text for row in drawing(view, "en").legend.rows for label in row.labels]

    assert words(chart(task("A", 1, 2))) == ["planned"]
    link = GanttArrow("A", "B", "FS", critical=False, handover=True)
    assert words(chart(A, B, C, arrows=(link,), off=frozenset({day(6)}))) == [
        "planned",
        "done part",
        "later than planned",
        "critical path",
        "milestone",
        "hand-over",
        "days off",
    ]


def test_an_example_plan_becomes_a_picture():
    from mktexec.session import open_session
    from mktexec.views.gantt import gantt

    session = open_session(EXAMPLE / "plan.yaml", "2024-09-30", "zh")
    view = gantt(session.plan, session.schedule, session.assessment)
    root = parse(svg(view, "zh"))
    texts = [one.text for one in every(root, "text")]
    assert root.get("aria-label") == f"甘特图：{session.plan.campaign.title}"
    assert [text for text in texts if text in session.plan.tasks] == ["T002", "T001", "T003"]
