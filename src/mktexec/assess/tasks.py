"""How a task stands on a day (design part 5)."""

from collections.abc import Sequence
from datetime import date
from math import floor
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.model.support import Thresholds
from mktexec.model.terms import Health, LateIn
from mktexec.schedule import Known, Schedule, TaskDates
from mktexec.schedule.terms import DAY

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


def planned_progress(
    dates: TaskDates, workdays: Workdays, day: date, occurrences: Sequence[date] = ()
) -> float | None:
    """Return working days elapsed ÷ working days planned; None without a start until the end is past.

    ``workdays`` are those of whoever owns the task; of a recurring task the days on which it takes
    place count instead. The day itself counts as elapsed: what is dated on it is known too. What
    takes no working day, a milestone or a weekend's event, is due when its last day is past.
    """
    if dates.end is None:
        return None
    if day > dates.end:
        return 1.0
    if dates.start is None:
        return None
    if dates.milestone or day < dates.start:
        return 0.0
    if occurrences:
        return sum(one <= day for one in occurrences) / len(occurrences)
    first = workdays.index(dates.start)
    planned = workdays.index(dates.end + DAY) - first
    return (workdays.index(day + DAY) - first) / planned if planned else 0.0


def _behind(planned: float | None, before: float | None, progress: float | None) -> float | None:
    """Return planned - actual progress; 0 on the first day, which is not lost before it is over.

    ``before`` is the progress planned for the evening before.
    """
    if planned is None or progress is None:
        return None
    return 0.0 if before == 0 else max(0.0, planned - progress)


def task_state(task_id: str, schedule: Schedule, limits: Thresholds) -> TaskState:
    """Return how a task stands on the schedule's day."""
    dates, record, as_of = schedule.dates[task_id], schedule.records[task_id], schedule.as_of
    work, days = schedule.work(task_id), schedule.occurrences.get(task_id, ())
    planned = planned_progress(dates, work, as_of, days)
    behind = _behind(planned, planned_progress(dates, work, as_of - DAY, days), record.progress)
    overdue = not record.done and dates.end is not None and as_of > dates.end
    late = _days_late(dates, record, work, as_of, limits, None if overdue else behind)
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
        _weight(dates, work),
        due,
        on_time,
    )


def _weight(dates: TaskDates, work: Workdays) -> int:
    if dates.milestone:
        return 0
    if dates.start and dates.end:
        return max(1, work.between(dates.start, dates.end))
    return 1


def _days_late(
    dates: TaskDates, record: Known, work: Workdays, as_of: date, limits: Thresholds, behind: float | None
) -> int | None:
    if dates.end is None:
        return None
    working = work if limits.late_in is LateIn.WORKING else None
    if record.done:
        return days_past(dates.end, record.end, working) if record.end else None
    if as_of > dates.end:
        return days_past(dates.end, as_of, working)
    if not behind or dates.start is None:
        return 0
    length = working.between(dates.start, dates.end) if working else (dates.end - dates.start).days + 1
    return floor(behind * length + HALF + TOLERANCE)


def days_past(first: date, last: date, working: Workdays | None) -> int:
    """Return the days from one day to another, negative if it lies before; working ones if given."""
    if working is None:
        return (last - first).days
    if last < first:
        return -working.between(last + DAY, first)
    return working.between(first + DAY, last)


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
