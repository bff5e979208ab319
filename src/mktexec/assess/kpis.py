"""Achievement, variance and pace of an indicator on a day (domain.md 2.9)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from mktexec.model.kpis import Kpi
from mktexec.model.plan import Plan
from mktexec.model.terms import Better, Combine

ZERO = Decimal(0)
DAY = timedelta(days=1)
LEAST_SHARE = Decimal("0.2")
RATES = {"%": 100, "％": 100, "‰": 1000}  # how many of the unit make up a whole
DIGITS = 4  # of a computed share: 66.67 %


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


class Past(NamedTuple):
    """What the readings come to with that of ``last``; ``wanted`` is the target stated by them, if any."""

    last: date
    actual: Decimal
    wanted: Decimal | None
    cause: str | None


def kpi_state(kpi: Kpi, plan: Plan, as_of: date, on_time: float | None = None) -> KpiState:
    """Return how ``kpi`` stands as of a day; readings dated later are unknown.

    ``on_time`` is the share of tasks on time, which stands for the readings where it is computed.
    """
    start, due = _start(kpi, plan), kpi.due or plan.campaign.end
    if kpi.computed:
        return _computed(kpi, start, due, as_of, on_time)
    past = list(_past(kpi, as_of))
    if past:
        return _state(kpi, start, due, past[-1], as_of)
    return KpiState(start, due, expected=_expected(kpi, start, due, None, as_of) if as_of >= start else None)


def kpi_history(kpi: Kpi, plan: Plan, as_of: date) -> list[KpiState]:
    """Return how ``kpi`` stood on the day of each reading up to ``as_of``, the earliest first."""
    start, due = _start(kpi, plan), kpi.due or plan.campaign.end
    return [_state(kpi, start, due, one, one.last) for one in _past(kpi, as_of)]


def _past(kpi: Kpi, as_of: date) -> Iterator[Past]:
    total, wanted, stated = ZERO, ZERO, True
    for day, one in sorted(kpi.readings.items(), key=itemgetter(0)):
        if day > as_of:
            return
        if kpi.combine is not Combine.SUM:
            yield Past(day, one.value, one.target if kpi.combine is Combine.LATEST else None, one.cause)
            continue
        total, stated = total + one.value, stated and one.target is not None
        wanted += one.target or ZERO
        yield Past(day, total, wanted if stated else None, one.cause)


def _state(kpi: Kpi, start: date, due: date, past: Past, as_of: date) -> KpiState:
    return KpiState(
        start,
        due,
        past.actual,
        past.last,
        achievement(past.actual, kpi.target, kpi.better),
        past.actual - kpi.target,
        _expected(kpi, start, due, past, as_of),
        _projected(kpi, start, due, past),
        achievement(past.actual, _expected(kpi, start, due, past, past.last), kpi.better),
        past.cause or kpi.cause,
    )


def _computed(kpi: Kpi, start: date, due: date, as_of: date, on_time: float | None) -> KpiState:
    if on_time is None:
        return KpiState(start, due, expected=kpi.target if as_of >= start else None, cause=kpi.cause)
    actual = round(Decimal(on_time), DIGITS) * RATES.get(kpi.unit or "", 1)
    reached = achievement(actual, kpi.target, kpi.better)
    return KpiState(
        start, due, actual, as_of, reached, actual - kpi.target, kpi.target, actual, reached, kpi.cause
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

    A rate (35 % of orders) or a price is wanted in full from the first day, unless a baseline says
    from where it has to move; a total is not.
    """
    if kpi.combine is Combine.LATEST:
        total = kpi.better is Better.HIGHER and (kpi.unit or "") not in RATES
        return total or kpi.baseline is not None
    return kpi.combine is Combine.SUM


def _base(kpi: Kpi) -> Decimal:
    """Return the value before the first day; what the periods added began at nothing."""
    return (kpi.baseline if kpi.combine is Combine.LATEST else None) or ZERO


def _expected(kpi: Kpi, start: date, due: date, past: Past | None, day: date) -> Decimal:
    """Return the value wanted by ``day``: on the line from the last stated target to the final one."""
    since, base = start - DAY, _base(kpi)
    if past and past.wanted is not None:
        since, base = past.last, past.wanted
    elif not accumulates(kpi):
        return kpi.target
    return base + (kpi.target - base) * time_share(since + DAY, due, day)


def _projected(kpi: Kpi, start: date, due: date, past: Past) -> Decimal | None:
    if not accumulates(kpi) or past.last >= due:
        return past.actual
    share, base = time_share(start, due, past.last), _base(kpi)
    return base + (past.actual - base) / share if share >= LEAST_SHARE else None
