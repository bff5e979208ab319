"""A plan's past in git: its texts at a revision and the revision of a day, in real repositories."""

from datetime import date
from pathlib import Path

import pytest

from mktexec.errors import UnreadableError
from mktexec.store.history import committed_on, revision_before, texts_at
from mktexec.store.load import load
from test_git import PLAN, Repository

OTHER = PLAN.replace("Write the brief", "Write a brief")
TASKS = "tasks:\n  T001: {title: Write the brief, owner: li, start: 2024-07-15, end: 2024-07-26}\n"
HEAD = PLAN.replace(TASKS, "")

pytestmark = pytest.mark.usefixtures("own_git")


class Past(Repository):
    """A repository whose commits have days."""

    def commit_at(self, moment: str, *options: str) -> str:
        """Commit everything at a moment; return the commit's name."""
        with pytest.MonkeyPatch.context() as patch:
            for role in ("AUTHOR", "COMMITTER"):
                patch.setenv(f"GIT_{role}_DATE", moment)
            self("add", "--all")
            self("commit", "--quiet", "--allow-empty", "--message", moment, *options)
        return self("rev-parse", "HEAD").strip()


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(tmp_path / "repo")


def refusal(plan: Path, revision: str) -> UnreadableError:
    """Return the error that a revision is refused with."""
    with pytest.raises(UnreadableError) as caught:
        texts_at(plan, revision)
    return caught.value


def test_a_file_is_read_as_it_was_at_each_revision(past):
    plan = past.write("plan.yaml")
    first = past.commit_at("2024-07-01T09:00:00+0800")
    past.write("plan.yaml", OTHER)
    past.write("other.yaml", "not: ours\n")
    past.commit_at("2024-07-02T09:00:00+0800")
    past("tag", "signed", first)
    past.write("plan.yaml", "in work\n")
    name = plan.as_posix()
    assert texts_at(plan, first) == texts_at(plan, "signed") == texts_at(plan, "HEAD~1") == {name: PLAN}
    assert texts_at(plan, "main") == texts_at(plan, "@{0}") == {name: OTHER}


def test_a_name_is_that_which_the_plan_is_shown_with(past, monkeypatch):
    past.write("plans/春 季/plan.yaml")
    past.commit_at("2024-07-01T09:00:00+0800")
    monkeypatch.chdir(past.root / "plans")
    assert texts_at(Path("春 季/plan.yaml"), "HEAD") == {"春 季/plan.yaml": PLAN}
    monkeypatch.chdir(past.root / "plans" / "春 季")
    assert texts_at(Path("plan.yaml"), "HEAD") == {"plan.yaml": PLAN}
    assert texts_at(Path("../春 季/plan.yaml"), "HEAD") == {"../春 季/plan.yaml": PLAN}


def test_a_folder_has_the_files_of_its_time(past, monkeypatch):
    past.write("plan/campaign.yaml", HEAD)
    past.write("plan/旧.yml", TASKS)
    past.write("plan/notes.md", "no plan")
    past.write("plan/.draft.yaml", "hidden: true\n")
    past.write("plan/sub/more.yaml", "deeper: true\n")
    past.commit_at("2024-07-01T09:00:00+0800")
    past("rm", "--quiet", "plan/旧.yml")
    past.write("plan/new.yaml", TASKS.replace("T001", "T002"))
    past.commit_at("2024-07-02T09:00:00+0800")
    monkeypatch.chdir(past.root)
    plan = Path("plan")
    assert texts_at(plan, "HEAD~1") == {"plan/campaign.yaml": HEAD, "plan/旧.yml": TASKS}
    assert list(texts_at(plan, "HEAD")) == ["plan/campaign.yaml", "plan/new.yaml"]
    before, now = (load(plan, texts_at(plan, one), whole=True).plan for one in ("HEAD~1", "HEAD"))
    assert [list(one.tasks) for one in (before, now)] == [["T001"], ["T002"]]
    assert list(load(plan).plan.tasks) == ["T002"]


def test_before_the_plan_was_there_it_has_no_texts(past):
    past.write("README.md", "soon")
    past.commit_at("2024-07-01T09:00:00+0800")
    file, inside = past.write("plan.yaml"), past.write("plans/deep/plan.yaml")
    assert texts_at(file, "HEAD") == texts_at(inside, "HEAD") == texts_at(inside.parent, "HEAD") == {}


def test_a_plan_reached_through_links_is_found(past, tmp_path):
    past.write("shared/plan.yaml")
    (past.root / "plan").mkdir()
    (past.root / "plan" / "plan.yaml").symlink_to("../shared/plan.yaml")
    past.commit_at("2024-07-01T09:00:00+0800")
    (tmp_path / "short").symlink_to(past.root / "shared")
    for plan in (tmp_path / "short" / "plan.yaml", past.root / "plan" / "plan.yaml"):
        assert texts_at(plan, "HEAD") == {plan.as_posix(): PLAN}
    folder = past.root / "plan"
    assert texts_at(folder, "HEAD") == {f"{folder.as_posix()}/plan.yaml": PLAN}


