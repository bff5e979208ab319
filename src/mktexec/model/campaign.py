"""The campaign and its people (domain.md 2.1, 2.2)."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from mktexec.model.fields import (
    EMPTY,
    TEXT_SCHEMA,
    Amount,
    Day,
    Days,
    Entry,
    Id,
    Length,
    Line,
    Lines,
    Person,
    Several,
    When,
    YesNo,
    about,
    required,
    short_for,
)
from mktexec.model.terms import Mode, Scenario, Size


class Period(Entry):
    """The days over which something runs, both included."""

    start: Day = required("first day", "开始日期")
    end: Day = required("last day", "结束日期")


class Persona(Entry):
    """One group of target users (A1)."""

    title: Line | None = about("who they are", "人群名称")
    age: Line | None = about("age range", "年龄段")
    region: Line | None = about("where they live", "地域")
    habits: Line | None = about("habits", "行为习惯")
    order_value: Amount | None = about("average order value", "客单价")
    note: Line | None = about("remark", "备注")


Personas = Annotated[tuple[Annotated[Persona, short_for("title", TEXT_SCHEMA)], ...], Several()]


class Scope(Entry):
    """What the campaign covers and what it leaves out (A1)."""

    products: Lines = about("products", "产品", ())
    people: Lines = about("customer groups", "人群", ())
    channels: Lines = about("channels", "渠道", ())
    regions: Lines = about("regions", "区域", ())
    excluded: Lines = about("what is left out", "不包含", ())


class Phase(Entry):
    """A phase of the activity: warm-up, burst, follow-up (C)."""

    title: Line | None = about("name of the phase", "阶段名称")
    start: When = required("first day", "开始日期")
    end: When = required("last day", "结束日期")


class Mechanics(Entry):
    """The rules of play of a promotion (C)."""

    play: Line | None = about("how it works", "玩法")
    threshold: Line | None = about("what it takes to join", "参与门槛")
    prizes: Lines = about("prizes", "奖品", ())


class Campaign(Entry):
    """Facts of the campaign: 策略/活动基本信息 (A1, C form 1, D part 1)."""

    title: Line = required("name of the strategy or campaign", "策略/活动名称")
    period: Period = required("the campaign's first and last day", "目标周期")
    scenario: Scenario | None = about("what kind of campaign it is", "场景")
    mode: Mode | None = about("online, offline or both", "线上/线下")
    size: Size | None = about("how fine the plan is", "规模")
    theme: Line | None = about("theme", "主题")
    slogan: Line | None = about("slogan", "口号")
    objective: Line | None = about("the core SMART goal in one sentence", "核心目标 (SMART)")
    department: Line | None = about("department that drew it up", "制定部门")
    departments: Lines = about("participating departments", "参与部门", ())
    drawn_up: Day | None = about("day on which it was drawn up", "制定日期")
    owner: Person | None = about("executing lead", "策略负责人")
    sponsor: Person | None = about("director who signs", "总监")
    audience: Personas = about("target-user personas", "目标用户画像", ())
    scope: Scope | None = about("scope", "范围")
    phases: Annotated[dict[Id, Phase], EMPTY] = about("phases by id", "活动阶段", {})
    milestones: Annotated[dict[Id, When], EMPTY] = about(
        "named days that relative dates count from, e.g. launch", "关键日期（相对日期的锚点，如 launch）", {}
    )
    mechanics: Mechanics | None = about("rules of play", "玩法规则")
    positioning: Line | None = about("positioning", "定位")
    value_proposition: Line | None = about("value proposition", "价值主张")
    research: Lines = about("research findings", "调研分析", ())
    differentiation: Line | None = about("what sets it apart", "差异化")
    content_plan: Lines = about("content plan", "内容策略", ())
    currency: Line = about("currency of all amounts", "币种", "CNY")
    calendar: Line = about(
        "whose holidays count (CN, HK, US …), 'weekdays' for Monday to Friday, 'everyday' for no days off",
        "节假日日历 (CN, HK, US…);weekdays = 周一至周五；everyday = 无休",
        "CN",
    )
    days_off: Days = about("extra days off", "额外休息日", ())
    workdays: Days = about("extra working days", "额外工作日", ())
    calendar_file: Line | None = about(
        "file with the days off of a year that is not yet published, e.g. calendars/cn.yaml",
        "尚未内置年份的放假安排文件，如 calendars/cn.yaml",
    )
    buffer: Length | None = about(
        "project buffer kept between the last task and the campaign's end",
        "项目缓冲：最后一项任务与活动结束日之间的预留",
    )
    language: Line | None = about("language of the output, zh or en", "输出语言 (zh 或 en)")
    note: Line | None = about("remark", "备注")

    @property
    def start(self) -> date:
        """First day of the period."""
        return self.period.start

    @property
    def end(self) -> date:
        """Last day of the period."""
        return self.period.end


class Member(Entry):
    """One row of the team roster: 团队分工表 (C)."""

    name: Line | None = about("name", "姓名")
    role: Line | None = about("role or duty", "职责")
    department: Line | None = about("group or department", "组别/部门")
    head: YesNo = about("heads the department and answers for its hand-overs", "部门负责人", default=False)
    contact: Line | None = about("how to reach them", "联系方式")
    capacity: Amount = about(
        "share of full time available, 1 = all of it", "可用产能（1 = 全职）", Decimal(1)
    )
    days_off: Days = about("own days off", "个人休假", ())
    note: Line | None = about("remark", "备注")
