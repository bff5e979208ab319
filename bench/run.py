"""The ratios of speed, memory and size that must hold: ``make bench``, or ``bench/run.py --quick``.

Every figure is that of a whole process, start-up included, output thrown away. The commands
of a group take turns, so that a busy machine slows all of them; what counts is the medians.
"""

import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from plans import TODAY

BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
PYTHON, MKTEXEC = str(BIN / "python"), str(BIN / "mktexec")
MODEL = "from pydantic import BaseModel\nclass Task(BaseModel):\n    title: str\n    progress: int = 0"
EVENTS = """import sys; from ruamel.yaml import YAML
for event in YAML(typ="safe").parse(open(sys.argv[1], "rb").read()): pass"""
PYYAML = """import sys, yaml
yaml.load(open(sys.argv[1], "rb").read(), yaml.CSafeLoader)"""
ROUND_TRIP = """import sys; from ruamel.yaml import YAML
yaml = YAML()
plan = yaml.load(open(sys.argv[1], "rb"))
plan["tasks"]["T5000"]["quality"] = "99"
yaml.dump(plan, open(sys.argv[1], "wb"))"""
EDIT = """import gc, sys; gc.disable()  # as the program does
from pathlib import Path
from mktexec.store.edit import Put, edited
from mktexec.store.files import replace
from mktexec.store.read import read_text
path = Path(sys.argv[1])
document = read_text(path.read_bytes().decode(), path.name).document
[new] = edited([document], [Put(("tasks", "T5000", "quality"), sys.argv[2])])
replace(path, new)"""
MIB = 2**20
LARGE, HUGE = 10_000, 100_000


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    mib: float


def run(command: Sequence[str]) -> Run:
    """Run ``command`` to its end; SystemExit if it fails."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)[:200]}: exit {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_maxrss * unit / MIB)


def quietly(*command: str | Path) -> None:
    """Run ``command`` for its effect; CalledProcessError if it fails."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def in_turns(times: int, *commands: Sequence[str]) -> list[Run]:
    """Return the median of each of ``commands``; the first round warms the caches and is not counted."""
    rounds = [[run(command) for command in commands] for _ in range(times + 1)][1:]
    return [
        Run(*(median(figures) for figures in zip(*runs, strict=True))) for runs in zip(*rounds, strict=True)
    ]


def show(what: str, ours: float, theirs: float, bar: float, unit: str = "s") -> None:
    """Print a ratio against its bar."""
    ratio = ours / theirs
    verdict = "ok" if ratio <= bar else "OVER"
    print(
        f"{what:<58}{ours:9.3f} {unit:<3}{theirs:9.3f} {unit:<3}{ratio:7.2f}  ≤ {bar:<5g} {verdict}",
        flush=True,
    )


def write_plan(folder: Path, tasks: int) -> str:
    """Write a plan and require that it is sound; in a process of its own, to keep this one small."""
    path = folder / f"{tasks}.yaml"
    with path.open("wb") as file:
        subprocess.run([PYTHON, HERE / "plans.py", str(tasks)], stdout=file, check=True)
    if tasks < HUGE:
        quietly(MKTEXEC, "check", path, "--fail-on", "error")
    return str(path)


def status(plan: str) -> tuple[str, ...]:
    """Return the command that is measured."""
    return MKTEXEC, "status", plan, "--as-of", TODAY.isoformat()


def start_up(folder: Path) -> None:
    """Compare the start, and a plan of 100 tasks, with what they import."""
    version, typer = in_turns(15, (MKTEXEC, "--version"), (PYTHON, "-c", "import typer"))
    ours, model = in_turns(15, status(write_plan(folder, 100)), (PYTHON, "-c", MODEL))
    show("--version / import typer", version.seconds, typer.seconds, 1.2)
    show("status, 100 tasks / one pydantic model", ours.seconds, model.seconds, 2.5)


def large(folder: Path, *, quick: bool) -> None:
    """Compare a large plan with the parsers, and with one ten times as large."""
    plan = write_plan(folder, LARGE)
    parsers = ((PYTHON, "-c", script, plan) for script in (EVENTS, PYYAML))
    ours, events, pyyaml = in_turns(5, status(plan), *parsers)
    show("status, 10,000 tasks / libyaml's events alone", ours.seconds, events.seconds, 3.5)
    show("status, 10,000 tasks / PyYAML CSafeLoader", ours.seconds, pyyaml.seconds, 0.35)
    show("  peak memory of the same", ours.mib, pyyaml.mib, 0.6, "MiB")
    if not quick:
        enormous = status(write_plan(folder, HUGE))
        before, huge, after = run(status(plan)), run(enormous), run(status(plan))
        print(f"  100,000 tasks: {huge.seconds:.1f} s, {huge.mib:.0f} MiB")
        exponent = math.log(huge.seconds * 2 / (before.seconds + after.seconds), HUGE / LARGE)
        show("growth from 10,000 to 100,000 tasks, exponent", exponent, 1, 1.1, "")


