"""Which entry of the plan is meant by an id, a path or a title."""

from collections.abc import Sequence

from mktexec.errors import UsageError
from mktexec.findings import WITHOUT_IDS
from mktexec.i18n import Text as T
from mktexec.model import SECTIONS
from mktexec.model.plan import Plan
from mktexec.model.shape import kind_at, model_at
from mktexec.session import Session
from mktexec.source import Path
from mktexec.store.edit import Put, values
from mktexec.suggest import did_you_mean

LINES = ("budget", "lines")
RULES = ("rules",)  # a level each, and no entries
NOTIFY = ("notify",)  # its entries bear the ids of people
MOST = 12  # ids that a hint names
ENTRY_SECTIONS: tuple[Path, ...] = (
    *((name,) for name in SECTIONS if model_at((name,)) is None and name not in ("log", "rules")),
    LINES,
)


def entries(session: Session) -> dict[Path, list[str]]:
    """Return the ids of every section whose entries have some, also of entries that are wrong."""
    found = {path: sorted(session.loaded.ids.get(path[0], ())) for path in ENTRY_SECTIONS if len(path) == 1}
    lines = None
    if LINES[1] in session.loaded.ids.get(LINES[0], ()):
        [lines] = values(session.source.documents, [Put(LINES, None)])
    return found | {LINES: list(lines) if isinstance(lines, dict) else []}


def entry_or_section(session: Session, text: str) -> Path:
    """Return the path of an entry, of a section that has no ids, or of any part of one of them."""
    steps = tuple(text.split("."))
    if steps == RULES or (steps[0] in WITHOUT_IDS and kind_at(steps) == "entry"):
        return steps
    return entry(session, text)


def entry(session: Session, text: str, sections: Sequence[Path] = ENTRY_SECTIONS) -> Path:
    """Return the path of the entry that ``text`` names by id, path or exact title.

    Raises UsageError where there is none, or more than one.
    """
    known = entries(session)
    steps = tuple(text.split("."))
    if len(steps) > 1 and steps[:-1] in sections and steps[-1] in known[steps[:-1]]:
        return steps
    found = [(*section, text) for section in sections if text in known[section]]
    found = [one for one in found if one[:1] != NOTIFY] or found
    found = found or _titled(session.loaded.plan, text, sections)
    if len(found) == 1:
        return found[0]
    if found:
        names = [".".join(path) for path in found]
        raise UsageError(
            T(f"{text} is several entries: {', '.join(names)}", f"{text} 对应多个条目：{'、'.join(names)}"),
            T(f"name one: {names[0]}", f"请指定一个：{names[0]}"),
        )
    ids = [one for section in sections for one in known[section]]
    raise UsageError(
        T(f"there is no entry {text}", f"没有编号为 {text} 的条目"),
        did_you_mean(text, ids) or (_listed(ids) if ids else None),
    )


def called(session: Session, text: str, sections: Sequence[Path]) -> str:
    """Return the id of the one entry with that title or name, ``text`` itself where there is none."""
    if any(text in session.loaded.ids.get(section[0], ()) for section in sections):
        return text
    found = _titled(session.loaded.plan, text, sections)
    return found[0][-1] if len(found) == 1 else text


def _listed(ids: Sequence[str]) -> T:
    return T("ids: " + ", ".join(ids[:MOST]), "编号：" + "、".join(ids[:MOST]))


def _titled(plan: Plan | None, text: str, sections: Sequence[Path]) -> list[Path]:
    """Return the paths of the entries with that title or name."""
    found = []
    if plan is None:
        return []
    for section in sections:
        here = plan.budget.lines if section == LINES and plan.budget else getattr(plan, section[0], {})
        for key, one in here.items() if isinstance(here, dict) else ():
            names = (getattr(one, name, None) for name in ("title", "name", "item"))
            if text.strip() in names:
                found.append((*section, key))
    return found
