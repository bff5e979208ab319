"""Rows for spreadsheets: comma-separated values (RFC 4180) as Excel opens them in any locale."""

import csv
import io
import re
from datetime import date

from mktexec.render.terminal import clean
from mktexec.views.export import Cell, Sheet

BOM = "\ufeff"  # without it Excel takes UTF-8 for the code page of its machine
FORMULA = tuple("=+-@＝＋－＠")  # what begins with one is computed, in some locales full-width too
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)*%?")


def sheet(made: Sheet) -> str:
    """Return headings and rows as text, lines ended by CR and LF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(made.heads)
    writer.writerows([_shown(cell) for cell in row] for row in made.rows)
    return BOM + buffer.getvalue()


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell * 100:.4g}%"
    if isinstance(cell, date):
        return cell.isoformat()
    return _harmless(clean(cell)) if isinstance(cell, str) else str(cell)


def _harmless(text: str) -> str:
    """Return plan text that no spreadsheet takes for a formula."""
    risky = text.lstrip().startswith(FORMULA) and not NUMBER.fullmatch(text)
    return "'" + text if risky else text
