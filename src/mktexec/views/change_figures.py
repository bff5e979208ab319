"""What a change of a plan did to its indicators and its money."""

from collections.abc import Iterator
from decimal import Decimal

from mktexec.assess import KpiState
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.views.effect import Effect, Names, State, Tone, about, joined, said
from mktexec.views.kpi import computed, quantity

ZERO = Decimal(0)


def kpi_effects(before: State, after: State, names: Names) -> Iterator[Effect]:
    """Yield what became of each indicator: achievement, pace, projection."""
    for key, new in after.assessment.kpis.items():
        was = names.get(key)
        old = before.assessment.kpis[was] if was else None
        if new == old:
            continue
        parts = [
            *_reached(old, new, after, key),
            *_pace(old, new, before, after),
            *_projected(old, new, after, key),
        ]
        if parts:
            yield Effect(_tone(old, new, before, after), about(key, parts), 1 - (new.pace or 0))


def _reached(old: KpiState | None, new: KpiState, after: State, key: str) -> Iterator[T]:
    """Yield how much of the target is reached, or the value where no share of it can be said."""
    kpi = after.plan.kpis[key]
    now, was = percent(new.achievement), percent(old.achievement if old else None)
    if new.achievement is None:
        if new.actual is not None and (old is None or new.actual != old.actual):
            yield said(T("now {value}", "目前 {value}"), value=quantity(new.actual, kpi))
    elif now != was:
        text = T("{now} of target (was {was})", "达成率 {now}（此前 {was}）")
        if old is None or old.achievement is None:
            text = T("{now} of target", "达成率 {now}")
        yield said(text, now=now, was=was)


def _pace(old: KpiState | None, new: KpiState, before: State, after: State) -> Iterator[T]:
    """Yield whether it is behind its pace, or was; where all is wanted already the achievement says it."""
    behind, was = _behind(new, after), old is not None and _behind(old, before)
    if new.pace == new.achievement or old is None or (behind == was and old.achievement == new.achievement):
        return
    if behind:
        yield T("behind its pace", "落后于应有进度")
    elif was:
        yield T("no longer behind its pace", "已追上应有进度")


def _behind(one: KpiState, state: State) -> bool:
    return one.pace is not None and one.pace < 1 - float(state.plan.thresholds.kpi_behind)


def _tone(old: KpiState | None, new: KpiState, before: State, after: State) -> Tone:
    reached, was = new.achievement, old.achievement if old else None
    behind = _behind(new, after)
    if behind and not (old and _behind(old, before)):
        return Tone.WORSE
    if reached is None or was is None or reached == was:
        return Tone.CHANGED
    if reached < was:
        return Tone.WORSE
    return Tone.CHANGED if behind else Tone.BETTER


def _projected(old: KpiState | None, new: KpiState, after: State, key: str) -> Iterator[T]:
    kpi = after.plan.kpis[key]
    now, was = computed(new.projected, kpi), computed(old.projected if old else None, kpi)
    if now != was and new.projected not in (None, new.actual):
        yield said(T("projected {value}", "预计期末 {value}"), value=now)


def budget_effects(before: State, after: State, names: Names) -> Iterator[Effect]:
    """Yield what is spent, left or overrun of each line, of the reserve and of the whole."""
    old, new = before.assessment.budget, after.assessment.budget
    if new is None:
        return
    for key, line in new.lines.items():
        was = names.get(key)
        known = old.lines[was] if old and was else None
        if (known.spent, known.planned) != (line.spent, line.planned) if known else line.spent:
            text = T("spent {spent} of {planned}", "已支出 {spent}，预算 {planned}")
            yield _money(about(key, [text]), line.planned, line.spent, known.remaining if known else None)
    if old and (old.spent, old.total) == (new.spent, new.total):
        return
    if new.drawn != (old.drawn if old else ZERO):
        text = T("reserve: {spent} of {planned} drawn", "备用金：共 {planned}，已动用 {spent}")
        reserve = old.reserve - old.drawn if old and old.reserve is not None else None
        yield _money(text, new.reserve or ZERO, new.drawn, reserve)
    if new.spent or old:
        text = T("budget: {spent} of {planned} spent", "预算：总额 {planned}，已支出 {spent}")
        yield _money(text, new.total, new.spent, old.remaining if old else None)


def _money(text: T, planned: Decimal, spent: Decimal, had: Decimal | None) -> Effect:
    """Return what is left of ``planned``, or spent beyond it; ``had`` was left before."""
    left = planned - spent
    over = (
        T("{left} over ({share})", "超支 {left}（{share}）") if planned else T("{left} over", "超支 {left}")
    )
    rest = over if left < 0 else T("{left} left", "剩余 {left}")
    share = percent(-left / planned, 1) if planned else ""
    tone = Tone.WORSE if left < 0 and (had is None or left < had) else Tone.CHANGED
    return Effect(tone, said(joined([text, rest]), planned=planned, spent=spent, left=abs(left), share=share))
