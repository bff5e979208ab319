"""TaskJuggler, asked about the same random projects, gives the same early dates."""

import csv
import random
import shutil
import subprocess
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from mktexec.schedule import schedule
from mktexec.store.load import load

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tj3") is None, reason="TaskJuggler is not installed"),
]
HEAD = """\
mktexec: 1
campaign: {title: t, calendar: weekdays, period: {start: 2024-01-01, end: 2024-12-31}}
tasks:
"""
PROJECT = """\
project p "p" 2024-01-01 +30y {
  timezone "UTC"
  timingresolution 60 min
  workinghours mon - fri 9:00 - 17:00
  workinghours sat, sun off
}
"""
REPORT = 'taskreport "tasks" { formats csv timeformat "%Y-%m-%d %H:%M" columns id, start, end }\n'
DAY = timedelta(days=1)


def projects(seed: int, size: int = 200) -> tuple[str, str]:
    """Return a plan of ours and a project of TaskJuggler's: finish-to-start and start-to-start, with lags."""
    dice = random.Random(seed)  # noqa: S311  # the same projects every time
    ours, theirs = HEAD, PROJECT
    for number in range(size):
        days, near = dice.randint(1, 9), range(max(0, number - 30), number)
        before = sorted(dice.sample(near, min(len(near), dice.randint(0, 3))))
        links = [(one, dice.choice(("FS", "SS")), dice.choice((0, 0, 1, 3))) for one in before]
        after = ", ".join(f"T{one} {kind} +{lag}d" for one, kind, lag in links)
        ours += f"  T{number}: {{title: t, duration: {days}d, after: [{after}]}}\n"
        depends = ", ".join(
            f"!T{one} {{ {'onstart' if kind == 'SS' else 'onend'}{f' gaplength {lag}d' if lag else ''} }}"
            for one, kind, lag in links
        )
        theirs += f'task T{number} "t" {{ length {days}d '
        theirs += f"depends {depends} }}\n" if depends else "start 2024-01-01-09:00 }\n"
    return ours, theirs + REPORT


def first_day(written: str) -> date:
    """Return the day on which work begins; what begins in the evening begins on the next weekday."""
    day, hour = written.split()
    found = date.fromisoformat(day)
    if hour == "17:00":
        found += DAY
    while found.weekday() > 4:
        found += DAY
    return found


@pytest.mark.parametrize("seed", range(5))
def test_the_early_dates_are_the_same(seed: int, tmp_path: Path):
    ours, theirs = projects(seed)
    plan = tmp_path / "plan.yaml"
    plan.write_text(ours, encoding="utf-8")
    (tmp_path / "p.tjp").write_text(theirs, encoding="utf-8")
    subprocess.run(["tj3", "--silent", "-o", tmp_path, tmp_path / "p.tjp"], check=True, capture_output=True)  # noqa: S607
    loaded = load(plan)
    assert loaded.faults == []
    dates = schedule(loaded.plan, date(2024, 1, 1)).dates
    with (tmp_path / "tasks.csv").open(encoding="utf-8") as file:
        rows = {row["Id"]: row for row in csv.DictReader(file, delimiter=";")}
    assert rows.keys() == dates.keys()
    for key, row in rows.items():
        own = dates[key]
        assert (own.early_start, own.early_end.isoformat()) == (first_day(row["Start"]), row["End"][:10]), key


def test_the_oracle_tells_evening_from_morning():
    assert [first_day(f"2024-01-0{day} 17:00").day for day in (1, 4, 5)] == [2, 5, 8]
    assert all(a < b for a, b in pairwise([first_day("2024-01-05 09:00"), first_day("2024-01-05 17:00")]))
