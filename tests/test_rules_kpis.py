"""Rules on indicators and goals: what is found on which day, since when, how far off.

July to September 2024 have 92 days, 1 July is a Monday; each expected figure is worked out beside it.
"""

import json

import pytest

from judged import judged, not_as_seen, read, told
from schedules import day

PACE = {"kpi-behind", "kpi-projected-miss", "kpi-missed"}
SALES = {"title": "线上销售额", "target": "500", "unit": "万元"}


def kpi(as_of: str, codes: set[str] = PACE, sections: dict | None = None, **entry: object) -> list[tuple]:
    return told(as_of, codes, kpis={"K": {**SALES, **entry}}, **(sections or {}))


# --- behind, on the way to a miss, missed ---

# wanted: 54.35 on 07-10, 108.70 on 07-20, 168.48 on 07-31, 250 on 08-15; a projection from the 19th day on
TOTAL = {"07-10": "30", "07-20": "108", "07-31": "130", "08-15": "200"}


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-09", None),
        ("07-10", ("kpi-behind:K", "remind", "07-10", "07-10", None, 39)),  # 95 - 55.2
        ("07-19", ("kpi-behind:K", "remind", "07-10", "07-10", None, 39)),
        ("07-20", None),  # 99.4 %
        ("07-31", ("kpi-projected-miss:K", "warn", "07-31", "07-31", None, 17)),  # 385.8 of 500: 77.2 %
        ("08-15", ("kpi-projected-miss:K", "warn", "07-31", "07-31", None, 15)),  # 400 of 500
        ("10-08", None),  # the due day is past, and its figure not in: nobody knows
    ],
)
def test_a_total_and_its_pace(as_of: str, found: tuple | None):
    assert kpi(as_of, readings=TOTAL) == ([found] if found else [])


def test_how_much_behind_is_the_plans_own_threshold():
    limits = {"thresholds": {"kpi_behind": "22"}}
    assert kpi("07-31", readings=TOTAL, sections=limits)[0][-1] == 0  # 77.2 of 78 points
    assert kpi("07-31", readings=TOTAL, sections={"thresholds": {"kpi_behind": "23"}}) == []


LEVELS = {
    # target ÷ actual: 96.2 % and 92.6 %
    "lower is better": ({"target": "25", "better": "lower"}, {"07-08": "26", "07-15": "27"}, "07-15", 2),
    "a rate": (
        {"target": "35", "unit": "%"},
        {"07-08": "33.25", "07-15": "31.5", "07-22": "28"},
        "07-15",
        15,
    ),
    "a level": ({"target": "2.5", "combine": "level"}, {"07-08": "2", "07-22": "2"}, "07-08", 15),
    # a period's own target: 270 of 330
    "a period's target": ({}, {"07-15": {"value": "270", "target": "330"}}, "07-15", 13),
}


@pytest.mark.parametrize("case", LEVELS)
def test_what_is_wanted_in_full_is_behind_as_soon_as_it_is_below(case: str):
    entry, readings, since, points = LEVELS[case]
    found = kpi("07-22", {"kpi-behind"}, **entry, readings=readings)
    assert found == [("kpi-behind:K", "remind", since, since, None, points)]


def test_a_rate_with_a_baseline_is_on_its_way_from_there():
    rate = {"target": "55", "baseline": "42", "unit": "%"}  # half of the way, 48.5, is wanted on 08-15
    assert kpi("08-15", **rate, readings={"08-15": "48"}) == []
    found = kpi("08-15", **rate, readings={"08-15": "44"})  # leads to 46, 83.6 % of 55
    assert found == [("kpi-projected-miss:K", "warn", "08-15", "08-15", None, 11)]
    level = kpi("08-15", **rate, combine="level", readings={"08-15": "48"})  # 87.3 %
    assert level == [("kpi-behind:K", "remind", "08-15", "08-15", None, 7)]


def test_what_the_periods_added_began_at_nothing_whatever_was_before():
    readings = {"07-31": "170"}  # 168.48 are wanted
    assert kpi("07-31", combine="sum", baseline="420", readings=readings) == []


@pytest.mark.parametrize(
    ("as_of", "readings", "found"),
    [
        ("07-31", {"07-31": "499"}, None),  # the day itself
        ("08-01", {"07-31": "499"}, ("08-01", 0)),
        ("08-01", {"07-31": "500"}, None),
        ("08-05", {"07-31": "490", "08-05": "490"}, ("08-01", 2)),
        ("08-05", {"07-31": "490", "08-05": "500"}, None),  # reached late, and reached
        ("08-05", {"07-29": "440", "08-05": "490"}, ("08-05", 2)),  # nobody knew before
        ("08-05", {"07-29": "470"}, None),  # 470 on the 29th of 31 days: the last figure is still to come
    ],
)
def test_missed_is_what_the_figure_of_the_due_day_or_later_says(
    as_of: str, readings: dict, found: tuple | None
):
    expected = [("kpi-missed:K", "warn", found[0], found[0], None, found[1])] if found else []
    assert kpi(as_of, due="07-31", readings=readings) == expected


