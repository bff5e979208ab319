"""One writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mktexec.errors import UnreadableError
from mktexec.i18n import Text
from mktexec.store.stage import failed

PATIENCE = 10  # seconds


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``, and remove it in the end.

    Raises UnreadableError where it cannot be made, or where another process holds it for too long.
    """
    from filelock import FileLock, Timeout, UnixFileLock  # slow to import

    lock = FileLock(path, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise UnreadableError(
            Text("another mktexec command is changing this plan", "另一条 mktexec 命令正在修改这份计划"),
            Text("try again in a moment", "请稍后重试"),
        ) from None
    except OSError as error:
        raise failed(path, error) from error
    try:
        yield
    finally:
        if isinstance(lock, UnixFileLock):  # the other kinds remove their file themselves
            with suppress(OSError):
                path.unlink()  # while held: who waits for it sees that its name is gone, and starts over
        with suppress(OSError):  # the end of the process lets go of it in any case
            lock.release()
