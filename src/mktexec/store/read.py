"""One file → plain data, with what is wrong in its text, each at its place."""

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mktexec.errors import UnreadableError
from mktexec.findings import Finding, Level
from mktexec.i18n import Text
from mktexec.source import Document, Located, Place
from mktexec.store import hints
from mktexec.store.build import Builder
from mktexec.store.events import CONTROL, Fault, StopReadingError
from mktexec.store.locate import Locator

MAX_MIB = 64
CONFLICT = re.compile(r"^(?:<{7} |>{7} |\|{7} |={7}$)", re.MULTILINE)
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Part:
    """One file as read; not ``whole`` where reading had to stop."""

    data: dict[str, Any]
    document: Document
    faults: list[Finding]
    whole: bool = True


def _unread(document: Document, *faults: Finding) -> Part:
    return Part({}, document, list(faults), whole=False)


def shown(path: Path) -> str:
    """Return how a file is called in messages."""
    return path.as_posix()


def unreadable(path: Path, error: OSError) -> UnreadableError:
    """Return the error that says why a file could not be read."""
    reason = error.strerror or str(error)
    return UnreadableError(Text(f"cannot read {shown(path)}: {reason}", f"无法读取 {shown(path)}：{reason}"))


def read_file(file: Path, root: Path) -> Part:
    """Read one file of the plan at ``root``; raises UnreadableError where there is none to read."""
    empty = Document(shown(file), "")
    try:
        if root.is_dir() and not file.resolve().is_relative_to(root.resolve()):
            return _unread(empty, _at(empty, Fault("outside-folder", 0)))
        if root.is_dir():
            _require_no_pipe(file)
        with file.open("rb") as stream:
            raw = stream.read(MAX_MIB * 2**20 + 1)
    except (OSError, RuntimeError) as error:
        raise unreadable(file, OSError(str(error)) if isinstance(error, RuntimeError) else error) from error
    if len(raw) > MAX_MIB * 2**20:
        return _unread(empty, _at(empty, Fault("too-large", 0, {"limit": MAX_MIB})))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _unread(empty, _wrong_encoding(file, raw, error))
    part = read_text(text.removeprefix(BOM), shown(file))
    part.document.bom = text.startswith(BOM)
    return part


def _require_no_pipe(file: Path) -> None:
    """Raise OSError for what would be waited for, maybe for ever."""
    if file.exists() and not file.is_file() and not file.is_dir():
        raise OSError("it is a pipe or a device")


def read_text(text: str, file: str) -> Part:
    """Read one file's text."""
    document = Document(file, text, _locate)
    builder = Builder()
    stopped: list[Fault] = []
    try:
        builder.read(text)
    except StopReadingError as stop:
        stopped.append(_explained(text, stop.fault))
    findings = [_at(document, fault) for fault in builder.faults + stopped]
    if stopped:
        return _unread(document, *findings)
    if not findings and not builder.anchored:
        document.starts = builder.starts
    data = builder.root
    if isinstance(data, dict) or data is None:
        return Part(data or {}, document, findings)
    wrong = _at(document, Fault("not-a-plan", 0, {"found": hints.KINDS[type(data)]}))
    hint = hints.for_value("wrong-type", data) if isinstance(data, str) else None
    return _unread(document, *findings, with_hint(wrong, hint))


def _locate(text: str) -> Located:
    locator = Locator()
    with suppress(StopReadingError):  # what was read so far has its places
        locator.read(text)
    return Located(locator.nodes, locator.firsts)


def _explained(text: str, fault: Fault) -> Fault:
    """Return a syntax fault as the more telling one that it often is."""
    if fault.code != "not-yaml":
        return fault
    if marker := CONFLICT.search(text):
        return Fault("conflict-marker", marker.start())
    if control := CONTROL.search(text):
        return Fault("control-character", control.start(), {"name": f"U+{ord(control[0]):04X}"})
    return fault


def _at(document: Document, fault: Fault) -> Finding:
    place = document.place(min(fault.offset, len(document.text)))
    params = dict(fault.params)
    if fault.code == "duplicate-key":
        params["first"] = document.place(document.firsts.get(fault.offset, 0)).line
    if fault.code != "not-yaml":
        return Finding(fault.code, Level.ERROR, (), params, place=place)
    before = document.line_before(place.line)
    line, previous = document.line(place.line), document.line(before)
    hint, earlier = hints.for_syntax(line, previous, place.column, fault.params["problem"])
    if earlier and before:
        place = Place(place.file, before, len(previous) - len(previous.lstrip()) + 1)
    return Finding(fault.code, Level.ERROR, (), params, place=place, hint=hint)


def with_hint(finding: Finding, hint: Text | None) -> Finding:
    """Return a finding with a hint, if there is one."""
    if hint is None:
        return finding
    return replace(finding, hint=hint)


def _wrong_encoding(file: Path, raw: bytes, error: UnicodeDecodeError) -> Finding:
    before = raw[: error.start].decode("utf-8", "replace").removeprefix(BOM)
    place = Document(shown(file), before).place(len(before))
    params = {"byte": f"0x{raw[error.start]:02X}"}
    hint = None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = Text("it is UTF-16: save it as UTF-8", "这是 UTF-16 编码，请另存为 UTF-8")
    else:
        try:
            raw.decode("gb18030")
            hint = Text("it looks like GBK: save it as UTF-8", "看起来是 GBK 编码，请另存为 UTF-8")
        except UnicodeDecodeError:
            pass
    return Finding("bad-encoding", Level.ERROR, (), params, place=place, hint=hint)
