"""What is known of a task on a day, and what the work that is left makes of its end."""

import pytest

from mktexec.dates import Duration
from mktexec.schedule import known
from schedules import day, forecast, of, plan

STARTED = {"start": "07-01", "end": "07-05", "actual": {"start": "07-01"}}  # Monday to Friday
LI = {"li": {"days_off": ["07-04"]}}


def left(**by_day: str) -> dict[str, dict[str, str]]:
    """Return a log of ``d03="remaining 5d"`` or ``d03="progress 40"``."""
    return {f"07-{key[1:]}": dict([text.split()]) for key, text in by_day.items()}


REMAINING = {
    # five working days after Wednesday the 3rd: 4, 5, 8, 9, 10
    "it ends as many days later": ("07-03", left(d03="remaining 5d"), {}, "07-10"),
    "and it keeps to that while it may": ("07-08", left(d03="remaining 5d"), {}, "07-10"),
    "on its last day as well": ("07-10", left(d03="remaining 5d"), {}, "07-10"),
    # 11, 12, 15, 16, 17
    "once past it counts from today": ("07-11", left(d03="remaining 5d"), {}, "07-17"),
    # 15–19
    "counted from today it begins on a working day": ("07-13", left(d03="remaining 5d"), {}, "07-19"),
    "it may end before its planned end": ("07-02", left(d02="remaining 1d"), {}, "07-03"),
    "in weeks": ("07-03", left(d03="remaining 1w"), {}, "07-10"),
    # Thursday, Friday, Saturday: two working days
    "in calendar days": ("07-03", left(d03="remaining 3cd"), {}, "07-05"),
    "recorded on a Saturday it begins on Monday": ("07-06", left(d06="remaining 2d"), {}, "07-09"),
    "nothing left it ends on that day": ("07-03", left(d03="remaining 0d"), {}, "07-03"),
    "nothing left but not finished it ends today": ("07-09", left(d03="remaining 0d"), {}, "07-09"),
    # Thursday is off for li: 5, 8
    "in the owner's days": ("07-03", left(d03="remaining 2d"), {"owner": "li"}, "07-08"),
    # 5, 8, 9
    "a later remaining counts": ("07-04", left(d03="remaining 5d", d04="remaining 3d"), {}, "07-09"),
    "what is recorded later is not known": (
        "07-03",
        left(d03="remaining 5d", d04="remaining 1d"),
        {},
        "07-10",
    ),
    # 80 % of five on Thursday: the fifth day is left
    "a later progress outdates it": ("07-04", left(d03="remaining 5d", d04="progress 80"), {}, "07-05"),
    # 5, 8, 9
    "it outdates an earlier progress": ("07-04", left(d03="progress 80", d04="remaining 3d"), {}, "07-09"),
    # what the newest undated figure says counts from the last record, where the days left stand too
    "beside an undated progress it counts": ("07-03", left(d03="remaining 5d"), {"progress": "40"}, "07-10"),
    "finished it says nothing": (
        "07-05",
        left(d03="remaining 5d"),
        {"actual": {"start": "07-01", "end": "07-04"}},
        "07-04",
    ),
    "without an actual start work has begun": ("07-03", left(d03="remaining 5d"), {"actual": None}, "07-10"),
    # 4, 5, 8–12
    "calendar days as well": (
        "07-03",
        left(d03="remaining 7d"),
        {"end": None, "duration": "10cd"},
        "07-12",
    ),
    "before its planned start": (
        "07-03",
        left(d03="remaining 2d"),
        {"start": "07-15", "end": "07-19"},
        "07-05",
    ),
}


def task(log: dict, more: dict) -> dict:
    return {name: one for name, one in {**STARTED, "log": log, **more}.items() if one is not None}


@pytest.mark.parametrize("case", REMAINING)
def test_remaining_work(case: str):
    as_of, log, more, expected = REMAINING[case]
    found = forecast(of({"A": task(log, more)}, as_of, people=LI))["A"]
    assert found.split()[1] == expected


