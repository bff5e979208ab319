"""The reference of the plan format, made from the models: every section, every field, both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from mktexec.i18n import Lang, amount
from mktexec.i18n import Text as T
from mktexec.model import SECTIONS, Plan, fields
from mktexec.model.fields import Accepts, Entry, Ref
from mktexec.model.plan import Version
from mktexec.model.terms import Term


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of scalar: how the reference calls it, how it is written, what holds for it."""

    hint: Any
    name: T
    examples: tuple[str, ...]
    about: T


KINDS = (
    Kind(
        fields.Line,
        T("text", "文本"),
        ("3 live sessions", "2024"),
        T(
            "one value; quote it if it begins with one of YAML's characters: `*` `&` `!` `@` `[` `{` `>` `#`",
            "一个值；若以 YAML 保留字符（`*` `&` `!` `@` `[` `{` `>` `#`）开头，请加引号",
        ),
    ),
    Kind(
        fields.Id,
        T("id", "编号"),
        ("T001", "kol-video", "直播"),
        T(
            "letters of any script, digits, `-` and `_`, at most 64; no spaces, no dots",
            "字母、汉字、数字、`-` 和 `_`，最多 64 个字符；不含空格和点",
        ),
    ),
    Kind(
        fields.Day,
        T("day", "日期"),
        ("2024-07-15",),
        T("year, month, day, 1990 to 2199", "年-月-日，1990 至 2199 年"),
    ),
    Kind(
        fields.When,
        T("day or relative day", "日期或相对日期"),
        ("2024-07-15", "launch", "launch - 10d"),
        T(
            "a day, or one counted from a name in `campaign.milestones` or `campaign.phases`",
            "日期，或从 `campaign.milestones`、`campaign.phases` 中的名称起算",
        ),
    ),
    Kind(
        fields.Length,
        T("duration", "工期"),
        ("5d", "2w", "3cd", "0d"),
        T(
            "working days, weeks of five working days, or calendar days; `0d` is a milestone",
            "d = 工作日，w = 5 个工作日，cd = 自然日；`0d` 表示里程碑",
        ),
    ),
    Kind(fields.Hours, T("response time", "时限"), ("48h", "2d"), T("hours or days", "小时或天")),
    Kind(
        fields.Link,
        T("dependency", "前置关系"),
        ("T002", "T002 +2d", "T002 SS +1d"),
        T(
            "a task's id; how they are linked (FS, SS, FF, SF; FS if not said); a lead or lag",
            "任务编号；关系类型（FS、SS、FF、SF，默认 FS）；提前或滞后量",
        ),
    ),
    Kind(
        fields.Amount,
        T("number", "数值"),
        ("1234.5", "-20"),
        T(
            "plain digits, at most 15 before and 12 after the point; no thousands separators, no unit",
            "只写数字，小数点前最多 15 位、后最多 12 位；不加千分位，不带单位",
        ),
    ),
    Kind(fields.Count, T("whole number", "整数"), ("3",), T("0 or more", "0 或以上")),
    Kind(
        fields.YesNo,
        T("yes or no", "是/否"),
        ("true", "yes", "是", "false", "no", "否"),
        T("any of these", "任选一种写法"),
    ),
    Kind(
        fields.Progress,
        T("progress", "进度"),
        ("60", "60%", "18/20"),
        T("0 to 100, or a count of a whole", "0 到 100，或完成数/总数"),
    ),
    Kind(fields.Percent, T("percentage", "百分比"), ("5", "7.5%"), T("0 to 100", "0 到 100")),
)
TITLE = T("Plan format, version 1", "计划格式，版本 1")
INTRO = T(
    "A plan is one YAML file, or a folder of YAML files whose sections are united. Most sections are maps "
    "keyed by ids, and entries refer to each other by id. Keys are English; a fixed choice may be written by "
    "its key or by its Chinese label. Unknown keys are errors, except those that begin with `x-`, which are "
    "yours. What is not required may be left out or left empty. A list of one item may be written without "
    "brackets.",
    "计划是一个 YAML 文件，或一个目录下的多个 YAML 文件（各部分合并）。"
    "多数部分以编号为键，条目之间按编号引用。"
    "键名用英文；可选值写英文或中文均可。不认识的键会报错，以 `x-` 开头的键归您自用。"
    "非必填的字段可以不写或留空。列表只有一项时可以不加方括号。",
)
SECTIONS_HEAD = T("Sections", "各部分")
KINDS_HEAD = T("How values are written", "值的写法")
KINDS_COLUMNS = T("| Type | Examples | |", "| 类型 | 示例 | 说明 |")
FIELDS_COLUMNS = T("| Field | Value | Default | Meaning |", "| 字段 | 值 | 默认 | 含义 |")


def page(lang: Lang) -> str:
    """Return the reference in ``lang``."""
    places = dict(_places())
    parts = [f"# {TITLE.say(lang)}", INTRO.say(lang), f"## {KINDS_HEAD.say(lang)}", _kinds(lang)]
    parts += [f"## {SECTIONS_HEAD.say(lang)}", _table(Plan, lang, places)]
    for section in SECTIONS:
        parts += [f"## {section}", _lead(section, lang, places)]
        for model, place in places.items():
            if place.split(".")[0] == section:
                parts += [_table(model, lang, places)] if place == section else _part(model, lang, places)
    return "\n\n".join(parts) + "\n"


