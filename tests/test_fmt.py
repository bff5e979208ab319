"""``fmt``: one layout, told by before/after pairs in ``fmt/`` and held as laws on texts of every style.

The laws: the data is the same for two readers, every line is still there with the same signs on
it, the columns are those of the house, and laying out again changes nothing.
"""

import random
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import EXAMPLE
from edit_random import Hand, data_of
from mktexec.store.edit import layout as layouts
from mktexec.store.edit.layout import CannotLayOutError, layout
from mktexec.store.edit.tree import compose, plain
from mktexec.store.events import StopReadingError
from test_init import LANGS, SCENARIOS, SIZES, scaffold

HERE = Path(__file__).parent
PAIRS = sorted((HERE / "fmt").glob("*.before.yaml"))
STYLES = sorted((HERE / "styles").glob("*.yaml"))
BOM = "\ufeff"
BITS = (
    *(
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\n   \n",
        "#",
        " # z\n",
        "\n# q\n",
        "\n      # deep\n",
        "\r\n",
        "\r",
        "\t",
    ),
    *(
        "- ",
        "a: ",
        "{",
        "}",
        "[",
        "]",
        ", ",
        ":",
        "'",
        '"',
        "\\",
        "|\n",
        ">-\n",
        "|2+\n",
        "&a ",
        "*a",
        "? ",
        "!t ",
    ),
    *("---\n", "\n...\n", "~", "null", "\u2028", "\x85", "汉", "🎉"),
)
UNSTYLED = "mktexec: 1\ncampaign:\n    title: A\n    period: {start: 2025-01-06, end: 2025-01-31}\n"
STYLED = UNSTYLED.replace("    ", "  ")
laws = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8").removeprefix(BOM)


def data(text: str):
    """Return what PyYAML reads, or None for what it alone refuses."""
    try:
        return yaml.load(text, yaml.BaseLoader)  # noqa: S506  # makes plain data
    except yaml.YAMLError:
        return None


def signs(text: str) -> list[tuple[str, str]]:
    """Return each line that says something, without spaces and kinds of quotes, and its line end."""
    lines = re.findall(r"([^\r\n]*\S[^\r\n]*)(\r\n|\r|\n|$)", text)
    return [(re.sub(r"""[ \t'"]""", "", line), end) for line, end in lines]


