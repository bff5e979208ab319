"""The working days of a campaign."""

from collections.abc import Iterator, Mapping
from datetime import date

from mktexec.calendar import NONE, WEEKDAYS, Workdays, YearDays, is_calendar
from mktexec.model.campaign import Campaign
from mktexec.model.plan import Plan
from mktexec.model.tasks import Task

LEAST_A_YEAR = 200  # working days; a duration or a lead may go back from a typed day
MOST_BACK = 60  # years


def campaign_days(campaign: Campaign, first_year: int, known: Mapping[int, YearDays] = NONE) -> Workdays:
    """Return the working days of ``campaign``, those of an unknown calendar as Monday to Friday."""
    calendar = campaign.calendar if is_calendar(campaign.calendar) else WEEKDAYS
    return Workdays(calendar, first_year, campaign.days_off, campaign.workdays, known)


def origin_year(plan: Plan, as_of: date) -> int:
    """Return the year before the first that any date of the schedule lies in."""
    first, back, leads = min(plan.campaign.start, as_of), 0, 0
    for task in plan.tasks.values():
        first = min((first, *_days(task)))
        if task.duration and task.end and not task.start:
            back = max(back, task.duration.days)
        if task.after:
            leads -= sum(min(link.lag.days, 0) for link in task.after)
    return first.year - 1 - min((back + leads) // LEAST_A_YEAR, MOST_BACK)


def _days(task: Task) -> Iterator[date]:
    """Yield the days of a task from which others may be counted back."""
    typed = (task.start, task.end, task.not_before, task.finish_by)
    yield from (day for day in typed if day)
    yield from task.log
    if task.actual:
        yield from (day for day in (task.actual.start, task.actual.end) if day)
