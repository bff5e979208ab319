"""``mktexec spend``: money was spent on a line of the budget, or drawn from the reserve."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated, NamedTuple

import typer

from mktexec.assess.budget import DIGITS
from mktexec.commands.address import LINES, entry
from mktexec.commands.change import Options, Wish, change, day_of
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, On, PlanOption, tell
from mktexec.commands.record import filled, given_texts, joined, named, standing, with_remarks
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.i18n import amount
from mktexec.model.budget import Payment
from mktexec.session import Session, UnsoundPlanError
from mktexec.source import Path
from mktexec.written import amount_text, written_amount

HELP = T(
    "Money was spent: adds a payment to a line of the budget, or to what was drawn from the reserve.",
    "登记支出：记入预算项，或登记备用金动用。",
)
EXAMPLES = (
    "mktexec spend B4 60000 --on 2024-07-20 --note 'first half'",
    "mktexec spend reserve 8000 --note 'stand-in equipment'",
)
RESERVE = ("reserve", "备用金", "应急资金")
DRAWN: Path = ("budget", "drawn")
SAID = {  # by whether it concerns the reserve, and whether money came back
    (False, False): T("{name}: {money} spent on {day}", "{name}：{day} 支出 {money}"),
    (False, True): T("{name}: {money} refunded on {day}", "{name}：{day} 退款 {money}"),
    (True, False): T("{name}: {money} drawn on {day}", "{name}：{day} 动用 {money}"),
    (True, True): T("{name}: {money} returned on {day}", "{name}：{day} 退回 {money}"),
}


def run(
    line: Annotated[
        str,
        typer.Argument(
            metavar="LINE",
            help=tell("The budget line: id or item; or reserve.", "预算项编号或名称；或 reserve（备用金）。"),
        ),
    ],
    paid: Annotated[
        str,
        typer.Argument(
            metavar="AMOUNT",
            help=tell("60000, 60,000; (500) is a refund.", "金额：60000、6万；(500) 表示退款。"),
        ),
    ],
    supplier: Annotated[
        str | None,
        typer.Option(metavar="SUPPLIER", show_default=False, help=tell("Who was paid.", "收款供应商。")),
    ] = None,
    note: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            show_default=False,
            help=tell("What for; - reads standard input.", "用途说明；- 表示从标准输入读取。"),
        ),
    ] = None,
    on: On = None,
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Record a payment."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    texts = given_texts({"note": note})
    change(options, lambda session: _wish(session, line, paid, on, supplier, texts.get("note")))


def _wish(
    session: Session, text: str, paid: str, on: str | None, supplier: str | None, note: str | None
) -> Wish:
    day = day_of(session, on)
    account = _account(session, text)
    money = _money(session, paid)
    path = (*account.path, day.isoformat())
    old = account.payments.get(day)
    if old is None and standing(session, path) is not None:
        raise UnsoundPlanError(session)
    fields = {"amount": amount_text(_sum(money, old))}
    if supplier is not None:
        fields["supplier"] = entry(session, supplier, [("suppliers",)])[-1]
        _require_same(old, fields["supplier"], account.supplier, day)
    if note is not None:
        fields["note"] = joined(session, old.note if old else None, note)
    elif account.path == DRAWN:
        raise UsageError(
            T("what was the reserve needed for?", "动用备用金须写明用途"),
            T("add --note TEXT", "请加上 --note 说明"),
        )
    return Wish(filled(session, path, fields, Payment, "amount"), _said(account, money, day, old))


class Account(NamedTuple):
    """Where payments are recorded: path, name, those recorded so far, and the usual supplier."""

    path: Path
    name: T
    payments: Mapping[date, Payment]
    supplier: str | None


def _account(session: Session, text: str) -> Account:
    """Return the budget line with that id or item, or the reserve; raises UsageError for none."""
    budget = session.draft.budget
    if text in RESERVE and not (budget and text in budget.lines):
        if budget is None or budget.reserve is None:
            raise UsageError(
                T("the budget has no reserve", "预算没有备用金"),
                T("set one: mktexec set budget reserve=10000", "可先设定：mktexec set budget reserve=10000"),
            )
        return Account(DRAWN, T("reserve", "备用金"), budget.drawn, None)
    if budget is None or not budget.lines:
        raise UsageError(
            T("the plan has no budget lines", "计划中没有预算项"),
            T(
                "add one: mktexec add line TITLE planned=10000",
                "可先新增：mktexec add line 名称 planned=10000",
            ),
        )
    key = entry(session, text, [LINES])[-1]
    line = budget.lines[key]
    name = named(key, line.item)
    return Account((*LINES, key, "spent"), T(name, name), line.spent, line.supplier)


def _money(session: Session, text: str) -> Decimal:
    """Return the amount that is written there; raises UsageError for none."""
    currency = session.draft.campaign.currency
    money = written_amount(text, currency)
    if not money:
        raise UsageError(
            T(f"'{text}' is no amount in {currency}", f"「{text}」不是有效的金额（{currency}）"),
            T("write 60000 or 60,000", "请写成 60000、60,000 或 6万"),
        )
    return money


def _sum(money: Decimal, old: Payment | None) -> Decimal:
    """Return what a day's payments come to, exactly."""
    with localcontext(prec=DIGITS):
        total = money + (old.amount if old else 0)
        return total.normalize() if total else Decimal(0)


def _require_same(old: Payment | None, supplier: str, usual: str | None, day: date) -> None:
    """Raise UsageError where another supplier was paid on that day: a day has one payment a line."""
    known = old and (old.supplier or usual)
    if old is None or known == supplier:
        return
    paid = amount(old.amount)
    whom = T(known or "nobody by name", known or "未注明供应商")
    raise UsageError(
        T(
            f"{paid} was paid on {day} already, to {whom.en}",
            f"{day} 已登记一笔 {paid}（{whom.zh}）",
        ),
        T("name another day with --on", "请用 --on 换一个日期登记"),
    )


def _said(account: Account, money: Decimal, day: date, old: Payment | None) -> T:
    params = {"name": account.name, "money": abs(money), "day": day}
    template = SAID[account.path == DRAWN, money < 0]
    said = T(template.say("en", params), template.say("zh", params))
    if old is None:
        return said
    total = amount(_sum(money, old))
    return with_remarks(said, [T(f"{total} in all that day", f"当日合计 {total}")])
