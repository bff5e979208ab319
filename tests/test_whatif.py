"""What if: each question has a hand-computed answer, and --write writes what was shown.

The plan is a chain A → B → C → E with D beside B and C, from Monday 2024-07-01, Monday to Friday:
A 07-01 to 07-05, B 07-08 to 07-10, C 07-11 to 07-12, D 07-08 to 07-09 with three days of slack, and
the milestone E at the end of 07-12.
"""

import difflib
import json
from datetime import date, timedelta

import pytest

from mktexec.columns import width
from mktexec.dates import Duration
from mktexec.model import Plan
from mktexec.schedule import schedule
from mktexec.schedule.slip import later_start, work_left

PLAN = """\
mktexec: 1
campaign:
  title: Summer launch
  period: {start: 2024-07-01, end: 2024-07-15}
  calendar: weekdays
  milestones: {launch: 2024-07-22}
  language: en
people:
  li: {name: Li}
goals:
  G1: {title: 500 orders, owner: li, due: 2024-07-12}
  G2: {title: 200 fans, owner: li, due: launch + 2d, parent: G1}
initiatives:
  I1: {title: Page, goal: G1, owner: li}
  I2: {title: Posters, goal: G2, owner: li}
tasks:
  A:
    title: Brief
    initiative: I1
    owner: li
    start: 2024-07-01
    end: 2024-07-05  # agreed
    log: {2024-07-02: looks good}
  B:
    title: Design
    initiative: I1
    duration: 3d  # a guess
    after: [A]
  C: {title: Build, initiative: I1, duration: 2d, after: [B], finish_by: 2024-07-15}
  D: {title: Posters, initiative: I2, owner: li, duration: 2d, after: [A]}
  E: {title: Go live, initiative: I1, milestone: true, duration: 0d, after: [C, D]}
kpis:
  K1: {title: Fans, task: D, target: 200, due: 2024-07-12, source: shop}
"""
FIRST = "2024-07-01"  # nothing has begun


def plan_at(tmp_path, text=PLAN):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def ask(run, tmp_path):
    """Ask about the plan; give the JSON of the answer."""

    def asked(*questions, text=PLAN, as_of=FIRST):
        plan = plan_at(tmp_path, text)
        result = run("schedule", plan, "--as-of", as_of, "--format", "json", *questions)
        assert result.code == 0, result.err
        assert plan.read_text(encoding="utf-8") == text
        return json.loads(result.out)

    return asked


def moves(answer):
    return {
        task[
            "id"
        ]: f"{task['after']['forecast_start'][5:]} {task['after']['forecast_end'][5:]} {task['days']:+d}"
        for task in answer["tasks"]
    }


