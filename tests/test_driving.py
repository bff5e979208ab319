"""Why tasks lie where they lie, and what a slip moves, on hand-computed cases."""

import pytest

from mktexec.schedule import Schedule
from mktexec.schedule.driving import Cause, Step, chain, drivers, redundant, slipped
from schedules import of

WEEK = {"start": "07-01", "end": "07-05"}  # Monday to Friday
FORK = {  # A 1–2, B 1–5 and C on the 8th
    "A": {"duration": "2d"},
    "B": {"duration": "5d"},
    "C": {"duration": "1d", "after": ["A", "B"]},
}


def told(step: Step) -> str:
    """Return a step in short: task, days, cause, link and first day allowed, what else is said."""
    words = [step.task, f"{step.start:%m-%d}", f"{step.end:%m-%d}", step.cause.value]
    if step.link:
        lag = f"{step.link.lag.days:+}{step.link.lag.unit}" if step.link.lag.days else ""
        words.append(f"{step.link.task} {step.link.kind}{lag}")
    words += [f"from {step.bound:%m-%d}"] if step.bound else []
    words += ["held"] if step.held and step.cause in (Cause.TYPED, Cause.LINK) else []
    words += [f"kept {step.kept}"] if step.kept else []
    return " ".join(words)


def steps(result: Schedule, task: str, *, coming: bool = False) -> list[str]:
    return [told(step) for step in chain(result, task, coming=coming)]


EARLY = {
    "typed days": ({"A": WEEK}, "A", ["A 07-01 07-05 typed held"]),
    "the campaign's first day": ({"A": {"duration": "2d"}}, "A", ["A 07-01 07-02 campaign from 07-01"]),
    "a day to wait for": (
        {"A": {"duration": "2d", "not_before": "07-06"}},  # a Saturday
        "A",
        ["A 07-08 07-09 not_before from 07-06"],
    ),
    "a predecessor": (
        {"A": WEEK, "B": {"duration": "2d", "after": "A"}},
        "B",
        ["B 07-08 07-09 link A FS from 07-06", "A 07-01 07-05 typed held"],
    ),
    "a predecessor and typed days that agree": (
        {"A": WEEK, "B": {"start": "07-08", "end": "07-09", "after": "A"}},
        "B",
        ["B 07-08 07-09 link A FS from 07-06 held", "A 07-01 07-05 typed held"],
    ),
    "typed days later than the predecessor": (
        {"A": WEEK, "B": {"start": "07-09", "end": "07-09", "after": "A"}},
        "B",
        ["B 07-09 07-09 typed held"],
    ),
    "a day to wait for that is later than the predecessor": (
        {"A": WEEK, "B": {"duration": "1d", "after": "A", "not_before": "07-10"}},
        "B",
        ["B 07-10 07-10 not_before from 07-10"],
    ),
    "of two predecessors the later": (
        FORK,
        "C",
        ["C 07-08 07-08 link B FS from 07-06", "B 07-01 07-05 campaign from 07-01"],
    ),
    # after Monday and Tuesday of the lag
    "a lag": (
        {"A": WEEK, "B": {"duration": "1d", "after": "A +2d"}},
        "B",
        ["B 07-10 07-10 link A FS+2d from 07-10", "A 07-01 07-05 typed held"],
    ),
    "a buffer": (
        {"A": {**WEEK, "buffer": "3d"}, "B": {"duration": "1d", "after": "A"}},
        "B",
        ["B 07-11 07-11 link A FS from 07-11 kept 3", "A 07-01 07-05 typed held"],
    ),
    "from begin to begin": (
        {"A": WEEK, "B": {"duration": "1d", "after": "A SS +1d"}},
        "B",
        ["B 07-02 07-02 link A SS+1d from 07-02", "A 07-01 07-05 typed held"],
    ),
    "from end to end": (
        {"A": WEEK, "B": {"duration": "2d", "after": "A FF"}},
        "B",
        ["B 07-04 07-05 link A FF from 07-05", "A 07-01 07-05 typed held"],
    ),
    # until the evening of Friday 5
    "from begin to end": (
        {"A": {"start": "07-08", "end": "07-09"}, "B": {"duration": "2d", "after": "A SF"}},
        "B",
        ["B 07-04 07-05 link A SF from 07-05", "A 07-08 07-09 typed held"],
    ),
    "three in a row": (
        {
            "A": {"duration": "1d"},
            "B": {"duration": "1d", "after": "A"},
            "C": {"duration": "1d", "after": "B"},
        },
        "C",
        [
            "C 07-03 07-03 link B FS from 07-03",
            "B 07-02 07-02 link A FS from 07-02",
            "A 07-01 07-01 campaign from 07-01",
        ],
    ),
    "a cancelled task hands on what it waited for": (
        {
            "A": WEEK,
            "X": {"duration": "2d", "after": "A", "cancelled": "06-01"},
            "B": {"duration": "1d", "after": "X"},
        },
        "B",
        [
            "B 07-08 07-08 link X FS from 07-06",
            "X 07-05 07-05 cancelled A FS from 07-06",
            "A 07-01 07-05 typed held",
        ],
    ),
}


