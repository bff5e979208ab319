"""What delays a task, and which one finding says that it will be late.

A delay is told once, at the task that causes it; what waits for that task is silent, but for its
milestones and for whoever else's work it holds up. Of several findings that would say so of one
task only the gravest does; those that the plan switches off do not count.
"""

from collections.abc import Callable
from datetime import date
from math import floor
from typing import NamedTuple

from mktexec.assess.tasks import HALF, TOLERANCE, TaskState
from mktexec.findings import Level
from mktexec.model.tasks import Task
from mktexec.model.terms import Alarm
from mktexec.rules.ladder import ladder
from mktexec.rules.registry import Facts
from mktexec.rules.since import DAY, computed, state_on, work_after
from mktexec.schedule import known
from mktexec.schedule.graph import Link
from mktexec.schedule.handovers import AT_START
from mktexec.schedule.passes import drives, link_bound


class Holder(NamedTuple):
    """The predecessor that holds a task up; ``settled`` is the day it gave way, None if it still holds."""

    task: str
    settled: date | None


def driver(facts: Facts, key: str) -> Holder | None:
    """Return the predecessor that is later than planned and leaves a task no earlier day; None for none."""
    for link in facts.schedule.graph.links[facts.schedule.graph.number[key]]:
        if _slips(facts, link) and holds(facts, key, link):
            return Holder(facts.schedule.graph.ids[link.before], _settled(facts, link))
    return None


def freed(facts: Facts, key: str) -> list[date]:
    """Return the days on which late work that a task waited for was handed to it."""
    links = facts.schedule.graph.links[facts.schedule.graph.number[key]]
    return [day for link in links if _slips(facts, link) and (day := _settled(facts, link))]


def _settled(facts: Facts, link: Link) -> date | None:
    """Return the day on which a predecessor gave what a link asks for; None if it has not."""
    record = facts.schedule.records[facts.schedule.graph.ids[link.before]]
    begins = link.kind in AT_START
    given = record.started if begins else record.done
    return ((record.start if begins else record.end) or facts.day.as_of) if given else None


def _slips(facts: Facts, link: Link) -> bool:
    """Return whether a predecessor is expected later than planned; a milestone also within its day."""
    key, (_, _, early, coming) = facts.schedule.graph.ids[link.before], computed(facts)
    dates = facts.schedule.dates[key]
    if facts.schedule.records[key].cancelled:
        return False
    if dates.milestone:
        return coming.end[link.before] > early.end[link.before] or dates.forecast_end > dates.early_end
    if link.kind in AT_START:
        return dates.forecast_start > (dates.start or dates.early_start)
    return dates.forecast_end > (dates.end or dates.early_end)


def holds(facts: Facts, key: str, link: Link) -> bool:
    """Return whether a link sets the day on which a task is expected; only its end once it is under way."""
    net, _, _, coming = computed(facts)
    task = facts.schedule.graph.number[key]
    if not facts.schedule.records[key].started:
        return drives(net, link, task, coming)
    number = net.terms[task].work.number
    bound = link_bound(net, link, task, coming)
    return link.kind in ("FF", "SF") and number(bound) == number(coming.end[task])


def root(facts: Facts, key: str, found: dict[str, str]) -> str:
    """Return the task whose delay a task is late by, itself for none; ``found`` keeps what is known."""
    way = []
    while key not in found:
        way.append(key)
        before = driver(facts, key)
        if before is None:
            found[key] = key
        else:
            key = before.task
    found.update(dict.fromkeys(way, found[key]))
    return found[key]


def held(facts: Facts, key: str) -> bool:
    """Return whether a task waits for another that is late and still open."""
    before = driver(facts, key)
    return before is not None and before.settled is None


def kept_waiting(facts: Facts, key: str) -> bool:
    """Return whether a task has not begun since it waits for late work, and will be late by that."""
    record, dates = facts.schedule.records[key], facts.schedule.dates[key]
    late = dates.end is not None and dates.forecast_end > dates.end
    return late and not record.started and held(facts, key)


def key_node(facts: Facts, key: str) -> bool:
    """Return whether a task is a milestone, or a key node that takes days."""
    return facts.plan.tasks[key].milestone or facts.schedule.dates[key].milestone


def finished(task: Task) -> bool:
    """Return whether a task is finished, whatever the day."""
    return task.progress == 1 or (task.actual is not None and task.actual.end is not None)


def work_expected(facts: Facts, key: str) -> int:
    """Return how many working days after its end an open task is expected; 0 for none."""
    dates, record = facts.schedule.dates[key], facts.schedule.records[key]
    if dates.end is None or dates.forecast_end <= dates.end or record.done or record.cancelled:
        return 0
    return work_after(dates.end, dates.forecast_end, facts.schedule.work(key))


