"""Rules on tasks as of a day: what is found, since when, and that no two of them say the same.

July 2024 begins on a Monday; each expected figure is worked out beside it.
"""

import pytest

from judged import not_as_seen, told

BEHIND = {"task-behind-plan", "task-behind", "forecast-late", "task-due-soon"}
MONTH = {"start": "07-01", "end": "07-26"}  # 20 working days


def on(as_of: str, task: dict, codes: set[str] = BEHIND, **sections: object) -> list[tuple]:
    return told(as_of, codes, tasks={"T": task}, **sections)


# --- task-behind-plan ---

SLOW = {  # the 8th of 20 days: 40 % wanted; on the 12th, the 10th day: 50 %
    **MONTH,
    "actual": {"start": "07-01"},
    "log": {"07-10": {"progress": "28"}, "07-12": {"progress": "36"}, "07-18": {"progress": "69"}},
}


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-10", [("forecast-late:T", "remind", "07-10", "07-10", 4, None)]),  # 2.4 days behind: Tuesday
        ("07-12", [("task-behind-plan:T", "warn", "07-12", "07-12", 3, None)]),  # 14 points of 20 days: 2.8
        ("07-17", [("task-behind-plan:T", "warn", "07-12", "07-12", 3, None)]),  # nothing new is known
        ("07-18", []),  # 69 of 70 %
        ("07-22", []),
    ],
)
def test_a_task_is_as_far_behind_as_when_it_was_last_recorded(as_of, found):
    assert on(as_of, SLOW) == found


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-01", []),
        ("07-02", [("forecast-late:T", "remind", "07-02", "07-02", 3, None)]),  # Monday the 29th: 1 day
        ("07-03", [("forecast-late:T", "remind", "07-02", "07-02", 4, None)]),
        ("07-04", [("task-behind-plan:T", "warn", "07-04", "07-04", 3, None)]),  # three evenings without it
        ("07-08", [("task-behind-plan:T", "warn", "07-04", "07-04", 5, None)]),
    ],
)
def test_a_task_that_was_not_begun_is_behind_by_the_days_that_are_over(as_of, found):
    assert on(as_of, MONTH) == found


def test_the_days_behind_are_the_plans_own_threshold():
    found = on("07-05", MONTH, thresholds={"behind_days": "4"})  # 20 points: four of 20 days are over
    assert [one[0] for one in found] == ["task-behind:T"]
    assert [one[0] for one in on("07-03", MONTH, thresholds={"behind_days": "1"})] == ["task-behind-plan:T"]


QUIET = {
    "finished": {**MONTH, "actual": {"start": "07-01", "end": "07-03"}},
    "cancelled": {**MONTH, "cancelled": "07-03"},
    "work left is stated, and in time": {
        **MONTH,
        "actual": {"start": "07-01"},
        "log": {"07-05": {"progress": "10", "remaining": "15d"}},
    },
    "recurring": {**MONTH, "repeats": "weekly", "progress": "20"},
}


@pytest.mark.parametrize("case", QUIET)
def test_what_is_not_behind_by_days(case):
    assert on("07-05", QUIET[case]) == []


def test_a_finished_task_was_behind_before_it_was_finished():
    task = {**MONTH, "log": {"07-12": {"progress": "20"}}, "actual": {"start": "07-08", "end": "07-30"}}
    assert [one[0] for one in on("07-12", task)] == ["task-behind-plan:T"]
    assert on("07-30", task) == []


# --- task-behind ---

SHORT = {"start": "07-08", "end": "07-12", "actual": {"start": "07-08"}}


def test_a_short_task_is_behind_by_points():
    task = {**SHORT, "log": {"07-09": {"progress": "20"}}}  # 40 wanted
    assert on("07-08", task, {"task-behind"}) == []
    assert on("07-09", task, {"task-behind"}) == [("task-behind:T", "remind", "07-09", "07-09", 1, None)]
    assert on("07-11", task, {"task-behind"}) == [("task-behind:T", "remind", "07-09", "07-09", 3, None)]


def test_of_two_ways_to_be_behind_only_the_graver_is_told():
    task = {**MONTH, "actual": {"start": "07-01"}, "log": {"07-12": {"progress": "10"}}}
    assert on("07-12", task) == [("task-behind-plan:T", "warn", "07-12", "07-12", 8, None)]  # 40 of 20 days
    off = {"rules": {"task-behind-plan": "off", "forecast-late": "off"}}
    assert on("07-12", task, BEHIND - {"task-behind-plan", "forecast-late"}, **off) == [
        ("task-behind:T", "remind", "07-12", "07-12", 10, None)  # 40 points of 26 days
    ]


HELD = {
    "A": {"start": "07-01", "end": "07-05", "actual": {"start": "07-01"}},
    "B": {"start": "07-08", "end": "07-12", "after": ["A"]},
}


def test_what_waits_for_late_work_is_not_behind_by_itself():
    codes = BEHIND | {"record-stale"}
    assert [one for one in told("07-18", codes, tasks=HELD) if one[0].endswith(":B")] == []
    freed = HELD | {"A": {**HELD["A"], "actual": {"start": "07-01", "end": "07-05"}}}
    assert [one[0] for one in told("07-11", codes, tasks=freed)] == ["task-behind-plan:B"]


# --- due soon, stale ---


def test_a_deadline_is_announced_since_the_first_day_of_notice():
    task = {**MONTH, "progress": "95"}
    assert on("07-22", task, {"task-due-soon"}) == []
    assert on("07-23", task, {"task-due-soon"}) == [("task-due-soon:T", "remind", "07-23", "07-23", -3, None)]
    assert on("07-26", task, {"task-due-soon"}) == [("task-due-soon:T", "remind", "07-23", "07-23", 0, None)]
    assert on("07-27", task, {"task-due-soon"}) == []


def test_a_deadline_that_will_not_hold_is_not_asked_about():
    task = {**MONTH, "actual": {"start": "07-01"}, "log": {"07-24": {"progress": "90", "remaining": "4d"}}}
    assert on("07-24", task) == [("forecast-late:T", "remind", "07-24", "07-24", 4, None)]  # 25, 26, 29, 30


@pytest.mark.parametrize(("cadence", "first"), [("daily", "07-03"), ("weekly", "07-09")])
def test_a_record_is_stale_since_the_day_after_its_cadence(cadence, first):
    task = {**MONTH, "actual": {"start": "07-01"}, "cadence": cadence}
    found = on("07-15", task, {"record-stale"})
    assert found == [("record-stale:T", "remind", first, first, 14, None)]


def test_days_are_counted_as_somebody_sees_who_looks_every_day():
    codes = BEHIND | {"record-stale", "task-late"}
    assert not_as_seen("06-28", "08-02", codes - {"task-late"}, tasks={"T": SLOW}) == []
    assert not_as_seen("06-28", "08-02", codes, tasks={"T": MONTH}) == []
    log = {"07-03": {"progress": "10"}, "07-09": {"progress": "15"}, "07-16": {"progress": "55"}}
    assert not_as_seen("06-28", "08-02", codes, tasks={"T": {**MONTH, "log": log}}) == []
