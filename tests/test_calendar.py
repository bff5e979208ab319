"""Working days: China's published schedules day by day, plain calendars, exceptions, inverse laws."""

import importlib.util
import json
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mktexec.calendar import Workdays, is_calendar
from mktexec.china import DAYS

ROOT = Path(__file__).parent.parent
DAY = timedelta(days=1)


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(first: str, last: str) -> set[date]:
    return {day(first) + step * DAY for step in range((day(last) - day(first)).days + 1)}


def every_day(year: int) -> list[date]:
    return [date(year, 1, 1) + step * DAY for step in range(366 if year % 4 == 0 else 365)]


# As the General Office of the State Council announced them: days off, weekends inside them
# included, and weekend days worked in return.
NOTICES = {
    2024: (
        span("2024-01-01", "2024-01-01")  # 元旦
        | span("2024-02-10", "2024-02-17")  # 春节
        | span("2024-04-04", "2024-04-06")  # 清明节
        | span("2024-05-01", "2024-05-05")  # 劳动节
        | span("2024-06-10", "2024-06-10")  # 端午节
        | span("2024-09-15", "2024-09-17")  # 中秋节
        | span("2024-10-01", "2024-10-07"),  # 国庆节
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        251,
    ),
    2025: (
        span("2025-01-01", "2025-01-01")
        | span("2025-01-28", "2025-02-04")
        | span("2025-04-04", "2025-04-06")
        | span("2025-05-01", "2025-05-05")
        | span("2025-05-31", "2025-06-02")
        | span("2025-10-01", "2025-10-08"),  # 国庆节、中秋节
        "01-26 02-08 04-27 09-28 10-11",
        248,
    ),
    2026: (
        span("2026-01-01", "2026-01-03")
        | span("2026-02-15", "2026-02-23")
        | span("2026-04-04", "2026-04-06")
        | span("2026-05-01", "2026-05-05")
        | span("2026-06-19", "2026-06-21")
        | span("2026-09-25", "2026-09-27")
        | span("2026-10-01", "2026-10-07"),
        "01-04 02-14 02-28 05-09 09-20 10-10",
        248,
    ),
}


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_in_china_is_as_published(year: int):
    off, text, count = NOTICES[year]
    work = {day(f"{year}-{part}") for part in text.split()}
    workdays = Workdays("CN", year)
    expected = [one for one in every_day(year) if one in work or (one.weekday() < 5 and one not in off)]
    assert [one for one in every_day(year) if workdays.works(one)] == expected
    assert len(expected) == count


def test_the_shipped_table_is_what_the_library_knows():
    for year, (off, work) in DAYS.items():
        known = holidays.country_holidays("CN", years=year)
        weekdays = sorted(one for one in known if one.year == year and one.weekday() < 5)
        assert off.split() == [f"{one:%m%d}" for one in weekdays], year
        extra = sorted(one for one in known.weekend_workdays if one.year == year)
        assert work.split() == [f"{one:%m%d}" for one in extra], year
    assert list(DAYS) == list(range(2007, 2027))


def test_the_shipped_table_is_what_its_script_writes():
    spec = importlib.util.spec_from_file_location("china_days", ROOT / "tools" / "china_days.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.table() == (ROOT / "src" / "mktexec" / "china.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("calendar", "first", "last", "years"),
    [
        ("CN", "2024-01-01", "2026-12-31", ()),
        ("CN", "2026-11-01", "2027-01-01", (2027,)),
        ("CN", "2026-12-31", "2040-01-01", tuple(range(2027, 2041))),
        ("everyday", "2024-01-01", "2090-01-01", ()),
        ("weekdays", "2024-01-01", "2090-01-01", ()),
        ("HK", "2024-01-01", "2028-01-01", ()),
    ],
)
def test_years_without_a_published_schedule_are_named(calendar: str, first: str, last: str, years: tuple):
    assert Workdays(calendar, 2024).unknown_years(day(first), day(last)) == years


PLAN = """\
mktexec: 1
campaign:
  title: 年货节
  calendar: CN
  period: {{start: 2026-11-02, end: {end}}}
tasks:
  T1: {{title: 直播三场, start: 2026-11-02, {rest}, deliverable: 直播复盘}}
"""


@pytest.mark.parametrize(
    ("end", "rest", "found"),
    [
        ("2027-01-15", "end: 2026-11-06", True),  # the period reaches into 2027
        ("2026-12-31", "duration: 60d", True),  # only the work does
        ("2026-12-31", "end: 2026-12-31", False),
    ],
)
def test_a_plan_that_reaches_into_2027_says_so(run, tmp_path: Path, end: str, rest: str, found: bool):  # noqa: FBT001
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN.format(end=end, rest=rest), encoding="utf-8")
    answer = json.loads(run("check", path, "--format", "json", "--lang", "en").out)
    hits = [one for one in answer["findings"] if one["code"] == "calendar-unknown-year"]
    assert bool(hits) is found
    if found:
        assert "2027" in hits[0]["message"]
        assert hits[0]["line"] == 4


