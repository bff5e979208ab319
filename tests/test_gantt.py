"""The Gantt chart on hand-computed plans: its rows, its columns, its header, its cells, the command."""

import json
from datetime import date, timedelta

import pytest

from mktexec.assess import assess
from mktexec.columns import width
from mktexec.model import Plan
from mktexec.render.gantt import gantt as chart
from mktexec.render.gantt.axis import axis
from mktexec.render.terminal import Screen, to_text
from mktexec.schedule import schedule
from mktexec.views.gantt import Gantt, gantt

# July 2024 begins on a Monday: 1–5, 8–12, 15–19, 22–26 and 29–31 are weekdays.
PERIOD = {"start": "2024-07-01", "end": "2024-09-30"}
PEOPLE = {
    "ann": {"name": "Ann", "department": "Marketing"},
    "bo": {"name": "Bo", "department": "Design"},
    "cy": {"name": "Cy"},
}


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def view(tasks: dict, as_of: str = "07-15", by=None, first=None, last=None, lang="en", **more) -> Gantt:
    """Return the chart of tasks whose days are written without the year."""
    facts = {"title": "Plan", "calendar": "weekdays", "period": PERIOD, **more.pop("campaign", {})}
    entries = {key: {"title": key, **_full(task)} for key, task in tasks.items()}
    text = {"mktexec": "1", "campaign": _full(facts), "people": PEOPLE, "tasks": entries, **more}
    plan = Plan.model_validate(text)
    found = schedule(plan, day(as_of))
    ends = (day(one) if one else None for one in (first, last))
    return gantt(plan, found, assess(plan, found), by, *ends, lang)


def _full(value: object) -> object:
    if isinstance(value, dict):
        return {_full(key): _full(one) for key, one in value.items()}
    short = isinstance(value, str) and len(value) == len("07-15") and value[2] == "-"
    return f"2024-{value}" if short else value


def lines(made: Gantt, columns: int = 80, lang="en", zoom=None, *, blocks: bool = True) -> list[str]:
    screen = Screen(columns, colour=False, blocks=blocks)
    return to_text(chart(made, lang, screen, zoom)).splitlines()


STATES = {
    "A": {
        "start": "07-01",
        "end": "07-05",
        "owner": "ann",
        "progress": "100",
        "actual": {"start": "07-01", "end": "07-09"},
    },
    "B": {
        "start": "07-08",
        "end": "07-19",
        "owner": "bo",
        "after": ["A"],
        "progress": "50",
        "actual": {"start": "07-10"},
    },
    "C": {"start": "07-08", "end": "07-12", "owner": "bo", "cancelled": "07-09"},
    "D": {"start": "07-02", "end": "07-30", "repeats": "weekly", "owner": "cy"},
    "M": {"start": "07-29", "end": "07-29", "milestone": "true", "owner": "ann", "after": ["B"]},
    "N": {"start": "07-12", "end": "07-12", "milestone": "true", "owner": "ann"},
    "O": {"start": "07-10", "end": "07-12", "owner": "ann"},
}

# Two columns a day: the first of July is column 0, the 15th column 28, the 29th column 56.
AT_80 = """\
Plan                                                            as of 2024-07-15
2024-07-01 → 2024-07-30, by day

                 Jul 2024
  Id Task  Done  1             8             15            22            29
                                             │today
  A  A     100%  ██████████▓▓▓▓▓▓▓▓►         │
  D  D       0%    ▪▪            ▪▪          │ ▫▫            ▫▫            ▫▫
  C  C        x                ─────────x    │
  B  B      50%                ────██████████│░░░░░░░░░►
  O  O       0%                    ──────    ▒▒▒▒▒▒
  N  N       0%                        ──────◊
* M  M       0%                              │                           ◊

─ planned  █ done  ░ to do  ▓ done past its planned end
▒ to do past its planned end  ◊ milestone  ▪ recurring, past
▫ recurring, to come  ► hand-over to others  x cancelled  * critical path
"""
# One column a day, and characters that every encoding has.
ASCII_AT_60 = """\
Plan                                         截至 2024-07-15
2024-07-01 → 2024-07-30，按天

                   2024年7月
  编号 任务  进度  1      8      15     22     29
                                 |今天
  A    A     100%  #####%%%%>    |
  D    D       0%   +      +     |'      '      '
  C    C        x         ----x  |
  B    B      50%         --#####|====>
  O    O       0%           ---  !!!
  N    N       0%             ---o
* M    M       0%                |             o

- 计划  # 已完成  = 待完成  % 超期已做  ! 超期待做
o 关键节点  + 周期任务（已过）  ' 周期任务（未到）
> 跨部门交接  x 已取消  * 关键路径
"""
# Thirty days do not fit beside the rest: five columns a week, of which the third and the fifth are two days.
WEEKS_AT_40 = """\
Plan                     截至 2024-07-15
2024-07-01 → 2024-07-30，按周

             2024年7月             8月
  编号 任务  1    8    15   22   29
                       │今天
  A    A     ████▓▓▓►  │
  D    D      ▪    ▪   │▫    ▫    ▫
  C    C          ───x │
  B    B          ──███│░░░►
  O    O            ── ▒▒▒
  N    N             ──◊
* M    M               │         ◊

─ 计划  █ 已完成  ░ 待完成  ▓ 超期已做
▒ 超期待做  ◊ 关键节点
▪ 周期任务（已过）  ▫ 周期任务（未到）
► 跨部门交接  x 已取消  * 关键路径
"""


