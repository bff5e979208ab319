"""The words a plan may use, in English and Chinese (domain.md part 2)."""

from enum import StrEnum
from functools import cache
from typing import Any, Self, cast

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mktexec.i18n import Text


class Term(StrEnum):
    """A fixed choice that may be written by its English key or its Chinese label."""

    label: Text

    def __new__(cls, value: str, en: str, zh: str) -> Self:
        """Make a member of its key and its labels."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(en, zh)
        return member

    @classmethod
    def parse(cls, value: object) -> Self:
        """Return the member written by key or Chinese label; raise ``bad-choice`` otherwise."""
        member = _words(cls).get(value) if type(value) is str else None
        if member is not None:
            return cast("Self", member)
        choices = [f"{member.value} ({member.label.zh})" for member in cls]
        context = {"value": str(value), "choices": choices}
        raise PydanticCustomError("bad-choice", "{value}", context)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        """Read a member from text."""
        return core_schema.no_info_plain_validator_function(cls.parse)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: Any) -> dict[str, Any]:
        """Offer keys and Chinese labels to editors."""
        return {"enum": [*(m.value for m in cls), *(m.label.zh for m in cls)]}


@cache
def _words(term: type[Term]) -> dict[str, Term]:
    """Return the members of ``term`` by key and by Chinese label."""
    return {word: member for member in term for word in (member.value, member.label.zh)}


class Scenario(Term):
    """What the campaign is for (A)."""

    LAUNCH = "launch", "New-product launch", "新品上市"
    PROMOTION = "promotion", "Sales promotion", "促销活动"
    BRAND = "brand", "Brand building", "品牌建设"
    REGION = "region", "Regional expansion", "区域拓展"
    GROWTH = "growth", "User growth", "用户增长"


class Mode(Term):
    """Where the activity takes place (C)."""

    ONLINE = "online", "online", "线上"
    OFFLINE = "offline", "offline", "线下"
    BOTH = "both", "online and offline", "线上线下"


class Size(Term):
    """How fine the plan is (C)."""

    SMALL = "small", "small", "小型"
    MEDIUM = "medium", "medium", "中型"
    LARGE = "large", "large", "大型"


class GoalLevel(Term):
    """The levels of the goal breakdown (B, D)."""

    COMPANY = "company", "company", "公司"
    DEPARTMENT = "department", "department", "部门"
    STAGE = "stage", "quarter or month", "阶段"
    ACTIVITY = "activity", "activity", "活动"


class Priority(Term):
    """The urgent/important quadrants (A, B)."""

    IMPORTANT_URGENT = "important-urgent", "important, urgent", "重要且紧急"
    IMPORTANT = "important", "important, not urgent", "重要不紧急"
    URGENT = "urgent", "urgent, not important", "紧急不重要"
    NEITHER = "neither", "neither", "不重要不紧急"


class Cadence(Term):
    """How often a record must be updated (D)."""

    DAILY = "daily", "daily", "每日"
    WEEKLY = "weekly", "weekly", "每周"
    BIWEEKLY = "biweekly", "every two weeks", "每两周"
    MONTHLY = "monthly", "monthly", "每月"

    @property
    def days(self) -> int:
        """The longest time between two records, in calendar days."""
        return {"daily": 1, "weekly": 7, "biweekly": 14, "monthly": 31}[self.value]


class KpiKind(Term):
    """What an indicator measures (D)."""

    OUTCOME = "outcome", "outcome indicator", "结果指标"
    PROCESS = "process", "process indicator", "过程指标"


class Better(Term):
    """Which direction is good."""

    HIGHER = "higher", "higher is better", "越高越好"
    LOWER = "lower", "lower is better", "越低越好"


class Combine(Term):
    """How readings make up the value to date."""

    LATEST = "latest", "the latest reading", "取最新值"
    SUM = "sum", "the sum of readings", "累加"
    LEVEL = "level", "a level, wanted in full at any time", "水平值"


class ResourceKind(Term):
    """Kinds of resources (A, B)."""

    PEOPLE = "people", "people", "人力"
    MATERIAL = "material", "material", "物料"
    CHANNEL = "channel", "channel", "渠道"
    TECHNOLOGY = "technology", "technology", "技术"
    MONEY = "money", "money", "预算"


class CostType(Term):
    """Types of cost (C)."""

    MATERIAL = "material", "material", "物料费"
    VENUE = "venue", "venue", "场地费"
    PEOPLE = "people", "people", "人员费"
    PROMOTION = "promotion", "promotion", "推广费"
    OTHER = "other", "other", "其他"


class Degree(Term):
    """Likelihood, impact and urgency."""

    LOW = "low", "low", "低"
    MEDIUM = "medium", "medium", "中"
    HIGH = "high", "high", "高"


class Approval(Term):
    """Where an approval stands (A, B)."""

    PENDING = "pending", "pending", "审批中"
    APPROVED = "approved", "approved", "已通过"
    REJECTED = "rejected", "rejected", "未通过"
    ARRANGED = "arranged", "arranged", "已对接"


class Decision(Term):
    """What a test led to (E)."""

    KEEP = "keep", "keep", "保留"
    CHANGE = "change", "change", "调整"
    DROP = "drop", "drop", "放弃"


class Alarm(Term):
    """The level that a plan gives a rule, or from which somebody is told (B)."""

    OFF = "off", "off", "关闭"
    INFO = "info", "info", "提示"
    REMIND = "remind", "remind", "提醒"
    WARN = "warn", "warn", "预警"
    ESCALATE = "escalate", "escalate", "升级"


class Computed(Term):
    """Indicators that follow from the plan itself (domain.md 2.9)."""

    ON_TIME = "tasks-on-time", "tasks finished on time", "任务按时完成率"


class LateIn(Term):
    """The days in which lateness is counted."""

    CALENDAR = "calendar", "calendar days", "自然日"
    WORKING = "working", "working days", "工作日"


class Health(Term):
    """How a task stands; computed, never typed (A, D)."""

    CANCELLED = "cancelled", "cancelled", "已取消"
    DONE = "done", "done", "已完成"
    NOT_DUE = "not_due", "not due", "未开始"
    ON_TRACK = "on_track", "on track", "正常"
    LAGGING = "lagging", "lagging", "滞后"
    DELAYED = "delayed", "delayed", "延期"
