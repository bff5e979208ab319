"""Rules on hand-overs: work that one person waits for and another gives (domain.md part 3, B)."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from mktexec.dates import Dependency
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.support import Thresholds
from mktexec.model.tasks import Task
from mktexec.rules.delays import driver, finished, holds, kept_waiting, key_node, root
from mktexec.rules.ladder import Step, ladder
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY, days_after, expected_since, work_after
from mktexec.rules.tasks import live
from mktexec.schedule.graph import Link
from mktexec.schedule.handovers import AT_START, unit
from mktexec.source import Path

ACTIONS = {
    Level.REMIND: T(
        "ask {owner} which day holds, and plan with it", "请向 {owner} 确认可靠的交接日，并据此安排"
    ),
    Level.WARN: T(
        "agree with {owner} in writing on another day, or on a part that comes first",
        "请与 {owner} 书面商定新的交接日，或先交付一部分",
    ),
    Level.ESCALATE: T("let the heads of both departments meet today", "请双方部门负责人今日会商"),
}


class Waiting(NamedTuple):
    """A task that waits for late work of somebody else.

    ``path`` is that of the dependency; ``due`` and ``forecast`` are the planned and the expected day
    of the hand-over, ``late`` working days lie between them and ``pushed`` is by how many of them the
    waiting task becomes late.
    """

    path: Path
    giver: str
    receiver: str
    due: date
    forecast: date
    late: int
    pushed: int


@rule(
    "handover-late",
    Level.REMIND,
    highest=Level.ESCALATE,
    when=When.WARN,
    message=T(
        "'{title}' waits for {giver} ({owner}): expected on {forecast}, {days} d after {end}",
        "「{title}」在等 {giver}（{owner}）：预计 {forecast} 交接，比计划 {end} 晚 {days} 天",
    ),
    hint=ACTIONS,
    why=T(
        "Whoever waits must know before the day; two days late, and the heads of both departments meet.",
        "等待的一方应提前知情；交接延误超过两天，由双方部门负责人会商。",
    ),
    source="3: hand-over late → department heads meet (B)",
)
def handover_late(facts: Facts) -> Iterator[Hit]:
    """A task not begun waits for late work of another owner, and becomes late itself by it.

    What is only expected late is warned of; the heads meet once the day is past. Told at the first
    owner who waits: further on it is that owner's work that is late.
    """
    own, tops = _limits(facts.plan.thresholds), dict[str, str]()
    for one in _waiting(facts):
        step = _step(facts, own, one)
        if step is not None and not _told_already(facts, own, one.receiver, step.level):
            yield _hit(facts, one, step, tops)


def _hit(facts: Facts, one: Waiting, step: Step, tops: dict[str, str]) -> Hit:
    giver, receiver = facts.plan.tasks[one.giver], facts.plan.tasks[one.receiver]
    work = facts.schedule.work(one.giver)
    days = days_after(facts, one.due, one.forecast, work)
    params = {
        "title": receiver.title,
        "giver": T(f"{one.giver} '{giver.title}'", f"{one.giver}「{giver.title}」"),
        "owner": facts.plan.person(giver.owner),
        "forecast": one.forecast,
        "end": one.due,
        "days": days,
    }
    since, raised = (
        _since(facts, one, days_after(facts, one.due, day, work), tops) for day in (step.since, step.raised)
    )
    return Hit(
        one.path,
        params,
        step.level,
        days,
        tuple(("tasks", key) for key in dict.fromkeys((one.giver, root(facts, one.giver, tops)))),
        since=since,
        raised=max(since, step.raised) if step.level is Level.ESCALATE else raised,
        owner=giver.owner,
        to=(receiver.owner,) if receiver.owner else (),
    )


def _limits(limits: Thresholds) -> Thresholds:
    """Return the limits with the step on which the heads meet over a hand-over."""
    return limits.model_copy(update={"escalate": limits.handover_late + 1})


def _step(facts: Facts, limits: Thresholds, one: Waiting) -> Step | None:
    """Return where a hand-over stands: the top by the days past, the rest by those expected."""
    work = facts.schedule.work(one.giver)
    past = ladder(limits, one.due, days_after(facts, one.due, facts.day.as_of, work), work)
    if past and past.level is Level.ESCALATE:
        return past
    return ladder(limits.model_copy(update={"escalate": one.late + 1}), one.due, one.late, work)


def _since(facts: Facts, one: Waiting, late: int, tops: dict[str, str]) -> date:
    """Return since when a hand-over is expected so late that the receiver is late by it."""
    dates, top = facts.schedule.dates[one.giver], root(facts, one.giver, tops)
    room = facts.schedule.workdays.shift(dates.forecast_end, 1 - one.pushed) - DAY  # the receiver's
    late_by = expected_since(facts, one.giver, top, dates.end or one.due, late)
    return max(late_by, expected_since(facts, one.giver, top, room, 1))


def _told_already(facts: Facts, limits: Thresholds, key: str, level: Level) -> bool:
    """Return whether a task that waits is late itself, and at least as gravely."""
    state, end = facts.day.tasks[key], facts.schedule.dates[key].end
    if not (state.overdue and end) or kept_waiting(facts, key):
        return False
    step = ladder(limits, end, state.days_late or 0, facts.schedule.work(key))
    return step is not None and step.level >= level


def _waiting(facts: Facts) -> Iterator[Waiting]:
    """Yield whoever waits for late work of others: not yet begun, and no key node, which has its own rule."""
    schedule, plan = facts.schedule, facts.plan
    late = {
        key
        for key, dates in schedule.dates.items()
        if dates.end and dates.forecast_end > dates.end and not schedule.records[key].done
    }
    graph = schedule.graph
    waiting = {graph.ids[one] for key in late for one in graph.after[graph.number[key]]}
    for key in (one for one in plan.tasks if one in waiting):
        task = plan.tasks[key]
        record = schedule.records[key]
        if record.started or record.cancelled or key_node(facts, key):
            continue
        seen: set[str] = set()
        for index, link in enumerate(task.after):
            if link.task in late and link.task not in seen and _from_another(facts, link, task):
                found = _hand_over(facts, key, index, link)
                seen |= {link.task} if found else set()
                yield from [found] if found else []


def _from_another(facts: Facts, link: Dependency, task: Task) -> bool:
    record, owner = facts.schedule.records[link.task], facts.plan.tasks[link.task].owner
    given = record.cancelled or (link.kind in AT_START and record.started)
    return not given and owner is not None and task.owner is not None and owner != task.owner


def _hand_over(facts: Facts, key: str, index: int, link: Dependency) -> Waiting | None:
    schedule = facts.schedule
    own, dates, work = schedule.dates[key], schedule.dates[link.task], schedule.workdays
    at_start = link.kind in AT_START
    due, forecast = (dates.start, dates.forecast_start) if at_start else (dates.end, dates.forecast_end)
    pushed = work_after(own.start or own.early_start, own.forecast_start, work)
    pushed = max(pushed, work_after(own.end, own.forecast_end, work) if own.end else 0)
    edge = Link(schedule.graph.number[link.task], link.kind, link.lag)
    if not (due and pushed and forecast > due and holds(facts, key, edge) and _to_blame(facts, link.task)):
        return None
    late = work_after(due, forecast, schedule.work(link.task))
    return Waiting(("tasks", key, "after", str(index)), link.task, key, due, forecast, late, pushed)


def _to_blame(facts: Facts, key: str) -> bool:
    """Return whether a task is late by its owner's own doing, and not since it waits for others itself."""
    owner = facts.plan.tasks[key].owner
    while (before := driver(facts, key)) is not None and before.settled is None:
        key = before.task
        if facts.plan.tasks[key].owner != owner:
            return False
    return True


