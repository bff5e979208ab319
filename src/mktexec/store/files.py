"""Writing files: whole or not at all, and never over somebody's work by mistake."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from mktexec.errors import UnreadableError
from mktexec.i18n import Text


def _failed(path: Path, error: OSError) -> UnreadableError:
    reason = error.strerror or str(error)
    return UnreadableError(Text(f"cannot write {path}: {reason}", f"无法写入 {path}：{reason}"))


def replace(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` so that a crash leaves the old or the new file, never half."""
    path = Path(os.path.realpath(path))  # a link stays one; what it leads to is written
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        os.chmod(temporary, mode)  # noqa: PTH101  # a name, not yet a path
        os.replace(temporary, path)  # noqa: PTH105  # the same
        temporary = None
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108  # the same


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def create(path: Path, text: str) -> None:
    """Write a new file, whole or not at all; raise UnreadableError if there is one already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(path, error) from error
    try:
        stream = path.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        raise UnreadableError(
            Text(f"{path} exists already and is left as it is", f"{path} 已存在，未作改动")
        ) from None
    except OSError as error:
        raise _failed(path, error) from error
    try:
        with stream:
            stream.write(text)
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise _failed(path, error) from error
