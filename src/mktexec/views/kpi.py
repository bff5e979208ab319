"""An indicator's figures as every document shows them."""

from decimal import Decimal

from mktexec.assess import KpiState
from mktexec.i18n import Lang, Text, amount, percent
from mktexec.model.kpis import Kpi
from mktexec.model.terms import Better

TEN, HUNDRED = 10, 100
POINTS = Text("points", "个百分点")


def quantity(value: Decimal | None, kpi: Kpi) -> str:
    """Return a value with its unit, rounded to two decimals; – for none."""
    if value is None:
        return "–"
    unit = kpi.unit or ""
    close = not unit or unit in ("%", "‰")
    return amount(round(value, 2)) + (unit if close else f" {unit}")


def computed(value: Decimal | None, kpi: Kpi) -> str:
    """Return a computed value with its unit, without more digits than it deserves."""
    if value is None:
        return "–"
    typed = (kpi.target, *(reading.value for reading in kpi.readings.values()))
    counted = all(one == one.to_integral_value() for one in typed) and kpi.unit not in ("%", "‰")
    digits = 0 if abs(value) >= HUNDRED or (counted and abs(value) >= TEN) else 1
    return quantity(round(value, digits), kpi)


def target(kpi: Kpi) -> str:
    """Return the target; where lower is better it is a limit."""
    return ("≤" if kpi.better is Better.LOWER else "") + quantity(kpi.target, kpi)


def variance(value: Decimal | None, kpi: Kpi, lang: Lang) -> str:
    """Return actual - target, signed; between two percentages lie points, not per cent."""
    if value is None:
        return "–"
    sign = "+" if value > 0 else ""
    if kpi.unit == "%":
        return f"{sign}{amount(round(value, 2))} {POINTS.say(lang)}"
    return sign + quantity(value, kpi)


def kpi_cells(kpi: Kpi, state: KpiState, lang: Lang) -> list[str]:
    """Return target, actual, achievement, variance and cause."""
    return [
        target(kpi),
        quantity(state.actual, kpi),
        percent(state.achievement),
        variance(state.variance, kpi, lang),
        state.cause or "–",
    ]
