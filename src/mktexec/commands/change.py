"""What every writing command shares: the plan is read, changed, checked, written and shown."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import NamedTuple

import typer

from mktexec.errors import MktexecError, UsageError
from mktexec.findings import Finding
from mktexec.host import today, ui_language
from mktexec.i18n import LANGS
from mktexec.i18n import Text as T
from mktexec.model.shape import short_key
from mktexec.render.change import change_page
from mktexec.render.findings import findings
from mktexec.render.terminal import clean, note, note_lines, screen, write
from mktexec.session import Session, find_plan, open_session
from mktexec.source import Document
from mktexec.store.edit import Edit, Put, edited, has_controls, values
from mktexec.views.change import effects
from mktexec.views.effect import State
from mktexec.views.findings import by_place, finding_rows
from mktexec.views.lines import changes
from mktexec.written import written_day

ATTEMPTS = 5
BOM = "\ufeff"
NOT_WRITTEN = T(
    "not written, the plan would have errors (--force writes it):",
    "未写入，否则计划会出错（--force 可强制写入）：",
)


class Wish(NamedTuple):
    """What a command wants to change, and what is said of it in one line."""

    edits: Sequence[Edit]
    said: T


class Options(NamedTuple):
    """The options of every writing command."""

    plan: Path | None
    as_of: str | None
    lang: str | None
    dry_run: bool
    force: bool
    commit: bool


class Outcome(NamedTuple):
    """A change that was made or, in a dry run, only worked out."""

    before: Session
    after: Session
    said: T


def change(options: Options, make: Callable[[Session], Wish]) -> None:
    """Do what ``make`` wants of the plan: all of it or nothing; then show it.

    A plan that somebody else changed meanwhile is read again, and the change made anew if
    what it touches is as it was.
    """
    from mktexec.store import git
    from mktexec.store.files import locked

    path = find_plan(options.plan)
    wanted = options.commit and not options.dry_run
    pending = git.require(path) if wanted else frozenset()
    outcome, told = None, None
    try:
        with nullcontext() if options.dry_run else locked(path):
            outcome = _made(path, options, make)
            if wanted and changed_texts(outcome):
                files = [Path(one.file) for one in outcome.after.source.documents]
                told = git.commit(path, files, _message(outcome), pending)
    finally:  # what was written is shown, also where it could not be committed
        if outcome:
            _show(outcome, options)
    if told and outcome:
        note(clean(told.say(outcome.before.lang)))


def _message(outcome: Outcome) -> str:
    """Return what was done in the language of the plan, in which its history is written."""
    written = outcome.before.draft.campaign.language
    return outcome.said.say(ui_language(written) if written in LANGS else outcome.before.lang)


def _made(path: Path, options: Options, make: Callable[[Session], Wish]) -> Outcome:
    """Work the change out and, unless it is a dry run, write it."""
    from mktexec.store.files import Change, ChangedMeanwhileError
    from mktexec.store.files import write as write_files

    touched = None
    for _ in range(ATTEMPTS):
        before = open_session(path, options.as_of, options.lang)
        _ = before.draft  # there is something to edit
        documents = before.source.documents
        with in_language(before):
            wish = make(before)
            known = values(documents, wish.edits)
            if touched is not None and known != touched:
                break
            outcome = worked_out(before, wish)
        if not options.force:
            require_sound(outcome, NOT_WRITTEN)
        if options.dry_run:
            return outcome
        boms = {one.file: BOM if one.bom else "" for one in documents}
        changes = [
            Change(Path(file), (boms[file] + old).encode(), (boms[file] + new).encode())
            for file, old, new in changed_texts(outcome)
        ]
        try:
            write_files(path, changes)
        except ChangedMeanwhileError:
            touched = known
        else:
            return outcome
    raise MktexecError(
        T(
            "somebody changed the same place meanwhile; nothing was written",
            "同一处内容刚被他人修改，未作任何写入",
        ),
        T("look at the plan and try again", "请查看计划后重试"),
    )


def worked_out(before: Session, wish: Wish) -> Outcome:
    """Return what a wish makes of the plan; nothing is written.

    Raises UsageError for a value that no plan may hold, EditRefusedError for what cannot be edited.
    """
    _require_printable(wish.edits)
    documents = before.source.documents
    texts = edited(documents, list(_widened(documents, wish.edits)))
    after = before.edited({one.file: text for one, text in zip(documents, texts, strict=True)})
    return Outcome(before, after, wish.said)


def _require_printable(edits: Sequence[Edit]) -> None:
    """Raise UsageError for a value that no plan may hold."""
    if any(has_controls(edit) for edit in edits):
        raise UsageError(
            T("a value holds control characters", "内容含有控制字符"),
            T("leave them out; lines end with a newline", "请去掉控制字符；换行请用普通换行符"),
        )


@contextmanager
def in_language(session: Session) -> Iterator[None]:
    """Let what is refused be said in the language of the plan."""
    try:
        yield
    except MktexecError as error:
        error.lang = error.lang or session.lang
        raise


def _widened(documents: Sequence[Document], edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield ``edits`` with room made for fields where a plain value stands for an entry.

    ``readings.2024-07-31: 130`` becomes ``{value: 130}`` before it is given a cause.
    """
    wide = set()
    for edit in edits:
        outer, name = edit.path[:-1], edit.path[-1]
        short = short_key(outer) if isinstance(edit, Put) and outer not in wide else None
        known = values(documents, [Put(outer, None)])[0] if short else None
        if not short or not isinstance(edit, Put) or not isinstance(known, str):
            yield edit
        elif name == short:
            yield Put(outer, edit.value)
        else:
            wide.add(outer)
            yield Put(outer, {short: known, name: edit.value})


