"""Who has too much to do, on hand-computed cases, against a naive count, and on the screen."""

import json
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mktexec.columns import width
from mktexec.model import Plan
from mktexec.render import json_charts as to_json
from mktexec.render.load import load as lay_out
from mktexec.render.terminal import Screen, to_text
from mktexec.schedule import Schedule, schedule
from mktexec.schedule.demands import Unit
from mktexec.schedule.load import Load, UnitLoad, load
from mktexec.views.load import load_view

# July 2024 begins on a Monday: 1-5, 8-12, 15-19, 22-26 and 29-31 are weekdays.
PERIOD = {"start": "2024-07-01", "end": "2024-09-30"}
WEEK = {"start": "2024-07-01", "end": "2024-07-05"}
NEXT = {"start": "2024-07-08", "end": "2024-07-12"}
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def plan(tasks: dict, people: dict | None = None, **sections: Any) -> Plan:
    entries = {key: {"title": key, **task} for key, task in tasks.items()}
    campaign = {"title": "t", "calendar": "weekdays", "period": PERIOD, **sections.pop("campaign", {})}
    team = {"ann": {}} if people is None else people
    return Plan.model_validate(
        {"mktexec": "1", "campaign": campaign, "people": team, "tasks": entries, **sections}
    )


def of(tasks: dict, people: dict | None = None, as_of: str = "07-01", **sections: Any) -> Load:
    one = plan(tasks, people, **sections)
    return load(one, schedule(one, day(as_of)))


def days(one: UnitLoad) -> dict[str, str]:
    """Return the load of every loaded day, as text."""
    loaded = [date.fromordinal(number) for number in sorted(one.loads)]
    return {f"{when:%m-%d}": str(one.figure(when).load.normalize()) for when in loaded}


def person(found: Load, key: str = "ann") -> UnitLoad:
    return found.units[Unit("person", key)]


def over(found: Load) -> list[tuple[str, str, str, int, str, str]]:
    """Return the over-loads: who, from, to, days, load and capacity, tasks."""
    return [
        (
            one.unit.id,
            f"{one.first:%m-%d}",
            f"{one.last:%m-%d}",
            one.days,
            f"{one.load.normalize()}/{one.capacity.normalize()}",
            " ".join(one.tasks),
        )
        for one in found.over
    ]


# --- what a task takes of whom ---

