"""Rules on money as it is spent: ahead of the work, from the reserve, before its approval (domain.md 2.6)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from mktexec.assess.approvals import BUDGET, subject_of
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model.budget import BudgetLine
from mktexec.model.tasks import Task
from mktexec.model.terms import Approval, CostType
from mktexec.rules.budget import ZERO, approvers, crossed
from mktexec.rules.pace import points
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.schedule import known

LEAST_PROGRESS = 0.2
LEAST_PAYMENTS = 2  # a single one is a deposit, or the whole price ahead of the work
BOUGHT = (CostType.MATERIAL, CostType.VENUE)  # paid for at once, however far the work is
REFUSED = (Approval.PENDING, Approval.REJECTED)


class Outlook(NamedTuple):
    """What a line comes to if its task goes on costing what it cost so far."""

    progress: float
    paid: Decimal
    cost: Decimal


@rule(
    "budget-forecast-overrun",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{item}: {paid} for {progress} of the work makes about {cost}, planned {planned}",
        "{item}：完成 {progress} 已支出 {paid}，预计共需 {cost}，预算 {planned}",
    ),
    hint=T(
        "slow the spending, or move money to it while there is some: ask finance",
        "请控制支出节奏，或趁有余额与财务商定调整预算",
    ),
    why=T(
        "Seen while half the money is left an overrun can still be prevented.",
        "钱还没花完时发现，超支仍可避免。",
    ),
    source="3: budget overrun (A)",
)
def budget_forecast_overrun(facts: Facts) -> Iterator[Hit]:
    """A line whose money goes faster than the work that it pays for."""
    plan, state = facts.plan, facts.day.budget
    if plan.budget is None or state is None:
        return
    over = 1 + plan.thresholds.budget_overrun
    for key, line in plan.budget.lines.items():
        record = facts.schedule.records.get(line.task or "")
        if record is None or record.cancelled or record.done or len(line.spent) < LEAST_PAYMENTS:
            continue
        task, most = plan.tasks[line.task or ""], line.planned * over
        now = _outlook(line, task, facts.day.as_of)
        if now is None or not now.cost > most >= state.lines[key].spent:
            continue
        params = {
            "item": line.item,
            "paid": now.paid,
            "progress": percent(now.progress),
            "cost": round(now.cost, 0),
            "planned": line.planned,
        }
        yield Hit(
            ("budget", "lines", key, "spent"),
            params,
            related=(("tasks", line.task or ""),),
            points=points((now.cost - most) / line.planned) if line.planned > 0 else None,
            since=_outlook_since(line, task, most, facts.day.as_of),
            to=approvers(plan),
        )


def _outlook(line: BudgetLine, task: Task, day: date) -> Outlook | None:
    """Return what a line leads to as known on a day, None where its payments do not follow the work.

    Money spent since the progress was recorded paid for work that nobody recorded yet.
    """
    record = known(task, day)
    if line.type in BOUGHT or record.progress is None or not LEAST_PROGRESS <= record.progress < 1:
        return None
    until = min(record.recorded or day, day)
    paid = [one.amount for when, one in line.spent.items() if when <= until]
    if len(paid) < LEAST_PAYMENTS:
        return None
    whole = sum(paid, ZERO)
    return Outlook(record.progress, whole, whole / Decimal(str(record.progress)))


def _outlook_since(line: BudgetLine, task: Task, most: Decimal, as_of: date) -> date:
    """Return the first of the days on end up to the as-of day on which a line leads to more than ``most``."""
    days = {*line.spent, *task.log, *((task.actual.start, task.actual.end) if task.actual else ())}
    since = as_of
    for day in sorted((one for one in days if one and one <= as_of), reverse=True):
        then = _outlook(line, task, day)
        if then is None or then.cost <= most or crossed(line.spent.items(), most, day):
            break
        since = day
    return since


@rule(
    "reserve-drawn-no-note",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{amount} drawn from the reserve without saying what for: {days}",
        "动用备用金 {amount}，未写明用途：{days}",
    ),
    hint=T("write it as 'note:' beside the amount", "请在金额旁用 'note:' 写明用途"),
    why=T(
        "The reserve is for emergencies; at the close finance asks for which.",
        "备用金只用于应急，结算时财务要核对用途。",
    ),
    source="2.6: reserve for emergencies (A)",
)
def reserve_drawn_no_note(facts: Facts) -> Iterator[Hit]:
    """What is drawn from the reserve says what for."""
    budget = facts.plan.budget
    drawn = budget.drawn if budget else {}
    bare = sorted(day for day, one in drawn.items() if day <= facts.day.as_of and not one.note)
    if bare:
        amount = sum((drawn[day].amount for day in bare), ZERO)
        params = {"amount": amount, "days": bare}
        yield Hit(("budget", "drawn", bare[0].isoformat()), params, since=bare[0])


@rule(
    "reserve-exceeded",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{drawn} drawn from a reserve of {reserve}: {over} over",
        "备用金 {reserve}，已动用 {drawn}，超出 {over}",
    ),
    hint=T(
        "ask finance for more, or take it from lines that are not spent",
        "请向财务申请追加，或从尚未支出的预算项调剂",
    ),
    why=T("With the reserve gone, the next surprise stops the work.", "备用金用完后，再有意外就会停工。"),
    source="2.6: reserve for emergencies (A)",
)
def reserve_exceeded(facts: Facts) -> Iterator[Hit]:
    """No more is drawn from the reserve than it holds; a budget overrun as a whole says it already."""
    plan, state = facts.plan, facts.day.budget
    if plan.budget is None or state is None or not state.reserve or state.drawn <= state.reserve:
        return
    if state.spent <= state.total * (1 + plan.thresholds.budget_overrun):
        params = {"drawn": state.drawn, "reserve": state.reserve, "over": state.drawn - state.reserve}
        yield Hit(
            ("budget", "drawn"),
            params,
            points=points((state.drawn - state.reserve) / state.reserve),
            since=crossed(plan.budget.drawn.items(), state.reserve, facts.day.as_of),
            to=approvers(plan),
        )


@rule(
    "spend-unapproved",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{item}: {spent} spent since {since}, approval: {approval}",
        "{item}：{since} 起已支出 {spent}，审批状态：{approval}",
    ),
    hint=T(
        "pay nothing more before it is approved; then set 'approval: approved'",
        "获批前请暂停付款；获批后请更新 'approval: approved'",
    ),
    why=T("What finance did not approve it may not settle.", "财务未批准的支出，结算时可能无法报销。"),
    source="3: work started before its approval (A, C)",
)
def spend_unapproved(facts: Facts) -> Iterator[Hit]:
    """Money goes to lines that are approved; those with a signature of their own are judged by it."""
    plan, as_of = facts.plan, facts.day.as_of
    lines = plan.budget.lines if plan.budget else {}
    signed = {subject_of(one.subject) for one in plan.approvals.values()}
    each = any(line.approval for line in lines.values()) and BUDGET not in signed
    for key, line in lines.items():
        since = crossed(line.spent.items(), ZERO, as_of)
        if since is None or key in signed or not (line.approval in REFUSED or (each and not line.approval)):
            continue
        params = {
            "item": line.item,
            "spent": sum((one.amount for day, one in line.spent.items() if day <= as_of), ZERO),
            "since": since,
            "approval": line.approval.label if line.approval else T("none", "未填写"),
        }
        yield Hit(("budget", "lines", key, "approval"), params, since=since, to=approvers(plan))
