"""Why a task or an indicator stands as it does, as one readable list of facts."""

from dataclasses import dataclass

from mktexec.assess import Assessment
from mktexec.i18n import Lang, percent
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Schedule
from mktexec.schedule.passes import remaining
from mktexec.views.kpi import computed, quantity, target


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title and the facts behind it, each a label and a sentence."""

    title: str
    facts: list[tuple[str, str]]


def explain_task(
    task_id: str, plan: Plan, schedule: Schedule, assessment: Assessment, lang: Lang
) -> Explanation:
    """Return what gives a task its dates and its health."""
    task, dates, state = plan.tasks[task_id], schedule.dates[task_id], assessment.tasks[task_id]

    def say(text: T, **params: object) -> str:
        return text.say(lang, params)

    unknown = say(T("not given", "未填写"))
    facts = [
        (say(T("Owner", "负责人")), plan.person(task.owner)),
        (say(T("Planned", "计划")), f"{dates.start or unknown} → {dates.end or unknown}"),
    ]
    if schedule.records[task_id].cancelled:
        called_off = say(T("cancelled {day}", "{day} 已取消"), day=task.cancelled)
        return Explanation(f"{task_id}  {task.title}", [*facts, (say(T("Health", "状态")), called_off)])
    facts += [
        (say(T("Earliest", "最早")), _earliest(task_id, plan, schedule, lang)),
        (say(T("Latest", "最晚")), f"{dates.late_start} → {dates.late_end}"),
        (say(T("Slack", "浮动")), _slack(task_id, schedule, lang)),
        (say(T("Recorded", "记录")), _recorded(task_id, schedule, lang)),
        (
            say(T("Progress", "进度")),
            say(
                T("{actual}, planned by {day}: {planned}", "{actual}，截至 {day} 计划 {planned}"),
                actual=percent(state.progress),
                planned=percent(state.planned_progress),
                day=schedule.as_of,
            ),
        ),
        (say(T("Forecast", "预计")), _forecast(task_id, plan, schedule, assessment, lang)),
        (
            say(T("Health", "状态")),
            f"{state.health.label.say(lang)}{_because(task_id, schedule, assessment, lang)}",
        ),
    ]
    waiting = [schedule.graph.ids[i] for i in schedule.graph.after[list(schedule.graph.ids).index(task_id)]]
    if waiting:
        facts.append(
            (
                say(T("Waiting for it", "后续任务")),
                "; ".join(f"{one} {plan.tasks[one].title}" for one in waiting),
            )
        )
    return Explanation(f"{task_id}  {task.title}", facts)


def _earliest(task_id: str, plan: Plan, schedule: Schedule, lang: Lang) -> str:
    dates = schedule.dates[task_id]
    typed = plan.tasks[task_id].planned_start or plan.tasks[task_id].planned_end
    before = [link.task for link in plan.tasks[task_id].after if link.plain and link.task in schedule.dates]
    driving = max(before, key=lambda one: schedule.dates[one].early_end, default=None)
    span = f"{dates.early_start} → {dates.early_end}"
    if driving and (typed is None or schedule.dates[driving].early_end >= typed):
        reason = T(
            "{span}, after {task}, which ends on {end} at the earliest",
            "{span}，在 {task} 之后（最早 {end} 完成）",
        )
        return reason.say(lang, {"span": span, "task": driving, "end": schedule.dates[driving].early_end})
    if typed:
        return T("{span}, from the days in the plan", "{span}，取自计划日期").say(lang, {"span": span})
    return T("{span}, from the campaign's first day", "{span}，从活动首日起算").say(lang, {"span": span})


def _forecast(task_id: str, plan: Plan, schedule: Schedule, assessment: Assessment, lang: Lang) -> str:
    """Return the forecast and what it follows from: records, a predecessor, or the day itself."""
    task, dates, record = plan.tasks[task_id], schedule.dates[task_id], schedule.records[task_id]
    state = assessment.tasks[task_id]
    span = f"{dates.forecast_start} → {dates.forecast_end}"
    before = [link.task for link in task.after if link.plain and link.task in schedule.dates]
    driving = max(before, key=lambda one: schedule.dates[one].forecast_end, default=None)
    if record.done:
        return span
    if record.started:
        if state.progress is None:
            return span
        days = remaining(state.weight, state.progress)
        return T(
            "{span}: {left} of {length} working days is left, {days}",
            "{span}：{length} 个工作日的工作还剩 {left}，约 {days} 天",
        ).say(lang, {"span": span, "left": percent(1 - state.progress), "length": state.weight, "days": days})
    if driving and dates.start and schedule.dates[driving].forecast_end >= dates.start:
        end = schedule.dates[driving].forecast_end
        reason = T("{span}, after {task}, forecast to end {end}", "{span}，因前置 {task} 预计 {end} 完成")
        return reason.say(lang, {"span": span, "task": driving, "end": end})
    if dates.end != dates.forecast_end:
        reason = T("{span}: not finished, so not before today", "{span}：尚未完成，最早从今天算起")
        return reason.say(lang, {"span": span})
    return T("{span}, as planned", "{span}，与计划一致").say(lang, {"span": span})


def _slack(task_id: str, schedule: Schedule, lang: Lang) -> str:
    dates = schedule.dates[task_id]
    if dates.critical:
        return T(
            "none: critical, every working day it slips moves the end {end}",
            "无：关键任务，每推迟一个工作日，完工日 {end} 就顺延",
        ).say(lang, {"end": schedule.end})
    return T(
        "{days} working days before it moves the end {end}", "{days} 个工作日，超出后完工日 {end} 顺延"
    ).say(lang, {"days": dates.slack, "end": schedule.end})


def _recorded(task_id: str, schedule: Schedule, lang: Lang) -> str:
    record = schedule.records[task_id]
    parts = []
    if record.start:
        parts.append(T("started {day}", "{day} 开始").say(lang, {"day": record.start}))
    if record.done and record.end:
        parts.append(T("finished {day}", "{day} 完成").say(lang, {"day": record.end}))
    if record.last_record and not record.done:
        parts.append(T("last record {day}", "最近记录 {day}").say(lang, {"day": record.last_record}))
    nothing = T("nothing by {day}", "截至 {day} 无记录").say(lang, {"day": schedule.as_of})
    return (", " if lang == "en" else "，").join(parts) or nothing


def _because(task_id: str, schedule: Schedule, assessment: Assessment, lang: Lang) -> str:
    dates, state = schedule.dates[task_id], assessment.tasks[task_id]
    late = state.days_late
    if state.health is Health.DONE and late:
        reason = T("{days} d late", "延误 {days} 天") if late > 0 else T("{days} d early", "提前 {days} 天")
        text = reason.say(lang, {"days": abs(late)})
    elif state.overdue:
        text = T("{days} d past its end {end}", "超过完成日 {end} 已 {days} 天").say(
            lang, {"days": late, "end": dates.end}
        )
    elif state.health is Health.DELAYED:
        text = T("forecast {forecast}, promised {end}", "预计 {forecast} 完成，计划 {end}").say(
            lang, {"forecast": dates.forecast_end, "end": dates.end}
        )
    elif state.health is Health.LAGGING:
        text = T("{points} points behind the time used", "落后时间进度 {points} 个百分点").say(
            lang, {"points": round((state.behind or 0) * 100)}
        )
    else:
        return ""
    return f": {text}" if lang == "en" else f"：{text}"


def explain_kpi(key: str, plan: Plan, assessment: Assessment, lang: Lang) -> Explanation:
    """Return what gives an indicator its achievement and pace."""
    kpi, state = plan.kpis[key], assessment.kpis[key]
    if state.actual is None:
        unread = T("no readings by {day}", "截至 {day} 尚无读数").say(lang, {"day": assessment.as_of})
        wanted = (T("Target", "目标").say(lang), f"{target(kpi)} → {state.due}")
        source = (T("Source", "数据来源").say(lang), kpi.source or "–")
        return Explanation(f"{key}  {kpi.title}", [wanted, (T("Readings", "读数").say(lang), unread), source])
    reached = T("{actual} ÷ {target} = {share}", "{actual} ÷ {target} = {share}")
    if kpi.better.value == "lower":
        reached = T(
            "{target} ÷ {actual} = {share} (lower is better)", "{target} ÷ {actual} = {share}（越低越好）"
        )
    params = {
        "actual": quantity(state.actual, kpi),
        "target": quantity(kpi.target, kpi),
        "share": percent(state.achievement),
        "expected": computed(state.expected, kpi),
        "day": assessment.as_of,
        "pace": percent(state.pace),
        "last": state.last or "–",
        "projected": computed(state.projected, kpi),
        "due": state.due,
    }
    facts = [
        (T("Target", "目标"), f"{target(kpi)} → {state.due}"),
        (T("Achievement", "达成率"), reached.say(lang, params)),
        (
            T("Pace", "节奏"),
            T(
                "{pace} of what was wanted by {last}; by {day} {expected} is wanted",
                "达到 {last} 应有值的 {pace}；截至 {day} 应达 {expected}",
            ).say(lang, params),
        ),
        (T("Projected", "预计期末"), T("{projected} on {due}", "{due} 时 {projected}").say(lang, params)),
        (T("Cause", "原因"), state.cause or "–"),
        (T("Source", "数据来源"), kpi.source or "–"),
    ]
    return Explanation(f"{key}  {kpi.title}", [(label.say(lang), text) for label, text in facts])
