"""Rules on money, resources, materials, risks, channels and tests: on which day, since when, how far off.

1 July 2024 is a Monday; the plan's limits are the defaults unless a case says otherwise.
"""

import pytest

from judged import judged, not_as_seen, told
from schedules import day

MONEY = {
    "budget-overrun",
    "budget-forecast-overrun",
    "reserve-drawn-no-note",
    "reserve-exceeded",
    "spend-unapproved",
}


def codes(found: list[tuple]) -> list[str]:
    return [one[0] for one in found]


# --- budget ---


def money(
    as_of: str, line: dict, tasks: dict | None = None, rules: set[str] = MONEY, **more: object
) -> list[tuple]:
    budget = {"total": "1000", "lines": {"B": {"item": "信息流", "planned": "100", **line}}, **more}
    return told(as_of, rules, budget=budget, tasks=tasks or {})


@pytest.mark.parametrize(
    ("as_of", "since", "points"),
    [
        ("07-11", None, None),
        ("07-12", None, None),  # 105: five per cent are allowed
        ("07-13", "07-13", 5),  # 110
        ("07-15", None, None),  # a refund: 104
        ("07-18", "07-17", 7),  # 106, 112
    ],
)
def test_an_overrun_holds_since_the_payment_that_crossed_the_limit(as_of: str, since: str, points: int):
    spent = {"07-10": "60", "07-12": "45", "07-13": "5", "07-15": "-6", "07-17": "2", "07-18": "6"}
    found = money(as_of, {"spent": spent})
    assert found == ([("budget-overrun:B", "warn", since, since, None, points)] if since else [])


def test_the_limit_is_the_plans_own_and_money_where_none_was_planned_is_over():
    spent = {"07-10": "110"}
    budget = {"lines": {"B": {"item": "x", "planned": "100", "spent": spent}}}
    assert told("07-10", MONEY, budget=budget, thresholds={"budget_overrun": "10"}) == []
    assert money("07-10", {"planned": "0", "spent": {"07-10": "1"}})[0][5] == 95


def test_the_whole_budget_is_over_since_the_day_of_all_payments_together():
    lines = {
        "A": {"item": "a", "planned": "600", "spent": {"07-05": "600"}},
        "B": {"item": "b", "planned": "300", "spent": {"07-12": "310"}},
    }
    budget = {"total": "1000", "reserve": "100", "lines": lines}
    exact = {**budget, "drawn": {"07-15": {"amount": "140", "note": "x"}}}  # 1,050 of 1,000
    assert told("07-20", {"budget-overrun"}, budget=exact) == []
    over = {
        **budget,
        "drawn": {"07-15": {"amount": "140", "note": "x"}, "07-17": {"amount": "20", "note": "y"}},
    }
    both = {"budget-overrun", "reserve-exceeded"}  # the reserve's part of it is not said again
    assert told("07-20", both, budget=over) == [("budget-overrun:budget", "warn", "07-17", "07-17", None, 2)]


def test_who_signs_the_budget_must_know_of_an_overrun():
    budget = {"lines": {"B": {"item": "x", "planned": "1", "spent": {"07-10": "9"}}}}
    signatures = {"A1": {"subject": "预算", "by": "fin"}, "A2": {"subject": "goals", "by": "boss"}}
    assert judged(day("07-10"), MONEY, budget=budget, approvals=signatures)[0].to == ("fin",)


WORK = {"start": "07-01", "end": "08-30", "actual": {"start": "07-01"}}
HALF = {**WORK, "log": {"07-12": {"progress": "30"}, "07-19": {"progress": "40"}}}
PAID = {"07-08": "25", "07-18": "20"}  # 45 at 40 %: 112.5 in the end


