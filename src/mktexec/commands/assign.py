"""FIELD=VALUE as it is written on a command line → an edit, typed by the model."""

import re
from collections.abc import Sequence

from mktexec.commands.address import called
from mktexec.commands.change import given
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.fields import Entry
from mktexec.model.shape import is_figure_at, kind_at, model_at, sections_at, short_key
from mktexec.render.terminal import clean, fit
from mktexec.session import Session
from mktexec.source import Path
from mktexec.store.edit import Append, Edit, Put, Remove, values
from mktexec.store.edit.emit import flow
from mktexec.store.edit.tree import Data
from mktexec.store.read import read_text
from mktexec.suggest import did_you_mean

ASSIGNMENT = re.compile(r"([^=+]+?)(\+?=)(.*)", re.DOTALL)
GROUPED = re.compile(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?", re.ASCII)
LIST_SIGNS = re.compile(r"[,，、]")
OWN = "x-"
SAID = 40  # columns of a value in the sentence that says what changed


def assignment(entry: Path, text: str) -> Edit:
    """Return the edit that ``FIELD=VALUE``, or ``FIELD+=ITEM`` for a list, asks for in ``entry``.

    Raises UsageError for what is no assignment, no field of the entry, or no value of its kind.
    """
    found = ASSIGNMENT.fullmatch(text)
    if not found:
        raise UsageError(
            T(f"'{text}' is no FIELD=VALUE", f"「{text}」不是 字段=值 的形式"),
            T("for example: owner=li", "例如：owner=li"),
        )
    path = field(entry, found[1])
    value = given(found[3])
    if not value:
        name = found[1]
        raise UsageError(
            T(f"{name} is given no value", f"{name} 没有给出值"),
            T(
                f"to take it out: mktexec unset {entry[-1]} {name}",
                f"要删除请用：mktexec unset {entry[-1]} {name}",
            ),
        )
    if found[2] == "=":
        return Put(path, _typed(path, value))
    if kind_at(path) != "list":
        raise UsageError(T(f"{found[1]} is no list: write =", f"{found[1]} 不是列表，请写 ="))
    return Append(path, _typed((*path, "0"), value))


def by_id(session: Session, edit: Edit) -> Edit:
    """Return an edit whose references are ids also where they were given as names or titles."""
    sections = [tuple(one.split(".")) for one in sections_at(edit.path)]
    value = getattr(edit, "value", None)
    if not sections or not isinstance(value, (str, list)):
        return edit
    if isinstance(value, str):
        return edit._replace(value=called(session, value, sections))  # type: ignore[call-arg]
    ids = [called(session, one, sections) if isinstance(one, str) else one for one in value]
    return edit._replace(value=ids)  # type: ignore[call-arg]


def with_input(text: str) -> str:
    """Return ``FIELD=VALUE`` with a value ``-`` replaced by what standard input holds."""
    found = ASSIGNMENT.fullmatch(text)
    return f"{found[1]}{found[2]}{given(found[3])}" if found else text


def field(entry: Path, name: str) -> Path:
    """Return the path of a field, given by its key, dotted where it is nested, or its Chinese name."""
    path = entry
    for step in name.strip().split("."):
        model = model_at(path)
        path = (*path, _translated(model, step) if model else step)
        if kind_at(path) is None and not any(one.startswith(OWN) for one in path[len(entry) :]):
            fields = list(model.model_fields) if model else []
            raise UsageError(
                T(f"{'.'.join(path[:-1])} has no field {step}", f"{'.'.join(path[:-1])} 没有字段 {step}"),
                did_you_mean(step, fields) or T("fields: " + ", ".join(fields), "字段：" + "、".join(fields)),
            )
    return path


def _translated(model: type[Entry], name: str) -> str:
    """Return the key of a field that is called ``name`` in Chinese, else ``name``."""
    for key, one in model.model_fields.items():
        extra = one.json_schema_extra
        told = str(extra["description_zh"]) if isinstance(extra, dict) else ""
        if name in (told, re.split(r"[（(/]", told)[0]):
            return key
    return name


def _typed(path: Path, text: str) -> Data:
    """Return a value in the shape that the model has at ``path``."""
    kind = kind_at(path) or "text"
    if GROUPED.fullmatch(text) and is_figure_at(path):
        return re.sub("[,，]", "", text)
    if kind == "text" or (kind == "entry" and short_key(path) and text[0] != "{"):
        return text
    if text[0] in "[{":
        return _written(path, text)
    if kind == "list":
        return [one.strip() for one in LIST_SIGNS.split(text) if one.strip()]
    name = path[-1]
    raise UsageError(
        T(f"{name} has fields of its own", f"{name} 有下级字段"),
        T(f"set one: {name}.FIELD=VALUE", f"请设定其中一个：{name}.字段=值"),
    )


def _written(path: Path, text: str) -> Data:
    """Return a value that is written in brackets, as in the plan."""
    part = read_text(f"v: {text}", "")
    if part.whole and not part.faults and ("v",) in part.document.starts and len(part.data) == 1:
        return part.data["v"]
    raise UsageError(
        T(
            f"{path[-1]} cannot be read: {text}",
            f"{path[-1]} 无法读取：{text}",
        ),
        T(
            "brackets as in the plan: [a, b] or {key: value}",
            "括号写法同计划文件：[a, b] 或 {key: value}",
        ),
    )


def removal(entry: Path, name: str) -> Remove:
    """Return the edit that takes a field out, nested ones by their dotted path."""
    return Remove(field(entry, name))


def told(session: Session, path: Path, edits: Sequence[Edit]) -> T:
    """Return what is said of edits to fields of one entry: ``T003: owner li → wang, end 2024-08-12``."""
    olds = values(session.source.documents, edits)
    parts = [_told_one(path, edit, old) for edit, old in zip(edits, olds, strict=True)]
    return T(f"{path[-1]}: {', '.join(parts)}", f"{path[-1]}：{'，'.join(parts)}")


def _told_one(path: Path, edit: Edit, old: Data) -> str:
    name = ".".join(edit.path[len(path) :])
    sign = {Remove: "-", Append: "+"}.get(type(edit), "")
    new = getattr(edit, "value", None)
    both = [_short(one) for one in ([] if sign == "+" or old is None else [old]) + ([new] if new else [])]
    return f"{sign}{name} " + " → ".join(both)


def _short(data: Data) -> str:

    return fit(clean(data if isinstance(data, str) else flow(data)), SAID)
