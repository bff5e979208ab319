"""``mktexec today``: the 15-minute stand-up, person by person."""

from enum import StrEnum
from typing import Annotated

import typer

from mktexec.commands.options import AsOf, Lang, Output, PlanArg, PlanOption, one_plan, person_named, tell
from mktexec.commands.output import emit_file, emit_lines, emit_text
from mktexec.i18n import Text as T
from mktexec.session import open_session

HELP = T(
    "The stand-up: for each person what is done, was due and is not, is due today, and who waits for whom.",
    "每日站会：逐人列出已完成、到期未完成、今日到期、进行中的任务，以及谁在等谁。",
)
EXAMPLES = ("mktexec today", "mktexec today --format markdown -o stand-up.md")


class Sheet(StrEnum):
    """What the stand-up is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def run(
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    owner: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON",
            show_default=False,
            help=tell("Only this person (id or name).", "只看某人（编号或姓名）。"),
        ),
    ] = None,
    format_: Annotated[
        Sheet,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(Sheet),
            show_default=False,
            help=tell("text (default), markdown or json.", "text（默认）、markdown 或 json。"),
        ),
    ] = Sheet.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the stand-up."""
    from mktexec.render import today as render
    from mktexec.render.say import Say
    from mktexec.views.status import status_view
    from mktexec.views.today import stand_up, today

    session = open_session(one_plan(plan_file, plan), as_of, lang)
    view = status_view(session.plan, session.schedule, session.assessment, session.lang)
    person = person_named(session.plan, owner)
    if format_ is Sheet.MARKDOWN:
        from mktexec.render import markdown

        emit_file(markdown.document(stand_up(view, session.lang, person)), output)
    elif format_ is Sheet.JSON:
        emit_text(render.as_json(today(view, person)), output)
    else:
        found = today(view, person)
        emit_lines(lambda to: render.today(found, view, Say(session.lang, to)), output)
