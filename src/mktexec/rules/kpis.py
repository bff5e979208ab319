"""Rules on indicators (domain.md part 3, B, D)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from mktexec.assess.kpis import RATES, KpiState, kpi_history
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model.kpis import Kpi
from mktexec.rules.delays import kept_waiting
from mktexec.rules.pace import (
    HUNDRED,
    Holds,
    ahead,
    behind,
    limit,
    missed,
    misses_ahead,
    points,
    read,
    reviewed,
    run_of,
    verdict,
)
from mktexec.rules.people import responsible
from mktexec.rules.registry import Facts, Hit, When, rule

DAY = timedelta(days=1)


def _figure(value: Decimal | None) -> Decimal | None:
    """Return a value with no more digits than a reader needs."""
    return None if value is None else round(value, 0 if abs(value) >= HUNDRED else 2)


def _unit(kpi: Kpi) -> str:
    unit = kpi.unit or ""
    return unit if not unit or unit in RATES else f" {unit}"


def _hit(key: str, kpi: Kpi, facts: Facts, holds: Holds, gap: float | None) -> Hit:
    """Return a hit at the last reading, since the first of the last ones for which ``holds``.

    ``gap`` is the share by which it is off beyond what is allowed, None where that has no meaning.
    """
    plan = facts.plan
    history = kpi_history(kpi, plan, facts.day.as_of)
    state, goal = history[-1], plan.goals.get(kpi.goal or "")
    last = state.last or facts.day.as_of
    params = {
        "title": kpi.title,
        "actual": _figure(state.actual),
        "expected": _figure(state.expected),
        "projected": _figure(state.projected),
        "target": kpi.target,
        "unit": _unit(kpi),
        "share": percent(state.pace),
        "day": last,
        "due": state.due,
        "owner": plan.person(responsible(plan, ("kpis", key))),
    }
    return Hit(
        ("kpis", key, "readings", last.isoformat()),
        params,
        since=run_of(history, holds),
        latest=state.last,
        points=None if gap is None else points(gap),
        to=(goal.owner,) if goal and goal.owner else (),
    )


@rule(
    "kpi-no-source",
    Level.WARN,
    message=T("'{title}' does not say where its figures come from", "「{title}」没有写明数据来源"),
    hint=T(
        "add 'source:', the system or report the figure is taken from",
        "请补上 'source:'，写明取数的系统或报表",
    ),
    why=T("A figure without a source is a guess.", "没有来源的数字就是猜测。"),
    source="3: KPI without a data source (D)",
)
def kpi_no_source(facts: Facts) -> Iterator[Hit]:
    """Every indicator names its data source; what is computed comes from the plan."""
    for key, kpi in facts.plan.kpis.items():
        if not (kpi.source or kpi.computed):
            yield Hit(("kpis", key), {"title": kpi.title})


@rule(
    "kpi-stale",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: no reading since {since}, wanted {cadence}",
        "{title}：自 {since} 起没有新数据，应{cadence}更新",
    ),
    hint=T("ask {owner} for the figure from {source}", "请 {owner} 从 {source} 取数更新"),
    why=T("Decisions on old figures come too late.", "用旧数据做决定，总会晚一步。"),
    source="3: KPI data older than its cadence (B)",
)
def kpi_stale(facts: Facts) -> Iterator[Hit]:
    """An indicator whose last reading is older than its cadence."""
    as_of, plan = facts.day.as_of, facts.plan
    for key, kpi, state in read(facts):
        if state.last and state.last >= state.due:
            continue
        cadence = kpi.cadence or plan.thresholds.kpi_cadence
        last = state.last or state.start
        due = last + timedelta(days=cadence.days)
        due = facts.schedule.workdays.on_or_after(due)  # nobody reads figures on days off
        waits = kpi.task in facts.schedule.dates and kept_waiting(facts, kpi.task)
        if as_of > due and not waits:
            params = {
                "title": kpi.title,
                "since": last,
                "cadence": cadence.label,
                "owner": plan.person(responsible(plan, ("kpis", key))),
                "source": kpi.source or T("its source", "数据来源"),
            }
            yield Hit(("kpis", key, "readings"), params, days=(as_of - due).days, since=due + DAY)


@rule(
    "kpi-behind-no-cause",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: no cause given on {day} for {share} of what was wanted",
        "{title}：{day} 为应有值的 {share}，未填原因",
    ),
    hint=T(
        "find the cause and write it as 'cause:' beside the reading", "请分析原因，写在该读数的 'cause:' 里"
    ),
    why=T(
        "Target, actual, variance, cause: without the last step nobody learns.",
        "目标—实际—差异—原因：缺了最后一步，就学不到东西。",
    ),
    source="2.9: analysis in four steps (D)",
)
def kpi_behind_no_cause(facts: Facts) -> Iterator[Hit]:
    """An indicator behind its pace must say why."""
    is_behind = behind(facts)

    def unexplained(state: KpiState) -> bool:
        return is_behind(state) and not state.cause

    for key, kpi, state in read(facts):
        if unexplained(state) and not reviewed(facts, state.due):
            yield _hit(key, kpi, facts, unexplained, limit(facts) - (state.pace or 0))


@rule(
    "kpi-behind",
    Level.REMIND,
    when=When.WARN,
    message=T(
        "{title}: {actual}{unit} on {day}, {expected}{unit} wanted by then",
        "{title}：{day} 为 {actual}{unit}，应为 {expected}{unit}",
    ),
    hint=T(
        "agree with {owner} how it catches up, and plan that as a task",
        "请与 {owner} 商定追赶措施，并列入任务",
    ),
    why=T(
        "A gap is closed cheaply early and not at all at the end.",
        "差距发现得早，追赶成本低；到期末就追不回来了。",
    ),
    source="2.9: target, actual, variance (B, D)",
)
def kpi_behind(facts: Facts) -> Iterator[Hit]:
    """An indicator behind its pace, of which nothing worse can be said."""
    for key, kpi, state in read(facts):
        if verdict(kpi, state, facts) == "kpi-behind":
            yield _hit(key, kpi, facts, behind(facts), limit(facts) - (state.pace or 0))


@rule(
    "kpi-projected-miss",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: {actual}{unit} on {day} leads to {projected}{unit} by {due}, target {target}{unit}",
        "{title}：{day} 为 {actual}{unit}，按此进度到 {due} 约 {projected}{unit}，目标 {target}{unit}",
    ),
    hint=T(
        "decide with {owner} while there is time: more means, another way, or another target",
        "请趁早与 {owner} 决定：追加投入、调整打法或修订目标",
    ),
    why=T(
        "Going on as before misses the target; only a decision changes that.",
        "照现在的做法，目标无法达成；需要有人做出决定。",
    ),
    source="2.9: target, actual, variance (B, D)",
)
def kpi_projected_miss(facts: Facts) -> Iterator[Hit]:
    """A total that its pace so far does not bring to its target."""
    for key, kpi, state in read(facts):
        if verdict(kpi, state, facts) == "kpi-projected-miss":
            gap = limit(facts) - (ahead(kpi, state) or 0)
            yield _hit(key, kpi, facts, misses_ahead(kpi, facts), gap)


@rule(
    "kpi-missed",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: {actual}{unit} when due on {due}, target {target}{unit}: missed",
        "{title}：{due} 到期，实际 {actual}{unit}，目标 {target}{unit}，未达成",
    ),
    hint=T(
        "take it up in the retrospective: what to keep, what to do differently",
        "请纳入复盘：哪些保留，哪些改进",
    ),
    why=T(
        "A target missed in silence is missed again in the next campaign.",
        "目标未达成却不复盘，下次还会落空。",
    ),
    source="2.9: target, actual, variance (B, D)",
)
def kpi_missed(facts: Facts) -> Iterator[Hit]:
    """An indicator whose due day is past and whose last reading misses the target."""
    for key, kpi, state in read(facts):
        if verdict(kpi, state, facts) == "kpi-missed":
            gap = None if state.achievement is None else 1 - state.achievement
            hit = _hit(key, kpi, facts, missed(kpi), gap)
            yield replace(hit, since=max(hit.since or state.due, state.due + DAY))


@rule(
    "process-kpi-behind",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: {done} of {count} due on time, {actual}{unit}; target {target}{unit}",
        "{title}：到期 {count} 项，按时完成 {done} 项，为 {actual}{unit}；目标 {target}{unit}",
    ),
    hint=T(
        "look for what the late tasks have in common, and settle it with those concerned",
        "请找出各项延误的共同原因，与相关部门协调解决",
    ),
    why=T(
        "Work that is late as a rule has a cause that no single reminder mends.",
        "经常性延误背后有共同原因，逐项催办解决不了。",
    ),
    source="2.9: tasks on time, computed (B, D)",
)
def process_kpi_behind(facts: Facts) -> Iterator[Hit]:
    """A share of tasks on time, as the plan itself yields it, below its target."""
    for key, kpi in facts.plan.kpis.items():
        state = facts.day.kpis[key]
        if not kpi.computed or state.actual is None or state.actual >= kpi.target:
            continue
        if reviewed(facts, state.due):
            continue
        due = [bool(one.on_time) for one in facts.day.tasks.values() if one.due]
        wanted = kpi.target / RATES.get(kpi.unit or "", 1)
        params = {"title": kpi.title, "done": sum(due), "count": len(due)}
        params |= {"actual": _figure(state.actual), "target": kpi.target, "unit": _unit(kpi)}
        gap = points(wanted - Decimal(sum(due)) / len(due))
        yield Hit(("kpis", key, "target"), params, points=gap, since=_late_too_often(facts, wanted))


def _late_too_often(facts: Facts, wanted: Decimal) -> date | None:
    """Return since when less than the share ``wanted`` of the tasks due was finished on time."""
    events = []
    for key, state in facts.day.tasks.items():
        end = facts.schedule.dates[key].end
        if state.due and end:  # what is late counts from the day after its end, finished or not
            events.append((end, 1) if state.on_time else (end + DAY, 0))
    count, done, since = 0, 0, None
    for day, several in groupby(sorted(events), key=itemgetter(0)):
        kept = [on_time for _, on_time in several]
        count, done = count + len(kept), done + sum(kept)
        since = (since or day) if done < wanted * count else None
    return since


@rule(
    "kpi-computed-typed",
    Level.REMIND,
    message=T(
        "'{title}' is computed from the plan; its readings are not used",
        "「{title}」由计划自动计算，手填读数不会采用",
    ),
    hint=T("remove the readings, or 'computed:'", "请删除读数，或去掉 'computed:'"),
    why=T("A figure that is computed and typed will disagree one day.", "既计算又手填的数字，迟早会不一致。"),
    source="2.9: tasks on time, computed (D)",
)
def kpi_computed_typed(facts: Facts) -> Iterator[Hit]:
    """What is computed is not typed."""
    for key, kpi in facts.plan.kpis.items():
        if kpi.computed and kpi.readings:
            yield Hit(("kpis", key, "readings"), {"title": kpi.title})
