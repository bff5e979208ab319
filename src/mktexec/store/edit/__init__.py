"""Edits of a plan's text that touch what they mean to touch (design part 1.6).

Each edit is cut into the text of the one entry it is about; the result is read again and
must be the old data with exactly that path changed, or nothing is changed at all.
"""

from collections.abc import Sequence

from mktexec.source import Document
from mktexec.store.edit.draft import Draft
from mktexec.store.edit.operations import (
    Append,
    Edit,
    EditRefusedError,
    Put,
    Remove,
    Rename,
    applied,
    has_controls,
)
from mktexec.store.edit.tree import Data

__all__ = [
    "Append",
    "Edit",
    "EditRefusedError",
    "Put",
    "Remove",
    "Rename",
    "applied",
    "edited",
    "has_controls",
    "values",
]


def edited(documents: Sequence[Document], edits: Sequence[Edit]) -> list[str]:
    """Return the texts of a plan's files after all ``edits``, made one after the other.

    Raises EditRefusedError where one could change more than its path.
    """
    drafts = [Draft(one.file, one.text, dict(one.starts)) for one in documents]
    for edit in edits:
        _home(drafts, edit).make(edit)
    return [draft.text for draft in drafts]


def values(documents: Sequence[Document], edits: Sequence[Edit]) -> list[Data]:
    """Return what stands at the path of each edit, None for nothing."""
    drafts = [Draft(one.file, one.text, one.starts) for one in documents]
    return [_home(drafts, edit).value(edit) for edit in edits]


def _home(drafts: Sequence[Draft], edit: Edit) -> Draft:
    """Return the file in which the path of ``edit`` stands, or belongs: the last that holds its section."""
    path = edit.path
    for length in (2, 1):
        found = [draft for draft in drafts if len(path) >= length and draft.holds(path[:length])]
        if found:
            return found[-1]
    return next((draft for draft in drafts if draft.holds(("campaign",))), drafts[0])
