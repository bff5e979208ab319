"""One run on one plan: found, read, scheduled, assessed once; knows the day and the language."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from mktexec.assess import Assessment, assess
from mktexec.assess.differences import Change
from mktexec.errors import MktexecError, UnreadableError, UsageError
from mktexec.findings import Finding, Level
from mktexec.host import today, ui_language
from mktexec.i18n import LANGS, Lang
from mktexec.i18n import Text as T
from mktexec.model import Plan
from mktexec.rules import RULES, Facts, Rule, When, run
from mktexec.rules.answers import Answered, answered
from mktexec.rules.ignores import without
from mktexec.rules.registry import left_on
from mktexec.schedule import Schedule, schedule
from mktexec.source import Source
from mktexec.store.load import Loaded, load

LANGUAGE = re.compile(r"^\s{0,8}language:\s{1,8}['\"]?(zh|en)\b", re.MULTILINE)
MOST = 8
PLAN_FILE, PLAN_FOLDER, PLANS = "plan.yaml", "plan", "plans"


class UnsoundPlanError(MktexecError):
    """The plan has errors, so that it gives no figures."""

    def __init__(self, session: "Session") -> None:
        super().__init__(
            T(
                "the plan has errors and gives no figures; correct them first:",
                "计划存在错误，无法得出数字，请先修正：",
            )
        )
        self.session = session


def find_plan(chosen: Path | None) -> Path:
    """Return the plan's file or folder; raise UnreadableError if there is none."""
    text = os.environ.get("MKTEXEC_PLAN")
    given = chosen or (Path(text) if text else None)
    if given is not None:
        inside = given / PLAN_FILE
        if given.is_dir() and inside.is_file():
            return inside
        if not given.exists():
            raise UnreadableError(T(f"there is no plan at {given}", f"{given} 处没有计划"))
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in (PLAN_FILE, PLAN_FOLDER):
            if (folder / name).exists() and (name == PLAN_FILE or any((folder / name).glob("*.y*ml"))):
                return _near(folder / name, here)
    return _only_one(here)


def _near(path: Path, here: Path) -> Path:
    return path.relative_to(here) if path.is_relative_to(here) else path


def _only_one(here: Path) -> Path:
    plans = here / PLANS
    found = sorted({*plans.rglob(PLAN_FILE), *plans.glob("[!.]*.yaml")}) if plans.is_dir() else []
    if len(found) == 1:
        return _near(found[0], here)
    if found:
        names = ", ".join(_near(one, here).as_posix() for one in found)
        raise UsageError(
            T(f"several plans here: {names}", f"这里有多份计划：{names}"),
            T("name one: mktexec status PLAN", "请指定一份：mktexec status 计划"),
        )
    below = ", ".join(one.parent.name for one in sorted(here.glob(f"*/{PLAN_FILE}"))[:MOST])
    raise UnreadableError(
        T("there is no plan here", "这里没有计划"),
        T(f"there are some in: {below}", f"下级目录中有：{below}")
        if below
        else T(
            "start one with 'mktexec init', or name one with --plan",
            "可用 mktexec init 新建，或用 --plan 指定",
        ),
    )


Wanted = Callable[[Rule], bool]


def every(_rule: Rule) -> bool:
    """Return that any rule is wanted."""
    return True


def _kept(rule: Rule, plan: Plan, wanted: Wanted) -> bool:
    return rule.level is Level.ERROR or (wanted(rule) and left_on(rule, plan))