def test_a_limit_is_missed_above_it():
    rate = {"title": "退货率", "unit": "%", "target": "5", "better": "lower", "due": "07-31"}
    assert kpi("08-01", **rate, readings={"07-31": "5"}) == []
    assert kpi("08-01", **rate, readings={"07-31": "6.25"})[0][::5] == ("kpi-missed:K", 20)  # 80 %


QUIET = {
    "before its own first day": (
        {"unit": "%", "target": "35", "start": "08-01", "readings": {"07-20": "20"}},
        {},
    ),
    "without any reading": ({}, {}),
    "of work that was called off": (
        {"task": "T", "readings": {"07-31": "130"}},
        {"tasks": {"T": {"end": "08-30", "cancelled": "07-31"}}},
    ),
    "taken up by the retrospective": (
        {"due": "07-31", "readings": {"07-31": "130"}},
        {"review": {"date": "07-31"}},
    ),
}


@pytest.mark.parametrize("case", QUIET)
def test_nobody_is_told_of_an_indicator(case: str):
    entry, sections = QUIET[case]
    assert kpi("08-01", PACE, sections, **entry) == []


def test_what_is_dated_later_is_unknown():
    later = {"review": {"date": "08-03"}, "tasks": {"T": {"end": "08-30", "cancelled": "08-02"}}}
    found = kpi("08-01", sections=later, task="T", start="07-01", due="07-31", readings={"07-31": "130"})
    assert [one[0] for one in found] == ["kpi-missed:K"]


def test_the_owner_of_the_goal_must_know():
    goals = {"G": {"title": "g", "owner": "zhao"}}
    [found] = judged(day("07-31"), PACE, goals=goals, kpis={"K": {**SALES, "goal": "G", "readings": TOTAL}})
    assert found.to == ("zhao",)


# --- cause, cadence ---


def test_the_cause_is_asked_for_since_the_first_reading_without_one():
    readings = {"07-10": {"value": "30", "cause": "缺货"}, "07-15": "40", "07-31": "130"}
    no_cause = {"kpi-behind-no-cause"}
    assert kpi("07-14", no_cause, readings=readings) == []
    found = kpi("07-31", no_cause, readings=readings)  # 77.2 %
    assert found == [("kpi-behind-no-cause:K", "warn", "07-15", "07-15", None, 17)]
    assert kpi("07-31", no_cause, readings=readings, cause="缺货") == []


@pytest.mark.parametrize(
    ("as_of", "entry", "found"),
    [
        ("07-15", {"readings": {"07-08": "60"}}, None),  # a week
        ("07-16", {"readings": {"07-08": "60"}}, ("07-16", 1)),
        ("07-20", {"readings": {"07-08": "60", "07-21": "80"}}, ("07-16", 5)),
        ("07-10", {}, ("07-09", 2)),  # a week from the first day
        ("07-03", {"cadence": "daily"}, ("07-03", 1)),
        ("07-20", {"due": "07-08", "readings": {"07-08": "60"}}, None),  # the last one is in
    ],
)
def test_a_reading_is_late_from_the_day_after_its_cadence(as_of: str, entry: dict, found: tuple | None):
    expected = [("kpi-stale:K", "remind", found[0], found[0], found[1], None)] if found else []
    assert kpi(as_of, {"kpi-stale"}, **entry) == expected


@pytest.mark.parametrize(
    "entry",
    [
        {
            "unit": "%",
            "target": "35",
            "readings": {"07-08": "34", "07-15": "33", "07-22": "36", "07-29": "30"},
        },
        {
            "due": "07-31",
            "readings": {"07-10": "150", "07-20": "300", "07-31": "490", "08-05": "495", "08-09": "500"},
        },
    ],
    ids=["a rate", "a total to its end"],
)
def test_since_is_the_first_day_on_which_it_is_seen(entry: dict):
    codes = {*PACE, "kpi-behind-no-cause", "kpi-stale"}
    assert not_as_seen("07-01", "08-20", codes, kpis={"K": {**SALES, **entry}}) == []


# --- computed ---

