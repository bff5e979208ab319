"""``mktexec export``: what spreadsheets and calendars read back, by readers that are not ours.

The calendar is read by the few lines below, written from RFC 5545, and by no library.
"""

import csv
import io
import re
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import EXAMPLE
from mktexec.render.csv import sheet
from mktexec.render.ics import calendar
from mktexec.views.agenda import CalendarDay
from mktexec.views.export import Sheet

PLAN = """\
mktexec: 1
campaign:
  title: 夏季上新
  calendar: weekdays
  language: en
  period: {start: 2024-07-01, end: 2024-07-31}
  milestones: {launch: 2024-07-15}
people:
  li: {name: 李*, department: 市场部}
  wang: {name: 王*, days_off: [2024-07-09]}
goals:
  G1: {title: 新品销售额100万元, owner: li, due: 2024-07-31, indicators: [订单数, 客单价]}
  G2: {title: 新客500人, owner: wang}
initiatives:
  I1: {title: 直播, goal: G1}
tasks:
  T1:
    title: 制作海报
    initiative: I1
    owner: li
    start: 2024-07-01
    end: 2024-07-05
    deliverable: 海报5张
    actual: {start: 2024-07-01, end: 2024-07-08}
    progress: 100
  T2: {title: 搭建直播间, owner: wang, after: T1, duration: 3d}
  T3: {title: 询价, owner: li, after: [T1 SS +1d], duration: 2d}
  T4: {title: 印刷, owner: li, start: 2024-07-02, end: 2024-07-12, cancelled: 2024-07-03}
  T5: {title: 周例会, owner: li, repeats: weekly, start: 2024-07-02, end: 2024-07-31}
  T6: {title: 开播, owner: wang, after: [T2], duration: 0d}
  T7: {title: 无期限的想法, owner: li}
kpis:
  K1: {title: 销售额, target: 100, unit: 万元, owner: li, due: 2024-07-30, readings: {2024-07-08: 20}}
  K2: {title: 客诉, target: 3, better: lower}
"""
TODAY = "2024-07-09"  # a Tuesday


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


# --- a reader of calendars ----------------------------------------------------------------

UNESCAPED = {"\\n": "\n", "\\N": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}
CONTENT_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=[^\";:,]*)*):(.*)", re.DOTALL)


class Property(NamedTuple):
    """Parameters and value of a property, as written."""

    params: str
    raw: str

    @property
    def text(self) -> str:
        """The value of a property that is text."""
        return re.sub(r"\\[nN\\;,]", lambda found: UNESCAPED[found[0]], self.raw)


def unfolded(data: bytes) -> list[str]:
    """Return the content lines; each physical line ends with CR LF, is short and whole UTF-8."""
    assert data.endswith(b"\r\n")
    lines: list[str] = []
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode("utf-8")
        assert not any(unicodedata.category(char) == "Cc" for char in text)
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def read(data: bytes) -> tuple[dict[str, Property], list[dict[str, Property]]]:
    """Return the properties of the calendar and those of its events; nothing else is in it."""
    calendar_, events, open_ = {}, [], []
    for line in unfolded(data):
        name, params, value = CONTENT_LINE.fullmatch(line).groups()
        if name == "BEGIN":
            open_.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert open_.pop() == value
        else:
            target = {("VCALENDAR",): calendar_, ("VCALENDAR", "VEVENT"): events[-1] if events else None}
            properties = target[tuple(open_)]
            assert name not in properties, name
            properties[name] = Property(params, value)
    assert open_ == []
    return calendar_, events


def days(events: list[dict[str, Property]]) -> list[tuple[str, str]]:
    return [(one["DTSTART"].raw, one["SUMMARY"].text) for one in events]


def exported(run, plan: Path, *options: str, lang: str = "en") -> bytes:
    result = run("export", "ics", plan, "--lang", lang, *options, MKTEXEC_TODAY=TODAY)
    assert (result.code, result.err) == (0, "")
    return result.out.encode()


# --- calendars ----------------------------------------------------------------------------


