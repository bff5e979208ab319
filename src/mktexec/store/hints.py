"""Hints for the ways in which plans are commonly mistyped."""

import re

from mktexec.i18n import Text as T

FULL_WIDTH_COLON = T(
    "the colon '\uff1a' is full-width; write a half-width ': ' with a space after it",
    "这里用了全角冒号 '\uff1a'，请改成半角冒号加空格 ': '",
)
QUOTE = T("put the whole value in quotes: '{value}'", "请给整个值加引号：'{value}'")
TAB = T("a tab; indent with spaces", "用了制表符；缩进请用空格")
UNCLOSED = T("a quote or bracket is not closed", "引号或括号没有配对")
INDENT = T("the indentation differs from its neighbours", "缩进与相邻各行不一致")
COLON_IN_TEXT = T("a ': ' inside a text: put the value in quotes", "文字里含有 ': '，请给值加引号")
SPACE_AFTER_COLON = T("a key needs ': ', a colon and a space", "键后需要冒号加空格 ': '")
HASH = T(
    "after ' #' all is comment: quote a value that begins with '#'",
    "' #' 之后都是注释；以 '#' 开头的值请加引号",
)
ANCHOR = T("'&' names an anchor: quote a value that begins with '&'", "'&' 表示锚点；以 '&' 开头的值请加引号")

_SPECIAL = re.compile(r"^\s*(?:- )?(?:[^\s#][^:]*:\s+)?(?P<value>[*&!%@`>|\[{'\"?,].*?)\s*$")
_FULL_WIDTH = re.compile("^\\s*(?:- )?[^\\s:#'\"\uff1a]+\uff1a")
_NO_SPACE = re.compile(r"^\s*(?:- )?[A-Za-z_]\w*:\S")
_COLONS = re.compile(r":\s.*:(\s|$)")


def for_syntax(line: str, previous: str, problem: str) -> T | None:
    """Return the hint for a line at which the YAML parser gave up."""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return TAB
    if "unexpected end of stream" in problem or "expected ',' or" in problem:
        return UNCLOSED
    for text in (line, previous):
        if _FULL_WIDTH.match(text):
            return FULL_WIDTH_COLON
    special = _SPECIAL.match(line)
    if special and not _balanced(special["value"]):
        value = special["value"].replace("'", "''").replace("{", "{{").replace("}", "}}")
        return T(QUOTE.en.format(value=value), QUOTE.zh.format(value=value))
    if "mapping values are not allowed" in problem:
        return COLON_IN_TEXT if _COLONS.search(line) else INDENT
    if "could not find expected ':'" in problem:
        return SPACE_AFTER_COLON if _NO_SPACE.match(line) or _NO_SPACE.match(previous) else UNCLOSED
    return INDENT if "block" in problem else None


def _balanced(value: str) -> bool:
    """Return whether a flow collection or quoted text is whole, so that it is not to blame."""
    pairs = {"[": "]", "{": "}", "'": "'", '"': '"'}
    return value[0] in pairs and value.rstrip(",").endswith(pairs[value[0]]) and len(value) > 1


def for_value(code: str, value: str) -> T | None:
    """Return the hint for a value of the wrong form."""
    if code == "bad-day":
        return _day(value)
    if code in ("bad-amount", "bad-count"):
        return _amount(value)
    if code == "wrong-type" and "\uff1a" in value:
        return FULL_WIDTH_COLON
    return None


def _day(value: str) -> T | None:
    parts = re.fullmatch(r"(\d{4})\D{1,2}(\d{1,2})\D(\d{1,2})\D?", value)
    if not parts:
        return None
    day = f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}"
    if day == value:
        return T("there is no such day in the calendar", "日历上没有这一天")
    return T(f"write {day}", f"请写成 {day}")


def _amount(value: str) -> T | None:
    if value.endswith("%"):
        return T("write the figure alone and set unit: '%'", "只写数字，并设 unit: '%'")
    if value.endswith(("万", "亿", "万元", "元")):
        return T("write the figure alone; the unit has a field of its own", "只写数字；单位写在 unit 里")
    bare = value.replace(",", "").replace("\uff0c", "")
    if bare != value and bare.isdigit():
        return T(f"write {bare}, without separators", f"请写成 {bare}，不要千分位")
    return None
