"""``mktexec render``: the documents that people hand to each other."""

from enum import StrEnum
from typing import Annotated

import typer

from mktexec.commands.options import AsOf, Lang, Output, PlanArg, PlanOption, one_plan, tell
from mktexec.commands.output import emit_text
from mktexec.i18n import Text as T
from mktexec.session import open_session
from mktexec.views.catalogue import DOCUMENTS

HELP = T("Write a document from the plan.", "由计划生成文档。")
EXAMPLES = ("mktexec render retrospective", "mktexec render tracking-record --as-of 2024-09-30 -o record.md")


class DocumentFormat(StrEnum):
    """What a document is written as."""

    MARKDOWN = "markdown"
    JSON = "json"


DocumentName = StrEnum("DocumentName", {name: name for name in DOCUMENTS})  # type: ignore[misc]  # one list only


def run(
    document: Annotated[
        DocumentName,
        typer.Argument(
            metavar="DOCUMENT", help=tell("One of: ", "可选：") + ", ".join(DOCUMENTS), show_default=False
        ),
    ],
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    format_: Annotated[
        DocumentFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(DocumentFormat),
            show_default=False,
            help=tell("markdown (default) or json.", "markdown（默认）或 json。"),
        ),
    ] = DocumentFormat.MARKDOWN,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the document."""
    from mktexec.render import json, markdown
    from mktexec.views.status import status_view

    session = open_session(one_plan(plan_file, plan), as_of, lang)
    view = status_view(session.plan, session.schedule, session.assessment, session.lang)
    made = DOCUMENTS[document.value](view, session.lang)
    if format_ is DocumentFormat.JSON:
        emit_text(json.document(made, session.as_of), output)
    else:
        emit_text(markdown.document(made), output)
