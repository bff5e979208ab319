"""Hand-overs: where work passes from one department to another (B2, 任务流程图).

A task belongs to its owner's department; an owner without one is a unit of his own. A task
without an owner belongs to its initiative's department, else to the unit of the initiative's
owner, else to nobody, and then nothing is handed over. Collaborators work alongside.
"""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from mktexec.dates import Kind
from mktexec.model.plan import Plan
from mktexec.model.tasks import Task
from mktexec.schedule import Schedule

AT_START = ("SS", "SF")  # links that hang on the giving task's start


class Unit(NamedTuple):
    """A department, or a person without one; two people of one name are two units."""

    title: str
    person: str | None = None


class HandOver(NamedTuple):
    """Work that one unit gives and another receives.

    ``giver`` and ``receiver`` are task ids, ``day`` and ``forecast`` the planned and the expected
    day, ``response_time`` the hours agreed on: the receiving task's, else the giving one's;
    ``done`` says that it has happened.
    """

    giver: str
    receiver: str
    from_unit: str
    to_unit: str
    day: date | None
    forecast: date
    response_time: int | None
    done: bool = False


def unit(plan: Plan, task: Task) -> Unit | None:
    """Return who does a task, None for nobody."""
    if task.owner:
        return _unit_of(plan, task.owner)
    initiative = plan.initiatives.get(task.initiative or "")
    if initiative is None:
        return None
    if initiative.department:
        return Unit(initiative.department)
    return _unit_of(plan, initiative.owner) if initiative.owner else None


def _unit_of(plan: Plan, person: str) -> Unit:
    department = plan.department(person)
    return Unit(department) if department else Unit(plan.person(person), person)


def live_links(plan: Plan, schedule: Schedule) -> list[tuple[str, str, Kind]]:
    """Return giver, receiver and kind of every link between tasks that are not cancelled.

    Nothing where tasks wait for each other: such a schedule has no dates.
    """
    live = {task_id for task_id in schedule.dates if not schedule.records[task_id].cancelled}
    links = [
        (link.task, task_id, link.kind)
        for task_id, task in plan.tasks.items()
        for link in task.after
        if task_id in live and link.task in live
    ]
    return list(dict.fromkeys(links))


def handovers(plan: Plan, schedule: Schedule) -> list[HandOver]:
    """Return the hand-overs between live tasks by day, planned or else expected."""
    found = []
    for giver, receiver, kind in live_links(plan, schedule):
        source, target = unit(plan, plan.tasks[giver]), unit(plan, plan.tasks[receiver])
        if source and target and source != target:
            when = _at_start(schedule, giver) if kind in AT_START else _at_end(schedule, giver)
            agreed = plan.tasks[receiver].response_time
            agreed = plan.tasks[giver].response_time if agreed is None else agreed
            found.append(HandOver(giver, receiver, source.title, target.title, *when[:2], agreed, when[2]))
    return sorted(
        dict.fromkeys(found), key=lambda one: (one.day or one.forecast, one.giver, one.receiver, one.forecast)
    )


def _at_start(schedule: Schedule, task_id: str) -> tuple[date | None, date, bool]:
    """Return when a task is to begin, when it will, and whether it has begun."""
    dates = schedule.dates[task_id]
    return dates.start, dates.forecast_start, schedule.records[task_id].started


def _at_end(schedule: Schedule, task_id: str) -> tuple[date | None, date, bool]:
    """Return when a task is to end, when it will, and whether it has ended."""
    dates = schedule.dates[task_id]
    return dates.end, dates.forecast_end, schedule.records[task_id].done


def longest_chain(plan: Plan, schedule: Schedule, found: list[HandOver]) -> list[HandOver]:
    """Return the most hand-overs of ``found`` of which each waits for the one before.

    Between two of them work may go on within a department.
    """
    import networkx as nx  # slow to import

    by_link = {(one.giver, one.receiver): one for one in reversed(found)}
    way = nx.DiGraph()
    for giver, receiver, _ in live_links(plan, schedule):
        way.add_edge(giver, receiver, handed=int((giver, receiver) in by_link))
    path = nx.dag_longest_path(way, weight="handed")
    return [by_link[link] for link in pairwise(path) if link in by_link]