LOADS: dict[str, tuple[dict, dict, dict[str, str]]] = {
    "the owner, full time, on working days": (
        {"A": {**WEEK, "end": "2024-07-08", "owner": "ann"}},
        {"ann": {}},
        {"07-01": "1", "07-02": "1", "07-03": "1", "07-04": "1", "07-05": "1", "07-08": "1"},
    ),
    "two tasks add up where they overlap": (
        {
            "A": {"start": "2024-07-01", "end": "2024-07-03", "owner": "ann"},
            "B": {"start": "2024-07-03", "end": "2024-07-04", "owner": "ann"},
        },
        {"ann": {}},
        {"07-01": "1", "07-02": "1", "07-03": "2", "07-04": "1"},
    ),
    "less the owner's own days off": (
        {"A": {**WEEK, "owner": "ann"}},
        {"ann": {"days_off": ["2024-07-02", "2024-07-06"]}},
        {"07-01": "1", "07-03": "1", "07-04": "1", "07-05": "1"},
    ),
    "needs name the owner's share": (
        {"A": {"start": "2024-07-01", "end": "2024-07-02", "owner": "ann", "needs": {"ann": "0.25"}}},
        {"ann": {}},
        {"07-01": "0.25", "07-02": "0.25"},
    ),
    "needs of nothing take nothing": (
        {"A": {**WEEK, "owner": "ann", "needs": {"ann": "0"}}, "B": {**WEEK, "needs": {"ann": "-1"}}},
        {"ann": {}},
        {},
    ),
    "needs name somebody else, on the owner's working days": (
        {"A": {"start": "2024-07-01", "end": "2024-07-03", "owner": "bob", "needs": {"ann": "0.5"}}},
        {"ann": {"days_off": ["2024-07-03"]}, "bob": {"days_off": ["2024-07-02"]}},
        {"07-01": "0.5", "07-03": "0.5"},
    ),
    "a task of nobody's takes what it needs on the campaign's working days": (
        {"A": {"start": "2024-07-05", "end": "2024-07-08", "needs": {"ann": "0.5"}}},
        {"ann": {}},
        {"07-05": "0.5", "07-08": "0.5"},
    ),
    "needs of other things leave the owner at full time": (
        {"A": {"start": "2024-07-01", "end": "2024-07-01", "owner": "ann", "needs": {"bob": "0.5"}}},
        {"ann": {}, "bob": {}},
        {"07-01": "1"},
    ),
    "a milestone takes nobody": (
        {"A": {"start": "2024-07-01", "milestone": "true", "owner": "ann"}},
        {"ann": {}},
        {},
    ),
    "a cancelled task takes nobody": (
        {"A": {**WEEK, "owner": "ann", "cancelled": "2024-07-01"}},
        {"ann": {}},
        {},
    ),
    "a task called off later still does": (
        {"A": {"start": "2024-07-01", "end": "2024-07-01", "owner": "ann", "cancelled": "2024-07-02"}},
        {"ann": {}},
        {"07-01": "1"},
    ),
    "a weekend event takes its days": (
        {"A": {"start": "2024-07-06", "end": "2024-07-07", "owner": "ann"}},
        {"ann": {}},
        {"07-06": "1", "07-07": "1"},
    ),
    # Mondays; ann owns it, and is loaded with what she needs for it only
    "a recurring task takes its days and what it needs": (
        {
            "A": {
                "start": "2024-07-01",
                "end": "2024-07-15",
                "owner": "ann",
                "repeats": "weekly",
                "needs": {"ann": "0.1"},
            }
        },
        {"ann": {}},
        {"07-01": "0.1", "07-08": "0.1", "07-15": "0.1"},
    ),
    "a recurring task without needs takes nobody": (
        {"A": {"start": "2024-07-01", "end": "2024-07-15", "owner": "ann", "repeats": "weekly"}},
        {"ann": {}},
        {},
    ),
}


@pytest.mark.parametrize("case", LOADS)
def test_what_a_task_takes_of_whom(case: str):
    tasks, people, expected = LOADS[case]
    assert days(person(of(tasks, people))) == expected


def test_a_finished_task_loads_nothing_after_its_end():
    done = {"start": "2024-07-01", "end": "2024-07-05", "owner": "ann", "progress": "100"}
    done["actual"] = {"start": "2024-07-01", "end": "2024-07-02"}
    assert days(person(of({"A": done}, as_of="07-03"))) == {"07-01": "1", "07-02": "1"}


def test_a_finished_recurring_task_loads_no_later_day():
    stand_up = {
        "start": "2024-07-01",
        "end": "2024-07-15",
        "repeats": "weekly",
        "needs": {"ann": "0.1"},
        "actual": {"start": "2024-07-01", "end": "2024-07-08"},
    }
    assert days(person(of({"A": stand_up}, as_of="07-10"))) == {"07-01": "0.1", "07-08": "0.1"}


def test_work_under_way_loads_until_its_forecast_end():
    # due on the 5th and not begun on the 8th: its five days are ahead
    found = person(of({"A": {**WEEK, "owner": "ann"}}, as_of="07-08"))
    assert days(found) == {"07-08": "1", "07-09": "1", "07-10": "1", "07-11": "1", "07-12": "1"}


def test_tasks_that_wait_for_each_other_load_nobody():
    found = of({"A": {**WEEK, "owner": "ann", "after": ["B"]}, "B": {**WEEK, "after": ["A"]}})
    assert (days(person(found)), found.over) == ({}, ())


# --- what people, departments and resources can give ---


def test_a_person_gives_the_capacity_on_own_working_days():
    found = person(of({}, {"ann": {"capacity": "0.5", "days_off": ["2024-07-02"]}}))
    given = {when: found.figure(day(when)).capacity for when in ("07-01", "07-02", "07-06")}
    assert given == {"07-01": Decimal("0.5"), "07-02": 0, "07-06": 0}
    assert [found.figure(day(when)).off for when in given] == [False, True, True]


