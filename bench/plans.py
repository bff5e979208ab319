"""Plans of any size in the project's format: ``python bench/plans.py 10000 > plan.yaml``.

Tasks stand in lanes, one after the other, with links across; about 18 lines each. The same
number gives the same bytes. As of ``TODAY`` some are done, on time or late, some under way,
some overdue, the rest to come.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta

TODAY = date(2025, 1, 15)
START, END = date(2024, 1, 1), date(2025, 12, 31)
LANE, INITIATIVE, KPI, PAYMENT = 50, 50, 50, 5
TEAM = [f"{family}{given}" for family in "王李张刘陈杨黄赵" for given in ("敏", "伟", "芳", "磊", "静")]
DEPARTMENTS = ("市场部", "设计部", "技术部", "客服部", "财务部")
WORK = (
    ("抖音直播引流{n}场,场均观看≥5000人", "{n}场直播的录屏与复盘数据"),
    ("制作{n}条竖版短视频,完播率≥30%", "{n}条成片及商用授权"),
    ("签约{n}位垂类达人并发布测评", "达人合作清单与测评链接"),
    ("向{n}00位老会员推送换新券,核销率≥12%", "推送名单与核销明细"),
    ("详情页改版{n}处,点击率提升12%", "新版商品详情页"),
    ("布置{n}家门店陈列并拍照验收", "门店陈列照片与验收表"),
)
PROBLEMS = (
    ("技术部开发资源紧张,延期5天", "协调优先级,增加开发人员投入"),
    ("第三场直播设备故障", "已启用备用设备,直播前增加设备测试"),
    ('素材审核未通过: 用语涉及"最"字', "法务给出替代说法,当日重新提交"),
)


def plan(tasks: int) -> Iterator[str]:
    """Yield the lines of a sound plan with that many tasks."""
    yield from _head(-(-tasks // INITIATIVE))
    yield "\ntasks:\n"
    for number in range(tasks):
        yield from _task(number)
    yield "\nkpis:\n"
    for number in range(0, tasks, KPI):
        yield from _kpi(number)
    lines = range(0, tasks, PAYMENT)
    planned = sum(_amount(number) for number in lines)
    yield f"\nbudget:\n  total: {planned * 10 // 9}\n  reserve: {planned * 10 // 9 - planned}\n  lines:\n"
    yield from (_line(number) for number in lines)


def _head(initiatives: int) -> Iterator[str]:
    yield "mktexec: 1\n\ncampaign:\n  title: 年度新品线上推广\n  department: 市场部\n  owner: p0\n"
    yield f"  period: {{start: {START}, end: {END}}}\n  calendar: CN\n  language: zh\n\npeople:\n"
    for number, name in enumerate(TEAM):
        department = DEPARTMENTS[number % len(DEPARTMENTS)]
        yield f"  p{number}: {{name: {name}, role: 执行, department: {department}}}\n"
    yield "\ngoals:\n"
    for number in range(initiatives):
        yield f"  G{number}: {{title: 线上销售额达到{number + 5}0万元, owner: p{number % 40}, due: {END}}}\n"
    yield "\ninitiatives:\n"
    for number in range(initiatives):
        yield f"  I{number}: {{title: 第{number + 1}组渠道引流, goal: G{number}, owner: p{number % 40}}}\n"


def _days(number: int) -> tuple[date, date]:
    """Return first and last day: a lane is two weeks a task, less one to eight days off."""
    start = START + timedelta(days=number % LANE * 14 + number // LANE % 7)
    return start, start + timedelta(days=5 + number * 7 % 8)


def _task(number: int) -> Iterator[str]:
    start, end = _days(number)
    title, deliverable = WORK[number % len(WORK)]
    problem, solution = PROBLEMS[number % len(PROBLEMS)]
    place = number % LANE
    after = [f"T{number - 1}"] if place else []
    if place > 1 and number >= LANE and number % 3 == 0:
        after.append(f"T{number - LANE - 2}")
    yield f"  T{number}:\n    title: {title.format(n=number % 9 + 2)}\n"
    yield f"    initiative: I{number // INITIATIVE}\n    owner: p{number * 3 % 40}\n"
    yield f"    collaborators: [{DEPARTMENTS[number % 5]}, {DEPARTMENTS[(number + 2) % 5]}]\n"
    yield f"    start: {start}\n    end: {end}\n    after: [{', '.join(after)}]\n"
    yield f"    deliverable: {deliverable.format(n=number % 9 + 2)}\n    quality: 按验收标准一次通过率≥95%\n"
    yield f"    priority: {('important-urgent', 'important', 'urgent')[number % 3]}\n"
    yield "    cadence: weekly\n    response_time: 48h\n"
    yield from _record(number, start, end)
    yield "    log:\n"
    later = start + timedelta(days=3)
    if start <= TODAY:
        yield f"      {start}: {{progress: 20, action: 与供应商对齐排期}}\n"
    if later <= TODAY:
        yield f"      {later}: {{progress: 60, problem: '{problem}', solution: '{solution}'}}\n"
    yield "    remark: >-\n      物料须在活动开始3天前到位\n"


def _record(number: int, start: date, end: date) -> Iterator[str]:
    """Yield progress and actual dates: of what is due, one in four is late, one in twenty open."""
    if start > TODAY:
        return
    if end > TODAY or (number + 3) % 20 == 0:
        yield f"    progress: {40 + number % 50}\n    actual: {{start: {start}}}\n"
        return
    finished = min(TODAY, end + timedelta(days=number % 5 + 1 if number % 4 == 0 else -(number % 3)))
    yield f"    progress: 100\n    actual: {{start: {start}, end: {finished}}}\n"


def _kpi(number: int) -> Iterator[str]:
    target = 1200 + number % 700
    yield f"  K{number}:\n    title: 渠道{number}成交单数\n    goal: G{number // INITIATIVE}\n    unit: 单\n"
    yield f"    target: {target}\n    combine: sum\n    source: 电商平台后台\n    cadence: monthly\n"
    yield "    readings:\n"
    for month in range(1, 13):
        day = START + timedelta(days=month * 30)
        yield f"      {day}: {{value: {target // 24 + month}, cause: 素材吸引力不足}}\n"


def _amount(number: int) -> int:
    return 2000 + number % 97 * 100


def _line(number: int) -> str:
    day, planned = _days(number)[0], _amount(number)
    spent = f"{{{day}: {planned * 9 // 10}}}" if day <= TODAY else "{}"
    return (
        f"    B{number}: {{initiative: I{number // INITIATIVE}, task: T{number}, type: promotion, "
        f"item: 信息流与达人投放, planned: {planned}, spent: {spent}}}\n"
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.writelines(plan(int(sys.argv[1])))
