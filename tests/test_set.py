"""``set`` and ``unset``: any field, typed by the model, checked before it is written."""

import pytest

from mktexec.commands.address import ENTRY_SECTIONS
from mktexec.commands.assign import field
from mktexec.errors import UsageError
from mktexec.model.shape import kind_at, model_at, short_key
from mktexec.store import files

PLAN = """\
mktexec: 1
campaign:
  title: 秋季上新  # 暂名
  period: {start: 2024-07-01, end: 2024-09-30}
  calendar: weekdays
  language: en
people:
  li: {name: 李*, role: }
  wang: {name: 王*}
goals:
  G1: {title: 销售额500万元, owner: li, due: 2024-09-30}
initiatives:
  I1: {title: 引流, goal: G1, owner: li}
tasks:
  T001:
    title: 直播3场
    initiative: I1
    owner: li
    start: 2024-07-01
    end: 2024-07-12     # agreed
    after: []
    deliverable: 复盘
  T002: {title: 短视频10条, initiative: I1, owner: wang, end: 2024-07-26, after: [T001], deliverable: 成片}
kpis:
  K001: {title: 销售额, goal: G1, target: 500, unit: 万元, source: 后台, readings: {2024-07-10: 20}}
budget:
  total: 100
  reserve: 8
  lines:
    B1: {item: 投流, planned: 92, initiative: I1}
"""

# arguments: (line as it was, line as it is)
SETS = {
    ("T001", "end=2024-07-15"): ("    end: 2024-07-12     # agreed", "    end: 2024-07-15     # agreed"),
    ("tasks.T001", "title=直播: 4场 # 抖音"): ("    title: 直播3场", "    title: '直播: 4场 # 抖音'"),
    ("T002", "after=[]"): ("after: [T001]", "after: []"),
    ("T002", "collaborators=[]"): ("owner: wang, end", "owner: wang, collaborators: [], end"),
    ("T002", "resources+=样机, 3台"): ("成片}", "成片, resources: ['样机, 3台']}"),
    ("T002", "collaborators=li，设计部"): (
        "owner: wang, end",
        "owner: wang, collaborators: [li, 设计部], end",
    ),
    ("T002", 'evidence=["a, b", c]'): ("成片}", "成片, evidence: ['a, b', c]}"),
    ("K001", "readings.2024-07-20=30"): ("{2024-07-10: 20}", "{2024-07-10: 20, 2024-07-20: 30}"),
    ("K001", "readings.2024-07-10=25"): ("{2024-07-10: 20}", "{2024-07-10: 25}"),
    ("K001", "readings.2024-07-10.cause=late"): ("2024-07-10: 20}", "2024-07-10: {value: 20, cause: late}}"),
    ("B1", "planned=90.50"): ("planned: 92", "planned: 90.50"),
    ("短视频10条", "负责人=li"): ("owner: wang, end", "owner: li, end"),
    ("campaign", "period.end=2024-10-07"): ("end: 2024-09-30}", "end: 2024-10-07}"),
    ("campaign", "title=秋季上新2024"): ("秋季上新  # 暂名", "秋季上新2024 # 暂名"),
    ("campaign.period", "start=2024-06-24"): ("start: 2024-07-01, end", "start: 2024-06-24, end"),
    ("T002", "owner=李*"): ("owner: wang, end", "owner: li, end"),
    ("K001", "target=1,500"): ("target: 500", "target: 1500"),
    ("li", "role=lead"): ("role: }", "role: lead}"),
}
WRONG = {
    ("T009", "end=2024-07-15"): (2, "did you mean T00"),
    ("T001", "ende=2024-07-15"): (2, "did you mean end?"),
    ("T001", "end"): (2, "FIELD=VALUE"),
    ("T001", "end="): (2, "mktexec unset T001 end"),
    ("T001", "owner+=wang"): (2, "no list"),
    ("T001", "actual=2024-07-02"): (2, "actual.FIELD=VALUE"),
    ("T001", "after=[T002"): (2, "cannot be read"),
    ("T001", "end=soon-ish 3"): (1, "bad-day"),
    ("T001", "owner=zhao"): (1, "unknown-reference"),
    ("T001", "after=T002", "initiative=I9"): (1, "unknown-reference"),
    ("T001", "title=bell\a"): (2, "control"),
    ("T001", "collaborators=[&a [*a]]"): (2, "cannot be read"),
    ("T001", "collaborators=[*zz]"): (2, "cannot be read"),
    ("T001", "collaborators=[a]\nx: b"): (2, "cannot be read"),
    ("T001", "collaborators=" + "[" * 1500 + "]" * 1500): (2, "cannot be read"),
}


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.mark.parametrize("args", SETS)
def test_one_value_is_one_line(run, plan, args):
    old, new = SETS[args]
    result = run("set", *args, "-p", plan)
    assert (result.code, plan.read_text(encoding="utf-8")) == (0, PLAN.replace(old, new, 1)), result.err
    before, after = PLAN.splitlines(), plan.read_text(encoding="utf-8").splitlines()
    assert sum(one != two for one, two in zip(before, after, strict=True)) == 1


@pytest.mark.parametrize("args", WRONG)
def test_what_is_wrong_is_said_and_nothing_written(run, plan, args):
    code, said = WRONG[args]
    result = run("set", *args, "-p", plan, "--lang", "en")
    assert (result.code, plan.read_text(encoding="utf-8")) == (code, PLAN)
    assert said in result.err
    assert run("set", *args, "-p", plan, "--lang", "zh", LC_ALL="zh_CN.UTF-8").code == code


