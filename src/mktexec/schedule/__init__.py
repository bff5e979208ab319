"""When everything happens: what was promised, what the graph allows, what records imply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mktexec.calendar import NONE, Workdays, YearDays
from mktexec.model.plan import Plan
from mktexec.schedule.days import campaign_days, origin_year
from mktexec.schedule.forecast import forecast
from mktexec.schedule.graph import Graph, build, shortest_loops
from mktexec.schedule.known import Known, known
from mktexec.schedule.passes import Network, Pass, forward
from mktexec.schedule.recurring import occurrences
from mktexec.schedule.shown import Buffer, TaskDates, buffer_of, project_buffer, shown
from mktexec.schedule.slack import backward, closes, critical_path
from mktexec.schedule.terms import Terms, terms

__all__ = ["Buffer", "Graph", "Known", "Schedule", "TaskDates", "known", "schedule", "shortest_loops"]

MAX_DAYS = 60_000


class Computed(NamedTuple):
    """The passes behind the dates, for whoever explains them; ``promised`` also holds cancelled tasks."""

    net: Network
    promised: Sequence[Terms]
    early: Pass
    coming: Pass


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule of a plan on a day; ``dates`` is empty while tasks wait for each other.

    ``buffers`` and ``occurrences`` hold the tasks that keep a buffer and those that recur.
    ``project_buffer`` is the one that ``campaign.buffer`` keeps before the campaign's end.
    """

    as_of: date
    workdays: Workdays
    graph: Graph
    dates: dict[str, TaskDates]
    records: dict[str, Known]
    critical_path: tuple[str, ...]
    start: date
    end: date
    forecast_end: date
    buffers: dict[str, Buffer]
    occurrences: dict[str, tuple[date, ...]]
    project_buffer: Buffer | None = None
    computed: Computed | None = None
    too_long: bool = False

    def work(self, task_id: str) -> Workdays:
        """Return the working days of whoever owns a task."""
        if self.computed is None:
            return self.workdays
        return self.computed.promised[self.graph.number[task_id]].work


def schedule(plan: Plan, as_of: date, calendar: Mapping[int, YearDays] = NONE) -> Schedule:
    """Return the schedule of ``plan`` as known on ``as_of``.

    ``calendar`` holds years of the campaign's calendar that are known better than by the library.
    """
    campaign, year = plan.campaign, origin_year(plan, as_of)
    graph = build(plan.tasks)
    tasks = [plan.tasks[task_id] for task_id in graph.ids]
    workdays = campaign_days(campaign, year, calendar)
    own = {key: workdays.less(one.days_off) for key, one in plan.people.items() if one.days_off}
    promised = [terms(task, campaign, workdays, own) for task in tasks]
    records = [known(task, as_of) for task in tasks]
    by_id = dict(zip(graph.ids, records, strict=True))
    floor = workdays.ordinal(workdays.index(campaign.start))
    too_long = not graph.loops and _too_long(graph, promised)
    if graph.loops or too_long:
        ends = (campaign.start, campaign.end, campaign.end)
        return Schedule(as_of, workdays, graph, {}, by_id, (), *ends, {}, {}, too_long=too_long)
    gone = frozenset(index for index, record in enumerate(records) if record.cancelled)
    nothing = Terms(None, None, 0, workdays, milestone=True)
    bare = [nothing if index in gone else one for index, one in enumerate(promised)]
    net = Network(graph, bare, gone, workdays, floor)
    early = forward(net)
    coming = forecast(net, records, early, as_of)
    return _whole(plan, as_of, Computed(net, promised, early, coming), by_id)


def _whole(plan: Plan, as_of: date, computed: Computed, records: dict[str, Known]) -> Schedule:
    net, promised, early, coming = computed
    graph, campaign = net.graph, plan.campaign
    ids = graph.ids
    alive = [task for task in graph.order if net.counts(task)]
    alive = alive or [task for task in graph.order if task not in net.gone]
    finish = max((closes(net, task, early) for task in alive), default=net.floor)
    slack = backward(net, early, finish)
    dates = {
        ids[task]: shown(computed.net, task, promised[task], records[ids[task]], early, coming, slack, as_of)
        for task in range(len(ids))
    }
    counted = [dates[ids[task]] for task in alive]
    return Schedule(
        as_of,
        net.workdays,
        graph,
        dates,
        records,
        tuple(ids[task] for task in critical_path(net, early, slack.total)),
        min((one.early_start for one in counted), default=campaign.start),
        max((one.early_end for one in counted), default=campaign.end),
        max((one.forecast_end for one in counted), default=campaign.end),
        {
            ids[task]: buffer_of(net, task, buffer, early, coming)
            for task, one in enumerate(net.terms)
            if (buffer := one.buffer) is not None
        },
        {
            key: occurrences(task.repeats, one.start, one.end, one.work, typed=task.start is not None)
            for key, task in plan.tasks.items()
            if task.repeats and (one := promised[graph.number[key]]).start and one.end
        },
        project_buffer(net, campaign.buffer, finish, alive, coming) if campaign.buffer else None,
        computed,
    )


def _too_long(graph: Graph, promised: Sequence[Terms]) -> bool:
    """Return whether the longest chain of durations and lags runs past any calendar."""
    spans = [one.length + one.calendar_days + (one.buffer.days if one.buffer else 0) for one in promised]
    lags = [sum(abs(link.lag.days) for link in links) for links in graph.links]
    if sum(spans) + sum(lags) <= MAX_DAYS:
        return False
    end = [0] * len(graph.ids)
    for task in graph.order:
        end[task] = max((end[before] for before in graph.before[task]), default=0) + spans[task] + lags[task]
    return max(end, default=0) > MAX_DAYS
