"""``mktexec unset``: take fields out of an entry."""

from typing import Annotated

import typer

from mktexec.commands.address import entry_or_section
from mktexec.commands.assign import removal, told
from mktexec.commands.change import Options, Wish, change
from mktexec.commands.complete import complete_field
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, PlanOption, tell
from mktexec.commands.set import Entry
from mktexec.i18n import Text as T
from mktexec.session import Session

HELP = T("Take fields out of an entry.", "删除条目的字段。")
EXAMPLES = ("mktexec unset T003 remark", "mktexec unset T001 log.2024-08-16 actual.end")


def run(
    which: Entry,
    fields: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD...",
            show_default=False,
            autocompletion=complete_field,
            help=tell("Fields; dotted where nested.", "字段名；下级字段用点号连接。"),
        ),
    ],
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Take the fields out."""

    def wish(session: Session) -> Wish:
        path = entry_or_section(session, which)
        edits = [removal(path, one) for one in fields]
        return Wish(edits, told(session, path, edits))

    change(Options(plan, as_of, lang, dry_run, force, commit), wish)
