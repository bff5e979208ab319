"""What is kept of the work: log, evidence, retrospective and what was decided there.

The campaign of these plans ends on Friday, 12 July 2024.
"""

import pytest

from judged import judged, not_as_seen, told
from schedules import day

KEPT = {"log-missing", "evidence-missing"}
JULY = {"campaign": {"period": {"start": "07-01", "end": "07-12"}, "owner": "li"}}
DONE = {
    "start": "07-01",
    "end": "07-05",
    "deliverable": "直播录屏",
    "actual": {"start": "07-01", "end": "07-04"},
}
LOG = {"07-04": {"note": "场均观看6200人"}}


def kept(as_of: str, sections: dict | None = None, **task: object) -> list[tuple]:
    return told(as_of, KEPT, tasks={"T": {**DONE, **task}}, **JULY, **(sections or {}))


@pytest.mark.parametrize(
    ("as_of", "level", "raised"),
    [("07-04", "info", "07-04"), ("07-12", "info", "07-04"), ("07-13", "remind", "07-13")],
)
def test_what_is_missing_of_a_finished_task(as_of, level, raised):
    assert kept("07-03") == []
    assert kept(as_of) == [
        ("evidence-missing:T", level, "07-04", raised, None, None),
        ("log-missing:T", level, "07-04", raised, None, None),
    ]


def test_what_was_finished_after_the_end_is_a_reminder_at_once():
    late = {"actual": {"start": "07-01", "end": "07-15"}, "evidence": ["录屏.mp4"]}
    assert kept("07-15", **late) == [("log-missing:T", "remind", "07-15", "07-15", None, None)]


@pytest.mark.parametrize(
    "case",
    [
        ({}, {"log": LOG}),
        ({}, {"remark": "场均观看6200人"}),
        ({"log": {"07-03": [{"action": "彩排2次"}]}}, {}),
        ({"log": {"07-04": [{"action": "首播"}]}}, {}),
    ],
)
def test_what_counts_as_a_log(case):
    sections, task = case
    assert [one[0] for one in kept("07-08", sections, **task)] == ["evidence-missing:T"]


@pytest.mark.parametrize(
    "case",
    [
        ({"log": {"07-05": [{"action": "下一场"}]}}, {}),  # the day after
        ({"log": {"07-09": [{"action": "补记"}]}}, {"actual": {"start": "07-01", "end": "07-10"}}),
        ({}, {"log": {"07-09": {"note": "补记"}}}),
    ],
)
def test_looking_back_what_was_logged_later_is_unknown(case):
    sections, task = case
    known = [one[0] for one in kept("07-08", sections, **task)]
    assert known == ([] if "actual" in task else ["evidence-missing:T", "log-missing:T"])


@pytest.mark.parametrize(
    "task",
    [
        {"log": LOG, "deliverable": None},
        {"log": LOG, "evidence": ["录屏.mp4"]},
        {"milestone": "true", "start": "07-05", "actual": {"end": "07-04"}},
        {"cancelled": "07-03"},
    ],
)
def test_nothing_is_missing(task):
    assert kept("07-08", **task) == []


def test_evidence_names_what_was_delivered():
    tasks = {"T": {**DONE, "deliverable": None, "output": "脚本", "log": LOG}}
    (one,) = judged(day("07-08"), KEPT, tasks=tasks, **JULY)
    assert one.params["deliverable"] == "脚本"


# --- the retrospective ---

LATE = {"no-retrospective"}
KEY = "no-retrospective:campaign"


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-12", []),
        ("07-13", [(KEY, "remind", "07-13", "07-13", -6, None)]),
        ("07-19", [(KEY, "remind", "07-13", "07-13", 0, None)]),  # the seventh day
        ("07-20", [(KEY, "warn", "07-13", "07-20", 1, None)]),
    ],
)
def test_a_campaign_is_over_and_nobody_looks_back(as_of, found):
    assert told(as_of, LATE, **JULY) == found


def test_how_many_days_it_may_take_is_the_plans_own_threshold():
    assert told("07-13", LATE, **JULY, thresholds={"retrospective": "0"}) == [
        (KEY, "warn", "07-13", "07-13", 1, None)
    ]


@pytest.mark.parametrize(
    ("review", "missing"),
    [
        ({}, True),
        ({"date": "07-15", "by": "li"}, True),  # a day, and nothing said
        ({"date": "07-15", "highlights": ["老客复购40%"]}, False),
        ({"date": "07-18", "highlights": ["老客复购40%"]}, True),  # not yet
        ({"next": ["直播增加新客专属券"]}, False),
    ],
)
def test_a_retrospective_says_something(review, missing):
    assert bool(told("07-17", LATE, **JULY, review=review)) == missing


# --- what was decided ---

OPEN = {"improvement-not-taken-up"}
REVIEW = {"date": "07-15", "summary": "新客转化未达标"}


def decided(as_of: str, *steps: object, **review: object) -> list[tuple]:
    return told(as_of, OPEN, **JULY, review={**REVIEW, "next": list(steps), **review})


@pytest.mark.parametrize(
    ("as_of", "found"), [("07-31", []), ("08-01", [("08-01", 1)]), ("08-09", [("08-01", 9)])]
)
def test_an_improvement_past_its_day_without_a_task(as_of, found):
    step = {"action": "直播增加新客专属券", "due": "07-31"}
    key = "improvement-not-taken-up:review"
    assert decided(as_of, step) == [(key, "remind", since, since, days, None) for since, days in found]


def test_an_improvement_without_a_day_has_a_month():
    assert decided("08-14", "直播增加新客专属券") == []
    assert [one[2:5] for one in decided("08-15", "直播增加新客专属券")] == [("08-15", "08-15", None)]
    assert [one[2] for one in decided("08-30", "x", date=None)] == ["08-12"]  # 30 days after the campaign


def test_what_became_a_task_or_was_not_yet_said():
    assert decided("09-01", {"action": "x", "due": "07-31", "task": "T001"}) == []
    assert decided("08-10", {"action": "x", "due": "08-01"}, date="08-11") == []


def test_each_improvement_is_told_at_its_own_line():
    steps = [
        {"action": "a", "due": "07-31"},
        {"action": "b", "due": "09-30"},
        {"action": "c", "due": "07-20"},
    ]
    found = judged(day("08-01"), OPEN, **JULY, review={**REVIEW, "next": steps})
    assert [one.path for one in found] == [("review", "next", "0"), ("review", "next", "2")]


def test_days_are_counted_as_somebody_sees_who_looks_every_day():
    assert not_as_seen("06-28", "07-25", KEPT | LATE, tasks={"T": DONE}, **JULY) == []
    step = {"action": "x", "due": "07-31"}
    assert not_as_seen("07-13", "08-05", OPEN, **JULY, review={**REVIEW, "next": [step]}) == []
