"""The tasks as a spreadsheet takes them: a row each, with all that is planned, computed and recorded."""

from datetime import date
from typing import NamedTuple

from mktexec.dates import Dependency
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.views.status import StatusView, TaskRow

HEADS = (
    T("Id", "任务编号"),
    T("Task", "任务描述"),
    T("Initiative", "所属举措"),
    T("Goal", "对应目标"),
    T("Owner", "负责人"),
    T("Department", "部门"),
    T("Planned start", "计划开始"),
    T("Planned end", "计划完成"),
    T("Duration (working days)", "工期（工作日）"),
    T("Early start", "最早开始"),
    T("Early end", "最早完成"),
    T("Late start", "最晚开始"),
    T("Late end", "最晚完成"),
    T("Slack (working days)", "浮动（工作日）"),
    T("Free slack (working days)", "自由浮动（工作日）"),
    T("Critical", "关键"),
    T("Forecast start", "预计开始"),
    T("Forecast end", "预计完成"),
    T("Actual start", "实际开始"),
    T("Actual end", "实际完成"),
    T("Progress", "当前进度"),
    T("Health", "进度状态"),
    T("Days late", "延误天数"),
    T("Predecessors", "前置任务"),
    T("Deliverable", "交付物"),
)
YES, NO = T("yes", "是"), T("no", "否")
COMPUTED = 9  # early, late, slack, critical, forecast


Cell = str | int | float | date | None
"""A figure, a day, a text or nothing; a float is a share in [0, 1]."""


class Sheet(NamedTuple):
    """Headings, and rows of as many cells."""

    heads: list[str]
    rows: list[list[Cell]]


def task_sheet(view: StatusView, lang: Lang) -> Sheet:
    """Return every task of ``view`` with all that is planned, computed and recorded of it."""
    return Sheet([head.say(lang) for head in HEADS], [_cells(view, row, lang) for row in view.tasks])


def _cells(view: StatusView, row: TaskRow, lang: Lang) -> list[Cell]:
    plan, task, dates, record = view.plan, row.task, row.dates, row.record
    initiative = plan.initiatives.get(task.initiative or "")
    goal = plan.goals.get(initiative.goal or "") if initiative else None
    return [
        row.id,
        task.title,
        initiative.title if initiative else None,
        goal.title if goal else None,
        row.owner if task.owner else None,
        plan.department(task.owner),
        dates.start,
        dates.end,
        _duration(view, row),
        *([None] * COMPUTED if record.cancelled else _computed(row, lang)),
        record.start,
        record.end if record.done else None,
        row.state.progress,
        row.state.health.label.say(lang),
        row.days_late,
        "; ".join(_written(link) for link in task.after),
        task.deliverable,
    ]


def _duration(view: StatusView, row: TaskRow) -> int | None:
    """Return the planned working days of a task, as its owner works; 0 for a milestone."""
    start, end = row.dates.start, row.dates.end
    if row.dates.milestone:
        return 0
    return view.schedule.work(row.id).between(start, end) if start and end else None


def _computed(row: TaskRow, lang: Lang) -> list[Cell]:
    dates = row.dates
    return [
        dates.early_start,
        dates.early_end,
        dates.late_start,
        dates.late_end,
        dates.slack,
        dates.free_slack,
        (YES if dates.critical else NO).say(lang),
        dates.forecast_start,
        dates.forecast_end,
    ]


def _written(link: Dependency) -> str:
    """Return a dependency as a plan writes it."""
    kind = "" if link.kind == "FS" else f" {link.kind}"
    return link.task + kind + (f" {link.lag.days:+}{link.lag.unit}" if link.lag.days else "")