TASKS = {
    "T1": {"end": "07-05", "actual": {"end": "07-04"}},
    "T2": {"end": "07-08", "actual": {"end": "07-10"}},
    "T3": {"end": "07-09", "actual": {"end": "07-09"}},
    "T4": {"end": "07-12", "actual": {"end": "07-12"}},
    "T5": {"end": "07-14"},
    "T6": {"end": "07-02", "cancelled": "07-01"},
}
ON_TIME = {
    "title": "任务按时完成率",
    "kind": "process",
    "computed": "tasks-on-time",
    "unit": "%",
    "target": "70",
}
PROCESS = {"process-kpi-behind"}


@pytest.mark.parametrize(
    ("as_of", "entry", "actual"),
    [
        ("07-04", {}, None),  # none was due
        ("07-08", {}, "100"),
        ("07-09", {}, "66.67"),  # T2 is overdue, T3 done on its day
        ("07-12", {}, "75"),
        ("07-15", {}, "60"),
        ("07-15", {"unit": None, "target": "0.7"}, "0.6"),
        ("07-15", {"unit": "‰", "target": "700"}, "600"),
        ("07-15", {"readings": {"07-15": "99"}}, "60"),  # what is typed as well does not count
    ],
)
def test_the_share_of_tasks_on_time_is_computed(as_of: str, entry: dict, actual: str | None):
    state = read(day(as_of), tasks=TASKS, kpis={"K": {**ON_TIME, **entry}})[2].kpis["K"]
    assert (state.actual and f"{state.actual.normalize():f}", state.last) == (actual, actual and day(as_of))
    assert state.pace == state.achievement


@pytest.mark.parametrize(
    ("as_of", "since", "points"),
    [
        ("07-08", None, None),
        ("07-09", "07-09", 3),  # 2 of 3
        ("07-11", "07-09", 3),
        ("07-12", None, None),  # 3 of 4
        ("07-14", None, None),
        ("07-15", "07-15", 10),  # 3 of 5
        ("09-30", "07-15", 10),
    ],
)
def test_too_many_tasks_are_late(as_of: str, since: str | None, points: int | None):
    found = told(as_of, PROCESS, tasks=TASKS, kpis={"K": ON_TIME})
    assert found == ([("process-kpi-behind:K", "warn", since, since, None, points)] if since else [])


def test_a_computed_indicator_is_judged_by_its_own_rule_alone():
    codes = {*PACE, "kpi-behind-no-cause", "kpi-stale", "kpi-no-source"}
    assert told("07-15", codes, tasks=TASKS, kpis={"K": ON_TIME}) == []
    assert told("06-01", {*codes, *PROCESS}, tasks=TASKS, kpis={"K": ON_TIME}) == []
    assert told("10-02", PROCESS, tasks=TASKS, kpis={"K": ON_TIME}, review={"date": "09-30"}) == []


def test_since_too_many_tasks_are_late_is_what_each_day_shows():
    assert not_as_seen("07-01", "07-25", PROCESS, tasks=TASKS, kpis={"K": ON_TIME}) == []


