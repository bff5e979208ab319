"""The schedule on hand-computed cases: plan, early and late dates, slack, forecast, loops."""

import json
import random
from datetime import date
from pathlib import Path

import pytest

from mktexec.schedule import Graph, schedule, shortest_loops
from schedules import day, early, forecast, late, of, plan

WEEK = {"start": "07-01", "end": "07-05"}  # Monday to Friday

EARLY = {
    "typed days stay": ({"A": WEEK}, {"A": "07-01 07-05"}),
    # Wednesday is the first of five: 3, 4, 5, 8, 9
    "a start and a duration give the end": (
        {"A": {"start": "07-03", "duration": "5d"}},
        {"A": "07-03 07-09"},
    ),
    "an end and a duration give the start": ({"A": {"end": "07-09", "duration": "5d"}}, {"A": "07-03 07-09"}),
    "two weeks are ten working days": ({"A": {"start": "07-01", "duration": "2w"}}, {"A": "07-01 07-12"}),
    "calendar days include the weekend": ({"A": {"start": "07-05", "duration": "3cd"}}, {"A": "07-05 07-07"}),
    "calendar days counted back": ({"A": {"end": "07-07", "duration": "3cd"}}, {"A": "07-05 07-07"}),
    # without a day of its own it begins with the campaign
    "a duration alone begins with the campaign": ({"A": {"duration": "2d"}}, {"A": "07-01 07-02"}),
    "nothing at all is one day on the campaign's first": ({"A": {}}, {"A": "07-01 07-01"}),
    "work follows its predecessor": (
        {"A": {"start": "07-01", "end": "07-03"}, "B": {"duration": "3d", "after": "A"}},
        {"A": "07-01 07-03", "B": "07-04 07-08"},  # 4, 5, 8
    ),
    "the last of several predecessors counts": (
        {"A": WEEK, "B": {"duration": "2d"}, "C": {"duration": "1d", "after": ["A", "B"]}},
        {"A": "07-01 07-05", "B": "07-01 07-02", "C": "07-08 07-08"},
    ),
    # Thursday to Sunday; what follows begins on the Monday
    "calendar days after a predecessor run over the weekend": (
        {
            "A": {"start": "07-01", "end": "07-03"},
            "B": {"duration": "4cd", "after": "A"},
            "C": {"duration": "1d", "after": "B"},
        },
        {"A": "07-01 07-03", "B": "07-04 07-07", "C": "07-08 07-08"},
    ),
    # three calendar days from Friday leave one working day; pushed by A to Thursday they need two
    "calendar days take what lies between": (
        {"A": WEEK, "B": {"duration": "3cd", "after": "A"}},
        {"A": "07-01 07-05", "B": "07-08 07-10"},
    ),
    "a typed start later than the predecessor holds": (
        {"A": WEEK, "B": {"start": "07-10", "end": "07-11", "after": "A"}},
        {"A": "07-01 07-05", "B": "07-10 07-11"},
    ),
    "a typed start too early gives way and keeps its length": (
        {"A": WEEK, "B": {"start": "07-04", "end": "07-08", "after": "A"}},
        {"A": "07-01 07-05", "B": "07-08 07-10"},  # three working days
    ),
    "an end alone is the day of the work": ({"A": {"end": "07-05"}}, {"A": "07-05 07-05"}),
    "an end alone on a Sunday is worked on by Friday": ({"A": {"end": "07-07"}}, {"A": "07-05 07-07"}),
    "an end alone gives way to a predecessor": (
        {"A": WEEK, "B": {"end": "07-05", "after": "A"}},
        {"A": "07-01 07-05", "B": "07-08 07-08"},
    ),
    # typed for a weekend it takes place on the weekend, and Monday is free for what follows
    "a weekend event takes no working day": (
        {"A": {"start": "07-06", "end": "07-07"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-06 07-07", "B": "07-08 07-08"},
    ),
    "a weekend event follows the week before": (
        {"A": WEEK, "B": {"start": "07-06", "end": "07-07", "after": "A"}},
        {"A": "07-01 07-05", "B": "07-06 07-07"},
    ),
    "a weekend event that is pushed takes a day": (
        {
            "A": {"start": "07-01", "end": "07-08"},
            "B": {"start": "07-06", "end": "07-07", "after": "A"},
            "C": {"duration": "1d", "after": "B"},
        },
        {"A": "07-01 07-08", "B": "07-09 07-09", "C": "07-10 07-10"},
    ),
    "a typed weekend at either end is kept": (
        {"A": {"start": "06-29", "end": "07-07"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "06-29 07-07", "B": "07-08 07-08"},
    ),
    "a milestone on a Saturday stays there": (
        {"A": {"start": "07-06", "milestone": "true"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-06 07-06", "B": "07-08 07-08"},
    ),
    "a milestone may be typed by its end": ({"A": {"end": "07-06", "duration": "0d"}}, {"A": "07-06 07-06"}),
    "work may begin on the day of a typed milestone": (
        {"A": {"start": "07-03", "milestone": "true"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-03 07-03", "B": "07-03 07-03"},
    ),
    "a milestone falls on the day its predecessor ends": (
        {"A": WEEK, "M": {"duration": "0d", "after": "A"}, "B": {"duration": "1d", "after": "M"}},
        {"A": "07-01 07-05", "M": "07-05 07-05", "B": "07-08 07-08"},
    ),
    "a milestone typed on the day its predecessor ends stays there": (
        {
            "A": WEEK,
            "M": {"start": "07-05", "milestone": "true", "after": "A"},
            "B": {"duration": "1d", "after": "M"},
        },
        {"A": "07-01 07-05", "M": "07-05 07-05", "B": "07-08 07-08"},
    ),
    "a milestone typed too early moves to where it can be": (
        {
            "A": WEEK,
            "M": {"start": "07-03", "milestone": "true", "after": "A"},
            "B": {"duration": "1d", "after": "M"},
        },
        {"A": "07-01 07-05", "M": "07-05 07-05", "B": "07-08 07-08"},
    ),
    "a milestone without anything is the campaign's first day": (
        {"M": {"milestone": "true"}},
        {"M": "07-01 07-01"},
    ),
    "a cancelled task takes no time and hands on what it waited for": (
        {
            "A": {"start": "07-01", "end": "07-03"},
            "X": {"duration": "9d", "after": "A", "cancelled": "06-01"},
            "B": {"duration": "2d", "after": "X"},
        },
        {"A": "07-01 07-03", "X": "07-03 07-03", "B": "07-04 07-05"},
    ),
    "a cancelled task without predecessors holds nothing up": (
        {
            "X": {"start": "07-15", "end": "07-19", "cancelled": "06-01"},
            "B": {"duration": "2d", "after": "X"},
            "C": {"start": "06-10", "end": "06-11", "after": "X"},
        },
        {"X": "07-15 07-19", "B": "07-01 07-02", "C": "06-10 06-11"},
    ),
    "preparation before the campaign is followed at once": (
        {"A": {"start": "06-10", "end": "06-14"}, "B": {"duration": "2d", "after": "A"}},
        {"A": "06-10 06-14", "B": "06-17 06-18"},
    ),
    "an unknown predecessor changes nothing": (
        {"A": {"duration": "2d", "after": "Z"}},
        {"A": "07-01 07-02"},
    ),
}


@pytest.mark.parametrize("case", EARLY)
def test_early_dates(case: str):
    tasks, expected = EARLY[case]
    assert early(of(tasks)) == expected


def test_the_national_holiday_lies_in_between():
    # Monday 09-30, then nothing until Tuesday 10-08
    result = of(
        {"A": {"start": "09-30", "duration": "3d"}, "B": {"duration": "4d", "after": "A"}}, calendar="CN"
    )
    # Thursday 10, Friday 11, the Saturday 12 is worked, Monday 14
    assert early(result) == {"A": "09-30 10-09", "B": "10-10 10-14"}


def test_the_plans_own_days_off_lie_in_between():
    result = of({"A": {"start": "07-03", "duration": "3d"}}, days_off=["2024-07-04"], workdays=["2024-07-06"])
    assert early(result) == {"A": "07-03 07-06"}


def test_a_duration_counts_back_over_many_years():
    # 2,610 weekdays are ten years of 261 and end where these end
    result = of({"A": {"end": "07-12", "duration": "2610d"}})
    assert result.dates["A"].start == date(2014, 7, 14)


def test_the_plan_is_what_was_typed_and_the_early_dates_what_is_possible():
    result = of({"A": WEEK, "B": {"start": "07-04", "end": "07-08", "after": "A"}})
    assert (result.dates["B"].start, result.dates["B"].end) == (day("07-04"), day("07-08"))
    assert result.dates["B"].early_end == day("07-10")
    assert (result.start, result.end) == (day("07-01"), day("07-10"))


def test_the_plan_of_work_without_typed_days_is_its_early_dates():
    result = of({"A": WEEK, "B": {"duration": "2d", "after": "A"}, "C": {"end": "07-05"}, "D": {}})
    assert (result.dates["B"].start, result.dates["B"].end) == (day("07-08"), day("07-09"))
    assert (result.dates["C"].start, result.dates["C"].end) == (None, day("07-05"))
    assert (result.dates["D"].start, result.dates["D"].end) == (None, None)


FORK = {  # A 1–2, B 1–5 and C on the 8th: A may slip by 3, 4 and 5
    "A": {"duration": "2d"},
    "B": {"duration": "5d"},
    "C": {"duration": "1d", "after": ["A", "B"]},
}


def test_slack_and_the_critical_path():
    result = of(FORK)
    assert {key: dates.slack for key, dates in result.dates.items()} == {"A": 3, "B": 0, "C": 0}
    assert late(result) == {"A": "07-04 07-05", "B": "07-01 07-05", "C": "07-08 07-08"}
    assert [key for key, dates in result.dates.items() if dates.critical] == ["B", "C"]
    assert result.critical_path == ("B", "C")


def test_the_most_pressing_successor_decides_on_slack():
    result = of(
        {
            "A": {"duration": "1d"},
            "B": {"duration": "5d", "after": "A"},
            "C": {"duration": "1d", "after": "A"},
        }
    )
    assert {key: dates.slack for key, dates in result.dates.items()} == {"A": 0, "B": 0, "C": 4}


def test_a_typed_start_leaves_slack_before_it():
    # A ends on the 2nd, B stands on the 5th: A may end on the 4th
    result = of({"A": {"duration": "2d"}, "B": {"start": "07-05", "end": "07-05", "after": "A"}})
    assert late(result) == {"A": "07-03 07-04", "B": "07-05 07-05"}
    assert result.critical_path == ("B",)


def test_the_slack_of_milestones_and_of_weekend_events():
    tasks = {
        "A": {"start": "07-01", "end": "07-03"},
        "M": {"duration": "0d", "after": "A"},  # on the 3rd, and 2 days before the end
        "W": {"start": "07-06", "end": "07-07"},  # no working day after Friday
        "Z": WEEK,
    }
    result = of(tasks)
    assert {key: dates.slack for key, dates in result.dates.items()} == {"A": 2, "M": 2, "W": 0, "Z": 0}
    assert late(result)["M"] == "07-05 07-05"
    result = of(tasks | {"Z": {"start": "07-01", "end": "07-10"}})
    assert result.dates["W"].slack == 3
    assert late(result)["W"] == "07-10 07-10"


def test_a_cancelled_task_is_never_critical_and_does_not_prolong():
    result = of({"A": WEEK, "X": {"start": "07-01", "end": "08-30", "cancelled": "06-01"}})
    assert (result.end, result.forecast_end) == (day("07-05"), day("07-05"))
    assert not result.dates["X"].critical
    assert (result.dates["X"].slack, early(result)["X"], late(result)["X"]) == (
        0,
        "07-01 08-30",
        "07-01 08-30",
    )
    assert result.critical_path == ("A",)


def test_the_critical_path_leads_through_a_cancelled_task_without_naming_it():
    result = of({"A": WEEK, "X": {"after": "A", "cancelled": "06-01"}, "B": {"duration": "1d", "after": "X"}})
    assert result.critical_path == ("A", "B")


def test_a_task_is_not_yet_cancelled_before_the_day():
    result = of({"X": {**WEEK, "cancelled": "07-03"}}, as_of="07-02")
    assert result.critical_path == ("X",)


def test_a_plan_without_tasks_is_its_period():
    result = of({})
    assert (result.start, result.end, result.forecast_end) == (day("07-01"), day("09-30"), day("09-30"))
    assert result.critical_path == ()


STARTED = {**WEEK, "actual": {"start": "07-01"}}

FORECAST = {
    "before it begins the plan holds": ("06-28", {"A": WEEK}, {"A": "07-01 07-05"}),
    "on its first day it can still begin": ("07-01", {"A": WEEK}, {"A": "07-01 07-05"}),
    "not begun by the second day it slips by one": ("07-02", {"A": WEEK}, {"A": "07-02 07-08"}),
    "not begun by a Saturday it begins on Monday": ("07-06", {"A": WEEK}, {"A": "07-08 07-12"}),
    "what has slipped pushes what follows": (
        "07-03",
        {"A": WEEK, "B": {"start": "07-08", "end": "07-09", "after": "A"}},
        {"A": "07-03 07-09", "B": "07-10 07-11"},
    ),
    "under way without a figure it keeps its end": ("07-03", {"A": STARTED}, {"A": "07-01 07-05"}),
    "with the work of three days done by the third it keeps its end": (
        "07-03",
        {"A": {**STARTED, "progress": "60"}},
        {"A": "07-01 07-05"},
    ),
    # two of five days done as the third begins is as planned too
    "with the day's own work still to do it keeps its end": (
        "07-03",
        {"A": {**STARTED, "progress": "40"}},
        {"A": "07-01 07-05"},
    ),
    # four days' work are left on Wednesday: 3, 4, 5, 8
    "behind by a day it ends a day later": (
        "07-03",
        {"A": {**STARTED, "progress": "1/5"}},
        {"A": "07-01 07-08"},
    ),
    "begun and nothing done it takes its whole length from now": (
        "07-03",
        {"A": {**STARTED, "progress": "0"}},
        {"A": "07-01 07-09"},
    ),
    # one day's work is left after Wednesday
    "ahead it ends earlier": ("07-03", {"A": {**STARTED, "progress": "80"}}, {"A": "07-01 07-04"}),
    "begun early it ends early only if it is ahead": (
        "07-03",
        {"A": {"start": "07-03", "end": "07-09", "progress": "0", "actual": {"start": "07-01"}}},
        {"A": "07-01 07-09"},
    ),
    # 20 % by Tuesday, so four days from Tuesday: 2, 3, 4, 5
    "work goes on at the planned pace from its last record": (
        "07-04",
        {"A": {**STARTED, "log": {"07-02": {"progress": "20"}}}},
        {"A": "07-01 07-05"},
    ),
    # nothing by Tuesday: 2, 3, 4, 5, 8
    "an old record behind the plan still tells": (
        "07-04",
        {"A": {**STARTED, "log": {"07-02": {"progress": "0"}}}},
        {"A": "07-01 07-08"},
    ),
    "past its end and no figure it ends today at the earliest": (
        "07-09",
        {"A": STARTED},
        {"A": "07-01 07-09"},
    ),
    "past its end on a Saturday it ends on Monday": ("07-06", {"A": STARTED}, {"A": "07-01 07-08"}),
    # of 5 days one is left: Tuesday the 9th itself
    "past its end with a day's work left it takes that day": (
        "07-09",
        {"A": {**STARTED, "progress": "80"}},
        {"A": "07-01 07-09"},
    ),
    "finished late it pushes what follows": (
        "07-10",
        {
            "A": {**WEEK, "actual": {"start": "07-01", "end": "07-09"}},
            "B": {"start": "07-08", "end": "07-09", "after": "A"},
        },
        {"A": "07-01 07-09", "B": "07-10 07-11"},
    ),
    "finished early it lets follow what has no day of its own": (
        "07-03",
        {
            "A": {**WEEK, "actual": {"start": "07-01", "end": "07-03"}},
            "B": {"duration": "2d", "after": "A"},
            "C": {"start": "07-08", "end": "07-08", "after": "A"},
        },
        {"A": "07-01 07-03", "B": "07-04 07-05", "C": "07-08 07-08"},
    ),
    "done without a day it ended as planned": (
        "07-10",
        {"A": {**WEEK, "progress": "100"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-01 07-05", "B": "07-10 07-10"},
    ),
    # ended today at the latest, so what follows begins tomorrow
    "done ahead without a day it ended today": (
        "07-03",
        {"A": {**WEEK, "progress": "100"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-01 07-03", "B": "07-04 07-04"},
    ),
    "begun before its predecessor's end it goes on": (
        "07-03",
        {"A": {**WEEK, "progress": "0"}, "B": {"duration": "3d", "after": "A", "actual": {"start": "07-02"}}},
        {"A": "07-03 07-09", "B": "07-02 07-04"},
    ),
    "done before its predecessor it stays done": (
        "07-03",
        {"A": WEEK, "B": {"duration": "1d", "after": "A", "actual": {"start": "07-02", "end": "07-02"}}},
        {"A": "07-03 07-09", "B": "07-02 07-02"},
    ),
    "a later day is not known yet": (
        "07-03",
        {"A": {**WEEK, "progress": "100", "actual": {"start": "07-01", "end": "07-04"}}},
        {"A": "07-01 07-05"},
    ),
    "a milestone not reached is reached today at the earliest": (
        "07-09",
        {"A": {"start": "07-05", "milestone": "true"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-09 07-09", "B": "07-09 07-09"},
    ),
    "a milestone not reached by a Saturday is reached on Monday": (
        "07-13",
        {"A": {**WEEK, "actual": {"end": "07-05"}}, "M": {"duration": "0d", "after": "A"}},
        {"A": "07-01 07-05", "M": "07-15 07-15"},
    ),
    "a milestone follows an event to its Sunday": (
        "06-28",
        {"A": {"start": "07-04", "end": "07-07"}, "M": {"duration": "0d", "after": "A"}},
        {"A": "07-04 07-07", "M": "07-07 07-07"},
    ),
    "a milestone reached on its day lets follow what may begin on that day": (
        "07-03",
        {
            "A": {"start": "07-03", "milestone": "true", "actual": {"end": "07-03"}},
            "B": {"start": "07-03", "end": "07-04", "after": "A"},
        },
        {"A": "07-03 07-03", "B": "07-03 07-04"},
    ),
    "a milestone reached late pushes what follows to its day": (
        "07-05",
        {
            "A": {"start": "07-03", "milestone": "true", "actual": {"end": "07-05"}},
            "B": {"start": "07-03", "end": "07-04", "after": "A"},
        },
        {"A": "07-05 07-05", "B": "07-05 07-08"},
    ),
    # Thursday to Sunday, seen on the Saturday: promised for Sunday, and Sunday is still to come
    "a promise for a Sunday holds on the Saturday before": (
        "07-06",
        {"A": {"start": "07-04", "end": "07-07", "actual": {"start": "07-04"}}},
        {"A": "07-04 07-07"},
    ),
    "a weekend event not begun on the Sunday may still take place": (
        "07-07",
        {"A": {"start": "07-06", "end": "07-07"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "07-07 07-07", "B": "07-08 07-08"},
    ),
    "a weekend event under way ends with the weekend": (
        "07-06",
        {"A": {"start": "07-06", "end": "07-07", "progress": "10", "actual": {"start": "07-06"}}},
        {"A": "07-06 07-07"},
    ),
    # 1 to 30 July hold 22 working days; half are left on the 15th, of which the 30th is the twelfth
    "calendar days under way are measured in the working days they hold": (
        "07-15",
        {"A": {"duration": "30cd", "progress": "50", "actual": {"start": "07-01"}}},
        {"A": "07-01 07-30"},
    ),
    # nothing of 22 done by the 15th: 12 until the 30th, 31 and 1 August make 14, 2 to 13 August the rest
    "calendar days behind are late in working days": (
        "07-15",
        {"A": {"duration": "30cd", "progress": "0", "actual": {"start": "07-01"}}},
        {"A": "07-01 08-13"},
    ),
    "a cancelled task hands on the forecast of what it waited for": (
        "07-03",
        {"A": WEEK, "X": {"duration": "9d", "after": "A", "cancelled": "07-02"}, "B": {"after": "X"}},
        {"A": "07-03 07-09", "X": "07-09 07-09", "B": "07-10 07-10"},
    ),
}


@pytest.mark.parametrize("case", FORECAST)
def test_forecast(case: str):
    as_of, tasks, expected = FORECAST[case]
    assert forecast(of(tasks, as_of)) == expected


def test_the_forecast_of_the_whole_is_the_last_of_its_tasks():
    result = of({"A": WEEK, "B": {"duration": "1d", "after": "A"}}, as_of="07-03")
    assert result.forecast_end == day("07-10")


def loops(links: dict[str, list[str]]) -> list[list[str]]:
    """Return the loops of tasks given with their predecessors."""
    return shortest_loops(
        schedule(plan({key: {"after": value} for key, value in links.items()}), day("07-01")).graph
    )


def test_a_loop_is_named_in_the_order_of_work_from_its_smallest_id():
    assert loops({"B": ["A"], "C": ["B"], "A": ["C"]}) == [["A", "B", "C"]]


def test_a_task_that_waits_for_itself_is_a_loop():
    assert loops({"A": ["A"], "B": ["A"]}) == [["A"]]


def test_of_several_loops_in_a_tangle_one_of_the_shortest_is_named():
    # A → B → C → D → A, and the shortcut C → B
    assert loops({"A": ["D"], "B": ["A", "C"], "C": ["B"], "D": ["C"]}) == [["B", "C"]]


def test_the_loops_of_every_fork_are_compared():
    # B lies on a loop of two, D only on loops of four
    links = {
        "A": ["B"],
        "B": ["A", "E"],
        "C": ["B"],
        "D": ["C", "H"],
        "E": ["D"],
        "F": ["D"],
        "G": ["F"],
        "H": ["G"],
    }
    assert loops(links) == [["A", "B"]]


def test_a_self_loop_inside_a_longer_loop_is_the_shortest():
    assert loops({"A": ["C"], "B": ["A", "B"], "C": ["B"]}) == [["B"]]


def test_every_tangle_names_its_own_loop():
    links = {"A": ["B"], "B": ["A"], "C": ["B", "E"], "D": ["C"], "E": ["D"], "F": ["E"]}
    assert loops(links) == [["A", "B"], ["C", "D", "E"]]


def test_tasks_behind_a_loop_are_not_on_it():
    assert loops({"A": ["B"], "B": ["A"], "Z": ["A"], "Y": ["Z"]}) == [["A", "B"]]


def test_a_plan_with_a_loop_has_no_dates():
    result = of({"A": {"after": "B"}, "B": {"after": "A"}, "C": WEEK})
    assert result.graph.loops
    assert (result.dates, result.critical_path) == ({}, ())
    assert not result.too_long


def graph(size: int, links: list[tuple[int, int]]) -> Graph:
    before: list[list[int]] = [[] for _ in range(size)]
    after: list[list[int]] = [[] for _ in range(size)]
    for first, then in sorted(set(links)):
        after[first].append(then)
        before[then].append(first)
    return Graph([f"T{number:05}" for number in range(size)], {}, [], [], before, after, [])


def is_loop(found: list[str], links: list[tuple[int, int]]) -> bool:
    numbers = [int(one[1:]) for one in found]
    pairs = zip(numbers, [*numbers[1:], numbers[0]], strict=True)
    return len(set(numbers)) == len(numbers) and set(pairs) <= set(links)


def test_a_ring_of_5000_is_its_own_shortest_loop():
    links = [(one, (one + 1) % 5000) for one in range(5000)]
    (found,) = shortest_loops(graph(5000, links))
    assert found == [f"T{number:05}" for number in range(5000)]


def test_a_ring_with_a_shortcut_at_every_step_is_answered():
    # steps of 1 and 2: 2,500 steps of 2 lead round; there are 2^2500 loops to get lost in
    links = [(one, (one + step) % 5000) for one in range(5000) for step in (1, 2)]
    (found,) = shortest_loops(graph(5000, links))
    assert len(found) == 2500
    assert is_loop(found, links)


def test_a_short_loop_is_found_at_the_far_end_of_a_long_ring():
    links = [(one, (one + 1) % 900) for one in range(900)] + [(899, 896)]
    assert shortest_loops(graph(900, links)) == [["T00896", "T00897", "T00898", "T00899"]]


def test_a_dense_random_tangle_is_answered():
    dice = random.Random(2)  # noqa: S311  # any fixed links will do
    links = [(a, b) for a in range(400) for b in range(400) if a != b and dice.random() < 0.3]
    (found,) = shortest_loops(graph(400, links))
    assert len(found) == 2
    assert is_loop(found, links)


@pytest.mark.parametrize("seed", range(20))
def test_no_loop_is_shorter_than_the_one_that_is_named(seed: int):
    dice = random.Random(seed)  # noqa: S311  # any fixed links will do
    size = dice.randint(2, 30)
    links = [(dice.randrange(size), dice.randrange(size)) for _ in range(size + dice.randint(0, size))]
    found = shortest_loops(graph(size, links))
    assert all(is_loop(one, links) for one in found)
    assert bool(found) == (shortest(size, links) is not None)
    if found:
        assert min(map(len, found)) == shortest(size, links)


def shortest(size: int, links: list[tuple[int, int]]) -> int | None:
    """Return the length of the shortest loop, by walking ever longer ways from everywhere."""
    reach = {(a, b) for a, b in links}
    for length in range(1, size + 1):
        if any(a == b for a, b in reach):
            return length
        reach = {(a, c) for a, b in reach for b2, c in links if b == b2}
    return None


HEAD = (
    "mktexec: 1\ncampaign: {title: 大促, calendar: weekdays, period: {start: 2024-07-01, end: 2024-07-31}}\n"
)


def findings(run, folder: Path, text: str) -> list[dict]:
    path = folder / "plan.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    result = run("check", path, "--format", "json", "--lang", "en")
    assert result.code == 1
    return [one for one in json.loads(result.out)["findings"] if one["level"] == "error"]


def test_a_loop_is_an_error_at_its_first_task(run, tmp_path: Path):
    text = "tasks:\n  B: {title: b, after: [A]}\n  A: {title: a, after: [B]}\n"
    (found,) = findings(run, tmp_path, text)
    assert (found["code"], found["subject"], found["line"]) == ("dependency-cycle", "A", 5)
    assert "A → B → A" in found["message"]


def test_an_unknown_predecessor_is_an_error_at_its_place(run, tmp_path: Path):
    (found,) = findings(run, tmp_path, "tasks:\n  A: {title: a, duration: 1d, after: [T00l]}\n")
    assert (found["code"], found["line"]) == ("unknown-reference", 4)
    assert "T00l" in found["message"]


def test_work_for_longer_than_any_calendar_is_an_error(run, tmp_path: Path):
    # seven times 9,999 working days are 268 years
    links = [
        f"  T{n}: {{title: t, duration: 9999d, after: [{f'T{n - 1}' if n else ''}]}}\n" for n in range(7)
    ]
    (found,) = findings(run, tmp_path, "tasks:\n" + "".join(links))
    assert found["code"] == "schedule-too-long"


def test_the_longest_single_duration_is_computed():
    # 9,999 weekdays are 1,999 weeks and four days
    assert of({"A": {"start": "07-01", "duration": "9999d"}}).end == date(2062, 10, 26)


def test_many_long_tasks_side_by_side_are_not_too_long():
    result = of({f"T{number}": {"duration": "9999d"} for number in range(20)})
    assert not result.too_long
    assert result.end == date(2062, 10, 26)