def test_a_department_is_the_sum_of_its_people():
    people = {"ann": {"department": "D"}, "bob": {"department": "D", "capacity": "0.5"}, "cho": {}}
    tasks = {"A": {**WEEK, "owner": "ann"}, "B": {**WEEK, "owner": "cho"}}
    tasks["C"] = {"start": "2024-07-05", "end": "2024-07-05", "owner": "bob", "needs": {"bob": "0.25"}}
    found = of(tasks, people)
    whole = found.units[Unit("department", "D")]
    assert whole.figure(day("07-04"))[:2] == (1, Decimal("1.5"))
    assert whole.figure(day("07-05"))[:2] == (Decimal("1.25"), Decimal("1.5"))
    assert [unit.id for unit in found.units] == ["ann", "bob", "cho", "D"]  # cho belongs to none


def test_a_resource_gives_the_same_every_day():
    sections = {"resources": {"R": {"title": "r", "available": "2", "needed": "5"}, "unused": {"title": "u"}}}
    found = of({"A": {"start": "2024-07-05", "end": "2024-07-08", "needs": {"R": "1.5"}}}, **sections)
    resource = found.units[Unit("resource", "R")]
    assert days(resource) == {"07-05": "1.5", "07-08": "1.5"}
    assert [resource.figure(day(when)).capacity for when in ("07-05", "07-06")] == [2, 2]
    assert Unit("resource", "unused") not in found.units


def test_a_resource_of_unknown_number_is_not_judged():
    found = of({"A": {**WEEK, "needs": {"R": "99"}}}, resources={"R": {"title": "r"}})
    assert found.units[Unit("resource", "R")].figure(day("07-01")) == (99, None, False, False)
    assert found.over == ()


def test_a_weekend_event_is_judged_against_a_working_day():
    event = {"start": "2024-07-06", "end": "2024-07-07", "owner": "ann"}
    assert over(of({"A": event})) == []
    assert over(of({"A": event, "B": event})) == [("ann", "07-06", "07-07", 2, "2/1", "A B")]


# --- too much ---

