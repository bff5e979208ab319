"""Where a plan names its own entries: references, dependencies, anchors of days, mentions.

The same walk reads a typed plan, for the rules, and the bare data of a file, for whoever
renames or removes: there also entries that are wrong name others.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from mktexec.dates import Dependency, RelativeDay
from mktexec.model.fields import Anchored, Entry, Ref
from mktexec.model.goals import Goal
from mktexec.model.plan import Plan
from mktexec.model.support import Acknowledgement, Signature
from mktexec.model.tasks import Task
from mktexec.source import Path


class Naming(NamedTuple):
    """How a place in the plan names an entry.

    ``sections`` are those it is looked up in, dotted; none means all. ``must`` says that what is
    named must be there, ``first`` that other words may follow the id: ``T002 +2d``.
    """

    sections: tuple[str, ...]
    must: bool = False
    first: bool = False


class Use(NamedTuple):
    """One place that names ``id``; with ``key`` the last step of its path is the id itself."""

    path: Path
    id: str
    naming: Naming
    key: bool = False


class Map(NamedTuple):
    """What the keys and the values of a map name."""

    keys: Naming | None
    values: "Held | None"


Held = Naming | Map | type[Entry]
"""What is named in what a field holds; a list holds what its items hold."""

Wanted = Callable[[Naming, str], bool]

FIRST = re.compile(r"[^\s.]+")
AFTER = Naming(("tasks",), must=True, first=True)
ANCHOR = Naming(("campaign.milestones", "campaign.phases", "tasks"), first=True)
MENTIONS: dict[tuple[type[Entry], str], "Naming | Map"] = {  # free texts that may be an id
    (Task, "collaborators"): Naming(("people",)),
    (Task, "resources"): Naming(("resources",)),
    (Goal, "resources"): Naming(("resources",)),
    (Signature, "subject"): Naming(()),
    (Acknowledgement, "subject"): Naming(()),
    (Plan, "notify"): Map(Naming(("people",)), None),
}


def uses(plan: Any, wanted: Wanted) -> list[Use]:
    """Return the places that name an entry in a way, and by an id, that are ``wanted``.

    ``plan`` is a Plan or the data of one, as it is written.
    """
    found: list[Use] = []
    _walk(Plan, plan, (), wanted, found)
    return found


def _walk(held: Held, value: Any, path: Path, wanted: Wanted, found: list[Use]) -> None:
    kind = type(value)
    if kind is tuple or kind is list:  # and no dependency, which is a named tuple
        for index, one in enumerate(value):
            _walk(held, one, (*path, str(index)), wanted, found)
    elif type(held) is Naming:
        name = value if kind is str and not held.first else _first(value)
        if name and wanted(held, name):
            found.append(Use(path, name, held))
    elif type(held) is Map:
        _walk_map(held, value if kind is dict else {}, path, wanted, found)
    elif kind is dict or isinstance(value, Entry):
        fields = value if kind is dict else vars(value)
        for name, inner in _fields(held):
            if one := fields.get(name):
                _walk(inner, one, (*path, name), wanted, found)


def _walk_map(held: Map, entries: dict[Any, Any], path: Path, wanted: Wanted, found: list[Use]) -> None:
    for key, one in entries.items():
        step = str(key)
        if held.keys and wanted(held.keys, step):
            found.append(Use((*path, step), step, held.keys, key=True))
        if held.values and one:
            _walk(held.values, one, (*path, step), wanted, found)


def _first(value: Any) -> str | None:
    """Return the id at the beginning of a dependency or a day, typed or as it is written."""
    if type(value) is Dependency:
        return value.task
    words = value.anchor if type(value) is RelativeDay else value
    found = FIRST.search(words) if type(words) is str else None  # burst.end names burst
    return found[0] if found else None


@lru_cache(maxsize=64)
def _fields(model: type[Entry]) -> tuple[tuple[str, Held], ...]:
    """Return the fields of ``model`` in which something may be named."""
    found = []
    for name, field in model.model_fields.items():
        held = MENTIONS.get((model, name)) or _held(field.annotation, field.metadata)
        if held:
            found.append((name, held))
    return tuple(found)


@lru_cache(maxsize=64)
def anchored(model: type[Entry]) -> tuple[str, ...]:
    """Return the fields of ``model`` that may hold a relative day."""
    return tuple(name for name, held in _fields(model) if held is ANCHOR)


def _held(annotation: Any, marks: Any = ()) -> Held | None:
    """Return what is named in values of a type, None for nothing."""
    if any(isinstance(mark, Anchored) for mark in marks):
        return ANCHOR
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _held(inside[0], inside[1:])
    if annotation is Dependency:
        return AFTER
    if origin in (Union, UnionType):
        return _held(next(one for one in inside if one is not type(None)))
    if origin is tuple:
        return _held(inside[0])
    if origin is dict:
        keys, values = _held(inside[0]), _held(inside[1])
        return Map(keys if isinstance(keys, Naming) else None, values) if keys or values else None
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        return annotation if _fields(annotation) else None
    return next((Naming(mark.sections, must=True) for mark in marks if isinstance(mark, Ref)), None)
