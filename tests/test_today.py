"""The stand-up and the sheet of the special meeting: who says what, who waits for whom, what is decided."""

import json

import pytest

HEAD = """\
mktexec: 1
campaign:
  title: Sale
  owner: li
  sponsor: chief
  language: en
  calendar: weekdays
  period: {start: 2024-07-01, end: 2024-09-30}
people:
  li: {name: Li Na, role: lead, department: Marketing}
  bob: {name: Bob, department: Design, head: yes}
  eve: {name: Eve, department: IT}
  chief: {name: Ms Chief, role: director}
"""
# seen from Monday 07-22: the last working day before it is Friday 07-19
TASKS = """\
tasks:
  T1:
    title: Write the brief
    owner: li
    start: 2024-07-15
    end: 2024-07-19
    deliverable: brief
    actual: {start: 2024-07-15, end: 2024-07-19}
  T2:
    title: Agree on prices
    owner: li
    start: 2024-07-15
    end: 2024-07-18
    deliverable: list
    actual: {start: 2024-07-15, end: 2024-07-18}
  T3:
    title: Design six posters
    owner: bob
    collaborators: [IT]
    start: 2024-07-15
    end: 2024-07-18
    deliverable: posters
    actual: {start: 2024-07-15}
    log:
      2024-07-17: {problem: the designer was ill, solution: Eve helps}
      2024-07-23: {problem: not yet known}
  T4: {title: Put them live, owner: eve, start: 2024-07-22, end: 2024-07-24, after: [T3], deliverable: page}
  T5:
    title: Test the payment
    owner: eve
    start: 2024-07-19
    end: 2024-07-22
    deliverable: report
    actual: {start: 2024-07-19}
  T6:
    title: Send the mailing
    owner: li
    start: 2024-07-25
    end: 2024-07-26
    after: [T3]
    deliverable: mailing
  T7: {title: Old idea, owner: bob, end: 2024-07-01, deliverable: nothing, cancelled: 2024-07-02}
"""


@pytest.fixture
def today(run, tmp_path):
    (tmp_path / "plan.yaml").write_text(HEAD + TASKS, encoding="utf-8")

    def call(*args, day="2024-07-22", command=("today",)):
        return run(*command, *args, f"--as-of={day}", cwd=tmp_path)

    return call


def test_each_person_says_what_is_done_due_and_waiting(today):
    assert (
        today().out
        == """\
Stand-up  Sale · 2024-07-22 · 15 minutes

Li Na (Marketing)
  Done since 2024-07-19
    · T1 Write the brief

Bob (Design)
  Due and not done
    · T3 Design six posters (4 d late)
  To coordinate
    · holds up Eve: T4 waits for T3

Eve (IT)
  Due today
    · T5 Test the payment
  Under way, to begin
    · T4 Put them live (to begin 2024-07-22)
  To coordinate
    · T4 waits for Bob: T3

Nothing for: Ms Chief
"""
    )


def test_one_person_is_heard_alone_with_whom_they_hold_up(today):
    out = today("--owner", "Bob").out
    assert "holds up Eve: T4 waits for T3" in out
    assert "Li Na" not in out


def test_the_sheet_is_a_table_of_people(today):
    lines = today("--format", "markdown").out.splitlines()
    assert lines[0] == "# Stand-up"
    assert lines[6] == (
        "| Who | Done since 2024-07-19 | Due and not done | Due today | Under way, to begin | To coordinate |"
    )
    assert lines[9] == (
        "| Bob (Design) |  | T3 Design six posters (4 d late) |  |  | holds up Eve: T4 waits for T3 |"
    )
    assert today("--format", "markdown").out == today(command=("render", "stand-up")).out


def test_machines_get_ids(today):
    found = json.loads(today("--format", "json").out)
    assert (found["kind"], found["as_of"], found["since"]) == ("today", "2024-07-22", "2024-07-19")
    assert [one["person"] for one in found["people"]] == ["li", "bob", "eve"]
    assert found["people"][1]["blocks"] == [
        {"giver": "T3", "receiver": "T4", "giver_owner": "bob", "receiver_owner": "eve"}
    ]
    assert [one["id"] for one in found["people"][2]["active"]] == ["T4"]


def test_a_plan_without_tasks_says_so(run, tmp_path):
    (tmp_path / "plan.yaml").write_text(HEAD, encoding="utf-8")
    out = run("today", "--as-of=2024-07-22", cwd=tmp_path).out
    assert out.endswith("\nNothing is due, under way or waiting.\n")


def test_nobody_waits_once_the_work_is_handed_over(today, tmp_path):
    plan = tmp_path / "plan.yaml"
    done = "actual: {start: 2024-07-15, end: 2024-07-19}"
    text = plan.read_text(encoding="utf-8").replace("    actual: {start: 2024-07-15}\n", f"    {done}\n")
    plan.write_text(text, encoding="utf-8")
    out = today().out
    assert "T4 waits" not in out
    assert "· T3 Design six posters\n" in out


def test_the_meeting_names_facts_causes_and_what_is_to_be_decided(today):
    out = today(command=("render", "meeting")).out
    assert "## 1. Design six posters: 4 d late, due 2024-07-18 (Bob)" in out
    assert "| Planned end | 2024-07-18 |" in out
    assert "| Waiting for it | T4 Put them live (Eve); T6 Send the mailing (Li Na) |" in out
    assert "- Recorded so far: 2024-07-17: the designer was ill → Eve helps\n" in out
    assert "not yet known" not in out  # recorded a day later
    assert "| 1. task-late:T3 | Eve helps |  |  |  |" in out
    rows = out.partition("## 1.")[0].splitlines()
    assert rows[8:12] == [
        "| Bob |  | Design |",
        "| – |  | IT |",
        "| Li Na | lead | Marketing |",
        "| Ms Chief | director |  |",
    ]


def test_where_nothing_escalates_no_meeting_is_called(today):
    out = today(command=("render", "meeting"), day="2024-07-16").out
    assert "- Nothing calls for a meeting.\n" in out
    assert "##" in out
