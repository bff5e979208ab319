"""What rules find on a day in plans written as mappings; days without their year, as in ``schedules``."""

from datetime import date, timedelta
from typing import Any

from mktexec.assess import Assessment, assess
from mktexec.findings import Finding
from mktexec.model import Plan
from mktexec.rules import RULES, Facts, run
from mktexec.schedule import Schedule, schedule
from schedules import PERIOD, day, full

DAY = timedelta(days=1)


def read(as_of: date, **sections: Any) -> tuple[Plan, Schedule, Assessment]:
    """Return a plan with its schedule and its assessment on a day; tasks may lack a title."""
    sections = full(sections)
    campaign = {"title": "t", "calendar": "weekdays", "period": PERIOD} | sections.pop("campaign", {})
    tasks = {key: {"title": "t", **task} for key, task in sections.pop("tasks", {}).items()}
    plan = Plan.model_validate({"mktexec": "1", "campaign": campaign, "tasks": tasks, **sections})
    dates = schedule(plan, as_of)
    return plan, dates, assess(plan, dates)


def judged(as_of: date, codes: set[str], **sections: Any) -> list[Finding]:
    """Return what the rules ``codes`` find on a day."""
    plan, dates, assessment = read(as_of, **sections)
    return run([RULES[code] for code in sorted(codes)], Facts(plan, dates, {}, assessment))


def told(as_of: str, codes: set[str], **sections: Any) -> list[tuple]:
    """Return code and subject, level, since, raised, days and points of what is found."""

    def short(one: date | None) -> str | None:
        return one and f"{one:%m-%d}"

    return [
        (one.key, one.level.key, short(one.since), short(one.raised), one.days, one.points)
        for one in judged(day(as_of), codes, **sections)
    ]


def not_as_seen(first: str, last: str, codes: set[str], **sections: Any) -> list[tuple]:
    """Return the findings whose ``since`` or ``raised`` is not what looking on each day shows.

    ``since`` is the first of the days on end on which something is found, ``raised`` that from
    which it has its level; on the first day of all nothing may be found.
    """
    wrong: list[tuple] = []
    since: dict[str, date] = {}
    raised: dict[tuple, date] = {}
    now = day(first)
    assert judged(now, codes, **sections) == []
    while now <= day(last):
        found = {one.key: one for one in judged(now, codes, **sections)}
        since = {key: since.get(key, now) for key in found}
        raised = {(key, one.level): raised.get((key, one.level), now) for key, one in found.items()}
        for key, one in found.items():
            seen = since[key], raised[key, one.level]
            if (one.since, one.raised) != seen:
                wrong.append((str(now), key, str(one.since), str(one.raised), *map(str, seen)))
        now += DAY
    return wrong
