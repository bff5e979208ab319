"""What the forecast makes of ends, key nodes and the whole: where it is told, and since when.

July 2024 begins on a Monday; each expected figure is worked out beside it.
"""

import pytest

from judged import judged, not_as_seen, told
from schedules import day

LATE = {"forecast-late", "milestone-at-risk", "campaign-forecast-late", "task-late"}
WEEK = {"start": "07-01", "end": "07-05", "owner": "li"}


def under_way(log: dict, **more: object) -> dict:
    """Return a task of the first week that began on its first day."""
    return {**WEEK, "actual": {"start": "07-01"}, "log": log, **more}


def left(days: int, progress: int = 70) -> dict:
    return {"progress": str(progress), "remaining": f"{days}d"}


# --- forecast-late ---

SLIPS = under_way({"07-03": left(3), "07-04": left(4)})  # to Monday the 8th, to Wednesday the 10th


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-02", []),
        ("07-03", [("forecast-late:T", "remind", "07-03", "07-03", 3, None)]),  # a working day
        ("07-04", [("forecast-late:T", "warn", "07-03", "07-04", 5, None)]),  # three
        ("07-05", [("forecast-late:T", "warn", "07-03", "07-04", 5, None)]),
        ("07-06", [("task-late:T", "remind", "07-06", "07-06", 1, None)]),  # overdue: that is told instead
    ],
)
def test_an_end_that_will_not_hold(as_of, found):
    assert told(as_of, LATE, tasks={"T": SLIPS}) == found


@pytest.mark.parametrize(
    "task",
    [
        under_way({"07-03": left(2)}),
        {**SLIPS, "cancelled": "07-04"},
        {**SLIPS, "actual": {"start": "07-01", "end": "07-04"}},
        {"end": "07-05"},  # a week before its end
    ],
)
def test_what_is_not_expected_late(task):
    assert told("07-04", LATE, tasks={"T": task}) == []


def test_a_delay_is_told_where_it_comes_from():
    after = {"start": "07-08", "end": "07-12", "owner": "li", "after": ["A"]}
    tasks = {"A": SLIPS, "B": after, "C": {**after, "start": "07-15", "end": "07-19", "after": ["B"]}}
    assert [one[0] for one in told("07-04", LATE, tasks=tasks)] == ["forecast-late:A"]
    done = tasks | {"A": {**WEEK, "actual": {"start": "07-01", "end": "07-10"}}}  # B begins on the 11th
    assert told("07-10", LATE, tasks=done) == [("forecast-late:B", "warn", "07-10", "07-10", 5, None)]


def test_an_end_that_is_behind_by_days_is_told_by_the_days_behind():
    task = {
        "start": "07-01",
        "end": "07-26",
        "actual": {"start": "07-01"},
        "log": {"07-12": {"progress": "20"}},
    }
    assert told("07-12", LATE, tasks={"T": task}) == []
    found = told("07-12", LATE, tasks={"T": task}, rules={"task-behind-plan": "off"})
    assert [one[:2] for one in found] == [("forecast-late:T", "warn")]  # switched off, it tells nothing


# --- milestone-at-risk ---

NODE = {"M": {"milestone": "true", "start": "07-08", "after": ["T"]}}
FIVE = {"milestone-at-risk", "task-late"}


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-02", []),
        ("07-03", []),  # T is expected on the 8th, as long as M
        ("07-04", [("milestone-at-risk:M", "warn", "07-04", "07-04", 2, None)]),
        ("07-08", [("milestone-at-risk:M", "escalate", "07-04", "07-08", 3, None)]),
        # a day late is a reminder, three expected is more
        (
            "07-09",
            [
                ("milestone-at-risk:M", "escalate", "07-04", "07-08", 3, None),
                ("task-late:M", "remind", "07-09", "07-09", 1, None),
            ],
        ),
        (
            "07-11",
            [
                ("milestone-at-risk:M", "escalate", "07-04", "07-08", 3, None),
                ("task-late:M", "remind", "07-09", "07-09", 3, None),
            ],
        ),
    ],
)
def test_a_key_node_at_risk(as_of, found):
    task = under_way({"07-03": left(3), "07-04": left(4), "07-08": left(3)})
    tasks = {"T": task} | NODE
    assert [one for one in told(as_of, FIVE, tasks=tasks) if one[0].endswith("M")] == found


def test_a_key_node_names_what_holds_it_up():
    tasks = {"T": {**SLIPS, "title": "详情页"}} | NODE
    (one,) = judged(day("07-04"), {"milestone-at-risk"}, tasks=tasks)
    assert one.params["because"].zh == "，受 T 详情页 影响"
    assert one.related == (("tasks", "T"),)
    moved = {"M": {"milestone": "true", "start": "07-08", "expected_start": "07-10"}}
    (one,) = judged(day("07-04"), {"milestone-at-risk"}, tasks=moved)
    assert (one.params["because"], one.related, one.days) == ("", (), 2)


def test_a_key_node_that_takes_days_is_one_too():
    tasks = {"T": under_way({"07-04": left(4)}, milestone="true")}
    assert told("07-04", LATE, tasks=tasks) == [
        ("milestone-at-risk:T", "escalate", "07-04", "07-04", 5, None)
    ]


# --- campaign-forecast-late ---

SHORT = {"campaign": {"period": {"start": "07-01", "end": "07-05"}}}
WHOLE = {"campaign-forecast-late"}


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-02", []),
        ("07-03", [("campaign-forecast-late:campaign", "remind", "07-03", "07-03", 3, None)]),
        ("07-04", [("campaign-forecast-late:campaign", "escalate", "07-03", "07-04", 5, None)]),
        # four days are left, from today on: 12, 15, 16, 17
        ("07-12", [("campaign-forecast-late:campaign", "escalate", "07-03", "07-04", 12, None)]),
    ],
)
def test_the_whole_is_expected_past_its_end(as_of, found):
    assert told(as_of, WHOLE, tasks={"T": SLIPS}, **SHORT) == found


def test_the_whole_names_what_drives_it():
    tasks = {"T": SLIPS, "U": {"duration": "1d", "after": ["T"], "title": "复盘"}}
    (one,) = judged(day("07-04"), WHOLE, tasks=tasks, **SHORT)
    assert (one.params["drives"], one.params["forecast"]) == ("T t", day("07-11"))
    assert one.params["end"] == day("07-08")  # U was planned behind the campaign's end


@pytest.mark.parametrize(
    "task",
    [
        {**SLIPS, "actual": {"start": "07-01", "end": "07-10"}},  # late, but over
        {**WEEK, "repeats": "daily", "progress": "20"},
        {**SLIPS, "cancelled": "07-04"},
    ],
)
def test_what_moves_no_end(task):
    assert told("07-11", WHOLE, tasks={"T": task}, **SHORT) == []


# --- since when ---

AGAIN = under_way({"07-02": left(4, 30), "07-03": left(2, 60), "07-04": left(3)})


def test_days_are_counted_as_somebody_sees_who_looks_every_day():
    codes = LATE - {"task-late"}
    for log in (SLIPS["log"], {"07-03": left(3)}, AGAIN["log"], {"07-03": {"progress": "20"}}):
        tasks = {"T": under_way(log)} | NODE
        assert not_as_seen("06-28", "07-05", codes, tasks=tasks, **SHORT) == []
    idle = {"T": WEEK, "U": {"start": "07-08", "end": "07-12", "after": ["T"]}} | NODE
    assert not_as_seen("06-28", "07-08", codes, tasks=idle) == []
