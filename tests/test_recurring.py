"""Recurring tasks: the days they take place on, their dates and their progress, worked out by hand."""

import pytest

from mktexec.assess import assess
from schedules import day, early, forecast, of, plan

JULY = {"start": "07-02", "end": "07-30"}  # Tuesdays: 2, 9, 16, 23, 30
LI = {"li": {"days_off": ["07-09"]}}

OCCURRENCES = {
    "daily is every working day": (
        {"repeats": "daily", "start": "07-04", "end": "07-10"},
        {},
        "07-04 07-05 07-08 07-09 07-10",
    ),
    "daily from a Saturday begins on Monday": (
        {"repeats": "daily", "start": "07-06", "end": "07-09"},
        {},
        "07-08 07-09",
    ),
    "daily without days off": (
        {"repeats": "daily", "start": "07-05", "end": "07-08"},
        {"calendar": "everyday"},
        "07-05 07-06 07-07 07-08",
    ),
    "weekly keeps the weekday": ({"repeats": "weekly", **JULY}, {}, "07-02 07-09 07-16 07-23 07-30"),
    "every two weeks": ({"repeats": "biweekly", **JULY}, {}, "07-02 07-16 07-30"),
    "the last may lie before the end": (
        {"repeats": "weekly", "start": "07-02", "end": "07-15"},
        {},
        "07-02 07-09",
    ),
    # 15 September is a Sunday
    "monthly keeps the day of the month": (
        {"repeats": "monthly", "start": "07-15", "end": "10-31"},
        {},
        "07-15 08-15 09-16 10-15",
    ),
    # 31 August is a Saturday, and September has no 31st
    "monthly on the last day": (
        {"repeats": "monthly", "start": "07-31", "end": "10-31"},
        {},
        "07-31 09-02 09-30 10-31",
    ),
    "on a day off of the plan it moves to the next working day": (
        {"repeats": "weekly", **JULY},
        {"days_off": ["07-09", "07-10"]},
        "07-02 07-11 07-16 07-23 07-30",
    ),
    # 1 October lies in the break, and Monday 7 too: both move to the 8th
    "over the National Day break": (
        {"repeats": "weekly", "start": "09-23", "end": "10-15"},
        {"calendar": "CN"},
        "09-23 09-30 10-08 10-14",
    ),
    # 14 September and 12 October are worked; 28 September is off and Sunday the 29th worked
    "on a Saturday that is worked it stays": (
        {"repeats": "biweekly", "start": "09-14", "end": "10-12"},
        {"calendar": "CN"},
        "09-14 09-29 10-12",
    ),
    "typed for a Saturday it takes place on Saturdays": (
        {"repeats": "weekly", "start": "07-06", "end": "07-31"},
        {},
        "07-06 07-13 07-20 07-27",
    ),
    "on a day off of its owner it moves": (
        {"repeats": "weekly", **JULY, "owner": "li"},
        {"people": LI},
        "07-02 07-10 07-16 07-23 07-30",
    ),
    "moved past its end it does not take place": (
        {"repeats": "weekly", "start": "07-02", "end": "07-09", "owner": "li"},
        {"people": LI},
        "07-02",
    ),
    "without days of its own it runs through the campaign": (
        {"repeats": "weekly"},
        {"period": {"start": "07-01", "end": "07-28"}},
        "07-01 07-08 07-15 07-22",
    ),
    "without an end until the campaign's": (
        {"repeats": "biweekly", "start": "07-03"},
        {"period": {"start": "07-01", "end": "07-31"}},
        "07-03 07-17 07-31",
    ),
    # the campaign begins on a Saturday, which nobody typed for this task: each moves to Monday
    "the campaign's first day may be a day off": (
        {"repeats": "weekly"},
        {"period": {"start": "07-06", "end": "07-28"}},
        "07-08 07-15 07-22",
    ),
}


@pytest.mark.parametrize("case", OCCURRENCES)
def test_occurrences(case: str):
    task, facts, expected = OCCURRENCES[case]
    found = of({"R": task, "A": {}}, **facts).occurrences
    assert {key: " ".join(f"{one:%m-%d}" for one in days) for key, days in found.items()} == {"R": expected}


