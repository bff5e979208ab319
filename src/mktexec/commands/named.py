"""Entries as they stand in the files, wrong ones too: which ids there are, and what names them."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from mktexec.commands.address import ENTRY_SECTIONS, NOTIFY, entry
from mktexec.dates import ID
from mktexec.errors import UsageError
from mktexec.i18n import Text as T
from mktexec.model.uses import Naming, Use, uses
from mktexec.session import Session
from mktexec.source import Path
from mktexec.store.read import read_text

NAMED_DAYS = (("campaign", "milestones"), ("campaign", "phases"))
SECTIONS = (*ENTRY_SECTIONS, *NAMED_DAYS)


class Written(NamedTuple):
    """The data of every file of a plan, every scalar as text."""

    parts: Sequence[dict[str, Any]]

    def all_at(self, path: Path) -> Iterator[Any]:
        """Yield what stands at ``path`` in every file that has it."""
        for part in self.parts:
            here: Any = part
            for step in path:
                here = _step(here, step)
            if here is not None:
                yield here

    def ids(self, section: Path) -> list[str]:
        """Return the ids of a section in the order of the files."""
        maps = [one for one in self.all_at(section) if isinstance(one, dict)]
        return list(dict.fromkeys(str(key) for one in maps for key in one))

    def homes(self, name: str) -> list[Path]:
        """Return the paths of all entries, milestones and phases with that id."""
        found = [(*section, name) for section in SECTIONS if self._holds(section, name)]
        return [path for path in found if path[:1] != NOTIFY] or found

    def _holds(self, section: Path, name: str) -> bool:
        return any(isinstance(one, dict) and name in one for one in self.all_at(section))


def written(session: Session) -> Written:
    """Return the plan's data as it is written."""
    return Written([read_text(one.text, one.file).data for one in session.source.documents])


def _step(value: Any, step: str) -> Any:
    if isinstance(value, dict):
        return value.get(step)
    return value[int(step)] if isinstance(value, list) and step.isdigit() and int(step) < len(value) else None


def target(session: Session, data: Written, text: str) -> Path:
    """Return the path of the entry, milestone or phase that ``text`` names by id, path or title.

    Raises UsageError where there is none, or more than one.
    """
    steps = tuple(text.split("."))
    found = [path for path in data.homes(steps[-1]) if path == steps] or data.homes(text)
    if len(found) > 1:
        names = [".".join(path) for path in found]
        raise UsageError(
            T(f"{text} may mean {' or '.join(names)}", f"{text} 可能指 {' 或 '.join(names)}"),
            T(f"name one: {names[0]}", f"请指定一个：{names[0]}"),
        )
    return found[0] if found else entry(session, text)


def uses_of(data: Written, paths: Collection[Path]) -> list[Use]:
    """Return the places that name entries at ``paths``, but not those that may as well mean another."""
    homes = {path[-1]: data.homes(path[-1]) for path in paths}

    def meant(naming: Naming, name: str) -> bool:
        where = [
            path
            for path in homes.get(name, ())
            if not naming.sections or ".".join(path[:-1]) in naming.sections
        ]
        return bool(where) and all(path in paths for path in where)

    return [use for part in data.parts for use in uses(part, meant)]


def require_free(data: Written, new: str) -> None:
    """Raise UsageError for what is no id, or is one already, be it in another section."""
    if not re.fullmatch(ID, new):
        raise UsageError(
            T(f"'{new}' cannot be an id", f"「{new}」不能用作编号"),
            T(
                "letters of any script, digits, - and _; up to 64, and no - at the beginning",
                "可用各种文字、数字、- 和 _，最多64个，且不以 - 开头",
            ),
        )
    if homes := data.homes(new):
        where = ".".join(homes[0])
        raise UsageError(
            T(f"{new} is taken: {where}", f"编号 {new} 已被占用：{where}"),
            T("choose another id", "请换一个编号"),
        )
