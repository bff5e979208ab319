"""``--commit``: one commit of exactly the plan's files, in repositories of every kind."""

import subprocess
from pathlib import Path

import pytest

from conftest import IDENTITY
from mktexec.errors import UnreadableError
from mktexec.store import git

PLAN = """\
mktexec: 1
campaign: {title: Sale, language: en, period: {start: 2024-07-01, end: 2024-07-31}}
people:
  li: {name: Li}
tasks:
  T001: {title: Write the brief, owner: li, start: 2024-07-15, end: 2024-07-26}
"""
OTHER = PLAN.replace("Write the brief", "Write a brief")

pytestmark = pytest.mark.usefixtures("own_git")


class Repository:
    """A repository in a folder, and what is asked of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(exist_ok=True)
        self("init", "--quiet", "--initial-branch=main")

    def __call__(self, *arguments: object) -> str:
        """Run git; return what it writes."""
        command = ["git", "-C", str(self.root), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, name: str, text: str = PLAN) -> Path:
        """Write a file; return its path."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def commit_all(self, message: str = "first") -> None:
        """Commit everything."""
        self("add", "--all")
        self("commit", "--quiet", "--message", message)

    def committed(self) -> list[str]:
        """Return the files of the last commit."""
        names = self("-c", "core.quotePath=off", "show", "--format=", "--name-only", "-z")
        return names.rstrip("\0").split("\0")

    def commits(self) -> int:
        """Return how many commits there are."""
        return int(self("rev-list", "--count", "HEAD"))


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repo")


def hook(repo: Repository, name: str, script: str) -> None:
    path = repo.root / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)


def test_a_change_is_one_commit_and_says_what_was_done(repo, run):
    plan = repo.write("plan.yaml")
    repo.commit_all()
    result = run("set", "T001", "title=Write a brief", "--commit", cwd=repo.root)
    assert result.code == 0
    assert repo.commits() == 2
    assert repo.committed() == ["plan.yaml"]
    assert plan.read_text() == OTHER
    assert repo("log", "-1", "--format=%B").splitlines()[0] == result.out.splitlines()[0]
    assert f"committed as {repo('rev-parse', '--short', 'HEAD').strip()}\n" in result.err
    assert "changed before" not in result.err
    assert repo("status", "--porcelain") == ""


def test_the_message_is_in_the_plans_language_whatever_the_screens(repo, run):
    repo.write("plan.yaml", PLAN.replace("language: en", "language: zh"))
    repo.commit_all()
    english = run("set", "T001", "end=2024-07-24", "--dry-run", "--lang", "en", cwd=repo.root)
    chinese = run("set", "T001", "end=2024-07-24", "--dry-run", "--lang", "zh", cwd=repo.root)
    run("set", "T001", "end=2024-07-24", "--commit", "--lang", "en", cwd=repo.root)
    message = repo("log", "-1", "--format=%s").strip()
    assert message == chinese.out.splitlines()[0]
    assert message != english.out.splitlines()[0]


def test_a_dry_run_asks_nothing_of_git(tmp_path, run):
    (tmp_path / "plan.yaml").write_text(PLAN)
    result = run("set", "T001", "end=2024-07-25", "--commit", "--dry-run", cwd=tmp_path)
    assert result.code == 0
    assert (tmp_path / "plan.yaml").read_text() == PLAN


def test_what_else_is_staged_or_changed_stays_as_it_is(repo):
    plan = repo.write("plan.yaml")
    for name in ("staged", "both", "changed", "gone"):
        repo.write(name, "1\n")
    repo.commit_all()
    repo.write("staged", "2\n")
    repo.write("both", "2\n")
    repo.write("new", "1\n")
    repo("add", "staged", "both", "new")
    repo("rm", "--quiet", "--cached", "gone")
    repo.write("both", "3\n")
    repo.write("changed", "2\n")
    before = repo("status", "--porcelain"), repo("diff", "--cached"), repo("diff")
    plan.write_text(OTHER)
    git.commit(plan, [plan], "T001 renamed")
    assert repo.committed() == ["plan.yaml"]
    assert (repo("status", "--porcelain"), repo("diff", "--cached"), repo("diff")) == before


