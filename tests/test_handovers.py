"""Hand-overs between departments on hand-computed cases: who gives to whom, when, and the longest chain."""

from datetime import date

import pytest

from mktexec.model import Plan
from mktexec.schedule import schedule
from mktexec.schedule.handovers import HandOver, handovers, longest_chain
from mktexec.views.flow import flow

# July 2024 begins on a Monday: 1–5, 8–12, 15–19, 22–26 and 29–31 are weekdays.
PEOPLE = {
    "ann": {"name": "Ann", "department": "Marketing"},
    "amy": {"name": "Amy", "department": "Marketing"},
    "bob": {"name": "Bob", "department": "Design"},
    "cho": {"name": "Cho", "department": "Media"},
    "dan": {"name": "Dan"},
    "eve": {"role": "editor"},
    "dan2": {"name": "Dan"},
}
INITIATIVES = {
    "I1": {"title": "with a department", "department": "Sales", "owner": "ann"},
    "I2": {"title": "with an owner", "owner": "cho"},
    "I3": {"title": "with neither"},
}
WEEK = {"start": "2024-07-01", "end": "2024-07-05"}
NEXT = {"start": "2024-07-08", "end": "2024-07-12"}


def plan(tasks: dict, **sections: object) -> Plan:
    campaign = {
        "title": "t",
        "calendar": "weekdays",
        "period": {"start": "2024-07-01", "end": "2024-09-30"},
    }
    entries = {key: {"title": f"title of {key}", **task} for key, task in tasks.items()}
    given = {"people": PEOPLE, "initiatives": INITIATIVES, "tasks": entries, **sections}
    return Plan.model_validate({"mktexec": "1", "campaign": campaign, **given})


def found(tasks: dict, as_of: str = "2024-06-03") -> list[HandOver]:
    made = plan(tasks)
    return handovers(made, schedule(made, date.fromisoformat(as_of)))


def units(giver: dict, receiver: dict) -> list[tuple[str, str]]:
    return [
        (one.from_unit, one.to_unit)
        for one in found({"A": WEEK | giver, "B": NEXT | receiver | {"after": "A"}})
    ]


WHO = {
    "two departments": ({"owner": "ann"}, {"owner": "bob"}, [("Marketing", "Design")]),
    "one department": ({"owner": "ann"}, {"owner": "amy"}, []),
    "one person": ({"owner": "dan"}, {"owner": "dan"}, []),
    "a person without a department is a unit of his own": (
        {"owner": "dan"},
        {"owner": "bob"},
        [("Dan", "Design")],
    ),
    "without a name the role": ({"owner": "ann"}, {"owner": "eve"}, [("Marketing", "editor")]),
    "two people of the same name": ({"owner": "dan"}, {"owner": "dan2"}, [("Dan", "Dan")]),
    "no owner, but the initiative's department": (
        {"owner": "ann"},
        {"initiative": "I1"},
        [("Marketing", "Sales")],
    ),
    "no owner, but the initiative's": ({"owner": "ann"}, {"initiative": "I2"}, [("Marketing", "Media")]),
    "the initiative's department does not stand for an owner's": (
        {"owner": "ann"},
        {"owner": "amy", "initiative": "I1"},
        [],
    ),
    "an initiative of nobody": ({"owner": "ann"}, {"initiative": "I3"}, []),
    "nobody receives": ({"owner": "ann"}, {}, []),
    "nobody gives": ({}, {"owner": "ann"}, []),
    "collaborators work alongside": (
        {"owner": "ann"},
        {"owner": "amy", "collaborators": ["Design", "bob"]},
        [],
    ),
}


@pytest.mark.parametrize("case", WHO)
def test_who_hands_over_to_whom(case):
    giver, receiver, expected = WHO[case]
    assert units(giver, receiver) == expected


def test_a_hand_over_is_on_the_planned_and_the_expected_end():
    # three of the five days are left on Friday the 5th, today among them: 5, 8, 9
    tasks = {
        "A": WEEK | {"owner": "ann", "progress": "40", "actual": {"start": "2024-07-01"}},
        "B": NEXT | {"owner": "bob", "after": "A"},
    }
    assert found(tasks, "2024-07-05") == [
        HandOver("A", "B", "Marketing", "Design", date(2024, 7, 5), date(2024, 7, 9), None)
    ]


