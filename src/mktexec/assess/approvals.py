"""What exactly is approved, its digest, and how it differs from what was (domain.md 2.12).

The goals, the budget and the schedule are what their sheets hold when they are signed; what is
recorded while they are carried out belongs to none of them. Values are compared as they are typed:
comments, layout, quotes and the order of keys are no part of them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from mktexec.i18n import Text
from mktexec.model.fields import Entry
from mktexec.model.plan import Plan
from mktexec.model.support import Signature
from mktexec.model.terms import Approval
from mktexec.source import Path

Content = dict[Path, dict[str, Any]]
"""What is approved: fields that say something, by the path of the entry that has them."""

SCHEME = "v1-"  # of the digest: another way to compute it takes another number
DIGITS = 16
GOALS, BUDGET, SCHEDULE = "goals", "budget", "schedule"
SUBJECTS = {
    GOALS: Text("the goals", "目标"),
    BUDGET: Text("the budget", "预算"),
    SCHEDULE: Text("the schedule", "排期"),
}
WORDS = {**{key: key for key in SUBJECTS}, **{name.zh: key for key, name in SUBJECTS.items()}}
GOAL_FIELDS = ("title", "target", "unit", "due", "owner", "parent", "indicators")
KPI_FIELDS = (
    *("title", "definition", "target", "unit", "better", "combine", "computed", "baseline", "due", "goal"),
)
LINE_FIELDS = ("item", "planned", "type", "initiative", "task", "supplier")
PHASE_FIELDS = ("title", "start", "end")
TASK_FIELDS = (
    *("title", "owner", "collaborators", "start", "end", "duration", "after", "not_before", "finish_by"),
    *("milestone", "repeats", "buffer", "deliverable"),
)
SECTIONS: tuple[Path, ...] = (
    *(("goals",), ("initiatives",), ("tasks",), ("kpis",), ("budget", "lines"), ("resources",)),
    *(("materials",), ("suppliers",), ("risks",), ("channels",), ("experiments",)),
)
RECORDS = {  # fields of any entry that say what happened, or stand beside it
    *("readings", "spent", "actual", "progress", "expected_start", "cancelled", "log", "evidence"),
    *("delivered", "activated", "closed", "result", "decision", "decided", "cause", "approval"),
    *("evaluation", "settlement", "remark", "note"),
}
UNORDERED = {"collaborators", "after", "indicators", "resources"}


def subject_of(text: str) -> str:
    """Return what an approval is about, by its key also where it is written in Chinese."""
    return WORDS.get(text.strip().lower(), text.strip())


def entry_of(plan: Plan, key: str) -> tuple[Path, Entry] | None:
    """Return path and contents of the entry that has the id ``key``, None if there is none."""
    for section in SECTIONS:
        found = _entries(plan, section).get(key)
        if found is not None:
            return (*section, key), found
    return None


def _entries(plan: Plan, section: Path) -> Mapping[str, Entry]:
    if section == ("budget", "lines"):
        return plan.budget.lines if plan.budget else {}
    found: Mapping[str, Entry] = getattr(plan, section[0])
    return found


def content(plan: Plan, subject: str) -> Content:
    """Return what is approved as ``subject``; empty where there is no such thing."""
    found: Content
    match subject_of(subject):
        case "goals":
            found = {("campaign",): _fields(plan.campaign, ("objective",))}
            found |= _all(plan, ("goals",), GOAL_FIELDS) | _all(plan, ("kpis",), KPI_FIELDS)
        case "budget":
            found = {}
            if plan.budget:
                found[("campaign",)] = _fields(plan.campaign, ("currency",))
                found[("budget",)] = _fields(plan.budget, ("total", "reserve"))
            found |= _all(plan, ("budget", "lines"), LINE_FIELDS)
        case "schedule":
            found = _period(plan) | _all(plan, ("tasks",), TASK_FIELDS)
        case key:
            entry = entry_of(plan, key)
            found = {entry[0]: _fields(entry[1], _said_before(entry[1]))} if entry else {}
    return {path: fields for path, fields in found.items() if fields}


def _period(plan: Plan) -> Content:
    campaign = plan.campaign
    return {
        ("campaign",): _fields(campaign, ("buffer",)),
        ("campaign", "period"): _fields(campaign.period, ("start", "end")),
        ("campaign", "milestones"): dict(campaign.milestones),
    } | {("campaign", "phases", key): _fields(one, PHASE_FIELDS) for key, one in campaign.phases.items()}


def _all(plan: Plan, section: Path, names: Sequence[str]) -> Content:
    return {(*section, key): _fields(one, names) for key, one in _entries(plan, section).items()}


def _said_before(entry: Entry) -> list[str]:
    """Return the fields of an entry that are no records."""
    return [name for name in type(entry).model_fields if name not in RECORDS]


def _fields(entry: Entry, names: Sequence[str]) -> dict[str, Any]:
    """Return the fields that say something; those left out are none, whatever the model may add."""
    values, found = vars(entry), {}
    for name in names:
        value = values[name]
        if value is None or value is False or (not value and type(value) in (tuple, dict)):
            continue
        if type(value) is str:
            value = " ".join(value.split())  # a text may be folded in any way
        elif name in UNORDERED:
            value = tuple(sorted(value))
        found[name] = value
    return found


def digest(found: Content) -> str:
    """Return the digest of what is approved."""
    data = canonical({".".join(path): fields for path, fields in found.items()})
    return SCHEME + sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]


def canonical(value: Any) -> str:
    """Return typed values as JSON that is the same however they are written."""
    return json.dumps(value, default=_typed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _typed(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize() + 0:f}"
    if isinstance(value, Entry):
        return _fields(value, list(vars(value)))
    return str(value)


def signer(plan: Plan, one: Signature) -> Text:
    """Return how who signs is called: by name, else as what and for whom they sign."""
    member = plan.people.get(one.by)
    if (member and member.name) or not one.role:
        return Text(*[plan.person(one.by)] * 2)
    if not one.department or one.department in one.role:
        return Text(one.role, one.role)
    return Text(f"{one.role} ({one.department})", one.department + one.role)


def decision(one: Signature, as_of: date) -> Approval:
    """Return how a signature stands on a day: what is dated later is still pending."""
    if one.decision is Approval.PENDING or (one.date is not None and one.date > as_of):
        return Approval.PENDING
    return Approval.REJECTED if one.decision is Approval.REJECTED else Approval.APPROVED


def outdated(plan: Plan, as_of: date) -> list[str]:
    """Return the ids of the approvals whose subject is no longer what was approved."""
    now: dict[str, str] = {}
    found = []
    for key, one in plan.approvals.items():
        if one.digest is None or not one.digest.startswith(SCHEME):
            continue  # signed by hand, or by a program that knows better
        if decision(one, as_of) is Approval.APPROVED:
            subject = subject_of(one.subject)
            if subject not in now:
                now[subject] = digest(content(plan, subject))
            if one.digest != now[subject]:
                found.append(key)
    return found
