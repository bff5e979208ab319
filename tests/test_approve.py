"""``approve`` and ``approvals``: signed, changed, changed back; with git and without."""

import json
import re
import shlex

import pytest

from mktexec.commands import approvals, approve
from mktexec.store.load import load
from test_approvals import PLAN, open_
from test_history import past
from test_rules_approvals import with_approval

__all__ = ["open_", "past"]

pytestmark = pytest.mark.usefixtures("own_git")

ASKED = with_approval(
    "A1: {subject: goals, by: zhao, role: 提报人, decision: pending}",
    "A2: {subject: goals, by: li, role: 营销总监, decision: pending}",
    "A3: {subject: budget, by: wang, role: 财务}",
)
DAY = "2024-07-05"
MORE = ("target: 2000, unit: 件, i", "target: 2500, unit: 件, i")
TOKEN = re.compile(r"v1-[0-9a-f]{16}")


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(ASKED, encoding="utf-8")
    return path


@pytest.fixture
def sign(plan, run):
    """Approve in English, on a day; return what came of it."""

    def approved(*words: object, day: str = DAY, **env: str):
        return run("approve", *words, "--plan", plan, "--lang", "en", MKTEXEC_TODAY=day, **env)

    return approved


def states(run, plan, day: str = "2024-07-22") -> dict[str, tuple[str, list[str] | None]]:
    """Return how each signature stands and what changed after it."""
    told = json.loads(run("approvals", plan, "--format", "json", "--lang", "en", MKTEXEC_TODAY=day).out)
    return {one["id"]: (one["state"], one["changes"]) for one in told["approvals"]}


def outdated(run, plan, day: str = "2024-07-22") -> list[str]:
    """Return the subjects of the approvals that ``warn`` calls outdated."""
    told = json.loads(run("warn", plan, "--format", "json", MKTEXEC_TODAY=day).out)
    return [one["subject"] for one in told["findings"] if one["code"] == "approval-outdated"]


def test_a_pending_signature_is_filled_in(plan, sign):
    result = sign("goals", "--by", "zhao", "--note", "同意")
    assert result.code == 0
    assert result.out.splitlines()[0] == "赵敏 approved the goals on 2024-07-05; still to sign: 李娜"
    one = load(plan).plan.approvals["A1"]
    assert (str(one.date), one.decision, one.note, one.role) == (DAY, "approved", "同意", "提报人")
    assert TOKEN.fullmatch(one.digest)
    assert list(load(plan).plan.approvals) == ["A1", "A2", "A3"]
    assert sign("goals", "--by", "李娜").out.splitlines()[0] == "李娜 approved the goals on 2024-07-05"


def test_in_chinese(plan, run):
    result = run("approve", "目标", "--by", "赵敏", "--plan", plan, "--lang", "zh", MKTEXEC_TODAY=DAY)
    assert result.out.splitlines()[0] == "赵敏 于 2024-07-05 批准目标；待签：李娜"
    result = run("approve", "T003", "--by", "li", "--plan", plan, "--lang", "zh", MKTEXEC_TODAY=DAY)
    assert result.out.splitlines()[0] == "李娜 于 2024-07-05 批准 T003 选定3款主推品"


def test_whoever_was_not_asked_gets_the_next_id(plan, sign):
    assert sign("schedule", "--by", "li").code == 0
    assert sign("设计主视觉1套", "--by", "wang", "--on", "2024-07-03").code == 0
    added = load(plan).plan.approvals
    assert [(key, one.subject, one.by, str(one.date)) for key, one in added.items()][3:] == [
        ("A4", "schedule", "li", "2024-07-05"),
        ("A5", "T002", "wang", "2024-07-03"),
    ]


@pytest.mark.parametrize("section", ["", "approvals:\n  director: {subject: goals, by: li}\n"])
def test_the_first_id_is_a1_where_there_is_no_numbering(plan, sign, section):
    plan.write_text(PLAN.replace("approvals:\n", section), encoding="utf-8")
    assert sign("budget", "--by", "wang").code == 0
    assert list(load(plan).plan.approvals)[-1] == "A1"


def test_signing_the_same_again_changes_nothing(plan, sign):
    sign("goals", "--by", "zhao")
    before = plan.read_text(encoding="utf-8")
    again = sign("goals", "--by", "zhao", day="2024-07-09")
    assert again.code == 0
    assert "nothing to change" in again.err
    assert plan.read_text(encoding="utf-8") == before


def test_signed_changed_signed_again(plan, sign, run):
    sign("goals", "--by", "zhao")
    old = load(plan).plan.approvals["A1"].digest
    plan.write_text(plan.read_text(encoding="utf-8").replace(*MORE), encoding="utf-8")
    sign("goals", "--by", "zhao", day="2024-07-09")
    one = load(plan).plan.approvals["A1"]
    assert str(one.date) == "2024-07-09"
    assert TOKEN.fullmatch(one.digest)
    assert one.digest != old
    assert states(run, plan)["A1"] == ("approved", [])