OVER: dict[str, tuple[dict, dict, list]] = {
    "two tasks at once": (
        {"A": {**WEEK, "owner": "ann"}, "B": {**WEEK, "start": "2024-07-04", "owner": "ann"}},
        {"ann": {}},
        [("ann", "07-04", "07-05", 2, "2/1", "A B")],
    ),
    "full time for half a person": (
        {"A": {**WEEK, "owner": "ann"}},
        {"ann": {"capacity": "0.5"}},
        [("ann", "07-01", "07-05", 5, "1/0.5", "A")],
    ),
    "decimals that add up exactly are not too much": (
        {"A": {**WEEK, "needs": {"ann": "0.1"}}, "B": {**WEEK, "needs": {"ann": "0.2"}}},
        {"ann": {"capacity": "0.3"}},
        [],
    ),
    "the least bit more is": (
        {"A": {**WEEK, "needs": {"ann": "0.1"}}, "B": {**WEEK, "needs": {"ann": "0.200000000001"}}},
        {"ann": {"capacity": "0.3"}},
        [("ann", "07-01", "07-05", 5, "0.300000000001/0.3", "A B")],
    ),
    "needed on a day off": (
        {"A": {**WEEK, "needs": {"ann": "0.5"}}},
        {"ann": {"days_off": ["2024-07-03"]}},
        [("ann", "07-03", "07-03", 1, "0.5/0", "A")],
    ),
    "a weekend does not split it": (
        {
            "A": {**WEEK, "end": "2024-07-09", "owner": "ann"},
            "B": {**WEEK, "end": "2024-07-09", "owner": "ann"},
        },
        {"ann": {}},
        [("ann", "07-01", "07-09", 7, "2/1", "A B")],
    ),
    "nor do own days off": (
        {"A": {**WEEK, "owner": "ann"}, "B": {**WEEK, "owner": "ann"}},
        {"ann": {"days_off": ["2024-07-03"]}},
        [("ann", "07-01", "07-05", 4, "2/1", "A B")],
    ),
    "other tasks do": (
        {
            "A": {**WEEK, "owner": "ann"},
            "B": {"start": "2024-07-01", "end": "2024-07-02", "owner": "ann"},
            "C": {"start": "2024-07-02", "end": "2024-07-03", "owner": "ann"},
        },
        {"ann": {}},
        [
            ("ann", "07-01", "07-01", 1, "2/1", "A B"),
            ("ann", "07-02", "07-02", 1, "3/1", "A B C"),
            ("ann", "07-03", "07-03", 1, "2/1", "A C"),
        ],
    ),
    # the stand-up of Thursday makes its day the worst
    "a recurring task comes and goes": (
        {
            "A": {**WEEK, "owner": "ann"},
            "B": {**WEEK, "owner": "ann"},
            "S": {"start": "2024-07-04", "end": "2024-07-31", "repeats": "weekly", "needs": {"ann": "0.1"}},
        },
        {"ann": {}},
        [("ann", "07-01", "07-05", 5, "2.1/1", "A B S")],
    ),
    "a working day without too much splits it": (
        {
            "A": {**WEEK, "owner": "ann"},
            "S": {"start": "2024-07-01", "end": "2024-07-04", "repeats": "daily", "needs": {"ann": "0.1"}},
            "B": {"start": "2024-07-08", "end": "2024-07-08", "owner": "ann"},
        },
        {"ann": {}},
        [("ann", "07-01", "07-04", 4, "1.1/1", "A S")],
    ),
    "a department of one is its person": (
        {"A": {**WEEK, "owner": "ann"}, "B": {**WEEK, "owner": "ann"}},
        {"ann": {"department": "D"}},
        [("ann", "07-01", "07-05", 5, "2/1", "A B")],
    ),
    "a department may help out": (
        {"A": {**WEEK, "owner": "ann"}, "B": {**WEEK, "owner": "ann"}},
        {"ann": {"department": "D"}, "bob": {"department": "D"}},
        [("ann", "07-01", "07-05", 5, "2/1", "A B")],
    ),
    # tasks in the plan's order, whoever does them
    "or be at its end": (
        {
            "A": {**WEEK, "owner": "bob"},
            "B": {**WEEK, "owner": "ann"},
            "C": {"start": "2024-07-05", "end": "2024-07-05", "owner": "ann"},
        },
        {"ann": {"department": "D"}, "bob": {"department": "D"}},
        [("ann", "07-05", "07-05", 1, "2/1", "B C"), ("D", "07-05", "07-05", 1, "3/2", "A B C")],
    ),
    "sorted by day": (
        {"A": {**NEXT, "owner": "ann"}, "B": {**WEEK, "owner": "bob"}},
        {"ann": {"capacity": "0.5"}, "bob": {"capacity": "0.5"}},
        [("bob", "07-01", "07-05", 5, "1/0.5", "B"), ("ann", "07-08", "07-12", 5, "1/0.5", "A")],
    ),
}


@pytest.mark.parametrize("case", OVER)
def test_too_much(case: str):
    tasks, people, expected = OVER[case]
    assert over(of(tasks, people)) == expected


def test_a_resource_that_is_asked_for_twice():
    tasks = {"A": {**WEEK, "needs": {"R": "2"}}, "B": {**WEEK, "start": "2024-07-05", "needs": {"R": "1"}}}
    tasks["C"] = {**NEXT, "end": "2024-07-08", "needs": {"R": "3"}}
    found = of(tasks, {}, resources={"R": {"title": "r", "available": "2"}})
    assert over(found) == [
        ("R", "07-05", "07-05", 1, "3/2", "A B"),
        ("R", "07-08", "07-08", 1, "3/2", "C"),
    ]
    # from Friday to Monday with the same tasks is one entry, although the weekend could give it
    tasks = {"A": {**WEEK, "end": "2024-07-08", "start": "2024-07-05", "needs": {"R": "3"}}}
    found = of(tasks, {}, resources={"R": {"title": "r", "available": "2"}})
    assert over(found) == [("R", "07-05", "07-08", 2, "3/2", "A")]


def test_what_is_past_is_not_judged():
    begun = {**WEEK, "actual": {"start": "2024-07-01"}, "owner": "ann"}
    found = of({"A": begun, "B": begun}, as_of="07-03")
    assert days(person(found)) == dict.fromkeys(("07-01", "07-02", "07-03", "07-04", "07-05"), "2")
    assert over(found) == [("ann", "07-03", "07-05", 3, "2/1", "A B")]


