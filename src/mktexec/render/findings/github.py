"""Findings as workflow commands: GitHub shows them beside the lines of a pull request."""

from collections.abc import Sequence
from datetime import date

from mktexec.findings import Level
from mktexec.i18n import Lang
from mktexec.render.findings.parts import dated, said
from mktexec.render.terminal import clean
from mktexec.views.findings import FindingRow

COMMANDS = {
    Level.ERROR: "error",
    Level.ESCALATE: "error",
    Level.WARN: "warning",
    Level.REMIND: "notice",
    Level.INFO: "notice",
}


def render(rows: Sequence[FindingRow], lang: Lang, _as_of: date | None) -> str:
    """Return one command a finding, each on a line of its own; nothing for no findings."""
    return "".join(_command(row, lang) + "\n" for row in rows)


def _command(row: FindingRow, lang: Lang) -> str:
    place = row.place
    where = {"file": place.file, "line": str(place.line), "col": str(place.column)} if place else {}
    properties = where | {"title": f"{row.level.label.say(lang)} {row.key}"}
    given = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    lines = [said(row), "→ " + row.hint, " · ".join(dated(row, lang))]
    return f"::{COMMANDS[row.level]} {given}::" + _data("\n".join(clean(one) for one in lines if one))


def _data(text: str) -> str:
    """Escape what would end a command or begin the next."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape also what separates properties from each other and from the message."""
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")
