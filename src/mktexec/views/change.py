"""What a change of a plan did: to health and dates, indicators, money, and to what must be acted on."""

from collections.abc import Iterator, Mapping
from typing import Any

from mktexec.findings import Finding
from mktexec.i18n import LANGS
from mktexec.i18n import Text as T
from mktexec.model import SECTIONS, Plan
from mktexec.rules import RULES, When
from mktexec.views.change_figures import budget_effects, kpi_effects
from mktexec.views.change_tasks import campaign_effects, task_effects
from mktexec.views.effect import Effect, Names, State, Tone, said
from mktexec.views.findings import finding_rows

MOST_ANSWERED = 4
LINES = "lines"
HINTS = {"kpi-behind-no-cause": T("say why: repeat it with --cause", "请加上 --cause 说明原因后重录")}
Subject = tuple[str, str, str]
"""What stays the same of a finding: its code, the section and the id of its entry."""


def effects(before: State, after: State) -> list[Effect]:
    """Return what a change did, the worst first; nothing where nobody need know."""
    names = _names(before.plan, after.plan)
    tasks = sorted(task_effects(before, after, names["tasks"]), key=lambda one: -one.weight)
    kpis = sorted(kpi_effects(before, after, names["kpis"]), key=lambda one: -one.weight)
    money = budget_effects(before, after, names[LINES])
    found = [*campaign_effects(before, after), *tasks, *kpis, *money, *_findings(before, after, names)]
    return sorted(found, key=lambda one: one.tone)


def _names(before: Plan, after: Plan) -> dict[str, Names]:
    """Return for each section the ids that its entries had before."""
    names = {}
    for section in SECTIONS:
        old, new = getattr(before, section), getattr(after, section)
        if isinstance(old, dict) and isinstance(new, dict):
            names[section] = _entries(old, new)
    old, new = ((one.budget.lines if one.budget else {}) for one in (before, after))
    return names | {LINES: _entries(old, new)}


def _entries(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Names:
    """Return the keys of entries before, by those of now; an equal entry under a new key was renamed."""
    gone = {key: one for key, one in before.items() if key not in after}
    names = {}
    for key, one in after.items():
        old = key if key in before else next((was for was, other in gone.items() if other == one), None)
        if old is not None:
            names[key] = old
            gone.pop(old, None)
    return names


def _findings(before: State, after: State, names: Mapping[str, Names]) -> Iterator[Effect]:
    """Yield the findings of ``warn`` that came or grew worse, and those that went."""
    old = {_subject(one, {}): one for one in _told(before)}
    new = {_subject(one, names): one for one in _told(after)}
    for key, one in new.items():
        if key not in old or one.level > old[key].level:
            hint = HINTS.get(one.code) or T(*(finding_rows([one], None, lang)[0].hint for lang in LANGS))
            text = T("new: {what} → {hint}", "新问题：{what} → {hint}")
            yield Effect(Tone.WORSE, said(text, what=_what(one), hint=hint))
    gone = sorted((one for key, one in old.items() if key not in new), key=lambda one: -one.level)
    if gone:
        text = T("answered: {what}", "不再预警：{what}")
        if len(gone) > MOST_ANSWERED:
            text = T("answered: {what} and {count} more", "不再预警：{what}，另有 {count} 项")
        rest = len(gone) - MOST_ANSWERED
        yield Effect(Tone.BETTER, said(text, what=[_what(one) for one in gone[:MOST_ANSWERED]], count=rest))


def _told(state: State) -> Iterator[Finding]:
    """Yield the findings that a change may raise or answer by itself."""
    for one in state.warned:
        if RULES[one.code].when is not When.AFTER:
            yield one


def _subject(finding: Finding, names: Mapping[str, Names]) -> Subject:
    """Return what a finding is about, by the id that it had before."""
    section, subject = finding.path[0] if finding.path else "", finding.subject or ""
    known = names.get(LINES if finding.path[1:2] == (LINES,) else section, {})
    return finding.code, section, known.get(subject, subject)


def _what(finding: Finding) -> str:
    return " ".join(filter(None, (finding.code, finding.subject)))
