"""How things stand on a day: lateness, progress, health, indicators, money, roll-ups."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mktexec.assess import Assessment, TaskState, assess, roll_up
from mktexec.assess.kpis import KpiState
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Known, Schedule, known, schedule

EXAMPLE = "plans/examples/q3-2024-launch"
# July 2024 begins on a Monday; 1 July to 30 September are 92 days.
PERIOD = {"start": "2024-07-01", "end": "2024-09-30"}
WEEK = {"start": "2024-07-01", "end": "2024-07-05"}
BEGUN = {**WEEK, "actual": {"start": "2024-07-01"}}


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def plan(calendar: str = "weekdays", **sections: Any) -> Plan:
    campaign = {"title": "t", "calendar": calendar, "period": PERIOD}
    for task in sections.get("tasks", {}).values():
        task.setdefault("title", "t")
    return Plan.model_validate({"mktexec": "1", "campaign": campaign, **sections})


def stand(as_of: str, **sections: Any) -> tuple[Schedule, Assessment]:
    one = plan(**sections)
    dates = schedule(one, day(as_of))
    return dates, assess(one, dates)


def task(as_of: str, entry: dict[str, Any], **sections: Any) -> TaskState:
    return stand(as_of, tasks={"A": dict(entry)}, **sections)[1].tasks["A"]


# --- planned progress ---


@pytest.mark.parametrize(
    ("as_of", "share"),
    [
        ("06-30", 0),
        ("07-01", 0.2),  # the day itself counts
        ("07-03", 0.6),
        ("07-04", 0.8),
        ("07-05", 1),
        ("07-20", 1),
    ],
)
def test_planned_progress_is_working_days_elapsed_of_those_planned(as_of: str, share: float):
    assert task(as_of, WEEK).planned_progress == pytest.approx(share)


@pytest.mark.parametrize(
    ("calendar", "start", "end", "as_of", "share"),
    [
        ("weekdays", "07-04", "07-10", "07-07", 0.4),  # Thursday and Friday of five
        ("everyday", "07-04", "07-13", "07-07", 0.4),  # four of ten
        ("CN", "09-30", "10-09", "10-06", 1 / 3),  # 30 September, 8 and 9 October; the 6th is a holiday
        ("CN", "10-08", "10-14", "10-12", 5 / 6),  # the Saturday is worked
        ("weekdays", "07-04", "07-07", "07-05", 1),  # Thursday to Sunday holds two working days
        ("weekdays", "07-06", "07-07", "07-06", 0),  # none: all or nothing
        ("weekdays", "07-06", "07-07", "07-07", 0),
        ("weekdays", "07-06", "07-07", "07-08", 1),
    ],
)
def test_days_off_do_not_elapse(calendar: str, start: str, end: str, as_of: str, share: float):
    entry = {"start": f"2024-{start}", "end": f"2024-{end}"}
    assert task(as_of, entry, calendar=calendar).planned_progress == pytest.approx(share)


def test_without_a_start_planned_progress_is_unknown_until_the_end_is_past():
    entry = {"end": "2024-07-20"}
    assert task("07-20", entry).planned_progress is None
    assert task("07-21", entry).planned_progress == 1
    assert task("07-19", {"start": "2024-07-01"}).planned_progress is None


def test_the_planned_progress_of_work_without_typed_days_follows_its_predecessors():
    _, state = stand("07-09", tasks={"A": dict(WEEK), "B": {"duration": "4d", "after": "A"}})
    assert state.tasks["B"].planned_progress == pytest.approx(0.5)  # 8 and 9 of 8 to 11


# --- days late ---

LATE = {
    "the guides' example": (
        {"end": "2024-07-20", "actual": {"end": "2024-07-25"}},
        "07-31",
        5,
        4,
    ),  # 22 to 25
    "done on the day": ({**WEEK, "actual": {"end": "2024-07-05"}}, "07-31", 0, 0),
    "done two days early": ({"end": "2024-07-10", "actual": {"end": "2024-07-08"}}, "07-31", -2, -2),
    "done before the weekend": ({"end": "2024-07-08", "actual": {"end": "2024-07-05"}}, "07-31", -3, -1),
    "done on the Saturday after": ({**WEEK, "actual": {"end": "2024-07-06"}}, "07-31", 1, 0),
    "the day it is done by the log": (
        {**WEEK, "log": {"2024-07-08": {"progress": "100"}}},
        "07-31",
        3,
        1,
    ),
    "the first day on which it was done by the log": (
        {**WEEK, "log": {"2024-07-08": {"progress": "100"}, "2024-07-15": {"progress": "100"}}},
        "07-31",
        3,
        1,
    ),
    "done again after a relapse": (
        {
            **WEEK,
            "log": {
                "2024-07-04": {"progress": "100"},
                "2024-07-08": {"progress": "90"},
                "2024-07-09": {"progress": "100"},
                "2024-07-10": {"note": "seen"},
            },
        },
        "07-31",
        4,
        2,
    ),
    "done on an unknown day": ({**WEEK, "progress": "100"}, "07-31", None, None),
    "unfinished on its last day": ({"end": "2024-07-05"}, "07-05", 0, 0),
    "unfinished since Friday, on Saturday": (BEGUN, "07-06", 1, 0),
    "unfinished since Friday, on Monday": (BEGUN, "07-08", 3, 1),
    "unfinished without a start": ({"end": "2024-07-20"}, "07-23", 3, 2),
    "unfinished however much is done": ({**BEGUN, "progress": "99"}, "07-08", 3, 1),
    "a milestone on its day": ({"start": "2024-07-05", "milestone": "true"}, "07-05", 0, 0),
    "not due yet": (WEEK, "06-28", 0, 0),
    # 60 % planned, 20 % done: 40 % of five days
    "behind within its week": ({**BEGUN, "progress": "20"}, "07-03", 2, 2),
    # half a day counts as one: 50 % of five days
    "behind by two days and a half": ({**BEGUN, "progress": "10"}, "07-03", 3, 3),
    # 50 % planned, 20 % done: 30 % of twelve days, and of ten working days
    "behind within two weeks": (
        {"start": "2024-07-01", "end": "2024-07-12", "progress": "20"},
        "07-05",
        4,
        3,
    ),
    "ahead within its week": ({**BEGUN, "progress": "80"}, "07-03", 0, 0),
    "within its week and nothing known": (BEGUN, "07-03", 0, 0),
    "without an end": ({"start": "2024-07-01"}, "07-23", None, None),
    "cancelled": ({**WEEK, "cancelled": "2024-07-03"}, "07-23", None, None),
    "cancelled later": ({**BEGUN, "cancelled": "2024-07-09"}, "07-08", 3, 1),
}


@pytest.mark.parametrize("case", LATE)
def test_days_late_in_calendar_days(case: str):
    entry, as_of, expected, _ = LATE[case]
    assert task(as_of, entry).days_late == expected


@pytest.mark.parametrize("case", LATE)
def test_days_late_in_working_days(case: str):
    entry, as_of, _, expected = LATE[case]
    assert task(as_of, entry, thresholds={"late_in": "working"}).days_late == expected


def test_behind_is_planned_less_actual_progress_and_never_negative():
    assert task("07-03", {**BEGUN, "progress": "20"}).behind == pytest.approx(0.4)
    assert task("07-03", {**BEGUN, "progress": "3/4"}).behind == 0
    assert task("07-03", BEGUN).behind is None


# --- looking back ---


def past(entry: dict[str, Any], as_of: str) -> Known:
    return known(plan(tasks={"A": dict(entry)}).tasks["A"], day(as_of))


LOGGED = {
    **WEEK,
    "progress": "90",
    "actual": {"start": "2024-07-02"},
    "log": {
        "2024-07-03": {"progress": "1/4"},
        "2024-07-04": {"problem": "设备故障"},
        "2024-07-05": {"progress": "60"},
        "2024-07-08": {"note": "复查"},
    },
}


@pytest.mark.parametrize(
    ("as_of", "progress", "recorded"),
    [
        ("07-01", 0, None),  # before the actual start
        ("07-02", None, None),  # begun, and no value yet
        ("07-03", 0.25, "07-03"),
        ("07-04", 0.25, "07-03"),
        ("07-07", 0.6, "07-05"),
        ("07-08", 0.9, None),  # the last dated record: the value without a day counts from here on
        ("07-31", 0.9, None),
    ],
)
def test_progress_on_a_day_in_the_past(as_of: str, progress: float | None, recorded: str | None):
    record = past(LOGGED, as_of)
    assert record.progress == progress
    assert record.recorded == (recorded and day(recorded))


def test_actual_days_and_records_are_not_known_before_they_happened():
    entry = {**WEEK, "actual": {"start": "2024-07-02", "end": "2024-07-09"}, "cancelled": "2024-07-20"}
    before, within, after = past(entry, "07-01"), past(entry, "07-08"), past(entry, "07-09")
    assert (before.start, before.end, before.started, before.last_record) == (None, None, False, None)
    assert (within.start, within.end, within.done, within.progress) == (day("07-02"), None, False, None)
    assert (after.end, after.done, after.progress, after.last_record) == (day("07-09"), True, 1, day("07-09"))
    assert [past(entry, text).cancelled for text in ("07-19", "07-20")] == [False, True]


def test_a_task_that_was_never_touched_stands_at_nothing():
    assert past(WEEK, "07-03") == Known(progress=0)


def test_progress_without_any_day_always_counts():
    assert past({**WEEK, "progress": "40"}, "06-01").progress == pytest.approx(0.4)


def test_the_end_alone_leaves_the_time_before_it_unknown():
    entry = {"end": "2024-07-20", "progress": "100", "actual": {"end": "2024-07-25"}}
    assert past(entry, "07-24").progress is None
    assert past(entry, "07-25").progress == 1


# --- health ---


@pytest.mark.parametrize(
    ("entry", "as_of", "health"),
    [
        ({**WEEK, "cancelled": "2024-07-03"}, "07-03", Health.CANCELLED),
        ({**BEGUN, "cancelled": "2024-07-04"}, "07-03", Health.ON_TRACK),
        ({**WEEK, "actual": {"end": "2024-07-09"}, "cancelled": "2024-07-10"}, "07-31", Health.CANCELLED),
        ({**WEEK, "actual": {"end": "2024-07-09"}}, "07-09", Health.DONE),  # late, and done
        ({**WEEK, "progress": "100"}, "07-03", Health.DONE),
        (WEEK, "06-30", Health.NOT_DUE),
        ({"end": "2024-07-05"}, "07-05", Health.NOT_DUE),
        ({"start": "2024-07-05", "milestone": "true"}, "07-04", Health.NOT_DUE),
        ({"start": "2024-07-05", "milestone": "true"}, "07-05", Health.ON_TRACK),  # it may still be reached
        ({**WEEK, "progress": "10"}, "06-28", Health.ON_TRACK),  # begun ahead of time
        (BEGUN, "07-05", Health.ON_TRACK),
        ({**BEGUN, "progress": "60"}, "07-03", Health.ON_TRACK),
        ({**BEGUN, "progress": "41"}, "07-03", Health.ON_TRACK),  # 19 points behind
        ({**BEGUN, "progress": "40"}, "07-03", Health.LAGGING),  # 20 points, and still to be done by Friday
        ({**BEGUN, "progress": "20"}, "07-03", Health.DELAYED),  # forecast for Monday
        (WEEK, "07-02", Health.DELAYED),  # not begun on the second day
        (BEGUN, "07-06", Health.DELAYED),  # past its end
        ({"end": "2024-07-05"}, "07-06", Health.DELAYED),
        ({"start": "2024-07-05", "milestone": "true"}, "07-06", Health.DELAYED),
        ({"duration": "3d"}, "07-01", Health.ON_TRACK),  # its first day is not over
        ({"duration": "3d"}, "07-02", Health.DELAYED),  # a day is lost
        ({}, "07-31", Health.NOT_DUE),  # nothing was promised
    ],
)
def test_health(entry: dict[str, Any], as_of: str, health: Health):
    assert task(as_of, entry).health is health


def test_the_limit_of_lagging_is_the_plans_own():
    entry = {**BEGUN, "progress": "41"}
    assert task("07-03", entry, thresholds={"behind": "19"}).health is Health.LAGGING
    assert task("07-03", {**BEGUN, "progress": "40"}, thresholds={"behind": "21"}).health is Health.ON_TRACK


def test_a_task_pushed_past_its_end_by_another_is_delayed():
    tasks = {"A": dict(WEEK), "B": {"start": "2024-07-08", "end": "2024-07-09", "after": "A"}}
    assert stand("07-03", tasks=tasks)[1].tasks["B"].health is Health.DELAYED


def test_a_weekend_event_is_not_delayed_while_the_weekend_lasts():
    entry = {"start": "2024-07-06", "end": "2024-07-07"}
    on = {text: task(text, entry).health for text in ("07-05", "07-06", "07-08")}
    assert on == {"07-05": Health.NOT_DUE, "07-06": Health.ON_TRACK, "07-08": Health.DELAYED}


# --- indicators ---


def kpi(as_of: str, **entry: Any) -> KpiState:
    return stand(as_of, kpis={"K": {"title": "k", **entry}})[1].kpis["K"]


SALES = {"target": "500", "unit": "万元"}
JULY = {"2024-07-31": "130"}


def test_achievement_and_variance_of_the_latest_reading():
    state = kpi("09-30", **SALES, readings=JULY | {"2024-09-30": "420"})
    assert (state.actual, state.last, state.variance) == (420, day("09-30"), -80)
    assert state.achievement == pytest.approx(0.84)
    assert state.projected == 420


def test_readings_of_what_each_period_added_are_summed():
    readings = JULY | {"2024-08-31": "140", "2024-09-30": "150.5"}
    state = kpi("09-30", **SALES, combine="sum", readings=readings)
    assert (state.actual, state.variance) == (Decimal("420.5"), Decimal("-79.5"))
    assert kpi("08-31", **SALES, combine="sum", readings=readings).actual == 270


@pytest.mark.parametrize(
    ("actual", "target", "expected"),
    [("50", "40", 0.8), ("32", "40", 1.25), ("0", "40", 1), ("0", "0", 1), ("5", "0", 0)],
)
def test_where_lower_is_better_achievement_is_target_over_actual(actual: str, target: str, expected: float):
    state = kpi("07-31", target=target, better="lower", readings={"2024-07-31": actual})
    assert state.achievement == pytest.approx(expected)


@pytest.mark.parametrize(("actual", "target"), [("5", "0"), ("-5", "-10")])
def test_nothing_is_achieved_of_a_target_that_is_not_positive(actual: str, target: str):
    assert kpi("07-31", target=target, readings={"2024-07-31": actual}).achievement is None


def test_variance_keeps_its_sign_where_lower_is_better():
    assert kpi("07-31", target="40", better="lower", readings={"2024-07-31": "50.5"}).variance == Decimal(
        "10.5"
    )


def test_the_pace_of_a_total_is_its_share_of_the_days():
    state = kpi("07-31", **SALES, readings=JULY)
    assert float(state.expected) == pytest.approx(500 * 31 / 92)
    assert state.pace == pytest.approx(130 / (500 * 31 / 92))
    assert float(state.projected) == pytest.approx(130 * 92 / 31)


def test_what_is_expected_goes_on_while_the_last_reading_keeps_its_pace():
    state = kpi("08-15", **SALES, readings=JULY)  # day 46 of 92
    assert state.expected == 250
    assert state.pace == pytest.approx(130 / (500 * 31 / 92))
    assert state.last == day("07-31")


def test_a_baseline_is_where_the_line_begins():
    state = kpi("08-15", target="120", baseline="100", readings={"2024-08-15": "104"})
    assert state.expected == 110
    assert state.projected == 108  # 4 in half the time
    assert state.achievement == pytest.approx(104 / 120)


def test_a_period_target_replaces_the_line_up_to_its_day():
    readings = JULY | {"2024-08-31": {"value": "270", "target": "330"}}
    on_the_day, later = (kpi(text, **SALES, readings=readings) for text in ("08-31", "09-15"))
    assert on_the_day.expected == 330
    assert on_the_day.pace == pytest.approx(270 / 330)
    assert later.expected == 415  # half of September on the way from 330 to 500
    assert later.pace == pytest.approx(270 / 330)


def test_period_targets_of_summed_readings_add_up():
    readings = {
        "2024-07-31": {"value": "130", "target": "160"},
        "2024-08-31": {"value": "140", "target": "200"},
    }
    state = kpi("09-15", **SALES, combine="sum", readings=readings)
    assert state.pace == pytest.approx(270 / 360)
    assert state.expected == 430  # 360, and half of the 140 that are left


def test_one_period_without_its_target_leaves_the_line():
    readings = {"2024-07-31": "130", "2024-08-15": {"value": "100", "target": "200"}}
    assert kpi("08-15", **SALES, combine="sum", readings=readings).expected == 250


@pytest.mark.parametrize(
    "entry",
    [
        {"target": "35", "unit": "%"},
        {"target": "35", "unit": "元", "combine": "level"},
        {"target": "35", "unit": "元", "better": "lower"},
    ],
)
def test_a_level_is_wanted_in_full_at_any_time_and_stays_where_it_is(entry: dict[str, str]):
    state = kpi("08-15", **entry, readings={"2024-07-31": "28"})
    assert (state.expected, state.projected) == (35, 28)


def test_a_total_of_which_less_is_better_is_still_a_total():
    # 62 complaints in 31 days, where 92 are the limit for 92 days
    state = kpi("07-31", target="92", better="lower", combine="sum", readings={"2024-07-31": "62"})
    assert (state.expected, state.pace) == (31, 0.5)
    assert state.projected == pytest.approx(184)


def test_an_indicator_has_its_own_first_day_and_due_day():
    state = kpi("08-10", target="310", start="2024-08-01", due="2024-08-31", readings={"2024-08-10": "50"})
    assert (state.start, state.due) == (day("08-01"), day("08-31"))
    assert state.expected == 100
    assert state.projected == 155
    assert kpi("09-15", target="310", due="2024-08-31").expected == 310


def test_readings_to_come_are_unknown():
    state = kpi("07-30", **SALES, readings=JULY)
    assert (state.actual, state.last, state.achievement, state.pace, state.projected) == (None,) * 5
    assert float(state.expected) == pytest.approx(500 * 30 / 92)
    assert kpi("06-15", **SALES, readings=JULY).expected is None  # nothing is wanted yet


def test_the_cause_is_that_of_the_reading_or_else_the_indicators():
    readings = {"2024-07-31": {"value": "1", "cause": "素材"}, "2024-08-31": "2"}
    assert kpi("07-31", **SALES, readings=readings, cause="渠道").cause == "素材"
    assert kpi("08-31", **SALES, readings=readings, cause="渠道").cause == "渠道"


# --- money ---

BUDGET = {
    "total": "520000",
    "reserve": "40000",
    "drawn": {"2024-08-10": "1500.50"},
    "lines": {
        "B1": {
            "item": "KOL",
            "planned": "150000",
            "spent": {"2024-07-20": "60000.10", "2024-08-20": "105000"},
        },
        "B2": {"item": "信息流", "planned": "300000", "spent": {"2024-07-31": {"amount": "110000.20"}}},
        "B3": {"item": "赠品", "planned": "0"},
    },
}


def money(as_of: str, budget: dict[str, Any]):
    return stand(as_of, budget=budget)[1].budget


def test_the_budget_on_a_day():
    state = money("07-31", BUDGET)
    assert (state.total, state.planned, state.reserve) == (520000, 450000, 40000)
    assert state.spent == Decimal("170000.30")
    assert state.remaining == Decimal("349999.70")
    assert state.drawn == 0
    assert state.reserve_share == pytest.approx(40 / 520)


def test_payments_to_come_are_unknown_and_drawing_on_the_reserve_is_spending():
    assert money("07-19", BUDGET).spent == 0
    assert money("07-20", BUDGET).spent == Decimal("60000.10")
    state = money("08-10", BUDGET)
    assert (state.drawn, state.spent) == (Decimal("1500.50"), Decimal("171500.80"))


def test_the_lines_of_the_budget():
    lines = money("08-31", BUDGET).lines
    first, second, third = lines.values()
    assert (first.planned, first.spent, first.remaining) == (
        150000,
        Decimal("165000.10"),
        Decimal("-15000.10"),
    )
    assert first.overrun == pytest.approx(0.1000007, abs=1e-7)
    assert (second.spent, second.overrun) == (Decimal("110000.20"), 0)
    assert [first.share, second.share, third.share] == pytest.approx([1 / 3, 2 / 3, 0])


def test_spending_where_nothing_was_planned_is_an_overrun():
    state = money("08-31", {"lines": {"B": {"item": "x", "planned": "0", "spent": {"2024-08-01": "1"}}}})
    assert (state.lines["B"].overrun, state.lines["B"].share) == (1, None)


def test_a_total_that_is_not_typed_is_lines_and_reserve():
    state = money("07-31", {"reserve": "5", "lines": {"B": {"item": "x", "planned": "95"}}})
    assert (state.total, state.reserve_share) == (100, 0.05)
    assert money("07-31", {"lines": {"B": {"item": "x", "planned": "95"}}}).reserve_share is None


def test_money_is_exact():
    payments = {f"2024-07-{number:02}": "0.1" for number in range(1, 31)}
    state = money("07-31", {"total": "3", "lines": {"B": {"item": "x", "planned": "3", "spent": payments}}})
    assert (state.spent, state.remaining) == (3, 0)
    # the largest amounts that a plan takes, thirty times over
    largest = dict.fromkeys(payments, "999999999999999.999999999999")
    state = money("07-31", {"lines": {"B": {"item": "x", "planned": "0", "spent": largest}}})
    assert str(state.spent) == "29999999999999999.999999999970"


def test_a_plan_without_a_budget_has_none():
    assert stand("07-31")[1].budget is None


# --- the whole ---


def done(planned: str, finished: str) -> dict[str, Any]:
    return {"end": f"2024-{planned}", "actual": {"end": f"2024-{finished}"}}


def test_on_time_is_finished_by_the_planned_end_of_all_that_were_due():
    tasks = {
        "T1": done("07-05", "07-05"),
        "T2": done("07-05", "07-04"),
        "T3": done("07-05", "07-08"),
        "T4": {"end": "2024-07-08"},  # due and not finished
        "T5": {"end": "2024-07-10"},  # due today: there is still time
        "T6": done("07-10", "07-09"),
        "T7": done("07-15", "07-09"),  # not due yet
        "T8": {"end": "2024-07-05", "cancelled": "2024-07-01"},
    }
    rates = {text: stand(text, tasks=tasks)[1].whole.on_time_rate for text in ("07-04", "07-10", "07-11")}
    # on the 10th three of five (T1, T2, T6 of T1–T4, T6), on the 11th T5 is due as well
    assert rates == {"07-04": None, "07-10": pytest.approx(3 / 5), "07-11": pytest.approx(3 / 6)}


MIXED = {
    "T1": {
        "start": "2024-07-01",
        "end": "2024-07-02",
        "actual": {"start": "2024-07-01", "end": "2024-07-02"},
    },
    "T2": {"start": "2024-07-01", "end": "2024-07-10", "progress": "25", "initiative": "I1"},
    "T3": {"start": "2024-07-05", "milestone": "true"},
    "T4": {"start": "2024-07-01", "end": "2024-08-30", "cancelled": "2024-07-02"},
}


def test_progress_of_a_group_is_weighted_by_planned_working_days():
    dates, state = stand("07-04", tasks={key: dict(entry) for key, entry in MIXED.items()})
    whole = state.whole
    # 2 days done, a quarter of 8 days, a milestone without weight, the cancelled left out
    assert whole.progress == pytest.approx((2 + 2) / 10)
    assert whole.planned_progress == pytest.approx((2 + 4) / 10)
    assert (whole.total, whole.active, whole.done) == (4, 3, 1)
    # a quarter done and half planned: six days from Thursday the 4th end on the 11th
    assert whole.counts == {Health.DONE: 1, Health.DELAYED: 1, Health.NOT_DUE: 1, Health.CANCELLED: 1}
    assert (whole.start, whole.end, whole.forecast_end) == (day("07-01"), day("07-10"), day("07-11"))
    part = roll_up(["T2"], state.tasks, dates)
    assert (part.progress, part.planned_progress, part.on_time_rate) == (0.25, 0.5, None)


def test_a_group_without_weight_has_no_progress():
    dates, state = stand("07-04", tasks={"M": {"start": "2024-07-05", "milestone": "true"}})
    assert state.whole.progress is None
    empty = roll_up([], state.tasks, dates)
    assert (empty.total, empty.progress, empty.on_time_rate, empty.end) == (0, None, None, None)


@pytest.mark.parametrize(
    ("as_of", "share"),
    [("06-30", 0), ("07-01", 1 / 66), ("07-31", 23 / 66), ("09-30", 1), ("12-31", 1)],
)
def test_time_used_is_counted_in_working_days(as_of: str, share: float):
    # July, August and September 2024 hold 23, 22 and 21 weekdays
    assert stand(as_of)[1].time_used == pytest.approx(share)


# --- the example ---


def status(run, as_of: str) -> dict[str, Any]:
    result = run("status", EXAMPLE, "--format", "json", "--as-of", as_of)
    assert result.code in {0, 1}
    return json.loads(result.out)


def test_the_example_at_its_end_is_the_tracking_record(run):
    answer = status(run, "2024-09-30")
    shares = {one["id"]: round(one["achievement"], 2) for one in answer["kpis"]}
    assert shares == {"K001": 0.84, "K002": 0.80, "K003": 0.75, "K004": 0.94}
    tasks = {one["id"]: (one["health"], one["days_late"]) for one in answer["tasks"]}
    assert tasks == {"T001": ("done", 5), "T002": ("done", -2), "T003": ("done", 5)}
    assert answer["on_time_rate"] == pytest.approx(1 / 3, abs=1e-4)
    # 20,000 + 30,000 + 22,000 + 110,000 + 95,000 + 80,000 + 60,000 + 75,000
    assert answer["budget"]["spent"] == 492000
    assert answer["budget"]["remaining"] == 68000


@pytest.mark.parametrize(
    ("as_of", "level", "days"),
    [
        ("2024-07-19", None, None),
        ("2024-07-20", None, None),  # the day itself
        ("2024-07-21", "remind", 1),
        ("2024-07-22", "warn", 2),
        ("2024-07-23", "escalate", 3),
        ("2024-07-24", "escalate", 4),
        ("2024-07-25", None, None),  # done
    ],
)
def test_the_example_escalates_day_by_day(run, as_of: str, level: str | None, days: int | None):
    result = run("warn", EXAMPLE, "--format", "json", "--as-of", as_of)
    hits = [
        (one["level"], one["days"])
        for one in json.loads(result.out)["findings"]
        if (one["code"], one["subject"]) == ("task-late", "T003")
    ]
    assert hits == ([(level, days)] if level else [])


def test_the_example_on_the_19th_has_nothing_late(run):
    tasks = {one["id"]: (one["health"], one["days_late"]) for one in status(run, "2024-07-19")["tasks"]}
    assert tasks == {"T001": ("on_track", 0), "T002": ("done", -2), "T003": ("not_due", 0)}
