"""A terminal's screen as an SVG that loads nothing: text set to the terminal's grid, bars as boxes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from mktexec.columns import width
from mktexec.render.terminal import Line, Span

CELL, ROW, SIZE, WIDE = 9, 21, 15, 17
MARGIN, BAR = 18, 34
RUNS = re.compile(r"█+|░+|[^\S█░]+|[!-~–→·±≥≤×]+(?: [!-~–→·±≥≤×]+)*|[^\s█░!-~–→·±≥≤×]+")
COLOURS = {
    "red": "#ff7b72",
    "green": "#56d364",
    "yellow": "#e3b341",
    "cyan": "#39c5cf",
    "blue": "#79c0ff",
    "magenta": "#d2a8ff",
}
HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<title>{title}</title>
<style>
text {{ font: {size}px Menlo, Consolas, 'DejaVu Sans Mono', 'PingFang SC', 'Microsoft YaHei',
  'Noto Sans Mono CJK SC', monospace; fill: #e6edf3; white-space: pre; }}
rect {{ fill: #e6edf3; }}
.wide {{ font-size: {wide}px; }} .dim {{ opacity: .6; }} .bold {{ font-weight: bold; }}
{colours}
</style>
<rect width="100%" height="100%" rx="8" style="fill: #0d1117"/>
<circle cx="20" cy="18" r="6" fill="#ff5f57"/>
<circle cx="40" cy="18" r="6" fill="#febc2e"/>
<circle cx="60" cy="18" r="6" fill="#28c840"/>
<text x="50%" y="23" text-anchor="middle" class="dim">{title}</text>
"""


def picture(lines: Sequence[Line], columns: int, title: str) -> str:
    """Return the screen as SVG."""
    size = {"width": columns * CELL + 2 * MARGIN, "height": BAR + ROW * len(lines) + MARGIN}
    colours = "\n".join(f".{name} {{ fill: {value}; }}" for name, value in COLOURS.items())
    head = HEAD.format(**size, title=escape(title), size=SIZE, wide=WIDE, colours=colours)
    return head + "\n".join(_rows(lines)) + "\n</svg>\n"


def _rows(lines: Iterable[Line]) -> Iterator[str]:
    for row, line in enumerate(lines):
        column = 0
        for span in line:
            for run in RUNS.findall(span.text):
                if run.strip():
                    yield _run(Span(run, span.style), MARGIN + column * CELL, BAR + row * ROW)
                column += width(run)


def _run(run: Span, left: int, top: int) -> str:
    """Return text stretched to its columns of the grid, or a bar."""
    across = width(run.text) * CELL
    if run.text[0] in "█░":
        faint = ' fill-opacity=".22"' if run.text[0] == "░" else ""
        place = f'x="{left}" y="{top + 5}" width="{across}" height="{ROW - 8}"'
        return f"<rect {place}{_class(run.style)}{faint}/>"
    wide = "wide" if width(run.text) > len(run.text) else ""
    place = f'x="{left}" y="{top + ROW - 5}" textLength="{across}"'
    return f"<text {place}{_class(run.style, wide)}>{escape(run.text)}</text>"


def _class(*names: str) -> str:
    found = " ".join(name for name in names if name)
    return f' class="{found}"' if found else ""
