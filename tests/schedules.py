"""Small plans for the tests of the schedule: days without their year, dates as short texts."""

import re
from datetime import date
from typing import Any

from mktexec.model import Plan
from mktexec.schedule import Schedule, schedule

# July 2024 begins on a Monday: 1–5, 8–12, 15–19, 22–26 and 29–31 are weekdays.
PERIOD = {"start": "2024-07-01", "end": "2024-09-30"}
SHORT = re.compile(r"\d\d-\d\d")


def day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


def full(value: Any) -> Any:
    """Return a part of a plan with its days completed: 07-15 stands for 2024-07-15."""
    if isinstance(value, dict):
        return {full(key): full(one) for key, one in value.items()}
    if isinstance(value, list):
        return [full(one) for one in value]
    return f"2024-{value}" if isinstance(value, str) and SHORT.fullmatch(value) else value


def plan(tasks: dict, people: dict | None = None, **campaign: object) -> Plan:
    facts = {"title": "t", "calendar": "weekdays", "period": PERIOD, **full(campaign)}
    entries = {key: {"title": key, **full(task)} for key, task in tasks.items()}
    data = {"mktexec": "1", "campaign": facts, "tasks": entries, "people": full(people or {})}
    return Plan.model_validate(data)


def of(tasks: dict, as_of: str = "06-03", **rest: Any) -> Schedule:
    return schedule(plan(tasks, **rest), day(as_of))


def early(result: Schedule) -> dict[str, str]:
    return {key: f"{d.early_start:%m-%d} {d.early_end:%m-%d}" for key, d in result.dates.items()}


def late(result: Schedule) -> dict[str, str]:
    return {key: f"{d.late_start:%m-%d} {d.late_end:%m-%d}" for key, d in result.dates.items()}


def forecast(result: Schedule) -> dict[str, str]:
    return {key: f"{d.forecast_start:%m-%d} {d.forecast_end:%m-%d}" for key, d in result.dates.items()}


def slack(result: Schedule) -> dict[str, str]:
    """Return total and free slack: 7/0."""
    return {key: f"{d.slack}/{d.free_slack}" for key, d in result.dates.items()}
