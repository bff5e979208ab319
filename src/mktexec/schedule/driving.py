"""Why a task lies where it lies: one chain of causes back to a day that nothing else sets.

Every cause is read off the same bounds that the passes took the days from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from mktexec.dates import Dependency
from mktexec.schedule import Computed, Schedule
from mktexec.schedule.graph import Link
from mktexec.schedule.passes import Pass, drives, forward, link_bound
from mktexec.schedule.slack import closes
from mktexec.schedule.terms import Terms


class Cause(Enum):
    """What sets the place of a task."""

    LINK = "link"  # a predecessor
    TYPED = "typed"  # the days written in the plan
    NOT_BEFORE = "not_before"
    CAMPAIGN = "campaign"  # nothing but the campaign's first day
    EXPECTED = "expected"  # the day on which it is now expected to begin
    TODAY = "today"  # not begun, and not in the past
    BEGUN = "begun"  # under way since its actual start
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Step(NamedTuple):
    """One task of a chain: its days in a schedule and what sets them.

    ``link`` is the dependency that drives it where the cause is one, and ``bound`` the first day
    that the cause allows; from there to ``start`` (to ``end`` for FF and SF) lie days off only.
    ``held`` says that the plan's typed days agree, ``kept`` how many working days of a
    predecessor's buffer lie between.
    """

    task: str
    start: date
    end: date
    cause: Cause
    link: Dependency | None = None
    bound: date | None = None
    held: bool = False
    kept: int = 0


def chain(schedule: Schedule, task_id: str, *, coming: bool) -> list[Step]:
    """Return the chain of causes of a task, itself first; empty while tasks wait for each other.

    It is that of the forecast if ``coming``, else that of the early dates.
    """
    computed = schedule.computed
    if computed is None:
        return []
    steps, here = [], task_id
    while True:
        step = _step(schedule, computed, here, coming=coming)
        steps.append(step)
        if step.link is None:
            return steps
        here = step.link.task


def drivers(schedule: Schedule) -> tuple[str, ...]:
    """Return the tasks that drive the forecast end of the whole, in the order of work."""
    computed = schedule.computed
    alive = [task for task in schedule.graph.order if computed.net.counts(task)] if computed else []
    if computed is None or not alive:
        return ()
    end, start = computed.coming.end, computed.coming.start
    last = schedule.graph.ids[max(alive, key=lambda task: (end[task], start[task], -task))]
    steps = reversed(chain(schedule, last, coming=True))
    return tuple(step.task for step in steps if step.cause is not Cause.CANCELLED)


def _step(schedule: Schedule, computed: Computed, task_id: str, *, coming: bool) -> Step:
    task, dates, record = schedule.graph.number[task_id], schedule.dates[task_id], schedule.records[task_id]
    own, found = computed.promised[task], computed.coming if coming else computed.early
    days = (dates.forecast_start, dates.forecast_end) if coming else (dates.early_start, dates.early_end)
    bare = Step(task_id, *days, Cause.TYPED, held=own.first is not None and found.start[task] == own.first)
    if coming and record.done and not record.cancelled:
        return bare._replace(cause=Cause.FINISHED)
    under_way = coming and record.started and not record.cancelled
    driver = _driver(computed, task, found, ends_only=under_way)
    if driver is not None:
        bare = _linked(bare, computed, task, driver, found)
    if record.cancelled:
        return bare._replace(cause=Cause.CANCELLED)
    if under_way:
        return bare._replace(cause=Cause.BEGUN)
    if driver is not None or bare.held:
        return bare
    number = (schedule.workdays if own.milestone else own.work).number
    for cause, bound in _others(computed, own, schedule.as_of.toordinal() if coming else 0):
        evening = task in found.at_end  # a milestone that is expected on a day
        if number(bound) == number(found.start[task] - evening):
            return bare._replace(cause=cause, bound=date.fromordinal(bound))
    return bare


def _others(computed: Computed, own: Terms, today: int) -> Iterator[tuple[Cause, int]]:
    """Yield what may set the first day of a task that no link drives, with the bound it sets."""
    if own.not_before:
        yield Cause.NOT_BEFORE, own.not_before
    if today and own.expected > today:
        yield Cause.EXPECTED, own.expected
    if today:
        yield Cause.TODAY, today
    if own.first is None:
        yield Cause.CAMPAIGN, computed.net.floor


def _driver(computed: Computed, task: int, found: Pass, *, ends_only: bool) -> Link | None:
    """Return the link that leaves a task no working day, of several the one with the latest bound."""
    net, number = computed.net, computed.net.terms[task].work.number
    links = [link for link in net.graph.links[task] if drives(net, link, task, found)]
    if ends_only:
        end = number(found.end[task])
        links = [
            link
            for link in links
            if link.kind in ("FF", "SF") and number(link_bound(net, link, task, found)) == end
        ]

    def strength(link: Link) -> tuple[int, bool, int]:
        return link_bound(net, link, task, found), link.kind in ("FS", "SS"), -link.before

    return max(links, key=strength, default=None)


def _linked(bare: Step, computed: Computed, task: int, link: Link, found: Pass) -> Step:
    net, before = computed.net, link.before
    bound = link_bound(net, link, task, found)
    kept = 0
    if link.kind == "FS" and net.terms[task].floating:
        kept = net.workdays.number(found.clear[before]) - net.workdays.number(found.end[before])
    return bare._replace(
        cause=Cause.LINK,
        link=Dependency(net.graph.ids[before], link.kind, link.lag),
        bound=date.fromordinal(bound if link.kind in ("FS", "SS") else bound - 1),
        kept=kept,
    )


class Moved(NamedTuple):
    """What a slip moves: working days by task, in the order of work, and those of the end of the whole."""

    tasks: dict[str, int]
    end: int


def slipped(schedule: Schedule, task_id: str, days: int) -> Moved:
    """Return what moves in the early dates if a task begins ``days`` working days later."""
    import networkx as nx

    computed = schedule.computed
    if computed is None or schedule.records[task_id].cancelled:
        return Moved({}, 0)
    net, early, task = computed.net, computed.early, schedule.graph.number[task_id]
    own = net.terms[task]
    begin = own.work.ordinal(own.work.number(early.start[task]) + days)
    after = forward(net._replace(terms=_but(net.terms, task, replace(own, not_before=begin))))
    reached = nx.descendants(_whole(schedule), task)
    number = net.workdays.number
    later = {
        one: number(closes(net, one, after)) - number(closes(net, one, early)) for one in net.graph.order
    }
    moved = {
        net.graph.ids[one]: days
        for one, days in later.items()
        if days > 0 and one in reached and one not in net.gone
    }
    alive = [one for one in net.graph.order if net.counts(one)] or [task]
    ends = (number(max(closes(net, one, found) for one in alive)) for found in (early, after))
    first, then = ends
    return Moved(moved, then - first)


def _whole(schedule: Schedule) -> Any:
    """Return the graph of all dependencies for the questions that are asked of networkx."""
    import networkx as nx  # 100 ms to import

    whole = nx.DiGraph()
    whole.add_nodes_from(range(len(schedule.graph.ids)))
    whole.add_edges_from((task, one) for task, after in enumerate(schedule.graph.after) for one in after)
    return whole


def _but(terms: Sequence[Terms], task: int, own: Terms) -> list[Terms]:
    return [*terms[:task], own, *terms[task + 1 :]]


def redundant(schedule: Schedule, task_id: str) -> list[str]:
    """Return the predecessors of a task that its other predecessors wait for already.

    Only what waits for a whole end, without a lead, passes that on.
    """
    import networkx as nx

    graph = schedule.graph
    task = graph.number[task_id]
    waits = [[link.before for link in links if _waits(link)] for links in graph.links]
    if len(waits[task]) < 2 or graph.loops:  # noqa: PLR2004  # one of two
        return []
    whole = nx.DiGraph((before, after) for after, links in enumerate(waits) for before in links)
    plain = {link.before for link in graph.links[task] if link.kind == "FS" and not link.lag.days}
    return [
        graph.ids[one]
        for one in sorted(plain)
        if any(one in nx.ancestors(whole, other) for other in waits[task] if other != one)
    ]


def _waits(link: Link) -> bool:
    return link.kind == "FS" and link.lag.days >= 0
