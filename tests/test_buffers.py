"""Buffers behind tasks and behind the whole: what they keep free and what a delay uses up."""

import pytest

from mktexec.schedule import Buffer
from schedules import early, forecast, of, slack

WEEK = {"start": "07-01", "end": "07-05"}  # Monday to Friday
KEPT = {**WEEK, "buffer": "3d"}  # 8, 9, 10 are kept


def two(**task: object) -> dict[str, object]:
    return {"duration": "2d", **task}


EARLY = {
    "floating work begins behind it": ({"A": KEPT, "B": two(after="A")}, "07-11 07-12"),
    "typed work keeps its days": (
        {"A": KEPT, "B": {"start": "07-08", "end": "07-09", "after": "A"}},
        "07-08 07-09",
    ),
    "typed work gives way to the work, not to the buffer": (
        {"A": KEPT, "B": {"start": "07-04", "end": "07-05", "after": "A"}},
        "07-08 07-09",
    ),
    "an end alone is a typed day": ({"A": KEPT, "B": {"end": "07-08", "after": "A"}}, "07-08 07-08"),
    "it is kept between end and begin only: SS": ({"A": KEPT, "B": two(after="A SS +1d")}, "07-02 07-03"),
    "it is kept between end and begin only: FF": ({"A": KEPT, "B": two(after="A FF")}, "07-04 07-05"),
    "it is kept between end and begin only: SF": ({"A": KEPT, "B": two(after="A SF +2d")}, "07-01 07-02"),
    "a lag comes on top": ({"A": KEPT, "B": two(after="A +1d")}, "07-12 07-15"),  # and the 11th passes
    # back from the 11th: 10, 9
    "a lead eats into it": ({"A": KEPT, "B": two(after="A -2d")}, "07-09 07-10"),
    "in weeks it is working days": ({"A": {**WEEK, "buffer": "1w"}, "B": two(after="A")}, "07-15 07-16"),
    # Saturday, Sunday, Monday
    "in calendar days": ({"A": {**WEEK, "buffer": "3cd"}, "B": two(after="A")}, "07-09 07-10"),
    "a floating milestone stands behind it": (
        {"A": KEPT, "B": {"duration": "0d", "after": "A"}},
        "07-10 07-10",
    ),
    # M on Monday morning; 8 and 9 are kept
    "a milestone may keep one": (
        {"A": {"start": "07-08", "milestone": "true", "buffer": "2d"}, "B": two(after="A")},
        "07-10 07-11",
    ),
    "the later of two ways counts": (
        {"A": KEPT, "C": {"start": "07-08", "end": "07-11"}, "B": two(after=["A", "C"])},
        "07-12 07-15",
    ),
    "everybody's days are kept, not the owner's": (
        {"A": {**KEPT, "owner": "li"}, "B": two(after="A")},
        "07-11 07-12",
    ),
    # the receiver's own 11th is off
    "the receiver's own days off come after it": (
        {"A": KEPT, "B": two(after="A", owner="li")},
        "07-12 07-15",
    ),
    "a cancelled task keeps none": (
        {"A": WEEK, "X": {"duration": "2d", "buffer": "3d", "after": "A", "cancelled": "06-01"}}
        | {"B": two(after="X")},
        "07-08 07-09",
    ),
}
LI = {"li": {"days_off": ["07-08", "07-11"]}}


@pytest.mark.parametrize("case", EARLY)
def test_early_dates(case: str):
    tasks, expected = EARLY[case]
    assert early(of(tasks, people=LI))["B"] == expected


def test_the_task_itself_and_the_end_of_the_whole_do_not_count_it():
    result = of({"A": KEPT})
    assert early(result) == {"A": "07-01 07-05"}
    assert f"{result.end:%m-%d}" == "07-05"
    assert result.dates["A"].slack == 0
    assert result.buffers == {"A": Buffer(3, 0)}


Z = {"start": "07-15", "end": "07-19"}

SLACK = {
    # B 11–12 has 15–19; behind the latest B, 18–19, the buffer 15, 16, 17 lies free
    "before floating work": ({"A": KEPT, "B": two(after="A")}, {"A": "5/0", "B": "5/5"}),
    # B may slip to 18–19 as well, and A to the 17th; 8 and 9 lie free before the typed 10th
    "before typed work": (
        {"A": KEPT, "B": {"start": "07-10", "end": "07-11", "after": "A"}},
        {"A": "8/2", "B": "6/6"},
    ),
    "with nothing behind it": ({"A": KEPT}, {"A": "10/10"}),
    # the 11th passes: B 12–15 has 16–19; before 18 lie the 17th and 12, 15, 16: A until the 11th
    "with a lag": ({"A": KEPT, "B": two(after="A +1d")}, {"A": "4/0", "B": "4/4"}),
}


