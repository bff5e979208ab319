"""The ladder of a late task over two weeks: reminded, warned, escalated, answered, back, overdue."""

from datetime import date, timedelta

import pytest

from conftest import GOLDEN, ROOT
from mktexec.findings import Level
from mktexec.model.support import Thresholds
from mktexec.rules.ladder import ladder
from mktexec.rules.people import recipients, responsible
from mktexec.session import open_session

PLAN = (GOLDEN / "plans" / "ladder.yaml").relative_to(ROOT)
FIRST, DAYS = date(2024, 7, 17), 14
# day: what warn finds, with the last day to answer it; as counted by hand from the head of the plan
OVER = "warn budget-overrun:B1"
WANTED = {
    "2024-07-17": ["remind task-due-soon:T003 -"],
    "2024-07-19": ["remind task-due-soon:T003 -", f"{OVER} 2024-07-22"],  # a Friday
    "2024-07-20": ["remind forecast-late:T003 -", f"{OVER} 2024-07-22"],  # nobody finishes it on a Saturday
    "2024-07-21": ["remind task-late:T003 -", f"{OVER} 2024-07-22"],
    "2024-07-22": [],  # two days late, warned of, and answered the same day, as is the money
    "2024-07-23": [],  # three days late, which was to be expected
    "2024-07-25": [f"{OVER} 2024-07-26"],  # worse than when it was answered
    "2024-07-26": ["escalate task-late:T003 2024-07-29", f"{OVER} 2024-07-26"],  # the answer's days are over
    "2024-07-27": [
        "escalate response-overdue:wu -",
        "escalate task-late:T003 2024-07-29",
        f"{OVER} 2024-07-26",
    ],
    "2024-07-29": [
        "escalate response-overdue:wu -",
        "escalate task-late:T003 2024-07-29",
        f"{OVER} 2024-07-26",
    ],
    "2024-07-30": [
        "escalate response-overdue:wu -",
        "escalate response-overdue:zhang -",
        "escalate task-late:T003 2024-07-29",
        f"{OVER} 2024-07-26",
    ],
}


def found(day: str) -> list[str]:
    session = open_session(ROOT / PLAN, day)
    return sorted(
        f"{one.level.key} {one.key} {one.answer_by or '-'}"
        for one in session.warned
        if one.level > Level.INFO and one.code != "record-stale"
    )


@pytest.mark.parametrize("day", WANTED)
def test_a_day_of_the_ladder(day):
    assert found(day) == WANTED[day]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_two_weeks_as_people_read_them(run, golden, lang):
    pages = []
    for day in (FIRST + timedelta(days=n) for n in range(DAYS)):
        result = run("warn", PLAN, f"--as-of={day}", "--lang", lang)
        pages.append(f"== {day:%a} {day}\n{result.out}{result.err}[exit {result.code}]\n")
    golden(f"{lang}/ladder.txt", "\n".join(pages))


def test_recipients_grow_with_the_level():
    session = open_session(ROOT / PLAN, "2024-07-24")
    plan = session.plan
    late = {
        day: next(one for one in open_session(ROOT / PLAN, day).warned if one.code == "task-late")
        for day in ("2024-07-21", "2024-07-26")
    }
    assert responsible(plan, ("tasks", "T003", "end")) == "zhang"
    assert recipients(plan, late["2024-07-21"]) == ("zhang",)
    assert recipients(plan, late["2024-07-26"]) == ("zhang", "wu", "li", "qian")


@pytest.mark.parametrize(
    ("late", "level", "raised"),
    [
        (0, None, None),
        (1, Level.REMIND, "2024-07-22"),
        (2, Level.WARN, "2024-07-23"),
        (3, Level.ESCALATE, "2024-07-24"),
        (9, Level.ESCALATE, "2024-07-24"),
    ],
)
def test_days_late_in_working_days_skip_the_weekend(late, level, raised):
    limits = Thresholds.model_validate({"late_in": "working"})
    work = open_session(ROOT / PLAN, "2024-07-24").schedule.workdays
    step = ladder(limits, date(2024, 7, 19), late, work)  # due on a Friday
    assert (step.level if step else None) == level
    assert (step.raised.isoformat() if step else None) == raised
    assert step is None or step.since == date(2024, 7, 22)
