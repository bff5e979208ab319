"""Hints for the ways in which plans are commonly mistyped."""

import re

from mktexec.i18n import Text as T

KINDS: dict[type, T] = {
    str: T("text", "文字"),
    dict: T("a map", "映射"),
    list: T("a list", "列表"),
    tuple: T("a list", "列表"),
    type(None): T("nothing", "空值"),
}
FULL_WIDTH_COLON = T(
    "the colon '\uff1a' is full-width; write a half-width ': ' with a space after it",
    "这里用了全角冒号 '\uff1a'，请改成半角冒号加空格 ': '",
)
QUOTE = T("put the whole value in quotes: '{value}'", "请给整个值加引号：'{value}'")
TAB = T("a tab; indent with spaces", "用了制表符；缩进请用空格")
UNCLOSED = T(
    "a quote or bracket is not closed, or a text needs quotes", "引号或括号没有配对，或文字需要加引号"
)
INDENT = T("the indentation differs from its neighbours", "缩进与相邻各行不一致")
COLON_IN_TEXT = T("a ': ' inside a text: put the value in quotes", "文字里含有 ': '，请给值加引号")
SPACE_AFTER_COLON = T("a key needs ': ', a colon and a space", "键后需要冒号加空格 ': '")
NO_KEY = T("a line needs 'key: value'", "每行应写成 '键: 值'")
NO_NODE = T("inside these brackets a key or a value is missing", "括号内此处缺少键或值")
DIRECTIVE = T("remove the line that begins with '%'", "请删除以 '%' 开头的行")
ESCAPE = T(
    "'\\' has a meaning in double quotes: write single quotes", "双引号里的 '\\' 有特殊含义：请改用单引号"
)
LINE_SEPARATOR = T(
    "an invisible line separator in the text: delete it", "文字里有不可见的换行符（如 U+2028），请删除"
)
HASH = T(
    "after ' #' all is comment: quote a value that begins with '#'",
    "' #' 之后都是注释；以 '#' 开头的值请加引号",
)
ANCHOR = T("'&' names an anchor: quote a value that begins with '&'", "'&' 表示锚点；以 '&' 开头的值请加引号")
BRACKET = T(
    "quote a text that begins with '[' or '{{'; a list has no place here",
    "以 '[' 或 '{{' 开头的文字请加引号；这里不能写列表",
)
ONE_PERSON = T(
    "name the one person who answers; a task's others are its collaborators",
    "只写一位负责人；其他人写在任务的 collaborators 里",
)
SEPARATOR = T(
    "inside braces a comma begins the next field: write figures without separators",
    "花括号里逗号会开始下一个字段：数字不要写千分位",
)

_TO_QUOTE = "*&!%@`>|"
LONGEST_LINE = 400  # a hint needs no more of it
DATED = ("spent", "readings", "drawn")
_SPECIAL = re.compile(
    r"^\s*(?:- )?(?:[^\s#][^:]*:\s+)?(?P<value>[" + re.escape(_TO_QUOTE) + r"\[{'\"?,].*?)(?:\s+#.*)?\s*$"
)
_FULL_WIDTH = re.compile("^\\s*(?:- )?[^\\s:#'\"\uff1a]+\uff1a")
_SEPARATORS = re.compile("[\x85\u2028\u2029]")
_NO_SPACE = re.compile(r"^\s*(?:- )?[^\W\d]\w*:[^\s:]")


def for_syntax(line: str, previous: str, column: int, problem: str) -> tuple[T | None, bool]:
    """Return the hint for the place at which the YAML parser gave up, and whether ``previous`` is to blame.

    ``previous`` is the nearest line before it that is no comment; ``column`` counts from 1.
    """
    if "mapping values are not allowed" in problem:
        return _second_colon(line[: column - 1], previous)
    if "<document start>" in problem:
        return DIRECTIVE if previous.startswith("%") else _without_value(previous), True
    return _at_place(line, column, problem), False


def _second_colon(before: str, previous: str) -> tuple[T, bool]:
    if re.search(r":\s", before):
        return COLON_IN_TEXT, False
    hint = _without_value(previous)
    return (INDENT, False) if hint is NO_KEY else (hint, True)