def test_what_only_assumes_full_time_is_marked():
    stated = {**WEEK, "owner": "ann", "needs": {"ann": "0.5"}}
    bare = {**WEEK, "owner": "ann"}
    assert [one.assumed for one in of({"A": bare, "B": stated}).over] == [True]
    assert [one.assumed for one in of({"A": bare, "B": stated, "C": stated, "D": stated}).over] == [False]
    assert of({"A": bare, "B": stated}).assumed == {"A"}


def test_a_week_is_the_sum_of_its_days():
    tasks = {"A": {"start": "2024-07-03", "end": "2024-07-04", "owner": "ann"}}
    tasks["B"] = {"start": "2024-07-04", "end": "2024-07-04", "owner": "ann", "needs": {"ann": "0.5"}}
    found = person(of(tasks, {"ann": {"days_off": ["2024-07-01"]}}))
    week = found.week(day("07-07"))
    assert week == (Decimal("2.5"), 4, True, False)
    assert week.share == pytest.approx(0.625)
    assert found.peak(day("07-01"), 7) == day("07-04")
    assert found.peak(day("07-05")) is None
    assert found.week(day("07-08")) == (0, 5, False, False)


# --- against a naive count ---

FIRST = date(2024, 7, 1)
offsets = st.integers(0, 20)
shares = st.sampled_from(["0.1", "0.2", "0.25", "0.3", "0.5", "1", "1.5"])
drawn_tasks = st.lists(
    st.tuples(offsets, st.integers(0, 9), st.sampled_from(["ann", "bob", None]), st.integers(0, 7)),
    min_size=1,
    max_size=7,
)
drawn_needs = st.lists(st.dictionaries(st.sampled_from(["ann", "bob", "R"]), shares, max_size=2), min_size=7)
drawn_days = st.lists(offsets.map(lambda step: str(FIRST + step * DAY)), max_size=3, unique=True)


def drawn_plan(tasks: list, needs: list, off: list[str], capacity: str) -> Plan:
    entries = {}
    for number, (start, length, owner, kind) in enumerate(tasks):
        first = FIRST + start * DAY
        task: dict[str, Any] = {"start": str(first), "end": str(first + length * DAY), "needs": needs[number]}
        task |= {"owner": owner} if owner else {}
        task |= {1: {"repeats": "weekly"}, 2: {"cancelled": "2024-07-01"}}.get(kind, {})
        if kind == 3:
            task["actual"] = {"start": task["start"], "end": task["end"]}
        entries[f"T{number}"] = task
    people = {"ann": {"department": "D", "days_off": off}, "bob": {"department": "D", "capacity": capacity}}
    return plan(entries, people, resources={"R": {"title": "r", "available": "1"}})


def naive(one: Plan, dates: Schedule) -> dict[Unit, dict[date, list[tuple[str, Fraction]]]]:
    """Count day by day and task by task, as the rules are told."""
    found: Any = defaultdict(lambda: defaultdict(list))
    for key, task in one.tasks.items():
        span = dates.dates[key]
        if span.milestone or dates.records[key].cancelled:
            continue
        off = one.people[task.owner].days_off if task.owner else ()
        whole = [
            span.forecast_start + n * DAY for n in range((span.forecast_end - span.forecast_start).days + 1)
        ]
        loaded = [when for when in whole if when.weekday() < 5 and when not in off] or whole
        shares = {name: Fraction(amount) for name, amount in task.needs.items()}
        if task.repeats:
            done = dates.records[key].done
            loaded = [when for when in dates.occurrences[key] if when <= span.forecast_end or not done]
        elif task.owner:
            shares.setdefault(task.owner, Fraction(1))
        for name, share in shares.items():
            unit = Unit("person" if name in one.people else "resource", name)
            for when in loaded:
                found[unit][when].append((key, share))
                if unit.kind == "person":
                    found[Unit("department", "D")][when].append((key, share))
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn_tasks, drawn_needs, drawn_days, st.sampled_from(["0.3", "0.5", "1"]), offsets)
def test_the_same_as_a_naive_count(tasks: list, needs: list, off: list[str], capacity: str, step: int):
    one = drawn_plan(tasks, needs, off, capacity)
    dates = schedule(one, FIRST + step * DAY)
    found, expected = load(one, dates), naive(one, dates)
    reported = {
        (entry.unit, when)
        for entry in found.over
        for when in (entry.first + n * DAY for n in range((entry.last - entry.first).days + 1))
        if when.toordinal() in found.units[entry.unit].over
    }
    for unit, unit_load in found.units.items():
        sums = {when: sum(share for _, share in several) for when, several in expected[unit].items()}
        assert {
            date.fromordinal(number): Fraction(parts, unit_load.scale)
            for number, parts in unit_load.loads.items()
        } == sums
        given_ = {when: Fraction(unit_load.capacity(when.toordinal()), unit_load.scale) for when in sums}
        too_much = {when for when in sums if when >= dates.as_of and sums[when] > given_[when]}
        assert {when for which, when in reported if which == unit} == too_much
    for entry in found.over:
        on_some_day = {
            key
            for when, several in expected[entry.unit].items()
            if entry.first <= when <= entry.last
            for key, _ in several
        }
        assert set(entry.tasks) <= on_some_day
        assert entry.load > entry.capacity