WEEKLY = {"repeats": "weekly", **JULY}


def test_a_recurring_task_does_not_prolong_the_whole_and_is_not_critical():
    result = of({"R": {"repeats": "weekly"}, "A": {"duration": "5d"}})
    assert early(result) == {"R": "07-01 09-30", "A": "07-01 07-05"}
    assert (result.end, result.forecast_end) == (day("07-05"), day("07-05"))
    assert not result.dates["R"].critical
    assert result.critical_path == ("A",)
    assert result.dates["A"].slack == 0


def test_it_is_critical_when_others_wait_for_its_end():
    # R until Friday 12, B on Monday 15 and Tuesday 16; A has 8–12, 15 and 16 left
    result = of(
        {
            "A": {"duration": "5d"},
            "R": {"repeats": "daily", "start": "07-01", "end": "07-12"},
            "B": {"duration": "2d", "after": "R"},
        }
    )
    assert early(result)["B"] == "07-15 07-16"
    assert [key for key, dates in result.dates.items() if dates.critical] == ["B", "R"]
    assert result.critical_path == ("R", "B")
    assert {key: dates.slack for key, dates in result.dates.items()} == {"A": 7, "B": 0, "R": 0}


LATER = {
    # A until Friday the 12th: from Monday the 15th on, and still until the 30th
    "it keeps its end however late it begins": (
        {"A": {"start": "07-08", "end": "07-12"}, "R": {**WEEKLY, "after": "A"}},
        "07-15 07-30",
    ),
    "it keeps its end behind a day to begin on": ({"R": {**WEEKLY, "not_before": "07-24"}}, "07-24 07-30"),
    "it begins as typed while it may": (
        {"A": {"start": "07-01", "end": "07-01"}, "R": {**WEEKLY, "after": "A"}},
        "07-02 07-30",
    ),
    "it goes on until what it accompanies ends": (
        {"A": {"start": "07-29", "end": "08-02"}, "R": {**WEEKLY, "after": "A FF"}},
        "07-02 08-02",
    ),
}


@pytest.mark.parametrize("case", LATER)
def test_dates(case: str):
    tasks, expected = LATER[case]
    assert early(of(tasks))["R"] == expected


COMING = {
    "not begun it begins today and keeps its end": ("07-16", WEEKLY, "07-16 07-30"),
    # nothing of what was missed is made up for
    "under way it keeps its end": (
        "07-16",
        {**WEEKLY, "actual": {"start": "07-02"}, "progress": "0"},
        "07-02 07-30",
    ),
    "past its end it ends today at the earliest": (
        "08-01",
        {**WEEKLY, "actual": {"start": "07-02"}, "progress": "80"},
        "07-02 08-01",
    ),
    "finished it stays finished": (
        "08-01",
        {**WEEKLY, "actual": {"start": "07-02", "end": "07-23"}},
        "07-02 07-23",
    ),
    "begun late it keeps its end": ("07-16", {**WEEKLY, "actual": {"start": "07-10"}}, "07-10 07-30"),
}


@pytest.mark.parametrize("case", COMING)
def test_forecast(case: str):
    as_of, task, expected = COMING[case]
    assert forecast(of({"R": task}, as_of))["R"] == expected


PLANNED = {"07-01": 0, "07-02": 1 / 5, "07-08": 1 / 5, "07-15": 2 / 5, "07-16": 3 / 5, "07-30": 1, "08-02": 1}


@pytest.mark.parametrize("as_of", PLANNED)
def test_planned_progress_counts_occurrences(as_of: str):
    one = plan({"R": WEEKLY})
    state = assess(one, of({"R": WEEKLY}, as_of))
    assert state.tasks["R"].planned_progress == pytest.approx(PLANNED[as_of])


def test_a_plan_of_recurring_tasks_alone_ends_with_them():
    result = of({"R": WEEKLY})
    assert (result.start, result.end, result.forecast_end) == (day("07-02"), day("07-30"), day("07-30"))
    assert result.critical_path == ()
