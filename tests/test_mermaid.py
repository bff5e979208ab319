"""Mermaid for charts: hostile titles are text, whatever they hold, and Mermaid's own parser takes it all.

The parser is asked where node and, in MERMAID, a folder with Mermaid are given (tools/mermaid).
"""

import html
import os
import re
import shutil
import subprocess
from datetime import date

import pytest

from conftest import EXAMPLE, GOLDEN, ROOT
from mktexec.model.terms import Health
from mktexec.render import mermaid
from mktexec.schedule.handovers import HandOver
from mktexec.session import open_session
from mktexec.views.flow import Flow, FlowArrow, FlowBox, Passing, flow
from mktexec.views.gantt import Gantt, GanttGroup, GanttMark, GanttRow, gantt

SPRING = GOLDEN / "plans" / "spring.yaml"
ODD = ("two\nlines\r\nand\ttabs", "\x00\x1b[31m\u202e\ud800x", "\u2028line\u2029", "", "  ", "x" * 3000)
HOSTILE = (*(ROOT / "tests" / "data" / "titles.txt").read_text(encoding="utf-8").splitlines(), *ODD)
WEEK = (date(2024, 7, 1), date(2024, 7, 5))


def row(title: str, **facts: object) -> GanttRow:
    given = {
        "id": "T1",
        "owner": "Ann",
        "department": "Marketing",
        "start": WEEK[0],
        "end": WEEK[1],
        "planned": WEEK,
        "actual": None,
        "forecast": WEEK,
        "progress": 0.0,
        "health": Health.NOT_DUE,
        "critical": False,
        "milestone": False,
        "done": False,
        "cancelled": False,
        "occurrences": (),
    }
    return GanttRow(title=title, **(given | facts))


def chart(*rows: GanttRow, title: str = "t", group: str = "", marks: tuple[GanttMark, ...] = ()) -> Gantt:
    groups = (GanttGroup(group, group, *WEEK, WEEK[1], 0.0, rows),) if rows else ()
    return Gantt(title, date(2024, 7, 3), *WEEK, groups, (), marks, (), frozenset())


def hostile_flow(texts: tuple[str, ...]) -> Flow:
    """Return a flow chart with every text as the title of a task, of a lane and of an owner."""
    boxes = tuple(
        FlowBox(f"T{n}", text, text, None, WEEK[1], done=n % 3 == 0, lane=n, column=n)
        for n, text in enumerate(texts)
    )
    one = HandOver("T0", "T1", "", "", WEEK[1], date(2024, 7, 9), 48)
    arrows = tuple(
        FlowArrow(f"T{n}", f"T{n + 1}", (None, Passing(one, 0), Passing(one, 4))[n % 3])
        for n in range(len(texts) - 1)
    )
    return Flow("t", WEEK[0], texts, boxes, arrows, ())


def shown(text: str) -> str:
    """Return what a reader sees of escaped text."""
    return html.unescape(re.sub(r"#(\d+);", r"&#\1;", text))


# ---- escapes ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_an_escaped_text_is_shown_as_it_is(text):
    escaped = mermaid.escape(text)
    assert shown(escaped) == mermaid.clean(text)
    assert re.fullmatch(r"([^!-/:-@\[-`{-~]|[,()]|(?<=\w)[-.](?=\w)|#\d+;)*", escaped)
    assert not re.search(r"direction\s", escaped, re.IGNORECASE)


def test_plain_words_stay_readable():
    for text in ("Write the brief", "3 clips (vertical), 1.5 h", "well-known", "详情页优化（卖点＋评价）"):
        assert mermaid.escape(text) == text


# ---- the Gantt chart ----------------------------------------------------------------------


def bars(view: Gantt, lang: str = "en") -> list[str]:
    text = mermaid.gantt(view, lang)
    return [line.strip() for line in text.splitlines() if re.search(r"\d$|0d$", line)]


