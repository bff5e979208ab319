"""The whole plan: its sections, each a map keyed by id."""

from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from mktexec.model.budget import Budget, Material, Resource, Supplier
from mktexec.model.campaign import Campaign, Member
from mktexec.model.fields import (
    EMPTY,
    TEXT_SCHEMA,
    Day,
    Entry,
    Id,
    Line,
    Several,
    about,
    fault,
    required,
    short_for,
)
from mktexec.model.goals import Goal, Initiative
from mktexec.model.kpis import Kpi
from mktexec.model.support import (
    Acknowledgement,
    Channel,
    Experiment,
    Notify,
    Review,
    Risk,
    Signature,
    Thresholds,
)
from mktexec.model.tasks import LogEntry, Task
from mktexec.model.terms import Alarm

FORMAT_VERSION = "1"


def _version(value: object) -> int:
    if value != FORMAT_VERSION:
        raise fault("bad-version", value)
    return int(FORMAT_VERSION)


Version = Annotated[int, PlainValidator(_version), WithJsonSchema({"enum": [1, "1"]})]
DayLog = Annotated[tuple[Annotated[LogEntry, short_for("action", TEXT_SCHEMA)], ...], Several()]


class Plan(Entry):
    """A marketing strategy's plan, format version 1."""

    mktexec: Version = required("version of the format", "格式版本")
    campaign: Campaign = required("facts of the campaign", "策略/活动基本信息")
    people: Annotated[dict[Id, Member], EMPTY] = about("team roster by id", "团队分工", {})
    goals: Annotated[dict[Id, Goal], EMPTY] = about("goals by id", "目标", {})
    initiatives: Annotated[dict[Id, Initiative], EMPTY] = about("initiatives by id", "举措", {})
    tasks: Annotated[dict[Id, Task], EMPTY] = about("tasks by id", "任务", {})
    kpis: Annotated[dict[Id, Kpi], EMPTY] = about("indicators by id", "效果指标", {})
    budget: Budget | None = about("budget", "预算")
    resources: Annotated[dict[Id, Resource], EMPTY] = about("resource requests by id", "资源", {})
    materials: Annotated[dict[Id, Material], EMPTY] = about("materials by id", "物料", {})
    suppliers: Annotated[dict[Id, Supplier], EMPTY] = about("suppliers by id", "供应商", {})
    risks: Annotated[dict[Id, Risk], EMPTY] = about("risks by id", "风险", {})
    channels: Annotated[dict[Id, Channel], EMPTY] = about("channels by id", "渠道", {})
    experiments: Annotated[dict[Id, Experiment], EMPTY] = about("tests by id", "小规模测试", {})
    approvals: Annotated[dict[Id, Signature], EMPTY] = about("approvals by id", "审批", {})
    acknowledgements: Annotated[dict[Id, Acknowledgement], EMPTY] = about(
        "answers to findings by id", "预警响应", {}
    )
    log: Annotated[dict[Day, DayLog], EMPTY] = about("the campaign's execution log by day", "执行日志", {})
    review: Review | None = about("retrospective", "复盘")
    thresholds: Annotated[Thresholds, EMPTY] = about(
        "limits that differ from the defaults", "阈值", Thresholds.model_construct()
    )
    rules: Annotated[dict[Id, Alarm], EMPTY] = about(
        "levels of rules that differ from the defaults, by code; off asks a rule no more",
        "规则级别（按代码；off 为关闭）",
        {},
    )
    notify: Annotated[dict[Line, Notify], EMPTY] = about(
        "how people and departments are told, by person's id or department", "通知方式（人员编号或部门）", {}
    )

    def person(self, person_id: str | None) -> str:
        """Return how people call a person: the name, else the role, else the id; – for nobody."""
        if person_id is None:
            return "–"
        member = self.people.get(person_id)
        return (member.name or member.role or person_id) if member else person_id

    def department(self, person_id: str | None) -> str | None:
        """Return the department of a person, None for nobody and for one without."""
        member = self.people.get(person_id or "")
        return member.department if member else None


SECTIONS = tuple(name for name in Plan.model_fields if name != "mktexec")
