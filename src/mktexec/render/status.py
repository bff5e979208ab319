"""The status screen."""

from mktexec.columns import width
from mktexec.findings import Level
from mktexec.i18n import Lang, percent
from mktexec.i18n import Text as T
from mktexec.model.terms import Health
from mktexec.render.findings import STYLES, summary
from mktexec.render.say import Say
from mktexec.render.status_tables import HEALTH_ORDER, HEALTH_STYLES, deadlines, groups, kpis, tasks
from mktexec.render.terminal import Line, Screen, Span, clean, fit, heading, pad, wrap
from mktexec.views.findings import FindingRow
from mktexec.views.status import StatusView

MOST_FINDINGS = 5
WIDE = 100


class _Words:
    """The screen's words."""

    as_of = T("as of {day}", "截至 {day}")
    time = T("Time", "时间")
    progress = T("Progress", "进度")
    tasks = T("Tasks", "任务")
    working = T("working day {gone} of {whole}, {left}", "第 {gone}/{whole} 个工作日，{left}")
    left = T("{days} left", "还剩 {days}")
    last_day = T("last day", "最后一天")
    over = T("ended {days} ago", "已结束 {days}")
    not_begun = T("begins in {days}", "{days}后开始")
    planned = T("planned {share}", "计划 {share}")
    finish = T("forecast finish {day}", "预计完成 {day}")
    done = T("{done} of {total} done", "完成 {done}/{total}")
    on_time = T("{share} on time", "按时完成率 {share}")
    budget = T("Budget", "预算")
    findings = T("Findings", "待处理事项")
    none = T("no tasks yet", "还没有任务")
    spent = T("spent {spent} of {total} {currency}", "已支出 {spent}，总额 {total} {currency}")
    remaining = T("remaining {left}, reserve {reserve} ({share})", "剩余 {left}，备用金 {reserve}（{share}）")
    no_reserve = T("remaining {left}, no reserve", "剩余 {left}，无备用金")


W = _Words


def status(
    view: StatusView, rows: list[FindingRow], lang: Lang, to: Screen, *, every: bool = False
) -> list[Line]:
    """Return the screen; ``every`` lists all tasks in place of those that need eyes."""
    say = Say(lang, to)
    lines = [*_header(view, say), *_bars(view, say), *groups(view, say, every=every)]
    lines += [*tasks(view, say, every=every), *kpis(view, say, every=every), *_budget(view, say)]
    if not every:
        lines += deadlines(view, say)
    return lines + _findings(rows, say)


def _header(view: StatusView, say: Say) -> list[Line]:
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


def _time_left(view: StatusView, say: Say) -> str:
    start, as_of = view.plan.campaign.start, view.schedule.as_of
    if as_of < start:
        return say(W.not_begun, days=say.days((start - as_of).days))
    if view.days_left == 0:
        return say(W.last_day)
    return say(W.left if view.days_left > 0 else W.over, days=say.days(abs(view.days_left)))


def _bars(view: StatusView, say: Say) -> list[Line]:
    period, whole = view.plan.campaign.period, view.whole
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


def _counts(view: StatusView, say: Say, label: int) -> Line:
    whole = view.whole
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


def _budget(view: StatusView, say: Say) -> list[Line]:
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


def _findings(found: list[FindingRow], say: Say) -> list[Line]:
    if not found:
        return []
    lines = heading(say(W.findings), summary(found, say.lang))
    label = max(width(level.label.say(say.lang)) for level in Level)
    for row in found[:MOST_FINDINGS]:
        head = pad(row.level.label.say(say.lang), label)
        text = clean(f"{row.subject}  {row.message}" if row.subject else row.message)
        parts = wrap(text, say.columns - label - 4)
        lines.append([Span("  "), Span(head, STYLES[row.level]), Span("  " + parts[0])])
        lines += [[Span(" " * (label + 4) + part)] for part in parts[1:]]
    return lines + say.more(len(found) - MOST_FINDINGS, "mktexec warn")
