"""``mktexec start``: a task begins."""

from datetime import date

from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Lang, On, PlanOption
from mktexec.commands.record import Replace, TaskId, named, require_live, taken, task_of
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.tasks import Task
from mktexec.session import Session
from mktexec.store.edit import Put

HELP = T("A task begins: records the day as its actual start.", "任务开工：登记实际开始日期。")
EXAMPLES = ("mktexec start T003", "mktexec start T003 --on 2024-07-15 --commit")


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
    """Record the actual start."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    change(options, lambda session: _wish(session, task, on, replace=force))


def _wish(session: Session, text: str, on: str | None, *, replace: bool) -> Wish:
    key, task = task_of(session, text)
    day = day_of(session, on)
    begun = task.actual.start if task.actual else None
    name = named(key, task.title)
    said = T(f"{name}: started on {day}", f"{name}：{day} 开始")
    if begun == day:
        return Wish((), said)
    kept = begun and not replace
    if on or not kept:
        require_live(key, task, day)
        _require_first(key, task, day)
    if kept:
        raise taken("start", key, T(f"{key} started on {begun}", f"{key} 已登记于 {begun} 开始"), on)
    return Wish([Put(("tasks", key, "actual", "start"), day.isoformat())], said)


def _require_first(key: str, task: Task, day: date) -> None:
    """Raise UsageError where work is recorded before ``day``."""
    if task.actual and task.actual.end and task.actual.end < day:
        raise UsageError(
            T(
                f"{key} was finished on {task.actual.end}, before {day}",
                f"{key} 已于 {task.actual.end} 完成，早于 {day}",
            ),
            T("name an earlier day with --on", "请用 --on 指定更早的日期"),
        )
    again = " --force" if task.actual and task.actual.start else ""
    early = min((one for one, entry in task.log.items() if entry.progress), default=day)
    if early < day:
        raise UsageError(
            T(f"{key} has progress on {early}, before {day}", f"{key} 在 {early} 已有进度，早于 {day}"),
            T(
                f"if it started then: mktexec start {key} --on {early}{again}",
                f"如果当日开始：mktexec start {key} --on {early}{again}",
            ),
        )
