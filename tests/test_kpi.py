"""``kpi``: one figure, or a table of them, mapped by its header; what is not understood is said by row."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.readings import readings_of
from mktexec.store.table import read_table

DATA = ROOT / "tests" / "data" / "kpi"
LATER = date(2024, 10, 8)
ENDS = {"start": "2024-07-01", "end": "2024-09-30"}
KPIS = {
    "K001": {"title": "线上销售额", "unit": "万元", "target": "500"},
    "K002": {"title": "新客占比", "unit": "%", "target": "35"},
    "K003": {"title": "品牌搜索量", "unit": "%", "target": "20"},
    "K004": {"title": "任务按时完成率", "unit": "%", "target": "90"},
}
WIDE = """\
K001 2024-07-31 130
K001 2024-08-31 270
K001 2024-09-30 420
K002 2024-07-31 24.5
K002 2024-08-31 26
K002 2024-09-30 28
K003 2024-08-31 11
K003 2024-09-30 15
"""
# file: (readings with what is written beside the value, columns left out, empty cells)
FILES = {
    "long-bom.csv": (
        """\
K001 2024-07-31 130 target=160 cause=直播首场流量低于预期
K001 2024-08-31 270
K002 2024-07-31 24.5 target=30 cause=老客复购占比高,新客券未上线 note=CRM导出
K002 2024-08-31 26 note=客服反馈： "新客券"入口不明显
""",
        ["达成率", "负责人"],
        1,
    ),
    "long-gb18030.csv": (
        """\
K001 2024-07-31 130 note=电商平台后台
K001 2024-08-31 270
K002 2024-07-31 24.5 note=CRM系统
K003 2024-07-31 6.5
K004 2024-07-31 88 note=跟踪表统计
""",
        [],
        0,
    ),
    "long-english.csv": (
        """\
K001 2024-07-31 130 target=160 cause=first stream drew few viewers
K002 2024-07-31 24.5 target=30
K004 2024-07-31 88 note=from the tracking sheet
""",
        ["Achievement"],
        0,
    ),
    "tracking-record.csv": (  # its targets are the KPIs' own, which the plan has
        "K001 2024-09-30 420\nK002 2024-09-30 28\nK003 2024-09-30 15\nK004 2024-09-30 85\n",
        ["指标说明", "达成率%", "数据来源"],
        0,
    ),
    "wide-months-utf16.csv": (WIDE, ["目标", "备注"], 1),
    "wide-days-semicolon.csv": (
        """\
K001 2024-07-15 52
K001 2024-07-31 130
K001 2024-08-15 198.5
K001 2024-08-31 270
K002 2024-07-15 22
K002 2024-07-31 24.5
K002 2024-08-31 26
""",
        [],
        1,
    ),
    "wide-days.csv": (
        """\
