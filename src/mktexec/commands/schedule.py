"""``mktexec schedule``: dates, slack, critical path, forecast, and what if."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mktexec.commands.change import Options
from mktexec.commands.options import (
    AsOf,
    Commit,
    DryRun,
    Force,
    Format,
    FormatOption,
    Lang,
    Output,
    PlanArg,
    PlanOption,
    one_plan,
    tell,
)
from mktexec.commands.output import emit_lines, emit_text
from mktexec.commands.suppose import Questions
from mktexec.commands.whatif import Slip, With, Without, Write, answer
from mktexec.commands.whatif import write as write_down
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.session import Session, open_session

HELP = T(
    "Dates, slack, critical path and forecast: what drives the end date, and what if.",
    "日期、浮动时间、关键路径与预计完成：是什么决定了完工日；也可做假设推演。",
)
EXAMPLES = (
    "mktexec schedule --by phase --as-of 2024-07-22",
    "mktexec schedule --slip T003=5d --with launch=2024-09-12",
)


class Group(StrEnum):
    """What tasks are rolled up by."""

    INITIATIVE = "initiative"
    GOAL = "goal"
    PHASE = "phase"
    OWNER = "owner"
    DEPARTMENT = "department"


def run(
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    by: Annotated[
        Group | None,
        typer.Option(
            metavar="|".join(Group),
            show_default=False,
            help=tell("Summary dates of each, in place of the tasks.", "按此汇总日期，不再逐项列出任务。"),
        ),
    ] = None,
    load: Annotated[
        bool, typer.Option("--load", help=tell("Who has too much to do, and when.", "谁在什么时候超负荷。"))
    ] = False,
    slip: Slip = None,
    without: Without = None,
    settings: With = None,
    write: Write = False,
    as_of: AsOf = None,
    format_: FormatOption = Format.TEXT,
    output: Output = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Write the schedule, its summary or the load; or what would change, and change it."""
    questions = Questions(slip or (), without or (), settings or ())
    options = Options(one_plan(plan_file, plan), as_of, lang, dry_run, force, commit)
    _require_one_answer(questions, load=load, by=by is not None)
    if write:
        write_down(options, questions, elsewhere=output is not None or format_ is not Format.TEXT)
        return
    if dry_run or force or commit:
        raise UsageError(
            T(
                "--dry-run, --force and --commit go with --write",
                "--dry-run、--force、--commit 须与 --write 同用",
            )
        )
    session = open_session(options.plan, as_of, lang)
    if questions:
        answer(session, questions, format_, output)
    elif load:
        _load(session, format_, output)
    else:
        _schedule(session, by, format_, output)


def _require_one_answer(questions: Questions, *, load: bool, by: bool) -> None:
    """Raise UsageError where two answers are wanted at once."""
    if load and by:
        raise UsageError(T("--load and --by do not go together", "--load 与 --by 不能同用"))
    if questions and (load or by):
        raise UsageError(
            T(
                "--slip, --without and --with do not go with --load or --by",
                "--slip、--without、--with 不能与 --load、--by 同用",
            ),
            T("change the plan first: --write", "请先用 --write 写入计划，再查看"),
        )


def _schedule(session: Session, by: Group | None, format_: Format, output: Path | None) -> None:
    from mktexec.render.timeline import summary
    from mktexec.render.timeline import timeline as table
    from mktexec.views.timeline import By, groups, timeline

    plan, schedule, lang = session.plan, session.schedule, session.lang
    rows = timeline(plan, schedule)
    chosen = By.parse(by.value) if by else None
    rolled = groups(plan, schedule, session.assessment, chosen, lang) if chosen else []
    if format_ is Format.JSON:
        from mktexec.render import json_schedule

        emit_text(json_schedule.timeline(schedule, rows, chosen, rolled), output)
    elif chosen:
        emit_lines(lambda to: summary(plan, schedule, rolled, chosen, lang, to), output)
    else:
        emit_lines(lambda to: table(plan, schedule, rows, lang, to), output)


def _load(session: Session, format_: Format, output: Path | None) -> None:
    from mktexec.render.load import load
    from mktexec.views.load import load_view

    view = load_view(session.plan, session.schedule, session.lang)
    if format_ is Format.JSON:
        from mktexec.render import json_charts

        emit_text(json_charts.load(view), output)
    else:
        emit_lines(lambda to: load(view, session.lang, to), output)
