"""What the commands of the people who report share: the task that is meant, and its records."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

import typer

from mktexec.commands.address import entry
from mktexec.commands.change import given
from mktexec.commands.options import tell
from mktexec.dates import parse_duration
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.fields import Entry
from mktexec.model.tasks import LogEntry, Task
from mktexec.render.terminal import clean, fit
from mktexec.session import Session, UnsoundPlanError
from mktexec.source import Path
from mktexec.store.edit import Edit, Put, values
from mktexec.store.edit.tree import Data
from mktexec.written import plain

TITLE = 30  # columns
STOPS = "；;。.！!？?\n"
BEFORE = r"(?:^|[；。！？\n]|[;.!?]\s)"  # a piece of a text begins here, and ends there; 3.5 is one
BEHIND = r"(?:$|[；。！？\n]|[;.!?](?:\s|$)|(?<=[；。！？])|(?<=[;.!?])\s)"

TaskId = Annotated[str, typer.Argument(metavar="ID", help=tell("The task: id or title.", "任务编号或标题。"))]
Remaining = Annotated[
    str | None,
    typer.Option(
        metavar="LENGTH",
        show_default=False,
        help=tell("Work left after that day: 5d, 2w or 3cd.", "当日之后的剩余工期：5d、2w 或 3cd。"),
    ),
]
Replace = Annotated[
    bool,
    typer.Option(
        "--force",
        help=tell(
            "Replace the day recorded before; write even if the plan becomes unsound.",
            "替换原先登记的日期；即使计划因此出错也照样写入。",
        ),
    ),
]


def task_of(session: Session, text: str) -> tuple[str, Task]:
    """Return id and contents of the task that is named by id or title.

    Raises UsageError where there is none, UnsoundPlanError where it cannot be read.
    """
    key = entry(session, text, [("tasks",)])[-1]
    task = session.draft.tasks.get(key)
    if task is None:
        raise UnsoundPlanError(session)
    return key, task


def named(key: str, title: str) -> str:
    """Return how an entry is called in what is said: id and title, cut."""
    return f"{key} {fit(clean(title), TITLE)}"


def with_remarks(said: T, remarks: Sequence[T]) -> T:
    """Return ``said`` and what else is worth saying, as one line."""
    return T("; ".join(one.en for one in (said, *remarks)), "；".join(one.zh for one in (said, *remarks)))


def given_texts(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return the texts given for ``options``, by their names; ``-`` stands for standard input.

    Raises UsageError for an empty text, and for two that would be read from standard input.
    """
    if sum(text == "-" for text in options.values()) > 1:
        raise UsageError(
            T("only one text can come from standard input", "只能有一项内容从标准输入读取"),
            T("give the others as text", "其余内容请直接写出"),
        )
    texts = {
        name: given(text).replace("\r\n", "\n").strip() for name, text in options.items() if text is not None
    }
    if empty := [name for name, text in texts.items() if not text]:
        raise UsageError(T(f"--{empty[0]} is empty", f"--{empty[0]} 内容为空"))
    return texts


def standing(session: Session, path: Path) -> Data:
    """Return what is written at ``path``, None for nothing."""
    return values(session.source.documents, [Put(path, None)])[0]


def require_live(key: str, task: Task, day: date) -> None:
    """Raise UsageError for a task that was called off by ``day``."""
    if task.cancelled and day >= task.cancelled:
        raise UsageError(
            T(f"{key} was called off on {task.cancelled}", f"{key} 已于 {task.cancelled} 取消"),
            T(
                f"take it up again first: mktexec unset {key} cancelled",
                f"如需恢复，请先执行：mktexec unset {key} cancelled",
            ),
        )


def taken(command: str, key: str, said: T, on: str | None) -> UsageError:
    """Return the refusal of a day where ``said`` names another; ``on`` is what the user asked for."""
    return UsageError(
        said,
        T(
            f"if that is wrong: mktexec {command} {key} --on {on or 'DAY'} --force",
            f"如登记有误：mktexec {command} {key} --on {on or '日期'} --force",
        ),
    )


def joined(session: Session, old: Data, text: str) -> str:
    """Return ``text`` behind ``old``, which keeps it; ``old`` alone where it says so already."""
    if not isinstance(old, str) or not old.strip():
        return text
    if re.search(BEFORE + re.escape(text) + BEHIND, old):
        return old
    if "\n" in old + text:
        return f"{old.rstrip()}\n{text}"
    zh = (session.draft.campaign.language or session.lang) == "zh"
    stop = "" if old.rstrip()[-1] in STOPS else "；" if zh else ";"
    return old.rstrip() + stop + ("" if zh else " ") + text


def filled(
    session: Session, path: Path, fields: Mapping[str, str], model: type[Entry], short: str
) -> list[Edit]:
    """Return the edits that set ``fields`` of the entry at ``path``.

    A text there stands for the field ``short``, and stays one while it is the only field.
    """
    here = standing(session, path)
    if not (here is None or isinstance(here, str)):
        old = here if isinstance(here, dict) else {}
        return [Put((*path, name), text) for name, text in fields.items() if old.get(name) != text]
    old = {} if here is None else {short: here}
    new = {name: text for name in model.model_fields if (text := {**old, **fields}.get(name)) is not None}
    if new == old:
        return []
    return [Put(path, new[short] if list(new) == [short] else new)]


def log_edits(session: Session, key: str, day: date, fields: Mapping[str, str]) -> list[Edit]:
    """Return the edits that add ``fields`` to a task's record of a day; texts are added to its texts."""
    path = ("tasks", key, "log", day.isoformat())
    here = standing(session, path)
    old = here if isinstance(here, dict) else {"note": here}
    new = {
        name: text if name in ("progress", "remaining", "by") else joined(session, old.get(name), text)
        for name, text in fields.items()
    }
    return filled(session, path, new, LogEntry, "note")


def work_left(text: str | None) -> dict[str, str]:
    """Return the field of the work left, none for None; raises UsageError for what is no length."""
    if text is None:
        return {}
    written = plain(text).replace(" ", "")
    if parse_duration(written) is None:
        raise UsageError(
            T(f"'{text}' is no length of work", f"「{text}」不是有效的工期"),
            T("write 5d, 2w or 3cd", "请写成 5d、2w 或 3cd"),
        )
    return {"remaining": written}
