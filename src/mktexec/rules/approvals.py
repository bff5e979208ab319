"""Rules on approvals: missing near or after the start of the work, and given to something else."""

from collections.abc import Iterator
from datetime import date, timedelta

from mktexec.assess.approvals import (
    SUBJECTS,
    decision,
    entry_of,
    outdated,
    signer,
    subject_of,
)
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.support import Signature
from mktexec.model.terms import Approval
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.released import begun, has_begun, listed, planned_start, work

DAY = timedelta(days=1)
VERDICTS = {
    Approval.PENDING: T("has not approved", "尚未批准"),
    Approval.REJECTED: T("has rejected", "驳回了"),
}
UNKNOWN = T(
    "git does not hold what was approved, so there is nothing to compare with",
    "git 中没有批准时的版本，无法比对具体改动",
)


@rule(
    "work-before-approval",
    Level.WARN,
    when=When.WARN,
    message=T("{by} {verdict} {subject}, yet {work}", "{by} {verdict}{subject}，但 {work}"),
    hint=T(
        "get {by}'s decision today or stop the work; once signed: mktexec approve {key} --by {person}",
        "今日内请 {by} 签批，否则暂停相关工作；签批后执行：mktexec approve {key} --by {person}",
    ),
    why=T(
        "Work and money spent before the approval may be for something that is not wanted.",
        "未获批准就开工，投入的人力和费用可能用在不该做的事上。",
    ),
    source="3: work started before its approval (A, C)",
)
def work_before_approval(facts: Facts) -> Iterator[Hit]:
    """What needs an approval that is missing or refused has begun."""
    undecided = _undecided(facts)
    tasks = work(facts) if undecided else {}
    for key, one, verdict in undecided:
        if found := begun(facts, one, tasks):
            owners = (facts.plan.tasks[task].owner for task in found.tasks)
            yield Hit(
                ("approvals", key),
                {**_params(facts, one), "verdict": VERDICTS[verdict], "work": found.text},
                related=tuple(("tasks", task) for task in found.tasks),
                since=found.since,
                to=tuple(dict.fromkeys(owner for owner in owners if owner)),
            )


@rule(
    "approval-pending",
    Level.REMIND,
    highest=Level.WARN,
    when=When.WARN,
    message=T("{by} {verdict} {subject}, {when}", "{by} {verdict}{subject}，按计划{when}"),
    hint=T(
        "ask {by} for the decision; once signed: mktexec approve {key} --by {person}",
        "请 {by} 尽快签批；签批后执行：mktexec approve {key} --by {person}",
    ),
    why=T(
        "Nothing may begin before it is approved, so a late signature moves every date.",
        "未获批准不得开工，签批晚一天，后面的日期都要顺延。",
    ),
    source="2.12: approvals and who signs (A, C)",
)
def approval_pending(facts: Facts) -> Iterator[Hit]:
    """The work under an approval is to begin soon, or was to begin, and nobody signed."""
    as_of, notice = facts.day.as_of, timedelta(days=facts.plan.thresholds.due_soon)
    undecided = _undecided(facts)
    tasks = work(facts) if undecided else {}
    for key, one, verdict in undecided:
        start = planned_start(facts, one, tasks)
        if start is None or as_of < start - notice or has_begun(facts, one, tasks):
            continue
        late = as_of > start
        yield Hit(
            ("approvals", key),
            {**_params(facts, one), "verdict": VERDICTS[verdict], "when": _start_text(start, as_of)},
            Level.WARN if late else Level.REMIND,
            (as_of - start).days,
            since=start - notice,
            raised=start + DAY if late else None,
        )


@rule(
    "approval-of-nothing",
    Level.WARN,
    message=T("there is nothing called {subject} to approve", "没有名为 {subject} 的审批对象"),
    hint=T(
        "write goals, budget, schedule, or the id of an entry",
        "请写 goals（目标）、budget（预算）、schedule（排期），或条目编号",
    ),
    why=T(
        "A signature that is asked for under a wrong name is never missed.",
        "审批对象写错，缺了签字也无人发现。",
    ),
    source="2.12: approvals and who signs (A, C)",
)
def approval_of_nothing(facts: Facts) -> Iterator[Hit]:
    """An approval is of something that is in the plan."""
    for key, one in facts.plan.approvals.items():
        subject = subject_of(one.subject)
        if subject not in SUBJECTS and entry_of(facts.plan, subject) is None:
            yield Hit(("approvals", key, "subject"), {"subject": one.subject})


@rule(
    "approval-outdated",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{by} approved {subject} on {date}; changed since: {changes}",
        "{by} 于 {date} 批准{subject}后，内容又有改动：{changes}",
    ),
    hint=T(
        "let {by} decide on the changes: mktexec approve {key} --by {person}; or take them back",
        "请 {by} 确认改动后执行：mktexec approve {key} --by {person}；不同意则改回",
    ),
    why=T(
        "An approval holds for what was shown, not for what was made of it later.",
        "批准的是当时的内容，之后的改动不在批准之列。",
    ),
    source="2.12: approvals and who signs (A, C)",
)
def approval_outdated(facts: Facts) -> Iterator[Hit]:
    """What was approved has another content now.

    Without a commit that changed it the day is the one looked from: nobody can have answered before.
    """
    as_of = facts.day.as_of
    for key in outdated(facts.plan, as_of):
        one, change = facts.plan.approvals[key], facts.changes.get(key)
        changed = (change and change.since) or as_of
        changes = listed(change.what, len(change.what)) if change else UNKNOWN
        yield Hit(
            ("approvals", key),
            {**_params(facts, one), "date": one.date or as_of, "changes": changes},
            since=min(max(changed, one.date or changed), as_of),
        )


def _undecided(facts: Facts) -> list[tuple[str, Signature, Approval]]:
    """Return the approvals that are pending or refused as of the day."""
    verdicts = [(key, one, decision(one, facts.day.as_of)) for key, one in facts.plan.approvals.items()]
    return [found for found in verdicts if found[2] is not Approval.APPROVED]


def _params(facts: Facts, one: Signature) -> dict[str, object]:
    subject = subject_of(one.subject)
    entry = entry_of(facts.plan, subject)
    title = getattr(entry[1], "title", None) or getattr(entry[1], "item", "") if entry else ""
    named = T(f"{subject} '{title}'", f" {subject}「{title}」")
    return {
        "by": signer(facts.plan, one),
        "person": one.by,
        "key": subject,
        "subject": SUBJECTS.get(subject, named),
    }


def _start_text(start: date, as_of: date) -> T:
    days = (start - as_of).days
    if days > 0:
        return T(f"and work begins in {days} d, on {start}", f" {days} 天后（{start}）开工")
    if days == 0:
        return T("and work begins today", "今天开工")
    return T(f"and work was to begin on {start}", f"应于 {start} 开工")
