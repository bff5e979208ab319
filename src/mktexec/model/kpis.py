"""Indicators and their readings (domain.md 2.9)."""

from typing import Annotated

from mktexec.model.fields import (
    AMOUNT_SCHEMA,
    EMPTY,
    Amount,
    Day,
    Entry,
    Id,
    Line,
    Person,
    Ref,
    When,
    about,
    required,
    short_for,
)
from mktexec.model.terms import Better, Cadence, Combine, Computed, KpiKind


class Reading(Entry):
    """One measured value."""

    value: Amount = required("measured value", "实际值")
    target: Amount | None = about("the period's own target", "本期目标")
    cause: Line | None = about("cause of the variance", "差异原因")
    note: Line | None = about("remark", "备注")


class Kpi(Entry):
    """An indicator: 效果指标 (A6, B5, D3)."""

    title: Line = required("name of the indicator", "指标名称")
    target: Amount = required("target value", "目标值")
    definition: Line | None = about("how it is defined", "指标说明")
    goal: Annotated[Id, Ref(("goals",))] | None = about("the goal it measures", "对应目标")
    task: Annotated[Id, Ref(("tasks",))] | None = about("the task it measures", "对应任务")
    kind: KpiKind = about("outcome or process indicator", "指标类型", KpiKind.OUTCOME)
    unit: Line | None = about("unit", "单位")
    better: Better = about("which direction is good", "方向", Better.HIGHER)
    combine: Combine = about(
        "latest: each reading is the value to date; sum: what the period added; "
        "level: a rate or price that is wanted in full at any time (the rule for % and lower-is-better)",
        "读数合并方式：latest 为截至当日的累计值；sum 为本期新增；level 为随时应达标的比率或单价"
        "（单位为 % 或越低越好时即按此计算）",
        Combine.LATEST,
    )
    baseline: Amount | None = about("value before the campaign", "基线值")
    readings: Annotated[dict[Day, Annotated[Reading, short_for("value", AMOUNT_SCHEMA)]], EMPTY] = about(
        "readings by day", "读数", {}
    )
    computed: Computed | None = about(
        "what the plan itself yields; needs no readings", "由计划自动计算的指标，无需填写读数"
    )
    source: Line | None = about("where the figures come from", "数据来源")
    cadence: Cadence | None = about("how often it is measured", "更新频率")
    owner: Person | None = about("who delivers the figures", "负责人")
    start: When | None = about(
        "day from which it is measured (default: its task's start, else the campaign's)",
        "起算日期（默认对应任务的开始日，否则为活动首日）",
    )
    due: When | None = about(
        "day on which the target must be reached (default: the campaign's end)", "达成时限"
    )
    cause: Line | None = about("cause, wanted as soon as it is behind", "未达成原因")
    note: Line | None = about("remark", "备注")
