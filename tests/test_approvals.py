"""What exactly is approved, its digest, and how it differs from what was."""

from datetime import date
from decimal import Decimal

import pytest

from mktexec.assess.approvals import canonical, content, digest
from mktexec.assess.differences import differences
from mktexec.dates import Dependency, Duration
from mktexec.i18n import Text
from mktexec.session import Session, open_session

PLAN = """\
mktexec: 1
campaign:
  title: 夏季新品上市
  objective: 9月底前卖出2000件
  period: {start: 2024-07-01, end: 2024-09-30}
  milestones: {launch: 2024-08-01}
people:
  li: {name: 李娜}
  wang: {name: 王磊, department: 设计部}
  zhao: {name: 赵敏, department: 市场部}
goals:
  G1: {title: 销量2000件, owner: li, target: 2000, unit: 件, indicators: [客单价≥80元, 复购率≥20%]}
initiatives:
  I1: {title: 内容种草, goal: G1, owner: zhao}
tasks:
  T001: {title: 撰写6条测评脚本, initiative: I1, owner: zhao, start: launch - 20cd, end: 2024-07-19}
  T002: {title: 设计主视觉1套, owner: wang, duration: 5d, after: [T001 +1d, T003], deliverable: 主视觉}
  T003: {title: 选定3款主推品, owner: li, collaborators: [wang, zhao], start: 2024-07-08, end: 2024-07-12}
kpis:
  K1: {title: 销量, target: 2000, unit: 件, goal: G1, source: 后台}
budget:
  total: 100000
  reserve: 8000
  lines:
    B1: {item: 达人合作, planned: 60000, initiative: I1, type: promotion}
    B2: {item: 摄影棚, planned: 32000, task: T002}
approvals:
"""
SUBJECTS = ("goals", "budget", "schedule", "T002", "I1", "B1", "K1")


@pytest.fixture
def open_(tmp_path):
    """Open a plan as of a day."""

    def opened(text: str, day: str = "2024-07-22") -> Session:
        path = tmp_path / "plan.yaml"
        path.write_text(text, encoding="utf-8")
        return open_session(path, day)

    return opened


def changed(open_, subject: str, *pairs: tuple[str, str]) -> list[Text]:
    """Return what differs in ``subject`` when texts of the plan are replaced."""
    new = PLAN
    for old, text in pairs:
        assert old in new
        new = new.replace(old, text)
    before, after = (content(open_(text).plan, subject) for text in (PLAN, new))
    found = differences(before, after)
    assert bool(found) == (digest(before) != digest(after))
    return list(found)


SAME = [
    ("mktexec: 1\n", "# signed by all\nmktexec: 1  # format\n"),
    ("target: 2000, unit: 件, i", "unit: '件', target: 2000.00, i"),
    ("duration: 5d", "duration: 1w"),
    ("[T001 +1d, T003]", '["T003 FS", T001 FS +1d]'),
    ("collaborators: [wang, zhao]", "collaborators: [zhao, wang]"),
    ("start: launch - 20cd", "start: 2024-07-12"),
    ("type: promotion", "type: 推广费"),
    ("title: 设计主视觉1套,", "title: '设计主视觉1套 ',"),
    ("goal: G1, source", "better: higher, goal: G1, source"),
    ("end: 2024-07-12}", "end: 2024-07-12, milestone: false}"),
    # records, and what stands beside the subject
    ("after: [T001", "progress: 40, log: {2024-07-22: 初稿}, evidence: a.png, remark: 改, after: [T001"),
    ("owner: li, collaborators", "actual: {start: 2024-07-09, end: 2024-07-11}, owner: li, collaborators"),
    ("planned: 60000", "planned: 60000, approval: approved, spent: {2024-07-20: 5000}, note: 尾款"),
    ("reserve: 8000", "reserve: 8000\n  drawn: {2024-07-21: 900}"),
    ("unit: 件, goal", "unit: 件, readings: {2024-07-20: 300}, cause: 缺货, goal"),
]


@pytest.mark.parametrize("pair", SAME, ids=[one[1] for one in SAME])
def test_how_it_is_written_and_what_is_recorded_changes_nothing(open_, pair):
    assert [changed(open_, subject, pair) for subject in SUBJECTS] == [[]] * len(SUBJECTS)


