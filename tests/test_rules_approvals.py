"""The rules on approvals, day by day: missing, given too late, given to something else."""

from datetime import date

import pytest

from mktexec.assess.approvals import content, digest
from mktexec.assess.differences import Change
from mktexec.i18n import Text
from mktexec.rules import RULES, Facts, run
from mktexec.session import Session
from test_approvals import PLAN, open_

__all__ = ["open_"]

PENDING = "A1: {subject: %s, by: li, role: 总监, decision: pending}"
STARTED = ("end: 2024-07-12}", "end: 2024-07-12, actual: {start: 2024-07-10}}")


def found(session: Session, changes: dict | None = None) -> list[tuple]:
    """Return the findings on approvals: code, subject, level, since, raised, days."""
    facts = Facts(session.plan, session.schedule, session.loaded.ids, session.assessment, changes or {})
    rules = [RULES[code] for code in ("work-before-approval", "approval-pending", "approval-outdated")]
    return [
        (one.code, one.subject, one.level.key, str(one.since), str(one.raised), one.days)
        for one in run(rules, facts)
    ]


def with_approval(*lines: str, of: tuple[str, str] = ("", "")) -> str:
    """Return the plan with approvals and one text replaced."""
    return PLAN.replace(*of) + "".join(f"  {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("subject", "start"),
    [
        ("goals", "2024-07-08"),  # of T003, the first of all
        ("schedule", "2024-07-08"),
        ("budget", "2024-07-12"),  # of T001, of the initiative that B1 pays for
        ("T001", "2024-07-12"),
        ("I1", "2024-07-12"),
        ("G1", "2024-07-12"),  # what its initiatives do
    ],
)
def test_an_approval_is_missed_from_three_days_before_the_work_on(open_, subject, start):
    text = with_approval(PENDING % subject)
    first = date.fromisoformat(start)

    def on(days: int) -> list[tuple]:
        return found(open_(text, str(date.fromordinal(first.toordinal() + days))))

    since, late = (str(date.fromordinal(first.toordinal() + days)) for days in (-3, 1))
    assert on(-4) == []
    assert on(-3) == [("approval-pending", "A1", "remind", since, since, -3)]
    assert on(0) == [("approval-pending", "A1", "remind", since, since, 0)]
    assert on(1) == [("approval-pending", "A1", "warn", since, late, 1)]
    assert on(9) == [("approval-pending", "A1", "warn", since, late, 9)]


def test_the_notice_is_the_plans(open_):
    text = with_approval(PENDING % "goals", "# end") + "thresholds: {due_soon: 0}\n"
    assert found(open_(text, "2024-07-07")) == []
    assert found(open_(text, "2024-07-08")) == [
        ("approval-pending", "A1", "remind", "2024-07-08", "2024-07-08", 0)
    ]


def test_a_departments_approval_is_of_what_it_takes_part_in(open_):
    line = "A1: {subject: schedule, by: wang, department: %s}"
    own = with_approval(line % "市场部", of=("collaborators: [wang, zhao], ", ""))
    helped = with_approval(line % "市场部")
    other = with_approval(line % "法务部")  # takes part in nothing that is written: all the work counts
    assert [row[3] for row in found(open_(own, "2024-07-11"))] == ["2024-07-09"]
    assert [row[3] for row in found(open_(helped, "2024-07-11"))] == ["2024-07-05"]
    assert [row[3] for row in found(open_(other, "2024-07-11"))] == ["2024-07-05"]


def test_work_that_began_before_its_approval_is_found_until_it_is_given(open_):
    given = "A1: {subject: goals, by: li, date: 2024-07-12, decision: approved}"
    text = with_approval(given, of=STARTED)
    work = ("work-before-approval", "A1", "warn", "2024-07-10", "2024-07-10", None)
    soon = ("approval-pending", "A1", "warn", "2024-07-05", "2024-07-09", 1)
    assert found(open_(text, "2024-07-09")) == [soon]  # neither is known yet
    assert found(open_(text, "2024-07-10")) == found(open_(text, "2024-07-11")) == [work]
    assert found(open_(text, "2024-07-12")) == []


def test_the_finding_names_the_work_and_tells_its_owners(open_):
    log = "end: 2024-07-19, log: {2024-07-13: {progress: 5}}}"
    text = with_approval(PENDING % "goals", of=STARTED).replace("end: 2024-07-19}", log)
    session = open_(text, "2024-07-15")
    facts = Facts(session.plan, session.schedule, session.loaded.ids, session.assessment)
    [one] = run([RULES["work-before-approval"]], facts)
    assert RULES[one.code].message.say("zh", one.params) == (
        "李娜 尚未批准目标，但 2024-07-10 起已开工：T003「选定3款主推品」、T001「撰写6条测评脚本」"
    )
    assert RULES[one.code].message.say("en", one.params) == (
        "李娜 has not approved the goals, yet work began on 2024-07-10: "
        "T003 '选定3款主推品', T001 '撰写6条测评脚本'"
    )
    assert one.to == ("li", "zhao")
    assert one.related == (("tasks", "T003"), ("tasks", "T001"))


def test_a_refused_approval_releases_no_work(open_):
    text = with_approval("A1: {subject: goals, by: li, date: 2024-07-04, decision: rejected}", of=STARTED)
    work = ("work-before-approval", "A1", "warn", "2024-07-10", "2024-07-10", None)
    assert found(open_(text, "2024-07-08")) == [
        ("approval-pending", "A1", "remind", "2024-07-05", "2024-07-05", 0)
    ]
    assert found(open_(text, "2024-07-15")) == [work]


