"""``mktexec progress``: how far a task is."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, NamedTuple

import typer

from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, On, PlanOption, tell
from mktexec.commands.record import (
    Remaining,
    TaskId,
    log_edits,
    named,
    require_live,
    standing,
    task_of,
    with_remarks,
    work_left,
)
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model.tasks import LogEntry, Task
from mktexec.schedule import known
from mktexec.session import Session
from mktexec.store import hints
from mktexec.store.edit import Edit, Put
from mktexec.written import plain

HELP = T(
    "How far a task is: records its progress on a day, and its start if none is recorded.",
    "填报任务进度：按日期登记，尚未登记开工的一并登记。",
)
EXAMPLES = ("mktexec progress T003 60", "mktexec progress T003 18/20 --on 2024-07-19")


def run(
    task: TaskId,
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", help=tell("Per cent or a count: 60, 18/20.", "百分比或计数：60、18/20。")
        ),
    ],
    on: On = None,
    remaining: Remaining = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Record progress."""
    options, left = Options(plan, as_of, lang, dry_run, force, commit), work_left(remaining)
    change(options, lambda session: _wish(session, task, value, on, left))


def _wish(session: Session, text: str, value: str, on: str | None, left: dict[str, str]) -> Wish:
    key, task = task_of(session, text)
    day = day_of(session, on)
    done = progressed(session, key, task, day, value)
    name = named(key, task.title)
    more = [T(f", {one} left", f"，剩余 {one}") for one in left.values()]
    said = T(
        f"{name}: progress {done.figure} on {day}{''.join(one.en for one in more)}",
        f"{name}：{day} 进度 {done.figure}{''.join(one.zh for one in more)}",
    )
    edits = log_edits(session, key, day, done.fields | left)
    return Wish([*edits, *done.edits], with_remarks(said, done.remarks))


class Progressed(NamedTuple):
    """What recording a progress takes: fields of the day's record, edits beside it, what is said."""

    fields: dict[str, str]
    edits: Sequence[Edit]
    figure: str
    remarks: Sequence[T]


def progressed(session: Session, key: str, task: Task, day: date, text: str) -> Progressed:
    """Return what recording a progress on ``day`` takes.

    Raises UsageError for no progress, and where it contradicts what is recorded.
    """
    written = _written(text)
    share = _share(written)
    require_live(key, task, day)
    _require_under_way(key, task, day, share)
    same = day in task.log and task.log[day].progress == share
    begins = share > 0 and _unstarted(session, key, task, day)
    edits = _undated(session, key, task, day, written)
    if begins:
        edits.append(Put(("tasks", key, "actual", "start"), day.isoformat()))
    remarks = _remarks(session, key, task, day, share, begins=begins)
    return Progressed({} if same else {"progress": written}, edits, _figure(written), remarks)


def _written(text: str) -> str:
    """Return a progress as a plan holds it: ``60``, ``60%``, ``18/20``; raises UsageError for none."""
    written = plain(text).replace(" ", "")
    try:
        _share(written)
    except ValueError:
        raise UsageError(
            T(f"'{text}' is no progress", f"「{text}」不是有效的进度"),
            hints.for_value("bad-progress", written)
            or T("write 60, 60% or 18/20", "请写成 60、60% 或 18/20"),
        ) from None
    return written


def _share(written: str) -> float:
    """Return a progress as a share in [0, 1]; raises ValueError for none."""
    return LogEntry.model_validate({"progress": written}).progress or 0.0


def _require_under_way(key: str, task: Task, day: date, share: float) -> None:
    """Raise UsageError where a task was finished by ``day``, or not yet begun."""
    actual = task.actual
    if actual and actual.end and day >= actual.end and share < 1:
        raise UsageError(
            T(f"{key} was finished on {actual.end}", f"{key} 已于 {actual.end} 完成"),
            T(
                f"if it was not: mktexec unset {key} actual.end",
                f"如并未完成，请先执行：mktexec unset {key} actual.end",
            ),
        )
    if actual and actual.start and day < actual.start and share > 0:
        raise UsageError(
            T(f"{key} started on {actual.start}, after {day}", f"{key} 于 {actual.start} 才开始，晚于 {day}"),
            T(
                f"if it started before: mktexec start {key} --on {day} --force",
                f"如更早开始，请先执行：mktexec start {key} --on {day} --force",
            ),
        )


def _unstarted(session: Session, key: str, task: Task, day: date) -> bool:
    """Return whether nothing says that work had begun before ``day``."""
    begun = task.progress or any(one.progress for when, one in task.log.items() if when < day)
    written = standing(session, ("tasks", key, "actual"))
    return not begun and not written


def _older(task: Task, day: date) -> bool:
    """Return whether anything is recorded after ``day``; the undated progress counts from there on."""
    actual = task.actual
    dated = [one for one in (actual.start, actual.end) if one] if actual else []
    return max([*task.log, *dated], default=day) > day


def _undated(session: Session, key: str, task: Task, day: date, written: str) -> list[Edit]:
    """Return the edit of the undated progress, which must not contradict the newest record."""
    path = ("tasks", key, "progress")
    if _older(task, day) or task.progress == _share(written) or standing(session, path) is None:
        return []
    return [Put(path, written)]


def _figure(written: str) -> str:
    """Return a progress as people read it: ``60%``, ``18/20 = 90%``."""
    return f"{written} = {percent(_share(written))}" if "/" in written else written.removesuffix("%") + "%"


def _remarks(session: Session, key: str, task: Task, day: date, share: float, *, begins: bool) -> list[T]:
    """Return what else is worth saying: the figure before, a guessed start, what stands or is missing."""
    remarks = []
    before, stands = known(task, day).progress, known(task, session.as_of).progress
    if before and before != share:
        old = percent(before)
        remarks.append(
            T(f"up from {old}", f"此前为 {old}")
            if before < share
            else T(f"down from {old}", f"低于此前的 {old}")
        )
    if begins:
        remarks.append(
            T(
                f"started that day (if earlier: mktexec start {key} --on DAY --force)",
                f"当日开始（如更早开始：mktexec start {key} --on 日期 --force）",
            )
        )
    if _kept(task, day) and stands is not None and stands != share:
        left = percent(stands)
        remarks.append(T(f"a later record keeps it at {left}", f"后续记录仍为 {left}"))
    if share >= 1 and not (task.actual and task.actual.end):
        on = f" --on {day}" if day != session.as_of else ""
        remarks.append(
            T(
                f"so done that day (with its end: mktexec done {key}{on})",
                f"即当日完成（登记完成日：mktexec done {key}{on}）",
            )
        )
    return remarks


def _kept(task: Task, day: date) -> bool:
    """Return whether a record after ``day`` says how far the task is."""
    later = any(one.progress is not None for when, one in task.log.items() if when > day)
    return later or (task.progress is not None and _older(task, day))