# --- the screen ---

SHOWN: dict[str, Any] = {
    "people": {
        "ann": {"name": "Ann", "department": "Sales"},
        "bob": {"name": "小林", "department": "Sales", "capacity": "0.5"},
        "cho": {"role": "拍摄"},
    },
    "resources": {"R": {"title": "Van", "available": "1", "unit": "台"}, "X": {"title": "Studio"}},
    "tasks": {
        "A": {"start": "2024-07-03", "end": "2024-07-12", "owner": "ann", "needs": {"ann": "0.8", "X": "2"}},
        "B": {"start": "2024-07-08", "end": "2024-07-09", "owner": "ann", "needs": {"R": "1"}},
        "C": {"start": "2024-07-08", "end": "2024-07-12", "owner": "bob", "needs": {"bob": "0.2"}},
        "D": {"start": "2024-07-13", "end": "2024-07-14", "owner": "cho"},
    },
}
ENGLISH = """\
t: who has too much to do, as of 2024-07-02

Load by day
                 Jul 2024
                 1      8
                  ▼ 07-02
  Sales          ··▒▒▒  !!▒▒▒
    Ann          ··▒▒▒  !!▒▒▒
    小林         ·····  ░░░░░
  No department
    拍摄         ·····  ·····██
  Resources
    Van          ·····  ██···
    Studio       ··+++  +++++

  · free   ░ under 50%   ▒ up to 80%   █ up to 100%   ! too much
  2-9 times the capacity   + in use, of an unknown number   blank: off

Figures
  Who or what    Capacity  This week  Next week  Peak  Peak day    Days over
  Sales               1.5        32%        93%  133%  2024-07-08          2
    Ann                 1        48%       120%  180%  2024-07-08          2
    小林              0.5         0%        40%   40%  2024-07-08
  No department
    拍摄                1         0%        29%  100%  2024-07-13
  Resources
    Van              1 台         0%        29%  100%  2024-07-08
    Studio              –          –          –     2  2024-07-03

Over-loads  2
  Who or what  From        To             Load     Tasks
  Ann          2024-07-08  2024-07-09  1.8 / 1  *  A A, B B
  Sales        2024-07-08  2024-07-09  2 / 1.5  *  A A, B B, C C

Tasks without `needs` count as full time of their owner (here 2). `*` marks what
is too much for that reason only.
"""
CHINESE = """\
t：工作负荷，截至 2024-07-02

每日负荷
            2024年7月
            1      8
             v 07-02
  Sales     ..===  !!===
    Ann     ..===  !!===
    小林    .....  -----
  未填部门
    拍摄    .....  .....##
  资源
    Van     .....  ##...
    Studio  ..+++  +++++

  . 空闲   - 不足 50%   = 80% 以内   # 100% 以内   ! 超负荷   2-9 倍于产能
  + 使用中，现有数量未知   空白：休息

负荷一览
  人员/资源  产能  本周  下周  峰值  峰值日      超负荷天数
  Sales       1.5   32%   93%  133%  2024-07-08           2
    Ann         1   48%  120%  180%  2024-07-08           2
    小林      0.5    0%   40%   40%  2024-07-08
  未填部门
    拍摄        1    0%   29%  100%  2024-07-13
  资源
    Van      1 台    0%   29%  100%  2024-07-08
    Studio      –     –     –     2  2024-07-03

超负荷  2
  人员/资源  自          至             负荷     任务
  Ann        2024-07-08  2024-07-09  1.8 / 1  *  A A、B B
  Sales      2024-07-08  2024-07-09  2 / 1.5  *  A A、B B、C C

未填写 needs 的任务按负责人全职投入计算（共 2 项）；* 表示仅因此才超负荷。
"""


