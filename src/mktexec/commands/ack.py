"""``mktexec ack``: answer a finding, so that it is quiet until a day or until it gets worse."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated

import typer

from mktexec.commands.change import Options, Wish, change
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, PlanOption, person_named, tell
from mktexec.commands.record import given_texts
from mktexec.errors import UsageError
from mktexec.findings import Finding, Level
from mktexec.i18n import Text as T
from mktexec.model.numbering import next_id
from mktexec.rules import RULES, When
from mktexec.session import Session
from mktexec.store.edit import Put
from mktexec.suggest import did_you_mean
from mktexec.written import written_day

HELP = T(
    "Answer a finding: who does what about it; it is quiet until a day, or until it gets worse.",
    "响应预警：由谁采取什么措施；在某日之前、或情况恶化之前不再提示。",
)
EXAMPLES = (
    "mktexec ack task-late:T003 --by zhang --action '加派一名开发，周三前完成'",
    "mktexec ack T003 --by zhang --action 'waiting for legal' --until 2024-07-26",
)
DAYS = timedelta(days=3)
FIRST = "ACK1"
MOST = 8


def run(
    finding: Annotated[
        str,
        typer.Argument(
            metavar="FINDING",
            show_default=False,
            help=tell(
                "What warn calls it, task-late:T003; or its code or id, where that is the only one.",
                "warn 给出的名称，如 task-late:T003；唯一时可只写代码或编号。",
            ),
        ),
    ],
    by: Annotated[
        str,
        typer.Option(
            metavar="PERSON",
            show_default=False,
            help=tell("Who answers (id or name).", "响应人（编号或姓名）。"),
        ),
    ],
    action: Annotated[
        str,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=tell("What is done about it; - reads standard input.", "处理措施；- 表示从标准输入读取。"),
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            show_default=False,
            help=tell(
                "The last day on which it is quiet; default in three days.", "静默的最后一天；默认三天后。"
            ),
        ),
    ] = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Write the answer into the plan."""
    texts = given_texts({"action": action})
    change(
        Options(plan, as_of, lang, dry_run, force, commit),
        lambda session: _wish(session, finding, by, texts["action"], until),
    )


def _wish(session: Session, what: str, by: str, action: str, until: str | None) -> Wish:
    found = _meant(session, what)
    taken = {one for ids in session.loaded.ids.values() for one in ids}
    person = person_named(session.plan, by)
    last = _last(session.as_of, until)
    key = next_id([*session.draft.acknowledgements], taken, FIRST) or next_id([], taken, FIRST)
    if key is None:
        raise UsageError(T("no id is left for the answer", "没有可用的响应编号"))
    fields = {
        "finding": found.code,
        "subject": found.subject,
        "by": person,
        "date": session.as_of.isoformat(),
        "action": action,
        "until": last.isoformat(),
        "level": found.level.key,
        "days": str(found.days) if found.days and found.days > 0 else None,
        "points": None if found.points is None else str(found.points),
    }
    name = session.plan.person(person)
    return Wish(
        [
            Put(
                ("acknowledgements", key),
                {name: value for name, value in fields.items() if value is not None},
            )
        ],
        T(
            f"{found.key} answered by {name}, quiet to the end of {last} unless it gets worse",
            f"{name} 已响应 {found.key}，至 {last}（含）不再提示，情况恶化除外",
        ),
    )


def _last(today: date, until: str | None) -> date:
    """Return the last quiet day; raises UsageError for what is no day to come."""
    if until is None:
        return today + DAYS
    day = written_day(until, today.year)
    if day is None:
        raise UsageError(
            T(f"'{until}' is not a day; write 2024-07-15", f"「{until}」不是日期，请写成 2024-07-15")
        )
    if day < today:
        raise UsageError(T(f"{day} is past", f"{day} 已经过去"))
    return day


def _meant(session: Session, what: str) -> Finding:
    """Return the open finding that is meant; raises UsageError for none or several."""
    _ = session.plan
    judged = [session.judged(when) for when in (When.WARN, When.CHECK)]
    known = [one for found in judged for one in (*found.open, *found.quiet)]
    known = [one for one in known if one.level < Level.ERROR and RULES[one.code].when is not When.AFTER]
    known.sort(key=lambda one: (one.level, one.days or 0, one.points or 0))  # of equal names the worst
    found = {one.key: one for one in known if what in (one.key, one.code, one.subject)}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise UsageError(T(f"{what} means several findings", f"{what} 对应多条发现"), _one_of(list(found)))
    keys = list(dict.fromkeys(one.key for one in known))
    raise UsageError(
        T(f"nothing is found that is called {what}", f"当前没有名为 {what} 的发现"),
        did_you_mean(what, keys) or _one_of(keys),
    )


def _one_of(keys: Sequence[str]) -> T | None:
    if not keys:
        return None
    more = len(keys) - MOST
    english = ", ".join(keys[:MOST]) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(keys[:MOST]) + (f" 等 {len(keys)} 项" if more > 0 else "")
    return T(f"one of: {english}", f"可选：{chinese}")
