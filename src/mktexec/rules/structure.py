"""Rules on structure: references, loops, parts not yet computed."""

from collections.abc import Iterator
from functools import cache

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.model.uses import Use, uses
from mktexec.rules.registry import Facts, Hit, rule
from mktexec.schedule import shortest_loops
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