@pytest.mark.parametrize(
    ("of", "since"),
    [
        (("planned: 60000", "planned: 60000, spent: {2024-07-11: 5000, 2024-07-13: 1}"), "2024-07-11"),
        (("reserve: 8000", "reserve: 8000\n  drawn: {2024-07-12: 900}"), "2024-07-12"),
    ],
)
def test_money_spent_before_the_budget_is_approved_is_found(open_, of, since):
    text = with_approval(PENDING % "budget", of=of)
    spent = ("work-before-approval", "A1", "warn", since, since, None)
    assert found(open_(text, "2024-07-14")) == [spent]
    soon = ("approval-pending", "A1", "remind", "2024-07-09", "2024-07-09", -2)
    assert found(open_(text, "2024-07-10")) == [soon]


@pytest.mark.parametrize(
    "of",
    [
        ("end: 2024-07-12}", "end: 2024-07-12, actual: {start: 2024-07-08}, cancelled: 2024-07-09}"),
        (
            "start: 2024-07-08, end: 2024-07-12}",
            "end: 2024-07-12, milestone: true, actual: {end: 2024-07-09}}",
        ),
    ],
)
def test_cancelled_work_and_milestones_need_no_approval(open_, of):
    text = with_approval(PENDING % "T003", of=of)
    assert found(open_(text, "2024-07-15")) == []


def test_what_was_finished_without_approval_is_found_too(open_):
    of = ("end: 2024-07-12}", "end: 2024-07-12, actual: {start: 2024-07-08, end: 2024-07-11}}")
    expected = ("work-before-approval", "A1", "warn", "2024-07-08", "2024-07-08", None)
    assert found(open_(with_approval(PENDING % "T003", of=of), "2024-07-15")) == [expected]


def test_progress_without_a_day_counts_from_the_planned_start(open_):
    text = with_approval(PENDING % "T003", of=("end: 2024-07-12}", "end: 2024-07-12, progress: 30}"))
    assert found(open_(text, "2024-07-04")) == []
    assert found(open_(text, "2024-07-09")) == [
        ("work-before-approval", "A1", "warn", "2024-07-08", "2024-07-08", None)
    ]


@pytest.mark.parametrize("subject", ["海报终稿", "R9", "li"])
def test_of_what_the_plan_does_not_hold_nothing_is_said(open_, subject):
    assert found(open_(with_approval(PENDING % subject, of=STARTED), "2024-07-15")) == []


def signed(open_, subject: str, of: tuple[str, str]) -> str:
    """Return the plan with a signature of 10 July, and one text replaced afterwards."""
    token = digest(content(open_(PLAN).plan, subject))
    return with_approval(
        f"A1: {{subject: {subject}, by: li, date: 2024-07-10, decision: approved, digest: {token}}}", of=of
    )


def test_what_was_changed_after_its_approval_is_outdated_from_the_day_of_the_change(open_):
    text = signed(open_, "goals", ("target: 2000, unit: 件, i", "target: 2500, unit: 件, i"))
    change = {"A1": Change((Text("G1.target 2,000 → 2,500", "G1.target 2,000 → 2,500"),), date(2024, 7, 15))}

    def outdated(day: str, known: dict) -> list[str]:
        return [
            row[3] for row in found(open_(text, day), known) if row[:3] == ("approval-outdated", "A1", "warn")
        ]

    assert outdated("2024-07-09", change) == []  # not yet signed
    assert outdated("2024-07-15", change) == outdated("2024-07-22", change) == ["2024-07-15"]
    assert outdated("2024-07-22", {}) == ["2024-07-22"]  # no commit tells
    assert outdated("2024-07-12", change) == ["2024-07-12"]  # never in the future


def test_what_was_changed_back_or_signed_by_hand_is_not_outdated(open_):
    back = signed(open_, "goals", ("mktexec: 1", "mktexec: 1 # back"))
    by_hand = with_approval("A1: {subject: goals, by: li, date: 2024-07-10, decision: approved}")
    later = with_approval("A1: {subject: goals, by: li, date: 2024-07-10, decision: approved, digest: v2-00}")
    for text in (back, by_hand, later):
        assert found(open_(text, "2024-07-22")) == []


def test_an_entry_that_is_gone_is_no_longer_what_was_approved(open_):
    text = signed(open_, "K1", ("  K1: {title: 销量, target: 2000, unit: 件, goal: G1, source: 后台}\n", ""))
    assert [row[0] for row in found(open_(text.replace("kpis:\n", ""), "2024-07-22"))] == [
        "approval-outdated"
    ]


def test_at_most_three_changes_are_named(open_):
    session = open_(signed(open_, "goals", ("target: 2000", "target: 2500")))
    change = Change(tuple(Text(f"G{n}.unit", f"G{n}.unit") for n in range(1, 6)))
    facts = Facts(session.plan, session.schedule, session.loaded.ids, session.assessment, {"A1": change})
    [one] = run([RULES["approval-outdated"]], facts)
    message = RULES[one.code].message
    assert message.say("en", one.params).endswith("changed since: G1.unit, G2.unit, G3.unit and 2 more")
    assert message.say("zh", one.params).endswith("G1.unit、G2.unit、G3.unit 等 5 项")
