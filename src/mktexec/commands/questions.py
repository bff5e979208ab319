"""What is asked on a terminal of an entry that is added; each answer is checked at once."""

import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import typer

from mktexec.commands.assign import assignment
from mktexec.commands.kinds import Kind
from mktexec.commands.named import Written
from mktexec.commands.options import UI, tell
from mktexec.dates import ID
from mktexec.errors import UsageError
from mktexec.findings import Finding
from mktexec.model.uses import Naming, Use, uses
from mktexec.render.terminal import clean, note
from mktexec.source import Path
from mktexec.store.edit import Put
from mktexec.store.validate import validate
from mktexec.suggest import did_you_mean
from mktexec.views.findings import finding_rows

OFFERED = 12
PROBE = "?"  # no day, no figure, no choice: what is wrong with it shows what is wanted
NAMES = ("title", "name", "item")
NOTHING = ("", "-")


def asking() -> bool:
    """Return whether there is somebody who sees questions and can answer them."""
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def answered(data: Written, kind: Kind, known: dict[str, Any]) -> dict[str, Any]:
    """Return ``known`` with the answers for the other fields that are usually filled."""
    note(
        tell(
            "Enter leaves out what is not known yet; Ctrl-C ends, and nothing is written.",
            "暂不清楚的直接回车跳过；按 Ctrl-C 退出，不写入任何内容。",
        )
    )
    needed = kind.missing({})
    found = dict(known)
    for name in dict.fromkeys((*needed, *kind.asked)):
        if not found.get(name):
            answer = _field(data, kind, name, needed=name in needed)
            found |= {} if answer is None else {name: answer}
    return found


def new_id(data: Written, title: str) -> str:
    """Ask for an id where a section has no numbering; a name in Latin letters proposes one."""
    words = "-".join(re.findall("[a-z0-9]+", title.lower())) if title.isascii() else ""
    proposed = words if re.fullmatch(ID, words) and not data.homes(words) else ""
    question = tell("id, by which others refer to it", "编号（供其他条目引用）")
    while True:
        answer: str = typer.prompt(question, default=proposed, show_default=bool(proposed), err=True).strip()
        if not re.fullmatch(ID, answer):
            _again(tell("letters, digits, - and _", "可用文字、数字、- 和 _"))
        elif homes := data.homes(answer):
            _again(tell(f"taken: {'.'.join(homes[0])}", f"已被占用：{'.'.join(homes[0])}"))
        else:
            return answer


def _field(data: Written, kind: Kind, name: str, *, needed: bool) -> Any:
    """Ask for a field until the answer fits; return it as the plan holds it, None for nothing."""
    path = (*kind.entry, name)
    probed = _uses(path, PROBE)
    offered = _entries(data, probed[0].naming) if probed else {}
    question = _question(kind, path, offered)
    while True:
        answer: str = typer.prompt(question, default="", show_default=False, err=True).strip()
        if answer in NOTHING and not needed:
            return None
        called = [key for key, title in offered.items() if title == answer]
        value, faults = _checked(data, path, called[0] if len(called) == 1 else answer)
        if not faults:
            return value
        _again(*faults)
        question = name


def _checked(data: Written, path: Path, answer: str) -> tuple[Any, list[str]]:
    """Return an answer as the plan holds it, and what is wrong with it."""
    if answer in NOTHING:
        return None, [tell("this one is needed", "此项必填")]
    try:
        edit = assignment(path[:-1], f"{path[-1]}={answer}")
    except UsageError as error:
        return None, [error.message.say(UI)]
    value = edit.value if isinstance(edit, Put) else None
    return value, [*_faults(path, value), *_unknown(data, path, value)]


def _question(kind: Kind, path: Path, offered: dict[str, str]) -> str:
    """Return the question for a field: what it is, and what may be answered."""
    name, field = path[-1], kind.fields[path[-1]]
    what = "" if field.description == name else f" ({field.description})"
    text = tell(name + what, f"{field.json_schema_extra['description_zh']} {name}")
    wanted = {one.code: one for one in _found(path, PROBE)}
    if "bad-choice" in wanted:
        text += ": " + ", ".join(wanted["bad-choice"].params["choices"]) + "\n>"
    elif "bad-day" in wanted:
        text += tell(", as in 2024-07-15", "，如 2024-07-15")
    elif offered:
        rows = [f"\n  {key}  {clean(title)}".rstrip() for key, title in offered.items()]
        more = len(rows) - OFFERED
        rest = tell(f"\n  and {more} more", f"\n  另有 {more} 个") if more > 0 else ""
        text += "".join(rows[:OFFERED]) + rest + "\n>"
    return text


def _entries(data: Written, naming: Naming) -> dict[str, str]:
    """Return the entries that may be named, with how people call them."""
    found = {}
    for section in naming.sections:
        for key in data.ids((section,)):
            entry = next(data.all_at((section, key)), None)
            names = [entry.get(name) for name in NAMES] if isinstance(entry, dict) else []
            found[key] = next((one for one in names if isinstance(one, str)), "")
    return found


def _again(*lines: str) -> None:
    for line in lines:
        note("  → " + clean(line))


def _alone(path: Path, value: Any) -> dict[str, Any]:
    """Return a plan that holds nothing but ``value`` at ``path``."""
    for step in reversed(path):
        value = {step: value}
    return {"mktexec": "1", **value}


def _uses(path: Path, value: Any) -> list[Use]:
    return uses(_alone(path, value), lambda naming, _: naming.must)


def _found(path: Path, value: Any) -> list[Finding]:
    found = validate(_alone(path, deepcopy(value)))[1]
    return [one for one in found if one.path[: len(path)] == path]


def _faults(path: Path, value: Any) -> Iterator[str]:
    """Yield what is wrong with a value, as ``check`` would say it."""
    if clean(str(value)) != str(value):
        yield tell("it holds control characters", "内容含有控制字符")
    for row in finding_rows(_found(path, value), None, UI):
        yield row.message
        yield row.hint


def _unknown(data: Written, path: Path, value: Any) -> Iterator[str]:
    """Yield what is wrong with ids that nothing has."""
    for use in _uses(path, value):
        known = [key for section in use.naming.sections for key in data.ids((section,))]
        if use.id not in known:
            hint = did_you_mean(use.id, known)
            yield tell(f"there is no {use.id}", f"没有 {use.id}") + (f" – {hint.say(UI, {})}" if hint else "")
