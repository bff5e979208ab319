"""The schedule on the terminal: one row a task, or one a group of them."""

from collections.abc import Sequence
from datetime import date

from mktexec.i18n import Lang, percent, plural, working_days
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.render.say import Say, short_day
from mktexec.render.terminal import Column, Line, Screen, Span, clean, table
from mktexec.schedule import Buffer, Schedule
from mktexec.schedule.driving import drivers
from mktexec.views.timeline import By, Group, TimelineRow

TITLE = T(
    "{title}: {start} → {end}, forecast finish {forecast}", "{title}：{start} → {end}，预计完成 {forecast}"
)
PATH = T("Critical path: ", "关键路径：")
DRIVERS = T("Drives the forecast finish: ", "决定预计完成日：")
PROJECT_BUFFER = T(
    "Project buffer: {days}, {used} used, {left} left", "项目缓冲：{days}，已用 {used}，剩余 {left}"
)
BUFFERS = T(
    "Buffers of {tasks}: {days}, {used} used, {left} left",
    "{tasks}的缓冲：共 {days}，已用 {used}，剩余 {left}",
)
FROM, BY = T("from {day}", "最早 {day}"), T("by {day}", "最迟 {day}")
NEXT = T("next {day} ({times})", "下次 {day}（共 {times}）")
OVER = T("over ({times})", "已结束（共 {times}）")
START, END, FORECAST = T("Start", "计划开始"), T("End", "计划完成"), T("Forecast", "预计完成")
HEADS = [
    (T("Id", "编号"), "left", 0, 0),
    (T("Task", "任务"), "left", 16, 0),
    (T("Owner", "负责人"), "left", 6, 3),
    (START, "left", 0, 2),
    (END, "left", 0, 0),
    (T("Early start", "最早开始"), "left", 0, 6),
    (T("Early end", "最早完成"), "left", 0, 4),
    (T("Late start", "最晚开始"), "left", 0, 7),
    (T("Late end", "最晚完成"), "left", 0, 5),
    (T("Slack", "浮动"), "right", 0, 0),
    (T("Free", "自由浮动"), "right", 0, 8),
    (T("Buffer", "缓冲"), "right", 0, 1),
    (T("Limits", "限定"), "left", 0, 1),
    (FORECAST, "left", 0, 0),
]
GROUP_HEADS = [
    (START, "left", 0, 0),
    (END, "left", 0, 0),
    (FORECAST, "left", 0, 0),
    (T("Progress", "进度"), "right", 0, 0),
    (T("Tasks", "任务"), "right", 0, 1),
]


def timeline(plan: Plan, schedule: Schedule, rows: list[TimelineRow], lang: Lang, to: Screen) -> list[Line]:
    """Return title, one row a task, the critical path and the buffers."""
    say = Say(lang, to)
    columns = [Column(say(text), align, least, drop) for text, align, least, drop in HEADS]
    body = table(columns, [_row(row, schedule.as_of, say) for row in rows], to.columns, indent=0)
    return [*_head(plan, schedule, say), *body, *_foot(schedule, say)]


def summary(
    plan: Plan, schedule: Schedule, groups: list[Group], by: By, lang: Lang, to: Screen
) -> list[Line]:
    """Return title, one row a group, the critical path and the buffers."""
    say = Say(lang, to)
    columns = [
        Column(say(T("Id", "编号")), drop=3),
        Column(by.label.say(lang), least=12),
        Column(say(T("Its days", "阶段日期")), drop=2),
        *(Column(say(text), align, least, drop) for text, align, least, drop in GROUP_HEADS),
    ]
    with_id = by in (By.INITIATIVE, By.GOAL)
    body = table(columns, [_group(one, with_id=with_id) for one in groups], to.columns, indent=0)
    return [*_head(plan, schedule, say), *body, *_foot(schedule, say)]


def _head(plan: Plan, schedule: Schedule, say: Say) -> list[Line]:
    title = say(
        TITLE,
        title=clean(plan.campaign.title),
        start=schedule.start,
        end=schedule.end,
        forecast=schedule.forecast_end,
    )
    return [*say.lines(title, "bold"), []]


