"""``mktexec set``: any field of any entry."""

from typing import Annotated

import typer

from mktexec.commands.address import entry_or_section
from mktexec.commands.assign import assignment, by_id, told, with_input
from mktexec.commands.change import Options, Wish, change
from mktexec.commands.complete import complete_entry, complete_field
from mktexec.commands.options import AsOf, Commit, DryRun, Force, Lang, PlanOption, tell
from mktexec.i18n import Text as T
from mktexec.session import Session

HELP = T(
    "Set fields of an entry: a task, goal, KPI, budget line, the campaign ….",
    "修改任意条目的字段：任务、目标、指标、预算项、活动信息等。",
)
EXAMPLES = (
    "mktexec set T003 owner=li end=2024-08-12 collaborators+=design",
    "mktexec set campaign period.end=2024-10-07 --dry-run",
)

Entry = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        show_default=False,
        autocompletion=complete_entry,
        help=tell("The entry's id, path or exact title.", "条目的编号、路径或完整标题。"),
    ),
]


def run(
    which: Entry,
    fields: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE...",
            show_default=False,
            autocompletion=complete_field,
            help=tell(
                "A field and its value; FIELD+=ITEM adds to a list; - reads the value from standard input.",
                "字段=值；字段+=项 在列表末尾追加；值写 - 时从标准输入读取。",
            ),
        ),
    ],
    plan: PlanOption = None,
    as_of: AsOf = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Set the fields."""
    texts = [with_input(one) for one in fields]  # once: the plan may have to be read again

    def wish(session: Session) -> Wish:
        path = entry_or_section(session, which)
        edits = [by_id(session, assignment(path, one)) for one in texts]
        return Wish(edits, told(session, path, edits))

    change(Options(plan, as_of, lang, dry_run, force, commit), wish)
