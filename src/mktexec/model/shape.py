"""Questions about the models themselves: which model or reference stands at a path."""

from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from mktexec.model.fields import Entry, Ref
from mktexec.model.plan import Plan


def _bare(annotation: Any) -> Any:
    """Return the annotation without Annotated and Optional."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    return annotation


def model_at(path: tuple[str, ...]) -> type[Entry] | None:
    """Return the model that describes what stands at ``path``, None if it is no entry."""
    here: Any = Plan
    for step in path:
        here = _bare(here)
        if isinstance(here, type) and issubclass(here, Entry):
            field = here.model_fields.get(step)
            if field is None:
                return None
            here = field.annotation
        elif get_origin(here) is dict:
            here = get_args(here)[1]
        elif get_origin(here) is tuple:
            here = get_args(here)[0]
        else:
            return None
    here = _bare(here)
    return here if isinstance(here, type) and issubclass(here, Entry) else None


def _find_ref(annotation: Any, metadata: tuple[Any, ...] = ()) -> Ref | None:
    for one in metadata:
        if isinstance(one, Ref):
            return one
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        return _find_ref(inner, tuple(marks))
    for argument in get_args(annotation):
        if found := _find_ref(argument):
            return found
    return None


def _part(annotation: Any) -> type[Entry] | None:
    """Return the model of the entries that a field holds, None if it holds plain values."""
    here = _bare(annotation)
    while get_origin(here) in (dict, tuple):
        here = _bare(get_args(here)[-1 if get_origin(here) is dict else 0])
    return here if isinstance(here, type) and issubclass(here, Entry) else None


@lru_cache(maxsize=64)
def references(model: type[Entry]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields of ``model`` that refer to entries by id, with the sections of these."""
    found = []
    for name, field in model.model_fields.items():
        if _part(field.annotation):
            continue
        ref = _find_ref(field.annotation, tuple(field.metadata))
        if ref is not None:
            found.append((name, ref.sections))
    return tuple(found)


@lru_cache(maxsize=64)
def referring_parts(model: type[Entry]) -> tuple[str, ...]:
    """Return the fields of ``model`` that hold entries which, or whose parts, refer to others."""
    parts = {name: _part(field.annotation) for name, field in model.model_fields.items()}
    return tuple(name for name, part in parts.items() if part and (references(part) or referring_parts(part)))
