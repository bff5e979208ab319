"""The tables of the status screen: groups, tasks, indicators, deadlines."""

from datetime import date

from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model.terms import Health
from mktexec.render.say import Say
from mktexec.render.terminal import Column, Line, Span, clean, heading, table
from mktexec.views.kpi import computed, quantity, target
from mktexec.views.status import GroupBy, StatusView, TaskRow

HEALTH_STYLES = {
    Health.DONE: "green",
    Health.ON_TRACK: "green",
    Health.NOT_DUE: "dim",
    Health.LAGGING: "yellow",
    Health.DELAYED: "bold red",
    Health.CANCELLED: "dim",
}
HEALTH_ORDER = (
    Health.DELAYED,
    Health.LAGGING,
    Health.ON_TRACK,
    Health.NOT_DUE,
    Health.DONE,
    Health.CANCELLED,
)
MOST_TASKS, MOST_DEADLINES = 8, 5
MOST_GROUPS = MOST_KPIS = 20
GOOD, FAIR = 1.0, 0.9
ATTENTION = T("Needs attention", "需要关注")
ALL_TASKS = T("Tasks", "任务")
KPIS = T("KPIs", "效果指标")
DEADLINES = T("Next deadlines", "近期到期")
HEADS = {
    "id": T("Id", "编号"),
    "task": T("Task", "任务"),
    "owner": T("Owner", "负责人"),
    "due": T("Due", "到期"),
    "health": T("Health", "状态"),
    "late": T("Late", "延误"),
    "forecast": T("Forecast", "预计"),
    "progress": T("Progress", "进度"),
    "planned": T("Plan", "计划"),
    "done": T("Done", "完成"),
    "kpi": T("KPI", "指标"),
    "actual": T("Actual", "实际"),
    "target": T("Target", "目标"),
    "rate": T("Rate", "达成率"),
    "expected": T("Expected", "应达"),
    "projected": T("Projected", "预计期末"),
    "read": T("Last reading", "更新"),
    "slack": T("Slack", "浮动"),
    "left": T("Left", "剩余"),
}


def groups(view: StatusView, say: Say, *, every: bool) -> list[Line]:
    """Return the groups rolled up: how far, how far planned, where it leads."""
    if not view.groups:
        return []
    head = {key: text.say(say.lang) for key, text in HEADS.items()}
    columns = [
        Column(head["id"], drop=4),
        Column("", least=16),
        Column(head["owner"], drop=3, least=6),
        Column(head["done"], "right"),
        Column(""),
        Column(head["progress"], "right"),
        Column(head["planned"], "right"),
        Column(head["forecast"], drop=2),
        Column(head["health"], drop=1),
    ]
    rows = []
    shown = view.groups
    if not every and len(shown) > MOST_GROUPS:
        shown = sorted(shown, key=lambda group: group.urgency)[:MOST_GROUPS]
    for group in shown:
        roll = group.rollup
        behind = (roll.planned_progress or 0) - (roll.progress or 0) >= float(view.plan.thresholds.behind)
        states = [
            f"{health.label.say(say.lang)} {roll.counts[health]}"
            for health in HEALTH_ORDER[:2]
            if health in roll.counts
        ]
        forecast = roll.forecast_end.isoformat() if roll.forecast_end else ""
        late = bool(roll.end and roll.forecast_end and roll.forecast_end > roll.end)
        rows.append(
            [
                Span(clean(group.id) if view.group_by is GroupBy.INITIATIVE else "", "dim"),
                Span(clean(group.title)),
                Span(clean(group.owner), "dim"),
                Span(f"{roll.done}/{roll.active}"),
                Span(say.bar(roll.progress, 10), "yellow" if behind else "green"),
                Span(percent(roll.progress)),
                Span(percent(roll.planned_progress), "dim"),
                Span(forecast, "red" if late else "dim"),
                Span("  ".join(states), "red" if Health.DELAYED in roll.counts else "yellow"),
            ]
        )
    lines = heading(view.group_by.label.say(say.lang)) + table(columns, rows, say.columns)
    return lines + say.more(len(view.groups) - len(shown), "mktexec status --all")


def _days_late(row: TaskRow) -> str:
    return f"{row.days_late:+d}" if row.days_late else ""


def _due(day: date | None) -> str:
    return day.isoformat() if day else "–"


