"""Days that count from a named day: ``launch - 10d`` moves with the launch (design part 2).

A name is a day of ``campaign.milestones``, a phase (``burst`` is its first day, ``burst.end`` its
last), ``campaign.start`` or ``campaign.end``, or a milestone task that has a day of its own. Each
may be relative in turn, as long as one of them is a day.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from mktexec.calendar import NONE, Workdays, YearDays
from mktexec.dates import FIRST_YEAR, LAST_YEAR, RelativeDay
from mktexec.i18n import Text
from mktexec.model.fields import Entry
from mktexec.model.plan import SECTIONS, Plan
from mktexec.model.tasks import Task
from mktexec.model.uses import anchored
from mktexec.schedule.days import LEAST_A_YEAR, campaign_days
from mktexec.source import Path
from mktexec.suggest import did_you_mean

FARTHEST = 2  # years before the first day that counting may lead to, besides its length
MOST_NAMES = 12  # of a loop
START, END = "start", "end"
SIDES = (START, END)


class Problem(NamedTuple):
    """Why a relative day is none: the code of a fault, its place and figures."""

    code: str
    path: Path
    params: Mapping[str, Any]
    hint: Text | None = None


class Settled(NamedTuple):
    """A plan whose days are all days, and what was relative in it."""

    plan: Plan
    relative: Mapping[Path, RelativeDay]
    problems: list[Problem]


def settled(plan: Plan, known: Mapping[int, YearDays] = NONE) -> Settled:
    """Return ``plan`` with every relative day counted; one that cannot be is left out and reported."""
    relative = dict(_relative_days(plan))
    if not relative:
        return Settled(plan, {}, [])
    back = max(when.offset.days for when in relative.values()) // LEAST_A_YEAR
    back = max(back, -min(when.offset.days for when in relative.values()) // LEAST_A_YEAR)
    workdays = campaign_days(plan.campaign, plan.campaign.start.year - back - FARTHEST, known)
    count = _Count(plan, workdays)
    days = {path: count.day(path, when) for path, when in relative.items()}
    return Settled(_with(plan, days), relative, count.problems)


class _Count:
    """Counts relative days, each once; remembers what is wrong with them."""

    def __init__(self, plan: Plan, workdays: Workdays) -> None:
        self._plan = plan
        self._workdays = workdays
        self._days: dict[Path, date | None] = {}
        self.problems: list[Problem] = []

    def day(self, path: Path, when: date | RelativeDay) -> date | None:
        """Return the day that stands at ``path``; None, and once a problem, where there is none."""
        steps: dict[Path, RelativeDay] = {}  # from the day that is wanted to one that is known
        while isinstance(when, RelativeDay) and path not in self._days:
            if path in steps:
                self._report_loop(path, steps)
                break
            steps[path] = when
            home = self._home(when.anchor)
            if home is None:
                params, hint = {"ref": when.anchor}, did_you_mean(when.anchor, self._names())
                self.problems.append(Problem("unknown-anchor", path, params, hint))
                break
            path, when = home
        day = when if isinstance(when, date) else self._days.get(path)
        for step, relative in reversed(steps.items()):
            day = self._days[step] = None if day is None else self._counted(step, relative, day)
        return day

    def _report_loop(self, path: Path, steps: Mapping[Path, RelativeDay]) -> None:
        places = list(steps)
        names = [steps[one].anchor for one in places[places.index(path) :]]
        loop = [names[-1], *names]
        if len(loop) > MOST_NAMES:
            loop = [*loop[: MOST_NAMES // 2], "...", *loop[-MOST_NAMES // 2 :]]
        self.problems.append(Problem("anchor-loop", places[-1], {"loop": " → ".join(loop)}))

    def _counted(self, path: Path, when: RelativeDay, anchor: date) -> date | None:
        try:
            if when.offset.unit == "cd":
                day = anchor + timedelta(days=when.offset.days)
            else:
                day = self._workdays.shift(anchor, when.offset.days)
        except OverflowError:
            day = date.min
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.problems.append(Problem("day-out-of-range", path, {"when": str(when)}))
            return None
        return day

    def _home(self, name: str) -> tuple[Path, date | RelativeDay] | None:
        """Return the place and the day that a name stands for."""
        campaign = self._plan.campaign
        head, _, side = name.partition(".")
        if name in campaign.milestones:
            return ("campaign", "milestones", name), campaign.milestones[name]
        if head == "campaign" and side in SIDES:
            return ("campaign", "period", side), getattr(campaign.period, side)
        if head in campaign.phases and side in ("", *SIDES):
            side = side or START
            return ("campaign", "phases", head, side), getattr(campaign.phases[head], side)
        task = self._plan.tasks.get(name)
        if task is not None and is_milestone(task):
            for side in SIDES:
                if when := getattr(task, side):
                    return ("tasks", name, side), when
        return None

    def _names(self) -> list[str]:
        campaign = self._plan.campaign
        tasks = [key for key, task in self._plan.tasks.items() if is_milestone(task)]
        return [*campaign.milestones, *campaign.phases, "campaign.start", "campaign.end", *tasks]


def is_milestone(task: Task) -> bool:
    """Return whether a task is a point in time."""
    return task.milestone or (task.duration is not None and task.duration.days == 0)


def _relative_days(plan: Plan) -> Iterator[tuple[Path, RelativeDay]]:
    for path, entry in _entries(plan):
        for name in anchored(type(entry)):
            if type(when := getattr(entry, name)) is RelativeDay:
                yield (*path, name), when
    days: Mapping[str, date | RelativeDay] = plan.campaign.milestones
    for key, day in days.items():
        if isinstance(day, RelativeDay):
            yield ("campaign", "milestones", key), day


def _entries(plan: Plan) -> Iterator[tuple[Path, Entry]]:
    """Yield the entries that may hold a relative day."""
    for section in SECTIONS:
        entries = getattr(plan, section)
        if isinstance(entries, dict):
            for key, entry in entries.items():
                if not isinstance(entry, Entry) or not anchored(type(entry)):
                    break  # one section holds entries of one kind
                yield (section, key), entry
    for key, phase in plan.campaign.phases.items():
        yield ("campaign", "phases", key), phase
    for index, step in enumerate(plan.review.next if plan.review else ()):
        yield ("review", "next", str(index)), step


def _with(plan: Plan, days: Mapping[Path, date | None]) -> Plan:
    """Return a copy of ``plan`` with other days; what must have a day gets the campaign's first."""
    updates: dict[Path, dict[str, date | None]] = {}
    for path, day in days.items():
        must = path[0] == "campaign"
        updates.setdefault(path[:-1], {})[path[-1]] = day or (plan.campaign.start if must else None)
    sections: dict[str, Any] = {}
    phases, milestones = dict(plan.campaign.phases), dict(plan.campaign.milestones)
    steps = list(plan.review.next) if plan.review else []
    for path, update in updates.items():
        if path[:2] == ("campaign", "milestones"):
            milestones |= {key: day for key, day in update.items() if day}
        elif path[:2] == ("campaign", "phases"):
            phases[path[2]] = phases[path[2]].model_copy(update=update)
        elif path[0] == "review":
            steps[int(path[2])] = steps[int(path[2])].model_copy(update=update)
        else:
            section = sections.setdefault(path[0], dict(getattr(plan, path[0])))
            section[path[1]] = section[path[1]].model_copy(update=update)
    campaign = plan.campaign.model_copy(update={"phases": phases, "milestones": milestones})
    review = plan.review and plan.review.model_copy(update={"next": tuple(steps)})
    return plan.model_copy(update={**sections, "campaign": campaign, "review": review})
