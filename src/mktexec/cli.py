"""The command line: lazy commands, and the one place that turns errors into exit codes."""

import gc
import os
import sys
import tempfile
import traceback

from mktexec import __version__

OK, FINDINGS, USAGE, UNREADABLE, DEFECT, INTERRUPTED = 0, 1, 2, 3, 70, 130


def main() -> None:
    """Run the command line and exit."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"mktexec {__version__}\n")
        return
    gc.disable()  # half of the time of a run on a large plan; the process is short-lived
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    code = _guarded()
    sys.exit(code)


def _guarded() -> int:
    """Run, and return the exit code of whatever happens."""
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        _silence()
        sys.stderr.write(f"mktexec: {error.strerror or error}\n")
        return UNREADABLE
    except Exception as error:  # noqa: BLE001  # the one boundary
        return _explain(error)
    return code


def _silence() -> None:
    """Point a standard output that cannot be written elsewhere, so that exit does not try."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run() -> int:
    from mktexec.commands.app import command  # typer is slow to import

    result = command().main(prog_name="mktexec", standalone_mode=False)
    return result if isinstance(result, int) else OK


def _explain(error: Exception) -> int:
    """Say what happened; return the exit code."""
    from mktexec.commands import boundary  # only where something went wrong

    code = boundary.tell_error(error)
    return _defect(error) if code is None else code


def _defect(error: Exception) -> int:
    """Write a log to send, and say where it is."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="mktexec-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write(f"mktexec {__version__}, Python {sys.version}\n{sys.argv[1:]}\n\n")
        traceback.print_exception(error, file=log)
    sys.stderr.write(
        f"mktexec: a defect of ours ({type(error).__name__}); please send us {log.name}\n"
        f"mktexec:程序内部错误，请把 {log.name} 发给我们\n"
    )
    return DEFECT
