"""The working days of a campaign."""

from collections.abc import Mapping

from mktexec.calendar import NONE, WEEKDAYS, Workdays, YearDays, is_calendar
from mktexec.model.campaign import Campaign
from mktexec.model.plan import Plan

LEAST_A_YEAR = 200  # working days; a duration may lead back from a typed end


def campaign_days(campaign: Campaign, first_year: int, known: Mapping[int, YearDays] = NONE) -> Workdays:
    """Return the working days of ``campaign``, those of an unknown calendar as Monday to Friday."""
    calendar = campaign.calendar if is_calendar(campaign.calendar) else WEEKDAYS
    return Workdays(calendar, first_year, campaign.days_off, campaign.workdays, known)


def origin_year(plan: Plan) -> int:
    """Return the year before the first that any date of the schedule lies in."""
    years = {plan.campaign.start.year}
    for task in plan.tasks.values():
        first = task.start or task.end
        if first:
            back = task.duration.days // LEAST_A_YEAR if task.duration else 0
            years.add(first.year - back)
        if task.actual and task.actual.start:
            years.add(task.actual.start.year)
    return min(years) - 1
