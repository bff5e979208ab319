"""The stand-up: what each person has done, not done, does today, and who waits for whom (A5, 每日站会)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.schedule.handovers import live_links
from mktexec.views.document import Bullets, Document, Section, Table
from mktexec.views.status import StatusView, TaskRow

TITLE = T("Stand-up", "每日站会")
SUBTITLE = T("{title} · {day} · 15 minutes", "{title} · {day} · 15 分钟")
ROUND, QUIET = T("Round", "逐人通报"), T("Nothing for: {names}", "今日无事项：{names}")
HEADS = (
    T("Who", "姓名"),
    T("Done since {day}", "已完成（{day} 起）"),
    T("Due and not done", "到期未完成"),
    T("Due today", "今日到期"),
    T("Under way, to begin", "进行中/应开始"),
    T("To coordinate", "需协调"),
)
NOBODY = T("(nobody)", "（无负责人）")
LATE = T("{what} ({days} d late)", "{what}（延误 {days} 天）")
ACTIVE = T("{what} (due {day})", "{what}（{day} 到期）")
NAMED = T("{name} ({department})", "{name}（{department}）")
BEGINS = T("{what} (to begin {day})", "{what}（应于 {day} 开始）")
BLOCKS = T("holds up {who}: {next} waits for {task}", "阻塞{who}：{next} 等待 {task}")
WAITS = T("{next} waits for {who}: {task}", "{next} 等待{who}完成 {task}")
DAY = timedelta(days=1)


class Block(NamedTuple):
    """A task that is not finished, and the one of somebody else that should have begun and waits for it."""

    giver: TaskRow
    receiver: TaskRow


class PersonDay(NamedTuple):
    """What one person says at the stand-up; ``person`` is an id, None for tasks that nobody owns."""

    person: str | None
    name: str
    department: str
    done: list[TaskRow]
    overdue: list[TaskRow]
    due: list[TaskRow]
    active: list[TaskRow]
    blocks: list[Block]
    waits: list[Block]

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not any(self[3:])


class Today(NamedTuple):
    """Everybody's day; ``since`` is the last working day before it."""

    title: str
    day: date
    since: date
    people: list[PersonDay]
    quiet: list[str]


def today(view: StatusView, owner: str | None = None) -> Today:
    """Return the stand-up of the view's day, in the order of the roster; of ``owner`` only if it is an id."""
    plan, day = view.plan, view.schedule.as_of
    since = view.schedule.workdays.shift(day, -1)
    rows: dict[str | None, list[TaskRow]] = defaultdict(list)
    for row in view.tasks:
        rows[row.task.owner].append(row)
    blocks = list(_blocks(view))
    ids: list[str | None] = [owner] if owner else [*plan.people, None]
    people = [_person(view, key, rows.get(key, []), blocks, since) for key in ids]
    quiet = [one.name for one in people if one.quiet and one.person]
    return Today(plan.campaign.title, day, since, [one for one in people if not one.quiet], quiet)


def _person(
    view: StatusView, key: str | None, rows: list[TaskRow], blocks: list[Block], since: date
) -> PersonDay:
    day = view.schedule.as_of
    own = [row for row in rows if not row.record.cancelled]
    unfinished = [row for row in own if not row.record.done]
    overdue = sorted((row for row in unfinished if row.state.overdue), key=lambda row: row.urgency)
    due = [row for row in unfinished if row.dates.end == day]
    taken = {row.id for row in (*overdue, *due)}
    return PersonDay(
        key,
        view.plan.person(key),
        view.plan.department(key) or "",
        [row for row in own if row.record.done and row.record.end and since <= row.record.end <= day],
        overdue,
        due,
        [row for row in unfinished if row.id not in taken and (row.record.started or _begins(row, day))],
        [one for one in blocks if one.giver.task.owner == key],
        [one for one in blocks if one.receiver.task.owner == key],
    )


def _begins(row: TaskRow, day: date) -> bool:
    """Return whether a task is to begin on a day, or should have."""
    return row.dates.start is not None and row.dates.start <= day


def _blocks(view: StatusView) -> Iterator[Block]:
    """Yield the tasks that should have begun by now and wait for somebody else's."""
    rows = {row.id: row for row in view.tasks}
    for giver, receiver, kind in live_links(view.plan, view.schedule):
        one, other = rows.get(giver), rows.get(receiver)
        if one is None or other is None or one.task.owner == other.task.owner:
            continue
        held = not (one.record.started if kind in ("SS", "SF") else one.record.done)
        waiting = other.record.started if kind in ("FS", "SS") else other.record.done
        should = other.dates.start if kind in ("FS", "SS") else other.dates.end
        if held and not waiting and should and should <= view.schedule.as_of:
            yield Block(one, other)


def spoken(one: PersonDay, view: StatusView, lang: Lang) -> list[list[str]]:
    """Return what a person says, column by column as in ``HEADS`` behind the name."""
    late = [
        LATE.say(lang, {"what": called(row), "days": row.days_late}) if row.days_late else called(row)
        for row in one.overdue
    ]
    active = [
        ACTIVE.say(lang, {"what": called(row), "day": row.dates.end or "–"})
        if row.record.started
        else BEGINS.say(lang, {"what": called(row), "day": row.dates.start})
        for row in one.active
    ]
    held = [
        BLOCKS.say(lang, {"who": _owner(view, two.receiver), "next": two.receiver.id, "task": two.giver.id})
        for two in one.blocks
    ]
    waits = [
        WAITS.say(lang, {"who": _owner(view, two.giver), "next": two.receiver.id, "task": two.giver.id})
        for two in one.waits
    ]
    return [[called(row) for row in one.done], late, [called(row) for row in one.due], active, held + waits]


def called(row: TaskRow) -> str:
    """Return how a task is called at the stand-up."""
    return f"{row.id} {row.task.title}"


def _owner(view: StatusView, row: TaskRow) -> str:
    return view.plan.person(row.task.owner)


def heads(found: Today, lang: Lang) -> list[str]:
    """Return the titles of the columns."""
    return [head.say(lang, {"day": found.since}) for head in HEADS]


def name(one: PersonDay, lang: Lang) -> str:
    """Return a person with the department."""
    if one.person is None:
        return NOBODY.say(lang)
    return NAMED.say(lang, {"name": one.name, "department": one.department}) if one.department else one.name


def stand_up(view: StatusView, lang: Lang, owner: str | None = None) -> Document:
    """Return the 15-minute sheet: one row a person."""
    found = today(view, owner)
    between = "; " if lang == "en" else "；"
    rows = [
        [name(one, lang), *(between.join(cell) for cell in spoken(one, view, lang))] for one in found.people
    ]
    blocks: list[Table | Bullets] = [Table(heads(found, lang), rows)] if rows else []
    if found.quiet:
        blocks.append(Bullets([QUIET.say(lang, {"names": found.quiet})]))
    subtitle = SUBTITLE.say(lang, {"title": found.title, "day": found.day})
    return Document(TITLE.say(lang), subtitle, [Section(ROUND.say(lang), blocks)])
