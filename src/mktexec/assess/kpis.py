"""Achievement, variance and pace of an indicator on a day (domain.md 2.9)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter

from mktexec.model.kpis import Kpi, Reading
from mktexec.model.plan import Plan
from mktexec.model.terms import Better, Combine

ZERO = Decimal(0)
DAY = timedelta(days=1)
LEAST_SHARE = Decimal("0.2")
RATES = ("%", "％", "‰")


@dataclass(frozen=True, slots=True)
class KpiState:
    """One indicator on a day; amounts in its unit, ``achievement`` and ``pace`` as shares.

    What has no meaning yet is None: anything but the dates before the first reading, and a
    projection from less than ``LEAST_SHARE`` of the time.

    ``expected`` is the value wanted by the as-of day, ``pace`` the achievement of what was
    wanted by the last reading, ``projected`` the value that this leads to on the due day.
    """

    start: date
    due: date
    actual: Decimal | None = None
    last: date | None = None
    achievement: float | None = None
    variance: Decimal | None = None
    expected: Decimal | None = None
    projected: Decimal | None = None
    pace: float | None = None
    cause: str | None = None


def kpi_state(kpi: Kpi, plan: Plan, as_of: date) -> KpiState:
    """Return how ``kpi`` stands as of a day; readings dated later are unknown."""
    start, due = _start(kpi, plan), kpi.due or plan.campaign.end
    past = sorted(((day, one) for day, one in kpi.readings.items() if day <= as_of), key=itemgetter(0))
    if not past:
        begun = as_of >= start
        return KpiState(start, due, expected=_expected(kpi, start, due, past, as_of) if begun else None)
    last, latest = past[-1]
    actual = sum((one.value for _, one in past), ZERO) if kpi.combine is Combine.SUM else latest.value
    wanted = _expected(kpi, start, due, past, last)
    return KpiState(
        start,
        due,
        actual,
        last,
        achievement(actual, kpi.target, kpi.better),
        actual - kpi.target,
        _expected(kpi, start, due, past, as_of),
        _projected(kpi, start, due, actual, last),
        achievement(actual, wanted, kpi.better),
        latest.cause or kpi.cause,
    )


def _start(kpi: Kpi, plan: Plan) -> date:
    """Return the day from which it is measured: typed, else its task's start, else the campaign's."""
    task = plan.tasks.get(kpi.task) if kpi.task else None
    return kpi.start or (task.planned_start if task else None) or plan.campaign.start


def achievement(actual: Decimal, target: Decimal, better: Better) -> float | None:
    """Return actual ÷ target (target ÷ actual where lower is better); None if undefined.

    Both must be positive for a quotient to mean anything; a lower-is-better value of zero
    has met any target.
    """
    if better is Better.LOWER:
        actual, target = target, actual
        if target == 0 and actual >= 0:
            return 1.0
    return float(actual / target) if target > 0 else None


def time_share(start: date, due: date, day: date) -> Decimal:
    """Return the share of the calendar days from ``start`` to ``due`` that ``day`` completes."""
    whole = (due - start).days + 1
    gone = min(max((day - start).days + 1, 0), whole)
    return Decimal(gone) / Decimal(whole) if whole > 0 else Decimal(1)


def accumulates(kpi: Kpi) -> bool:
    """Return whether the value grows with time, so that time's share of it can be asked for.

    A rate (35 % of orders) or a price is wanted in full from the first day; a total is not.
    """
    if kpi.combine is Combine.LATEST:
        return kpi.better is Better.HIGHER and (kpi.unit or "") not in RATES
    return kpi.combine is Combine.SUM


def _expected(kpi: Kpi, start: date, due: date, past: list[tuple[date, Reading]], day: date) -> Decimal:
    """Return the value wanted by ``day``: on the line from the last stated target to the final one."""
    targets = [one.target for _, one in past if one.target is not None]
    since, base = start - DAY, kpi.baseline or ZERO
    if targets and kpi.combine is Combine.SUM and len(targets) == len(past):
        since, base = past[-1][0], sum(targets, ZERO)
    elif past and past[-1][1].target is not None and kpi.combine is Combine.LATEST:
        since, base = past[-1][0], past[-1][1].target
    elif not accumulates(kpi):
        return kpi.target
    return base + (kpi.target - base) * time_share(since + DAY, due, day)


def _projected(kpi: Kpi, start: date, due: date, actual: Decimal, last: date) -> Decimal | None:
    if not accumulates(kpi) or last >= due:
        return actual
    share = time_share(start, due, last)
    base = kpi.baseline or ZERO
    return base + (actual - base) / share if share >= LEAST_SHARE else None
