"""The commands of the people who report: what they change in a plan's text, refuse, and a look back knows.

Plans are small and styled by hand; the expected lines are written out.
"""

import difflib
import json
import shlex
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from conftest import ROOT
from mktexec.commands import boundary
from mktexec.schedule import known
from mktexec.store.load import load

TODAY = "2024-07-22"
BLOCK = """\
mktexec: 1
campaign:
  title: Autumn launch
  language: en
  currency: USD
  period: {start: 2024-07-01, end: 2024-09-30}
people:
  ann: {name: Ann Smith}
  bob: {role: content}
tasks:
  # the first
  T1:
    title: Write the brief
    owner: ann
    start: 2024-07-15
    end: 2024-07-26   # agreed
  T2:
    title: Design the landing page with a coupon field
    owner: bob
    progress: 18/20   # pages
    actual:
      start: 2024-07-10
    log:
      2024-07-15: two drafts
      2024-07-18:
        problem: no copy
        progress: 10/20
    evidence: https://example.com/1
  T3: {title: Print flyers, owner: bob, end: 2024-07-20, actual: {start: 2024-07-10, end: 2024-07-19}}
  T4: {title: Rent a hall, owner: bob, cancelled: 2024-07-12}
  T5: {title: Book space, owner: ann, actual: {start: 2024-07-16}, log: {2024-07-17: {progress: 20%}}}
budget:
  reserve: 4000
  lines:
    B1:
      item: advertising
      planned: 40000
      supplier: S1
      spent:
        2024-07-20: 60.10
        2024-07-21: {amount: 100, supplier: S2, note: first half}
    B2: {item: print, planned: 1000}
suppliers:
  S1: {title: Space Ltd}
  S2: {title: Print Ltd}
log:
  2024-07-19: kick-off
  2024-07-20: {action: stand-up}
  2024-07-21:
    - stand-up
"""
FLOW = """\
mktexec: 1
campaign: {title: 夏季上新, language: zh, period: {start: 2024-07-01, end: 2024-09-30}}
people: {wang: {name: 王*}, li: {name: 李*}}
tasks:
  T001: {title: 详情页优化, owner: wang, end: 2024-07-26}   # 第一项
  T002: {title: 会员体系, progress: 30%, log: {2024-07-18: 已开工, 2024-07-19: {problem: 人手不够。}}}
budget: {reserve: 40000, lines: {B1: {item: KOL合作, planned: 150000, spent: {2024-07-20: 60000}}}}
"""