# As governments publish them: weekdays off, substitutes for holidays on weekends included, and
# weekend days worked. gov.hk general holidays, dgpa.gov.tw, mom.gov.sg, opm.gov (federal),
# gov.uk for England and Wales, Cabinet Office of Japan, and what holds in every German state.
PUBLISHED = {
    ("HK", 2024): "0101 0212 0213 0329 0401 0404 0501 0515 0610 0701 0918 1001 1011 1225 1226",
    ("HK", 2025): "0101 0129 0130 0131 0404 0418 0421 0501 0505 0701 1001 1007 1029 1225 1226",
    ("HK", 2026): "0101 0217 0218 0219 0403 0406 0407 0501 0525 0619 0701 1001 1019 1225",
    ("TW", 2024): "0101 0208 0209 0212 0213 0214 0228 0404 0405 0610 0917 1010",
    ("TW", 2025): "0101 0127 0128 0129 0130 0131 0228 0403 0404 0530 0929 1006 1010 1024 1225",
    ("TW", 2026): "0101 0216 0217 0218 0219 0220 0227 0403 0406 0501 0619 0925 0928 1009 1026 1225",
    ("SG", 2024): "0101 0212 0329 0410 0501 0522 0617 0809 1031 1225",
    ("SG", 2025): "0101 0129 0130 0331 0418 0501 0512 1020 1225",
    ("SG", 2026): "0101 0217 0218 0403 0501 0527 0601 0810 1109 1225",
    ("US", 2024): "0101 0115 0219 0527 0619 0704 0902 1014 1111 1128 1225",
    ("US", 2025): "0101 0120 0217 0526 0619 0704 0901 1013 1111 1127 1225",
    ("US", 2026): "0101 0119 0216 0525 0619 0703 0907 1012 1111 1126 1225",
    ("GB", 2024): "0101 0329 0401 0506 0527 0826 1225 1226",
    ("GB", 2025): "0101 0418 0421 0505 0526 0825 1225 1226",
    ("GB", 2026): "0101 0403 0406 0504 0525 0831 1225 1228",
    ("JP", 2024): "0101 0108 0212 0223 0320 0429 0503 0506 0715 0812 0916 0923 1014 1104",
    ("JP", 2025): "0101 0113 0211 0224 0320 0429 0505 0506 0721 0811 0915 0923 1013 1103 1124",
    ("JP", 2026): "0101 0112 0211 0223 0320 0429 0504 0505 0506 0720 0811 0921 0922 0923 1012 1103 1123",
    ("DE", 2024): "0101 0329 0401 0501 0509 0520 1003 1225 1226",
    ("DE", 2025): "0101 0418 0421 0501 0529 0609 1003 1225 1226",
    ("DE", 2026): "0101 0403 0406 0501 0514 0525 1225",
}
MADE_UP = {("TW", 2024): {"0217"}, ("TW", 2025): {"0208"}}  # Saturdays worked; none from 2026 on


@pytest.mark.parametrize(("calendar", "year"), PUBLISHED)
def test_every_day_in_another_country_is_as_published(calendar: str, year: int):
    off, work = PUBLISHED[calendar, year].split(), MADE_UP.get((calendar, year), set())
    workdays = Workdays(calendar, year)
    for one in every_day(year):
        expected = f"{one:%m%d}" in work or (one.weekday() < 5 and f"{one:%m%d}" not in off)
        assert workdays.works(one) is expected, one


@pytest.mark.parametrize("name", ["CN", "HK", "US", "weekdays", "everyday"])
def test_these_calendars_exist(name: str):
    assert is_calendar(name)


@pytest.mark.parametrize(
    "name",
    ["", "cn", "XX", "China", "CHN", "Weekdays", "utils", "registry", "country_holidays", "a.b", "中国"],
)
def test_nothing_else_passes_for_a_calendar(name: str):
    # names of the library's own parts must neither pass nor crash; CHN would silently know no 2027
    assert not is_calendar(name)
    with pytest.raises(ValueError, match=f"^{name}$"):
        Workdays(name, 2024).works(day("2024-07-01"))


def test_weekdays_are_monday_to_friday_even_on_new_year():
    workdays = Workdays("weekdays", 2024)
    week = [workdays.works(day("2024-01-01") + step * DAY) for step in range(7)]  # a Monday
    assert week == [True, True, True, True, True, False, False]
    assert workdays.between(day("2024-01-01"), day("2024-12-31")) == 262  # 52 weeks, Monday, Tuesday


def test_everyday_has_no_days_off():
    workdays = Workdays("everyday", 2023)
    assert workdays.between(day("2024-01-01"), day("2024-12-31")) == 366
    assert workdays.shift(day("2024-02-28"), 2) == day("2024-03-01")


def test_another_country_has_its_own_holidays():
    workdays = Workdays("US", 2024)
    assert not workdays.works(day("2024-07-04"))
    assert workdays.works(day("2024-05-01"))
    assert Workdays("HK", 2024).works(day("2024-07-04"))
    assert not Workdays("HK", 2024).works(day("2024-07-01"))


