"""New campaigns: every scenario, size and language gives a plan that the other commands answer."""

import json
import os
import pty
import select
import subprocess
import time
from codecs import getincrementaldecoder

import pytest

from conftest import COMMAND
from mktexec.store.load import load

SCENARIOS = ("launch", "promotion", "brand", "region", "growth")
SIZES = ("small", "medium", "large")
LANGS = ("en", "zh")
DAY = "2025-06-18"
KEPT = ("people", "goals", "initiatives", "tasks", "kpis", "risks", "suppliers", "resources", "materials")


def scaffold(run, folder, *args, scenario="launch", lang="en", **env):
    result = run("init", folder, "--scenario", scenario, "--lang", lang, *args, **env)
    assert result.code == 0, result.err
    return folder / "plan.yaml"


def read(path):
    loaded = load(path)
    assert loaded.faults == []
    return loaded.plan


def findings(run, path, command="check"):
    result = run(command, path, "--format", "json")
    return json.loads(result.out)["findings"]


@pytest.fixture(
    params=[(scenario, size, lang) for scenario in SCENARIOS for size in SIZES for lang in LANGS],
    ids="-".join,
)
def kind(request):
    return request.param


def test_a_scaffold_asks_for_nothing_but_names(run, tmp_path, kind):
    scenario, size, lang = kind
    path = scaffold(run, tmp_path, "--size", size, "--launch", DAY, scenario=scenario, lang=lang)
    assert {(one["code"], one["level"]) for one in findings(run, path)} == {("person-unnamed", "remind")}
    assert run("check", path).code == 0


def test_every_command_answers_on_a_scaffold(run, tmp_path, kind):
    scenario, size, lang = kind
    path = scaffold(run, tmp_path, "--size", size, "--launch", DAY, scenario=scenario, lang=lang)
    plan = read(path)
    schedule = json.loads(run("schedule", path, "--format", "json").out)
    assert sorted(one["id"] for one in schedule["tasks"]) == sorted(plan.tasks)
    assert schedule["critical_path"]
    for command in (["status"], ["schedule"], ["render", "tracking-record"], ["render", "retrospective"]):
        result = run(*command, path, "--as-of", DAY)
        assert (result.code, result.err) == (0, "")
    assert run("warn", path, "--as-of", "2025-01-01").out == ""
    assert run("warn", path, "--as-of", "2026-01-01").code == 1


def test_a_scaffold_is_a_plan_that_a_practitioner_knows(run, tmp_path, kind):
    scenario, size, lang = kind
    plan = read(scaffold(run, tmp_path, "--size", size, "--launch", DAY, scenario=scenario, lang=lang))
    least = {"small": 8, "medium": 15, "large": 25}[size]
    assert len(plan.tasks) >= least
    assert all(
        task.owner and task.initiative and (task.deliverable or task.milestone)
        for task in plan.tasks.values()
    )
    assert any(task.after for task in plan.tasks.values())
    assert all(kpi.source for kpi in plan.kpis.values())
    assert plan.budget.reserve
    assert plan.risks
    assert (plan.campaign.scenario.value, plan.campaign.language) == (scenario, lang)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_both_languages_have_the_same_ids_and_dates(run, tmp_path, scenario, size):
    plans = []
    for lang in LANGS:
        options = ["--size", size, "--launch", DAY, "--calendar", "CN"]
        plans.append(read(scaffold(run, tmp_path / lang, *options, scenario=scenario, lang=lang)))
    english, chinese = plans
    for section in KEPT:
        assert list(getattr(english, section)) == list(getattr(chinese, section)), section
    assert list(english.budget.lines) == list(chinese.budget.lines)
    assert english.campaign.period == chinese.campaign.period
    for key, task in english.tasks.items():
        other = chinese.tasks[key]
        assert (task.start, task.end, task.after, task.owner) == (
            other.start,
            other.end,
            other.after,
            other.owner,
        )


def test_sizes_differ_in_how_fine_the_plan_is(run, tmp_path):
    counts = [len(read(scaffold(run, tmp_path / size, "--size", size)).tasks) for size in SIZES]
    assert counts == sorted(set(counts))


DAYS = {
    "a Saturday": "2025-06-14",
    "a holiday": "2025-10-01",
    "in the middle of a festival": "2025-01-30",
    "a make-up Sunday": "2025-09-28",
    "the year's last day": "2025-12-31",
    "the year's first day": "2026-01-01",
    "a leap day": "2024-02-29",
    "beyond the known calendar": "2031-05-20",
}


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize(
    ("scenario", "option"), [*((one, "--launch") for one in SCENARIOS), ("launch", "--start")]
)
def test_any_day_gives_a_sound_plan(run, tmp_path, scenario, option, name):
    options = [option, DAYS[name], "--size", "medium", "--calendar", "CN"]
    path = scaffold(run, tmp_path, *options, scenario=scenario, lang="zh")
    codes = {one["code"] for one in findings(run, path)}
    assert codes - {"calendar-unknown-year"} == {"person-unnamed"}


