"""How a task stands on a day (design part 5)."""

from datetime import date
from math import floor
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.model.support import Thresholds
from mktexec.model.terms import Health, LateIn
from mktexec.schedule import Known, Schedule, TaskDates
from mktexec.schedule.passes import DAY

TOLERANCE = 1e-9
HALF = 0.5  # half a day counts as one


class TaskState(NamedTuple):
    """One task on a day.

    Progress is a share in [0, 1], None if unknown. ``days_late`` counts in the plan's
    ``late_in`` days; negative is early, None unknown. ``behind`` is planned less actual
    progress, 0 on the first day.
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


def planned_progress(dates: TaskDates, workdays: Workdays, day: date) -> float | None:
    """Return working days elapsed ÷ working days planned; None without a start until the end is past.

    The day itself counts as elapsed: what is dated on it is known too. What takes no
    working day, a milestone or a weekend's event, is due when its last day is past.
    """
    if dates.end is None:
        return None
    if day > dates.end:
        return 1.0
    if dates.start is None:
        return None
    if dates.milestone or day < dates.start:
        return 0.0
    first = workdays.index(dates.start)
    planned = workdays.index(dates.end + DAY) - first
    return (workdays.index(day + DAY) - first) / planned if planned else 0.0


def _behind(
    dates: TaskDates, planned: float | None, progress: float | None, schedule: Schedule
) -> float | None:
    """Return planned - actual progress; 0 on the first day, which is not lost before it is over."""
    if planned is None or progress is None:
        return None
    first_day = planned_progress(dates, schedule.workdays, schedule.as_of - DAY) == 0
    return 0.0 if first_day else max(0.0, planned - progress)


def task_state(dates: TaskDates, record: Known, schedule: Schedule, limits: Thresholds) -> TaskState:
    """Return how a task with ``dates`` and ``record`` stands."""
    as_of = schedule.as_of
    planned = planned_progress(dates, schedule.workdays, as_of)
    behind = _behind(dates, planned, record.progress, schedule)
    overdue = not record.done and dates.end is not None and as_of > dates.end
    late = _days_late(dates, record, schedule, limits, None if overdue else behind)
    finished = record.done and record.end is not None and dates.end is not None and as_of >= dates.end
    due = (overdue or finished) and not record.cancelled
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
    return floor(behind * length + HALF + TOLERANCE)


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
    if behind and behind >= float(limits.behind) - TOLERANCE:
        return Health.LAGGING
    if not record.started and (dates.start is None or schedule.as_of < dates.start):
        return Health.NOT_DUE
    return Health.ON_TRACK