def test_the_plans_own_exceptions_win_over_the_calendar():
    saturday, sunday, monday = day("2024-07-20"), day("2024-07-21"), day("2024-07-22")
    workdays = Workdays("CN", 2024, days_off=[monday], workdays=[saturday])
    assert [workdays.works(one) for one in (saturday, sunday, monday)] == [True, False, False]
    # a make-up day taken off, a holiday worked
    workdays = Workdays("CN", 2024, days_off=[day("2024-09-14")], workdays=[day("2024-10-01")])
    assert not workdays.works(day("2024-09-14"))
    assert workdays.works(day("2024-10-01"))
    # everyday can be given days off too
    assert not Workdays("everyday", 2024, days_off=[sunday]).works(sunday)


def test_a_day_listed_as_off_and_as_worked_is_off():
    friday = day("2024-07-19")
    assert not Workdays("weekdays", 2024, days_off=[friday], workdays=[friday]).works(friday)


def test_days_are_numbered_from_the_first_working_day_of_the_first_year():
    workdays = Workdays("CN", 2024)
    assert workdays.index(day("2024-01-01")) == 0  # a holiday
    assert workdays.day(0) == day("2024-01-02")
    assert workdays.index(day("2024-01-06")) == 4  # Saturday: the next working day's number
    assert workdays.day(4) == day("2024-01-08")


@pytest.mark.parametrize("warm", [False, True])
def test_days_before_the_first_count_as_the_first(warm: bool):  # noqa: FBT001
    workdays = Workdays("weekdays", 2024)
    if warm:
        workdays.index(day("2024-03-01"))
    assert workdays.day(-7) == day("2024-01-01")
    assert workdays.index(day("2023-12-29")) == 0
    assert not workdays.works(day("2023-12-29"))
    assert workdays.between(day("2023-06-01"), day("2024-01-02")) == 2
    assert workdays.between(day("2023-06-01"), day("2023-07-01")) == 0
    assert workdays.shift(day("2024-01-03"), -9) == day("2024-01-01")


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        ("2024-09-30", 0, "2024-09-30"),
        ("2024-09-30", 1, "2024-10-08"),  # 10-01 to 10-07 off
        ("2024-10-08", 4, "2024-10-12"),  # a Saturday worked
        ("2024-10-08", -1, "2024-09-30"),
        ("2024-09-30", -1, "2024-09-29"),  # a Sunday worked
        ("2024-10-03", 1, "2024-10-08"),  # from within the holiday: the first day after it
        ("2024-10-03", -1, "2024-09-30"),
        ("2024-10-03", 0, "2024-10-03"),
    ],
)
def test_shifting_over_the_golden_week(start: str, count: int, expected: str):
    assert Workdays("CN", 2024).shift(day(start), count) == day(expected)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2024-09-29", "2024-10-12", 7),  # 29, 30, then 8 to 12
        ("2024-10-01", "2024-10-07", 0),
        ("2024-10-08", "2024-10-08", 1),
        ("2024-10-08", "2024-10-07", 0),
        ("2024-10-08", "2024-09-01", 0),  # reversed
    ],
)
def test_counting_over_the_golden_week(first: str, last: str, count: int):
    assert Workdays("CN", 2024).between(day(first), day(last)) == count


def test_the_calendar_ends_with_the_last_year_of_dates():
    with pytest.raises(OverflowError):
        Workdays("everyday", 9998).day(366 + 365)


days_ = st.dates(day("2023-01-01"), day("2026-12-31"))
some = st.frozensets(days_, max_size=20)
calendars = st.builds(Workdays, st.sampled_from(["CN", "weekdays", "everyday"]), st.just(2021), some, some)
laws = settings(max_examples=200, deadline=None)


@laws
@given(calendars, days_)
def test_the_number_of_a_day_leads_back_to_it_or_to_the_next_working_day(workdays, one):
    back = workdays.day(workdays.index(one))
    assert workdays.works(back)
    assert (back == one) == workdays.works(one)
    assert back >= one
    assert not any(workdays.works(one + step * DAY) for step in range((back - one).days))


@laws
@given(calendars, st.integers(0, 1000))
def test_the_day_of_a_number_has_that_number(workdays, index):
    assert workdays.index(workdays.day(index)) == index
    assert workdays.day(index) < workdays.day(index + 1)


@laws
@given(calendars, days_, days_)
def test_the_days_between_are_those_that_work(workdays, first, last):
    one_by_one = sum(workdays.works(first + step * DAY) for step in range((last - first).days + 1))
    assert workdays.between(first, last) == one_by_one


@laws
@given(calendars, days_, st.integers(0, 300))
def test_shifting_there_and_back_stays_put(workdays, one, count):
    if workdays.works(one):
        there = workdays.shift(one, count)
        assert workdays.between(one, there) == count + 1
        assert workdays.shift(there, -count) == one


@laws
@given(some, some, days_)
def test_a_weekday_works_unless_it_is_off_and_a_weekend_only_if_listed(off, work, one):
    usual = one.isoweekday() in {1, 2, 3, 4, 5}
    expected = one not in off and (usual or one in work)
    assert Workdays("weekdays", 2023, off, work).works(one) is expected
