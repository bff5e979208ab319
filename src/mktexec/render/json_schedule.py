"""JSON of the schedule and of what would change it; it only ever grows."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mktexec.render.json import dumps, finding, head, rollup
from mktexec.schedule import Buffer, Schedule, TaskDates
from mktexec.schedule.driving import drivers
from mktexec.views.timeline import By, Group, TimelineRow
from mktexec.views.whatif import Deadline, MovedTask, Shift, WhatIf


def timeline(schedule: Schedule, rows: Iterable[TimelineRow], by: By | None, groups: Iterable[Group]) -> str:
    """Return all dates of the schedule, and those of the groups ``by`` which it is rolled up."""
    return dumps(
        head("schedule", schedule.as_of)
        | {
            "start": schedule.start,
            "end": schedule.end,
            "forecast_end": schedule.forecast_end,
            "tasks": [_task(row, schedule.as_of) for row in rows],
            "critical_path": schedule.critical_path,
            "drivers": drivers(schedule),
            "project_buffer": _buffer(schedule.project_buffer),
            "by": by,
            "groups": [_group(one) for one in groups],
        }
    )


def _task(row: TimelineRow, as_of: date) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        **_dates(row.dates, gone=row.cancelled),
        "not_before": row.not_before,
        "finish_by": row.finish_by,
        "finish_by_missed": row.missed,
        "buffer": _buffer(row.buffer),
        "occurrences": row.occurrences,
        "next_day": row.next_day(as_of),
    }


def _dates(dates: TaskDates, *, gone: bool = False) -> dict[str, Any]:
    return {
        "start": dates.start,
        "end": dates.end,
        "early_start": dates.early_start,
        "early_end": dates.early_end,
        "late_start": dates.late_start,
        "late_end": dates.late_end,
        "slack_days": None if gone else dates.slack,
        "critical": dates.critical,
        "forecast_start": None if gone else dates.forecast_start,
        "forecast_end": None if gone else dates.forecast_end,
        "free_slack_days": None if gone else dates.free_slack,
    }


def _buffer(buffer: Buffer | None) -> dict[str, int] | None:
    """Return a buffer in working days, None for none."""
    return {"set": buffer.set, "used": buffer.used, "left": buffer.left} if buffer else None


def _group(group: Group) -> dict[str, Any]:
    start, end = group.phase or (None, None)
    return {
        "id": group.id or None,
        "title": group.title,
        "phase_start": start,
        "phase_end": end,
        "start": group.rollup.start,
        **rollup(group.rollup),
    }


def whatif(view: WhatIf) -> str:
    """Return what was asked and all that it changes; days of moves are working days."""
    before, after = view.paths
    return dumps(
        head("what-if", view.as_of)
        | {
            "questions": [{"kind": one.kind, "text": one.text, "task": one.task} for one in view.asked],
            "end": _shift(view.early),
            "forecast_end": _shift(view.forecast),
            "days_past_period": view.late,
            "milestones": [{"id": one.id, "title": one.title, **_shift(one.shift)} for one in view.marks],
            "critical_path": {"before": before, "after": after},
            "drivers": dict(zip(("before", "after"), view.drivers, strict=True)),
            "tasks": [_moved(row) for row in view.tasks],
            "newly_critical": [key for key, _ in view.newly_critical],
            "deadlines": [_deadline(one) for one in view.deadlines],
            "buffers": [
                {"id": one.id, "before": _buffer(one.before), "after": _buffer(one.after)}
                for one in view.buffers
            ],
            "findings": [finding(row) for row in view.findings],
        }
    )


def _shift(shift: Shift) -> dict[str, Any]:
    return {"before": shift.was, "after": shift.now, "days": shift.days}


def _moved(row: MovedTask) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "owner_name": row.owner,
        "days": row.days,
        "newly_critical": row.newly_critical,
        "before": _dates(row.before),
        "after": _dates(row.after),
    }


def _deadline(one: Deadline) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "title": one.title,
        "due": {"before": one.was_due, "after": one.due},
        "days_late": {"before": one.was_late, "after": one.late},
        "task": one.task,
        "task_end": one.end,
    }