def shown(sections: dict, lang: Any, columns: int, as_of: str = "07-02", *, blocks: bool = True) -> str:
    sections = dict(sections)
    one = plan(sections.pop("tasks"), sections.pop("people", {}), **sections)
    view = load_view(one, schedule(one, day(as_of)), lang)
    return to_text(lay_out(view, lang, Screen(columns, colour=False, blocks=blocks)))


def test_the_screen_in_english():
    assert shown(SHOWN, "en", 80) == ENGLISH


def test_the_screen_in_chinese_without_blocks():
    assert shown(SHOWN, "zh", 80, blocks=False) == CHINESE


def crowd() -> dict[str, Any]:
    """Return a year's work of fifteen people with long names."""
    people = {
        f"p{n}": {"name": f"非常非常长的名字的同事{n}号 {'x' * n}", "department": f"部门{n % 4}"}
        for n in range(15)
    }
    tasks = {
        f"T{n}": {
            "title": "一个标题很长的任务 with words",
            "start": str(FIRST + 5 * n * DAY),
            "end": str(FIRST + (5 * n + 20) * DAY),
            "owner": f"p{n % 15}",
            "needs": {"R": "0.5", f"p{(n + 1) % 15}": "0.75"},
        }
        for n in range(70)
    }
    return {"people": people, "tasks": tasks, "resources": {"R": {"title": "车" * 40, "available": "1"}}}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_nothing_is_wider_than_the_screen(lang: str, columns: int):
    for blocks in (True, False):
        lines = shown(crowd(), lang, columns, blocks=blocks).splitlines()
        command = [line for line in lines if "mktexec schedule --load --format json" in line]
        assert len(command) == 1
        assert max(width(line) for line in lines if columns >= 80 or line not in command) <= columns


def strip_of(text: str) -> list[str]:
    """Return heading, months, numbers, mark and rows of the strip."""
    return text.split("\n\n")[1].splitlines()


def test_weeks_take_the_place_of_days_that_do_not_fit():
    # 2 July to 25 October: 118 days from the Monday on, 17 weeks
    tasks = {"A": {"start": "2024-07-02", "end": "2024-10-25", "owner": "ann"}}
    tasks["B"] = {"start": "2024-07-09", "end": "2024-07-09", "owner": "ann", "needs": {"ann": "0.1"}}
    one = {"tasks": tasks, "people": {"ann": {}}}
    assert strip_of(shown(one, "en", 80)) == [
        "Load by week",
        "            Jul 2024       Aug         Sep            Oct",
        "            1  8  15 22 29 5  12 19 26 2  9  16 23 30 7  14 21",
        "            ▼ 07-02",
        # four of five days, then all of them; one of the second week's is too much
        "  ann       ▒▒ !  ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██",
    ]
    assert strip_of(shown(one, "zh", 40))[1:3] == [
        "            7月  8月 9月  10月",
        "            1 15 5 19 9 23 14",
    ]
    assert strip_of(shown(one, "en", 200))[0] == "Load by day"


def test_weeks_that_do_not_fit_are_cut_and_it_says_so():
    tasks = {"A": {"start": "2024-07-01", "end": "2026-07-01", "owner": "ann"}}
    text = shown({"tasks": tasks, "people": {"ann": {}}}, "en", 80, "07-01")
    assert strip_of(text)[-1] == "  ann       " + "█" * 68
    assert "\n  shown until 2025-10-19; work goes on until 2026-07-01\n" in text