@pytest.mark.parametrize(
    ("as_of", "line", "task", "found"),
    [
        ("07-18", {}, HALF, None),  # the progress of the 12th knows of one payment
        ("07-19", {}, HALF, ("07-19", 7)),
        ("07-26", {}, HALF, ("07-19", 7)),
        (
            "07-26",
            {"spent": {**PAID, "07-25": "50"}},
            HALF,
            ("07-19", 7),
        ),  # for work that is not recorded yet
        ("07-26", {"spent": {**PAID, "07-25": "70"}}, HALF, None),  # over already, which is said
        ("07-19", {"spent": {"07-08": "25", "07-18": "17"}}, HALF, None),  # 105
        ("07-19", {"spent": {"07-08": "45"}}, HALF, None),  # a deposit
        ("07-19", {"type": "venue"}, HALF, None),
        ("07-19", {"type": "material"}, HALF, None),
        ("07-19", {"type": "promotion"}, HALF, ("07-19", 7)),
        ("07-19", {}, {**WORK, "log": {"07-19": {"progress": "19"}}}, None),  # too early to tell
        ("07-19", {}, {**WORK, "log": {"07-19": {"progress": "20"}}}, ("07-19", 120)),  # 225
        ("07-19", {}, {**WORK, "log": {"07-19": {"progress": "100"}}}, None),
        ("07-19", {}, {**HALF, "cancelled": "07-19"}, None),
        ("07-19", {}, {**WORK, "progress": "40"}, ("07-18", 7)),  # no day: it counts always
    ],
)
def test_money_that_goes_faster_than_the_work(as_of: str, line: dict, task: dict, found: tuple | None):
    shown = money(as_of, {"task": "T", "spent": PAID, **line}, {"T": task}, {"budget-forecast-overrun"})
    expected = [("budget-forecast-overrun:B", "warn", found[0], found[0], None, found[1])] if found else []
    assert shown == expected


def test_since_an_overrun_is_to_be_expected_is_what_each_day_shows():
    log = {"07-12": {"progress": "30"}, "07-19": {"progress": "40"}, "07-24": {"progress": "60"}}
    task = {**WORK, "log": {**log, "07-30": {"progress": "62"}}}
    line = {"item": "x", "planned": "100", "task": "T", "spent": {**PAID, "07-29": "22", "08-02": "60"}}
    found = {"budget": {"lines": {"B": line}}, "tasks": {"T": task}}
    assert not_as_seen("07-01", "08-10", MONEY, **found) == []


def test_the_reserve():
    drawn = {"07-10": "5", "07-12": {"amount": "2", "note": "备机"}, "07-15": "4", "07-16": "-3"}
    shown = [
        money(as_of, {}, drawn=drawn, reserve="10") for as_of in ("07-09", "07-10", "07-14", "07-15", "07-16")
    ]
    note = ("reserve-drawn-no-note:budget", "remind", "07-10", "07-10", None, None)
    over = ("reserve-exceeded:budget", "warn", "07-15", "07-15", None, 10)
    assert shown == [[], [note], [note], [note, over], [note]]
    assert codes(money("07-15", {}, drawn=drawn)) == [
        "reserve-drawn-no-note:budget"
    ]  # no reserve: check says so


NONE, OK, WAIT = {}, {"approval": "approved"}, {"approval": "pending"}
SIGNED = {"A": {"subject": "budget", "by": "fin", "decision": "approved", "date": "07-01"}}


@pytest.mark.parametrize(
    ("line", "other", "approvals", "since"),
    [
        (WAIT, NONE, {}, "07-10"),
        ({"approval": "rejected"}, NONE, {}, "07-10"),
        ({"approval": "arranged"}, NONE, {}, None),
        (NONE, OK, {}, "07-10"),
        (NONE, NONE, {}, None),  # nobody records approvals by line
        (NONE, OK, SIGNED, None),  # the budget was signed as a whole
        (WAIT, OK, SIGNED, "07-10"),
        (WAIT, OK, {"A": {"subject": "B", "by": "fin"}}, None),  # its own signature is judged by another rule
    ],
)
def test_money_is_spent_on_lines_that_are_approved(
    line: dict, other: dict, approvals: dict, since: str | None
):
    lines = {
        "B": {"item": "b", "planned": "100", "spent": {"07-10": "5", "07-12": "9"}, **line},
        "C": {"item": "c", "planned": "100", **other},
    }
    found = told("07-12", {"spend-unapproved"}, budget={"lines": lines}, approvals=approvals)
    assert found == ([("spend-unapproved:B", "warn", since, since, None, None)] if since else [])
    assert told("07-09", {"spend-unapproved"}, budget={"lines": lines}, approvals=approvals) == []


# --- resources ---

BOTH = {"resource-gap", "resource-unapproved"}
SEATS = {"title": "客服坐席", "needed": "20", "available": "16", "due": "07-26"}


