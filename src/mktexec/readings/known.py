"""What the plan knows of a cell: which KPI, which day, how much."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.suggest import did_you_mean
from mktexec.written import plain, same_unit, written_amount, written_day

BLANK = {"", "-", "--", "–", "—", "——", "/", "n/a", "无", "暂无"}
BOUND = re.compile("^(?:[≥≤]|>=|<=) ?")  # targets are often written as what they are
LONGEST, MOST_HINTS = 40, 20  # looking for near words is slow
WRITE_DAY = T("write 2024-07-15", "请写成 2024-07-15")
WRITE_FIGURE = T(
    "write 1234, 1,234, 35% or 4.2M; a figure alone is in the KPI's own unit",
    "可写 1234、1,234、35%、420万；只写数字时按指标自己的单位计",
)
RECORD_PAST = T("record what has happened; --as-of sets today", "只记录已发生的事；--as-of 可设定今天")
TELL_UNIT = T(
    "convert the figures, or correct the unit in the plan or the table",
    "请换算数值，或修正计划或表格里的单位",
)


class NotUnderstoodError(Exception):
    """A cell or a header that cannot be taken into the plan as it is."""

    def __init__(self, text: T, hint: T | None = None) -> None:
        super().__init__(text.en)
        self.text = text
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Known:
    """A plan's KPIs by title, the day that is today, and the near words already looked for."""

    plan: Plan
    as_of: date
    titles: dict[str, list[str]]
    hints: dict[str, T | None] = field(default_factory=dict)


def known(plan: Plan, as_of: date) -> Known:
    """Return what is needed to understand cells."""
    titles: dict[str, list[str]] = {}
    for key, kpi in plan.kpis.items():
        titles.setdefault(_bare(kpi.title), []).append(key)
    return Known(plan, as_of, titles)


def _bare(title: str) -> str:
    """Return a title as it is compared: half-width, without spaces."""
    return "".join(plain(title).split())


def short(text: str) -> str:
    """Return a cell's text as it is quoted in a message."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST] + "..."


def blank(text: str) -> bool:
    """Return whether a cell says that there is nothing."""
    return plain(text).casefold() in BLANK


def find_kpis(text: str, about: Known) -> list[str]:
    """Return the ids of the KPIs with that id or exact title, without raising anything."""
    return [text] if text in about.plan.kpis else about.titles.get(_bare(text), [])


def kpi_of(text: str, about: Known) -> str:
    """Return the id of the KPI with that id or title; raises NotUnderstoodError for none or several."""
    found = find_kpis(text, about)
    if len(found) == 1:
        return found[0]
    name = short(text)
    if found:
        raise NotUnderstoodError(
            T(
                f"'{name}' is the title of several KPIs: {', '.join(found)}",
                f"「{name}」对应多个指标：{'、'.join(found)}",
            ),
            T("name it by its id", "请改用指标编号"),
        )
    raise NotUnderstoodError(T(f"there is no KPI {name}", f"没有指标 {name}"), near_kpi(text, about))


def near_kpi(text: str, about: Known) -> T | None:
    """Return the hint at the KPI that was probably meant; only of the first few words."""
    if text not in about.hints and len(about.hints) < MOST_HINTS:
        names = [*about.plan.kpis, *(kpi.title for kpi in about.plan.kpis.values())]
        about.hints[text] = did_you_mean(short(text), names)
    return about.hints.get(text)


def find_day(text: str, about: Known) -> date | None:
    """Return the day written in a cell; a month is its last day, the year may be left to the plan's period.

    Where the year is missing only a day of the period's months is meant, and only if there is just one.
    """
    day = written_day(text, month_end=True)
    if day:
        return day
    start, end = about.plan.campaign.start.replace(day=1), _month_end(about.plan.campaign.end)
    years = range(start.year, min(end.year, start.year + 2) + 1)  # in more of them two days fit
    days = {written_day(text, year, month_end=True) for year in years}
    inside = [one for one in days if one and start <= one <= end]
    return inside[0] if len(inside) == 1 else None


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def day_of(text: str, about: Known) -> date:
    """Return the day written in a cell; raises NotUnderstoodError for none, or one still to come."""
    if blank(text):
        raise NotUnderstoodError(T("no day is given", "缺少日期"), WRITE_DAY)
    day = find_day(text, about)
    if day is None:
        raise NotUnderstoodError(
            T(f"'{short(text)}' is not understood as a day", f"无法识别日期「{short(text)}」"), WRITE_DAY
        )
    return day


def past(day: date, about: Known) -> date:
    """Return a day that is not in the future; raises NotUnderstoodError for others."""
    if day > about.as_of:
        raise NotUnderstoodError(T(f"{day} is still to come", f"{day} 尚未到来"), RECORD_PAST)
    return day


def amount_of(text: str, kpi: str, said: str, about: Known) -> Decimal:
    """Return an amount in the unit of ``kpi``; ``said`` is the unit that the table names, if any.

    Raises NotUnderstoodError for what is no amount, or is one in another unit.
    """
    unit = about.plan.kpis[kpi].unit
    if said and not same_unit(said, unit):
        own = unit or "–"
        raise NotUnderstoodError(
            T(
                f"the table's unit is {short(said)}, that of {kpi} is {own}",
                f"表格的单位是 {short(said)}，{kpi} 的单位是 {own}",
            ),
            TELL_UNIT,
        )
    amount = written_amount(text, unit)
    if amount is None:
        what = T(f"'{short(text)}' is not understood as a figure", f"无法识别数值「{short(text)}」")
        if unit:
            what = T(f"{what.en} in {unit}", f"{what.zh}（单位：{unit}）")
        raise NotUnderstoodError(what, WRITE_FIGURE)
    return amount


def target_of(text: str, kpi: str, said: str, about: Known) -> Decimal | None:
    """Return a reading's own target; None for nothing, and for the KPI's, which the plan has already.

    Written beside a reading, the KPI's target would be wanted in full by that reading's day.
    """
    if blank(text):
        return None
    target = amount_of(BOUND.sub("", plain(text)), kpi, said, about)
    return None if target == about.plan.kpis[kpi].target else target


def words_of(text: str) -> str | None:
    """Return a cell's words in one line, None for nothing."""
    return None if blank(text) else " ".join(text.split())
