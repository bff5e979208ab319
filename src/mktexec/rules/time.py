"""Rules on tasks as of a day (domain.md part 3, A, B, D)."""

from collections.abc import Iterator
from datetime import date, timedelta

from mktexec.assess.tasks import TOLERANCE
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.rules.delays import (
    behind_plan,
    behind_then,
    held,
    kept_waiting,
    late_said,
    record_day,
    said_of,
    work_lost,
)
from mktexec.rules.ladder import Step, ladder
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY, first_day, state_on

LONGEST = timedelta(days=31)  # of the days off before which notice is given
ACTIONS = {
    Level.REMIND: T("remind {owner} in person", "请口头提醒 {owner}"),
    Level.WARN: T("write to {owner} and the collaborators today", "请今日邮件预警 {owner} 及协作方"),
    Level.ESCALATE: T("call a cross-department meeting within 24 hours", "请在 24 小时内召开跨部门协调会"),
}


def of_task(facts: Facts, key: str) -> dict[str, object]:
    """Return what the texts say of a task."""
    task = facts.plan.tasks[key]
    dates = facts.schedule.dates[key]
    return {"task": key, "title": task.title, "owner": facts.plan.person(task.owner), "end": dates.end}


@rule(
    "task-late",
    Level.REMIND,
    highest=Level.ESCALATE,
    when=When.WARN,
    message=T(
        "{title}: {days} d late, due {end} ({owner})", "{title}：延误 {days} 天，应于 {end} 完成（{owner}）"
    ),
    hint=ACTIONS,
    why=T(
        "One day late is reminded in person, two by mail, three call a cross-department meeting, "
        "so that help comes before the delay spreads.",
        "延误 1 天口头提醒，2 天邮件预警，3 天召开跨部门协调会，在延误扩散前得到支援。",
    ),
    source="3: three levels by days behind (B)",
)
def task_late(facts: Facts) -> Iterator[Hit]:
    """An unfinished task past its planned end; one that waits for late work is only reminded of."""
    for key, state in facts.day.tasks.items():
        due = facts.schedule.dates[key].end
        if not (due and state.overdue and state.days_late):
            continue
        step = ladder(facts.plan.thresholds, due, state.days_late, facts.schedule.work(key))
        if step is not None:
            params, days = {**of_task(facts, key), "days": state.days_late}, state.days_late
            if kept_waiting(facts, key):
                step = Step(Level.REMIND, step.since, step.since)
            yield Hit(("tasks", key, "end"), params, step.level, days, since=step.since, raised=step.raised)


@rule(
    "task-behind-plan",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: {days} working days behind plan on {day}, {progress} done of {planned} ({owner})",
        "{title}：截至 {day} 落后计划 {days} 个工作日，应完成 {planned}，实际 {progress}（{owner}）",
    ),
    hint=T(
        "agree with {owner} today on help, on less work or on another day",
        "请今日与 {owner} 商定支援、精简内容或调整日期",
    ),
    why=T(
        "More than two days are rarely made up for without help, and help must come before the end.",
        "落后超过两天，没有支援很难追回，而支援必须赶在截止之前。",
    ),
    source="3: task behind plan → warning (A)",
)
def task_behind_plan(facts: Facts) -> Iterator[Hit]:
    """A task within its period that was too many working days behind when its progress was last recorded.

    The days since that record say nothing of the work; that there is none is another finding. A task
    that waits for one that is late is not behind by itself.
    """
    limit = facts.plan.thresholds.behind_days

    def holds(day: date) -> bool:
        return work_lost(state_on(facts, key, record_day(facts, key, day))) > limit

    for key, state in facts.day.tasks.items():
        if state.behind and said_of(facts, key, "task-behind-plan") and (then := behind_plan(facts, key)):
            params = of_task(facts, key) | {
                "days": work_lost(then),
                "day": record_day(facts, key, facts.day.as_of),
                "progress": percent(then.progress),
                "planned": percent(then.planned_progress),
            }
            since = first_day(facts, key, holds)
            yield Hit(("tasks", key, "progress"), params, days=work_lost(then), since=since)


@rule(
    "task-behind",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: {progress} done on {day}, {planned} of the time used ({owner})",
        "{title}：截至 {day} 进度 {progress}，时间已用 {planned}（{owner}）",
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
    """A task within its period whose progress lay too far behind the time used when last recorded."""
    limit = float(facts.plan.thresholds.behind) - TOLERANCE

    def holds(day: date) -> bool:
        return (state_on(facts, key, record_day(facts, key, day)).behind or 0) >= limit

    for key, state in facts.day.tasks.items():
        if state.behind and said_of(facts, key, "task-behind") and (then := behind_then(facts, key)):
            params = of_task(facts, key) | {
                "progress": f"{then.progress or 0:.0%}",
                "planned": f"{then.planned_progress or 0:.0%}",
                "day": record_day(facts, key, facts.day.as_of),
            }
            since = first_day(facts, key, holds)
            yield Hit(("tasks", key, "progress"), params, days=state.days_late, since=since)


@rule(
    "task-due-soon",
    Level.REMIND,
    when=When.WARN,
    message=T("{title}: due {left}, {end} ({owner})", "{title}：{left}到期，{end}（{owner}）"),
    hint=T(
        "make sure that the day holds, or say today that it does not", "请确认能否按期完成；不能则今日说明"
    ),
    why=T("Three days ahead there is still time to help.", "提前三天，还来得及支援。"),
    source="3: deadline ahead (D)",
)
def task_due_soon(facts: Facts) -> Iterator[Hit]:
    """An unfinished task whose end is near, unless it is told already that the day will not hold.

    Notice is given on a working day, so before days off earlier; and not before the work begins.
    """
    as_of, limit = facts.day.as_of, timedelta(days=facts.plan.thresholds.due_soon)
    for key, dates in facts.schedule.dates.items():
        record = facts.schedule.records[key]
        if dates.end is None or not as_of <= dates.end <= as_of + limit + LONGEST:
            continue
        if record.done or record.cancelled:
            continue
        notice = facts.schedule.work(key).on_or_before(dates.end - limit)
        since = max(notice, dates.start or date.min)
        if since <= as_of and not late_said(facts, key) and not kept_waiting(facts, key):
            left = (dates.end - as_of).days
            when = T(f"in {left} d", f"还有 {left} 天") if left else T("today", "今天")
            yield Hit(("tasks", key, "end"), {**of_task(facts, key), "left": when}, days=-left, since=since)


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
    """A task under way whose record is older than its cadence; not one that waits for late work."""
    as_of, usual = facts.day.as_of, facts.plan.thresholds.task_cadence
    for key, task in facts.plan.tasks.items():
        record, dates = facts.schedule.records[key], facts.schedule.dates[key]
        if record.done or record.cancelled or dates.milestone:
            continue
        begun = record.start or dates.start  # what is noted before does not start the clock
        since = max((day for day in (record.last_record, begun) if day), default=None)
        cadence = task.cadence or usual
        if since is None or (as_of - since).days <= cadence.days:
            continue
        wanted = since + timedelta(days=cadence.days)
        wanted = facts.schedule.work(key).on_or_after(wanted)  # nobody records on days off
        if as_of > wanted and (record.started or not held(facts, key)):
            params = {**of_task(facts, key), "since": since, "cadence": cadence.label}
            yield Hit(("tasks", key), params, days=(as_of - since).days, since=wanted + DAY)
