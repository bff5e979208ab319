"""The work that an approval releases, and whether it has begun.

The approval of the goals releases every task, that of the budget what is paid for, a department's
approval of the schedule what it takes part in, that of an entry the tasks of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from heapq import nsmallest
from typing import NamedTuple

from mktexec.assess.approvals import BUDGET, GOALS, SCHEDULE, entry_of, subject_of
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.budget import Payment
from mktexec.model.support import Signature
from mktexec.model.tasks import Task
from mktexec.rules.registry import Facts
from mktexec.schedule.known import NOTHING

Tasks = Mapping[str, Task]

MOST = 3  # pieces of work, or changes, that a finding names


class Begun(NamedTuple):
    """Work that has begun: since when, what is to be said of it, and the tasks it is."""

    since: date
    text: T
    tasks: tuple[str, ...] = ()


def work(facts: Facts) -> Tasks:
    """Return the tasks that may need an approval: milestones are no work."""
    dates = facts.schedule.dates
    tasks = facts.plan.tasks
    return {key: one for key, one in tasks.items() if one.cancelled is None and not dates[key].milestone}


def planned_start(facts: Facts, one: Signature, tasks: Tasks) -> date | None:
    """Return the first day for which work under an approval is planned."""
    dates = facts.schedule.dates
    return min((start for key in _under(facts, one, tasks) if (start := dates[key].start)), default=None)


def has_begun(facts: Facts, one: Signature, tasks: Tasks) -> bool:
    """Return whether anything has begun under an approval."""
    if _is_money(facts, one):
        return _spent(facts, subject_of(one.subject)) is not None
    return next(_first_days(facts, one, tasks), None) is not None


def begun(facts: Facts, one: Signature, tasks: Tasks) -> Begun | None:
    """Return what has begun under an approval, None for nothing."""
    if _is_money(facts, one):
        return _spent(facts, subject_of(one.subject))
    days = dict(_first_days(facts, one, tasks))
    if not days:
        return None
    first = nsmallest(MOST, days, key=days.__getitem__)
    since, shown = days[first[0]], listed([_named(key, tasks[key].title) for key in first], len(days))
    text = T(f"work began on {since}: {shown.en}", f"{since} 起已开工：{shown.zh}")
    return Begun(since, text, tuple(first))


def _is_money(facts: Facts, one: Signature) -> bool:
    subject = subject_of(one.subject)
    return subject == BUDGET or (facts.plan.budget is not None and subject in facts.plan.budget.lines)


def _spent(facts: Facts, subject: str) -> Begun | None:
    """Return what is spent of the budget, or of one of its lines."""
    budget, as_of = facts.plan.budget, facts.day.as_of
    if budget is None:
        return None
    lines = [(key, line) for key, line in budget.lines.items() if subject in (BUDGET, key)]
    paid = {_named(key, line.item): day for key, line in lines if (day := _paid(line.spent.items(), as_of))}
    if subject == BUDGET and (drawn := _paid(budget.drawn.items(), as_of)):
        paid[T("the reserve", "备用金")] = drawn
    if not paid:
        return None
    since, shown = min(paid.values()), listed(sorted(paid, key=paid.__getitem__)[:MOST], len(paid))
    text = T(f"money has been spent since {since}: {shown.en}", f"{since} 起已有支出：{shown.zh}")
    return Begun(since, text)


def _paid(payments: Iterable[tuple[date, Payment]], as_of: date) -> date | None:
    """Return the day of the first payment that is known."""
    return min((day for day, one in payments if day <= as_of and one.amount > 0), default=None)


def _first_days(facts: Facts, one: Signature, tasks: Tasks) -> Iterator[tuple[str, date]]:
    records = facts.schedule.records
    for key in _under(facts, one, tasks):
        if records[key] is not NOTHING and (day := _first_day(facts, key)):
            yield key, day


def _first_day(facts: Facts, key: str) -> date | None:
    """Return the first day on which a task is known to have been worked on, None for none.

    Progress that carries no day counts from the planned start: before it nobody can have meant it.
    """
    record, as_of = facts.schedule.records[key], facts.day.as_of
    if not record.started:
        return None
    log = facts.plan.tasks[key].log
    if record.start and not log:
        return record.start
    worked = [day for day, one in log.items() if day <= as_of and (one.progress or one.remaining)]
    known = [day for day in (record.start, record.end, *worked) if day]
    planned = facts.schedule.dates[key].start
    return min(known) if known else planned if planned and planned <= as_of else None


def _under(facts: Facts, one: Signature, tasks: Tasks) -> Iterable[str]:
    """Return those of the tasks that an approval releases."""
    plan, subject = facts.plan, subject_of(one.subject)
    if subject == GOALS:
        return tasks
    if subject == BUDGET:
        return _paid_for(plan, tasks) or tasks
    if subject == SCHEDULE:
        return _shared(plan, tasks, one.department) or tasks
    return [key for key in _of_entry(plan, subject) if key in tasks]


def _paid_for(plan: Plan, tasks: Tasks) -> list[str]:
    """Return the tasks that the budget has a line for, their own or their initiative's."""
    lines = plan.budget.lines.values() if plan.budget else ()
    named = {one.task for one in lines} | {one.initiative for one in lines if one.task is None}
    named.discard(None)
    return [key for key, one in tasks.items() if key in named or one.initiative in named]


def _shared(plan: Plan, tasks: Tasks, department: str | None) -> list[str]:
    """Return the tasks that a department owns or helps with."""
    if department is None:
        return []
    members = {department, *(key for key, one in plan.people.items() if one.department == department)}
    return [
        key for key, one in tasks.items() if one.owner in members or not members.isdisjoint(one.collaborators)
    ]


def _of_entry(plan: Plan, key: str) -> list[str]:
    """Return the tasks of an entry: itself, those of an initiative or a goal, the one it names."""
    if key in plan.tasks:
        return [key]
    initiatives = {one for one, initiative in plan.initiatives.items() if key in (one, initiative.goal)}
    if initiatives:
        return [one for one, task in plan.tasks.items() if task.initiative in initiatives]
    entry = entry_of(plan, key)
    task = getattr(entry[1], "task", None) if entry else None
    return [task] if task else []


def _named(key: str, title: str) -> T:
    return T(f"{key} '{title}'", f"{key}「{title}」")


def listed(names: Iterable[T], count: int) -> T:
    """Return the first names of ``count``, and how many more there are."""
    shown = list(names)[:MOST]
    more = count - len(shown)
    return T(
        ", ".join(one.en for one in shown) + (f" and {more} more" if more else ""),
        "、".join(one.zh for one in shown) + (f" 等 {count} 项" if more else ""),
    )
