"""``mktexec remove``: entries taken out, once nothing names them any more."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from mktexec.commands.change import Options, Wish, change
from mktexec.commands.complete import complete_entry
from mktexec.commands.named import Written, target, uses_of, written
from mktexec.commands.options import AsOf, Commit, DryRun, Lang, PlanOption, tell
from mktexec.i18n import Text as T
from mktexec.i18n import plural
from mktexec.model.shape import model_at
from mktexec.model.uses import Use
from mktexec.render.terminal import clean, note
from mktexec.session import Session
from mktexec.source import Path
from mktexec.store.edit import Remove

HELP = T(
    "Take entries out. Refused while something names them; --force clears what does.",
    "删除条目。仍被引用时不删除；--force 会一并清除引用。",
)
EXAMPLES = ("mktexec remove T012", "mktexec remove K004 T009 --force --dry-run")
LISTED = 20
SUBJECT = ("acknowledgements", "subject")  # an answer without its subject would answer for every entry
MORE = T("and {count} more", "另有 {count} 处")
NAMED = T("not removed, {names} still named in:", "未删除，以下位置仍引用 {names}：")
NEEDED = T("not removed, these cannot do without {names}:", "未删除，以下位置不能缺少 {names}：")
CLEAR = T("to clear these too: {command}", "要一并清除引用：{command}")
CLEAR_AND_REMOVE = T(
    "{needed} cannot do without; to remove that too and clear the rest: {command}",
    "{needed} 不能缺少该引用；要一并删除并清除其余引用：{command}",
)


def run(
    which: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            show_default=False,
            autocompletion=complete_entry,
            help=tell("Ids, paths or exact titles of entries.", "条目的编号、路径或完整标题，可多个。"),
        ),
    ],
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help=tell(
                "Also clear what names them, and write even if the plan becomes unsound.",
                "同时清除对它们的引用；即使计划因此出错也照样写入。",
            ),
        ),
    ] = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Remove the entries."""
    options = Options(plan, as_of, lang, dry_run, force, commit)
    change(options, lambda session: _wish(session, which, force=force))


def _wish(session: Session, which: Sequence[str], *, force: bool) -> Wish:
    data = written(session)
    paths = list(dict.fromkeys(target(session, data, one) for one in which))
    named = [use for use in uses_of(data, paths) if not any(_inside(use.path, path) for path in paths)]
    clearing = list(_cleared(data, named))
    needed = [path for path in clearing if _is_needed(path)]
    if named and not force:
        _refuse(session, paths, [use.path for use in named], needed, NAMED)
    if needed:
        _refuse(session, paths, needed, needed, NEEDED)
    ids = [path[-1] for path in paths]
    places = T(f", and out of {plural(len(named), 'place', 'places')}", f"，同时清除引用 {len(named)} 处")
    said = T(
        f"{', '.join(ids)} removed{places.en if named else ''}",
        f"已删除 {'、'.join(ids)}{places.zh if named else ''}",
    )
    return Wish([*map(Remove, clearing), *map(Remove, paths)], said)


def _inside(path: Path, outer: Path) -> bool:
    return path[: len(outer)] == outer


def _cleared(data: Written, named: Sequence[Use]) -> Iterator[Path]:
    """Yield what to take out so that nothing is named: a whole list or map where all its parts go.

    The last items come first, so that the others keep their place.
    """
    gone: dict[Path, list[str]] = {}
    for use in named:
        gone.setdefault(use.path[:-1], []).append(use.path[-1])
    for path, steps in gone.items():
        held = next(data.all_at(path))
        is_entry = isinstance(held, dict) and model_at(path) is not None
        if not is_entry and len(held) == len(steps):
            yield path
        else:
            yield from ((*path, step) for step in reversed(steps))


def _is_needed(path: Path) -> bool:
    """Return whether an entry cannot do without the field at ``path``."""
    model = model_at(path[:-1])
    required = model is not None and model.model_fields[path[-1]].is_required()
    return required or (path[0], path[-1]) == SUBJECT


def _refuse(
    session: Session, paths: Sequence[Path], where: Sequence[Path], needed: Sequence[Path], about: T
) -> None:
    """Say what stands in the way, each with its place, and end the command with exit code 1."""
    lang, ids = session.lang, [path[-1] for path in paths]
    more = list(dict.fromkeys(path[1] for path in needed))
    command = " ".join(["mktexec remove", *ids, *more, "--force"])
    hint = CLEAR_AND_REMOVE if needed else CLEAR
    note("mktexec: " + clean(about.say(lang, {"names": ids})))
    for path in where[:LISTED]:
        place = session.source.locate(path)
        note("  " + clean(f"{place.file}:{place.line}: " if place else "") + clean(".".join(path)))
    if len(where) > LISTED:
        note("  " + MORE.say(lang, {"count": len(where) - LISTED}))
    note("  → " + clean(hint.say(lang, {"needed": more, "command": command})))
    raise typer.Exit(1)
