"""What to say and which code to exit with when a command cannot answer."""

import sys
from typing import Any

from mktexec.commands.options import UI
from mktexec.commands.output import note
from mktexec.errors import MktexecError
from mktexec.i18n import Text as T
from mktexec.render.findings import findings
from mktexec.render.terminal import clean, screen, write
from mktexec.session import UnsoundPlanError
from mktexec.views.findings import by_place, finding_rows

USAGE, INTERRUPTED = 2, 130
MESSAGES = {
    "NoSuchOption": T("there is no option {option_name}", "没有选项 {option_name}"),
    "NoSuchCommand": T("there is no command {command_name}", "没有命令 {command_name}"),
    "MissingParameter": T("{parameter} is missing", "缺少 {parameter}"),
    "BadOptionUsage": T("{option_name} needs a value", "{option_name} 需要一个值"),
}
HELP_HINT = T("see: {command} --help", "参见：{command} --help")


def tell_error(error: Exception) -> int | None:
    """Say what is wrong on standard error; return the exit code, None for a defect of ours."""
    if isinstance(error, UnsoundPlanError):
        session = error.session
        note("mktexec: " + error.message.say(session.lang))
        rows = by_place(finding_rows(session.errors, session.source, session.lang))
        write(findings(rows, session.lang, screen(sys.stderr).columns), sys.stderr)
        return error.exit_code
    if isinstance(error, MktexecError):
        note("mktexec: " + clean(error.message.say(UI)))
        if error.hint:
            note("  → " + clean(error.hint.say(UI)))
        return error.exit_code
    if type(error).__name__ == "Abort":
        return INTERRUPTED
    if hasattr(error, "format_message"):
        return _usage(error)
    return None


def _usage(error: Any) -> int:
    """Say what is wrong with the command line, in the user's language where we know the words."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        note(error.format_message())
        return USAGE
    known = MESSAGES.get(type(error).__name__)
    parameter = getattr(error, "param", None)
    names = {
        "option_name": getattr(error, "option_name", ""),
        "command_name": getattr(error, "command_name", ""),
        "parameter": parameter.human_readable_name if parameter else "",
    }
    note("mktexec: " + clean(known.say(UI, names) if known else error.format_message()))
    near = getattr(error, "possibilities", None)
    if near:
        note("  → " + T("did you mean {near}?", "是不是 {near}?").say(UI, {"near": " / ".join(near)}))
    if context is not None:
        note("  → " + HELP_HINT.say(UI, {"command": context.command_path}))
    return USAGE
