"""Rules on structure: references, loops, parts not yet computed."""

from collections.abc import Iterator
from functools import cache

from mktexec.dates import RelativeDay
from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.uses import Use, uses
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.schedule import shortest_loops
from mktexec.source import Path
from mktexec.suggest import did_you_mean

MOST_HINTS = 50  # the nearest of many ids takes long to find
SINGULAR = {
    "people": T("person", "人员"),
    "goals": T("goal", "目标"),
    "initiatives": T("initiative", "举措"),
    "tasks": T("task", "任务"),
    "suppliers": T("supplier", "供应商"),
    "resources": T("resource", "资源"),
}


@rule(
    "unknown-reference",
    Level.ERROR,
    message=T("there is no {kind} {ref}", "没有编号为 {ref} 的{kind}"),
    hint=T("add it, or name one that exists", "请补充该项，或改为已有的编号"),
    why=T("A reference to nothing hides who does what.", "指向空处的引用会掩盖责任与关系。"),
    source="2",
)
def unknown_reference(facts: Facts) -> Iterator[Hit]:
    """Every id that is named must exist."""
    for count, use in enumerate(_missing(facts)):
        sections = use.naming.sections
        hint = _meant(facts, sections, use.id) if count < MOST_HINTS else None
        yield Hit(use.path, {"kind": SINGULAR[sections[0]], "ref": use.id}, hint=hint)


def _missing(facts: Facts) -> list[Use]:
    """Return every reference to nothing, however deep."""

    @cache
    def known(sections: tuple[str, ...]) -> frozenset[str]:
        return frozenset().union(*(facts.ids.get(one, ()) for one in sections))

    return uses(facts.plan, lambda naming, ref: naming.must and ref not in known(naming.sections))


def _meant(facts: Facts, sections: tuple[str, ...], ref: str) -> T | None:
    known = [one for section in sections for one in facts.ids.get(section, ())]
    names = {member.name: key for key, member in facts.plan.people.items() if member.name}
    hint = did_you_mean(ref, known)
    if sections == ("people",) and ref in names:
        hint = did_you_mean(names[ref], known)
    return hint


@rule(
    "unknown-anchor",
    Level.ERROR,
    message=T("there is no day, milestone or phase {ref}", "没有名为 {ref} 的日期、里程碑或阶段"),
    hint=T(
        "write a day as 2024-07-15, or name it under campaign.milestones",
        "日期请写成 2024-07-15，或在 campaign.milestones 中定义该名称",
    ),
    why=T("A relative date needs something to count from.", "相对日期需要有起算点。"),
    source="2.1",
)
def unknown_anchor(facts: Facts) -> Iterator[Hit]:
    """A relative date counts from a named day, a phase or a milestone task."""
    campaign = facts.plan.campaign
    known = {*campaign.milestones, *campaign.phases}
    known |= {key for key, task in facts.plan.tasks.items() if task.milestone}
    unknown = ((path, when.anchor) for path, when in _relative_days(facts) if when.anchor not in known)
    for count, (path, anchor) in enumerate(unknown):
        yield Hit(path, {"ref": anchor}, hint=did_you_mean(anchor, known) if count < MOST_HINTS else None)


def _relative_days(facts: Facts) -> Iterator[tuple[Path, RelativeDay]]:
    plan = facts.plan
    dated = [
        ("tasks", key, name, getattr(one, name))
        for key, one in plan.tasks.items()
        for name in ("start", "end")
    ]
    dated += [("goals", key, "due", goal.due) for key, goal in plan.goals.items()]
    dated += [("kpis", key, "due", kpi.due) for key, kpi in plan.kpis.items()]
    for section, key, name, value in dated:
        if isinstance(value, RelativeDay):
            yield (section, key, name), value


@rule(
    "dependency-cycle",
    Level.ERROR,
    message=T("these tasks wait for each other: {loop}", "任务互相等待：{loop}"),
    hint=T("remove one of these dependencies", "请去掉其中一个前置关系"),
    why=T("Work that waits for itself never begins.", "等待自己的工作永远无法开始。"),
    source="2.4",
)
def dependency_cycle(facts: Facts) -> Iterator[Hit]:
    """Dependencies must not lead back to where they began."""
    if facts.schedule.graph.loops:
        for loop in shortest_loops(facts.schedule.graph):
            chain = " → ".join([*loop, loop[0]])
            yield Hit(
                ("tasks", loop[0], "after"), {"loop": chain}, related=tuple(("tasks", one) for one in loop)
            )


@rule(
    "goal-cycle",
    Level.ERROR,
    message=T("these goals are each other's parent: {loop}", "目标互为上级：{loop}"),
    hint=T("let the highest goal have no parent", "最上层目标不应有 parent"),
    why=T("A breakdown needs a top.", "目标拆解需要有顶层。"),
    source="2.3",
)
def goal_cycle(facts: Facts) -> Iterator[Hit]:
    """Goals break down from the top."""
    goals, done = facts.plan.goals, set[str]()
    for first in sorted(goals):
        chain: list[str] = []
        here: str | None = first
        while here in goals and here not in done and here not in chain:
            chain.append(here)
            here = goals[here].parent
        if here in chain:
            loop = chain[chain.index(here) :]
            yield Hit(("goals", loop[0], "parent"), {"loop": " → ".join([*loop, loop[0]])})
        done.update(chain)


@rule(
    "not-computed",
    Level.REMIND,
    message=T(
        "{what} is kept but not computed yet: the dates ignore it", "{what} 会保留，但目前尚未参与计算"
    ),
    hint=T("type the dates that follow from it as well", "请同时写明由此得出的日期"),
    why=T("A figure that is ignored must not look as if it counted.", "未参与计算的内容不应看起来像已生效。"),
)
def not_computed(facts: Facts) -> Iterator[Hit]:
    """Parts of the format that this version reads and keeps only."""
    for path, when in _relative_days(facts):
        yield Hit(path, {"what": str(when)})
    for key, task in facts.plan.tasks.items():
        for index, link in enumerate(task.after):
            if not link.plain:
                text = f"{link.kind} {link.lag.days:+}{link.lag.unit}"
                yield Hit(("tasks", key, "after", str(index)), {"what": f"{link.task} {text}"})
        for name in ("not_before", "finish_by", "repeats"):
            if getattr(task, name):
                yield Hit(("tasks", key, name), {"what": name})
    for key, member in facts.plan.people.items():
        if member.days_off:
            yield Hit(("people", key, "days_off"), {"what": "days_off"})
