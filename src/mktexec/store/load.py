"""Files → a plan, with everything that is wrong in them, each at its place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mktexec.calendar import YearDays
from mktexec.dates import RelativeDay
from mktexec.findings import Finding, Level
from mktexec.model import Plan
from mktexec.schedule.anchors import Problem, settled
from mktexec.source import Document, Place, Source
from mktexec.store import hints
from mktexec.store.calendars import calendar_path, calendar_years
from mktexec.store.read import Part, read_file, read_text, shown, unreadable, with_hint
from mktexec.store.validate import KEY, validate

SUFFIXES = {".yaml", ".yml"}
FATAL = {"not-yaml", "conflict-marker", "bad-encoding", "control-character", "too-large"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read: the plan as far as it could be built, and what is wrong with it.

    ``readable`` is False where a file is no YAML at all; ``ids`` holds every id that is
    written, also those of entries that were left out because they are wrong. ``calendar`` holds the
    years that the plan's calendar file knows of the campaign's calendar, ``relative`` the days that
    are written as relative ones, by their path; in the plan they are days.
    """

    plan: Plan | None
    faults: list[Finding]
    source: Source
    ids: dict[str, frozenset[str]]
    readable: bool = True
    calendar: Mapping[int, YearDays] = field(default_factory=dict)
    relative: Mapping[tuple[str, ...], RelativeDay] = field(default_factory=dict)


def load(path: Path, instead: Mapping[str, str] | None = None, *, whole: bool = False) -> Loaded:
    """Read the plan in a file, or in all YAML files of a folder, as one.

    ``instead`` holds texts that stand in for those of files, by the name they are shown with;
    if ``whole``, they are all there is, as in the plan's past.
    Raises UnreadableError if the path cannot be read at all.
    """
    if path.is_dir() and not whole:
        from mktexec.store.files import settle  # a single file needs none of it

        settle(path)
    texts = instead or {}
    parts = [
        read_text(texts[name], name) if (name := shown(file)) in texts else read_file(file, path)
        for file in (map(Path, texts) if whole else _files(path))
    ]
    parts = _without_calendar(path, parts)
    faults = [finding for part in parts for finding in part.faults]
    source = Source(tuple(part.document for part in parts))
    if not all(part.whole for part in parts):  # what was not read is not missing
        readable = not any(finding.code in FATAL for finding in faults)
        return Loaded(None, faults, source, {}, readable=readable)
    data, doubles = _unite(parts)
    faults += doubles
    if not data:
        if not faults:
            faults = [Finding("empty-plan", Level.ERROR, (), place=Place(shown(path), 1, 1))]
        return Loaded(None, faults, source, {})
    plan, problems, ids = validate(data)
    faults += _told(source, problems, faults)
    if plan is None:
        return Loaded(plan, faults, source, ids)
    calendar = calendar_years(path, plan.campaign)
    readable = not any(one.code in FATAL for one in calendar.faults)
    days = settled(plan, calendar.years)
    faults += [*calendar.faults, *(_unsettled(one) for one in days.problems)]
    return Loaded(days.plan, faults, source, ids, readable, calendar.years, days.relative)


def _unsettled(problem: Problem) -> Finding:
    return Finding(problem.code, Level.ERROR, problem.path, problem.params, hint=problem.hint)


def _files(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        names = sorted(path.iterdir(), key=lambda one: one.name)
    except OSError as error:
        raise unreadable(path, error) from error
    return [one for one in names if one.suffix in SUFFIXES and not one.name.startswith(".")]


def _without_calendar(path: Path, parts: list[Part]) -> list[Part]:
    """Return the parts of a plan, without the calendar file that may lie among them."""
    campaigns = (part.data.get("campaign") for part in parts)
    named = (one.get("calendar_file") for one in campaigns if isinstance(one, dict))
    files = {shown(calendar_path(path, name)) for name in named if isinstance(name, str)}
    return [part for part in parts if "campaign" in part.data or part.document.file not in files]


def unfit(text: str) -> bool:
    """Return whether a text of ours would not be read as a plan without faults."""
    part = read_text(text, "")
    return bool(part.faults or validate(part.data)[1])


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
    return with_hint(finding, hints.for_empty(document.line(place.line)[place.column - 1 :]))


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
