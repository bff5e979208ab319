"""YAML text → the parser's events.

Three readers work on them: ``build`` makes plain data (no YAML typing: the plan's schema types
scalars), ``locate`` notes places, ``edit.tree`` makes the nodes of the one entry that an edit
touches. Places cost as much as everything else together, and most runs need none.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

MAX_DEPTH = 64
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
MERGE = "<<"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

Handlers = dict[type, Callable[[Any], None]]


@dataclass(slots=True)
class Fault:
    """Something wrong in the text, at a character offset."""

    code: str
    offset: int
    params: dict[str, Any] = field(default_factory=dict)


class StopReadingError(Exception):
    """The text cannot be read any further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def events(text: str) -> Iterable[Any]:
    """Yield the parser's events; raise StopReadingError where the text is no YAML."""
    try:
        yield from YAML(typ="safe").parse(text)
    except MarkedYAMLError as error:
        problem = " ".join(filter(None, (error.context, error.problem)))
        raise StopReadingError(Fault("not-yaml", _where(error), {"problem": problem})) from None
    except (YAMLError, RecursionError) as error:
        offset = getattr(error, "position", None) or 0
        raise StopReadingError(Fault("not-yaml", offset, {"problem": str(error)})) from None


def _where(error: MarkedYAMLError) -> int:
    """Return the offset at which to look: where a quote, bracket or key began, not where it was missed."""
    began = (error.context or "").startswith(("while scanning", "while parsing a flow"))
    mark = (error.context_mark if began else error.problem_mark) or error.problem_mark
    return mark.index if mark else 0