T1 = ["+    actual: {start: 2024-07-22}"]
FLYERS = "T3: {title: Print flyers, owner: bob, end: 2024-07-20, actual: {start: 2024-07-10, end: 2024-07-19}"
SPACE = "T5: {title: Book space, owner: ann, actual: {start: 2024-07-16}, log: {2024-07-17: {progress: 20%}"
IN_BLOCK = {
    "start T1": T1,
    "start T1 --on 2024-07-16": ["+    actual: {start: 2024-07-16}"],
    "start 'Write the brief'": T1,
    "start T2 --on 2024-07-10": [],
    "start T2 --on 2024-07-12 --force": ["-      start: 2024-07-10", "+      start: 2024-07-12"],
    "progress T1 40": [*T1, "+    log:", "+      2024-07-22: {progress: 40}"],
    "progress T1 0": ["+    log:", "+      2024-07-22: {progress: 0}"],
    "progress T2 19/20": [
        "-    progress: 18/20   # pages",
        "+    progress: 19/20   # pages",
        "+      2024-07-22:",
        "+        progress: 19/20",
    ],
    "progress T2 90": ["+      2024-07-22:", "+        progress: 90"],
    "progress T2 60% --on 2024-07-18": [
        "-    progress: 18/20   # pages",
        "+    progress: 60%     # pages",
        "-        progress: 10/20",
        "+        progress: 60%",
    ],
    "progress T2 5/20 --on 2024-07-15": [
        "-      2024-07-15: two drafts",
        "+      2024-07-15: {progress: 5/20, note: two drafts}",
    ],
    "progress T5 ' 20 ％' --on 2024-07-17": [],
    "progress T5 10 --on 2024-07-16": [
        f"-  {SPACE}}}}}",
        f"+  {SPACE.replace('log: {', 'log: {2024-07-16: {progress: 10}, ')}}}}}",
    ],
    "progress T3 90 --on 2024-07-18": [
        f"-  {FLYERS}}}",
        f"+  {FLYERS}, log: {{2024-07-18: {{progress: 90}}}}}}",
    ],
    "done T1": ["+    actual: {end: 2024-07-22}"],
    "done T2 --on 2024-07-18": [
        "-    progress: 18/20   # pages",
        "+    progress: 20/20   # pages",
        "+      end: 2024-07-18",
    ],
    "done T3 --on 2024-07-19": [],
    "done T3 --force": [f"-  {FLYERS}}}", f"+  {FLYERS.replace('2024-07-19', '2024-07-22')}}}"],
    "cancel T1": ["+    cancelled: 2024-07-22"],
    "cancel T2 --on 2024-07-18 --reason 'no copy came'": [
        "+    cancelled: 2024-07-18",
        "+        note: no copy came",
    ],
    "cancel T4 --on 2024-07-12": [],
    "cancel T4 --on 2024-07-13 --force": [
        "-  T4: {title: Rent a hall, owner: bob, cancelled: 2024-07-12}",
        "+  T4: {title: Rent a hall, owner: bob, cancelled: 2024-07-13}",
    ],
    "cancel T4 --on 2024-07-12 --reason 'too small'": [
        "-  T4: {title: Rent a hall, owner: bob, cancelled: 2024-07-12}",
        "+  T4: {title: Rent a hall, owner: bob, cancelled: 2024-07-12, log: {2024-07-12: too small}}",
    ],
    "log T1 --problem 'no printer' --solution borrowed": [
        "+    log:",
        "+      2024-07-22: {problem: no printer, solution: borrowed}",
    ],
    "log T1 --note 'half a page'": ["+    log:", "+      2024-07-22: half a page"],
    "log T2 --note 'three drafts' --on 2024-07-15": [
        "-      2024-07-15: two drafts",
        "+      2024-07-15: two drafts; three drafts",
    ],
    "log T2 --note 'two drafts' --on 2024-07-15": [],
    "log T2 --by ann --adjust 'a day later' --on 2024-07-15": [
        "-      2024-07-15: two drafts",
        "+      2024-07-15: {adjust: a day later, by: ann, note: two drafts}",
    ],
    "log T2 --problem 'no copy' --on 2024-07-18": [],
    "log T2 --problem copy --on 2024-07-18": ["-        problem: no copy", "+        problem: no copy; copy"],
    "log T2 --problem 'a: \"b\" # c' --on 2024-07-18 --by 'Ann Smith'": [
        "-        problem: no copy",
        "+        problem: 'no copy; a: \"b\" # c'",
        "+        by: ann",
    ],
    "log T5 --progress 60 --action painted": [
        f"-  {SPACE}}}}}",
        f"+  {SPACE}, 2024-07-22: {{action: painted, progress: 60}}}}}}",
    ],
    "log --action 'weekly meeting'": ["+  2024-07-22: weekly meeting"],
    "log --by bob --action 'weekly meeting'": [
        "+  2024-07-22:",
        "+    action: weekly meeting",
        "+    by: bob",
    ],
    "log --action photo --on 2024-07-19": ["-  2024-07-19: kick-off", "+  2024-07-19: [kick-off, photo]"],
    "log --action kick-off --on 2024-07-19": [],
    "log --problem 'no chairs' --on 2024-07-20": [
        "-  2024-07-20: {action: stand-up}",
        "+  2024-07-20:",
        "+    - {action: stand-up}",
        "+    - {problem: no chairs}",
    ],
    "log --action stand-up --on 2024-07-20": [],
    "log --action sit-down --on 2024-07-21": ["+    - sit-down"],
    "evidence T1 https://example.com/2": ["+    evidence: ['https://example.com/2']"],
    "evidence T2 https://example.com/2 https://example.com/1 https://example.com/2": [
        "-    evidence: https://example.com/1",
        "+    evidence: ['https://example.com/1', 'https://example.com/2']",
    ],
    "evidence T2 https://example.com/1": [],
    "spend B1 500": ["+        2024-07-22: 500"],
    "spend B1 39.9 --on 2024-07-20": ["-        2024-07-20: 60.10", "+        2024-07-20: 100"],
    "spend advertising '$1,200.50' --note 'second half' --on 2024-07-20": [
        "-        2024-07-20: 60.10",
        "+        2024-07-20: {amount: 1260.6, note: second half}",
    ],
    "spend B1 5 --on 2024-07-20 --supplier S1": [
        "-        2024-07-20: 60.10",
        "+        2024-07-20: {amount: 65.1, supplier: S1}",
    ],
    "spend B1 5 --on 2024-07-21 --note 'second half'": [
        "-        2024-07-21: {amount: 100, supplier: S2, note: first half}",
        "+        2024-07-21: {amount: 105, supplier: S2, note: first half; second half}",
    ],
    "spend B1 5 --on 2024-07-21 --supplier 'Print Ltd' --note 'first half'": [
        "-        2024-07-21: {amount: 100, supplier: S2, note: first half}",
        "+        2024-07-21: {amount: 105, supplier: S2, note: first half}",
    ],
    "spend B2 '(500)'": [
        "-    B2: {item: print, planned: 1000}",
        "+    B2: {item: print, planned: 1000, spent: {2024-07-22: -500}}",
    ],
    "spend B1 '(100)' --on 2024-07-21": [
        "-        2024-07-21: {amount: 100, supplier: S2, note: first half}",
        "+        2024-07-21: {amount: 0, supplier: S2, note: first half}",
    ],
    "spend reserve 800 --note 'a second projector'": [
        "+  drawn:",
        "+    2024-07-22: {amount: 800, note: a second projector}",
    ],
}
PAGE = "T001: {title: 详情页优化, owner: wang, end: 2024-07-26"
POINTS = "T002: {title: 会员体系, progress: 30%"
NOTED = "log: {2024-07-18: 已开工, 2024-07-19: {problem: 人手不够。}"
LINE = "B1: {item: KOL合作, planned: 150000, spent: {2024-07-20: 60000"
IN_FLOW = {  # command: what stood there, and what stands there now
    "start 详情页优化": (PAGE, f"{PAGE}, actual: {{start: 2024-07-22}}"),
    "progress T001 50": (
        PAGE,
        f"{PAGE}, actual: {{start: 2024-07-22}}, log: {{2024-07-22: {{progress: 50}}}}",
    ),
    "progress T002 ６０％": (
        f"{POINTS}, {NOTED}",
        f"{POINTS.replace('30', '60')}, {NOTED}, 2024-07-22: {{progress: 60%}}",
    ),
    "progress T002 10 --on 2024-07-18": (
        "2024-07-18: 已开工",
        "2024-07-18: {progress: 10, note: 已开工}",
    ),
    "done T002": (POINTS, POINTS.replace("30", "100") + ", actual: {end: 2024-07-22}"),
    "cancel T002 --reason 预算取消": (
        f"{POINTS}, {NOTED}",
        f"{POINTS}, cancelled: 2024-07-22, {NOTED}, 2024-07-22: 预算取消",
    ),
    "log T002 --note 已上线 --on 2024-07-18": ("已开工", "已开工；已上线"),
    "log T002 --problem 接口延期 --solution 加派2人 --on 2024-07-19": (
        "{problem: 人手不够。}",
        "{problem: 人手不够。接口延期, solution: 加派2人}",
    ),
    "log T002 --problem 人手不够 --on 2024-07-19": ("人手不够。", "人手不够。"),
    "log T001 --action 设计评审 --by 王*": (
        PAGE,
        f"{PAGE}, log: {{2024-07-22: {{action: 设计评审, by: wang}}}}",
    ),
    "evidence T001 https://example.com/截图": (PAGE, f"{PAGE}, evidence: ['https://example.com/截图']"),
    "spend B1 6万 --on 2024-07-20 --note 尾款": (
        "2024-07-20: 60000",
        "2024-07-20: {amount: 120000, note: 尾款}",
    ),
    "spend KOL合作 ￥1,200": (LINE, f"{LINE}, 2024-07-22: 1200"),
    "spend 备用金 （500） --note 退回": (
        "reserve: 40000",
        "reserve: 40000, drawn: {2024-07-22: {amount: -500, note: 退回}}",
    ),
}


