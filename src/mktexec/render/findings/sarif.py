"""Findings as SARIF 2.1.0, which code scanning and editors read."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from mktexec import __version__
from mktexec.findings import Level
from mktexec.i18n import Lang, Text
from mktexec.render.findings.parts import file_of, fingerprints, said
from mktexec.rules import RULES
from mktexec.views.findings import FindingRow

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LANGUAGES: dict[Lang, str] = {"en": "en-US", "zh": "zh-CN"}
LEVELS = {
    Level.ERROR: "error",
    Level.ESCALATE: "error",
    Level.WARN: "warning",
    Level.REMIND: "note",
    Level.INFO: "note",
}


def render(rows: Sequence[FindingRow], lang: Lang, as_of: date | None) -> str:
    """Return one run with a result a finding, and the rules that they name."""
    from mktexec.render.json import dumps

    codes = sorted({row.code for row in rows})
    known = zip(rows, fingerprints(rows), strict=True)
    run = {
        "tool": {
            "driver": {
                "name": "mktexec",
                "version": __version__,
                "language": LANGUAGES[lang],
                "rules": [_rule(code, lang) for code in codes],
            }
        },
        "language": LANGUAGES[lang],
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, codes.index(row.code), fingerprint) for row, fingerprint in known],
    }
    if as_of:
        run["properties"] = {"asOf": as_of}
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, lang: Lang) -> dict[str, Any]:
    rule = RULES[code]
    more = Text("more: mktexec explain {code}", "详见：mktexec explain {code}").say(lang, {"code": code})
    return {
        "id": code,
        "shortDescription": _message(_shape(rule.message, lang)),
        "fullDescription": _message(rule.why.say(lang)),
        "help": _message(f"{_shape(rule.hint, lang)}\n{more}"),
        "defaultConfiguration": {"level": LEVELS[rule.level]},
        "properties": {"tags": [rule.when.value]},
    }


def _shape(template: Text, lang: Lang) -> str:
    """Return a rule's sentence with an ellipsis for each figure."""
    return template.say(lang).format_map(defaultdict(lambda: "..."))


def _result(row: FindingRow, rule: int, fingerprint: str) -> dict[str, Any]:
    known = {
        "level": row.level.key,
        "key": row.key,
        "since": row.since,
        "raised": row.raised,
        "answerBy": row.answer_by,
        "owner": row.owner,
        "to": row.to,
        "days": row.days,
    }
    return {
        "ruleId": row.code,
        "ruleIndex": rule,
        "level": LEVELS[row.level],
        "message": _message(f"{said(row)}\n→ {row.hint}"),
        "locations": [_location(row)] if row.place else [],
        "partialFingerprints": {"finding/v1": fingerprint},
        "properties": {name: value for name, value in known.items() if value not in (None, ())},
    }


def _location(row: FindingRow) -> dict[str, Any]:
    path = quote(file_of(row), errors="surrogatepass")
    absolute = file_of(row).startswith("/")
    artifact = {"uri": f"file://{path}"} if absolute else {"uri": path, "uriBaseId": "%SRCROOT%"}
    region = {"startLine": row.place.line, "startColumn": row.place.column} if row.place else {}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _message(text: str) -> dict[str, str]:
    """Return a plain message: braces doubled, for they name arguments, and nothing that reads as a link."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}