def test_a_byte_order_mark_is_no_part_of_the_text(past):
    plan = past.write("plan.yaml", "\ufeff" + PLAN)
    past.commit_at("2024-07-01T09:00:00+0800")
    assert texts_at(plan, "HEAD") == {plan.as_posix(): PLAN}


def test_a_file_that_was_not_utf_8_is_named(past):
    plan = past.write("plan.yaml")
    plan.write_bytes("title: 大促\n".encode("gb18030"))
    past.commit_at("2024-07-01T09:00:00+0800")
    assert "plan.yaml was not UTF-8" in refusal(plan, "HEAD").message.en


@pytest.mark.parametrize("revision", ["v9", "HEAD~5", "", "--all", "-1", "HEAD:plan.yaml", "main\n", "a..b"])
def test_what_names_no_commit_is_refused(past, revision):
    plan = past.write("plan.yaml")
    past.commit_at("2024-07-01T09:00:00+0800")
    error = refusal(plan, revision)
    assert f"no revision '{revision}'" in error.message.en
    assert "HEAD~1" in error.hint.en


def test_a_shallow_clone_says_how_it_gets_its_past(past, tmp_path):
    past.write("plan.yaml")
    first = past.commit_at("2024-07-01T09:00:00+0800")
    past.write("plan.yaml", OTHER)
    last = past.commit_at("2024-07-03T09:00:00+0800")
    clone = tmp_path / "clone"
    past("clone", "--quiet", "--depth=1", past.root.as_uri(), clone)
    plan = clone / "plan.yaml"
    assert "--unshallow" in refusal(plan, first).hint.en
    assert revision_before(plan, date(2024, 7, 2)) is None
    assert revision_before(plan, date(2024, 7, 3)) == last


def test_outside_a_repository_a_revision_is_refused_and_a_day_has_none(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN)
    assert "no history in git" in refusal(plan, "HEAD").message.en
    assert revision_before(plan, date(2024, 7, 2)) is None
    assert committed_on(plan, "HEAD") is None


def test_a_repository_without_commits_has_no_past(past):
    plan = past.write("plan.yaml")
    assert texts_at(plan, "HEAD") == {}
    assert "no revision 'main'" in refusal(plan, "main").message.en
    assert revision_before(plan, date(2024, 7, 2)) is None


def test_without_git_a_revision_is_refused_and_a_day_has_none(past, monkeypatch, tmp_path):
    plan = past.write("plan.yaml")
    past.commit_at("2024-07-01T09:00:00+0800")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git, which is not installed" in refusal(plan, "HEAD").message.en
    assert revision_before(plan, date(2024, 7, 2)) is None


def test_a_day_has_the_last_commit_of_its_evening(past):
    plan = past.write("plan.yaml")
    first = past.commit_at("2024-07-01T09:00:00+0800")
    noon, evening = (past.commit_at(f"2024-07-03T{hour}:00:00+0800") for hour in (12, 23))
    past.commit_at("2024-07-04T00:00:00+0800")
    days = {day: revision_before(plan, date(2024, 7, day)) for day in (1, 2, 3)}
    assert days == {1: first, 2: first, 3: evening}
    assert noon != evening
    assert revision_before(plan, date(2024, 6, 30)) is None
    assert committed_on(plan, first) == date(2024, 7, 1)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_the_day_of_a_commit_is_its_committers_wherever_one_looks_from(past, monkeypatch, zone):
    monkeypatch.setenv("TZ", zone)
    plan = past.write("plan.yaml")
    china = past.commit_at("2024-07-02T07:30:00+0800")  # 1 July in UTC
    west = past.commit_at("2024-07-02T20:00:00-0800")  # 3 July in UTC
    assert revision_before(plan, date(2024, 7, 1)) is None
    assert revision_before(plan, date(2024, 7, 2)) == west
    assert [committed_on(plan, one) for one in (china, west)] == [date(2024, 7, 2)] * 2


def test_what_lay_on_a_side_branch_was_not_the_plan_until_it_was_merged(past):
    plan = past.write("plan.yaml")
    first = past.commit_at("2024-07-01T09:00:00+0800")
    past("switch", "--quiet", "--create", "side")
    past.write("plan.yaml", OTHER)
    past.commit_at("2024-07-02T09:00:00+0800")
    past("switch", "--quiet", "main")
    past("merge", "--quiet", "--no-ff", "--no-commit", "side")
    merged = past.commit_at("2024-07-05T09:00:00+0800")
    assert revision_before(plan, date(2024, 7, 4)) == first
    assert revision_before(plan, date(2024, 7, 5)) == merged
