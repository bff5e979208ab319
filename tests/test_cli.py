"""The contract of the command line: exit codes, streams, plan, day and language, hostile surroundings."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from conftest import COMMAND, EXAMPLE, FIXED, GOLDEN

FAULTY = GOLDEN / "plans" / "faulty.yaml"
REMIND, WARN, ESCALATE = "2024-07-21", "2024-07-22", "2024-07-23"
QUIET = "2024-06-20"  # nothing is late, due or stale yet
ANSWERS = (["status"], ["schedule"], ["render", "retrospective"], ["render", "tracking-record"])

SMALL = """\
mktexec: 1
campaign:
  title: {title}
  period: {{start: 2024-07-01, end: 2024-07-31}}
  owner: wang
  calendar: weekdays
people:
  wang: {{name: Wang}}
goals:
  G1: {{title: 100 orders by 2024-07-31, owner: wang, due: 2024-07-31}}
initiatives:
  I1: {{title: {title}, goal: G1, owner: wang}}
tasks:
  T1: {{title: {title}, initiative: I1, owner: wang, start: 2024-07-01, end: 2024-07-12, deliverable: list}}
kpis:
  K1: {{title: {title}, goal: G1, target: 100, unit: orders, source: shop, cause: {title}}}
"""


def plan_file(folder, title="'Summer sale'"):
    path = folder / "plan.yaml"
    path.write_text(SMALL.format(title=title), encoding="utf-8")
    return path


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def sound(tmp_path):
    return plan_file(tmp_path)


# --- exit codes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "fail_on", "code"),
    [
        (QUIET, "info", 0),
        (REMIND, "warn", 0),
        (REMIND, "remind", 1),
        (WARN, "warn", 1),
        (WARN, "escalate", 0),
        (ESCALATE, "escalate", 1),
        (ESCALATE, "error", 0),
    ],
)
def test_warn_exits_1_from_the_level_asked_for(run, day, fail_on, code):
    assert run("warn", EXAMPLE, "--as-of", day, "--fail-on", fail_on).code == code


def test_warn_fails_on_warn_by_default(run):
    assert run("warn", EXAMPLE, "--as-of", REMIND).code == 0
    assert run("warn", EXAMPLE, "--as-of", WARN).code == 1


def test_a_clean_warn_is_silent(run):
    result = run("warn", EXAMPLE, "--as-of", QUIET)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_check_of_a_sound_plan_says_so_on_standard_error(run):
    result = run("check", EXAMPLE, "--lang", "en")
    assert (result.code, result.out, result.err) == (0, "", "sound: 3 tasks, 3 goals, 4 KPIs\n")


@pytest.mark.parametrize("command", ["check", "warn"])
def test_a_plan_with_an_error_fails_check_and_warn(run, command):
    result = run(command, FAULTY, "--fail-on", "error")
    assert result.code == 1
    assert "[dependency-cycle]" in result.out


@pytest.mark.parametrize("command", [*ANSWERS, ["explain", "T1"]])
def test_a_plan_with_an_error_gives_no_figures(run, command):
    result = run(*command, "--plan", FAULTY)
    assert (result.code, result.out) == (3, "")
    assert "[dependency-cycle]" in result.err
    assert "[task-no-deliverable]" not in result.err  # a warning is no reason to stop


@pytest.mark.parametrize("command", [["check"], ["warn"], *ANSWERS, ["explain", "T1"]])
def test_text_that_is_no_yaml_is_3_everywhere(run, tmp_path, command):
    broken = tmp_path / "plan.yaml"
    broken.write_text("campaign: [1, 2\ntasks: }\n", encoding="utf-8")
    result = run(*command, "--plan", broken)
    assert result.code == 3
    assert re.search(r"plan\.yaml:1:11: error \[not-yaml\]", result.out + result.err)


@pytest.mark.parametrize("command", [["check"], ["warn"], *ANSWERS])
def test_a_missing_plan_is_3(run, tmp_path, command):
    result = run(*command, "--plan", tmp_path / "none.yaml")
    assert (result.code, result.out) == (3, "")
    assert result.err == f"mktexec: there is no plan at {tmp_path / 'none.yaml'}\n"


WRONG = {
    "nonsense": "there is no command nonsense",
    "chekc": "did you mean check?",
    "status --as-fo 2024-07-01": "did you mean --as-of?",
    "status --as-of": "--as-of needs a value",
    "status --all=yes": "--all takes no value",
    "status --as-of 2024-02-30": "'2024-02-30' is not a day",
    "status --as-of tomorrow": "'tomorrow' is not a day",
    "status --as-of=": "'' is not a day",
    "status --by colour": "--by is one of: initiative, owner, department",
    "status --only some": "--only is one of: late, open, done, critical",
    "status --owner nobody": "nobody is called nobody",
    "status --owner zhaoo": "did you mean zhao?",
    "status --lang fr": "--lang is one of: zh, en",
    "status --format xml": "--format is one of: text, json",
    "status one two": "one argument too many: two",
    "status one --plan two": "name the plan once",
    "warn --fail-on red": "--fail-on is one of: info, remind, warn, escalate, error",
    "render": "DOCUMENT is missing",
    "render novel": "DOCUMENT is one of: tracking-record, retrospective",
    "explain": "CODE|ID is missing",
    "explain task-lat": "did you mean task-late?",
    "explain T01": "did you mean T001?",
    "schema extra": "one argument too many: extra",
    "init": "--scenario is missing",
    "init --scenario party": "--scenario is one of: launch, promotion, brand, region, growth",
    "init --scenario launch --start 2024-01-01 --launch 2024-02-01": "give --start or --launch, not both",
    "init --scenario launch --calendar XX": "there is no calendar XX",
    "init --scenario launch --currency dollars": "dollars is not a currency",
    "init --scenario launch --start 2024-1-1": "'2024-1-1' is not a day",
    "--lang zh": "there is no option --lang",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_is_2_and_says_what_is_wrong(run, line):
    result = run(*line.split(" "), MKTEXEC_PLAN=str(EXAMPLE))
    assert (result.code, result.out) == (2, "")
    assert WRONG[line] in result.err


def test_wrong_usage_is_told_in_chinese_to_a_chinese_screen(run):
    lines = {
        "status --as-fo 1": ["没有选项 --as-fo", "是不是 --as-of？", "参见：mktexec status --help"],
        "status --by x": ["--by 可选：initiative、owner、department", "参见：mktexec status --help"],
        "status a b": ["多余的参数：b", "参见：mktexec status --help"],
        "nonsense": ["没有命令 nonsense", "参见：mktexec --help"],
    }
    for line, message in lines.items():
        result = run.process(*line.split(), env={"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"})
        assert (result.returncode, result.stdout) == (2, b"")
        assert result.stderr.decode() == "mktexec: " + "\n  → ".join(message) + "\n"


def test_no_command_at_all_shows_the_help(run):
    result = run()
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: mktexec [OPTIONS] COMMAND")


def test_a_defect_of_ours_is_70_and_leaves_a_log(run, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("mktexec.views.timeline.timeline", _defect)
    result = run("schedule", EXAMPLE)
    log = next(tmp_path.glob("mktexec-*.log"))
    assert (result.code, result.out) == (70, "")
    assert str(log) in result.err
    assert "Traceback" not in result.err
    text = log.read_text(encoding="utf-8")
    assert "LookupError: no such row" in text
    assert "['schedule'," in text


def test_a_defect_without_room_for_a_log_is_told_on_the_screen(run, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", _full)
    monkeypatch.setattr("mktexec.views.timeline.timeline", _defect)
    result = run("schedule", EXAMPLE)
    assert result.code == 70
    assert "LookupError: no such row" in result.err


def _defect(*_):
    raise LookupError("no such row")


def _full(*_args, **_options):
    raise OSError(28, "No space left on device")


def test_an_interrupt_is_130(tmp_path):
    waiting = tmp_path / "plan.yaml"
    os.mkfifo(waiting)
    process = subprocess.Popen(
        [*COMMAND, "status", waiting],
        env=FIXED,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    with waiting.open("wb"):  # returns once the program reads: it waits for a plan now
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


# --- streams ------------------------------------------------------------------------------


ASKED = {
    "check": ["check", FAULTY],
    "warn": ["warn", EXAMPLE, "--as-of", WARN],
    "status": ["status", EXAMPLE],
    "schedule": ["schedule", EXAMPLE],
    "render": ["render", "retrospective", EXAMPLE],
    "explain": ["explain", "task-late"],
    "schema": ["schema"],
    "version": ["--version"],
    "help": ["--help"],
}


@pytest.mark.parametrize("command", ASKED)
def test_a_full_disk_is_3(run, command):
    with Path("/dev/full").open("wb") as full:
        result = run.process(*ASKED[command], capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert result.returncode == 3
    assert result.stderr.endswith(b"mktexec: No space left on device\n")


@pytest.mark.parametrize("command", ASKED)
def test_a_closed_pipe_is_no_error(run, command):
    reader, writer = os.pipe()
    os.close(reader)
    result = run.process(*ASKED[command], capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr


def test_a_reader_that_stops_early_is_no_error():
    process = subprocess.Popen(
        [*COMMAND, "schema"], env=FIXED, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout.readline() == b"{\n"
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (0, b"")
    process.stderr.close()


@pytest.mark.parametrize("command", ["warn", "schema", "nonsense"])
def test_messages_that_cannot_be_written_change_no_exit_code(run, command):
    arguments = [command] if command == "nonsense" else ASKED[command]
    with Path("/dev/full").open("wb") as full:
        result = run.process(*arguments, capture_output=False, stdout=subprocess.DEVNULL, stderr=full)
    assert result.returncode == {"warn": 1, "schema": 0, "nonsense": 2}[command]


@pytest.mark.parametrize("descriptor", [0, 1, 2])
def test_a_closed_standard_stream_changes_no_exit_code(run, descriptor):
    result = run.process(*ASKED["warn"], preexec_fn=lambda: os.close(descriptor))
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr


def test_standard_output_is_data_and_standard_error_messages(run):
    result = run("warn", EXAMPLE, "--as-of", ESCALATE, "--lang", "en")
    assert result.err == "1 escalate, 1 remind\n"
    assert result.out.splitlines()[0].endswith("plan.yaml:73:10: escalate [task-late]")
    as_json = run("warn", EXAMPLE, "--as-of", ESCALATE, "--format", "json")
    assert json.loads(as_json.out)["counts"]["escalate"] == 1


SURROUNDINGS = {
    "nothing": {},
    "posix": {"LANG": "C", "LC_ALL": "C"},
    "posix without utf-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "gbk": {"PYTHONIOENCODING": "gbk"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "utf-16": {"PYTHONIOENCODING": "utf-16-le"},
}
ENCODINGS = {
    "posix without utf-8": "ascii",
    "gbk": "gbk",
    "cp1252": "cp1252",
    "ascii": "ascii",
    "utf-16": "utf-16-le",
}


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_warn_works_in_any_surroundings(run, name):
    env, encoding = SURROUNDINGS[name], ENCODINGS.get(name, "utf-8")
    result = run.process("warn", EXAMPLE, "--as-of", ESCALATE, env=env)
    assert result.returncode == 1
    out = result.stdout.decode(encoding)
    head, text = out.splitlines()[:2]
    assert head.endswith(
        "plan.yaml:73:10: 升级 [task-late]".encode(encoding, "backslashreplace").decode(encoding)
    )
    title = "会员积分体系上线".encode(encoding, "backslashreplace").decode(encoding)
    assert text.startswith(f"    T003  {title}")


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_json_is_valid_in_any_encoding(run, tmp_path, name):
    plan = plan_file(tmp_path, "'café 中文 😀 ¥'")
    result = run.process("status", plan, "--format", "json", env=SURROUNDINGS[name])
    assert result.returncode == 0
    text = result.stdout.decode(ENCODINGS.get(name, "utf-8"))
    assert json.loads(text)["campaign"]["title"] == "café 中文 😀 ¥"


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_status_and_documents_work_in_any_surroundings(run, name):
    for command in (["status"], ["render", "retrospective"]):
        result = run.process(*command, EXAMPLE, "--as-of", ESCALATE, env=SURROUNDINGS[name])
        assert result.returncode == 0
        assert b"Traceback" not in result.stderr


def test_bars_are_ascii_where_the_encoding_has_no_blocks(run):
    done = ["status", EXAMPLE, "--as-of", "2024-09-30"]
    assert "##########" in run.process(*done, env={"PYTHONIOENCODING": "gbk"}).stdout.decode("gbk")
    assert "██████████" in run.process(*done, env={"PYTHONIOENCODING": "utf-8"}).stdout.decode()


def test_an_argument_that_is_no_text_is_reported(run):
    result = run.process(
        "status", b"plan-\xff.yaml".decode("utf-8", "surrogateescape"), env={"LC_ALL": "C.UTF-8"}
    )
    assert result.returncode == 3
    assert b"Traceback" not in result.stderr


# --- where the plan is --------------------------------------------------------------------


def found(run, folder, *args, **env):
    """Return the title of the campaign that a status run in ``folder`` is about."""
    result = run("status", *args, "--format", "json", cwd=folder, **env)
    assert result.code == 0, result.err
    return json.loads(result.out)["campaign"]["title"]


@pytest.fixture
def places(tmp_path):
    """A tree with a plan in every place where one is looked for."""
    tree = {
        "file/plan.yaml": "file",
        "folder/plan/campaign.yaml": "folder",
        "both/plan.yaml": "both-file",
        "both/plan/campaign.yaml": "both-folder",
        "one/plans/q3/plan.yaml": "one",
        "single/plans/q3.yaml": "single",
        "two/plans/a/plan.yaml": "a",
        "two/plans/b/plan.yaml": "b",
    }
    for name, title in tree.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(SMALL.format(title=title), encoding="utf-8")
    for name in ("file/deep/er", "folder/deep", "none", "two/deep"):
        (tmp_path / name).mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("where", "title"),
    [
        ("file", "file"),
        ("file/deep/er", "file"),
        ("folder", "folder"),
        ("folder/deep", "folder"),
        ("both", "both-file"),
        ("one", "one"),
        ("single", "single"),
    ],
)
def test_the_plan_is_found_from_here(run, places, where, title):
    assert found(run, places / where) == title


def test_a_plan_that_is_named_comes_first(run, places):
    here = places / "file"
    assert found(run, here, "../folder/plan") == "folder"
    assert found(run, here, "--plan", "../one/plans/q3") == "one"
    assert found(run, here, "-p", "../single/plans/q3.yaml") == "single"
    assert found(run, here, MKTEXEC_PLAN=str(places / "both")) == "both-file"
    assert found(run, here, "../folder/plan", MKTEXEC_PLAN=str(places / "both")) == "folder"
    assert found(run, here, MKTEXEC_PLAN="") == "file"


def test_several_plans_are_wrong_usage_and_are_named(run, places):
    result = run("status", cwd=places / "two")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "mktexec: several plans here: plans/a/plan.yaml, plans/b/plan.yaml\n"
        "  → name one: mktexec status PLAN\n"
    )


def test_no_plan_is_3_and_says_how_to_begin(run, places):
    result = run("status", cwd=places / "none")
    assert (result.code, result.out) == (3, "")
    assert "start one with 'mktexec init'" in result.err


@pytest.mark.parametrize("command", ["check", "warn"])
def test_several_plans_are_answered_together(run, tmp_path, command):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    first, second = plan_file(one, "First"), plan_file(two, "Second")
    for path in (first, second):
        path.write_text(
            path.read_text(encoding="utf-8").replace("owner: wang,", "owner: wong,", 1), encoding="utf-8"
        )
    result = run(command, first, second, "--format", "json")
    files = [one["file"] for one in json.loads(result.out)["findings"] if one["code"] == "unknown-reference"]
    assert result.code == 1
    assert files == [str(first), str(second)]


def test_one_bad_plan_among_several_fails(run, sound):
    assert run("check", sound, "--fail-on", "error").code == 0
    assert run("check", sound, FAULTY, "--fail-on", "error").code == 1


# --- the day and the language -------------------------------------------------------------


def as_of(run, *args, **env):
    return json.loads(run("warn", EXAMPLE, "--format", "json", *args, **env).out)["as_of"]


def test_the_day_is_the_options_then_the_environments(run):
    assert as_of(run, "--as-of", "2024-07-20", MKTEXEC_TODAY="2024-07-25") == "2024-07-20"
    assert as_of(run, MKTEXEC_TODAY="2024-07-25") == "2024-07-25"


def test_without_a_wish_the_day_is_todays(run, monkeypatch):
    class Day(__import__("datetime").date):
        """A clock that stands still."""

        @classmethod
        def today(cls):
            """Return the day."""
            return cls(2024, 8, 1)

    monkeypatch.setattr("mktexec.host.date", Day)
    assert as_of(run, MKTEXEC_TODAY="") == "2024-08-01"


@pytest.mark.parametrize(
    "day", ["2024-02-30", "yesterday", "20240722", "2024-7-22", "1720051200", "9999-01-01"]
)
def test_a_bad_day_is_wrong_usage_wherever_it_comes_from(run, day):
    for result in (run("warn", EXAMPLE, "--as-of", day), run("warn", EXAMPLE, MKTEXEC_TODAY=day)):
        assert (result.code, result.out) == (2, "")
        assert f"'{day}' is not a day; write 2024-07-15" in result.err


@pytest.mark.parametrize("day", ["1990-01-01", "2024-02-29", "2199-12-31"])
def test_the_first_and_last_days_there_are_give_an_answer(run, day):
    for command in (
        ["status"],
        ["warn"],
        ["schedule"],
        ["render", "retrospective"],
        ["explain", "T001", "-p"],
    ):
        assert run(*command, EXAMPLE, "--as-of", day).code in (0, 1)


def test_the_language_is_the_options_then_the_plans_then_the_screens(run, sound):
    chinese, english = "截至 2024-07-22", "as of 2024-07-22"
    assert chinese in run("status", EXAMPLE).out
    assert english in run("status", EXAMPLE, "--lang", "en", LC_ALL="zh_CN.UTF-8").out
    assert english in run("status", sound).out
    assert chinese in run("status", sound, LC_ALL="zh_CN.UTF-8").out
    assert chinese in run("status", sound, LC_ALL="", LANG="zh_TW.UTF-8").out
    assert english in run("status", sound, LC_ALL="fr_FR.UTF-8").out
    assert english in run("status", sound, LC_ALL="C", LANG="zh_CN.UTF-8").out


# --- files --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [*ANSWERS, ["warn"], ["check"]])
@pytest.mark.parametrize("form", ["text", "json"])
def test_an_answer_goes_to_a_file_whole(run, tmp_path, command, form):
    target = tmp_path / "answer.txt"
    target.write_text("older " * 9999, encoding="utf-8")
    options = ["--format", "json"] if form == "json" else []
    printed = run(*command, "-p", EXAMPLE, *options, COLUMNS="120")
    written = run(*command, "-p", EXAMPLE, *options, "-o", target)
    assert (written.code, written.out) == (printed.code, "")
    assert target.read_text(encoding="utf-8") == printed.out
    assert names(tmp_path) == ["answer.txt"]


def test_a_file_is_never_left_half_written(run, tmp_path):
    target = tmp_path / "answer.json"
    target.write_text("as it was", encoding="utf-8")
    result = run.process("schema", "-o", target, preexec_fn=_room_for_a_kilobyte)
    assert result.returncode == 3
    assert result.stderr == f"mktexec: cannot write {target}: File too large\n".encode()
    assert target.read_text(encoding="utf-8") == "as it was"
    assert names(tmp_path) == ["answer.json"]


def test_a_new_plan_is_never_left_half_written(run, tmp_path):
    scaffold = ["init", tmp_path, "--scenario", "launch"]
    result = run.process(*scaffold, preexec_fn=_room_for_a_kilobyte)
    assert result.returncode == 3
    assert names(tmp_path) == []


def _room_for_a_kilobyte():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


def test_a_link_stays_a_link(run, tmp_path):
    target, link = tmp_path / "real.md", tmp_path / "link.md"
    link.symlink_to("real.md")
    assert run("render", "retrospective", EXAMPLE, "-o", link).code == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("# 复盘报告\n")


@pytest.mark.parametrize("name", ["plan.yaml", "answer.yml", "new.yaml"])
def test_an_answer_never_overwrites_what_looks_like_a_plan(run, sound, name):
    before = sound.read_bytes()
    result = run("status", sound, "-o", sound.parent / name)
    assert (result.code, result.out) == (2, "")
    assert "looks like a plan" in result.err
    assert (sound.read_bytes(), names(sound.parent)) == (before, ["plan.yaml"])


def test_a_folder_is_no_file_to_write_to(run, sound):
    result = run("status", sound, "-o", sound.parent)
    assert (result.code, result.err) == (2, f"mktexec: {sound.parent} is not a file\n")


def test_a_file_that_cannot_be_written_is_3(run, sound):
    target = sound.parent / "no" / "such" / "folder.md"
    result = run("status", sound, "-o", target)
    assert (result.code, result.err) == (3, f"mktexec: cannot write {target}: No such file or directory\n")


def test_a_plan_that_cannot_be_read_is_3(run, tmp_path):
    (tmp_path / "plan.yaml").symlink_to("plan.yaml")
    result = run("status", "-p", tmp_path / "plan.yaml")
    assert (result.code, result.out) == (3, "")
    assert "Traceback" not in result.err


def test_no_command_writes_beside_its_plan(run, sound):
    for command in (
        ["check"],
        ["status"],
        ["warn"],
        ["schedule"],
        ["render", "retrospective"],
        ["explain", "T1"],
    ):
        run(*command, "-p", sound, cwd=sound.parent)
    assert names(sound.parent) == ["plan.yaml"]


# --- JSON ---------------------------------------------------------------------------------


def test_status_carries_the_contract(run):
    data = json.loads(run("status", EXAMPLE, "--as-of", "2024-09-30", "--format", "json").out)
    assert (data["schema_version"], data["kind"], data["as_of"]) == (1, "status", "2024-09-30")
    task = {one["id"]: one for one in data["tasks"]}["T001"]
    wanted = {
        "title": "抖音直播引流3场,场均观看≥5000人",
        "owner": "wang",
        "initiative": "I3",
        "start": "2024-07-15",
        "end": "2024-08-15",
        "actual_start": "2024-07-15",
        "actual_end": "2024-08-20",
        "progress": 1.0,
        "planned_progress": 1.0,
        "health": "done",
        "days_late": 5,
        "forecast_end": "2024-08-20",
        "slack_days": 0,
        "critical": True,
    }
    assert {key: task[key] for key in wanted} == wanted
    kpi = {one["id"]: one for one in data["kpis"]}["K001"]
    figures = {
        "title": "线上销售额",
        "target": 500,
        "actual": 420,
        "unit": "万元",
        "achievement": 0.84,
        "variance": -80,
        "as_of": "2024-09-30",
        "expected": 500,
        "projected": 420,
    }
    assert {key: kpi[key] for key in figures} == figures
    money = {"planned": 520000, "spent": 492000, "remaining": 68000, "reserve": 40000}
    assert {key: data["budget"][key] for key in money} == money
    assert data["on_time_rate"] == 0.3333


def test_shares_are_fractions_and_what_is_unknown_is_null(run):
    data = json.loads(run("status", EXAMPLE, "--as-of", WARN, "--format", "json").out)
    late = {one["id"]: one for one in data["tasks"]}["T003"]
    assert (late["progress"], late["planned_progress"], late["start"], late["actual_end"]) == (
        None,
        1.0,
        None,
        None,
    )
    assert late["health"] == "delayed"
    assert {one["actual"] for one in data["kpis"]} == {None}
    assert data["on_time_rate"] == 0.5


def test_status_without_a_budget_says_null(run, sound):
    data = json.loads(run("status", sound, "--format", "json", "--as-of", "2024-07-05").out)
    assert (data["budget"], data["on_time_rate"]) == (None, None)


def test_findings_carry_the_contract(run):
    data = json.loads(run("warn", EXAMPLE, "--as-of", WARN, "--format", "json").out)
    assert (data["schema_version"], data["kind"], data["as_of"]) == (1, "findings", WARN)
    assert data["counts"] == {"error": 0, "escalate": 0, "warn": 1, "remind": 0, "info": 0}
    (late,) = data["findings"]
    wanted = {
        "code": "task-late",
        "level": "warn",
        "message": "会员积分体系上线：延误 2 天，应于 2024-07-20 完成（张*）",
        "hint": "请今日邮件预警 张* 及协作方",
        "subject": "T003",
        "file": str(EXAMPLE / "plan.yaml"),
        "line": 73,
        "column": 10,
        "days": 2,
    }
    assert {key: late[key] for key in wanted} == wanted


@pytest.mark.parametrize("command", ["check", "warn"])
def test_no_findings_are_valid_json_too(run, command):
    data = json.loads(run(command, EXAMPLE, "--format", "json", MKTEXEC_TODAY=QUIET).out)
    assert data["findings"] == []
    assert set(data["counts"].values()) == {0}


def test_schedule_carries_the_contract(run):
    data = json.loads(run("schedule", EXAMPLE, "--as-of", WARN, "--format", "json").out)
    assert (data["schema_version"], data["kind"]) == (1, "schedule")
    assert (data["start"], data["end"], data["critical_path"]) == ("2024-07-10", "2024-08-15", ["T001"])
    wanted = {
        "early_start": "2024-07-15",
        "early_end": "2024-08-15",
        "late_start": "2024-07-15",
        "late_end": "2024-08-15",
        "slack_days": 0,
        "critical": True,
        "forecast_start": "2024-07-15",
        "forecast_end": "2024-08-15",
    }
    (task,) = [one for one in data["tasks"] if one["id"] == "T001"]
    assert {key: task[key] for key in wanted} == wanted


# --- plan text is data --------------------------------------------------------------------

HOSTILE = {
    "rich markup": ("'[/red][bold]x[link=https://e.example]y'", "[/red][bold]x[link=https://e.example]y"),
    "escape codes": ('"\\e[31mred\\e]8;;https://e.example\\aL"', "\x1b[31mred\x1b]8;;https://e.example\x07L"),
    "c1 codes": ('"a\\x9b31mb\\x85c"', "a\x9b31mb\x85c"),
    "bidi": ('"a\\u202Eb\\u2066c"', "a\u202eb\u2066c"),
    "html": ("'<script>alert(1)</script> &lt;'", "<script>alert(1)</script> &lt;"),
    "table": ("'a | b \\| c'", "a | b \\| c"),
    "lines": ('"# one\\n- two\\n| three"', "# one\n- two\n| three"),
    "format": ("'{title} %s {0} {{x}}'", "{title} %s {0} {{x}}"),
    "emoji": ("'👩‍👩‍👧 🇨🇳 ❤️'", "👩‍👩‍👧 🇨🇳 ❤️"),
}
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("name", HOSTILE)
def test_titles_come_out_as_data_in_text(run, tmp_path, name):
    written, _ = HOSTILE[name]
    plan = plan_file(tmp_path, written)
    for command in (
        ["status", "--all"],
        ["warn"],
        ["schedule"],
        ["explain", "T1"],
        ["render", "tracking-record"],
    ):
        result = run(*command, "-p", plan, "--as-of", "2024-07-25")
        assert result.code in (0, 1), result.err
        assert FORBIDDEN.search(result.out + result.err) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_titles_come_out_as_data_in_colour(run, tmp_path, name):
    plan = plan_file(tmp_path, HOSTILE[name][0])
    coloured = run("status", "-p", plan, FORCE_COLOR="1", TERM="xterm", COLUMNS="200").out
    plain = run("status", "-p", plan, COLUMNS="200").out
    stripped = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("name", HOSTILE)
def test_titles_come_out_as_data_in_json(run, tmp_path, name):
    written, meant = HOSTILE[name]
    plan = plan_file(tmp_path, written)
    out = run("status", "-p", plan, "--format", "json").out
    data = json.loads(out)
    assert (data["campaign"]["title"], data["tasks"][0]["title"], data["kpis"][0]["title"]) == (
        meant,
        meant,
        meant,
    )
    assert FORBIDDEN.search(out) is None


MARKDOWN = {
    "html": r"\<script\>alert(1)\</script\> &amp;lt;",
    "table": r"a \| b \\\| c",
    "rich markup": r"\[/red\]\[bold\]x\[link=https://e.example\]y",
    "lines": r"# one - two \| three",
    "bidi": "abc",
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_titles_come_out_as_data_in_markdown(run, tmp_path, name):
    plan = plan_file(tmp_path, HOSTILE[name][0])
    out = run("render", "tracking-record", plan).out
    row = next(line for line in out.splitlines() if line.startswith("| T1 |"))
    assert row.startswith(f"| T1 | {MARKDOWN[name]} | Wang |")
    assert row.replace("\\|", "").count("|") == 12


# --- colour and completion ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("env", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1", "TERM": "xterm"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm"}, False),
    ],
)
def test_colour_is_as_the_environment_wishes(run, env, coloured):
    assert ("\x1b[" in run("status", EXAMPLE, **env).out) is coloured


def test_a_file_has_no_colour(run, tmp_path):
    run("status", EXAMPLE, "-o", tmp_path / "status.txt", FORCE_COLOR="1", TERM="xterm")
    assert "\x1b" not in (tmp_path / "status.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("mktexec sta", ["status", "start"]),
        ("mktexec sch", ["schedule", "schema"]),
        ("mktexec status --on", ["--only"]),
        ("mktexec status --by ", ["initiative", "owner", "department"]),
        ("mktexec render re", ["retrospective"]),
    ],
)
def test_the_shell_completes_commands_options_and_choices(run, typed, offered):
    words = typed.split(" ")
    env = {"_MKTEXEC_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    result = run.process(env=env)
    assert (result.returncode, result.stdout.decode().split()) == (0, offered)


def test_the_completion_script_names_the_program(run):
    result = run.process(env={"_MKTEXEC_COMPLETE": "source_bash"})
    assert result.returncode == 0
    assert b"complete -o default -F _mktexec_completion mktexec" in result.stdout


def test_the_version_is_the_packages(run):
    from mktexec import __version__

    assert run("--version").out == run("-V").out == f"mktexec {__version__}\n"