def test_what_was_signed_by_hand_gets_its_digest(plan, sign):
    plan.write_text(
        ASKED.replace("提报人, decision: pending", "提报人, date: 2024-07-01, decision: 已通过"),
        encoding="utf-8",
    )
    assert sign("goals", "--by", "zhao").code == 0
    text = plan.read_text(encoding="utf-8")
    assert "date: 2024-07-05, decision: 已通过, digest: v1-" in text


def test_a_refusal_says_why_and_an_approval_after_it_does_not(plan, sign, run):
    sign("budget", "--by", "wang")
    result = sign("budget", "--by", "wang", "--reject", "--note", "超出年度预算", day="2024-07-08")
    assert result.out.splitlines()[0] == "王磊 rejected the budget on 2024-07-08"
    one = load(plan).plan.approvals["A3"]
    assert (one.decision, one.digest, one.note) == ("rejected", None, "超出年度预算")
    assert states(run, plan)["A3"] == ("rejected", [])
    sign("budget", "--by", "wang", day="2024-07-09")
    one = load(plan).plan.approvals["A3"]
    assert (one.decision, one.note) == ("approved", None)
    assert TOKEN.fullmatch(one.digest)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("goals", "--by", "nobody"), 2, "nobody is called nobody"),
        (("gaols", "--by", "li"), 2, "there is no entry gaols"),
        (("wang", "--by", "li"), 2, "wang is nothing that is approved"),
        (("goals", "--by", "li", "--on", "2024-07-06"), 2, "2024-07-06 is still to come"),
        (("goals", "--by", "li", "--note", ""), 2, "--note is empty"),
        (("goals",), 2, "--by"),
    ],
)
def test_what_cannot_be_signed_is_refused(plan, sign, words, code, said):
    result = sign(*words)
    assert result.code == code
    assert said in result.err
    assert plan.read_text(encoding="utf-8") == ASKED


def test_a_budget_that_is_not_there_cannot_be_approved(plan, sign):
    plan.write_text(re.sub(r"budget:\n(  .*\n)+", "", PLAN), encoding="utf-8")
    result = sign("budget", "--by", "wang")
    assert result.code == 2
    assert "the plan has none" in result.err


def test_an_unsound_plan_is_not_signed(plan, sign):
    plan.write_text(ASKED.replace("owner: li", "owner: nobody"), encoding="utf-8")
    assert sign("goals", "--by", "zhao").code in {1, 3}
    assert "digest" not in plan.read_text(encoding="utf-8")


def test_a_dry_run_signs_nothing(plan, sign):
    result = sign("goals", "--by", "zhao", "--dry-run")
    assert "digest: v1-" in result.out
    assert plan.read_text(encoding="utf-8") == ASKED


def test_approved_commented_changed_and_changed_back_without_git(plan, sign, run):
    sign("goals", "--by", "zhao")
    signed = plan.read_text(encoding="utf-8")
    plan.write_text("# checked by all\n" + signed, encoding="utf-8")
    assert (states(run, plan)["A1"], outdated(run, plan)) == (("approved", []), [])
    plan.write_text(signed.replace(*MORE), encoding="utf-8")
    assert (states(run, plan)["A1"], outdated(run, plan)) == (("outdated", None), ["A1"])
    assert "git does not hold what was approved" in run("approvals", plan, "--lang", "en").out
    plan.write_text(signed, encoding="utf-8")
    assert (states(run, plan)["A1"], outdated(run, plan)) == (("approved", []), [])


def test_approved_commented_changed_and_changed_back_in_a_repository(past, run):
    plan = past.write("plan.yaml", ASKED)
    past.commit_at("2024-07-01T09:00:00+0800")
    run("approve", "goals", "--by", "zhao", "--plan", plan, MKTEXEC_TODAY=DAY)
    past.commit_at("2024-07-05T18:00:00+0800")
    signed = plan.read_text(encoding="utf-8")
    past.write("plan.yaml", "# checked by all\n" + signed)
    past.commit_at("2024-07-08T09:00:00+0800")
    assert (states(run, plan)["A1"], outdated(run, plan)) == (("approved", []), [])

    changed = signed.replace(*MORE).replace("source: 后台", "baseline: 300")
    past.write("plan.yaml", changed)
    named = ("outdated", ["G1.target 2,000 → 2,500", "K1.baseline – → 300"])
    assert (states(run, plan)["A1"], outdated(run, plan)) == (named, ["A1"])  # before it is committed
    past.commit_at("2024-07-15T09:00:00+0800")
    past.write("plan.yaml", changed + "# later\n")
    past.commit_at("2024-07-16T09:00:00+0800")
    assert (states(run, plan)["A1"], outdated(run, plan)) == (named, ["A1"])
    told = json.loads(run("approvals", plan, "--format", "json", MKTEXEC_TODAY="2024-07-22").out)
    assert told["approvals"][0]["changed_since"] == "2024-07-15"
    shown = run("approvals", plan, "--lang", "en", MKTEXEC_TODAY="2024-07-22", COLUMNS="40").out
    assert "    changed: G1.target 2,000 → 2,500;\n    K1.baseline – → 300\n" in shown

    past.write("plan.yaml", signed)
    past.commit_at("2024-07-18T09:00:00+0800")
    assert (states(run, plan)["A1"], outdated(run, plan)) == (("approved", []), [])