K001 2024-07-15 52
K001 2024-07-31 130
K001 2024-08-15 198.5
K002 2024-07-15 22
K002 2024-07-31 24.5
K002 2024-08-15 25
K003 2024-07-15 4
K003 2024-07-31 6.5
""",
        [],
        1,
    ),
}


def plan(kpis=KPIS, period=ENDS):
    campaign = {"title": "t", "period": period, "calendar": "weekdays"}
    return Plan.model_validate({"mktexec": "1", "campaign": campaign, "kpis": kpis})


def table(text, on=None, as_of=LATER, **how):
    """Return what a table gives whose cells are parted by commas; the header is row 1."""
    header, *rows = (line.split(",") for line in text.strip().splitlines())
    return readings_of(header, list(enumerate(rows, 2)), plan(**how), as_of, on)


def told(readings):
    """Return readings as lines: KPI, day, value, and what is written beside it."""
    lines = []
    for one in readings:
        beside = {"target": one.target, "cause": one.cause, "note": one.note}
        said = [f"{name}={value}" for name, value in beside.items() if value is not None]
        lines.append(" ".join([one.kpi, str(one.day), str(one.value), *said]) + "\n")
    return "".join(lines)


def wrong(found):
    """Return the problems as row and English text."""
    return [(one.row, one.text.en) for one in found.problems]


# --- the files of real programs ---


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_by_its_header(name):
    readings, left_out, empty = FILES[name]
    one = read_table(DATA / name)
    found = readings_of(one.header, one.rows, plan(), LATER)
    assert (told(found.given), found.problems) == (readings, [])
    assert (found.left_out, found.empty) == (left_out, empty)


def test_everything_wrong_is_listed_by_row():
    one = read_table(DATA / "wrong.csv")
    found = readings_of(one.header, one.rows, plan(), LATER)
    assert wrong(found) == [
        (0, "the column '渠道' is not understood"),
        (3, "there is no KPI K009"),
        (4, "K001 and '新客占比' are two KPIs"),
        (5, "there is no KPI 线上销售"),
        (6, "'2024-02-30' is not understood as a day"),
        (7, "'03/04/2024' is not understood as a day"),
        (8, "'35%' is not understood as a figure in 万元"),
        (9, "'增长15%' is not understood as a figure in %"),
        (10, "it has 7 cells, the header 5"),
        (11, "K001 2024-07-31 stands in row 2 already, and differs"),
        (12, "2024-12-31 is still to come"),
        (13, "no KPI is named"),
        (15, "no day is given"),
    ]
    hints = {one.row: one.hint.en for one in found.problems if one.hint}
    assert (hints[3], hints[5]) == ("did you mean K004?", "did you mean 线上销售额?")


# --- headers ---


@pytest.mark.parametrize("kpi", ["编号", "指标", "指标名称", "KPI", "id", "指标 编号", "KPI_ID", "Name"])
@pytest.mark.parametrize("day", ["日期", "时间", "周期", "Date", "PERIOD", "更新日期："])
@pytest.mark.parametrize("value", ["实际值", "数值", "当前值", "Value", "Actual", "实际值（%）", "实际%"])
def test_words_of_a_header(kpi, day, value):
    found = table(f"{kpi},{day},{value}\nK002,2024-07-31,30")
    assert (told(found.given), found.problems) == ("K002 2024-07-31 30\n", [])


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("KPI,value", "no column says the day"),
        ("date,value", "no column says which KPI"),
        ("KPI,渠道", "the column '渠道' is not understood"),
        ("渠道,城市", "no column is called 'value'"),
        ("KPI,date,7月", "no column is called 'value'"),
        ("KPI,目标", "no column holds figures"),
        ("KPI,date,实际,数值", "the columns '实际' and '数值' mean the same"),
        ("date,K001,K009", "the column 'K009' is not understood"),
    ],
)
def test_a_header_that_is_not_understood(header, said):
    found = table(f"{header}\n")
    assert wrong(found) == [(0, said)]
    assert found.problems[0].hint


def test_a_column_of_another_name_is_named_and_the_nearest_word_offered():
    found = table("KPI,dat,vlaue,actual\n", on=LATER)
    assert wrong(found) == [
        (0, "the column 'dat' is not understood"),
        (0, "the column 'vlaue' is not understood"),
    ]
    assert [one.hint.en for one in found.problems] == ["did you mean date?", "did you mean value?"]


def test_a_day_given_outside_stands_where_the_table_has_none():
    found = table("KPI,value\nK001,5", on=date(2024, 8, 15))
    assert told(found.given) == "K001 2024-08-15 5\n"
    mixed = table("KPI,date,value\nK001,,5\nK002,2024-07-31,6", on=date(2024, 8, 15))
    assert told(mixed.given) == "K001 2024-08-15 5\nK002 2024-07-31 6\n"


def test_a_cell_without_a_header_is_refused():
    found = table("KPI,date,value,\nK001,2024-07-31,5,\nK002,2024-07-31,6,x")
    assert wrong(found) == [(3, "'x' stands in a column without a header")]


def test_a_row_may_end_early_but_not_late():
    short = table("KPI,date,value,note,cause\nK001,2024-07-31,5")
    assert (told(short.given), short.problems) == ("K001 2024-07-31 5\n", [])
    late = table("KPI,date,value,note\nK001,2024-07-31,2,700,\n")
    assert wrong(late) == [(2, "it has 5 cells, the header 4")]


def test_a_kpi_may_be_called_like_a_column_that_is_left_out():
    kpis = {"K1": {"title": "完成率", "unit": "%", "target": "90"}}
    found = table("日期,完成率,同比\n2024-07-31,85%,3%", kpis=kpis)
    assert (told(found.given), found.left_out) == ("K1 2024-07-31 85\n", ["同比"])


def test_in_a_wide_table_what_belongs_to_one_reading_is_left_out():
    found = table("日期,K001,单位,目标,原因,备注\n2024-07-31,5,元,7,x,y")
    assert told(found.given) == "K001 2024-07-31 5\n"
    assert sorted(found.left_out) == ["单位", "原因", "备注", "目标"]


# --- which KPI ---


def test_a_title_is_found_whatever_its_spaces_and_width():
    kpis = {"K1": {"title": "ROI (抖音)", "target": "3"}}
    assert (
        told(table("指标,日期,实际\nＲＯＩ（抖音）,2024-07-31,2.5", kpis=kpis).given) == "K1 2024-07-31 2.5\n"
    )


def test_a_title_of_two_kpis_is_refused_and_an_id_goes_before_a_title():
    kpis = {"K1": {"title": "ROI", "target": "3"}, "K2": {"title": "ROI", "target": "3"}}
    found = table("KPI,date,value\nROI,2024-07-31,2", kpis=kpis)
    assert wrong(found) == [(2, "'ROI' is the title of several KPIs: K1, K2")]
    kpis["ROI"] = {"title": "K1", "target": "3"}
    found = table("KPI,date,value\nROI,2024-07-31,2\nK1,2024-07-31,3", kpis=kpis)
    assert told(found.given) == "K1 2024-07-31 3\nROI 2024-07-31 2\n"


def test_the_id_counts_and_a_title_must_not_say_otherwise():
    header = "编号,指标名称,日期,实际值"
    assert told(table(f"{header}\nK001,销售额,2024-07-31,1").given) == "K001 2024-07-31 1\n"
    assert told(table(f"{header}\n,新客占比,2024-07-31,1").given) == "K002 2024-07-31 1\n"
    assert wrong(table(f"{header}\nK001,新客占比,2024-07-31,1")) == [(2, "K001 and '新客占比' are two KPIs")]
    assert wrong(table(f"{header}\nK9,新客占比,2024-07-31,1")) == [(2, "there is no KPI K9")]


# --- which day ---


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7月15日", "2024-07-15"),
        ("7/15", "2024-07-15"),
        ("7月", "2024-07-31"),
        ("2024年7月", "2024-07-31"),
        ("9月", "2024-09-30"),
        ("2024-06-30", "2024-06-30"),  # a whole day may lie outside of the campaign
    ],
)
def test_a_day_of_the_plans_period(text, day):
    found = table(f"KPI,date,value\nK001,{text},5")
    assert told(found.given) == f"K001 {day} 5\n"


@pytest.mark.parametrize("text", ["10月5日", "6月", "7/8", "12-25"])
def test_a_day_without_its_year_outside_of_the_period_is_not_guessed(text):
    assert wrong(table(f"KPI,date,value\nK001,{text},5")) == [(2, f"'{text}' is not understood as a day")]


@pytest.mark.parametrize(
    ("start", "end", "text", "day"),
    [
        ("2024-11-11", "2025-02-10", "12月15日", "2024-12-15"),
        ("2024-11-11", "2025-02-10", "1月", "2025-01-31"),
        ("2024-11-11", "2025-02-10", "2月", "2025-02-28"),
        ("2024-11-11", "2025-11-30", "11月", None),  # of two years
        ("2023-11-01", "2026-02-28", "7月", None),
        ("2023-11-01", "2025-02-28", "7月", "2024-07-31"),
    ],
)
def test_a_period_over_the_turn_of_the_year(start, end, text, day):
    period = {"start": start, "end": end}
    found = table(f"KPI,date,value\nK001,{text},5", period=period, as_of=date(2026, 12, 31))
    assert [str(one.day) for one in found.given] == ([day] if day else [])
    assert len(found.problems) == (not day)


def test_a_day_to_come_is_refused_and_today_is_not():
    text = "KPI,date,value\nK001,2024-07-31,5"
    assert wrong(table(text, as_of=date(2024, 7, 30))) == [(2, "2024-07-31 is still to come")]
    assert table(text, as_of=date(2024, 7, 31)).problems == []


# --- how much ---


@pytest.mark.parametrize("text", ["", " ", "-", "—", "/", "N/A", "无", "暂无"])
def test_a_cell_without_a_value_is_counted_and_not_read(text):
    found = table(f"KPI,date,value\nK009,?,{text}\nK001,2024-07-31,5")
    assert (told(found.given), found.problems, found.empty) == ("K001 2024-07-31 5\n", [], 1)


def test_a_unit_beside_the_figures_must_be_the_kpis():
    assert told(table("KPI,date,value,unit\nK001,2024-07-31,5,万元").given) == "K001 2024-07-31 5\n"
    found = table("KPI,date,value,unit\nK001,2024-07-31,5000000,元\nK002,2024-07-31,5,")
    assert wrong(found) == [(2, "the table's unit is 元, that of K001 is 万元")]
    found = table("date,线上销售额（元）,新客占比(%)\n2024-07-31,5000000,5")
    assert wrong(found) == [(2, "the table's unit is 元, that of K001 is 万元")]
    found = table("KPI,date,value(%)\nK001,2024-07-31,5\nK002,2024-07-31,5")
    assert wrong(found) == [(2, "the table's unit is %, that of K001 is 万元")]


def test_the_kpis_own_target_is_not_that_of_a_reading():
    found = table(
        "KPI,date,value,目标\nK001,2024-07-31,130,500万\nK001,2024-08-31,270,≥ 330\nK002,2024-07-31,9,"
    )
    assert [one.target for one in found.given] == [None, Decimal(330), None]
    assert wrong(table("KPI,date,value,目标\nK001,2024-07-31,130,约500")) == [
        (2, "'约500' is not understood as a figure in 万元")
    ]


def test_the_same_reading_twice_is_one_and_others_differ():
    header = "KPI,date,value,note"
    same = table(f"{header}\nK001,2024-07-31,130,\n线上销售额,7月,130万,")
    assert (told(same.given), same.problems) == ("K001 2024-07-31 130\n", [])
    for second in ("K001,2024/7/31,131,", "K001,2024/7/31,130,x"):
        found = table(f"{header}\nK001,2024-07-31,130,\n{second}")
        assert wrong(found) == [(3, "K001 2024-07-31 stands in row 2 already, and differs")]


def test_all_that_is_wrong_with_one_row_is_said():
    found = table("KPI,date,value\nK9,someday,5\nK001,someday,x")
    assert wrong(found) == [
        (2, "there is no KPI K9"),
        (2, "'someday' is not understood as a day"),
        (3, "'someday' is not understood as a day"),
        (3, "'x' is not understood as a figure in 万元"),
    ]


def test_readings_come_in_the_order_of_the_plan_and_the_days():
    found = table("KPI,date,value\nK002,2024-07-31,2\nK001,2024-08-31,1\nK001,2024-07-31,1")
    assert told(found.given) == "K001 2024-07-31 1\nK001 2024-08-31 1\nK002 2024-07-31 2\n"


CELLS = st.sampled_from(
    ["K001", "K9", "线上销售额", "2024-07-31", "7月", "date", "value", "编号", "5", "35%", "", "-"]
)
ROW = st.lists(CELLS | st.text(max_size=8), max_size=5)


@given(ROW, st.lists(ROW, max_size=4))
@settings(max_examples=500, derandomize=True, deadline=None)
def test_any_table_gives_readings_or_problems(header, rows):
    found = readings_of(header, list(enumerate(rows, 2)), plan(), LATER)
    assert all(one.kpi in KPIS and one.day <= LATER for one in found.given)
    assert all(one.text.en != one.text.zh for one in found.problems)


# --- the command: one figure ---

PLAN = """\
mktexec: 1
campaign:
  title: 新品上线
  period: {start: 2024-07-01, end: 2024-09-30}
  calendar: weekdays
  language: en
