"""``mktexec approvals``: who has signed what, and who has still to sign."""

from mktexec.commands.options import AsOf, Format, FormatOption, Lang, Output, PlanArg, PlanOption, one_plan
from mktexec.commands.output import emit_lines, emit_text
from mktexec.i18n import Text as T
from mktexec.session import open_session

HELP = T(
    "Who has signed, and who has still to: goals, budget, schedule; and what changed after a signature.",
    "审批进度：目标、预算、排期由谁签批，还差谁，签批后又改了什么。",
)
EXAMPLES = ("mktexec approvals", "mktexec approvals --as-of 2024-07-05 --format json")


def run(
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    format_: FormatOption = Format.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the signatures, the worst first."""
    from mktexec.render.approvals import approvals, approvals_json
    from mktexec.views.approvals import approval_rows

    session = open_session(one_plan(plan_file, plan), as_of, lang)
    day = session.as_of
    rows = approval_rows(session.plan, day, session.changes)
    if format_ is Format.JSON:
        emit_text(approvals_json(rows, day, session.lang), output)
    else:
        title = session.plan.campaign.title
        emit_lines(lambda to: approvals(title, rows, day, session.lang, to), output)