def record_day(facts: Facts, key: str, day: date) -> date:
    """Return the day up to which progress is known on ``day``: its record's, else the evening before.

    Nobody is behind for the days since a record was made; what carries no day stood the evening before.
    """
    return known(facts.plan.tasks[key], day).recorded or day - DAY


def work_lost(state: TaskState) -> int:
    """Return how many of its working days a task is behind its plan, halves rounded up."""
    return floor((state.behind or 0) * state.weight + HALF + TOLERANCE)


def behind_plan(facts: Facts, key: str) -> TaskState | None:
    """Return how a task stood when last recorded, if it was too many working days behind then; else None.

    What says how much work is left is judged by when that will be done; what recurs has no days that
    could be made up for.
    """
    limit, state = facts.plan.thresholds.behind_days, facts.day.tasks[key]
    if not state.behind or work_lost(state) <= limit or not _under_way(facts, key):
        return None
    if facts.schedule.records[key].remaining is not None or key in facts.schedule.occurrences:
        return None
    then = state_on(facts, key, record_day(facts, key, facts.day.as_of))
    return then if work_lost(then) > limit else None


def behind(facts: Facts, key: str) -> Level | None:
    """Return the level of a task whose progress lies too many points behind the time used."""
    return Level.REMIND if behind_then(facts, key) else None


def behind_then(facts: Facts, key: str) -> TaskState | None:
    """Return how a task stood when last recorded, if its progress lay too far behind then; else None."""
    limit, gap = float(facts.plan.thresholds.behind) - TOLERANCE, facts.day.tasks[key].behind
    if not gap or gap < limit or not _under_way(facts, key):
        return None
    then = state_on(facts, key, record_day(facts, key, facts.day.as_of))
    return then if (then.behind or 0) >= limit else None


def _under_way(facts: Facts, key: str) -> bool:
    """Return whether a task is open within its period, and nothing that is late keeps it from beginning."""
    record = facts.schedule.records[key]
    if facts.day.tasks[key].overdue or record.done or record.cancelled:
        return False
    return record.started or not held(facts, key)


def _behind_plan(facts: Facts, key: str) -> Level | None:
    return Level.WARN if behind_plan(facts, key) else None


def forecast_late(facts: Facts, key: str) -> Level | None:
    """Return the level of an open task that is expected past its end by its own doing."""
    late = work_expected(facts, key)
    if not late or facts.day.tasks[key].overdue or key_node(facts, key) or held(facts, key):
        return None
    return Level.WARN if late > facts.plan.thresholds.behind_days else Level.REMIND


def milestone_at_risk(facts: Facts, key: str) -> Level | None:
    """Return the level of an open key node that is expected past its day; once past it, only if graver."""
    late = work_expected(facts, key) if key_node(facts, key) else 0
    if not late:
        return None
    limits, state = facts.plan.thresholds, facts.day.tasks[key]
    level = Level.ESCALATE if late >= limits.escalate else Level.WARN
    due = facts.schedule.dates[key].end
    if state.overdue and due and not kept_waiting(facts, key):
        step = ladder(limits, due, state.days_late or 0, facts.schedule.work(key))
        return level if step is None or level > step.level else None
    return level


def buffer_used(facts: Facts, key: str) -> Level | None:
    """Return the level of an open task without slack whose buffer the forecast uses."""
    buffer, dates = facts.schedule.buffers.get(key), facts.schedule.dates[key]
    record = facts.schedule.records[key]
    if buffer is None or not buffer.used or record.done or record.cancelled:
        return None
    if facts.day.tasks[key].overdue or dates.forecast_end < dates.late_end:
        return None
    return used_level(buffer.set, buffer.used)


def used_level(whole: int, used: int) -> Level | None:
    """Return the level of a buffer of ``whole`` days: used up, or two thirds of it."""
    if not used:
        return None
    return Level.WARN if used >= whole else Level.REMIND if used * 3 >= whole * 2 else None


SAID: dict[str, Callable[[Facts, str], Level | None]] = {  # of equal levels the first says most
    "milestone-at-risk": milestone_at_risk,
    "task-behind-plan": _behind_plan,
    "buffer-used": buffer_used,
    "task-behind": behind,
    "forecast-late": forecast_late,
}


def said_of(facts: Facts, key: str, code: str) -> Level | None:
    """Return the level at which ``code`` says that a task will be late; None if another says it, or none."""
    level = SAID[code](facts, key)
    if level is None:
        return None
    off, before = facts.plan.rules, True
    for other, judge in SAID.items():
        if other == code:
            before = False
        elif off.get(other) is not Alarm.OFF and (judge(facts, key) or 0) >= level + (not before):
            return None
    return level


def late_said(facts: Facts, key: str) -> bool:
    """Return whether any finding says that a task will be late."""
    off = facts.plan.rules
    return any(off.get(code) is not Alarm.OFF and judge(facts, key) for code, judge in SAID.items())