kpis:
  K001:
    title: 线上销售额
    unit: 万元
    target: 500
    readings:
      2024-07-31: 130    # 后台
      2024-08-31: {value: 270, cause: 素材老化}
    source: 电商平台后台
  K002: {title: 新客占比, unit: '%', target: 35, source: CRM}
"""
# arguments: (text as it was, text as it is)
ONE = {
    ("K001", "420"): ("素材老化}\n", "素材老化}\n      2024-10-08: 420\n"),
    ("K001", "420万", "--on", "2024-09-30"): ("素材老化}\n", "素材老化}\n      2024-09-30: 420\n"),
    ("线上销售额", "4,200,000元", "--on", "2024-09-30"): (
        "素材老化}\n",
        "素材老化}\n      2024-09-30: 420\n",
    ),
    ("K001", "135", "--on", "2024-07-31"): ("2024-07-31: 130 ", "2024-07-31: 135 "),
    ("K001", "280", "--on", "2024-08-31"): ("value: 270", "value: 280"),
    ("K001", "280", "--on", "2024-08-31", "--cause", "断货"): (
        "{value: 270, cause: 素材老化}",
        "{value: 280, cause: 断货}",
    ),
    ("K001", "270", "--on", "2024-08-31", "--target", "330万"): (
        "{value: 270, cause: 素材老化}",
        "{value: 270, target: 330, cause: 素材老化}",
    ),
    ("K001", "--on", "2024-08-01", "--", "-5"): ("130    # 后台\n", "130    # 后台\n      2024-08-01: -5\n"),
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def kpi(run, file, *args, lang="en"):
    return run("kpi", "--plan", file, "--lang", lang, *args, MKTEXEC_TODAY=str(LATER), COLUMNS="300")


@pytest.mark.parametrize("args", ONE)
def test_one_figure(run, file, args):
    old, new = ONE[args]
    result = kpi(run, file, *args)
    assert (result.code, file.read_text(encoding="utf-8")) == (0, PLAN.replace(old, new, 1)), result.err


def test_a_figure_with_its_cause_is_a_map(run, file):
    args = ("K002", "28%", "--on", "2024-09-30", "--target", "30%", "--cause", "直播转化低", "--note", "CRM")
    assert kpi(run, file, *args).code == 0
    kpis = read_back(file)
    assert kpis["K002"]["2024-09-30"] == ("28", "30", "直播转化低", "CRM")


def test_a_plain_value_becomes_a_map_only_for_a_field(run, file):
    assert kpi(run, file, "K001", "130", "--on", "2024-07-31", "--note", "初步").code == 0
    lines = [line.split("#")[0].rstrip() for line in file.read_text(encoding="utf-8").splitlines()]
    assert "      2024-07-31: {value: 130, note: 初步}" in lines


def read_back(file):
    """Return the readings by KPI and day as value, target, cause and note."""
    from mktexec.store.load import load

    def text(value):
        return None if value is None else str(value)

    return {
        key: {
            str(day): (text(one.value), text(one.target), one.cause, one.note)
            for day, one in kpi.readings.items()
        }
        for key, kpi in load(file).plan.kpis.items()
    }


def test_what_changed_is_said(run, file):
    result = kpi(run, file, "K001", "280", "--on", "2024-08-31", "--dry-run")
    assert result.out.splitlines()[0] == "K001 线上销售额, reading of 2024-08-31: 270 → 280 万元"
    assert file.read_text(encoding="utf-8") == PLAN
    chinese = kpi(run, file, "K002", "28%", "--dry-run", lang="zh")
    assert chinese.out.splitlines()[0] == "K002 新客占比，2024-10-08 读数：28%"


@pytest.mark.parametrize("value", ["270", "270万", "270.0", "2,700,000元"])
def test_the_same_figure_again_changes_nothing(run, file, value):
    result = kpi(run, file, "K001", value, "--on", "2024-08-31", "--cause", "素材老化")
    assert (result.code, result.out, file.read_text(encoding="utf-8")) == (0, "", PLAN)


# arguments: (exit code, what is said)
WRONG = {
    ("K009", "5"): (2, "there is no entry K009"),
    ("K01", "5"): (2, "did you mean K001?"),
    ("K001", "35%"): (2, "'35%' is not understood as a figure; K001 is in 万元"),
    ("K001", "1,23"): (2, "'1,23' is not understood as a figure"),
    ("K001", "5", "--target", "x"): (2, "'x' is not understood as a figure"),
    ("K001", "5", "--on", "2024-10-09"): (2, "2024-10-09 is still to come"),
    ("K001", "5", "--on", "2024-02-30"): (2, "'2024-02-30' is not a day"),
    ("K001", "5", "--cause", " "): (2, "--cause is empty"),
    ("K001", "5", "--note", "a\ab"): (2, "control characters"),
    ("K001",): (2, "VALUE|FILE is missing"),
    ("import", "x.csv", "--cause", "y"): (2, "--cause, --target and --note go with one figure"),
    ("import", "x.csv", "--target", "5"): (2, "--cause, --target and --note go with one figure"),
    ("import", "none.csv"): (3, "cannot read none.csv: No such file"),
    ("import", DATA): (3, "it is not a file"),
    ("import", DATA / "wide-days.csv", "--as-of", "2024-08-14"): (3, "row 4: 2024-08-15 is still to come"),
}


@pytest.mark.parametrize("args", WRONG)
def test_what_is_wrong_is_said_and_nothing_written(run, file, args):
    code, said = WRONG[args]
    result = kpi(run, file, *args)
    assert (result.code, result.out, file.read_text(encoding="utf-8")) == (code, "", PLAN)
    assert said in result.err


def test_a_kpi_that_cannot_be_read_shows_what_is_wrong_with_it(run, file):
    file.write_text(PLAN.replace("target: 35", "target: many"), encoding="utf-8")
    result = kpi(run, file, "K002", "5")
    assert result.code == 3
    assert "[bad-amount]" in result.err


def test_a_figure_keeps_the_way_it_is_written_while_it_is_the_same(run, file):
    file.write_text(PLAN.replace("270,", "270.00,"), encoding="utf-8")
    assert kpi(run, file, "K001", "270", "--on", "2024-08-31", "--note", "x").code == 0
    assert "{value: 270.00, cause: 素材老化, note: x}" in file.read_text(encoding="utf-8")


# --- the command: a table ---


def test_an_import_shows_what_it_read_and_writes_it(run, file):
    result = kpi(run, file, "import", DATA / "long-bom.csv")
    assert result.code == 0, result.err
    shown = result.out.splitlines()
    assert shown[0] == "Read  4"
    assert [line.split() for line in shown[2:6]] == [
        [
            "K001",
            "线上销售额",
            "2024-07-31",
            "130",
            "万元",
            "130",
            "万元",
            "160",
            "万元",
            "直播首场流量低于预期",
        ],
        ["K001", "线上销售额", "2024-08-31", "270", "万元", "270", "万元"],
        ["K002", "新客占比", "2024-07-31", "–", "24.5%", "30%", "老客复购占比高,新客券未上线;", "CRM导出"],
        ["K002", "新客占比", "2024-08-31", "–", "26%", "客服反馈：", '"新客券"入口不明显'],
    ]
    assert shown[6:9] == [
        "  columns left out: 达成率, 负责人",
        "  cells without a value: 1",
        f"4 readings of 2 KPIs from {DATA.as_posix()}/long-bom.csv",
    ]
    kpis = read_back(file)
    assert kpis["K001"] == {
        "2024-07-31": ("130", "160", "直播首场流量低于预期", None),
        "2024-08-31": ("270", None, "素材老化", None),  # a cause that the table has not stays
    }
    assert kpis["K002"] == {
        "2024-07-31": ("24.5", "30", "老客复购占比高,新客券未上线", "CRM导出"),
        "2024-08-31": ("26", None, None, '客服反馈： "新客券"入口不明显'),
    }


def test_an_import_in_chinese(run, file):
    result = kpi(run, file, "import", DATA / "wide-months-utf16.csv", "--dry-run", lang="zh")
    assert result.code == 3  # the plan here has no K003
    assert "  第 4 行：没有指标 品牌搜索量\n" in result.err
    assert file.read_text(encoding="utf-8") == PLAN
    path = file.parent / "七月.csv"
    path.write_text("指标,日期,实际值,负责人\nK002,7月,-,李*\nK002,8月,25%\n", encoding="gb18030")
    result = kpi(run, file, "import", path, "--dry-run", lang="zh")
    assert result.out.splitlines()[:7] == [
        "读取结果  1",
        "        指标      日期        原值  新值",
        "  K002  新客占比  2024-08-31     –   25%",
        "  未导入的列：负责人",
        "  没有数值的单元格：1",
        "  比表头短的行：3",
        f"从 {path.as_posix()} 导入 1 个指标的 1 个读数",
    ]
    assert (result.code, file.read_text(encoding="utf-8")) == (0, PLAN)


def test_an_import_again_changes_nothing(run, file):
    assert kpi(run, file, "import", DATA / "long-bom.csv").code == 0
    once = file.read_text(encoding="utf-8")
    result = kpi(run, file, "import", DATA / "long-bom.csv")
    assert (result.code, file.read_text(encoding="utf-8")) == (0, once)
    assert "nothing to change" in result.err


def test_a_long_table_is_cut_where_it_is_shown_and_written_in_full(run, file):
    path = file.parent / "long.csv"
    rows = [f"K002,2024-{month:02}-{day:02},{day}" for month in (7, 8) for day in range(1, 29)]
    path.write_text("\n".join(["id,date,value", *rows]), encoding="utf-8")
    result = kpi(run, file, "import", path)
    assert result.code == 0
    assert "\n  and 36 more\n" in result.out
    assert len(read_back(file)["K002"]) == 56


def test_a_plan_changed_meanwhile_is_read_again_and_the_table_shown_once(run, file, monkeypatch):
    from mktexec.store import files

    real, tries = files.write, []

    def write(plan, changes):
        tries.append(changes)
        if len(tries) == 1:
            file.write_text(PLAN.replace("target: 35", "target: 40"), encoding="utf-8")
            raise files.ChangedMeanwhileError(T("changed", "已变"))
        real(plan, changes)

    monkeypatch.setattr(files, "write", write)
    result = kpi(run, file, "import", DATA / "long-bom.csv")
    assert (result.code, len(tries), result.out.count("Read  4\n")) == (0, 2, 1), result.err
    assert "target: 40" in file.read_text(encoding="utf-8")
    assert len(read_back(file)["K002"]) == 2


def test_many_problems_are_cut(run, file):
    path = file.parent / "wrong.csv"
    path.write_text("id,date,value\n" + "K009,2024-07-31,5\n" * 130, encoding="utf-8")
    result = kpi(run, file, "import", path)
    assert result.code == 3
    assert result.err.count("there is no KPI K009") == 100
    assert result.err.endswith("\n  and 30 more\n")


def test_a_table_without_days_takes_the_day_of_the_option(run, file):
    path = file.parent / "week.csv"
    path.write_text("KPI;Value\nK001;142,5\nK002;25\n", encoding="utf-8")
    assert kpi(run, file, "import", path).code == 3
    assert "'142,5' is not understood" in kpi(run, file, "import", path, "--on", "2024-08-05").err
    path.write_text("KPI;Value\nK001;142.5\nK002;25\n", encoding="utf-8")
    assert kpi(run, file, "import", path, "--on", "2024-08-05").code == 0
    assert read_back(file)["K001"]["2024-08-05"] == ("142.5", None, None, None)


def test_text_of_a_table_is_no_markup_and_no_escape(run, file):
    path = file.parent / "t.csv"
    path.write_text("KPI,date,value,note\nK001,2024-07-31,5,[red]{x}\u202e%s\n", encoding="utf-8")
    result = kpi(run, file, "import", path, "--dry-run")
    assert result.code == 0
    assert "[red]{x}%s" in result.out
    path.write_text("KPI,date,value\n[red]{x}\u202e,2024-07-31,5\n", encoding="utf-8")
    assert "row 2: there is no KPI [red]{x}\n" in kpi(run, file, "import", path).err
    file.write_text(PLAN.replace("title: 新客占比", "title: '[red]{x} 100'"), encoding="utf-8")
    result = kpi(run, file, "import", path)
    assert "row 2: there is no KPI [red]{x}  → did you mean [red]{x} 100?\n" in result.err
