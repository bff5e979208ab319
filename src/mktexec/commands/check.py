"""``mktexec check``: is the plan sound, whatever the day."""

from mktexec.commands.narrow import Changed, Ignore, MinLevel, Narrow, NewSince, Select, plans_of
from mktexec.commands.options import FailOn, FailOnOption, Lang, Output, PlanOption, PlansArg
from mktexec.commands.report import Answer, ExitZero, Shape, ShapeOption, report
from mktexec.i18n import Text as T
from mktexec.i18n import plural
from mktexec.model import Plan
from mktexec.render.terminal import note
from mktexec.views.findings import by_place

HELP = T(
    "Is the plan sound, whatever the day: structure, references, loops, quality of goals and tasks.",
    "检查计划是否健全（与日期无关）：结构、引用、循环、目标与任务的质量。",
)
EXAMPLES = ("mktexec check", "mktexec check plans/* --format json --fail-on error")


def run(
    plans: PlansArg = None,
    plan: PlanOption = None,
    select: Select = None,
    ignore: Ignore = None,
    min_level: MinLevel = None,
    new_since: NewSince = None,
    changed: Changed = False,
    fail_on: FailOnOption = FailOn.WARN,
    exit_zero: ExitZero = False,
    format_: ShapeOption = Shape.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the findings; exit 1 if one reaches the level."""
    every = plans_of(plans, plan)
    narrow = Narrow(select, ignore, min_level, None, new_since, changed)
    clean = report(every, lang, narrow, Answer(format_, output, fail_on, exit_zero, by_place))
    if len(every) == 1 and narrow == Narrow():
        for session in clean:
            note(_sound(session.plan).say(session.lang))


def _sound(plan: Plan) -> T:
    tasks, goals, kpis = len(plan.tasks), len(plan.goals), len(plan.kpis)
    counts = [plural(tasks, "task", "tasks"), plural(goals, "goal", "goals"), plural(kpis, "KPI", "KPIs")]
    return T(f"sound: {', '.join(counts)}", f"计划健全：{tasks} 个任务，{goals} 个目标，{kpis} 个指标")