def test_a_digit_says_how_many_times_too_much():
    tasks = {f"T{n}": {**WEEK, "owner": "ann"} for n in range(12)}
    assert "  ann       99999\n" in shown({"tasks": tasks, "people": {"ann": {}}}, "en", 80, "07-01")
    three = {key: tasks[key] for key in ("T1", "T2", "T3")}
    assert "  ann       33333\n" in shown({"tasks": three, "people": {"ann": {}}}, "en", 80, "07-01")
    half = {"ann": {"capacity": "0.6"}}
    assert "  ann       !!!!!\n" in shown({"tasks": {"A": tasks["T1"]}, "people": half}, "en", 80, "07-01")


def test_a_department_of_one_is_one_line():
    people = {"ann": {"name": "Ann", "department": "Sales"}, "bob": {}}
    text = shown({"tasks": {"A": {**WEEK, "owner": "ann"}}, "people": people}, "en", 80, "07-01")
    assert "\n  Ann / Sales    █████\n  No department\n    bob          ·····\n" in text


def test_one_quiet_line_where_nothing_is_too_much():
    one = {"tasks": {"A": {**WEEK, "owner": "ann"}}, "people": {"ann": {}}}
    assert "\n\nNobody has too much to do.\n\n" in shown(one, "en", 80)
    assert "\n\n没有人员或资源超负荷。\n\n" in shown(one, "zh", 80)


def test_nothing_ahead():
    done = {**WEEK, "owner": "ann", "actual": {"start": "2024-07-01", "end": "2024-07-05"}}
    one = {"tasks": {"A": done}, "people": {"ann": {}}}
    title = "t: who has too much to do, as of 2024-08-01"
    assert shown(one, "en", 80, "08-01") == f"{title}\n\nNobody has work from this day on.\n"
    assert shown({"tasks": {"A": WEEK}}, "zh", 80).endswith("\n\n从这一天起，没有人有待做的工作。\n")


def test_plan_text_is_data():
    evil = "a[red]b\x1b[31mc\u202ed"
    one = {
        "tasks": {
            "A": {**WEEK, "title": evil, "owner": "ann"},
            "B": {**WEEK, "owner": "ann", "needs": {"R": "1"}},
        },
        "people": {"ann": {"name": evil, "department": evil}},
        "resources": {"R": {"title": evil, "available": "0", "unit": evil}},
    }
    text = shown(one, "en", 200)
    assert "a[red]b[31mcd" in text
    assert not {"\x1b", "\u202e"} & set(text)


# --- for machines ---


def test_the_figures_as_json():
    sections = dict(SHOWN)
    one = plan(sections.pop("tasks"), sections.pop("people"), **sections)
    told = json.loads(to_json.load(load_view(one, schedule(one, day("07-02")), "en")))
    assert (told["kind"], told["as_of"], told["schema_version"]) == ("load", "2024-07-02", 1)
    units = {unit["id"]: unit for unit in told["units"]}
    assert list(units) == ["Sales", "ann", "bob", "cho", "R", "X"]
    ann = units["ann"]
    assert {
        key: ann[key] for key in ("kind", "title", "department", "capacity", "peak_day", "days_over")
    } == {
        "kind": "person",
        "title": "Ann",
        "department": "Sales",
        "capacity": 1,
        "peak_day": "2024-07-08",
        "days_over": 2,
    }
    assert ann["weeks"][1] == {
        "first": "2024-07-08",
        "peak_day": "2024-07-08",
        "load": 6,
        "capacity": 5,
        "share": 1.2,
        "over": True,
    }
    assert ann["days"][0] == {"day": "2024-07-03", "load": 0.8, "capacity": 1, "share": 0.8, "over": False}
    assert (units["X"]["capacity"], units["X"]["days"][0]["share"], units["R"]["measure"]) == (
        None,
        None,
        "台",
    )
    assert told["over_loads"][0] == {
        "kind": "person",
        "id": "ann",
        "title": "Ann",
        "first": "2024-07-08",
        "last": "2024-07-09",
        "days": 2,
        "load": 1.8,
        "capacity": 1,
        "tasks": ["A", "B"],
        "assumed": True,
    }
