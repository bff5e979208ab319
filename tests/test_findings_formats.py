"""What ``check`` and ``warn`` write, read back by other readers; hostile plan text comes out as data."""

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from markdown_it import MarkdownIt

from conftest import EXAMPLE, FIXED, ROOT
from mktexec.columns import width
from mktexec.findings import Finding, Level
from mktexec.render.findings import FORMATS, findings
from mktexec.render.json import findings as to_json
from mktexec.render.terminal import to_text
from mktexec.source import Document, Place, Source
from mktexec.views.findings import FindingRow, finding_rows

SCHEMAS = ROOT / "tests" / "data" / "schemas"
DAY = date(2024, 7, 23)
LONG = "长" * 10_000

# what a plan may hold: what a reader of text sees of it
HOSTILE = {
    "%0A::error::x": "%0A::error::x",
    "a\r\n::error file=x::b\n": "a ::error file=x::b",
    "a: b, c | d%25 \\| e": "a: b, c | d%25 \\| e",
    "</failure><script>alert(1)</script>": "</failure><script>alert(1)</script>",
    "<![CDATA[x]]> & &lt; &#10;": "<![CDATA[x]]> & &lt; &#10;",
    "\x1b[31mred\x1b]8;;http://x\x07": "[31mred]8;;http://x",
    '=HYPERLINK("http://x","y")': '=HYPERLINK("http://x","y")',
    "\u202egnp.exe\u200f\u2066": "gnp.exe",
    "a\ud800b": "ab",
    "a\x00\x08\x7f\x85\u2028b": "a b",
    "{0} {{x}} [y](javascript:alert(1)) [z]": "{0} {{x}} [y](javascript:alert(1)) [z]",
    "@all #1 !2 ![i](//x) *b* _e_ `c` ~s~": "@all #1 !2 ![i](//x) *b* _e_ `c` ~s~",
    LONG: LONG,
}
hostile = pytest.mark.parametrize(("title", "shown"), HOSTILE.items(), ids=range(len(HOSTILE)))

PLAN = """\
mktexec: 1
campaign: {title: T, calendar: everyday, period: {start: 2024-07-01, end: 2024-09-30}, owner: li}
people: {li: {name: 李雷}, han: {name: %s}}
tasks:
  T1: {title: %s, owner: han, deliverable: x, end: 2024-07-20}
"""


def row(message="海报：延误 3 天", **other):
    """Return a finding of a task that is three days late, or what ``other`` makes of it."""
    given = {
        "code": "task-late",
        "level": Level.ESCALATE,
        "message": message,
        "hint": "call a meeting",
        "subject": "T1",
        "path": "tasks.T1.end",
        "place": Place("plan.yaml", 7, 10),
        "days": 3,
        "key": "task-late:T1",
        "line": "    end: 2024-07-20",
        "since": date(2024, 7, 21),
        "raised": DAY,
        "answer_by": date(2024, 7, 24),
        "owner": "han",
        "to": ("han", "设计部"),
        "owner_name": "韩梅",
        "to_names": ("韩梅", "设计部"),
    }
    return FindingRow(**given | other)


def lines_of(*rows, lang="en", columns=80):
    return to_text(findings(rows, lang, columns)).splitlines()


def rendered(name, *rows, lang="en", as_of=DAY):
    return FORMATS[name](rows, lang, as_of)


def read(text):
    """Return JSON as a program reads it from a file in UTF-8."""
    return json.loads(text.encode("utf-8", "backslashreplace"))


# --- the terminal -------------------------------------------------------------------------


def test_a_block_says_where_what_why_and_what_next():
    assert lines_of(row()) == [
        "plan.yaml:7:10: escalate [task-late]",
        "    T1  海报：延误 3 天",
        "   7 | end: 2024-07-20",
        "     |      ^",
        "    → call a meeting",
        "    since 2024-07-21 · to 韩梅, 设计部 · answer by 2024-07-24 · ack task-late:T1",
    ]
    assert lines_of(row(), lang="zh", columns=40)[5:] == [
        "    自 2024-07-21 起 · 通知 韩梅、设计部",
        "    应于 2024-07-24 前响应",
        "    ack task-late:T1",
    ]


