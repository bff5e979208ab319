"""What changed between two states of what was approved, entry by entry, as people read it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from mktexec.assess.approvals import Content, canonical
from mktexec.dates import Dependency, Duration
from mktexec.i18n import LANGS, Lang, Text, shown
from mktexec.model.fields import Entry
from mktexec.model.terms import Term
from mktexec.source import Path

NO_ENTRIES: tuple[Path, ...] = ((), ("campaign",))  # what lies under them has no id
LONGEST, BEFORE = 40, 10  # characters of a value, and of what stands before a difference within it
CUT = ".."


class Change(NamedTuple):
    """What changed after an approval, in the plan's order, and on which day, None where no commit tells."""

    what: tuple[Text, ...]
    since: date | None = None


def differences(old: Content, new: Content) -> tuple[Text, ...]:
    """Return what is changed, added and removed, section by section in the order of the plan."""
    ranks = {section: rank for rank, section in enumerate(dict.fromkeys(one[:-1] for one in [*new, *old]))}
    found: list[Text] = []
    for entry in sorted(dict.fromkeys([*new, *old]), key=lambda one: ranks[one[:-1]]):
        before, after = old.get(entry, {}), new.get(entry, {})
        if (before and after) or entry[:-1] in NO_ENTRIES:
            found += _changed(entry, before, after)
        else:
            found.append(_appeared(entry[-1], before or after, gone=bool(before)))
    return tuple(found)


def _appeared(key: str, fields: Mapping[str, Any], *, gone: bool) -> Text:
    title = _cut(str(fields.get("title") or fields.get("item") or ""))
    if gone:
        return Text(f"{key} '{title}' removed", f"删除 {key}「{title}」")
    return Text(f"{key} '{title}' added", f"新增 {key}「{title}」")


def _changed(entry: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Text]:
    head = ".".join(entry if entry[:-1] in NO_ENTRIES else entry[-1:])
    for name in dict.fromkeys((*after, *before)):
        old, new = before.get(name), after.get(name)
        if old != new:
            told = [" → ".join(_pair(_said(old, lang), _said(new, lang))) for lang in LANGS]
            yield Text(*(f"{head}.{name} {one}" for one in told))


def _pair(old: str, new: str) -> tuple[str, str]:
    """Return two values cut so that what differs is seen."""
    if max(len(old), len(new)) > LONGEST:
        same = _common(old, new) - BEFORE
        if same > len(CUT):
            old, new = CUT + old[same:], CUT + new[same:]
    return _cut(old), _cut(new)


def _common(old: str, new: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, two) in enumerate(pairs) if one != two), min(len(old), len(new)))


def _said(value: Any, lang: Lang) -> str:
    """Return a value as people read it, – for none."""
    if value is None:
        return "–"
    if value is True:
        return "true"
    if isinstance(value, Term):
        return value.label.say(lang)
    if isinstance(value, Dependency):
        return _link(value)
    if isinstance(value, Duration):
        return str(value)
    if isinstance(value, tuple):
        return shown(tuple(_said(one, lang) for one in value), lang)
    if isinstance(value, (Entry, dict)):
        return canonical(value)
    return shown(value, lang)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _link(value: Dependency) -> str:
    """Return a link as a plan holds it: ``T002``, ``T002 SS +1d``."""
    kind = "" if value.kind == "FS" else f" {value.kind}"
    lag = f" {value.lag.days:+}{value.lag.unit}" if value.lag.days else ""
    return value.task + kind + lag
