"""``mktexec warn``: what needs somebody to act, as of a day."""

from mktexec.commands.narrow import (
    Changed,
    Ignore,
    MinLevel,
    Narrow,
    NewSince,
    Owner,
    Select,
    plans_of,
)
from mktexec.commands.notify import DryRun, Notify, Since, Telling, tell_people
from mktexec.commands.options import AsOf, FailOn, FailOnOption, Lang, Output, PlanOption, PlansArg
from mktexec.commands.report import Answer, ExitZero, Shape, ShapeOption, report
from mktexec.i18n import Text as T
from mktexec.views.findings import by_urgency

HELP = T(
    "What needs somebody to act, as of a day; for the terminal, CI and cron. Silent and 0 when nothing does.",
    "截至某日需要有人处理的事项；可用于终端、CI、定时任务。没有时不输出，退出码 0。",
)
EXAMPLES = (
    "mktexec warn plans/* --as-of 2024-07-23 --fail-on escalate",
    "mktexec warn --new-since origin/main --format github",
)


def run(
    plans: PlansArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    owner: Owner = None,
    select: Select = None,
    ignore: Ignore = None,
    min_level: MinLevel = None,
    new_since: NewSince = None,
    changed: Changed = False,
    fail_on: FailOnOption = FailOn.WARN,
    exit_zero: ExitZero = False,
    format_: ShapeOption = Shape.TEXT,
    output: Output = None,
    notify: Notify = False,
    since: Since = None,
    dry_run: DryRun = False,
    lang: Lang = None,
) -> None:
    """Write the findings, and tell people if asked to; exit 1 if one reaches the level."""
    narrow = Narrow(select, ignore, min_level, owner, new_since, changed)
    answer = Answer(format_, output, fail_on, exit_zero, by_urgency, as_of, dated=True)
    every, how = plans_of(plans, plan), Telling(notify, since, dry_run)
    if any(how):
        tell_people(every, lang, narrow, answer, how)
    else:
        report(every, lang, narrow, answer)
