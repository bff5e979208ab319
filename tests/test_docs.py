"""The pages say what the program does, and both languages say the same."""

import importlib
import re
import shlex
import sys
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pydantic import TypeAdapter

from mktexec.commands.app import COMMANDS
from mktexec.render.terminal import Span
from mktexec.session import open_session

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))
docs, docs_console, docs_format, docs_picture = (
    importlib.import_module(name) for name in ("docs", "docs_console", "docs_format", "docs_picture")
)
GENERATED = [
    "CONTRIBUTING.md",
    "README.md",
    "README.zh.md",
    "docs/commands.md",
    "docs/commands.zh.md",
    "docs/format.md",
    "docs/format.zh.md",
    "docs/gantt.svg",
    "docs/gantt.zh.svg",
    "docs/rules.md",
    "docs/rules.zh.md",
    "docs/status.svg",
    "docs/status.zh.svg",
    "plans/examples/q3-2024-launch/plan.schema.json",
]
WRITTEN = [
    "CHANGELOG.md",
    *(f"docs/{name}{end}.md" for name in ("ci", "notify", "schedule") for end in ("", ".zh")),
]
PAGES = [name for name in [*GENERATED, *WRITTEN] if name.endswith(".md")]
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name, language):
    """Return the fenced blocks of a page, without the indent of the list that they stand in."""
    found = [match for match in FENCE.finditer(read(name)) if match[2] == language]
    return [re.sub(rf"^{match[1]}", "", match[3], flags=re.MULTILINE) for match in found]


def commands(name):
    return [line for block in blocks(name, "console") for line in block.splitlines() if line[:1] == "$"]


def prose(name):
    return FENCE.sub("", read(name))


@pytest.fixture(scope="module")
def made():
    return {path.relative_to(ROOT).as_posix(): text for path, text in docs.pages().items()}


@pytest.mark.parametrize("name", GENERATED)
def test_the_page_is_as_make_docs_writes_it(name, made):
    assert read(name) == made[name]


def test_no_generated_page_is_left_out(made):
    assert sorted(made) == GENERATED


# ---- sessions -----------------------------------------------------------------


def answers(text):
    return lambda command: {"status": text}[command]


def test_an_answer_that_holds_is_kept():
    page = "Look:\n\n```console\n$ status\none\ntwo\n```\n"
    assert docs_console.renew(page, answers("one\ntwo\n")) == page


def test_an_answer_that_no_longer_holds_is_replaced():
    page = "```console\n$ status\none\ntwo\n```\n"
    assert docs_console.renew(page, answers("one\n2\n")) == "```console\n$ status\none\n2\n```\n"


def test_other_fences_are_left_alone():
    page = "```sh\n$ status\nold\n```\n"
    assert docs_console.renew(page, answers("new\n")) == page


@pytest.mark.parametrize(
    ("shown", "actual", "holds"),
    [
        ("a\n...\nd\n", "a\nb\nc\nd\n", True),
        ("a\n...\nd\n", "a\nd\n", True),
        ("...\nd\n", "a\nb\nd\n", True),
        ("a\n...\n", "a\n", True),
        ("a\n...\nd\n", "a\nb\nc\n", False),
        ("a\n...\n", "b\na\n", False),
        ("a.c\n", "abc\n", False),
        ("", "", True),
        ("", "a\n", False),
        ("a\n", "", False),
    ],
)
def test_three_dots_stand_for_any_lines_and_nothing_else_does(shown, actual, holds):
    assert docs_console.holds(shown, actual) is holds


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_command_is_shown(name):
    shown = " ".join(commands(name)) + prose(name)
    assert [one for one in COMMANDS if f"mktexec {one}" not in shown] == []


# ---- both languages -----------------------------------------------------------


def outline(name):
    return [line.split(" ", 1)[0] for line in prose(name).splitlines() if re.match(r"#+ ", line)]


def fences(name):
    return [match[2] for match in FENCE.finditer(read(name))]


@pytest.mark.parametrize("stem", ["README", "docs/format", "docs/rules", "docs/commands"])
def test_both_languages_have_the_same_outline_and_the_same_blocks(stem):
    assert outline(f"{stem}.md") == outline(f"{stem}.zh.md")
    assert fences(f"{stem}.md") == fences(f"{stem}.zh.md")


def plain(command):
    """Return the words of a command without the texts that differ by language."""
    words = shlex.split(command.replace(" --lang en", ""))
    return [word for word in words if word.isascii() and " " not in word]


def test_both_readmes_show_the_same_sessions():
    english, chinese = commands("README.md"), commands("README.zh.md")
    assert [plain(one) for one in english] == [plain(one) for one in chinese]


# ---- what the pages promise ---------------------------------------------------


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_plan_in_the_readme_is_flawless(name, tmp_path):
    plan = next(block for block in blocks(name, "yaml") if "mktexec: 1" in block)
    path = tmp_path / "plan.yaml"
    path.write_text(plan, encoding="utf-8")
    assert open_session(path, "2026-10-14").checked == []
    assert len(plan.splitlines()) <= 40