def test_what_wants_no_answer_has_no_key_and_what_has_no_day_no_line():
    assert lines_of(row(answer_by=None))[5:] == ["    since 2024-07-21 · to 韩梅, 设计部"]
    assert lines_of(row(answer_by=None, since=None))[4:] == ["    → call a meeting"]


@pytest.mark.parametrize(
    ("line", "column", "shown", "caret"),
    [
        ("  T1: {title: 会场页面, owner: zhuo}", 28, "T1: {title: 会场页面, owner: zhuo}", 29),
        ("\ta:\tb", 5, "a: b", 3),
        ('k: "\x1b[31mx" y', 13, 'k: "[31mx" y', 11),
        ("k: \u202eab\u2069c", 8, "k: abc", 5),
        ("e\u0301: x", 5, "e\u0301: x", 3),
        ("k: 👩\ufe0f x", 7, "k: 👩\ufe0f x", 6),
        ("a\u2028: b", 5, "a : b", 4),
        ("k:", 3, "k:", 2),
        ("k:", 99, "k:", 2),
    ],
)
def test_the_caret_stands_under_the_character_on_the_screen(line, column, shown, caret):
    found = lines_of(row(line=line, place=Place("plan.yaml", 123, column)))
    assert found[2:4] == [" 123 | " + shown, "     | " + " " * caret + "^"]


@pytest.mark.parametrize("columns", [40, 41, 80, 120])
@pytest.mark.parametrize("fill", ["a", "长", "x长\t"])
@pytest.mark.parametrize(("before", "after"), [(0, 300), (30, 300), (150, 150), (300, 1), (300, 0)])
def test_a_long_line_is_cut_around_the_place(columns, fill, before, after):
    line = fill * before + "X" + fill * after
    found = lines_of(row(line=line, place=Place("p", 7, len(fill * before) + 1)), columns=columns)
    text, caret = found[2], found[3]
    assert width(text) <= columns
    position = next(i for i in range(len(text)) if text[i] == "X")
    assert width(text[:position]) == width(caret) - 1
    assert text.startswith("   7 | ..") == (before > 0 and width(text[:position]) != 7 + before * width(fill))
    assert text.endswith("..") == (after > 1)


def test_an_endless_line_is_cut_like_any_other():
    found = lines_of(row(line="a" * 5_000_000 + "X", place=Place("p", 1, 5_000_001)), columns=40)
    assert found[2:4] == ["   1 | .." + "a" * 29 + "X", "     | " + " " * 31 + "^"]


def test_the_findings_of_one_line_share_its_text():
    text = "tasks: {T1: {end: 2024-07-20}, T2: {end: 2024-07-20}}"
    found = [Finding("task-late", Level.WARN, ("tasks", key)) for key in ("T1", "T2")]
    placed = [
        replace(one, params={"title": "", "days": 3, "end": DAY, "owner": ""}, place=Place("p", 1, 9))
        for one in found
    ]
    rows = finding_rows(placed, Source((Document("p", text),)), "en")
    assert [one.line for one in rows] == [text, text]
    assert rows[0].line is rows[1].line


def test_the_key_of_the_entry_is_not_shown_again():
    key = row(line="  T1: {title: 海报}", place=Place("plan.yaml", 7, 3))
    assert [line for line in lines_of(key) if "|" in line] == []
    other = row(line="  T10: {title: 海报}", place=Place("plan.yaml", 7, 3))
    assert len([line for line in lines_of(other) if "|" in line]) == 2


def test_one_place_is_shown_once_in_a_row():
    found = lines_of(row(), row(code="task-behind"), row(place=Place("plan.yaml", 8, 10)))
    assert [line for line in found if line.endswith("^")] == ["     |      ^"] * 2


def test_what_stands_nowhere_has_neither_place_nor_line():
    assert lines_of(row(place=None, since=None)) == [
        "escalate [task-late]",
        "    T1  海报：延误 3 天",
        "    → call a meeting",
    ]


@hostile
@pytest.mark.parametrize("columns", [40, 80])
def test_the_terminal_shows_plan_text_as_text(title, shown, columns):
    found = lines_of(row(title, hint=title, line=title, owner_name=title, to_names=(title,)), columns=columns)
    text = "".join(found)
    assert {unicodedata.category(char) for char in text} & {"Cc", "Cs", "Cf"} == set()
    assert max(width(line) for line in found) <= columns
    assert re.sub(r"\s+", "", shown) in re.sub(r"\s+", "", text)


