"""A table's header → where a row says which KPI, which day and how much."""

import re
from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import NamedTuple

from mktexec.i18n import Text as T
from mktexec.readings.known import Known, NotUnderstoodError, find_day, find_kpis, near_kpi, short
from mktexec.suggest import did_you_mean
from mktexec.written import plain


class Field(Enum):
    """What a column may hold, with the words that say so, folded."""

    ID = "编号 指标编号 kpi kpi编号 id kpiid"
    NAME = "指标 指标名称 名称 kpi名称 name kpiname indicator metric title"
    DAY = "日期 时间 周期 月份 更新日期 数据日期 统计日期 截至日期 date day period month time updated"
    VALUE = "实际值 数值 实际 当前值 值 完成值 实际完成 value actual current actualvalue currentvalue reading"
    TARGET = "目标 目标值 本期目标 target targetvalue"
    CAUSE = "原因 差异原因 未达成原因 原因分析 cause reason"
    NOTE = "备注 说明 note notes remark remarks comment"
    UNIT = "单位 unit"
    LEFT_OUT = (
        "# 达成率 完成率 差异 差异值 偏差 同比 环比 状态 序号 负责人 责任人 部门 数据来源 来源 指标说明 定义 "
        "指标类型 类型 achievement rate variance difference status no owner department source definition "
        "kind type"
    )


WORDS = {word: one for one in Field for word in one.value.split()}
ONLY_LONG = (Field.TARGET, Field.CAUSE, Field.NOTE)
REMARK = re.compile(r"(?P<head>.+?) ?(?:\((?P<unit>[^()]+)\)|(?P<rate>[%‰]))")
UNDERSTOOD = T(
    "a row is a reading (KPI, date, value), or a KPI with dates as columns, or a date with KPIs as columns",
    "每行一个读数（指标、日期、数值），或每行一个指标、每列一个日期，或每行一个日期、每列一个指标",
)


class Column(NamedTuple):
    """A column that is read; ``unit``, ``kpi`` and ``day`` where the header says them."""

    at: int
    unit: str = ""
    kpi: str | None = None
    day: date | None = None


class Layout(NamedTuple):
    """Where things stand in a row: ``values`` is one column in the long layout, several in a wide one."""

    values: list[Column]
    fields: dict[Field, Column]
    left_out: list[str]
    unknown: list[NotUnderstoodError]


def layout_of(header: Sequence[str], about: Known, *, dated: bool = False) -> Layout:
    """Return the layout that a header describes; ``dated`` says that the day is known without it.

    Raises NotUnderstoodError where it describes none; columns that are not understood are
    listed in it.
    """
    heads = {index: head for index, head in enumerate(header) if head}
    meant = {index: field for index, head in heads.items() if (field := _field(head))}
    has = set(meant.values())
    named = bool(has & {Field.ID, Field.NAME})
    if Field.VALUE in has:
        if not named or not (dated or Field.DAY in has):
            raise _without(Field.DAY if named else Field.NAME)
        return _long(heads, meant, about)
    if Field.DAY in has and not named:
        return _wide(heads, meant, about, by_day=True)
    if named and Field.DAY not in has:
        return _wide(heads, meant, about, by_day=False)
    raise NotUnderstoodError(T("no column is called 'value'", "没有名为「实际值」的列"), UNDERSTOOD)


def _field(head: str) -> Field | None:
    return WORDS.get(_folded(head)) or WORDS.get(_folded(_parted(head)[0]))


def _folded(head: str) -> str:
    return re.sub(r"[\s_.:*-]+", "", plain(head).casefold())


def _parted(head: str) -> tuple[str, str]:
    """Return a header and the unit behind it: ``实际值（万元）``, ``达成率%``."""
    found = REMARK.fullmatch(plain(head))
    return (found["head"], found["unit"] or found["rate"]) if found else (plain(head), "")


def _without(field: Field) -> NotUnderstoodError:
    if field is Field.DAY:
        return NotUnderstoodError(
            T("no column says the day", "没有日期列"),
            T("add a column 'date', or give --on DAY", "请加一列「日期」，或用 --on 指定日期"),
        )
    return NotUnderstoodError(
        T("no column says which KPI", "没有说明是哪个指标的列"),
        T("add a column 'KPI' with ids or titles", "请加一列「指标」，填编号或名称"),
    )


def _long(heads: dict[int, str], meant: dict[int, Field], about: Known) -> Layout:
    fields, left_out = _fields(heads, meant)
    unknown = [_unknown(head, about) for index, head in heads.items() if index not in meant]
    return Layout([fields[Field.VALUE]], fields, left_out, unknown)


def _fields(heads: dict[int, str], meant: dict[int, Field]) -> tuple[dict[Field, Column], list[str]]:
    """Return the columns by what they hold, and the heads of those left out.

    Raises NotUnderstoodError for two of a kind.
    """
    fields: dict[Field, Column] = {}
    left_out = []
    for index, field in meant.items():
        if field is Field.LEFT_OUT:
            left_out.append(heads[index])
        elif field in fields:
            one, two = short(heads[fields[field].at]), short(heads[index])
            raise NotUnderstoodError(
                T(f"the columns '{one}' and '{two}' mean the same", f"「{one}」与「{two}」两列含义相同"),
                T("keep one of them", "请只保留一列"),
            )
        else:
            fields[field] = Column(index, _parted(heads[index])[1])
    return fields, left_out


def _wide(heads: dict[int, str], meant: dict[int, Field], about: Known, *, by_day: bool) -> Layout:
    """Return the layout in which every column that names a KPI (``by_day``), or else a day, holds values."""
    values, unknown = [], []
    rest = dict(meant)
    for index, head in heads.items():
        if by_day and meant.get(index) is Field.DAY:
            continue
        column = _kpi_column(index, head, about) if by_day else _day_column(index, head, about)
        if column:
            values.append(column)
            rest.pop(index, None)  # a KPI may be called 完成率
        elif index not in meant:
            unknown.append(_unknown(head, about))
    fields, left_out = _fields(heads, rest)
    homeless = [fields.pop(one) for one in (*ONLY_LONG, *([Field.UNIT] if by_day else [])) if one in fields]
    if not values and not unknown:
        raise NotUnderstoodError(T("no column holds figures", "没有数值列"), UNDERSTOOD)
    return Layout(values, fields, left_out + [heads[one.at] for one in homeless], unknown)


def _kpi_column(index: int, head: str, about: Known) -> Column | None:
    for name, unit in ((head, ""), _parted(head)):
        found = find_kpis(name, about)
        if len(found) == 1:
            return Column(index, unit, kpi=found[0])
    return None


def _day_column(index: int, head: str, about: Known) -> Column | None:
    name, unit = _parted(head)
    day = find_day(name, about)
    return Column(index, unit, day=day) if day else None


def _unknown(head: str, about: Known) -> NotUnderstoodError:
    name = short(head)
    return NotUnderstoodError(
        T(f"the column '{name}' is not understood", f"无法识别「{name}」列"),
        near_kpi(head, about)
        or did_you_mean(_folded(name), WORDS)
        or T("delete it, or give it a name that is", "请删除该列，或改用可识别的列名"),
    )
