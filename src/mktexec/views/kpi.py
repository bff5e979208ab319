"""An indicator's figures as every document shows them."""

from decimal import Decimal

from mktexec.assess import KpiState
from mktexec.i18n import amount, percent
from mktexec.model.kpis import Kpi
from mktexec.model.terms import Better


def quantity(value: Decimal | None, kpi: Kpi) -> str:
    """Return a value with its unit, rounded to two decimals; – for none."""
    if value is None:
        return "–"
    unit = kpi.unit or ""
    close = not unit or unit in ("%", "‰")
    return amount(round(value, 2)) + (unit if close else f" {unit}")


def target(kpi: Kpi) -> str:
    """Return the target; where lower is better it is a limit."""
    return ("≤" if kpi.better is Better.LOWER else "") + quantity(kpi.target, kpi)


def kpi_cells(kpi: Kpi, state: KpiState) -> list[str]:
    """Return target, actual, achievement, variance and cause."""
    sign = "+" if state.variance and state.variance > 0 else ""
    return [
        target(kpi),
        quantity(state.actual, kpi),
        percent(state.achievement),
        sign + quantity(state.variance, kpi),
        state.cause or "–",
    ]
