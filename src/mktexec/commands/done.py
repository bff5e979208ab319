"""``mktexec done``: a task is finished."""

from datetime import date

from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Lang, On, PlanOption
from mktexec.commands.record import Replace, TaskId, named, require_live, standing, taken, task_of
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model.tasks import Task
from mktexec.session import Session
from mktexec.store.edit import Edit, Put

HELP = T("A task is finished: records the day as its actual end.", "任务完成：登记实际完成日期。")
EXAMPLES = ("mktexec done T003", "mktexec done T003 --on 2024-07-25 --commit")


def run(
    task: TaskId,
    on: On = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Replace = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Record the actual end."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    change(options, lambda session: _wish(session, task, on, replace=force))


def _wish(session: Session, text: str, on: str | None, *, replace: bool) -> Wish:
    key, task = task_of(session, text)
    day = day_of(session, on)
    end = task.actual.end if task.actual else None
    kept = end and end != day and not replace
    if on or not kept:
        require_live(key, task, date.max)
        _require_last(key, task, day)
    if kept:
        raise taken("done", key, T(f"{key} was finished on {end}", f"{key} 已登记于 {end} 完成"), on)
    edits: list[Edit] = [] if end == day else [Put(("tasks", key, "actual", "end"), day.isoformat())]
    if task.progress is not None and task.progress < 1:  # it would contradict the end
        path = ("tasks", key, "progress")
        edits.append(Put(path, _full(str(standing(session, path)))))
    name = named(key, task.title)
    return Wish(edits, T(f"{name}: done on {day}", f"{name}：{day} 完成"))


def _full(written: str) -> str:
    """Return full progress as it is written there: ``20/20`` for ``18/20``."""
    if "/" in written:
        whole = written.partition("/")[2]
        return f"{whole}/{whole}"
    return "100%" if written.endswith("%") else "100"


def _require_last(key: str, task: Task, day: date) -> None:
    """Raise UsageError where work is recorded after ``day``."""
    start = task.actual.start if task.actual else None
    if start and start > day:
        raise UsageError(
            T(f"{key} started on {start}, after {day}", f"{key} 于 {start} 才开始，晚于 {day}"),
            T(
                f"if it started before: mktexec start {key} --on {day} --force",
                f"如更早开始，请先执行：mktexec start {key} --on {day} --force",
            ),
        )
    for when, entry in sorted(task.log.items()):
        if when > day and entry.progress is not None and entry.progress < 1:
            shown = percent(entry.progress)
            raise UsageError(
                T(
                    f"{key} stood at {shown} on {when}, after {day}",
                    f"{key} 在 {when} 的进度为 {shown}，晚于 {day}",
                ),
                T(
                    f"if that is wrong: mktexec unset {key} log.{when}.progress",
                    f"如登记有误，请先执行：mktexec unset {key} log.{when}.progress",
                ),
            )
