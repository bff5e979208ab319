"""``mktexec render``: the documents that people hand to each other."""

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from mktexec.commands.options import AsOf, Lang, Output, PlanArg, PlanOption, one_plan, tell
from mktexec.commands.output import emit_file
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.session import Session, open_session
from mktexec.views.catalogue import DOCUMENTS, Entry

HELP = T("Write a document from the plan.", "由计划生成文档。")
EXAMPLES = (
    "mktexec render tracking-record --as-of 2024-09-30 -o record.md",
    "mktexec render flow-chart --format svg -o flow.svg",
)


class DocumentFormat(StrEnum):
    """What a document is written as."""

    MARKDOWN = "markdown"
    JSON = "json"
    SVG = "svg"
    MERMAID = "mermaid"


DRAWN = (DocumentFormat.SVG, DocumentFormat.MERMAID)  # only some documents can be

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
            help=tell(
                "markdown (default) or json; a chart also svg or mermaid.",
                "markdown（默认）或 json；图还可用 svg 或 mermaid。",
            ),
        ),
    ] = DocumentFormat.MARKDOWN,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the document."""
    entry = DOCUMENTS[document.value]
    formats = [one for one in DocumentFormat if entry.drawing or one not in DRAWN]
    if format_ not in formats:
        raise UsageError(
            T(f"{document} is not written as {format_}", f"{document} 不能输出为 {format_}"),
            T("it is written as: " + ", ".join(formats), "可选格式：" + "、".join(formats)),
        )
    session = open_session(one_plan(plan_file, plan), as_of, lang)
    emit_file(_text(entry, session, format_), output)


def _text(entry: Entry, session: Session, format_: DocumentFormat) -> str:
    """Return the document in one of the formats that it has."""
    from mktexec.render import json, markdown
    from mktexec.views.findings import by_urgency, finding_rows
    from mktexec.views.status import status_view

    lang = session.lang
    view = status_view(session.plan, session.schedule, session.assessment, lang)
    if entry.warned:
        rows = finding_rows(session.warned, session.source, lang, session.plan)
        view = replace(view, warnings=tuple(by_urgency(rows)))
    if entry.drawing and format_ is DocumentFormat.SVG:
        from mktexec.render.svg.flow import svg

        return svg(entry.drawing(view), lang)
    if entry.drawing and format_ is DocumentFormat.MERMAID:
        from mktexec.render import mermaid

        return mermaid.flow(entry.drawing(view), lang)
    if format_ is DocumentFormat.JSON:
        return json.document(entry.document(view, lang), session.as_of)
    return markdown.document(entry.document(view, lang))
