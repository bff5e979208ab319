"""The dependency graph: order of the tasks and the loops that prevent one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mktexec.dates import Duration, Kind
from mktexec.model.tasks import Task

MAX_VISITS = 1_000_000  # tells a shortest loop of any plan, a short one of a huge tangle


class Link(NamedTuple):
    """A dependency on the task with number ``before``; a negative ``lag`` is a lead."""

    before: int
    kind: Kind
    lag: Duration


@dataclass(frozen=True, slots=True)
class Graph:
    """Tasks as numbers 0…n-1 in the order of their ids, with what they wait for.

    ``links`` are those to predecessors, ``onward`` the same seen from there: who waits, and how.
    ``order`` lists predecessors first; tasks on or behind a loop are not in it.
    """

    ids: Sequence[str]
    number: Mapping[str, int]
    links: Sequence[Sequence[Link]]
    onward: Sequence[Sequence[tuple[int, Link]]]
    before: Sequence[Sequence[int]]
    after: Sequence[Sequence[int]]
    order: Sequence[int]

    @property
    def loops(self) -> bool:
        """True if some tasks wait for each other."""
        return len(self.order) < len(self.ids)


def build(tasks: Mapping[str, Task]) -> Graph:
    """Return the graph of the links between existing tasks.

    Sorted by id, so that the order of the file's keys changes nothing; links by predecessor and
    kind, so that the order in which they are written does not either.
    """
    ids = sorted(tasks)
    number = {task_id: index for index, task_id in enumerate(ids)}
    before: list[list[int]] = []
    after: list[list[int]] = [[] for _ in ids]
    links: list[list[Link]] = []
    onward: list[list[tuple[int, Link]]] = [[] for _ in ids]
    for index, task_id in enumerate(ids):
        after_these = (one for one in tasks[task_id].after if one.task in number)
        own = {Link(number[one.task], one.kind, one.lag) for one in after_these}
        links.append(sorted(own))
        for link in links[index]:
            onward[link.before].append((index, link))
        before.append(sorted({link.before for link in own}))
        for predecessor in before[index]:
            after[predecessor].append(index)
    return Graph(ids, number, links, onward, before, after, _order(before, after))


def _order(before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> list[int]:
    waiting = [len(links) for links in before]
    order = [index for index, count in enumerate(waiting) if count == 0]
    for index in order:  # grows while it is read
        for successor in after[index]:
            waiting[successor] -= 1
            if waiting[successor] == 0:
                order.append(successor)
    return order


def shortest_loops(graph: Graph) -> list[list[str]]:
    """Return one shortest loop of every group of tasks that wait for each other.

    A loop lists the tasks in the order of work, beginning with its smallest id.
    """
    import networkx as nx  # 100 ms to import, needed for broken plans only

    whole = nx.DiGraph((p, index) for index, links in enumerate(graph.before) for p in links)
    loops = []
    for group in nx.strongly_connected_components(whole):
        part = whole.subgraph(group)
        if len(group) > 1 or part.has_edge(*list(group) * 2):
            loops.append([graph.ids[index] for index in _shortest(graph.after, group)])
    return sorted(loops)


def _shortest(after: Sequence[Sequence[int]], group: set[int]) -> list[int]:
    """Return a shortest loop of a group whose tasks all reach each other.

    Every loop but a bare ring passes a task that has several successors in the group.
    """
    forks = [task for task in sorted(group) if sum(one in group for one in after[task]) > 1]
    best: list[int] = []
    visits = 0
    for start in forks or [min(group)]:
        loop, visited = _loop_through(start, after, group, len(best) or len(group) + 1)
        best = loop or best
        visits += visited
        if visits > MAX_VISITS:
            break
    first = best.index(min(best))
    return best[first:] + best[:first]


def _loop_through(
    start: int, after: Sequence[Sequence[int]], group: set[int], limit: int
) -> tuple[list[int], int]:
    """Return a shortest loop through ``start`` of fewer than ``limit`` tasks, and the tasks visited."""
    came = {start: start}
    level = [start]
    for _ in range(1, limit):
        following = []
        for task in level:
            for successor in after[task]:
                if successor == start:
                    return _way_to(task, came), len(came)
                if successor in group and successor not in came:
                    came[successor] = task
                    following.append(successor)
        level = following
    return [], len(came)


def _way_to(task: int, came: Mapping[int, int]) -> list[int]:
    way = [task]
    while came[task] != task:
        task = came[task]
        way.append(task)
    return way[::-1]