@pytest.fixture
def plans(tmp_path):
    """Return a function that writes a plan and returns its path."""

    def write(text):
        path = tmp_path / "plan.yaml"
        path.write_bytes(text.encode())
        return path

    return write


def said(run, path, command, *more):
    """Run a command line on the plan, which must succeed; return the line that says what it did."""
    result = run(*shlex.split(command), "-p", path, *more, MKTEXEC_TODAY=TODAY, COLUMNS="400")
    assert result.code == 0, result.err
    return result.out.partition("\n")[0]


def refused(run, path, command, *more):
    """Run a command line on the plan, which must be refused and change nothing; return the reason."""
    old = path.read_bytes()
    result = run(*shlex.split(command), "-p", path, *more, MKTEXEC_TODAY=TODAY)
    assert (result.code, result.out) == (2, "")
    assert path.read_bytes() == old
    return result.err


def changed(old, new):
    """Return the lines that went, with ``-``, and those that came, with ``+``."""
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


# --- what is written ----------------------------------------------------------------------


@pytest.mark.parametrize("command", IN_BLOCK)
def test_a_report_changes_these_lines_of_a_block_plan(run, plans, command):
    path = plans(BLOCK)
    line = said(run, path, command)
    assert changed(BLOCK, path.read_bytes().decode()) == IN_BLOCK[command]
    assert bool(line) == bool(IN_BLOCK[command])


@pytest.mark.parametrize("command", IN_FLOW)
def test_a_report_changes_this_part_of_a_flow_plan(run, plans, command):
    path = plans(FLOW)
    said(run, path, command)
    old, new = IN_FLOW[command]
    assert FLOW.count(old) == 1
    assert path.read_bytes().decode() == FLOW.replace(old, new)


