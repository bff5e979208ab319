"""A second scheduler, naive on purpose: it walks from day to day and shares no code with the first.

It knows typed days, lengths, links, buffers, ``not_before``, own days off, points in time, recurring
and cancelled tasks. A moment is the morning of a day; an evening is the morning of the next.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from mktexec.dates import Dependency, Duration
from mktexec.model import Plan
from mktexec.model.tasks import Task

DAY = timedelta(days=1)
SATURDAY = 5
# As the State Council announced them: days off from Monday to Friday, weekend days worked.
OFF = "0610 0916 0917 1001 1002 1003 1004 1007 0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505".split()  # noqa: SIM905
WORKED = "0914 0929 1012 0126 0208 0427".split()  # noqa: SIM905
LINES = {day: 2025 if day < "06" else 2024 for day in [*OFF, *WORKED]}
Works = Callable[[date], bool]


class Place(NamedTuple):
    """Where a task lies: the moments at which it begins and ends; a point may stand in the evening."""

    begin: date
    end: date
    evening: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """Its first and last day."""
        if self.begin == self.end:
            return (self.end - DAY * self.evening,) * 2
        return self.begin, self.end - DAY


def working(plan: Plan, owner: str | None = None) -> Works:
    """Return whether somebody works on a day; everybody if nobody is named."""
    own = plan.people[owner].days_off if owner in plan.people else ()

    def works(day: date) -> bool:
        if day in own or day in plan.campaign.days_off:
            return False
        short = f"{day:%m%d}"
        if plan.campaign.calendar == "CN" and LINES.get(short) == day.year:
            return short in WORKED
        return plan.campaign.calendar == "everyday" or day.weekday() < SATURDAY

    return works


def moved(moment: date, lag: Duration, works: Works) -> date:
    """Return the moment after so many whole days, or before them: then the evening of a worked day."""
    left = lag.days
    if lag.unit == "cd":
        return moment + left * DAY
    while left > 0:
        left -= works(moment)
        moment += DAY
    while left < 0:
        moment -= DAY
        left += works(moment)
    return moment if lag.days >= 0 else evening_before(moment, works)


def evening_before(moment: date, works: Works) -> date:
    while not works(moment - DAY):
        moment -= DAY
    return moment


def next_worked(day: date, works: Works) -> date:
    while not works(day):
        day += DAY
    return day


def is_point(task: Task) -> bool:
    """Return whether a task takes no time: a milestone, or what is cancelled."""
    return task.milestone or task.cancelled is not None or (task.duration or Duration(1)).days == 0


def floats(task: Task) -> bool:
    return task.start is None and task.end is None and (task.duration is not None or task.milestone)


def moment_of(
    plan: Plan, link: Dependency, task: Task, giver: Place, kept: Duration | None
) -> tuple[date, bool]:
    """Return the moment that a link sets, and whether it is an evening."""
    works, given = working(plan), plan.tasks[link.task]
    moment = giver.begin if link.kind in ("SS", "SF") else giver.end
    evening = giver.evening if is_point(given) else link.kind in ("FS", "FF")
    if kept and link.kind == "FS" and floats(task) and not (task.cancelled or given.cancelled):
        moment = moved(moment, kept, works)
    moment = moved(moment, link.lag, works)
    if is_point(task) and not evening and link.lag.days and link.lag.unit == "d":
        moment = next_worked(moment, works)
    if not is_point(task) and not evening and not link.lag.days and link.kind in ("FF", "SF"):
        moment = evening_before(moment, works)
    return moment, evening


def typed(task: Task, plan: Plan, works: Works) -> tuple[date | None, date | None]:
    """Return the typed first and last day; an end alone is the day of the work."""
    first, last = task.start, task.end
    if task.repeats:
        return first or plan.campaign.start, last or plan.campaign.end
    if first and not last and task.duration and task.duration.unit == "cd":
        last = first + (task.duration.days - 1) * DAY
    if last and not first:
        first = last
        while not works(first):
            first -= DAY
    return first, last


def ending(task: Task, begin: date, span: tuple[date | None, date | None], works: Works) -> date:
    """Return the moment at which work ends that begins on a day."""
    first, last = span
    if last and (begin == first or (task.repeats and begin <= last)):
        return last + DAY
    if task.duration and task.duration.unit == "cd" and not last:
        return begin + task.duration.days * DAY
    length = task.duration.days if task.duration and not last else 1
    if first and last:
        length = max(1, sum(works(first + step * DAY) for step in range((last - first).days + 1)))
    return moved(begin, Duration(length), works)


def place(
    plan: Plan, task: Task, moments: Sequence[tuple[str, date, bool]], today: date | None = None
) -> Place | None:
    """Return where a task lies under moments for its begin (FS, SS) and for its end (FF, SF)."""
    works = working(plan, task.owner)
    if is_point(task):
        return point(plan, task, [(moment, not evening) for _, moment, evening in moments], today)
    begins = [moment for kind, moment, _ in moments if kind in ("FS", "SS")]
    ends = [moment for kind, moment, _ in moments if kind in ("FF", "SF")]
    span = typed(task, plan, works)
    if not begins and not span[0]:
        begins = [next_worked(plan.campaign.start, working(plan))]
    begins += [task.not_before] if task.not_before else []
    if today and not in_time(span, today, works):
        begins.append(today)
    bound = max(begins, default=date.min)
    begin = span[0] if span[0] and span[0] >= bound else next_worked(bound, works)
    if task.repeats:
        return Place(begin, max([ending(task, begin, span, works), *ends]))
    while ending(task, begin, span, works) < max(ends, default=date.min):
        begin = next_worked(begin + DAY, works)
    return Place(begin, ending(task, begin, span, works))


def point(plan: Plan, task: Task, moments: list[tuple[date, bool]], today: date | None) -> Place | None:
    """Return where a point in time stands: at the latest of its moments, in the morning if one is one."""
    if task.cancelled:
        return Place(max(moments)[0], max(moments)[0], not max(moments)[1]) if moments else None
    works, first = working(plan), task.start or task.end  # a point takes nobody's day
    start = None if moments or first else next_worked(plan.campaign.start, works)
    moments = moments + [(day, True) for day in (first, task.not_before, start) if day]
    moment, morning = max(moments)
    if today and not in_time((first, first), today, works) and next_worked(today, works) > moment:
        moment, morning = next_worked(today, works), True
    return Place(moment, moment, not morning)


def in_time(span: tuple[date | None, date | None], today: date, works: Works) -> bool:
    """Return whether typed days still hold: no worked day of them is over, and not all of them."""
    first, last = span
    if not first or not last:
        return False
    over = [first + step * DAY for step in range(max(0, (today - first).days))]
    return last >= today and not any(works(day) for day in over)


def early(plan: Plan) -> dict[str, tuple[date, date]]:
    """Return the first and last day of every task of a plan without loops."""
    found: dict[str, Place | None] = {}
    while len(found) < len(plan.tasks):
        for key, task in plan.tasks.items():
            if all(link.task in found for link in task.after):
                moments = [
                    (link.kind, *moment_of(plan, link, task, giver, plan.tasks[link.task].buffer))
                    for link in task.after
                    if (giver := found[link.task])
                ]
                found[key] = place(plan, task, moments)
    return {key: one.days for key, one in found.items() if one}