def test_a_link_from_a_start_hands_over_on_the_start():
    done = {"actual": {"start": "2024-07-02"}}
    for kind in ("SS", "SF"):
        tasks = {"A": WEEK | {"owner": "ann"} | done, "B": NEXT | {"owner": "bob", "after": f"A {kind}"}}
        (one,) = found(tasks, "2024-07-03")
        assert (one.day, one.forecast, one.done) == (date(2024, 7, 1), date(2024, 7, 2), True)


def test_a_finished_task_has_handed_over_on_its_actual_end():
    tasks = {
        "A": WEEK | {"owner": "ann", "progress": "100", "actual": {"end": "2024-07-09"}},
        "B": {"owner": "bob", "after": "A", "duration": "2d"},
        "C": {"owner": "cho", "after": "B", "duration": "1d"},
    }
    first, second = found(tasks, "2024-07-10")
    assert (first.day, first.forecast, first.done) == (date(2024, 7, 5), date(2024, 7, 9), True)
    assert (second.giver, second.done) == ("B", False)


@pytest.mark.parametrize(
    ("giving", "receiving", "hours"),
    [(None, None, None), ("24h", None, 24), (None, "2d", 48), ("24h", "4h", 4), ("24h", "0h", 0)],
)
def test_the_receivers_response_time_counts_before_the_givers(giving, receiving, hours):
    agreed = {"A": giving, "B": receiving}
    tasks = {"A": WEEK | {"owner": "ann"}, "B": NEXT | {"owner": "bob", "after": "A"}}
    for key, value in agreed.items():
        tasks[key] |= {"response_time": value} if value else {}
    assert [one.response_time for one in found(tasks)] == [hours]


def test_a_cancelled_task_hands_nothing_over_from_then_on():
    for key in ("A", "B"):
        tasks = {"A": WEEK | {"owner": "ann"}, "B": NEXT | {"owner": "bob", "after": "A"}}
        tasks[key]["cancelled"] = "2024-07-03"
        assert len(found(tasks, "2024-07-02")) == 1
        assert found(tasks, "2024-07-03") == []


def test_hand_overs_come_by_day_and_each_once():
    tasks = {
        "C": NEXT | {"owner": "cho", "after": ["B", "A", "A"]},
        "B": {"owner": "bob", "start": "2024-07-01", "end": "2024-07-03"},
        "A": WEEK | {"owner": "ann"},
    }
    assert [(one.giver, one.receiver) for one in found(tasks)] == [("B", "C"), ("A", "C")]


def test_two_kinds_of_link_are_two_hand_overs():
    tasks = {"A": WEEK | {"owner": "ann"}, "B": NEXT | {"owner": "bob", "after": ["A", "A SS"]}}
    assert [one.day for one in found(tasks)] == [date(2024, 7, 1), date(2024, 7, 5)]


def test_tasks_that_wait_for_each_other_hand_nothing_over():
    tasks = {"A": {"owner": "ann", "after": "B"}, "B": {"owner": "bob", "after": "A"}}
    made = plan(tasks)
    looped = schedule(made, date(2024, 7, 1))
    assert handovers(made, looped) == []
    assert longest_chain(made, looped, []) == []
    assert flow(made, looped).boxes == ()


def chain(tasks: dict) -> list[str]:
    made = plan(tasks)
    dated = schedule(made, date(2024, 6, 3))
    return [f"{one.giver}{one.receiver}" for one in longest_chain(made, dated, handovers(made, dated))]


def test_the_longest_chain_counts_hand_overs_and_not_tasks():
    tasks = {
        "A": {"owner": "ann"},
        # four tasks of one department, one hand-over
        "B": {"owner": "amy", "after": "A"},
        "C": {"owner": "ann", "after": "B"},
        "D": {"owner": "amy", "after": "C"},
        "E": {"owner": "bob", "after": "D"},
        # two hand-overs, with work in between
        "F": {"owner": "bob", "after": "A"},
        "G": {"owner": "bob", "after": "F"},
        "H": {"owner": "cho", "after": "G"},
    }
    assert chain(tasks) == ["AF", "GH"]


def test_without_hand_overs_there_is_no_chain():
    assert chain({}) == []
    assert chain({"A": {"owner": "ann"}, "B": {"owner": "ann", "after": "A"}}) == []