def test_the_very_first_commit_holds_the_plan_only(repo):
    plan = repo.write("plan.yaml")
    repo.write("staged", "1\n")
    repo("add", "staged")
    assert git.require(plan) == {plan}
    git.commit(plan, [plan], "begun")
    assert repo.commits() == 1
    assert repo.committed() == ["plan.yaml"]
    assert repo("status", "--porcelain") == "A  staged\n"


@pytest.mark.parametrize(
    "name", ["-p.yaml", "sub folder/计划 一.yaml", "[ab]*.yaml", ":(top)x.yaml", "quo'\"te.yaml"]
)
@pytest.mark.parametrize("known", [True, False])
def test_a_name_is_taken_as_it_is(repo, name, known):
    repo.write("a.yaml", "1\n")
    repo.commit_all()
    plan = repo.write(name)
    if known:
        repo.commit_all()
        plan.write_text(OTHER)
    repo.write("a.yaml", "2\n")
    git.commit(plan, [plan], "T001 renamed")
    assert repo.committed() == [name]
    assert repo("status", "--porcelain") == " M a.yaml\n"


def test_a_plan_named_from_elsewhere_is_committed_where_it_is(repo, monkeypatch):
    plan = repo.write("-x/plan.yaml")
    repo.commit_all()
    plan.write_text(OTHER)
    monkeypatch.chdir(repo.root)
    relative = Path("-x/plan.yaml")
    assert git.require(relative) == {plan}
    git.commit(relative, [relative], "T001 renamed")
    assert repo.committed() == ["-x/plan.yaml"]


def test_a_link_is_committed_where_the_real_file_is(repo, tmp_path):
    real = repo.write("plans/sale.yaml")
    repo.commit_all()
    outside = Repository(tmp_path / "outside")
    link = outside.root / "plan.yaml"
    link.symlink_to(real)
    real.write_text(OTHER)
    git.require(link)
    git.commit(link, [link], "T001 renamed")
    assert repo.committed() == ["plans/sale.yaml"]
    assert outside("status", "--porcelain") == "?? plan.yaml\n"


def test_a_worktree_commits_to_its_own_branch(repo, tmp_path):
    repo.write("plan.yaml")
    repo.commit_all()
    repo("worktree", "add", "--quiet", "-b", "side", tmp_path / "side")
    plan = tmp_path / "side" / "plan.yaml"
    plan.write_text(OTHER)
    assert git.require(plan) == {plan}
    git.commit(plan, [plan], "on the side")
    assert repo("log", "--format=%s", "side") == "on the side\nfirst\n"
    assert repo("log", "--format=%s", "main") == "first\n"


def test_of_a_folder_the_changed_files_are_committed(repo):
    repo.write("plan/a.yaml", "1\n")
    b, c = repo.write("plan/b.yaml", "1\n"), repo.write("plan/c.yaml", "1\n")
    repo.commit_all()
    for name in ("a", "b", "c"):
        repo.write(f"plan/{name}.yaml", "2\n")
    git.commit(repo.root / "plan", [b, c], "two files")
    assert repo.committed() == ["plan/b.yaml", "plan/c.yaml"]
    assert repo("status", "--porcelain") == " M plan/a.yaml\n"


def test_what_was_changed_before_is_in_the_commit_and_said(repo, run):
    repo.write("plan.yaml")
    repo.commit_all()
    repo.write("plan.yaml", OTHER)
    result = run("set", "T001", "end=2024-07-25", "--commit", cwd=repo.root)
    assert "with what was changed before and not committed in plan.yaml" in result.err
    assert repo.commits() == 2
    assert repo("status", "--porcelain") == ""


