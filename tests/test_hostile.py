"""Hostile files: each gets one diagnosis at its place, with a hint of its own, and never a traceback."""

import os
import re
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from mktexec.findings import Finding
from mktexec.i18n import Lang
from mktexec.store.load import load
from mktexec.store.read import MAX_MIB
from mktexec.views.findings import FindingRow, finding_rows

FOLDER = Path(__file__).parent / "hostile"
HEAD = "mktexec: 1\ncampaign:\n  title: 夏季大促\n  period: {start: 2024-07-01, end: 2024-09-30}\n"
UNREADABLE = {"not-yaml", "conflict-marker", "bad-encoding", "control-character", "too-large"}
PLACE = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): ", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """A file and the diagnosis it gets: code, place, and a word of the hint in either language."""

    name: str
    code: str
    line: int
    column: int
    zh: str
    en: str
    readable: bool = True

    @property
    def exit_code(self) -> int:
        """What ``check`` and ``warn`` exit with."""
        return 1 if self.readable and self.code not in UNREADABLE else 3


QUOTES = "引号或括号没有配对", "not closed"
COLON = "全角冒号", "full-width"
SPACE = "键后需要冒号加空格", "a colon and a space"
CONFLICT = "保留一方内容", "keep one side"
DIGITS = "请只写数字", "plain digits"
SCHEMA = "各字段的写法见 mktexec schema", "see 'mktexec schema'"
INDENT = "缩进与相邻各行不一致", "indentation differs"
ONCE = "只保留一处", "keep one of them"
CASES = (
    Case("after-without-space", "bad-dependency", 6, 28, "'T002 +2d'", "'T002 +2d'"),
    Case("alias-bomb", "alias-bomb", 5, 31, "不要层层引用", "once each"),
    Case("alias-chinese", "not-yaml", 5, 10, "请给整个值加引号：'*经理'", "quotes: '*经理'"),
    Case("alias-for-title", "undefined-alias", 3, 10, "请给值加引号：'*zhao'", "quote the value: '*zhao'"),
    Case("alias-in-its-map", "alias-loop", 7, 9, "直接写出", "write the value out"),
    Case("alias-in-itself", "alias-loop", 5, 10, "直接写出", "write the value out"),
    Case("alias-undefined", "undefined-alias", 5, 10, "请给值加引号：'*zhao'", "quote the value: '*zhao'"),
    Case("amount-as-map", "wrong-type", 5, 10, *SCHEMA),
    Case("amount-true", "bad-amount", 5, 17, *DIGITS),
    Case("anchor-chinese", "not-yaml", 7, 12, "请给整个值加引号：'&重要'", "quotes: '&重要'"),
    Case("anchor-for-text", "empty-value", 7, 12, "'&' 表示锚点", "'&' names an anchor"),
    Case("anchor-loop", "anchor-loop", 5, 48, "写成具体日期", "as a day"),
    Case("anchor-too-far", "day-out-of-range", 11, 10, "多写了位数", "too many digits"),
    Case("anchor-unknown", "unknown-anchor", 11, 10, "是不是 launch？", "did you mean launch?"),
    Case("at-sign", "not-yaml", 5, 10, "'@zhao'", "quotes: '@zhao'"),
    Case("backtick", "not-yaml", 5, 10, "'`x`'", "quotes: '`x`'"),
    Case("bar", "not-yaml", 5, 10, "'| a'", "quotes: '| a'"),
    Case("brace-open", "not-yaml", 6, 9, *QUOTES),
    Case("brace-then-text", "not-yaml", 5, 15, "'{red}标题'", "quotes: '{red}标题'"),
    Case("braces-in-a-text", "not-yaml", 3, 16, "'{name}大促'", "quotes: '{name}大促'"),
    Case("bracket-open", "not-yaml", 5, 16, *QUOTES),
    Case("bracket-then-text", "not-yaml", 5, 15, "'[red]标题'", "quotes: '[red]标题'"),
    Case("budget-true", "wrong-type", 5, 9, *SCHEMA),
    Case("campaign-without-title", "missing-field", 2, 1, "'title: …'", "'title: …'"),
    Case("choice-chinese-unknown", "bad-choice", 6, 31, "选一个", "choose one"),
    Case("choice-misspelt", "bad-choice", 3, 13, "是不是 launch？", "did you mean launch?"),
    Case("colon-in-text", "not-yaml", 5, 11, "文字里含有 ': '", "inside a text"),
    Case("comment-sign-lost", "not-yaml", 1, 1, "'键: 值'", "'key: value'"),
    Case("conflict-end-left", "conflict-marker", 6, 1, *CONFLICT),
    Case("conflict-middle-left", "conflict-marker", 6, 1, *CONFLICT),
    Case("conflict-whole", "conflict-marker", 5, 1, *CONFLICT),
    Case("day-chinese", "bad-day", 6, 25, "请写成 2024-07-15", "write 2024-07-15"),
    Case("day-february-30", "bad-day", 6, 25, "日历上没有这一天", "no such day"),
    Case("day-of-week", "bad-day", 6, 25, "请写成 2024-07-15", "write 2024-07-15"),
    Case("day-with-slashes", "bad-day", 6, 25, "请写成 2024-07-15", "write 2024-07-15"),
    Case("directive-tag", "yaml-directive", 1, 1, "请删除", "remove it"),
    Case("directive-without-document", "not-yaml", 1, 1, "以 '%' 开头的行", "begins with '%'"),
    Case("directive-yaml-1.1", "yaml-directive", 1, 1, "请删除", "remove it"),
    Case("duplicate-key", "duplicate-key", 8, 3, *ONCE),
    Case("duplicate-merge", "duplicate-key", 6, 1, *ONCE),
    Case("duplicate-own-key", "duplicate-key", 6, 1, *ONCE),
    Case("duration-chinese", "bad-duration", 6, 31, "5d（工作日）", "5d (working days)"),
    Case("duration-without-unit", "bad-duration", 6, 31, "5d（工作日）", "5d (working days)"),
    Case("empty-file", "empty-plan", 1, 1, "mktexec init", "mktexec init"),
    Case("empty-key", "not-yaml", 6, 10, "缺少键或值", "is missing"),
    Case("full-width-colon-before-comment", "not-yaml", 1, 1, *COLON),
    Case("full-width-colon-everywhere", "not-a-plan", 1, 1, *COLON),
    Case("full-width-colon-first-line", "not-yaml", 1, 1, *COLON),
    Case("full-width-colon-in-braces", "unknown-key", 6, 10, *COLON),
    Case("full-width-colon-middle", "not-yaml", 5, 3, *COLON),
    Case("full-width-colon-nested", "not-yaml", 7, 5, *COLON),
    Case("full-width-colon-only-line", "wrong-type", 7, 5, *COLON),
    Case("greater-than", "not-yaml", 8, 14, "'> 5%'", "quotes: '> 5%'"),
    Case("hash-title", "empty-value", 7, 5, "以 '#' 开头的值请加引号", "begins with '#'"),
    Case("huge-exponent", "bad-amount", 5, 17, *DIGITS),
    Case("huge-integer", "bad-amount", 5, 17, "数字过大", "too large"),
    Case("id-with-space", "bad-id", 6, 3, "不含空格和点", "no spaces or dots"),
    Case("indent-too-deep", "not-yaml", 5, 4, *INDENT),
    Case("indent-too-shallow", "not-yaml", 5, 2, *INDENT),
    Case("infinity", "bad-amount", 5, 17, *DIGITS),
    Case("key-is-a-list", "complex-key", 5, 3, "请加引号", "quote the value"),
    Case("keys-misspelt", "missing-field", 6, 3, "'title: …'", "'title: …'"),
    Case("keys-near", "unknown-key", 6, 20, "是不是 progress？", "did you mean progress?"),
    Case("leading-comma", "not-yaml", 5, 10, "', a'", "quotes: ', a'"),
    Case("line-without-key", "not-yaml", 8, 5, "'键: 值'", "'key: value'"),
    Case("list-plan", "not-a-plan", 1, 1, "以 'mktexec: 1'", "begin with 'mktexec: 1'"),
    Case("log-day-chinese", "bad-day", 9, 7, "请写成 2024-07-15", "write 2024-07-15"),
    Case("log-day-february-30", "bad-day", 6, 3, "日历上没有这一天", "no such day"),
    Case("markdown-bold", "not-yaml", 5, 10, "'**重点**'", "quotes: '**重点**'"),
    Case("merge-of-text", "bad-merge", 8, 5, "直接写出各字段", "write the fields out"),
    Case("milestone-maybe", "bad-yes-no", 6, 32, "true 或 false", "true or false"),
    Case("no-space-after-colon", "not-yaml", 3, 3, *SPACE),
    Case("no-space-in-braces", "not-yaml", 6, 10, *SPACE),
    Case("no-space-nested", "not-yaml", 7, 5, *SPACE),
    Case("no-space-only-line", "wrong-type", 7, 5, *SPACE),
    Case("no-version", "missing-field", 1, 1, "'mktexec: …'", "'mktexec: …'"),
    Case("not-a-number", "bad-amount", 5, 17, *DIGITS),
    Case("null-entry", "empty-value", 7, 3, "请填写，或删除该行", "fill it in, or remove"),
    Case("only-comments", "empty-plan", 1, 1, "mktexec init", "mktexec init"),
    Case("owner-list", "wrong-type", 7, 20, "只写一位负责人", "name the one person"),
    Case("per-cent-in-amount", "bad-amount", 6, 26, "unit: '%'", "unit: '%'"),
    Case("per-cent-sign", "not-yaml", 5, 10, "'%x'", "quotes: '%x'"),
    Case("period-bad-day", "bad-day", 4, 19, "日历上没有这一天", "no such day"),
    Case("period-half", "missing-field", 4, 3, "'end: …'", "'end: …'"),
    Case("progress-20-of-18", "bad-progress", 6, 31, "18/20", "18/20"),
    Case("progress-over", "bad-progress", 6, 31, "0 到 100", "0 to 100"),
    Case("question-mark", "not-yaml", 5, 10, "'? a'", "quotes: '? a'"),
    Case("quote-double-open", "not-yaml", 5, 10, *QUOTES),
    Case("quote-single-open", "not-yaml", 5, 10, *QUOTES),
    Case("quotes-then-text", "not-yaml", 5, 15, "'''新品'' 上市'", "quotes: '''新品'' 上市'"),
    Case("section-chinese", "unknown-key", 5, 1, "是不是 tasks？", "did you mean tasks?"),
    Case("several-at-once", "undefined-alias", 5, 10, "'*zhao'", "'*zhao'", readable=False),
    Case("surrogate-escape", "not-yaml", 5, 13, "改用单引号", "single quotes"),
    Case("tab-after-spaces", "not-yaml", 7, 3, "制表符", "a tab"),
    Case("tab-in-map", "not-yaml", 5, 1, "制表符", "a tab"),
    Case("tag-chinese", "not-yaml", 5, 10, "'!重要 x'", "quotes: '!重要 x'"),
    Case("tag-exclamation", "yaml-tag", 5, 10, "以 '!' 开头，请加引号", "begins with '!'"),
    Case("tag-python", "yaml-tag", 5, 10, "请删除", "remove it"),
    Case("tag-str", "yaml-tag", 5, 10, "请删除", "remove it"),
    Case("template-braces", "complex-key", 5, 11, "以 '{'", "begins with '{'"),
    Case("text-for-list-of-risks", "wrong-type", 5, 8, *SCHEMA),
    Case("text-plan", "not-a-plan", 1, 1, "以 'mktexec: 1'", "begin with 'mktexec: 1'"),
    Case("thousands", "bad-amount", 6, 10, "请写成 1234，不要千分位", "write 1234"),
    Case("thousands-in-braces", "unknown-key", 5, 19, "不要写千分位", "without separators"),
    Case("thousands-quoted", "bad-amount", 5, 17, "请写成 1234，不要千分位", "write 1234"),
    Case("title-in-brackets", "wrong-type", 6, 10, "以 '[' 或 '{' 开头", "'[' or '{'"),
    Case("too-deep", "too-deep", 5, 69, "最多需要 8 层", "at most eight"),
    Case("two-documents", "two-documents", 5, 1, "删除 '---'", "remove the '---'"),
    Case("unit-in-amount", "bad-amount", 5, 17, "请写成 4200000", "write 4200000"),
    Case("url-in-brackets", "not-yaml", 6, 32, "'https://example.com/a'", "quotes: 'https://example.com/a'"),
    Case("version-2", "bad-version", 1, 10, "'mktexec: 1'", "'mktexec: 1'"),
    Case("windows-path", "not-yaml", 6, 34, "改用单引号", "single quotes"),
)
BYTES = {  # what an editor or a checkout would not keep
    "gbk": (HEAD.encode("gbk"), "bad-encoding", 3, 10, "看起来是 GBK", "looks like GBK"),
    "utf-16-little": (HEAD.encode("utf-16"), "bad-encoding", 1, 1, "UTF-16", "UTF-16"),
    "utf-16-big": (b"\xfe\xff" + HEAD.encode("utf-16-be"), "bad-encoding", 1, 1, "UTF-16", "UTF-16"),
    "neither": (HEAD.encode() + b"  theme: \xff\xff\n", "bad-encoding", 5, 10, "另存为 UTF-8", "as UTF-8"),
    "surrogate": (HEAD.encode() + b"  theme: \xed\xa0\x80\n", "bad-encoding", 5, 10, "UTF-8", "UTF-8"),
    "nul": ((HEAD + "  theme: a\0b\n").encode(), "control-character", 5, 11, "请删除该字符", "delete it"),
    "bell": ((HEAD + "  theme: a\x07b\n").encode(), "control-character", 5, 11, "请删除该字符", "delete it"),
    "next-line": ((HEAD + "  theme: a\x85b\n").encode(), "not-yaml", 5, 12, "不可见的换行符", "separator"),
    "u+2028": ((HEAD + "  theme: a\u2028b\n").encode(), "not-yaml", 5, 12, "不可见的换行符", "separator"),
    "old-mac": (
        (HEAD + "tasks: {T1: {titel: a}}\n").replace("\n", "\r").encode(),
        "missing-field",
        5,
        9,
        "'title: …'",
        "'title: …'",
    ),
}
ACCEPTED = {
    "bom": b"\xef\xbb\xbf" + HEAD.encode(),
    "crlf": HEAD.replace("\n", "\r\n").encode(),
    "no-newline-at-the-end": HEAD.rstrip("\n").encode(),
    "empty-sections": (HEAD + "risks:\ntasks: ~\nbudget:\nthresholds:\nreview: null\nlog:\n").encode(),
    "merge": (
        HEAD + "x-d: &d {owner: zhao}\npeople: {zhao: {name: 赵}}\ntasks:\n  T1: {<<: *d, title: a}\n"
    ).encode(),
    "merge-of-several": (
        HEAD
        + "x-a: &a {end: 2024-07-05}\nx-b: &b {end: 2024-07-09, title: b}\ntasks:\n  T1: {<<: [*a, *b]}\n"
    ).encode(),
    "escape-in-quotes": (HEAD + '  theme: "a\\e[31mb"\n').encode(),
    "document-marks": ("---\n" + HEAD + "...\n").encode(),
    "marks-in-a-text": (HEAD + "  note: |\n    <<<<<<< \n    ---\n    =======\n").encode(),
}


def read(path: Path, lang: Lang = "en") -> list[FindingRow]:
    loaded = load(path)
    return finding_rows(loaded.faults, loaded.source, lang)


def assert_diagnosis(path: Path, case: Case) -> None:
    zh, en = read(path, "zh")[0], read(path, "en")[0]
    assert (en.code, en.place) == (case.code, (path.as_posix(), case.line, case.column))
    assert case.zh in zh.hint
    assert case.en in en.hint


def assert_command_line(run, path: Path, exit_code: int) -> None:
    """Every command that reads a plan says where, exits as promised, and does not break."""
    for command, code in (("check", exit_code), ("warn", exit_code), ("status", 3)):
        result = run(command, path)
        assert result.code == code, (command, result)
        assert "Traceback" not in result.out + result.err
        places = [found["file"] for found in PLACE.finditer(result.out + result.err)]
        assert path.as_posix() in places, (command, result)


def test_every_hostile_file_has_its_diagnosis():
    assert [case.name for case in CASES] == sorted(case.name for case in CASES)
    assert {case.name for case in CASES} == {path.stem for path in FOLDER.glob("*.yaml")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_file(case, run):
    path = FOLDER / f"{case.name}.yaml"
    assert_diagnosis(path, case)
    assert_command_line(run, path, case.exit_code)


@pytest.mark.parametrize("name", BYTES)
def test_hostile_bytes(name, tmp_path, run):
    raw, *expected = BYTES[name]
    path = tmp_path / "plan.yaml"
    path.write_bytes(raw)
    case = Case(name, *expected)
    assert_diagnosis(path, case)
    assert_command_line(run, path, case.exit_code)


@pytest.mark.parametrize("name", ACCEPTED)
def test_unusual_but_valid_file_is_read(name, tmp_path, run):
    path = tmp_path / "plan.yaml"
    path.write_bytes(ACCEPTED[name])
    assert read(path) == []
    assert run("status", path).code == 0


@pytest.mark.parametrize("name", ["alias-chinese", "alias-bomb", "duplicate-key", "budget-true"])
def test_hostile_file_in_a_process_of_its_own(name, run):
    path = FOLDER / f"{name}.yaml"
    case = next(case for case in CASES if case.name == name)
    result = run.process("check", path, "--lang", "zh", env={"LC_ALL": "C"})
    assert result.returncode == case.exit_code
    assert f"{path}:{case.line}:{case.column}: ".encode() in result.stdout
    assert b"Traceback" not in result.stdout + result.stderr


def test_both_lines_of_a_duplicate_key_are_named():
    assert read(FOLDER / "duplicate-key.yaml")[0].message == "T001 stands here twice, first in line 6"


def test_all_faults_before_the_end_of_reading_are_told():
    rows = read(FOLDER / "several-at-once.yaml")
    assert [(row.code, row.place.line) for row in rows] == [
        ("undefined-alias", 5),
        ("duplicate-key", 7),
        ("not-yaml", 8),
    ]


def test_every_misspelt_key_is_told_with_the_key_meant():
    rows = read(FOLDER / "keys-misspelt.yaml", "zh")
    assert [(row.code, row.place.column, row.hint) for row in rows] == [
        ("missing-field", 3, "请补上 'title: …'"),
        ("unknown-key", 10, "是不是 title？"),
        ("unknown-key", 20, "是不是 owner？"),
    ]


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("负责人", "是不是 owner？"),
        ("截止日期", "是不是 end？"),
        ("任务描述", "是不是 title？"),
        ("开始时间", "是不是 start？"),
        ("前置任务", "是不是 after？"),
        ("当前进度", "是不是 progress？"),
        ("交付物", "是不是 deliverable？"),
        ("Owner", "是不是 owner？"),
        ("depends_on", "是不是 after？"),
        ("颜色", "参见 mktexec schema；自定义键请以 x- 开头"),
        ("用", "参见 mktexec schema；自定义键请以 x- 开头"),
    ],
)
def test_key_of_a_task_in_other_words(key, hint, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD + f"tasks:\n  T1: {{title: a, {key}: b}}\n", encoding="utf-8")
    assert [(row.code, row.hint) for row in read(path, "zh")] == [("unknown-key", hint)]


@pytest.mark.parametrize("name", ["alias-for-title", "tag-exclamation", "period-half", "period-bad-day"])
def test_one_mistake_is_one_finding(name):
    assert len(read(FOLDER / f"{name}.yaml")) == 1


def test_what_follows_from_a_missing_title_of_the_campaign_is_not_told(run):
    result = run("check", FOLDER / "campaign-without-title.yaml")
    assert "unknown-anchor" not in result.out
    assert result.out.count(": error") == 1


def test_columns_after_a_byte_order_mark_count_from_the_first_character(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbfmktexec: 2\n" + HEAD.encode().split(b"\n", 1)[1])
    assert read(path)[0].place[1:] == (1, 10)


def test_symlink_out_of_the_folder_is_not_followed(tmp_path, run):
    outside = tmp_path / "secret.yaml"
    outside.write_text("risks: {secret: {title: 机密}}\n", encoding="utf-8")
    plan = tmp_path / "plan"
    plan.mkdir()
    (plan / "a.yaml").write_text(HEAD, encoding="utf-8")
    (plan / "b.yaml").symlink_to(outside)
    assert [(row.code, row.place) for row in read(plan)] == [
        ("outside-folder", ((plan / "b.yaml").as_posix(), 1, 1))
    ]
    result = run("check", plan)
    assert (result.code, "机密" in result.out + result.err) == (1, False)


def test_symlink_within_the_folder_is_followed(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "risks.txt").write_text("risks: {R1: {title: 下雨}}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "parts" / "risks.txt")
    assert load(tmp_path).plan.risks["R1"].title == "下雨"


def test_directory_named_like_a_plan_is_a_folder_of_files(tmp_path, run):
    plan = tmp_path / "plan.yaml"
    plan.mkdir()
    (plan / "a.yaml").write_text(HEAD, encoding="utf-8")
    assert run("status", cwd=tmp_path).code == 0


def test_directory_among_the_files_of_a_plan_cannot_be_read(tmp_path, run):
    (tmp_path / "a.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "b.yaml").mkdir()
    result = run("check", tmp_path)
    assert (result.code, result.out) == (3, "")
    assert "b.yaml" in result.err


def test_empty_folder_is_an_empty_plan(tmp_path, run):
    assert_command_line(run, tmp_path, 1)


def test_file_that_cannot_be_opened(tmp_path, run, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("plan.yaml")
        for command in ("check", "warn", "status"):
            result = run(command, "plan.yaml", cwd=tmp_path)
            assert (result.code, result.out) == (3, "")
            assert "cannot read plan.yaml" in result.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(tmp_path, run):
    path = tmp_path / "plan.yaml"
    path.write_text(HEAD, encoding="utf-8")
    path.chmod(0)
    assert run("check", path).code == 3


def test_dangling_symlink_cannot_be_read(tmp_path, run):
    (tmp_path / "a.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "nowhere.yaml")
    assert run("check", tmp_path).code == 3


def test_file_over_the_limit_is_not_parsed(tmp_path, run):
    path = tmp_path / "plan.yaml"
    with path.open("wb") as stream:
        stream.truncate(MAX_MIB * 2**20 + 1)
    assert MAX_MIB == 64
    assert_diagnosis(path, Case("too-large", "too-large", 1, 1, "拆成一个目录", "into a folder"))
    assert_command_line(run, path, 3)


def test_part_that_cannot_be_read_hides_nothing_of_the_others(tmp_path):
    (tmp_path / "a.yaml").write_text("risks: [a\n", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("tasks: {}\ntasks: {}\n", encoding="utf-8")
    assert [row.code for row in read(tmp_path)] == ["not-yaml", "duplicate-key"]


def test_finding_without_a_document_has_no_place():
    from mktexec.findings import Level
    from mktexec.source import Source

    row = finding_rows([Finding("bad-day", Level.ERROR, ("a",), {"value": "x"})], Source(()), "en")[0]
    assert row.place is None
