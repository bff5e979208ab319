"""``mktexec schedule``: dates, slack, critical path, forecast."""

from mktexec.commands.options import AsOf, Format, FormatOption, Lang, Output, PlanArg, PlanOption, one_plan
from mktexec.commands.output import emit_lines, emit_text
from mktexec.i18n import Text as T
from mktexec.session import open_session

HELP = T(
    "Dates, slack, critical path and forecast: what drives the end date.",
    "日期、浮动时间、关键路径与预计完成：是什么决定了完工日。",
)
EXAMPLES = ("mktexec schedule", "mktexec schedule plans/q3 --as-of 2024-07-22 --format json")


def run(
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    format_: FormatOption = Format.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the schedule."""
    from mktexec.render import json
    from mktexec.render.timeline import timeline as table
    from mktexec.views.timeline import timeline

    session = open_session(one_plan(plan_file, plan), as_of, lang)
    rows = timeline(session.plan, session.schedule)
    if format_ is Format.JSON:
        emit_text(json.timeline(session.schedule, rows), output)
    else:
        emit_lines(lambda to: table(session.plan, session.schedule, rows, session.lang, to), output)
