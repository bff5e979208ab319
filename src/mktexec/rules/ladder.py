"""The ladder: how bad lateness is, and since when (domain.md part 3, guide B).

One day late is reminded in person, two are warned of by mail, three call a cross-department
meeting; a plan may set other numbers of days.
"""

from datetime import date, timedelta
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.findings import Level
from mktexec.model.support import Thresholds
from mktexec.model.terms import LateIn


class Step(NamedTuple):
    """Where something late stands on the ladder, since when it is late, and since when so much."""

    level: Level
    since: date
    raised: date


def ladder(limits: Thresholds, due: date, late: int, work: Workdays) -> Step | None:
    """Return the step of what is ``late`` days late since ``due``; None below the lowest.

    ``late`` is counted in the plan's ``late_in`` days, ``work`` are the working days it counts in.
    """
    steps = ((limits.escalate, Level.ESCALATE), (limits.warn, Level.WARN), (limits.remind, Level.REMIND))
    reached = [(days, level) for days, level in steps if late >= max(days, 1)]
    if not reached:
        return None
    days, level = reached[0]
    return Step(level, _day(limits, due, min(one for one, _ in reached), work), _day(limits, due, days, work))


def _day(limits: Thresholds, due: date, late: int, work: Workdays) -> date:
    """Return the day on which something due on ``due`` is ``late`` days late."""
    if limits.late_in is LateIn.WORKING:
        return work.shift(due, max(late, 1))
    return due + timedelta(days=max(late, 1))
