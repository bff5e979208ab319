"""Why a task or an indicator stands as it does, as one readable list of facts."""

from dataclasses import dataclass

from mktexec.assess import Assessment
from mktexec.i18n import Lang, percent, working_days
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.terms import Health
from mktexec.schedule import Schedule
from mktexec.schedule.driving import chain
from mktexec.views.kpi import computed, quantity, target
from mktexec.views.why import Relative, if_it_slips, implied, why


@dataclass(frozen=True, slots=True)
class Explanation:
    """A title and the facts behind it, each a label and a sentence."""

    title: str
    facts: list[tuple[str, str]]


def explain_task(
    task_id: str, plan: Plan, schedule: Schedule, assessment: Assessment, relative: Relative, lang: Lang
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
    facts += _lines(say(T("Earliest", "最早")), why(task_id, plan, schedule, relative, lang, coming=False))
    facts += [
        (say(T("Latest", "最晚")), f"{dates.late_start} → {dates.late_end}"),
        (say(T("Slack", "浮动")), _slack(task_id, plan, schedule, lang)),
        *_buffer(task_id, schedule, lang),
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
    ]
    facts += _lines(say(T("Forecast", "预计")), _forecast(task_id, plan, schedule, relative, lang))
    because = _because(task_id, schedule, assessment, lang)
    facts.append((say(T("Health", "状态")), f"{state.health.label.say(lang)}{because}"))
    return Explanation(f"{task_id}  {task.title}", facts + _onward(task_id, plan, schedule, lang))


def _lines(label: str, sentences: list[str]) -> list[tuple[str, str]]:
    """Return several sentences under one label."""
    return [(label if not index else "", sentence) for index, sentence in enumerate(sentences)]


def _forecast(task_id: str, plan: Plan, schedule: Schedule, relative: Relative, lang: Lang) -> list[str]:
    """Return the chain that the records drive, or one line where it is that of the early dates."""
    early, coming = (chain(schedule, task_id, coming=one) for one in (False, True))
    if early == coming:
        dates = schedule.dates[task_id]
        as_planned = T("{start} → {end}, as above", "{start} → {end}，同上")
        return [as_planned.say(lang, {"start": dates.forecast_start, "end": dates.forecast_end})]
    return why(task_id, plan, schedule, relative, lang, coming=True)


def _onward(task_id: str, plan: Plan, schedule: Schedule, lang: Lang) -> list[tuple[str, str]]:
    """Return what a task holds up: by slipping, and who waits for it."""
    facts = []
    if not schedule.records[task_id].done:
        facts.append((T("If it slips", "若推迟").say(lang), if_it_slips(task_id, schedule, lang)))
    graph = schedule.graph
    waiting = [graph.ids[one] for one in graph.after[graph.number[task_id]]]
    if waiting:
        names = "; ".join(f"{one} {plan.tasks[one].title}" for one in waiting)
        facts.append((T("Waiting for it", "后续任务").say(lang), names))
    if needless := implied(task_id, schedule, lang):
        facts.append((T("Redundant", "多余前置").say(lang), needless))
    return facts


def _slack(task_id: str, plan: Plan, schedule: Schedule, lang: Lang) -> str:
    dates = schedule.dates[task_id]
    limited = any(task.finish_by for task in plan.tasks.values())
    moves = T("it moves the end {end}", "完工日 {end} 顺延")
    if limited:  # either may come first
        moves = T(
            "it moves the end {end}, or misses a day by which something must end",
            "完工日 {end} 顺延或错过某个最晚完成日",
        )
    params: dict[str, object] = {
        "days": working_days(abs(dates.slack)),
        "free": working_days(dates.free_slack),
        "moves": T(*(text.format(end=schedule.end) for text in moves)),
        "end": schedule.end,
    }
    if task_id in schedule.occurrences and not plan_follows(task_id, schedule):
        text = T("none of its own: it keeps its days", "不适用：按固定日期进行")
    elif dates.slack < 0:
        text = T(
            "{days} too late for a day by which it, or what follows, must end",
            "比限定完成日晚 {days}（本任务或其后续任务设有最晚完成日）",
        )
    elif dates.critical:
        text = T(
            "none: critical, every working day it slips moves the end {end}",
            "无：关键任务，每推迟一个工作日，完工日 {end} 就顺延",
        )
    elif dates.free_slack == 0:
        text = T(
            "{days} before {moves}, none before it moves another task",
            "{days}，超出后{moves}；但每推迟一天都会推动后续任务",
        )
    elif dates.free_slack == dates.slack:
        text = T("{days} before {moves}", "{days}，超出后{moves}")
    else:
        text = T(
            "{days} before {moves}, {free} before it moves another task",
            "{days}，超出后{moves}；超出 {free} 就会推动后续任务",
        )
    said = text.say(lang, params)
    return (
        said + T("; its buffer comes on top", "；缓冲另计").say(lang) if task_id in schedule.buffers else said
    )


def plan_follows(task_id: str, schedule: Schedule) -> bool:
    """Return whether another task waits for this one."""
    return bool(schedule.graph.after[schedule.graph.number[task_id]])


def _buffer(task_id: str, schedule: Schedule, lang: Lang) -> list[tuple[str, str]]:
    buffer = schedule.buffers.get(task_id)
    if buffer is None:
        return []
    text = T("{set} working days, {used} used, {left} left", "{set} 个工作日，已用 {used}，剩余 {left}")
    said = text.say(lang, {"set": buffer.set, "used": buffer.used, "left": buffer.left})
    return [(T("Buffer", "缓冲").say(lang), said)]


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
