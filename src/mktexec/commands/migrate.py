"""``mktexec migrate``: an older plan in the present format."""

from mktexec.commands.change import Options, Wish, change
from mktexec.commands.options import Commit, DryRun, Force, Lang, PlanArg, PlanOption, one_plan, tell
from mktexec.i18n import Text as T
from mktexec.model.plan import FORMAT_VERSION
from mktexec.render.terminal import note
from mktexec.session import Session, UnsoundPlanError, open_session
from mktexec.store.edit import Edit
from mktexec.store.migrate import migration

HELP = T(
    "Bring an older plan to the present format; one without a version is given it.",
    "把旧格式的计划升级到当前格式；没写版本号的计划会补上。",
)
EXAMPLES = ("mktexec migrate", "mktexec migrate plan/ --dry-run")
SAID = T(f"in format {FORMAT_VERSION} now", f"已是格式 {FORMAT_VERSION}")


def run(
    plan_file: PlanArg = None,
    plan: PlanOption = None,
    dry_run: DryRun = False,
    force: Force = False,
    commit: Commit = False,
    lang: Lang = None,
) -> None:
    """Migrate the plan, or say that there is nothing to do."""
    chosen = one_plan(plan_file, plan)
    if _edits(open_session(chosen, lang=lang)):
        change(Options(chosen, None, lang, dry_run, force, commit), lambda one: Wish(_edits(one), SAID))
    else:
        note(
            tell(
                f"format {FORMAT_VERSION} is the present one; nothing to do",
                f"格式 {FORMAT_VERSION} 就是当前格式，无需升级",
            )
        )


def _edits(session: Session) -> list[Edit]:
    """Return what to change; raise UnsoundPlanError for what is no plan or of no known format."""
    edits = migration(session.source.documents) if session.draft else None
    if edits is None:
        raise UnsoundPlanError(session)
    return edits