CHANGED = [
    ("goals", "target: 2000, unit: 件, i", "target: 2500, unit: 件, i", "G1.target 2,000 → 2,500"),
    ("goals", "9月底前卖出2000件", "卖出3000件", "campaign.objective 9月底前卖出2000件 → 卖出3000件"),
    ("goals", "[客单价≥80元, 复购率≥20%]", "[]", "G1.indicators 复购率≥20%, 客单价≥80元 → –"),
    ("goals", "件, goal: G1", "件, better: lower, goal: G1", "K1.better higher is better → lower is better"),
    ("budget", "reserve: 8000", "reserve: 5000", "budget.reserve 8,000 → 5,000"),
    ("budget", "  reserve: 8000\n", "", "budget.reserve 8,000 → –"),
    ("budget", "type: promotion", "type: venue", "B1.type promotion → venue"),
    ("schedule", "2024-08-01}", "2024-08-02}", "campaign.milestones.launch 2024-08-01 → 2024-08-02"),
    ("schedule", "end: 2024-09-30", "end: 2024-10-07", "campaign.period.end 2024-09-30 → 2024-10-07"),
    ("schedule", "duration: 5d", "duration: 8d", "T002.duration 5d → 8d"),
    ("schedule", "T001 +1d, T003", "T001 SS -1d", "T002.after T001 +1d, T003 → T001 SS -1d"),
    ("schedule", "end: 2024-07-12}", "end: 2024-07-12, milestone: true}", "T003.milestone – → true"),
    ("T002", "主视觉1套", "主视觉2套", "T002.title 设计主视觉1套 → 设计主视觉2套"),
    ("I1", "goal: G1, owner: zhao", "goal: G1, owner: li", "I1.owner zhao → li"),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "old", "new", "said"), CHANGED, ids=[one[3] for one in CHANGED])
def test_what_is_changed_is_named(open_, subject, old, new, said):
    assert said in [one.en for one in changed(open_, subject, (old, new))]


def test_a_moved_launch_changes_the_days_that_count_from_it(open_):
    found = changed(open_, "schedule", ("launch: 2024-08-01", "launch: 2024-08-05"))
    assert [one.en for one in found] == [
        "campaign.milestones.launch 2024-08-01 → 2024-08-05",
        "T001.start 2024-07-12 → 2024-07-16",
    ]


def test_what_is_added_and_removed_is_named_section_by_section(open_):
    text = "  T004: {title: 投放信息流, owner: li}\n  T003: "
    pairs = [
        ("  K1: {title: 销量,", "  K2: {title: 销量,"),
        ("  T003: ", text),
        ("title: 销量2000件", "title: 销量3千件"),
    ]
    assert [one.zh for one in changed(open_, "goals", *pairs)] == [
        "G1.title 销量2000件 → 销量3千件",
        "新增 K2「销量」",
        "删除 K1「销量」",
    ]
    assert [one.en for one in changed(open_, "schedule", *pairs)] == ["T004 '投放信息流' added"]


def test_of_a_long_text_the_place_that_differs_is_shown(open_):
    long = "测评脚本" * 15
    found = changed(open_, "T001", ("撰写6条测评脚本", long + "6条"))
    assert len(found) == 1
    ends = [long + tail for tail in ("6条", "8条")]
    both = [content(open_(PLAN.replace("撰写6条测评脚本", one)).plan, "T001") for one in ends]
    tail = "评脚本测评脚本测评脚本"
    assert differences(*both) == (Text(*[f"T001.title ..{tail[-10:]}6条 → ..{tail[-10:]}8条"] * 2),)


@pytest.mark.parametrize(
    ("word", "key"), [("目标", "goals"), ("预算", "budget"), ("排期", "schedule"), ("Goals", "goals")]
)
def test_a_subject_may_be_written_in_chinese(open_, word, key):
    plan = open_(PLAN).plan
    assert content(plan, word) == content(plan, key) != {}


def test_the_digest_stays_what_it_is():
    """Digests stand in people's plans: another result needs another scheme."""
    after = (Dependency("T001", "SS", Duration(-1)),)
    task = {
        "title": "设计 A",
        "end": date(2024, 7, 1),
        "duration": Duration(5),
        "after": after,
        "milestone": True,
    }
    found = {("goals", "G1"): {"target": Decimal("2000.0")}, ("tasks", "T1"): task}
    assert canonical({".".join(path): one for path, one in found.items()}) == (
        '{"goals.G1":{"target":"2000"},"tasks.T1":{"after":[["T001","SS",[-1,"d"]]],'
        '"duration":[5,"d"],"end":"2024-07-01","milestone":true,"title":"设计 A"}}'
    )
    assert digest(found) == "v1-d025c39fd70a48d8"
