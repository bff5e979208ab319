"""CSV and TSV files → rows of text, whatever a spreadsheet program made of them."""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from mktexec.errors import UnreadableError
from mktexec.i18n import Text as T

MAX_MIB, MAX_ROWS, MAX_COLUMNS = 64, 100_000, 1_000
DELIMITERS = ("\t", ";", ",")  # of equals the rarer one: commas also stand inside figures
SAMPLE = 50  # rows that show which delimiter it is
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
UTF_16_MARKS, UTF_32_MARK = (b"\xff\xfe", b"\xfe\xff"), b"\xff\xfe\x00\x00"
WORKBOOK_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
AS_CSV = T("save it as CSV (UTF-8)", "请另存为 CSV（UTF-8）")

Row = tuple[int, tuple[str, ...]]
"""A row's number as a spreadsheet shows it, the header's mostly 1, and its cells."""


class Table(NamedTuple):
    """A file's header and the rows below it that hold anything.

    ``ragged`` are the numbers of the rows with more or fewer cells than the header; they
    are kept as they are.
    """

    file: str
    header: tuple[str, ...]
    rows: list[Row]
    ragged: list[int]


def read_table(path: Path) -> Table:
    """Read a file of UTF-8, UTF-16 (with its mark) or GB18030, split by comma, semicolon or tab.

    Raises UnreadableError for what is no such file, has no header, or is too large.
    """
    file = path.as_posix()
    text = _text(path, file)
    rows = _rows(text, _delimiter(text), file)
    number, header = next(rows, (0, ()))
    if not number:
        raise _refused(file, T("it is empty", "文件为空"))
    body = list(rows)
    return Table(file, header, body, [number for number, cells in body if len(cells) != len(header)])


def _refused(file: str, reason: T, hint: T | None = None) -> UnreadableError:
    return UnreadableError(T(f"cannot read {file}: {reason.en}", f"无法读取 {file}：{reason.zh}"), hint)


def _text(path: Path, file: str) -> str:
    """Return what the file holds as text."""
    raw = _bytes(path, file)
    if raw.startswith(WORKBOOK_MARKS):
        raise _refused(file, T("it is a workbook", "这是工作簿文件"), AS_CSV)
    encodings = ["utf-16"] if raw.startswith(UTF_16_MARKS) else ["utf-8-sig", "gb18030"]
    text = None if raw.startswith(UTF_32_MARK) else _decoded(raw, encodings)
    if text is None:
        raise _refused(file, T("it is neither UTF-8 nor GB18030", "编码既不是 UTF-8 也不是 GB18030"), AS_CSV)
    if control := CONTROL.search(text):
        line, sign = text.count("\n", 0, control.start()) + 1, f"U+{ord(control[0]):04X}"
        reason = T(f"control character {sign} in line {line}", f"第 {line} 行含有控制字符 {sign}")
        raise _refused(file, reason, AS_CSV)
    return text


def _bytes(path: Path, file: str) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a pipe would let us wait for ever
            raise _refused(file, T("it is not a file", "这不是文件"))
        with path.open("rb") as stream:
            raw = stream.read(MAX_MIB * 2**20 + 1)
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(file, T(reason, reason)) from error
    if len(raw) > MAX_MIB * 2**20:
        raise _refused(file, T(f"it is larger than {MAX_MIB} MiB", f"文件超过 {MAX_MIB} MiB"))
    return raw


def _decoded(raw: bytes, encodings: list[str]) -> str | None:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _delimiter(text: str) -> str:
    """Return the delimiter by which most of the first rows have as many cells as the header."""

    def fitness(delimiter: str) -> tuple[bool, int, int]:
        sizes: list[int] = []
        with suppress(csv.Error):  # what was read before a fault counts
            sizes.extend(len(cells) for cells in islice(_reader(text, delimiter), SAMPLE) if any(cells))
        first = sizes[0] if sizes else 0
        return first > 1, sizes.count(first), first

    best = max(DELIMITERS, key=fitness)
    return best if fitness(best)[0] else ","  # one column, or none


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)


def _rows(text: str, delimiter: str, file: str) -> Iterator[Row]:
    """Yield the rows that hold anything, their cells without the spaces around them."""
    number = 0
    try:
        for number, row in enumerate(_reader(text, delimiter), 1):
            if number > MAX_ROWS + 1:
                raise _refused(file, T(f"it has more than {MAX_ROWS:,} rows", f"行数超过 {MAX_ROWS:,}"))
            cells = tuple(cell.strip() for cell in row)
            if len(cells) > MAX_COLUMNS:
                limit = T(f"it has more than {MAX_COLUMNS:,} columns", f"列数超过 {MAX_COLUMNS:,}")
                raise _refused(file, limit)
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise _unparted(number + 1, error, file) from error


def _unparted(row: int, error: csv.Error, file: str) -> UnreadableError:
    if "field limit" in str(error):
        return _refused(file, T(f"row {row}: a cell is too long", f"第 {row} 行：单元格内容过长"))
    reason = T(f"row {row}: its quotes do not match", f"第 {row} 行：引号不配对")
    hint = T(
        'close the quote that begins a cell; inside a text write a quote twice ("")',
        '请把单元格开头的引号补全；文字里的引号要写两遍（""）',
    )
    return _refused(file, reason, hint)
