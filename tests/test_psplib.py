"""The schedules of all 480 projects of PSPLIB's set j30 are as long as their files say."""

import json
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from mktexec.schedule import schedule
from mktexec.store.load import load

INSTANCES = Path(__file__).parent / "data" / "psplib"
SETS = range(1, 49)
EACH = range(1, 11)
START = date(2024, 1, 1)
HEAD = """\
mktexec: 1
campaign:
  title: PSPLIB
  calendar: everyday
  period: {start: 2024-01-01, end: 2024-12-31}
tasks:
"""


@dataclass(frozen=True)
class Project:
    """Durations and predecessors by job, and the length without regard to resources."""

    durations: dict[int, int]
    before: dict[int, list[int]]
    mpm_time: int


def rows(text: str, head: str, skip: int) -> list[list[int]]:
    """Return the numbers of the section under the line that starts with ``head``."""
    lines = iter(text.splitlines())
    while not next(lines).startswith(head):
        pass
    for _ in range(skip):
        next(lines)
    found = []
    for line in lines:
        if line.startswith("*"):
            break
        found.append([int(word) for word in line.split()])
    return found


def read(name: str) -> Project:
    text = (INSTANCES / name).read_text(encoding="ascii")
    successors = {row[0]: row[3:] for row in rows(text, "PRECEDENCE RELATIONS", skip=1)}
    before: dict[int, list[int]] = {job: [] for job in successors}
    for job, following in successors.items():
        for one in following:
            before[one].append(job)
    durations = {row[0]: row[2] for row in rows(text, "REQUESTS/DURATIONS", skip=2)}
    (facts,) = rows(text, "PROJECT INFORMATION", skip=1)
    return Project(durations, before, mpm_time=facts[5])


def as_plan(project: Project) -> str:
    tasks = [
        f"  J{job}: {{title: job {job}, duration: {length}d,"
        f" after: [{', '.join(f'J{one}' for one in project.before[job])}]}}"
        for job, length in project.durations.items()
    ]
    return HEAD + "\n".join(tasks) + "\n"


def scheduled(project: Project, folder: Path):
    path = folder / "plan.yaml"
    path.write_text(as_plan(project), encoding="utf-8")
    loaded = load(path)
    assert loaded.faults == []
    return schedule(loaded.plan, START)


def test_an_instance_is_read_as_it_stands_in_the_file():
    project = read("j301_1.sm")
    assert project.mpm_time == 38
    assert len(project.durations) == 32
    assert [project.durations[job] for job in (1, 2, 3, 4, 31, 32)] == [0, 8, 4, 6, 2, 0]
    assert project.before[2] == project.before[3] == project.before[4] == [1]
    assert project.before[17] == [13, 14]


def test_there_are_480_instances():
    names = {f"j30{number}_{one}.sm" for number in SETS for one in EACH}
    assert {path.name for path in INSTANCES.glob("*.sm")} == names
    assert len(names) == 480


@pytest.mark.parametrize("number", SETS)
def test_the_length_is_the_mpm_time(number: int, tmp_path: Path):
    for one in EACH:
        name = f"j30{number}_{one}.sm"
        project = read(name)
        result = scheduled(project, tmp_path)
        assert (result.end - result.start).days + 1 == project.mpm_time, name
        assert result.start == START, name
        assert result.forecast_end == result.end, name  # nothing has happened yet


@pytest.mark.parametrize("number", SETS)
def test_nothing_has_negative_slack_and_the_critical_path_fills_the_length(number: int, tmp_path: Path):
    for one in EACH:
        name = f"j30{number}_{one}.sm"
        project = read(name)
        result = scheduled(project, tmp_path)
        assert min(dates.slack for dates in result.dates.values()) == 0, name
        path = [int(job[1:]) for job in result.critical_path]
        assert all(result.dates[job].critical for job in result.critical_path), name
        assert all(first in project.before[then] for first, then in pairwise(path)), name
        assert sum(project.durations[job] for job in path) == project.mpm_time, name


def test_the_command_line_gives_the_same_length(run, tmp_path: Path):
    path = tmp_path / "plan.yaml"
    path.write_text(as_plan(read("j301_1.sm")), encoding="utf-8")
    result = run("schedule", path, "--format", "json", "--as-of", "2024-01-01")
    assert (result.code, result.err) == (0, "")
    answer = json.loads(result.out)
    assert (answer["start"], answer["end"]) == ("2024-01-01", "2024-02-07")  # 31 days of January and 7
    assert len(answer["tasks"]) == 32
    assert all(task["slack_days"] >= 0 for task in answer["tasks"])
