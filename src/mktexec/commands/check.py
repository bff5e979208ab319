"""``mktexec check``: is the plan sound, whatever the day."""

from pathlib import Path

from mktexec.commands.options import (
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
from mktexec.render.terminal import note
from mktexec.views.findings import by_place

HELP = T(
    "Is the plan sound, whatever the day: structure, references, loops, quality of goals and tasks.",
    "检查计划是否健全（与日期无关）：结构、引用、循环、目标与任务的质量。",
)
EXAMPLES = ("mktexec check", "mktexec check plans/* --format json --fail-on error")
SOUND = T(
    "sound: {tasks} tasks, {goals} goals, {kpis} KPIs",
    "计划健全：{tasks} 个任务，{goals} 个目标，{kpis} 个指标",
)


def run(
    plans: PlansArg = None,
    plan: PlanOption = None,
    fail_on: FailOnOption = FailOn.WARN,
    format_: FormatOption = Format.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the findings; exit 1 if one reaches the level."""
    every: list[Path | None] = [*(plans or []), *([plan] if plan else [])] or [None]
    rows, language, first = report(
        every, lambda session: session.checked, by_place, None, lang, format_, output, fail_on, dated=False
    )
    if not rows and len(every) == 1:
        counts = {name: len(getattr(first.plan, name)) for name in ("tasks", "goals", "kpis")}
        note(SOUND.say(language, counts))
