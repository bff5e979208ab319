"""``campaign.calendar_file``: days off that a plan brings along, and every way to get the file wrong."""

import json
import os
from datetime import date
from pathlib import Path

import pytest

from mktexec.calendar import Workdays, YearDays
from mktexec.store.load import load
from mktexec.views.findings import finding_rows

PLAN = """\
mktexec: 1
campaign:
  title: 年货节
  calendar: CN
  calendar_file: {file}
  period: {{start: 2026-12-21, end: 2027-02-26}}
tasks:
  T1: {{title: 直播三场, start: 2026-12-31, duration: 3d, deliverable: 直播复盘}}
  T2: {{title: 投放信息流广告, start: 2027-02-04, duration: 2d, deliverable: 投放报告}}
"""
# A schedule of the usual form, written down here for 2027 before any was published.
CALENDAR = """\
CN:
  2027:
    off: [2027-01-01, 2027-02-05..2027-02-11]
    work: [2027-01-03]
"""
NAMED = "5:18"  # where the plan says calendar_file


@pytest.fixture
def project(tmp_path: Path):
    """Write a plan and its calendar file, and return the plan's path."""

    def write(calendar: str = CALENDAR, file: str = "calendars/cn.yaml") -> Path:
        home = tmp_path / "project"
        (home / "calendars").mkdir(parents=True, exist_ok=True)
        (home / "calendars" / "cn.yaml").write_text(calendar, encoding="utf-8")
        (home / "plan.yaml").write_text(PLAN.format(file=file), encoding="utf-8")
        return home / "plan.yaml"

    return write


def faults(plan: Path) -> list[tuple[str, str]]:
    """Return the code of every fault, and its place as file name, line and column."""
    loaded = load(plan)
    rows = finding_rows(loaded.faults, loaded.source, "en")
    return [(row.code, f"{Path(row.place.file).name}:{row.place.line}:{row.place.column}") for row in rows]


def days(*texts: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


# --- what a file changes ------------------------------------------------------------------


def test_ranges_have_both_ends_and_only_the_named_calendar_counts(project):
    other = "HK:\n  2027: {off: [2027-12-31]}\nCN:\n  2028: {off: []}\n" + CALENDAR.removeprefix("CN:\n")
    loaded = load(project(other))
    assert loaded.faults == []
    week = ["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11"]
    assert loaded.calendar == {
        2027: YearDays(days("2027-01-01", *week), days("2027-01-03")),
        2028: YearDays(frozenset(), frozenset()),
    }


def test_a_file_replaces_all_that_is_known_of_its_years_and_nothing_of_others():
    known = {2026: YearDays(days("2026-03-09"), days("2026-03-14"))}
    workdays = Workdays("CN", 2025, known=known)
    assert not workdays.works(date(2026, 3, 9))
    assert workdays.works(date(2026, 3, 14))  # a Saturday
    assert workdays.works(date(2026, 10, 1))  # published as a holiday, but not in the file
    assert not workdays.works(date(2025, 10, 1))  # another year
    assert workdays.between(date(2026, 1, 1), date(2026, 12, 31)) == 261  # 261 weekdays, one off, one made up


def test_days_of_the_plan_itself_win_over_the_file():
    known = {2027: YearDays(days("2027-02-05"), days("2027-01-03"))}
    workdays = Workdays("CN", 2027, days("2027-01-03"), days("2027-02-05"), known)
    assert not workdays.works(date(2027, 1, 3))
    assert workdays.works(date(2027, 2, 5))


def test_a_year_in_the_file_counts_as_known():
    known = {2027: YearDays(days("2027-01-01"), frozenset())}
    asked = date(2026, 12, 1), date(2028, 2, 1)
    assert Workdays("CN", 2026, known=known).unknown_years(*asked) == (2028,)
    assert Workdays("CN", 2026).unknown_years(*asked) == (2027, 2028)


def test_the_schedule_keeps_the_days_off_of_the_file(run, project):
    answer = json.loads(run("schedule", project(), "--format", "json").out)
    ends = {task["id"]: task["early_end"] for task in answer["tasks"]}
    # Thursday 12-31, Friday off, Sunday 3 made up, Monday; Thursday 02-04, then off to the 11th
    assert ends == {"T1": "2027-01-04", "T2": "2027-02-12"}


def test_without_the_file_the_year_is_said_to_be_unknown(run, project):
    def codes(plan: Path) -> set[str]:
        out = json.loads(run("check", plan, "--format", "json").out)
        return {one["code"] for one in out["findings"]}

    plan = project()
    assert "calendar-unknown-year" not in codes(plan)
    text = plan.read_text(encoding="utf-8").replace("  calendar_file: calendars/cn.yaml\n", "")
    plan.write_text(text, encoding="utf-8")
    assert "calendar-unknown-year" in codes(plan)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("off: 2027-01-01", days("2027-01-01")),  # one day stands for a list, as in a plan
        ("off:", frozenset()),
        ("off: []", frozenset()),
        ("off: [2027-01-01, 2027-01-01, 2027-01-01..2027-01-01]", days("2027-01-01")),
        ("off: [2027-12-31]\n    x-source: 国务院办公厅", days("2027-12-31")),
    ],
)
def test_ways_to_write_the_days(project, text: str, expected: frozenset):
    loaded = load(project(f"CN:\n  2027:\n    {text}\n"))
    assert loaded.faults == []
    assert loaded.calendar[2027].off == expected