# --- GitHub -------------------------------------------------------------------------------


def commands(text):
    """Return workflow commands as a runner reads them: name, properties, message."""
    found = []
    for line in text.splitlines():
        name, properties, data = re.fullmatch(r"::(\w+) (.*?)::(.*)", line).groups()
        pairs = dict(one.split("=", 1) for one in properties.split(","))
        for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            pairs = {key: value.replace(code, char) for key, value in pairs.items()}
            data = data if char in ":," else data.replace(code, char)
        found.append((name, pairs, data))
    return found


def test_github_gets_a_command_a_finding():
    assert rendered("github", row("海报: 50%", place=Place("a:b,c/plan.yaml", 7, 10))) == (
        "::error file=a%3Ab%2Cc/plan.yaml,line=7,col=10,title=escalate task-late%3AT1"
        "::T1  海报: 50%25%0A→ call a meeting"
        "%0Asince 2024-07-21 · to 韩梅, 设计部 · answer by 2024-07-24 · ack task-late:T1\n"
    )


def test_github_knows_three_levels():
    found = commands(rendered("github", *(row(level=level, place=None) for level in Level)))
    assert [name for name, _, _ in found] == ["notice", "notice", "warning", "error", "error"]
    assert set(found[0][1]) == {"title"}


@hostile
def test_github_reads_plan_text_as_one_message(title, shown):
    text = rendered("github", row(title, key=f"task-late:{title}"), row())
    assert text.count("\n") == 2
    name, properties, message = commands(text)[0]
    assert (name, properties["title"]) == ("error", f"escalate task-late:{shown}")
    assert message.splitlines()[:2] == [f"T1  {shown}", "→ call a meeting"]


# --- GitLab -------------------------------------------------------------------------------


def violations(*rows):
    found = read(rendered("gitlab", *rows))
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(found)
    return found


def test_gitlab_gets_a_violation_a_finding():
    found = violations(row(place=Place("./plans/plan.yaml", 7, 10)))
    assert (
        found[0].pop("fingerprint") == violations(row(place=Place("plans/plan.yaml", 9, 1)))[0]["fingerprint"]
    )
    assert found == [
        {
            "description": "T1  海报：延误 3 天 → call a meeting",
            "check_name": "task-late",
            "severity": "critical",
            "location": {"path": "plans/plan.yaml", "lines": {"begin": 7}},
        }
    ]


def test_gitlab_knows_five_severities_and_an_empty_report():
    found = violations(*(row(level=level) for level in Level))
    assert [one["severity"] for one in found] == ["info", "minor", "major", "critical", "blocker"]
    assert rendered("gitlab") == "[]\n"
    assert violations(row(place=None))[0]["location"] == {"path": ".", "lines": {"begin": 1}}


def test_a_fingerprint_outlives_moved_lines_and_other_figures_and_is_nobody_elses():
    rows = [row(), row(), row(code="task-behind"), row(path="tasks.T1"), row(place=Place("b.yaml", 7, 10))]
    marks = [one["fingerprint"] for one in violations(*rows)]
    assert len(set(marks)) == 5
    later = [row("海报：延误 4 天", place=Place("plan.yaml", 70, 1), days=4, level=Level.WARN), row()]
    assert [one["fingerprint"] for one in violations(*later)] == marks[:2]


# --- SARIF --------------------------------------------------------------------------------


def sarif(*rows, **options):
    found = read(rendered("sarif", *rows, **options))
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker()).validate(found)
    return found["runs"][0]


def test_sarif_gets_a_result_a_finding_and_the_rules_that_they_name():
    run = sarif(row(), row(code="dependency-cycle", level=Level.ERROR), row(level=Level.INFO), lang="zh")
    rules = run["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == ["dependency-cycle", "task-late"]
    assert rules[1]["shortDescription"] == {"text": "...：延误 ... 天，应于 ... 完成（...）"}
    assert rules[1]["defaultConfiguration"] == {"level": "note"}
    assert rules[1]["properties"] == {"tags": ["warn"]}
    assert [(one["ruleIndex"], one["level"]) for one in run["results"]] == [
        (1, "error"),
        (0, "error"),
        (1, "note"),
    ]
    assert (run["language"], run["columnKind"]) == ("zh-CN", "unicodeCodePoints")
    assert run["properties"] == {"asOf": "2024-07-23"}
    result = run["results"][0]
    assert result["message"] == {"text": "T1  海报：延误 3 天\n→ call a meeting"}
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 10}
    assert result["properties"] == {
        "level": "escalate",
        "key": "task-late:T1",
        "since": "2024-07-21",
        "raised": "2024-07-23",
        "answerBy": "2024-07-24",
        "owner": "han",
        "to": ["han", "设计部"],
        "days": 3,
    }


