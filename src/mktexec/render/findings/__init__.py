"""What ``check`` and ``warn`` found, one file a format; JSON stands with the rest in ``render/json``."""

from collections.abc import Callable, Sequence
from datetime import date

from mktexec.i18n import Lang
from mktexec.render.findings import csv, github, gitlab, junit, markdown, sarif
from mktexec.render.findings.text import STYLES, findings, summary
from mktexec.views.findings import FindingRow

FORMATS: dict[str, Callable[[Sequence[FindingRow], Lang, date | None], str]] = {
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "markdown": markdown.render,
    "csv": csv.render,
}

__all__ = ["FORMATS", "STYLES", "findings", "summary"]
