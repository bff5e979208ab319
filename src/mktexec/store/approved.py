"""What changed since something was approved, as far as git holds the state that was approved.

An approval's digest is in the plan. The state that has it is looked for in the last commit, then in
those that brought the digest in and in the ones before them, for a plan may be approved before it is
committed.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

from mktexec.assess.approvals import Content, content, digest, outdated
from mktexec.assess.differences import Change, differences
from mktexec.errors import UnreadableError
from mktexec.model import Plan
from mktexec.model.support import Signature
from mktexec.store.history import commits_since, commits_with, committed_on, texts_at
from mktexec.store.load import load

HEAD = "HEAD"

At = Callable[[str], Plan | None]


def changes(path: Path, plan: Plan, as_of: date) -> Mapping[str, Change]:
    """Return what changed since each outdated approval of the plan at ``path``, by the approval's id.

    Left out are those whose approved state is in no commit. Git is asked only if there is any.
    """

    @cache
    def at(revision: str) -> Plan | None:
        with suppress(UnreadableError):
            return load(path, texts_at(path, revision), whole=True).plan
        return None

    found = {key: _change(path, plan, plan.approvals[key], at) for key in outdated(plan, as_of)}
    return {key: change for key, change in found.items() if change}


def _change(path: Path, plan: Plan, one: Signature, at: At) -> Change | None:
    for revision in dict.fromkeys(_candidates(path, one)):
        old = _held(at(revision), one)
        if old is not None and digest(old) == one.digest:
            return Change(differences(old, content(plan, one.subject)), _since(path, revision, one, at))
    return None


def _candidates(path: Path, one: Signature) -> Iterator[str]:
    yield HEAD
    for commit in commits_with(path, one.digest or ""):
        yield commit
        yield f"{commit}~1"


def _held(plan: Plan | None, one: Signature) -> Content | None:
    return content(plan, one.subject) if plan else None


def _since(path: Path, approved: str, one: Signature, at: At) -> date | None:
    """Return the day of the first commit after the approval with something else.

    The commits are halved, not walked: of a change that was taken back and made again either is found.
    None for what is in no commit yet: it was changed at some time after the last one.
    """
    later = commits_since(path, approved)[::-1]

    def other(commit: str) -> bool:
        old = _held(at(commit), one)
        return old is not None and digest(old) != one.digest

    first = bisect_left(later, x=True, key=other)
    return committed_on(path, later[first]) if first < len(later) else None
