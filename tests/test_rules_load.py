"""Who is planned beyond capacity: by what tasks state, four weeks ahead.

July 2024 begins on a Monday; four weeks ahead of 8 July is 11 June.
"""

import pytest

from judged import judged, not_as_seen, told
from schedules import day

OVER = {"over-capacity"}
JUNE = {"period": {"start": "06-03", "end": "07-31"}}
SUN = {"people": {"sun": {"name": "孙浩"}}, "campaign": JUNE}
FIRST = {
    "start": "07-01",
    "end": "07-12",
    "owner": "sun",
    "needs": {"sun": "0.6"},
    "actual": {"start": "07-01", "end": "07-12"},
}
SECOND = {**FIRST, "start": "07-08", "end": "07-19", "actual": {"start": "07-08"}}
TWO = {"A": FIRST, "B": SECOND}


def on(as_of: str, tasks: dict, **sections: object) -> list[tuple]:
    return told(as_of, OVER, tasks=tasks, **(SUN | sections))


@pytest.mark.parametrize(
    ("as_of", "found"), [("06-10", False), ("06-11", True), ("07-12", True), ("07-13", False)]
)
def test_an_overload_is_told_four_weeks_ahead_until_it_is_over(as_of, found):
    expected = [("over-capacity:sun", "warn", "06-11", "06-11", None, 20)]  # 1.2 of 1
    assert on(as_of, TWO) == (expected if found else [])


def test_an_overload_is_no_older_than_the_plan():
    for drawn_up, since in (("06-05", "06-11"), ("06-20", "06-20"), ("07-04", "06-11")):
        found = on("07-01", TWO, campaign=JUNE | {"drawn_up": drawn_up})
        assert [one[2] for one in found] == [since]  # the last is not known yet
    late = {"period": {"start": "06-24", "end": "07-31"}}
    days = {day: on(day, TWO, campaign=late)[0][2] for day in ("06-12", "06-24", "07-01")}
    assert days == {"06-12": "06-12", "06-24": "06-24", "07-01": "06-24"}


FITS = {
    "exactly": {"A": FIRST, "B": {**SECOND, "needs": {"sun": "0.4"}}},
    "one after the other": {"A": FIRST, "B": {**SECOND, "start": "07-15", "actual": None}},
    "owners who state nothing": {"A": {**FIRST, "needs": {}}, "B": {**SECOND, "needs": {}}},
    "one who states nothing": {"A": {**FIRST, "needs": {}}, "B": SECOND},
    "cancelled": {"A": {**FIRST, "cancelled": "07-01"}, "B": SECOND},
}


@pytest.mark.parametrize("case", FITS)
def test_what_fits_or_was_never_stated(case):
    assert on("07-01", FITS[case]) == []


def test_a_person_is_told_once_of_the_worst_days():
    tasks = TWO | {"C": {**SECOND, "start": "07-17", "end": "07-18", "needs": {"sun": "1"}}}
    (one,) = judged(day("07-01"), OVER, tasks=tasks, **SUN)
    assert (one.params["load"], one.params["capacity"], one.params["tasks"]) == ("160%", "100%", ("B", "C"))
    assert (one.params["first"], one.params["last"]) == (day("07-17"), day("07-18"))


VENUE = {"title": "直播间", "available": "1", "unit": "间"}


@pytest.mark.parametrize(
    ("needed", "found"),
    [(None, ["over-capacity:R"]), ("1", ["over-capacity:R"]), ("2", [])],  # 2: its own gap tells it
)
def test_a_resource_is_planned_twice(needed, found):
    room = VENUE | ({"needed": needed} if needed else {})
    tasks = {key: {**task, "owner": None, "needs": {"R": "1"}} for key, task in TWO.items()}
    hits = judged(day("07-01"), OVER, tasks=tasks, resources={"R": room})
    assert [one.key for one in hits] == found
    assert [(one.params["load"], one.params["capacity"]) for one in hits] == [("2 间", "1 间")] * len(found)


def test_an_overload_that_a_delay_makes_is_no_older_than_the_delay():
    log = {"07-11": {"progress": "80", "remaining": "4d"}}  # A to the 17th
    tasks = {
        "A": {**FIRST, "actual": {"start": "07-01"}, "log": log},
        "B": {**SECOND, "start": "07-15", "actual": None},
    }
    assert on("07-10", tasks) == []
    assert on("07-11", tasks) == [("over-capacity:sun", "warn", "07-11", "07-11", None, 20)]


def test_days_are_counted_as_somebody_sees_who_looks_every_day():
    assert not_as_seen("06-10", "07-12", OVER, tasks=TWO, **SUN) == []
