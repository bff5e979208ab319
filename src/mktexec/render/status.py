"""The status screen."""

from datetime import date

from mktexec.findings import Level
from mktexec.i18n import Lang, percent
from mktexec.i18n import Text as T
from mktexec.model.terms import Health
from mktexec.render.findings import STYLES, summary
from mktexec.render.terminal import (
    Column,
    Line,
    Screen,
    Span,
    bar,
    clean,
    fit,
    heading,
    pad,
    table,
    width,
    wrap,
)
from mktexec.views.findings import FindingRow
from mktexec.views.kpi import quantity, target
from mktexec.views.status import StatusView, TaskRow

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
MOST = {"attention": 8, "deadlines": 5, "findings": 5}
GOOD, FAIR = 1.0, 0.9
WIDE = 100


class _Words:
    """The screen's words."""

    as_of = T("as of {day}", "截至 {day}")
    time = T("Time", "时间")
    progress = T("Progress", "进度")
    tasks = T("Tasks", "任务")
    working = T("working day {gone} of {whole}, {left}", "第 {gone}/{whole} 个工作日，{left}")
    left = T("{days} days left", "还剩 {days} 天")
    last_day = T("last day", "最后一天")
    over = T("over since {days} days", "已结束 {days} 天")
    not_begun = T("begins in {days} days", "{days} 天后开始")
    planned = T("planned {share}", "计划 {share}")
    finish = T("forecast finish {day}", "预计完成 {day}")
    done = T("{done} of {total} done", "完成 {done}/{total}")
    on_time = T("{share} on time", "按时完成率 {share}")
    attention = T("Needs eyes", "需要关注")
    all_tasks = T("Tasks", "任务")
    kpis = T("KPIs", "效果指标")
    budget = T("Budget", "预算")
    deadlines = T("Next deadlines", "近期到期")
    findings = T("Findings", "预警")
    more = T("{count} more: {command}", "另有 {count} 项：{command}")
    none = T("no tasks yet", "还没有任务")
    spent = T("spent {spent} of {total} {currency}", "已支出 {spent}，总额 {total} {currency}")
    remaining = T("remaining {left}, reserve {reserve} ({share})", "剩余 {left}，备用金 {reserve}（{share}）")
    no_reserve = T("remaining {left}, no reserve", "剩余 {left}，无备用金")


W = _Words
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
    "read": T("Read on", "更新"),
    "slack": T("Slack", "浮动"),
    "left": T("Left", "剩余"),
}


def status(
    view: StatusView, rows: list[FindingRow], lang: Lang, to: Screen, *, every: bool = False
) -> list[Line]:
    """Return the screen; ``every`` lists all tasks in place of those that need eyes."""
    say = _Sayer(lang, to)
    lines = _header(view, say)
    lines += _bars(view, say)
    lines += _groups(view, say)
    lines += _tasks(view, say, every=every)
    lines += _kpis(view, say)
    lines += _budget(view, say)
    if not every:
        lines += _deadlines(view, say)
    return lines + _findings(rows, say)


class _Sayer:
    """The language and the width, handed from section to section."""

    def __init__(self, lang: Lang, to: Screen) -> None:
        self.lang = lang
        self.to = to
        self.columns = to.columns
        self.head = {key: text.say(lang) for key, text in HEADS.items()}

    def __call__(self, text: T, **params: object) -> str:
        """Return ``text`` in the screen's language."""
        return text.say(self.lang, params)

    def bar(self, share: float | None, columns: int) -> str:
        """Return a bar that this screen can show."""
        return bar(share, columns, plain=not self.to.blocks)


def _header(view: StatusView, say: _Sayer) -> list[Line]:
    campaign = view.plan.campaign
    day = say(W.as_of, day=view.schedule.as_of)
    title = fit(clean(campaign.title), say.columns - width(day) - 2)
    gap = " " * max(2, say.columns - width(title) - width(day))
    facts = [
        campaign.scenario.label.say(say.lang) if campaign.scenario else "",
        campaign.department or "",
        view.owner if campaign.owner else "",
        f"{campaign.start} → {campaign.end}",
    ]
    under = "  ".join(clean(fact) for fact in facts if fact)
    return [[Span(title, "bold"), Span(gap), Span(day, "dim")], [Span(fit(under, say.columns), "dim")]]


