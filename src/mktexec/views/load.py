"""Who has too much to do: the rows of ``schedule --load``."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.schedule import Schedule
from mktexec.schedule.demands import Unit
from mktexec.schedule.load import WEEK, Figure, Load, OverLoad, UnitLoad, load, monday

NOWHERE = T("No department", "未填部门")
RESOURCES = T("Resources", "资源")


@dataclass(frozen=True, slots=True)
class LoadRow:
    """A person, a department or a resource with its load.

    ``capacity`` is that of a working day, None if nobody said; ``measure`` what a resource is
    counted in. ``peak`` is the day ahead that is loaded most for its capacity, ``days_over`` the
    number of days ahead on which it is too much.
    """

    unit: Unit
    title: str
    department: str
    capacity: Decimal | None
    measure: str
    this_week: Figure
    next_week: Figure
    peak: tuple[date, Figure] | None
    days_over: int
    load: UnitLoad


@dataclass(frozen=True, slots=True)
class LoadGroup:
    """A department and its people, people without one, or the resources.

    ``whole`` is the row of the department; ``title`` is empty where there is but one group.
    """

    title: str
    whole: LoadRow | None
    rows: tuple[LoadRow, ...]


class OverRow(NamedTuple):
    """An over-load, with the name of who it is and the titles of its tasks."""

    title: str
    over: OverLoad
    tasks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LoadView:
    """Everything that ``schedule --load`` shows, from ``first``, a Monday, to ``last``.

    There is no ``last`` if no work lies ahead. ``assumed`` is the number of tasks that count as
    full time of their owner.
    """

    title: str
    as_of: date
    first: date
    last: date | None
    groups: tuple[LoadGroup, ...]
    over: tuple[OverRow, ...]
    assumed: int

    @property
    def rows(self) -> list[LoadRow]:
        """Every row, in the order of the groups."""
        return [
            row
            for group in self.groups
            for row in ((group.whole, *group.rows) if group.whole else group.rows)
        ]


def load_view(plan: Plan, schedule: Schedule, lang: Lang) -> LoadView:
    """Return the load of ``plan``: from the week of the as-of day on, or of the first load after it."""
    found = load(plan, schedule)
    as_of = schedule.as_of
    coming = [day for one in found.units.values() for day in one.loads if day >= as_of.toordinal()]
    rows = {unit: _row(plan, one, as_of) for unit, one in found.units.items()}
    return LoadView(
        plan.campaign.title,
        as_of,
        monday(date.fromordinal(min(coming)) if coming else as_of),
        date.fromordinal(max(coming)) if coming else None,
        tuple(_groups(rows, lang)),
        _over(plan, found, rows),
        len(found.assumed),
    )


def _row(plan: Plan, one: UnitLoad, as_of: date) -> LoadRow:
    unit = one.unit
    title, department, measure = unit.id, unit.id, ""
    if unit.kind == "person":
        title, department = plan.person(unit.id), plan.people[unit.id].department or ""
    elif unit.kind == "resource":
        resource = plan.resources[unit.id]
        title, department, measure = resource.title, "", resource.unit or ""
    peak = one.peak(as_of)
    return LoadRow(
        unit,
        title,
        department,
        one.amount(sum(supply.parts for supply in one.supplies)) if one.known else None,
        measure,
        one.week(as_of),
        one.week(as_of + timedelta(days=WEEK)),
        (peak, one.figure(peak)) if peak else None,
        len(one.over),
        one,
    )


def _groups(rows: dict[Unit, LoadRow], lang: Lang) -> list[LoadGroup]:
    """Return departments in the order of their first people, people without one, resources."""
    people: dict[str, list[LoadRow]] = {}
    for unit, row in rows.items():
        if unit.kind == "person":
            people.setdefault(row.department, []).append(row)
    alone = people.pop("", [])
    groups = [
        LoadGroup(name, rows[Unit("department", name)], tuple(members)) for name, members in people.items()
    ]
    resources = tuple(row for unit, row in rows.items() if unit.kind == "resource")
    if alone:
        groups.append(LoadGroup(NOWHERE.say(lang) if groups or resources else "", None, tuple(alone)))
    if resources:
        groups.append(LoadGroup(RESOURCES.say(lang), None, resources))
    return groups


def _over(plan: Plan, found: Load, rows: dict[Unit, LoadRow]) -> tuple[OverRow, ...]:
    return tuple(
        OverRow(rows[one.unit].title, one, tuple((key, plan.tasks[key].title) for key in one.tasks))
        for one in found.over
    )
