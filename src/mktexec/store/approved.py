"""What changed since something was approved, as far as git holds the state that was approved.

An approval's digest is in the plan. The state that has it is looked for in the last commit, then in
those that brought the digest in and in the ones before them, for a plan may be approved before it is
committed.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from mktexec.assess.approvals import DIGITS, SCHEME, content, digest, outdated
from mktexec.assess.differences import Change, differences
from mktexec.errors import UnreadableError
from mktexec.model import Plan
from mktexec.model.support import Signature
from mktexec.store.history import commits_since, commits_with, committed_on, texts_at
from mktexec.store.load import load

HEAD = "HEAD"

At = Callable[[str], Mapping[str, str]]
"""The digests of a revision by what they are of: whole plans of many revisions would fill the memory."""
DIGEST = re.compile(f"{SCHEME}[0-9a-f]{{{DIGITS}}}")
MOST = 20  # revisions that are looked into for one approval


def changes(path: Path, plan: Plan, as_of: date) -> Mapping[str, Change]:
    """Return what changed since each outdated approval of the plan at ``path``, by the approval's id.

    Left out are those whose approved state is in no commit. Git is asked only if there is any.
    """
    given = {key: plan.approvals[key] for key in outdated(plan, as_of)}
    given = {key: one for key, one in given.items() if DIGEST.fullmatch(one.digest or "")}
    subjects = {one.subject for one in given.values()}

    @cache
    def at(revision: str) -> Mapping[str, str]:
        old = _plan_at(path, revision)
        return {subject: digest(content(old, subject)) for subject in subjects} if old else {}

    found = {key: _change(path, plan, one, at) for key, one in given.items()}
    return {key: change for key, change in found.items() if change}


def _change(path: Path, plan: Plan, one: Signature, at: At) -> Change | None:
    for revision in islice(dict.fromkeys(_candidates(path, one)), MOST):
        if at(revision).get(one.subject) == one.digest and (old := _plan_at(path, revision)):
            what = differences(content(old, one.subject), content(plan, one.subject))
            return Change(what, _since(path, revision, one, at))
    return None


def _plan_at(path: Path, revision: str) -> Plan | None:
    with suppress(UnreadableError):
        return load(path, texts_at(path, revision), whole=True).plan
    return None


def _candidates(path: Path, one: Signature) -> Iterator[str]:
    yield HEAD
    for commit in commits_with(path, one.digest or ""):
        yield commit
        yield f"{commit}~1"


def _since(path: Path, approved: str, one: Signature, at: At) -> date | None:
    """Return the day of the first commit after the approval with something else.

    The commits are halved, not walked: of a change that was taken back and made again either is found.
    None for what is in no commit yet: it was changed at some time after the last one.
    """
    later = commits_since(path, approved)[::-1]

    def other(commit: str) -> bool:
        return at(commit).get(one.subject, one.digest) != one.digest

    first = bisect_left(later, x=True, key=other)
    return committed_on(path, later[first]) if first < len(later) else None
