"""Risks, channels, tests, approvals, review (domain.md 2.8, 2.10 to 2.13, 4)."""

from decimal import Decimal
from typing import Annotated

from mktexec.dates import Duration
from mktexec.model.fields import (
    EMPTY,
    TEXT_SCHEMA,
    Amount,
    Count,
    Day,
    Entry,
    Hours,
    Id,
    Length,
    Line,
    Lines,
    Percent,
    Person,
    Ref,
    Several,
    When,
    about,
    required,
    short_for,
)
from mktexec.model.terms import Alarm, Approval, Cadence, Decision, Degree, LateIn

TaskRef = Annotated[Id, Ref(("tasks",))]


class Activation(Entry):
    """When and why a contingency was used (C)."""

    date: Day = required("day on which it was activated", "启动日期")
    why: Line | None = about("why", "启动原因")
    result: Line | None = about("what came of it", "处理结果")


class Risk(Entry):
    """One row of the risk plan: 风险应急预案 (A5, C)."""

    title: Line = required("the risk", "风险描述")
    likelihood: Degree | None = about("likelihood", "发生概率")
    impact: Degree | None = about("impact", "影响程度")
    trigger: Line | None = about("what sets it off", "触发条件")
    trigger_date: When | None = about("day on which the trigger is checked", "触发判断日期")
    response: Line | None = about("response", "应对措施")
    owner: Person | None = about("who acts", "负责人")
    task: TaskRef | None = about("task at risk", "关联任务")
    activated: Activation | None = about("activation of the contingency", "预案启动情况")
    closed: Day | None = about("day on which it was over", "关闭日期")
    note: Line | None = about("remark", "备注")


class ChannelReading(Entry):
    """What a channel cost and brought up to a day (E2.3)."""

    cost: Amount | None = about("cost", "投入")
    reach: Amount | None = about("people reached", "触达人数")
    conversions: Amount | None = about("conversions", "转化数")
    revenue: Amount | None = about("revenue", "收入")
    note: Line | None = about("remark", "备注")


class Channel(Entry):
    """A channel: 渠道 (E2.3)."""

    title: Line = required("name", "渠道名称")
    audience: Line | None = about("whom it reaches", "覆盖人群")
    owner: Person | None = about("who runs it", "负责人")
    cost_per_conversion: Amount | None = about("target cost per conversion", "目标转化成本")
    readings: Annotated[dict[Day, ChannelReading], EMPTY] = about("figures by day", "渠道数据", {})
    note: Line | None = about("remark", "备注")


class Experiment(Entry):
    """A test before the roll-out: 小规模测试 (E2.5)."""

    title: Line = required("name of the test", "测试名称")
    hypothesis: Line | None = about("hypothesis", "假设")
    variants: Lines = about("variants", "测试方案", ())
    metric: Line | None = about("what is measured", "衡量指标")
    sample: Line | None = about("sample", "样本")
    start: When | None = about("first day", "开始日期")
    end: When | None = about("last day", "结束日期")
    owner: Person | None = about("who runs it", "负责人")
    task: TaskRef | None = about("task", "对应任务")
    result: Line | None = about("result", "结果")
    decision: Decision | None = about("keep, change or drop", "决策")
    decided: Day | None = about("day of the decision", "决策日期")
    note: Line | None = about("remark", "备注")


class Signature(Entry):
    """Who approved what: 审批/签字 (A, C)."""

    subject: Line = required("goals, budget, schedule or an id", "审批对象")
    by: Person = required("who signs", "审批人")
    role: Line | None = about("as what they sign", "审批角色")
    department: Line | None = about("department they sign for", "代表部门")
    date: Day | None = about("day of the signature", "审批日期")
    decision: Approval = about("decision", "审批结论", Approval.PENDING)
    digest: Line | None = about(
        "digest of what was approved, written by the tool", "审批内容摘要（由工具写入）"
    )
    note: Line | None = about("remark", "备注")


