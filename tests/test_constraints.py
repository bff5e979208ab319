"""Constraints on hand-computed cases: not_before, finish_by, slack of both kinds, own days off."""

import pytest

from schedules import early, forecast, late, of, slack

WEEK = {"start": "07-01", "end": "07-05"}  # Monday to Friday
END = {"start": "07-08", "end": "07-12"}  # the end of the whole, where there is one

NOT_BEFORE = {
    "it begins on the day": ({"A": {"duration": "5d", "not_before": "07-03"}}, {"A": "07-03 07-09"}),
    "or on the next working day": ({"A": {"duration": "1d", "not_before": "07-06"}}, {"A": "07-08 07-08"}),
    "a typed start before it gives way and keeps its length": (
        {"A": {**WEEK, "not_before": "07-03"}},
        {"A": "07-03 07-09"},
    ),
    "a typed start after it holds": ({"A": {**END, "not_before": "07-03"}}, {"A": "07-08 07-12"}),
    "a typed start on it holds, days off included": (
        {"A": {"start": "07-06", "end": "07-07", "not_before": "07-06"}},
        {"A": "07-06 07-07"},
    ),
    "the later of it and the predecessor counts": (
        {
            "A": WEEK,
            "B": {"duration": "2d", "after": "A", "not_before": "07-03"},
            "C": {"duration": "2d", "after": "A", "not_before": "07-10"},
        },
        {"A": "07-01 07-05", "B": "07-08 07-09", "C": "07-10 07-11"},
    ),
    "calendar days begin on it": ({"A": {"duration": "3cd", "not_before": "07-05"}}, {"A": "07-05 07-07"}),
    # the milestone could stand on the 5th; on the 10th it stands in the morning
    "work may begin on the day of a milestone that it holds back": (
        {
            "A": WEEK,
            "M": {"duration": "0d", "after": "A", "not_before": "07-10"},
            "B": {"duration": "1d", "after": "M"},
        },
        {"A": "07-01 07-05", "M": "07-10 07-10", "B": "07-10 07-10"},
    ),
    "an earlier one leaves a milestone at the end of the work": (
        {
            "A": WEEK,
            "M": {"duration": "0d", "after": "A", "not_before": "07-03"},
            "B": {"duration": "1d", "after": "M"},
        },
        {"A": "07-01 07-05", "M": "07-05 07-05", "B": "07-08 07-08"},
    ),
    # until Friday three days would begin on Wednesday
    "a link to the end moves it further": (
        {"A": WEEK, "B": {"duration": "3d", "after": "A FF", "not_before": "07-02"}},
        {"A": "07-01 07-05", "B": "07-03 07-05"},
    ),
    "a cancelled task keeps nobody waiting with it": (
        {
            "A": WEEK,
            "X": {"duration": "2d", "after": "A", "not_before": "07-22", "cancelled": "06-01"},
            "B": {"duration": "1d", "after": "X"},
        },
        {"A": "07-01 07-05", "X": "07-05 07-05", "B": "07-08 07-08"},
    ),
}


@pytest.mark.parametrize("case", NOT_BEFORE)
def test_not_before(case: str):
    tasks, expected = NOT_BEFORE[case]
    assert early(of(tasks)) == expected


def test_the_forecast_does_not_begin_before_either():
    tasks = {
        "A": {**WEEK, "actual": {"start": "07-01", "end": "07-02"}},
        "B": {"duration": "2d", "after": "A", "not_before": "07-08"},
    }
    assert forecast(of(tasks, "07-02"))["B"] == "07-08 07-09"


def test_what_began_before_it_goes_on():
    tasks = {"A": {"duration": "3d", "not_before": "07-08", "actual": {"start": "07-02"}}}
    assert forecast(of(tasks, "07-03"))["A"] == "07-02 07-04"