def tasks(view: StatusView, say: Say, *, every: bool) -> list[Line]:
    """Return the tasks that need eyes first, or all of them."""
    found = view.tasks if every else view.attention
    shown = found if every else found[:MOST_TASKS]
    if not shown:
        return []
    head = {key: text.say(say.lang) for key, text in HEADS.items()}
    columns = [
        Column(head["id"]),
        Column(head["task"], least=18),
        Column(head["owner"], least=8),
        Column(head["due"]),
        Column(head["health"]),
        Column(head["late"], "right"),
        Column(head["progress"], "right", drop=2),
        Column(head["planned"], "right", drop=3),
        Column(head["forecast"], drop=1),
        Column(head["slack"], "right", drop=4),
    ]
    rows = [_task(row, say) for row in shown]
    title = ALL_TASKS if every else ATTENTION
    lines = heading(say(title), str(len(found))) + table(columns, rows, say.columns)
    return lines + say.more(len(found) - len(shown), "mktexec status --all")


def _task(row: TaskRow, say: Say) -> list[Span]:
    state, dates = row.state, row.dates
    done = row.record.done or row.record.cancelled
    forecast = (row.record.end or dates.forecast_end) if not row.record.cancelled else None
    slips = bool(dates.end and forecast and forecast > dates.end)
    return [
        Span(clean(row.id), "bold" if dates.critical and not done else ""),
        Span(clean(row.task.title), "dim" if row.record.cancelled else ""),
        Span(clean(row.owner)),
        Span(_due(dates.end)),
        Span(state.health.label.say(say.lang), HEALTH_STYLES[state.health]),
        Span(_days_late(row), "red" if (row.days_late or 0) > 0 else "dim"),
        Span(percent(state.progress)),
        Span(percent(state.planned_progress), "dim"),
        Span(_due(forecast), "red" if slips else "dim"),
        Span(str(dates.slack), "dim"),
    ]


def kpis(view: StatusView, say: Say, *, every: bool) -> list[Line]:
    """Return the indicators with achievement and pace."""
    if not view.kpis:
        return []
    head = {key: text.say(say.lang) for key, text in HEADS.items()}
    columns = [
        Column(head["id"], drop=1),
        Column(head["kpi"], least=14),
        Column(head["actual"], "right"),
        Column(head["target"], "right"),
        Column(head["rate"], "right"),
        Column("", drop=3),
        Column(head["expected"], "right", drop=1),
        Column(head["projected"], "right", drop=2),
        Column(head["read"], drop=4),
    ]
    rows = []
    shown = view.kpis
    if not every and len(shown) > MOST_KPIS:
        shown = sorted(shown, key=lambda row: row.urgency)[:MOST_KPIS]
    for row in shown:
        kpi, state = row.kpi, row.state
        style = _rate_style(state.pace)
        rows.append(
            [
                Span(clean(row.id), "dim"),
                Span(clean(kpi.title)),
                Span(clean(quantity(state.actual, kpi))),
                Span(clean(target(kpi)), "dim"),
                Span(percent(state.achievement), style),
                Span("" if state.achievement is None else say.bar(state.achievement, 10), style),
                Span(clean(computed(state.expected, kpi)), "dim"),
                Span(clean(computed(state.projected, kpi)), "dim"),
                Span(_due(state.last), "dim"),
            ]
        )
    lines = heading(say(KPIS)) + table(columns, rows, say.columns)
    return lines + say.more(len(view.kpis) - len(shown), "mktexec status --all")


def _rate_style(rate: float | None) -> str:
    if rate is None:
        return "dim"
    return "green" if rate >= GOOD else "yellow" if rate >= FAIR else "red"


def deadlines(view: StatusView, say: Say) -> list[Line]:
    """Return what is due within two weeks."""
    found = view.deadlines
    if not found:
        return []
    head = {key: text.say(say.lang) for key, text in HEADS.items()}
    columns = [
        Column(head["due"]),
        Column(head["left"], "right"),
        Column(head["id"]),
        Column(head["task"], least=16),
        Column(head["owner"], least=6),
        Column(head["progress"], "right", drop=1),
    ]
    rows = []
    for row in found[:MOST_DEADLINES]:
        left = (row.dates.end - view.schedule.as_of).days if row.dates.end else 0
        days = f"{left} d" if say.lang == "en" else f"{left} 天"
        soon = left <= view.plan.thresholds.due_soon
        rows.append(
            [
                Span(_due(row.dates.end)),
                Span(days, "yellow" if soon else "dim"),
                Span(clean(row.id)),
                Span(clean(row.task.title)),
                Span(clean(row.owner)),
                Span(percent(row.state.progress), "dim"),
            ]
        )
    lines = heading(say(DEADLINES)) + table(columns, rows, say.columns)
    return lines + say.more(len(found) - len(rows), "mktexec status --all")