# questions: (tasks that move and to where, end of the whole, what then drives the forecast end)
CHAIN = ["A", "B", "C", "E"]
ANSWERS = {
    ("--slip", "D=2d"): ({"D": "07-10 07-11 +2"}, "2024-07-12", CHAIN),
    # D would begin on 07-08 and begins on 07-15; E waits for its end on 07-16
    ("--slip", "D=5d"): ({"D": "07-15 07-16 +5", "E": "07-16 07-16 +2"}, "2024-07-16", ["D", "E"]),
    ("--slip", "D=1w"): ({"D": "07-15 07-16 +5", "E": "07-16 07-16 +2"}, "2024-07-16", ["D", "E"]),
    # a week from Monday 07-08 by the calendar
    ("--slip", "D=7cd"): ({"D": "07-15 07-16 +5", "E": "07-16 07-16 +2"}, "2024-07-16", ["D", "E"]),
    ("--slip", "D=2d", "--slip", "Posters=3d"): (
        {"D": "07-15 07-16 +5", "E": "07-16 07-16 +2"},
        "2024-07-16",
        ["D", "E"],
    ),
    ("--slip", "Design=1d"): (
        {"B": "07-09 07-11 +1", "C": "07-12 07-15 +1", "E": "07-15 07-15 +1"},
        "2024-07-15",
        ["B", "C", "E"],
    ),
    # C waits for A now; E for 07-09, when both C and D end
    ("--without", "B"): ({"C": "07-08 07-09 -3", "E": "07-09 07-09 -3"}, "2024-07-09", ["A", "C", "E"]),
    ("--with", "B.duration=1d"): (
        {"B": "07-08 07-08 -2", "C": "07-09 07-10 -2", "E": "07-10 07-10 -2"},
        "2024-07-10",
        CHAIN,
    ),
    # nothing waits for B any more, which ends last
    ("--with", "tasks.C.after=A"): ({"C": "07-08 07-09 -3", "E": "07-09 07-09 -3"}, "2024-07-10", ["A", "B"]),
    # a page that is ready sooner is of no use while the posters wait
    ("--without", "B", "--slip", "D=5d"): (
        {"C": "07-08 07-09 -3", "D": "07-15 07-16 +5", "E": "07-16 07-16 +2"},
        "2024-07-16",
        ["D", "E"],
    ),
    ("--with", "B.duration=1d", "--with", "C.duration=4d"): (
        {"B": "07-08 07-08 -2", "C": "07-09 07-12 +0"},
        "2024-07-12",
        CHAIN,
    ),
    ("--with", "launch=2024-07-29"): ({}, "2024-07-12", CHAIN),
}


@pytest.mark.parametrize("questions", ANSWERS)
def test_a_question_has_the_answer_that_is_computed_by_hand(ask, questions):
    tasks, end, path = ANSWERS[questions]
    answer = ask(*questions)
    assert moves(answer) == tasks
    assert answer["forecast_end"]["after"] == end
    assert answer["drivers"]["after"] == path


def test_nothing_is_written_by_asking(run, tmp_path):
    plan = plan_at(tmp_path)
    result = run("schedule", plan, "--slip", "D=5d", MKTEXEC_TODAY=FIRST)
    assert (result.code, result.err) == (0, "nothing written; to write the change: --write\n")
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_task_under_way_has_more_work_left(ask):
    begun = PLAN.replace("    log:", "    actual: {start: 2024-07-01}\n    log:")
    # on Wednesday 07-03 two days are left, 4 and 5; with two more it ends on Tuesday 07-09
    answer = ask("--slip", "A=2d", text=begun, as_of="2024-07-03")
    assert moves(answer) == {
        "A": "07-01 07-09 +2",
        "B": "07-10 07-12 +2",
        "C": "07-15 07-16 +2",
        "D": "07-10 07-11 +2",
        "E": "07-16 07-16 +2",
    }
    assert answer["end"] == {"before": "2024-07-12", "after": "2024-07-12", "days": 0}


# --- deadlines, milestones, buffers -------------------------------------------------------


def test_a_milestone_of_the_campaign_takes_its_relative_deadlines_along(ask):
    answer = ask("--with", "launch=2024-07-29")
    assert answer["milestones"] == [
        {"id": None, "title": "launch", "before": "2024-07-22", "after": "2024-07-29", "days": 5}
    ]
    (goal,) = answer["deadlines"]  # launch + 2d
    assert (goal["kind"], goal["id"]) == ("goal", "G2")
    assert goal["due"] == {"before": "2024-07-24", "after": "2024-07-31"}
    assert goal["days_late"] == {"before": 0, "after": 0}


def test_deadlines_are_missed_by_the_tasks_that_serve_them(ask):
    """D moves to 07-16, and E with it: two days past 07-12 for K1 and G1, to which G2's tasks count."""
    answer = ask("--slip", "D=5d")
    late = {one["id"]: (one["kind"], one["task"], one["days_late"]["after"]) for one in answer["deadlines"]}
    assert late == {"K1": ("kpi", "D", 2), "G1": ("goal", "E", 2)}
    assert answer["days_past_period"] == 1  # its end is Monday 07-15


