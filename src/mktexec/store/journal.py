"""A change of several files, written down before it is made, so that a crash leaves all or none.

Every new content is staged on the disk before the journal is, so that whoever finds a journal can
finish the change: what is still staged has to be put in place, what no longer is has been.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from mktexec.errors import UnreadableError
from mktexec.i18n import Text
from mktexec.store.stage import discard, staged, sync_folder

SUFFIXES = {".yaml", ".yml"}
JOURNAL = ".mktexec-change.json"
PREFIX = ".mktexec-"


class Step(NamedTuple):
    """One file of a change, with the digests before and after; None where there is no such file."""

    target: Path
    temporary: Path | None
    old: str | None
    new: str | None


def digest(data: bytes) -> str:
    """Return what tells one content from another."""
    from hashlib import sha256  # slow to import

    return sha256(data).hexdigest()


def digest_of(path: Path) -> str | None:
    """Return the digest of a file, None where there is none; links and devices are none of ours."""
    return digest(path.read_bytes()) if path.is_file() and not path.is_symlink() else None


def begin(home: Path, steps: Sequence[Step]) -> None:
    """Write the journal, in place of an earlier one; raises OSError."""
    from json import dumps  # slow to import

    entries = [
        {
            "file": step.target.relative_to(home).as_posix(),
            "temporary": step.temporary.name if step.temporary else None,
            "old": step.old,
            "new": step.new,
        }
        for step in steps
    ]
    path = home / JOURNAL
    with staged(home, PREFIX, dumps({"files": entries}).encode(), path) as temporary:
        temporary.replace(path)
    sync_folder(home)


def roll(home: Path, steps: Sequence[Step]) -> None:
    """Put all files of a change in place; raises OSError."""
    for step in steps:
        put(step)
    sync(home, steps)


def put(step: Step) -> None:
    """Put one file in place; raises OSError."""
    if step.temporary:
        step.temporary.replace(step.target)
    else:
        step.target.unlink(missing_ok=True)


def sync(home: Path, steps: Sequence[Step]) -> None:
    """Have the disk keep what was put in place, before the journal goes."""
    for folder in {home, *(step.target.parent for step in steps)}:
        sync_folder(folder)


def end(home: Path, steps: Sequence[Step]) -> None:
    """Remove the journal, then what it names; raises OSError and keeps both where it cannot."""
    (home / JOURNAL).unlink(missing_ok=True)
    for step in steps:
        if step.temporary:
            discard(step.temporary)


def finish(home: Path) -> None:
    """Finish the change that a crash interrupted, if there is one; its lock is held.

    Raises OSError, and UnreadableError if the files are no longer what the crash left.
    """
    path = home / JOURNAL
    if not os.path.lexists(path):
        return
    steps = _read(path)
    pending = [step for step in steps if digest_of(step.target) != step.new]
    for step in pending:
        if digest_of(step.target) != step.old:
            raise _unfinished(path, step.target)
        if step.temporary and digest_of(step.temporary) != step.new:
            raise _unfinished(path, step.temporary)
    roll(home, pending)
    end(home, steps)


def _read(path: Path) -> list[Step]:
    from json import loads  # slow to import

    try:
        if not path.is_file():  # a pipe would be waited for
            raise _unfinished(path, path)
        entries = loads(path.read_bytes())["files"]
        return [_step(path.parent, entry) for entry in entries]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise _unfinished(path, path) from None


def _step(home: Path, entry: Any) -> Step:
    """Return an entry as a step; raise ValueError for one that was not written by ``begin``.

    A journal may come from a stranger's folder, so it names files of that folder only.
    """
    target = home / entry["file"]
    name = entry["temporary"]
    temporary = None if name is None else home / name
    foreign = (
        Path(os.path.realpath(target)) != target
        or not target.is_relative_to(home)
        or target.suffix not in SUFFIXES
        or (temporary is not None and (temporary.parent != home or not temporary.name.startswith(PREFIX)))
        or (temporary is None) != (entry["new"] is None)
    )
    if foreign:
        raise ValueError(target)
    return Step(target, temporary, entry["old"], entry["new"])


def _unfinished(journal: Path, culprit: Path) -> UnreadableError:
    return UnreadableError(
        Text(
            f"an interrupted change cannot be finished: {culprit} is not what it was",
            f"上次中断的修改无法完成：{culprit} 已不是当时的内容",
        ),
        Text(
            f"look through the plan's files, then delete {journal} to go on with them as they are",
            f"请检查计划的各个文件，确认后删除 {journal}，即按现状继续",
        ),
    )
