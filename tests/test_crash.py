"""Plans survive: killed at any moment, refused by the disk, edited by two at once; old or new, never torn."""

import errno
import gc
import os
import random
import re
import shutil
import subprocess
import sys
import sysconfig
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from importlib import import_module
from itertools import count, cycle
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import FIXED, NO_BYTECODE, ROOT
from mktexec.commands.app import COMMANDS
from mktexec.errors import UnreadableError
from mktexec.store.files import Change, locked, write

OLD, NEW = b"old\n" * 100, b"new\n" * 100
ERRNOS = ("ENOSPC", "EIO", "EACCES", "EROFS", "EDQUOT")
KILLED = -9
ALL_CALLS = "%file,%desc"
WRITING_CALLS = "?openat,?write,?fsync,?rename,?renameat,?renameat2,?unlink,?unlinkat,?chmod,?fchmodat,?flock"


# --- the plans that are written ---------------------------------------------------------------


def single(folder: Path) -> Path:
    """Make a plan in one file."""
    path = folder / "plan.yaml"
    path.write_bytes(OLD)
    return path


def several(folder: Path) -> Path:
    """Make a plan in a folder; the change edits two files and makes a third."""
    path = folder / "q3"
    path.mkdir()
    for name in ("a.yaml", "b.yaml"):
        (path / name).write_bytes(OLD)
    return path


def files_of(plan: Path) -> list[Path]:
    return [plan / name for name in ("a.yaml", "b.yaml", "c.yaml")] if plan.is_dir() else [plan]


def edit(plan: Path) -> None:
    with locked(plan):
        write(plan, [Change(one, old_of(one), NEW) for one in files_of(plan)])


def old_of(file: Path) -> bytes:
    return b"" if file.name == "c.yaml" else OLD


def states(plan: Path) -> set[str]:
    """Return what the files are, old or new; anything else is a lost plan."""
    found = set()
    for one in files_of(plan):
        now = one.read_bytes() if one.exists() else b""
        assert now in {old_of(one), NEW}, f"{one.name} is torn"
        found.add("new" if now == NEW else "old")
    return found


def recovered(plan: Path) -> str:
    """Return what the plan is after the next writer came by: one generation, and nothing else there."""
    states(plan)
    with locked(plan):
        pass
    [state] = states(plan)
    home = plan if plan.is_dir() else plan.parent
    expected = {one.name for one in files_of(plan) if state == "new" or old_of(one)}
    assert {one.name for one in home.iterdir()} == expected
    return state


@pytest.fixture(params=[single, several])
def fresh(request, tmp_path_factory) -> Callable[[], Path]:
    return lambda: request.param(tmp_path_factory.mktemp("plan"))


# --- a test double: dies, or is refused, at each call that the writer makes -------------------

CALLS = ("open", "fdopen", "write", "fsync", "chmod", "replace", "unlink")


class Died(BaseException):
    """The process was killed."""


class Double:
    """Counts the writer's calls; from the ``turn``-th on, or at it only, they do not happen."""

    def __init__(
        self, patch: pytest.MonkeyPatch, turn: int, error: Callable[[], BaseException], *, lasting: bool
    ) -> None:
        self.calls, self.error = 0, error
        self._turn, self._lasting = turn, lasting
        for name in CALLS:
            patch.setattr(os, name, self._patched(getattr(os, name)))

    def stops(self) -> bool:
        """Count a call, and return whether it does not happen."""
        self.calls += 1
        return self.calls >= self._turn if self._lasting else self.calls == self._turn

    def _patched(self, real: Callable) -> Callable:
        def patched(*args, **options):
            if self.stops():
                raise self.error()
            made = real(*args, **options)
            return HalfWritten(made, self) if real.__name__ == "fdopen" else made

        return patched

    @property
    def over(self) -> bool:
        """Whether there was no such turn."""
        return self.calls < self._turn