TAGS = {
    "not begun": ({}, "T1 a :2024-07-01, 2024-07-05"),
    "under way": ({"actual": WEEK}, "T1 a :active, 2024-07-01, 2024-07-05"),
    "done": ({"actual": WEEK, "done": True}, "T1 a :done, 2024-07-01, 2024-07-05"),
    "critical": ({"critical": True}, "T1 a :crit, 2024-07-01, 2024-07-05"),
    "critical under way": ({"actual": WEEK, "critical": True}, "T1 a :active, crit, 2024-07-01, 2024-07-05"),
    "a milestone on its last day": ({"milestone": True}, "T1 a :milestone, 2024-07-05, 0d"),
    "cancelled": ({"cancelled": True}, "T1 a (cancelled) :done, 2024-07-01, 2024-07-05"),
    "late": (
        {"forecast": (WEEK[0], date(2024, 7, 9))},
        "T1 a (expected 2024-07-09) :2024-07-01, 2024-07-05",
    ),
    "done late": (
        {"forecast": (WEEK[0], date(2024, 7, 9)), "done": True},
        "T1 a (done 2024-07-09) :done, 2024-07-01, 2024-07-05",
    ),
    "nothing planned": (
        {"planned": None, "forecast": (WEEK[0], date(2024, 7, 9))},
        "T1 a :2024-07-01, 2024-07-09",
    ),
}


@pytest.mark.parametrize("case", TAGS)
def test_a_bar(case):
    facts, line = TAGS[case]
    assert bars(chart(row("a", **facts))) == [line]


def test_a_chart_with_groups_and_named_days():
    marks = (GanttMark("launch", date(2024, 7, 5)),)
    view = chart(row("写文案", cancelled=True), title="Q3: 新品", group="市场部", marks=marks)
    assert mermaid.gantt(view, "zh") == (
        "gantt\n"
        "  title Q3#58; 新品\n"
        "  dateFormat YYYY-MM-DD\n"
        "  inclusiveEndDates\n"
        "  axisFormat %m-%d\n"
        "  todayMarker off\n"
        "  section 市场部\n"
        "  T1 写文案（已取消） :done, 2024-07-01, 2024-07-05\n"
        "  section 关键日期\n"
        "  #108;aunch :milestone, 2024-07-05, 0d\n"
    )


@pytest.mark.parametrize("text", ["click", "section", "title", "gantt1", "2024-07-01", "todayMarker", "done"])
def test_no_line_of_the_chart_begins_as_a_statement_or_a_date(text):
    lines = mermaid.gantt(chart(row("x", id=text), marks=(GanttMark(text, WEEK[0]),)), "en").splitlines()
    first, _, last = lines[-3:]
    assert first == f"  #{ord(text[0])};{text[1:]} x :2024-07-01, 2024-07-05"
    assert last == f"  #{ord(text[0])};{text[1:]} :milestone, 2024-07-01, 0d"


# ---- the flow chart -----------------------------------------------------------------------


def test_the_flow_chart_of_a_plan(run):
    out = run("render", "flow-chart", SPRING, "-f", "mermaid", MKTEXEC_TODAY="2025-03-25").out
    assert out == (
        "flowchart LR\n"
        '  subgraph d1["Marketing"]\n'
        '    t1["T01 Write the brief<br/>Ann Smith · 2025-03-07"]\n'
        '    t5["T07 Sale goes live<br/>Ann Smith · 2025-04-14"]\n'
        "  end\n"
        '  subgraph d2["Content"]\n'
        '    t2["T02 Design the landing page<br/>Bob Lee · 2025-03-21"]\n'
        '    t3["T03 Build checkout with two payment methods and a coupon field<br/>Bob Lee · 2025-04-04"]\n'
        "  end\n"
        '  subgraph d3["Media"]\n'
        '    t4["T05 投放素材制作<br/>曹颖 · 2025-04-11"]\n'
        "  end\n"
        '  t1 -->|"03-07"| t2\n'
        '  t3 -->|"04-04 · 4 d late"| t5\n'
        '  t4 -->|"04-11"| t5\n'
        "  t2 -.-> t3\n"
        "  linkStyle 0,2 stroke:#7b4fb0,stroke-width:2px\n"
        "  linkStyle 1 stroke:#b23f27,stroke-width:3px\n"
        "  linkStyle 3 stroke:#8794a4\n"
        "  classDef done fill:#d9ece6,stroke:#2f7d6b,color:#1f2933\n"
        "  class t1 done\n"
    )


