"""Which findings ``check`` and ``warn`` are asked for: by rule, level, person, and what is new."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from mktexec.commands.options import FailOn, person_named, tell
from mktexec.errors import UsageError
from mktexec.findings import LEVELS, Finding, Level
from mktexec.i18n import Text as T
from mktexec.rules import RULES, Rule, When
from mktexec.rules.answers import Answered
from mktexec.rules.registry import set_level
from mktexec.session import Session
from mktexec.suggest import did_you_mean

Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="CODES",
        show_default=False,
        help=tell(
            "Only these rules: codes, or how they begin (kpi-), with commas.",
            "只检查这些规则：代码或其开头（如 kpi-），用逗号分隔。",
        ),
    ),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar="CODES",
        show_default=False,
        help=tell("Not these rules.", "不检查这些规则。"),
    ),
]
MinLevel = Annotated[
    FailOn | None,
    typer.Option(
        "--min-level",
        metavar="|".join(FailOn),
        show_default=False,
        help=tell(
            "Only findings of this level or worse; default remind.", "只列出该级别及以上；默认 remind。"
        ),
    ),
]
Owner = Annotated[
    str | None,
    typer.Option(
        "--owner",
        metavar="PERSON",
        show_default=False,
        help=tell("Only what goes to this person (id or name).", "只列出应通知此人的事项（编号或姓名）。"),
    ),
]
NewSince = Annotated[
    str | None,
    typer.Option(
        "--new-since",
        metavar="REV",
        show_default=False,
        help=tell(
            "Only what was not found at a git revision: for merge requests.",
            "只列出该 git 版本中还没有的发现，适用于合并请求。",
        ),
    ),
]
Changed = Annotated[
    bool,
    typer.Option(
        "--changed",
        help=tell(
            "Only entries that differ from the last commit, or from REV.",
            "只列出与上次提交（或 REV）相比有改动的条目。",
        ),
    ),
]


class Narrow(NamedTuple):
    """What of the findings is wanted."""

    select: list[str] | None = None
    ignore: list[str] | None = None
    min_level: FailOn | None = None
    owner: str | None = None
    new_since: str | None = None
    changed: bool = False


def narrowed(session: Session, when: When, narrow: Narrow) -> Answered:
    """Return the findings that are wanted of a plan; errors always are.

    Raises UsageError for a rule or a person that is not known, UnreadableError for a revision.
    """
    only, never = _codes(narrow.select), _codes(narrow.ignore)
    least = LEVELS[narrow.min_level or FailOn.REMIND]

    def asked(rule: Rule) -> bool:
        return rule.code not in (never or ())

    def wanted(rule: Rule) -> bool:
        return asked(rule) and (only is None or rule.code in only) and _highest(session, rule) >= least

    found = session.judged(when, wanted, asked, least)
    old = _past(session, narrow) if narrow.new_since or narrow.changed else None
    kept = found.open
    if old and narrow.new_since:
        from mktexec.views.changed import new_findings

        kept = new_findings(old.judged(when, wanted, asked, least).open, kept)
    if narrow.changed and session.loaded.plan:
        from mktexec.views.changed import changed_entries, is_among

        entries = changed_entries(old.loaded.plan if old else None, session.loaded.plan)
        kept = [one for one in kept if is_among(one, entries)]
    return Answered(_for(session, narrow.owner, kept), found.quiet)


def _highest(session: Session, rule: Rule) -> Level:
    """Return the highest level that a rule's findings have in a plan."""
    given = set_level(rule, session.loaded.plan) if session.loaded.plan else None
    return given or max(rule.levels)


def _codes(given: list[str] | None) -> frozenset[str] | None:
    """Return the codes that are named in full or by their beginning; None where nothing is."""
    if not given:
        return None
    codes: set[str] = set()
    for name in (one.strip() for text in given for one in text.split(",")):
        found = {code for code in RULES if code == name or (name and code.startswith(name))}
        if not found:
            raise UsageError(
                T(f"there is no rule {name}", f"没有名为 {name} 的规则"), did_you_mean(name, RULES)
            )
        codes |= found
    return frozenset(codes)


def _past(session: Session, narrow: Narrow) -> Session | None:
    """Return the plan as it was at the revision, None where it was not there yet."""
    from mktexec.store.history import texts_at

    texts = texts_at(session.path, narrow.new_since or "HEAD")
    return session.past(texts) if texts else None


def _for(session: Session, owner: str | None, found: list[Finding]) -> list[Finding]:
    """Return the findings that go to ``owner``, all for None."""
    if owner is None or session.loaded.plan is None:
        return found
    from mktexec.rules.people import recipients

    plan = session.loaded.plan
    if not knows(session, owner):
        return []
    person = person_named(plan, owner)
    return [one for one in found if person in recipients(plan, one)]


def knows(session: Session, person: str) -> bool:
    """Return whether a plan has somebody with that id or name."""
    people = session.loaded.plan.people if session.loaded.plan else {}
    return person in people or any(one.name == person for one in people.values())


def plans_of(plans: list[Path] | None, plan: Path | None) -> list[Path | None]:
    """Return every plan that is named, each once; None for the one that is found from here."""
    named = [*(plans or []), *([plan] if plan else [])]
    once = {one.resolve(): one for one in reversed(named)}
    return [*reversed(once.values())] if once else [None]