@pytest.mark.parametrize("day", ["2025-06-16", "2025-06-14", "2025-10-01"])
def test_a_start_is_the_first_working_day_of_the_work(run, tmp_path, day):
    plan = read(scaffold(run, tmp_path, "--start", day, "--calendar", "CN"))
    first = {"2025-06-16": "2025-06-16", "2025-06-14": "2025-06-16", "2025-10-01": "2025-10-09"}[day]
    assert plan.campaign.start.isoformat() == first
    assert min(task.start for task in plan.tasks.values()).isoformat() == first


@pytest.mark.parametrize("day", ["2025-06-18", "2025-06-14", "2025-10-01"])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_launch_is_on_the_day_asked_for(run, tmp_path, scenario, day):
    plan = read(
        scaffold(run, tmp_path, "--launch", day, "--calendar", "CN", "--size", "small", scenario=scenario)
    )
    assert day in {one.isoformat() for one in plan.campaign.milestones.values()}


def test_without_a_day_the_work_begins_next_monday(run, tmp_path):
    plan = read(scaffold(run, tmp_path, MKTEXEC_TODAY="2025-06-18"))
    assert plan.campaign.start.isoformat() == "2025-06-23"
    assert plan.campaign.drawn_up.isoformat() == "2025-06-18"


def test_what_is_not_said_follows_from_the_scenario_and_the_language(run, tmp_path):
    english = read(scaffold(run, tmp_path / "en"))
    chinese = read(scaffold(run, tmp_path / "zh", lang="zh"))
    facts = [(one.campaign.title, one.campaign.calendar, one.campaign.currency) for one in (english, chinese)]
    assert facts == [("New-product launch", "weekdays", "USD"), ("新品上市", "CN", "CNY")]


HOSTILE = [
    """a: b # c "x" '{{ y }}'""",
    "two\nlines",
    "{% raw %} {# gone #} {{ 1/0 }}",
    "&anchor *alias !tag %percent @at `tick`",
    "- [x] {y}: | >",
    "🚀 新品 ❤️ 2025",
    "长" * 200,
    "\\n is not a line break",
    "2024",
    "null",
    " spaces around ",
]


def survives(run, folder, text, scenario, lang):
    options = ["--title", text, "--department", text, "--size", "large"]
    path = scaffold(run, folder, *options, scenario=scenario, lang=lang)
    campaign = read(path).campaign
    assert (campaign.title, campaign.department) == (text, text)
    assert not any(one["level"] == "error" for one in findings(run, path))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_titles_and_departments_survive(run, tmp_path, text):
    survives(run, tmp_path, text, "launch", "zh")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_they_survive_in_every_scenario(run, tmp_path, scenario, lang):
    survives(run, tmp_path, " ".join(HOSTILE), scenario, lang)


@pytest.mark.parametrize("text", ["a\x1b[31mb", "a\x9bb", "a\x85b", "a\x7fb", "a\x07b"])
def test_control_characters_are_refused(run, tmp_path, text):
    for option in ("--title", "--department"):
        result = run("init", tmp_path, "--scenario", "launch", option, text)
        assert (result.code, result.out, list(tmp_path.iterdir())) == (2, "", [])
        assert result.err == f"mktexec: {option} holds a control character\n"


def test_an_empty_title_is_the_scenarios(run, tmp_path):
    assert read(scaffold(run, tmp_path, "--title", "")).campaign.title == "New-product launch"


def test_a_title_in_another_encoding_is_no_traceback(run, tmp_path):
    title = b"\xd0\xc2\xc6\xb7".decode("utf-8", "surrogateescape")  # 新品 in GBK
    result = run.process(
        "init", tmp_path, "--scenario", "launch", "--title", title, env={"LC_ALL": "C.UTF-8"}
    )
    assert (result.returncode, list(tmp_path.iterdir())) == (2, [])
    assert result.stderr == b"mktexec: --title is not in the terminal's encoding\n"


def test_a_plan_is_never_overwritten(run, tmp_path):
    (tmp_path / "plan.yaml").write_text("mine", encoding="utf-8")
    result = run("init", tmp_path, "--scenario", "launch", "--lang", "en")
    assert (result.code, result.out) == (3, "")
    assert result.err == f"mktexec: {tmp_path / 'plan.yaml'} exists already and is left as it is\n"
    assert (tmp_path / "plan.yaml").read_text(encoding="utf-8") == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_link_to_nowhere_is_not_followed(run, tmp_path):
    (tmp_path / "plan.yaml").symlink_to("elsewhere.yaml")
    result = run("init", tmp_path, "--scenario", "launch")
    assert result.code == 3
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_schema_is_never_overwritten(run, tmp_path):
    (tmp_path / "plan.schema.json").write_text("mine", encoding="utf-8")
    scaffold(run, tmp_path)
    assert (tmp_path / "plan.schema.json").read_text(encoding="utf-8") == "mine"


