"""The laws of laying out text in columns: width, fit, pad, wrap, table, clean."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mktexec.columns import width
from mktexec.render.terminal import (
    PIPE_WIDTH,
    Column,
    Span,
    bar,
    clean,
    fit,
    pad,
    screen,
    table,
    to_text,
    wrap,
    write,
)

PIECES = [
    "a",
    "Zz",
    " ",
    "中",
    "，",
    "。",
    "（",
    "é",
    "e\u0301",
    "😀",
    "❤️",
    "👍🏽",
    "🇨🇳",
    "한",
    "ﾊ",
    "\u200b",
    "-",
    "…",
]
LINES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=40).map(clean)
COLUMNS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("plan", 4),
        ("计划", 4),
        ("，", 2),
        ("ﾊ", 1),
        ("é", 1),
        ("e\u0301", 1),
        ("한글", 4),
        ("≥5000人", 7),
        ("😀", 2),
        ("❤", 1),
        ("❤\ufe0f", 2),
        ("⌚\ufe0f", 2),
        ("1\ufe0f\u20e3", 2),
        ("a\u200bb", 2),
        ("█░", 2),
        ("–→", 2),
    ],
)
def test_width_counts_the_columns_of_a_terminal(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "cut"),
    [
        ("landing page", 12, "landing page"),
        ("landing page", 11, "landing p.."),
        ("详情页优化", 10, "详情页优化"),
        ("详情页优化", 9, "详情页.."),
        ("详情页优化", 8, "详情页.."),
        ("e\u0301te\u0301", 3, "e\u0301te\u0301"),
        ("中文", 3, ".."),
        ("中文", 2, ".."),
        ("中文", 1, "."),
        ("中文", 0, ""),
        ("❤\ufe0f❤\ufe0f❤\ufe0f", 5, "❤\ufe0f.."),
    ],
)
def test_fit_cuts_between_characters_and_marks_the_cut(text, columns, cut):
    assert fit(text, columns) == cut


@given(LINES, COLUMNS)
def test_fit_never_exceeds(text, columns):
    assert width(fit(text, columns)) <= columns


@given(LINES, st.integers(0, 60))
def test_fit_leaves_alone_what_fits(text, more):
    assert fit(text, width(text) + more) == text


@given(LINES, COLUMNS, st.sampled_from(["left", "right"]))
def test_pad_is_exact(text, columns, align):
    assert width(pad(text, columns, align)) == columns


def test_pad_fills_on_the_side_away_from_the_text():
    assert pad("中", 4) == "中  "
    assert pad("中", 4, "right") == "  中"


@given(LINES, st.integers(8, 60))
def test_wrap_loses_nothing_but_spaces(text, columns):
    assert "".join(wrap(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(
    st.lists(st.sampled_from(["ab", "launch", "中", "文字", "，", "😀", "12%"]), max_size=30),
    st.integers(9, 40),
)
def test_wrapped_lines_never_exceed_where_words_are_short(words, columns):
    text = " ".join(words)
    assert [line for line in wrap(text, columns) if width(line) > columns] == []


def test_wrap_leaves_only_a_single_long_word_too_long():
    assert wrap("see https://example.com/a/long/address now", 12) == [
        "see",
        "https://example.com/a/long/address",
        "now",
    ]


def test_wrap_breaks_chinese_anywhere_but_before_closing_and_after_opening_punctuation():
    assert wrap("应于今天完成，请更新", 12) == ["应于今天完", "成，请更新"]
    assert wrap("超过完成日（王伟）", 12) == ["超过完成日", "（王伟）"]
    assert wrap("应于今天完成（Bob Lee）", 16) == ["应于今天完成", "（Bob Lee）"]
    assert wrap("完成（50%），计划 60%", 10) == ["完成", "（50%），", "计划 60%"]


def test_wrap_keeps_a_mark_with_its_letter():
    assert wrap("中中中e\u0301中", 6) == ["中中中", "e\u0301中"]


def test_wrap_of_nothing_is_one_empty_line():
    assert wrap("", 20) == [""]


HOSTILE = {
    "\x1b[31mred\x1b[0m": "[31mred[0m",
    "\x1b]8;;https://x.example\x07link\x1b]8;;\x07": "]8;;https://x.examplelink]8;;",
    "a\x9b31mb": "a31mb",
    "a\u202eb\u2066c\u2069\u200f": "abc",
    "one\ntwo\r\nthree\tfour": "one two three four",
    "\ntitle\n": "title",
    "a\x00b\x7fc\u2028d": "abc d",
    "\ud800lone": "lone",
    "[bold]not markup[/bold]": "[bold]not markup[/bold]",
    "T001  抖音直播": "T001  抖音直播",
    "计划/plan.yaml:3:1: ": "计划/plan.yaml:3:1: ",
}


@pytest.mark.parametrize("text", HOSTILE)
def test_clean_leaves_one_harmless_line(text):
    assert clean(text) == HOSTILE[text]


@given(st.text())
def test_clean_text_is_clean(text):
    once = clean(text)
    assert clean(once) == once
    assert not any(char in once for char in "\n\r\t\x1b\x9b\u202e\u2028")


COLUMN_SET = [
    Column("Id", drop=2),
    Column("Title", least=8),
    Column("Note", drop=1),
    Column("Sum", "right"),
]
ROWS = [
    [Span("T1"), Span("Design the landing page"), Span("urgent"), Span("5")],
    [Span("T10"), Span("投放素材"), Span(""), Span("1,200")],
]


def test_a_table_is_aligned_with_chinese():
    assert to_text(table(COLUMN_SET, ROWS, 60)).splitlines() == [
        "  Id   Title                    Note      Sum",
        "  T1   Design the landing page  urgent      5",
        "  T10  投放素材                         1,200",
    ]


def test_a_table_squeezes_the_elastic_column_first():
    assert to_text(table(COLUMN_SET, ROWS, 36)).splitlines() == [
        "  Id   Title           Note      Sum",
        "  T1   Design the l..  urgent      5",
        "  T10  投放素材                1,200",
    ]


def test_a_table_drops_the_column_that_matters_least_then():
    assert to_text(table(COLUMN_SET, ROWS, 25)).splitlines() == [
        "  Title     Note      Sum",
        "  Design..  urgent      5",
        "  投放素材          1,200",
    ]
    assert to_text(table(COLUMN_SET, ROWS, 24)).splitlines() == [
        "  Title              Sum",
        "  Design the la..      5",
        "  投放素材         1,200",
    ]


def test_a_table_leaves_out_a_column_without_any_text():
    rows = [[Span("T1"), Span("x"), Span(""), Span("5")]]
    assert to_text(table(COLUMN_SET, rows, 60)) == "  Id  Title  Sum\n  T1  x        5\n"


def test_a_table_without_rows_is_nothing():
    assert table(COLUMN_SET, [], 60) == []


@given(st.lists(st.tuples(LINES, LINES, LINES), min_size=1, max_size=5), st.integers(30, 90))
def test_a_table_never_exceeds_its_room(cells, room):
    columns = [Column("编号", drop=1), Column("任务", least=8), Column("负责人", least=6)]
    rows = [[Span(clean(cell)) for cell in row] for row in cells]
    lines = to_text(table(columns, rows, room)).splitlines()
    assert [line for line in lines if width(line) > room] == []


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0.0, "░░░░"), (0.5, "██░░"), (1.0, "████"), (1.7, "████"), (-0.2, "░░░░"), (None, "░░░░")],
)
def test_a_bar_shows_a_share(share, drawn):
    assert bar(share, 4) == drawn


def test_a_bar_is_ascii_where_blocks_cannot_be_shown():
    assert bar(0.5, 4, plain=True) == "##.."


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self):
        """Return that it is one."""
        return True


@pytest.fixture
def no_wishes(monkeypatch):
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return monkeypatch


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_a_terminal_takes_colour_unless_told_otherwise(no_wishes, environment, colour):
    for key, value in environment.items():
        no_wishes.setenv(key, value)
    assert screen(Terminal()).colour is colour


@pytest.mark.parametrize(("environment", "colour"), [({}, False), ({"FORCE_COLOR": "1"}, True)])
def test_a_pipe_takes_no_colour_unless_told_to(no_wishes, environment, colour):
    for key, value in environment.items():
        no_wishes.setenv(key, value)
    assert screen(io.StringIO()).colour is colour


@pytest.mark.parametrize(
    ("columns", "found"), [("80", 80), ("12", 40), ("", PIPE_WIDTH), ("wide", PIPE_WIDTH), ("0", PIPE_WIDTH)]
)
def test_the_width_is_the_environments_and_at_least_forty(no_wishes, columns, found):
    no_wishes.setenv("COLUMNS", columns)
    assert screen(io.StringIO()).columns == found


@pytest.mark.parametrize(
    ("encoding", "blocks"), [("utf-8", True), ("gb18030", True), ("cp1252", False), ("ascii", False)]
)
def test_blocks_are_drawn_where_the_encoding_has_them(encoding, blocks):
    assert screen(io.TextIOWrapper(io.BytesIO(), encoding=encoding)).blocks is blocks


def test_colour_adds_escape_codes_and_nothing_else(no_wishes):
    lines = [[Span("[red]延期[/red]", "red"), Span(" :smile: "), Span("2/3", "bold")], []]
    stream = Terminal()
    write(lines, stream)
    assert stream.getvalue() == "\x1b[31m[red]延期[/red]\x1b[0m :smile: \x1b[1m2/3\x1b[0m\n\n"
    no_wishes.setenv("NO_COLOR", "1")
    plain = Terminal()
    write(lines, plain)
    assert plain.getvalue() == "[red]延期[/red] :smile: 2/3\n\n"


def test_lines_for_a_screen_without_colour_end_without_spaces():
    assert to_text([[Span("a "), Span("  ")]]) == "a\n"
