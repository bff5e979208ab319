"""Files → a plan, with everything that is wrong in them, each at its place."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mktexec.errors import UnreadableError
from mktexec.findings import Finding, Level
from mktexec.i18n import Text
from mktexec.model import Plan
from mktexec.source import Document, Located, Place, Source
from mktexec.store import hints
from mktexec.store.events import Builder, Fault, Locator, StopReadingError
from mktexec.store.validate import KEY, KINDS, validate

SUFFIXES = {".yaml", ".yml"}
MAX_MIB = 64
FATAL = {"not-yaml", "conflict-marker", "bad-encoding", "control-character", "too-large"}
CONFLICT = re.compile(r"^(?:<{7} |>{7} |\|{7} |={7}$)", re.MULTILINE)
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
    if not all(part.whole for part in parts):  # what was not read is not missing
        readable = not any(finding.code in FATAL for finding in faults)
        return Loaded(None, faults, source, {}, readable=readable)
    data, doubles = _unite(parts)
    faults += doubles
    if not data:
        if not faults:
            faults = [Finding("empty-plan", Level.ERROR, (), place=Place(_shown(path), 1, 1))]
        return Loaded(None, faults, source, {})
    plan, problems, ids = validate(data)
    return Loaded(plan, faults + _told(source, problems, faults), source, ids)


@dataclass(frozen=True, slots=True)
class Part:
    """One file as read; not ``whole`` where reading had to stop."""

    data: dict[str, Any]
    document: Document
    faults: list[Finding]
    whole: bool = True


def _unread(document: Document, *faults: Finding) -> Part:
    return Part({}, document, list(faults), whole=False)


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


def _read_file(file: Path, root: Path) -> Part:
    empty = Document(_shown(file), "")
    try:
        if root.is_dir() and not file.resolve().is_relative_to(root.resolve()):
            return _unread(empty, _at(empty, Fault("outside-folder", 0)))
        with file.open("rb") as stream:
            raw = stream.read(MAX_MIB * 2**20 + 1)
    except (OSError, RuntimeError) as error:
        raise _unreadable(file, OSError(str(error)) if isinstance(error, RuntimeError) else error) from error
    if len(raw) > MAX_MIB * 2**20:
        return _unread(empty, _at(empty, Fault("too-large", 0, {"limit": MAX_MIB})))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _unread(empty, _wrong_encoding(file, raw, error))
    return read_text(text.removeprefix(BOM), _shown(file))


def unfit(text: str) -> bool:
    """Return whether a text of ours would not be read as a plan without faults."""
    part = read_text(text, "")
    return bool(part.faults or validate(part.data)[1])


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
    data = builder.root
    if isinstance(data, dict) or data is None:
        return Part(data or {}, document, findings)
    wrong = _at(document, Fault("not-a-plan", 0, {"found": KINDS[type(data)]}))
    hint = hints.for_value("wrong-type", data) if isinstance(data, str) else None
    return _unread(document, *findings, _with_hint(wrong, hint))


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


def _told(source: Source, problems: list[Finding], faults: list[Finding]) -> list[Finding]:
    """Return what is wrong with the values, but not what ``faults`` explain: the places are the same."""
    explained = {fault.place for fault in faults}
    told = [_reasoned(source, one) for one in problems]
    return (
        [one for one in told if (one.place or source.locate(one.path)) not in explained]
        if explained
        else told
    )


def _reasoned(source: Source, finding: Finding) -> Finding:
    """Return a finding on a key with its place, one on an empty value with the reason its line shows."""
    if finding.path[-1:] == (KEY,):
        path = finding.path[:-1]
        return replace(finding, path=path, place=source.locate_key(path))
    if finding.code != "empty-value":
        return finding
    place = source.locate(finding.path)
    document = source.document(place.file) if place else None
    if place is None or document is None:
        return finding
    return _with_hint(finding, hints.for_empty(document.line(place.line)[place.column - 1 :]))


def _with_hint(finding: Finding, hint: Text | None) -> Finding:
    if hint is None:
        return finding
    return replace(finding, hint=hint)


def _wrong_encoding(file: Path, raw: bytes, error: UnicodeDecodeError) -> Finding:
    before = raw[: error.start].decode("utf-8", "replace").removeprefix(BOM)
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


def _unite(parts: Iterable[Part]) -> tuple[dict[str, Any], list[Finding]]:
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