class HalfWritten:
    """A stream of which half is on the disk where writing stops."""

    def __init__(self, stream, double: Double) -> None:
        self._stream, self._double = stream, double

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stream.close()

    def __getattr__(self, name: str):
        return getattr(self._stream, name)

    def write(self, data: bytes) -> None:
        """Write all, or half of it where writing stops."""
        if self._double.stops():
            self._stream.write(data[: len(data) // 2])
            raise self._double.error()
        self._stream.write(data)


def walk(
    fresh: Callable[[], Path], error: Callable[[], BaseException], *, lasting: bool, stuck: int = 0
) -> Iterator[tuple[Path, bool]]:
    """Yield a plan after each turn at which the edit was stopped, and whether the edit said so.

    ``stuck`` is the replace that is refused in any case, so that the edit has to be taken back.
    """
    for turn in range(1, 200):
        plan = fresh()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "replace", refusing(os.replace, stuck))
            double = Double(patch, turn, error, lasting=lasting)
            try:
                edit(plan)
                refused = False
            except (Died, UnreadableError):
                refused = True
        if double.over:
            return
        if error is Died:
            gc.collect()  # the system takes a lock from the dead
        yield plan, refused
    pytest.fail("the walk does not end")


def refusing(real: Callable, turn: int) -> Callable:
    """Return ``real`` with its ``turn``-th call refused."""
    calls = count(1)

    def replace(*args) -> None:
        if next(calls) == turn:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        real(*args)

    return replace


def refusal(code: str) -> Callable[[], OSError]:
    number = getattr(errno, code)
    return lambda: OSError(number, os.strerror(number))


def test_a_writer_that_dies_at_any_of_its_calls_leaves_old_or_new(fresh):
    found = Counter()
    for plan, _ in walk(fresh, Died, lasting=True):
        torn = len(states(plan)) > 1
        found[recovered(plan), torn] += 1
    assert found["old", False] >= 7
    assert found["new", False] >= 2
    assert (found["new", True] >= 2) == (fresh().is_dir())  # the crash between two files was seen


@pytest.mark.slow
@pytest.mark.parametrize("stuck", [1, 2, 3, 4])  # the journal and the three files
def test_a_writer_that_dies_while_it_takes_a_change_back_leaves_old_or_new(tmp_path_factory, stuck):
    found = Counter(
        recovered(plan)
        for plan, _ in walk(lambda: several(tmp_path_factory.mktemp("plan")), Died, lasting=True, stuck=stuck)
    )
    assert found["old"] >= 20
    assert (found["new"] >= 1) == (stuck > 1)  # until the way back is written down, the change goes on


@pytest.mark.parametrize("code", ERRNOS)
def test_a_call_that_the_disk_refuses_leaves_old_and_says_so(fresh, code):
    found = Counter()
    for plan, refused in walk(fresh, refusal(code), lasting=False):
        state = states(plan)
        assert state == ({"old"} if refused else {"new"})
        assert recovered(plan) in state
        found[refused] += 1
    assert found[True] >= 6
    assert found[False] >= 2  # a name not yet on the disk, a leftover not yet removed


@pytest.mark.parametrize("code", ERRNOS)
def test_a_disk_that_refuses_from_some_call_on_leaves_old_or_new(fresh, code):
    found = Counter((recovered(plan), refused) for plan, refused in walk(fresh, refusal(code), lasting=True))
    assert found["old", True] >= 6
    assert found["new", False] >= 2


# --- the real thing: a process of its own, under strace ---------------------------------------

DRIVER = """
import sys
sys.path[:0] = sys.argv[1:3]
import filelock, hashlib, pathlib, tempfile
from mktexec.store.files import Change, locked, write
with locked(pathlib.Path(sys.argv[3])):
    write(pathlib.Path(sys.argv[3]), [
        Change(pathlib.Path(one), pathlib.Path(one).read_bytes() if pathlib.Path(one).exists() else b"", NEW)
        for one in sys.argv[4:]
    ])
"""
SEARCHED = (str(ROOT / "src"), sysconfig.get_paths()["purelib"])
FIXED_ENV = {**FIXED, **NO_BYTECODE, "PYTHONHASHSEED": "0"}


def driver(plan: Path) -> list[str]:
    program = DRIVER.replace("NEW", repr(NEW))
    return [sys.executable, "-S", "-B", "-c", program, *SEARCHED, str(plan), *map(str, files_of(plan))]


class Call(NamedTuple):
    """The ``turn``-th call of that name; strace counts each name by itself."""

    name: str
    turn: int
    line: str


def strace(command: list[str], log: Path, calls: str, *inject: str) -> int:
    """Run a command under strace; return its exit code, negative for a signal."""
    options = ["-f", "-qq", "-o", str(log), "-e", f"trace={calls}", *(f"--inject={one}" for one in inject)]
    return subprocess.run(
        ["strace", *options, *command],  # noqa: S607  # wherever it is
        env=FIXED_ENV,
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    ).returncode


def calls_in(log: Path) -> list[Call]:
    """Return the calls from the opening of the lock file to the end of the process."""
    seen = Counter()
    calls = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if found := re.match(r"\d+ +(\w+)\(", line):
            seen[found[1]] += 1
            calls.append(Call(found[1], seen[found[1]], line))
    first = next(number for number, call in enumerate(calls) if '.lock"' in call.line)
    return calls[first:]


@pytest.fixture(scope="session")
def traced(tmp_path_factory) -> Path:
    """The folder of strace's logs; skips where there is no strace that may trace."""
    folder = tmp_path_factory.mktemp("strace")
    if shutil.which("strace") is None:
        pytest.skip("no strace here; the test double walks the same points")
    if strace([sys.executable, "-c", ""], folder / "probe", "?openat"):
        pytest.skip("strace may not trace here; the test double walks the same points")
    return folder


def walk_driver(fresh: Callable[[], Path], log: Path, calls: str) -> Counter[tuple[str, bool]]:
    """Kill the driver at each of the calls; return how often the plan was left how, and torn or not."""
    assert strace(driver(fresh()), log, calls) == 0
    found = Counter()
    for call in calls_in(log):
        plan = fresh()
        killing = f"{call.name}:signal=KILL:when={call.turn}"
        assert strace(driver(plan), log, call.name, killing) == KILLED, call
        torn = len(states(plan)) > 1
        found[recovered(plan), torn] += 1
    return found


def test_a_process_killed_at_any_call_that_writes_leaves_old_or_new(fresh, traced):
    found = walk_driver(fresh, traced / "log", WRITING_CALLS)
    assert found["old", False] >= 6
    assert found["new", False] >= 3
    assert (found["new", True] >= 2) == fresh().is_dir()


@pytest.mark.slow
def test_a_process_killed_at_any_call_leaves_old_or_new(fresh, traced):
    found = walk_driver(fresh, traced / "log", ALL_CALLS)
    assert sum(found.values()) >= 40
    assert (found["new", True] >= 2) == fresh().is_dir()


LOOP = """
import itertools, pathlib, sys
sys.path[:0] = sys.argv[1:3]
from mktexec.store.files import Change, locked, write
plan = pathlib.Path(sys.argv[3])
files = [pathlib.Path(one) for one in sys.argv[4:]]
for turn in itertools.count():
    with locked(plan):
        olds = [one.read_bytes() for one in files]
        news = [str(int(old.split()[0]) + 1).encode() + b"\\n" + b"x" * 50_000 + b"\\nend" for old in olds]
        write(plan, [Change(*one) for one in zip(files, olds, news)])
    if not turn:
        print(flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [single, several])
def test_a_process_killed_at_500_random_moments_loses_nothing(kind, tmp_path):
    plan = kind(tmp_path)
    files = files_of(plan)
    for one in files:
        one.write_bytes(b"0\n\nend")
    chance = random.Random(20240722)  # noqa: S311  # moments, not secrets
    command = [sys.executable, "-S", "-B", "-c", LOOP, *SEARCHED, str(plan), *map(str, files)]
    reached = 0
    for _ in range(500):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        assert all(one.read_bytes().endswith(b"\nend") for one in files)
        with locked(plan):
            pass
        [generation] = {int(one.read_bytes().split()[0]) for one in files}
        assert generation > reached
        reached = generation
        assert {one.name for one in files[0].parent.iterdir()} == {one.name for one in files}


# --- two at once ------------------------------------------------------------------------------

APPEND = """
import pathlib, sys
sys.path[:0] = sys.argv[1:3]
from mktexec.store.files import Change, ChangedMeanwhileError, locked, write
plan, me = pathlib.Path(sys.argv[3]), sys.argv[4]
done = again = 0
while done < 200:
    old = plan.read_bytes()
    try:
        with locked(plan):
            write(plan, [Change(plan, old, old + f"{me} {done}\\n".encode())])
        done += 1
    except ChangedMeanwhileError:
        again += 1
print(again)
"""


def test_two_processes_making_200_edits_each_keep_400(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(b"")
    writers = [
        subprocess.Popen(
            [sys.executable, "-S", "-B", "-c", APPEND, *SEARCHED, str(plan), me], stdout=subprocess.PIPE
        )
        for me in "ab"
    ]
    for one in writers:
        one.communicate(timeout=120)
    assert [one.returncode for one in writers] == [0, 0]
    lines = plan.read_text("utf-8").splitlines()
    for me in "ab":
        assert [line for line in lines if line.startswith(me)] == [f"{me} {n}" for n in range(200)]
    assert len(lines) == 400
    assert {one.name for one in tmp_path.iterdir()} == {"plan.yaml"}


# --- the commands -----------------------------------------------------------------------------

PARTS = {
    "a.yaml": """\
mktexec: 1
campaign:
  title: 新品上市
  owner: zhao
  period: {start: 2024-07-01, end: 2024-09-30}
  calendar: CN
people:
  zhao: {name: 赵*}
  wang: {name: 王*}
""",
    "b.yaml": """\
goals:
  G1: {title: Q3实现线上销售额500万元, owner: zhao, due: 2024-09-30}
initiatives:
  I1: {title: 直播引流, goal: G1, owner: wang}
tasks:
  T001:
    title:  抖音直播3场    # 两个空格，留给 fmt
    initiative: I1
    owner: wang
    start: 2024-07-15
    end: 2024-08-15
    quality: 场均观看≥5000人
    progress: 40
    actual: {start: 2024-07-15}
  T002: {title: 复盘, initiative: I1, owner: zhao, start: 2024-08-16, end: 2024-08-20, after: [T001]}
""",
    "c.yaml": """\
kpis:
  K001: {title: 线上销售额, goal: G1, unit: 万元, target: 500, source: 后台, readings: {2024-07-15: 60}}
  K002: {title: 到课人数, task: T001, unit: 人, target: 5000, source: 后台}
budget:
  total: 300000
  lines:
    B1: {initiative: I1, task: T001, type: promotion, item: 投放, planned: 200000, spent: {2024-07-16: 30000}}
""",
}
LINES = {
    "set": ("set", "T001", "progress=60"),
    "unset": ("unset", "T001", "quality"),
    "start": ("start", "T002"),
    "progress": ("progress", "T001", "60"),
    "done": ("done", "T001"),
    "cancel": ("cancel", "T002"),
    "log": ("log", "T001", "--problem", "设备故障"),
    "evidence": ("evidence", "T001", "https://example.com/report"),
    "kpi": ("kpi", "K001", "120"),
    "schedule": ("schedule", "--slip", "T001=2d", "--write"),
    "spend": ("spend", "B1", "60000"),
    "ack": ("ack", "task-no-deliverable:T002", "--by", "wang", "--action", "补写交付物"),
    "approve": ("approve", "goals", "--by", "wang"),
    "add": ("add", "risk", "主播请假", "response=备用主播", "owner=wang"),
    "remove": ("remove", "K002"),
    "rename": ("rename", "T001", "T009"),
    "fmt": ("fmt",),
    "migrate": ("migrate",),
}
VERSION = b"mktexec: 1\n"
SET = LINES["set"]


def one_file(folder: Path) -> Path:
    path = folder / "plan.yaml"
    path.write_text("".join(PARTS.values()), "utf-8")
    return path


def three_files(folder: Path) -> Path:
    path = folder / "q3"
    path.mkdir()
    for name, text in PARTS.items():
        (path / name).write_text(text, "utf-8")
    return path


@pytest.fixture(params=[one_file, three_files])
def a_plan(request, tmp_path_factory) -> Callable[..., Path]:
    def made(line: tuple[str, ...] = SET) -> Path:
        plan = request.param(tmp_path_factory.mktemp("plan"))
        if line == LINES["migrate"]:
            first = plan / "a.yaml" if plan.is_dir() else plan
            first.write_bytes(first.read_bytes().removeprefix(VERSION))
        return plan

    return made


def held_by(plan: Path) -> dict[str, bytes]:
    home = plan if plan.is_dir() else plan.parent
    return {one.name: one.read_bytes() for one in home.iterdir()}


def command(line: tuple[str, ...], plan: Path) -> list[str]:
    return [sys.executable, "-B", "-m", "mktexec", *line, "-p", str(plan)]


def generations(run, a_plan, line: tuple[str, ...]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return what the plan's files hold before and after a command."""
    plan = a_plan(line)
    old = held_by(plan)
    result = run(*line, "-p", plan)
    assert result.code == 0, result.err
    new = held_by(plan)
    assert old.keys() == new.keys()
    assert old != new
    return old, new


def each_old_or_new(plan: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    found = held_by(plan)
    for name, data in old.items():
        assert found[name] in {data, new[name]}, f"{name} is torn"


def test_every_writing_command_is_walked():
    from inspect import signature

    writing = {
        name
        for name in COMMANDS
        if "commit" in signature(import_module(f"mktexec.commands.{name}").run).parameters
    }
    assert writing == set(LINES)


@pytest.mark.parametrize("code", ERRNOS)
def test_set_on_a_disk_that_refuses_ends_with_3_and_an_intact_plan(run, a_plan, code):
    old, new = generations(run, a_plan, SET)
    reason = os.strerror(getattr(errno, code))
    found = Counter()
    for turn in range(1, 100):
        plan = a_plan()
        with pytest.MonkeyPatch.context() as patch:
            double = Double(patch, turn, refusal(code), lasting=False)
            result = run(*SET, "-p", plan)
        if double.over:
            break
        assert result.code in {0, 3}, result.err
        assert all(held_by(plan)[name] == (new if result.code == 0 else old)[name] for name in old)
        assert result.code == 0 or reason in result.err
        with locked(plan):
            pass
        assert held_by(plan).keys() == old.keys()
        found[result.code] += 1
    assert found[3] >= 6
    assert found[0] >= 2


def writes(call: Call, plan: Path) -> bool:
    """Return whether a call can change the plan or its lock."""
    home = str(plan if plan.is_dir() else plan.parent)
    return (home in call.line and "O_RDONLY" not in call.line) or call.name in {"write", "fsync", "flock"}


def walked_calls(a_plan, line: tuple[str, ...], log: Path) -> list[Call]:
    """Return the calls of a command that touch the plan, from taking its lock to letting go of it."""
    plan = a_plan(line)
    assert strace(command(line, plan), log, ALL_CALLS) == 0
    calls = calls_in(log)
    last = max(number for number, call in enumerate(calls) if '.lock"' in call.line)
    return [call for call in calls[: last + 1] if writes(call, plan)]


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_a_command_killed_at_any_of_its_calls_leaves_old_or_new(run, a_plan, name, traced):
    line, log = LINES[name], traced / "log"
    old, new = generations(run, a_plan, line)
    found = Counter()
    for call in walked_calls(a_plan, line, log):
        plan = a_plan(line)
        killing = f"{call.name}:signal=KILL:when={call.turn}"
        assert strace(command(line, plan), log, call.name, killing) == KILLED, call
        each_old_or_new(plan, old, new)
        assert run("set", "T001", "x-next=1", "-p", plan).code in {0, 2}  # 2: T001 was renamed or removed
        with locked(plan):
            pass
        assert held_by(plan).keys() == old.keys()
        found[_generation(plan, old, new)] += 1
    assert found["old"] >= 5
    assert found["new"] >= 1


def _generation(plan: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Return which of both the plan is, but for the line that the next command added."""
    found = {name: re.sub(rb".*x-next.*\n", b"", data) for name, data in held_by(plan).items()}
    return next(which for which, files in (("old", old), ("new", new)) if files == found)


ASKING = {"newfstatat", "stat", "lstat", "statx", "access", "faccessat2", "readlink", "readlinkat"}


@pytest.mark.slow
@pytest.mark.parametrize("name", LINES)
def test_a_command_that_the_disk_refuses_ends_with_3_and_an_intact_plan(run, a_plan, name, traced):
    line, log = LINES[name], traced / "log"
    old, new = generations(run, a_plan, line)
    found = Counter()
    calls = [call for call in walked_calls(a_plan, line, log) if call.name not in ASKING]
    codes = cycle([(code,) for code in ERRNOS] if name != "set" else [ERRNOS])  # one each, all for set
    for call, code in ((call, code) for call in calls for code in next(codes)):
        plan = a_plan(line)
        ended = strace(command(line, plan), log, call.name, f"{call.name}:error={code}:when={call.turn}")
        assert ended in {0, 3}, (call, code)
        assert all(held_by(plan)[one] == (old if ended else new)[one] for one in old), (call, code)
        with locked(plan):
            pass
        assert held_by(plan).keys() == old.keys()
        found[ended] += 1
    assert found[3] >= 4
    assert found[0] >= 1


@pytest.mark.slow
def test_init_killed_at_any_of_its_calls_leaves_no_plan_or_a_whole_one(run, traced, tmp_path_factory):
    def line(folder: Path) -> list[str]:
        return [sys.executable, "-B", "-m", "mktexec", "init", str(folder), "--scenario", "launch"]

    log = traced / "log"
    folder = tmp_path_factory.mktemp("init")
    assert strace(line(folder), log, ALL_CALLS) == 0
    whole = held_by(folder)
    found = Counter()
    for call in calls_in(log):
        if not writes(call, folder):
            continue
        folder = tmp_path_factory.mktemp("init")
        killing = f"{call.name}:signal=KILL:when={call.turn}"
        strace(line(folder), log, call.name, killing)
        found["plan.yaml" in held_by(folder)] += 1
        assert run("init", folder, "--scenario", "launch").code in {0, 3}
        with locked(folder / "plan.yaml"):
            pass
        found_now = held_by(folder)
        found_now.pop(".plan.schema.json.lock", None)  # empty; it is taken anew whenever the schema is
        assert found_now == whole
    assert found[True] >= 1
    assert found[False] >= 5


@pytest.mark.slow
def test_two_hundred_edits_by_set_and_by_kpi_at_once_keep_400(a_plan):
    plan = a_plan()
    days = [f"2024-{day}" for day in _days()]

    def edits(kind: str) -> None:
        for number, day in enumerate(days):
            line = ("set", "T001", f"x-{number}=1") if kind == "set" else ("kpi", "K001", "7", "--on", day)
            ended = subprocess.run(
                command(line, plan), env=FIXED_ENV, cwd=ROOT, check=False, capture_output=True, timeout=60
            )
            assert ended.returncode == 0, ended.stderr.decode()

    with ThreadPoolExecutor(2) as both:
        list(both.map(edits, ("set", "kpi")))
    text = b"".join(held_by(plan).values()).decode()
    assert all(re.search(rf"\bx-{number}: ", text) for number in range(200))
    assert all(f"{day}: 7" in text for day in days)
    assert set(held_by(plan)) == (set(PARTS) if plan.is_dir() else {"plan.yaml"})


def _days() -> list[str]:
    """Return two hundred days up to the one on which the tests run."""
    last = date(2024, 7, 22)
    return [(last - timedelta(number)).strftime("%m-%d") for number in range(200)]