def test_every_day_is_in_the_calendar_once(run, plan: Path):
    head, events = read(exported(run, plan))
    assert (head["VERSION"].raw, head["X-WR-CALNAME"].text) == ("2.0", "夏季上新")
    assert days(events) == [
        ("20240702", "周例会"),
        ("20240703", "Due: 询价"),
        ("20240705", "Due: 制作海报"),
        ("20240709", "周例会"),
        ("20240711", "Due: 搭建直播间"),  # Monday 8th, not the 9th, 10th, 11th
        ("20240711", "Milestone: 开播"),
        ("20240712", "Due: 印刷"),
        ("20240715", "Milestone: launch"),
        ("20240716", "周例会"),
        ("20240723", "周例会"),
        ("20240730", "KPI due: 销售额"),
        ("20240730", "周例会"),
        ("20240731", "Goal due: 新品销售额100万元"),
        ("20240731", "KPI due: 客诉"),  # the campaign's end
    ]


def test_an_event_is_an_all_day_entry_that_blocks_no_time(run, plan: Path):
    _, events = read(exported(run, plan))
    first = next(one for one in events if one["SUMMARY"].text == "Due: 询价")
    assert {name: (one.params, one.text) for name, one in first.items() if name != "UID"} == {
        "SUMMARY": ("", "Due: 询价"),
        "DTSTAMP": ("", "20240709T000000Z"),
        "DTSTART": (";VALUE=DATE", "20240703"),
        "DTEND": (";VALUE=DATE", "20240704"),
        "TRANSP": ("", "TRANSPARENT"),
        "CATEGORIES": ("", "Deadline"),
        "DESCRIPTION": (
            "",
            "Task: T3\nOwner: 李*\nStatus as of 2024-07-09: delayed, 0%, 6 days late\nCampaign: 夏季上新",
        ),
    }
    assert {one["TRANSP"].raw for one in events} == {"TRANSPARENT"}
    assert {one["DTSTART"].params + one["DTEND"].params for one in events} == {";VALUE=DATE;VALUE=DATE"}


def test_descriptions_say_who_what_and_how_it_stands(run, plan: Path):
    _, events = read(exported(run, plan, lang="zh"))
    told = {one["SUMMARY"].text: one["DESCRIPTION"].text.split("\n") for one in events}
    assert told["截止：制作海报"] == [
        "任务：T1",
        "负责人：李*",
        "交付物：海报5张",
        "状态（截至 2024-07-09）：已完成",
        "活动：夏季上新",
    ]
    assert told["截止：询价"][2] == "状态（截至 2024-07-09）：延期，0%，已延误 6 天"
    assert told["指标到期：销售额"] == [
        "负责人：李*",
        "目标值：100 万元",
        "当前值：20 万元 (20%)",
        "活动：夏季上新",
    ]
    assert told["指标到期：客诉"] == ["目标值：≤3", "活动：夏季上新"]
    assert told["目标到期：新品销售额100万元"][1] == "量化指标：订单数、客单价"
    assert told["关键节点：launch"] == ["活动：夏季上新"]
    kinds = {one["SUMMARY"].text.partition("：")[0]: one["CATEGORIES"].text for one in events}
    assert kinds == {
        "截止": "截止日",
        "关键节点": "关键节点",
        "周例会": "例行工作",
        "目标到期": "目标",
        "指标到期": "效果指标",
    }


def test_lateness_counts_as_the_plan_counts_it(run, plan: Path):
    plan.write_text(PLAN + "thresholds: {late_in: working}\n", encoding="utf-8")
    _, events = read(exported(run, plan))
    told = next(one["DESCRIPTION"].text for one in events if "询价" in one["SUMMARY"].text)
    assert "4 working days late" in told  # 4th, 5th, 8th, 9th


def test_only_what_was_called_off_is_cancelled(run, plan: Path):
    _, events = read(exported(run, plan))
    marked = {one["SUMMARY"].text: one["STATUS"].raw for one in events if "STATUS" in one}
    assert marked == {"Due: 印刷": "CANCELLED"}


