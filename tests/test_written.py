"""Figures and days as people write them: read exactly and relative to the unit, or not at all."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mktexec.written import amount_text, plain, same_unit, written_amount, written_day

# --- amounts ---


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("420", "420"),
        ("0", "0"),
        ("007", "7"),
        (".5", "0.5"),
        ("28.50", "28.5"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("12,345,678.90", "12345678.9"),
        ("１２３４．５", "1234.5"),
        ("1 234", "1234"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234", "1234"),
        ("1\u2009234.5", "1234.5"),
        ("\ufeff 420 ", "420"),
        ("-5", "-5"),
        ("－5", "-5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("-0", "0"),
        ("(1,234)", "-1234"),
        ("（1,234）", "-1234"),
        ("420万", "4200000"),
        ("420 万", "4200000"),
        ("1.2亿", "120000000"),
        ("1.25萬", "12500"),
        ("3千", "3000"),
        ("2千万", "20000000"),
        ("12W", "120000"),
        ("12k", "12000"),
        ("4.2M", "4200000"),
        ("4.2 million", "4200000"),
        ("1.5bn", "1500000000"),
        ("¥1,200", "1200"),
        ("￥1,200", "1200"),
        ("¥ -1,200", "-1200"),
        ("-¥1,200", "-1200"),
        ("(¥1,200)", "-1200"),
        ("$1,200.50", "1200.5"),
        ("CNY 1,200", "1200"),
        ("人民币1,200元", "1200"),
        ("420万元", "4200000"),
        ("999999999999999", "999999999999999"),
        ("0.000000000001", "0.000000000001"),
    ],
)
def test_an_amount_without_a_unit(text, value):
    assert amount_text(written_amount(text)) == value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("420万", "万元", "420"),
        ("420万元", "万元", "420"),
        ("¥420万", "万元", "420"),
        ("4,200,000元", "万元", "420"),
        ("123元", "万元", "0.0123"),
        ("0.042亿", "万元", "420"),
        ("420", "万元", "420"),
        ("420万", "元", "4200000"),
        ("420万", "CNY", "4200000"),
        ("420元", "CNY", "420"),
        ("4.2M", "k CNY", "4200"),
        ("4.2M CNY", "CNY million", "4.2"),
        ("$4.2M", "USD", "4200000"),
        ("35%", "%", "35"),
        ("35％", "％", "35"),
        ("35 %", "%", "35"),
        ("0.35", "%", "0.35"),  # a share or a third of one per cent: taken as it is written
        ("12‰", "‰", "12"),
        ("120万次", "万次", "120"),
        ("1,200,000次", "万次", "120"),
        ("5,000人", "人", "5000"),
        ("2万人", "人", "20000"),
        ("5,000", "人", "5000"),
        ("5000克", "千克", "5"),
        ("45元", "元/单", "45"),
        ("45元/单", "元/单", "45"),
        ("300 leads", "Leads", "300"),
        ("500B端客户", "B端客户", "500"),
        ("500万", "B端客户", "5000000"),  # the B of a word is no billion
        ("420万", "万", "420"),
    ],
)
def test_an_amount_in_a_unit(text, unit, value):
    assert amount_text(written_amount(text, unit)) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", None),
        ("-", None),
        ("abc", None),
        ("1,23", None),  # a decimal comma, or a slip
        ("1.234,5", None),
        ("0,123", None),
        ("1,234,56", None),
        ("12,34,567", None),
        ("1 23", None),
        ("1,234 567", None),
        ("1.2.3", None),
        ("5.", None),
        ("--5", None),
        ("(-5)", None),
        ("5-", None),
        ("1e5", None),
        ("10²", None),
        ("½", None),
        ("١٢", None),
        ("约420", None),
        ("≥90", None),
        ("增长15%", "%"),
        ("3万5", None),
        ("1亿2000万", None),
        ("420万万", None),
        ("12m", None),  # million, or a thousandth
        ("2024-07-15", None),
        ("#N/A", None),
        ("=A1", None),
        ("420万", "%"),
        ("35%", None),  # of what scale is not said
        ("35%", "万元"),
        ("35%", "‰"),
        ("35‰", "%"),
        ("$420", "元"),
        ("¥420", "USD"),
        ("¥420 USD", None),
        ("¥420", "次"),
        ("¥420", "万元"),  # a cell's format, or 420 yuan
        ("5000人", None),
        ("5000人", "次"),
        ("420元", "人"),
        ("45元/单", "元"),
        ("1000000000000000", None),
        ("1000万亿", None),
        ("0.0000000000001", None),
        ("0.00000000001元", "万元"),  # fifteen decimals are more than a plan holds
        ("9" * 65, None),
        ("0." + "1" * 40, None),
        ("1." + "0" * 30 + "1", None),  # rounded it would be 1
    ],
)
def test_what_is_no_amount_or_in_another_unit(text, unit):
    assert written_amount(text, unit) is None


PLAN_AMOUNT = r"-?[0-9]{1,15}(\.[0-9]{1,12})?"


@given(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 12),
    st.sampled_from(["{:,f}", "{:f}"]),
    st.sampled_from(["", "%", "元", "万元"]),
)
@settings(max_examples=300, derandomize=True, deadline=None)
def test_an_amount_is_read_exactly(digits, places, form, unit):
    value = Decimal(digits).scaleb(-places)
    read = written_amount(form.format(value) + unit, unit)
    assert read == value
    assert re.fullmatch(PLAN_AMOUNT, amount_text(read))


@given(st.text(max_size=70), st.sampled_from([None, "%", "元", "万元", "k USD", "次/天", "/"]))
@settings(max_examples=500, derandomize=True, deadline=None)
def test_any_text_is_an_amount_or_none_that_a_plan_can_hold(text, unit):
    read = written_amount(text, unit)
    assert read is None or re.fullmatch(PLAN_AMOUNT, amount_text(read))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("万元", "万元", True),
        ("元", "CNY", True),
        ("％", "%", True),
        ("CNY million", "M CNY", True),
        ("元", "万元", False),
        ("%", "‰", False),
        ("人", None, False),
        ("", None, True),
    ],
)
def test_units_that_are_the_same(one, two, same):
    assert same_unit(one, two) is same


def test_plain_text_is_half_width_and_nothing_else_is_changed():
    assert plain("\u200e Ｋ００１（％）\u3000x² ") == "K001(%) x²"


# --- days ---


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-15",
        "2024/7/15",
        "2024.7.15",
        "２０２４／７／１５",
        "20240715",
        "2024年7月15日",
        "2024 年 7 月 15 日",
        "2024年07月15号",
        "2024-07-15 00:00:00",
        "2024-07-15T14:30",
        "7/15/2024 12:00:00 AM",
        "15/07/2024",
        "07/15/2024",
        "15.07.2024",
        "Jul 15, 2024",
        "July 15 2024",
        "15 July 2024",
        "15-Jul-2024",
        "\u200e2024/7/15",
        " 2024-7-15 ",
    ],
)
def test_a_whole_day(text):
    assert written_day(text) == date(2024, 7, 15)
    assert written_day(text, 2021, month_end=True) == date(2024, 7, 15)


@pytest.mark.parametrize(
    "text", ["7月15日", "7 月 15 日", "7/15", "15/7", "7-15", "Jul 15", "15 July", "15-Jul"]
)
def test_a_day_without_its_year_needs_one(text):
    assert written_day(text) is None
    assert written_day(text, 2024) == date(2024, 7, 15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/04/2024",  # March or April
        "3/4",
        "2024-02-30",
        "2024-02-31",
        "2023-02-29",
        "2月30日",
        "30/02/2024",
        "13/14",
        "24/7/15",
        "7/15/24",
        "15-Jul-24",
        "2024-7/15",
        "2024-W28-1",
        "2024-07-15Z",
        "2024-07-15 25:99",
        "2024-07-15 周一",
        "45488",
        "0000-00-00",
        "1889-07-15",
        "2200-07-15",
        "99990715",
        "15 Foo 2024",
        "15 Ju 2024",
        "launch",
        "2024-07-15" * 9,
    ],
)
def test_what_is_no_day_or_may_be_two(text):
    assert written_day(text, 2024, month_end=True) is None


def test_two_equal_parts_are_one_day_whichever_is_the_month():
    assert written_day("05/05/2024") == date(2024, 5, 5)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2024-07", date(2024, 7, 31)),
        ("2024/2", date(2024, 2, 29)),
        ("2023年2月", date(2023, 2, 28)),
        ("2024 年 9 月份", date(2024, 9, 30)),
        ("Dec 2024", date(2024, 12, 31)),
        ("September", date(2024, 9, 30)),
        ("9月", date(2024, 9, 30)),
    ],
)
def test_a_month_is_its_last_day_where_that_is_meant(text, last):
    assert written_day(text, 2024, month_end=True) == last
    assert written_day(text, 2024) is None


@pytest.mark.parametrize("text", ["2024.1", "202407", "2024-13", "13月", "2024", "0月", "2024年Q3"])
def test_what_is_no_month(text):
    assert written_day(text, 2024, month_end=True) is None


@pytest.mark.parametrize("text", ["9月", "September"])
def test_a_month_without_its_year_needs_one(text):
    assert written_day(text, month_end=True) is None
