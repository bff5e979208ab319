"""Documents as Markdown; plan text is escaped, so it can be neither markup nor HTML."""

import re

from mktexec.render.terminal import clean
from mktexec.views.document import Bullets, Document, Table

SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
ENTITY = re.compile(r"&(?=#?\w+;)")
LEADING = re.compile(r"^(\s*)([-+#]|\d+[.)](?=\s))")


def document(view: Document) -> str:
    """Return a document as Markdown."""
    parts = [f"# {_heading(view.title)}", _text(view.subtitle)]
    for section in view.sections:
        parts.append(f"## {_heading(section.title)}")
        parts += [_table(block) if isinstance(block, Table) else _bullets(block) for block in section.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _inline(text: str) -> str:
    return SPECIAL.sub(r"\\\1", ENTITY.sub("&amp;", clean(text).strip()))


def _heading(text: str) -> str:
    return _inline(text).replace("#", r"\#")  # those at the end would be dropped


def _text(text: str) -> str:
    return LEADING.sub(_escape_leading, _inline(text))


def _escape_leading(found: re.Match[str]) -> str:
    mark = found[2]
    return found[1] + (f"\\{mark}" if len(mark) == 1 else mark[:-1] + "\\" + mark[-1])


def _table(table: Table) -> str:
    rule = ["---:" if i in table.right else "---" for i in range(len(table.columns))]
    rows = [[_inline(cell) for cell in row] for row in ([*table.columns], *table.rows)]
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _bullets(bullets: Bullets) -> str:
    return "\n".join(f"- {_text(item)}" for item in bullets.items)
