"""``mktexec warn --notify``: tell each person what is new to them, in one message."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mktexec.commands.boundary import tell_error
from mktexec.commands.narrow import Narrow, narrowed
from mktexec.commands.options import person_named, tell
from mktexec.commands.output import emit_lines
from mktexec.commands.report import UNREADABLE, Answer, Shape, report
from mktexec.commands.since import last_state
from mktexec.errors import UnreadableError, UsageError
from mktexec.findings import Finding
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.findings import findings
from mktexec.render.message import named, preview, subject, text
from mktexec.render.terminal import Line, Screen, clean, note, note_lines
from mktexec.rules import When
from mktexec.session import Session, open_session
from mktexec.store.channels import channels_file, local_channels
from mktexec.views.findings import by_place, finding_rows
from mktexec.views.messages import NOBODY, Message, State, messages

Notify = Annotated[
    bool,
    typer.Option(
        "--notify",
        help=tell(
            "Also tell each person what is new to them (see docs/notify.md).",
            "同时向每个人发送其新增事项（见 docs/notify.zh.md）。",
        ),
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DAY|REV",
        show_default=False,
        help=tell(
            "With --notify: new since a day, 3d (working days), 3cd (calendar days) or a git revision; "
            "default 1d.",
            "与 --notify 合用：自某日、3d（工作日）、3cd（自然日）或某 git 版本以来的新增；默认 1d。",
        ),
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=tell(
            "With --notify: show each message, send nothing.", "与 --notify 合用：只显示通知，不发送。"
        ),
    ),
]
TOLD = T("told {name} over {variables}", "已通知 {name}（{variables}）")
NOT_TOLD = T("{name} was not told over {variable}: {why}", "未能通过 {variable} 通知 {name}：{why}")
NO_NAME = T(
    "{name} was not told: 'notify' holds something else than names of variables",
    "未能通知 {name}：'notify' 中写的不是环境变量名",
)
NO_CHANNEL = T("nobody told {name}: no channel", "未通知 {name}：没有设置通知方式")
CHANNEL_HINT = T(
    "  → name one: 'over' under 'notify', in {file} or in the plan",
    "  → 请在 {file} 或计划的 'notify' 中用 'over' 设置",
)
NO_OWNER = T("nobody is told of {keys}: nobody answers for it", "{keys} 无人负责，未通知任何人")
NOTHING_NEW = T("nothing new, nothing sent", "没有新增事项，未发送通知")
NO_PLAN = T("nobody is told: {file} cannot be read as a plan", "未发送通知：无法读取计划 {file}")
NOT_SOUND = T("nobody is told, correct this first:", "未发送通知，请先修正：")
ADDRESS = re.compile(r"\S*://\S*")


class Telling(NamedTuple):
    """Whether people are told, of what is new since when, and whether that is only shown."""

    wanted: bool
    since: str | None
    dry_run: bool


def tell_people(
    plans: list[Path | None], lang: str | None, narrow: Narrow, answer: Answer, how: Telling
) -> None:
    """Write the findings and tell people, or show what they would be told.

    Exits with 3 where somebody could not be told, else as the findings ask for it.
    """
    if not how.wanted:
        raise UsageError(
            T("--since and --dry-run go with --notify", "--since 和 --dry-run 须与 --notify 合用")
        )
    if how.dry_run and answer.shape is not Shape.TEXT:
        raise UsageError(T("--dry-run writes text only", "--dry-run 只输出文本"))
    ended = None if how.dry_run else _reported(plans, lang, narrow, answer)
    fine, shown = True, []
    for plan in plans:
        session = _opened(plan, lang, answer, how)
        found = _messages(session, narrow, how.since) if session else None
        fine = fine and found is not None
        if session and found:
            fine = _told(found, session, how) and fine
            shown += [(message, session.lang) for message in found]
    if how.dry_run:
        _preview(shown, answer)
    if not fine:
        raise typer.Exit(UNREADABLE)
    if ended:
        raise ended


def _reported(
    plans: list[Path | None], lang: str | None, narrow: Narrow, answer: Answer
) -> typer.Exit | None:
    """Write the findings; return how the command ends, None for well."""
    try:
        report(plans, lang, narrow, answer)
    except typer.Exit as end:
        return end
    return None


def _opened(plan: Path | None, lang: str | None, answer: Answer, how: Telling) -> Session | None:
    """Open a plan, None for one that cannot be read; the report of the findings has said so before."""
    try:
        return open_session(plan, answer.as_of, lang)
    except UnreadableError as error:
        if how.dry_run:
            tell_error(error)
        return None


def _messages(session: Session, narrow: Narrow, since: str | None) -> list[Message] | None:
    """Return who is told what of a plan; None, and why on standard error, where that is not known."""
    found = narrowed(session, When.WARN, narrow).open
    plan = session.loaded.plan
    if not found:
        return []
    if plan is None:
        note(clean(NO_PLAN.say(session.lang, {"file": session.path})))
        return None
    try:
        local = local_channels(session.path)
        old = last_state(session, since)
    except UnreadableError as error:
        tell_error(error)
        return None
    if local.faults:
        _tell_faults(local.faults, session.lang)
        return None
    only = person_named(plan, narrow.owner)
    told = messages(
        State(plan, found, session.as_of),
        _state(old, narrow),
        {**plan.notify, **local.channels},
        session.source,
        session.lang,
        only,
    )
    if not told:
        note(NOTHING_NEW.say(session.lang))
    return told


def _state(old: Session | None, narrow: Narrow) -> State | None:
    """Return what needed somebody then, of the rules that are asked now; None where there was no plan."""
    if old is None or old.loaded.plan is None:
        return None
    rules = Narrow(narrow.select, narrow.ignore, narrow.min_level)
    return State(old.loaded.plan, narrowed(old, When.WARN, rules).open, old.as_of)


def _tell_faults(faults: list[Finding], lang: Lang) -> None:
    """Say what is wrong with the local file, but none of the addresses that it may hold."""
    note("mktexec: " + NOT_SOUND.say(lang))
    rows = [
        replace(one, message=ADDRESS.sub("…", one.message), hint=ADDRESS.sub("…", one.hint))
        for one in by_place(finding_rows(faults, None, lang))
    ]
    note_lines(lambda to: findings(rows, lang, to.columns))


def _told(found: list[Message], session: Session, how: Telling) -> bool:
    """Send each message unless it is only shown, and say whom it reached; return whether all did."""
    lang = session.lang
    fine = True
    for message in found:
        if message.to == NOBODY:
            note(clean(NO_OWNER.say(lang, {"keys": [row.key for row in message.rows]})))
        elif not message.over:
            note(NO_CHANNEL.say(lang, {"name": named(message, lang)}))
        else:
            fine = _sent(message, lang, how) and fine
    if any(message.to and not message.over for message in found):
        note(clean(CHANNEL_HINT.say(lang, {"file": channels_file(session.path)})))
    return fine


def _sent(message: Message, lang: Lang, how: Telling) -> bool:
    """Send a message over each of its variables; return whether it went over all of them."""
    from mktexec import outbox

    done = []
    for variable in message.over:
        if not variable:
            note(NO_NAME.say(lang, {"name": named(message, lang)}))
            continue
        if how.dry_run:
            why = outbox.unset(variable)
        else:
            why = outbox.send(variable, subject(message, lang), text(message, lang))
        if why:
            params = {"name": named(message, lang), "variable": variable, "why": why}
            note(NOT_TOLD.say(lang, params))
        else:
            done.append(variable)
    if done and not how.dry_run:
        note(TOLD.say(lang, {"name": named(message, lang), "variables": done}))
    return len(done) == len(message.over)


def _preview(shown: list[tuple[Message, Lang]], answer: Answer) -> None:
    """Write the messages as they would be sent."""

    def layout(to: Screen) -> list[Line]:
        return [line for message, lang in shown if message.to for line in preview(message, lang, to.columns)]

    if shown or answer.output:
        emit_lines(layout, answer.output)