def _part(model: type[Entry], lang: Lang, places: dict[type[Entry], str]) -> list[str]:
    return [f"### {places[model]}", _table(model, lang, places)]


def _places() -> Iterator[tuple[type[Entry], str]]:
    """Yield every model with the place in a plan at which it is met first."""
    seen: set[type[Entry]] = set()

    def walk(model: type[Entry], place: str) -> Iterator[tuple[type[Entry], str]]:
        if model in seen:
            return
        seen.add(model)
        yield model, place
        for name, hint in _hints(model).items():
            for inner in _entries(hint):
                yield from walk(inner, f"{place}.{name}" if place else name)

    yield from walk(Plan, "")


def _hints(model: type[Entry]) -> dict[str, Any]:
    """Return the annotations of the fields, with all their marks."""
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _entries(hint: Any) -> Iterator[type[Entry]]:
    if isinstance(hint, type) and issubclass(hint, Entry):
        yield hint
    for inner in get_args(hint):
        yield from _entries(inner)


def _kinds(lang: Lang) -> str:
    rows = [KINDS_COLUMNS.say(lang), "| --- | --- | --- |"]
    for kind in KINDS:
        examples = " ".join(f"`{one}`" for one in kind.examples)
        rows.append(f"| {kind.name.say(lang)} | {examples} | {kind.about.say(lang)} |")
    return "\n".join(rows)


def _lead(section: str, lang: Lang, places: dict[type[Entry], str]) -> str:
    """Return what the section is and what it holds."""
    about = _description(Plan, section, lang)
    holds = _words(_hints(Plan)[section], lang, places, here=section)
    colon = T(": ", "：").say(lang)
    return f"{about[0].upper()}{about[1:]}{colon}{holds}" + T(".", "。").say(lang)


def _table(model: type[Entry], lang: Lang, places: dict[type[Entry], str]) -> str:
    rows = [FIELDS_COLUMNS.say(lang), "| --- | --- | --- | --- |"]
    for name, hint in _hints(model).items():
        cells = (
            f"`{name}`",
            _words(hint, lang, places),
            _default(model, name, hint, lang),
            _description(model, name, lang),
        )
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _description(model: type[Entry], name: str, lang: Lang) -> str:
    field = model.model_fields[name]
    extra: Any = field.json_schema_extra
    return str(extra["description_zh"] if lang == "zh" else field.description)


def _default(model: type[Entry], name: str, hint: Any, lang: Lang) -> str:
    field = model.model_fields[name]
    if field.is_required():
        return T("**required**", "**必填**").say(lang)
    value = field.default
    if value is None or value in ((), {}) or isinstance(value, Entry):
        return ""
    if isinstance(value, bool):
        return T("no", "否").say(lang)
    if isinstance(value, Decimal):
        return f"{amount(value * 100)}%" if hint == fields.Percent else amount(value)
    return f"{value}h" if hint == fields.Hours else f"`{value}`"


def _words(hint: Any, lang: Lang, places: dict[type[Entry], str], here: str = "") -> str:
    """Return a type in words; ``here`` is the place whose own fields follow and need no link."""
    for kind in KINDS:
        if hint == kind.hint:
            return kind.name.say(lang)
    if hint == Version:
        return "`1`"
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _marked(inner[0], inner[1:], lang, places, here)
    if origin in (Union, UnionType):
        return _words(next(one for one in inner if one is not type(None)), lang, places, here)
    if origin is tuple:
        return T("list: {item}", "列表：{item}").say(lang, {"item": _words(inner[0], lang, places)})
    if origin is dict:
        key, value = (_words(one, lang, places, here) for one in inner)
        return T("map: {key} → {value}", "映射：{key} → {value}").say(lang, {"key": key, "value": value})
    if issubclass(hint, Term):
        return " · ".join(f"`{one.value}` {one.label.zh}" for one in hint)
    place = places[hint]
    return T("the fields below", "下列字段").say(lang) if place == here else f"[{place}](#{_anchor(place)})"


def _marked(bare: Any, marks: tuple[Any, ...], lang: Lang, places: dict[type[Entry], str], here: str) -> str:
    """Return the words of an annotated type: what it refers to, which short form it takes."""
    for mark in marks:
        if isinstance(mark, Ref):
            sections = T(" or ", " 或 ").say(lang).join(f"[{one}](#{one})" for one in mark.sections)
            return T("id in {sections}", "{sections} 的编号").say(lang, {"sections": sections})
    words = _words(bare, lang, places, here)
    for mark in marks:
        if isinstance(mark, Accepts) and (short := _short_form(mark, lang)):
            return words + short
    return words


def _short_form(mark: Accepts, lang: Lang) -> str:
    full = mark.convert("")
    if not isinstance(full, dict):
        return ""
    return T(", or just its `{key}`", "，也可只写 `{key}`").say(lang, {"key": next(iter(full))})


def _anchor(place: str) -> str:
    """Return the anchor that a heading gets."""
    return place.replace(".", "")
