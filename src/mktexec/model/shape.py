"""Questions about the models themselves: what may stand at a path."""

from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mktexec.model.fields import Accepts, Entry, Ref
from mktexec.model.plan import Plan

Kind = Literal["text", "list", "map", "entry"]


def _bare(annotation: Any) -> Any:
    """Return the annotation without Annotated and Optional."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def _at(path: tuple[str, ...]) -> tuple[Any, tuple[Any, ...]] | None:
    """Return the annotation of what stands at ``path`` and its marks, None where nothing may stand."""
    here: Any = Plan
    marks: tuple[Any, ...] = ()
    for step in path:
        here = _bare(here)
        if isinstance(here, type) and issubclass(here, Entry):
            field = here.model_fields.get(step)
            if field is None:
                return None
            here, marks = field.annotation, tuple(field.metadata)
            continue
        if get_origin(here) not in (dict, tuple):
            return None
        here = get_args(here)[1 if get_origin(here) is dict else 0]
        marks = tuple(get_args(here)[1:]) if get_origin(here) is Annotated else ()
    return here, marks


def model_at(path: tuple[str, ...]) -> type[Entry] | None:
    """Return the model that describes what stands at ``path``, None if it is no entry."""
    found = _at(path)
    here = _bare(found[0]) if found else None
    return here if isinstance(here, type) and issubclass(here, Entry) else None


def kind_at(path: tuple[str, ...]) -> Kind | None:
    """Return what stands at ``path``: a text, a list, a map of entries, an entry; None if nothing may."""
    found = _at(path)
    if found is None:
        return None
    here = _bare(found[0])
    if isinstance(here, type) and issubclass(here, Entry):
        return "entry"
    kinds: dict[Any, Kind] = {dict: "map", tuple: "list"}
    return kinds.get(get_origin(here), "text")


def sections_at(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections whose entries what stands at ``path``, or each item of it, refers to by id."""
    found = _at(path)
    return _sections(found[0], found[1]) if found else ()


def _sections(annotation: Any, marks: tuple[Any, ...]) -> tuple[str, ...]:
    for mark in marks:
        if isinstance(mark, Ref):
            return mark.sections
    if get_origin(annotation) is Annotated:
        return _sections(get_args(annotation)[0], get_args(annotation)[1:])
    inside = get_args(annotation) if get_origin(annotation) in (Union, UnionType, tuple) else ()
    return next((found for one in inside if (found := _sections(one, ()))), ())


def is_figure_at(path: tuple[str, ...]) -> bool:
    """Return whether an amount stands at ``path``."""
    found = _at(path)
    return found is not None and _bare(found[0]) is Decimal


def short_key(path: tuple[str, ...]) -> str | None:
    """Return the field for which a plain value stands at ``path``: ``value`` for a reading; None for none."""
    found = _at(path)
    if found is None or kind_at(path) != "entry":
        return None
    for mark in found[1]:
        if isinstance(mark, Accepts) and isinstance(short := mark.convert(""), dict) and short:
            return str(next(iter(short)))
    return None
