"""JSON for machines: keys in English, days ISO, shares as fractions; it only ever grows."""

import dataclasses
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, localcontext
from enum import Enum
from typing import Any

from mktexec.assess import Rollup
from mktexec.views.document import Document
from mktexec.views.findings import FindingRow, counts
from mktexec.views.status import KpiRow, StatusView, TaskRow

SCHEMA_VERSION = 1
DIGITS = 4
EXACT = 60  # digits that hold any sum of amounts
UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")  # C1 and bidi controls


def dumps(value: Mapping[str, Any] | list[Any]) -> str:
    """Return ``value`` as indented JSON with a final newline, safe to print on a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain, allow_nan=False)
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value))


def share(value: float | None) -> float | None:
    """Return a share as far as it is exact."""
    return None if value is None else round(value, DIGITS)


def _round(value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    with localcontext(prec=EXACT):
        return round(value, DIGITS)


def head(kind: str, as_of: date | None) -> dict[str, Any]:
    """Return what every answer begins with."""
    return {"schema_version": SCHEMA_VERSION, "kind": kind, "as_of": as_of}


def findings(rows: Iterable[FindingRow], as_of: date | None) -> str:
    """Return the findings of ``check`` and ``warn``."""
    rows = list(rows)
    return dumps(
        head("findings", as_of)
        | {
            "findings": [finding(row) for row in rows],
            "counts": {level.key: count for level, count in counts(rows).items()},
        }
    )


def finding(row: FindingRow) -> dict[str, Any]:
    """Return one finding."""
    place = row.place
    return {
        "code": row.code,
        "level": row.level.key,
        "message": row.message,
        "hint": row.hint,
        "subject": row.subject,
        "path": row.path,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "days": row.days,
        "key": row.key,
        "since": row.since,
        "raised": row.raised,
        "answer_by": row.answer_by,
        "owner": row.owner,
        "to": row.to,
    }


def status(view: StatusView, rows: Iterable[FindingRow]) -> str:
    """Return everything that ``status`` knows."""
    campaign, budget = view.plan.campaign, view.budget
    return dumps(
        head("status", view.schedule.as_of)
        | {
            "campaign": {
                "title": campaign.title,
                "scenario": campaign.scenario,
                "department": campaign.department,
                "owner": campaign.owner,
                "start": campaign.start,
                "end": campaign.end,
                "currency": campaign.currency,
                "time_used": share(view.assessment.time_used),
            },
            "tasks": [_task(row) for row in view.tasks],
            "kpis": [_kpi(row) for row in view.kpis],
            "budget": None
            if budget is None
            else {
                "total": budget.total,
                "planned": budget.planned,
                "spent": budget.spent,
                "remaining": budget.remaining,
                "reserve": budget.reserve,
                "reserve_share": share(budget.reserve_share),
                "lines": [
                    {
                        "id": key,
                        "planned": line.planned,
                        "spent": line.spent,
                        "remaining": line.remaining,
                        "share": share(line.share),
                    }
                    for key, line in budget.lines.items()
                ],
            },
            "on_time_rate": share(view.whole.on_time_rate),
            "progress": rollup(view.whole),
            "groups": [
                {"by": view.group_by, "id": group.id or None, "title": group.title} | rollup(group.rollup)
                for group in view.groups
            ],
            "findings": [finding(row) for row in rows],
        }
    )


def _task(row: TaskRow) -> dict[str, Any]:
    state, dates, record = row.state, row.dates, row.record
    gone = record.cancelled
    return {
        "id": row.id,
        "title": row.task.title,
        "owner": row.task.owner,
        "owner_name": row.owner if row.task.owner else None,
        "initiative": row.task.initiative,
        "start": dates.start,
        "end": dates.end,
        "actual_start": record.start,
        "actual_end": record.end if record.done else None,
        "progress": share(state.progress),
        "planned_progress": share(state.planned_progress),
        "health": state.health,
        "days_late": state.days_late,
        "forecast_end": None if gone else dates.forecast_end,
        "slack_days": None if gone else dates.slack,
        "critical": dates.critical,
    }


def _kpi(row: KpiRow) -> dict[str, Any]:
    kpi, state = row.kpi, row.state
    return {
        "id": row.id,
        "title": kpi.title,
        "target": kpi.target,
        "actual": state.actual,
        "unit": kpi.unit,
        "achievement": share(state.achievement),
        "variance": state.variance,
        "as_of": state.last,
        "due": state.due,
        "expected": _round(state.expected),
        "projected": _round(state.projected),
        "pace": share(state.pace),
        "cause": state.cause,
    }


def rollup(roll: Rollup) -> dict[str, Any]:
    """Return the figures of a group of tasks."""
    return {
        "tasks": roll.active,
        "done": roll.done,
        "progress": share(roll.progress),
        "planned_progress": share(roll.planned_progress),
        "on_time_rate": share(roll.on_time_rate),
        "health": {health.value: count for health, count in roll.counts.items()},
        "end": roll.end,
        "forecast_end": roll.forecast_end,
    }


def document(view: Document, as_of: date) -> str:
    """Return a document's sections."""
    return dumps(head("document", as_of) | {"document": dataclasses.asdict(view)})