def resource(as_of: str, entry: dict, **sections: object) -> list[tuple]:
    return told(as_of, BOTH, resources={"R": {"title": "r", **entry}}, **sections)


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-18", None),
        ("07-19", ("remind", "07-19", "07-19", -7)),
        ("07-25", ("remind", "07-19", "07-19", -1)),
        ("07-26", ("warn", "07-19", "07-26", 0)),
        ("09-30", ("warn", "07-19", "07-26", 66)),
        ("10-01", None),  # all is over
    ],
)
def test_a_gap_shortly_before_its_day(as_of: str, found: tuple | None):
    assert resource(as_of, SEATS) == ([("resource-gap:R", *found, None)] if found else [])


TASK = {"T": {"start": "07-22", "end": "07-31", "owner": "he"}}
NEEDS = {
    "a gap before its approval": ({**SEATS, "approval": "pending"}, "resource-gap:R"),
    "at hand, and not granted": (
        {**SEATS, "available": "20", "approval": "rejected"},
        "resource-unapproved:R",
    ),
    "at hand, nothing said of a grant": ({**SEATS, "available": "20"}, None),
    "how many are at hand is unknown": ({"needed": "20", "due": "07-26"}, None),
    "granted": ({"needed": "20", "due": "07-26", "approval": "arranged"}, None),
    "money not granted": ({"kind": "money", "due": "07-26", "approval": "pending"}, None),
    "money short": ({**SEATS, "kind": "money"}, "resource-gap:R"),
    "on its own day, not its task's": ({**SEATS, "due": "07-31", "task": "T"}, None),
    "on its task's first day": ({"needed": "2", "available": "1", "task": "T"}, "resource-gap:R"),
    "on no day": ({"needed": "2", "available": "1"}, None),
    "with a signature of its own": ({"due": "07-26", "approval": "pending"}, None),
}


@pytest.mark.parametrize("case", NEEDS)
def test_a_resource_that_is(case: str):
    entry, code = NEEDS[case]
    signed = {"A": {"subject": "R", "by": "boss"}} if "signature" in case else {}
    assert codes(resource("07-20", entry, tasks=TASK, approvals=signed)) == ([code] if code else [])


def test_a_grant_is_missed_where_others_have_one():
    others = {"R": {"title": "r", "due": "07-26"}, "S": {"title": "s", "approval": "approved"}}
    found = told("07-20", BOTH, resources=others)
    assert found == [("resource-unapproved:R", "remind", "07-19", "07-19", -6, None)]


@pytest.mark.parametrize(
    "record", [{"actual": {"end": "07-19"}}, {"cancelled": "07-19"}, {"progress": "100"}]
)
def test_nobody_needs_anything_for_work_that_is_over(record: dict):
    needed = {"needed": "2", "available": "1", "task": "T"}
    tasks = {"T": {**TASK["T"], **record}}
    material = {"M": {"title": "m", "delivery": "07-10", "task": "T"}}
    risk = {"K": {"title": "k", "trigger_date": "07-10", "task": "T"}}
    rules = {*BOTH, "material-late", "material-tight", "risk-unwatched"}
    found = told(
        "07-20", rules, resources={"R": {"title": "r", **needed}}, materials=material, risks=risk, tasks=tasks
    )
    assert found == []


def test_the_notice_is_the_plans_own_and_who_waits_must_know():
    limits = {"thresholds": {"resource_ahead": "2"}}
    entry = {"needed": "2", "available": "1", "task": "T"}
    assert resource("07-19", entry, tasks=TASK, **limits) == []
    plan = {"resources": {"R": {"title": "r", **entry}}, "tasks": TASK, **limits}
    [found] = judged(day("07-20"), BOTH, **plan)
    assert (found.since, found.to) == (day("07-20"), ("he",))


# --- materials ---

GIFTS = {"title": "伴手礼", "delivery": "07-12", "task": "T", "supplier": "S", "owner": "wu"}
SUPPLIERS = {"S": {"title": "厂", "owner": "lin"}}


def material(as_of: str, entry: dict, task: dict | None = None, **sections: object) -> list[tuple]:
    rules = {"material-late", "material-tight"}
    tasks = {"T": {**TASK["T"], **(task or {})}}
    return told(
        as_of, rules, materials={"M": {"title": "m", **entry}}, tasks=tasks, suppliers=SUPPLIERS, **sections
    )