def test_the_campaign_s_log_is_begun_where_there_is_none(run, plans):
    path = plans(FLOW)
    said(run, path, "log --action 周例会 --on 2024-07-19")
    assert path.read_bytes().decode() == FLOW + "log:\n  2024-07-19: 周例会\n"


@pytest.mark.parametrize(
    "command", [one for one in IN_BLOCK if not one.startswith(("spend", "progress T2 60%"))]
)
def test_a_report_given_twice_changes_nothing_the_second_time(run, plans, command):
    path = plans(BLOCK)
    said(run, path, command)
    once = path.read_bytes()
    result = run(*shlex.split(command), "-p", path, MKTEXEC_TODAY=TODAY)
    assert (result.code, result.out, path.read_bytes()) == (0, "", once)
    assert result.err == "nothing to change: it stands there already\n"


@pytest.mark.parametrize("command", [one for one, lines in IN_BLOCK.items() if lines])
def test_a_dry_run_shows_the_same_and_writes_nothing(run, plans, command):
    path = plans(BLOCK)
    dry = said(run, path, command, "--dry-run")
    assert path.read_bytes().decode() == BLOCK
    assert dry == said(run, path, command)


@pytest.mark.parametrize("command", IN_BLOCK)
def test_a_report_leaves_no_contradiction_behind(run, plans, command):
    path = plans(BLOCK)
    before = json.loads(run("check", path, "--format", "json").out)["findings"]
    said(run, path, command)
    after = json.loads(run("check", path, "--format", "json").out)["findings"]
    assert Counter(one["code"] for one in after) <= Counter(one["code"] for one in before)


def test_payments_of_a_day_add_up_exactly(run, plans):
    path = plans(BLOCK)
    for amount in ("0.1", "0.2", "99999999999.700000000001"):
        said(run, path, f"spend B1 {amount}")
    payments = load(path).plan.budget.lines["B1"].spent
    assert str(payments[date(2024, 7, 22)].amount) == "100000000000.000000000001"


# --- what is said -------------------------------------------------------------------------

SAID = {
    "start T1": ("T1 Write the brief: started on 2024-07-22", "T1 Write the brief：2024-07-22 开始"),
    "progress T1 40": (
        (
            "T1 Write the brief: progress 40% on 2024-07-22; started that day"
            " (if earlier: mktexec start T1 --on DAY --force)"
        ),
        "T1 Write the brief：2024-07-22 进度 40%；当日开始（如更早开始：mktexec start T1 --on 日期 --force）",
    ),
    "progress T2 19/20": (
        "T2 Design the landing page with..: progress 19/20 = 95% on 2024-07-22; up from 90%",
        "T2 Design the landing page with..：2024-07-22 进度 19/20 = 95%；此前为 90%",
    ),
    "progress T5 5": (
        "T5 Book space: progress 5% on 2024-07-22; down from 20%",
        "T5 Book space：2024-07-22 进度 5%；低于此前的 20%",
    ),
    "progress T2 5/20 --on 2024-07-15": (
        (
            "T2 Design the landing page with..: progress 5/20 = 25% on 2024-07-15;"
            " a later record keeps it at 90%"
        ),
        "T2 Design the landing page with..：2024-07-15 进度 5/20 = 25%；后续记录仍为 90%",
    ),
    "progress T5 100 --on 2024-07-20": (
        (
            "T5 Book space: progress 100% on 2024-07-20; up from 20%;"
            " so done that day (with its end: mktexec done T5 --on 2024-07-20)"
        ),
        (
            "T5 Book space：2024-07-20 进度 100%；此前为 20%；"
            "即当日完成（登记完成日：mktexec done T5 --on 2024-07-20）"
        ),
    ),
    "done T5": ("T5 Book space: done on 2024-07-22", "T5 Book space：2024-07-22 完成"),
    "cancel T1 --reason x": (
        "T1 Write the brief: called off on 2024-07-22",
        "T1 Write the brief：2024-07-22 取消",
    ),
    "log T5 --progress 30": (
        "T5 Book space: progress 30% on 2024-07-22; up from 20%",
        "T5 Book space：2024-07-22 记录进度 30%；此前为 20%",
    ),
    "log T5 --problem p --solution s --progress 20": (
        "T5 Book space: problem 'p', solution 's', progress 20% on 2024-07-22",
        "T5 Book space：2024-07-22 记录问题「p」、解决方案「s」、进度 20%",
    ),
    "log --action a --note n": (
        "campaign log of 2024-07-22: action 'a', note 'n'",
        "执行日志 2024-07-22：动作「a」、备注「n」",
    ),
    "evidence T1 https://example.com": (
        "T1 Write the brief: evidence https://example.com",
        "T1 Write the brief：存档 https://example.com",
    ),
    "evidence T1 https://a.com https://b.com": (
        "T1 Write the brief: 2 pieces of evidence",
        "T1 Write the brief：存档 2 项",
    ),
    "spend B2 1000": ("B2 print: 1,000 spent on 2024-07-22", "B2 print：2024-07-22 支出 1,000"),
    "spend B1 40 --on 2024-07-20": (
        "B1 advertising: 40 spent on 2024-07-20; 100.1 in all that day",
        "B1 advertising：2024-07-20 支出 40；当日合计 100.1",
    ),
    "spend B1 '(40)'": ("B1 advertising: 40 refunded on 2024-07-22", "B1 advertising：2024-07-22 退款 40"),
    "spend reserve 5 --note n": ("reserve: 5 drawn on 2024-07-22", "备用金：2024-07-22 动用 5"),
    "spend reserve '(5)' --note n": ("reserve: 5 returned on 2024-07-22", "备用金：2024-07-22 退回 5"),
}


