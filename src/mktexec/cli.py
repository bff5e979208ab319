"""The command line: lazy commands, and the one place that turns errors into exit codes."""

import codecs
import gc
import os
import sys
import tempfile
import traceback
from contextlib import suppress
from typing import NoReturn

from mktexec import __version__

OK, FINDINGS, USAGE, UNREADABLE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 70, 130
PROGRAM = "mktexec"
COMPLETION = "_MKTEXEC_COMPLETE"  # set by the shell that asks for completions
ESCAPE = "mktexec-escape"


def program() -> NoReturn:
    """Run the command line and end the process at once.

    Taking a large plan apart object by object would cost as much as scheduling it.
    """
    code = OK
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else DEFECT if end.code else OK
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def main() -> None:
    """Run the command line and exit."""
    gc.disable()  # half of the time of a run on a large plan; the process is short-lived
    _prepare_streams()
    sys.exit(_guarded())


def _prepare_streams() -> None:
    """Make the standard streams usable: cron may close them, or give them any encoding."""
    codecs.register_error(ESCAPE, _escaped)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
        elif mode == "w" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=ESCAPE)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    r"""Return what an encoding lacks as ``\u4e2d``, which JSON reads as the same text."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4)), error.end


def _guarded() -> int:
    """Run, and return the exit code of whatever happens."""
    try:
        code = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        return _unwritable(error)
    except Exception as error:  # noqa: BLE001  # the one boundary
        return _explain(error)
    return code


def _run() -> int:
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"mktexec {__version__}\n")
        return OK
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # else it searches all packages
    from typer import Exit  # slow to import

    from mktexec.commands.app import command

    root = command()
    if COMPLETION in os.environ:
        root.main(prog_name=PROGRAM)  # answers the shell and exits
    try:  # main() would turn a closed pipe into exit code 1
        with root.make_context(PROGRAM, sys.argv[1:]) as context:
            root.invoke(context)
    except Exit as end:
        return end.exit_code
    return OK


def _unwritable(error: OSError) -> int:
    """Say that a file or standard output failed; a closed pipe is not an error."""
    from mktexec.render.terminal import note, silence

    silence(sys.stdout)  # exit would try again
    if isinstance(error, BrokenPipeError):
        return OK
    what = f"{error.filename}: " if error.filename else ""
    note(f"mktexec: {what}{error.strerror or error}")
    return UNREADABLE


def _explain(error: Exception) -> int:
    """Say what happened; return the exit code."""
    from mktexec.commands import boundary  # only where something went wrong

    try:
        code = boundary.tell_error(error)
    except Exception as second:  # noqa: BLE001  # a defect in telling is a defect too
        return _defect(second)
    return _defect(error) if code is None else code


def _defect(error: Exception) -> int:
    """Write a log to send, and say where it is."""
    from mktexec.render.terminal import note

    log = f"mktexec {__version__}, Python {sys.version}\n{sys.argv[1:]}\n\n"
    log += "".join(traceback.format_exception(error))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="mktexec-", suffix=".log", delete=False, encoding="utf-8", errors=ESCAPE
        ) as file:
            file.write(log)
        english = chinese = file.name
    except OSError:  # no room for a log: the screen takes it
        note(log)
        english, chinese = "the text above", "以上内容"
    note(f"mktexec: a defect of ours ({type(error).__name__}); please send us {english}")
    note(f"mktexec: 程序内部错误，请把 {chinese} 发给我们")
    return DEFECT
