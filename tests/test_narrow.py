"""Which findings are asked for: by rule, level, person; what is new since a revision; many plans."""

import json

import pytest

from test_git import Repository

pytestmark = pytest.mark.usefixtures("own_git")

PLAN = """\
mktexec: 1
campaign: {title: Sale, owner: li, calendar: weekdays, period: {start: 2024-07-01, end: 2024-09-30}}
people:
  li: {name: Li Na, department: Marketing}
  bob: {name: Bob}
tasks:
  T1: {title: Record six videos, owner: bob, end: 2024-07-19, deliverable: videos, cadence: monthly}
  T2: {title: Book the studio, owner: li, end: 2024-07-23, deliverable: contract, cadence: monthly}
"""
LATER = (
    "  T3: {title: Cut the trailer, owner: bob, end: 2024-07-15, deliverable: trailer, cadence: monthly}\n"
)
TWO = "  T2: {title: Book the studio, owner: li"


@pytest.fixture
def warn(run, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")

    def call(*args, day="2024-07-21", command="warn"):
        day_option = [f"--as-of={day}"] if command == "warn" else []
        return run(command, *args, *day_option, cwd=tmp_path)

    return call


def keys(result) -> list[str]:
    return [one["key"] for one in json.loads(result.out)["findings"]]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), ["task-late:T1", "task-due-soon:T2"]),
        (("--select", "task-late"), ["task-late:T1"]),
        (("--select", "task-"), ["task-late:T1", "task-due-soon:T2"]),
        (("--select", "kpi-,task-due-soon"), ["task-due-soon:T2"]),
        (("--select", "kpi-", "--select", "task-late"), ["task-late:T1"]),
        (("--ignore", "task-late"), ["task-due-soon:T2"]),
        (("--select", "task-", "--ignore", "task-l"), ["task-due-soon:T2"]),
        (("--min-level", "warn"), ["task-late:T1"]),
        (("--min-level", "escalate"), []),
        (("--owner", "bob"), ["task-late:T1"]),
        (("--owner", "Li Na"), ["task-late:T1", "task-due-soon:T2"]),  # the lead hears of warnings
    ],
)
def test_findings_by_rule_level_and_person(warn, options, wanted):
    assert keys(warn("--format", "json", *options)) == wanted


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--fail-on", "escalate"), 0),
        (("--select", "task-due-soon"), 0),
        (("--select", "task-due-soon", "--fail-on", "remind"), 1),
    ],
)
def test_the_exit_code_is_that_of_what_is_shown(warn, options, code):
    assert warn(*options).code == code


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--select", "task-lat3"), "there is no rule task-lat3\n  → did you mean task-late?"),
        (("--ignore", ""), "there is no rule "),
        (("--owner", "bib"), "nobody is called bib"),
        (("--new-since", "main"), "plan.yaml has no history in git"),
        (("--changed",), "plan.yaml has no history in git"),
    ],
)
def test_what_is_not_known_is_said(warn, options, message):
    result = warn(*options)
    assert (result.code in (2, 3), result.out) == (True, "")
    assert message in result.err


def test_errors_are_always_found(warn, tmp_path):
    (tmp_path / "plan.yaml").write_text(PLAN + "  T4: {title: A, owner: nobody}\n", encoding="utf-8")
    for command in ("check", "warn"):
        found = warn("--select", "kpi-no-source,kpi-stale", "--format", "json", command=command)
        assert keys(found) == ["unknown-reference:T4"]
        assert found.code == 1


def test_a_plan_raises_and_lowers_levels_and_switches_rules_off(warn, tmp_path):
    rules = "rules: {task-late: info, task-due-soon: escalate, person-unnamed: off}\n"
    text = (PLAN + rules).replace("{name: Bob}", "{role: cutter}")
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    assert keys(warn("--format", "json")) == ["task-due-soon:T2"]
    assert keys(warn("--format", "json", "--min-level", "info")) == ["task-due-soon:T2", "task-late:T1"]
    assert keys(warn("--format", "json", "--min-level", "escalate")) == ["task-due-soon:T2"]
    assert "person-unnamed:bob" not in keys(warn("--format", "json", command="check"))


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path)
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    made.commit_all()
    return made


def test_new_is_what_a_revision_does_not_hold(warn, repository):
    assert keys(warn("--format", "json", "--new-since", "HEAD")) == []
    repository.write("plan.yaml", PLAN.replace(TWO, LATER + TWO))
    assert keys(warn("--format", "json", "--new-since", "HEAD")) == ["task-late:T3"]
    repository.commit_all("second")
    assert keys(warn("--format", "json", "--new-since", "HEAD~1")) == ["task-late:T3"]
    assert keys(warn("--format", "json", "--new-since", "HEAD")) == []


