"""Since when something holds, as far as the plan tells: computed by looking back, never stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from mktexec.assess.tasks import TaskState, task_state
from mktexec.calendar import Workdays
from mktexec.model.terms import LateIn
from mktexec.rules.registry import Facts
from mktexec.schedule import Computed, Graph, known
from mktexec.schedule.forecast import forecast
from mktexec.schedule.passes import Network, Pass, bounds

DAY = timedelta(days=1)
FAR = date.max.toordinal()
ALONE = Graph([""], {"": 0}, [[]], [[]], [[]], [[]], [0])  # one task that waits for nothing


def days_after(facts: Facts, due: date, day: date, work: Workdays) -> int:
    """Return how many days ``day`` lies after ``due`` as the plan counts lateness; 0 if it does not."""
    if facts.plan.thresholds.late_in is LateIn.WORKING:
        return work.between(due + DAY, day)
    return max(0, (day - due).days)


def work_after(due: date, day: date, work: Workdays) -> int:
    """Return how many working days ``day`` lies after ``due``, at least one; 0 if it does not.

    What is only expected is judged by these: a day that slips over a weekend is one.
    """
    return max(1, work.between(due + DAY, day)) if day > due else 0


def computed(facts: Facts) -> Computed:
    """Return the passes of a sound plan."""
    if facts.schedule.computed is None:
        raise LookupError
    return facts.schedule.computed


def state_on(facts: Facts, key: str, day: date) -> TaskState:
    """Return how a task stood on an earlier day, by what was known then."""
    records = {key: known(facts.plan.tasks[key], day)}
    return task_state(key, replace(facts.schedule, as_of=day, records=records), facts.plan.thresholds)


def first_day(facts: Facts, key: str, holds: Callable[[date], bool]) -> date:
    """Return the first of the days on end up to the as-of day on which ``holds``, which holds today.

    It judges one task by what was known on a day. As long as nothing is recorded a task only gets
    worse, so that between two records one day is found by halving; none before the plan begins.
    """
    campaign, task, last = facts.plan.campaign, facts.plan.tasks[key], facts.day.as_of
    days = [*task.log, *(day for day in (task.actual and (task.actual.start, task.actual.end)) or () if day)]
    first = min(
        [campaign.start, campaign.drawn_up or last, facts.schedule.dates[key].early_start, last, *days]
    )
    for mark in [*sorted((day for day in days if first < day <= last), reverse=True), first]:
        if not holds(mark):
            return _halved(mark, last, holds)
        if mark == first or not holds(mark - DAY):
            return mark
        last = mark - DAY
    return first


def _halved(before: date, after: date, holds: Callable[[date], bool]) -> date:
    """Return the first day on which ``holds``: not on ``before``, but on ``after`` and from then on."""
    while after - before > DAY:
        middle = before + (after - before) // 2
        before, after = (before, middle) if holds(middle) else (middle, after)
    return after


def expected_since(facts: Facts, key: str, top: str, due: date, late: int) -> date:
    """Return since when a task has been expected ``late`` working days or more after ``due``.

    ``top`` is the task that delays it, or itself: both move by the same working days. What else they
    wait for is taken as it is expected now.
    """
    dates, work, ends = facts.schedule.dates, facts.schedule.work(key), _expected(facts, top)
    index = facts.schedule.workdays.index

    def holds(day: date) -> bool:
        end = ends(day)
        if top != key:
            end = work.shift(dates[key].forecast_end, index(end) - index(dates[top].forecast_end))
        return work_after(due, end, work) >= late

    return first_day(facts, top, holds)


def _expected(facts: Facts, key: str) -> Callable[[date], date]:
    """Return what tells on which day a task was expected to end, as known on a day."""
    net, _, _, coming = computed(facts)
    task, number = facts.plan.tasks[key], facts.schedule.graph.number[key]
    own, begun = net.terms[number], facts.schedule.records[key].start
    waits = min(bounds(net, number, coming).begin, begun.toordinal() if begun else FAR)
    own = replace(own, buffer=None, not_before=max(own.not_before, waits))
    alone = Network(ALONE, [own], frozenset(), net.workdays, net.floor)

    def ends(day: date) -> date:
        record = known(task, day)
        if record.end:
            return record.end
        found = forecast(alone, [record], Pass.of(1), day)
        boundary = found.end[0]
        last = boundary - 1 if found.start[0] < boundary else boundary - (0 in found.at_end)
        return max(date.fromordinal(last), day)

    return ends
