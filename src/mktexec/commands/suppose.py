"""Questions to the plan as edits of it: what ``--write`` writes is what was shown before."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

from mktexec.commands.address import entry_or_section
from mktexec.commands.assign import ASSIGNMENT, assignment, by_id, told, with_input
from mktexec.commands.change import Wish
from mktexec.commands.record import filled, named, require_live, task_of
from mktexec.dates import Duration, parse_duration
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.i18n import duration, working_days
from mktexec.model import SECTIONS
from mktexec.model.tasks import LogEntry, Task
from mktexec.schedule.slip import later_start, work_left
from mktexec.session import Session
from mktexec.source import Path
from mktexec.store.edit import Append, Edit, Put
from mktexec.suggest import did_you_mean
from mktexec.views.whatif import Asked
from mktexec.written import plain

ANCHORS = ("campaign", "milestones")


class Questions(NamedTuple):
    """What is asked: ``T003=5d``, ``T007``, ``T012.duration=3d``, each as it was typed."""

    slips: Sequence[str] = ()
    without: Sequence[str] = ()
    settings: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Return whether anything is asked."""
        return bool(self.slips or self.without or self.settings)

    def with_input(self) -> "Questions":
        """Return the questions with a value ``-`` read from standard input, which can be read once."""
        return self._replace(settings=[with_input(one) for one in self.settings])


class Answer(NamedTuple):
    """What it takes to make one question true."""

    edits: Sequence[Edit]
    asked: Asked


def answers(session: Session, questions: Questions) -> list[Answer]:
    """Return the edits of every question, all of them counted from the plan as it stands.

    Raises UsageError for a question that names nothing or has no answer, and for two that
    contradict each other.
    """
    gone = dict(task_of(session, one) for one in questions.without)
    found = [
        *(_setting(session, one) for one in dict.fromkeys(questions.settings)),
        *(_without(session, key, task) for key, task in gone.items()),
        *(_slip(session, *one) for one in _summed(session, questions.slips)),
    ]
    _require_agreement(found)
    return found


def as_wish(found: Sequence[Answer]) -> Wish:
    """Return all answers as one change of the plan."""
    said = T(
        "; ".join(one.asked.said.en for one in found),
        "；".join(one.asked.said.zh for one in found),
    )
    return Wish([edit for one in found for edit in one.edits], said)


def _summed(session: Session, texts: Sequence[str]) -> Iterator[tuple[str, Task, Duration]]:
    """Yield the tasks that slip and by how much in all: a task may be named more than once."""
    sums: dict[str, tuple[Task, Duration]] = {}
    for text in texts:
        name, _, length = text.rpartition("=")
        by = parse_duration(plain(length).replace(" ", ""))
        if not name or not by or not by.days:
            raise UsageError(
                T(f"'{text}' is no slip", f"「{text}」不是有效的推迟"),
                T("for example: T003=5d, T003=2w or T003=3cd", "例如：T003=5d、T003=2w 或 T003=3cd"),
            )
        key, task = task_of(session, name.strip())
        before = sums[key][1] if key in sums else Duration(0, by.unit)
        if before.unit != by.unit:
            raise UsageError(
                T(
                    f"{key} slips by working days and by calendar days",
                    f"{key} 同时按工作日和自然日推迟",
                ),
                T("write one of them: 5d or 7cd", "请只写一种：5d 或 7cd"),
            )
        sums[key] = task, Duration(before.days + by.days, by.unit)
    for key, (task, by) in sums.items():
        yield key, task, by


