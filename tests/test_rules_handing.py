"""Hand-overs: who waits for whose late work, how gravely, and what was agreed on.

July 2024 begins on a Monday; each expected figure is worked out beside it.
"""

import pytest

from judged import judged, not_as_seen, told
from schedules import day

LATE = {"handover-late"}
GIVER = {"start": "07-01", "end": "07-05", "owner": "li", "actual": {"start": "07-01"}}
TAKER = {"start": "07-08", "end": "07-12", "owner": "wang", "after": ["A"]}
LOG = {
    "07-02": {"progress": "30", "remaining": "4d"},  # to Monday the 8th
    "07-04": {"progress": "60", "remaining": "3d"},  # to Tuesday the 9th
}
PEOPLE = {
    "li": {"name": "李静", "department": "设计部"},
    "chen": {"name": "陈晨", "department": "设计部", "head": "true"},
    "wang": {"name": "王磊", "department": "市场部"},
}


def pair(taker: dict | None = None, **giver: object) -> dict:
    return {"A": {**GIVER, "log": LOG, **giver}, "B": {**TAKER, **(taker or {})}}


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-01", []),
        ("07-02", ("remind", "07-02", "07-02", 3)),
        ("07-04", ("warn", "07-02", "07-04", 4)),
        ("07-07", ("warn", "07-02", "07-04", 4)),  # two days late
        ("07-08", ("escalate", "07-02", "07-08", 4)),  # three: the heads meet
        ("07-10", ("escalate", "07-02", "07-08", 7)),  # three days are left, from today on: 10, 11, 12
    ],
)
def test_a_hand_over_is_late_before_its_day_and_behind_it(as_of, found):
    key = "handover-late:B"
    assert told(as_of, LATE, tasks=pair()) == ([(key, *found, None)] if found else [])


def test_the_heads_meet_beyond_the_plans_own_threshold():
    for limit, level in (("2", "escalate"), ("3", "warn")):
        found = told("07-08", LATE, tasks=pair(), thresholds={"handover_late": limit})
        assert [one[1] for one in found] == [level]


SILENT = {
    "the receiver has room": pair({"start": "07-10", "end": "07-16"}),
    "one owner": pair({"owner": "li"}),
    "the receiver has begun": pair({"actual": {"start": "07-04"}}),
    "the receiver is cancelled": pair({"cancelled": "07-01"}),
    "the giver is cancelled": pair(cancelled="07-01"),
    "the giver is done": pair(actual={"start": "07-01", "end": "07-04"}),
    "it hangs on a start that was": pair({"after": ["A SS"]}),
    "a key node has its own rule": pair({"milestone": "true", "start": "07-08", "end": "07-08"}),
}


@pytest.mark.parametrize("case", SILENT)
def test_nobody_waits(case):
    assert told("07-05", LATE, tasks=SILENT[case]) == []


def test_who_waits_and_who_gives_are_told_at_the_dependency():
    (one,) = judged(day("07-08"), LATE, tasks=pair(), people=PEOPLE)
    assert one.path == ("tasks", "B", "after", "0")
    assert (one.owner, one.to, one.related) == ("li", ("wang",), (("tasks", "A"),))
    assert (one.params["giver"].zh, one.params["owner"]) == ("A「t」", "李静")


def test_a_start_that_others_wait_for_is_handed_over_too():
    tasks = {
        "A": {"start": "07-01", "end": "07-05", "owner": "li"},
        "B": {**TAKER, "start": "07-01", "end": "07-05", "after": ["A SS"]},
    }
    assert told("07-03", LATE, tasks=tasks) == [("handover-late:B", "warn", "07-02", "07-03", 2, None)]


def test_further_on_it_is_told_once_it_gets_there():
    tasks = pair() | {"C": {"start": "07-15", "end": "07-19", "owner": "zhao", "after": ["B"]}}
    assert [one[0] for one in told("07-04", LATE, tasks=tasks)] == ["handover-late:B"]
    tasks["B"] = {**TAKER, "owner": "li"}  # the same owner's delay, two tasks long
    assert [one[0] for one in told("07-04", LATE, tasks=tasks)] == ["handover-late:C"]


def test_a_receiver_that_cannot_begin_is_only_reminded_of_being_late():
    codes = LATE | {"task-late"}
    tasks = pair({"start": "07-08", "end": "07-08"})
    levels = {one[0]: one[1] for one in told("07-09", codes, tasks=tasks) if one[0].endswith("B")}
    assert levels == {"task-late:B": "remind", "handover-late:B": "escalate"}
    levels = {one[0]: one[1] for one in told("07-11", codes, tasks=tasks) if one[0].endswith("B")}
    assert levels == {"task-late:B": "remind", "handover-late:B": "escalate"}


def test_days_are_counted_as_somebody_sees_who_looks_every_day():
    assert not_as_seen("06-28", "07-12", LATE, tasks=pair()) == []
    idle = {"A": {"start": "07-01", "end": "07-05", "owner": "li"}, "B": TAKER}
    assert not_as_seen("06-28", "07-12", LATE, tasks=idle) == []
    chain = {
        "Z": {**GIVER, "log": LOG},
        "A": {"start": "07-08", "end": "07-12", "owner": "li", "after": ["Z"]},
    }
    chain["B"] = {**TAKER, "start": "07-15", "end": "07-19"}
    assert not_as_seen("06-28", "07-16", LATE, tasks=chain) == []


# --- handover-no-response-time ---

AGREED = {"handover-no-response-time"}


def test_a_hand_over_between_departments_without_a_response_time():
    found = judged(day("07-01"), AGREED, tasks=pair(), people=PEOPLE)
    assert [(one.path, one.params["receiver"], one.params["giver"]) for one in found] == [
        (("tasks", "B"), "市场部", ["设计部"])
    ]


def test_several_givers_are_told_once():
    people = PEOPLE | {"he": {"name": "何晴", "department": "客服部"}}
    tasks = pair({"after": ["A", "C"]}) | {"C": {**GIVER, "owner": "he"}}
    (one,) = judged(day("07-01"), AGREED, tasks=tasks, people=people)
    assert one.params["giver"] == ["客服部", "设计部"]


SETTLED = {
    "the receiver agreed": pair({"response_time": "48h"}),
    "the giver agreed": pair(response_time="48h"),
    "within a department": pair({"owner": "chen"}),
    "to somebody without a department": pair({"owner": "sun"}),
    "to a key node": pair({"milestone": "true", "start": "07-08", "end": "07-08"}),
    "taken over already": pair({"progress": "100"}),
    "given already": pair(actual={"start": "07-01", "end": "07-05"}),
    "cancelled": pair({"cancelled": "07-02"}),
    "from what was cancelled": pair(cancelled="07-02"),
    "in a circle": {**pair(), "A": {**pair()["A"], "after": ["B"]}},
}


@pytest.mark.parametrize("case", SETTLED)
def test_no_response_time_is_wanted(case):
    assert judged(day("07-01"), AGREED, tasks=SETTLED[case], people=PEOPLE) == []
