"""Rules on what is kept of the work: log, evidence, retrospective (domain.md 2.13, 4, 5)."""

from collections.abc import Iterator
from datetime import date, timedelta

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.support import Review
from mktexec.model.tasks import Task
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.since import DAY
from mktexec.rules.time import of_task

FOLLOW_UP = 30  # days after the retrospective by which an improvement has a day or a task
WRITTEN = ("summary", "highlights", "problems", "causes", "risks", "opportunities", "voices")
DECIDED = ("improvements", "next")
OVERDUE = T(
    "it was due by {due}: fill in 'review:' this week; mktexec render retrospective has the figures",
    "应于 {due} 前完成：请本周内填写 'review:'；mktexec render retrospective 可生成复盘数据",
)


@rule(
    "log-missing",
    Level.INFO,
    highest=Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: finished, and nothing is logged ({owner})", "{title}：已完成，但没有执行记录（{owner}）"
    ),
    hint=T(
        "write down what was done and what went wrong: mktexec log {task}",
        "请补记关键动作、问题与解决方案：mktexec log {task}",
    ),
    why=T(
        "The retrospective is made from the log; a month later nobody remembers.",
        "复盘依据执行日志，一个月后没人记得细节。",
    ),
    source="2.13: execution log (A, C, D)",
)
def log_missing(facts: Facts) -> Iterator[Hit]:
    """A finished task has a log, a remark, or an entry of the campaign's log while it ran."""
    days = sorted(day for day in facts.plan.log if day <= facts.day.as_of)
    for key, task, finished in _finished(facts, "log-missing"):
        logged = task.remark or any(day <= facts.day.as_of for day in task.log)
        if not (logged or _logged_meanwhile(facts, key, days, finished)):
            yield _kept(facts, ("tasks", key), key, finished)


def _logged_meanwhile(facts: Facts, key: str, days: list[date], finished: date) -> bool:
    """Return whether the campaign's own log has an entry on a day of the task."""
    begun = facts.schedule.records[key].start or facts.schedule.dates[key].early_start
    return any(begun <= day <= finished for day in days)


@rule(
    "evidence-missing",
    Level.INFO,
    highest=Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: finished, but no evidence of '{deliverable}' is kept ({owner})",
        "{title}：已完成，但「{deliverable}」没有存档（{owner}）",
    ),
    hint=T("add the link or the file: mktexec evidence {task}", "请存入链接或文件：mktexec evidence {task}"),
    why=T(
        "Files and screenshots are gone when the evaluation asks for them.",
        "等到评估时再找设计稿和截图，往往已经找不到了。",
    ),
    source="2.13: evidence (C)",
)
def evidence_missing(facts: Facts) -> Iterator[Hit]:
    """A finished task keeps evidence of what it delivered."""
    for key, task, finished in _finished(facts, "evidence-missing"):
        delivered = task.deliverable or task.output
        if delivered and not task.evidence:
            yield _kept(facts, ("tasks", key), key, finished, delivered)


def _finished(facts: Facts, code: str) -> Iterator[tuple[str, Task, date]]:
    """Yield the finished tasks that are no milestones, each with the day on which it was finished.

    Where that was not recorded it is its planned end, or today if that is still to come. Nothing where
    what ``code`` says would be information that nobody asks for.
    """
    as_of = facts.day.as_of
    if facts.least > Level.INFO and as_of <= facts.plan.campaign.end and code not in facts.plan.rules:
        return
    for key, record in facts.schedule.records.items():
        dates = facts.schedule.dates[key]
        if record.done and not record.cancelled and not dates.milestone:
            yield key, facts.plan.tasks[key], record.end or min(dates.end or dates.early_end, as_of)


def _kept(facts: Facts, path: tuple[str, ...], key: str, finished: date, delivered: str = "") -> Hit:
    """Return the hit of a task: for information while the campaign runs, afterwards a reminder."""
    end, params = facts.plan.campaign.end, of_task(facts, key) | {"deliverable": delivered}
    if facts.day.as_of <= end:
        return Hit(path, params, Level.INFO, since=finished)
    return Hit(path, params, Level.REMIND, since=finished, raised=max(finished, end + DAY))


@rule(
    "no-retrospective",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T(
        "the campaign ended on {end}, and there is no retrospective",
        "活动已于 {end} 结束，尚未复盘",
    ),
    hint=T(
        "fill in 'review:' by {due}; mktexec render retrospective has the figures",
        "请在 {due} 前填写 'review:'；mktexec render retrospective 可生成复盘数据",
    ),
    why=T(
        "What is not written down in the first week is not learnt for the next campaign.",
        "第一周没写下来的经验，下次活动就用不上。",
    ),
    source="4: retrospective (B, C, D)",
)
def no_retrospective(facts: Facts) -> Iterator[Hit]:
    """The period is over and nothing is written in the review; a warning once its time is over, too."""
    end, as_of = facts.plan.campaign.end, facts.day.as_of
    if as_of > end and not _reviewed(facts.plan.review, as_of):
        due = end + timedelta(days=facts.plan.thresholds.retrospective)
        level = Level.WARN if as_of > due else Level.REMIND
        raised = due + DAY if level is Level.WARN else end + DAY
        params = {"end": end, "due": due}
        path, days = ("campaign", "period", "end"), (as_of - due).days
        hint = OVERDUE if level is Level.WARN else None
        yield Hit(path, params, level, days, hint=hint, since=end + DAY, raised=raised)


def _reviewed(review: Review | None, as_of: date) -> bool:
    if review is None or (review.date is not None and review.date > as_of):
        return False
    return any(getattr(review, name) for name in (*WRITTEN, *DECIDED))


@rule(
    "improvement-not-taken-up",
    Level.REMIND,
    when=When.WARN,
    message=T("improvement '{action}' ({owner}): {reason}", "改进项「{action}」（{owner}）：{reason}"),
    hint=T(
        "name the task that takes it up: 'task:'; or take it out with the reason",
        "请用 'task:' 写明由哪项任务落实，或说明原因后删去",
    ),
    why=T(
        "An improvement that is nobody's task is decided again next year.",
        "没有落实成任务的改进，明年还会再提一遍。",
    ),
    source="4: improvements, next plan with owners (B, C, D)",
)
def improvement_not_taken_up(facts: Facts) -> Iterator[Hit]:
    """What the retrospective decided becomes a task by its day, or soon after if it has none."""
    review, as_of = facts.plan.review, facts.day.as_of
    if review is None or not _reviewed(review, as_of):
        return
    held = review.date or facts.plan.campaign.end
    for index, step in enumerate(review.next):
        due = step.due or held + timedelta(days=FOLLOW_UP)
        if step.task is None and as_of > due:
            reason = _reason(step.due)
            params = {"action": step.action, "owner": facts.plan.person(step.owner), "reason": reason}
            days = (as_of - due).days if step.due else None
            yield Hit(("review", "next", str(index)), params, days=days, since=due + DAY)


def _reason(due: date | None) -> T:
    if due is None:
        return T(
            f"{FOLLOW_UP} days after the retrospective without a day or a task",
            f"复盘已过 {FOLLOW_UP} 天，仍无时限和对应任务",
        )
    return T(f"was due on {due}, and no task takes it up", f"应于 {due} 完成，至今没有对应任务")