def test_a_day_by_which_a_task_must_end_is_missed_and_met_again(ask):
    (missed,) = [one for one in ask("--slip", "C=2d")["deadlines"] if one["kind"] == "task"]
    assert (missed["id"], missed["task_end"], missed["days_late"]) == (
        "C",
        "2024-07-16",
        {"before": 0, "after": 1},
    )
    late = PLAN.replace("finish_by: 2024-07-15", "finish_by: 2024-07-11")
    (met,) = [one for one in ask("--with", "C.duration=1d", text=late)["deadlines"] if one["kind"] == "task"]
    assert met["days_late"] == {"before": 1, "after": 0}


def test_a_buffer_is_used_by_work_that_grows(ask):
    """A keeps two days, so that the others begin on 07-10; one more day of A takes one of the two."""
    begun = PLAN.replace("    log:", "    buffer: 2d\n    actual: {start: 2024-07-01}\n    log:")
    answer = ask("--slip", "A=1d", text=begun, as_of="2024-07-03")
    assert moves(answer) == {"A": "07-01 07-08 +1"}
    assert answer["buffers"] == [
        {
            "id": "A",
            "before": {"set": 2, "used": 0, "left": 2},
            "after": {"set": 2, "used": 1, "left": 1},
        }
    ]


def test_what_becomes_critical_is_marked_whether_it_moves_or_not(ask):
    assert ask("--slip", "D=3d")["newly_critical"] == []  # a delay changes nothing of what could be
    answer = ask("--with", "D.not_before=2024-07-11")  # D ends on 07-12 as C does
    assert moves(answer) == {"D": "07-11 07-12 +3"}
    assert [one["newly_critical"] for one in answer["tasks"]] == [True]
    # C two days sooner: A and D are what is left without slack
    answer = ask("--with", "C.after=A", "--with", "B.duration=1d", "--with", "C.duration=1d")
    assert answer["newly_critical"] == ["D"]


# --- --write ------------------------------------------------------------------------------