def test_what_was_approved_before_its_commit_is_found_in_the_commit_before(past, run):
    plan = past.write("plan.yaml", ASKED)
    past.commit_at("2024-07-01T09:00:00+0800")
    run("approve", "goals", "--by", "zhao", "--plan", plan, MKTEXEC_TODAY=DAY)
    signed = plan.read_text(encoding="utf-8")
    past.write("plan.yaml", signed.replace(*MORE))  # changed before it is committed
    past.commit_at("2024-07-09T09:00:00+0800")
    assert states(run, plan)["A1"] == ("outdated", ["G1.target 2,000 → 2,500"])


def test_the_plan_of_a_folder_is_compared_as_a_whole(past, run):
    head, _, goals = ASKED.partition("goals:\n")
    goals, _, rest = goals.partition("initiatives:\n")
    past.write("plan/a.yaml", head + "initiatives:\n" + rest)
    past.write("plan/b.yaml", "goals:\n" + goals)
    past.commit_at("2024-07-01T09:00:00+0800")
    plan = past.root / "plan"
    run("approve", "goals", "--by", "zhao", "--plan", plan, "--commit", MKTEXEC_TODAY=DAY)
    past("mv", "plan/b.yaml", "plan/goals.yaml")
    past.write("plan/goals.yaml", "goals:\n" + goals.replace("件, i", "单, i"))
    assert states(run, plan)["A1"] == ("outdated", ["G1.unit 件 → 单"])


@pytest.mark.parametrize("command", [approve, approvals])
def test_the_examples_work(plan, run, command):
    text = ASKED.replace("  li:", "  qian: {name: 钱伟}\n  lin: {name: 林岚}\n  li:")
    plan.write_text(text, encoding="utf-8")
    for example in command.EXAMPLES:
        words = [one for one in shlex.split(example)[1:] if one != "--commit"]
        assert run(*words, cwd=plan.parent, MKTEXEC_TODAY="2024-07-22").code == 0


def test_the_worst_signature_stands_first(open_, run):
    lines = (
        "A1: {subject: schedule, by: li, date: 2024-07-10, decision: approved}",
        "A2: {subject: 预算, by: wang, role: 财务}",
        "A3: {subject: T002, by: zhao, date: 2024-07-11, decision: rejected, note: 太贵}",
    )
    session = open_(with_approval(*lines))
    result = run("approvals", session.path, "--lang", "zh", MKTEXEC_TODAY="2024-07-22")
    assert result.out == (
        "夏季新品上市：审批进度，截至 2024-07-22\n\n"
        "      状态    审批对象            日期        审批人\n"
        "  A3  未通过  T002 设计主视觉1套  2024-07-11  赵敏\n"
        "      太贵\n"
        "  A2  审批中  预算                            王磊（财务）\n"
        "  A1  已通过  排期                2024-07-10  李娜\n\n"
        "3 项审批，2 项待签\n"
    )
    earlier = json.loads(run("approvals", session.path, "--format", "json", "--as-of", "2024-07-10").out)
    assert [(one["id"], one["state"], one["date"]) for one in earlier["approvals"]] == [
        ("A2", "pending", None),
        ("A3", "pending", None),
        ("A1", "approved", "2024-07-10"),
    ]
    assert earlier["counts"] == {"rejected": 0, "outdated": 0, "pending": 2, "approved": 1}


def test_a_plan_without_approvals_says_how_to_ask_for_one(open_, run):
    path = open_(PLAN).path
    result = run("approvals", path, "--lang", "en")
    assert "asks for no signature" in result.out
    assert run("add", "approval", "goals", "by=li", "role=总监", "-p", path).code == 0  # as it says
    assert "总监" in run("approvals", path).out


def test_hostile_text_is_data(open_, run):
    line = (
        'A1: {subject: "x\\e[31m[red]", by: li, role: "\\e]0;t\\a<b>", note: "\\u202ehi", decision: rejected}'
    )
    path = open_(with_approval(line)).path
    for format_ in ("text", "json"):
        out = run("approvals", path, "--format", format_).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "[red]" in out
        assert "<b>" in out
