"""What is known of a task on a day: everything dated later is not (design part 5)."""

from datetime import date
from typing import NamedTuple

from mktexec.dates import Duration
from mktexec.model.tasks import Task


class Known(NamedTuple):
    """A task's recorded state on a day.

    ``progress`` is a share in [0, 1], None if unknown; ``remaining`` is the work left after
    ``recorded``, where that was written down later than any progress. ``recorded`` is the day of
    either, None where it carries no day and so holds as of today.
    """

    start: date | None = None
    end: date | None = None
    progress: float | None = 0.0
    recorded: date | None = None
    done: bool = False
    cancelled: bool = False
    last_record: date | None = None
    remaining: Duration | None = None

    @property
    def started(self) -> bool:
        """True once work has begun."""
        return self.start is not None or self.done or bool(self.progress) or self.remaining is not None


NOTHING = Known()


def known(task: Task, as_of: date) -> Known:
    """Return what is recorded of ``task`` on or before ``as_of``."""
    actual, log = task.actual, task.log
    if actual is None and not log and task.cancelled is None:
        if task.progress is None:
            return NOTHING
        return Known(progress=task.progress, done=task.progress >= 1)
    start = actual.start if actual and actual.start and actual.start <= as_of else None
    end = actual.end if actual and actual.end and actual.end <= as_of else None
    records = [day for day in log if day <= as_of]
    records += [day for day in (start, end) if day]
    last = max(records, default=None)
    cancelled = task.cancelled is not None and task.cancelled <= as_of
    progress, recorded = (1.0, end) if end else _progress(task, as_of)
    done = end is not None or (progress is not None and progress >= 1)
    if done and end is None and recorded is not None:
        end = _finished_on(task, recorded)
    left = None if done else _remaining(task, as_of, recorded)
    if left is not None:
        recorded = left
    return Known(
        start, end, progress, recorded, done, cancelled, last, task.log[left].remaining if left else None
    )


def _remaining(task: Task, as_of: date, recorded: date | None) -> date | None:
    """Return the day of the last statement of what is left, if no later progress outdates it."""
    days = [day for day, entry in task.log.items() if entry.remaining is not None and day <= as_of]
    last = max(days, default=None)
    return last if last and (recorded is None or last >= recorded) else None


def _finished_on(task: Task, recorded: date) -> date:
    """Return the first day of the records of full progress that reach to ``recorded``."""
    first = recorded
    for day in sorted((day for day in task.log if day < recorded), reverse=True):
        progress = task.log[day].progress
        if progress is not None and progress < 1:
            break
        first = day if progress is not None else first
    return first


def _progress(task: Task, as_of: date) -> tuple[float | None, date | None]:
    """Return progress on a day and the day it was recorded on."""
    actual = task.actual
    dated = [day for day in (actual.start, actual.end) if day] if actual else []
    past = [day for day, entry in task.log.items() if entry.progress is not None and day <= as_of]
    newest = max(past, default=None)
    if task.progress is not None and as_of >= max([*task.log, *dated], default=as_of):
        repeated = newest is not None and task.log[newest].progress == task.progress
        return task.progress, newest if repeated else None
    if newest is not None:
        return task.log[newest].progress, newest
    later_start = actual is not None and actual.start is not None and as_of < actual.start
    untouched = task.progress is None and not dated
    return (0.0, None) if later_start or untouched else (None, None)
