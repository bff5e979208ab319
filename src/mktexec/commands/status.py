"""``mktexec status``: where the campaign stands."""

from enum import StrEnum
from typing import Annotated

import typer

from mktexec.commands.options import (
    AsOf,
    Format,
    FormatOption,
    Lang,
    Output,
    PlanArg,
    PlanOption,
    one_plan,
    person_named,
    tell,
)
from mktexec.commands.output import emit_lines, emit_text
from mktexec.i18n import Text as T
from mktexec.session import open_session

HELP = T("Where the campaign stands: the screen for every day.", "活动进展一览：每天看的那一屏。")
EXAMPLES = ("mktexec status", "mktexec status --by owner --only late --as-of 2024-07-22")


class By(StrEnum):
    """What the roll-up is by."""

    INITIATIVE = "initiative"
    OWNER = "owner"
    DEPARTMENT = "department"


class OnlyOption(StrEnum):
    """Which tasks are listed."""

    LATE = "late"
    OPEN = "open"
    DONE = "done"
    CRITICAL = "critical"


def run(  # one argument an option
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    owner: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON",
            show_default=False,
            help=tell("Only this person's tasks (id or name).", "只看某人的任务（编号或姓名）。"),
        ),
    ] = None,
    by: Annotated[
        By,
        typer.Option(
            metavar="|".join(By),
            show_default=False,
            help=tell(
                "Roll up by initiative (default), owner or department.", "按举措（默认）、负责人或部门汇总。"
            ),
        ),
    ] = By.INITIATIVE,
    every: Annotated[bool, typer.Option("--all", help=tell("List every task.", "列出全部任务。"))] = False,
    only: Annotated[
        OnlyOption | None,
        typer.Option(
            metavar="|".join(OnlyOption),
            show_default=False,
            help=tell("List only these tasks.", "只列出这类任务。"),
        ),
    ] = None,
    format_: FormatOption = Format.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the status."""
    from mktexec.render import status
    from mktexec.views.findings import by_urgency, finding_rows
    from mktexec.views.status import GroupBy, Only, status_view

    session = open_session(one_plan(plan_file, plan), as_of, lang)
    view = status_view(
        session.plan,
        session.schedule,
        session.assessment,
        session.lang,
        person_named(session.plan, owner),
        GroupBy.parse(by.value),
        Only.parse(only.value) if only else None,
    )
    ids = {row.id for row in view.tasks} if owner or only else None
    found = [one for one in session.warned if ids is None or one.subject in ids]
    rows = by_urgency(finding_rows(found, session.source if format_ is Format.JSON else None, session.lang))
    if format_ is Format.JSON:
        from mktexec.render import json  # slow to import

        emit_text(json.status(view, rows), output)
    else:
        listed = every or only is not None
        emit_lines(lambda to: status.status(view, rows, session.lang, to, every=listed), output)
