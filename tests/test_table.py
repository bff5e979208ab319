"""CSV and TSV files as spreadsheet programs save them: the same rows whatever the encoding, or a refusal."""

import os
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mktexec.errors import UnreadableError
from mktexec.store.table import Table, read_table

LINES = ["编号,日期,备注", 'K001,2024-07-31,"新客券, ""入口""不明显"', "K002,2024-07-31,－"]
TEXT = "\r\n".join(LINES) + "\r\n"
HEADER = ("编号", "日期", "备注")
ROWS = [(2, ("K001", "2024-07-31", '新客券, "入口"不明显')), (3, ("K002", "2024-07-31", "－"))]


def read(folder, content):
    path = folder / "t.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(path)


def refusal(folder, content):
    with pytest.raises(UnreadableError) as error:
        read(folder, content)
    file = (folder / "t.csv").as_posix()
    texts = error.value.message
    assert texts.en.startswith(f"cannot read {file}: ")
    assert texts.zh.startswith(f"无法读取 {file}：")
    return texts.en.removeprefix(f"cannot read {file}: "), texts.zh.removeprefix(f"无法读取 {file}：")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_do_not_matter(tmp_path, encoding, delimiter):
    text = TEXT.replace("新客券, ", "新客券@").replace(",", delimiter).replace("@", ", ")
    table = read(tmp_path, text.encode(encoding))
    assert (table.header, table.rows, table.ragged) == (HEADER, ROWS, [])
    assert table.file == (tmp_path / "t.csv").as_posix()


def test_utf_16_in_both_byte_orders(tmp_path):
    assert read(tmp_path, b"\xff\xfe" + TEXT.encode("utf-16-le")).rows == ROWS
    assert read(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be")).rows == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(tmp_path, end):
    assert read(tmp_path, end.join(LINES)).rows == ROWS


def test_a_delimiter_inside_quotes_is_text(tmp_path):
    table = read(tmp_path, 'a;"b, c, d, e"\n"1;2";3\n')
    assert (table.header, table.rows) == (("a", "b, c, d, e"), [(2, ("1;2", "3"))])


def test_a_comma_inside_a_semicolon_file_does_not_part_it(tmp_path):
    table = read(tmp_path, "KPI;Value (CNY, net)\nK001;1,5\nK002;2,5\n")
    assert table.header == ("KPI", "Value (CNY, net)")
    assert table.rows == [(2, ("K001", "1,5")), (3, ("K002", "2,5"))]


def test_a_comma_inside_a_figure_makes_a_ragged_row_and_no_other_delimiter(tmp_path):
    table = read(tmp_path, "id,date,value\nK001,2024-07-31,1,234\nK002,2024-07-31\n")
    assert table.header == ("id", "date", "value")
    assert table.rows == [(2, ("K001", "2024-07-31", "1", "234")), (3, ("K002", "2024-07-31"))]
    assert table.ragged == [2, 3]


def test_rows_count_as_a_spreadsheet_does(tmp_path):
    text = '\n,,\nid, note \n\n"K001","two\nlines"\n , \nK002, "1,2"\n'
    assert read(tmp_path, text) == Table(
        (tmp_path / "t.csv").as_posix(),
        ("id", "note"),
        [(5, ("K001", "two\nlines")), (7, ("K002", "1,2"))],
        [],
    )


def test_one_column_is_a_table(tmp_path):
    assert read(tmp_path, "id\nK001\n").rows == [(2, ("K001",))]


@pytest.mark.parametrize(
    ("content", "english", "chinese"),
    [
        (b"", "it is empty", "文件为空"),
        (b"\xef\xbb\xbf\r\n , \r\n", "it is empty", "文件为空"),
        (b"a,b\n1,\x00\n", "control character U+0000 in line 2", "第 2 行含有控制字符 U+0000"),
        (b"a,b\n1,\x1b[31m\n", "control character U+001B in line 2", "第 2 行含有控制字符 U+001B"),
        (
            "a,b\n1,2\n".encode("utf-16-le"),
            "control character U+0000 in line 1",
            "第 1 行含有控制字符 U+0000",
        ),
        (
            "a,b\n1,é,\n".encode("latin-1"),
            "it is neither UTF-8 nor GB18030",
            "编码既不是 UTF-8 也不是 GB18030",
        ),
        ("a,b\n".encode("utf-32"), "it is neither UTF-8 nor GB18030", "编码既不是 UTF-8 也不是 GB18030"),
        (b"\xff\xfea", "it is neither UTF-8 nor GB18030", "编码既不是 UTF-8 也不是 GB18030"),
        (b"PK\x03\x04rest", "it is a workbook", "这是工作簿文件"),
        (b"\xd0\xcf\x11\xe0rest", "it is a workbook", "这是工作簿文件"),
        ('a,b\n1,2\n3,"4\n5,6\n', "row 3: its quotes do not match", "第 3 行：引号不配对"),
        ('a,b\n1,"2"3\n', "row 2: its quotes do not match", "第 2 行：引号不配对"),
        ("a,b\n" + "1" * 131073, "row 2: a cell is too long", "第 2 行：单元格内容过长"),
        ("a" + ",a" * 1000, "it has more than 1,000 columns", "列数超过 1,000"),
        ("a,b\n" + "1,2\n" * 100_001, "it has more than 100,000 rows", "行数超过 100,000"),
        ("a,b\n" + "\n" * 100_001, "it has more than 100,000 rows", "行数超过 100,000"),
    ],
)
def test_what_is_no_table(tmp_path, content, english, chinese):
    assert refusal(tmp_path, content) == (english, chinese)


@given(st.binary(max_size=60) | st.text(alphabet='a,;\t"\r\n é数', max_size=60).map(str.encode))
@settings(
    max_examples=500,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_are_a_table_or_refused(tmp_path, content):
    try:
        table = read(tmp_path, content)
    except UnreadableError as error:
        assert error.message.en.startswith("cannot read ")  # noqa: PT017  # both may happen
    else:
        assert any(table.header)
        assert all(any(cells) for _, cells in table.rows)


def test_as_large_as_allowed(tmp_path):
    assert len(read(tmp_path, "a,b\n" + "1,2\n" * 100_000).rows) == 100_000
    assert len(read(tmp_path, "a" + ",a" * 999).header) == 1000


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "t.csv"
    with path.open("wb") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(UnreadableError, match="larger than 64 MiB"):
        read_table(path)


def test_a_workbook_says_how_to_save_it(tmp_path):
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableError) as error:
        read_table(tmp_path / "t.xlsx")
    assert error.value.hint == ("save it as CSV (UTF-8)", "请另存为 CSV（UTF-8）")


def test_a_missing_file_a_folder_and_a_name_that_is_none(tmp_path):
    with pytest.raises(UnreadableError, match="No such file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(UnreadableError, match="it is not a file"):
        read_table(tmp_path)
    with pytest.raises(UnreadableError, match="null byte"):
        read_table(tmp_path / "a\0b")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="it is not a file"):
        read_table(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n", encoding="utf-8")
    path.chmod(stat.S_IWUSR)
    with pytest.raises(UnreadableError, match="Permission denied"):
        read_table(path)
