"""Options that several commands share, and what they mean."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from mktexec.errors import UsageError
from mktexec.host import ui_language
from mktexec.i18n import LANGS
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.suggest import did_you_mean


def argument_after(option: str) -> str | None:
    """Return the value of ``option`` on the command line, before anything is parsed."""
    arguments = sys.argv[1:]
    for index, argument in enumerate(arguments):
        if argument == option and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith(option + "="):
            return argument.removeprefix(option + "=")
    return None


ASKED = argument_after("--lang")
UI = ui_language(ASKED if ASKED in LANGS else None)


def tell(en: str, zh: str) -> str:
    """Return a help text in the language of the user's screen."""
    return T(en, zh).say(UI)


def _language(value: str | None) -> str | None:
    if value not in (None, *LANGS):
        raise UsageError(T("--lang is one of: zh, en", "--lang 可选：zh、en"))
    return value


class Format(StrEnum):
    """What a command writes."""

    TEXT = "text"
    JSON = "json"


class FailOn(StrEnum):
    """The level from which findings make the command fail."""

    INFO = "info"
    REMIND = "remind"
    WARN = "warn"
    ESCALATE = "escalate"
    ERROR = "error"


PlanArg = Annotated[
    Path | None,
    typer.Argument(
        metavar="[PLAN]", help=tell("The plan's file or folder.", "计划文件或目录。"), show_default=False
    ),
]
PlansArg = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PLAN]...",
        help=tell("Files or folders of plans.", "计划文件或目录，可多个。"),
        show_default=False,
    ),
]
PlanOption = Annotated[
    Path | None,
    typer.Option(
        "--plan",
        "-p",
        metavar="PLAN",
        show_default=False,
        help=tell(
            "The plan, if not found from here (or MKTEXEC_PLAN).", "指定计划（也可用环境变量 MKTEXEC_PLAN）。"
        ),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        show_default=False,
        help=tell(
            "The day to look from: 2024-07-15 (or MKTEXEC_TODAY); default today.",
            "截至日期，默认今天（或 MKTEXEC_TODAY）。",
        ),
    ),
]


def _lang_option(text: str) -> Any:
    return typer.Option("--lang", metavar="zh|en", show_default=False, callback=_language, help=text)


Lang = Annotated[
    str | None,
    _lang_option(tell("Language of the output; default the plan's.", "输出语言；默认用计划的语言。")),
]
ScreenLang = Annotated[
    str | None,
    _lang_option(tell("Language of the output; default the screen's.", "输出语言；默认用系统语言。")),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(Format),
        show_default=False,
        help=tell("text (default) or json.", "text（默认）或 json。"),
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", show_default=False, help=tell("Write to FILE.", "写入文件。")
    ),
]
FailOnOption = Annotated[
    FailOn,
    typer.Option(
        "--fail-on",
        metavar="|".join(FailOn),
        show_default=False,
        help=tell("Exit with 1 from this level on; default warn.", "达到该级别时退出码为 1；默认 warn。"),
    ),
]

DryRun = Annotated[
    bool, typer.Option("--dry-run", help=tell("Show the change, write nothing.", "只显示改动，不写文件。"))
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help=tell("Write even if the plan becomes unsound.", "即使计划因此出错也照样写入。"),
    ),
]
Commit = Annotated[
    bool,
    typer.Option(
        "--commit", help=tell("Make one git commit of the plan's files.", "把计划文件提交为一个 git 提交。")
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="DAY",
        show_default=False,
        help=tell("The day on which it happened; default today.", "发生的日期，默认今天。"),
    ),
]


def one_plan(argument: Path | None, option: Path | None) -> Path | None:
    """Return the plan named by argument or option; naming two is wrong usage."""
    if argument and option:
        raise UsageError(T("name the plan once", "计划只需指定一次"))
    return argument or option


def person_named(plan: Plan, wanted: str | None) -> str | None:
    """Return the id of the person with that id or name; raise UsageError for nobody."""
    if wanted is None or wanted in plan.people:
        return wanted
    for key, member in plan.people.items():
        if member.name == wanted:
            return key
    known = [*plan.people, *(member.name for member in plan.people.values() if member.name)]
    raise UsageError(
        T(f"nobody is called {wanted}", f"没有名为 {wanted} 的人员"),
        did_you_mean(wanted, known)
        or T("people: " + ", ".join(plan.people), "人员：" + "、".join(plan.people)),
    )
