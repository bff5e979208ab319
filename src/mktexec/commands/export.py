"""``mktexec export``: the plan for other programs."""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

import typer

from mktexec.commands.options import AsOf, Lang, Output, PlanArg, PlanOption, one_plan, person_named, tell
from mktexec.commands.output import emit_file
from mktexec.i18n import Lang as Language
from mktexec.i18n import Text as T
from mktexec.session import open_session
from mktexec.views.status import StatusView, status_view

HELP = T(
    "Write the plan for other programs: csv for spreadsheets, ics for calendars.",
    "导出给其他程序使用：csv 用表格软件打开，ics 导入日历。",
)
EXAMPLES = ("mktexec export csv -o tasks.csv", "mktexec export ics --owner li -o li.ics")


def _csv(view: StatusView, lang: Language, _owner: str | None) -> str:
    from mktexec.render import csv
    from mktexec.views.export import task_sheet

    return csv.sheet(task_sheet(view, lang))


def _ics(view: StatusView, lang: Language, owner: str | None) -> str:
    from mktexec.render import ics
    from mktexec.views.agenda import calendar_days

    return ics.calendar(calendar_days(view, lang, owner), view.plan.campaign.title, view.schedule.as_of)


FORMATS: dict[str, Callable[[StatusView, Language, str | None], str]] = {"csv": _csv, "ics": _ics}
ExportFormat = StrEnum("ExportFormat", {name: name for name in FORMATS})  # type: ignore[misc]  # one list only


def run(
    format_: Annotated[
        ExportFormat,
        typer.Argument(
            metavar="|".join(FORMATS),
            help=tell("What to write.", "导出格式。"),
            show_default=False,
        ),
    ],
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    owner: Annotated[
        str | None,
        typer.Option(
            metavar="PERSON",
            show_default=False,
            help=tell("Only what is this person's (id or name).", "只导出某人负责的内容（编号或姓名）。"),
        ),
    ] = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the plan in that format."""
    session = open_session(one_plan(plan_file, plan), as_of, lang)
    one = person_named(session.plan, owner)
    view = status_view(session.plan, session.schedule, session.assessment, session.lang, one)
    emit_file(FORMATS[format_.value](view, session.lang, one), output)
