"""The stand-up on the terminal, and as JSON."""

from typing import Any

from mktexec.i18n import Text as T
from mktexec.render.json import dumps, head
from mktexec.render.say import Say
from mktexec.render.terminal import Line, Span, clean, wrap
from mktexec.views.status import StatusView, TaskRow
from mktexec.views.today import QUIET, SUBTITLE, TITLE, Block, PersonDay, Today, heads, name, spoken

STYLES = ("green", "bold red", "yellow", "", "magenta")
NOTHING = T("Nothing is due, under way or waiting.", "今日没有到期、进行中或待协调的事项。")
INDENT = 2


def today(found: Today, view: StatusView, say: Say) -> list[Line]:
    """Return one block a person: done, not done, due, under way, to coordinate."""
    title = say(SUBTITLE, title=found.title, day=found.day)
    lines = say.lines(clean(f"{say(TITLE)}  {title}"), "bold")
    if not found.people:
        return [*lines, *say.lines(say(NOTHING))]
    titles = heads(found, say.lang)[1:]
    for one in found.people:
        lines += [[], *say.lines(clean(name(one, say.lang)), "bold")]
        for title, items, style in zip(titles, spoken(one, view, say.lang), STYLES, strict=True):
            lines += _items(title, items, style, say) if items else []
    if found.quiet:
        lines += [[], *say.lines(clean(say(QUIET, names=found.quiet)), "dim")]
    return lines


def _items(title: str, items: list[str], style: str, say: Say) -> list[Line]:
    lines: list[Line] = [[Span(" " * INDENT), Span(title, style)]]
    for item in items:
        first, *rest = wrap(clean(item), say.columns - 2 * INDENT - 2)
        lines.append([Span(" " * 2 * INDENT + "· " + first)])
        lines += [[Span(" " * (2 * INDENT + 2) + part)] for part in rest]
    return lines


def as_json(found: Today) -> str:
    """Return the stand-up for machines."""
    people = [_person(one) for one in found.people]
    return dumps(head("today", found.day) | {"since": found.since, "people": people, "quiet": found.quiet})


def _person(one: PersonDay) -> dict[str, Any]:
    tasks = {key: [_task(row) for row in getattr(one, key)] for key in ("done", "overdue", "due", "active")}
    links = {key: [_block(two) for two in getattr(one, key)] for key in ("blocks", "waits")}
    return {"person": one.person, "name": one.name, "department": one.department} | tasks | links


def _task(row: TaskRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.task.title,
        "end": row.dates.end,
        "days_late": row.days_late,
        "progress": row.state.progress,
    }


def _block(two: Block) -> dict[str, Any]:
    owners = {"giver_owner": two.giver.task.owner, "receiver_owner": two.receiver.task.owner}
    return {"giver": two.giver.id, "receiver": two.receiver.id} | owners