def test_what_was_staged_of_the_plan_is_in_the_commit_too(repo):
    plan = repo.write("plan.yaml")
    repo.commit_all()
    plan.write_text(OTHER)
    repo("add", "plan.yaml")
    pending = git.require(plan)
    assert pending == {plan}
    plan.write_text(OTHER + "x-note: 1\n")
    told = git.commit(plan, [plan], "noted", pending)
    assert "plan.yaml" in told.en
    assert "plan.yaml" in told.zh
    assert repo("show", "HEAD:plan.yaml") == OTHER + "x-note: 1\n"
    assert repo("status", "--porcelain") == ""


def test_a_change_back_to_what_was_committed_makes_no_commit(repo, run):
    repo.write("plan.yaml")
    repo.commit_all()
    repo.write("plan.yaml", OTHER)
    result = run("set", "T001", "title=Write the brief", "--commit", cwd=repo.root)
    assert result.code == 0
    assert "nothing committed" in result.err
    assert repo.commits() == 1


@pytest.mark.parametrize(
    "message", ["#1 done", "-m", "x" * 5000, "两行\u2028一行", "%B {title} \\n", "  T1  and   T2"]
)
def test_a_message_is_one_line_and_never_cut(repo, message):
    repo("config", "commit.cleanup", "strip")
    plan = repo.write("plan.yaml")
    git.commit(plan, [plan], message)
    wanted = message.replace("\u2028", " ")
    assert repo("log", "-1", "--format=%B") == wanted + "\n\n"


def refusal(plan: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        git.require(plan)
    assert caught.value.message.en != caught.value.message.zh
    return caught.value


def test_without_a_repository_nothing_is_written(tmp_path, run):
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN)
    result = run("set", "T001", "end=2024-07-25", "--commit", cwd=tmp_path)
    assert result.code == 3
    assert "plan.yaml is in no git repository; nothing was written" in result.err
    assert "git init" in result.err
    assert plan.read_text() == PLAN


def test_without_git_nothing_is_written(tmp_path, run):
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN)
    result = run("set", "T001", "end=2024-07-25", "--commit", cwd=tmp_path, PATH=str(tmp_path))
    assert result.code == 3
    assert "git, which is not installed" in result.err
    assert plan.read_text() == PLAN


@pytest.mark.parametrize("pattern", ["plan.yaml", "plans/", "*.yaml"])
def test_an_ignored_plan_is_not_committed(repo, pattern):
    plan = repo.write("plans/plan.yaml")
    repo.write(".gitignore", pattern + "\n")
    assert "git ignores" in refusal(plan).message.en
    repo("add", "--force", "plans/plan.yaml")  # what is in the repository is not ignored
    assert git.require(plan) == {plan}


def test_a_folder_inside_the_repositorys_own_is_none(repo):
    assert "is in no git repository" in refusal(repo.write(".git/plan.yaml")).message.en


def test_what_git_refuses_is_told_in_its_words(repo):
    plan = repo.write("plan.yaml")
    repo.write(".git/config", "[core]\n\trepositoryformatversion = 99\n")
    assert "99" in refusal(plan).message.en


def side_by_side(repo: Repository, side: str, main: str) -> None:
    """Make two branches whose last commits give the file ``other`` these contents."""
    repo.write("other", "0\n")
    repo.commit_all()
    repo("checkout", "--quiet", "-b", "side")
    repo.write("other", side)
    repo.commit_all("side")
    repo("checkout", "--quiet", "main")
    repo.write("more", main)
    repo.write("other", main)
    repo.commit_all("main")


def test_in_the_middle_of_a_merge_nothing_is_written(repo, run):
    plan = repo.write("plan.yaml")
    side_by_side(repo, "0\n1\n", "0\n")
    repo("merge", "--quiet", "--no-ff", "--no-commit", "side")
    result = run("set", "T001", "end=2024-07-25", "--commit", cwd=repo.root)
    assert result.code == 3
    assert "not finished" in result.err
    assert plan.read_text() == PLAN
    repo("commit", "--quiet", "--message", "merged")
    assert run("set", "T001", "end=2024-07-25", "--commit", cwd=repo.root).code == 0
    assert repo.committed() == ["plan.yaml"]