def require_columns(node: yaml.Node, column: int, seen: set[yaml.Node]) -> None:
    """Require that a block collection begins in ``column``, and what is in it one step further in."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or node in seen:  # an alias was seen before
        return
    seen.add(node)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            assert key.start_mark.column in (column, column + 2) or not key.value  # 2: behind a question mark
            require_columns(value, column + 2, seen)
        return
    for item in node.value:
        assert item in seen or item.start_mark.column == column + 2 or not item.value
        require_columns(item, column + 2, seen)


def hold_laws(text: str) -> str:
    """Lay a text out, require the laws; return the new text."""
    new = layout(text)
    assert layout(new) == new
    assert plain(compose(new)) == plain(compose(text))
    known = data(text)
    if known is not None:
        assert data(new) == known
        require_columns(yaml.compose(new, yaml.BaseLoader), 0, set())
    old, now = signs(text), signs(new)
    assert [line for line, _ in now] == [line for line, _ in old]
    assert [end for _, end in now][:-1] == [end for _, end in old][:-1]
    return new


@pytest.mark.parametrize("before", PAIRS, ids=lambda path: path.name.split(".")[0])
def test_a_pair(before):
    after = read(before.with_name(before.name.replace("before", "after")))
    assert hold_laws(read(before)) == after


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_style_is_laid_out_by_the_laws(path):
    hold_laws(read(path))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_every_style_is_laid_out_by_the_laws_from_twice_the_indentation(path):
    text = read(path)
    doubled = re.sub(r"^ +", lambda found: found[0] * 2, text, flags=re.MULTILINE)
    try:
        compose(doubled)
    except StopReadingError:
        doubled = text  # a block's own indentation is written as a number
    hold_laws(doubled)


def test_a_deep_indentation_gives_the_same_text_as_a_shallow_one():
    """Comments that are aligned beside would keep to their own columns, so there are none."""
    text = re.sub(r" +#.*", "", read(EXAMPLE / "plan.yaml"))
    assert layout(text) == text
    for step in (3, 4, 8):
        deep = re.sub(
            r"^ +", lambda found, step=step: " " * (len(found[0]) // 2 * step), text, flags=re.MULTILINE
        )
        assert deep != text
        assert layout(deep) == text


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("size", SIZES)
def test_a_new_campaign_is_laid_out_already(run, tmp_path, scenario, lang, size):
    text = read(
        scaffold(run, tmp_path, "--size", size, "--launch", "2025-06-18", scenario=scenario, lang=lang)
    )
    assert layout(text) == text


@pytest.mark.parametrize("path", [EXAMPLE / "plan.yaml", HERE / "golden" / "plans" / "spring.yaml"], ids=str)
def test_a_plan_of_ours_is_laid_out_already(path):
    assert layout(read(path)) == read(path)


@settings(laws, max_examples=300, derandomize=True)
@given(st.integers(0, 2**32))
def test_random_plans_in_random_hands_are_laid_out_by_the_laws(seed):
    dice = random.Random(seed)  # noqa: S311  # repeatable, no secret
    hold_laws(Hand(dice).written(data_of(dice)))


def mutant(seed: int) -> str:
    """Return a few lines of a text of the corpus with a few accidents."""
    dice = random.Random(seed)  # noqa: S311  # repeatable, no secret
    lines = read(dice.choice(STYLES)).splitlines(keepends=True)
    first = dice.randrange(max(1, len(lines) - 10))
    lines = lines[first : first + dice.randint(3, 12)]
    for _ in range(dice.randint(0, 2)):
        index = dice.randrange(len(lines))
        lines[index] = " " * dice.randint(0, 4) + lines[index].lstrip(" ")
    text = "".join(lines)
    for _ in range(dice.randint(0, 3)):
        at = dice.randrange(len(text) + 1)
        text = text[:at] + (dice.choice(BITS) if dice.random() < 0.6 else "") + text[at + dice.randrange(3) :]
    return text


def hold_laws_on_a_mutant(seed: int) -> None:
    """Require the laws of what is YAML, and that nothing but root texts and odd line ends is refused."""
    text = mutant(seed)
    try:
        hold_laws(text)
    except StopReadingError:
        with pytest.raises(StopReadingError):
            compose(text)
    except CannotLayOutError:
        assert re.match(r"\s*(#.*\s+)*(---|[|>])", text) or re.search("[\x85\u2028]|\r[ \t]+\n", text)


@settings(laws, max_examples=1500, derandomize=True)
@given(st.integers(0, 2**32))
def test_mutants_are_laid_out_by_the_laws_or_left_alone(seed):
    hold_laws_on_a_mutant(seed)


@pytest.mark.slow
@settings(laws, max_examples=40_000)
@given(st.integers(0, 2**32))
def test_many_more_mutants_are_laid_out_by_the_laws_or_left_alone(seed):
    hold_laws_on_a_mutant(seed)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        # empty lines of a block are its own where they reach beyond its indentation, or it keeps them
        ("a: |\n    x\n      \n    y\n", "a: |\n  x\n    \n  y\n"),
        ("a: |\n    x\n    \n    y\n", "a: |\n  x\n\n  y\n"),
        ("a: |\n    x\n\n\nb: 1\n", "a: |\n  x\n\nb: 1\n"),
        ("a: |\n\n\nb: 1\n", "a: |\n\nb: 1\n"),
        ("a: >+\n    x\n\n\nb: 1\n", "a: >+\n  x\n\n\nb: 1\n"),
        # the end of a text
        ("a: |+  ", "a: |+"),
        ("a: |\n  x", "a: |\n  x"),
        ("a: |-\n  x", "a: |-\n  x\n"),
        ("a: |\n  x\n# c", "a: |\n  x\n# c\n"),
        ("a: 1\r\nb: 2\n", "a: 1\r\nb: 2\n"),
        ("a: 1\r\nb: 2", "a: 1\r\nb: 2\r\n"),
        ("a: 1\n\n  ", "a: 1\n"),
        # a comment that would fall into a block
        ("a:\n        b: |\n                x\n           # c\n", "a:\n  b: |\n    x\n   # c\n"),
        ("a:\n        b: |\n\n   # c\n", "a:\n  b: |\n\n  # c\n"),
        # comments below an empty value, beside it, and above what it holds
        ("a:\n    b:\n    # c\n", "a:\n  b:\n  # c\n"),
        ("a:\n    b:\n  # c\n", "a:\n  b:\n  # c\n"),
        ("a:\n    b:\n     # c\n", "a:\n  b:\n    # c\n"),
        ("a:\n    b:\n  # c\n     # d\n", "a:\n  b:\n  # c\n    # d\n"),
        ("a:\n    b:\n    # c\n     # d\n", "a:\n  b:\n  # c\n    # d\n"),
        ("a:\n    # c\n- x\n", "a:\n  # c\n  - x\n"),
        ("a:\n      # c\n    b: 1\n", "a:\n    # c\n  b: 1\n"),
        ("a:\n      # c\n    x\n", "a:\n    # c\n  x\n"),
        ("a:\n   # c\n        x\n", "a:\n  # c\n  x\n"),
        ("a: {\n      # c\n    b: 1}\n", "a: {\n  # c\n  b: 1}\n"),
        ("  # c\na: 1\n", "  # c\na: 1\n"),
        ("   a: 1\n # c\n", "a: 1\n# c\n"),
        # a comment below another beside is one with it unless an empty line is between them
        ("a:\n    b:   1   # x\n             # y\n", "a:\n  b: 1   # x\n         # y\n"),
        ("a:\n    b:   1   # x\n\n             # y\n", "a:\n  b: 1   # x\n\n           # y\n"),
        # comments in one column: line for line, or with lines between where their distances differ
        ("a:\n    b:   1   # x\n    ddd: 1   # y\n", "a:\n  b: 1     # x\n  ddd: 1   # y\n"),
        (
            "a:\n    b:   1   # x\n    c: 1\n    ddd: 1   # y\n    e:   1   # z\n",
            "a:\n  b: 1   # x\n  c: 1\n  ddd: 1   # y\n  e: 1     # z\n",
        ),
        (
            "a:\n    b:   1   # x\n    c: 1\n    dddd: 1  # y\n",
            "a:\n  b: 1     # x\n  c: 1\n  dddd: 1  # y\n",
        ),
        # the column stays where there is room, though a line grows; it moves where there is none
        ("aaaaaaaaa:   # x\n b: 1        # y\n", "aaaaaaaaa:   # x\n  b: 1       # y\n"),
        (
            "a:\n b: 1         # x\nccccc:    1   # y\n",
            "a:\n  b: 1        # x\nccccc: 1      # y\n",
        ),
        ("a:\n bbbbb: 1   # x\n c: 1       # y\n", "a:\n  bbbbb: 1   # x\n  c: 1       # y\n"),
        ("a: {b: 1}# x\n", "a: {b: 1} # x\n"),
        # texts of several lines
        ("a: 'x\n     y  \n\n  z'\n", "a: 'x\n  y  \n\n  z'\n"),
        ("a: x\n     y  \n\n  z\n", "a: x\n  y\n\n  z\n"),
        ('a: {\n    b: "x\n y"}\n', 'a: {\n  b: "x\n    y"}\n'),
        ('a: {k: "x\n    y", m: [1,\n           2]}\n', 'a: {k: "x\n  y", m: [1,\n         2]}\n'),
        ('a: {k: "x\n\n    y", m: [1,\n           2]}\n', 'a: {k: "x\n\n  y", m: [1,\n         2]}\n'),
        (
            'a: {k: "x\n    z\n    y", m: [1,\n            2]}\n',
            'a: {k: "x\n  z\n  y", m: [1,\n          2]}\n',
        ),
    ],
)
def test_one_thing(text, new):
    assert hold_laws(text) == new


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: A", "title: B", "A\n"),
        ("title: A", "titel: A", "title"),
        ("owner: 'null'", "owner: null", "'null'"),
        ("&one ", "", "&one"),
        ("*one", "A", "*one"),
        ("!t b", "b", "!t"),
        ("  owner: 'null'\n", "", "owner"),
        ("- a\n    - ", "- ", "a\n    -"),
        ("- a\n    - !t b", "- !t b\n    - a", "a\n    -"),
        ("    - !t b\n", "", "!t"),
        ("title: A", "title: A  \n    more", "A\n"),
        ("    - !t b\n", "    - !t b\n    - c\n", ""),
        ("- a", "- {", "a\n    -"),
    ],
)
def test_a_defect_of_the_layout_reaches_no_file_and_has_its_place(monkeypatch, old, new, said):
    text = "campaign:\n  title: A\n  owner: 'null'\n  x: &one A\n  y: *one\n  z:\n    - a\n    - !t b\n"
    assert layout(text) == text
    assert text.count(old) == 1
    monkeypatch.setattr(layouts, "written", lambda _rows: text.replace(old, new))
    with pytest.raises(CannotLayOutError) as refused:
        layout(text)
    assert text[refused.value.offset :].startswith(said)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("a: \"x\"\nb: 'y'\n", "a: 'x'\nb: 'y'\n"),
        ('a: "x"\nb: \'y\'\nc: ""\n', 'a: "x"\nb: "y"\nc: ""\n'),
        ('a: "\'"\nb: "x"\nc: \'y\'\n', "a: \"'\"\nb: 'x'\nc: 'y'\n"),
        ('a: "x\'"\nb: "x"\nc: \'y\'\n', "a: \"x'\"\nb: 'x'\nc: 'y'\n"),
        ("a: 'it''s'\nb: \"x\"\nc: '\"'\n", "a: 'it''s'\nb: \"x\"\nc: '\"'\n"),
        ('a: &one "x"\nb: !t "y"\nc: \'z\'\n', 'a: &one "x"\nb: !t "y"\nc: "z"\n'),
        ('a: |\n  "x"\nb: x "y"\nc: \'z\'\n', 'a: |\n  "x"\nb: x "y"\nc: \'z\'\n'),
    ],
)
def test_quotes_become_those_that_most_texts_have_that_could_have_either(text, new):
    assert hold_laws(text) == new


@pytest.mark.parametrize("text", ["", "\n", "# only this\n", "# a\n\n# b\n", "a: 1\n"])
def test_a_text_that_says_little_stays(text):
    assert layout(text) == text.lstrip("\n")


def plan(folder: Path, text: str = UNSTYLED, name: str = "plan.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8"))
    return path


def test_the_plan_is_laid_out_in_place_and_the_change_is_shown(run, tmp_path):
    path = plan(tmp_path)
    result = run("fmt", "plan.yaml", "--lang", "en", cwd=tmp_path)
    assert (result.code, result.err) == (0, "wrote plan.yaml\n")
    assert result.out.splitlines() == [
        "laid out anew: plan.yaml",
        "plan.yaml:3",
        "-     title: A",
        "-     period: {start: 2025-01-06, end: 2025-01-31}",
        "+   title: A",
        "+   period: {start: 2025-01-06, end: 2025-01-31}",
    ]
    assert path.read_text(encoding="utf-8") == STYLED
    assert [one.name for one in tmp_path.iterdir()] == ["plan.yaml"]
    again = run("fmt", "plan.yaml", cwd=tmp_path)
    assert (again.code, again.out, again.err) == (0, "", "laid out already: plan.yaml\n")


def test_the_change_is_told_in_chinese(run, tmp_path):
    path = plan(tmp_path)
    result = run("fmt", "--dry-run", "--lang", "zh", cwd=tmp_path)
    assert result.out.startswith("已统一排版：plan.yaml\n")
    assert path.read_text(encoding="utf-8") == UNSTYLED


def test_a_dry_run_shows_every_line_and_writes_nothing(run, tmp_path):
    text = "mktexec: 1\nx-list:\n" + "".join(f"- {number}\n" for number in range(40))
    path = plan(tmp_path, text)
    result = run("fmt", path, "--dry-run")
    assert (result.code, result.err) == (0, "nothing written (--dry-run)\n")
    assert result.out.count("\n+   - ") == 40
    assert path.read_text(encoding="utf-8") == text


def test_check_lists_the_files_that_would_change_and_writes_nothing(run, tmp_path):
    styled, unstyled = plan(tmp_path, STYLED, "a.yaml"), plan(tmp_path, UNSTYLED, "b.yaml")
    result = run("fmt", styled, unstyled, "--check")
    assert (result.code, result.out, result.err) == (1, f"{unstyled}\n", "")
    assert unstyled.read_text(encoding="utf-8") == UNSTYLED
    result = run("fmt", "--check", "-p", styled)
    assert (result.code, result.out, result.err) == (0, "", "")


def test_a_mark_and_line_ends_of_windows_stay(run, tmp_path):
    path = plan(tmp_path, BOM + UNSTYLED.replace("\n", "\r\n"))
    assert run("fmt", path).code == 0
    assert path.read_bytes() == (BOM + STYLED.replace("\n", "\r\n")).encode("utf-8")


def test_all_files_of_a_folder_are_laid_out(run, tmp_path):
    head = plan(tmp_path / "plan", UNSTYLED, "a.yaml")
    people = plan(tmp_path / "plan", "people:\n    a: {name: A}\n", "b.yaml")
    tasks = plan(tmp_path / "plan", "tasks:\n  T1: {title: t}\n", "c.yaml")
    listed = run("fmt", tmp_path / "plan", "--check")
    assert (listed.code, listed.out) == (1, f"{head}\n{people}\n")
    assert run("fmt", tmp_path / "plan").code == 0
    assert [one.read_text(encoding="utf-8") for one in (head, people, tasks)] == [
        STYLED,
        "people:\n  a: {name: A}\n",
        "tasks:\n  T1: {title: t}\n",
    ]
    assert len(list((tmp_path / "plan").iterdir())) == 3


def test_a_plan_with_errors_is_laid_out(run, tmp_path):
    path = plan(tmp_path, UNSTYLED + "tasks:\n    T1: {owner: nobody, titel: x}\n")
    assert run("check", path, "--fail-on", "error").code == 1
    assert run("fmt", path).code == 0
    assert path.read_text(encoding="utf-8") == STYLED + "tasks:\n  T1: {owner: nobody, titel: x}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [("a: [\n", "not-yaml"), ("a: 1\n---\nb: 1\n", "two-documents"), ("? [a]\n: 1\n", "complex-key")],
)
def test_what_is_no_plan_is_refused_and_the_other_plans_are_done(run, tmp_path, text, code):
    broken, good = plan(tmp_path, text, "a.yaml"), plan(tmp_path, UNSTYLED, "b.yaml")
    listed = run("fmt", broken, tmp_path / "none.yaml", good, "--check")
    assert (listed.code, listed.out) == (3, f"{good}\n")
    assert f"[{code}]" in listed.err
    assert f"there is no plan at {tmp_path / 'none.yaml'}" in listed.err
    assert run("fmt", broken, good).code == 3
    assert broken.read_text(encoding="utf-8") == text
    assert good.read_text(encoding="utf-8") == STYLED


def test_a_file_that_must_stay_is_named_and_the_others_are_laid_out(run, tmp_path):
    odd = "# a line end of another kind:\u2028people: {}\n"
    folder = tmp_path / "plan"
    plan(folder, UNSTYLED, "a.yaml")
    stays = plan(folder, odd, "b.yaml")
    result = run("fmt", folder)
    assert result.code == 0
    assert f"{stays}:1: left as it is" in result.err
    assert stays.read_text(encoding="utf-8") == odd
    assert (folder / "a.yaml").read_text(encoding="utf-8") == STYLED
    result = run("fmt", folder, "--check", LC_ALL="zh_CN.UTF-8")
    assert (result.code, result.out) == (0, "")


def test_a_layout_can_be_committed(run, tmp_path, monkeypatch):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Li")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "li@example.com")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    path = plan(tmp_path)

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(tmp_path), *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    git("init", "--quiet")
    git("add", "plan.yaml")
    git("commit", "--quiet", "--message", "first")
    assert run("fmt", path, "--commit", "--dry-run").code == 0
    assert git("rev-list", "--count", "HEAD") == "1\n"
    result = run("fmt", path, "--commit", cwd=tmp_path)
    assert (result.code, "committed as" in result.err) == (0, True)
    assert git("log", "-1", "--format=%s", "--name-only").split("\n\n") == [
        f"laid out anew: {path}",
        "plan.yaml\n",
    ]
    assert git("status", "--porcelain") == ""
