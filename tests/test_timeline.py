"""The screen and the JSON of ``schedule``: limits, buffers, recurring tasks, summary dates.

A runs from Monday 2024-07-01 to 07-05 and keeps two days behind it, so that B takes 07-10 to 07-12,
a day past the one by which it must end. C may begin on 07-08 and takes two days: it can slip by three.
As of 07-03 four days of A were left after 07-02: it ends on 07-08 and uses one day of its buffer.
"""

import json

import pytest

from mktexec.columns import width

PLAN = """\
mktexec: 1
campaign:
  title: Sale
  period: {start: 2024-07-01, end: 2024-07-31}
  calendar: weekdays
  buffer: 5d
  language: en
  phases:
    warm-up: {title: Warm-up, start: 2024-07-01, end: 2024-07-09}
    sale: {start: 2024-07-10, end: 2024-07-19}
people:
  li: {name: Li, department: Design}
  wu: {name: Wu}
goals:
  G0: {title: Revenue of 1000, owner: li, due: 2024-07-31}
  G1: {title: 100 orders, owner: li, due: 2024-07-31, parent: G0}
  G2: {title: 10 stores, owner: li, due: 2024-07-31}
initiatives:
  I1: {title: Page, goal: G1, owner: li}
  I2: {title: Posts, goal: G0, owner: wu}
tasks:
  A:
    title: Design
    initiative: I1
    owner: li
    start: 2024-07-01
    end: 2024-07-05
    buffer: 2d
    actual: {start: 2024-07-01}
    log: {2024-07-02: {remaining: 4d}}
  B: {title: Build, initiative: I1, owner: wu, duration: 3d, after: [A], finish_by: 2024-07-11}
  C: {title: Texts, owner: wu, duration: 2d, not_before: 2024-07-08}
  W: {title: Weekly post, initiative: I2, start: 2024-07-01, end: 2024-07-29, repeats: weekly}
"""
AS_OF = "2024-07-03"


@pytest.fixture
def show(run, tmp_path):
    """Run ``schedule`` on the plan."""
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    return lambda *options, columns="80", **env: run(
        "schedule", plan, *options, MKTEXEC_TODAY=AS_OF, COLUMNS=columns, **env
    )


SCREENS = {
    "en": """\
Sale: 2024-07-01 → 2024-07-12, forecast finish 2024-07-12

Id  Task         End         Slack  Buffer  Limits                Forecast
A   Design       2024-07-05     -1   2 (1)                        2024-07-08
W   Weekly post  2024-07-29      0          next 07-08 (5 times)  2024-07-29
C   Texts        2024-07-09      3          from 07-08            2024-07-09
B   Build        2024-07-12     -1          by 07-11              2024-07-12

Critical path: A → B
Project buffer: 5 working days, 0 used, 5 left
Buffers of 1 task: 2 working days, 1 used, 1 left
""",
    "zh": """\
Sale：2024-07-01 → 2024-07-12，预计完成 2024-07-12

编号  任务         计划完成    浮动   缓冲  限定                   预计完成
A     Design       2024-07-05    -1  2 (1)                         2024-07-08
W     Weekly post  2024-07-29     0         下次 07-08（共 5 次）  2024-07-29
C     Texts        2024-07-09     3         最早 07-08             2024-07-09
B     Build        2024-07-12    -1         最迟 07-11             2024-07-12

关键路径：A → B
项目缓冲：5 个工作日，已用 0，剩余 5
1 项任务的缓冲：共 2 个工作日，已用 1，剩余 1
""",
}


@pytest.mark.parametrize("lang", SCREENS)
def test_limits_buffers_and_recurring_tasks_are_seen_on_a_narrow_screen(show, lang):
    assert show("--lang", lang).out == SCREENS[lang]


@pytest.mark.parametrize(
    ("lang", "free", "late"), [("en", "Slack  Free", "Late start"), ("zh", "浮动  自由浮动", "最晚开始")]
)
def test_free_slack_is_the_first_column_to_go(show, lang, free, late):
    whole = show("--lang", lang, columns="200").out
    room = max(width(line) for line in whole.splitlines())
    narrower = show("--lang", lang, columns=str(room - 1)).out
    assert (free in whole, free in narrower, late in narrower) == (True, False, True)


@pytest.mark.parametrize("text", ["-1", "by 07-11", "2024-07-08"])
def test_what_is_missed_stands_out(show, text):
    assert f"\x1b[31m{text}" in show(FORCE_COLOR="1", TERM="xterm-256color").out.replace(" " * 3, "")