# --- what is wrong in the file ------------------------------------------------------------

WRONG = {
    "no YAML": ("CN:\n  2027: {off: [2027-01-01}\n", "not-yaml", "2:15"),
    "two documents": ("CN: {}\n---\nCN: {}\n", "two-documents", "2:1"),
    "a list": ("- 2027-01-01\n", "wrong-type", "1:1"),
    "a text": ("2027-01-01\n", "wrong-type", "1:1"),
    "nothing": ("# to come\n", "empty-value", "1:1"),
    "an unknown calendar": ("cn:\n  2027: {off: []}\n", "unknown-calendar", "1:1"),
    "a calendar without years": ("CN: [2027-01-01]\n", "wrong-type", "1:1"),
    "no year": ("CN:\n  27: {off: []}\n", "unknown-key", "2:3"),
    "a year of long ago": ("CN:\n  1927: {off: []}\n", "unknown-key", "2:3"),
    "digits of another script": ("CN:\n  ２０２７: {off: []}\n", "unknown-key", "2:3"),
    "a year without lists": ("CN:\n  2027: 2027-01-01\n", "wrong-type", "2:9"),
    "an unknown key": ("CN:\n  2027: {off: [], holidays: []}\n", "unknown-key", "2:19"),
    "no days off": ("CN:\n  2027: {work: [2027-01-03]}\n", "missing-field", "2:3"),
    "a calendar twice": ("CN:\n  2027: {off: []}\nCN:\n  2028: {off: []}\n", "duplicate-key", "3:1"),
    "a year twice": ("CN:\n  2027: {off: []}\n  '2027': {off: []}\n", "duplicate-key", "3:3"),
    "a list twice": ("CN:\n  2027: {off: [], off: []}\n", "duplicate-key", "2:19"),
    "no day": ("CN:\n  2027: {off: [2027-02-29]}\n", "bad-day", "2:16"),
    "a day in another form": ("CN:\n  2027: {off: [2027/2/8]}\n", "bad-day", "2:16"),
    "half a range": ("CN:\n  2027: {off: [2027-02-05..]}\n", "bad-day", "2:16"),
    "three ends": ("CN:\n  2027: {off: [2027-02-05..2027-02-06..2027-02-07]}\n", "bad-day", "2:16"),
    "a map for a day": ("CN:\n  2027: {off: [{first: 2027-02-05}]}\n", "wrong-type", "2:16"),
    "a day of another year": ("CN:\n  2027: {off: [2026-12-31]}\n", "day-outside-year", "2:16"),
    "a range into another year": (
        "CN:\n  2027: {off: [2027-12-31..2028-01-02]}\n",
        "day-outside-year",
        "2:16",
    ),
    "a range longer than a year": (
        "CN:\n  2027: {off: [1990-01-01..2199-12-31]}\n",
        "day-outside-year",
        "2:16",
    ),
    "a reversed range": ("CN:\n  2027: {off: [2027-02-11..2027-02-05]}\n", "dates-reversed", "2:16"),
    "a day off and worked": (
        "CN:\n  2027: {off: [2027-02-05..2027-02-11], work: 2027-02-07}\n",
        "off-and-worked",
        "2:47",
    ),
    "control characters": ("CN:\n  2027: {off: ['\x07']}\n", "control-character", "2:17"),
    "a conflict": ("<<<<<<< ours\nCN: {}\n=======\n", "conflict-marker", "1:1"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_told_once_with_its_place(project, case: str):
    text, code, place = WRONG[case]
    assert faults(project(text)) == [(code, f"cn.yaml:{place}")]


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_wrong_stops_the_figures_with_a_hint_and_no_traceback(run, project, case: str, lang: str):
    result = run("status", project(WRONG[case][0]), "--lang", lang)
    assert (result.code, result.out) == (3, "")
    assert f"cn.yaml:{WRONG[case][2]}" in result.err
    assert "→" in result.err
    assert "Traceback" not in result.err
    assert "schema" not in result.err  # which describes plans and not this file


def test_everything_wrong_in_a_file_is_told_at_once(project):
    text = "XX: {}\nCN:\n  2027: {off: [x, 2027-02-30], Work: []}\n  99: {off: []}\n"
    assert faults(project(text)) == [
        ("unknown-calendar", "cn.yaml:1:1"),
        ("unknown-key", "cn.yaml:3:32"),
        ("bad-day", "cn.yaml:3:16"),
        ("bad-day", "cn.yaml:3:19"),
        ("unknown-key", "cn.yaml:4:3"),
    ]


def test_a_long_list_of_the_same_range_costs_no_more_than_one(project):
    items = ", ".join(["2027-01-01..2027-12-31"] * 20_000)
    loaded = load(project(f"CN:\n  2027: {{off: [{items}]}}\n"))
    assert loaded.faults == []
    assert len(loaded.calendar[2027].off) == 365


# --- where the file may lie ---------------------------------------------------------------


@pytest.mark.parametrize("file", ["calendars/none.yaml", "calendars", "''", '"\\0"', "x" * 300])
def test_a_file_that_cannot_be_read_is_told_in_the_plan(project, file: str):
    assert faults(project(file=file)) == [("calendar-file-unread", f"plan.yaml:{NAMED}")]


@pytest.mark.parametrize(
    "file", ["/etc/hostname", "../cn.yaml", "calendars/../../cn.yaml", "../project2/cn.yaml"]
)
def test_a_file_outside_the_project_is_not_read(project, file: str):
    plan = project(file=file)
    (plan.parent.parent / "cn.yaml").write_text(CALENDAR, encoding="utf-8")
    (plan.parent.parent / "project2").mkdir()
    (plan.parent.parent / "project2" / "cn.yaml").write_text(CALENDAR, encoding="utf-8")
    assert faults(plan) == [("calendar-file-outside", f"plan.yaml:{NAMED}")]
    assert load(plan).calendar == {}


def test_a_link_that_leads_outside_is_not_followed(project):
    plan = project(file="calendars/link.yaml")
    outside = plan.parent.parent / "cn.yaml"
    outside.write_text(CALENDAR, encoding="utf-8")
    (plan.parent / "calendars" / "link.yaml").symlink_to(outside)
    assert faults(plan) == [("calendar-file-outside", f"plan.yaml:{NAMED}")]


def test_links_in_a_circle_are_no_file(project):
    plan = project(file="calendars/one.yaml")
    (plan.parent / "calendars" / "one.yaml").symlink_to("two.yaml")
    (plan.parent / "calendars" / "two.yaml").symlink_to("one.yaml")
    assert faults(plan) == [("calendar-file-unread", f"plan.yaml:{NAMED}")]


def test_a_pipe_is_not_waited_for(project):
    plan = project(file="calendars/pipe.yaml")
    os.mkfifo(plan.parent / "calendars" / "pipe.yaml")
    assert faults(plan) == [("calendar-file-unread", f"plan.yaml:{NAMED}")]


def test_the_project_is_the_repository_around_the_plan(project):
    plan = project(file="../cn.yaml")
    (plan.parent.parent / "cn.yaml").write_text(CALENDAR, encoding="utf-8")
    (plan.parent.parent / ".git").mkdir()
    loaded = load(plan)
    assert loaded.faults == []
    assert list(loaded.calendar) == [2027]


def test_the_nearest_repository_is_the_project(project):
    plan = project(file="../cn.yaml")
    (plan.parent.parent / "cn.yaml").write_text(CALENDAR, encoding="utf-8")
    (plan.parent.parent / ".git").mkdir()
    (plan.parent / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")  # a work tree
    assert faults(plan) == [("calendar-file-outside", f"plan.yaml:{NAMED}")]


def test_a_plan_that_is_a_link_has_its_calendar_beside_what_it_leads_to(project):
    plan = project()
    link = plan.parent.parent / "link.yaml"
    link.symlink_to(plan)
    assert load(link).faults == []
    assert list(load(link).calendar) == [2027]


@pytest.mark.parametrize("file", ["cn.yaml", "./cn.yaml", "calendars/cn.yaml"])
def test_a_plan_in_a_folder_may_hold_its_calendar_too(project, file: str):
    folder = project(file=file).parent
    (folder / "cn.yaml").write_text(CALENDAR, encoding="utf-8")
    if file.startswith("calendars"):
        (folder / "cn.yaml").unlink()
    loaded = load(folder)
    assert loaded.faults == []
    assert list(loaded.calendar) == [2027]
    assert [Path(one.file).name for one in loaded.source.documents] == ["plan.yaml"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_plan_that_names_itself_is_no_calendar(project, whole: bool):  # noqa: FBT001
    plan = project(file="plan.yaml")
    assert faults(plan.parent if whole else plan) == [
        ("unknown-calendar", "plan.yaml:1:1"),
        ("unknown-calendar", "plan.yaml:2:1"),
        ("unknown-calendar", "plan.yaml:7:1"),
    ]


# --- writing ------------------------------------------------------------------------------


def test_writing_commands_leave_the_calendar_file_as_it_is(run, project):
    untidy = "# as published\nCN:\n    2027:   {off: [ 2027-01-01 ]}\n"
    for chosen in (project(untidy), project(untidy).parent):
        calendar = project(untidy).parent / "calendars" / "cn.yaml"
        assert run("set", "T1", "owner=li", "--force", "--plan", chosen).code == 0
        assert run("fmt", chosen).code == 0
        assert run("done", "T1", "--plan", chosen, MKTEXEC_TODAY="2027-01-05").code == 0
        assert "owner: li" in (calendar.parent.parent / "plan.yaml").read_text(encoding="utf-8")
        assert calendar.read_text(encoding="utf-8") == untidy


def test_a_change_is_refused_where_it_would_lose_the_file(run, project):
    plan = project()
    result = run("set", "campaign", "calendar_file=calendars/none.yaml", "--plan", plan)
    assert result.code == 1
    assert "calendar-file-unread" in result.err
    assert "calendars/cn.yaml" in plan.read_text(encoding="utf-8")
