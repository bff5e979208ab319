"""How a task stands on a day (design part 5)."""

from dataclasses import dataclass
from datetime import date

from mktexec.model.support import Thresholds
from mktexec.model.terms import Health, LateIn
from mktexec.schedule import Known, Schedule, TaskDates
from mktexec.schedule.passes import DAY

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task on a day.

    Progress is a share in [0, 1], None if unknown. ``days_late`` counts in the plan's
    ``late_in`` days; negative is early, None unknown.
    """

    health: Health
    progress: float | None
    planned_progress: float | None
    behind: float | None
    days_late: int | None
    overdue: bool
    weight: int
    due: bool
    on_time: bool | None


def planned_progress(dates: TaskDates, schedule: Schedule) -> float | None:
    """Return working days elapsed ÷ working days planned; None without a planned start.

    The as-of day itself counts as elapsed: what is dated on it is known too.
    """
    if dates.end is None:
        return None
    if schedule.as_of >= dates.end:
        return 1.0
    if dates.start is None:
        return None
    if schedule.as_of < dates.start:
        return 0.0
    index = schedule.workdays.index
    first = index(dates.start)
    planned = index(dates.end + DAY) - first
    return (index(schedule.as_of + DAY) - first) / planned if planned else 0.0


def task_state(dates: TaskDates, record: Known, schedule: Schedule, limits: Thresholds) -> TaskState:
    """Return how a task with ``dates`` and ``record`` stands."""
    as_of = schedule.as_of
    planned = planned_progress(dates, schedule)
    behind = None
    if planned is not None and record.progress is not None:
        behind = max(0.0, planned - record.progress)
    overdue = not record.done and dates.end is not None and as_of > dates.end
    late = _days_late(dates, record, schedule, limits, None if overdue else behind)
    due = dates.end is not None and as_of >= dates.end and not record.cancelled
    on_time = None if not (record.done and dates.end and record.end) else record.end <= dates.end
    return TaskState(
        _health(dates, record, schedule, behind, limits, overdue=overdue),
        record.progress,
        planned,
        behind,
        None if record.cancelled else late,
        overdue and not record.cancelled,
        _weight(dates, schedule),
        due,
        on_time,
    )


def _weight(dates: TaskDates, schedule: Schedule) -> int:
    if dates.milestone:
        return 0
    if dates.start and dates.end:
        return max(1, schedule.workdays.between(dates.start, dates.end))
    return 1


def _days_late(
    dates: TaskDates, record: Known, schedule: Schedule, limits: Thresholds, behind: float | None
) -> int | None:
    if dates.end is None:
        return None
    working = limits.late_in is LateIn.WORKING
    if record.done:
        return _days(dates.end, record.end, schedule, working=working) if record.end else None
    if schedule.as_of > dates.end:
        return _days(dates.end, schedule.as_of, schedule, working=working)
    if not behind or dates.start is None:
        return 0
    length = (dates.end - dates.start).days + 1
    if working:
        length = schedule.workdays.between(dates.start, dates.end)
    return round(behind * length)


def _days(first: date, last: date, schedule: Schedule, *, working: bool) -> int:
    if not working:
        return (last - first).days
    if last < first:
        return -schedule.workdays.between(last + DAY, first)
    return schedule.workdays.between(first + DAY, last)


def _health(  # six states, each its own way out
    dates: TaskDates,
    record: Known,
    schedule: Schedule,
    behind: float | None,
    limits: Thresholds,
    *,
    overdue: bool,
) -> Health:
    if record.cancelled:
        return Health.CANCELLED
    if record.done:
        return Health.DONE
    if overdue or (dates.end is not None and dates.forecast_end > dates.end):
        return Health.DELAYED
    if behind is not None and behind >= float(limits.behind) - TOLERANCE:
        return Health.LAGGING
    if not record.started and (dates.start is None or schedule.as_of < dates.start):
        return Health.NOT_DUE
    return Health.ON_TRACK