@pytest.mark.parametrize("command", SAID)
def test_a_report_is_said_in_one_line_in_both_languages(run, plans, command):
    path = plans(BLOCK)
    lines = [said(run, path, command, "--dry-run", "--lang", lang) for lang in ("en", "zh")]
    assert tuple(lines) == SAID[command]


# --- what is refused ----------------------------------------------------------------------

REFUSED = {  # command: reason and hint in both languages
    "start T2": (
        ("T2 started on 2024-07-10", "if that is wrong: mktexec start T2 --on DAY --force"),
        ("T2 已登记于 2024-07-10 开始", "如登记有误：mktexec start T2 --on 日期 --force"),
    ),
    "start T2 --on 2024-07-12": (
        ("T2 started on 2024-07-10", "if that is wrong: mktexec start T2 --on 2024-07-12 --force"),
        ("T2 已登记于 2024-07-10 开始", "如登记有误：mktexec start T2 --on 2024-07-12 --force"),
    ),
    "start T2 --on 2024-07-20": (
        (
            "T2 has progress on 2024-07-18, before 2024-07-20",
            "if it started then: mktexec start T2 --on 2024-07-18 --force",
        ),
        (
            "T2 在 2024-07-18 已有进度，早于 2024-07-20",
            "如果当日开始：mktexec start T2 --on 2024-07-18 --force",
        ),
    ),
    "start T5 --on 2024-07-18 --force": (
        (
            "T5 has progress on 2024-07-17, before 2024-07-18",
            "if it started then: mktexec start T5 --on 2024-07-17 --force",
        ),
        (
            "T5 在 2024-07-17 已有进度，早于 2024-07-18",
            "如果当日开始：mktexec start T5 --on 2024-07-17 --force",
        ),
    ),
    "start T3 --force": (
        ("T3 was finished on 2024-07-19, before 2024-07-22", "name an earlier day with --on"),
        ("T3 已于 2024-07-19 完成，早于 2024-07-22", "请用 --on 指定更早的日期"),
    ),
    "start T4": (
        ("T4 was called off on 2024-07-12", "take it up again first: mktexec unset T4 cancelled"),
        ("T4 已于 2024-07-12 取消", "如需恢复，请先执行：mktexec unset T4 cancelled"),
    ),
    "progress T4 10": (
        ("T4 was called off on 2024-07-12", "take it up again first: mktexec unset T4 cancelled"),
        ("T4 已于 2024-07-12 取消", "如需恢复，请先执行：mktexec unset T4 cancelled"),
    ),
    "progress T5 0.6": (
        ("'0.6' is no progress", "0.6 is a share; write 60"),
        ("「0.6」不是有效的进度", "0.6 是小数写法，请写成 60"),
    ),
    "progress T5 150": (
        ("'150' is no progress", "write 60, 60% or 18/20"),
        ("「150」不是有效的进度", "请写成 60、60% 或 18/20"),
    ),
    "progress T5 10 --on 2024-07-15": (
        (
            "T5 started on 2024-07-16, after 2024-07-15",
            "if it started before: mktexec start T5 --on 2024-07-15 --force",
        ),
        (
            "T5 于 2024-07-16 才开始，晚于 2024-07-15",
            "如更早开始，请先执行：mktexec start T5 --on 2024-07-15 --force",
        ),
    ),
    "progress T3 60": (
        ("T3 was finished on 2024-07-19", "if it was not: mktexec unset T3 actual.end"),
        ("T3 已于 2024-07-19 完成", "如并未完成，请先执行：mktexec unset T3 actual.end"),
    ),
    "progress T5 60 --on 2024-07-23": (
        ("2024-07-23 is still to come", "record what has happened; --as-of sets today"),
        ("2024-07-23 尚未到来", "只记录已发生的事；--as-of 可设定今天"),
    ),
    "done T3": (
        ("T3 was finished on 2024-07-19", "if that is wrong: mktexec done T3 --on DAY --force"),
        ("T3 已登记于 2024-07-19 完成", "如登记有误：mktexec done T3 --on 日期 --force"),
    ),
    "done T3 --on 2024-07-20": (
        ("T3 was finished on 2024-07-19", "if that is wrong: mktexec done T3 --on 2024-07-20 --force"),
        ("T3 已登记于 2024-07-19 完成", "如登记有误：mktexec done T3 --on 2024-07-20 --force"),
    ),
    "done T4 --on 2024-07-10": (
        ("T4 was called off on 2024-07-12", "take it up again first: mktexec unset T4 cancelled"),
        ("T4 已于 2024-07-12 取消", "如需恢复，请先执行：mktexec unset T4 cancelled"),
    ),
    "done T5 --on 2024-07-15 --force": (
        (
            "T5 started on 2024-07-16, after 2024-07-15",
            "if it started before: mktexec start T5 --on 2024-07-15 --force",
        ),
        (
            "T5 于 2024-07-16 才开始，晚于 2024-07-15",
            "如更早开始，请先执行：mktexec start T5 --on 2024-07-15 --force",
        ),
    ),
    "done T5 --on 2024-07-16": (
        (
            "T5 stood at 20% on 2024-07-17, after 2024-07-16",
            "if that is wrong: mktexec unset T5 log.2024-07-17.progress",
        ),
        (
            "T5 在 2024-07-17 的进度为 20%，晚于 2024-07-16",
            "如登记有误，请先执行：mktexec unset T5 log.2024-07-17.progress",
        ),
    ),
    "cancel T4": (
        ("T4 was called off on 2024-07-12", "if that is wrong: mktexec cancel T4 --on DAY --force"),
        ("T4 已登记于 2024-07-12 取消", "如登记有误：mktexec cancel T4 --on 日期 --force"),
    ),
    "cancel T3 --force": (
        ("T3 is done and cannot be called off", "if it is not done: mktexec unset T3 actual.end"),
        ("T3 已完成，不能取消", "如并未完成，请先执行：mktexec unset T3 actual.end"),
    ),
    "spend B1 5 --on 2024-07-20 --supplier S2": (
        ("60.1 was paid on 2024-07-20 already, to S1", "name another day with --on"),
        ("2024-07-20 已登记一笔 60.1（S1）", "请用 --on 换一个日期登记"),
    ),
    "spend reserve 5": (
        ("what was the reserve needed for?", "add --note TEXT"),
        ("动用备用金须写明用途", "请加上 --note 说明"),
    ),
    "spend B1 ￥5": (
        ("'￥5' is no amount in USD", "write 60000 or 60,000"),
        ("「￥5」不是有效的金额（USD）", "请写成 60000、60,000 或 6万"),
    ),
    "spend B1 0": (
        ("'0' is no amount in USD", "write 60000 or 60,000"),
        ("「0」不是有效的金额（USD）", "请写成 60000、60,000 或 6万"),
    ),
    "evidence T1 shot.png": (
        ("there is no file shot.png", "a link begins with https://"),
        ("没有文件 shot.png", "链接请以 https:// 开头"),
    ),
    "log T1": (
        ("say what happened: --problem, --solution, --adjust, --action, --note, --progress or --remaining",),
        ("请写明内容：--problem、--solution、--adjust、--action、--note、--progress 或 --remaining",),
    ),
    "log --progress 60": (
        ("progress and work left are a task's: name it", "mktexec progress ID 60"),
        ("进度和剩余工期属于具体任务，请写明任务编号", "例如：mktexec progress 编号 60"),
    ),
    "log T1 --note ' '": (("--note is empty",), ("--note 内容为空",)),
    "log T1 --note - --problem -": (
        ("only one text can come from standard input", "give the others as text"),
        ("只能有一项内容从标准输入读取", "其余内容请直接写出"),
    ),
}


