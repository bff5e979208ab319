"""What the plan says of one task, ready for the passes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mktexec.calendar import Workdays
from mktexec.dates import Duration
from mktexec.model.campaign import Campaign
from mktexec.model.tasks import Task
from mktexec.schedule.anchors import is_milestone

DAY = timedelta(days=1)


@dataclass(slots=True)
class Terms:
    """Promised days, length and constraints of one task.

    ``first`` is the ordinal of the day on which it begins by the typed days, ``last`` that of the
    day after its end. ``length`` counts working days of ``work``, 0 where only days off are typed;
    ``calendar_days`` is set where calendar days were. ``floating`` means that its days follow
    from its predecessors, ``recurring`` that it ends on its day however late it begins. ``expected``
    is the day on which it is now expected to begin: it counts in the forecast only.
    """

    start: date | None
    end: date | None
    length: int
    work: Workdays
    first: int | None = None
    last: int | None = None
    calendar_days: int = 0
    milestone: bool = False
    floating: bool = False
    recurring: bool = False
    not_before: int = 0
    finish_by: int | None = None
    expected: int = 0
    buffer: Duration | None = None

    def finish(self, begin: int) -> int:
        """Return the ordinal of the day after its end if it begins on the day ``begin``."""
        if self.milestone:
            return begin
        if self.last is not None and (begin == self.first or (self.recurring and begin < self.last)):
            return self.last
        if self.calendar_days:
            return begin + self.calendar_days
        return self.work.ordinal(self.work.number(begin) + max(1, self.length) - 1) + 1

    def begin(self, end: int) -> int:
        """Return the earliest day to begin on that makes it end no earlier than before ``end``."""
        if self.milestone:
            return end
        if self.calendar_days:
            return self.aligned(end - self.calendar_days)
        return self.work.ordinal(self.work.number(end - 1) - max(1, self.length) + 1)

    def aligned(self, bound: int) -> int:
        """Return the first day on or after ``bound`` on which it may begin: a typed day, or a working one."""
        if self.milestone or (self.first is not None and self.first >= bound):
            return max(bound, self.first or 0)
        return self.work.ordinal(self.work.number(bound))


def terms(task: Task, campaign: Campaign, whole: Workdays, own: Mapping[str, Workdays]) -> Terms:
    """Return the terms of ``task``: of start, end and duration one is derived from the others."""
    work = own.get(task.owner, whole) if task.owner else whole
    start, end, milestone, calendar_days = _days(task, campaign, work)
    days = task.duration.days if task.duration else 0
    first = start.toordinal() if start else None
    last = max(end.toordinal() + 1, (first or 0) + 1) if end else None
    if milestone:
        length = 0
    elif first is not None and last is not None:
        length, calendar_days = max(0, work.number(last) - work.number(first)), 0
    else:
        length = 0 if calendar_days else max(1, days)
        if last is not None:  # an end alone is the day of the work
            first = min(work.ordinal(work.number(last) - 1), last - 1)
    return Terms(
        start,
        end,
        length,
        work,
        first,
        last,
        calendar_days,
        milestone,
        floating=start is None and end is None and (task.duration is not None or milestone),
        recurring=task.repeats is not None,
        not_before=task.not_before.toordinal() if task.not_before else 0,
        finish_by=task.finish_by.toordinal() + 1 if task.finish_by else None,
        expected=task.expected_start.toordinal() if task.expected_start else 0,
        buffer=task.buffer,
    )


def _days(task: Task, campaign: Campaign, work: Workdays) -> tuple[date | None, date | None, bool, int]:
    """Return start, end, whether it is a point in time, and its length where that is calendar days."""
    start, end, duration = task.start, task.end, task.duration
    days = duration.days if duration else 0
    calendar_days = days if duration and duration.unit == "cd" else 0
    if start and not end and duration:
        end = start + (days - 1) * DAY if calendar_days else work.shift(start, max(days - 1, 0))
    elif end and not start and duration:
        start = end - (days - 1) * DAY if calendar_days else work.shift(end, -max(days - 1, 0))
    if task.repeats is not None:
        return start or campaign.start, end or max(campaign.end, start or campaign.end), False, 0
    milestone = is_milestone(task) and (start is None or end is None or start == end)
    if milestone:
        start = end = start or end
    return start, end, milestone, calendar_days