@rule(
    "handover-no-response-time",
    Level.REMIND,
    message=T(
        "'{title}' ({receiver}) takes over from {giver} without an agreed response time",
        "「{title}」（{receiver}）承接 {giver} 的交接，未约定协作响应时限",
    ),
    hint=T("agree on one and add it: 'response_time: 48h'", "请双方商定，并补上 'response_time: 48h'"),
    why=T(
        "Between departments work lies unless it is agreed how soon somebody takes it up.",
        "跨部门协作若不约定响应时限，工作就会搁置。",
    ),
    source="2.4: agreed response time of a hand-over (B, D)",
)
def handover_no_response_time(facts: Facts) -> Iterator[Hit]:
    """Work that passes between departments is taken up within an agreed time; said once a receiver.

    A key node is reached, not worked on, and what is finished has been taken up.
    """
    department = cache(lambda key: _department(facts, key))
    for key, task in live(facts) if facts.schedule.dates else ():
        taking = department(key) if task.after and task.response_time is None else None
        if taking:
            others = (department(link.task) for link in task.after if _unagreed(facts, link))
            givers = sorted({one for one in others if one and one != taking})
            if givers:
                yield Hit(("tasks", key), {"title": task.title, "receiver": taking, "giver": givers})


def _unagreed(facts: Facts, link: Dependency) -> bool:
    before = facts.plan.tasks.get(link.task)
    return before is not None and before.cancelled is None and before.response_time is None


def _department(facts: Facts, key: str) -> str | None:
    """Return the department whose work a task is; None for a person's, a key node or what is finished."""
    task = facts.plan.tasks[key]
    if finished(task) or key_node(facts, key):
        return None
    team = unit(facts.plan, task)
    return team.title if team and team.person is None else None
