"""What the formats share: the sentence, whom and when, and what stays equal from run to run."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePath

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.views.findings import FindingRow

SINCE = T("since {day}", "自 {day} 起")
TO = T("to {names}", "通知 {names}")
ANSWER_BY = T("answer by {day}", "应于 {day} 前响应")


def said(row: FindingRow) -> str:
    """Return the sentence, with the entry's id before one that does not begin with it."""
    section = row.path.partition(".")[0]
    named = row.subject not in (None, section) and not row.message.startswith(str(row.subject))
    return f"{row.subject}  {row.message}" if named else row.message


def dated(row: FindingRow, lang: Lang) -> list[str]:
    """Return since when it holds, who must know, and what wants an answer: by when and by which name.

    Nothing where it does not depend on the day: that is answered by mending the plan.
    """
    if row.since is None:
        return []
    found = [SINCE.say(lang, {"day": row.since})]
    if row.to_names:
        found.append(TO.say(lang, {"names": row.to_names}))
    if row.answer_by:
        found += [ANSWER_BY.say(lang, {"day": row.answer_by}), f"ack {row.key}"]
    return found


def file_of(row: FindingRow) -> str:
    """Return the path of its file with forward slashes and without a leading ``./``."""
    return PurePath(row.place.file).as_posix() if row.place else ""


def fingerprints(rows: Sequence[FindingRow]) -> list[str]:
    """Return what each finding is known by while lines move and figures change.

    Of several that are equal in code, file and path the order tells them apart.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for row in rows:
        one = (row.code, file_of(row), row.path)
        text = "\0".join((*one, str(seen[one])))
        found.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
        seen[one] += 1
    return found