def data(show, *options):
    return json.loads(show("--format", "json", *options).out)


def test_the_json_holds_limits_buffers_and_occurrences(show):
    answer = data(show)
    tasks = {task["id"]: task for task in answer["tasks"]}
    assert answer["project_buffer"] == {"set": 5, "used": 0, "left": 5}
    assert (answer["by"], answer["groups"]) == (None, [])
    assert tasks["A"]["buffer"] == {"set": 2, "used": 1, "left": 1}
    assert (tasks["B"]["finish_by"], tasks["B"]["finish_by_missed"]) == ("2024-07-11", True)
    assert (tasks["B"]["slack_days"], tasks["C"]["free_slack_days"]) == (-1, 3)
    assert (tasks["C"]["not_before"], tasks["C"]["finish_by_missed"]) == ("2024-07-08", False)
    mondays = ["2024-07-01", "2024-07-08", "2024-07-15", "2024-07-22", "2024-07-29"]
    assert (tasks["W"]["occurrences"], tasks["W"]["next_day"]) == (mondays, "2024-07-08")


# by: (id, start, end, forecast end, tasks) of each group
GROUPS = {
    "initiative": [
        ("I1", "07-01", "07-12", "07-12", 2),
        ("I2", "07-01", "07-29", "07-29", 1),
        (None, "07-08", "07-09", "07-09", 1),
    ],
    # G0 takes the tasks of its child G1 too; C serves no goal, G2 has no tasks
    "goal": [
        ("G0", "07-01", "07-29", "07-29", 3),
        ("G1", "07-01", "07-12", "07-12", 2),
        (None, "07-08", "07-09", "07-09", 1),
    ],
    # a task belongs to the phase in which it starts
    "phase": [("warm-up", "07-01", "07-29", "07-29", 3), ("sale", "07-10", "07-12", "07-12", 1)],
    "owner": [
        ("li", "07-01", "07-05", "07-08", 1),
        ("wu", "07-08", "07-12", "07-12", 2),
        (None, "07-01", "07-29", "07-29", 1),
    ],
    "department": [("Design", "07-01", "07-05", "07-08", 1), (None, "07-01", "07-29", "07-29", 3)],
}


@pytest.mark.parametrize("by", GROUPS)
def test_groups_have_the_dates_of_their_tasks(show, by):
    answer = data(show, "--by", by)
    found = [
        (one["id"], one["start"][5:], one["end"][5:], one["forecast_end"][5:], one["tasks"])
        for one in answer["groups"]
    ]
    assert answer["by"] == by
    assert found == GROUPS[by]


PHASES = {
    "en": """\
Phase    Its days       Start       End         Forecast    Progress  Tasks
Warm-up  07-01 – 07-09  2024-07-01  2024-07-29  2024-07-29        0%    0/3
sale     07-10 – 07-19  2024-07-10  2024-07-12  2024-07-12        0%    0/1
""",
    "zh": """\
阶段     阶段日期       计划开始    计划完成    预计完成    进度  任务
Warm-up  07-01 – 07-09  2024-07-01  2024-07-29  2024-07-29    0%   0/3
sale     07-10 – 07-19  2024-07-10  2024-07-12  2024-07-12    0%   0/1
""",
}


@pytest.mark.parametrize("lang", PHASES)
def test_phases_show_their_own_days_beside_those_of_their_tasks(show, lang):
    head, *rest = show("--by", "phase", "--lang", lang).out.split("\n\n")
    assert head.startswith("Sale")
    assert rest[0] + "\n" == PHASES[lang]


def test_the_load_is_shown_as_text_and_json(show):
    assert "Li" in show("--load").out
    assert data(show, "--load")["kind"] == "load"


def test_one_answer_at_a_time(show):
    result = show("--load", "--by", "owner")
    assert (result.code, result.out) == (2, "")
    assert "--load and --by do not go together" in result.err


@pytest.mark.parametrize(
    ("day", "said"), {"2024-07-03": "next 07-08 (1 time)", "2024-07-09": "over (1 time)"}.items()
)
def test_what_recurs_once_takes_place_one_time(run, tmp_path, day, said):
    plan = tmp_path / "plan.yaml"
    once = PLAN.replace("start: 2024-07-01, end: 2024-07-29", "start: 2024-07-08, end: 2024-07-12")
    plan.write_text(once, encoding="utf-8")
    assert said in run("schedule", plan, MKTEXEC_TODAY=day, COLUMNS="120").out
