"""Files → a plan, with everything that is wrong in them, each at its place."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mktexec.errors import UnreadableError
from mktexec.findings import Finding, Level
from mktexec.i18n import Text
from mktexec.model import Plan
from mktexec.source import Document, Place, Source
from mktexec.store import hints
from mktexec.store.events import Builder, Fault, Locator, StopReadingError
from mktexec.store.validate import KINDS, validate

SUFFIXES = {".yaml", ".yml"}
MAX_MIB = 64
FATAL = {"not-yaml", "conflict-marker", "bad-encoding", "control-character", "too-large"}
BOM = "\ufeff"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: the plan as far as it could be built, and what is wrong with it.

    ``readable`` is False where a file is no YAML at all; ``ids`` holds every id that is
    written, also those of entries that were left out because they are wrong.
    """

    plan: Plan | None
    faults: list[Finding]
    source: Source
    ids: dict[str, frozenset[str]]
    readable: bool = True


def load(path: Path) -> Loaded:
    """Read the plan in a file, or in all YAML files of a folder, as one.

    Raises UnreadableError if the path cannot be read at all.
    """
    parts = [_read_file(file, path) for file in _files(path)]
    faults = [finding for part in parts for finding in part.faults]
    source = Source(tuple(part.document for part in parts))
    if any(finding.code in FATAL for finding in faults):
        return Loaded(None, faults, source, {}, readable=False)
    data, doubles = _unite(parts)
    faults += doubles
    if not data:
        if not faults:
            faults = [Finding("empty-plan", Level.ERROR, (), place=Place(_shown(path), 1, 1))]
        return Loaded(None, faults, source, {})
    plan, problems, ids = validate(data)
    return Loaded(plan, faults + problems, source, ids)


@dataclass(frozen=True, slots=True)
class _Part:
    """One file as read."""

    data: dict[str, Any]
    document: Document
    faults: list[Finding]


def _shown(path: Path) -> str:
    return path.as_posix()


def _files(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        names = sorted(path.iterdir(), key=lambda one: one.name)
    except OSError as error:
        raise _unreadable(path, error) from error
    return [one for one in names if one.suffix in SUFFIXES and not one.name.startswith(".")]


def _unreadable(path: Path, error: OSError) -> UnreadableError:
    reason = error.strerror or str(error)
    return UnreadableError(
        Text(f"cannot read {_shown(path)}: {reason}", f"无法读取 {_shown(path)}：{reason}")
    )


def _read_file(file: Path, root: Path) -> _Part:
    empty = Document(_shown(file), "")
    try:
        if root.is_dir() and not file.resolve().is_relative_to(root.resolve()):
            return _Part({}, empty, [_at(empty, Fault("outside-folder", 0))])
        with file.open("rb") as stream:
            raw = stream.read(MAX_MIB * 2**20 + 1)
    except (OSError, RuntimeError) as error:
        raise _unreadable(file, OSError(str(error)) if isinstance(error, RuntimeError) else error) from error
    if len(raw) > MAX_MIB * 2**20:
        return _Part({}, empty, [_at(empty, Fault("too-large", 0, {"limit": MAX_MIB}))])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _Part({}, empty, [_wrong_encoding(file, raw, error)])
    return read_text(text.removeprefix(BOM), _shown(file))


def read_text(text: str, file: str) -> _Part:
    """Read one file's text."""
    try:
        data, faults = _build(Builder(), text)
        document = Document(file, text, _locate)
        if faults:
            data, faults = _build(Locator(), text)
    except StopReadingError as stop:
        fault = _explained(text, stop.fault)
        document = Document(file, text)
        return _Part({}, document, [_at(document, fault)])
    findings = [_at(document, fault) for fault in faults]
    if isinstance(data, dict) or data is None:
        return _Part(data or {}, document, findings)
    found = KINDS[type(data)]
    wrong = _at(document, Fault("not-a-plan", 0, {"found": found}))
    hint = hints.for_value("wrong-type", data) if isinstance(data, str) else None
    return _Part({}, document, [*findings, _with_hint(wrong, hint)])


def _build(builder: Builder, text: str) -> tuple[Any, list[Fault]]:
    marker = 0 if text.startswith("<<<<<<< ") else text.find("\n<<<<<<< ") + 1
    if text.startswith("<<<<<<< ") or marker:
        raise StopReadingError(Fault("conflict-marker", marker))
    builder.read(text)
    return builder.root, builder.faults


def _locate(text: str) -> Any:
    locator = Locator()
    with suppress(StopReadingError):  # what was read so far has its places
        locator.read(text)
    return locator.nodes


def _explained(text: str, fault: Fault) -> Fault:
    """Return a syntax fault as the more telling one that it often is."""
    if fault.code == "not-yaml":
        control = CONTROL.search(text)
        if control:
            return Fault("control-character", control.start(), {"name": f"U+{ord(control[0]):04X}"})
    return fault


def _at(document: Document, fault: Fault) -> Finding:
    place = document.place(min(fault.offset, len(document.text)))
    params = dict(fault.params)
    if fault.code == "duplicate-key":
        params["first"] = document.place(fault.other or 0).line
    finding = Finding(fault.code, Level.ERROR, (), params, place=place)
    if fault.code != "not-yaml":
        return finding
    line, previous = document.line(place.line), document.line(place.line - 1)
    return _with_hint(finding, hints.for_syntax(line, previous, fault.params["problem"]))


def _with_hint(finding: Finding, hint: Text | None) -> Finding:
    if hint is None:
        return finding
    return Finding(finding.code, finding.level, finding.path, finding.params, place=finding.place, hint=hint)


def _wrong_encoding(file: Path, raw: bytes, error: UnicodeDecodeError) -> Finding:
    before = raw[: error.start].decode("utf-8", "replace")
    place = Document(_shown(file), before).place(len(before))
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


def _unite(parts: Iterable[_Part]) -> tuple[dict[str, Any], list[Finding]]:
    """Unite the top-level sections of several files; the same id twice is an error."""
    data: dict[str, Any] = {}
    home: dict[tuple[str, ...], Document] = {}
    faults: list[Finding] = []
    for part in parts:
        for section, value in part.data.items():
            known = data.get(section)
            if known is None:
                data[section] = dict(value) if isinstance(value, dict) else value
                home[section,] = part.document
                keys = value if isinstance(value, dict) else ()
                home.update({(section, key): part.document for key in keys})
            elif isinstance(known, dict) and isinstance(value, dict):
                for key, entry in value.items():
                    if key in known:
                        faults.append(_double((section, key), part.document, home[section, key]))
                    else:
                        known[key] = entry
                        home[section, key] = part.document
            elif value is not None:
                faults.append(_double((section,), part.document, home[section,]))
    return data, faults


def _double(path: tuple[str, ...], document: Document, first: Document) -> Finding:
    where = first.place_of(path)
    params = {"key": path[-1], "first": f"{where.file}:{where.line}"}
    return Finding("duplicate-id", Level.ERROR, path, params, place=document.place_of(path))