@pytest.mark.parametrize("command", REFUSED)
def test_a_refusal_says_why_and_what_next_in_both_languages(run, plans, monkeypatch, command):
    path = plans(BLOCK)
    for lang, words in zip(("en", "zh"), REFUSED[command], strict=True):
        monkeypatch.setattr(boundary, "UI", lang)
        assert (
            refused(run, path, f"{command} --lang {lang}")
            == "\n  → ".join(["mktexec: " + words[0], *words[1:]]) + "\n"
        )


ADVICE = {one: english[-1].partition("mktexec ")[2] for one, (english, _) in REFUSED.items()}


@pytest.mark.parametrize("command", [one for one, advice in ADVICE.items() if " T" in advice])
def test_following_the_advice_of_refusals_leads_to_an_end(run, plans, command):
    path = plans(BLOCK)
    for _ in range(3):
        result = run(*shlex.split(command), "-p", path, MKTEXEC_TODAY=TODAY)
        if not result.code:
            break
        advice = result.err.partition("mktexec ")[2].replace("DAY", "2024-07-11")
        assert said(run, path, advice)
        if advice.split()[0] == command.split()[0]:  # it was meant in place of the command
            break
    else:
        pytest.fail(result.err)


@pytest.mark.parametrize(
    ("command", "near"),
    [
        ("start T01", "T1"),
        ("log T1 --note x --by anna", "ann"),
        ("spend B1 5 --supplier S11", "S1"),
        ("spend B11 5", "B1"),
    ],
)
def test_a_misspelt_id_is_asked_about(run, plans, command, near):
    assert f"did you mean {near}?" in refused(run, plans(BLOCK), command)


