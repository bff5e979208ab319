"""How everything stands on a day, computed once and used by every command."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mktexec.assess.budget import BudgetState, budget_state
from mktexec.assess.kpis import KpiState, kpi_state
from mktexec.assess.tasks import TaskState, task_state
from mktexec.model.plan import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Schedule

__all__ = ["Assessment", "KpiState", "Rollup", "TaskState", "assess", "roll_up"]


@dataclass(frozen=True, slots=True)
class Rollup:
    """A group of tasks on a day; progress weighted by planned working days.

    ``on_time_rate`` = finished on or before the planned end ÷ all that were due
    (domain.md part 3); None if none was due.
    """

    total: int
    counts: dict[Health, int]
    progress: float | None
    planned_progress: float | None
    on_time_rate: float | None
    start: date | None
    end: date | None
    forecast_end: date | None

    @property
    def done(self) -> int:
        """How many tasks are done."""
        return self.counts.get(Health.DONE, 0)

    @property
    def active(self) -> int:
        """How many tasks count: all but the cancelled."""
        return self.total - self.counts.get(Health.CANCELLED, 0)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of every task and indicator, and of the budget."""

    as_of: date
    tasks: dict[str, TaskState]
    kpis: dict[str, KpiState]
    budget: BudgetState | None
    whole: Rollup
    time_used: float


def assess(plan: Plan, schedule: Schedule) -> Assessment:
    """Return how ``plan`` stands on the schedule's day."""
    as_of, limits = schedule.as_of, plan.thresholds
    tasks = {task_id: task_state(task_id, schedule, limits) for task_id in schedule.dates}
    whole = roll_up(tasks, tasks, schedule)
    period = plan.campaign.period
    days = max(1, schedule.workdays.between(period.start, period.end))
    gone = schedule.workdays.between(period.start, min(as_of, period.end))
    return Assessment(
        as_of,
        tasks,
        {key: kpi_state(kpi, plan, as_of, whole.on_time_rate) for key, kpi in plan.kpis.items()},
        budget_state(plan.budget, as_of) if plan.budget else None,
        replace(whole, forecast_end=schedule.forecast_end if tasks else None),
        gone / days,
    )


def roll_up(members: Iterable[str], tasks: dict[str, TaskState], schedule: Schedule) -> Rollup:
    """Return the roll-up of the tasks with the ids in ``members``."""
    counts: dict[Health, int] = {}
    weight, done, planned, due, on_time, total = 0, 0.0, 0.0, 0, 0, 0
    starts, ends, coming = [], [], []
    for task_id in members:
        state, dates = tasks[task_id], schedule.dates[task_id]
        total += 1
        counts[state.health] = counts.get(state.health, 0) + 1
        if state.health is Health.CANCELLED:
            continue
        weight += state.weight
        done += state.weight * (state.progress or 0.0)
        planned += state.weight * (state.planned_progress or 0.0)
        due += state.due
        on_time += state.due and bool(state.on_time)
        starts += [dates.start] if dates.start else []
        ends += [dates.end] if dates.end else []
        coming.append(dates.forecast_end)
    return Rollup(
        total,
        counts,
        done / weight if weight else None,
        planned / weight if weight else None,
        on_time / due if due else None,
        min(starts, default=None),
        max(ends, default=None),
        max(coming, default=None),
    )