@pytest.mark.parametrize(
    ("as_of", "late_in", "found"),
    [
        ("07-12", "calendar", None),  # Friday, the day itself
        ("07-13", "calendar", ("remind", "07-13", "07-13", 1)),
        ("07-14", "calendar", ("warn", "07-13", "07-14", 2)),
        ("07-15", "calendar", ("escalate", "07-13", "07-15", 3)),
        ("07-16", "calendar", ("escalate", "07-13", "07-15", 4)),
        ("07-17", "calendar", None),  # it came
        ("07-14", "working", None),
        ("07-15", "working", ("remind", "07-15", "07-15", 1)),
        ("07-16", "working", ("warn", "07-15", "07-16", 2)),
    ],
)
def test_material_that_is_late_climbs_the_ladder(as_of: str, late_in: str, found: tuple | None):
    shown = material(as_of, {**GIFTS, "delivered": "07-17"}, thresholds={"late_in": late_in})
    assert shown == ([("material-late:M", *found, None)] if found else [])


def test_who_waits_for_material_and_who_deals_with_its_supplier_must_know():
    [found] = judged(day("07-13"), {"material-late"}, materials={"M": GIFTS}, tasks=TASK, suppliers=SUPPLIERS)
    assert found.to == ("he", "lin")


AHEAD = {  # for a task from 07-22 to 07-31: there on 07-19
    "no day of delivery, three days ahead": ("07-19", {}, {}, None),
    "no day of delivery, two days ahead": ("07-20", {}, {}, -2),
    "no day of delivery, and it begins": ("07-22", {}, {}, 0),
    "no day of delivery, and it has begun": ("07-23", {}, {"actual": {"start": "07-22"}}, None),
    "it comes on the first day": ("07-20", {"delivery": "07-22"}, {}, -2),
    "it comes while the work goes on": ("07-20", {"delivery": "07-23"}, {}, None),
    "it comes after the work": ("07-20", {"delivery": "08-01"}, {}, -2),
    "it is there": ("07-20", {"delivered": "07-20"}, {}, None),
    "it will be there": ("07-20", {"delivered": "07-21"}, {}, -2),
    "the work's first day is unknown": ("07-20", {}, {"start": None}, None),
}


@pytest.mark.parametrize("case", AHEAD)
def test_material_that_is_not_there_shortly_before(case: str):
    as_of, entry, task, days = AHEAD[case]
    expected = [] if days is None else [("material-tight:M", "remind", "07-20", "07-20", days, None)]
    assert material(as_of, {**entry, "task": "T"}, task) == expected


def test_material_is_said_to_be_late_once():
    assert codes(material("07-21", {"task": "T", "delivery": "07-20"})) == ["material-late:M"]


def test_the_days_ahead_are_the_plans_own():
    limits = {"thresholds": {"material_ahead": "5"}}
    assert material("07-17", {"task": "T"}, **limits) == []
    assert material("07-18", {"task": "T"}, **limits)[0][2] == "07-18"


@pytest.mark.parametrize(
    ("delivery", "more", "codes_found"),
    [
        ("07-19", {}, []),
        ("07-20", {}, ["material-planned-late:M"]),
        ("07-22", {}, ["material-planned-late:M"]),
        ("07-23", {}, []),  # while the task runs
        ("07-31", {}, []),
        ("08-01", {}, ["material-planned-late:M"]),
        ("07-20", {"delivered": "07-20"}, []),
        ("07-20", {"task": None}, []),
    ],
)
def test_a_delivery_planned_too_late(delivery: str, more: dict, codes_found: list[str]):
    entry = {"title": "m", "delivery": delivery, "task": "T", **more}
    assert codes(told("07-01", {"material-planned-late"}, materials={"M": entry}, tasks=TASK)) == codes_found


def test_what_is_missing_is_so_since_the_day_on_which_it_is_seen():
    plan = {
        "materials": {"M": GIFTS, "N": {"title": "n", "task": "T"}},
        "resources": {
            "R": {**SEATS, "approval": "pending"},
            "S": {"title": "s", "due": "08-01", "approval": "pending"},
        },
        "risks": {"K": {"title": "k", "trigger_date": "07-10", "activated": {"date": "07-15"}}},
        "experiments": {"E": {"title": "e", "end": "07-12", "decision": "keep", "decided": "07-20"}},
        "tasks": {"T": {**TASK["T"], "actual": {"end": "08-01"}}},
        "suppliers": SUPPLIERS,
    }
    rules = {*BOTH, "material-late", "material-tight", "risk-unwatched", "experiment-undecided"}
    assert not_as_seen("07-01", "08-10", rules, **plan) == []


# --- risks ---