def test_every_state_of_a_task_looks_different():
    assert lines(view(STATES)) == AT_80.splitlines()


def test_without_block_characters_the_same_is_told_in_ascii():
    assert lines(view(STATES), 60, "zh", blocks=False) == ASCII_AT_60.splitlines()


def test_where_days_do_not_fit_it_goes_by_weeks():
    assert lines(view(STATES), 40, "zh") == WEEKS_AT_40.splitlines()


def test_colour_only_repeats_what_the_characters_say():
    made = chart(view(STATES), "en", Screen(80, colour=True, blocks=True))
    assert to_text(made) == AT_80
    late = next(line for line in made if "O " in [span.text for span in line])
    assert [span.style for span in late if "▒" in span.text] == ["red"]


# What a row is made of.


def test_a_row_holds_plan_record_and_forecast_apart():
    rows = {row.id: row for row in view(STATES).groups[0].rows}
    assert rows["B"].planned == (day("07-08"), day("07-19"))
    assert rows["B"].actual == (day("07-10"), day("07-15"))  # under way: up to the as-of day
    assert rows["B"].forecast == (day("07-10"), day("07-19"))
    assert rows["A"].actual == (day("07-01"), day("07-09"))
    assert rows["O"].actual is None
    assert rows["D"].occurrences == tuple(day(f"07-{n:02}") for n in (2, 9, 16, 23, 30))
    assert (rows["B"].owner, rows["B"].department, rows["D"].department) == ("Bo", "Design", "")


