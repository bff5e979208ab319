"""Where the campaign stands: the rows of ``status``."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mktexec.assess import Assessment, KpiState, Rollup, TaskState, roll_up
from mktexec.assess.budget import BudgetState
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.kpis import Kpi
from mktexec.model.tasks import LogEntry, Task
from mktexec.model.terms import Health, Term
from mktexec.schedule import Known, Schedule, TaskDates
from mktexec.views.findings import FindingRow

AHEAD = timedelta(days=14)
UNASSIGNED = T("(none)", "（未指定）")


class GroupBy(Term):
    """What the roll-up is by."""

    INITIATIVE = "initiative", "Initiatives", "举措"
    OWNER = "owner", "Owners", "负责人"
    DEPARTMENT = "department", "Departments", "部门"


class Only(Term):
    """Which tasks are listed."""

    LATE = "late", "late", "延误"
    OPEN = "open", "open", "未完成"
    DONE = "done", "done", "已完成"
    CRITICAL = "critical", "critical", "关键"


class TaskRow(NamedTuple):
    """One task: what was planned, what is recorded, how it stands."""

    id: str
    task: Task
    owner: str
    dates: TaskDates
    record: Known
    state: TaskState

    def log_until(self, day: date) -> list[LogEntry]:
        """Return what was recorded on or before ``day``, in its order."""
        return [entry for when, entry in sorted(self.task.log.items()) if when <= day]

    @property
    def days_late(self) -> int | None:
        """Days past the planned end, early negative; None while the end is ahead or unknown."""
        past = self.state.overdue or self.record.done
        return self.state.days_late if past else None

    @property
    def urgency(self) -> tuple[int, int, date, str]:
        """Sorts what needs eyes first to the front."""
        order = {Health.DELAYED: 0, Health.LAGGING: 1, Health.ON_TRACK: 2, Health.NOT_DUE: 3}
        overdue = 0 if self.state.overdue else 1
        late = -(self.state.days_late or 0)
        rank = order.get(self.state.health, 4) * 2 + overdue
        return rank, late, self.dates.end or date.max, self.id


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of tasks rolled up."""

    id: str
    title: str
    owner: str
    rollup: Rollup

    @property
    def urgency(self) -> tuple[int, float]:
        """Sorts what needs eyes first to the front: delayed tasks, then the gap to the plan."""
        roll = self.rollup
        return -roll.counts.get(Health.DELAYED, 0), (roll.progress or 0) - (roll.planned_progress or 0)


@dataclass(frozen=True, slots=True)
class KpiRow:
    """One indicator."""

    id: str
    kpi: Kpi
    state: KpiState

    @property
    def urgency(self) -> float:
        """Sorts the farthest behind its pace to the front, the unread to the end."""
        return math.inf if self.state.pace is None else self.state.pace


@dataclass(frozen=True, slots=True)
class StatusView:
    """Everything that ``status`` shows; ``warnings`` are there only for documents about them."""

    plan: Plan
    schedule: Schedule
    assessment: Assessment
    owner: str
    tasks: list[TaskRow]
    groups: list[GroupRow]
    group_by: GroupBy
    kpis: list[KpiRow]
    budget: BudgetState | None
    whole: Rollup
    warnings: tuple[FindingRow, ...] = ()

    @property
    def attention(self) -> list[TaskRow]:
        """Tasks that are delayed or lagging, the worst first."""
        wanted = (Health.DELAYED, Health.LAGGING)
        return sorted((row for row in self.tasks if row.state.health in wanted), key=lambda row: row.urgency)

    @property
    def deadlines(self) -> list[TaskRow]:
        """Unfinished tasks due within two weeks, the nearest first."""
        as_of = self.schedule.as_of
        near = [
            row
            for row in self.tasks
            if row.dates.end
            and not row.record.done
            and not row.record.cancelled
            and as_of <= row.dates.end <= as_of + AHEAD
        ]
        return sorted(near, key=lambda row: (row.dates.end or date.max, row.id))

    @property
    def days_left(self) -> int:
        """Calendar days to the end of the period; negative once it is over."""
        return (self.plan.campaign.end - self.schedule.as_of).days

    @property
    def spent_share(self) -> float | None:
        """Spent ÷ total of the budget."""
        if self.budget is None or self.budget.total <= Decimal(0):
            return None
        return float(self.budget.spent / self.budget.total)


def status_view(
    plan: Plan,
    schedule: Schedule,
    assessment: Assessment,
    lang: Lang,
    owner: str | None = None,
    group_by: GroupBy = GroupBy.INITIATIVE,
    only: Only | None = None,
) -> StatusView:
    """Return the rows of ``status``, of one owner's tasks only if ``owner`` is an id."""
    rows = [
        TaskRow(
            key,
            task,
            plan.person(task.owner),
            schedule.dates[key],
            schedule.records[key],
            assessment.tasks[key],
        )
        for key, task in plan.tasks.items()
        if owner is None or task.owner == owner
    ]
    return StatusView(
        plan,
        schedule,
        assessment,
        plan.person(plan.campaign.owner),
        [row for row in rows if only is None or _FILTERS[only](row)],
        _groups(plan, rows, schedule, assessment, group_by, lang),
        group_by,
        [
            KpiRow(key, kpi, assessment.kpis[key])
            for key, kpi in plan.kpis.items()
            if owner in (None, kpi.owner)
        ],
        assessment.budget if owner is None else None,
        assessment.whole if owner is None else roll_up((row.id for row in rows), assessment.tasks, schedule),
    )


_FILTERS: dict[Only, Callable[[TaskRow], bool]] = {
    Only.LATE: lambda row: row.state.overdue or row.state.health is Health.DELAYED,
    Only.OPEN: lambda row: row.state.health not in (Health.DONE, Health.CANCELLED),
    Only.DONE: lambda row: row.state.health is Health.DONE,
    Only.CRITICAL: lambda row: row.dates.critical,
}


def _groups(
    plan: Plan, rows: list[TaskRow], schedule: Schedule, assessment: Assessment, by: GroupBy, lang: Lang
) -> list[GroupRow]:
    members: dict[str, list[str]] = {}
    if by is GroupBy.INITIATIVE:
        used = {row.task.initiative for row in rows}
        members = {key: [] for key in plan.initiatives if key in used}
    for row in rows:
        members.setdefault(_group_of(plan, row, by) or "", []).append(row.id)
    return [
        GroupRow(
            key, _title(plan, key, by, lang), _lead(plan, key, by), roll_up(ids, assessment.tasks, schedule)
        )
        for key, ids in members.items()
    ]


def _group_of(plan: Plan, row: TaskRow, by: GroupBy) -> str | None:
    if by is GroupBy.INITIATIVE:
        return row.task.initiative
    if by is GroupBy.OWNER:
        return row.task.owner
    return plan.department(row.task.owner)


def _title(plan: Plan, key: str, by: GroupBy, lang: Lang) -> str:
    if not key:
        return UNASSIGNED.say(lang)
    if by is GroupBy.INITIATIVE:
        return plan.initiatives[key].title
    return plan.person(key) if by is GroupBy.OWNER else key


def _lead(plan: Plan, key: str, by: GroupBy) -> str:
    initiative = plan.initiatives.get(key) if by is GroupBy.INITIATIVE else None
    return plan.person(initiative.owner) if initiative and initiative.owner else ""
