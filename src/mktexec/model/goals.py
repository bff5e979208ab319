"""Goals and initiatives (domain.md 2.3, 2.4)."""

from typing import Annotated

from mktexec.model.fields import Amount, Entry, Id, Line, Lines, Person, Ref, When, about, required
from mktexec.model.terms import GoalLevel, Priority


class Dimension(Entry):
    """By what a goal is broken down (B, D)."""

    time: Line | None = about("month or quarter", "时间")
    product: Line | None = about("product", "产品")
    region: Line | None = about("region", "区域")
    segment: Line | None = about("customer segment", "客群")
    channel: Line | None = about("channel", "渠道")


class Goal(Entry):
    """A goal of any level: 目标 (A1, B1, C, D1)."""

    title: Line = required("the goal, with its figure", "目标描述（含量化值）")
    level: GoalLevel | None = about("level of the breakdown", "目标层级")
    parent: Annotated[Id, Ref(("goals",))] | None = about("the goal it breaks down", "上级目标")
    dimension: Dimension | None = about("by what it is broken down", "拆解维度")
    owner: Person | None = about("the one person answerable", "负责人")
    due: When | None = about("deadline", "完成时限")
    indicators: Lines = about("measurable indicators", "量化指标", ())
    target: Amount | None = about("target value", "目标值")
    unit: Line | None = about("unit of the target", "单位")
    resources: Lines = about("resources it needs", "所需资源", ())
    priority: Priority | None = about("quadrant", "优先级（四象限）")
    note: Line | None = about("remark", "备注")


class Initiative(Entry):
    """What is done to reach a goal: 举措 (A2, B2)."""

    title: Line = required("the initiative", "举措名称")
    goal: Annotated[Id, Ref(("goals",))] | None = about("the goal it serves", "对应目标")
    owner: Person | None = about("module owner", "模块负责人")
    department: Line | None = about("department", "部门")
    description: Line | None = about("what it consists of", "说明")
    note: Line | None = about("remark", "备注")