# total and free slack, then late dates; Z is the end of the whole, on Friday the 12th
FINISH_BY = {
    "without one it has until the end": ({"A": WEEK}, {"A": ("5/5", "07-08 07-12")}),
    # free slack asks for the successors only, and there is none before the end of the whole
    "ending on the day it has no slack": (
        {"A": {**WEEK, "finish_by": "07-05"}},
        {"A": ("0/5", "07-01 07-05")},
    ),
    "two days too late": ({"A": {**WEEK, "finish_by": "07-03"}}, {"A": ("-2/5", "06-27 07-03")}),
    "two days early": ({"A": {**WEEK, "finish_by": "07-09"}}, {"A": ("2/5", "07-03 07-09")}),
    "one behind the end says nothing": ({"A": {**WEEK, "finish_by": "07-31"}}, {"A": ("5/5", "07-08 07-12")}),
    # by Sunday is by Friday
    "one on a day off": ({"A": {**WEEK, "finish_by": "07-07"}}, {"A": ("0/5", "07-01 07-05")}),
    # P 1, A 2–4; two days too late is two days too late for P as well
    "what comes before is late with it": (
        {"P": {"duration": "1d"}, "A": {"duration": "3d", "after": "P", "finish_by": "07-02"}},
        {"P": ("-2/0", "06-27 06-27"), "A": ("-2/6", "06-28 07-02")},
    ),
    # B 8–9 has until the end: 10, 11, 12
    "what comes after has its own slack": (
        {"A": {**WEEK, "finish_by": "07-04"}, "B": {"duration": "2d", "after": "A"}},
        {"A": ("-1/0", "06-28 07-04"), "B": ("3/3", "07-11 07-12")},
    ),
    # through a link between begins: B 2–4 and a day too late
    "a link between begins hands it on": (
        {"A": WEEK, "B": {"duration": "3d", "after": "A SS +1d", "finish_by": "07-03"}},
        {"A": ("-1/0", "06-28 07-04"), "B": ("-1/6", "07-01 07-03")},
    ),
    # through a link between ends: B 5, 8, 9 and a day too late
    "a link between ends hands it on": (
        {"A": WEEK, "B": {"duration": "3d", "after": "A FF +2d", "finish_by": "07-08"}},
        {"A": ("-1/0", "06-28 07-04"), "B": ("-1/3", "07-04 07-08")},
    ),
    # A until Friday leaves B the 8th; B may slip to the 9th, and so may A by a day
    "the nearest day of all counts": (
        {
            "A": {**WEEK, "finish_by": "07-10"},
            "B": {"duration": "1d", "after": "A", "finish_by": "07-09"},
        },
        {"A": ("1/0", "07-02 07-08"), "B": ("1/4", "07-09 07-09")},
    ),
    # 1, 2, 3; Thursday and Friday are left
    "calendar days": ({"A": {"duration": "3cd", "finish_by": "07-05"}}, {"A": ("2/7", "07-03 07-05")}),
    # on Wednesday the 3rd; until the end there are 4, 5 and 8–12
    "a milestone typed on the day": (
        {"M": {"start": "07-03", "milestone": "true", "finish_by": "07-03"}},
        {"M": ("0/7", "07-03 07-03")},
    ),
    "a milestone a day too late": (
        {"M": {"start": "07-03", "milestone": "true", "finish_by": "07-02"}},
        {"M": ("-1/7", "07-02 07-02")},
    ),
    # at the end of Friday the 5th, and the 8th is the day
    "a milestone after work": (
        {"A": WEEK, "M": {"duration": "0d", "after": "A", "finish_by": "07-08"}},
        {"A": ("1/0", "07-02 07-08"), "M": ("1/5", "07-08 07-08")},
    ),
    "a cancelled task has none": (
        {"X": {**WEEK, "finish_by": "07-03", "cancelled": "06-01"}},
        {"X": ("0/0", "07-01 07-05")},
    ),
}


@pytest.mark.parametrize("case", FINISH_BY)
def test_finish_by(case: str):
    tasks, expected = FINISH_BY[case]
    result = of({**tasks, "Z": END})
    free = {
        key: {name: one for name, one in task.items() if name != "finish_by"} for key, task in tasks.items()
    }
    assert early(result) == early(of({**free, "Z": END}))  # it moves nothing
    assert {key: (slack(result)[key], late(result)[key]) for key in tasks} == expected