def _time_left(view: StatusView, say: _Sayer) -> str:
    campaign, as_of = view.plan.campaign, view.schedule.as_of
    if as_of < campaign.start:
        return say(W.not_begun, days=(campaign.start - as_of).days)
    if view.days_left == 0:
        return say(W.last_day)
    return say(W.left, days=view.days_left) if view.days_left > 0 else say(W.over, days=-view.days_left)


def _bars(view: StatusView, say: _Sayer) -> list[Line]:
    period, whole = view.plan.campaign.period, view.assessment.whole
    between = view.schedule.workdays.between
    gone = between(period.start, min(view.schedule.as_of, period.end))
    working = say(W.working, gone=gone, whole=between(period.start, period.end), left=_time_left(view, say))
    rows = [(say(W.time), view.assessment.time_used, working, "cyan")]
    if whole.progress is not None:
        note = say(W.planned, share=percent(whole.planned_progress))
        if whole.forecast_end and whole.done < whole.active:
            note += "  " + say(W.finish, day=whole.forecast_end)
        behind = (whole.planned_progress or 0) - whole.progress >= float(view.plan.thresholds.behind)
        rows.append((say(W.progress), whole.progress, note, "yellow" if behind else "green"))
    label = max(width(row[0]) for row in rows)
    size = 20 if say.columns < WIDE else 40
    lines: list[Line] = [[]]
    for name, share, note, style in rows:
        head = f"{pad(name, label)}  "
        lines.append(
            [
                Span(head),
                Span(say.bar(share, size), style),
                Span(f"  {percent(share):>4}  "),
                Span(note, "dim"),
            ]
        )
    return [*lines, _counts(view, say, label)]


def _counts(view: StatusView, say: _Sayer, label: int) -> Line:
    whole = view.assessment.whole
    if not whole.total:
        return [Span(pad(say(W.tasks), label)), Span("  " + say(W.none), "dim")]
    line = [Span(pad(say(W.tasks), label) + "  "), Span(say(W.done, done=whole.done, total=whole.active))]
    for health in HEALTH_ORDER:
        count = whole.counts.get(health, 0)
        if count and health is not Health.DONE:
            text = f"{count} {health.label.en}" if say.lang == "en" else f"{health.label.zh} {count}"
            line += [Span("  "), Span(text, HEALTH_STYLES[health])]
    if whole.on_time_rate is not None:
        line += [Span("  "), Span(say(W.on_time, share=percent(whole.on_time_rate)), "dim")]
    return line


def _groups(view: StatusView, say: _Sayer) -> list[Line]:
    if not view.groups:
        return []
    head = say.head
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
    for group in view.groups:
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
                Span(clean(group.id), "dim"),
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
    return heading(view.group_by.label.say(say.lang)) + table(columns, rows, say.columns)


def _days_late(row: TaskRow) -> str:
    late = row.state.days_late
    return f"{late:+d}" if late else ""


def _due(day: date | None) -> str:
    return day.isoformat() if day else "–"


def _tasks(view: StatusView, say: _Sayer, *, every: bool) -> list[Line]:
    found = view.tasks if every else view.attention
    shown = found if every else found[: MOST["attention"]]
    if not shown:
        return []
    head = say.head
    columns = [
        Column(head["id"]),
        Column(head["task"], least=16),
        Column(head["owner"], least=6),
        Column(head["due"]),
        Column(head["health"]),
        Column(head["late"], "right"),
        Column(head["progress"], "right", drop=1),
        Column(head["planned"], "right", drop=3),
        Column(head["forecast"], drop=2),
        Column(head["slack"], "right", drop=4),
    ]
    rows = [_task(row, say) for row in shown]
    title = W.all_tasks if every else W.attention
    lines = heading(say(title), str(len(found))) + table(columns, rows, say.columns)
    return lines + _more(len(found) - len(shown), "mktexec status --all", say)


