"""The project's promises about itself: both languages level, nothing undocumented, a lean start."""

import ast
import importlib
import re
import shlex
import string
import subprocess
import sys

import pytest

from conftest import EXAMPLE, FIXED, GOLDEN, LOCALES, ROOT
from mktexec.commands.app import COMMANDS, command
from mktexec.findings import Level
from mktexec.i18n import Text
from mktexec.rules import RULES
from mktexec.views.catalogue import DOCUMENTS

SOURCE = ROOT / "src" / "mktexec"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
MOST_LINES = 350
CJK = re.compile(r"[\u3400-\u9fff]")
TEXTS = {"T", "Text", "tell", "about", "required"}


def tree(name):
    return ast.parse((SOURCE / name).read_text(encoding="utf-8"))


# --- commands, rules, documents -----------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_in_both_languages_what_it_does(name):
    module = importlib.import_module(f"mktexec.commands.{name}")
    assert isinstance(module.HELP, Text)
    assert CJK.search(module.HELP.zh)
    assert not CJK.search(module.HELP.en)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_shows_two_examples_that_parse(name):
    module = importlib.import_module(f"mktexec.commands.{name}")
    assert len(module.EXAMPLES) == 2
    for example in module.EXAMPLES:
        program, word, *arguments = shlex.split(example)
        assert (program, word) == ("mktexec", name)
        root = command().make_context("mktexec", [word])
        root.command.get_command(root, word).make_context(word, arguments)


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "docs/commands.md", "docs/commands.zh.md"])
def test_a_page_names_every_command(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"mktexec {name}" not in text and f"`{name}`" not in text] == []


@pytest.mark.parametrize("page", ["docs/rules.md", "docs/rules.zh.md"])
def test_a_page_names_every_rule(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [code for code in RULES if code not in text] == []


@pytest.mark.parametrize("name", [*COMMANDS, *(f"render {name}" for name in DOCUMENTS)])
def test_a_command_and_a_document_have_an_accepted_output(name):
    pages = [path for path in GOLDEN.glob("*/*") if path.parent.name in LOCALES]
    used = {line for path in pages for line in path.read_text(encoding="utf-8").splitlines()[:1]}
    if name == "init":
        assert list(GOLDEN.glob("*/init-*.yaml"))
    elif name == "schema":
        assert list(GOLDEN.glob("*/schema.txt"))
    else:
        assert [line for line in used if line.startswith(f"$ mktexec {name} ") and "--help" not in line]


def placeholders(template):
    return sorted({name for _, name, _, _ in string.Formatter().parse(template) if name is not None})


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_the_same_placeholders_in_both_languages(code):
    rule = RULES[code]
    for text in (rule.message, rule.hint, rule.why):
        assert placeholders(text.en) == placeholders(text.zh)
        assert CJK.search(text.zh)
        assert not CJK.search(text.en)


@pytest.mark.parametrize("code", RULES)
def test_a_code_is_explained_in_both_languages(run, tmp_path, code):
    for lang, why in (("en", RULES[code].why.en), ("zh", RULES[code].why.zh)):
        result = run("explain", code, "--lang", lang, cwd=tmp_path, COLUMNS="400")
        assert (result.code, result.err) == (0, "")
        assert result.out.startswith(f"{code}  ")
        assert why in result.out


@pytest.mark.parametrize("code", RULES)
def test_a_code_is_written_like_the_others(code):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)


def test_levels_have_a_label_in_both_languages():
    assert {level: level.label.zh for level in Level} == {
        Level.ERROR: "错误",
        Level.ESCALATE: "升级",
        Level.WARN: "预警",
        Level.REMIND: "提醒",
        Level.INFO: "提示",
    }


# --- texts in both languages --------------------------------------------------------------