def test_force_writes_what_is_unsound_and_mending_needs_none(run, plan):
    assert run("set", "T001", "owner=zhao", "-p", plan, "--force").code == 0
    assert "owner: zhao" in plan.read_text(encoding="utf-8")
    assert run("set", "T002", "title=短视频12条", "-p", plan).code == 0  # no worse than it was
    assert run("set", "T002", "end=later 2", "-p", plan).code == 1
    assert run("set", "T001", "owner=li", "-p", plan).code == 0
    assert plan.read_text(encoding="utf-8") == PLAN.replace("短视频10条", "短视频12条")


def test_an_entry_that_cannot_be_read_is_mended(run, plan):
    plan.write_text(PLAN.replace("end: 2024-07-12  ", "end: 2024-02-30  "), encoding="utf-8")
    assert run("set", "T001", "end=2024-07-12", "-p", plan).code == 0
    assert plan.read_text(encoding="utf-8") == PLAN


def test_a_dry_run_and_a_change_to_nothing_write_nothing(run, plan):
    shown = run("set", "T001", "owner=wang", "-p", plan, "--dry-run")
    assert shown.code == 0
    assert "owner: wang" in shown.out
    before = plan.stat().st_mtime_ns
    assert run("set", "T001", "owner=li", "-p", plan).code == 0
    assert (plan.stat().st_mtime_ns, plan.read_text(encoding="utf-8")) == (before, PLAN)


def test_several_fields_are_one_change(run, plan):
    assert run("set", "T001", "progress=50", "actual.start=2024-07-02", "-p", plan).code == 0
    text = plan.read_text(encoding="utf-8")
    assert "    deliverable: 复盘\n    progress: 50\n    actual: {start: 2024-07-02}\n" in text


def test_unset(run, plan):
    assert run("unset", "T001", "deliverable", "-p", plan).code == 0
    assert plan.read_text(encoding="utf-8") == PLAN.replace("    deliverable: 复盘\n", "")
    assert run("unset", "K001", "readings.2024-07-10", "-p", plan).code == 0
    assert "readings: {}" in plan.read_text(encoding="utf-8")
    assert run("unset", "T001", "remark", "-p", plan).code == 3
    refused = run("unset", "T001", "title", "-p", plan)
    assert (refused.code, "missing-field" in refused.err) == (1, True)


def test_every_field_of_every_model_can_be_named():
    for section in ENTRY_SECTIONS:
        model = model_at((*section, "X1"))
        assert model is not None, section
        for name in model.model_fields:
            assert field((*section, "X1"), name) == (*section, "X1", name)
            assert kind_at((*section, "X1", name)) in ("text", "list", "map", "entry")
    with pytest.raises(UsageError):
        field(("tasks", "T1"), "nothing")


@pytest.mark.parametrize(
    ("path", "short"),
    [
        ("kpis.K1.readings.2024-07-01", "value"),
        ("budget.lines.B1.spent.2024-07-01", "amount"),
        ("tasks.T1.log.2024-07-01", "note"),
        ("tasks.T1.actual", None),
        ("tasks.T1", None),
        ("tasks.T1.title", None),
    ],
)
def test_what_a_plain_value_stands_for(path, short):
    assert short_key(tuple(path.split("."))) == short


@pytest.mark.parametrize(
    ("words", "typed", "offered"),
    [
        ("mktexec set T0", 2, {"T001", "T002"}),
        ("mktexec set T001 actual.", 3, {"actual.start=", "actual.end="}),
        ("mktexec unset K001 un", 3, {"unit"}),
    ],
)
def test_the_shell_is_offered_ids_and_fields(run, plan, words, typed, offered):
    env = {
        "_MKTEXEC_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(typed),
        "LC_ALL": "C.UTF-8",
        "MKTEXEC_PLAN": str(plan),
    }
    answer = run.process(env=env).stdout.decode().split()
    assert offered <= set(answer)
    assert all(one.startswith(words.split()[-1]) for one in answer)


@pytest.fixture
def meanwhile(monkeypatch, plan):
    """Let a hand save the plan between the reading and the first writing of a command."""

    def save(old, new):
        real, hands = files.write, [plan.read_text(encoding="utf-8").replace(old, new)]

        def write(path, changes):
            if hands:
                plan.write_text(hands.pop(), encoding="utf-8")
            real(path, changes)

        monkeypatch.setattr(files, "write", write)

    return save


def test_a_hand_edit_elsewhere_is_kept_and_the_change_is_made_anew(run, plan, meanwhile):
    meanwhile("owner: wang", "owner: li")
    assert run("set", "T001", "end=2024-07-15", "-p", plan).code == 0
    wanted = PLAN.replace("end: 2024-07-12 ", "end: 2024-07-15 ").replace("owner: wang", "owner: li")
    assert plan.read_text(encoding="utf-8") == wanted


def test_a_hand_edit_of_the_same_field_is_never_overwritten(run, plan, meanwhile):
    meanwhile("end: 2024-07-12 ", "end: 2024-07-19 ")
    refused = run("set", "T001", "end=2024-07-15", "-p", plan)
    assert (refused.code, refused.out) == (3, "")
    assert "somebody changed the same place" in refused.err
    assert plan.read_text(encoding="utf-8") == PLAN.replace("end: 2024-07-12 ", "end: 2024-07-19 ")


def test_a_hand_edit_that_breaks_the_plan_is_left_alone(run, plan, meanwhile):
    meanwhile("tasks:", "tasks: [")
    assert run("set", "T001", "end=2024-07-15", "-p", plan).code == 3
    assert plan.read_text(encoding="utf-8") == PLAN.replace("tasks:", "tasks: [")
