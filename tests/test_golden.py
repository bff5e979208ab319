"""What people read, command by command, in both languages, as it was last looked at and accepted."""

import json

import pytest

from conftest import EXAMPLE, GOLDEN, LOCALES, ROOT
from mktexec.commands.app import COMMANDS

LANGS = ("en", "zh")
SOUND = EXAMPLE.relative_to(ROOT)
PROMO = (ROOT / "plans" / "examples" / "double-11").relative_to(ROOT)
SPRING = (GOLDEN / "plans" / "spring.yaml").relative_to(ROOT)
FAULTY = (GOLDEN / "plans" / "faulty.yaml").relative_to(ROOT)
MID, END = "--as-of=2024-07-22", "--as-of=2024-09-30"
BUSY, SINGLES = "--as-of=2025-03-26", "--as-of=2026-10-16"
SCENARIOS = ("launch", "promotion", "brand", "region", "growth")

# name: (exit code, columns, arguments)
PAGES = {
    "check-sound": (0, 80, ["check", SOUND]),
    "check-faulty": (1, 80, ["check", FAULTY]),
    "status-unsound": (3, 80, ["status", FAULTY]),
    "status-mid-80": (0, 80, ["status", SOUND, MID]),
    "status-mid-160": (0, 160, ["status", SOUND, MID]),
    "status-end-80": (0, 80, ["status", SOUND, END]),
    "status-end-160": (0, 160, ["status", SOUND, END]),
    "status-all": (0, 80, ["status", SOUND, END, "--all"]),
    "status-by-owner": (0, 80, ["status", SOUND, MID, "--by", "owner"]),
    "status-only-late": (0, 80, ["status", SOUND, MID, "--only", "late"]),
    "status-of-one": (0, 80, ["status", SOUND, MID, "--owner", "zhang"]),
    "status-before": (0, 80, ["status", SOUND, "--as-of=2024-06-30"]),
    "status-after": (0, 80, ["status", SOUND, "--as-of=2024-10-01"]),
    "status-busy-80": (0, 80, ["status", SPRING, BUSY]),
    "status-busy-160": (0, 160, ["status", SPRING, BUSY]),
    "status-busy-40": (0, 40, ["status", SPRING, BUSY]),
    "status-busy-department": (0, 120, ["status", SPRING, BUSY, "--by", "department", "--all"]),
    "warn-07-19": (0, 80, ["warn", SOUND, "--as-of=2024-07-19"]),
    "warn-07-21": (0, 80, ["warn", SOUND, "--as-of=2024-07-21"]),
    "warn-07-22": (1, 80, ["warn", SOUND, "--as-of=2024-07-22"]),
    "warn-07-23": (1, 80, ["warn", SOUND, "--as-of=2024-07-23"]),
    "warn-09-30": (0, 80, ["warn", SOUND, END]),
    "warn-busy": (1, 80, ["warn", SPRING, BUSY]),
    "warn-promo-80": (1, 80, ["warn", PROMO, SINGLES]),
    "warn-promo-40": (1, 40, ["warn", PROMO, SINGLES, "--min-level", "escalate"]),
    "warn-info": (1, 80, ["warn", SPRING, BUSY, "--min-level", "info"]),
    "warn-many": (1, 100, ["warn", SOUND, PROMO, SPRING, "--as-of=2025-03-26"]),
    "warn-github": (1, 80, ["warn", SOUND, MID, "--format", "github"]),
    "warn-gitlab": (1, 80, ["warn", SOUND, MID, "--format", "gitlab"]),
    "warn-sarif": (1, 80, ["warn", SOUND, MID, "--format", "sarif"]),
    "warn-junit": (1, 80, ["warn", SOUND, MID, "--format", "junit"]),
    "warn-markdown": (1, 80, ["warn", PROMO, SINGLES, "--format", "markdown"]),
    "warn-csv": (1, 80, ["warn", PROMO, SINGLES, "--format", "csv"]),
    "today-80": (0, 80, ["today", PROMO, SINGLES]),
    "today-40": (0, 40, ["today", SPRING, BUSY]),
    "today-owner": (0, 80, ["today", PROMO, SINGLES, "--owner", "lin"]),
    "stand-up": (0, 80, ["render", "stand-up", PROMO, SINGLES]),
    "meeting": (0, 80, ["render", "meeting", PROMO, SINGLES]),
    "approvals-80": (0, 80, ["approvals", PROMO, SINGLES]),
    "schedule-80": (0, 80, ["schedule", SOUND, MID]),
    "schedule-160": (0, 160, ["schedule", SPRING, BUSY]),
    "schedule-promo-80": (0, 80, ["schedule", PROMO, SINGLES]),
    "schedule-promo-160": (0, 160, ["schedule", PROMO, SINGLES]),
    "schedule-by-phase": (0, 100, ["schedule", PROMO, SINGLES, "--by", "phase"]),
    "schedule-by-goal": (0, 100, ["schedule", PROMO, SINGLES, "--by", "goal"]),
    "schedule-slip": (0, 100, ["schedule", PROMO, SINGLES, "--slip", "T202=3d"]),
    "schedule-launch": (0, 100, ["schedule", PROMO, SINGLES, "--with", "launch=2026-11-18"]),
    "schedule-without": (
        0,
        80,
        ["schedule", PROMO, SINGLES, "--without", "T203", "--with", "T204.duration=1d"],
    ),
    "schedule-load-80": (0, 80, ["schedule", PROMO, SINGLES, "--load"]),
    "schedule-load-160": (0, 160, ["schedule", PROMO, SINGLES, "--load"]),
    "gantt-80": (0, 80, ["gantt", PROMO, SINGLES]),
    "gantt-120": (0, 120, ["gantt", PROMO, SINGLES, "--by", "department"]),
    "gantt-200": (0, 200, ["gantt", PROMO, SINGLES, "--by", "initiative"]),
    "gantt-weeks": (0, 100, ["gantt", SOUND, MID, "--zoom", "week"]),
    "gantt-three": (0, 120, ["gantt", SOUND, "--as-of=2024-07-23", "--format", "svg"]),
    "gantt-mermaid": (0, 80, ["gantt", PROMO, SINGLES, "--format", "mermaid"]),
    "flow-chart": (0, 80, ["render", "flow-chart", PROMO, SINGLES]),
    "flow-chart-mermaid": (0, 80, ["render", "flow-chart", PROMO, SINGLES, "--format", "mermaid"]),
    "flow-chart-svg": (0, 80, ["render", "flow-chart", SPRING, BUSY, "--format", "svg"]),
    "export-csv": (0, 80, ["export", "csv", PROMO, SINGLES]),
    "export-ics": (0, 80, ["export", "ics", SPRING, BUSY]),
    "explain-chain": (0, 100, ["explain", "T303", "-p", PROMO, SINGLES]),
    "explain-links": (0, 100, ["explain", "T202", "-p", PROMO, SINGLES]),
    "tracking-record": (0, 80, ["render", "tracking-record", SOUND, END]),
    "retrospective": (0, 80, ["render", "retrospective", SOUND, END]),
    "retrospective-busy": (0, 80, ["render", "retrospective", SPRING, BUSY]),
    "explain-rule": (0, 80, ["explain", "task-late"]),
    "explain-after": (0, 80, ["explain", "response-overdue"]),
    "explain-fault": (0, 80, ["explain", "unknown-key"]),
    "explain-task": (0, 80, ["explain", "T003", "-p", SOUND, "--as-of=2024-07-23"]),
    "explain-done-task": (0, 80, ["explain", "T001", "-p", SOUND, END]),
    "explain-kpi": (0, 80, ["explain", "K001", "-p", SOUND, END]),
    "explain-kpi-lower": (0, 80, ["explain", "K2", "-p", SPRING, BUSY]),
    "json-check": (1, 80, ["check", FAULTY, "--format", "json"]),
    "json-warn": (1, 80, ["warn", SOUND, "--as-of=2024-07-23", "--format", "json"]),
    "json-status": (0, 80, ["status", SOUND, END, "--format", "json"]),
    "json-schedule": (0, 80, ["schedule", SOUND, MID, "--format", "json"]),
    "json-retrospective": (0, 80, ["render", "retrospective", SOUND, END, "--format", "json"]),
}

