"""What can be done to a plan's text, and what it means for the data."""

from collections.abc import Iterator
from typing import NamedTuple

from mktexec.errors import MktexecError
from mktexec.i18n import Text as T
from mktexec.source import Path, Place
from mktexec.store.edit.tree import Data
from mktexec.store.events import CONTROL


class Put(NamedTuple):
    """Set the value at ``path``, or add it; maps on the way are made."""

    path: Path
    value: Data


class Append(NamedTuple):
    """Add ``value`` to the list at ``path``; nothing becomes a list of one, a text a list of two."""

    path: Path
    value: Data


class Remove(NamedTuple):
    """Take out what stands at ``path``."""

    path: Path


class Rename(NamedTuple):
    """Give the last step of ``path`` another name."""

    path: Path
    key: str


Edit = Put | Append | Remove | Rename


class EditRefusedError(MktexecError):
    """An edit that could change more than it means to; nothing is written."""

    def __init__(self, path: Path, reason: T, place: Place | None, hint: T | None = None) -> None:
        name = ".".join(path) or "plan"
        at = f"{place.file}:{place.line}: " if place else ""
        super().__init__(T(f"{at}{name}: {reason.en}", f"{at}{name}：{reason.zh}"), hint or BY_HAND)


BY_HAND = T("change it in the file by hand", "请直接在文件中修改")


def applied(data: Data, edit: Edit) -> Data:
    """Return ``data`` after ``edit``; what is not on the edit's path is the same object.

    Raises KeyError where the path leads nowhere, TypeError where it leads through a text.
    """
    return _applied(data, edit, edit.path)


def _applied(data: Data, edit: Edit, path: Path) -> Data:
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        return _in_list(data, edit, int(step), rest)
    if data is not None and not isinstance(data, dict):
        raise TypeError(step)
    known: dict[str, Data] = data or {}
    if rest:
        if step not in known and not isinstance(edit, (Put, Append)):
            raise KeyError(step)
        return known | {step: _applied(known.get(step), edit, rest)}
    if isinstance(edit, Put):
        return known | {step: edit.value}
    if isinstance(edit, Append):
        return known | {step: _appended(known.get(step), edit.value)}
    if step not in known:
        raise KeyError(step)
    if isinstance(edit, Rename):
        return {edit.key if key == step else key: value for key, value in known.items()}
    return {key: value for key, value in known.items() if key != step}


def _in_list(data: list[Data], edit: Edit, index: int, rest: Path) -> list[Data]:
    if not 0 <= index < len(data):
        raise KeyError(str(index))
    if not rest and isinstance(edit, Remove):
        return [*data[:index], *data[index + 1 :]]
    if rest:
        new = _applied(data[index], edit, rest)
    elif isinstance(edit, Put):
        new = edit.value
    elif isinstance(edit, Append):
        new = _appended(data[index], edit.value)
    else:
        raise TypeError(str(index))
    return [*data[:index], new, *data[index + 1 :]]


def _appended(data: Data, item: Data) -> list[Data]:
    known = data if isinstance(data, list) else [] if data is None else [data]
    return [*known, item]


def has_controls(edit: Edit) -> bool:
    """Return whether a new value or name holds characters that no plan may."""
    return any(CONTROL.search(one) for one in _texts(edit[1:]))


def _texts(data: Data) -> Iterator[str]:
    """Yield every text in data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        yield from _texts([*data, *data.values()])
    elif data is not None:
        for one in data:
            yield from _texts(one)