@pytest.mark.parametrize("case", SLACK)
def test_slack(case: str):
    tasks, expected = SLACK[case]
    assert slack(of({**tasks, "Z": Z})) == expected | {"Z": "0/0"}


def done(end: str, **task: object) -> dict[str, object]:
    return {**KEPT, "actual": {"start": "07-01", "end": end}, **task}


# A with its buffer 8–10 and B, planned for 11–12: the forecast of B and what is used of the buffer
DELAY = {
    "as planned nothing is used": ("07-05", done("07-05"), "07-11 07-12", Buffer(3, 0)),
    "two days late use two": ("07-09", done("07-09"), "07-11 07-12", Buffer(3, 2)),
    "three days late use it up": ("07-10", done("07-10"), "07-11 07-12", Buffer(3, 3)),
    "five days late move what follows by two": ("07-12", done("07-12"), "07-15 07-16", Buffer(3, 3)),
    # Wednesday the 3rd and 4, 5, 8
    "an early end is handed on with the buffer kept": (
        "07-03",
        done("07-03"),
        "07-09 07-10",
        Buffer(3, 0),
    ),
    # not begun on Wednesday: 3, 4, 5, 8, 9
    "work that has not begun uses it too": ("07-03", KEPT, "07-11 07-12", Buffer(3, 2)),
    # 60 % on Tuesday the 9th, two days left: 9, 10
    "and work under way": (
        "07-09",
        {**KEPT, "actual": {"start": "07-01"}, "progress": "60"},
        "07-11 07-12",
        Buffer(3, 3),
    ),
    "done without a day it ended as planned": (
        "07-08",
        {**KEPT, "progress": "100"},
        "07-11 07-12",
        Buffer(3, 0),
    ),
}


@pytest.mark.parametrize("case", DELAY)
def test_a_delay_uses_the_buffer_up_first(case: str):
    as_of, task, expected, buffer = DELAY[case]
    result = of({"A": task, "B": two(after="A")}, as_of)
    assert forecast(result)["B"] == expected
    assert result.buffers == {"A": buffer}


def test_what_is_left_is_what_was_set_less_what_is_used():
    result = of({"A": done("07-09"), "B": two(after="A")}, "07-09")
    assert (result.buffers["A"].set, result.buffers["A"].used, result.buffers["A"].left) == (3, 2, 1)


def test_one_buffer_after_the_other_is_used():
    # A 1–5, 8 and 9 kept, B 10–11, the 12th kept, C on the 15th; A three days late: B 11–12, and C stays
    tasks = {
        "A": {**WEEK, "buffer": "2d", "actual": {"start": "07-01", "end": "07-10"}},
        "B": two(after="A", buffer="1d"),
        "C": {"duration": "1d", "after": "B"},
    }
    result = of(tasks, "07-10")
    assert early(result) == {"A": "07-01 07-05", "B": "07-10 07-11", "C": "07-15 07-15"}
    assert forecast(result) == {"A": "07-01 07-10", "B": "07-11 07-12", "C": "07-15 07-15"}
    assert result.buffers == {"A": Buffer(2, 2), "B": Buffer(1, 1)}


def test_typed_work_behind_a_buffer_moves_with_the_work():
    tasks = {"A": done("07-09"), "B": {"start": "07-08", "end": "07-09", "after": "A"}}
    assert forecast(of(tasks, "07-09"))["B"] == "07-10 07-11"


def test_a_buffer_in_calendar_days_is_told_in_working_days():
    # of Saturday, Sunday and Monday one is worked
    assert of({"A": {**WEEK, "buffer": "3cd"}}).buffers == {"A": Buffer(1, 0)}


# a project buffer of five working days behind an end on Friday the 5th
PROJECT = {
    "as planned": ("07-03", {**WEEK, "actual": {"start": "07-01"}}, Buffer(5, 0)),
    "two days late": ("07-09", done("07-09"), Buffer(5, 2)),
    "used up": ("07-12", done("07-12"), Buffer(5, 5)),
    "later still": ("07-16", done("07-16"), Buffer(5, 5)),
    "early": ("07-03", done("07-03"), Buffer(5, 0)),
}


@pytest.mark.parametrize("case", PROJECT)
def test_the_project_buffer(case: str):
    as_of, task, expected = PROJECT[case]
    assert of({"A": task}, as_of, buffer="5d").project_buffer == expected


def test_recurring_and_cancelled_tasks_use_none_of_it():
    tasks = {
        "A": WEEK,
        "R": {"repeats": "weekly"},
        "X": {"start": "07-08", "end": "07-19", "cancelled": "06-01"},
    }
    assert of(tasks, buffer="5d").project_buffer == Buffer(5, 0)


def test_without_one_there_is_none():
    assert of({"A": WEEK}).project_buffer is None
    assert of({"A": WEEK}).buffers == {}
