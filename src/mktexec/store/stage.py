"""New contents on the disk beside the files that they are to replace, and what is left of them."""

import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES
from pathlib import Path

from mktexec.errors import UnreadableError
from mktexec.i18n import Text

SUFFIX = ".tmp"
RANDOM = r"[a-z0-9_]{8}"  # what mkstemp puts between prefix and suffix


def failed(path: Path, error: OSError) -> UnreadableError:
    """Return the error of a file or a plan that cannot be written."""
    reason = error.strerror or str(error)
    return UnreadableError(Text(f"cannot write {path}: {reason}", f"无法写入 {path}：{reason}"))


def stage(folder: Path, prefix: str, data: bytes, target: Path) -> Path:
    """Write ``data`` to a new file in ``folder`` that can stand in for ``target``; return its path.

    It is on the disk and has the mode and, as far as allowed, the owner of ``target``. Raises
    OSError, PermissionError also where ``target`` is write-protected, and then leaves nothing behind.
    """
    if target.exists() and not os.access(target, os.W_OK):  # a replacement would not ask
        raise PermissionError(EACCES, os.strerror(EACCES))
    handle, name = tempfile.mkstemp(dir=folder, prefix=prefix, suffix=SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _dress(temporary, target)
            os.fsync(stream.fileno())
    except BaseException:
        discard(temporary)
        raise
    return temporary


@contextmanager
def staged(folder: Path, prefix: str, data: bytes, target: Path) -> Iterator[Path]:
    """Stage ``data`` for as long as it takes to put it in place; nothing is left where that fails."""
    temporary = stage(folder, prefix, data, target)
    try:
        yield temporary
    except BaseException:
        discard(temporary)
        raise


def _dress(temporary: Path, target: Path) -> None:
    try:
        known = target.stat()
    except FileNotFoundError:
        temporary.chmod(0o666 & ~_umask())
        return
    mine = temporary.stat()
    if hasattr(os, "chown") and (mine.st_uid, mine.st_gid) != (known.st_uid, known.st_gid):
        with suppress(OSError):  # a group is given by its members, an owner only by root
            os.chown(temporary, -1, known.st_gid)
            os.chown(temporary, known.st_uid, -1)
    temporary.chmod(stat.S_IMODE(known.st_mode))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def discard(temporary: Path) -> None:
    """Remove a temporary; one that cannot be removed is left to the next sweep."""
    with suppress(OSError):
        temporary.unlink(missing_ok=True)


def sweep(folder: Path, prefix: str) -> None:
    """Remove the temporaries that crashed runs left in ``folder``; only their lock's holder may."""
    ours = re.compile(re.escape(prefix) + RANDOM + re.escape(SUFFIX))
    with suppress(OSError):
        for one in list(folder.iterdir()):
            if ours.fullmatch(one.name):
                discard(one)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in ``folder``, where the system can (Windows opens no folder).

    An error is not raised: it comes when the names are in place, and concerns power cuts only.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