ENDS = {
    "an end alone is a day": ({"end": "07-10"}, ("07-10", "07-10"), None),
    "an end that was recorded alone is a day": (
        {"start": "07-01", "end": "07-10", "actual": {"end": "07-12"}, "progress": "100"},
        ("07-01", "07-10"),
        ("07-12", "07-12"),
    ),
    "work ends where a task is called off": (
        {"start": "07-01", "end": "07-10", "actual": {"start": "07-02"}, "cancelled": "07-04"},
        ("07-01", "07-10"),
        ("07-02", "07-04"),
    ),
    "nobody wrote down when it was finished": (
        {"start": "07-01", "end": "07-03", "actual": {"start": "07-01"}, "progress": "100"},
        ("07-01", "07-03"),
        ("07-01", "07-03"),
    ),
    "a day that is still to come is not known": (
        {"start": "07-10", "end": "07-20", "actual": {"start": "07-16"}},
        ("07-10", "07-20"),
        None,
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_planned_and_actual_days(name):
    task, planned, actual = ENDS[name]
    row = view({"A": task}).groups[0].rows[0]
    assert row.planned == tuple(map(day, planned))
    assert row.actual == (actual and tuple(map(day, actual)))


def test_rows_go_by_start_then_end_then_id():
    week = {"start": "07-08", "end": "07-12"}
    made = view(
        {
            "C": week,
            "B": week,
            "A": {"start": "07-08", "end": "07-19"},
            "Z": {"start": "07-01", "end": "07-31"},
        }
    )
    assert [row.id for row in made.groups[0].rows] == ["Z", "B", "C", "A"]
    assert [group.title for group in made.groups] == [""]


# The window.

TWO = {"A": {"start": "07-08", "end": "07-12"}, "B": {"start": "08-05", "end": "08-09"}}


def test_the_window_holds_the_work_the_named_days_and_a_day_of_today_that_is_near():
    done = {"A": {**TWO["A"], "actual": {"start": "07-08", "end": "07-10"}}}
    assert _window(view(done, "07-10")) == ("07-08", "07-12")
    assert _window(view(done, "07-26")) == ("07-08", "07-26")  # two weeks after the last day
    assert _window(view(done, "07-27")) == ("07-08", "07-12")  # and a day more
    named = {"milestones": {"launch": "07-30"}}
    assert _window(view(done, "07-10", campaign=named)) == ("07-08", "07-30")
    assert _window(view({}, "07-10")) == ("07-01", "09-30")  # no work: the campaign's own


def _window(made: Gantt) -> tuple[str, str]:
    return f"{made.first:%m-%d}", f"{made.last:%m-%d}"


def test_what_lies_outside_the_days_asked_for_is_left_out():
    campaign = {
        "milestones": {"early": "07-01", "launch": "08-06"},
        "phases": {"warm": {"start": "07-01", "end": "08-06"}, "gone": {"start": "07-01", "end": "07-09"}},
    }
    linked = {"A": TWO["A"], "B": {**TWO["B"], "after": ["A"]}}
    made = view(linked, "07-08", first="08-04", last="08-08", campaign=campaign)
    assert [row.id for row in made.groups[0].rows] == ["B"]
    assert [mark.title for mark in made.marks] == ["launch"]
    assert [(one.title, one.start, one.end) for one in made.phases] == [("warm", day("08-04"), day("08-06"))]
    assert made.arrows == ()
    assert made.off == {day("08-04")}  # a Sunday
    assert _window(made) == ("08-04", "08-08")
    assert view(linked, first="10-01").groups == ()


# Groups and links.


def test_groups_go_in_the_order_of_the_plan_and_of_their_first_task():
    initiatives = {"I2": {"title": "Second"}, "I1": {"title": "First"}, "I0": {"title": "Empty"}}
    tasks = {
        "A": {"start": "07-01", "end": "07-02", "owner": "bo"},
        "B": {"start": "07-03", "end": "07-05", "owner": "cy", "initiative": "I1"},
        "C": {"start": "07-08", "end": "07-09", "initiative": "I2"},
        "D": {
            "start": "07-10",
            "end": "07-11",
            "owner": "bo",
            "initiative": "I1",
            "progress": "100",
            "actual": {"end": "07-18"},
        },
    }
    made = view(tasks, "07-19", "initiative", initiatives=initiatives, lang="zh")
    assert [(one.id, one.title) for one in made.groups] == [
        ("I2", "Second"),
        ("I1", "First"),
        ("", "未归属举措"),
    ]
    first = made.groups[1]
    assert (first.start, first.end) == (day("07-03"), day("07-11"))
    assert first.forecast_end == day("07-23")  # B has not begun: three days from the 19th, a Friday
    assert first.progress == pytest.approx(2 / 5)  # two of five working days
    assert [one.title for one in view(tasks, by="owner").groups] == ["Bo", "Cy", "No owner"]
    assert [one.title for one in view(tasks, by="department").groups] == ["Design", "No department"]


def test_a_group_has_a_summary_bar_and_what_is_expected_past_its_end():
    tasks = {
        "A": {
            "start": "07-01",
            "end": "07-05",
            "owner": "ann",
            "progress": "100",
            "actual": {"start": "07-01", "end": "07-05"},
        },
        "B": {"start": "07-08", "end": "07-12", "owner": "ann", "after": ["A"]},
    }
    text = lines(view(tasks, "07-10", "owner"), 120)
    # Three columns a day: 12 days planned, half of the work done, then five working days from the 10th.
    summary = next(line for line in text if line.startswith("Ann"))
    begin = next(line for line in text if "Jul 2024" in line).index("Jul 2024")
    assert summary[begin:] == "┌" + "━" * 17 + "─" * 9 + "│" + "─" * 7 + "┐" + "▒" * 12
    assert summary[begin - 6 : begin] == " 50%  "


def test_a_group_with_an_open_key_node_does_not_read_as_finished():
    done = {"start": "07-01", "end": "07-05", "progress": "100", "actual": {"start": "07-01", "end": "07-05"}}
    tasks = {"A": {**done, "owner": "ann"}, "M": {"end": "07-10", "milestone": "true", "owner": "ann"}}
    summary = next(line for line in lines(view(tasks, "07-10", "owner")) if line.startswith("Ann"))
    assert summary.endswith(" 100%  ┌" + "━" * 26 + "│─┐")  # three columns a day; the last day is left
    node = {**tasks["M"], "progress": "100", "actual": {"end": "07-10"}}
    text = lines(view({**tasks, "M": node}, "07-10", "owner"))
    assert next(line for line in text if line.startswith("Ann")).endswith("┌" + "━" * 26 + "│━┐")


def test_arrows_tell_the_kind_the_critical_path_and_the_hand_over():
    tasks = {
        "A": {"start": "07-01", "duration": "5d", "owner": "ann"},
        "B": {"duration": "5d", "after": ["A"], "owner": "bo"},
        "C": {"duration": "1d", "after": ["A SS"], "owner": "ann"},
        "X": {"start": "07-01", "end": "07-02", "cancelled": "07-01", "after": ["A"]},
    }
    found = [
        (one.giver, one.receiver, one.kind, one.critical, one.handover) for one in view(tasks, "07-01").arrows
    ]
    assert found == [("A", "B", "FS", True, True), ("A", "C", "SS", False, False)]


# Columns.


def test_an_axis_takes_the_finest_that_fits():
    days = axis(day("07-01"), day("07-30"), 61)
    assert (days.zoom, days.each, days.size) == ("day", 2, 60)
    assert days.at(day("07-15")) == 28
    assert days.columns(day("07-02"), day("07-03")) == range(2, 6)
    weeks = axis(day("07-03"), day("09-30"), 60)  # from Monday, 1 July, 14 weeks
    assert (weeks.zoom, weeks.each, weeks.firsts[0], weeks.lasts[-1]) == (
        "week",
        4,
        day("07-01"),
        day("10-06"),
    )
    months = axis(day("07-03"), day("09-30"), 11)
    assert (months.zoom, months.each, months.size, months.lasts[-1]) == ("month", 3, 9, day("09-30"))
    assert months.firsts[:3] == [day("07-01"), day("07-11"), day("07-21")]


@pytest.mark.parametrize("room", [1, 2, 5, 13, 31, 60, 92, 400])
def test_the_columns_of_an_axis_are_days_in_a_row(room):
    made = axis(day("06-29"), day("09-30"), room)
    assert 0 < made.size <= room
    step = timedelta(days=1)
    for column in range(1, made.size):
        again = made.firsts[column] == made.firsts[column - 1]  # a day of several columns
        assert again or made.firsts[column] == made.lasts[column - 1] + step
    for first, last in zip(made.firsts, made.lasts, strict=True):
        assert first <= last
        assert made.columns(first, last)[0] == made.at(first)


def test_days_outside_an_axis_have_no_column():
    made = axis(day("07-08"), day("07-12"), 20)
    assert (made.at(day("07-07")), made.at(day("07-13"))) == (None, None)
    assert len(made.columns(day("07-01"), day("07-07"))) == 0
    assert len(made.columns(day("07-13"), day("07-20"))) == 0
    assert made.columns(day("07-01"), day("07-31")) == range(made.size)


# The header.


def test_a_quarter_at_80_columns_goes_by_weeks():
    tasks = {"T1": {"start": "07-01", "end": "09-30"}, "T2": {"start": "07-15", "end": "08-09"}}
    text = lines(view(tasks, "07-01"))
    assert text[1] == "2024-07-01 → 2024-09-30, by week"
    # 14 weeks from Monday, 1 July, in four columns each: Mo, TuWe, ThFr, SaSu. 1 August is a Thursday
    # (4 weeks and 2 columns), 1 September a Sunday (8 and 3), 1 October a Tuesday (13 and 1).
    assert text[3] == " " * 17 + "Jul 2024" + " " * 10 + "Aug" + " " * 14 + "Sep" + " " * 15 + "Oct"
    assert text[4] == "  Id Task  Done  1   8   15  22  29  5   12  19  26  2   9   16  23  30"
    assert text[5] == " " * 17 + "│today"


def test_months_are_named_where_years_pass():
    tasks = {"T1": {"start": "07-01", "end": "12-31"}, "T2": {"start": "2025-01-01", "end": "2026-12-31"}}
    made = view(tasks, campaign={"period": {"start": "2024-07-01", "end": "2026-12-31"}})
    text = lines(made, 60, "zh")
    assert text[1].endswith("，按月")
    assert text[3].split() == ["2024", "2025年", "2026年"]  # half a year has less room
    assert text[4].split() == ["编号", "任务", "进度", "7", "10", "1", "4", "7", "10", "1", "4", "7", "10"]


SIZES = [
    (columns, lang, count)
    for columns in (40, 80, 120, 200)
    for lang in ("en", "zh")
    for count in (3, 30, 300)
]


@pytest.mark.parametrize(("columns", "lang", "count"), SIZES)
def test_no_line_is_wider_than_the_screen_and_every_label_stands_on_its_day(columns, lang, count):
    tasks = {f"T{n:03}": _some(n) for n in range(count)}
    campaign = {"milestones": {"launch": "07-18", "first-review": "07-19", "second-review": "07-20"}}
    made = view(tasks, "07-16", "owner", campaign=campaign)
    text = lines(made, columns, lang)
    assert max(map(width, text)) <= columns
    assert sum(any(line[2:].startswith(f"T{n:03} ") for line in text) for n in range(count)) == count
    head = next(i for i, line in enumerate(text) if line.lstrip().startswith(("Id ", "编号 ")))
    row = next(line for line in text if "T000" in line)
    begin = width(row[: row.index("█")])  # T000 begins on the first day and on the first column
    of = axis(made.first, made.last, columns - begin)
    months, numbers = (_cells(line)[begin:] for line in text[head - 1 : head + 1])
    for column, text_at in _labels(numbers):
        assert int(text_at) == of.firsts[column].day
        assert of.zoom == "day" or of.firsts[column].weekday() == 0
    names = [label for _, label in _labels(months)]
    assert names
    assert not [label for label in names if not label.isascii() and not label.endswith("月")]


def _some(n: int) -> dict:
    """Return a task of two to eight days that begins within five weeks of the first of July."""
    first = date(2024, 7, 1) + timedelta(days=n % 36)
    task = {
        "title": f"{'任务' * (n % 9)} {n}",
        "start": str(first),
        "end": str(first + timedelta(days=1 + n % 7)),
    }
    task["owner"] = sorted(PEOPLE)[n % 3]
    return task | (
        {"actual": {"start": "2024-07-01", "end": "2024-07-02"}, "progress": "100"} if n == 0 else {}
    )


def _cells(line: str) -> list[str]:
    """Return a line by columns: what a wide character covers besides its first one is empty."""
    cells: list[str] = []
    for char in line:
        cells += [char, ""][: width(char)]
    return cells


def _labels(cells: list[str]) -> list[tuple[int, str]]:
    """Return the words of a line with their columns; the year stays with its month."""
    found: list[tuple[int, str]] = []
    for column, char in enumerate(cells):
        if char in ("", " "):
            continue
        if column and cells[column - 1] != " ":
            found[-1] = (found[-1][0], found[-1][1] + char)
        else:
            found.append((column, char))
    return found


# Marks.


def test_named_days_and_phases_stand_in_the_header_apart_from_each_other():
    campaign = {
        "milestones": {"launch": "07-17", "review": "07-30"},
        "phases": {
            "warm": {"title": "预热期", "start": "07-01", "end": "07-16"},
            "burst": {"title": "爆发期", "start": "07-17", "end": "07-18"},
        },
    }
    half = {"start": "07-01", "end": "07-30", "progress": "50", "actual": {"start": "07-01"}}
    # One column a day from column 17 on: today is 31, the launch 33, the review 46. Half of the work in
    # half of the time keeps the planned end: 15 of 30 days are filled, the last of them under today's line.
    assert lines(view({"A": half}, campaign=campaign), 60)[4:9] == [
        "  Id Task  Done  1      8      15     22     29",
        "                 ├预热期────────┤├┤",
        "                                 ┊launch",
        "                               │today   review┊",
        "* A  A      50%  ██████████████│░░░░░░░░░░░░░░░",
    ]


def test_of_many_named_days_beside_each_other_some_are_left_out_and_counted():
    campaign = {"milestones": {f"a-very-long-name-{n}": f"07-{n:02}" for n in range(8, 16)}}
    text = lines(view({"A": {"start": "07-01", "end": "07-30"}}, campaign=campaign), 80)
    assert text[-1].startswith("named days left out: ")
    assert sum("a-very-long-name" in line for line in text) + int(text[-1].split()[-1]) <= 8
    assert max(map(width, text)) <= 80


def test_a_forced_zoom_shows_what_fits_and_says_so():
    tasks = TWO | {"C": {"start": "08-05", "end": "08-06"}, "B": {"start": "08-06", "end": "08-09"}}
    text = lines(view(tasks, "07-08"), 40, zoom="day")
    # 29 columns are left: 8 July to 5 August
    assert text[1] == "2024-07-08 → 2024-08-05, by day"
    assert [line[2:3] for line in text[5:8]] == [" ", "A", "C"]
    assert not [line for line in text if line[2:].startswith("B ")]
    assert " ".join(text[-2:]) == "there is room up to 2024-08-05; for the rest: --from 2024-08-06"
    assert not [line for line in lines(view(TWO, "07-08"), 80, zoom="day") if "--from" in line]


def test_a_coarse_zoom_is_drawn_as_wide_as_there_is_room():
    text = lines(view(TWO, "07-08"), 120, zoom="month")
    assert text[1] == "2024-07-08 → 2024-08-09, by month"
    assert text[4].split()[-2:] == ["7", "8"]
    assert text[4].index("8") - text[4].index("7") == 28


def test_an_empty_chart_says_so():
    assert lines(view({}))[-1] == "  no tasks in these days"
    assert lines(view(TWO, first="07-20", last="07-25"), lang="zh")[-1] == "  该时间段内没有任务"


HOSTILE = [
    "\x1b[31mred\x1b[0m\x07",
    "two\nlines\r\n\u2028more",
    "很长的标题" * 60,
    "👍🏽❤️🇨🇳" * 9,
    "",
    "\u202eabc",
    "[bold]x[/red]",
]


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_stay_in_their_column(title, columns):
    week = {"start": "07-08", "end": "07-12"}
    campaign = {
        "title": title,
        "milestones": {"launch": "07-10"},
        "phases": {"p": {"title": title, "start": "07-08", "end": "07-12"}},
    }
    initiatives = {"I": {"title": title}}
    task = {**week, "title": title, "initiative": "I"}
    made = view({"A": task, "B": week}, "07-08", "initiative", campaign=campaign, initiatives=initiatives)
    text = lines(made, columns)
    whole = "\n".join(text)
    assert not [char for char in whole if char != "\n" and (ord(char) < 32 or char in "\x7f\u202e\u2028")]
    assert max(map(width, text)) <= columns
    bars = [width(line[: line.index("░")]) for line in text if "░" in line and "to do" not in line]
    assert len(bars) == 2
    assert len(set(bars)) == 1


# The command.

SPRING = "tests/golden/plans/spring.yaml"


def test_the_command_writes_the_chart_in_both_languages(run):
    english = run("gantt", SPRING, "--as-of", "2025-03-26", "--by", "initiative")
    assert (english.code, english.err) == (0, "")
    assert "Landing page and checkout" in english.out
    assert "No initiative" in english.out
    assert max(map(width, english.out.splitlines())) <= 80
    chinese = run("gantt", SPRING, "--as-of", "2025-03-26", "--by", "initiative", "--lang", "zh")
    assert "未归属举措" in chinese.out
    assert "截至 2025-03-26" in chinese.out


def test_the_command_cuts_the_window(run):
    found = run(
        "gantt",
        SPRING,
        "--as-of",
        "2025-03-26",
        "--from",
        "2025-03-10",
        "--to",
        "2025-03-14",
        "--format",
        "json",
    )
    made = json.loads(found.out)
    assert (made["schema_version"], made["kind"], made["as_of"]) == (1, "gantt", "2025-03-26")
    assert (made["first"], made["last"], made["days_off"]) == ("2025-03-10", "2025-03-14", [])
    tasks = {task["id"]: task for task in made["groups"][0]["tasks"]}
    assert sorted(tasks) == ["T02", "T04", "T06"]
    assert made["groups"][0]["id"] is None
    assert (tasks["T02"]["start"], tasks["T02"]["actual_end"], tasks["T02"]["progress"]) == (
        "2025-03-10",
        "2025-03-26",
        0.6,
    )
    assert (tasks["T06"]["health"], tasks["T06"]["forecast_end"]) == ("cancelled", None)


@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", "<svg"), ("html", "<!doctype html"), ("mermaid", "gantt")]
)
def test_the_command_writes_pictures(run, tmp_path, kind, begins):
    out = tmp_path / "chart"
    assert run("gantt", SPRING, "--as-of", "2025-03-26", "--format", kind, "-o", out).code == 0
    text = out.read_text(encoding="utf-8")
    assert begins in text[:200].lower()
    assert "Printed flyers" in text


@pytest.mark.parametrize(
    "options",
    [
        ("--from", "2025-03-14", "--to", "2025-03-10"),
        ("--from", "tomorrow"),
        ("--zoom", "week", "--format", "svg"),
        ("--by", "colour"),
    ],
)
def test_wrong_options_are_told(run, options):
    found = run("gantt", SPRING, *options)
    assert (found.code, found.out) == (2, "")
    assert found.err
