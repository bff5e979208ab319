"""A plan's past in git: its files at a revision, and the revision of a day.

Nothing here changes the repository. A revision that a user names must exist; everything else that
is asked is left open where there is no git, no repository, or no history that reaches so far back.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from mktexec.errors import UnreadableError
from mktexec.i18n import Text as T
from mktexec.store.git import LITERAL, asked, home_of, real_path
from mktexec.store.load import SUFFIXES
from mktexec.store.read import BOM, shown

EARLIEST, LATEST = timedelta(hours=14), timedelta(hours=12)  # a day ends first at +14:00, last at -12:00
LINK_MODE = "120000"
SAME_BRANCH = "--first-parent"  # what was worked out beside it was not the plan yet


def texts_at(plan: Path, revision: str) -> dict[str, str]:
    """Return the texts of a plan's files at a revision, by the names that they are shown with today.

    Empty where the plan was not there yet, as before the very first commit. Raises UnreadableError
    without git or a repository, for what names no commit, and for a file that was not UTF-8.
    """
    home = home_of(real_path(plan))
    if revision == "HEAD" and _unborn(home):
        return {}
    commit = _commit(home, plan, revision)
    found = {}
    for name, mode, blob in _files(home, commit):
        if plan.is_dir():
            wanted = Path(name).suffix in SUFFIXES and not name.startswith(".")
        else:
            wanted = name == real_path(plan).name
        if wanted:
            file = shown(plan / name if plan.is_dir() else plan)
            found[file] = _text(home, blob, file, commit, linked=mode == LINK_MODE)
    return found


def revision_before(plan: Path, day: date) -> str | None:
    """Return the last commit of this branch on or before ``day``, None where none is known.

    The day of a commit is that of its committer, wherever this runs.
    """
    home = home_of(real_path(plan))
    end = datetime.combine(day, time.max, UTC)
    near = (_moment("--since", end - EARLIEST), _moment("--until", end + LATEST))
    for line in _log(home, SAME_BRANCH, "--format=%H %cs", *near):
        commit, _, committed = line.partition(" ")
        if date.fromisoformat(committed) <= day:
            return commit
    before = ("--max-count=1", _moment("--until", end - EARLIEST))
    return next(iter(_log(home, SAME_BRANCH, "--format=%H", *before)), None)


def committed_on(plan: Path, revision: str) -> date | None:
    """Return the committer's day of a commit in the plan's repository, None if it is unknown."""
    found = _log(home_of(real_path(plan)), "--format=%cs", "--max-count=1", revision)
    return date.fromisoformat(found[0]) if found else None


def commits_with(plan: Path, text: str) -> list[str]:
    """Return the commits in which ``text`` came into the plan's files or left them, newest first."""
    real = real_path(plan)
    return _log(home_of(real), "--format=%H", f"-S{text}", paths=(str(real),))


def commits_since(plan: Path, revision: str) -> list[str]:
    """Return the commits of this branch that changed the plan's files after a revision, newest first."""
    real = real_path(plan)
    return _log(home_of(real), SAME_BRANCH, "--format=%H", f"{revision}..HEAD", paths=(str(real),))


def _log(home: Path, *arguments: str, paths: Sequence[str] = ()) -> list[str]:
    """Return the lines of a log, none where there is nothing to look into."""
    try:
        told = asked(home, LITERAL, "log", *arguments, "--", *paths)
    except UnreadableError:  # no git
        return []
    return told.stdout.split("\n")[:-1] if told.returncode == 0 else []


def _moment(option: str, moment: datetime) -> str:
    return f"{option}=@{int(moment.timestamp())} +0000"


def _commit(home: Path, plan: Path, revision: str) -> str:
    """Return the full name of the commit that ``revision`` names; raise UnreadableError for none."""
    if not revision.startswith("-"):
        told = asked(home, "rev-parse", "--quiet", "--verify", revision + "^{commit}")
        if told.returncode == 0:
            return told.stdout.strip()
    inside = asked(home, "rev-parse", "--is-shallow-repository")
    if inside.returncode:
        words = inside.stderr.strip()
        raise UnreadableError(
            T(f"{plan} has no history in git: {words}", f"{plan} 在 git 中没有历史记录：{words}"),
            T(
                "earlier states of the plan are known only inside a git repository",
                "只有在 git 仓库中才能查到计划的历史版本",
            ),
        )
    raise UnreadableError(
        T(f"git knows no revision '{revision}' here", f"git 中没有版本「{revision}」"),
        T(
            "this clone holds the last commits only: git fetch --unshallow (in CI: fetch-depth: 0)",
            "当前是浅克隆，只含最近的提交：请执行 git fetch --unshallow（CI 中设 fetch-depth: 0）",
        )
        if inside.stdout.strip() == "true"
        else T(
            "name a branch, a tag or a commit: main, v1.0, HEAD~1",
            "请写分支、标签或提交，如 main、v1.0、HEAD~1",
        ),
    )


def _unborn(home: Path) -> bool:
    """Return whether this is a repository without a commit, which a hook may see."""
    branch = asked(home, "symbolic-ref", "--quiet", "HEAD")
    return branch.returncode == 0 and bool(asked(home, "rev-parse", "--quiet", "--verify", "HEAD").returncode)


def _files(home: Path, commit: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, mode and blob of every file that lay in the folder ``home`` at a commit."""
    listed = asked(home, "ls-tree", "-z", commit).stdout
    for entry in listed.split("\0")[:-1]:
        head, _, name = entry.partition("\t")
        mode, kind, blob = head.split(" ")
        if kind == "blob":
            yield name, mode, blob


def _text(home: Path, blob: str, file: str, commit: str, *, linked: bool) -> str:
    """Return what a file held, or the one beside it that it was a link to."""
    text = asked(home, "cat-file", "blob", blob).stdout
    if linked:
        text = asked(home, "cat-file", "blob", f"{commit}:./{text}").stdout
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UnreadableError(
            T(f"{file} was not UTF-8 at {commit[:8]}", f"{file} 在版本 {commit[:8]} 时不是 UTF-8 编码"),
            T("compare with a later revision", "请与更晚的版本比较"),
        )
    return text.removeprefix(BOM)
