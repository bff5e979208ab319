"""Every rule raises its finding where its bad plan says, and nothing on the good one beside it.

A folder of ``tests/rules/`` is a rule's code. The first lines of its plans say what is found:
``# expect: CODE LEVEL LINE:COLUMN [as-of DAY]``, and ``# as-of: DAY …`` names days on which
nothing is. Lines without a day hold for ``check``, those with one for ``warn``.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from mktexec.rules import RULES, When
from mktexec.rules.wording import has_figure, is_function, is_group, is_named, names_no_action
from mktexec.session import open_session

RULE_FOLDERS = sorted(path for path in (Path(__file__).parent / "rules").iterdir() if path.is_dir())
EXPECT = re.compile(r"# expect: (\S+) (\S+) (\d+):(\d+)(?: as-of (\S+))?\n")
DAYS = re.compile(r"# as-of: (.+)\n")
ANY_DAY = "2024-07-01"


def told(plan: Path) -> dict[str, list[tuple]]:
    """Return what the head of the plan says: findings by day, those of ``check`` under ''."""
    text = plan.read_text(encoding="utf-8")
    found: dict[str, list[tuple]] = {"": []}
    for days in DAYS.findall(text):
        found |= {day: [] for day in days.split()}
    for code, level, line, column, day in EXPECT.findall(text):
        found.setdefault(day, []).append((int(line), int(column), code, level))
    return {day: sorted(places) for day, places in found.items()}


def found_by(plan: Path, day: str) -> list[tuple]:
    """Return what is found: by ``check``, or by ``warn`` if there is a day."""
    session = open_session(plan, day or ANY_DAY)
    places = []
    for one in session.judged(When.WARN).open if day else session.checked:
        _, line, column = one.place or session.source.locate(one.path)
        places.append((line, column, one.code, one.level.key))
    return sorted(places)


@pytest.mark.parametrize("kind", ["bad", "good"])
@pytest.mark.parametrize("folder", RULE_FOLDERS, ids=lambda folder: folder.name)
def test_a_plan_raises_what_its_head_says_and_nothing_else(folder, kind):
    plan = folder / f"{kind}.yaml"
    expected = told(plan)
    assert {day: found_by(plan, day) for day in expected} == expected


@pytest.mark.parametrize("folder", RULE_FOLDERS, ids=lambda folder: folder.name)
def test_the_bad_plan_raises_the_rule_and_the_good_one_does_not(folder):
    def codes(kind: str) -> set[str]:
        return {place[2] for places in told(folder / f"{kind}.yaml").values() for place in places}

    assert folder.name in codes("bad")
    assert folder.name not in codes("good")


@pytest.mark.parametrize("folder", RULE_FOLDERS, ids=lambda folder: folder.name)
def test_plans_of_a_rule_of_warn_name_a_day(folder):
    dated = RULES[folder.name].when is When.WARN
    if RULES[folder.name].when is When.AFTER:  # found of both
        return
    assert all(dated == (len(told(folder / f"{kind}.yaml")) > 1) for kind in ("bad", "good"))


@pytest.mark.parametrize("folder", RULE_FOLDERS, ids=lambda folder: folder.name)
def test_what_depends_on_the_day_says_since_when(folder):
    for day in filter(None, told(folder / "bad.yaml")):
        for one in open_session(folder / "bad.yaml", day).judged(When.WARN).open:
            known = RULES[one.code].when is When.WARN or one.code == "response-overdue"
            assert bool(one.since) == known, one.key
            assert not one.since or one.since <= one.raised <= date.fromisoformat(day), one.key


def test_every_rule_has_its_folder_and_every_folder_its_rule():
    rules = {code for code, rule in RULES.items() if rule.check or rule.when is When.AFTER}
    assert rules == {folder.name for folder in RULE_FOLDERS}


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.check])
def test_the_function_of_a_rule_bears_its_code(code):
    assert RULES[code].check.__name__ == code.replace("-", "_")


MEASURABLE = """
Grow sales by 25 %|打造爆款单品月销1万件|Q3实现线上销售额500万元|Double online sales|销量翻一番
成为品类第一|进入行业前三|粉丝破百万|新开三家门店|客诉减半|新客占比百分之三十|Open three stores
2024年GMV 5000万|月活过亿|3个月内复购率提升到20%|ROI≥2.5|成交2000单|增加2030名会员|618期间销售额300万
Win 40 B2B customers|Zero complaints|双11销售额破千万|举办一场发布会|签约二十家经销商|复购周期缩短到30天
Reach 10,000 sign-ups by 30 June 2025|RMB500万
"""
IMMEASURABLE = """
提升品牌知名度|2024年Q3提升品牌知名度|Raise brand awareness in 2025|Improve Q3 brand awareness
双11大促提升品牌声量|618大促扩大影响力|打造一个强势品牌|打造一支高效团队|打造一流团队|3个月内提升口碑
改善5G套餐形象|赢得95后用户喜爱|Grow B2B awareness|第一季度加强宣传|第二阶段优化体验|深耕一线城市
实现千人千面推荐|2024品牌升级|38节提升声量|Build a strong brand by 30 September 2024
Raise awareness within 6 months|2024-09-30前提升美誉度|上半年打开市场|9月底前提升形象
Strengthen customer loyalty by Q4 FY25|Be the market's most loved brand|一年内成为知名品牌
"""
VAGUE_TITLES = """
做推广|推广|开展推广活动|完成直播|直播|设计|负责文案|线上推广|做好活动推广及宣传工作|活动策划执行
推进项目|广告投放优化|物料准备|跟进|加强沟通协调。|提升转化率|提升品牌知名度|Do promotion|marketing
Social media marketing|Prepare the event|Design|Promote the product|Run campaign|work on content
Do some marketing stuff|follow up|Increase brand awareness|Email marketing campaign|Manage social media
"""
ACTIONS = """
开展3场直播|Design 12 posters|抖音直播引流3场,场均观看≥5000人|详情页优化(产品卖点+用户评价)
会员积分体系上线|竞品分析|活动复盘|海报设计|访谈12位目标用户|直播间搭建|抖音直播脚本撰写|活动页设计
与设计部确认主视觉|签约KOL|上线活动页|首场直播|提升转化率至3%|把转化率从2%提升到3%|投放信息流广告
设计稿评审|直播彩排|Design review|Launch the landing page|Marketing plan|Write press release
Content calendar|Book the venue|Boost sales by 10 %|Campaign kick-off|Brand book
"""
GROUPS = """
市场部|电商运营部|技术部门|设计组|市场科|杭州办事处|华东分公司|代理商|王丽团队|大家|所有人|全体成员
各区域负责人|市场|R&D|市场部和销售部|张三、李四|张三，李四|张三/李四|张三和李四|王*、李*|赵*和王*
marketing|Sales|Sales & Marketing|Marketing team|the marketing department|Design Dept.
Department of Marketing|Team A|R&D team|Design agency|Everyone|Everyone in sales|All staff
Members of the team|Anna and Bob|Anna, Bob|Anna & Bob|Anna/Bob
"""
PERSONS = """
部长王|王部|王组|王处|李科|陈建科|服部|王和平|欧阳和平|陈与义|赵*|李组长|技术部负责人|买买提·吐尔逊
王晓彤 市场总监|市场部王丽|王丽(市场部)|Lily Wang/王丽|市场与销售总监|Team lead Anna|Anna Grouper
Anna (design team)|Anna from the team|Head of Department|Head of Sales and Marketing
Sales and Marketing Director|R&D lead Anna|Group Account Director Jane Doe|Anna Smith, PhD
Martin King, Jr.|Staffan Berg|Al Hall|Andy Anderson|Unity Jones
"""


def cases(table: str) -> list[str]:
    """Return the phrases of a table."""
    return table.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("goal", cases(MEASURABLE))
def test_a_goal_that_says_how_much_has_a_figure(goal):
    assert has_figure(goal)


@pytest.mark.parametrize("goal", cases(IMMEASURABLE))
def test_a_day_a_festival_or_a_name_is_no_figure(goal):
    assert not has_figure(goal)


@pytest.mark.parametrize("title", cases(VAGUE_TITLES))
def test_empty_words_and_wishes_name_no_action(title):
    assert names_no_action(title)


@pytest.mark.parametrize("title", cases(ACTIONS))
def test_a_title_with_an_object_or_a_figure_names_an_action(title):
    assert not names_no_action(title)


@pytest.mark.parametrize("name", cases(GROUPS))
def test_departments_teams_and_several_names_are_a_group(name):
    assert is_group(name) or is_function(name)


@pytest.mark.parametrize("name", cases(PERSONS))
def test_a_person_with_a_post_or_a_surname_like_a_group_is_a_person(name):
    assert not is_group(name)
    assert not is_function(name)


@pytest.mark.parametrize("name", [None, "", "待定", "TBD", " n/a ", "？"])
def test_a_placeholder_names_nobody(name):
    assert not is_named(name)


@pytest.mark.parametrize("word", ["work on ", "1", "万", "做", " ", "Anna / "])
def test_a_hostile_title_is_judged_all_the_same(word):
    title = word * 20_000 + "x"
    assert not names_no_action(title)
    assert has_figure(title) == (word == "1")
    assert not is_function(title)
    assert is_group(title) == (word == "Anna / ")


def test_a_name_of_any_length_is_judged_by_its_beginning():
    assert not is_group("x" + " in" * 60_000 + " \n\n x")  # took half a minute when judged whole
    assert is_group("市场部" + "、销售部" * 60_000)
