"""The Gantt chart as rows, groups and arrows, for every renderer of it (domain.md part 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from mktexec.assess import Assessment, roll_up
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Known, Schedule, TaskDates
from mktexec.schedule.days import origin_year
from mktexec.schedule.handovers import handovers, live_links

DAY = timedelta(days=1)
NEAR = timedelta(days=14)  # a day of today's that is farther from the work would only shrink the chart
NOWHERE = {
    "initiative": T("No initiative", "未归属举措"),
    "owner": T("No owner", "未指定负责人"),
    "department": T("No department", "未指定部门"),
}

By = Literal["owner", "department", "initiative"]
Span = tuple[date, date]
"""First and last day, both included."""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """One task.

    ``start`` and ``end`` were promised; ``planned`` is where they are drawn, a single day for one of them;
    ``actual`` ends on the as-of day while work is under way; ``progress`` is a share in [0, 1].
    """

    id: str
    title: str
    owner: str
    department: str
    start: date | None
    end: date | None
    planned: Span | None
    actual: Span | None
    forecast: Span
    progress: float | None
    health: Health
    critical: bool
    milestone: bool
    done: bool
    cancelled: bool
    occurrences: tuple[date, ...]

    @property
    def spans(self) -> list[Span]:
        """Everything that is drawn of it; of a cancelled task nothing is coming."""
        spans = [span for span in (self.planned, self.actual) if span]
        if not self.cancelled or not spans:
            spans.append(self.forecast)
        return spans + [(day, day) for day in self.occurrences]


@dataclass(frozen=True, slots=True)
class GanttGroup:
    """Tasks that belong together, and their summary; the only group has no title."""

    id: str
    title: str
    start: date | None
    end: date | None
    forecast_end: date | None
    progress: float | None
    rows: tuple[GanttRow, ...]


@dataclass(frozen=True, slots=True)
class GanttArrow:
    """A link between two rows: FS, SS, FF or SF; a hand-over goes to another department."""

    giver: str
    receiver: str
    kind: str
    critical: bool
    handover: bool


@dataclass(frozen=True, slots=True)
class GanttMark:
    """A named day of the campaign."""

    title: str
    day: date


@dataclass(frozen=True, slots=True)
class GanttPhase:
    """A phase of the campaign, as far as it lies within the window."""

    title: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Gantt:
    """The chart from ``first`` to ``last``, both included; ``off`` are the days off among them."""

    title: str
    as_of: date
    first: date
    last: date
    groups: tuple[GanttGroup, ...]
    arrows: tuple[GanttArrow, ...]
    marks: tuple[GanttMark, ...]
    phases: tuple[GanttPhase, ...]
    off: frozenset[date]


def gantt(
    plan: Plan,
    schedule: Schedule,
    assessment: Assessment,
    by: By | None = None,
    first: date | None = None,
    last: date | None = None,
    lang: Lang = "en",
) -> Gantt:
    """Return the chart of ``plan``, cut to what lies from ``first`` to ``last``.

    ``lang`` is that of the title of a group for tasks which belong to none.
    """
    campaign = plan.campaign
    rows = [_row(plan, key, schedule, assessment) for key in plan.tasks]
    marks = [GanttMark(name, day) for name, day in campaign.milestones.items()]
    first, last = _window(plan, rows, schedule.as_of, first, last)
    shown = [row for row in rows if any(a <= last and first <= b for a, b in row.spans)]
    shown.sort(key=lambda row: (_place(row, schedule.dates[row.id]), row.id))
    known = max(
        first, date(origin_year(plan, schedule.as_of), 1, 1)
    )  # working days are counted from there on
    whole = (known + n * DAY for n in range((last - known).days + 1))
    return Gantt(
        campaign.title,
        schedule.as_of,
        first,
        last,
        tuple(_groups(plan, shown, schedule, assessment, by, lang)),
        tuple(_arrows(plan, shown, schedule)),
        tuple(sorted((mark for mark in marks if first <= mark.day <= last), key=lambda mark: mark.day)),
        tuple(
            GanttPhase(phase.title or key, max(first, phase.start), min(last, phase.end))
            for key, phase in campaign.phases.items()
            if phase.start <= last and first <= phase.end
        ),
        frozenset(day for day in whole if not schedule.workdays.works(day)),
    )


def _row(plan: Plan, key: str, schedule: Schedule, assessment: Assessment) -> GanttRow:
    task, dates, record = plan.tasks[key], schedule.dates[key], schedule.records[key]
    state = assessment.tasks[key]
    start, end = dates.start or dates.end, dates.end or dates.start
    return GanttRow(
        key,
        task.title,
        plan.person(task.owner),
        _department(plan, key),
        dates.start,
        dates.end,
        (start, end) if start and end else None,
        _actual(dates, record, task.cancelled, schedule.as_of),
        (dates.forecast_start, dates.forecast_end),
        state.progress,
        state.health,
        dates.critical,
        dates.milestone,
        record.done,
        record.cancelled,
        schedule.occurrences.get(key, ()),
    )


def _department(plan: Plan, key: str) -> str:
    return plan.department(plan.tasks[key].owner) or ""


def _actual(dates: TaskDates, record: Known, cancelled: date | None, as_of: date) -> Span | None:
    """Return the days on which work is recorded; None where no day of it is known."""
    start, end = record.start, record.end if record.done else None
    if record.done and end is None:  # finished on a day that nobody wrote down
        end = min(dates.forecast_end, as_of) if start else None
    elif record.cancelled:
        end = cancelled if start else None
    elif not record.done:
        end = as_of if start else None
    if end is None:
        return None
    return min(start or end, end), end


def _window(plan: Plan, rows: Iterable[GanttRow], as_of: date, first: date | None, last: date | None) -> Span:
    """Return the days that the chart shows: all that it knows of, unless it is told."""
    days = [day for row in rows for span in row.spans for day in span]
    days += plan.campaign.milestones.values()
    days = days or [plan.campaign.start, plan.campaign.end]
    begin, end = min(days), max(days)
    if begin - NEAR <= as_of <= end + NEAR:
        begin, end = min(begin, as_of), max(end, as_of)
    begin = first or (min(begin, last) if last else begin)
    return begin, max(begin, last or end)


def _place(row: GanttRow, dates: TaskDates) -> Span:
    return row.planned or (dates.early_start, dates.early_end)


def _groups(
    plan: Plan,
    rows: list[GanttRow],
    schedule: Schedule,
    assessment: Assessment,
    by: By | None,
    lang: Lang,
) -> Iterable[GanttGroup]:
    """Yield the groups with rows, each with the figures of all its tasks; what belongs to none is last."""
    members: dict[str, list[str]] = {}
    for key in plan.tasks:
        members.setdefault(_group_of(plan, key, by), []).append(key)
    shown: dict[str, list[GanttRow]] = {key: [] for key in plan.initiatives} if by == "initiative" else {}
    for row in rows:
        shown.setdefault(_group_of(plan, row.id, by), []).append(row)
    for group in sorted(shown, key=lambda group: not group):
        if shown[group]:
            roll = roll_up(members[group], assessment.tasks, schedule)
            ends = roll.start, roll.end, roll.forecast_end
            title = _title(plan, group, by, lang)
            yield GanttGroup(group, title, *ends, roll.progress, tuple(shown[group]))


def _group_of(plan: Plan, key: str, by: By | None) -> str:
    task = plan.tasks[key]
    if by == "initiative":
        return task.initiative or ""
    if by == "owner":
        return task.owner or ""
    return _department(plan, key) if by else ""


def _title(plan: Plan, group: str, by: By | None, lang: Lang) -> str:
    if by is None:
        return ""
    if not group:
        return NOWHERE[by].say(lang)
    if by == "initiative":
        return plan.initiatives[group].title
    return plan.person(group) if by == "owner" else group


def _arrows(plan: Plan, rows: Iterable[GanttRow], schedule: Schedule) -> Iterable[GanttArrow]:
    steps = set(pairwise(schedule.critical_path))
    given = {(one.giver, one.receiver) for one in handovers(plan, schedule)}
    shown = {row.id for row in rows}
    for giver, receiver, kind in live_links(plan, schedule):
        if giver in shown and receiver in shown:
            pair = giver, receiver
            yield GanttArrow(giver, receiver, kind, pair in steps, pair in given)