@pytest.mark.parametrize("what", [("cherry-pick", "side"), ("rebase", "side"), ("revert", "side")])
def test_in_the_middle_of_another_conflict_nothing_is_written(repo, what):
    plan = repo.write("plan.yaml")
    side_by_side(repo, "1\n", "2\n")
    with pytest.raises(AssertionError):  # it conflicts
        repo(*what)
    assert "not finished" in refusal(plan).message.en


def test_a_cherry_pick_is_not_over_with_its_conflict(repo):
    plan = repo.write("plan.yaml")
    side_by_side(repo, "1\n", "2\n")
    with pytest.raises(AssertionError):  # it conflicts
        repo("cherry-pick", "side")
    repo.write("other", "3\n")
    repo("add", "other")
    assert "not finished" in refusal(plan).message.en
    repo("commit", "--quiet", "--message", "picked")
    assert git.require(plan) == frozenset()


def test_without_an_identity_the_plan_is_written_but_not_committed(repo, run):
    repo.write("first", "1\n")
    repo.commit_all()
    plan = repo.write("plan.yaml")
    repo("config", "user.useConfigOnly", "true")
    nobody = dict.fromkeys(IDENTITY, "")
    result = run("set", "T001", "title=Write a brief", "--commit", cwd=repo.root, **nobody)
    assert result.code == 3
    assert "the plan is written, but not committed: " in result.err
    assert "ident" in result.err
    assert "git add -- plan.yaml && git commit -- plan.yaml" in result.err
    assert "+   T001: {title: Write a brief" in result.out  # what was written is shown all the same
    assert plan.read_text() == OTHER
    assert repo.commits() == 1
    assert repo("status", "--porcelain", "plan.yaml") == "?? plan.yaml\n"
    repo("config", "user.useConfigOnly", "false")
    repo("add", "--", "plan.yaml")  # as the hint says
    repo("commit", "--quiet", "--message", "by hand", "--", "plan.yaml")
    assert repo.committed() == ["plan.yaml"]


def test_hooks_run_and_see_what_is_committed(repo):
    hook(repo, "pre-commit", "git diff --cached --name-only > seen; echo checked; echo fine >&2\n")
    hook(repo, "commit-msg", 'echo "Signed-off-by: Li" >> "$1"\n')
    plan = repo.write("plan.yaml")
    git.commit(plan, [plan], "begun")
    assert (repo.root / "seen").read_text() == "plan.yaml\n"
    assert "Signed-off-by: Li" in repo("log", "-1", "--format=%B")


def test_a_hook_that_refuses_is_heard_and_harmless(repo, run):
    repo.write("plan.yaml")
    repo.commit_all()
    hook(repo, "pre-commit", r"printf 'the budget is \033[31mclosed\033[0m\nask finance\n' >&2; exit 1")
    result = run("set", "T001", "title=Write a brief", "--commit", cwd=repo.root)
    assert result.code == 3
    assert "not committed: the budget is [31mclosed[0m ask finance\n" in result.err
    assert repo.commits() == 1
    assert (repo.root / "plan.yaml").read_text() == OTHER


def test_a_refused_commit_leaves_the_index_as_it_was(repo):
    repo.write("staged", "1\n")
    repo("add", "staged")
    plan = repo.write("plan.yaml")
    hook(repo, "pre-commit", "exit 1")
    with pytest.raises(UnreadableError):
        git.commit(plan, [plan], "begun")
    assert repo("status", "--porcelain") == "A  staged\n?? plan.yaml\n"


def test_an_index_in_use_is_not_waited_for(repo):
    plan = repo.write("plan.yaml")
    repo.write(".git/index.lock", "")
    with pytest.raises(UnreadableError, match=r"index\.lock"):
        git.commit(plan, [plan], "begun")