# name: (exit code, plan, arguments); each on a copy of the plan
WRITES = {
    "set-late": (0, SOUND, ["set", "T003", "end=2024-08-12", "collaborators+=设计部", "--as-of=2024-07-19"]),
    "set-refused": (1, SOUND, ["set", "T003", "after=T003", "owner=zhou", MID]),
    "set-unknown": (2, SOUND, ["set", "T03", "owner=li", MID]),
    "unset": (0, SPRING, ["unset", "T04", "log.2025-03-24.problem", "progress", BUSY]),
    "start": (0, SPRING, ["start", "T03", "--on=2025-03-25", BUSY]),
    "progress": (0, SPRING, ["progress", "T02", "80", BUSY]),
    "done": (0, SPRING, ["done", "T02", "--on=2025-03-25", BUSY]),
    "done-late": (0, SOUND, ["done", "T001", "--on=2024-08-18", "--force", "--as-of=2024-08-20"]),
    "cancel": (0, SPRING, ["cancel", "T05", "--reason=no budget", BUSY]),
    "log-task": (0, SOUND, ["log", "T001", "--problem=主播临时请假", "--solution=启用备选主播", MID]),
    "log-campaign": (0, SPRING, ["log", "--action=kick-off with both regions", BUSY]),
    "evidence": (0, SPRING, ["evidence", "T02", "https://example.com/page", BUSY]),
    "kpi": (0, SOUND, ["kpi", "K001", "270万", "--cause=素材吸引力不足", "--as-of=2024-08-31"]),
    "schedule-slip": (0, PROMO, ["schedule", "--slip", "T202=3d", "--slip", "T401=1w", "--write", SINGLES]),
    "ack": (0, SOUND, ["ack", "T003", "--by=zhang", "--action=加派两名开发，周五前完成", MID]),
    "ack-unknown": (2, SOUND, ["ack", "T001", "--by=zhang", "--action=加派人手", MID]),
    "approve": (0, PROMO, ["approve", "goals", "--by=qian", "--note=按会议结论", SINGLES]),
    "spend": (0, SPRING, ["spend", "B1", "8,500", "--note=second draft", BUSY]),
    "spend-reserve": (0, SPRING, ["spend", "reserve", "1500", "--note=courier", BUSY]),
    "add-task": (0, SPRING, ["add", "task", "Train the shop staff", "owner=bob", "start=2025-04-07", BUSY]),
    "add-risk": (0, SOUND, ["add", "risk", "直播平台限流", "owner=wang", "response=备用平台同步直播", MID]),
    "remove-refused": (1, SPRING, ["remove", "T02", BUSY]),
    "remove-force": (0, SPRING, ["remove", "T02", "--force", BUSY]),
    "rename": (0, SPRING, ["rename", "T02", "T20", BUSY]),
    "fmt": (0, SPRING, ["fmt", "plan.yaml"]),
    "fmt-check": (0, SOUND, ["fmt", "plan.yaml", "--check"]),
    "migrate": (0, SOUND, ["migrate", "plan.yaml"]),
}


