"""What tasks ask of people and resources, and what those can give; exact, in parts.

A task asks full time of its owner on each of the owner's working days, from its forecast start
to its forecast end, unless ``needs`` names the owner with another share; ``needs`` also asks for
other people and for resources, on the same days. A milestone and a cancelled task ask for
nothing, a finished one for nothing after its end; a recurring one on its days only, and only for
what ``needs`` says: a stand-up is no full day. A task that lies on the owner's days off alone,
a weekend event, asks for those days, which then count as working days.

A person gives a share of full time on the person's working days and nothing on others, a
department what its people give, a resource what is available of it, every day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from math import lcm
from typing import Literal, NamedTuple

from mktexec.calendar import Workdays
from mktexec.model.plan import Plan
from mktexec.model.tasks import Task
from mktexec.schedule import Schedule


class Unit(NamedTuple):
    """What can be loaded; a department goes by its name."""

    kind: Literal["person", "department", "resource"]
    id: str


class Demand(NamedTuple):
    """What a task asks of a unit from one ordinal day to another, both included, in parts.

    It does so on the days of ``work``, on every day for None. ``assumed`` are owners taken for
    full time, ``event`` is work on days off.
    """

    task: str
    first: int
    last: int
    work: Workdays | None
    event: bool = False
    recurring: bool = False
    parts: int = 0
    assumed: bool = False

    def on(self, day: int) -> bool:
        """Return whether it asks for an ordinal day between its first and its last."""
        return self.work is None or works(self.work, day)


class Supply(NamedTuple):
    """What one person, or a resource, gives on a working day, in parts; days are ordinal."""

    parts: int
    work: Workdays
    off: frozenset[int] = frozenset()
    events: frozenset[int] = frozenset()

    def works(self, day: int) -> bool:
        """Return whether the day is one of work, or of an event that takes place on a day off."""
        return day in self.events or (works(self.work, day) and day not in self.off)


Demands = defaultdict[Unit, list[Demand]]


def works(work: Workdays, day: int) -> bool:
    """Return whether an ordinal day is a working day."""
    return work.number(day + 1) > work.number(day)


def scale_of(plan: Plan) -> int:
    """Return how many parts make full time, so that every share in the plan is a whole number of them."""
    amounts = [amount for task in plan.tasks.values() for amount in task.needs.values()]
    amounts += [member.capacity for member in plan.people.values()]
    amounts += [one.available for one in plan.resources.values() if one.available is not None]
    return lcm(*{amount.as_integer_ratio()[1] for amount in amounts})


def _parts(amount: Decimal, scale: int) -> int:
    """Return an amount in parts; there is nothing less than nothing."""
    above, below = amount.as_integer_ratio()
    return max(0, above * scale // below)


def demands(plan: Plan, schedule: Schedule, scale: int) -> Demands:
    """Return what every person and resource is asked for, in the plan's order of tasks."""
    found: Demands = defaultdict(list)
    for key, task in plan.tasks.items():
        dates = schedule.dates.get(key)
        if dates is None or dates.milestone or schedule.records[key].cancelled:
            continue
        spans = _spans(schedule, key)
        for unit, parts, assumed in _shares(plan, task, scale, recurring=key in schedule.occurrences):
            found[unit] += (one._replace(parts=parts, assumed=assumed) for one in spans)
    return found


def _shares(plan: Plan, task: Task, scale: int, *, recurring: bool) -> Iterator[tuple[Unit, int, bool]]:
    """Yield what a task asks of whom, in parts, and whether that is only assumed."""
    for key, amount in task.needs.items():
        if parts := _parts(amount, scale):
            if key in plan.people:
                yield Unit("person", key), parts, False
            elif key in plan.resources:
                yield Unit("resource", key), parts, False
    if task.owner in plan.people and task.owner not in task.needs and not recurring:
        yield Unit("person", task.owner), scale, True


def _spans(schedule: Schedule, key: str) -> list[Demand]:
    """Return the days on which a task asks for something, what it asks for still open."""
    dates = schedule.dates[key]
    first, last = dates.forecast_start.toordinal(), dates.forecast_end.toordinal()
    if key in schedule.occurrences:
        days = [day.toordinal() for day in schedule.occurrences[key]]
        done = schedule.records[key].done
        return [Demand(key, day, day, None, recurring=True) for day in days if day <= last or not done]
    work = schedule.work(key)
    event = work.number(first) == work.number(last + 1)
    return [Demand(key, first, last, None if event else work, event=event)]


def supplies(plan: Plan, schedule: Schedule, scale: int, asked: Demands) -> dict[Unit, tuple[Supply, ...]]:
    """Return what people give, then departments, then the resources that tasks ask for."""
    people: dict[Unit, tuple[Supply, ...]] = {}
    departments: dict[Unit, tuple[Supply, ...]] = {}
    for key, member in plan.people.items():
        unit = Unit("person", key)
        own = Supply(
            _parts(member.capacity, scale),
            schedule.workdays,
            frozenset(day.toordinal() for day in member.days_off),
            _events(asked.get(unit, ())),
        )
        people[unit] = (own,)
        if member.department:
            whole = Unit("department", member.department)
            departments[whole] = (*departments.get(whole, ()), own)
    resources = {
        Unit("resource", key): (Supply(_parts(one.available or Decimal(0), scale), schedule.workdays),)
        for key, one in plan.resources.items()
        if Unit("resource", key) in asked
    }
    return people | departments | resources


def _events(several: Sequence[Demand]) -> frozenset[int]:
    events = (one for one in several if one.event)
    return frozenset(day for one in events for day in range(one.first, one.last + 1))


def of_department(plan: Plan, name: str, asked: Mapping[Unit, list[Demand]]) -> list[Demand]:
    """Return what is asked of the people of a department."""
    members = (Unit("person", key) for key, one in plan.people.items() if one.department == name)
    return [one for member in members for one in asked.get(member, ())]