def test_what_misses_its_day_is_critical_with_all_that_leads_to_it():
    tasks = {
        "P": {"duration": "1d"},
        "A": {"duration": "3d", "after": "P", "finish_by": "07-02"},
        "B": {"duration": "1d"},
        "Z": END,
    }
    result = of(tasks)
    assert {key for key, dates in result.dates.items() if dates.critical} == {"P", "A", "Z"}
    assert result.critical_path == ("Z",)  # the path is that to the end of the whole


def test_the_end_of_the_whole_is_critical_when_it_is_too_late():
    result = of({"P": {"duration": "1d"}, "A": {"duration": "3d", "after": "P", "finish_by": "07-02"}})
    assert result.critical_path == ("P", "A")


# total and free slack; Z is the end of the whole, on Friday the 12th
FREE = {
    # B on the 5th leaves A the 3rd and the 4th, and has 8–12 itself
    "before a typed successor": (
        {"A": {"duration": "2d"}, "B": {"start": "07-05", "end": "07-05", "after": "A"}},
        {"A": "7/2", "B": "5/5"},
    ),
    "before floating work there is none": (
        {"A": {"duration": "2d"}, "B": {"duration": "1d", "after": "A"}},
        {"A": "7/0", "B": "7/7"},
    ),
    # B 3–5, C 3; D after both on the 8th: C alone may slip by 4 and 5
    "the longer branch leaves the shorter one free": (
        {
            "A": {"duration": "2d"},
            "B": {"duration": "3d", "after": "A"},
            "C": {"duration": "1d", "after": "A"},
            "D": {"duration": "1d", "after": ["B", "C"]},
        },
        {"A": "4/0", "B": "4/0", "C": "6/2", "D": "4/4"},
    ),
    "a weekend is no slack": (
        {"A": WEEK, "B": {"start": "07-08", "end": "07-08", "after": "A"}},
        {"A": "4/0", "B": "4/4"},
    ),
    # until Friday B stands on its weekend; from then on it takes a day, the last of them the 12th
    "before a weekend event": (
        {"A": {"duration": "2d"}, "B": {"start": "07-06", "end": "07-07", "after": "A"}},
        {"A": "7/3", "B": "5/5"},
    ),
    # the cancelled X hands on that B begins on the 3rd
    "through a cancelled task": (
        {
            "A": {"duration": "2d"},
            "X": {"duration": "4d", "after": "A", "cancelled": "06-01"},
            "B": {"duration": "1d", "after": "X"},
        },
        {"A": "7/0", "X": "0/0", "B": "7/7"},
    ),
}


@pytest.mark.parametrize("case", FREE)
def test_free_slack(case: str):
    tasks, expected = FREE[case]
    assert slack(of({**tasks, "Z": END})) == expected | {"Z": "0/0"}


def owned(**task: object) -> dict[str, object]:
    return {**task, "owner": "li"}


# li is off on Wednesday the 3rd: 1, 2, 4, 5, 8 … are his days
OWN = {
    "a duration skips them": ({"A": owned(duration="3d")}, {"A": "07-01 07-04"}),
    "from a typed start too": ({"A": owned(start="07-02", duration="2d")}, {"A": "07-02 07-04"}),
    "and back from a typed end": ({"A": owned(end="07-05", duration="3d")}, {"A": "07-02 07-05"}),
    "a start moves past them": (
        {"A": {"duration": "2d"}, "B": owned(duration="2d", after="A")},
        {"A": "07-01 07-02", "B": "07-04 07-05"},
    ),
    "typed days stay as typed": ({"A": owned(start="07-03", end="07-05")}, {"A": "07-03 07-05"}),
    # 1, 2, 4, 5 are four days, and so are 8–11
    "typed days that are pushed keep their length in his days": (
        {"A": WEEK, "B": owned(start="07-01", end="07-05", after="A")},
        {"A": "07-01 07-05", "B": "07-08 07-11"},
    ),
    # 2 and 4
    "typed days pushed onto them need a day more": (
        {"A": {"duration": "1d"}, "B": owned(start="07-01", end="07-02", after="A")},
        {"A": "07-01 07-01", "B": "07-02 07-04"},
    ),
    "calendar days begin behind them and run through": (
        {"A": {"duration": "2d"}, "B": owned(duration="3cd", after="A"), "C": owned(duration="4cd")},
        {"A": "07-01 07-02", "B": "07-04 07-06", "C": "07-01 07-04"},
    ),
    "others work": ({"A": {"duration": "3d", "owner": "wang"}}, {"A": "07-01 07-03"}),
    "helping is not owning": ({"A": {"duration": "3d", "collaborators": "li"}}, {"A": "07-01 07-03"}),
    "a milestone stands on them": (
        {"M": owned(start="07-03", milestone="true"), "B": owned(duration="1d", after="M")},
        {"M": "07-03 07-03", "B": "07-04 07-04"},
    ),
    "an end alone is worked on the day before": ({"A": owned(end="07-03")}, {"A": "07-02 07-03"}),
}
LI = {"li": {"days_off": ["07-03"]}, "wang": {}}


