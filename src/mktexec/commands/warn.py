"""``mktexec warn``: what needs somebody to act, as of a day."""

from pathlib import Path

from mktexec.commands.options import (
    AsOf,
    FailOn,
    FailOnOption,
    Format,
    FormatOption,
    Lang,
    Output,
    PlanOption,
    PlansArg,
)
from mktexec.commands.report import report
from mktexec.i18n import Text as T
from mktexec.views.findings import by_urgency

HELP = T(
    "What needs somebody to act, as of a day; for the terminal, CI and cron. Silent and 0 when nothing does.",
    "截至某日需要有人处理的事项；可用于终端、CI、定时任务。没有时不输出，退出码 0。",
)
EXAMPLES = ("mktexec warn", "mktexec warn plans/* --as-of 2024-07-23 --fail-on escalate")


def run(
    plans: PlansArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    fail_on: FailOnOption = FailOn.WARN,
    format_: FormatOption = Format.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the findings; exit 1 if one reaches the level."""
    every: list[Path | None] = [*(plans or []), *([plan] if plan else [])] or [None]
    report(
        every, lambda session: session.warned, by_urgency, as_of, lang, format_, output, fail_on, dated=True
    )
