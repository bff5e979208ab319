"""The pages of --help: laid out by us, so that both languages align and no framework decides."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from mktexec.columns import width
from mktexec.commands.options import tell
from mktexec.render.terminal import pad, screen, wrap

OWN_HELP = {
    "--help": tell("Show this help.", "显示帮助。"),
    "--install-completion": tell("Install completion for this shell.", "为当前 shell 安装命令补全。"),
    "--show-completion": tell("Show the completion script.", "显示命令补全脚本。"),
}
WIDEST_PAGE, WIDEST_LABEL = 100, 26
Rows = Sequence[tuple[str, str]]


def command_page(path: str, text: str, params: Iterable[Any], examples: Sequence[str]) -> str:
    """Return the help of one command: usage, what it does, arguments, options, examples."""
    arguments = [(one.metavar, one.help or "") for one in params if one.param_type_name == "argument"]
    usage = " ".join([path, tell("[OPTIONS]", "[选项]"), *(metavar for metavar, _ in arguments)])
    return _page(
        usage,
        text,
        [(tell("Arguments:", "参数："), arguments), (tell("Options:", "选项："), _options(params))],
        examples,
    )


def group_page(path: str, text: str, params: Iterable[Any], commands: Sequence[tuple[str, Rows]]) -> str:
    """Return the help of the whole program: its options and its commands by group."""
    usage = f"{path} {tell('[OPTIONS] COMMAND', '[选项] 命令')} ..."
    sections = [*commands, (tell("Options:", "选项："), _options(params))]
    return _page(usage, text, sections, ())


def _options(params: Iterable[Any]) -> Rows:
    rows = []
    for one in params:
        if one.param_type_name == "option":
            names = sorted(one.opts, key=len)
            value = "" if getattr(one, "is_flag", False) or not one.metavar else f" {one.metavar}"
            rows.append((", ".join(names) + value, OWN_HELP.get(names[-1]) or one.help or ""))
    return rows


def _page(usage: str, text: str, sections: Sequence[tuple[str, Rows]], examples: Sequence[str]) -> str:
    columns = min(screen(sys.stdout).columns, WIDEST_PAGE)
    lines = [f"{tell('Usage: ', '用法：')}{usage}", "", *(f"  {part}" for part in wrap(text, columns - 2))]
    for title, rows in sections:
        if rows:
            lines += ["", title, *_rows(rows, columns)]
    if examples:
        lines += ["", tell("Examples:", "示例："), *(f"  {example}" for example in examples)]
    return "\n".join(lines)


def _rows(rows: Rows, columns: int) -> list[str]:
    size = min(WIDEST_LABEL, max(width(label) for label, _ in rows))
    lines = []
    for label, text in rows:
        first, *rest = wrap(text, columns - size - 4)
        if width(label) > size:
            lines.append(f"  {label}")
            label = ""  # noqa: PLW2901  # it has a line of its own
        lines.append(f"  {pad(label, size)}  {first}".rstrip())
        lines += [" " * (size + 4) + part for part in rest]
    return lines
