"""Whom a finding goes to (domain.md parts 1 and 3, guide B).

A reminder goes to who answers for the entry; a warning also to those who work on it and to the lead;
what calls a meeting also to the heads of the departments and to the sponsor.
"""

from collections.abc import Iterator
from typing import Any

from mktexec.findings import Finding, Level
from mktexec.model import Plan
from mktexec.source import Path

ABOVE = {"task": "tasks", "initiative": "initiatives", "goal": "goals"}


def responsible(plan: Plan, path: Path) -> str | None:
    """Return the id of the person who answers for what stands at ``path``; None for nobody."""
    if path[:1] == ("people",) and len(path) > 1 and path[1] in plan.people:
        return path[1]
    for entry in _upwards(plan, path):
        owner = getattr(entry, "owner", None) or getattr(entry, "by", None)
        if owner:
            return str(owner)
    return plan.campaign.owner


def answering(plan: Plan, finding: Finding) -> str | None:
    """Return the id of the person who answers a finding; None for nobody."""
    return finding.owner or responsible(plan, finding.path)


def recipients(plan: Plan, finding: Finding) -> tuple[str, ...]:
    """Return who must know of a finding: ids of people, and departments without a known head."""
    owner, lead = answering(plan, finding), plan.campaign.owner
    if finding.level is Level.ERROR:
        return _once(lead)
    if finding.level < Level.WARN:
        return _once(owner, *(_reached(plan, one) for one in finding.to))
    helping = [*_collaborators(plan, finding.path), *finding.to]
    found = [owner, *(_reached(plan, one) for one in helping), lead]
    if finding.level is Level.ESCALATE:
        heads = [head_of(plan, department) for one in (owner, *helping) for department in _of(plan, one)]
        found += [*heads, plan.campaign.sponsor]
    return _once(*found)


def head_of(plan: Plan, department: str) -> str | None:
    """Return the id of who heads a department, None where nobody is said to."""
    return next((key for key, one in plan.people.items() if one.head and one.department == department), None)


def _upwards(plan: Plan, path: Path) -> Iterator[Any]:
    """Yield the entry at ``path``, then what it belongs to: its task, its initiative, its goal."""
    entry: Any = _entry(plan, path)
    for _ in range(4):
        if entry is None:
            return
        yield entry
        above = (getattr(plan, section).get(getattr(entry, name, None)) for name, section in ABOVE.items())
        entry = next((one for one in above if one is not None), None)


def _entry(plan: Plan, path: Path) -> Any:
    if len(path) <= 1:
        return None
    if path[:2] == ("budget", "lines") and plan.budget:
        return next((plan.budget.lines.get(one) for one in path[2:3]), None)
    section = getattr(plan, path[0], None)
    return section.get(path[1]) if isinstance(section, dict) else None


def _collaborators(plan: Plan, path: Path) -> tuple[str, ...]:
    task = plan.tasks.get(path[1]) if path[:1] == ("tasks",) and len(path) > 1 else None
    return task.collaborators if task else ()


def _reached(plan: Plan, one: str) -> str:
    """Return who is reached as ``one``: a person, the head of a department, else the department."""
    return one if one in plan.people else head_of(plan, one) or one


def _of(plan: Plan, one: str | None) -> tuple[str, ...]:
    """Return the department of a person, or the department that ``one`` is."""
    if one is None or one not in plan.people:
        return (one,) if one else ()
    department = plan.department(one)
    return (department,) if department else ()


def _once(*ids: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in ids if one))