def test_a_budget_without_a_reserve_or_lines_says_so(run, plans):
    path = plans(BLOCK[: BLOCK.index("budget:")])
    assert "the budget has no reserve" in refused(run, path, "spend reserve 5 --note x")
    assert "the plan has no budget lines" in refused(run, path, "spend B1 5")


def test_an_entry_that_cannot_be_read_is_listed_and_left_alone(run, plans):
    path = plans(BLOCK + "x-own: 1\n")
    path.write_bytes(path.read_bytes().replace(b"    title: Write the brief\n", b""))
    result = run("start", "T1", "-p", path, MKTEXEC_TODAY=TODAY)
    assert result.code == 3
    assert "T1  title is missing" in result.err


def test_a_payment_that_cannot_be_read_is_not_added_to(run, plans):
    path = plans(BLOCK.replace("60.10", "sixty"))
    result = run("spend", "B1", "5", "--on", "2024-07-20", "-p", path, MKTEXEC_TODAY=TODAY)
    assert result.code == 3
    assert "sixty" in result.err


def test_a_wrong_day_of_the_start_is_not_taken_for_none(run, plans):
    path = plans(BLOCK.replace("start: 2024-07-16}", "start: 2024-7-16}").replace("{progress: 20%}", "begun"))
    said(run, path, "progress T5 60")
    assert "actual: {start: 2024-7-16}" in path.read_text(encoding="utf-8")


# --- the rest -----------------------------------------------------------------------------


def test_a_text_is_read_from_standard_input(run, plans, tmp_path):
    path = plans(BLOCK)
    text = tmp_path / "text"
    text.write_bytes("第一行\r\n第二行\r\n\r\n".encode())
    for command in ("log T1 --note -", "cancel T4 --reason - --on 2024-07-12"):
        with text.open("rb") as stream:
            done = run.process(*shlex.split(command), "-p", path, stdin=stream)
        assert done.returncode == 0, done.stderr
    tasks = load(path).plan.tasks
    assert tasks["T1"].log[date(2024, 7, 22)].note == "第一行\n第二行"
    assert tasks["T4"].log[date(2024, 7, 12)].note == "第一行\n第二行"


def test_links_are_read_from_standard_input_one_a_line(run, plans, tmp_path):
    path = plans(BLOCK)
    links = tmp_path / "links"
    links.write_text("https://example.com/1\n\nhttps://example.com/2\n", encoding="utf-8")
    with links.open("rb") as stream:
        assert run.process("evidence", "T1", "-", "-p", path, stdin=stream).returncode == 0
    assert load(path).plan.tasks["T1"].evidence == ("https://example.com/1", "https://example.com/2")


def test_a_file_is_stored_as_seen_from_the_plan(run, tmp_path):
    home, shots, away = (
        tmp_path / "plans" / "autumn",
        tmp_path / "plans" / "autumn" / "shots",
        tmp_path / "away",
    )
    for folder in (home, shots, away):
        folder.mkdir(parents=True, exist_ok=True)
    path = home / "plan.yaml"
    path.write_bytes(BLOCK.encode())
    for file in (shots / "直播 1.png", away / "b.pdf"):
        file.touch()
    files = ["plans/autumn/shots/直播 1.png", str(shots / "直播 1.png"), "away/b.pdf", str(away / "b.pdf")]
    result = run("evidence", "T1", *files, "-p", path, cwd=tmp_path, COLUMNS="400")
    assert "../../away/b.pdf lies outside the plan's folder" in result.out
    stored = load(path).plan.tasks["T1"].evidence
    assert stored == ("shots/直播 1.png", "../../away/b.pdf", (away / "b.pdf").as_posix())


def test_in_a_folder_only_the_file_that_holds_the_entry_changes(run, tmp_path):
    folder = tmp_path / "plan"
    folder.mkdir()
    start = BLOCK.index("budget:")
    parts = {"a.yaml": BLOCK[:start], "b.yaml": BLOCK[start:]}
    for name, text in parts.items():
        (folder / name).write_bytes(text.encode())
    said(run, folder, "done T1")
    assert (folder / "b.yaml").read_bytes().decode() == parts["b.yaml"]
    assert changed(parts["a.yaml"], (folder / "a.yaml").read_bytes().decode()) == IN_BLOCK["done T1"]