def test_contributing_shows_a_real_rule_and_its_fixture():
    rule, fixture = blocks("CONTRIBUTING.md", "python"), blocks("CONTRIBUTING.md", "yaml")
    assert len(rule) == len(fixture) == 1
    assert rule[0] in read("src/mktexec/rules/tasks.py")
    assert fixture[0] == read("tests/rules/task-no-deliverable/bad.yaml")


def test_contributing_lists_the_floors_in_force():
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in contracts if one["type"] == "layers")
    shown = [line.split("  ")[0] for line in blocks("CONTRIBUTING.md", "text")[0].splitlines()]
    assert shown == floors


def test_contributing_and_readmes_name_targets_that_exist():
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = {
        one for name in PAGES for one in re.findall(r"\bmake ([a-z-]+)\b(?=[`\s]*(?:#|`|$))", read(name))
    }
    assert {"test", "demo", "docs", "golden"} <= named
    assert named <= targets


def slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path):
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    return {slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


def broken_links(name):
    here = ROOT / name
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(name)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        path = (here.parent / file) if file else here
        if not path.exists() or (anchor and anchor not in anchors(path)):
            yield target


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    assert list(broken_links(name)) == []


# ---- the reference of the format ----------------------------------------------


def kinds():
    return [(kind, example) for kind in docs_format.KINDS for example in kind.examples]


@pytest.mark.parametrize(("kind", "example"), kinds(), ids=lambda value: getattr(value, "name", [value])[0])
def test_examples_of_values_are_accepted(kind, example):
    assert TypeAdapter(kind.hint).validate_python(example) is not None


@pytest.mark.parametrize(
    ("page", "row"),
    [
        ("docs/format.md", "| `title` | text | **required** | what is done, at the level of an action |"),
        ("docs/format.md", "| `collaborators` | list: text |  | people or departments that help |"),
        (
            "docs/format.md",
            "| `kind` | `outcome` 结果指标 · `process` 过程指标 | `outcome` | outcome or process indicator |",
        ),
        (
            "docs/format.md",
            "| `initiative` | id in [initiatives](#initiatives) |  | the initiative it belongs to |",
        ),
        (
            "docs/format.md",
            "| `behind` | percentage | 20% | progress behind the share of time used, points |",
        ),
        ("docs/format.md", "| `buffer_min` | duration | `3d` | least buffer on critical tasks |"),
        ("docs/format.md", "| `milestone` | yes or no | no | a key node of the schedule |"),
        ("docs/format.zh.md", "| `title` | 文本 | **必填** | 任务描述 |"),
        ("docs/format.zh.md", "| `response` | 时限 | 24h | 预警响应时限 |"),
        (
            "docs/format.zh.md",
            "| `readings` | 映射：日期 → [kpis.readings](#kpisreadings)，也可只写 `value` |  | 读数 |",
        ),
    ],
)
def test_a_field_is_described_in_one_row(page, row):
    assert row in read(page).splitlines()


# ---- the catalogue of rules ---------------------------------------------------


def test_a_rule_is_described_with_the_names_of_its_figures():
    text = read("docs/rules.md")
    assert text.count("### task-no-deliverable\n") == 1
    assert "- **Says**: '‹title›' has no deliverable\n" in text
    assert "- **Do**: quote the value if it begins with '{', '[' or '\\*'\n" in text


def test_a_rule_names_its_sources():
    assert "- **出处**：A、B、D\n" in read("docs/rules.zh.md")


# ---- the picture --------------------------------------------------------------


def test_text_is_set_to_the_grid_and_chinese_takes_two_columns():
    drawn = docs_picture.picture([[Span("中文 ab", "red")]], 10, "t")
    assert '<text x="18" y="50" textLength="36" class="red wide">中文</text>' in drawn
    assert '<text x="63" y="50" textLength="18" class="red">ab</text>' in drawn


def test_a_bar_is_drawn_as_boxes():
    drawn = docs_picture.picture([[Span("██░", "cyan")]], 10, "t")
    assert '<rect x="18" y="39" width="18" height="13" class="cyan"/>' in drawn
    assert '<rect x="36" y="39" width="9" height="13" class="cyan" fill-opacity=".22"/>' in drawn


def test_plan_text_is_no_markup_in_a_picture():
    assert "&lt;b&gt;" in docs_picture.picture([[Span("<b>")]], 10, "t")


@pytest.mark.parametrize("name", ["docs/status.svg", "docs/status.zh.svg"])
def test_the_picture_is_sound_and_loads_nothing(name):
    tree = ET.fromstring(read(name))  # noqa: S314  # our own file
    assert "会员积分体系上线" in "".join(tree.itertext())
    assert "href" not in read(name)
    assert "url(" not in read(name)
