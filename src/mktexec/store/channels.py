"""The local file that says how people are told: ``.notify.yaml`` beside the plan's file or folder.

    notify:
      zhang: {over: MAIL_ZHANG, level: warn}

It holds the plan's section of that name, for one machine; its entries stand in for the plan's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from mktexec.findings import Finding, Level
from mktexec.i18n import Text as T
from mktexec.model.support import Notify
from mktexec.rules.notify import without_names
from mktexec.rules.registry import RULES
from mktexec.source import Source
from mktexec.store import hints
from mktexec.store.read import Part, read_file
from mktexec.store.validate import KEY, STAND_INS, validate

FILE, SECTION = ".notify.yaml", "notify"
LAYOUT = T("the file holds the section 'notify' only", "该文件只有 'notify' 一节")


class Local(NamedTuple):
    """How people are told on this machine, and what is wrong with the file."""

    channels: Mapping[str, Notify]
    faults: list[Finding]


def local_channels(plan: Path) -> Local:
    """Return what the file beside the plan at ``plan`` says; raises UnreadableError if it cannot be read."""
    file = channels_file(plan)
    if not file.exists():
        return Local({}, [])
    part = read_file(file, file)
    channels: Mapping[str, Notify] = {}
    faults = [_of_channels(one) for one in part.faults]
    if part.whole:
        built, problems, _ = validate(
            {"mktexec": "1", "campaign": STAND_INS["title"] | STAND_INS["period"]}
            | {name: part.data[name] for name in (SECTION,) if name in part.data}
        )
        channels = built.notify if built else {}
        faults += [*_others(part), *(_placed(one, part) for one in problems), *_addresses(channels, part)]
    return Local(channels, faults)


def channels_file(plan: Path) -> Path:
    """Return where the file lies: a folder's files are all read as the plan, so it is beside it."""
    nameless = plan.name in ("", "..")  # the folder that one is in
    return (plan.resolve() if nameless or plan.is_symlink() else plan).parent / FILE


def _others(part: Part) -> Iterator[Finding]:
    for key in part.data:
        if key != SECTION:
            place = part.document.key_place_of((key,))
            params = {"key": key, "where": FILE}
            yield Finding("unknown-key", Level.ERROR, (), params, place=place, hint=LAYOUT)


def _placed(problem: Finding, part: Part) -> Finding:
    source = Source((part.document,))
    if problem.path[-1:] == (KEY,):
        return replace(problem, path=problem.path[:-1], place=source.locate_key(problem.path[:-1]))
    return replace(problem, place=source.locate(problem.path))


def _addresses(channels: Mapping[str, Notify], part: Part) -> Iterator[Finding]:
    for hit in without_names(channels):
        yield replace(RULES["notify-address"].finding(hit), place=part.document.place_of(hit.path))


def _of_channels(fault: Finding) -> Finding:
    """Return a fault of the text in the words that hold for this file."""
    if fault.code != "not-a-plan":
        return fault
    params = {"expected": hints.KINDS[dict], "found": fault.params["found"]}
    return replace(fault, code="wrong-type", params=params, hint=LAYOUT)
