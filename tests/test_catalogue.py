"""No rule of the domain is missing, and what each says of itself is whole."""

import re

import pytest

from mktexec.rules import RULES, When

# the rows of domain.md part 3, and what else must be warned of, with the rules that stand for each
ROWS = {
    "task behind plan → warning (> 2 days)": "task-behind-plan",
    "three levels by days behind": "task-late",
    "progress behind the share of time used": "task-behind",
    "deadline ahead": "task-due-soon",
    "budget overrun": "budget-overrun",
    "reserve missing or outside": "reserve-missing reserve-outside",
    "a raised warning is answered within 24 hours": "response-overdue",
    "buffer on critical tasks": "buffer-missing buffer-outside",
    "hand-over late": "handover-late",
    "material for a collaborating department": "material-tight material-planned-late",
    "record not updated within its cadence": "record-stale",
    "KPI data older than its cadence": "kpi-stale",
    "goal not measurable, without a deadline, or vague": "goal-not-measurable goal-no-deadline goal-vague",
    "task not at action level, without deliverable": "task-vague task-no-deliverable",
    "owner is a group or missing; more than one main owner": "owner-group owner-missing",
    "KPI without a data source": "kpi-no-source",
    "work started before its approval": "work-before-approval",
}
ALSO = {
    "forecast past the promised end": "forecast-late campaign-forecast-late",
    "milestone at risk": "milestone-at-risk",
    "hand-over without an agreed response time": "handover-no-response-time",
    "approval outdated, or still to be given": "approval-outdated approval-pending",
    "buffer used up": "buffer-used",
    "person over capacity": "over-capacity",
    "resource gap, request not approved near its day": "resource-gap resource-unapproved",
    "material not delivered": "material-late",
    "risk without response, past its trigger date": "risk-no-response risk-unwatched",
    "KPI behind its pace, projected to miss, missed, without a cause": (
        "kpi-behind kpi-projected-miss kpi-missed kpi-behind-no-cause"
    ),
    "computed process KPIs against their target": "process-kpi-behind",
    "budget lines + reserve ≠ total": "budget-sum",
    "forecast overrun": "budget-forecast-overrun",
    "reserve drawn without a note": "reserve-drawn-no-note",
    "spend without an approved line": "spend-unapproved",
    "channel cost per conversion above its target": "channel-cost",
    "experiment without decision after its end": "experiment-undecided",
    "execution log or evidence missing for finished tasks": "log-missing evidence-missing",
    "goal with no KPI": "goal-no-kpi",
    "goal whose work is done but whose KPI is missed": "goal-missed",
    "period over without a retrospective": "no-retrospective",
    "improvement not taken up": "improvement-not-taken-up",
}


@pytest.mark.parametrize("row", [*ROWS, *ALSO])
def test_a_row_has_its_rules(row):
    for code in (ROWS | ALSO)[row].split():
        rule = RULES[code]
        assert rule.check or rule.when is When.AFTER


@pytest.mark.parametrize("row", ROWS)
def test_a_rule_names_the_part_of_the_domain_that_it_comes_from(row):
    for code in ROWS[row].split():
        assert re.fullmatch(r"3: .+ \([A-E](, [A-E])*\)", RULES[code].source), code