def test_what_became_worse_is_new(warn, repository):
    repository.write("plan.yaml", PLAN.replace("end: 2024-07-19", "end: 2024-07-18"))
    assert keys(warn("--format", "json", "--new-since", "HEAD")) == ["task-late:T1"]


def test_changed_is_what_the_diff_touches(warn, repository):
    assert keys(warn("--format", "json", "--changed")) == []
    repository.write("plan.yaml", PLAN.replace("end: 2024-07-23", "end: 2024-07-22") + "# a remark\n")
    assert keys(warn("--format", "json", "--changed")) == ["task-due-soon:T2"]
    repository.write("plan.yaml", PLAN.replace("Record six", "Record seven"))
    assert keys(warn("--format", "json", "--changed")) == ["task-late:T1"]


def test_of_a_plan_that_is_new_everything_is_new(warn, repository):
    repository.write("other.yaml", PLAN)
    assert keys(warn("other.yaml", "--format", "json", "--new-since", "HEAD")) == [
        "task-late:T1",
        "task-due-soon:T2",
    ]


def test_many_plans_have_one_summary_and_one_exit_code(warn, tmp_path):
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "a.yaml").write_text(PLAN, encoding="utf-8")
    (plans / "b.yaml").write_text(PLAN.replace("end: 2024-07-19", "end: 2024-07-10"), encoding="utf-8")
    (plans / "c.yaml").write_text("tasks: [", encoding="utf-8")
    result = warn("plans/a.yaml", "plans/b.yaml", "--select", "task-late")
    assert (result.code, result.err) == (1, "1 escalate, 1 warn\n")
    assert [line.split(":")[0] for line in result.out.splitlines() if "[task" in line] == [
        "plans/b.yaml",
        "plans/a.yaml",
    ]
    assert warn("plans/a.yaml", "plans/c.yaml").code == 3
    assert warn("plans/a.yaml", "plans/none.yaml").code == 3


def test_of_many_plans_each_is_read_once_and_a_person_need_be_in_one(warn, tmp_path):
    (tmp_path / "other.yaml").write_text(PLAN.replace("bob", "eve").replace("Bob", "Eve"), encoding="utf-8")
    assert keys(warn("plan.yaml", "./plan.yaml", "--select", "task-late", "--format", "json")) == [
        "task-late:T1"
    ]
    assert keys(warn("plan.yaml", "other.yaml", "--owner", "eve", "--format", "json")) == ["task-late:T1"]
    assert warn("plan.yaml", "other.yaml", "--owner", "ann").code == 2


@pytest.mark.parametrize("shape", ["json", "github", "gitlab", "sarif", "junit", "markdown", "csv"])
def test_a_plan_that_is_not_there_is_no_silence_for_machines(warn, shape):
    result = warn("none.yaml", "nothing.yaml", "--format", shape)
    assert result.code == 3
    assert "none.yaml" in result.out


def test_a_rule_on_other_findings_can_be_asked_for_alone(warn):
    assert keys(warn("--format", "json", "--select", "response-", day="2024-07-25")) == [
        "response-overdue:bob"
    ]
    only = ("--format", "json", "--select", "response-", "--ignore", "task-late")
    assert keys(warn(*only, day="2024-07-25")) == []


def test_ids_that_are_numbers_are_no_items_of_a_list(warn, repository):
    lines = """\
budget:
  reserve: 10
  lines:
    1: {item: Adverts, planned: 100, spent: {2024-07-20: %s}}
    2: {item: Print, planned: 100, spent: {2024-07-20: %s}}
"""
    repository.write("plan.yaml", PLAN + lines % (120, 90))
    repository.commit_all("second")
    repository.write("plan.yaml", PLAN + lines % (90, 120))
    new = keys(warn("--format", "json", "--select", "budget-over", "--new-since", "HEAD"))
    assert new == ["budget-overrun:2"]


@pytest.mark.parametrize(
    "written",
    [
        "{over: mailtos://me:SECRET@example.com}",
        "{level: 'mailtos://me:SECRET@example.com'}",
        "{mailtos://me:SECRET@example.com: x}",
        "!mailtos://me:SECRET@example.com x",
    ],
)
@pytest.mark.parametrize("shape", ["text", "json", "sarif", "gitlab", "csv"])
def test_an_address_is_printed_nowhere(warn, tmp_path, written, shape):
    (tmp_path / "plan.yaml").write_text(PLAN + f"notify: {{bob: {written}}}\n", encoding="utf-8")
    result = warn("--format", shape, command="check")
    assert result.code in (1, 3)
    assert "SECRET" not in result.out + result.err
