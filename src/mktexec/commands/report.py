"""What ``check`` and ``warn`` share: several plans, one list of findings, one exit code."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mktexec.commands.narrow import Narrow, knows, narrowed
from mktexec.commands.options import UI, FailOn, person_named, tell
from mktexec.commands.output import emit_file, emit_lines, emit_text
from mktexec.errors import UnreadableError
from mktexec.findings import LEVELS, Finding, Level
from mktexec.host import today
from mktexec.i18n import Text as T
from mktexec.render.terminal import note
from mktexec.rules import When
from mktexec.session import Session, open_session
from mktexec.source import Place
from mktexec.views.findings import FindingRow, finding_rows

UNREADABLE, UNREAD = 3, "plan-unread"
ANSWERED = T("{n} answered, quiet", "{n} 项已响应（静默）")


class Shape(StrEnum):
    """What findings are written as."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"
    MARKDOWN = "markdown"
    CSV = "csv"


ShapeOption = Annotated[
    Shape,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(Shape),
        show_default=False,
        help=tell("What it is written as; default text.", "输出格式；默认 text。"),
    ),
]
ExitZero = Annotated[
    bool,
    typer.Option("--exit-zero", help=tell("Exit with 0 whatever is found.", "无论有何发现，退出码均为 0。")),
]


class Answer(NamedTuple):
    """How the findings are written, and what makes the command fail; the day is None for ``check``."""

    shape: Shape
    output: Path | None
    fail_on: FailOn
    exit_zero: bool
    order: Callable[[list[FindingRow]], list[FindingRow]]
    as_of: str | None = None
    dated: bool = False


def report(plans: list[Path | None], lang: str | None, narrow: Narrow, answer: Answer) -> list[Session]:
    """Write the wanted findings of each plan; exit 1 or 3 where they ask for it.

    Returns the plans of which nothing is left to do.
    """
    rows: list[FindingRow] = []
    sessions = _opened(plans, answer.as_of, lang, rows)
    readable = len(sessions) == len(plans) and all(one.loaded.readable for one in sessions)
    if narrow.owner and sessions and not any(knows(one, narrow.owner) for one in sessions):
        person_named(sessions[0].draft, narrow.owner)
    clean, quiet = [], 0
    for session in sessions:
        found = narrowed(session, When.WARN if answer.dated else When.CHECK, narrow)
        rows += finding_rows(found.open, session.source, session.lang, session.loaded.plan)
        quiet += len(found.quiet)
        clean += [] if found.open else [session]
    rows = answer.order(rows)
    _write(rows, sessions, answer, quiet)
    if not readable:
        raise typer.Exit(UNREADABLE)
    if not answer.exit_zero and any(row.level >= LEVELS[answer.fail_on] for row in rows):
        raise typer.Exit(1)
    return clean


def _opened(
    plans: list[Path | None], as_of: str | None, lang: str | None, rows: list[FindingRow]
) -> list[Session]:
    """Open each plan; say which of several cannot be read, raise UnreadableError for the only one.

    What cannot be read is one of the ``rows``, too: no machine shall take silence for all well.
    """
    sessions = []
    for plan in plans:
        try:
            sessions.append(open_session(plan, as_of, lang))
        except UnreadableError as error:
            if len(plans) == 1:
                raise
            note("mktexec: " + error.message.say(UI))
            why = {"why": error.message}
            one = Finding(UNREAD, Level.ERROR, (), why, place=Place(str(plan), 1, 1))
            rows += finding_rows([one], None, UI)
    return sessions


def _write(rows: list[FindingRow], sessions: list[Session], answer: Answer, quiet: int) -> None:
    from mktexec.render import findings

    lang = sessions[0].lang if sessions else UI
    day = today(answer.as_of) if answer.dated else None
    if answer.shape is Shape.TEXT:
        rows = [row for row in rows if row.code != UNREAD]  # said already
        if rows or answer.output:
            emit_lines(lambda to: findings.findings(rows, lang, to.columns), answer.output)
    elif answer.shape is Shape.JSON:
        from mktexec.render import json

        emit_text(json.findings(rows, day), answer.output)
    else:
        emit_file(findings.FORMATS[answer.shape](rows, lang, day), answer.output)
    told = [findings.summary(rows, lang)] if rows else []
    told += [ANSWERED.say(lang, {"n": quiet})] if quiet else []
    if told:
        note(" · ".join(told))
