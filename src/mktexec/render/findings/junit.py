"""Findings as a JUnit report: a suite a file, a test a finding, failed from warn on.

What is only a reminder passes and says so in its output, as the default of ``--fail-on`` has it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from mktexec.findings import Level
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.findings.parts import dated, said
from mktexec.render.terminal import clean
from mktexec.views.findings import FindingRow

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NOTHING = T("no findings", "没有发现问题")
NO_CHARACTERS = re.compile("[\ufffe\uffff]")  # XML holds neither, nor what clean() takes away


def render(rows: Sequence[FindingRow], lang: Lang, as_of: date | None) -> str:
    """Return all suites; without findings one test that passed, for servers take no tests as a failure."""
    from xml.etree.ElementTree import Element, indent, tostring

    root = Element("testsuites", {"name": "mktexec", **_totals(rows)})
    files: dict[str, list[FindingRow]] = defaultdict(list)
    for row in rows:
        files[row.place.file if row.place else "mktexec"].append(row)
    for file, some in files.items():
        root.append(_suite(file, some, lang, as_of))
    if not rows:
        root.append(_passed(lang, as_of))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _totals(rows: Sequence[FindingRow]) -> dict[str, str]:
    failures = sum(row.level >= Level.WARN for row in rows)
    return {"tests": str(len(rows) or 1), "failures": str(failures), "errors": "0"}


def _suite(file: str, rows: Sequence[FindingRow], lang: Lang, as_of: date | None) -> "Element":
    from xml.etree.ElementTree import Element

    day = {"timestamp": f"{as_of}T00:00:00"} if as_of else {}
    suite = Element("testsuite", {"name": _text(file), **_totals(rows), "skipped": "0", **day})
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.key] += 1
        name = f"{row.key} ({seen[row.key]})" if seen[row.key] > 1 else row.key
        suite.append(_case(row, name, lang))
    return suite


def _case(row: FindingRow, name: str, lang: Lang) -> "Element":
    """Return a test called by the finding's key: servers follow it from run to run by its name."""
    from xml.etree.ElementTree import Element, SubElement

    case = Element("testcase", classname=row.code, name=_text(name))
    where = f"{row.place.file}:{row.place.line}:{row.place.column}: " if row.place else ""
    head = f"{where}{row.level.label.say(lang)} [{row.code}]"
    lines = [head, said(row), "→ " + row.hint, " · ".join(dated(row, lang))]
    text = "\n".join(_text(line) for line in lines if line)
    if row.level < Level.WARN:
        SubElement(case, "system-out").text = text
    else:
        SubElement(case, "failure", type=row.level.key, message=_text(said(row))).text = text
    return case


def _passed(lang: Lang, as_of: date | None) -> "Element":
    from xml.etree.ElementTree import SubElement

    suite = _suite("mktexec", (), lang, as_of)
    SubElement(suite, "testcase", classname="mktexec", name=NOTHING.say(lang))
    return suite


def _text(text: str) -> str:
    return NO_CHARACTERS.sub("", clean(text))
