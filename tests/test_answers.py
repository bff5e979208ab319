"""Acknowledgements: what they quiet, until when, and what brings a finding back."""

from datetime import date

import pytest

from mktexec.calendar import Workdays
from mktexec.findings import Finding, Level
from mktexec.model import Plan
from mktexec.rules.answers import Answered
from mktexec.rules.answers import answered as divided

HEAD = """\
mktexec: 1
campaign: {title: Sale, owner: li, language: en, period: {start: 2024-07-01, end: 2024-09-30}}
people:
  li: {name: Li Na}
  bob: {name: Bob}
tasks:
  T1:
    title: Record six product videos
    owner: bob
    end: 2024-07-19
    deliverable: six videos
"""
WRITTEN = """\
acknowledgements:
  ACK1:
    finding: task-late
    subject: T1
    by: bob
    date: 2024-07-21
    action: hire a cutter
    until: 2024-07-24
    level: warn
    days: 2
"""
DAY = date(2024, 7, 25)


def answered(found, plan, day) -> Answered:
    return divided(found, plan, day, Workdays("weekdays", 2024))


def plan(**answer: str) -> Plan:
    given = {"finding": "task-late", "by": "bob", "date": "2024-07-22", "action": "hire a cutter"} | answer
    return Plan.model_validate(
        {
            "mktexec": "1",
            "campaign": {
                "title": "Sale",
                "owner": "li",
                "period": {"start": "2024-07-01", "end": "2024-09-30"},
            },
            "people": {"bob": {"name": "Bob"}, "li": {"name": "Li Na"}},
            "tasks": {"T1": {"title": "Record six videos", "owner": "bob"}},
            "acknowledgements": {"A1": given},
        }
    )


def late(days: int = 2, level: Level = Level.WARN, points: int | None = None, raised: str = "2024-07-21"):
    day = date.fromisoformat(raised)
    return Finding("task-late", level, ("tasks", "T1", "end"), {}, days, points=points, since=day, raised=day)


@pytest.mark.parametrize(
    ("answer", "finding", "quiet"),
    [
        ({}, late(), True),
        ({"subject": "T1"}, late(), True),
        ({"subject": "T2"}, late(), False),
        ({"finding": "task-behind"}, late(), False),
        ({"date": "2024-07-26"}, late(), False),  # not given yet
        ({"until": "2024-07-25"}, late(), True),  # its last day is one of quiet
        ({"until": "2024-07-24"}, late(), False),
        ({"level": "warn"}, late(), True),
        ({"level": "remind"}, late(), False),
        ({"level": "escalate"}, late(), True),
        ({"days": "1"}, late(4), True),  # three days passed, and three days later it is
        ({"days": "1"}, late(5), False),
        ({"points": "12"}, late(points=12), True),
        ({"points": "12"}, late(points=13), False),
        ({}, late(level=Level.ERROR), False),
    ],
)
def test_what_an_answer_quiets(answer, finding, quiet):
    result = answered([finding], plan(**answer), DAY)
    assert result.quiet == ([finding] if quiet else [])
    assert (finding.code in [one.code for one in result.open]) is not quiet


@pytest.mark.parametrize(
    ("answer", "finding", "answer_by"),
    [
        ({"subject": "T2"}, late(raised="2024-07-24"), "2024-07-25"),
        ({"until": "2024-07-23"}, late(), "2024-07-25"),  # over on the 24th, a day to answer
        (
            {"level": "warn", "until": "2024-07-30"},
            late(6, Level.ESCALATE, raised="2024-07-24"),
            "2024-07-25",
        ),
        ({"points": "12"}, late(points=13), "2024-07-26"),  # worse today, for all that is known
        ({"subject": "T2"}, late(1, Level.REMIND), None),
    ],
)
def test_the_clock_of_an_answer(answer, finding, answer_by):
    found = next(one for one in answered([finding], plan(**answer), DAY).open if one.code == "task-late")
    assert (found.answer_by.isoformat() if found.answer_by else None) == answer_by


def overdue(*findings: Finding, day: date = DAY, **answer: str) -> list[tuple]:
    found = answered(findings, plan(**({"subject": "T9"} | answer)), day).open
    return [
        (one.path, one.since, one.days, one.params["keys"]) for one in found if one.code == "response-overdue"
    ]


def test_one_finding_a_person_for_all_that_was_not_answered():
    two = Finding("kpi-missed", Level.WARN, ("tasks", "T1"), since=DAY, raised=date(2024, 7, 23))
    assert overdue(late(), two) == [
        (("people", "bob"), date(2024, 7, 24), 2, ["task-late:T1", "kpi-missed:T1"]),
    ]  # raised on a Sunday, seen on Monday the 22nd, to be answered by the 23rd


def test_within_a_day_nothing_is_overdue():
    assert overdue(late(raised="2024-07-24")) == []
    assert overdue(late(raised="2024-07-23")) == [
        (("people", "bob"), date(2024, 7, 25), 1, ["task-late:T1"]),
    ]


def test_an_overdue_answer_is_given_to_what_it_is_about():
    assert overdue(late(), finding="response-overdue", subject="bob") != []
    assert overdue(late(), finding="task-late", subject="T1") == []


def test_a_record_of_the_work_is_an_answer(run, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD, encoding="utf-8")
    codes = [
        line.split("[")[1] for line in run("warn", path, "--as-of=2024-07-24").out.splitlines() if "[" in line
    ]
    assert codes == ["task-late]", "response-overdue]"]
    path.write_text(HEAD + "    log: {2024-07-22: {problem: no studio}}\n", encoding="utf-8")
    codes = [
        line.split("[")[1] for line in run("warn", path, "--as-of=2024-07-24").out.splitlines() if "[" in line
    ]
    assert codes == ["task-late]"]


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def ack(run, tmp_path):
    (tmp_path / "plan.yaml").write_text(HEAD, encoding="utf-8")

    def call(what, *options, day="2024-07-21"):
        return run(
            "ack", what, "--by", "Bob", "--action", "hire a cutter", *options, f"--as-of={day}", cwd=tmp_path
        )

    return call


@pytest.mark.parametrize("what", ["task-late:T1", "task-late", "T1"])
def test_a_finding_is_named_in_full_or_by_its_part(ack, tmp_path, what):
    assert ack(what).code == 0
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == HEAD + WRITTEN


def test_an_answer_is_numbered_after_those_there_are(ack, run, tmp_path):
    ack("T1", "--until", "2024-07-22")
    ack("T1", "--until", "2024-07-30", day="2024-07-23")
    text = (tmp_path / "plan.yaml").read_text(encoding="utf-8")
    assert text.partition("  ACK2:\n")[2].splitlines()[-2:] == ["    level: escalate", "    days: 4"]
    result = run("warn", "--as-of=2024-07-30", cwd=tmp_path)
    assert (result.code, result.out, result.err) == (0, "", "1 answered, quiet\n")


@pytest.mark.parametrize(
    ("what", "options", "message"),
    [
        (
            "task-lat:T1",
            (),
            "mktexec: nothing is found that is called task-lat:T1\n  → did you mean task-late:T1?\n",
        ),
        ("nothing", (), "mktexec: nothing is found that is called nothing\n  → one of: task-late:T1\n"),
        ("T1", ("--until", "2024-07-20"), "mktexec: 2024-07-20 is past\n"),
        ("T1", ("--until", "soon"), "mktexec: 'soon' is not a day; write 2024-07-15\n"),
    ],
)
def test_what_cannot_be_answered_is_said(ack, tmp_path, what, options, message):
    result = ack(what, *options)
    assert (result.code, result.out, result.err) == (2, "", message)
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == HEAD
