"""Rules on money (domain.md part 3, A)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mktexec.assess.approvals import BUDGET, subject_of
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model import Plan
from mktexec.model.budget import Budget, Payment
from mktexec.rules.pace import points
from mktexec.rules.registry import Facts, Hit, When, rule

ZERO = Decimal(0)


@rule(
    "reserve-missing",
    Level.WARN,
    message=T("the budget has no reserve", "预算没有应急资金（备用金）"),
    hint=T("add 'reserve:', {least} to {most} of the total", "请补上 'reserve:'，占总额的 {least} 至 {most}"),
    why=T(
        "Something always costs more; without a reserve it stops the work.",
        "总有超出预期的支出；没有备用金就会停工。",
    ),
    source="3: reserve missing (A)",
)
def reserve_missing(facts: Facts) -> Iterator[Hit]:
    """A budget keeps a reserve."""
    budget, limits = facts.plan.budget, facts.plan.thresholds
    if budget and (budget.lines or budget.total) and not budget.reserve:
        params = {"least": percent(limits.reserve_min), "most": percent(limits.reserve_max)}
        yield Hit(("budget",), params)


@rule(
    "reserve-outside",
    Level.WARN,
    message=T(
        "the reserve is {share} of the total, wanted {least} to {most}",
        "备用金占总额 {share}，应为 {least} 至 {most}",
    ),
    hint=T("move money between the reserve and the lines", "请在备用金与各预算项之间调整"),
    why=T(
        "Too little does not help, too much is withheld from the work.", "太少不顶用，太多则占用了执行预算。"
    ),
    source="3: reserve outside 5–10 % (A)",
)
def reserve_outside(facts: Facts) -> Iterator[Hit]:
    """The reserve lies within its share of the total."""
    budget, limits = facts.plan.budget, facts.plan.thresholds
    if not budget or not budget.reserve:
        return
    planned = sum(line.planned for line in budget.lines.values())
    total = budget.total if budget.total is not None else planned + budget.reserve
    if total > 0 and not limits.reserve_min <= budget.reserve / total <= limits.reserve_max:
        params = {
            "share": percent(budget.reserve / total, 1),
            "least": percent(limits.reserve_min),
            "most": percent(limits.reserve_max),
        }
        yield Hit(("budget", "reserve"), params)


@rule(
    "budget-sum",
    Level.WARN,
    message=T(
        "lines {lines} and reserve {reserve} make {sum}, not the total {total}",
        "各项 {lines} 加备用金 {reserve} 共 {sum}，与总额 {total} 不符",
    ),
    hint=T("correct the total, the reserve or a line", "请更正总额、备用金或某一项"),
    why=T(
        "Finance approves the total; the lines must add up to it.", "财务批的是总额，各项相加必须与之相等。"
    ),
    source="2.6: total budget, lines and reserve (A)",
)
def budget_sum(facts: Facts) -> Iterator[Hit]:
    """The lines and the reserve add up to the total."""
    budget = facts.plan.budget
    if budget is None or budget.total is None or not budget.lines:
        return
    lines = sum((line.planned for line in budget.lines.values()), ZERO)
    reserve = budget.reserve or ZERO
    if lines + reserve != budget.total:
        params = {"lines": lines, "reserve": reserve, "sum": lines + reserve, "total": budget.total}
        yield Hit(("budget", "total"), params)


@rule(
    "budget-overrun",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{item}: {spent} of {planned} spent, {over} over",
        "{item}：已支出 {spent}，预算 {planned}，超支 {over}",
    ),
    hint=T(
        "stop or approve it: ask finance before the next payment",
        "请暂停支出或补办审批，下次付款前与财务确认",
    ),
    why=T(
        "Beyond five per cent an overrun eats the reserve of somebody else.",
        "超支超过 5% 会挤占其他项目的资金。",
    ),
    source="3: budget overrun (A)",
)
def budget_overrun(facts: Facts) -> Iterator[Hit]:
    """A line, or all of them together, spent beyond the limit."""
    plan, state = facts.plan, facts.day.budget
    if plan.budget is None or state is None:
        return
    limit, as_of = plan.thresholds.budget_overrun, facts.day.as_of
    for key, line in plan.budget.lines.items():
        if since := crossed(line.spent.items(), line.planned * (1 + limit), as_of):
            over = state.lines[key]
            hit = _overrun(plan, ("lines", key, "spent"), line.item, over.spent, line.planned, since)
            yield replace(hit, latest=max(day for day in line.spent if day <= as_of))
    if state.total > 0 and state.spent > state.total * (1 + limit):
        since = crossed(_payments(plan.budget), state.total * (1 + limit), as_of)
        item = T("whole budget", "预算总额")
        hit = _overrun(plan, ("total",), item, state.spent, state.total, since)
        yield replace(hit, latest=max(day for day, _ in _payments(plan.budget) if day <= as_of))


def _overrun(
    plan: Plan, place: tuple[str, ...], item: str | T, spent: Decimal, planned: Decimal, since: date | None
) -> Hit:
    over = (spent - planned) / planned if planned > 0 else Decimal(1)
    params = {"item": item, "spent": spent, "planned": planned, "over": percent(over, 1)}
    worse = points(over - plan.thresholds.budget_overrun)
    return Hit(("budget", *place), params, points=worse, since=since, to=approvers(plan))


def approvers(plan: Plan) -> tuple[str, ...]:
    """Return who signs the budget, finance above all: money beyond it is for them to know."""
    return tuple(one.by for one in plan.approvals.values() if subject_of(one.subject) == BUDGET)


def _payments(budget: Budget) -> Iterator[tuple[date, Payment]]:
    for line in budget.lines.values():
        yield from line.spent.items()
    yield from budget.drawn.items()


def crossed(payments: Iterable[tuple[date, Payment]], limit: Decimal, as_of: date) -> date | None:
    """Return the day since which more than ``limit`` is paid, None if it is not; a refund may end it."""
    by_day: dict[date, Decimal] = {}
    for day, one in payments:
        if day <= as_of:
            by_day[day] = by_day.get(day, ZERO) + one.amount
    paid, since = ZERO, None
    for day in sorted(by_day):
        paid += by_day[day]
        since = (since or day) if paid > limit else None
    return since