def test_a_schema_is_written_beside_the_plan_and_named_in_it(run, tmp_path):
    path = scaffold(run, tmp_path / "new" / "folder", lang="zh")
    assert path.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=./plan.schema.json\n")
    written = (path.parent / "plan.schema.json").read_text(encoding="utf-8")
    assert written == run("schema", "--lang", "zh").out


def test_a_file_is_no_folder_for_a_plan(run, tmp_path):
    (tmp_path / "notes").write_text("mine", encoding="utf-8")
    result = run("init", tmp_path / "notes", "--scenario", "launch")
    assert (result.code, result.out) == (3, "")
    assert "cannot write" in result.err
    assert (tmp_path / "notes").read_text(encoding="utf-8") == "mine"


def test_the_next_step_is_told(run, tmp_path):
    here = run("init", "--scenario", "launch", cwd=tmp_path)
    assert here.err == "wrote plan.yaml, main day 2024-09-09; fill in the names, then: mktexec check\n"
    there = run("init", "q4", "--scenario", "launch", cwd=tmp_path)
    assert there.err == "wrote q4/plan.yaml, main day 2024-09-09; fill in the names, then: mktexec check q4\n"


def test_a_dry_run_writes_nothing_and_shows_what_would_be_written(run, tmp_path):
    shown = run("init", tmp_path, "--scenario", "launch", "--dry-run", "--lang", "en")
    assert list(tmp_path.iterdir()) == []
    assert shown.out == scaffold(run, tmp_path).read_text(encoding="utf-8")


def test_without_a_terminal_nothing_is_asked(run, tmp_path):
    result = run.process("init", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == (
        b"mktexec: --scenario is missing\n  \xe2\x86\x92 one of: launch, promotion, brand, region, growth\n"
    )
    assert list(tmp_path.iterdir()) == []


class Terminal:
    """A program at a terminal: waits for a question, types an answer."""

    def __init__(self, *args, cwd, lang="C.UTF-8"):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*COMMAND, *args],
            cwd=cwd,
            env={"LC_ALL": lang, "PYTHONUTF8": "1", "MKTEXEC_TODAY": "2025-06-18", "TERM": "dumb"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self.shown = ""
        self.decoder = getincrementaldecoder("utf-8")()  # a read may end within a character

    def expect(self, text):
        """Read until ``text`` is shown."""
        last = time.monotonic() + 60
        while text not in self.shown:
            assert time.monotonic() < last, f"{text!r} is not in {self.shown!r}"
            if select.select([self.master], [], [], 1)[0]:
                self.shown += self.decoder.decode(os.read(self.master, 4096))
        self.shown = self.shown.split(text, 1)[1]

    def answer(self, question, text):
        """Wait for a question and type the answer."""
        self.expect(question)
        os.write(self.master, text.encode() + b"\n")

    def end(self):
        """Return the exit code."""
        while True:
            try:
                if not os.read(self.master, 4096):
                    break
            except OSError:  # the terminal is gone with the program
                break
        os.close(self.master)
        return self.process.wait(timeout=60)


def test_a_terminal_is_asked_for_everything(tmp_path):
    terminal = Terminal("init", cwd=tmp_path)
    terminal.answer("Language (en, zh) [en]: ", "zh")
    terminal.expect("  region  Regional expansion")
    terminal.answer("> [launch]: ", "party")
    terminal.expect("one of: launch, promotion, brand, region, growth")
    terminal.answer("[launch]: ", "Regional expansion")
    terminal.answer("Title [区域拓展]: ", "华南: 拓展 #1")
    terminal.answer("Main day (launch, opening) [2025-08-04]: ", "2025-02-30")
    terminal.answer("Main day (launch, opening) [2025-08-04]: ", "2025-09-01")
    terminal.answer("Size (small, medium, large) [medium]: ", "")
    terminal.expect("wrote plan.yaml, main day 2025-09-01")
    assert terminal.end() == 0
    campaign = read(tmp_path / "plan.yaml").campaign
    facts = (campaign.title, campaign.scenario.value, campaign.language, campaign.size.value)
    assert facts == ("华南: 拓展 #1", "region", "zh", "medium")
    assert campaign.milestones["launch"].isoformat() == "2025-09-01"


def test_a_chinese_terminal_is_asked_in_chinese_only_for_what_is_not_given(tmp_path):
    options = ["--scenario", "brand", "--title", "焕新", "--size", "small"]
    terminal = Terminal("init", *options, cwd=tmp_path, lang="zh_CN.UTF-8")
    terminal.answer("语言 (en, zh) [zh]: ", "")
    terminal.answer("主活动日（上市日、开售日） [2025-08-04]: ", "")
    terminal.expect("已生成 plan.yaml，主活动日 2025-08-04；填好人员后运行：mktexec check")
    assert terminal.end() == 0


def test_an_interrupted_question_leaves_nothing(tmp_path):
    terminal = Terminal("init", cwd=tmp_path)
    terminal.expect("Language (en, zh) [en]: ")
    os.write(terminal.master, b"\x04")  # end of input
    assert terminal.end() == 130
    assert list(tmp_path.iterdir()) == []