def changed_texts(outcome: Outcome) -> list[tuple[str, str, str]]:
    """Return file, old and new text of every file that changed."""
    pairs = zip(outcome.before.source.documents, outcome.after.source.documents, strict=True)
    return [(one.file, one.text, two.text) for one, two in pairs if one.text != two.text]


def require_sound(outcome: Outcome, refusal: T) -> None:
    """Refuse a change after which something is wrong that was right before; exit 1."""
    known = Counter(map(_kind, outcome.before.errors))
    new = [one for one in outcome.after.errors if not _counted(known, one)]
    if not new:
        return
    lang = outcome.before.lang
    note("mktexec: " + refusal.say(lang))
    rows = by_place(finding_rows(new, outcome.after.source, lang))
    note_lines(lambda to: findings(rows, lang, to.columns))
    raise typer.Exit(1)


def _kind(finding: Finding) -> tuple[object, ...]:
    """Return what stays the same of a finding where an entry is renamed or moved."""
    return finding.code, finding.path[:1], finding.path[2:]


def _counted(known: Counter[tuple[object, ...]], finding: Finding) -> bool:
    """Return whether a finding was there before; each counts once."""
    kind = _kind(finding)
    known[kind] -= 1
    return known[kind] >= 0


def _show(outcome: Outcome, options: Options) -> None:
    """Write what changed and what it does; on standard error, whether it was written."""
    lang = outcome.before.lang
    texts = changed_texts(outcome)
    if not texts:
        note(T("nothing to change: it stands there already", "无需改动：内容已是如此").say(lang))
        return
    sound = not outcome.before.errors and not outcome.after.errors
    moved = effects(*(_facts(one) for one in outcome[:2])) if sound else []
    about, lines, to = outcome.said.say(lang), changes(texts), screen(sys.stdout)
    write(change_page(about, lines, moved, lang, to, every=options.dry_run))
    if options.dry_run:
        note(T("nothing written (--dry-run)", "未写入（--dry-run）").say(lang))
        return
    figures = {
        "files": clean(", ".join(file for file, _, _ in texts)),
        "command": clean(f"mktexec status {options.plan or ''}".rstrip()),
    }
    note(T("wrote {files}; next: {command}", "已写入 {files}；接下来：{command}").say(lang, figures))


def _facts(session: Session) -> State:
    return State(session.plan, session.schedule, session.assessment, [*session.checked, *session.warned])


def day_of(session: Session, on: str | None) -> date:
    """Return the day that ``--on`` names, else the session's; raises UsageError for a day to come."""
    day = (written_day(on) or today(on)) if on else session.as_of
    if day > session.as_of:
        raise UsageError(
            T(f"{day} is still to come", f"{day} 尚未到来"),
            T("record what has happened; --as-of sets today", "只记录已发生的事；--as-of 可设定今天"),
        )
    return day


def given(text: str) -> str:
    """Return a text from the command line; ``-`` stands for standard input, which must be UTF-8."""
    if text != "-":
        return text
    raw = getattr(sys.stdin, "buffer", None)
    try:
        read = raw.read().decode("utf-8-sig") if raw else sys.stdin.read()
    except UnicodeDecodeError:
        raise UsageError(
            T("standard input is not UTF-8", "标准输入不是 UTF-8 编码"),
            T("convert it first: iconv -f GB18030 -t UTF-8", "请先转换：iconv -f GB18030 -t UTF-8"),
        ) from None
    return str(read).replace("\r\n", "\n").strip()
