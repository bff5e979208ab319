"""The plan's days as a calendar takes them: deadlines, milestones, meetings, what goals and KPIs are due."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from mktexec.i18n import Lang, percent, plural, working_days
from mktexec.i18n import Text as T
from mktexec.model.goals import Goal
from mktexec.model.terms import LateIn
from mktexec.views.kpi import kpi_cells
from mktexec.views.status import KpiRow, StatusView, TaskRow

Kind = tuple[T, T]


class Kinds:
    """What a day of the calendar is, and how its title says so."""

    deadline = T("Deadline", "截止日"), T("Due: {title}", "截止：{title}")
    milestone = T("Milestone", "关键节点"), T("Milestone: {title}", "关键节点：{title}")
    meeting = T("Recurring", "例行工作"), T("{title}", "{title}")
    goal = T("Goal", "目标"), T("Goal due: {title}", "目标到期：{title}")
    kpi = T("KPI", "效果指标"), T("KPI due: {title}", "指标到期：{title}")


class Labels:
    """What the lines of a description begin with."""

    task = T("Task", "任务")
    owner = T("Owner", "负责人")
    deliverable = T("Deliverable", "交付物")
    status = T("Status as of {day}", "状态（截至 {day}）")
    indicators = T("Indicators", "量化指标")
    target = T("Target", "目标值")
    actual = T("Actual", "当前值")
    campaign = T("Campaign", "活动")


LATE = T("{days} late", "已延误 {days}")


class CalendarDay(NamedTuple):
    """One day of a calendar; ``key`` says which of the plan's days it is and stays where the day moves."""

    key: str
    day: date
    title: str
    kind: str
    lines: tuple[str, ...]
    cancelled: bool = False


def calendar_days(view: StatusView, lang: Lang, owner: str | None = None) -> list[CalendarDay]:
    """Return the days that people must not miss, in their order, of one owner if ``owner`` is an id.

    A recurring task has its meetings in place of a deadline. Days of the campaign itself are nobody's.
    """
    days = [day for row in view.tasks for day in _of_task(view, row, lang)]
    days += [
        _of_goal(view, key, goal, lang)
        for key, goal in view.plan.goals.items()
        if goal.due and owner in (None, goal.owner)
    ]
    days += [_of_kpi(view, row, lang) for row in view.kpis]
    if owner is None:
        days += [
            CalendarDay(
                f"campaign.milestones.{key}",
                day,
                *_named(Kinds.milestone, key, lang),
                _lines(view, [], lang),
            )
            for key, day in view.plan.campaign.milestones.items()
        ]
    return sorted(days, key=lambda one: (one.day, one.key))


def _named(kind: Kind, title: str, lang: Lang) -> tuple[str, str]:
    """Return the title of a day and what kind of day it is."""
    return kind[1].say(lang, {"title": title}), kind[0].say(lang)


def _of_task(view: StatusView, row: TaskRow, lang: Lang) -> Iterator[CalendarDay]:
    facts = [
        (Labels.task.say(lang), row.id),
        (Labels.owner.say(lang), row.owner if row.task.owner else None),
        (Labels.deliverable.say(lang), row.task.deliverable),
        (Labels.status.say(lang, {"day": view.schedule.as_of}), _status(view, row, lang)),
    ]
    lines, gone = _lines(view, facts, lang), row.record.cancelled
    meetings = view.schedule.occurrences.get(row.id, ())
    for number, day in enumerate(meetings, 1):  # not the day itself, which moves
        named = _named(Kinds.meeting, row.task.title, lang)
        yield CalendarDay(f"tasks.{row.id}.{number}", day, *named, lines, gone)
    if row.dates.end and not meetings:
        named = _named(Kinds.milestone if row.dates.milestone else Kinds.deadline, row.task.title, lang)
        yield CalendarDay(f"tasks.{row.id}.end", row.dates.end, *named, lines, gone)


def _status(view: StatusView, row: TaskRow, lang: Lang) -> str:
    words = [row.state.health.label.say(lang)]
    if row.state.progress is not None and not row.record.done:
        words.append(percent(row.state.progress))
    if row.state.overdue and row.state.days_late:
        count, working = row.state.days_late, view.plan.thresholds.late_in is LateIn.WORKING
        days = working_days(count) if working else T(plural(count, "day", "days"), f"{count} 天")
        words.append(LATE.say(lang, {"days": days}))
    return (", " if lang == "en" else "，").join(words)


def _of_goal(view: StatusView, key: str, goal: Goal, lang: Lang) -> CalendarDay:
    facts = [
        (Labels.owner.say(lang), view.plan.person(goal.owner) if goal.owner else None),
        (Labels.indicators.say(lang), (", " if lang == "en" else "、").join(goal.indicators)),
    ]
    named, lines = _named(Kinds.goal, goal.title, lang), _lines(view, facts, lang)
    return CalendarDay(f"goals.{key}.due", goal.due or view.plan.campaign.end, *named, lines)


def _of_kpi(view: StatusView, row: KpiRow, lang: Lang) -> CalendarDay:
    target, actual, achievement, *_ = kpi_cells(row.kpi, row.state, lang)
    known = row.state.actual is not None
    facts = [
        (Labels.owner.say(lang), view.plan.person(row.kpi.owner) if row.kpi.owner else None),
        (Labels.target.say(lang), target),
        (Labels.actual.say(lang), f"{actual} ({achievement})" if known else None),
    ]
    named, lines = _named(Kinds.kpi, row.kpi.title, lang), _lines(view, facts, lang)
    return CalendarDay(f"kpis.{row.id}.due", row.state.due, *named, lines)


def _lines(view: StatusView, facts: Iterable[tuple[str, str | None]], lang: Lang) -> tuple[str, ...]:
    told = [*facts, (Labels.campaign.say(lang), view.plan.campaign.title)]
    colon = ": " if lang == "en" else "："
    return tuple(f"{label}{colon}{text}" for label, text in told if text)
