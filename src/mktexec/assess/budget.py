"""Planned, spent and remaining money on a day (domain.md 2.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from mktexec.model.budget import Budget, BudgetLine, Payment

ZERO = Decimal(0)
DIGITS = 60  # any number of amounts of 27 digits adds up exactly


@dataclass(frozen=True, slots=True)
class LineState:
    """One budget line on a day; ``share`` is its part of all planned lines."""

    planned: Decimal
    spent: Decimal
    remaining: Decimal
    share: float | None
    overrun: float


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The budget on a day; ``total`` is typed, else lines plus reserve."""

    total: Decimal
    planned: Decimal
    spent: Decimal
    remaining: Decimal
    reserve: Decimal | None
    reserve_share: float | None
    drawn: Decimal
    lines: dict[str, LineState]


def _paid(payments: Mapping[date, Payment], as_of: date) -> Decimal:
    return sum((one.amount for day, one in payments.items() if day <= as_of), ZERO)


def _line(line: BudgetLine, planned: Decimal, as_of: date) -> LineState:
    spent = _paid(line.spent, as_of)
    over = max(ZERO, spent - line.planned)
    overrun = float(over / line.planned) if line.planned > 0 else (1.0 if over else 0.0)
    share = float(line.planned / planned) if planned > 0 else None
    return LineState(line.planned, spent, line.planned - spent, share, overrun)


def budget_state(budget: Budget, as_of: date) -> BudgetState:
    """Return the budget as of a day; spending dated later is unknown."""
    with localcontext(prec=DIGITS):
        return _budget_state(budget, as_of)


def _budget_state(budget: Budget, as_of: date) -> BudgetState:
    planned = sum((line.planned for line in budget.lines.values()), ZERO)
    total = planned + (budget.reserve or ZERO) if budget.total is None else budget.total
    lines = {key: _line(line, planned, as_of) for key, line in budget.lines.items()}
    drawn = _paid(budget.drawn, as_of)
    spent = sum((line.spent for line in lines.values()), ZERO) + drawn
    share = None
    if budget.reserve is not None and total > 0:
        share = float(budget.reserve / total)
    return BudgetState(total, planned, spent, total - spent, budget.reserve, share, drawn, lines)