def test_sarif_of_nothing_and_of_what_stands_nowhere_is_valid():
    empty = sarif(as_of=None)
    assert (empty["results"], empty["tool"]["driver"]["rules"]) == ([], [])
    nowhere = sarif(row(place=None, since=None, raised=None, answer_by=None, owner=None, to=(), days=None))
    assert nowhere["results"][0]["locations"] == []
    assert nowhere["results"][0]["properties"] == {"level": "escalate", "key": "task-late:T1"}


@pytest.mark.parametrize(
    ("file", "artifact"),
    [
        ("./a b/计划#1.yaml", {"uri": "a%20b/%E8%AE%A1%E5%88%92%231.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a:b%41.yaml", {"uri": "a%3Ab%2541.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/plans/x y.yaml", {"uri": "file:///plans/x%20y.yaml"}),
        ("a\udcff\n.yaml", {"uri": "a%ED%B3%BF%0A.yaml", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_sarif_names_a_file_by_its_uri(file, artifact):
    result = sarif(row(place=Place(file, 1, 1)))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == artifact
    path = unquote(artifact["uri"], errors="surrogatepass").removeprefix("file://")
    assert path == file.removeprefix("./")


@hostile
def test_sarif_reads_plan_text_as_plain_text(title, shown):
    del shown  # JSON holds every character
    text = sarif(row(title))["results"][0]["message"]["text"]
    assert re.search(r"(?<!\\)\]\(", text) is None  # no link
    assert re.search(r"(?<!{)(?:{{)*{(?!{)", text) is None  # no argument
    plain = text.replace("\\](", "](").replace("{{", "{").replace("}}", "}")
    assert plain == f"T1  {title}\n→ call a meeting"


# --- JUnit --------------------------------------------------------------------------------

# element: (its children, its attributes), of what Jenkins' xUnit plugin accepts what is written here
ACCEPTED = {
    "testsuites": ({"testsuite"}, {"name", "tests", "failures", "errors"}),
    "testsuite": ({"testcase"}, {"name", "tests", "failures", "errors", "skipped", "timestamp"}),
    "testcase": ({"failure", "system-out"}, {"name", "classname"}),
    "failure": (set(), {"type", "message"}),
    "system-out": (set(), set()),
}


def junit(*rows, **options):
    root = ET.fromstring(rendered("junit", *rows, **options).encode("utf-8"))  # noqa: S314  # our own text
    for element in root.iter():
        children, attributes = ACCEPTED[element.tag]
        assert {child.tag for child in element} <= children
        assert set(element.attrib) <= attributes
    for suite in (root, *root):
        assert int(suite.get("tests")) == len(list(suite.iter("testcase")))
        assert int(suite.get("failures")) == len(list(suite.iter("failure")))
    return root


def test_junit_gets_a_test_a_finding_that_fails_from_warn_on():
    root = junit(*(row(level=level) for level in Level), row(place=Place("b.yaml", 1, 1)))
    assert [(one.get("name"), one.get("tests"), one.get("failures")) for one in root] == [
        ("plan.yaml", "5", "3"),
        ("b.yaml", "1", "1"),
    ]
    cases = list(root[0])
    assert [one[0].tag for one in cases] == ["system-out"] * 2 + ["failure"] * 3
    assert [one[0].get("type") for one in cases[2:]] == ["warn", "escalate", "error"]
    assert root[0].get("timestamp") == "2024-07-23T00:00:00"
    assert cases[3][0].get("message") == "T1  海报：延误 3 天"
    assert cases[3][0].text == (
        "plan.yaml:7:10: escalate [task-late]\nT1  海报：延误 3 天\n→ call a meeting\n"
        "since 2024-07-21 · to 韩梅, 设计部 · answer by 2024-07-24 · ack task-late:T1"
    )


def test_junit_names_no_two_tests_of_a_file_alike():
    names = [one.get("name") for one in junit(row(), row(), row(key="task-late:T2"), row()).iter("testcase")]
    assert names == ["task-late:T1", "task-late:T1 (2)", "task-late:T2", "task-late:T1 (3)"]


@pytest.mark.parametrize(("lang", "name"), [("en", "no findings"), ("zh", "没有发现问题")])
def test_junit_of_nothing_is_a_test_that_passed(lang, name):
    cases = list(junit(lang=lang, as_of=None).iter("testcase"))
    assert [(one.get("name"), len(one)) for one in cases] == [(name, 0)]


@hostile
def test_junit_reads_plan_text_as_text(title, shown):
    title = "\ufffe\uffff\x0b" + title
    root = junit(row(title, key=f"task-late:{title}", place=Place(title, 1, 1)))
    case = root[0][0]
    assert root[0].get("name") == shown
    assert case.get("name") == f"task-late:{shown}"
    assert case[0].get("message") == f"T1  {shown}"
    assert case[0].text.splitlines()[1] == f"T1  {shown}"


# --- Markdown -----------------------------------------------------------------------------


def page(text):
    """Return a page's cells as a reader of GitHub's Markdown sees them, and what is not plain text."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    cells, marks = [], Counter()
    for token in tokens:
        if token.type == "inline":
            plain = [one for one in token.children if one.type in ("text", "text_special")]
            cells.append("".join(one.content for one in plain))
            marks += Counter(one.content or one.type for one in token.children if one not in plain)
        elif token.type == "html_block":
            marks[token.content] += 1
    return cells, marks


def test_markdown_is_a_table_with_counts():
    rows = (row(), row("海报：今天到期", level=Level.REMIND, answer_by=None, owner_name=""))
    assert rendered("markdown", *rows, lang="zh") == (
        "# 截至 2024-07-23 需要处理的事项\n\n## 升级 1、提醒 1\n\n"
        "| 级别 | 位置 | 内容 | 负责人 | 响应期限 | 处理 |\n| --- | --- | --- | --- | --- | --- |\n"
        "| 升级 | plan.yaml:7 | T1  海报：延误 3 天 \\[task-late\\] | 韩梅 | 2024-07-24 | call a meeting |\n"
        "| 提醒 | plan.yaml:7 | T1  海报：今天到期 \\[task-late\\] |  |  | call a meeting |\n"
    )
    undated = rendered("markdown", row(answer_by=None), as_of=None)
    assert page(undated)[0][:7] == [
        "What check found",
        "1 escalate",
        "Level",
        "Where",
        "What",
        "Who",
        "Do next",
    ]


def test_markdown_of_nothing_is_a_sentence():
    assert rendered("markdown", lang="zh", as_of=None) == "没有发现问题。\n"
    assert rendered("markdown") == "Nothing needs anybody to act, as of 2024-07-23.\n"


@hostile
def test_markdown_shows_plan_text_as_text_and_tells_nobody(title, shown):
    text = rendered("markdown", row(title, hint=title, owner_name=title))
    cells, marks = page(text)
    seen = ["plan.yaml:7", f"T1  {shown} [task-late]", shown, "2024-07-24", shown]
    assert [re.sub(r" +", " ", one) for one in cells[9:]] == [re.sub(r" +", " ", one) for one in seen]
    assert set(marks) <= {"<!-- -->"}
    assert re.search(r"[@#!]\w", text) is None


# --- CSV ----------------------------------------------------------------------------------


def test_csv_is_a_row_a_finding():
    text = rendered("csv", row("海报, 3"), row(place=None, subject=None, days=None, to_names=()))
    assert text.startswith("\ufeffLevel,Code,Key,File,")
    head, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert head == [
        *("Level", "Code", "Key", "File", "Line", "Column", "Subject"),
        *("Finding", "Do next", "Since", "Answer by", "Owner", "To", "Days"),
    ]
    assert rows[0] == [
        *("escalate", "task-late", "task-late:T1", "plan.yaml", "7", "10", "T1"),
        *("海报, 3", "call a meeting", "2024-07-21", "2024-07-24", "韩梅", "韩梅, 设计部", "3"),
    ]
    assert rows[1][3:7] == ["", "", "", ""]
    assert rows[1][12:] == ["", ""]


@hostile
def test_csv_holds_plan_text_and_no_formula(title, shown):
    text = rendered("csv", row(title, owner_name=title)).removeprefix("\ufeff")
    cells = list(csv.reader(io.StringIO(text, newline="")))[1]
    safe = "'" + shown if shown[0] in "=@" else shown
    assert (cells[7], cells[11], len(cells)) == (safe, safe, 14)


# --- JSON ---------------------------------------------------------------------------------


def test_json_says_whom_and_when():
    found = read(to_json([row()], DAY))["findings"][0]
    assert {name: found[name] for name in ("key", "since", "raised", "answer_by", "owner", "to")} == {
        "key": "task-late:T1",
        "since": "2024-07-21",
        "raised": "2024-07-23",
        "answer_by": "2024-07-24",
        "owner": "han",
        "to": ["han", "设计部"],
    }


@hostile
def test_json_holds_plan_text_as_it_is(title, shown):
    del shown
    assert read(to_json([row(title)], DAY))["findings"][0]["message"] == title


# --- the command line ---------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_warn_names_people_and_shows_the_line(run, lang):
    found = run("warn", EXAMPLE, "--as-of", "2024-07-23", "--lang", lang)
    assert "  73 | end: 2024-07-20" in found.out
    assert "     |      ^" in found.out.splitlines()
    assert ("to 张*, 技术部, 赵*" if lang == "en" else "通知 张*、技术部、赵*") in found.out


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_plan_is_data_in_every_format(run, tmp_path, name):
    title = json.dumps('=x"</failure>]]>|%0A::error::\x1b[31m\u202e\n@all <script>')
    (tmp_path / "plan.yaml").write_text(PLAN % (title, title), encoding="utf-8")
    found = run("warn", "plan.yaml", "--as-of=2024-07-23", "--format", name, "--lang", "en", cwd=tmp_path)
    shown = '=x"</failure>]]>|%0A::error::[31m @all <script>'
    sentence = f"{shown}: 3 d late, due 2024-07-20 ({shown})"
    assert found.code == 1
    if name == "github":
        seen = commands(found.out)[0][2]
    elif name == "gitlab":
        seen = read(found.out)[0]["description"]
    elif name == "sarif":
        seen = read(found.out)["runs"][0]["results"][0]["message"]["text"]
    elif name == "junit":
        seen = ET.fromstring(found.out.encode()).find(".//failure").get("message")  # noqa: S314  # our own
    elif name == "markdown":
        seen = page(found.out)[0][10]
    else:
        seen = next(iter(list(csv.reader(io.StringIO(found.out, newline="")))[1:]))[7]
    if name in ("gitlab", "sarif"):
        assert json.loads(title) in seen
    else:
        assert sentence in seen


@pytest.mark.parametrize("name", FORMATS)
def test_two_runs_give_the_same_bytes(run, name):
    args = ("check", "tests/golden/plans/faulty.yaml", "--format", name)
    one, two = (run.process(*args, env=FIXED | {"PYTHONHASHSEED": seed}).stdout for seed in "12")
    assert one == two
    assert len(one) > 1000


@pytest.mark.parametrize("name", ["gitlab", "sarif", "junit"])
def test_what_machines_read_is_valid_for_every_fault(run, name):
    text = run("check", "tests/golden/plans/faulty.yaml", "--format", name).out
    if name == "junit":
        root = ET.fromstring(text.encode())  # noqa: S314  # our own text
        assert (root.get("tests"), root.get("failures")) == ("21", "21")
        assert len({one.get("name") for one in root.iter("testcase")}) == 21
    else:
        file, draft = (
            ("sarif-2.1.0", jsonschema.Draft4Validator)
            if name == "sarif"
            else ("gitlab-code-quality", jsonschema.Draft202012Validator)
        )
        schema = json.loads((SCHEMAS / f"{file}.json").read_text(encoding="utf-8"))
        draft(schema).validate(json.loads(text))
        assert len(json.loads(text)["runs"][0]["results"] if name == "sarif" else json.loads(text)) == 21
