"""An older format → the present one, as edits. The first format is the present one: there is no step yet."""

import re
from collections.abc import Callable, Sequence
from functools import reduce

from mktexec.errors import UnreadableError
from mktexec.i18n import Text as T
from mktexec.model.plan import FORMAT_VERSION
from mktexec.source import Document
from mktexec.store.edit import Edit, Put, applied
from mktexec.store.edit.tree import Data, compose, plain

FIELD = "mktexec"
VERSION = re.compile(r"0|[1-9][0-9]{0,8}")
Step = Callable[[Data], Sequence[Edit]]
STEPS: dict[int, Step] = {}
"""By version: what leads a plan's data to the next version, the field with the version aside."""


class NewerFormatError(UnreadableError):
    """The plan is in a format that this program does not know yet."""

    def __init__(self, version: str) -> None:
        super().__init__(
            T(
                f"the plan is in format {version}, written by a newer mktexec",
                f"计划的格式版本是 {version}，由更新版本的 mktexec 写成",
            ),
            T(f"upgrade mktexec; this one reads format {FORMAT_VERSION}", "请升级 mktexec 后再试"),
        )


def migration(documents: Sequence[Document]) -> list[Edit] | None:
    """Return what brings a plan to the present format; None where its version is none that there ever was.

    A plan without a version is one of the present format, written by hand. Raises NewerFormatError.
    """
    data = _data(documents)
    written = data.get(FIELD, FORMAT_VERSION)
    if not isinstance(written, str) or not VERSION.fullmatch(written):
        return None if written is not None else [Put((FIELD,), FORMAT_VERSION)]
    if int(written) > int(FORMAT_VERSION):
        raise NewerFormatError(written)
    edits: list[Edit] = []
    for version in range(int(written), int(FORMAT_VERSION)):
        if version not in STEPS:
            return None
        step = STEPS[version](data)
        data = reduce(applied, step, data)
        edits += step
    return edits if data.get(FIELD) == FORMAT_VERSION else [*edits, Put((FIELD,), FORMAT_VERSION)]


def _data(documents: Sequence[Document]) -> Data:
    """Return what all files of a plan hold together."""
    data: dict[str, Data] = {}
    for document in documents:
        for section, value in plain(compose(document.text)).items():
            known = data.get(section)
            both = isinstance(known, dict) and isinstance(value, dict)
            data[section] = known | value if both else value
    return data