@pytest.mark.parametrize("name", ["wang", "王*"])
def test_one_persons_calendar_holds_that_persons_days_only(run, plan: Path, name: str):
    _, events = read(exported(run, plan, "--owner", name))
    assert days(events) == [("20240711", "Due: 搭建直播间"), ("20240711", "Milestone: 开播")]
    assert run("export", "ics", plan, "--owner", "nobody").code == 2


def test_a_calendar_without_days_is_a_calendar(run, plan: Path):
    text = PLAN.partition("goals:")[0].replace("  milestones: {launch: 2024-07-15}\n", "")
    plan.write_text(text, encoding="utf-8")
    head, events = read(exported(run, plan))
    assert (head["X-WR-CALNAME"].text, events) == ("夏季上新", [])


def uids(data: bytes) -> dict[str, str]:
    """Return what names each event, by what it is; of meetings there are several."""
    _, events = read(data)
    names = [one["SUMMARY"].text for one in events]
    found = {
        f"{name} {names[:n].count(name)}": one["UID"].raw
        for n, (name, one) in enumerate(zip(names, events, strict=True))
    }
    assert len(set(found.values())) == len(events)
    return found


def test_days_keep_their_names_where_they_move(run, plan: Path):
    before = uids(exported(run, plan))
    moved = PLAN.replace("end: 2024-07-05", "end: 2024-07-12").replace(
        "launch: 2024-07-15", "launch: 2024-07-22"
    )
    moved = moved.replace("due: 2024-07-30", "due: 2024-07-29").replace("due: 2024-07-31", "due: 2024-07-26")
    moved = moved.replace("start: 2024-07-02, end: 2024-07-31", "start: 2024-07-03, end: 2024-07-31")
    plan.write_text(moved, encoding="utf-8")
    after = exported(run, plan)
    assert uids(after) == before
    assert exported(run, plan, "--as-of=2024-08-01") != after
    assert uids(exported(run, plan, "--as-of=2024-08-01")) == before


def test_days_of_another_campaign_have_other_names(run, plan: Path):
    before = uids(exported(run, plan))
    plan.write_text(PLAN.replace("夏季上新", "秋季上新"), encoding="utf-8")
    assert set(uids(exported(run, plan)).values()).isdisjoint(before.values())


def test_the_same_plan_gives_the_same_bytes(run, plan: Path, tmp_path: Path):
    first, second = tmp_path / "one.ics", tmp_path / "two.ics"
    for file in (first, second):
        assert run("export", "ics", plan, "-o", file, MKTEXEC_TODAY=TODAY).code == 0
    assert first.read_bytes() == second.read_bytes() == exported(run, plan)


