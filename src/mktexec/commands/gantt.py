"""``mktexec gantt``: the plan as a chart, on the screen or as a picture to hand on."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mktexec.commands.options import AsOf, Lang, Output, PlanArg, PlanOption, one_plan, tell
from mktexec.commands.output import emit_file, emit_lines
from mktexec.errors import UsageError
from mktexec.host import today
from mktexec.i18n import Lang as Language
from mktexec.i18n import Text as T
from mktexec.session import open_session

if TYPE_CHECKING:
    from mktexec.views.gantt import Gantt

HELP = T("The Gantt chart: who does what when, and what slips.", "甘特图：谁在什么时间做什么，哪些在延误。")
EXAMPLES = ("mktexec gantt --by owner --as-of 2024-07-22", "mktexec gantt --format svg -o gantt.svg")


class Group(StrEnum):
    """What tasks are grouped by."""

    OWNER = "owner"
    DEPARTMENT = "department"
    INITIATIVE = "initiative"


class ZoomOption(StrEnum):
    """What a column group of the screen stands for."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class ChartFormat(StrEnum):
    """What the chart is written as."""

    TEXT = "text"
    SVG = "svg"
    HTML = "html"
    MERMAID = "mermaid"
    JSON = "json"


def run(
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    by: Annotated[
        Group | None,
        typer.Option(
            metavar="|".join(Group),
            show_default=False,
            help=tell("Group the tasks, each group with its summary.", "任务分组显示，各组带汇总条。"),
        ),
    ] = None,
    first: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DAY",
            show_default=False,
            help=tell("First day shown; default that of the work.", "显示的第一天，默认从最早的任务开始。"),
        ),
    ] = None,
    last: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DAY",
            show_default=False,
            help=tell("Last day shown; default that of the work.", "显示的最后一天，默认到最晚的任务为止。"),
        ),
    ] = None,
    zoom: Annotated[
        ZoomOption | None,
        typer.Option(
            metavar="|".join(ZoomOption),
            show_default=False,
            help=tell(
                "Columns of the text; default the finest that fit.",
                "文本图的时间刻度，默认取屏幕放得下的最细刻度。",
            ),
        ),
    ] = None,
    as_of: AsOf = None,
    format_: Annotated[
        ChartFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(ChartFormat),
            show_default=False,
            help=tell(
                "text (default), svg, html, mermaid or json.", "text（默认）、svg、html、mermaid 或 json。"
            ),
        ),
    ] = ChartFormat.TEXT,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """Write the chart."""
    from mktexec.views.gantt import gantt

    begin = today(first) if first is not None else None
    end = today(last) if last is not None else None
    if begin and end and end < begin:
        raise UsageError(
            T(f"{end} lies before {begin}", f"{end} 早于 {begin}"),
            T("swap --from and --to", "请对调 --from 与 --to"),
        )
    if zoom and format_ is not ChartFormat.TEXT:
        raise UsageError(T("--zoom goes with --format text", "--zoom 只能用于 --format text"))
    session = open_session(one_plan(plan_file, plan), as_of, lang)
    view = gantt(
        session.plan,
        session.schedule,
        session.assessment,
        by.value if by else None,
        begin,
        end,
        session.lang,
    )
    if format_ is ChartFormat.TEXT:
        from mktexec.render.gantt import gantt as chart

        emit_lines(lambda to: chart(view, session.lang, to, zoom.value if zoom else None), output)
    else:
        emit_file(WRITERS[format_](view, session.lang), output)


def _svg(view: "Gantt", lang: Language) -> str:
    from mktexec.render.svg.gantt import svg

    return svg(view, lang)


def _html(view: "Gantt", lang: Language) -> str:
    from mktexec.render.svg.gantt import html

    return html(view, lang)


def _mermaid(view: "Gantt", lang: Language) -> str:
    from mktexec.render.mermaid import gantt

    return gantt(view, lang)


def _json(view: "Gantt", _: Language) -> str:
    from mktexec.render.json_charts import gantt

    return gantt(view)


WRITERS: dict[ChartFormat, Callable[["Gantt", Language], str]] = {
    ChartFormat.SVG: _svg,
    ChartFormat.HTML: _html,
    ChartFormat.MERMAID: _mermaid,
    ChartFormat.JSON: _json,
}
