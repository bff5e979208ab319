"""``mktexec evidence``: links and files that show what a task produced."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mktexec.commands.change import Options, Wish, change, given
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, PlanOption, tell
from mktexec.commands.record import TaskId, named, standing, task_of, with_remarks
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.i18n import plural
from mktexec.render.terminal import clean, fit
from mktexec.session import Session
from mktexec.store.edit import Append

HELP = T("What a task left as proof: adds links and files to it.", "任务存档：登记链接与文件凭证。")
EXAMPLES = (
    "mktexec evidence T001 https://example.com/live-1",
    "mktexec evidence T001 shots/live-1.png shots/live-2.png",
)
CUT = 40  # columns of a link in what is said
_link = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|mailto:\S+")


def run(
    task: TaskId,
    found: Annotated[
        list[str],
        typer.Argument(
            metavar="LINK|FILE...",
            help=tell(
                "Links, or files that exist; - reads them, one a line.",
                "链接或已有的文件，可多个；- 表示从标准输入逐行读取。",
            ),
        ),
    ],
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Add evidence."""
    lines = [line.strip() for text in found for line in given(text).splitlines()]
    proofs = list(dict.fromkeys(line for line in lines if line))
    if not proofs:
        raise UsageError(T("there is no link and no file", "没有给出链接或文件"))
    options = Options(plan, as_of, lang, dry_run, force, commit)
    change(options, lambda session: _wish(session, task, proofs))


def _wish(session: Session, text: str, proofs: Sequence[str]) -> Wish:
    key, task = task_of(session, text)
    path = ("tasks", key, "evidence")
    home = session.path if session.path.is_dir() else session.path.parent
    written = list(dict.fromkeys(one if _link.fullmatch(one) else _stored(one, home) for one in proofs))
    here = standing(session, path)
    known = here if isinstance(here, list) else [here]
    new = [one for one in written if one not in known]
    return Wish([Append(path, one) for one in new], _said(named(key, task.title), new))


def _stored(text: str, home: Path) -> str:
    """Return a file's name as the plan in ``home`` holds it; raises UsageError where there is none."""
    file = Path(text)
    if not file.exists():
        raise UsageError(
            T(f"there is no file {text}", f"没有文件 {text}"),
            T("a link begins with https://", "链接请以 https:// 开头"),
        )
    here, base = file.parent.resolve() / file.name, home.resolve()
    if file.is_absolute() and not here.is_relative_to(base):
        return file.as_posix()
    return Path(os.path.relpath(here, base)).as_posix()


def _outside(written: str) -> bool:
    return not _link.fullmatch(written) and (Path(written).is_absolute() or written.startswith("../"))


def _said(name: str, new: Sequence[str]) -> T:
    outside = [one for one in new if _outside(one)]
    remarks = []
    if outside:
        far = fit(clean(outside[0]), CUT)
        remarks.append(
            T(
                f"{far} lies outside the plan's folder: others may not have it",
                f"{far} 不在计划目录内，他人可能无法打开",
            )
        )
    if len(new) == 1:
        one = fit(clean(new[0]), CUT)
        said = T(f"{name}: evidence {one}", f"{name}：存档 {one}")
    else:
        said = T(f"{name}: {plural(len(new), 'piece', 'pieces')} of evidence", f"{name}：存档 {len(new)} 项")
    return with_remarks(said, remarks)