def _foot(schedule: Schedule, say: Say) -> list[Line]:
    """Return the critical path and what is kept and used of the buffers."""
    lines: list[Line] = []
    if schedule.critical_path:
        lines += [[], *say.lines(say(PATH) + _chain(schedule.critical_path), "bold")]
    if (driving := drivers(schedule)) != schedule.critical_path:
        lines += say.lines(say(DRIVERS) + _chain(driving))
    if schedule.project_buffer:
        lines += _buffers(PROJECT_BUFFER, [schedule.project_buffer], say)
    if schedule.buffers:
        lines += _buffers(BUFFERS, list(schedule.buffers.values()), say)
    return lines


def _chain(tasks: Sequence[str]) -> str:
    return " → ".join(clean(one) for one in tasks)


def _buffers(text: T, buffers: Sequence[Buffer], say: Say) -> list[Line]:
    whole, used = (sum(one[index] for one in buffers) for index in (0, 1))
    count = len(buffers)
    figures = {"days": working_days(whole), "used": used, "left": whole - used}
    tasks = T(plural(count, "task", "tasks"), f"{count} 项任务")
    return say.lines(say(text, tasks=tasks, **figures), _buffer_style(Buffer(whole, used)))


def _row(row: TimelineRow, as_of: date, say: Say) -> list[Span]:
    dates = row.dates
    quiet = "dim" if row.done or row.cancelled else ""
    critical = "bold" if dates.critical and not quiet else quiet
    slips = bool(dates.end and dates.forecast_end > dates.end) and not row.cancelled
    slack = "red" if dates.slack < 0 and not quiet else critical
    return [
        Span(clean(row.id), critical),
        Span(clean(row.title), quiet),
        Span(clean(row.owner), quiet),
        Span(dates.start.isoformat() if dates.start else "–", quiet),
        Span(dates.end.isoformat() if dates.end else "–", quiet),
        *(
            Span(day.isoformat(), "dim")
            for day in (dates.early_start, dates.early_end, dates.late_start, dates.late_end)
        ),
        Span("–" if row.cancelled else str(dates.slack), slack),
        Span("–" if row.cancelled else str(dates.free_slack), "dim"),
        Span(f"{row.buffer.set} ({row.buffer.used})", _buffer_style(row.buffer)) if row.buffer else Span(""),
        Span(_limits(row, as_of, say), "red" if row.missed else quiet),
        Span("–" if row.cancelled else dates.forecast_end.isoformat(), "red" if slips else quiet),
    ]


def _buffer_style(buffer: Buffer) -> str:
    """Return how a buffer stands out: red once it is used up, yellow while it is being used."""
    if not buffer.used:
        return "dim"
    return "yellow" if buffer.left else "red"


def _limits(row: TimelineRow, as_of: date, say: Say) -> str:
    """Return the days between which a task must lie, or on which it recurs: ``from 08-01 by 09-10``."""
    limits = ((FROM, row.not_before), (BY, row.finish_by))
    parts = [say(text, day=short_day(day, as_of)) for text, day in limits if day]
    if row.occurrences:
        day, count = row.next_day(as_of), len(row.occurrences)
        times = T(plural(count, "time", "times"), f"{count} 次")
        parts.append(say(NEXT, day=short_day(day, as_of), times=times) if day else say(OVER, times=times))
    return " ".join(parts)


def _group(group: Group, *, with_id: bool) -> list[Span]:
    roll = group.rollup
    ends = (roll.start, roll.end, roll.forecast_end)
    start, end, forecast = (day.isoformat() if day else "–" for day in ends)
    late = bool(roll.end and roll.forecast_end and roll.forecast_end > roll.end)
    phase = [f"{day:%m-%d}" for day in group.phase or ()]  # the years stand beside them
    return [
        Span(clean(group.id) if with_id else "", "dim"),
        Span(clean(group.title)),
        Span(" – ".join(phase), "dim"),
        Span(start),
        Span(end),
        Span(forecast, "red" if late else ""),
        Span(percent(roll.progress)),
        Span(f"{roll.done}/{roll.active}", "dim"),
    ]
