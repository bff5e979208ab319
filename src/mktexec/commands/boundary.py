"""What to say and which code to exit with when a command cannot answer."""

import re
from typing import Any

from mktexec.commands.options import UI
from mktexec.errors import MktexecError
from mktexec.i18n import Text as T
from mktexec.render.findings import findings
from mktexec.render.terminal import clean, note, note_lines
from mktexec.session import UnsoundPlanError
from mktexec.views.findings import by_place, finding_rows

USAGE, INTERRUPTED = 2, 130
MESSAGES = {
    "NoSuchOption": T("there is no option {option}", "没有选项 {option}"),
    "MissingParameter": T("{parameter} is missing", "缺少 {parameter}"),
    "BadOptionUsage": T("{option} needs a value", "{option} 需要一个值"),
}
NO_VALUE = T("{option} takes no value", "{option} 不带值")
CHOICES = T("{parameter} is one of: {choices}", "{parameter} 可选：{choices}")
EXTRA = T("one argument too many: {extra}", "多余的参数：{extra}")
DID_YOU_MEAN = T("did you mean {near}?", "是不是 {near}？")
HELP_HINT = T("see: {command} --help", "参见：{command} --help")


def tell_error(error: Exception) -> int | None:
    """Say what is wrong on standard error; return the exit code, None for a defect of ours."""
    if isinstance(error, UnsoundPlanError):
        session = error.session
        note("mktexec: " + error.message.say(session.lang))
        rows = by_place(finding_rows(session.errors, session.source, session.lang))
        note_lines(lambda to: findings(rows, session.lang, to.columns))
        return error.exit_code
    if isinstance(error, MktexecError):
        lang = error.lang or UI
        note("mktexec: " + clean(error.message.say(lang)))
        if error.hint:
            hint = error.hint.say(lang).replace("{{", "{").replace("}}", "}")  # as findings fill them in
            note("  → " + clean(hint))
        return error.exit_code
    if type(error).__name__ == "Abort":
        return INTERRUPTED
    if hasattr(error, "format_message"):
        return _usage(error)
    return None


def _usage(error: Any) -> int:
    """Say what is wrong with the command line, in the user's language where we know the words."""
    if type(error).__name__ == "NoArgsIsHelpError":
        note(error.format_message())
        return USAGE
    note("mktexec: " + clean(_message(error)))
    near = getattr(error, "possibilities", None)
    if near:
        note("  → " + DID_YOU_MEAN.say(UI, {"near": " / ".join(near)}))
    if error.ctx is not None:
        note("  → " + HELP_HINT.say(UI, {"command": error.ctx.command_path}))
    return USAGE


def _message(error: Any) -> str:
    """Return what the framework says, in words of ours where we have them."""
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    names = {
        "option": getattr(error, "option_name", ""),
        "parameter": _name(parameter),
    }
    if kind in MESSAGES:
        flag = kind == "BadOptionUsage" and "not take a value" in error.message
        return (NO_VALUE if flag else MESSAGES[kind]).say(UI, names)
    choices = re.search(r"is not one of (.*?)\.?$", error.message, re.DOTALL)
    if choices:
        return CHOICES.say(UI, names | {"choices": choices[1].replace("'", "").split(", ")})
    extra = re.search(r"unexpected extra arguments?(?:\(s\))? \((.*)\)", error.message, re.DOTALL)
    return EXTRA.say(UI, {"extra": extra[1]}) if extra else str(error.format_message())


def _name(parameter: Any) -> str:
    """Return a parameter as the user types it: ``--by``, or the argument's name in the help."""
    opts = getattr(parameter, "opts", ())
    long = [one for one in opts if one.startswith("--")]
    return long[0] if long else getattr(parameter, "metavar", None) or "".join(opts)