def test_a_flow_chart_keeps_every_text_within_quotes():
    for line in mermaid.flow(hostile_flow(HOSTILE), "en").splitlines():
        assert line.count('"') in (0, 2)
        assert re.fullmatch(r'[^"]*("[^"`]*"[^"]*)?', line)
    assert mermaid.flow(hostile_flow(HOSTILE), "en").count("\n  end\n") == len(HOSTILE)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("$$x$$", "#36;~#36;x#36;~#36;"),
        ("fab:fa-x", "fab#58;~fa-x"),
        ("a\\nb", "a#92;~nb"),
        ("a\\b", "a#92;b"),
    ],
)
def test_what_mermaid_makes_of_a_label_is_kept_apart_by_nothing_to_see(text, label):
    first = mermaid.flow(hostile_flow((text,)), "en").splitlines()[1]
    assert first.replace("\u2060", "~") == f'  subgraph d1["{label}"]'


# ---- Mermaid itself -----------------------------------------------------------------------

SCENARIOS = ("launch", "promotion", "brand", "region", "growth")
asked = pytest.mark.skipif(
    not (shutil.which("node") and os.environ.get("MERMAID")), reason="needs node and, in MERMAID, its folder"
)


def parsed(folder, charts: dict[str, str]) -> list[str]:
    """Return what Mermaid's parser says against any of the charts."""
    for name, text in charts.items():
        (folder / f"{name}.mmd").write_text(text, encoding="utf-8", newline="")
    found = subprocess.run(
        ["node", ROOT / "tools" / "mermaid" / "check.mjs", *sorted(folder.glob("*.mmd"))],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    lines = found.stdout.splitlines()
    assert len(lines) >= len(charts), found.stderr
    return [line for line in lines if not line.startswith("OK ")]


@pytest.mark.slow
@asked
def test_mermaid_takes_every_hostile_text(tmp_path):
    charts = {"flow": mermaid.flow(hostile_flow(HOSTILE), "en")}
    for n, text in enumerate(HOSTILE):
        marks = (GanttMark(text, WEEK[0]),)
        rows = (row(text), row(text, milestone=True, critical=True))
        charts[f"gantt{n}"] = mermaid.gantt(chart(*rows, title=text, group=text, marks=marks), "zh")
        charts[f"flow{n}"] = mermaid.flow(hostile_flow((text, text)), "zh")
    assert parsed(tmp_path, charts) == []


@pytest.mark.slow
@asked
def test_mermaid_takes_the_examples_and_every_scaffold(run, tmp_path):
    plans = {"example": EXAMPLE, "spring": SPRING}
    for scenario in SCENARIOS:
        for size in ("small", "medium", "large"):
            for lang in ("en", "zh"):
                name = f"{scenario}-{size}-{lang}"
                plans[name] = tmp_path / name / "plan.yaml"
                options = ("--scenario", scenario, "--size", size, "--lang", lang, "--launch", "2025-06-18")
                assert run("init", tmp_path / name, *options).code == 0
    charts = {}
    for name, path in plans.items():
        for lang in ("en", "zh"):
            session = open_session(path, "2025-04-01", lang)
            view = gantt(session.plan, session.schedule, session.assessment, "owner")
            charts[f"{name}-gantt-{lang}"] = mermaid.gantt(view, lang)
            charts[f"{name}-flow-{lang}"] = mermaid.flow(flow(session.plan, session.schedule), lang)
    assert len(charts) == 128
    assert parsed(tmp_path, charts) == []
