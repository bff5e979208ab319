"""The same project as a plan of ours and as one of TaskJuggler's: durations and dependencies on weekdays."""

import random
import sys
from collections.abc import Iterator

SEED, LONGEST, REACH, MOST_BEFORE = 7, 9, 40, 3
HEAD = """\
mktexec: 1
campaign:
  title: Spring
  calendar: weekdays
  period: {start: 2024-01-01, end: 2024-12-31}
tasks:
"""
PROJECT = """\
project spring "Spring" 2024-01-01 +60y {
  timezone "UTC"
  timingresolution 60 min
  workinghours mon - fri 9:00 - 17:00
  workinghours sat, sun off
}
"""
REPORT = """\
taskreport "tasks" {
  formats csv
  timeformat "%Y-%m-%d"
  columns id, start, end
}
"""

Job = tuple[int, int, list[int]]


def network(tasks: int) -> Iterator[Job]:
    """Yield number, working days and predecessors of every task."""
    dice = random.Random(SEED)  # noqa: S311  # the same project every time
    for number in range(tasks):
        near = range(max(0, number - REACH), number)
        count = min(len(near), dice.randint(0, MOST_BEFORE))
        yield number, dice.randint(1, LONGEST), sorted(dice.sample(near, count))


def ours(tasks: int) -> Iterator[str]:
    """Yield the lines of the plan."""
    yield HEAD
    for number, days, before in network(tasks):
        after = f", after: [{', '.join(f'T{one}' for one in before)}]" if before else ""
        yield f"  T{number}: {{title: task {number}, duration: {days}d{after}}}\n"


def theirs(tasks: int) -> Iterator[str]:
    """Yield the lines of TaskJuggler's project."""
    yield PROJECT
    for number, days, before in network(tasks):
        depends = (
            f" depends {', '.join(f'!T{one}' for one in before)}" if before else " start 2024-01-01-09:00"
        )
        yield f'task T{number} "task {number}" {{ length {days}d{depends} }}\n'
    yield REPORT


if __name__ == "__main__":
    sys.stdout.writelines({"ours": ours, "theirs": theirs}[sys.argv[1]](int(sys.argv[2])))