def _slip(session: Session, key: str, task: Task, by: Duration) -> Answer:
    schedule = session.schedule
    _require_open(session, key, task)
    if task.repeats:
        raise UsageError(
            T(
                f"{key} recurs on its own days and cannot slip",
                f"{key} 是周期性任务，按固定日期进行，不能推迟",
            ),
            T(
                f"move its first or last day: --with {key}.start=DAY",
                f"可改首次或末次日期：--with {key}.start=日期",
            ),
        )
    name, later = named(key, task.title), duration(*by)
    if schedule.records[key].started:
        left = work_left(schedule, key, by)
        rest = working_days(left)
        said = T(f"{name}: {later.en} later, {rest.en} left", f"{name}：推迟 {later.zh}，剩余 {rest.zh}")
        path = ("tasks", key, "log", session.as_of.isoformat())
        edits = filled(session, path, {"remaining": f"{left}d"}, LogEntry, "note")
        return Answer(edits, Asked("slip", f"{key}={by}", key, said))
    day = later_start(schedule, key, by)
    said = T(f"{name}: {later.en} later, expected on {day}", f"{name}：推迟 {later.zh}，预计 {day} 开始")
    edits = [Put(("tasks", key, "expected_start"), day.isoformat())]
    return Answer(edits, Asked("slip", f"{key}={by}", key, said))


def _without(session: Session, key: str, task: Task) -> Answer:
    _require_open(session, key, task)
    name, day = named(key, task.title), session.as_of.isoformat()
    said = T(f"{name}: called off on {day}", f"{name}：{day} 取消")
    return Answer([Put(("tasks", key, "cancelled"), day)], Asked("without", key, key, said))


def _require_open(session: Session, key: str, task: Task) -> None:
    """Raise UsageError for a task that is called off or done."""
    require_live(key, task, session.as_of)
    if session.schedule.records[key].done:
        raise UsageError(
            T(f"{key} is done: finished work does not move", f"{key} 已完成，不会再变动"),
            T("ask about a task that is still open", "请选择尚未完成的任务"),
        )


def _setting(session: Session, text: str) -> Answer:
    found = ASSIGNMENT.fullmatch(text)
    path, name = _addressed(session, found[1].strip()) if found else ((), "")
    edit = by_id(session, assignment(path, f"{name}{found[2]}{found[3]}" if found else text))
    task = path[1] if path[:1] == ("tasks",) else None
    return Answer([edit], Asked("with", text, task, told(session, path, [edit])))


def _addressed(session: Session, address: str) -> tuple[Path, str]:
    """Return the entry that an address begins with and the name of its field.

    ``T012.duration``, ``tasks.T012.duration``, a title in place of the id, ``campaign.period.end``;
    the name of a milestone of the campaign stands for its day.
    """
    if address in session.draft.campaign.milestones:
        return ANCHORS, address
    steps = address.split(".")
    refused = []
    for length in range(1, len(steps)):
        try:
            return entry_or_section(session, ".".join(steps[:length])), ".".join(steps[length:])
        except UsageError as error:  # its title may hold a dot, or the step names a section
            refused.append(error)
    if refused:
        raise refused[steps[0] in SECTIONS and len(refused) > 1]
    raise UsageError(
        T(f"{address} names no field", f"{address} 没有写明字段"),
        did_you_mean(address, session.draft.campaign.milestones)
        or T("for example: T012.duration=3d", "例如：T012.duration=3d"),
    )


def _require_agreement(found: Sequence[Answer]) -> None:
    """Raise UsageError where two questions are about the same place, or a task slips that is called off."""
    for one, two in combinations(found, 2):
        gone = one.asked.task == two.asked.task and (one.asked.kind, two.asked.kind) == ("without", "slip")
        if gone or any(_same(*edits) for edits in product(one.edits, two.edits)):
            raise UsageError(
                T(
                    f"{one.asked.text} and {two.asked.text} contradict each other",
                    f"{one.asked.text} 与 {two.asked.text} 相互矛盾",
                ),
                T("ask one after the other", "请分开提问"),
            )


def _same(edit: Edit, other: Edit) -> bool:
    """Return whether one edit undoes the other; a list may grow more than once."""
    if isinstance(other, Append) and edit.path == other.path:
        return False
    least = min(len(edit.path), len(other.path))
    return edit.path[:least] == other.path[:least]
