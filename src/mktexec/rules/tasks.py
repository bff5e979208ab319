"""Rules on how tasks are written (domain.md part 3, D)."""

from collections.abc import Iterator

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.tasks import Task
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.rules.wording import names_no_action


def live(facts: Facts) -> Iterator[tuple[str, Task]]:
    """Yield the tasks that were not called off; how the others are written matters to nobody."""
    return ((key, task) for key, task in facts.plan.tasks.items() if task.cancelled is None)


@rule(
    "task-vague",
    Level.WARN,
    message=T("'{title}' is not at the level of an action", "「{title}」没有细化到动作"),
    hint=T("say what is done, how much, to what standard", "写清做什么、做多少、做到什么标准"),
    why=T(
        "'Do promotion' cannot be finished, so it is never late.",
        "「做推广」无法判断完成，也就永远不会延误。",
    ),
    source="3: task not at action level (D)",
)
def task_vague(facts: Facts) -> Iterator[Hit]:
    """A task says which action it is."""
    for key, task in live(facts):
        if names_no_action(task.title):
            yield Hit(("tasks", key, "title"), {"title": task.title})


@rule(
    "task-no-deliverable",
    Level.WARN,
    message=T("'{title}' has no deliverable", "「{title}」没有交付物"),
    hint=T("add 'deliverable:', what is handed over at the end", "请补上 'deliverable:'，写明完成时交付什么"),
    why=T("The deliverable is how others see that it is done.", "有交付物，别人才能确认已完成。"),
    source="3: task without deliverable (D)",
)
def task_no_deliverable(facts: Facts) -> Iterator[Hit]:
    """A task hands something over; a milestone need not."""
    for key, task in live(facts):
        milestone = task.milestone or (task.duration is not None and task.duration.days == 0)
        if not (task.deliverable or task.output or milestone):
            yield Hit(("tasks", key), {"title": task.title})


@rule(
    "task-no-end",
    Level.WARN,
    message=T("'{title}' has no end", "「{title}」没有完成日期"),
    hint=T(
        "add 'end:', or a 'duration:' that follows from 'after:'",
        "请补上 'end:'，或用 'duration:' 加 'after:' 推算",
    ),
    why=T("A task without an end is never late.", "没有完成日期的任务永远不会延误。"),
    source="2.4: planned start and end to the day (D)",
)
def task_no_end(facts: Facts) -> Iterator[Hit]:
    """A task has a planned end, typed or computed."""
    for key, task in live(facts):
        follows = task.repeats or (task.milestone and (task.start or task.after))
        if task.end is None and task.duration is None and not follows:
            yield Hit(("tasks", key), {"title": task.title})


@rule(
    "progress-contradicts",
    Level.WARN,
    message=T("finished on {end}, yet progress says {progress}", "已于 {end} 完成，进度却是 {progress}"),
    hint=T("set progress to 100, or remove actual.end", "请把进度改为 100，或删除 actual.end"),
    why=T("Two records that disagree: nobody knows which is right.", "两处记录矛盾，无法判断哪个正确。"),
    source="2.4: status (D)",
)
def progress_contradicts(facts: Facts) -> Iterator[Hit]:
    """A finished task's progress is 100 %."""
    for key, task in facts.plan.tasks.items():
        finished = task.actual.end if task.actual else None
        if finished and task.progress is not None and task.progress < 1:
            yield Hit(("tasks", key, "progress"), {"end": finished, "progress": f"{task.progress:.0%}"})