def page(args, out, err, code):
    """Return a run as one page: the command, its answer, its messages, its exit code."""
    command = " ".join(["$ mktexec", *map(str, args)])
    messages = f"\n[standard error]\n{err}" if err else ""
    return f"{command}\n{out}{messages}\n[exit {code}]\n"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_page(run, golden, name, lang):
    code, columns, args = PAGES[name]
    args = [*args, "--lang", lang]
    result = run(*args, COLUMNS=str(columns))
    assert result.code == code
    golden(f"{lang}/{name}.txt", page(args, result.out, result.err, result.code))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", WRITES)
def test_change(run, golden, tmp_path, name, lang):
    code, plan, args = WRITES[name]
    source = ROOT / plan
    text = (source if source.is_file() else source / "plan.yaml").read_bytes()
    (tmp_path / "plan.yaml").write_bytes(text)
    args = [*args, "--lang", lang]
    result = run(*args, cwd=tmp_path, COLUMNS="80")
    assert result.code == code, result.err
    assert ((tmp_path / "plan.yaml").read_bytes() == text) == (not result.out or code != 0)
    golden(f"{lang}/write-{name}.txt", page(args, result.out, result.err, result.code))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("name", "plan", "day"), [("end", SOUND, END), ("busy", SPRING, BUSY)])
def test_colours(run, golden, name, plan, day, lang):
    args = ["status", plan, day, "--lang", lang]
    result = run(*args, FORCE_COLOR="1", TERM="xterm-256color")
    text = page(args, result.out, result.err, result.code).replace("\x1b", "␛")
    golden(f"{lang}/status-colour-{name}.txt", text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scaffold(run, golden, scenario, lang):
    args = ["init", "--dry-run", "--scenario", scenario, "--size", "small", "--launch", "2024-11-11"]
    result = run(*args, "--lang", lang)
    assert (result.code, result.err) == (0, "")
    golden(f"{lang}/init-{scenario}.yaml", result.out)


@pytest.mark.parametrize("lang", LANGS)
def test_schema_begins_and_is_divided_like_this(run, golden, lang):
    out = run("schema", "--lang", lang).out
    schema = json.loads(out)
    head = "\n".join(out.splitlines()[:40])
    sections = json.dumps(schema["properties"], ensure_ascii=False, indent=1)
    golden(f"{lang}/schema.txt", f"{head}\n…\n{sections}\n{sorted(schema['$defs'])}\n")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(run, golden, command, lang):
    args = [*command.split(), "--help"]
    result = run.process(*args, env={"LC_ALL": LOCALES[lang], "PYTHONUTF8": "1", "COLUMNS": "80"})
    assert result.returncode == 0
    text = page(args, result.stdout.decode(), result.stderr.decode(), result.returncode)
    golden(f"{lang}/help-{command or 'mktexec'}.txt", text)