def test_what_follows_waits_for_the_work_that_is_left():
    tasks = {
        "A": task(left(d03="remaining 5d"), {}),
        "B": {"duration": "1d", "after": "A"},
        "C": {"duration": "1d", "after": "A FF +1d"},
    }
    found = forecast(of(tasks, "07-03"))
    assert (found["B"], found["C"]) == ("07-11 07-11", "07-11 07-11")


def test_it_does_not_end_before_what_it_ends_with():
    tasks = {"A": {"start": "07-01", "end": "07-09"}, "B": task(left(d03="remaining 1d"), {"after": "A FF"})}
    assert forecast(of(tasks, "07-03"))["B"] == "07-01 07-11"  # A, not begun, takes 3–5 and 8–11


REPEATED = {
    # 20 % on Tuesday leaves 2, 3, 4, 5; the same 20 % on Thursday would leave 4, 5, 8, 9
    "repeated it counts from its record": ("07-04", left(d02="progress 20"), "20", "07-05"),
    # three of five left on Thursday: 4, 5, 8
    "another figure counts from today": ("07-04", left(d02="progress 20"), "40", "07-08"),
    # the newest record is the 40 %: 20 % is news, if a bad one: 4, 5, 8, 9
    "an older figure repeated counts from today": (
        "07-04",
        left(d01="progress 20", d02="progress 40"),
        "20",
        "07-09",
    ),
    "without any record it counts from today": ("07-04", {}, "20", "07-09"),
    # nothing by Tuesday: 2–5 and 8
    "nothing repeated": ("07-04", left(d02="progress 0"), "0", "07-08"),
    # later records make the undated figure theirs: on the 2nd only 20 % is known
    "it is unknown before the last record": (
        "07-02",
        left(d02="progress 20", d03="progress 60"),
        "60",
        "07-05",
    ),
}


@pytest.mark.parametrize("case", REPEATED)
def test_undated_progress(case: str):
    as_of, log, progress, expected = REPEATED[case]
    found = forecast(of({"A": task(log, {"progress": progress})}, as_of))["A"]
    assert found.split()[1] == expected


def state(as_of: str, log: dict, **more: object):
    return known(plan({"A": task(log, more)}).tasks["A"], day(as_of))


def test_what_is_left_is_known_with_its_day():
    record = state("07-05", left(d02="progress 20", d03="remaining 4d"))
    assert (record.remaining, record.recorded, record.started) == (Duration(4), day("07-03"), True)
    assert record.progress == pytest.approx(0.2)  # which the days left do not change


def test_an_outdated_remaining_is_forgotten():
    record = state("07-05", left(d02="remaining 4d", d03="progress 60"))
    assert (record.remaining, record.recorded) == (None, day("07-03"))
    assert record.progress == pytest.approx(0.6)


def test_on_the_same_day_the_days_left_are_the_closer_word():
    record = state("07-05", {"07-03": {"progress": "60", "remaining": "4d"}})
    assert (record.remaining, record.recorded) == (Duration(4), day("07-03"))


def test_what_is_left_after_today_is_unknown():
    record = state("07-02", left(d03="remaining 4d"), actual=None)
    assert (record.remaining, record.started) == (None, False)


def test_full_progress_ends_what_was_left():
    record = state("07-05", left(d02="remaining 4d", d03="progress 100"))
    assert (record.done, record.end, record.remaining) == (True, day("07-03"), None)


def test_an_undated_figure_that_repeats_the_newest_record_has_its_day():
    assert state("07-05", left(d02="progress 20"), progress="20").recorded == day("07-02")
    assert state("07-05", left(d02="progress 20"), progress="1/5").recorded == day("07-02")
    assert state("07-05", left(d02="progress 20"), progress="30").recorded is None


def test_a_repeated_end_is_the_day_on_which_it_was_first_recorded():
    record = state("07-12", left(d03="progress 100", d04="progress 100"), progress="100")
    assert (record.done, record.end) == (True, day("07-03"))
