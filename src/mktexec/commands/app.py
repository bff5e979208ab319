"""The typer application: each command is imported only when it is asked for."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from mktexec import __version__
from mktexec.commands.help import command_page, group_page
from mktexec.commands.options import UI, tell
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.suggest import did_you_mean

GROUPS = (
    (
        T("See:", "查看："),
        ("init", "check", "status", "warn", "today", "approvals", "schedule", "gantt", "render", "export"),
    ),
    (
        T("Report:", "填报："),
        ("start", "progress", "done", "cancel", "log", "evidence", "kpi", "spend", "ack", "approve"),
    ),
    (T("Change the plan:", "修改计划："), ("set", "unset", "add", "remove", "rename", "fmt", "migrate")),
    (T("Look up:", "查询："), ("explain", "schema")),
)
COMMANDS = tuple(name for _, names in GROUPS for name in names)
BELOW_ZERO = re.compile(r"-[0-9.¥￥$]")
SETTINGS = {"help_option_names": ["-h", "--help"]}


class Command(TyperCommand):
    """A command whose help ends with examples."""

    examples: Sequence[str] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line; a figure below zero is a value and no option."""
        return super().parse_args(ctx, [f" {one}" if BELOW_ZERO.match(one) else one for one in args])

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return command_page(ctx.command_path, self.help or "", self.get_params(ctx), self.examples)


class Commands(TyperGroup):
    """The group that imports a command when it is needed."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  # the framework's signature
        """Return the names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command with that name; raise UsageError if there is none."""
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing:  # completion asks what is not yet finished
                return None
            raise UsageError(
                T(f"there is no command {cmd_name}", f"没有命令 {cmd_name}"),
                did_you_mean(cmd_name, COMMANDS) or T("see: mktexec --help", "参见：mktexec --help"),
            )
        module = import_module(f"mktexec.commands.{cmd_name}")
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        register = app.command(cmd_name, cls=Command, help=module.HELP.say(UI), context_settings=SETTINGS)
        register(module.run)
        made: Any = typer.main.get_command(app)
        made.examples = module.EXAMPLES
        return made

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        commands = [(title.say(UI), [(name, _what(name)) for name in names]) for title, names in GROUPS]
        return group_page(ctx.command_path, self.help or "", self.get_params(ctx), commands)


def _what(name: str) -> str:
    """Return the first clause of a command's help text."""
    return re.split(r"[:.;：。；]", import_module(f"mktexec.commands.{name}").HELP.say(UI))[0]


def _version(asked: bool) -> None:  # noqa: FBT001  # typer's callback
    if asked:
        typer.echo(f"mktexec {__version__}")
        raise typer.Exit


def _root(
    _version_asked: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=_version,
            is_eager=True,
            help=tell("Show the version.", "显示版本号。"),
        ),
    ] = False,
) -> None:
    """Hold the options that stand before any command."""


def command() -> Any:
    """Return the whole command line."""
    app = typer.Typer(
        cls=Commands,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
        help=tell(
            "Execute a marketing strategy from one plan kept in git.",
            "用一份放在 git 里的计划，把营销策略执行到位。",
        ),
    )
    app.callback()(_root)
    return typer.main.get_command(app)
