"""``mktexec fmt``: the plan's text in one layout, only when asked for."""

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mktexec.commands.boundary import tell_error
from mktexec.commands.change import BOM
from mktexec.commands.options import Commit, DryRun, Lang, PlanOption, PlansArg, tell
from mktexec.errors import MktexecError
from mktexec.i18n import Text as T
from mktexec.render.change import change_page
from mktexec.render.terminal import clean, note, screen, write
from mktexec.session import Session, find_plan, open_session
from mktexec.source import Document
from mktexec.views.lines import changes

HELP = T(
    "Lay the plan's text out in one style: two spaces a level, no needless spaces or empty lines, and the"
    " quotes that the file uses most. Data, order, lines and comments stay, and no quotes are dropped.",
    "统一计划文件的排版：每级缩进两格，去掉多余的空格和空行，引号统一为文件中用得最多的一种。"
    "内容、顺序、换行和注释都不变，引号也不会去掉。",
)
SAID = T("laid out anew: {files}", "已统一排版：{files}")
EXAMPLES = ("mktexec fmt", "mktexec fmt plans/* --check")


class LaidOut(NamedTuple):
    """A file whose text changes, and its new text."""

    document: Document
    text: str


def run(
    plans: PlansArg = None,
    plan: PlanOption = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help=tell(
                "List the files that would change, and exit with 1 if there are any; write nothing.",
                "只列出排版不一致的文件，不写入；有则退出码为 1。",
            ),
        ),
    ] = False,
    dry_run: DryRun = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Lay out each plan, or list what would change."""
    every: list[Path | None] = [*(plans or []), *([plan] if plan else [])] or [None]
    code = 0
    for one in every:
        try:
            if check:
                code = max(code, _check(open_session(one, lang=lang)))
            else:
                _lay_out(find_plan(one), lang, dry_run=dry_run, commit=commit)
        except MktexecError as error:  # the other plans are laid out all the same
            code = max(code, tell_error(error) or error.exit_code)
    if code:
        raise typer.Exit(code)


def _check(session: Session) -> int:
    """List the files of a plan that would change; return 1 if there are any."""
    found = _laid_out(session)
    for one in found:
        sys.stdout.write(clean(one.document.file) + "\n")
    return int(bool(found))


def _lay_out(path: Path, lang: str | None, *, dry_run: bool, commit: bool) -> None:
    """Lay out all files of a plan or none, and show what changed."""
    from mktexec.store import git
    from mktexec.store.files import locked

    pending = git.require(path) if commit and not dry_run else frozenset()
    with nullcontext() if dry_run else locked(path):
        session = open_session(path, lang=lang)
        found = _laid_out(session)
        files = [one.document.file for one in found]
        said = SAID.say(session.lang, {"files": files})
        if dry_run or not found:
            _show(session, found, said, dry_run=dry_run)
            return
        _write(path, found)
        try:
            told = git.commit(path, [Path(file) for file in files], said, pending) if commit else None
        finally:  # what was written is shown, also where it could not be committed
            _show(session, found, said, dry_run=dry_run)
    if told:
        note(told.say(session.lang))


def _laid_out(session: Session) -> list[LaidOut]:
    """Return the files of a plan whose layout changes; one that must stay as it is is named.

    Raises UnsoundPlanError where a file is no YAML or no plan.
    """
    from mktexec.store.edit.layout import CannotLayOutError, layout

    _ = session.draft  # all of it was read
    found = []
    for document in session.source.documents:
        try:
            text = layout(document.text)
        except CannotLayOutError as error:
            place = document.place(error.offset)
            at = clean(f"{place.file}:{place.line}")
            note(
                tell(
                    f"{at}: left as it is, for it is written in a way that laying out could change",
                    f"{at}：此处的写法无法安全地重新排版，文件保持原样",
                )
            )
        else:
            if text != document.text:
                found.append(LaidOut(document, text))
    return found


def _write(path: Path, found: Sequence[LaidOut]) -> None:
    from mktexec.store.files import Change
    from mktexec.store.files import write as write_files

    texts = [(one, BOM if one.document.bom else "") for one in found]
    write_files(
        path,
        [
            Change(Path(one.document.file), (bom + one.document.text).encode(), (bom + one.text).encode())
            for one, bom in texts
        ],
    )


def _show(session: Session, found: Sequence[LaidOut], said: str, *, dry_run: bool) -> None:
    if not found:
        name = clean(session.path.as_posix())
        note(tell(f"laid out already: {name}", f"排版已经统一，无需改动：{name}"))
        return
    lines = changes([(one.document.file, one.document.text, one.text) for one in found])
    write(change_page(said, lines, [], session.lang, screen(sys.stdout), every=dry_run))
    names = ", ".join(clean(one.document.file) for one in found)
    if dry_run:
        note(tell("nothing written (--dry-run)", "未写入（--dry-run）"))
    else:
        note(tell(f"wrote {names}", f"已写入 {names}"))
