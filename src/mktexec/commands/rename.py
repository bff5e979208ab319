"""``mktexec rename``: another id for an entry, everywhere."""

from collections.abc import Sequence
from typing import Annotated

import typer

from mktexec.commands.change import Options, Wish, change
from mktexec.commands.complete import complete_entry
from mktexec.commands.named import Written, require_free, target, uses_of, written
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, PlanOption, tell
from mktexec.i18n import Text as T
from mktexec.i18n import plural
from mktexec.model.uses import Use
from mktexec.session import Session
from mktexec.store.edit import Edit, Put, Rename

HELP = T(
    "Give an entry another id, with everything that names it.",
    "修改条目的编号，并同步所有引用。",
)
EXAMPLES = ("mktexec rename T003 T013", "mktexec rename campaign.milestones.launch golive --dry-run")


def run(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            show_default=False,
            autocompletion=complete_entry,
            help=tell("The entry's id, path or exact title.", "条目的编号、路径或完整标题。"),
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", show_default=False, help=tell("Its new id.", "新的编号。"))
    ],
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Rename the entry."""
    change(Options(plan, as_of, lang, dry_run, force, commit), lambda session: _wish(session, old, new))


def _wish(session: Session, old: str, new: str) -> Wish:
    data = written(session)
    path = target(session, data, old)
    require_free(data, new)
    named = uses_of(data, {path})
    places = T(f", named in {plural(len(named), 'place', 'places')}", f"，同步引用 {len(named)} 处")
    said = T(
        f"{path[-1]} is now {new}{places.en if named else ''}",
        f"{path[-1]} 已改为 {new}{places.zh if named else ''}",
    )
    return Wish([*_renamed(data, named, new), Rename(path, new)], said)


def _renamed(data: Written, named: Sequence[Use], new: str) -> list[Edit]:
    """Return the edits that write another id wherever one is named; what stands behind it stays."""
    edits: list[Edit] = []
    for use in named:
        if use.key:
            edits.append(Rename(use.path, new))
        else:
            text = next(one for one in data.all_at(use.path) if isinstance(one, str))
            edits.append(Put(use.path, text.replace(use.id, new, 1)))
    return edits