RISKS = {
    "answered": ({"response": "改期", "owner": "zhou"}, None),
    "without a response": ({"owner": "zhou"}, "remind"),
    "without anybody": ({"response": "改期"}, "remind"),
    "likely": ({"likelihood": "high", "owner": "zhou"}, "warn"),
    "grave": ({"impact": "高", "likelihood": "low"}, "warn"),
    "closed": ({"impact": "high", "closed": "07-05"}, None),
    "dealt with": ({"impact": "high", "activated": {"date": "07-05"}}, None),
    "to work that was called off": ({"impact": "high", "task": "T"}, None),
}


@pytest.mark.parametrize("case", RISKS)
def test_a_risk_that_is(case: str):
    entry, level = RISKS[case]
    tasks = {"T": {"end": "07-31", "cancelled": "07-02"}}
    found = told("07-01", {"risk-no-response"}, risks={"K": {"title": "k", **entry}}, tasks=tasks)
    assert [one[1] for one in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("as_of", "entry", "days"),
    [
        ("07-18", {}, None),
        ("07-19", {}, 1),
        ("09-30", {}, 74),
        ("10-01", {}, None),
        ("07-20", {"closed": "07-21"}, 2),
        ("07-21", {"closed": "07-21"}, None),
        ("07-20", {"activated": {"date": "07-17"}}, None),
    ],
)
def test_a_trigger_is_looked_at_on_its_day(as_of: str, entry: dict, days: int | None):
    found = told(as_of, {"risk-unwatched"}, risks={"K": {"title": "k", "trigger_date": "07-18", **entry}})
    assert found == ([("risk-unwatched:K", "remind", "07-19", "07-19", days, None)] if days else [])


# --- channels, tests ---


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("07-05", None),  # 390 for none: less than ten conversions' worth
        (
            "07-06",
            ("07-06", 895),
        ),  # 400 for none is 400 at least for the first: 1,000 % of 40, and 105 are allowed
        ("07-08", None),  # 42 each: five per cent are allowed
        ("07-12", ("07-12", 1)),  # 42.5
        ("07-20", ("07-12", 20)),  # 50
        ("09-30", ("07-12", 20)),
        ("10-01", None),
    ],
)
def test_what_a_conversion_costs_to_date(as_of: str, found: tuple | None):
    readings = {
        "07-05": {"cost": "390", "conversions": "0"},
        "07-06": {"cost": "400", "conversions": "0"},
        "07-08": {"cost": "4200", "conversions": "100"},
        "07-12": {"cost": "8500", "conversions": "200"},
        "07-15": {"cost": "9000"},
        "07-20": {"cost": "15000", "conversions": "300"},
    }
    channels = {"C": {"title": "信息流", "cost_per_conversion": "40", "readings": readings}}
    shown = told(as_of, {"channel-cost"}, channels=channels)
    assert shown == ([("channel-cost:C", "warn", found[0], found[0], None, found[1])] if found else [])
    assert told(as_of, {"channel-cost"}, channels={"C": {"title": "c", "readings": readings}}) == []


@pytest.mark.parametrize(
    ("as_of", "entry", "found"),
    [
        ("07-12", {}, None),
        ("07-13", {}, ("remind", "07-13", 1)),
        ("07-14", {}, ("remind", "07-13", 2)),
        ("07-15", {}, ("warn", "07-15", 3)),
        ("07-15", {"decision": "keep"}, None),
        ("07-15", {"decision": "keep", "decided": "07-15"}, None),
        ("07-15", {"decision": "keep", "decided": "07-16"}, ("warn", "07-15", 3)),
        ("07-15", {"task": "T"}, None),  # called off
    ],
)
def test_a_test_leads_to_a_decision(as_of: str, entry: dict, found: tuple | None):
    tasks = {"T": {"end": "07-12", "cancelled": "07-10"}}
    test = {"title": "素材测试", "end": "07-12", **entry}
    shown = told(as_of, {"experiment-undecided"}, experiments={"E": test}, tasks=tasks)
    expected = [("experiment-undecided:E", found[0], "07-13", found[1], found[2], None)] if found else []
    assert shown == expected


def test_the_retrospective_ends_the_question():
    plan = {"experiments": {"E": {"title": "e", "end": "07-12"}}, "review": {"date": "09-30"}}
    assert len(told("09-29", {"experiment-undecided"}, **plan)) == 1
    assert told("09-30", {"experiment-undecided"}, **plan) == []
