"""The plan's own commits: one of exactly its files, whatever else is staged or changed.

A commit takes files whole. What of the plan was changed before, by hand or by an earlier command
without ``--commit``, is in it too; ``require`` finds that out before anything is written, and
``commit`` says so.
"""

import os
import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mktexec.errors import UnreadableError
from mktexec.i18n import Text as T

if TYPE_CHECKING:
    from subprocess import CompletedProcess

QUERY = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}  # a commit runs as the user's own: hooks see it
NO_REPOSITORY = "not a git repository"
UNFINISHED = (
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "REBASE_HEAD",
)  # with these git commits everything or nothing
LITERAL = "--literal-pathspecs"  # names are no patterns; check-ignore takes them so anyway
COMMIT = (LITERAL, "commit", "--quiet", "--only", "--cleanup=whitespace", "--file=-")


def require(plan: Path) -> frozenset[Path]:
    """Return the real files of the plan that hold changes not committed yet.

    Raises UnreadableError where the plan cannot be committed: without git or a repository, in the
    middle of a merge, or if git ignores it.
    """
    real = real_path(plan)
    home = home_of(real)
    inside = asked(home, "rev-parse", "--is-inside-work-tree")
    if inside.returncode and NO_REPOSITORY not in inside.stderr:
        words = inside.stderr.strip()
        raise UnreadableError(
            T(f"nothing was written, for git refuses: {words}", f"未写入任何内容，git 拒绝执行：{words}")
        )
    if inside.stdout.strip() != "true":
        raise _impossible(
            T(f"{plan} is in no git repository", f"{plan} 不在 git 仓库中"),
            T("make one with git init, or leave out --commit", "请先用 git init 建立仓库，或去掉 --commit"),
        )
    if _merging(home):
        raise _impossible(
            T(
                "a merge, pick, revert or rebase is not finished, and a commit would end it",
                "有合并、拣选、回退或变基尚未完成，此时提交会将其打断",
            ),
            T("finish it, or leave out --commit", "请先完成该操作，或去掉 --commit"),
        )
    if asked(home, "check-ignore", "--quiet", "--", str(real)).returncode == 0:
        raise _impossible(
            T(f"git ignores {plan}", f"{plan} 被 git 忽略"),
            T("take it out of .gitignore, or leave out --commit", "请将其移出 .gitignore，或去掉 --commit"),
        )
    return _changed(home, [real])


def commit(plan: Path, files: Sequence[Path], message: str, pending: frozenset[Path] = frozenset()) -> T:
    """Make one commit of exactly ``files``, headed by ``message``; return what to say of it.

    Whatever else is staged stays so. ``pending`` is what ``require`` returned. Raises
    UnreadableError if git or a hook refuses; the plan stays as written, the index as it was.
    """
    home = home_of(real_path(plan))
    real = [real_path(file) for file in files]
    if not _changed(home, real):
        return T("nothing committed: git sees no change in the plan", "未提交：git 没有发现计划有改动")
    paths = [str(one) for one in real]
    new = _untracked(home, paths)
    try:
        if new:
            _require_done(asked(home, LITERAL, "add", "--intent-to-add", "--", *new), files)
        text = " ".join(message.splitlines()) + "\n"
        _require_done(_run(home, (*COMMIT, "--", *paths), dict(os.environ), text), files)
    except BaseException:
        if new:
            asked(home, "update-index", "--force-remove", "--", *new)
        raise
    return _told(home, [str(file) for file, one in zip(files, real, strict=True) if one in pending])


def real_path(path: Path) -> Path:
    """Return where git looks for a file or folder: behind every link."""
    return Path(os.path.realpath(path))


def home_of(real: Path) -> Path:
    """Return the folder that git runs in."""
    return real if real.is_dir() else real.parent


def _merging(home: Path) -> bool:
    heads = (asked(home, "rev-parse", "--quiet", "--verify", one) for one in UNFINISHED)
    unmerged = asked(home, "diff", "--name-only", "--diff-filter=U")
    return any(one.returncode == 0 for one in heads) or bool(unmerged.stdout)


def _changed(home: Path, real: Sequence[Path]) -> frozenset[Path]:
    """Return the files at or under these paths that differ from the last commit."""
    top = Path(asked(home, "rev-parse", "--show-toplevel").stdout.removesuffix("\n"))
    options = ("--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=no")
    state = asked(home, LITERAL, "status", *options, "--", *map(str, real)).stdout
    return frozenset(top / entry[len("XY ") :] for entry in state.split("\0") if entry)


def _untracked(home: Path, paths: Sequence[str]) -> list[str]:
    """Return those of the paths that git does not know yet, seen from ``home``."""
    listed = asked(home, LITERAL, "ls-files", "--others", "-z", "--", *paths).stdout
    return [one for one in listed.split("\0") if one]


def _told(home: Path, pending: Sequence[str]) -> T:
    """Return what to say of the last commit; ``pending`` names the files it holds more of than wished."""
    head = asked(home, "rev-parse", "--short", "HEAD").stdout.strip()
    if not pending:
        return T(f"committed as {head}", f"已提交：{head}")
    return T(
        f"committed as {head}, with what was changed before and not committed in {', '.join(pending)}",
        f"已提交：{head}，其中包括 {'、'.join(pending)} 里此前尚未提交的改动",
    )


def _impossible(message: T, hint: T) -> UnreadableError:
    return UnreadableError(T(f"{message.en}; nothing was written", f"{message.zh}，未写入任何内容"), hint)


def _require_done(process: "CompletedProcess[str]", files: Sequence[Path]) -> None:
    if process.returncode:
        words = (process.stderr or process.stdout).strip()
        names = shlex.join(map(str, files))
        by_hand = f"git add -- {names} && git commit -- {names}"
        raise UnreadableError(
            T(f"the plan is written, but not committed: {words}", f"计划已写入，但未能提交：{words}"),
            T(f"mend that, then: {by_hand}", f"排除问题后执行：{by_hand}"),
        )


def asked(home: Path, *arguments: str) -> "CompletedProcess[str]":
    """Ask git something whose answer is the same everywhere; return what came back.

    Raises UnreadableError if there is no git.
    """
    environment = os.environ | QUERY
    if "GIT_WORK_TREE" not in environment:  # a hook in a linked worktree has GIT_DIR alone, and then
        environment.pop("GIT_DIR", None)  # git takes the folder it runs in for the top of the tree
    return _run(home, arguments, environment)


def _run(
    home: Path, arguments: Sequence[str], environment: Mapping[str, str], given: str = ""
) -> "CompletedProcess[str]":
    """Run git in ``home`` with ``given`` as its input.

    Raises UnreadableError if there is no git.
    """
    import subprocess

    program = shutil.which("git")
    if program is None:
        raise UnreadableError(T("this needs git, which is not installed", "此操作需要 git，但尚未安装"))
    return subprocess.run(  # noqa: S603  # no shell, and names stand behind "--"
        [program, "-C", str(home), *arguments],
        input=given,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env=environment,
        check=False,
    )
