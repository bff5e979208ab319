"""What ``check`` and ``warn`` share: several plans, one list of findings, one exit code."""

from collections.abc import Callable
from pathlib import Path

import typer

from mktexec.commands.options import UI, FailOn, Format
from mktexec.commands.output import emit_lines, emit_text
from mktexec.errors import UnreadableError
from mktexec.findings import LEVELS, Finding
from mktexec.host import today
from mktexec.i18n import Lang
from mktexec.render import findings as text
from mktexec.render.terminal import note
from mktexec.session import Session, open_session
from mktexec.views.findings import FindingRow, finding_rows

UNREADABLE = 3


def report(  # one argument an option
    plans: list[Path | None],
    choose: Callable[[Session], list[Finding]],
    order: Callable[[list[FindingRow]], list[FindingRow]],
    as_of: str | None,
    lang: str | None,
    format_: Format,
    output: Path | None,
    fail_on: FailOn,
    *,
    dated: bool,
) -> tuple[list[FindingRow], Lang, Session]:
    """Write the findings that ``choose`` takes from each plan; exit 1 or 3 where they ask for it."""
    rows: list[FindingRow] = []
    readable = True
    sessions = []
    for plan in plans:
        try:
            sessions.append(open_session(plan, as_of, lang))
        except UnreadableError as error:
            if len(plans) == 1:
                raise
            note("mktexec: " + error.message.say(UI))
            readable = False
    for session in sessions:
        rows += finding_rows(choose(session), session.source, session.lang)
        readable = readable and session.loaded.readable
    rows, language = order(rows), sessions[0].lang if sessions else UI
    if format_ is Format.JSON:
        from mktexec.render import json  # slow to import

        emit_text(json.findings(rows, today(as_of) if dated else None), output)
    elif rows or output:
        emit_lines(lambda to: text.findings(rows, language, to.columns), output)
    if rows:
        note(text.summary(rows, language))
    if not readable:
        raise typer.Exit(UNREADABLE)
    if any(row.level >= LEVELS[fail_on] for row in rows):
        raise typer.Exit(1)
    return rows, language, sessions[0]
