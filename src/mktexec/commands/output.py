"""Where a command's answer goes: standard output, or a file written whole or not at all."""

import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

from mktexec.commands.options import tell
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.render.terminal import Line, Screen, note, screen, to_text, write
from mktexec.store.files import replace

FILE_COLUMNS = 120
PLAN_MARK, PLAN_HEAD = re.compile(rb"^mktexec:", re.MULTILINE), 8192


def emit_text(text: str, output: Path | None) -> None:
    """Write ``text`` to standard output or to a file."""
    if output is None:
        sys.stdout.write(text)
        return
    if output.exists() and not output.is_file():
        raise UsageError(T(f"{output} is not a file", f"{output} 不是文件"))
    if _is_plan(output):
        raise UsageError(
            T(
                f"{output} looks like a plan; answers are not written there",
                f"{output} 像是计划文件，结果不会写到那里",
            )
        )
    replace(output, text)
    note(tell(f"wrote {output}", f"已写入 {output}"))


def emit_file(text: str, output: Path | None) -> None:
    """Write what other programs read: also to standard output in UTF-8 and with its own line ends."""
    if output is None and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    emit_text(text, output)


def _is_plan(output: Path) -> bool:
    """Return whether writing to ``output`` would overwrite a plan, by its name or by what it holds."""
    real = output.resolve()
    if real.suffix.lower() in (".yaml", ".yml"):
        return True
    if not real.is_file():
        return False
    with real.open("rb") as file:
        return PLAN_MARK.search(file.read(PLAN_HEAD)) is not None


def emit_lines(layout: Callable[[Screen], list[Line]], output: Path | None) -> None:
    """Lay out lines for the terminal, or for a file, and write them."""
    if output is None:
        write(layout(screen(sys.stdout)))
    else:
        emit_text(to_text(layout(Screen(FILE_COLUMNS, colour=False, blocks=True))), output)
