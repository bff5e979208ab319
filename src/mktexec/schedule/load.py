"""Who has too much to do: load against capacity of people, departments and resources, by day.

What loads whom, and what a capacity is, stands in ``demands``. Too much is a load above the
capacity on a day from the as-of day on; also somebody who is needed on a day off has too much.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.model.plan import Plan
from mktexec.schedule import Schedule
from mktexec.schedule.demands import Demand, Supply, Unit, demands, of_department, scale_of, supplies

WEEK = 7


class Figure(NamedTuple):
    """The load of a day, or the sum of several: shares of full time, or pieces of a resource.

    ``capacity`` is None where nobody said how much of a resource there is; ``over`` where the
    load of a day among them is too high; ``off`` where nobody works and nothing is loaded.
    """

    load: Decimal
    capacity: Decimal | None
    over: bool
    off: bool

    @property
    def share(self) -> float | None:
        """Load ÷ capacity; None without a capacity."""
        return float(self.load / self.capacity) if self.capacity else None


class OverLoad(NamedTuple):
    """Working days on end on which the same tasks are too much; recurring ones may come and go.

    ``load`` and ``capacity`` are those of the worst day. ``assumed`` says that what ``needs``
    states would fit, and only owners taken for full time make it too much.
    """

    unit: Unit
    first: date
    last: date
    days: int
    load: Decimal
    capacity: Decimal
    tasks: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True)
class UnitLoad:
    """The load of one unit by ordinal day, counted in parts so that it is exact.

    ``scale`` parts are full time, or one piece. ``loads`` holds loaded days only; ``known`` is
    False for a resource of which nobody said how much there is.
    """

    unit: Unit
    scale: int
    loads: Mapping[int, int]
    supplies: tuple[Supply, ...]
    as_of: int
    known: bool = True

    def works(self, day: int) -> bool:
        """Return whether anybody of the unit works on a day; resources do as the campaign does."""
        return any(supply.works(day) for supply in self.supplies)

    def capacity(self, day: int) -> int:
        """Return the capacity of a day."""
        always = self.unit.kind == "resource"
        return sum(supply.parts for supply in self.supplies if always or supply.works(day))

    @cached_property
    def over(self) -> list[int]:
        """The days from the as-of day on whose load is above the capacity, in their order."""
        coming = sorted(day for day in self.loads if day >= self.as_of) if self.known else []
        return [day for day in coming if self.loads[day] > self.capacity(day)]

    def figure(self, first: date, days: int = 1) -> Figure:
        """Return the figure of a day, or of the ``days`` from ``first`` on."""
        begin, end = first.toordinal(), first.toordinal() + days
        load = sum(self.loads.get(day, 0) for day in range(begin, end))
        capacity = self.amount(sum(map(self.capacity, range(begin, end)))) if self.known else None
        over = bisect_left(self.over, begin) < bisect_left(self.over, end)
        off = not load and not any(map(self.works, range(begin, end)))
        return Figure(self.amount(load), capacity, over, off)

    def week(self, day: date) -> Figure:
        """Return the sums of the ISO week of ``day``."""
        return self.figure(monday(day), WEEK)

    def peak(self, first: date, days: int | None = None) -> date | None:
        """Return the first day with the highest load ÷ capacity; None without load.

        It is one of the ``days`` from ``first`` on, any day after it for None.
        """
        begin = first.toordinal()
        span: Iterable[int] = self.loads if days is None else range(begin, begin + days)
        loaded = [day for day in span if day in self.loads and day >= begin]
        return date.fromordinal(min(loaded, key=lambda day: (-self._degree(day), day))) if loaded else None

    def _degree(self, day: int) -> float:
        capacity = self.capacity(day) if self.known else self.scale
        return self.loads[day] / capacity if capacity else inf

    def amount(self, parts: int) -> Decimal:
        """Return parts as a share of full time, or as pieces."""
        return Decimal(parts) / self.scale


class Load(NamedTuple):
    """The load of a plan: people in the plan's order, departments, resources that tasks need.

    ``assumed`` are the tasks that count as full time of their owner, for want of ``needs``.
    """

    units: dict[Unit, UnitLoad]
    over: tuple[OverLoad, ...]
    assumed: frozenset[str]


def load(plan: Plan, schedule: Schedule) -> Load:
    """Return who is loaded when, and the over-loads from the as-of day on, by their first day.

    A department of one person is as loaded as the person, and not judged again.
    """
    scale = scale_of(plan)
    asked = demands(plan, schedule, scale)
    assumed = frozenset(one.task for several in asked.values() for one in several if one.assumed)
    order = {key: place for place, key in enumerate(plan.tasks)}
    units: dict[Unit, UnitLoad] = {}
    over: list[OverLoad] = []
    for unit, given in supplies(plan, schedule, scale, asked).items():
        whole = unit.kind == "department"
        several = of_department(plan, unit.id, asked) if whole else asked.get(unit, [])
        several.sort(key=lambda one: order[one.task])
        known = unit.kind != "resource" or plan.resources[unit.id].available is not None
        one = UnitLoad(unit, scale, _by_day(several), given, schedule.as_of.toordinal(), known)
        units[unit] = one
        over += _over_loads(one, several) if not whole or len(given) > 1 else ()
    return Load(units, tuple(sorted(over, key=lambda entry: entry.first)), assumed)


def monday(day: date) -> date:
    """Return the first day of the ISO week of ``day``."""
    return day - timedelta(days=day.weekday())


def _by_day(several: Sequence[Demand]) -> dict[int, int]:
    """Return the parts asked for by ordinal day, counted where they change and not task by task."""
    loads: Counter[int] = Counter()
    changes: defaultdict[Workdays, Counter[int]] = defaultdict(Counter)
    for one in several:
        if one.work is None:
            loads.update(dict.fromkeys(range(one.first, one.last + 1), one.parts))
        else:
            changes[one.work][one.work.number(one.first)] += one.parts
            changes[one.work][one.work.number(one.last + 1)] -= one.parts
    for work, steps in changes.items():
        running = 0
        for here, there in pairwise(sorted(steps)):
            running += steps[here]
            for number in range(here, there) if running else ():
                loads[work.ordinal(number)] += running
    return dict(loads)


def _over_loads(one: UnitLoad, several: Sequence[Demand]) -> Iterator[OverLoad]:
    """Yield the runs of over-loaded days that the same tasks cause."""
    asked = _asked(one.over, several)
    lasting = {day: [one.task for one in asked[day] if not one.recurring] for day in asked}
    run: list[int] = []
    for day in one.over:
        if run and (lasting[run[-1]] != lasting[day] or not _follows(one, run[-1], day)):
            yield _entry(one, run, asked)
            run = []
        run.append(day)
    if run:
        yield _entry(one, run, asked)


def _asked(days: Sequence[int], several: Sequence[Demand]) -> dict[int, list[Demand]]:
    """Return what is asked for on each of the ordinal ``days``."""
    asked: dict[int, list[Demand]] = {day: [] for day in days}
    for one in several:
        for day in days[bisect_left(days, one.first) : bisect_right(days, one.last)]:
            if one.on(day):
                asked[day].append(one)
    return asked


def _follows(one: UnitLoad, before: int, day: int) -> bool:
    """Return whether only days without work and load lie between two days."""
    return not any(between in one.loads or one.works(between) for between in range(before + 1, day))


def _entry(one: UnitLoad, run: Sequence[int], asked: Mapping[int, Sequence[Demand]]) -> OverLoad:
    given = {day: one.capacity(day) for day in run}
    stated = {day: sum(demand.parts for demand in asked[day] if not demand.assumed) for day in run}
    worst = max(run, key=lambda day: one.loads[day] - given[day])
    return OverLoad(
        one.unit,
        date.fromordinal(run[0]),
        date.fromordinal(run[-1]),
        len(run),
        one.amount(one.loads[worst]),
        one.amount(given[worst]),
        tuple(dict.fromkeys(demand.task for day in run for demand in asked[day])),
        assumed=all(stated[day] <= given[day] for day in run),
    )