HOSTILE = [
    "两行\n标题",
    "END:VEVENT\r\nBEGIN:VEVENT",
    'a;b,c\\d\\n:e"f',
    "字" * 500,
    "x" * 74 + "字" * 30,
    "😀" * 200,
    "\x1b[31m\x07\x00\u202e",
    "",
    " ",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_is_text_whatever_it_holds(title: str):
    day = CalendarDay("tasks.T1.end", date(2024, 7, 5), title, "Deadline", (title, title))
    head, events = read(calendar([day], title, date(2024, 7, 9)).encode())
    harmless = "".join(
        char for char in re.sub(r"[\r\n]+", " ", title) if unicodedata.category(char) not in ("Cc", "Cf")
    )
    assert head["X-WR-CALNAME"].text == harmless
    assert [one["SUMMARY"].text for one in events] == [harmless]
    assert events[0]["DESCRIPTION"].text == f"{harmless}\n{harmless}"


def test_without_the_library_the_user_is_told_what_to_install(run, plan: Path, monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = run("export", "ics", plan)
    assert (result.code, result.out) == (3, "")
    assert 'pip install "mktexec[ics]"' in result.err


# --- spreadsheets -------------------------------------------------------------------------


def rows(data: bytes) -> list[dict[str, str]]:
    """Return the rows as Excel takes them: the mark of UTF-8 first, lines ended by CR LF."""
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert re.search(rb"(?<!\r)\n", data) is None
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_a_task_is_a_row_with_all_that_is_known(run, plan: Path):
    result = run("export", "csv", plan, MKTEXEC_TODAY=TODAY)
    assert (result.code, result.err) == (0, "")
    found = rows(result.out.encode())
    assert [row["Id"] for row in found] == ["T1", "T2", "T3", "T4", "T5", "T6", "T7"]
    assert found[0] == {
        "Id": "T1",
        "Task": "制作海报",
        "Initiative": "直播",
        "Goal": "新品销售额100万元",
        "Owner": "李*",
        "Department": "市场部",
        "Planned start": "2024-07-01",
        "Planned end": "2024-07-05",
        "Duration (working days)": "5",
        "Early start": "2024-07-01",
        "Early end": "2024-07-05",
        "Late start": "2024-07-01",
        "Late end": "2024-07-05",
        "Slack (working days)": "0",
        "Free slack (working days)": "0",
        "Critical": "yes",
        "Forecast start": "2024-07-01",
        "Forecast end": "2024-07-08",
        "Actual start": "2024-07-01",
        "Actual end": "2024-07-08",
        "Progress": "100%",
        "Health": "done",
        "Days late": "3",
        "Predecessors": "",
        "Deliverable": "海报5张",
    }


def test_computed_cells_follow_the_owner_and_the_links(run, plan: Path):
    found = {row["Id"]: row for row in rows(run("export", "csv", plan, MKTEXEC_TODAY=TODAY).out.encode())}
    two, three, four, six, seven = (found[key] for key in ("T2", "T3", "T4", "T6", "T7"))
    assert (two["Planned end"], two["Duration (working days)"], two["Predecessors"]) == (
        "2024-07-11",
        "3",
        "T1",
    )
    assert (two["Progress"], two["Health"], two["Days late"]) == ("0%", "delayed", "")
    assert three["Predecessors"] == "T1 SS +1d"
    assert (three["Late start"], three["Slack (working days)"], three["Critical"]) == (
        "2024-07-10",
        "6",
        "no",
    )
    assert three["Days late"] == "6"
    assert six["Duration (working days)"] == "0"
    assert {
        four[name] for name in ("Early start", "Late end", "Slack (working days)", "Critical", "Forecast end")
    } == {""}
    assert four["Health"] == "cancelled"
    assert (seven["Planned end"], seven["Initiative"], seven["Department"]) == ("", "", "市场部")


def test_headings_and_words_are_in_the_language_asked_for(run, plan: Path):
    found = rows(run("export", "csv", plan, "--lang", "zh", MKTEXEC_TODAY=TODAY).out.encode())
    assert list(found[0])[:3] == ["任务编号", "任务描述", "所属举措"]
    assert (found[0]["关键"], found[0]["进度状态"]) == ("是", "已完成")


def test_one_persons_sheet_holds_that_persons_tasks_only(run, plan: Path):
    found = rows(run("export", "csv", plan, "--owner", "wang", MKTEXEC_TODAY=TODAY).out.encode())
    assert [row["Id"] for row in found] == ["T2", "T6"]


def test_a_file_holds_the_same_bytes_as_standard_output(run, tmp_path: Path):
    file = tmp_path / "tasks.csv"
    assert run("export", "csv", EXAMPLE, "-o", file).code == 0
    assert file.read_bytes() == run("export", "csv", EXAMPLE).out.encode()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'),
        ("+86 138", "'+86 138"),
        ("-新品", "'-新品"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "' =1"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("-5", "-5"),
        ("+12.5", "+12.5"),
        ("-1,234.5%", "-1,234.5%"),
        ("a=1", "a=1"),
        ('a,"b"', 'a,"b"'),
        ("两行\n标题", "两行 标题"),
        ("\x1b[31m红", "[31m红"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula_and_no_text_is_lost(text: str, cell: str):
    lines = sheet(Sheet(["Task"], [[text, 1]])).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(lines, newline=""))) == [["Task"], [cell, "1"]]


def test_cells_are_written_so_that_a_spreadsheet_knows_their_kind():
    made = Sheet(["a"], [[date(2024, 7, 5), 0.5, 1 / 3, 1.0, 0.0, -3, None]])
    assert sheet(made) == "\ufeffa\r\n2024-07-05,50%,33.33%,100%,0%,-3,\r\n"