@pytest.mark.parametrize("case", OWN)
def test_own_days_off(case: str):
    tasks, expected = OWN[case]
    assert early(of(tasks, people=LI)) == expected


# with Z on 8–12: total and free slack in the owner's days
OWN_SLACK = {
    # 1–2, then 4, 5 and 8–12
    "until the end": ({"A": owned(duration="2d")}, {"A": ("7/7", "07-11 07-12")}),
    # 4 and 5
    "until a day": ({"A": owned(duration="2d", finish_by="07-05")}, {"A": ("2/7", "07-04 07-05")}),
    # from the 4th back to the 2nd is one of his days
    "past a day": ({"A": owned(duration="3d", finish_by="07-03")}, {"A": ("-1/6", "06-28 07-02")}),
    # everybody's 2, 3, 4 lie between A and B: A may slip by 3, and B by 8–12
    "the giver's days count for the giver": (
        {"A": {"duration": "1d"}, "B": owned(start="07-05", end="07-05", after="A")},
        {"A": ("8/3", "07-11 07-11"), "B": ("5/5", "07-12 07-12")},
    ),
    "li's days count for li": (
        {"A": owned(duration="1d"), "B": {"start": "07-05", "end": "07-05", "after": "A"}},
        {"A": ("7/2", "07-11 07-11"), "B": ("5/5", "07-12 07-12")},
    ),
}


@pytest.mark.parametrize("case", OWN_SLACK)
def test_slack_is_counted_in_the_owners_days(case: str):
    tasks, expected = OWN_SLACK[case]
    result = of({**tasks, "Z": END}, people=LI)
    assert {key: (slack(result)[key], late(result)[key]) for key in tasks} == expected


OWN_FORECAST = {
    # 2, 4, 5
    "not begun it begins today": ("07-02", owned(start="07-01", end="07-04"), "07-02 07-05"),
    # 4, 5, 8
    "not begun it does not begin on a day off": ("07-03", owned(start="07-01", end="07-04"), "07-04 07-08"),
    # of 1, 2, 4, 5 half is left: 4, 5
    "under way": (
        "07-04",
        owned(start="07-01", duration="4d", progress="50", actual={"start": "07-01"}),
        "07-01 07-05",
    ),
    # three of four are left on the 4th: 4, 5, 8
    "behind": (
        "07-04",
        owned(start="07-01", duration="4d", progress="25", actual={"start": "07-01"}),
        "07-01 07-08",
    ),
}


@pytest.mark.parametrize("case", OWN_FORECAST)
def test_forecast_over_own_days_off(case: str):
    as_of, task, expected = OWN_FORECAST[case]
    assert forecast(of({"A": task}, as_of, people=LI))["A"] == expected


def test_the_owners_working_days_are_the_campaigns_less_his_own():
    result = of({"A": owned(), "B": {}}, people=LI, days_off=["2024-07-04"])
    assert result.work("A").between(result.start, result.start.replace(day=7)) == 3  # 1, 2, 5
    assert result.work("B").between(result.start, result.start.replace(day=7)) == 4
