"""A slip: what to write down so that a task is forecast some days later than it is now."""

from datetime import date, timedelta

from mktexec.dates import Duration
from mktexec.schedule import Schedule


def later_start(schedule: Schedule, task_id: str, by: Duration) -> date:
    """Return the day before which a task that has not begun must not start, to be ``by`` later.

    Working days are those of its owner. What is so many of them long ends exactly ``by`` later; a
    milestone, a task counted in calendar days and any slip in calendar days are moved at their
    start, from where the next working day counts.
    """
    dates, work = schedule.dates[task_id], schedule.work(task_id)
    if by.unit == "cd":
        return dates.forecast_start + timedelta(days=by.days)
    own = schedule.computed.net.terms[schedule.graph.number[task_id]] if schedule.computed else None
    if own is None or own.milestone or own.calendar_days:
        return work.shift(dates.forecast_start, by.days)
    end = work.shift(dates.forecast_end, by.days)
    return date.fromordinal(own.begin(end.toordinal() + 1))


def work_left(schedule: Schedule, task_id: str, by: Duration) -> int:
    """Return the working days of work left after the as-of day if a task under way ends ``by`` later.

    An end that would fall on a day off is that of the next working day.
    """
    last, work = schedule.dates[task_id].forecast_end, schedule.work(task_id)
    end = last + timedelta(days=by.days) if by.unit == "cd" else work.shift(last, by.days)
    return work.index(end) + 1 - work.index(schedule.as_of + timedelta(days=1))
