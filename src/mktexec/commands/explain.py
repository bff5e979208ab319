"""``mktexec explain``: a rule, or why an entry has its dates and health."""

from typing import Annotated

import typer

from mktexec.commands.options import AsOf, Lang, Output, PlanOption, tell
from mktexec.commands.output import emit_lines
from mktexec.errors import UnreadableError, UsageError
from mktexec.host import ui_language
from mktexec.i18n import Text as T
from mktexec.rules import RULES
from mktexec.session import open_session
from mktexec.suggest import did_you_mean

HELP = T(
    "Explain a finding's code, or why a task or KPI stands as it does.",
    "解释某个预警代码，或某任务、指标为何是现在的状态。",
)
EXAMPLES = ("mktexec explain task-late", "mktexec explain T003 --as-of 2024-07-23")


def run(
    what: Annotated[
        str,
        typer.Argument(
            metavar="CODE|ID",
            show_default=False,
            help=tell("A finding's code, or the id of a task or KPI.", "预警代码，或任务、指标的编号。"),
        ),
    ],
    plan: PlanOption = None,
    as_of: AsOf = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the explanation."""
    from mktexec.render import explain
    from mktexec.views.explain import explain_kpi, explain_task

    if what in RULES:
        language = ui_language(lang)
        emit_lines(lambda to: explain.rule(RULES[what], language, to.columns), output)
        return
    try:
        session = open_session(plan, as_of, lang)
    except UnreadableError as error:
        raise UnreadableError(error.message, did_you_mean(what, RULES) or error.hint) from None
    found = session.plan
    if what in found.tasks:
        relative = session.loaded.relative
        facts = explain_task(what, found, session.schedule, session.assessment, relative, session.lang)
    elif what in found.kpis:
        facts = explain_kpi(what, found, session.assessment, session.lang)
    else:
        known = [*RULES, *found.tasks, *found.kpis]
        raise UsageError(
            T(
                f"{what} is neither a code nor the id of a task or KPI",
                f"{what} 既不是预警代码，也不是任务或指标的编号",
            ),
            did_you_mean(what, known),
        )
    emit_lines(lambda to: explain.facts(facts, to.columns), output)
