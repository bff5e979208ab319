"""What docs/ci.md, the hooks and the action promise, done for real: commits, branches, cron, shells."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from conftest import ROOT
from mktexec.commands.app import COMMANDS, command
from test_git import Repository

pytestmark = pytest.mark.usefixtures("own_git")

PAGES = ("docs/ci.md", "docs/ci.zh.md")
PROGRAMS = Path(sys.executable).parent  # mktexec is installed there
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GIT, PRE_COMMIT, BASH = map(shutil.which, ("git", "pre-commit", "bash"))
SYSTEMD = shutil.which("systemd-analyze")
CJK = re.compile(r"[\u3400-\u9fff]")
DAY = "2024-07-22"
PLAN = """\
mktexec: 1
campaign: {title: 夏季新品, owner: wang, language: zh, period: {start: 2024-07-01, end: 2024-09-30}}
people:
  wang: {name: 王磊}
goals:
  G1: {title: 7月线上销售额达160万元, owner: wang, due: 2024-07-31}
initiatives:
  I1: {title: 新品预热, goal: G1, owner: wang}
tasks:
  T001: {title: 访谈12位目标用户, initiative: I1, owner: wang, end: 2024-07-19, deliverable: 访谈记录}
  T002: {title: 拍摄3条短视频, initiative: I1, owner: wang, end: 2024-07-30, deliverable: 成片}
kpis:
  K1: {title: 线上销售额, goal: G1, unit: 万元, target: 160, source: 电商后台}
"""
LATE = "  T003: {title: 选出5家供应商, initiative: I1, owner: wang, end: 2024-07-18, deliverable: 名单}\n"
WITH_LATE = PLAN.replace("kpis:\n", LATE + "kpis:\n")
INNOCENT = PLAN.replace("拍摄3条短视频", "拍摄4条短视频")
RECORDED = PLAN.replace("end: 2024-07-19,", "end: 2024-07-19, progress: 80,")
UNSOUND = PLAN.replace(
    "initiative: I1, owner: wang, end: 2024-07-30", "initiative: I9, owner: wang, end: 2024-07-30"
)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(page, language):
    return [text for kind, text in FENCE.findall(read(page)) if kind == language]


def block(page, language, beginning):
    """Return the one block of a page that begins so."""
    (found,) = [one for one in blocks(page, language) if one.startswith(beginning)]
    return found


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Fix the day, and let the program of this environment be found."""
    monkeypatch.setenv("MKTEXEC_TODAY", DAY)
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


# --- pre-commit ---------------------------------------------------------------------------

HOOK = """\
#!{python}
# Runs the hooks as pre-commit does: on the files of the commit that match, in one run each.
import re, shlex, subprocess, sys
listed = subprocess.run(["git", "diff", "--cached", "--name-only", "--diff-filter=ACMRT", "-z"],
                        capture_output=True, text=True, check=True).stdout
staged = listed.split("\\0")[:-1]
worst = 0
for hook in {hooks!r}:
    files = [one for one in staged if re.search(hook["files"], one)]
    given = files if hook.get("pass_filenames", True) else []
    if files:
        code = subprocess.call([*shlex.split(hook["entry"]), *hook.get("args", []), *given])
        print(hook["id"], "exit", code, flush=True)
        worst = max(worst, code)
sys.exit(worst)
"""


def guarded(folder, hooks):
    """Return a repository with one commit, whose next commits the hooks see."""
    repo = Repository(folder)
    repo.write("plans/sale.yaml", PLAN)
    repo.commit_all()
    path = repo.root / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HOOK.format(python=sys.executable, hooks=hooks), encoding="utf-8")
    path.chmod(0o755)
    return repo


@pytest.fixture
def repo(tmp_path):
    return guarded(tmp_path / "repo", HOOKS)