def test_every_page_shows_what_is_computed(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(
        "mktexec: 1\n"
        "campaign: {title: t, period: {start: 2024-07-01, end: 2024-09-30}, language: en}\n"
        "tasks:\n"
        "  T1: {title: a, end: 2024-07-05, actual: {end: 2024-07-05}}\n"
        "  T2: {title: b, end: 2024-07-08, actual: {end: 2024-07-10}}\n"
        "  T3: {title: c, end: 2024-07-09, actual: {end: 2024-07-09}}\n"
        "kpis:\n"
        "  K: {title: On time, computed: tasks-on-time, unit: '%', target: 90, readings: {2024-07-09: 12}}\n",
        encoding="utf-8",
    )
    answer = json.loads(run("status", path, "--format", "json").out)
    assert (answer["kpis"][0]["actual"], answer["kpis"][0]["as_of"]) == (66.67, "2024-07-22")
    for command in (
        ("status", path),
        ("explain", "K", "--plan", path),
        ("render", "tracking-record", "--plan", path),
    ):
        result = run(*command)
        assert (result.code, "66.67%" in result.out) == (0, True), result.err
        assert "12%" not in result.out


# --- goals ---

MEASURES = {
    "itself": ({"goal": "G2"}, ["G4", "G5"]),
    "its part": ({"goal": "G3"}, ["G4", "G5"]),
    "the whole": ({"goal": "G1"}, ["G4"]),
    "its work": ({"task": "T"}, ["G4", "G5"]),
    "another": ({"goal": "G4"}, ["G1"]),  # said once, at the head of the family
    "a brother": ({"goal": "G5"}, ["G2", "G4"]),
    "nothing": ({}, ["G1", "G4"]),
}
GOALS = {
    "G1": {"title": "全年销售额2000万元"},
    "G2": {"title": "Q3销售额500万元", "parent": "G1"},
    "G3": {"title": "7月销售额160万元", "parent": "G2"},
    "G4": {"title": "新客占比35%"},
    "G5": {"title": "Q4销售额900万元", "parent": "G1"},
}


@pytest.mark.parametrize("case", MEASURES)
def test_a_goal_is_measured_by(case: str):
    entry, missing = MEASURES[case]
    plan = {"initiatives": {"I": {"title": "i", "goal": "G2"}}, "tasks": {"T": {"initiative": "I"}}}
    found = told("07-01", {"goal-no-kpi"}, goals=GOALS, kpis={"K": {**SALES, **entry}}, **plan)
    assert sorted(one[0] for one in found) == sorted(f"goal-no-kpi:{key}" for key in missing)


def test_a_vague_goal_has_worse_to_be_mended():
    found = told("07-01", {"goal-no-kpi", "goal-vague"}, goals={"G": {"title": "提升品牌知名度"}})
    assert [one[0] for one in found] == ["goal-vague:G"]


WORK = {
    "goals": {"G": {"title": "7月销售额160万元"}, "P": {"title": "直播销售额60万元", "parent": "G"}},
    "initiatives": {"I": {"title": "i", "goal": "G"}, "J": {"title": "j", "goal": "P"}},
}
LIVE = {"initiative": "I", "end": "07-26", "actual": {"end": "07-24"}}
# 28 of 31 days: 144.5 of 160 are wanted on 07-28, 134.2 on 07-26
SHORT = {
    "title": "销售额",
    "goal": "G",
    "target": "160",
    "due": "07-31",
    "readings": {"07-20": "103", "07-26": "110"},
}


def missed_goal(as_of: str, tasks: dict, **entry: object) -> list[tuple]:
    return told(as_of, {"goal-missed"}, **WORK, tasks=tasks, kpis={"K": {**SHORT, **entry}})


@pytest.mark.parametrize(
    ("as_of", "tasks", "entry", "since"),
    [
        ("07-27", {"A": LIVE}, {}, None),  # four days are left
        ("07-28", {"A": LIVE}, {}, "07-28"),
        ("07-30", {"A": {**LIVE, "actual": {"end": "07-30"}}}, {}, "07-30"),  # the work ended later
        ("07-29", {"A": {**LIVE, "actual": {"end": "07-30"}}}, {}, None),
        ("07-30", {"A": LIVE, "B": {"initiative": "J", "end": "08-09"}}, {}, None),  # a part's work is open
        ("07-30", {"A": LIVE, "B": {"initiative": "J", "cancelled": "07-29"}}, {}, "07-29"),
        ("07-30", {"A": {"initiative": "I", "cancelled": "07-01"}}, {}, None),  # nothing was done
        ("08-01", {"A": LIVE}, {"readings": {"07-31": "159"}}, "07-31"),
        ("08-01", {"A": LIVE}, {"readings": {"07-31": "160"}}, None),
        ("08-01", {"A": LIVE}, {"readings": {"08-01": "150"}}, "08-01"),
        ("08-01", {"A": LIVE}, {"goal": "P"}, None),  # no work of its own
    ],
)
def test_a_goal_is_missed_once_its_work_is_done_without_effect(
    as_of: str, tasks: dict, entry: dict, since: str
):
    found = missed_goal(as_of, tasks, **entry)
    assert found == ([("goal-missed:G", "warn", since, since, None, None)] if since else [])


def test_the_indicator_that_is_worst_off_speaks_for_its_goal():
    other = {**SHORT, "title": "新客数", "readings": {"07-26": "40"}, "owner": "li"}
    kpis = {"K": SHORT, "L": other, "M": {**SHORT, "readings": {"07-26": "150"}}}
    [found] = judged(day("07-28"), {"goal-missed"}, **WORK, tasks={"A": LIVE}, kpis=kpis)
    assert (found.params["kpi"], found.related, found.to) == ("新客数", (("kpis", "L"),), ("li",))


def test_since_a_goal_is_missed_is_what_each_day_shows():
    tasks = {"A": LIVE, "B": {"initiative": "J", "end": "08-09", "actual": {"end": "08-02"}}}
    for entry in ({}, {"readings": {"07-20": "60", "07-31": "150", "08-10": "160"}}):
        plan = {**WORK, "tasks": tasks, "kpis": {"K": {**SHORT, **entry}}}
        assert not_as_seen("07-01", "08-20", {"goal-missed"}, **plan) == []
