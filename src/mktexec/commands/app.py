"""The typer application: each command is imported only when it is asked for."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from mktexec import __version__
from mktexec.commands.options import UI, tell
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.suggest import did_you_mean

COMMANDS = ("init", "check", "status", "warn", "schedule", "render", "explain", "schema")
SETTINGS = {"help_option_names": ["-h", "--help"]}
HELP_WORDS = {
    "Usage: ": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "Show this message and exit.": "显示帮助并退出。",
    "[required]": "[必填]",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
}


COMPLETION_HELP = {
    "--install-completion": T("Install completion for this shell.", "为当前 shell 安装命令补全。"),
    "--show-completion": T("Show the completion script.", "显示命令补全脚本。"),
}


def _in_ui_language(text: str) -> str:
    """Return a help page with the framework's own words in the screen's language."""
    if UI != "zh":
        return text
    for english, chinese in HELP_WORDS.items():
        text = text.replace(english, chinese)
    return text


class Command(TyperCommand):
    """A command whose help ends with examples."""

    examples: Sequence[str] = ()

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        head = tell("Examples:", "示例：")
        lines = "\n".join(f"  {example}" for example in self.examples)
        return f"{_in_ui_language(super().get_help(ctx))}\n\n{head}\n{lines}\n"


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
        text = module.HELP.say(UI)
        short = re.split(r"[:.;：。；]", text)[0]
        register = app.command(cmd_name, cls=Command, help=text, short_help=short, context_settings=SETTINGS)
        register(module.run)
        made: Any = typer.main.get_command(app)
        made.examples = module.EXAMPLES
        return made

    def get_help(self, ctx: Any) -> str:
        """Return the help page."""
        return _in_ui_language(super().get_help(ctx))


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
    made: Any = typer.main.get_command(app)
    for parameter in made.params:
        for name in COMPLETION_HELP.keys() & set(parameter.opts):
            parameter.help = COMPLETION_HELP[name].say(UI)
    return made
