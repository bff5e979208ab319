"""Answers to findings: what an acknowledgement quiets, until when, and what nobody answered.

A raised warning is answered within 24 hours (domain.md part 3, A, B): by the end of the next
working day. An acknowledgement quiets its finding until its day, and no longer once the situation is
worse than when it was written: later by more than the days that passed, off by more points, or at a
higher level where no days are counted.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from mktexec.calendar import Workdays
from mktexec.findings import LEVELS, Finding, Level
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.support import Acknowledgement
from mktexec.model.terms import Alarm
from mktexec.rules.people import answering
from mktexec.rules.registry import Hit, declared, set_level

HOURS = 24
MOST = 3
DAY = timedelta(days=1)


class Answered(NamedTuple):
    """What still needs somebody, and what was answered."""

    open: list[Finding]
    quiet: list[Finding]


OVERDUE = declared(
    "response-overdue",
    Level.ESCALATE,
    message=T(
        "{owner}: {count} without an answer, wanted by {day}: {keys}",
        "{owner}：{count}未响应，应于 {day} 前响应：{keys}",
    ),
    hint=T(
        "decide in a special meeting (mktexec render meeting), then answer: mktexec ack {first}",
        "请召开专题会议（mktexec render meeting），并响应：mktexec ack {first}",
    ),
    why=T(
        "A warning that nobody answers within 24 hours was not heard; the meeting makes sure that it is.",
        "预警发出 24 小时内无人响应，等于没有预警；需由专题会议处理。",
    ),
    source="3: a raised warning is answered within 24 hours (A, B)",
)


def answered(found: Iterable[Finding], plan: Plan, as_of: date, work: Workdays) -> Answered:
    """Divide findings into those that need somebody and those that an acknowledgement quiets.

    ``work`` are the days on which people answer.
    """
    given: dict[str, list[Acknowledgement]] = defaultdict(list)
    for one in plan.acknowledgements.values():
        if one.date <= as_of:
            given[one.finding].append(one)
    result = Answered([], [])
    for finding in found:
        _divide(finding, given.get(finding.code, ()), plan, as_of, work, result)
    result.open.extend(_overdue(result.open, plan, as_of))  # answered by answering what it names
    return result


def _divide(
    finding: Finding,
    given: Sequence[Acknowledgement],
    plan: Plan,
    as_of: date,
    work: Workdays,
    result: Answered,
) -> None:
    answers = [one for one in given if one.subject in (None, finding.subject)]
    if finding.level is not Level.ERROR and any(_holds(one, finding, as_of) for one in answers):
        result.quiet.append(finding)
    else:
        result.open.append(_due(finding, answers, plan, as_of, work))


def _holds(one: Acknowledgement, finding: Finding, as_of: date) -> bool:
    """Return whether an answer still quiets a finding; its last day is one of quiet."""
    if one.until and as_of > one.until:
        return False
    if one.days is not None and finding.days is not None:
        if finding.days > one.days + (as_of - one.date).days:
            return False
    elif one.level and one.level is not Alarm.OFF and finding.level > LEVELS[one.level]:
        return False
    return one.points is None or finding.points is None or finding.points <= one.points


def _due(
    finding: Finding, ended: Sequence[Acknowledgement], plan: Plan, as_of: date, work: Workdays
) -> Finding:
    """Return a raised warning with the last day to answer it; what is not one needs no answer.

    The clock starts on the first working day on which the finding has its level, anew when an answer
    expired or with the figure that is worse than when it was answered, and runs on working days. Where
    no figure tells on which day it got worse the time is given in full every day.
    """
    if finding.raised is None or finding.level < Level.WARN:
        return finding
    start = finding.raised
    for one in ended:
        if one.until and one.until < as_of:
            start = max(start, one.until + DAY)
        elif one.date >= start:
            start = finding.latest if finding.latest and finding.latest > one.date else as_of
    days = -(-plan.thresholds.response // HOURS)
    return replace(finding, raised=start, answer_by=work.shift(work.on_or_after(start), days))


def _overdue(found: Iterable[Finding], plan: Plan, as_of: date) -> list[Finding]:
    """Return one finding a person whose raised warnings nobody answered in time."""
    late: dict[str | None, list[Finding]] = defaultdict(list)
    for one in found:
        if one.answer_by and as_of > one.answer_by and not _recorded(one, plan, as_of):
            late[answering(plan, one)].append(one)
    return [_unanswered(plan, as_of, owner, several) for owner, several in late.items()]


def _unanswered(plan: Plan, as_of: date, owner: str | None, several: Sequence[Finding]) -> Finding:
    """Return the finding on what somebody did not answer in time."""
    first = min(several, key=lambda one: (one.answer_by or as_of, -one.level))
    since = (first.answer_by or as_of) + DAY
    keys = list(dict.fromkeys(one.key for one in several))
    more = [T(f"{len(keys) - MOST} more", f"另 {len(keys) - MOST} 项")] if len(keys) > MOST else []
    params = {
        "owner": plan.person(owner),
        "count": T("1 warning" if len(keys) == 1 else f"{len(keys)} warnings", f"{len(keys)} 条预警"),
        "day": first.answer_by,
        "keys": [*keys[:MOST], *more],
        "first": first.key,
    }
    path = ("people", owner) if owner in plan.people else ("campaign", "owner")
    helping = tuple(dict.fromkeys(one for finding in several for one in finding.to))
    return OVERDUE.finding(
        Hit(path, params, days=(as_of - since).days + 1, since=since, raised=since, to=helping),
        set_level(OVERDUE, plan),
    )


def _recorded(finding: Finding, plan: Plan, as_of: date) -> bool:
    """Return whether the work, or what it waits for, was recorded since: that is an answer, too."""
    paths = (path for path in (finding.path, *finding.related) if path[:1] == ("tasks",))
    tasks = (plan.tasks.get(path[1]) for path in paths)
    raised = finding.raised or as_of
    return any(raised <= day <= as_of for task in tasks if task for day in task.log)