def commit(repo, **env):
    """Commit everything; return git's exit code and all that was said."""
    repo("add", "--all")
    done = subprocess.run(
        [GIT, "-C", repo.root, "commit", "--message", "next"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=os.environ | env,
    )
    return done.returncode, done.stdout + done.stderr


def exits(said):
    return re.findall(r"^(\S+) exit (\d+)$", said, re.MULTILINE)


def test_a_commit_that_adds_a_late_task_is_refused_and_names_it(repo):
    repo.write("plans/sale.yaml", WITH_LATE)
    code, said = commit(repo)
    assert (code, repo.commits()) == (1, 1)
    assert exits(said) == [("mktexec-check", "0"), ("mktexec-warn", "1")]
    assert "plans/sale.yaml:12:60: 升级 [task-late]\n    T003  选出5家供应商：延误 4 天" in said
    assert "T001" not in said


def test_an_innocent_commit_passes_although_another_task_is_late(repo, run):
    assert "task-late:T001" in run("warn", repo.root / "plans" / "sale.yaml").out
    repo.write("plans/sale.yaml", INNOCENT)
    code, said = commit(repo)
    assert (code, repo.commits()) == (0, 2)
    assert exits(said) == [("mktexec-check", "0"), ("mktexec-warn", "0")]
    assert "task-late" not in said


def test_progress_on_a_task_that_is_late_already_is_recorded(repo):
    repo.write("plans/sale.yaml", RECORDED)
    assert commit(repo)[0] == 0
    assert repo.commits() == 2


def test_an_unsound_plan_is_refused_by_check(repo):
    repo.write("plans/sale.yaml", UNSOUND)
    code, said = commit(repo)
    assert (code, repo.commits()) == (1, 1)
    assert ("mktexec-check", "1") in exits(said)
    assert "[unknown-reference]" in said


def test_a_commit_without_plans_runs_nothing(repo):
    repo.write("notes.yaml", "no: plan\n")
    code, said = commit(repo)
    assert (code, exits(said)) == (0, [])


def test_the_very_first_commit_of_a_plan_passes(tmp_path):
    repo = guarded(tmp_path / "repo", HOOKS)
    repo("update-ref", "-d", "HEAD")
    repo.write("plans/sale.yaml", PLAN.replace("2024-07-19", "2024-07-29"))
    code, said = commit(repo)
    assert (code, exits(said)) == (0, [("mktexec-check", "0"), ("mktexec-warn", "0")])


def test_in_a_worktree_too_only_what_is_new_stops(repo, tmp_path):
    repo("worktree", "add", "--quiet", "-b", "side", tmp_path / "side")
    side = Repository(tmp_path / "side")
    side.write("plans/sale.yaml", INNOCENT)
    assert commit(side)[0] == 0
    side.write("plans/sale.yaml", WITH_LATE)
    code, said = commit(side)
    assert code == 1
    assert re.findall(r"\[task-late\]\n +(T\d+)", said) == ["T003"]


def test_a_plan_that_is_a_folder_runs_as_the_page_says(tmp_path):
    given = {
        one["id"]: one for one in yaml.safe_load(block("docs/ci.md", "yaml", "      - id: mktexec-check"))
    }
    assert given.keys() == {one["id"] for one in HOOKS}
    repo = guarded(tmp_path / "repo", [one | given[one["id"]] for one in HOOKS])
    head, tasks = PLAN.split("tasks:\n")
    tasks, rest = tasks.split("kpis:\n")
    repo.write("plan/campaign.yaml", f"{head}kpis:\n{rest}")
    repo.write("plan/tasks.yaml", "tasks:\n" + tasks)
    repo("add", "--all")
    repo("commit", "--quiet", "--no-verify", "--message", "the folder")
    repo.write("plan/tasks.yaml", "tasks:\n" + tasks.replace("3条", "4条"))
    assert commit(repo)[0] == 0
    repo.write("plan/tasks.yaml", "tasks:\n" + tasks + LATE)
    code, said = commit(repo)
    assert (code, exits(said)) == (1, [("mktexec-check", "0"), ("mktexec-warn", "1")])
    assert "T003  选出5家供应商：延误 4 天" in said


@pytest.mark.parametrize("hook", HOOKS, ids=lambda one: one["id"])
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("plan.yaml", True),
        ("autumn/plan.yaml", True),
        ("plans/春季.yaml", True),
        ("plans/q3/plan.yaml", True),
        ("marketing/plans/q3.yaml", True),
        ("plans/q3/calendar.yaml", False),
        ("plans/.notify.yaml", False),
        ("myplan.yaml", False),
        ("myplans/q3.yaml", False),
        ("plan/tasks.yaml", False),
        ("plans/q3.yaml.orig", False),
        ("plan.schema.json", False),
        (".gitlab-ci.yml", False),
        (".github/workflows/plan.yml", False),
    ],
)
def test_a_hook_sees_plans_and_no_other_yaml(hook, name, wanted):
    assert bool(re.search(hook["files"], name)) is wanted