def _at_place(line: str, column: int, problem: str) -> T | None:
    line = line[:LONGEST_LINE]
    token = re.split(r"[,\]}]", line[column - 1 :])[0].rstrip()
    signs = (
        ("\t" in line[: len(line) - len(line.lstrip())], TAB),
        ("escape" in problem or "hexdecimal" in problem, ESCAPE),
        (_SEPARATORS.search(line), LINE_SEPARATOR),
        ("could not find expected ':'" in problem, _without_value(line)),
        ("unexpected end of stream" in problem or "expected ',' or" in problem, UNCLOSED),
        ("a flow node did not find" in problem, NO_NODE),
        ("unexpected ':'" in problem, _quoted(token) if "://" in token else SPACE_AFTER_COLON),
    )
    if hint := next((hint for sign, hint in signs if sign), None):
        return hint
    special = _SPECIAL.match(line)
    if special and not _balanced(special["value"]):
        return _quoted(special["value"])
    if line[column - 1 : column] in tuple(_TO_QUOTE):
        return _quoted(token)
    return INDENT if "block" in problem else None


def _without_value(line: str) -> T:
    if _FULL_WIDTH.match(line):
        return FULL_WIDTH_COLON
    return SPACE_AFTER_COLON if _NO_SPACE.match(line) else NO_KEY


def _quoted(text: str) -> T:
    value = text.replace("'", "''").replace("{", "{{").replace("}", "}}")
    return T(QUOTE.en.format(value=value), QUOTE.zh.format(value=value))


def _balanced(value: str) -> bool:
    """Return whether a flow collection or quoted text is whole, so that it is not to blame."""
    pairs = {"[": "]", "{": "}", "'": "'", '"': '"'}
    return value[0] in pairs and value.rstrip(",").endswith(pairs[value[0]]) and len(value) > 1


def for_empty(text: str) -> T | None:
    """Return the hint for a value that YAML takes for empty; ``text`` is its line from its place on."""
    found = re.match(r"(?:[^:#&]*:)?\s*([#&])", text)
    return (HASH if found[1] == "#" else ANCHOR) if found else None


def for_value(code: str, value: str) -> T | None:
    """Return the hint for a value of the wrong form."""
    if code == "bad-day":
        return _day(value)
    if code in ("bad-amount", "bad-count"):
        return _amount(value)
    if code == "bad-progress" and re.fullmatch(r"0?\.\d{1,4}", value):
        share = f"{float(value) * 100:g}"
        return T(f"{value} is a share; write {share}", f"{value} 是小数写法，请写成 {share}")
    if code == "wrong-type":
        return for_key(value) or (SPACE_AFTER_COLON if _NO_SPACE.match(value) else None)
    return None


def for_key(key: str) -> T | None:
    """Return the hint for what stands where a key should."""
    if "\uff1a" in key:
        return FULL_WIDTH_COLON
    return SEPARATOR if re.fullmatch(r"\d{3}(\.\d+)?", key) else None


def for_dated(field: str, value: str) -> T | None:
    """Return the hint for a bare figure in a ``field`` that holds figures by day."""
    if field not in DATED or not re.fullmatch(r"-?\d{1,15}(\.\d{1,12})?", value):
        return None
    text = f"{field}: {{{{2024-07-31: {value}}}}}"
    return T(f"write {text}, with its day", f"请带上日期：{text}")


def for_collection(field: str, value: object) -> T:
    """Return the hint for a list or map in a ``field`` that takes one value."""
    people = field in ("owner", "sponsor", "contact", "by")
    return ONE_PERSON if people and isinstance(value, list) else BRACKET


def _day(value: str) -> T | None:
    parts = re.fullmatch(r"(\d{4})[^\dWw]{1,2}(\d{1,2})\D(\d{1,2})\D?", value)
    parts = parts or re.fullmatch(r"(20\d\d)(\d\d)(\d\d)", value)
    if not parts:
        return None
    day = f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}"
    if day == value:
        return T("there is no such day in the calendar", "日历上没有这一天")
    return T(f"write {day}", f"请写成 {day}")


def _amount(value: str) -> T | None:
    if value.endswith("%"):
        return T("write the figure alone and set unit: '%'", "只写数字，并设 unit: '%'")
    large = re.fullmatch(r"(\d{1,9}(?:\.\d{1,4})?)(万|亿)元?", value)
    if large:
        whole = f"{float(large[1]) * (10**4 if large[2] == '万' else 10**8):.0f}"
        return T(
            f"write {whole}, or the unit in 'unit:'", f"请写成 {whole}；单位写在 unit 里时只写 {large[1]}"
        )
    if value.endswith(("万", "亿", "万元", "元")):
        return T("write the figure alone; the unit has a field of its own", "只写数字；单位写在 unit 里")
    bare = value.replace(",", "").replace("\uff0c", "")
    if bare != value and bare.isdigit():
        return T(f"write {bare}, without separators", f"请写成 {bare}，不要千分位")
    if re.fullmatch(r"[-+]?\d{10,}(\.\d*)?", value):
        return T("that is too large a figure: look for extra digits", "数字过大：请检查是否多写了位数")
    return None
