"""Findings as GitLab's Code Quality report, which a merge request compares with that of its target."""

from collections.abc import Sequence
from datetime import date

from mktexec.findings import Level
from mktexec.i18n import Lang
from mktexec.render.findings.parts import file_of, fingerprints, said
from mktexec.views.findings import FindingRow

SEVERITIES = {
    Level.ERROR: "blocker",
    Level.ESCALATE: "critical",
    Level.WARN: "major",
    Level.REMIND: "minor",
    Level.INFO: "info",
}


def render(rows: Sequence[FindingRow], _lang: Lang, _as_of: date | None) -> str:
    """Return an array of violations, empty for no findings; GitLab refuses a report that is no array."""
    from mktexec.render.json import dumps

    return dumps(
        [
            {
                "description": f"{said(row)} → {row.hint}",
                "check_name": row.code,
                "fingerprint": fingerprint,
                "severity": SEVERITIES[row.level],
                "location": {
                    "path": file_of(row) or ".",  # wanted even of what stands nowhere
                    "lines": {"begin": row.place.line if row.place else 1},
                },
            }
            for row, fingerprint in zip(rows, fingerprints(rows), strict=True)
        ]
    )
