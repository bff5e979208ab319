"""The schedule as rows, in the order of work, or rolled up into groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mktexec.assess import Assessment, Rollup, roll_up
from mktexec.i18n import Lang
from mktexec.model import Plan
from mktexec.model.terms import Term
from mktexec.schedule import Buffer, Schedule, TaskDates
from mktexec.views.status import UNASSIGNED

Members = dict[str, list[str]]


class By(Term):
    """What tasks are rolled up by."""

    INITIATIVE = "initiative", "Initiative", "举措"
    GOAL = "goal", "Goal", "目标"
    PHASE = "phase", "Phase", "阶段"
    OWNER = "owner", "Owner", "负责人"
    DEPARTMENT = "department", "Department", "部门"


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One task with all its dates, what constrains it, the buffer it keeps and the days it recurs on."""

    id: str
    title: str
    owner: str
    dates: TaskDates
    done: bool
    cancelled: bool
    not_before: date | None
    finish_by: date | None
    buffer: Buffer | None
    occurrences: tuple[date, ...]

    @property
    def missed(self) -> bool:
        """True if its forecast end lies past the day by which it must end."""
        return self.finish_by is not None and self.dates.forecast_end > self.finish_by and not self.cancelled

    def next_day(self, as_of: date) -> date | None:
        """Return the day on which a recurring task takes place next."""
        return next((day for day in self.occurrences if day >= as_of), None)


class Group(NamedTuple):
    """Tasks rolled up; ``phase`` holds the days of the phase itself where that is what they are in."""

    id: str
    title: str
    rollup: Rollup
    phase: tuple[date, date] | None


def timeline(plan: Plan, schedule: Schedule) -> list[TimelineRow]:
    """Return the tasks by early start, then early end, then id."""
    rows = [
        TimelineRow(
            key,
            task.title,
            plan.person(task.owner),
            schedule.dates[key],
            schedule.records[key].done,
            schedule.records[key].cancelled,
            task.not_before,
            task.finish_by,
            schedule.buffers.get(key),
            () if schedule.records[key].cancelled else schedule.occurrences.get(key, ()),
        )
        for key, task in plan.tasks.items()
    ]
    return sorted(rows, key=lambda row: (row.dates.early_start, row.dates.early_end, row.id))


def groups(plan: Plan, schedule: Schedule, assessment: Assessment, by: By, lang: Lang) -> list[Group]:
    """Return the groups that have tasks, in the plan's order; what belongs to none comes last."""
    members = goal_members(plan) if by is By.GOAL else _members(plan, schedule, by)
    found = []
    for key in sorted(members, key=lambda one: not one):
        phase = plan.campaign.phases.get(key) if by is By.PHASE else None
        if members[key]:
            rolled = roll_up(members[key], assessment.tasks, schedule)
            title = _title(plan, by, key) or UNASSIGNED.say(lang)
            found.append(Group(key, title, rolled, (phase.start, phase.end) if phase else None))
    return found


def goal_members(plan: Plan) -> Members:
    """Return the tasks that serve each goal through its initiatives, or through those of its child goals.

    Those that serve none stand under an empty id.
    """
    members: Members = {key: [] for key in (*plan.goals, "")}
    for key, task in plan.tasks.items():
        initiative = plan.initiatives.get(task.initiative or "")
        goal = initiative.goal if initiative else None
        served: list[str] = []
        while goal in plan.goals and goal not in served:
            served.append(goal)
            goal = plan.goals[goal].parent
        for one in served or [""]:
            members[one].append(key)
    return members


def _members(plan: Plan, schedule: Schedule, by: By) -> Members:
    known: dict[By, Mapping[str, object]] = {By.INITIATIVE: plan.initiatives, By.PHASE: plan.campaign.phases}
    members: Members = {key: [] for key in known.get(by, {})}
    for key in plan.tasks:
        members.setdefault(_group_of(plan, schedule, by, key), []).append(key)
    return members


def _group_of(plan: Plan, schedule: Schedule, by: By, key: str) -> str:
    task, dates = plan.tasks[key], schedule.dates[key]
    if by is By.INITIATIVE:
        return task.initiative or ""
    if by is By.OWNER:
        return task.owner or ""
    if by is By.DEPARTMENT:
        return plan.department(task.owner) or ""
    begin = dates.start or dates.early_start
    phases = plan.campaign.phases.items()
    return next((name for name, phase in phases if phase.start <= begin <= phase.end), "")


def _title(plan: Plan, by: By, key: str) -> str:
    if by is By.PHASE and key:
        return plan.campaign.phases[key].title or key
    if by is By.OWNER and key:
        return plan.person(key)
    if by is By.INITIATIVE and key:
        return plan.initiatives[key].title
    return plan.goals[key].title if by is By.GOAL and key else key