@pytest.mark.parametrize("case", EARLY)
def test_the_chain_of_the_early_dates(case: str):
    tasks, which, expected = EARLY[case]
    assert steps(of(tasks), which) == expected


COMING = {
    "before it begins the plan tells": ("06-28", {"A": WEEK}, "A", ["A 07-01 07-05 typed held"]),
    "not begun it begins today": ("07-03", {"A": WEEK}, "A", ["A 07-03 07-09 today from 07-03"]),
    "not begun by a Saturday": ("07-06", {"A": WEEK}, "A", ["A 07-08 07-12 today from 07-06"]),
    "a milestone not reached by a Saturday": (
        "07-06",
        {"M": {"start": "07-03", "milestone": "true"}},
        "M",
        ["M 07-08 07-08 today from 07-06"],
    ),
    "finished": (
        "07-09",
        {
            "A": {**WEEK, "actual": {"start": "07-01", "end": "07-09"}},
            "B": {"duration": "1d", "after": "A"},
        },
        "B",
        ["B 07-10 07-10 link A FS from 07-10", "A 07-01 07-09 finished"],
    ),
    "under way": (
        "07-03",
        {"A": {**WEEK, "actual": {"start": "07-01"}}, "B": {"duration": "1d", "after": "A"}},
        "B",
        ["B 07-08 07-08 link A FS from 07-06", "A 07-01 07-05 begun"],
    ),
    # A slips to 3–9, and B, with a day's work left, goes on until then
    "under way it ends with what it waits for": (
        "07-03",
        {
            "A": WEEK,
            "B": {"duration": "3d", "after": "A FF", "actual": {"start": "07-01"}, "progress": "2/3"},
        },
        "B",
        ["B 07-01 07-09 begun A FF from 07-09", "A 07-03 07-09 today from 07-03"],
    ),
    # A, on the 3rd, would let B end on the 2nd, when it began: B ends today because it is not done
    "under way past what it ends with": (
        "07-03",
        {
            "A": {"start": "07-01", "end": "07-01"},
            "B": {"duration": "1d", "after": "A FF -1d", "actual": {"start": "07-02"}},
        },
        "B",
        ["B 07-02 07-03 begun"],
    ),
    "under way no begin is waited for any more": (
        "07-03",
        {"A": WEEK, "B": {"duration": "3d", "after": "A", "actual": {"start": "07-01"}, "progress": "2/3"}},
        "B",
        ["B 07-01 07-03 begun"],
    ),
    # two of three days of the buffer are used up: one is kept
    "what is left of a buffer": (
        "07-09",
        {
            "A": {**WEEK, "buffer": "3d", "actual": {"start": "07-01", "end": "07-09"}},
            "B": {"duration": "1d", "after": "A"},
        },
        "B",
        ["B 07-11 07-11 link A FS from 07-11 kept 1", "A 07-01 07-09 finished"],
    ),
}


@pytest.mark.parametrize("case", COMING)
def test_the_chain_of_the_forecast(case: str):
    as_of, tasks, which, expected = COMING[case]
    assert steps(of(tasks, as_of), which, coming=True) == expected


def test_no_chain_while_tasks_wait_for_each_other():
    result = of({"A": {"after": "B"}, "B": {"after": "A"}})
    assert chain(result, "A", coming=False) == []
    assert drivers(result) == ()
    assert slipped(result, "A", 1) == ({}, 0)


DRIVERS = {
    "the longer branch": ("06-03", FORK, ("B", "C")),
    # begun on the 1st, A is behind by its two days on Monday the 8th: 8, 9; B ended as planned
    "by the forecast the other": (
        "07-08",
        {
            "A": {"duration": "2d", "progress": "0", "actual": {"start": "07-01"}},
            "B": {"duration": "5d", "actual": {"start": "07-01", "end": "07-05"}},
            "C": {"duration": "1d", "after": ["A", "B"]},
        },
        ("A", "C"),
    ),
    "a cancelled one is passed over": (
        "06-03",
        {"A": WEEK, "X": {"after": "A", "cancelled": "06-01"}, "B": {"duration": "1d", "after": "X"}},
        ("A", "B"),
    ),
    "recurring tasks do not count": (
        "06-03",
        {**FORK, "R": {"repeats": "weekly"}, "X": {"end": "09-30", "cancelled": "06-01"}},
        ("B", "C"),
    ),
    "a typed day begins a chain of its own": (
        "06-03",
        {**FORK, "D": {"start": "07-10", "end": "07-10", "after": "C"}, "E": {"after": "D"}},
        ("D", "E"),
    ),
    "where nothing counts there are none": ("06-03", {"R": {"repeats": "weekly"}}, ()),
}


