"""What if: two schedules of one plan side by side, as what differs between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from mktexec.assess import Assessment
from mktexec.assess.tasks import days_past
from mktexec.calendar import Workdays
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.schedule import Buffer, Schedule, TaskDates
from mktexec.schedule.driving import drivers
from mktexec.views.findings import FindingRow
from mktexec.views.timeline import goal_members


class Asked(NamedTuple):
    """One question: as it was typed, the task that it is about if any, and in words."""

    kind: Literal["slip", "without", "with"]
    text: str
    task: str | None
    said: T


class Side(NamedTuple):
    """A sound plan before or after what is asked."""

    plan: Plan
    schedule: Schedule
    assessment: Assessment


class Shift(NamedTuple):
    """A day before and after; ``days`` counts working days, negative is earlier."""

    was: date
    now: date
    days: int


class MovedTask(NamedTuple):
    """A task whose promised or forecast days are others.

    ``days`` by which its end moves count its owner's working days.
    """

    id: str
    title: str
    owner: str
    before: TaskDates
    after: TaskDates
    days: int
    asked: bool

    @property
    def moves(self) -> bool:
        """True if its forecast is another; where only its promised days are, the work is not moved."""
        was, now = ((one.forecast_start, one.forecast_end) for one in (self.before, self.after))
        return was != now

    @property
    def newly_critical(self) -> bool:
        """True if it was not critical before."""
        return self.after.critical and not self.before.critical


class MovedMark(NamedTuple):
    """A milestone that moves: of the campaign, or a task, whose id it then has."""

    id: str | None
    title: str
    shift: Shift


class Deadline(NamedTuple):
    """A deadline that moves, or that is missed by another number of working days than before.

    ``task`` is the one whose forecast end lies latest of all that serve it, ``end`` that end;
    ``was_late`` and ``late`` are the working days past the deadline, 0 in time.
    """

    kind: Literal["task", "kpi", "goal"]
    id: str
    title: str
    was_due: date | None
    due: date | None
    task: str | None
    end: date | None
    was_late: int
    late: int


class MovedBuffer(NamedTuple):
    """A buffer of a task, or the project's without an id, of which another part is used."""

    id: str | None
    title: str
    before: Buffer | None
    after: Buffer | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Everything that differs, each sorted by day, and the end of the whole.

    ``late`` are the working days by which the forecast end lies past the campaign's. ``paths`` are
    the critical paths, ``drivers`` what drives the forecast end, before and after. ``newly_critical``
    holds id and title of tasks that become critical where they lie, ``slack`` the slack before of the
    tasks that slip, grow or go. ``findings`` are what ``check`` finds of the values asked about.
    """

    title: str
    as_of: date
    asked: tuple[Asked, ...]
    early: Shift
    forecast: Shift
    period_end: date
    late: int
    marks: tuple[MovedMark, ...]
    paths: tuple[tuple[str, ...], tuple[str, ...]]
    drivers: tuple[tuple[str, ...], tuple[str, ...]]
    tasks: tuple[MovedTask, ...]
    newly_critical: tuple[tuple[str, str], ...]
    deadlines: tuple[Deadline, ...]
    buffers: tuple[MovedBuffer, ...]
    slack: tuple[tuple[str, int], ...]
    findings: tuple[FindingRow, ...]


def whatif(before: Side, after: Side, asked: Sequence[Asked], findings: Sequence[FindingRow] = ()) -> WhatIf:
    """Return what differs between the plan as it is and as it would be."""
    old, new, campaign = before.schedule, after.schedule, after.plan.campaign
    about = list(dict.fromkeys(one.task for one in asked if one.task))
    tasks = tuple(sorted(_tasks(before, after, about), key=lambda row: (row.after.forecast_start, row.id)))
    moved = {row.id for row in tasks if row.moves}
    return WhatIf(
        campaign.title,
        new.as_of,
        tuple(asked),
        _shift(new.workdays, old.end, new.end),
        _shift(new.workdays, old.forecast_end, new.forecast_end),
        campaign.end,
        _late(new.workdays, campaign.end, new.forecast_end),
        tuple(sorted(_marks(before, after, tasks), key=lambda mark: (mark.shift.now, mark.title))),
        (old.critical_path, new.critical_path),
        (drivers(old), drivers(new)),
        tasks,
        tuple(
            (key, task.title)
            for key, task in after.plan.tasks.items()
            if key not in moved and new.dates[key].critical and not old.dates[key].critical
        ),
        tuple(sorted(_deadlines(before, after), key=lambda one: (one.due or date.max, one.id))),
        tuple(_buffers(before, after)),
        tuple((key, old.dates[key].slack) for key in _giving(asked, tasks)),
        tuple(findings),
    )


def _giving(asked: Sequence[Asked], tasks: Sequence[MovedTask]) -> list[str]:
    """Return the tasks asked about that took of their slack: they move later, or are called off."""
    later = {row.id for row in tasks if row.days > 0}
    found = [one.task for one in asked if one.task and (one.kind == "without" or one.task in later)]
    return list(dict.fromkeys(found))


def _shift(work: Workdays, was: date, now: date) -> Shift:
    return Shift(was, now, days_past(was, now, work))


def _late(work: Workdays, due: date, end: date) -> int:
    """Return the working days by which an end lies past a deadline; at least 1 for a day off past it."""
    return max(1, days_past(due, end, work)) if end > due else 0


def _tasks(before: Side, after: Side, about: Sequence[str]) -> Iterator[MovedTask]:
    """Yield the tasks whose promised or forecast days differ, but for those that are called off.

    What is finished lies where it was done, whatever was promised of it.
    """
    for key, task in after.plan.tasks.items():
        old, new = before.schedule.dates[key], after.schedule.dates[key]
        gone = before.schedule.records[key].cancelled or after.schedule.records[key].cancelled
        done = before.schedule.records[key].done and after.schedule.records[key].done
        if not gone and _place(old, done=done) != _place(new, done=done):
            days = days_past(old.forecast_end, new.forecast_end, after.schedule.work(key))
            owner = after.plan.person(task.owner)
            yield MovedTask(key, task.title, owner, old, new, days, key in about)


def _place(dates: TaskDates, *, done: bool) -> tuple[date | None, ...]:
    promised = () if done else (dates.start, dates.end)
    return *promised, dates.forecast_start, dates.forecast_end


def _marks(before: Side, after: Side, tasks: Sequence[MovedTask]) -> Iterator[MovedMark]:
    work, known = after.schedule.workdays, before.plan.campaign.milestones
    for name, day in after.plan.campaign.milestones.items():
        if name in known and day != known[name]:
            yield MovedMark(None, name, _shift(work, known[name], day))
    for row in tasks:
        point = row.after.milestone or after.plan.tasks[row.id].milestone
        was, now = row.before.forecast_end, row.after.forecast_end
        if point and was != now:
            yield MovedMark(row.id, row.title, _shift(after.schedule.work(row.id), was, now))


def _deadlines(before: Side, after: Side) -> Iterator[Deadline]:
    for key, task in after.plan.tasks.items():
        dues = before.plan.tasks[key].finish_by, task.finish_by
        yield from _deadline(before, after, Deadline("task", key, task.title, *dues, None, None, 0, 0), [key])
    for key, kpi in after.plan.kpis.items():
        dues = before.assessment.kpis[key].due, after.assessment.kpis[key].due
        served = [kpi.task] if kpi.task else []
        yield from _deadline(before, after, Deadline("kpi", key, kpi.title, *dues, None, None, 0, 0), served)
    members = goal_members(after.plan)
    for key, goal in after.plan.goals.items():
        dues = before.plan.goals[key].due, goal.due
        bare = Deadline("goal", key, goal.title, *dues, None, None, 0, 0)
        yield from _deadline(before, after, bare, members[key])


def _deadline(before: Side, after: Side, bare: Deadline, served: Sequence[str]) -> Iterator[Deadline]:
    """Yield a deadline that moves or is missed otherwise than before, by the tasks that serve it."""
    was_last, last = (_last(side, served) for side in (before, after))
    work = after.schedule.workdays
    was_late = _late(work, bare.was_due, was_last[1]) if bare.was_due and was_last else 0
    late = _late(work, bare.due, last[1]) if bare.due and last else 0
    if bare.was_due != bare.due or was_late != late:
        task, end = last or (None, None)
        yield bare._replace(task=task, end=end, was_late=was_late, late=late)


def _last(side: Side, served: Sequence[str]) -> tuple[str, date] | None:
    """Return the task that is forecast to end last, and its end; None if all are called off."""
    records, dates = side.schedule.records, side.schedule.dates
    ends = [(key, dates[key].forecast_end) for key in served if not records[key].cancelled]
    return max(ends, key=lambda one: (one[1], one[0]), default=None)


def _buffers(before: Side, after: Side) -> Iterator[MovedBuffer]:
    old, new = before.schedule, after.schedule
    if old.project_buffer != new.project_buffer:
        yield MovedBuffer(None, "", old.project_buffer, new.project_buffer)
    for key, task in after.plan.tasks.items():
        if old.buffers.get(key) != new.buffers.get(key):
            yield MovedBuffer(key, task.title, old.buffers.get(key), new.buffers.get(key))
