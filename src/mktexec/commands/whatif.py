"""What if: the options that ask, and the answer to them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from mktexec.commands.change import Options, Outcome, change, in_language, require_sound, worked_out
from mktexec.commands.complete import complete_entry
from mktexec.commands.options import Format, tell
from mktexec.commands.output import emit_lines, emit_text
from mktexec.commands.suppose import Answer, Questions, answers, as_wish
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.render.terminal import note
from mktexec.session import Session
from mktexec.views.findings import FindingRow, finding_rows

REFUSED = T("no answer, the plan would then have errors:", "无法推演，否则计划会出错：")
NOT_WRITTEN = T("nothing written; to write the change: --write", "未写入计划；要写入请加 --write")


def _question(name: str, metavar: str, text: str) -> Any:
    return typer.Option(name, metavar=metavar, show_default=False, help=text, autocompletion=complete_entry)


Slip = Annotated[
    list[str] | None,
    _question(
        "--slip",
        "ID=DAYS",
        tell(
            "What if a task is 5d, 2w or 3cd later than forecast.", "假设某任务比目前预计晚 5d、2w 或 3cd。"
        ),
    ),
]
Without = Annotated[
    list[str] | None,
    _question("--without", "ID", tell("What if a task is called off.", "假设取消某任务。")),
]
With = Annotated[
    list[str] | None,
    _question(
        "--with",
        "ID.FIELD=VALUE",
        tell("What if a field, or a milestone's day, is another.", "假设某字段或关键日期改为此值。"),
    ),
]
Write = Annotated[
    bool, typer.Option("--write", help=tell("Change the plan to what is asked.", "把假设写入计划。"))
]


def write(options: Options, questions: Questions, *, elsewhere: bool) -> None:
    """Change the plan to what is asked, as every writing command does.

    Raises UsageError where nothing is asked, or the answer is wanted ``elsewhere`` too.
    """
    if not questions:
        raise UsageError(
            T("--write needs a question", "--write 须与假设同用"),
            T("for example: --slip T003=5d --write", "例如：--slip T003=5d --write"),
        )
    if elsewhere:
        raise UsageError(
            T("--write goes without --format and --output", "--write 不能与 --format、--output 同用"),
            T("ask first, then write", "请先推演，再写入"),
        )
    asked = questions.with_input()
    change(options, lambda session: as_wish(answers(session, asked)))


def answer(session: Session, questions: Questions, format_: Format, output: Path | None) -> None:
    """Write what would change; the plan stays as it is."""
    from mktexec.render import json_schedule
    from mktexec.render.whatif import whatif as page
    from mktexec.views.whatif import Side, whatif

    before = Side(session.plan, session.schedule, session.assessment)
    with in_language(session):
        found = answers(session, questions.with_input())
        outcome = worked_out(session, as_wish(found))
    require_sound(outcome, REFUSED)
    after = Side(outcome.after.plan, outcome.after.schedule, outcome.after.assessment)
    view = whatif(before, after, [one.asked for one in found], _findings(outcome, found))
    if format_ is Format.JSON:
        emit_text(json_schedule.whatif(view), output)
    else:
        emit_lines(lambda to: page(view, session.lang, to), output)
    note(NOT_WRITTEN.say(session.lang))


def _findings(outcome: Outcome, found: Sequence[Answer]) -> list[FindingRow]:
    """Return what ``check`` newly finds of the entries whose fields were asked about."""
    about = {edit.path[:2] for one in found if one.asked.kind == "with" for edit in one.edits}
    known = {(one.code, one.path) for one in outcome.before.checked}
    new = [one for one in outcome.after.checked if (one.code, one.path) not in known]
    return finding_rows([one for one in new if one.path[:2] in about], None, outcome.before.lang)
