"""Rules on who has too much to do (domain.md 2.2, 2.5)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import amount, percent
from mktexec.rules.delays import root
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY, expected_since
from mktexec.schedule.demands import Unit
from mktexec.schedule.load import OverLoad, load
from mktexec.source import Path

MUCH = 20  # per cent above the capacity: less is made up for by a long day
AHEAD = timedelta(days=27)  # four weeks, today included


@rule(
    "over-capacity",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "{name}: {load} needed of {capacity}, {first} to {last} ({tasks})",
        "{name}：{first} 至 {last} 需要 {load}，可用 {capacity}（{tasks}）",
    ),
    hint=T(
        "move a task, share it, or find more: mktexec schedule --load",
        "请错开或分担任务，或增补资源；详见 mktexec schedule --load",
    ),
    why=T(
        "Who is planned twice is late once.",
        "同一时间排了两份工作，总有一份会延误。",
    ),
    source="2.5: needed, at hand, gap (A, B)",
)
def over_capacity(facts: Facts) -> Iterator[Hit]:
    """What tasks state that they need of a person or a resource fits; said once each, of the worst days.

    The plan is wrong from the day on which it was drawn up, else from the campaign's first; but four
    weeks of it are asked for: it holds since the overload came that near.
    """
    if not any(task.needs for task in facts.plan.tasks.values()):
        return
    until = facts.day.as_of + AHEAD
    worst: dict[Unit, OverLoad] = {}
    for one in load(facts.plan, facts.schedule).over:
        if one.assumed or one.first > until or one.unit.kind == "department" or _asked_for(facts, one):
            continue
        before = worst.get(one.unit)
        if before is None or one.load - one.capacity > before.load - before.capacity:
            worst[one.unit] = one
    for unit, one in worst.items():
        yield _hit(facts, unit, one)


def _asked_for(facts: Facts, one: OverLoad) -> bool:
    """Return whether a resource's own request says that so much is needed: then the gap is told there."""
    needed = facts.plan.resources[one.unit.id].needed if one.unit.kind == "resource" else None
    return needed is not None and needed >= one.load


def _hit(facts: Facts, unit: Unit, one: OverLoad) -> Hit:
    person = unit.kind == "person"
    path: Path = ("people" if person else "resources", unit.id)
    of = "" if person else facts.plan.resources[unit.id].unit or ""
    name = facts.plan.person(unit.id) if person else facts.plan.resources[unit.id].title
    params = {
        "name": name,
        "load": percent(one.load) if person else _pieces(one.load, of),
        "capacity": percent(one.capacity) if person else _pieces(one.capacity, of),
        "first": one.first,
        "last": one.last,
        "tasks": one.tasks,
    }
    over = (one.load - one.capacity) / (one.capacity or Decimal(1))
    points = int(over * 100)
    level = Level.WARN if points >= MUCH else Level.REMIND
    return Hit(path, params, level, points=points, since=_since(facts, one))


def _pieces(number: Decimal, of: str) -> str:
    return f"{amount(number)} {of}".strip()


def _since(facts: Facts, one: OverLoad) -> date:
    """Return since when an overload is asked for; not before its tasks were expected to last so long."""
    tops: dict[str, str] = {}
    moved = [key for key in one.tasks if facts.schedule.dates[key].early_end < one.first]
    since = [expected_since(facts, key, root(facts, key, tops), one.first - DAY, 1) for key in moved]
    campaign, as_of = facts.plan.campaign, facts.day.as_of
    drawn_up = campaign.drawn_up if campaign.drawn_up and campaign.drawn_up <= as_of else None
    return max([_first(facts, one) - AHEAD, drawn_up or min(campaign.start, as_of), *since])


def _first(facts: Facts, one: OverLoad) -> date:
    """Return the first day of an overload, also where that is past: when the last of its tasks began."""
    began: Iterable[date] = (
        facts.schedule.dates[key].forecast_start for key in one.tasks if key not in facts.schedule.occurrences
    )
    return min(one.first, max(began, default=one.first))
