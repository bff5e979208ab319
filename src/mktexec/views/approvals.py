"""The signatures that a plan asks for and how each stands: 审批/签字 (domain.md 2.12)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mktexec.assess.approvals import SUBJECTS, decision, entry_of, outdated, signer, subject_of
from mktexec.assess.differences import Change
from mktexec.i18n import Lang, Text
from mktexec.model import Plan
from mktexec.model.terms import Approval, Term


class Standing(Term):
    """Where a signature stands on a day, the worst first."""

    REJECTED = "rejected", "rejected", "未通过"
    OUTDATED = "outdated", "outdated", "需重新审批"
    PENDING = "pending", "pending", "审批中"
    APPROVED = "approved", "approved", "已通过"


STANDINGS = {
    Approval.PENDING: Standing.PENDING,
    Approval.REJECTED: Standing.REJECTED,
    Approval.APPROVED: Standing.APPROVED,
}


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One signature; ``signed`` is the day on which it was given or refused, None while it is pending.

    ``changes`` names what changed after it, from ``changed`` on, None where that is not known.
    """

    id: str
    subject: str
    title: Text
    by: str
    name: str | None
    signer: Text
    role: str | None
    department: str | None
    standing: Standing
    signed: date | None
    note: str | None = None
    changes: tuple[Text, ...] | None = ()
    changed: date | None = None

    def who(self, lang: Lang) -> str:
        """Return who signs, as what, and for which department, what tells people apart first."""
        told = [one for one in (self.role, self.department) if one]
        if self.name is None:
            return ", ".join(told[::-1]) if lang == "en" and told else self.signer.say(lang)
        if not told:
            return self.name
        return f"{self.name}（{'，'.join(told)}）" if lang == "zh" else f"{self.name} ({', '.join(told)})"


def approval_rows(plan: Plan, as_of: date, changes: Mapping[str, Change]) -> list[ApprovalRow]:
    """Return the signatures as known on a day, the worst first, else in the plan's order."""
    changed = set(outdated(plan, as_of))
    rows = [_row(plan, key, as_of, changes.get(key), outdated=key in changed) for key in plan.approvals]
    order = list(Standing)
    return sorted(rows, key=lambda row: order.index(row.standing))


def _row(plan: Plan, key: str, as_of: date, change: Change | None, *, outdated: bool) -> ApprovalRow:
    one = plan.approvals[key]
    standing = Standing.OUTDATED if outdated else STANDINGS[decision(one, as_of)]
    subject = subject_of(one.subject)
    found = entry_of(plan, subject)
    title = getattr(found[1], "title", None) or getattr(found[1], "item", "") if found else ""
    decided = standing is not Standing.PENDING
    return ApprovalRow(
        key,
        subject,
        SUBJECTS.get(subject, Text(*[f"{subject} {title}".rstrip()] * 2)),
        one.by,
        plan.people[one.by].name,
        signer(plan, one),
        one.role,
        one.department,
        standing,
        one.date if decided else None,
        one.note if decided else None,
        (change.what if change else None) if outdated else (),
        change.since if change else None,
    )
