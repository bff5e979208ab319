"""``mktexec cancel``: a task is called off."""

from typing import Annotated

import typer

from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Lang, On, PlanOption, tell
from mktexec.commands.record import Replace, TaskId, given_texts, log_edits, named, taken, task_of
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.tasks import Task
from mktexec.schedule import known
from mktexec.session import Session
from mktexec.store.edit import Edit, Put

HELP = T("A task is called off: from that day on it counts no more.", "取消任务：自当日起不再计入。")
EXAMPLES = ("mktexec cancel T006", "mktexec cancel T006 --on 2024-07-11 --reason 'venue closed'")


def run(
    task: TaskId,
    reason: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=tell("Why; - reads standard input.", "取消原因；- 表示从标准输入读取。"),
        ),
    ] = None,
    on: On = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Replace = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Record that a task was called off."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    note = given_texts({"reason": reason})
    change(options, lambda session: _wish(session, task, on, note.get("reason"), replace=force))


def _wish(session: Session, text: str, on: str | None, reason: str | None, *, replace: bool) -> Wish:
    key, task = task_of(session, text)
    day = day_of(session, on)
    _require_open(session, key, task)
    before = task.cancelled
    if before and before != day and not replace:
        raise taken(
            "cancel", key, T(f"{key} was called off on {before}", f"{key} 已登记于 {before} 取消"), on
        )
    edits: list[Edit] = log_edits(session, key, day, {"note": reason}) if reason else []
    if before != day:
        edits.insert(0, Put(("tasks", key, "cancelled"), day.isoformat()))
    name = named(key, task.title)
    return Wish(edits, T(f"{name}: called off on {day}", f"{name}：{day} 取消"))


def _require_open(session: Session, key: str, task: Task) -> None:
    """Raise UsageError for a task that is done."""
    ended = task.actual and task.actual.end
    if not (ended or known(task, session.as_of).done):
        return
    field = "actual.end" if ended else "progress"
    raise UsageError(
        T(f"{key} is done and cannot be called off", f"{key} 已完成，不能取消"),
        T(
            f"if it is not done: mktexec unset {key} {field}",
            f"如并未完成，请先执行：mktexec unset {key} {field}",
        ),
    )
