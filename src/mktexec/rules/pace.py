"""Whether an indicator is behind its pace, will miss its target or missed it, and since when."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from mktexec.assess.kpis import KpiState, accumulates, achievement, kpi_history
from mktexec.model.kpis import Kpi
from mktexec.model.terms import Better
from mktexec.rules.registry import Facts

HUNDRED = 100
TOLERANCE = 1e-9
Holds = Callable[[KpiState], bool]


def points(gap: float | Decimal) -> int:
    """Return a gap between two shares in whole percentage points."""
    return int(float(gap) * HUNDRED + TOLERANCE)


def limit(facts: Facts) -> float:
    """Return the share of the wanted value below which an indicator is behind."""
    return 1 - float(facts.plan.thresholds.kpi_behind)


def read(facts: Facts) -> Iterator[tuple[str, Kpi, KpiState]]:
    """Yield the indicators that people read off, but for those of work that was called off."""
    for key, kpi in facts.plan.kpis.items():
        record = facts.schedule.records.get(kpi.task or "")
        if not (kpi.computed or (record and record.cancelled)):
            yield key, kpi, facts.day.kpis[key]


def reviewed(facts: Facts, day: date) -> bool:
    """Return whether a retrospective has taken up what was due on ``day``: no warning helps any more."""
    review = facts.plan.review
    return bool(review and review.date and day <= review.date <= facts.day.as_of)


def behind(facts: Facts) -> Holds:
    """Return what tells whether a reading is behind its pace; before the first day no value is wanted."""
    least = limit(facts)
    return lambda state: bool(state.last and state.last >= state.start) and _below(state.pace, least)


def misses_ahead(kpi: Kpi, facts: Facts) -> Holds:
    """Return what tells whether the readings so far lead to less than the target."""
    least = limit(facts)
    if not accumulates(kpi):
        return lambda _: False
    return lambda state: bool(state.last and state.last < state.due) and _below(ahead(kpi, state), least)


def missed(kpi: Kpi) -> Holds:
    """Return what tells whether a reading of the due day or later misses the target."""
    worse = 1 if kpi.better is Better.LOWER else -1
    return lambda state: bool(
        state.last and state.last >= state.due and state.variance is not None and state.variance * worse > 0
    )


def ahead(kpi: Kpi, state: KpiState) -> float | None:
    """Return which share of the target the projected value is."""
    return None if state.projected is None else achievement(state.projected, kpi.target, kpi.better)


def _below(share: float | None, least: float) -> bool:
    return share is not None and share < least - TOLERANCE


def verdict(kpi: Kpi, state: KpiState, facts: Facts) -> str | None:
    """Return the code of the gravest that can be said of an indicator; less is not said beside it."""
    if state.last is None or reviewed(facts, state.due):
        return None
    if facts.day.as_of > state.due and missed(kpi)(state):
        return "kpi-missed"
    if facts.day.as_of > state.due and state.last < state.due:
        return None  # what it came to is not known yet; that is another finding
    if misses_ahead(kpi, facts)(state):
        return "kpi-projected-miss"
    return "kpi-behind" if behind(facts)(state) else None


def run_of(history: Sequence[KpiState], holds: Holds) -> date | None:
    """Return the day of the first of the last readings for all of which ``holds``."""
    since = None
    for state in reversed(history):
        if not holds(state):
            break
        since = state.last
    return since


def short_since(kpi: Kpi, state: KpiState, facts: Facts) -> date | None:
    """Return since when an indicator is missed, or behind with its due day near; None if it is neither."""
    near = state.due - timedelta(days=facts.plan.thresholds.due_soon)
    is_behind, is_missed = behind(facts), missed(kpi)
    if near > facts.day.as_of or reviewed(facts, state.due) or not (is_behind(state) or is_missed(state)):
        return None
    history = kpi_history(kpi, facts.plan, facts.day.as_of)
    since = run_of(history, lambda one: is_behind(one) or is_missed(one))
    return max(since, near) if since else None
