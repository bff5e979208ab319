"""Rules on goals and on who answers for things (domain.md part 3, A, B, D)."""

from collections.abc import Iterator
from datetime import date

from mktexec.assess import KpiState
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.i18n import percent
from mktexec.model import Plan
from mktexec.model.kpis import Kpi
from mktexec.rules.pace import read, short_since
from mktexec.rules.people import responsible
from mktexec.rules.registry import Facts, Hit, When, rule
from mktexec.rules.tasks import live
from mktexec.rules.wording import has_figure, is_function, is_group, is_named, is_wish


def _unmeasured(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield id and title of goals without a figure: in title, indicators, target or a KPI."""
    measured = {kpi.goal for kpi in facts.plan.kpis.values()}
    for key, goal in facts.plan.goals.items():
        figure = goal.target is not None or any(has_figure(text) for text in (goal.title, *goal.indicators))
        if not figure and key not in measured:
            yield key, goal.title


@rule(
    "goal-not-measurable",
    Level.WARN,
    message=T("the goal '{title}' has no figure", "目标「{title}」没有量化值"),
    hint=T(
        "say how much by when, or give it a KPI with a target",
        "写明到何时达到多少，或为它设一个有目标值的指标",
    ),
    why=T("Whether it was reached could be argued for ever.", "没有数字，是否达成永远说不清。"),
    source="3: goal not measurable (A, B, D)",
)
def goal_not_measurable(facts: Facts) -> Iterator[Hit]:
    """A goal has a figure."""
    for key, title in _unmeasured(facts):
        if not is_wish(title):
            yield Hit(("goals", key), {"title": title})


@rule(
    "goal-vague",
    Level.WARN,
    message=T("the goal '{title}' is vague", "目标「{title}」含糊"),
    hint=T("say from how much to how much, and how it is measured", "写明从多少到多少、如何衡量"),
    why=T(
        "'Raise brand awareness' can be neither planned nor missed.",
        "「提升品牌知名度」既无法计划，也无从判断未达成。",
    ),
    source="3: goal vague (A, B, D)",
)
def goal_vague(facts: Facts) -> Iterator[Hit]:
    """A goal that only says 'raise' or 'improve', without a figure, says nothing."""
    for key, title in _unmeasured(facts):
        if is_wish(title):
            yield Hit(("goals", key), {"title": title})


@rule(
    "goal-no-deadline",
    Level.WARN,
    message=T("the goal '{title}' has no deadline", "目标「{title}」没有完成时限"),
    hint=T("add 'due: YYYY-MM-DD'", "请补上 'due: 年-月-日'"),
    why=T("A goal without a day is never late.", "没有期限的目标永远不会逾期。"),
    source="3: goal without a deadline (A, B, D)",
)
def goal_no_deadline(facts: Facts) -> Iterator[Hit]:
    """A goal has a deadline."""
    for key, goal in facts.plan.goals.items():
        if goal.due is None:
            yield Hit(("goals", key), {"title": goal.title})


@rule(
    "goal-no-work",
    Level.WARN,
    message=T("no task serves the goal '{title}'", "没有任务支撑目标「{title}」"),
    hint=T("give it an initiative with tasks, or drop it", "为它安排举措和任务，或去掉该目标"),
    why=T("A goal that nobody works on will be missed.", "没有人做的目标必然落空。"),
    source="2.4",
)
def goal_no_work(facts: Facts) -> Iterator[Hit]:
    """Work leads to every goal, through an initiative of its own, of a part, or of the whole."""
    plan = facts.plan
    busy = {task.initiative for task in plan.tasks.values() if task.cancelled is None}
    direct = {one.goal for key, one in plan.initiatives.items() if key in busy}
    direct |= {kpi.goal for kpi in plan.kpis.values() if kpi.task in plan.tasks}
    above = {key: _line_of(plan, key) for key in plan.goals}
    served = {higher for key in direct if key for higher in above.get(key, ())}
    for key, goal in plan.goals.items():
        if key not in served and direct.isdisjoint(above[key]):
            yield Hit(("goals", key), {"title": goal.title})


def _line_of(plan: Plan, key: str) -> list[str]:
    """Return the goal and all that it is a part of."""
    line: dict[str, None] = {}
    here: str | None = key
    while here in plan.goals and here not in line:
        line[here] = None
        here = plan.goals[here].parent
    return list(line)


@rule(
    "goal-no-kpi",
    Level.REMIND,
    message=T("no KPI measures the goal '{title}'", "没有指标衡量目标「{title}」"),
    hint=T(
        "add a KPI with 'goal: {goal}', a target and a source",
        "请添加指标，写明 'goal: {goal}'、目标值和数据来源",
    ),
    why=T(
        "Without readings along the way, whether it is reached is known only at the end.",
        "过程中没有读数，到期末才知道是否达成。",
    ),
    source="2.9: KPIs measure the goals (A, B, D)",
)
def goal_no_kpi(facts: Facts) -> Iterator[Hit]:
    """A goal is measured: itself, as a part of one that is, or by one of its parts."""
    plan = facts.plan
    measured = {goal for kpi in plan.kpis.values() for goal in (kpi.goal, _goal_of(plan, kpi.task))}
    above = {key: _line_of(plan, key) for key in plan.goals}
    reached = {higher for key in measured if key for higher in above.get(key, ())}
    bare = {key for key in plan.goals if key not in reached and measured.isdisjoint(above[key])}
    vague = {key for key, _ in _unmeasured(facts)}  # has worse to be mended first
    for key in plan.goals:
        goal = plan.goals[key]
        if key in bare and key not in vague and goal.parent not in bare:
            yield Hit(("goals", key), {"title": goal.title, "goal": key})


def _goal_of(plan: Plan, task_id: str | None) -> str | None:
    """Return the goal that a task serves through its initiative."""
    task = plan.tasks.get(task_id or "")
    initiative = plan.initiatives.get(task.initiative or "") if task else None
    return initiative.goal if initiative else None


@rule(
    "goal-missed",
    Level.WARN,
    when=When.WARN,
    message=T(
        "{title}: all its work is done, yet '{kpi}' stands at {share} of what is wanted",
        "{title}：任务均已完成，但「{kpi}」仅为应有值的 {share}",
    ),
    hint=T(
        "the work did not have its effect: decide with {owner} what else is done, or change the goal",
        "任务做完但未见效果：请与 {owner} 决定补充哪些举措，或调整目标",
    ),
    why=T(
        "Nothing that is still planned will close the gap.",
        "计划中已没有任何工作能弥补差距。",
    ),
    source="2.3: goals, their work and their indicators (B, D)",
)
def goal_missed(facts: Facts) -> Iterator[Hit]:
    """A goal whose work is done while a KPI of its own is missed, or behind with its due day near."""
    plan, short = facts.plan, _short(facts)
    ended = _work_ended(facts, set(short)) if short else {}
    for key, (kpi_id, kpi, state, since) in short.items():
        if key not in ended:
            continue
        goal = plan.goals[key]
        params = {
            "title": goal.title,
            "kpi": kpi.title,
            "share": percent(state.pace),
            "owner": plan.person(responsible(plan, ("goals", key))),
        }
        to = (kpi.owner,) if kpi.owner else ()
        both = max(since, ended[key])
        yield Hit(("goals", key), params, related=(("kpis", kpi_id),), since=both, to=to)


def _short(facts: Facts) -> dict[str, tuple[str, Kpi, KpiState, date]]:
    """Return, of each goal that has one, the indicator that falls short, the one that is worst off."""
    found: dict[str, tuple[str, Kpi, KpiState, date]] = {}
    for key, kpi, state in read(facts):
        if kpi.goal not in facts.plan.goals or state.pace is None:
            continue
        since = short_since(kpi, state, facts)
        if since and (kpi.goal not in found or state.pace < (found[kpi.goal][2].pace or 0)):
            found[kpi.goal] = key, kpi, state, since
    return found


def _work_ended(facts: Facts, goals: set[str]) -> dict[str, date]:
    """Return, of those of the goals whose work is all done or called off, the day on which it was.

    The work of a goal's parts is its own; without any that was done there is none to speak of.
    """
    plan, done, open_goals, last = facts.plan, set(), set(), dict.fromkeys(goals, date.min)
    above = {key: goals.intersection(_line_of(plan, key)) for key in plan.goals}
    for key, task in plan.tasks.items():
        record = facts.schedule.records[key]
        for goal in above.get(_goal_of(plan, key) or "", ()):
            if record.cancelled:
                last[goal] = max(last[goal], task.cancelled or date.min)
            elif record.done:
                done.add(goal)
                last[goal] = max(last[goal], record.end or date.min)
            else:
                open_goals.add(goal)
    return {key: last[key] for key in done - open_goals}


def _owned(facts: Facts) -> Iterator[tuple[str, str, str, str | None]]:
    for key, goal in facts.plan.goals.items():
        yield "goals", key, goal.title, goal.owner
    for key, initiative in facts.plan.initiatives.items():
        yield "initiatives", key, initiative.title, initiative.owner
    for key, task in live(facts):
        yield "tasks", key, task.title, task.owner


@rule(
    "owner-missing",
    Level.WARN,
    message=T("nobody answers for '{title}'", "「{title}」没有负责人"),
    hint=T("add 'owner:' with the id of one person", "请补上 'owner:'，填一个人的编号"),
    why=T("What belongs to everybody is done by nobody.", "人人负责等于无人负责。"),
    source="3: owner missing (D)",
)
def owner_missing(facts: Facts) -> Iterator[Hit]:
    """Goals, initiatives and tasks have an owner."""
    for section, key, title, owner in _owned(facts):
        if owner is None:
            yield Hit((section, key), {"title": title})


@rule(
    "owner-group",
    Level.WARN,
    message=T("{name} is not one person", "「{name}」不是一个人"),
    hint=T(
        "name the one person who answers; the others are collaborators", "只写一位负责人，其他人列为协作方"
    ),
    why=T("A group cannot be asked where things stand.", "无法向一个集体追问进展。"),
    source="3: owner is a group; more than one main owner (D)",
)
def owner_group(facts: Facts) -> Iterator[Hit]:
    """An owner is one person, not a department or a list of names."""
    used = {owner for *_, owner in _owned(facts)} | {facts.plan.campaign.owner}
    for key, member in facts.plan.people.items():
        named = is_named(member.name)
        name = (member.name or "") if named else key.replace("_", " ")
        if key in used and (is_group(name) or (named and is_function(name))):
            yield Hit(("people", key, "name"), {"name": name})


@rule(
    "person-unnamed",
    Level.REMIND,
    message=T("{role} has no name yet", "{role} 尚未填写姓名"),
    hint=T("fill in who it is", "请填写具体人员"),
    why=T("Warnings need somebody to go to.", "预警需要有人接收。"),
    source="3: owner missing (D)",
)
def person_unnamed(facts: Facts) -> Iterator[Hit]:
    """Everybody in the roster has a name."""
    for key, member in facts.plan.people.items():
        if not is_named(member.name):
            yield Hit(("people", key), {"role": member.role or key})
