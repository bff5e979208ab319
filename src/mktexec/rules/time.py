"""Rules on tasks as of a day (domain.md part 3, A, B, D)."""

from collections.abc import Iterator

from mktexec.assess.tasks import TOLERANCE
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.rules.registry import Facts, Hit, When, rule

ACTIONS = {
    Level.REMIND: T("remind {owner} in person", "请口头提醒 {owner}"),
    Level.WARN: T("write to {owner} and the collaborators today", "请今日邮件预警 {owner} 及协作方"),
    Level.ESCALATE: T("call a cross-department meeting within 24 hours", "请在 24 小时内召开跨部门协调会"),
}


def _facts(facts: Facts, key: str) -> dict[str, object]:
    task = facts.plan.tasks[key]
    dates = facts.schedule.dates[key]
    return {"title": task.title, "owner": facts.plan.person(task.owner), "end": dates.end}


@rule(
    "task-late",
    Level.REMIND,
    highest=Level.ESCALATE,
    when=When.WARN,
    message=T(
        "{title}: {days} d late, due {end} ({owner})", "{title}：延误 {days} 天，应于 {end} 完成（{owner}）"
    ),
    hint=ACTIONS[Level.REMIND],
    why=T(
        "One day late is reminded in person, two by mail, three call a cross-department meeting, "
        "so that help comes before the delay spreads.",
        "延误 1 天口头提醒，2 天邮件预警，3 天召开跨部门协调会，在延误扩散前得到支援。",
    ),
    source="3: three levels by days behind (B)",
)
def task_late(facts: Facts) -> Iterator[Hit]:
    """An unfinished task past its planned end."""
    limits = facts.plan.thresholds
    steps = ((limits.escalate, Level.ESCALATE), (limits.warn, Level.WARN), (limits.remind, Level.REMIND))
    for key, state in facts.day.tasks.items():
        if not state.overdue or not state.days_late:
            continue
        level = next((level for days, level in steps if state.days_late >= days), None)
        if level is not None:
            params = {**_facts(facts, key), "days": state.days_late}
            yield Hit(("tasks", key, "end"), params, level, state.days_late, hint=ACTIONS[level])


@rule(
    "task-behind",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: {progress} done, {planned} of the time used ({owner})",
        "{title}：进度 {progress}，时间已用 {planned}（{owner}）",
    ),
    hint=T(
        "ask {owner} what is in the way, and record the progress", "请向 {owner} 了解阻碍，并更新进度记录"
    ),
    why=T(
        "A gap this wide rarely closes by itself before the deadline.",
        "差距到这个程度，很少能在截止前自行追回。",
    ),
    source="3: progress behind the share of time used (D)",
)
def task_behind(facts: Facts) -> Iterator[Hit]:
    """A task within its period whose progress lies too far behind the time used."""
    limit = float(facts.plan.thresholds.behind)
    for key, state in facts.day.tasks.items():
        open_task = facts.schedule.records[key]
        if state.overdue or open_task.done or open_task.cancelled or not state.behind:
            continue
        if state.behind >= limit - TOLERANCE:
            params = _facts(facts, key) | {
                "progress": f"{state.progress or 0:.0%}",
                "planned": f"{state.planned_progress or 0:.0%}",
            }
            yield Hit(("tasks", key, "progress"), params, days=state.days_late)


@rule(
    "task-due-soon",
    Level.REMIND,
    when=When.WARN,
    message=T("{title}: due {left}, {end} ({owner})", "{title}：{left}到期，{end}（{owner}）"),
    hint=T("ask {owner} whether the day holds", "请与 {owner} 确认能否按期完成"),
    why=T("Three days ahead there is still time to help.", "提前三天，还来得及支援。"),
    source="3: deadline ahead (D)",
)
def task_due_soon(facts: Facts) -> Iterator[Hit]:
    """An unfinished task whose end is near."""
    as_of, limit = facts.day.as_of, facts.plan.thresholds.due_soon
    for key, dates in facts.schedule.dates.items():
        record = facts.schedule.records[key]
        if dates.end is None or record.done or record.cancelled:
            continue
        left = (dates.end - as_of).days
        if 0 <= left <= limit:
            when = T(f"in {left} d", f"还有 {left} 天") if left else T("today", "今天")
            yield Hit(("tasks", key, "end"), {**_facts(facts, key), "left": when}, days=-left)


@rule(
    "record-stale",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: no record since {since}, wanted {cadence} ({owner})",
        "{title}：自 {since} 起没有更新记录，应{cadence}更新（{owner}）",
    ),
    hint=T("record progress, problem and solution", "请更新进度、问题与解决方案"),
    why=T("Without records a delay surfaces a week late.", "没有记录，延误要晚一周才会暴露。"),
    source="3: record not updated within its cadence (D)",
)
def record_stale(facts: Facts) -> Iterator[Hit]:
    """A task under way whose record is older than its cadence."""
    as_of, usual = facts.day.as_of, facts.plan.thresholds.task_cadence
    for key, task in facts.plan.tasks.items():
        record, dates = facts.schedule.records[key], facts.schedule.dates[key]
        if record.done or record.cancelled or dates.milestone:
            continue
        begun = record.start or dates.start  # what is noted before does not start the clock
        since = max((day for day in (record.last_record, begun) if day), default=None)
        cadence = task.cadence or usual
        if since and (as_of - since).days > cadence.days:
            params = {**_facts(facts, key), "since": since, "cadence": cadence.label}
            yield Hit(("tasks", key), params, days=(as_of - since).days)
