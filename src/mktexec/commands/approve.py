"""``mktexec approve``: who signs what, with a digest of exactly what was signed."""

from datetime import date
from typing import Annotated

import typer

from mktexec.assess.approvals import (
    SUBJECTS,
    Content,
    content,
    decision,
    digest,
    entry_of,
    outdated,
    signer,
    subject_of,
)
from mktexec.commands.address import entry
from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.named import SECTIONS, written
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, On, PlanOption, person_named, tell
from mktexec.commands.record import given_texts, named, standing
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.model.numbering import next_id
from mktexec.model.support import Signature
from mktexec.model.terms import Approval
from mktexec.session import Session
from mktexec.store.edit import Edit, Put, Remove

HELP = T(
    "Sign goals, budget, schedule or an entry: what is changed later is noticed.",
    "签批目标、预算、排期或某个条目；批准后再有改动会被提示。",
)
EXAMPLES = (
    "mktexec approve goals --by qian --note '同意，预算另议'",
    "mktexec approve schedule --by lin --on 2024-07-05 --commit",
)
FIRST = "A1"


def run(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="goals|budget|schedule|ID",
            show_default=False,
            help=tell("What is signed; an entry by id or title.", "审批对象；条目可用编号或标题。"),
        ),
    ],
    by: Annotated[
        str,
        typer.Option(
            metavar="PERSON",
            show_default=False,
            help=tell("Who signs (id or name).", "审批人（编号或姓名）。"),
        ),
    ],
    note: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=tell("A remark; - reads standard input.", "审批意见；- 表示从标准输入读取。"),
        ),
    ] = None,
    reject: Annotated[
        bool, typer.Option("--reject", help=tell("Refuse it instead.", "不予批准（驳回）。"))
    ] = False,
    on: On = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Write the signature into the plan."""
    texts = given_texts({"note": note})
    change(
        Options(plan, as_of, lang, dry_run, force, commit),
        lambda session: _wish(session, subject, by, on, texts, reject=reject),
    )


def _wish(
    session: Session, text: str, by: str, on: str | None, texts: dict[str, str], *, reject: bool
) -> Wish:
    plan, day = session.plan, day_of(session, on)
    subject = _subject(session, text)
    person = str(person_named(plan, by))
    found = content(plan, subject)
    if not found:
        missing = SUBJECTS[subject]
        raise UsageError(
            T(f"{missing.en} cannot be approved: the plan has none", f"计划中没有可审批的{missing.zh}"),
            T(
                "write it down first: mktexec add goal …, mktexec add line …",
                "请先补充：mktexec add 目标 …、mktexec add 预算 …",
            ),
        )
    key = _signature(plan, subject, person, session.as_of)
    fields = {"date": day.isoformat(), "decision": Approval.REJECTED if reject else Approval.APPROVED}
    fields |= {} if reject else {"digest": digest(found)}
    if key and on is None and _same(plan.approvals[key], fields, session.as_of):
        del fields["date"]  # it holds since the day on which it was given
    fields |= texts
    name = plan.person(person)
    who = signer(plan, plan.approvals[key]) if key else T(name, name)
    said = _said(who, subject, found, day, reject=reject)
    if key is None:
        new = {"subject": subject, "by": person, **fields}
        return Wish([Put(("approvals", _new_id(session)), new)], _with_others(session, said, subject, person))
    return Wish(_edits(session, key, fields), _with_others(session, said, subject, person))


def _subject(session: Session, text: str) -> str:
    """Return what is meant: goals, budget, schedule, or the id of an entry; raises UsageError for neither."""
    subject = subject_of(text)
    if subject in SUBJECTS:
        return subject
    key = entry(session, text)[-1]
    if entry_of(session.plan, key) is None:
        raise UsageError(
            T(f"{key} is nothing that is approved", f"{key} 不是可审批的条目"),
            T(
                "goals, budget, schedule, or the id of a task …",
                "可选：goals、budget、schedule 或任务等条目的编号",
            ),
        )
    return key


def _signature(plan: Plan, subject: str, person: str, as_of: date) -> str | None:
    """Return the id of the signature that is wanted of a person: one still to give, else any."""
    keys = [
        key for key, one in plan.approvals.items() if one.by == person and subject_of(one.subject) == subject
    ]
    old = set(outdated(plan, as_of))
    open_ = [key for key in keys if decision(plan.approvals[key], as_of) is Approval.PENDING or key in old]
    return next(iter([*open_, *keys[::-1]]), None)


def _same(one: Signature, fields: dict[str, str], as_of: date) -> bool:
    """Return whether a signature says so already."""
    return (
        one.date is not None
        and decision(one, as_of) == fields["decision"]
        and one.digest == fields.get("digest")
    )


def _edits(session: Session, key: str, fields: dict[str, str]) -> list[Edit]:
    path, old = ("approvals", key), session.plan.approvals[key]
    turned = old.decision != fields["decision"]
    wanted = {name: str(text) for name, text in fields.items() if name != "decision" or turned}
    edits: list[Edit] = [
        Put((*path, name), text) for name, text in wanted.items() if standing(session, (*path, name)) != text
    ]
    gone = ["digest"] if old.digest and "digest" not in fields else []
    if old.note and turned and old.decision is not Approval.PENDING and "note" not in fields:
        gone.append("note")  # it gave the reason of the opposite
    return edits + [Remove((*path, name)) for name in gone]


def _new_id(session: Session) -> str:
    data = written(session)
    taken = {key for section in SECTIONS for key in data.ids(section)}
    known = data.ids(("approvals",))
    return next_id(known, taken, FIRST) or next_id([], taken, FIRST) or FIRST


def _said(who: T, subject: str, found: Content, day: date, *, reject: bool) -> T:
    entry_name = named(subject, _title(found))
    what = SUBJECTS.get(subject) or T(entry_name, f" {entry_name}")
    if reject:
        return T(f"{who.en} rejected {what.en} on {day}", f"{who.zh} 于 {day} 驳回{what.zh}")
    return T(f"{who.en} approved {what.en} on {day}", f"{who.zh} 于 {day} 批准{what.zh}")


def _title(found: Content) -> str:
    fields = next(iter(found.values()))
    return str(fields.get("title") or fields.get("item") or "")


def _with_others(session: Session, said: T, subject: str, person: str) -> T:
    """Return what was done and who is still to sign the same."""
    plan, old = session.plan, set(outdated(session.plan, session.as_of))
    left = [
        signer(plan, one)
        for key, one in plan.approvals.items()
        if subject_of(one.subject) == subject
        and one.by != person
        and (key in old or decision(one, session.as_of) is not Approval.APPROVED)
    ]
    if not left:
        return said
    english, chinese = (dict.fromkeys(names) for names in zip(*left, strict=True))
    return T(f"{said.en}; still to sign: {', '.join(english)}", f"{said.zh}；待签：{'、'.join(chinese)}")