class Acknowledgement(Entry):
    """The answer to a raised warning (A, B)."""

    finding: Line = required("code of the finding", "预警代码")
    subject: Line | None = about("the entry it is about", "预警对象")
    by: Person = required("who answers", "响应人")
    date: Day = required("day of the answer", "响应日期")
    action: Line = required("what is done about it", "处理措施")
    until: Day | None = about("until when it is quiet", "静默至")
    level: Alarm | None = about("its level when answered", "响应时的级别")
    days: Count | None = about("how many days late it was when answered", "响应时的延误天数")
    points: Count | None = about(
        "by how many percentage points it was off when answered", "响应时的偏差（百分点）"
    )


class NextStep(Entry):
    """What the next campaign does differently (D part 4)."""

    action: Line = required("what is done", "行动")
    owner: Person | None = about("who does it", "负责人")
    due: When | None = about("by when", "完成时限")
    task: TaskRef | None = about("the task that took it up", "对应任务")


class Review(Entry):
    """The retrospective: 复盘总结 (B form 4, C4, D part 4)."""

    date: Day | None = about("day of the review", "复盘日期")
    by: Person | None = about("who led it", "主持人")
    summary: Line | None = about("overall judgement", "总体评价")
    highlights: Lines = about("what went well", "执行亮点", ())
    problems: Lines = about("what went wrong", "存在问题", ())
    causes: Lines = about("causes, with figures", "原因分析", ())
    risks: Lines = about("risks seen", "风险", ())
    opportunities: Lines = about("opportunities seen", "机会", ())
    improvements: Lines = about("what to improve", "改进建议", ())
    voices: Lines = about("reviews, press, social mentions", "口碑与舆情", ())
    next: Annotated[tuple[Annotated[NextStep, short_for("action", TEXT_SCHEMA)], ...], Several()] = about(
        "next steps", "后续计划", ()
    )


class Thresholds(Entry):
    """Limits at which findings are raised (domain.md part 3)."""

    remind: Count = about("days late: spoken reminder", "口头提醒（延误天数）", 1)
    warn: Count = about("days late: mail", "邮件预警（延误天数）", 2)
    escalate: Count = about("days late: cross-department meeting", "跨部门协调会（延误天数）", 3)
    late_in: LateIn = about("days in which lateness is counted", "延误天数口径", LateIn.CALENDAR)
    behind: Percent = about(
        "progress behind the share of time used, points", "进度落后时间进度（百分点）", Decimal("0.20")
    )
    due_soon: Count = about("days of notice before a deadline", "截止前提醒天数", 3)
    budget_overrun: Percent = about("overrun of a budget line", "预算超支比例", Decimal("0.05"))
    reserve_min: Percent = about("least reserve, share of the total", "备用金下限", Decimal("0.05"))
    reserve_max: Percent = about("most reserve, share of the total", "备用金上限", Decimal("0.10"))
    kpi_behind: Percent = about(
        "KPI behind its pace, share of the expected value", "指标落后进度的容忍度", Decimal("0.05")
    )
    task_cadence: Cadence = about(
        "how often a task's record is updated, unless it says", "任务默认更新频率", Cadence.WEEKLY
    )
    kpi_cadence: Cadence = about(
        "how often a KPI is measured, unless it says", "指标默认更新频率", Cadence.WEEKLY
    )
    response: Hours = about("time to answer a warning", "预警响应时限", 24)
    buffer_min: Length = about("least buffer on critical tasks", "关键任务缓冲下限", Duration(3))
    buffer_max: Length = about("most buffer on critical tasks", "关键任务缓冲上限", Duration(5))
    behind_days: Count = about(
        "days behind within the period beyond which a task is warned of", "执行期内落后超过几天即预警", 2
    )
    handover_late: Count = about("hand-over late: heads meet (days)", "交接延误天数", 2)
    material_ahead: Count = about("material there ahead of the activity (days)", "物料提前到位天数", 3)
    resource_ahead: Count = about(
        "days before its day from which a missing resource is reported", "资源到位前几天开始提示缺口", 7
    )
    retrospective: Count = about(
        "days after the end by which the retrospective is written", "活动结束后几天内完成复盘", 7
    )


class Notify(Entry):
    """How somebody is told: 预警通知 (B)."""

    over: Lines = about(
        "names of the environment variables that hold the addresses; never the addresses themselves",
        "存放通知地址的环境变量名（地址本身不写入计划）",
        (),
    )
    level: Alarm = about("the level from which they are told", "通知的最低级别", Alarm.REMIND)
