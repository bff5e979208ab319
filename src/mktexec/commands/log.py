"""``mktexec log``: what happened on a day, to a task or in the whole campaign."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer

from mktexec.commands.address import entry
from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, On, PlanOption, tell
from mktexec.commands.progress import progressed
from mktexec.commands.record import (
    Remaining,
    given_texts,
    log_edits,
    named,
    standing,
    task_of,
    with_remarks,
    work_left,
)
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.tasks import LogEntry
from mktexec.render.terminal import clean, fit
from mktexec.session import Session
from mktexec.store.edit import Append, Edit, Put

HELP = T(
    "What happened on a day: problems and solutions of a task, or without an ID the campaign's log.",
    "填写执行记录：任务的问题与解决方案；不写编号则记入活动的执行日志。",
)
EXAMPLES = (
    "mktexec log T003 --problem 'developers are short' --solution 'two more from Monday'",
    "mktexec log --action 'weekly meeting' --on 2024-07-22",
)
CUT = 30  # columns of a text in what is said
WORDS = {
    "action": T("action", "动作"),
    "problem": T("problem", "问题"),
    "solution": T("solution", "解决方案"),
    "adjust": T("adjustment", "调整"),
    "note": T("note", "备注"),
    "remaining": T("work left", "剩余工期"),
}
TELL_SOMETHING = T(
    "say what happened: --problem, --solution, --adjust, --action, --note, --progress or --remaining",
    "请写明内容：--problem、--solution、--adjust、--action、--note、--progress 或 --remaining",
)


def _option(metavar: str, text: str) -> Any:
    return typer.Option(metavar=metavar, show_default=False, help=text)


def run(
    task: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            show_default=False,
            help=tell("The task; none: the campaign's log.", "任务编号或标题；不写则记入执行日志。"),
        ),
    ] = None,
    problem: Annotated[str | None, _option("TEXT", tell("Problem met.", "存在问题。"))] = None,
    solution: Annotated[str | None, _option("TEXT", tell("How it was solved.", "解决方案。"))] = None,
    adjust: Annotated[str | None, _option("TEXT", tell("What changes in the plan.", "调整措施。"))] = None,
    action: Annotated[str | None, _option("TEXT", tell("What was done.", "关键动作。"))] = None,
    note: Annotated[
        str | None, _option("TEXT", tell("Remark; - reads standard input.", "备注；- 表示从标准输入读取。"))
    ] = None,
    progress: Annotated[
        str | None, _option("VALUE", tell("60, 60% or 18/20.", "进度：60、60% 或 18/20。"))
    ] = None,
    remaining: Remaining = None,
    by: Annotated[str | None, _option("PERSON", tell("Who records it.", "记录人。"))] = None,
    on: On = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Record what happened."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    told = {"problem": problem, "solution": solution, "adjust": adjust, "action": action, "note": note}
    texts = given_texts(told) | work_left(remaining)
    if not texts and progress is None:
        raise UsageError(TELL_SOMETHING)
    if task is None and (progress is not None or remaining is not None):
        raise UsageError(
            T("progress and work left are a task's: name it", "进度和剩余工期属于具体任务，请写明任务编号"),
            T(f"mktexec progress ID {progress or 60}", f"例如：mktexec progress 编号 {progress or 60}"),
        )
    if task is None:
        change(options, lambda session: _campaign(session, on, texts | _by(session, by)))
    else:
        change(options, lambda session: _task(session, task, on, texts | _by(session, by), progress))


def _by(session: Session, text: str | None) -> dict[str, str]:
    """Return the field of the person with that id or name; raises UsageError for nobody."""
    return {} if text is None else {"by": entry(session, text, [("people",)])[-1]}


def _task(session: Session, text: str, on: str | None, fields: dict[str, str], progress: str | None) -> Wish:
    key, task = task_of(session, text)
    day = day_of(session, on)
    done = None if progress is None else progressed(session, key, task, day, progress)
    texts = _signed(session, key, day, fields)
    edits = log_edits(session, key, day, texts | (done.fields if done else {}))
    name, told = named(key, task.title), _said(fields, done.figure if done else None)
    said = T(f"{name}: {told.en} on {day}", f"{name}：{day} 记录{told.zh}")
    return Wish([*edits, *done.edits], with_remarks(said, done.remarks)) if done else Wish(edits, said)


def _signed(session: Session, key: str, day: date, fields: dict[str, str]) -> dict[str, str]:
    """Return ``fields`` as they stand beside the words of somebody else who recorded that day."""
    here = standing(session, ("tasks", key, "log", day.isoformat()))
    first = here.get("by") if isinstance(here, dict) else None
    if first is None or fields.get("by", first) == first:
        return fields
    who = session.draft.person(fields["by"])
    colon = T(": ", "：").say(session.lang)
    return {name: f"{who}{colon}{text}" for name, text in fields.items() if name != "by"}


def _campaign(session: Session, on: str | None, fields: Mapping[str, str]) -> Wish:
    day = day_of(session, on)
    said = T(f"campaign log of {day}: {_said(fields).en}", f"执行日志 {day}：{_said(fields).zh}")
    return Wish(_campaign_edits(session, day, fields), said)


def _campaign_edits(session: Session, day: date, fields: Mapping[str, str]) -> list[Edit]:
    """Return the edit that adds an item to the day's list; none where it is there already."""
    path = ("log", day.isoformat())
    ordered = {name: fields[name] for name in LogEntry.model_fields if name in fields}
    item = ordered["action"] if list(ordered) == ["action"] else ordered
    here = standing(session, path)
    known = here if isinstance(here, list) else [] if here is None else [here]
    if any((one if isinstance(one, dict) else {"action": one}) == ordered for one in known):
        return []
    if here is None:
        return [Put(path, item)]
    return [Put(path, [here, item])] if isinstance(here, dict) else [Append(path, item)]


def _said(fields: Mapping[str, str], progress: str | None = None) -> T:
    """Return what is recorded, each text cut."""
    texts = {name: fit(clean(fields[name]), CUT) for name in WORDS if name in fields}
    parts = [T(f"{WORDS[name].en} '{text}'", f"{WORDS[name].zh}「{text}」") for name, text in texts.items()]
    if progress:
        parts.append(T(f"progress {progress}", f"进度 {progress}"))
    return T(", ".join(one.en for one in parts), "、".join(one.zh for one in parts))
