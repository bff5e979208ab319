"""JSON of the Gantt chart and of the load; it only ever grows."""

import dataclasses
from datetime import date
from typing import Any

from mktexec.render.json import dumps, head, share
from mktexec.schedule.load import WEEK, Figure, monday
from mktexec.views.gantt import Gantt, GanttRow
from mktexec.views.load import LoadRow, LoadView


def load(view: LoadView) -> str:
    """Return who is loaded when, by day and by week, and the over-loads."""
    return dumps(
        head("load", view.as_of)
        | {
            "units": [_load(row) for row in view.rows],
            "over_loads": [
                {
                    "kind": over.unit.kind,
                    "id": over.unit.id,
                    "title": title,
                    "first": over.first,
                    "last": over.last,
                    "days": over.days,
                    "load": over.load,
                    "capacity": over.capacity,
                    "tasks": over.tasks,
                    "assumed": over.assumed,
                }
                for title, over, _ in view.over
            ],
        }
    )


def _load(row: LoadRow) -> dict[str, Any]:
    one = row.load
    loaded = [date.fromordinal(day) for day in sorted(one.loads)]
    return {
        "kind": row.unit.kind,
        "id": row.unit.id,
        "title": row.title,
        "department": row.department or None,
        "capacity": row.capacity,
        "measure": row.measure or None,
        "peak_day": row.peak[0] if row.peak else None,
        "days_over": row.days_over,
        "weeks": [
            {"first": day, "peak_day": one.peak(day, WEEK), **_figure(one.week(day))}
            for day in dict.fromkeys(map(monday, loaded))
        ],
        "days": [{"day": day, **_figure(one.figure(day))} for day in loaded],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "load": figure.load,
        "capacity": figure.capacity,
        "share": share(figure.share),
        "over": figure.over,
    }


def gantt(view: Gantt) -> str:
    """Return the Gantt chart: what is drawn, by groups."""
    return dumps(
        head("gantt", view.as_of)
        | {
            "title": view.title,
            "first": view.first,
            "last": view.last,
            "groups": [
                {
                    "id": group.id or None,
                    "title": group.title or None,
                    "start": group.start,
                    "end": group.end,
                    "forecast_end": group.forecast_end,
                    "progress": share(group.progress),
                    "tasks": [_bar(row) for row in group.rows],
                }
                for group in view.groups
            ],
            "arrows": [dataclasses.asdict(arrow) for arrow in view.arrows],
            "marks": [dataclasses.asdict(mark) for mark in view.marks],
            "phases": [dataclasses.asdict(phase) for phase in view.phases],
            "days_off": sorted(view.off),
        }
    )


def _bar(row: GanttRow) -> dict[str, Any]:
    actual_start, actual_end = row.actual or (None, None)
    forecast_start, forecast_end = (None, None) if row.cancelled else row.forecast
    return {
        "id": row.id,
        "title": row.title,
        "owner_name": row.owner,
        "department": row.department or None,
        "start": row.start,
        "end": row.end,
        "actual_start": actual_start,
        "actual_end": actual_end,
        "forecast_start": forecast_start,
        "forecast_end": forecast_end,
        "progress": share(row.progress),
        "health": row.health,
        "critical": row.critical,
        "milestone": row.milestone,
        "occurrences": row.occurrences,
    }