def written(run, tmp_path, *questions, text=PLAN, as_of=FIRST):
    """Return the lines that --write took out and put in."""
    plan = plan_at(tmp_path, text)
    result = run("schedule", plan, "--as-of", as_of, *questions, "--write")
    assert result.code == 0, result.err
    lines = difflib.ndiff(text.splitlines(), plan.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_write_changes_the_one_line_that_was_asked_about(run, tmp_path):
    assert written(run, tmp_path, "--with", "B.duration=1d") == [
        "-     duration: 3d  # a guess",
        "+     duration: 1d  # a guess",
    ]
    d = "  D: {title: Posters, initiative: I2, owner: li, duration: 2d, after: [A]"
    assert written(run, tmp_path, "--slip", "D=5d") == [f"- {d}}}", f"+ {d}, expected_start: 2024-07-15}}"]
    assert written(run, tmp_path, "--without", "D") == [f"- {d}}}", f"+ {d}, cancelled: 2024-07-01}}"]


def test_write_keeps_what_is_recorded_on_the_day(run, tmp_path):
    begun = PLAN.replace("    log:", "    actual: {start: 2024-07-01}\n    log:")
    day = "2024-07-02"  # three days are left and one more
    text, note = "    log: {2024-07-02: looks good}", "remaining: 4d, note: looks good"
    assert written(run, tmp_path, "--slip", "A=1d", text=begun, as_of=day) == [
        f"- {text}",
        f"+     log: {{2024-07-02: {{{note}}}}}",
    ]
    again = begun.replace("looks good}", "{remaining: 4d, note: looks good}}")
    assert written(run, tmp_path, "--slip", "A=1d", text=again, as_of=day) == [
        f"-     log: {{2024-07-02: {{{note}}}}}",
        "+     log: {2024-07-02: {remaining: 5d, note: looks good}}",
    ]


def test_asking_twice_and_writing_is_slipping_twice(run, tmp_path):
    plan = plan_at(tmp_path)
    for _ in range(2):
        assert run("schedule", plan, "--slip", "D=1d", "--write", MKTEXEC_TODAY=FIRST).code == 0
    assert "expected_start: 2024-07-10}" in plan.read_text(encoding="utf-8")


def test_what_was_shown_is_what_stands_after_write(run, tmp_path):
    plan = plan_at(tmp_path)
    questions = ("--slip", "D=5d", "--without", "B", "--with", "C.duration=4d")
    shown = json.loads(run("schedule", plan, "--format", "json", *questions, MKTEXEC_TODAY=FIRST).out)
    assert run("schedule", plan, *questions, "--write", MKTEXEC_TODAY=FIRST).code == 0
    then = json.loads(run("schedule", plan, "--format", "json", MKTEXEC_TODAY=FIRST).out)
    assert (then["end"], then["forecast_end"]) == (shown["end"]["after"], shown["forecast_end"]["after"])
    days = {task["id"]: task for task in then["tasks"]}
    for task in shown["tasks"]:
        assert task["after"].items() <= days[task["id"]].items()


def test_a_dry_run_shows_the_lines_and_writes_none(run, tmp_path):
    plan = plan_at(tmp_path)
    result = run("schedule", plan, "--slip", "D=5d", "--write", "--dry-run", MKTEXEC_TODAY=FIRST)
    assert "D Posters: 5 working days later, expected on 2024-07-15" in result.out
    assert "nothing written (--dry-run)" in result.err
    assert plan.read_text(encoding="utf-8") == PLAN


# --- what has no answer -------------------------------------------------------------------

DONE = PLAN.replace("    log:", "    actual: {start: 2024-07-01, end: 2024-07-02}\n    log:")
GONE = PLAN.replace("posters", "x").replace("owner: li, duration: 2d", "cancelled: 2024-07-01, duration: 2d")
WEEKLY = PLAN.replace("duration: 2d, after: [A]}\n", "repeats: weekly}\n").replace("[C, D]", "[C]")
REFUSED = {
    ("--slip", "A=2d"): (DONE, 2, "A is done: finished work does not move"),
    ("--without", "A"): (DONE, 2, "A is done"),
    ("--slip", "D=2d"): (GONE, 2, "D was called off on 2024-07-01"),
    ("--slip", "D=1d"): (WEEKLY, 2, "D recurs on its own days"),
    ("--slip", "X=2d"): (PLAN, 2, "there is no entry X"),
    ("--slip", "D"): (PLAN, 2, "'D' is no slip"),
    ("--slip", "D=0d"): (PLAN, 2, "'D=0d' is no slip"),
    ("--slip", "D=-2d"): (PLAN, 2, "'D=-2d' is no slip"),
    ("--slip", "D=2d", "--slip", "D=2cd"): (PLAN, 2, "by working days and by calendar days"),
    ("--slip", "D=2d", "--without", "D"): (PLAN, 2, "D and D=2d contradict each other"),
    ("--slip", "D=2d", "--with", "D.expected_start=2024-07-20"): (PLAN, 2, "contradict each other"),
    ("--with", "D.duration=1d", "--with", "D.duration=2d"): (PLAN, 2, "contradict each other"),
    ("--with", "X.duration=1d"): (PLAN, 2, "there is no entry X"),
    ("--with", "tasks.X.duration=1d"): (PLAN, 2, "there is no entry tasks.X"),
    ("--with", "D.length=1d"): (PLAN, 2, "tasks.D has no field length"),
    ("--with", "lunch=2024-08-01"): (PLAN, 2, "did you mean launch?"),
    ("--with", "D=1d"): (PLAN, 2, "D names no field"),
    ("--with", "D"): (PLAN, 2, "FIELD=VALUE"),
    ("--with", "D.duration=soon"): (PLAN, 1, "bad-duration"),
    ("--with", "B.after=C"): (PLAN, 1, "dependency-cycle"),
    ("--slip", "D=2d", "--load"): (PLAN, 2, "do not go with --load or --by"),
    ("--slip", "D=2d", "--by", "goal"): (PLAN, 2, "do not go with --load or --by"),
    ("--slip", "D=2d", "--write", "--format", "json"): (PLAN, 2, "--write goes without --format"),
    ("--slip", "D=2d", "--force"): (PLAN, 2, "go with --write"),
    ("--write",): (PLAN, 2, "--write needs a question"),
}


@pytest.mark.parametrize("questions", REFUSED)
def test_a_question_without_an_answer_says_why(run, tmp_path, questions):
    text, code, reason = REFUSED[questions]
    plan = plan_at(tmp_path, text)
    result = run("schedule", plan, *questions, MKTEXEC_TODAY="2024-07-03")
    assert (result.code, result.out) == (code, "")
    assert reason in result.err
    assert plan.read_text(encoding="utf-8") == text


def test_a_plan_that_would_be_unsound_is_written_by_force_only(run, tmp_path):
    plan = plan_at(tmp_path)
    asked = run("schedule", plan, "--with", "B.after=C", MKTEXEC_TODAY=FIRST)
    refused = run("schedule", plan, "--with", "B.after=C", "--write", MKTEXEC_TODAY=FIRST)
    assert "no answer, the plan would then have errors" in asked.err
    assert "not written, the plan would have errors (--force writes it)" in refused.err
    assert plan.read_text(encoding="utf-8") == PLAN
    assert run("schedule", plan, "--with", "B.after=C", "--write", "--force", MKTEXEC_TODAY=FIRST).code == 0
    assert "after: [C]" in plan.read_text(encoding="utf-8")


# --- a slip is exactly as long as it says -------------------------------------------------

TASKS = {
    "typed days": {"start": "2024-07-10", "end": "2024-07-16"},
    "typed days, late": {"start": "2024-07-01", "end": "2024-07-02"},
    "an end alone": {"end": "2024-07-19"},
    "a start and a length": {"start": "2024-07-11", "duration": "4d"},
    "a length": {"duration": "3d"},
    "behind another": {"duration": "3d", "after": ["first"]},
    "behind its start": {"duration": "6d", "after": ["first SS +2d"]},
    "up to its end": {"duration": "2d", "after": ["first FF +1d"]},
    "not before a day": {"duration": "1d", "not_before": "2024-07-20"},
    "from a weekend on": {"start": "2024-07-13", "end": "2024-07-16"},
    "over a weekend": {"start": "2024-07-12", "end": "2024-07-14"},
    "with days off": {"start": "2024-07-10", "end": "2024-07-12", "owner": "li"},
    "a fixed milestone": {"end": "2024-07-19", "milestone": "true"},
    "a milestone behind": {"milestone": "true", "duration": "0d", "after": ["first"]},
    "a weekend's event": {"start": "2024-07-13", "end": "2024-07-14"},
    "a Sunday's event": {"start": "2024-07-14", "end": "2024-07-14"},
    "calendar days": {"duration": "5cd", "after": ["first"]},
    "calendar days from a day on": {"start": "2024-07-11", "duration": "4cd"},
}
AT_ITS_START = ("calendar days",)  # how many working days it takes depends on where it lies
DAY = timedelta(days=1)


def scheduled(task, as_of):
    tasks = {"first": {"title": "f", "start": "2024-07-04", "end": "2024-07-11"}, "T": {"title": "t", **task}}
    campaign = {"title": "c", "calendar": "weekdays", "period": {"start": "2024-07-01", "end": "2024-09-30"}}
    people = {"li": {"days_off": ["2024-07-11", "2024-07-15"]}}
    data = {"mktexec": "1", "campaign": campaign, "people": people, "tasks": tasks}
    return schedule(Plan.model_validate(data), as_of)


def days_between(result, was, now):
    work = result.work("T")
    return work.between(was + DAY, now)


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("as_of", ["2024-06-28", "2024-07-08", "2024-07-13", "2024-07-24"])
def test_a_task_that_has_not_begun_is_exactly_so_much_later(name, as_of):
    today = date.fromisoformat(as_of)
    before = scheduled(TASKS[name], today)
    for count in range(1, 13):
        day = later_start(before, "T", Duration(count))
        after = scheduled(TASKS[name] | {"expected_start": day.isoformat()}, today)
        old, new = before.dates["T"], after.dates["T"]
        assert new.forecast_start == day
        if name in AT_ITS_START:
            assert days_between(before, old.forecast_start, new.forecast_start) == count
        else:
            assert days_between(before, old.forecast_end, new.forecast_end) == count


RECORDS = {
    "begun": {"actual": {"start": "2024-07-09"}},
    "half done": {"progress": "50", "actual": {"start": "2024-07-09"}},
    "recorded": {"actual": {"start": "2024-07-09"}, "log": {"2024-07-10": {"progress": "30"}}},
    "said to need more": {"log": {"2024-07-11": {"progress": "30", "remaining": "7d"}}},
}


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("as_of", ["2024-07-11", "2024-07-13", "2024-07-24"])
def test_a_task_under_way_is_exactly_so_much_later(name, record, as_of):
    today = date.fromisoformat(as_of)
    task = TASKS[name] | RECORDS[record]
    before = scheduled(task, today)
    for count in range(1, 13):
        left = work_left(before, "T", Duration(count))
        log = task.get("log", {})
        entry = log.get(as_of, {}) | {"remaining": f"{left}d"}
        after = scheduled(task | {"log": log | {as_of: entry}}, today)
        old, new = before.dates["T"], after.dates["T"]
        assert new.forecast_start == old.forecast_start or new.milestone
        assert days_between(before, old.forecast_end, new.forecast_end) == count


# Thursday 07-11; in calendar days a slip that leads to a day off counts from the next working day
@pytest.mark.parametrize(
    ("days", "starts"), [(1, "2024-07-12"), (2, "2024-07-15"), (4, "2024-07-15"), (7, "2024-07-18")]
)
def test_a_slip_in_calendar_days_counts_days_off_too(days, starts):
    today, task = date(2024, 7, 1), {"start": "2024-07-11", "duration": "4d"}
    day = later_start(scheduled(task, today), "T", Duration(days, "cd"))
    after = scheduled(task | {"expected_start": day.isoformat()}, today)
    assert after.dates["T"].forecast_start.isoformat() == starts


# --- the screen ---------------------------------------------------------------------------

SCREENS = {
    "en": """\
Summer launch: what if, as of 2024-07-01
  milestones: launch 2024-07-22 → 2024-07-29
  D Posters: 5 working days later, expected on 2024-07-15

Forecast finish  07-12 → 07-16  +2 working days
                 1 working day past the campaign's end, 07-15
Earliest finish  07-12, unchanged

Milestones that move
  E Go live  07-12 → 07-16  +2 working days
  launch     07-22 → 07-29  +5 working days

What drives the forecast finish
  before  A → B → C → E
  after   D → E

Tasks that move  2
  Id  Task     Owner  Start          End            Days  Slack
  D   Posters  Li     07-08 → 07-15  07-09 → 07-16    +5      3
  E   Go live  –      07-12 → 07-16  07-12 → 07-16    +2      0

Deadlines
  goal G1 500 orders: due 07-12, E ends 07-16, 2 working days past it
  KPI K1 Fans: due 07-12, D ends 07-16, 2 working days past it
  goal G2 200 fans: due 07-24 → 07-31
""",
    "zh": """\
Summer launch：假设推演，截至 2024-07-01
  milestones：launch 2024-07-22 → 2024-07-29
  D Posters：推迟 5 个工作日，预计 2024-07-15 开始

预计完成  07-12 → 07-16  +2 个工作日
          比活动结束日 07-15 晚 1 个工作日
最早完成  07-12，不变

变动的关键节点
  E Go live  07-12 → 07-16  +2 个工作日
  launch     07-22 → 07-29  +5 个工作日

决定预计完成日的任务链
  此前    A → B → C → E
  推演后  D → E

变动的任务  2
  编号  任务     负责人  预计开始       预计完成       工作日  浮动
  D     Posters  Li      07-08 → 07-15  07-09 → 07-16      +5     3
  E     Go live  –       07-12 → 07-16  07-12 → 07-16      +2     0

受影响的期限
  目标 G1 500 orders：期限 07-12，E 将于 07-16 完成，超期 2 个工作日
  指标 K1 Fans：期限 07-12，D 将于 07-16 完成，超期 2 个工作日
  目标 G2 200 fans：期限 07-24 → 07-31
""",
}


@pytest.mark.parametrize("lang", SCREENS)
def test_the_screen_shows_only_what_changes(run, tmp_path, lang):
    questions = ("--slip", "D=5d", "--with", "launch=2024-07-29", "--lang", lang)
    assert run("schedule", plan_at(tmp_path), *questions, MKTEXEC_TODAY=FIRST).out == SCREENS[lang]


SENTENCES = {
    ("en", "--slip", "D=2d"): "Nothing else moves: D had 3 working days of slack.",
    ("zh", "--slip", "D=2d"): "其他任务不受影响：D 原有浮动 3 个工作日。",
    ("en", "--without", "D"): "Nothing moves.",
    ("zh", "--without", "D"): "没有任务变动。",
    ("en", "--with", "A.duration=3d"): "Nothing moves.",  # it is typed by two days
}


@pytest.mark.parametrize("question", SENTENCES)
def test_what_moves_nothing_says_so_and_why(run, tmp_path, question):
    lang, *asked = question
    result = run("schedule", plan_at(tmp_path), *asked, "--lang", lang, MKTEXEC_TODAY=FIRST)
    assert SENTENCES[question] in result.out.splitlines()


def test_finished_work_does_not_move_with_its_promised_day(ask):
    done = PLAN.replace("end: 2024-07-05  #", "end: launch - 11d\n    actual: {end: 2024-07-05}  #")
    answer = ask("--with", "launch=2024-07-23", text=done, as_of="2024-07-10")
    assert [one["id"] for one in answer["tasks"]] == ["B", "D", "C", "E"]  # what follows is promised later


@pytest.mark.parametrize(
    ("lang", "said"),
    {
        "en": "Planned days move, the forecast does not: D Posters",
        "zh": "仅计划日期变动、预计不变：D Posters",
    }.items(),
)
def test_work_of_which_only_the_promise_moves_is_told_apart(run, tmp_path, lang, said):
    text = PLAN.replace("owner: li, duration: 2d, after", "owner: li, end: launch - 12d, duration: 2d, after")
    asked = ("--with", "launch=2024-07-23", "--lang", lang)
    lines = run("schedule", plan_at(tmp_path, text), *asked, MKTEXEC_TODAY=FIRST).out.splitlines()
    assert said in lines
    assert not any(line.startswith("  D ") for line in lines)


def test_a_value_that_says_nothing_new_is_explained(run, tmp_path):
    result = run("schedule", plan_at(tmp_path), "--with", "A.duration=3d", MKTEXEC_TODAY=FIRST)
    assert "2024-07-01 to 2024-07-05 is 5d, not 3d" in result.out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_keeps_to_its_width_and_shows_titles_as_data(run, tmp_path, lang):
    title = '"\\e[31m制作全部物料并逐一验收入库，直到没有任何遗漏为止 with everything"'
    text = PLAN.replace("title: Posters, init", f"title: {title}, init").replace("2024", "2027")
    result = run("schedule", plan_at(tmp_path, text), "--slip", "D=5d", "--lang", lang)
    assert result.code == 0, result.err
    assert "\x1b" not in result.out
    assert max(width(line) for line in result.out.splitlines()) <= 80