def _task(row: TaskRow, say: _Sayer) -> list[Span]:
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
        Span(_days_late(row), "red" if (state.days_late or 0) > 0 else "dim"),
        Span(percent(state.progress)),
        Span(percent(state.planned_progress), "dim"),
        Span(_due(forecast), "red" if slips else "dim"),
        Span(str(dates.slack), "dim"),
    ]


def _kpis(view: StatusView, say: _Sayer) -> list[Line]:
    if not view.kpis:
        return []
    head = say.head
    columns = [
        Column(head["id"], drop=5),
        Column(head["kpi"], least=14),
        Column(head["actual"], "right"),
        Column(head["target"], "right"),
        Column(head["rate"], "right"),
        Column("", drop=3),
        Column(head["expected"], "right", drop=2),
        Column(head["projected"], "right", drop=1),
        Column(head["read"], drop=4),
    ]
    rows = []
    for row in view.kpis:
        kpi, state = row.kpi, row.state
        style = _rate_style(state.pace)
        rows.append(
            [
                Span(clean(row.id), "dim"),
                Span(clean(kpi.title)),
                Span(clean(quantity(state.actual, kpi))),
                Span(clean(target(kpi)), "dim"),
                Span(percent(state.achievement), style),
                Span(say.bar(state.achievement, 10), style),
                Span(clean(quantity(state.expected, kpi)), "dim"),
                Span(clean(quantity(state.projected, kpi)), "dim"),
                Span(_due(state.last), "dim"),
            ]
        )
    return heading(say(W.kpis)) + table(columns, rows, say.columns)


def _rate_style(rate: float | None) -> str:
    if rate is None:
        return "dim"
    return "green" if rate >= GOOD else "yellow" if rate >= FAIR else "red"


def _budget(view: StatusView, say: _Sayer) -> list[Line]:
    budget = view.budget
    if budget is None:
        return []
    currency = clean(view.plan.campaign.currency)
    spent = say(W.spent, spent=budget.spent, total=budget.total, currency=currency)
    style = "red" if budget.remaining < 0 else "cyan"
    size = 20 if say.columns < WIDE else 40
    lines = heading(say(W.budget))
    lines.append(
        [
            Span("  "),
            Span(say.bar(view.spent_share, size), style),
            Span(f"  {percent(view.spent_share):>4}  "),
            Span(spent),
        ]
    )
    reserve = W.no_reserve if budget.reserve is None else W.remaining
    share = percent(budget.reserve_share, 1)
    text = say(reserve, left=budget.remaining, reserve=budget.reserve, share=share)
    return [*lines, [Span("  " + text, "red" if budget.remaining < 0 else "dim")]]


def _deadlines(view: StatusView, say: _Sayer) -> list[Line]:
    found = view.deadlines
    if not found:
        return []
    head = say.head
    columns = [
        Column(head["due"]),
        Column(head["left"], "right"),
        Column(head["id"]),
        Column(head["task"], least=16),
        Column(head["owner"], least=6),
        Column(head["progress"], "right", drop=1),
    ]
    rows = []
    for row in found[: MOST["deadlines"]]:
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
    lines = heading(say(W.deadlines)) + table(columns, rows, say.columns)
    return lines + _more(len(found) - len(rows), "mktexec status --all", say)


def _findings(found: list[FindingRow], say: _Sayer) -> list[Line]:
    if not found:
        return []
    lines = heading(say(W.findings), summary(found, say.lang))
    label = max(width(level.label.say(say.lang)) for level in Level)
    for row in found[: MOST["findings"]]:
        head = pad(row.level.label.say(say.lang), label)
        text = clean(f"{row.subject}  {row.message}" if row.subject else row.message)
        parts = wrap(text, say.columns - label - 4)
        lines.append([Span("  "), Span(head, STYLES[row.level]), Span("  " + parts[0])])
        lines += [[Span(" " * (label + 4) + part)] for part in parts[1:]]
    return lines + _more(len(found) - MOST["findings"], "mktexec warn", say)


def _more(count: int, command: str, say: _Sayer) -> list[Line]:
    return [[Span("  " + say(W.more, count=count, command=command), "dim")]] if count > 0 else []
