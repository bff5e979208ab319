"""The schedule as a table on the terminal."""

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.render.terminal import Column, Line, Screen, Span, clean, table, wrap
from mktexec.schedule import Schedule
from mktexec.views.timeline import TimelineRow

TITLE = T(
    "{title}: {start} → {end}, forecast finish {forecast}", "{title}：{start} → {end}，预计完成 {forecast}"
)
PATH = T("Critical path: ", "关键路径：")
HEADS = [
    (T("Id", "编号"), "left", 0, 0),
    (T("Task", "任务"), "left", 16, 0),
    (T("Owner", "负责人"), "left", 6, 3),
    (T("Start", "计划开始"), "left", 0, 2),
    (T("End", "计划完成"), "left", 0, 0),
    (T("Early start", "最早开始"), "left", 0, 6),
    (T("Early end", "最早完成"), "left", 0, 4),
    (T("Late start", "最晚开始"), "left", 0, 7),
    (T("Late end", "最晚完成"), "left", 0, 5),
    (T("Slack", "浮动"), "right", 0, 0),
    (T("Forecast", "预计完成"), "left", 0, 0),
]


def timeline(plan: Plan, schedule: Schedule, rows: list[TimelineRow], lang: Lang, to: Screen) -> list[Line]:
    """Return title, one row a task, and the critical path."""
    params = {
        "title": clean(plan.campaign.title),
        "start": schedule.start,
        "end": schedule.end,
        "forecast": schedule.forecast_end,
    }
    columns = [Column(text.say(lang), align, least, drop) for text, align, least, drop in HEADS]
    lines: list[Line] = [[Span(part, "bold")] for part in wrap(TITLE.say(lang, params), to.columns)]
    lines.append([])
    lines += table(columns, [_row(row) for row in rows], to.columns, indent=0)
    if schedule.critical_path:
        path = PATH.say(lang) + " → ".join(clean(one) for one in schedule.critical_path)
        lines += [[], *([Span(part, "bold")] for part in wrap(path, to.columns))]
    return lines


def _row(row: TimelineRow) -> list[Span]:
    dates = row.dates
    quiet = "dim" if row.done or row.cancelled else ""
    critical = "bold" if dates.critical and not quiet else quiet
    slips = bool(dates.end and dates.forecast_end > dates.end) and not row.cancelled
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
        Span("–" if row.cancelled else str(dates.slack), critical),
        Span("–" if row.cancelled else dates.forecast_end.isoformat(), "red" if slips else quiet),
    ]
