"""The schedule as rows, in the order of work."""

from dataclasses import dataclass

from mktexec.model import Plan
from mktexec.schedule import Schedule, TaskDates


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One task with all its dates."""

    id: str
    title: str
    owner: str
    dates: TaskDates
    done: bool
    cancelled: bool


def timeline(plan: Plan, schedule: Schedule) -> list[TimelineRow]:
    """Return the tasks by early start, then early end, then id."""
    rows = [
        TimelineRow(
            key,
            task.title,
            plan.person(task.owner),
            schedule.dates[key],
            schedule.records[key].done,
            schedule.records[key].cancelled,
        )
        for key, task in plan.tasks.items()
    ]
    return sorted(rows, key=lambda row: (row.dates.early_start, row.dates.early_end, row.id))