def literal(node):
    """Return a text as it is written, with {} for what is filled in; None for no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (literal(node.left) or "{}") + (literal(node.right) or "{}")
    return None


def pairs():
    """Yield the place, the English and the Chinese of every text in the source."""
    for name in MODULES:
        for node in ast.walk(tree(name)):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
            if called in TEXTS and len(node.args) > 1:
                english, chinese = literal(node.args[0]), literal(node.args[1])
                if english is not None and chinese is not None:
                    yield f"{name}:{node.lineno}", english, chinese


PAIRS = list(pairs())
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def has_words(text):
    """Return whether a text says anything of its own, beside what is filled in."""
    return any(char.isalpha() for char in PLACEHOLDER.sub("", text))


def test_the_texts_are_found():
    assert len(PAIRS) > 300


def test_every_text_differs_in_the_two_languages():
    assert [(place, en) for place, en, zh in PAIRS if en == zh and has_words(en)] == []


def test_chinese_texts_are_chinese_and_english_ones_are_not():
    wrong = [(place, en, zh) for place, en, zh in PAIRS if CJK.search(en) or not CJK.search(zh)]
    assert [one for one in wrong if has_words(one[1])] == []


def test_chinese_prose_has_no_half_width_punctuation():
    near = re.compile(r"[\u3400-\u9fff}][,;:!?](?!//)|[,;:!?()][\u3400-\u9fff]|[\u3400-\u9fff][()]")
    code = re.compile(r"'[^']*'|\([a-zA-Z, +./]*\)")  # what is typed into a plan, or a list of codes
    assert [(place, zh) for place, _, zh in PAIRS if near.search(code.sub("", zh))] == []


def test_code_in_chinese_texts_is_written_half_width():
    quoted = re.compile(r"'([^']*)'")
    wide = re.compile(r"\w *[：，；（）！？]")
    assert [(place, zh) for place, _, zh in PAIRS for code in quoted.findall(zh) if wide.search(code)] == []


# --- the code -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_small_enough_to_be_read(name):
    assert len((SOURCE / name).read_text(encoding="utf-8").splitlines()) <= MOST_LINES


CLOCKS = re.compile(r"\b(today|now|utcnow|time|monotonic|perf_counter)\(\)")


@pytest.mark.parametrize("name", [one for one in MODULES if one != "host.py"])
def test_only_the_edge_reads_a_clock(name):
    text = (SOURCE / name).read_text(encoding="utf-8")
    edge = name.startswith("commands/")  # asks host.today
    assert [found for found in CLOCKS.findall(text) if not (edge and found == "today")] == []


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_printed_but_by_the_renderers(name):
    calls = [node.func for node in ast.walk(tree(name)) if isinstance(node, ast.Call)]
    assert not [
        one for one in calls if isinstance(one, ast.Name) and one.id in ("print", "input", "breakpoint")
    ]


# --- a lean start -------------------------------------------------------------------------

SLOW = {"typer", "pydantic", "rich", "networkx", "jinja2", "holidays", "ruamel"}


def loaded(code, *args):
    """Return which of the slow libraries a run of ``code`` imports."""
    report = (
        "import sys; sys.stderr.write('\\n' + ' '.join(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}", *map(str, args)],
        env=FIXED,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return SLOW & set(done.stderr.decode().splitlines()[-1].split())


RUN = """
from mktexec.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


def test_the_entry_point_imports_nothing_slow():
    assert loaded("import mktexec.cli") == set()
    assert loaded(RUN, "--version") == set()


@pytest.mark.parametrize(
    "command", [["check"], ["status"], ["warn", "--fail-on", "error"], ["status", "--format", "json"]]
)
def test_the_daily_commands_import_what_they_need_only(command):
    assert loaded(RUN, *command, "--plan", EXAMPLE) == {"typer", "pydantic", "ruamel"}


@pytest.mark.parametrize("command", [["schedule"], ["render", "retrospective"], ["explain", "T003"]])
def test_answers_without_colour_need_neither_rich_nor_templates(command):
    assert loaded(RUN, *command, "--plan", EXAMPLE) <= {"typer", "pydantic", "ruamel", "networkx"}


def test_help_imports_no_library_for_plans():
    assert loaded(RUN, "--help") & {"networkx", "jinja2", "holidays", "rich"} == set()
