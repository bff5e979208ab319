"""Who has signed what, and who has still to sign: on the terminal and as JSON."""

from collections.abc import Sequence
from datetime import date

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.json import dumps, head
from mktexec.render.say import Say
from mktexec.render.terminal import Column, Line, Screen, Span, clean, fit, table, wrap
from mktexec.views.approvals import ApprovalRow, Standing

STYLES = {
    Standing.REJECTED: "bold red",
    Standing.OUTDATED: "yellow",
    Standing.PENDING: "cyan",
    Standing.APPROVED: "green",
}
MOST_CHANGES = 12  # that are named; the JSON has all
INDENT, SHORT = 6, 4  # columns before what belongs to a signature; where its id is left out
MOST_SUBJECT, NARROW = 30, 60  # columns of what is signed, and of a screen where there is less of all


class _Words:
    """The screen's words."""

    title = T("{title}: approvals, as of {day}", "{title}：审批进度，截至 {day}")
    none = T(
        "The plan asks for no signature. Ask for one: {command}", "计划没有设置审批。新增一项：{command}"
    )
    state = T("State", "状态")
    subject = T("Subject", "审批对象")
    who = T("Who signs", "审批人")
    day = T("Day", "日期")
    changed = T("changed: {changes}", "改动：{changes}")
    unknown = T(
        "changed; git does not hold what was approved, so there is nothing to compare with",
        "内容已有改动；git 中没有批准时的版本，无法比对",
    )
    more = T("and {count} more", "另有 {count} 项")
    all_signed = T("All {count} are signed.", "{count} 项审批均已通过。")
    left = T("{left} of {count} still to sign", "{count} 项审批，{left} 项待签")


W = _Words


def approvals(title: str, rows: Sequence[ApprovalRow], as_of: date, lang: Lang, to: Screen) -> list[Line]:
    """Return one line a signature, the worst first, with what changed after it below."""
    say = Say(lang, to)
    lines = say.lines(clean(say(W.title, title=title, day=as_of)), "bold")
    if not rows:
        command = "mktexec add approval goals by=ID role=..."
        return [*lines, [], *say.lines(say(W.none, command=command), "dim")]
    narrow = say.columns < NARROW
    columns = [
        Column("", drop=2),
        Column(say(W.state)),
        Column(say(W.subject), least=8),
        Column(say(W.day), drop=1),
        Column(say(W.who), least=14 if narrow else 24),
    ]
    first, *body = table(columns, [_cells(row, lang, narrow=narrow) for row in rows], say.columns)
    lines += [[], first]
    for row, line in zip(rows, body, strict=True):
        lines += [line, *_remarks(row, say)]
    return [*lines, [], *say.lines(_summary(rows, say), "dim")]


def _cells(row: ApprovalRow, lang: Lang, *, narrow: bool) -> list[Span]:
    title = row.title.say(lang).removeprefix("the ")
    return [
        Span(clean(row.id), "dim"),
        Span(row.standing.label.say(lang), STYLES[row.standing]),
        Span(fit(clean(title), MOST_SUBJECT)),
        Span(row.signed.isoformat() if row.signed else ""),
        Span(clean((narrow and row.name) or row.who(lang))),
    ]


def _remarks(row: ApprovalRow, say: Say) -> list[Line]:
    """Return what changed after a signature, and what was said with it."""
    texts = [clean(row.note)] if row.note else []
    if row.changes is None:
        texts.append(say(W.unknown))
    elif row.changes:
        names = _all(row, say.lang)
        left = [say(W.more, count=len(names) - MOST_CHANGES)] if len(names) > MOST_CHANGES else []
        text = say(T("; ", "；")).join([*names[:MOST_CHANGES], *left])
        texts.append(clean(say(W.changed, changes=text)))
    indent = SHORT if say.columns < NARROW else INDENT
    parts = [part for text in texts for part in wrap(text, say.columns - indent)]
    return [[Span(" " * indent), Span(part, "dim")] for part in parts]


def _all(row: ApprovalRow, lang: Lang) -> list[str]:
    return [one.say(lang) for one in row.changes or ()]


def _summary(rows: Sequence[ApprovalRow], say: Say) -> str:
    left = sum(row.standing is not Standing.APPROVED for row in rows)
    return say(W.left if left else W.all_signed, left=left, count=len(rows))


def approvals_json(rows: Sequence[ApprovalRow], as_of: date, lang: Lang) -> str:
    """Return the signatures, and how many stand in each way."""
    return dumps(
        head("approvals", as_of)
        | {
            "approvals": [_json(row, lang) for row in rows],
            "counts": {one.value: sum(row.standing is one for row in rows) for one in Standing},
        }
    )


def _json(row: ApprovalRow, lang: Lang) -> dict[str, object]:
    return {
        "id": row.id,
        "subject": row.subject,
        "by": row.by,
        "name": row.name,
        "role": row.role,
        "department": row.department,
        "state": row.standing,
        "date": row.signed,
        "note": row.note,
        "changes": None if row.changes is None else _all(row, lang),
        "changed_since": row.changed,
    }