def progress_on(run, path, task, day):
    """Return the progress that ``status`` knows of on a day."""
    state = json.loads(run("status", path, "--format", "json", "--as-of", day).out)
    return next(one["progress"] for one in state["tasks"] if one["id"] == task)


def test_a_look_back_knows_a_progress_from_its_day_on(run, plans):
    path = plans(BLOCK)
    said(run, path, "progress T5 60 --on 2024-07-20")
    said(run, path, "progress T1 40 --on 2024-07-20")
    said(run, path, "progress T2 19/20 --on 2024-07-20")
    days = ("2024-07-15", "2024-07-17", "2024-07-19", "2024-07-20", "2024-07-22")
    known_on = {task: [progress_on(run, path, task, day) for day in days] for task in ("T5", "T1", "T2")}
    assert known_on == {
        "T5": [0.0, 0.2, 0.2, 0.6, 0.6],
        "T1": [0.0, 0.0, 0.0, 0.4, 0.4],
        "T2": [None, None, 0.5, 0.95, 0.95],
    }


def test_a_record_made_up_for_leaves_the_newer_one_standing(run, plans):
    path = plans(BLOCK)
    said(run, path, "progress T2 5/20 --on 2024-07-15")
    assert [progress_on(run, path, "T2", f"2024-07-{day}") for day in (15, 17, 18, 22)] == [
        0.25,
        0.25,
        0.9,
        0.9,
    ]


@pytest.mark.parametrize("task", ["T1", "T2", "T5"])
def test_reports_in_any_order_give_the_same_history(run, plans, task):
    reports = [("40", "2024-07-18"), ("60", "2024-07-20"), ("95", "2024-07-22")]
    histories = []
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        path = plans(BLOCK)
        said(run, path, f"start {task} --on 2024-07-16 --force")
        for index in order:
            value, day = reports[index]
            said(run, path, f"progress {task} {value} --on {day}")
        record = load(path).plan.tasks[task]
        histories.append([known(record, date(2024, 7, day)).progress for day in range(18, 24)])
    assert histories[0] == [0.4, 0.4, 0.6, 0.6, 0.95, 0.95]
    assert all(one == two for one, two in pairwise(histories))


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("late", "later", "late", "Done.", "ok", "Done."), "late; later; Done. ok"),
        (("3.5 days", "3", "5 days", "3.5 days"), "3.5 days; 3; 5 days"),
        (("设备故障。", "已换", "设备故障", "故障"), "设备故障。 已换; 故障"),
    ],
)
def test_a_text_beside_another_is_never_lost(run, plans, texts, kept):
    path = plans(BLOCK)
    for text in texts:
        said(run, path, f"log T1 --problem '{text}'")
    assert load(path).plan.tasks["T1"].log[date(2024, 7, 22)].problem == kept


def test_texts_of_several_lines_are_joined_line_by_line(run, plans, tmp_path):
    path = plans(BLOCK)
    text = tmp_path / "text"
    text.write_text("one\ntwo\n", encoding="utf-8")
    for command in ("log T1 --note zero", "log T1 --note -", "log T1 --note -", "log T1 --note two"):
        with text.open("rb") as stream:
            done = run.process(*shlex.split(command), "-p", path, stdin=stream)
        assert done.returncode == 0, done.stderr
    assert load(path).plan.tasks["T1"].log[date(2024, 7, 22)].note == "zero\none\ntwo"


def test_nothing_on_standard_input_is_no_evidence(run, plans):
    assert "there is no link and no file" in refused(run, plans(BLOCK), "evidence T1 -")
    assert "--note is empty" in refused(run, plans(BLOCK), "log T1 --note -")


def test_plan_text_in_what_is_said_is_one_harmless_line(run, plans):
    path = plans(BLOCK.replace("Write the brief", '"[red]Write\\e[31m\\nthis[/red] {x}"'))
    assert said(run, path, "done T1") == "T1 [red]Write[31m this[/red] {x}: done on 2024-07-22"


def test_the_work_left_is_recorded_with_the_day_and_moves_the_forecast(run, tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_bytes((ROOT / "plans" / "examples" / "double-11" / "plan.yaml").read_bytes())
    result = run("log", "T103", "--remaining", "6d", "-p", plan, MKTEXEC_TODAY="2026-10-16")
    assert result.code == 0, result.err
    assert "      2026-10-16: {remaining: 6d}\n" in plan.read_text(encoding="utf-8")
    assert "10-26" in result.out  # six working days after Friday the 16th: 19 to 23 and 26
    result = run("progress", "T202", "70", "--remaining", "1w", "-p", plan, MKTEXEC_TODAY="2026-10-16")
    assert result.code == 0, result.err
    assert "      2026-10-16: {progress: 70, remaining: 1w}\n" in plan.read_text(encoding="utf-8")
    assert run("log", "T103", "--remaining", "6", "-p", plan).code == 2
    assert run("log", "--remaining", "6d", "-p", plan).code == 2