def scheduled(folder: Path, *, quick: bool) -> None:
    """Compare the schedule with TaskJuggler's of the same project, and with one a hundred times as large."""
    for tasks, bar in ((1000, 0.15), (5000, 0.06)):
        ours, theirs = (_project(folder, kind, tasks) for kind in ("ours", "theirs"))
        if shutil.which("tj3") is None:
            print(f"schedule, {tasks:,} tasks / TaskJuggler: skipped, tj3 is not installed")
            continue
        mine, juggler = in_turns(1, schedule(ours), ("tj3", "--silent", "-o", str(folder), theirs))
        show(f"schedule, {tasks:,} tasks / TaskJuggler", mine.seconds, juggler.seconds, bar)
    if not quick:
        small, huge = (schedule(_project(folder, "ours", tasks)) for tasks in (1000, HUGE))
        [before] = in_turns(5, small)
        exponent = math.log(run(huge).seconds / before.seconds, HUGE / 1000)
        show("growth from 1,000 to 100,000 tasks, exponent", exponent, 1, 1.15, "")


def judged(folder: Path) -> None:
    """Compare all rules with those on structure alone."""
    plan = write_plan(folder, LARGE)
    structure = (MKTEXEC, "check", plan, "--min-level", "error")
    day = ("--as-of", TODAY.isoformat())
    warn, check = (MKTEXEC, "warn", plan, "--exit-zero", *day), (MKTEXEC, "check", plan, "--exit-zero")
    alone, dated, static = in_turns(5, structure, warn, check)
    show("warn, all rules, 10,000 tasks / structure alone", dated.seconds, alone.seconds, 1.6)
    show("check, all rules, 10,000 tasks / structure alone", static.seconds, alone.seconds, 1.6)


def schedule(plan: str) -> tuple[str, ...]:
    """Return the command that is measured."""
    return MKTEXEC, "schedule", plan, "--as-of", "2024-01-01"


def _project(folder: Path, kind: str, tasks: int) -> str:
    path = folder / f"project{tasks}.{'yaml' if kind == 'ours' else 'tjp'}"
    with path.open("wb") as file:
        subprocess.run([PYTHON, HERE / "taskjuggler.py", kind, str(tasks)], stdout=file, check=True)
    return str(path)


def in_place(folder: Path) -> None:
    """Compare the change of one field with reading and writing everything."""
    plan = Path(write_plan(folder, LARGE))
    old = plan.read_bytes().splitlines()
    one = [run((PYTHON, "-c", EDIT, str(plan), str(number))) for number in range(6)][1:]
    whole = [run((MKTEXEC, "set", "T5000", f"quality={n}", "-p", str(plan))) for n in range(90, 94)][1:]
    new = plan.read_bytes().splitlines()
    changed = sum(a != b for a, b in zip(old, new, strict=True))
    ruamel = run((PYTHON, "-c", ROUND_TRIP, str(plan)))
    show("edit in place, 10,000 tasks / ruamel round trip", _median(one), ruamel.seconds, 1 / 40)
    show("  lines that changed", changed, 1, 1, "")
    print(f"  the command `set`, which also checks and schedules twice: {_median(whole):.3f} s", end="")
    print(f", 1/{ruamel.seconds / _median(whole):.0f}")


def _median(runs: Sequence[Run]) -> float:
    return median(one.seconds for one in runs)


def install(folder: Path) -> None:
    """Count what a wheel brings into an empty environment, from binary packages only."""
    pip, python = (PYTHON, "-m", "pip", "--quiet"), folder / "env" / "bin" / "python"
    into = (*pip, "--python", python, "install", "--only-binary", ":all:", "--no-compile")
    try:
        quietly(*pip, "wheel", "--no-deps", "--wheel-dir", folder, HERE.parent)
        quietly(PYTHON, "-m", "venv", "--without-pip", folder / "env")
        quietly(*into, next(folder.glob("mktexec-*.whl")))
    except subprocess.CalledProcessError:
        print("wheel install: skipped, no package index within reach")
        return
    files = [file for file in (folder / "env" / "lib").rglob("*") if file.is_file()]
    packages = sum(file.parent.suffix == ".dist-info" and file.name == "METADATA" for file in files)
    show("wheel install, packages", packages, 1, 15, "")
    show("wheel install, MB", sum(file.stat().st_size for file in files) / 1e6, 1, 40, "")


def main() -> None:
    """Measure everything; a bar that does not hold says OVER."""
    print(f"{'whole processes, medians':<58}{'ours':>9}    {'theirs':>9}    {'ratio':>7}  bar")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start_up(folder)
        large(folder, quick="--quick" in sys.argv)
        judged(folder)
        scheduled(folder, quick="--quick" in sys.argv)
        in_place(folder)
        install(folder)


if __name__ == "__main__":
    main()