@pytest.mark.skipif(PRE_COMMIT is None, reason="pre-commit is not installed")
def test_pre_commit_runs_the_hooks(tmp_path):
    repo = Repository(tmp_path / "repo")
    hooks = [{key: one[key] for key in one if key != "minimum_pre_commit_version"} for one in HOOKS]
    config = {"repos": [{"repo": "local", "hooks": [one | {"language": "system"} for one in hooks]}]}
    repo.write("plans/sale.yaml", PLAN)
    repo.write(".pre-commit-config.yaml", yaml.safe_dump(config))
    repo.commit_all()
    store = {"PRE_COMMIT_HOME": str(tmp_path / "store")}
    subprocess.run(
        [PRE_COMMIT, "install"], cwd=repo.root, env=os.environ | store, check=True, capture_output=True
    )
    repo.write("plans/sale.yaml", INNOCENT)
    code, said = commit(repo, **store)
    assert code == 0, said
    assert re.findall(r"^(mktexec \w+)\.+(\w+)$", said, re.MULTILINE) == [
        ("mktexec check", "Passed"),
        ("mktexec warn", "Passed"),
    ]
    repo.write("plans/sale.yaml", WITH_LATE)
    code, said = commit(repo, **store)
    assert (code, repo.commits()) == (1, 2)
    assert "- exit code: 1\n" in said
    assert re.findall(r"\[task-late\]\n +(T\d+)", said) == ["T003"]


# --- a branch -----------------------------------------------------------------------------


@pytest.fixture
def branch(tmp_path):
    """Return a repository on a branch that adds one late task."""
    repo = Repository(tmp_path / "repo")
    repo.write("plans/sale.yaml", PLAN)
    repo.commit_all()
    repo("checkout", "--quiet", "-b", "supplier")
    repo.write("plans/sale.yaml", WITH_LATE)
    repo.commit_all("one more task")
    return repo


def test_a_branch_that_adds_a_late_task_reports_exactly_that_in_text(branch, run):
    both = run("warn", "plans/sale.yaml", cwd=branch.root)
    assert re.findall(r"\[task-late\]\n +(T\d+)", both.out) == ["T003", "T001"]
    result = run("warn", "plans/sale.yaml", "--new-since", "main", "--min-level", "warn", cwd=branch.root)
    assert result.code == 1
    assert re.findall(r"\[(.+)\]\n +(T\d+)", result.out) == [("task-late", "T003")]
    assert result.err == "升级 1\n"


def test_a_branch_that_adds_a_late_task_reports_exactly_that_in_json(branch, run):
    result = run(
        "warn", "plans/sale.yaml", "--new-since=main", "--min-level=warn", "--format=json", cwd=branch.root
    )
    (found,) = json.loads(result.out)["findings"]
    shown = {key: found[key] for key in ("code", "level", "subject", "file", "line", "days")}
    assert shown == {
        "code": "task-late",
        "level": "escalate",
        "subject": "T003",
        "file": "plans/sale.yaml",
        "line": 12,
        "days": 4,
    }


def test_a_branch_that_adds_a_late_task_reports_exactly_that_to_github(branch, run):
    result = run(
        "warn", "plans/sale.yaml", "--new-since=main", "--min-level=warn", "--format=github", cwd=branch.root
    )
    assert result.code == 1
    (line,) = result.out.splitlines()
    place = "file=plans/sale.yaml,line=12,col=60"
    assert line.startswith(f"::error {place},title=升级 task-late%3AT003::T003  选出5家供应商：延误 4 天")


def test_a_branch_that_leaves_the_late_alone_reports_nothing(branch, run):
    branch.write("plans/sale.yaml", INNOCENT)
    branch.commit_all("no more task")
    result = run("warn", "plans/sale.yaml", "--new-since", "main", cwd=branch.root)
    assert (result.code, result.out, result.err) == (0, "", "")


# --- cron and systemd ---------------------------------------------------------------------

ASSIGNED = re.compile(r"([A-Z_]+)=(.*)")
SCHEDULE = re.compile(r"((?:\S+\s+){5})(.+)")


