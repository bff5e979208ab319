"""Tasks and what is recorded of them (domain.md 2.4, 2.13)."""

from datetime import date
from typing import Annotated

from mktexec.model.fields import (
    EMPTY,
    TEXT_SCHEMA,
    Amount,
    Day,
    Entry,
    Hours,
    Id,
    Length,
    Line,
    Lines,
    Links,
    Person,
    Progress,
    Ref,
    When,
    YesNo,
    about,
    required,
    short_for,
)
from mktexec.model.terms import Cadence, Priority


class LogEntry(Entry):
    """What happened on a day: 执行记录 (A5, C3, D3)."""

    action: Line | None = about("what was done", "关键动作")
    problem: Line | None = about("problem met", "存在问题")
    solution: Line | None = about("how it was solved", "解决方案")
    adjust: Line | None = about("what changes in the plan", "调整措施")
    progress: Progress | None = about(
        "progress on that day: per cent, or a count 18/20", "当日进度（% 或 18/20）"
    )
    remaining: Length | None = about("work left after that day, e.g. 5d", "当日之后的剩余工期，如 5d")
    by: Person | None = about("who recorded it", "记录人")
    note: Line | None = about("remark", "备注")


Log = Annotated[dict[Day, Annotated[LogEntry, short_for("note", TEXT_SCHEMA)]], EMPTY]


class Actual(Entry):
    """Actual dates: 实际起止时间 (D)."""

    start: Day | None = about("day on which work began", "实际开始")
    end: Day | None = about("day on which it was finished", "实际完成")


class Task(Entry):
    """A task at the level of an action: 任务 (A2, B2, D2)."""

    title: Line = required("what is done, at the level of an action", "任务描述")
    initiative: Annotated[Id, Ref(("initiatives",))] | None = about(
        "the initiative it belongs to", "所属举措"
    )
    owner: Person | None = about("the one person answerable", "负责人")
    collaborators: Lines = about("people or departments that help", "协作方", ())
    contact: Person | None = about("contact person of the collaborators", "接口人")
    start: When | None = about("planned start", "计划开始")
    end: When | None = about("planned end, included", "计划完成")
    duration: Length | None = about("length, where dates follow from `after`", "工期（日期由 after 推出时）")
    after: Links = about('predecessors: T002, "T002 +2d", "T002 SS +1d"', "前置任务", ())
    not_before: When | None = about("earliest day on which it may start", "最早开始限制")
    finish_by: When | None = about("day by which it must end", "最晚完成限制")
    expected_start: When | None = about(
        "day on which it is now expected to begin; moves the forecast, not the plan",
        "目前预计的开始日（只影响预计，不改变计划）",
    )
    milestone: YesNo = about("a key node of the schedule", "关键节点", default=False)
    repeats: Cadence | None = about("a recurring task kept as one entry", "重复频率")
    buffer: Length | None = about("buffer kept before the next task", "缓冲")
    deliverable: Line | None = about("what is handed over", "交付物")
    input: Line | None = about("what it needs to begin", "输入物")
    output: Line | None = about("what it produces", "输出物")
    quality: Line | None = about("quality standard", "质量标准")
    resources: Lines = about("resources it depends on", "依赖资源", ())
    needs: Annotated[dict[Annotated[Id, Ref(("resources", "people"))], Amount], EMPTY] = about(
        "how much of a resource or person it takes", "资源占用量", {}
    )
    priority: Priority | None = about("quadrant", "优先级（四象限）")
    response_time: Hours | None = about("agreed response time of a hand-over, e.g. 48h", "协作响应时限 (SLA)")
    cadence: Cadence | None = about("how often its record must be updated", "更新频率")
    progress: Progress | None = about("progress: per cent, or a count 18/20", "当前进度（% 或 18/20）")
    actual: Actual | None = about("actual dates", "实际起止时间")
    cancelled: Day | None = about("day on which it was called off", "取消日期")
    log: Log = about("records by day", "执行记录", {})
    evidence: Lines = about("links and files kept as proof", "物料存档/凭证", ())
    remark: Line | None = about("remark", "备注")

    @property
    def planned_start(self) -> date | None:
        """The typed start."""
        return self.start

    @property
    def planned_end(self) -> date | None:
        """The typed end."""
        return self.end
