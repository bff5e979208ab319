"""Days that count from a named day: what they come to, where they may stand, what is wrong with them."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from mktexec.model import Plan
from mktexec.schedule import schedule
from mktexec.schedule.anchors import settled
from schedules import day

# The launch is on a Monday: 1–5 and 8–12 July lie before it.
PERIOD = {"start": "2024-07-01", "end": "2024-09-30"}
PHASES = {"burst": {"start": "2024-07-22", "end": "2024-07-28"}}  # Monday to Sunday
MILESTONES = {"launch": "2024-07-15"}
TASKS = {
    "opening": {"title": "o", "start": "2024-07-17", "milestone": "true"},
    "closing": {"title": "c", "end": "2024-07-19", "duration": "0d"},
}


def plan(tasks: dict | None = None, **facts: object) -> Plan:
    campaign = {"title": "t", "calendar": "weekdays", "period": PERIOD, "phases": PHASES}
    campaign |= {"milestones": MILESTONES, **facts}
    entries = TASKS | {key: {"title": key, **task} for key, task in (tasks or {}).items()}
    data = {"mktexec": "1", "campaign": campaign, "tasks": entries}
    result = settled(Plan.model_validate(data))
    assert not result.problems
    return result.plan


DAYS = {
    "launch": "07-15",
    "launch + 0d": "07-15",
    "launch + 1d": "07-16",
    "launch - 1d": "07-12",  # Friday
    "launch - 10d": "07-01",  # 12–8 and 5–1
    "launch + 2w": "07-29",  # 16–19, 22–26, 29
    "launch - 2w": "07-01",  # ten working days as well
    "launch + 3cd": "07-18",
    "launch - 3cd": "07-12",
    "launch - 1cd": "07-14",  # a Sunday is a day
    "burst": "07-22",  # its first day
    "burst.start": "07-22",
    "burst.end": "07-28",
    "burst.end + 1d": "07-29",  # from Sunday to Monday
    "burst.end - 1d": "07-26",  # from Sunday to Friday
    "burst - 1w": "07-15",
    "campaign.start": "07-01",
    "campaign.start + 1d": "07-02",
    "campaign.start - 1d": "06-28",  # preparation may lie before
    "campaign.end - 1cd": "09-29",
    "campaign.end - 1d": "09-27",  # from Monday to Friday
    "opening + 1d": "07-18",  # a milestone task, by its start
    "closing + 1d": "07-22",  # and by its end
}


@pytest.mark.parametrize("text", DAYS)
def test_what_it_comes_to(text: str):
    assert plan({"A": {"start": text}}).tasks["A"].start == day(DAYS[text])


# from 8 October back lie 30 September and Sunday the 29th, forward 9–11 and Saturday the 12th
NATIONAL = {"launch - 1d": "09-30", "launch - 2d": "09-29", "launch - 3d": "09-27", "launch + 4d": "10-12"}


@pytest.mark.parametrize("text", NATIONAL)
def test_the_calendars_days_count(text: str):
    result = plan({"A": {"start": text}}, calendar="CN", milestones={"launch": "2024-10-08"})
    assert result.tasks["A"].start == day(NATIONAL[text])


def test_the_plans_own_days_off_and_working_days_count():
    # Friday the 12th is off and Saturday the 13th is worked: 13, 11
    result = plan({"A": {"start": "launch - 2d"}}, days_off=["2024-07-12"], workdays=["2024-07-13"])
    assert result.tasks["A"].start == day("07-11")


def test_the_owners_days_off_do_not():
    data = {
        "mktexec": "1",
        "campaign": {
            "title": "t",
            "calendar": "weekdays",
            "period": PERIOD,
            "milestones": {"launch": "2024-07-15"},
        },
        "people": {"li": {"days_off": ["2024-07-12"]}},
        "tasks": {"A": {"title": "a", "start": "launch - 1d", "owner": "li"}},
    }
    assert settled(Plan.model_validate(data)).plan.tasks["A"].start == day("07-12")


WEEKEND = {"launch": "07-13", "launch + 1d": "07-15", "launch - 1d": "07-12", "launch + 1cd": "07-14"}


@pytest.mark.parametrize("text", WEEKEND)
def test_from_a_saturday_the_next_working_day_is_one_further(text: str):
    result = plan({"A": {"start": text}}, milestones={"launch": "2024-07-13"})
    assert result.tasks["A"].start == day(WEEKEND[text])


def test_names_may_count_from_names():
    # launch 15 → teaser 8 → shooting 1, its milestone 3, and from there back to 2 and on to 4
    result = plan(
        {
            "A": {"start": "ready - 1d", "end": "M + 1d"},
            "M": {"start": "ready", "milestone": "true"},
        },
        milestones={
            "ready": "shooting + 2d",
            "shooting": "teaser - 5d",
            "teaser": "launch - 1w",
            "launch": "2024-07-15",
        },
        phases={"warm": {"start": "teaser", "end": "launch - 1d"}},
    )
    assert result.campaign.milestones == {
        "ready": day("07-03"),
        "shooting": day("07-01"),
        "teaser": day("07-08"),
        "launch": day("07-15"),
    }
    assert (result.campaign.phases["warm"].start, result.campaign.phases["warm"].end) == (
        day("07-08"),
        day("07-12"),
    )
    assert (result.tasks["A"].start, result.tasks["A"].end) == (day("07-02"), day("07-04"))


EVERYWHERE = {  # where a plan has a planned day, and what is written there
    "campaign.milestones.teaser": ("launch - 2d", "07-11"),
    "campaign.phases.warm.start": ("launch - 1w", "07-08"),
    "campaign.phases.warm.end": ("launch - 1d", "07-12"),
    "tasks.A.start": ("launch + 1d", "07-16"),
    "tasks.A.end": ("launch + 4d", "07-19"),
    "tasks.A.not_before": ("launch - 5d", "07-08"),
    "tasks.A.finish_by": ("launch + 5d", "07-22"),
    "goals.G.due": ("launch + 6d", "07-23"),
    "kpis.K.start": ("launch", "07-15"),
    "kpis.K.due": ("launch + 7d", "07-24"),
    "resources.R.due": ("launch - 3d", "07-10"),
    "materials.M.delivery": ("launch - 4d", "07-09"),
    "risks.W.trigger_date": ("launch - 6d", "07-05"),
    "experiments.E.start": ("launch + 8d", "07-25"),
    "experiments.E.end": ("launch + 9d", "07-26"),
    "review.next.0.due": ("launch + 2w", "07-29"),
}
TITLED = ("goals", "kpis", "resources", "materials", "risks", "experiments", "tasks")


def everywhere() -> dict:
    data: dict = {"mktexec": "1", "review": {"next": [{"action": "n"}]}}
    data["campaign"] = {"title": "t", "calendar": "weekdays", "period": PERIOD, "milestones": MILESTONES}
    for place, (text, _) in EVERYWHERE.items():
        *path, last = place.split(".")
        here = data
        for step in path:
            here = here[int(step)] if isinstance(here, list) else here.setdefault(step, {})
        here[last] = text
    for section in TITLED:
        for entry in data[section].values():
            entry["title"] = "t"
    data["kpis"]["K"]["target"] = "1"
    data["campaign"]["milestones"] = {"launch": "2024-07-15", "teaser": "launch - 2d"}
    return data


@pytest.mark.parametrize("place", EVERYWHERE)
def test_it_stands_wherever_a_day_is_planned(place: str):
    result = settled(Plan.model_validate(everywhere()))
    assert not result.problems
    found: object = result.plan
    for step in place.split("."):
        if isinstance(found, tuple):
            found = found[int(step)]
        else:
            found = found[step] if isinstance(found, dict) else getattr(found, step)
    text, expected = EVERYWHERE[place]
    assert found == day(expected)
    assert str(result.relative[tuple(place.split("."))]) == text.replace("1w", "5d").replace("2w", "10d")


def test_what_is_written_as_a_day_is_left_alone():
    before = plan({"A": {"start": "2024-07-15", "end": "2024-07-16"}})
    assert settled(before).plan is before


def test_dates_are_computed_from_them():
    # A 1–3 by its relative start, B after it, and C until two days before the launch
    result = plan(
        {
            "A": {"start": "launch - 10d", "duration": "3d"},
            "B": {"duration": "2d", "after": ["A"]},
            "C": {"end": "launch - 2d", "duration": "2d"},
        }
    )
    dates = schedule(result, date(2024, 6, 3)).dates
    found = {key: f"{dates[key].early_start:%m-%d} {dates[key].early_end:%m-%d}" for key in "ABC"}
    assert found == {"A": "07-01 07-03", "B": "07-04 07-05", "C": "07-10 07-11"}
    assert (dates["A"].start, dates["A"].end) == (day("07-01"), day("07-03"))


HEAD = """\
mktexec: 1
campaign:
  title: 大促
  calendar: weekdays
  period: {start: 2024-07-01, end: 2024-07-31}
  milestones:
    launch: 2024-07-15
