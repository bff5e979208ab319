"""Buffers: missing, too short or long, used up by what is expected.

July 2024 begins on a Monday; each expected figure is worked out beside it.
"""

import pytest

from judged import judged, not_as_seen, told
from schedules import day

STATIC = {"buffer-missing", "buffer-outside"}
USED = {"buffer-used"}


def chain(**first: object) -> dict:
    """Return three tasks in a row: 1–5, 8–12 and 15–19 July if there is no buffer."""
    return {
        "A": {"start": "07-01", "duration": "5d", **first},
        "B": {"duration": "5d", "after": ["A"]},
        "C": {"duration": "5d", "after": ["B"]},
    }


def ends(end: str, **more: object) -> dict:
    return {"campaign": {"period": {"start": "07-01", "end": end}, **more}}


def found(tasks: dict, sections: dict) -> list[str]:
    return [one.key for one in judged(day("06-03"), STATIC, tasks=tasks, **sections)]


MISSING = ["buffer-missing:campaign"]
KEPT = {
    "no day left": (chain(), ends("07-19"), MISSING),
    "two days left": (chain(), ends("07-23"), MISSING),
    "three days left": (chain(), ends("07-24"), []),
    "a weekend left": (chain(), ends("07-21"), MISSING),
    "before the end": (chain(), ends("07-19", buffer="3d"), []),
    "behind a task": (chain(buffer="3d"), ends("07-24"), []),
    "none worth its name": (chain(buffer="0d"), ends("07-19"), MISSING),
    "two tasks and a key node": (
        {**chain(), "C": {"milestone": "true", "after": ["B"]}},
        ends("07-12"),
        [],
    ),
    "tasks in a circle": ({**chain(), "A": {"duration": "5d", "after": ["C"]}}, ends("07-19"), []),
}


@pytest.mark.parametrize("case", KEPT)
def test_the_critical_path_keeps_a_buffer(case):
    tasks, sections, expected = KEPT[case]
    assert found(tasks, sections) == expected


def test_a_missing_buffer_names_the_way():
    (one,) = judged(day("06-03"), STATIC, tasks=chain(), **ends("07-19"))
    assert one.params == {"path": "A → B → C", "least": "3d", "most": "5d"}
    assert (one.path, len(one.related)) == (("campaign", "period", "end"), 3)


SIZES = {"2d": True, "3d": False, "5d": False, "1w": False, "6d": True, "2w": True, "2cd": True, "5cd": False}


@pytest.mark.parametrize("size", SIZES)
def test_a_buffer_has_three_to_five_working_days(size):
    expected = ["buffer-outside:A"] if SIZES[size] else []  # 5cd: Monday to Friday
    assert found(chain(buffer=size), ends("08-30")) == expected


def test_the_size_is_the_plans_own_threshold():
    limits = {"thresholds": {"buffer_min": "1d", "buffer_max": "2d"}, **ends("08-30")}
    assert found(chain(buffer="2d"), limits) == []
    assert found(chain(buffer="3d"), limits) == ["buffer-outside:A"]


@pytest.mark.parametrize(
    ("tasks", "sections"),
    [
        (chain(), ends("08-30", buffer="9d")),  # that of the whole may be long
        (chain(buffer="1d", progress="100"), ends("08-30")),
        (chain(buffer="1d", cancelled="06-20"), ends("08-30")),
        (chain() | {"X": {"start": "07-01", "end": "07-02", "buffer": "1d"}}, ends("08-30")),  # it has slack
    ],
)
def test_what_may_be_so(tasks, sections):
    assert found(tasks, sections) == []


def test_the_buffer_of_the_whole_may_not_be_short():
    assert found(chain(), ends("08-30", buffer="2d")) == ["buffer-outside:campaign"]


# --- used up ---

LOG = {
    "07-02": {"progress": "50", "remaining": "4d"},  # to Monday the 8th
    "07-03": {"progress": "65", "remaining": "4d"},  # to Tuesday the 9th
    "07-05": {"progress": "80", "remaining": "3d"},  # to Wednesday the 10th
}
SLOW = chain(buffer="3d", actual={"start": "07-01"}, log=LOG)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("07-02", None),  # a day of three
        ("07-03", ("buffer-used:A", "remind", "07-03", "07-03", None, None)),
        ("07-05", ("buffer-used:A", "warn", "07-03", "07-05", None, None)),
        ("07-06", None),  # overdue: that is told instead
    ],
)
def test_a_buffer_is_used_up(as_of, expected):
    assert told(as_of, USED, tasks=SLOW, **ends("08-30")) == ([expected] if expected else [])


@pytest.mark.parametrize(
    "tasks",
    [
        chain(buffer="5d", actual={"start": "07-01"}, log=LOG),  # three of five
        chain(buffer="3d", actual={"start": "07-01", "end": "07-05"}, log=LOG),
        chain(buffer="3d", cancelled="07-04", log=LOG),
        SLOW | {"X": {"start": "07-01", "end": "08-16"}},  # there is time left
    ],
)
def test_a_buffer_that_does_its_work(tasks):
    assert told("07-05", USED, tasks=tasks, **ends("08-30")) == []


def test_one_delay_is_told_once():
    codes = USED | {"forecast-late", "task-behind"}
    assert [one[0] for one in told("07-05", codes, tasks=SLOW, **ends("08-30"))] == ["buffer-used:A"]


WHOLE = {"A": {"start": "07-01", "end": "07-05", "actual": {"start": "07-01"}, "log": LOG}}


def test_the_buffer_of_the_whole_is_used_up():
    near, far = ends("07-10", buffer="3d"), ends("07-09", buffer="3d")
    key = "buffer-used:campaign"
    assert told("07-02", USED, tasks=WHOLE, **near) == []
    assert told("07-03", USED, tasks=WHOLE, **near) == [(key, "remind", "07-03", "07-03", None, None)]
    assert told("07-05", USED, tasks=WHOLE, **near) == [(key, "warn", "07-03", "07-05", None, None)]
    # a day past the end is a reminder, a buffer that is gone more
    assert told("07-05", USED, tasks=WHOLE, **far) == [(key, "warn", "07-03", "07-05", None, None)]
    later = ends("07-08", buffer="3d")  # two days past it are as much
    assert told("07-05", USED, tasks=WHOLE, **later) == []


def test_days_are_counted_as_somebody_sees_who_looks_every_day():
    assert not_as_seen("06-28", "07-05", USED, tasks=SLOW, **ends("08-30")) == []
    assert not_as_seen("06-28", "07-12", USED, tasks=WHOLE, **ends("08-30", buffer="3d")) == []
    idle = chain(buffer="3d")
    assert not_as_seen("06-28", "07-05", USED, tasks=idle, **ends("08-30")) == []
