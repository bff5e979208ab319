"""Writing files: whole or not at all, and never over somebody's work by mistake.

A plan is a file or a folder of files. Its writers hold a lock beside it, work on the real file
where it is a link, and leave nothing behind: what a crash left is swept by the next of them.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from mktexec.errors import MktexecError, UnreadableError
from mktexec.i18n import Text
from mktexec.store import journal
from mktexec.store.journal import JOURNAL, Step
from mktexec.store.lock import held
from mktexec.store.stage import failed, stage, staged, sweep, sync_folder

LOCK = ".mktexec.lock"


class Change(NamedTuple):
    """What a file of the plan held when it was read, and what it is to hold.

    A file that is missing holds ``b""``.
    """

    file: Path
    old: bytes
    new: bytes


class ChangedMeanwhileError(UnreadableError):
    """A file is no longer what was read; nothing was written."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            Text(
                f"{file} was changed meanwhile; nothing was written", f"{file} 在此期间被改动，未写入任何内容"
            ),
            Text("run the command again", "请重新运行该命令"),
        )


@contextmanager
def locked(plan: Path) -> Iterator[None]:
    """Hold ``plan`` against other writers, having finished or swept what a crash left.

    Raises UnreadableError where another writer takes too long or nothing can be written.
    """
    real = _real(plan)
    folder = real.is_dir()
    if not folder:
        settle(real)
    with held(real / LOCK if folder else real.with_name(f".{real.name}.lock")):
        try:
            if folder:
                journal.finish(real)
        except OSError as error:
            raise failed(plan, error) from error
        sweep(*_staging(real))
        yield


def settle(plan: Path) -> None:
    """Finish the change of several files that a crash interrupted, if there is one.

    For who is about to read; raises UnreadableError if it cannot be finished.
    """
    real = _real(plan)
    home = real if real.is_dir() else real.parent
    if os.path.lexists(home / JOURNAL):  # perhaps a live writer's, who is waited for
        with locked(home):
            pass


def write(plan: Path, changes: Sequence[Change]) -> None:
    """Make all ``changes`` or none, also if the process is killed; ``plan`` is locked by the caller.

    A change whose contents are equal asks that the file be as it was read. Several files are
    changed in a folder only. Raises ChangedMeanwhileError, or UnreadableError if it cannot be written.
    """
    changed = [one for one in changes if one.new != one.old]
    real = _real(plan)
    try:
        if len(changed) > 1:
            _require_yaml(changed)
            _write_all(real, changed, changes)
        else:
            _write_one(real, changed, changes)
    except OSError as error:
        raise failed(plan, error) from error


def _require_yaml(changes: Sequence[Change]) -> None:
    """Refuse what a crash could not be followed by: a journal names YAML files only."""
    for one in changes:
        if _real(one.file).suffix not in journal.SUFFIXES:
            raise UnreadableError(
                Text(
                    f"{one.file} leads to {_real(one.file).name}, which is not called .yaml",
                    f"{one.file} 指向的 {_real(one.file).name} 不是 .yaml 文件",
                ),
                Text("rename what it leads to", "请重命名其指向的文件"),
            )


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _staging(real: Path) -> tuple[Path, str]:
    """Return the folder of a plan's temporaries, and how they begin; no two plans share them."""
    return (real, journal.PREFIX) if real.is_dir() else (real.parent, f".{real.name}.")


def _check(changes: Sequence[Change]) -> None:
    for one in changes:
        try:
            now = one.file.read_bytes()
        except FileNotFoundError:
            now = b""
        if now != one.old:
            raise ChangedMeanwhileError(one.file)


def _write_one(real: Path, changed: Sequence[Change], changes: Sequence[Change]) -> None:
    if not changed:
        _check(changes)
        return
    target = _real(changed[0].file)
    with staged(*_staging(real), changed[0].new, target) as temporary:
        _check(changes)
        temporary.replace(target)
    sync_folder(target.parent)


def _write_all(home: Path, changed: Sequence[Change], changes: Sequence[Change]) -> None:
    steps: list[Step] = []
    try:
        for one in changed:
            target = _real(one.file)
            old = journal.digest(one.old) if target.exists() else None
            temporary = stage(*_staging(home), one.new, target)
            steps.append(Step(target, temporary, old, journal.digest(one.new)))
        _check(changes)
        journal.begin(home, steps)
    except BaseException:
        with suppress(OSError):
            journal.end(home, steps)
        raise
    try:
        for one, step in zip(changed, steps, strict=True):
            _check([one])
            journal.put(step)
    except BaseException:
        with suppress(OSError, MktexecError):  # what cannot be undone is finished by the next command
            _undo(home, steps, changed)
        raise
    journal.sync(home, steps)
    with suppress(OSError):
        journal.end(home, steps)


def _undo(home: Path, steps: Sequence[Step], changed: Sequence[Change]) -> None:
    """Take back what of a change is in place already, by a change that is as safe as the first."""
    back: list[Step] = []
    for step, one in zip(steps, changed, strict=True):
        if step.temporary and step.temporary.exists():
            continue
        if journal.digest_of(step.target) != step.new:
            raise ChangedMeanwhileError(one.file)
        temporary = None if step.old is None else stage(*_staging(home), one.old, step.target)
        back.append(Step(step.target, temporary, step.new, step.old))
    if back:
        journal.begin(home, back)
        journal.roll(home, back)
    journal.end(home, [*steps, *back])


def replace(path: Path, text: str) -> None:
    """Write ``text`` to ``path``, which may be there already; a crash leaves the old file or the new."""
    target = _real(path)
    data = text.encode("utf-8", "backslashreplace")
    try:
        with staged(*_staging(target), data, target) as temporary:
            temporary.replace(target)
    except OSError as error:
        raise failed(path, error) from error
    sync_folder(target.parent)


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; raise UnreadableError if there is one already."""
    if os.path.lexists(path):
        raise UnreadableError(Text(f"{path} exists already and is left as it is", f"{path} 已存在，未作改动"))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed(path, error) from error
    with locked(path):
        write(path, [Change(path, b"", text.encode())])