"""

FAULTS = {  # what follows the head, and the code and line of what is found
    "a name that is not there": ("tasks:\n  A: {title: a, start: lunch - 2d}\n", "unknown-anchor", 9),
    "a task that is no milestone": (
        "tasks:\n  A: {title: a, start: 2024-07-01}\n  B: {title: b, start: A + 1d}\n",
        "unknown-anchor",
        10,
    ),
    "a milestone without a day": (
        "tasks:\n  M: {title: m, milestone: true}\n  B: {title: b, start: M + 1d}\n",
        "unknown-anchor",
        10,
    ),
    "half a name": ("tasks:\n  A: {title: a, start: campaign + 1d}\n", "unknown-anchor", 9),
    "a side that phases do not have": (
        "  phases: {w: {start: 2024-07-02, end: 2024-07-03}}\ntasks:\n  A: {title: a, start: w.middle}\n",
        "unknown-anchor",
        10,
    ),
    "a milestone of the campaign": ("    teaser: lunch - 2d\n", "unknown-anchor", 8),
    "a step of the review": (
        "review:\n  next:\n  - {action: a, due: launch}\n  - {action: b, due: lunch}\n",
        "unknown-anchor",
        11,
    ),
    "a day that counts from itself": ("    teaser: teaser - 2d\n", "anchor-loop", 8),
    "a task that counts from itself": (
        "tasks:\n  M: {title: m, milestone: true, start: M + 1d}\n",
        "anchor-loop",
        9,
    ),
    # 9,999 weeks are 192 years
    "too far ahead": ("tasks:\n  A: {title: a, start: launch + 9999w}\n", "day-out-of-range", 9),
    "too far back": ("tasks:\n  A: {title: a, start: launch - 9999w}\n", "day-out-of-range", 9),
    "in calendar days": (
        "    later: launch + 9999w\ntasks:\n  A: {title: a, start: 2024-07-01}\n",
        "day-out-of-range",
        8,
    ),
}


def errors(run, folder: Path, text: str, lang: str = "en") -> list[dict]:
    path = folder / "plan.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    result = run("check", path, "--format", "json", "--lang", lang)
    assert result.code == 1
    return [one for one in json.loads(result.out)["findings"] if one["level"] == "error"]


@pytest.mark.parametrize("case", FAULTS)
def test_what_cannot_be_counted_is_an_error_at_its_place(run, tmp_path: Path, case: str):
    text, code, line = FAULTS[case]
    (found,) = errors(run, tmp_path, text)
    assert (found["code"], found["line"]) == (code, line)


def test_a_near_miss_is_told(run, tmp_path: Path):
    (found,) = errors(run, tmp_path, "tasks:\n  A: {title: a, start: lunch - 2d}\n")
    assert "lunch" in found["message"]
    assert "launch" in found["hint"]
    (found,) = errors(run, tmp_path, "tasks:\n  A: {title: a, start: lunch - 2d}\n", "zh")
    assert "lunch" in found["message"]
    assert "launch" in found["hint"]


def test_a_loop_of_days_is_told_once_with_all_its_names(run, tmp_path: Path):
    text = "    a: b + 1d\n    b: c + 1d\n    c: a + 1d\n    d: a + 1d\ntasks:\n  A: {title: a, start: d}\n"
    (found,) = errors(run, tmp_path, text)
    assert found["code"] == "anchor-loop"
    assert found["line"] in {8, 9, 10}
    loop = found["message"].rpartition(": ")[2].split(" → ")
    assert loop[0] == loop[-1]
    assert {*loop} == {"a", "b", "c"}
    following = {"a": "b", "b": "c", "c": "a"}  # each counts from the next
    assert all(following[one] == then for one, then in pairwise(loop))


def test_what_counts_from_an_unknown_day_is_not_told_again(run, tmp_path: Path):
    text = "    teaser: lunch - 2d\ntasks:\n  A: {title: a, start: teaser}\n  B: {title: b, end: teaser}\n"
    (found,) = errors(run, tmp_path, text)
    assert (found["code"], found["line"]) == ("unknown-anchor", 8)