@dataclass
class Session:
    """A plan as of a day, in a language; everything else is computed once, when asked for."""

    path: Path
    loaded: Loaded
    as_of: date
    lang: Lang

    @property
    def source(self) -> Source:
        """The plan's files."""
        return self.loaded.source

    @property
    def plan(self) -> Plan:
        """The plan; raises UnsoundPlanError if it has errors."""
        if self.errors or self.loaded.plan is None:
            raise UnsoundPlanError(self)
        return self.loaded.plan

    @property
    def draft(self) -> Plan:
        """The plan as far as it could be read, sound or not; raises UnsoundPlanError for nothing."""
        if self.loaded.plan is None:
            raise UnsoundPlanError(self)
        return self.loaded.plan

    def edited(self, texts: Mapping[str, str]) -> "Session":
        """Return what this would be with other texts in its files."""
        return Session(self.path, load(self.path, texts), self.as_of, self.lang)

    def past(self, texts: Mapping[str, str], as_of: date | None = None) -> "Session":
        """Return what this was when its files were ``texts``, seen from its day or another."""
        return Session(self.path, load(self.path, texts, whole=True), as_of or self.as_of, self.lang)

    @cached_property
    def _facts(self) -> Facts | None:
        if self.loaded.plan is None:
            return None
        dates = schedule(self.loaded.plan, self.as_of, self.loaded.calendar)
        return Facts(self.loaded.plan, dates, self.loaded.ids)

    @cached_property
    def checked(self) -> list[Finding]:
        """What is wrong whatever the day, and nobody answered."""
        return self.judged(When.CHECK).open

    @cached_property
    def warned(self) -> list[Finding]:
        """Errors, or else what somebody must act on as of the day: more than mere information."""
        return self.judged(When.WARN, least=Level.REMIND).open

    def judged(
        self, when: When, wanted: Wanted = every, asked: Wanted = every, least: Level = Level.INFO
    ) -> Answered:
        """Return what the ``wanted`` rules of a kind find from a level on, after what the plan says of it.

        Errors are always found; those of an unsound plan are all that ``warn`` finds. Rules on other
        findings count those of every rule that may be ``asked``.
        """
        facts = self._facts
        if facts is None or (when is When.WARN and self.errors):
            return Answered(self.loaded.faults if when is When.CHECK else self.errors, [])
        rules = [one for one in RULES.values() if one.when is when]
        others = any(wanted(one) for one in RULES.values() if one.when is When.AFTER)
        rules = [one for one in rules if one.level is Level.ERROR or (asked(one) and (others or wanted(one)))]
        found = self._static(rules) if when is When.CHECK else run(rules, replace(self._dated, least=least))
        left = without(found, self.source, rules)
        open_, quiet = answered(left, facts.plan, self.as_of, facts.schedule.workdays)
        kept = [one for one in open_ if one.level >= least and _kept(RULES[one.code], facts.plan, wanted)]
        return Answered(kept, quiet)

    def _static(self, rules: Iterable[Rule]) -> list[Finding]:
        """Return faults of the files and findings of ``rules``.

        Of an entry that could be read in part only, just the errors count.
        """
        partly = {one.path[:2] for one in self.loaded.faults}
        if partly:  # a relative day may have lost what it counts from
            partly |= {path[:2] for path in self.loaded.relative}
        found = run(rules, self._facts) if self._facts else []
        return self.loaded.faults + [
            one for one in found if one.level is Level.ERROR or one.path[:2] not in partly
        ]

    @cached_property
    def _dated(self) -> Facts:
        return Facts(self.plan, self.schedule, self.loaded.ids, self.assessment, self.changes)

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """What changed since each approval that no longer holds, where git tells."""
        if not any(one.digest for one in self.plan.approvals.values()):
            return {}
        from mktexec.store.approved import changes

        return changes(self.path, self.plan, self.as_of)

    @cached_property
    def errors(self) -> list[Finding]:
        """The findings that make the plan unsound."""
        if self.loaded.faults:
            found = self.judged(When.CHECK, lambda _rule: False).open
            return [one for one in found if one.level is Level.ERROR]
        rules = [rule for rule in RULES.values() if rule.when is When.CHECK and rule.level is Level.ERROR]
        return run(rules, self._facts) if self._facts else []

    @property
    def schedule(self) -> Schedule:
        """The schedule of a sound plan."""
        _ = self.plan
        if self._facts is None:
            raise UnsoundPlanError(self)
        return self._facts.schedule

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment of a sound plan."""
        return assess(self.plan, self.schedule)


def open_session(chosen: Path | None = None, as_of: str | None = None, lang: str | None = None) -> Session:
    """Find and read the plan; raises UnreadableError where there is nothing to read."""
    day = today(as_of)
    path = find_plan(chosen)
    loaded = load(path)
    language = ui_language(lang or _written_language(loaded))
    return Session(path, loaded, day, language)


def _written_language(loaded: Loaded) -> str | None:
    """Return the language that the plan asks for, also if the rest of it cannot be read."""
    if loaded.plan and loaded.plan.campaign.language in LANGS:
        return loaded.plan.campaign.language
    found = (LANGUAGE.search(document.text) for document in loaded.source.documents)
    return next((one[1] for one in found if one), None)