@pytest.mark.parametrize("case", DRIVERS)
def test_what_drives_the_end_of_the_whole(case: str):
    as_of, tasks, expected = DRIVERS[case]
    assert drivers(of(tasks, as_of)) == expected


SLIPPED = {
    # A may slip by 3, 4 and 5
    "within its slack it moves nothing": (FORK, "A", 3, {}, 0),
    "beyond it the rest": (FORK, "A", 5, {"C": 2}, 2),
    "a critical one moves everything behind it": (FORK, "B", 1, {"C": 1}, 1),
    "the last one moves the end alone": (FORK, "C", 4, {}, 4),
    "no day moves nothing": (FORK, "B", 0, {}, 0),
    # B on the 8th gives way by a day from the 6th day on
    "a typed successor holds as long as it can": (
        {"A": {"duration": "2d"}, "B": {"start": "07-08", "end": "07-08", "after": "A"}},
        "A",
        4,
        {"B": 1},
        1,
    ),
    # B keeps 3 days behind A, and they move along
    "a buffer moves along": (
        {"A": {"duration": "2d", "buffer": "3d"}, "B": {"duration": "1d", "after": "A"}},
        "A",
        2,
        {"B": 2},
        2,
    ),
    "through every kind of link": (
        {
            "A": {"duration": "2d"},
            "B": {"duration": "2d", "after": "A SS +1d"},
            "C": {"duration": "2d", "after": "B FF +1d"},
            "D": {"duration": "1d", "after": "C SF +4d"},
        },
        "A",
        3,
        {"B": 3, "C": 3, "D": 3},
        3,
    ),
    # R begins later and ends on its day all the same
    "a recurring one keeps its end": (
        {
            "A": {"duration": "2d"},
            "R": {"repeats": "weekly", "start": "07-03", "end": "07-31", "after": "A"},
            "B": {"duration": "1d", "after": "A"},
        },
        "A",
        3,
        {"B": 3},
        3,
    ),
    "a cancelled one moves nothing": ({"X": {**WEEK, "cancelled": "06-01"}}, "X", 3, {}, 0),
    # li is off on the 3rd: two of his days from the 1st lead to the 4th, where A works until the 5th
    "in the owner's days": (
        {"A": {"duration": "2d", "owner": "li"}, "B": {"duration": "1d", "after": "A"}},
        "A",
        2,
        {"B": 3},
        3,
    ),
}


@pytest.mark.parametrize("case", SLIPPED)
def test_what_a_slip_moves(case: str):
    tasks, which, days, moved, end = SLIPPED[case]
    result = of(tasks, people={"li": {"days_off": ["07-03"]}})
    assert slipped(result, which, days) == (moved, end)


REDUNDANT = {
    "a predecessor's predecessor": ({"A": {}, "B": {"after": "A"}, "C": {"after": ["A", "B"]}}, ["A"]),
    "through several": (
        {"A": {}, "B": {"after": "A"}, "D": {"after": "B"}, "C": {"after": ["A", "D"]}},
        ["A"],
    ),
    "none of two branches": ({"A": {}, "B": {}, "C": {"after": ["A", "B"]}}, []),
    "one alone never": ({"A": {}, "C": {"after": "A"}}, []),
    "one with a lag says something": ({"A": {}, "B": {"after": "A"}, "C": {"after": ["A +3d", "B"]}}, []),
    "one of another kind says something": (
        {"A": {}, "B": {"after": "A"}, "C": {"after": ["A FF", "B"]}},
        [],
    ),
    # C waits for A's end; B only for its begin: without the link from A, C might begin before A ends
    "what leads there from a begin does not wait for the end": (
        {"A": {}, "B": {"after": "A SS"}, "C": {"after": ["A", "B"]}},
        [],
    ),
    # two working days before B begins A may still be at work
    "what leads there with a lead does not either": (
        {"A": {}, "B": {"after": "A -2d"}, "C": {"after": ["A", "B"]}},
        [],
    ),
    # C begins once B has begun, whenever that ends
    "what is waited for from its begin only does not either": (
        {"A": {}, "B": {"after": "A"}, "C": {"after": ["A", "B FF"]}},
        [],
    ),
}


@pytest.mark.parametrize("case", REDUNDANT)
def test_which_predecessors_say_nothing_new(case: str):
    tasks, expected = REDUNDANT[case]
    assert redundant(of(tasks), "C") == expected