@pytest.fixture
def server(tmp_path):
    """Return the server's clone of a repository with two plans, behind by the commit that makes one late."""
    first = Repository(tmp_path / "work")
    first.write("plans/sale.yaml", PLAN.replace("2024-07-19", "2024-07-29"))
    first.write("plans/autumn.yaml", PLAN.replace("夏季新品", "秋季新品").replace("2024-07-19", "2024-07-29"))
    first.commit_all()
    first("clone", "--quiet", "--bare", first.root, tmp_path / "origin.git")
    first("remote", "add", "origin", tmp_path / "origin.git")
    clone = tmp_path / "srv" / "plans"
    clone.parent.mkdir()
    first("clone", "--quiet", tmp_path / "origin.git", clone)
    first.write("plans/sale.yaml", PLAN)
    first.commit_all("late")
    first("push", "--quiet", "origin", "main")
    return clone


def here(text, server):
    """Return a line of the pages with this machine's paths."""
    return text.replace("/srv/mktexec/bin", str(PROGRAMS)).replace("/srv/plans", str(server))


def crontab(page):
    """Return what the lines of a crontab set, and the one command as cron hands it to the shell."""
    settings, commands = {}, []
    for line in block(page, "crontab", "PATH=").splitlines():
        if found := ASSIGNED.fullmatch(line):
            settings[found[1]] = found[2]
        else:
            when, text = SCHEDULE.fullmatch(line).groups()
            assert when.split() == ["30", "8", "*", "*", "1-5"]
            assert not re.search(r"(?<!\\)%", text)
            commands.append(text.replace(r"\%", "%"))
    (told,) = commands
    return settings, told


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", [None, "C"])
def test_the_cron_line_runs_with_what_cron_gives(page, lang, server, tmp_path):
    settings, told = crontab(page)
    home = tmp_path / "home"
    home.mkdir()
    env = {"HOME": str(home), "LOGNAME": "plans", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin"}
    env |= settings | ({"LANG": lang} if lang else {}) | {"MKTEXEC_TODAY": DAY}
    env["PATH"] = here(env["PATH"], server)
    done = subprocess.run(
        ["/bin/sh", "-c", here(told, server)],
        cwd=home,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert (done.stdout, done.stderr) == (b"", b"")
    (log,) = home.iterdir()
    assert re.fullmatch(r"mktexec-\d{4}-\d\d-\d\d\.log", log.name)
    text = log.read_bytes().decode("utf-8")
    assert "访谈12位目标用户：延误 3 天" in text
    assert "Traceback" not in text


def unit(page, name):
    """Return a unit of the pages as sections of settings."""
    parser = ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read_string(block(page, "ini", f"# /etc/systemd/system/{name}"))
    return parser


@pytest.mark.parametrize("page", PAGES)
def test_the_service_runs_with_what_it_is_given(page, server, tmp_path):
    service = unit(page, "mktexec-warn.service")["Service"]
    env = dict(one.split("=", 1) for one in shlex.split(service["Environment"]))
    env = {key: here(value, server) for key, value in env.items()}
    env |= {"HOME": str(tmp_path), "LOGNAME": "plans", "SHELL": "/bin/sh", "MKTEXEC_TODAY": DAY}
    for line, code in ((service["ExecStartPre"], 0), (service["ExecStart"], 1)):
        done = subprocess.run(
            shlex.split(here(line, server)),
            cwd=here(service["WorkingDirectory"], server),
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == code, done.stderr.decode()
    assert "访谈12位目标用户：延误 3 天" in done.stdout.decode("utf-8")
    assert service["SuccessExitStatus"] == "1"


@pytest.mark.parametrize("page", PAGES)
def test_the_timer_says_working_mornings_and_makes_up_for_missed_ones(page):
    timer = unit(page, "mktexec-warn.timer")
    assert dict(timer["Timer"]) == {"OnCalendar": "Mon..Fri 08:30", "Persistent": "true"}
    assert dict(timer["Install"]) == {"WantedBy": "timers.target"}


@pytest.mark.skipif(SYSTEMD is None, reason="systemd is not installed")
@pytest.mark.parametrize("page", PAGES)
def test_systemd_takes_the_units(page, tmp_path):
    for name in ("mktexec-warn.service", "mktexec-warn.timer"):
        (tmp_path / name).write_text(block(page, "ini", f"# /etc/systemd/system/{name}"), encoding="utf-8")
    done = subprocess.run(
        [SYSTEMD, "verify", tmp_path / "mktexec-warn.timer"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert [line for line in done.stderr.splitlines() if "mktexec-warn" in line] == []
    assert done.returncode == 0, done.stderr


# --- the action ---------------------------------------------------------------------------

INSTALL, RUN = [step for step in ACTION["runs"]["steps"] if "run" in step]
GITHUB_BASH = (BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c")  # as a runner calls it


class Ran:
    """What the action did in a folder: exit code, its log, the summary of the job."""

    def __init__(self, folder, **inputs):
        given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        assert given.keys() == ACTION["inputs"].keys()
        summary = folder.parent / "summary.md"
        step = {
            key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: given[found[1]], value)
            for key, value in RUN["env"].items()
        }
        done = subprocess.run(
            [*GITHUB_BASH, RUN["run"]],
            cwd=folder,
            env=os.environ | step | {"GITHUB_STEP_SUMMARY": str(summary)},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=120,
        )
        self.code, self.log, self.err = done.returncode, done.stdout, done.stderr
        self.summary = summary.read_text(encoding="utf-8") if summary.exists() else ""


@pytest.fixture
def checked_out(tmp_path):
    repo = Repository(tmp_path / "checked out")
    repo.write("plans/sale.yaml", PLAN)
    repo.write("plans/winter sale.yaml", PLAN.replace("夏季新品", "冬季新品"))
    repo.commit_all()
    return repo


def test_the_action_checks_every_plan_that_a_pattern_names(checked_out):
    done = Ran(checked_out.root, plans="plans/*")
    assert (done.code, done.log, done.summary) == (0, "", "没有发现问题。\n")


def test_the_action_annotates_sums_up_and_fails_as_the_program(checked_out):
    done = Ran(checked_out.root, plans="plans/sale.yaml\nplans/winter sale.yaml\n", command="warn")
    assert done.code == 1
    late = [line for line in done.log.splitlines() if "task-late%3AT001" in line]
    assert [re.search(r"file=([^,]+),line=10,", line)[1] for line in late] == [
        "plans/sale.yaml",
        "plans/winter sale.yaml",
    ]
    assert done.summary.startswith("# 截至 2024-07-22 需要处理的事项\n")
    assert "| plans/winter sale.yaml:10 |" in done.summary


def test_the_inputs_of_the_action_reach_the_program(checked_out):
    checked_out("branch", "base")
    checked_out.write("plans/sale.yaml", WITH_LATE)
    checked_out.commit_all()
    given = {"plans": "plans/sale.yaml", "command": "warn", "new_since": "base"}
    done = Ran(checked_out.root, **given, args="--min-level  escalate --select task-*,task-late")
    assert (done.code, done.log) == (2, "")  # of args nothing is filled in, and there is no such rule
    done = Ran(checked_out.root, **given, args="--min-level  escalate --select task-late")
    assert done.code == 1
    assert re.findall(r"%3A(T\d+)::", done.log) == ["T003"]
    assert Ran(checked_out.root, **given, fail_on="error").code == 0


def test_the_action_takes_the_only_plan_when_none_is_named(tmp_path):
    repo = Repository(tmp_path / "repo")
    repo.write("plan.yaml", PLAN)
    assert Ran(repo.root, command="warn").code == 1


def test_the_action_says_what_it_cannot_read(checked_out):
    done = Ran(checked_out.root, plans="none/*")
    assert (done.code, done.log) == (3, "")
    assert "there is no plan at none/*" in done.err


@pytest.mark.parametrize("name", sorted(ACTION["inputs"].keys() - {"python-version"}))
@pytest.mark.parametrize(
    "hostile",
    [
        "; touch x",
        "$(touch x)",
        "`touch x`",
        '"; touch x; "',
        "'; touch x; '",
        "x\ntouch x",
        "${IFS}& touch x",
    ],
)
def test_an_input_is_never_code(checked_out, name, hostile):
    given = {"plans": "plans/*", "command": "warn"} | {name.replace("-", "_"): hostile}
    done = Ran(checked_out.root, **given)
    assert done.code in (2, 3), done.log
    assert not list(checked_out.root.parent.rglob("x"))
    assert "touch:" not in done.log  # its own words; the name of a plan that is not there is data


def test_a_plan_does_not_speak_to_the_runner(tmp_path):
    repo = Repository(tmp_path / "repo")
    repo.write(
        "plan.yaml", PLAN.replace("访谈12位目标用户", '"访谈12位\\n::set-output name=x::y%0A::error::z"')
    )
    log = Ran(repo.root, command="warn").log
    assert "访谈12位" in log
    assert [
        line for line in log.splitlines() if not re.match(r"::(error|warning|notice) file=plan\.yaml,", line)
    ] == []


def test_the_action_installs_itself_and_runs_nothing_that_is_checked_out(tmp_path):
    (tmp_path / "pip.py").write_text("open('x', 'w')\n")
    package = tmp_path / "the action"
    done = subprocess.run(
        [*GITHUB_BASH, INSTALL["run"] + " --dry-run --no-index --no-deps"],
        cwd=tmp_path,
        env=os.environ | {"GITHUB_ACTION_PATH": str(package)},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 1
    assert f"'{package}'" in done.stderr  # pip itself was asked for one package, which is not there
    assert not (tmp_path / "x").exists()


def test_the_action_uses_its_inputs_and_no_others():
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", text)) == ACTION["inputs"].keys()
    assert all("${{" not in step["run"] for step in (INSTALL, RUN))
    assert all(one["description"] for one in ACTION["inputs"].values())


# --- the pages ----------------------------------------------------------------------------

PLACE = "your-org/mktexec@"
UNTOLD = re.compile(r" +# .*$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_every_block_of_yaml_is_yaml(page):
    assert [type(yaml.safe_load(one)) for one in blocks(page, "yaml")] == [dict, list, dict, dict, dict, list]


def uses(text):
    return re.findall(r"uses: (\S+)", text)


@pytest.mark.parametrize("page", PAGES)
def test_actions_are_pinned_to_a_major_version(page):
    found = [*uses(read(page)), *uses(read("action.yml"))]
    assert [one for one in found if not re.search(r"@v\d+$", one) and not one.startswith(PLACE)] == []
    assert len(found) > 5


@pytest.mark.parametrize("page", PAGES)
def test_workflows_give_the_action_inputs_that_it_has(page):
    flows = [yaml.safe_load(one) for one in blocks(page, "yaml") if one.startswith("# .github/workflows")]
    steps = [step for flow in flows for job in flow["jobs"].values() for step in job["steps"]]
    given = [step["with"] for step in steps if step.get("uses", "").startswith(PLACE)]
    assert len(given) == 3
    assert [one for one in given if not one.keys() <= ACTION["inputs"].keys()] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_the_hooks_that_there_are(page):
    config = yaml.safe_load(block(page, "yaml", "# .pre-commit-config.yaml"))
    assert [one["id"] for one in config["repos"][0]["hooks"]] == [one["id"] for one in HOOKS]


def command_lines(page):
    """Yield every command line of the program on a page, cut where the shell cuts it."""
    text = read(page)
    spans = [body for _, body in FENCE.findall(text)] + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    names = "|".join(COMMANDS)
    for one in spans:
        yield from re.findall(rf"\bmktexec (?:{names})\b[^\n&|;>'#]*", one)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_on_the_page_parses(page):
    lines = list(command_lines(page))
    assert len(lines) > 8
    for line in lines:
        _, word, *arguments = shlex.split(line)
        root = command().make_context("mktexec", [word])
        root.command.get_command(root, word).make_context(word, arguments)


def test_both_languages_hold_the_same_blocks_but_for_their_comments():
    english, chinese = (
        [(kind, UNTOLD.sub("", text)) for kind, text in FENCE.findall(read(one))] for one in PAGES
    )
    assert english == chinese
    assert not CJK.search(read("docs/ci.md"))


def test_both_languages_have_the_same_headings():
    english, chinese = (
        [line.split(" ")[0] for line in FENCE.sub("", read(one)).splitlines() if line.startswith("#")]
        for one in PAGES
    )
    assert english == chinese
    assert english.count("##") == 7


@pytest.mark.parametrize("page", PAGES)
def test_the_table_of_exit_codes_is_what_the_program_means(page):
    from mktexec import cli

    codes = re.findall(r"^\| (\d+) \|", read(page), re.MULTILINE)
    assert list(map(int, codes)) == [cli.OK, cli.FINDINGS, cli.USAGE, cli.UNREADABLE, cli.DEFECT]
