"""Links of every kind with lead and lag: early dates, slack and forecast, worked out by hand.

A is given, B waits for it. In July 2024 the 1st is a Monday. In China 29 September (a Sunday) and
12 October (a Saturday) are worked in return for 1 to 7 October.
"""

from typing import Any, NamedTuple

import pytest

from schedules import early, forecast, late, of, slack


class Group(NamedTuple):
    """One giver and one receiver under every link; ``dates`` are the receiver's early days by link."""

    giver: dict[str, Any]
    receiver: dict[str, Any]
    dates: dict[str, str]
    calendar: str = "weekdays"
    off: tuple[str, ...] = ()  # the receiver's own days off


def schedule_of(group: Group, link: str, **others: dict[str, Any]):
    receiver = group.receiver | {"after": f"A {link}".removesuffix(" FS"), "owner": "li"}
    tasks = {"A": group.giver, "B": receiver, **others}
    people = {"li": {"days_off": list(group.off)}}
    period = {"start": "2024-07-01", "end": "2024-12-31"}
    if group.calendar == "CN":
        period["start"] = "2024-09-02"
    return of(tasks, people=people, calendar=group.calendar, period=period)


MIDWEEK = {"start": "07-10", "end": "07-12"}  # Wednesday to Friday
BREAK = {"start": "09-27", "end": "09-30"}  # Friday, Sunday, Monday: the last days before the break

GROUPS = {
    "work": Group(
        MIDWEEK,
        {"duration": "3d"},
        {
            "FS": "07-15 07-17",  # the Monday after Friday
            "FS +2d": "07-17 07-19",  # Monday and Tuesday pass
            "FS -2d": "07-11 07-15",  # Thursday and Friday are A's last two days
            "FS +3cd": "07-16 07-18",  # Saturday, Sunday, Monday pass
            "SS": "07-10 07-12",  # together
            "SS +2d": "07-12 07-16",  # Wednesday and Thursday pass
            "SS -2d": "07-08 07-10",  # two days before Wednesday
            "SS +3cd": "07-15 07-17",  # Wednesday to Friday pass; Saturday is off
            "FF": "07-10 07-12",  # three days until Friday
            "FF +2d": "07-12 07-16",  # two days after Friday is Tuesday: 12, 15, 16
            "FF -2d": "07-08 07-10",  # two days before Friday is Wednesday
            "FF +3cd": "07-11 07-15",  # Friday and three is Monday: 11, 12, 15
            "SF": "07-05 07-09",  # until the evening before Wednesday: 5, 8, 9
            "SF +2d": "07-09 07-11",  # two days after Tuesday is Thursday
            "SF -2d": "07-03 07-05",  # two days before Tuesday is Friday
            "SF +3cd": "07-10 07-12",  # Wednesday to Friday pass
        },
    ),
    "a typed start": Group(
        MIDWEEK,
        {"start": "07-09", "end": "07-11"},  # Tuesday to Thursday
        {
            "FS": "07-15 07-17",  # pushed to Monday, still three days
            "FS +2d": "07-17 07-19",  # Monday and Tuesday pass
            "FS -2d": "07-11 07-15",  # pushed to Thursday: 11, 12, 15
            "FS +3cd": "07-16 07-18",  # Saturday to Monday pass
            "SS": "07-10 07-12",  # pushed by a day
            "SS +2d": "07-12 07-16",  # pushed to Friday: 12, 15, 16
            "SS -2d": "07-09 07-11",  # Monday would do: it stays as typed
            "SS +3cd": "07-15 07-17",  # Saturday, so Monday
            "FF": "07-10 07-12",  # Thursday is too early by a day
            "FF +2d": "07-12 07-16",  # Tuesday: 12, 15, 16
            "FF -2d": "07-09 07-11",  # Wednesday would do
            "FF +3cd": "07-11 07-15",  # Monday: 11, 12, 15
            "SF": "07-09 07-11",  # Tuesday would do
            "SF +2d": "07-09 07-11",  # Thursday is just enough
            "SF -2d": "07-09 07-11",  # the Friday before would do
            "SF +3cd": "07-10 07-12",  # Friday: a day later than typed
        },
    ),
    "not before Thursday": Group(
        MIDWEEK,
        {"duration": "3d", "not_before": "07-11"},
        {
            "FS": "07-15 07-17",  # the link is the later of the two
            "FS +2d": "07-17 07-19",  # so it is here
            "FS -2d": "07-11 07-15",  # both say Thursday
            "FS +3cd": "07-16 07-18",  # the link again
            "SS": "07-11 07-15",  # the link says Wednesday: Thursday is later
            "SS +2d": "07-12 07-16",  # the link says Friday
            "SS -2d": "07-11 07-15",  # the link says Monday the 8th
            "SS +3cd": "07-15 07-17",  # the link says Saturday
            "FF": "07-11 07-15",  # 11, 12, 15, and Friday would do
            "FF +2d": "07-12 07-16",  # Tuesday the 16th pushes it to 12, 15, 16
            "FF -2d": "07-11 07-15",  # Wednesday would do
            "FF +3cd": "07-11 07-15",  # Monday the 15th is just enough
            "SF": "07-11 07-15",  # Tuesday would do
            "SF +2d": "07-11 07-15",  # Thursday would do
            "SF -2d": "07-11 07-15",  # the Friday before would do
            "SF +3cd": "07-11 07-15",  # Friday would do
        },
    ),
    "after a milestone": Group(
        {"start": "07-10", "milestone": "true"},  # the beginning of Wednesday
        {"duration": "3d"},
        {
            "FS": "07-10 07-12",  # on its day
            "FS +2d": "07-12 07-16",  # Wednesday and Thursday pass
            "FS -2d": "07-08 07-10",  # two days before Wednesday
            "FS +3cd": "07-15 07-17",  # Wednesday to Friday pass; Saturday is off
            "SS": "07-10 07-12",  # a point begins where it ends
            "SS +2d": "07-12 07-16",  # as FS
            "SS -2d": "07-08 07-10",  # as FS
            "SS +3cd": "07-15 07-17",  # as FS
            "FF": "07-05 07-09",  # until the evening before Wednesday: 5, 8, 9
            "FF +2d": "07-09 07-11",  # Wednesday and Thursday pass
            "FF -2d": "07-03 07-05",  # two days before Tuesday is Friday
            "FF +3cd": "07-10 07-12",  # Wednesday to Friday pass
            "SF": "07-05 07-09",  # as FF
            "SF +2d": "07-09 07-11",  # as FF
            "SF -2d": "07-03 07-05",  # as FF
            "SF +3cd": "07-10 07-12",  # as FF
        },
    ),
    "a milestone after work": Group(
        {"start": "07-09", "end": "07-12"},  # Tuesday to Friday
        {"duration": "0d"},
        {
            "FS": "07-12 07-12",  # on the day on which the work ends
            "FS +2d": "07-16 07-16",  # two days later: Monday, Tuesday
            "FS -2d": "07-10 07-10",  # two days before Friday
            "FS +3cd": "07-15 07-15",  # Friday and three
            "SS": "07-09 07-09",  # on the day on which the work begins
            "SS +2d": "07-11 07-11",  # two days later
            "SS -2d": "07-05 07-05",  # two days before Tuesday: Monday, Friday
            "SS +3cd": "07-12 07-12",  # Tuesday and three
            "FF": "07-12 07-12",  # its end is all there is of it: as FS
            "FF +2d": "07-16 07-16",  # as FS
            "FF -2d": "07-10 07-10",  # as FS
            "FF +3cd": "07-15 07-15",  # as FS
            "SF": "07-09 07-09",  # as SS
            "SF +2d": "07-11 07-11",  # as SS
            "SF -2d": "07-05 07-05",  # as SS
            "SF +3cd": "07-12 07-12",  # as SS
        },
    ),
    "calendar days": Group(
        {"start": "07-11", "end": "07-16"},  # Thursday, Friday, Monday, Tuesday
        {"duration": "4cd"},  # begins on a working day and runs through weekends
        {
            "FS": "07-17 07-20",  # Wednesday to Saturday
            "FS +2d": "07-19 07-22",  # Wednesday and Thursday pass
            "FS -2d": "07-15 07-18",  # Monday and Tuesday are A's last two days
            "FS +3cd": "07-22 07-25",  # Wednesday to Friday pass; the weekend is off
            "SS": "07-11 07-14",  # together, until Sunday
            "SS +2d": "07-15 07-18",  # Thursday and Friday pass
            "SS -2d": "07-09 07-12",  # two days before Thursday
            "SS +3cd": "07-15 07-18",  # Thursday to Saturday pass; Sunday is off
            "FF": "07-15 07-18",  # until Tuesday it would begin on Saturday, so on Monday
            "FF +2d": "07-15 07-18",  # four days until Thursday
            "FF -2d": "07-09 07-12",  # two days before Tuesday is Friday
            "FF +3cd": "07-16 07-19",  # Tuesday and three is Friday
            "SF": "07-08 07-11",  # until Wednesday it would begin on Sunday, so on Monday
            "SF +2d": "07-09 07-12",  # two days after Wednesday is Friday
            "SF -2d": "07-05 07-08",  # two days before Wednesday is Monday
            "SF +3cd": "07-10 07-13",  # Thursday to Saturday pass
        },
    ),
    "own days off": Group(
        MIDWEEK,
        {"duration": "3d"},
        {
            "FS": "07-15 07-18",  # 15, 17, 18
            "FS +2d": "07-17 07-19",  # the lag is everybody's: Monday and Tuesday pass
            "FS -2d": "07-12 07-17",  # Thursday is off: 12, 15, 17
            "FS +3cd": "07-17 07-19",  # Tuesday is off
            "SS": "07-10 07-15",  # 10, 12, 15
            "SS +2d": "07-12 07-17",  # everybody's Wednesday and Thursday pass: 12, 15, 17
            "SS -2d": "07-08 07-10",  # 8, 9, 10
            "SS +3cd": "07-15 07-18",  # Saturday, so Monday: 15, 17, 18
            "FF": "07-09 07-12",  # until Friday: 9, 10, 12
            "FF +2d": "07-12 07-17",  # Tuesday is off, so Wednesday: 12, 15, 17
            "FF -2d": "07-08 07-10",  # until Wednesday
            "FF +3cd": "07-10 07-15",  # until Monday: 10, 12, 15
            "SF": "07-05 07-09",  # until Tuesday: 5, 8, 9
            "SF +2d": "07-09 07-12",  # Thursday is off, so Friday: 9, 10, 12
            "SF -2d": "07-03 07-05",  # until the Friday before
            "SF +3cd": "07-09 07-12",  # until Friday: 9, 10, 12
        },
        off=("07-11", "07-16"),
    ),
    "over the break: work": Group(
        BREAK,
        {"duration": "3d"},
        {
            "FS": "10-08 10-10",  # the first day after the break
            "FS +2d": "10-10 10-12",  # 8 and 9 pass; Saturday the 12th is worked
            "FS -2d": "09-29 10-08",  # Sunday and Monday are A's last two days: 29, 30, 8
            "FS +3cd": "10-08 10-10",  # 1, 2, 3 pass, the 4th is off
            "SS": "09-27 09-30",  # together
            "SS +2d": "09-30 10-09",  # Friday and Sunday pass: 30, 8, 9
            "SS -2d": "09-25 09-27",  # two days before Friday
            "SS +3cd": "09-30 10-09",  # Friday to Sunday pass
            "FF": "09-27 09-30",  # 27, 29, 30
            "FF +2d": "09-30 10-09",  # two days after Monday is 9 October: 30, 8, 9
            "FF -2d": "09-25 09-27",  # two days before Monday is Friday
            "FF +3cd": "09-29 10-08",  # 3 October is off, so the 8th: 29, 30, 8
            "SF": "09-24 09-26",  # until the evening before Friday
            "SF +2d": "09-26 09-29",  # two days after Thursday is Sunday: 26, 27, 29
            "SF -2d": "09-20 09-24",  # two days before Thursday is Tuesday: 20, 23, 24
            "SF +3cd": "09-26 09-29",  # Friday to Sunday pass
        },
        "CN",
    ),
    "over the break: a typed start": Group(
        BREAK,
        {"start": "09-26", "end": "09-29"},  # Thursday, Friday, Sunday
        {
            "FS": "10-08 10-10",  # pushed behind the break
            "FS +2d": "10-10 10-12",  # 8 and 9 pass
            "FS -2d": "09-29 10-08",  # pushed to Sunday: 29, 30, 8
            "FS +3cd": "10-08 10-10",  # the 4th is off
            "SS": "09-27 09-30",  # pushed by a day
            "SS +2d": "09-30 10-09",  # Friday and Sunday pass
            "SS -2d": "09-26 09-29",  # Wednesday would do
            "SS +3cd": "09-30 10-09",  # Friday to Sunday pass
            "FF": "09-27 09-30",  # Sunday is too early by a day
            "FF +2d": "09-30 10-09",  # 9 October: 30, 8, 9
            "FF -2d": "09-26 09-29",  # Friday would do
            "FF +3cd": "09-29 10-08",  # 3 October is off, so the 8th
            "SF": "09-26 09-29",  # Thursday would do
            "SF +2d": "09-26 09-29",  # Sunday is just enough
            "SF -2d": "09-26 09-29",  # Tuesday would do
            "SF +3cd": "09-26 09-29",  # Sunday is just enough
        },
        "CN",
    ),
    "over the break: not before Saturday": Group(
        BREAK,
        {"duration": "3d", "not_before": "09-28"},  # off, so Sunday the 29th: 29, 30, 8
        {
            "FS": "10-08 10-10",  # the link is later
            "FS +2d": "10-10 10-12",  # so it is here
            "FS -2d": "09-29 10-08",  # both say Sunday
            "FS +3cd": "10-08 10-10",  # the link again
            "SS": "09-29 10-08",  # the link says Friday
            "SS +2d": "09-30 10-09",  # the link says Monday
            "SS -2d": "09-29 10-08",  # the link says Wednesday
            "SS +3cd": "09-30 10-09",  # the link says Monday
            "FF": "09-29 10-08",  # Monday would do
            "FF +2d": "09-30 10-09",  # 9 October: 30, 8, 9
            "FF -2d": "09-29 10-08",  # Friday would do
            "FF +3cd": "09-29 10-08",  # 3 October, so the 8th, is just enough
            "SF": "09-29 10-08",  # Thursday would do
            "SF +2d": "09-29 10-08",  # Sunday would do
            "SF -2d": "09-29 10-08",  # Tuesday would do
            "SF +3cd": "09-29 10-08",  # Sunday would do
        },
        "CN",
    ),
    "over the break: after a milestone": Group(
        {"start": "09-30", "milestone": "true"},  # the beginning of Monday
        {"duration": "3d"},
        {
            "FS": "09-30 10-09",  # on its day: 30, 8, 9
            "FS +2d": "10-09 10-11",  # 30 and 8 pass
            "FS -2d": "09-27 09-30",  # two days before Monday: Sunday, Friday
            "FS +3cd": "10-08 10-10",  # 30, 1, 2 pass, the 3rd is off
            "SS": "09-30 10-09",  # as FS
            "SS +2d": "10-09 10-11",  # as FS
            "SS -2d": "09-27 09-30",  # as FS
            "SS +3cd": "10-08 10-10",  # as FS
            "FF": "09-26 09-29",  # until the evening before Monday: 26, 27, 29
            "FF +2d": "09-29 10-08",  # two days after Sunday is 8 October: 29, 30, 8
            "FF -2d": "09-24 09-26",  # two days before Sunday is Thursday
            "FF +3cd": "09-29 10-08",  # until 2 October, which is off, so the 8th
            "SF": "09-26 09-29",  # as FF
            "SF +2d": "09-29 10-08",  # as FF
            "SF -2d": "09-24 09-26",  # as FF
            "SF +3cd": "09-29 10-08",  # as FF
        },
        "CN",
    ),
    "behind the break: a milestone after work": Group(
        {"start": "10-09", "end": "10-11"},  # Wednesday to Friday, and Saturday is worked
        {"duration": "0d"},
        {
            "FS": "10-11 10-11",  # on the day on which the work ends
            "FS +2d": "10-14 10-14",  # two days later: Saturday, Monday
            "FS -2d": "10-09 10-09",  # two days before Friday
            "FS +3cd": "10-14 10-14",  # Friday and three
            "SS": "10-09 10-09",  # on the day on which the work begins
            "SS +2d": "10-11 10-11",  # two days later
            "SS -2d": "09-30 09-30",  # two days before: 8, 30
            "SS +3cd": "10-12 10-12",  # Wednesday and three: the Saturday that is worked
            "FF": "10-11 10-11",  # as FS
            "FF +2d": "10-14 10-14",  # as FS
            "FF -2d": "10-09 10-09",  # as FS
            "FF +3cd": "10-14 10-14",  # as FS
            "SF": "10-09 10-09",  # as SS
            "SF +2d": "10-11 10-11",  # as SS
            "SF -2d": "09-30 09-30",  # as SS
            "SF +3cd": "10-12 10-12",  # as SS
        },
        "CN",
    ),
    "over the break: calendar days": Group(
        BREAK,
        {"duration": "4cd"},
        {
            "FS": "10-08 10-11",  # behind the break
            "FS +2d": "10-10 10-13",  # 8 and 9 pass; it runs through Sunday the 13th
            "FS -2d": "09-29 10-02",  # from Sunday into the break
            "FS +3cd": "10-08 10-11",  # the 4th is off
            "SS": "09-27 09-30",  # together, Saturday included
            "SS +2d": "09-30 10-03",  # Friday and Sunday pass
            "SS -2d": "09-25 09-28",  # from Wednesday to Saturday
            "SS +3cd": "09-30 10-03",  # Friday to Sunday pass
            "FF": "09-27 09-30",  # four days until Monday
            "FF +2d": "10-08 10-11",  # until 9 October it would begin on the 6th, so on the 8th
            "FF -2d": "09-24 09-27",  # two days before Monday is Friday
            "FF +3cd": "09-30 10-03",  # Monday and three, in the break
            "SF": "09-23 09-26",  # until the evening before Friday
            "SF +2d": "09-26 09-29",  # two days after Thursday is Sunday
            "SF -2d": "09-23 09-26",  # until Tuesday it would begin on Saturday, so on Monday
            "SF +3cd": "09-26 09-29",  # Friday to Sunday pass
        },
        "CN",
    ),
    "over the break: own days off": Group(
        BREAK,
        {"duration": "3d"},
        {
            "FS": "10-09 10-11",  # the 8th is off
            "FS +2d": "10-10 10-12",  # everybody's 8 and 9 pass
            "FS -2d": "09-30 10-10",  # Sunday is off: 30, 9, 10
            "FS +3cd": "10-09 10-11",  # the break and the 8th are off
            "SS": "09-27 10-09",  # 27, 30, 9
            "SS +2d": "09-30 10-10",  # everybody's Friday and Sunday pass: 30, 9, 10
            "SS -2d": "09-25 09-27",  # 25, 26, 27
            "SS +3cd": "09-30 10-10",  # Friday to Sunday pass
            "FF": "09-26 09-30",  # 26, 27, 30
            "FF +2d": "09-27 10-09",  # until 9 October: 27, 30, 9
            "FF -2d": "09-25 09-27",  # until Friday
            "FF +3cd": "09-27 10-09",  # 3 October, so the 9th: 27, 30, 9
            "SF": "09-24 09-26",  # until Thursday
            "SF +2d": "09-26 09-30",  # Sunday is off, so Monday: 26, 27, 30
            "SF -2d": "09-20 09-24",  # until Tuesday
            "SF +3cd": "09-26 09-30",  # Sunday is off, so Monday
        },
        "CN",
        ("09-29", "10-08"),
    ),
}
LINKS = [f"{kind}{lag}" for kind in ("FS", "SS", "FF", "SF") for lag in ("", " +2d", " -2d", " +3cd")]


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", GROUPS)
def test_early_dates(name: str, link: str):
    group = GROUPS[name]
    assert early(schedule_of(group, link))["B"] == group.dates[link]


# With Z until Friday 26 July, or 18 October, everything has room. Of A total and free slack and the
# late dates, of B the total slack: its late dates are always the last three days of Z.
ROOM = {
    "work": {
        "FS": ("7/0", "07-19 07-23", 7),  # B until 24–26, so A ends on the 23rd
        "FS +2d": ("5/0", "07-17 07-19", 5),  # 22 and 23 lie between
        "FS -2d": ("9/0", "07-23 07-25", 9),  # 24 and 25 are A's last two days
        "FS +3cd": ("5/0", "07-17 07-19", 6),  # from Friday 19 B begins on Tuesday 23, from Monday on 26
        "SS": ("10/0", "07-24 07-26", 10),  # both until the end
        "SS +2d": ("8/0", "07-22 07-24", 8),  # 22 and 23 pass
        "SS -2d": ("10/0", "07-24 07-26", 12),  # B would let A begin on the 26th, the end does not
        "SS +3cd": ("7/2", "07-19 07-23", 7),  # from Friday 12 still Monday 15; from Friday 19 Monday 22
        "FF": ("10/0", "07-24 07-26", 10),  # both until the end
        "FF +2d": ("8/0", "07-22 07-24", 8),  # two days before the 26th
        "FF -2d": ("10/0", "07-24 07-26", 12),  # the end decides
        "FF +3cd": ("7/0", "07-19 07-23", 9),  # from Tuesday 23 Friday 26, from Wednesday Saturday
        "SF": ("10/0", "07-24 07-26", 13),  # the end decides
        "SF +2d": ("10/0", "07-24 07-26", 11),  # 24 and 25 pass: B until the 25th would do
        "SF -2d": ("10/0", "07-24 07-26", 15),  # the end decides
        "SF +3cd": ("10/0", "07-24 07-26", 10),  # 24, 25, 26 pass
    },
    "over the break: work": {
        "FS": ("7/0", "10-12 10-15", 7),  # B 16–18
        "FS +2d": ("5/0", "10-10 10-12", 5),  # 14 and 15 lie between
        "FS -2d": ("9/0", "10-15 10-17", 9),  # 16 and 17 are A's last two days
        "FS +3cd": ("5/0", "10-10 10-12", 7),  # from Saturday 12 the 16th; from Monday the 18th
        "SS": ("10/0", "10-16 10-18", 10),  # both until the end
        "SS +2d": ("8/0", "10-14 10-16", 8),  # 14 and 15 pass
        "SS -2d": ("10/0", "10-16 10-18", 12),  # the end decides
        "SS +3cd": ("7/0", "10-12 10-15", 8),  # from Saturday 12 Tuesday 15, from Monday Thursday 17
        "FF": ("10/0", "10-16 10-18", 10),  # both until the end
        "FF +2d": ("8/0", "10-14 10-16", 8),  # two days before the 18th
        "FF -2d": ("10/0", "10-16 10-18", 12),  # the end decides
        "FF +3cd": ("7/0", "10-12 10-15", 9),  # from Tuesday 15 Friday 18
        "SF": ("10/0", "10-16 10-18", 13),  # the end decides
        "SF +2d": ("10/0", "10-16 10-18", 11),  # 16 and 17 pass
        "SF -2d": ("10/0", "10-16 10-18", 15),  # the end decides
        "SF +3cd": ("10/0", "10-16 10-18", 11),  # 16, 17, 18 pass
    },
    "after a milestone": {
        "FS": ("10/0", "07-24 07-24", 10),  # on the day on which B begins
        "FS +2d": ("8/0", "07-22 07-22", 8),  # 22 and 23 pass
        "FS -2d": ("12/0", "07-26 07-26", 12),  # two days after the 24th
        "FS +3cd": ("7/2", "07-19 07-19", 7),  # from Friday Monday, from Monday Thursday
        "SS": ("10/0", "07-24 07-24", 10),  # as FS
        "SS +2d": ("8/0", "07-22 07-22", 8),  # as FS
        "SS -2d": ("12/0", "07-26 07-26", 12),  # as FS
        "SS +3cd": ("7/2", "07-19 07-19", 7),  # as FS
        "FF": ("12/0", "07-26 07-26", 13),  # B would let it be on the 29th, the end does not
        "FF +2d": ("11/0", "07-25 07-25", 11),  # 25 and 26 pass
        "FF -2d": ("12/0", "07-26 07-26", 15),  # the end decides
        "FF +3cd": ("10/0", "07-24 07-24", 10),  # 24, 25, 26 pass
        "SF": ("12/0", "07-26 07-26", 13),  # as FF
        "SF +2d": ("11/0", "07-25 07-25", 11),  # as FF
        "SF -2d": ("12/0", "07-26 07-26", 15),  # as FF
        "SF +3cd": ("10/0", "07-24 07-24", 10),  # as FF
    },
    "own days off": {
        "FS": ("7/0", "07-19 07-23", 6),  # B: 19, 22, 23, 24, 25, 26
        "FS +2d": ("5/0", "07-17 07-19", 5),  # 22 and 23 lie between
        "FS -2d": ("9/1", "07-23 07-25", 7),  # Thursday is off: until Monday B stays on Friday
        "FS +3cd": ("5/0", "07-17 07-19", 5),  # from Friday 19 Tuesday 23
        "SS": ("10/0", "07-24 07-26", 8),  # B: 17, 18, 19, 22–26
        "SS +2d": ("8/0", "07-22 07-24", 7),  # 22 and 23 pass
        "SS -2d": ("10/0", "07-24 07-26", 10),  # B: 12, 15, 17, 18, 19, 22–26
        "SS +3cd": ("7/2", "07-19 07-23", 6),  # as without days off
        "FF": ("10/0", "07-24 07-26", 9),  # B: 15, 17, 18, 19, 22–26
        "FF +2d": ("8/1", "07-22 07-24", 7),  # Tuesday is off: until Monday B ends on Wednesday
        "FF -2d": ("10/0", "07-24 07-26", 10),  # the end decides
        "FF +3cd": ("7/0", "07-19 07-23", 8),  # from Tuesday 23 Friday 26
        "SF": ("10/0", "07-24 07-26", 11),  # B: 10, 12, 15, 17, 18, 19, 22–26
        "SF +2d": ("10/1", "07-24 07-26", 9),  # Thursday is off: until Thursday B ends on Friday
        "SF -2d": ("10/0", "07-24 07-26", 13),  # B: 8, 9, 10, 12, 15, 17, 18, 19, 22–26
        "SF +3cd": ("10/0", "07-24 07-26", 9),  # 24, 25, 26 pass
    },
}


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("name", ROOM)
def test_slack_and_late_dates(name: str, link: str):
    group, (room, days, own) = GROUPS[name], ROOM[name][link]
    there = group.calendar == "CN"
    end = {"start": "10-14", "end": "10-18"} if there else {"start": "07-22", "end": "07-26"}
    result = schedule_of(group, link, Z=end)
    assert slack(result) == {"A": room, "B": f"{own}/{own}", "Z": "0/0"}
    assert late(result)["A"] == days
    assert late(result)["B"] == ("10-16 10-18" if there else "07-24 07-26")
    assert [key for key, dates in result.dates.items() if dates.critical] == ["Z"]


TOGETHER = {
    # as long as A and a day behind it at both ends
    "a ladder": (
        {"A": MIDWEEK, "B": {"duration": "3d", "after": ["A SS +1d", "A FF +1d"]}},
        {"B": "07-11 07-15"},
    ),
    # it could begin on the 11th and must not end before the 19th: 17, 18, 19
    "the end counts where it is the later": (
        {"A": MIDWEEK, "B": {"duration": "3d", "after": ["A SS +1d", "A FF +1w"]}},
        {"B": "07-17 07-19"},
    ),
    "the begin counts where it is the later": (
        {"A": MIDWEEK, "B": {"duration": "3d", "after": ["A", "A FF +1d"]}},
        {"B": "07-15 07-17"},
    ),
    # Friday 12 and Wednesday 10: the later end counts
    "of two ends the later counts": (
        {"A": MIDWEEK, "C": {"start": "07-08", "end": "07-10"}, "B": {"after": ["A FF", "C FF"]}},
        {"B": "07-12 07-12"},
    ),
    # B 10–12, C until B's begin: 5, 8, 9
    "links of links": (
        {"A": MIDWEEK, "B": {"duration": "3d", "after": "A SS"}, "C": {"duration": "3d", "after": "B SF"}},
        {"B": "07-10 07-12", "C": "07-05 07-09"},
    ),
    # what only has to end by a day still begins with the campaign at the earliest: 1, 2, 3
    "a link to the end does not pull before the campaign": (
        {"A": {"start": "07-02", "end": "07-02"}, "B": {"duration": "3d", "after": "A FF"}},
        {"B": "07-01 07-03"},
    ),
    "a typed day before the campaign stays before it": (
        {"A": MIDWEEK, "B": {"start": "06-10", "end": "07-12", "after": "A FF"}},
        {"B": "06-10 07-12"},
    ),
    # two working days before Tuesday is Friday: Monday and Tuesday lie behind it
    "a lead over a weekend to the end": (
        {"A": {"start": "07-11", "end": "07-16"}, "B": {"duration": "3d", "after": "A FF -2d"}},
        {"B": "07-10 07-12"},
    ),
    "a milestone with a lead over a weekend": (
        {"A": {"start": "07-11", "end": "07-16"}, "B": {"duration": "0d", "after": "A -2d"}},
        {"B": "07-12 07-12"},
    ),
    # two days after Thursday: Friday, Monday
    "a milestone with a lag over a weekend": (
        {"A": {"start": "07-11", "end": "07-16"}, "B": {"duration": "0d", "after": "A SS +2d"}},
        {"B": "07-15 07-15"},
    ),
    # the last day before A's Monday that is worked is Friday
    "until the begin on a Monday": (
        {"A": {"start": "07-15", "end": "07-16"}, "B": {"duration": "3d", "after": "A SF"}},
        {"B": "07-10 07-12"},
    ),
    "until a milestone on a Monday": (
        {"A": {"start": "07-15", "milestone": "true"}, "B": {"duration": "3d", "after": "A FF"}},
        {"B": "07-10 07-12"},
    ),
    # not before Sunday evening, and Monday is the next day that is worked: 11, 12, 15
    "until the end of a weekend event": (
        {"A": {"start": "07-13", "end": "07-14"}, "B": {"duration": "3d", "after": "A FF"}},
        {"B": "07-11 07-15"},
    ),
    "from the begin of a weekend event": (
        {"A": {"start": "07-13", "end": "07-14"}, "B": {"duration": "3d", "after": "A SS"}},
        {"B": "07-15 07-17"},
    ),
    # Thursday and Friday pass
    "a weekend event behind a lag": (
        {
            "A": {"start": "07-11", "end": "07-16"},
            "B": {"start": "07-13", "end": "07-14", "after": "A SS +2d"},
        },
        {"B": "07-13 07-14"},
    ),
    "a milestone from the begin of a weekend event": (
        {"A": {"start": "07-13", "end": "07-14"}, "B": {"duration": "0d", "after": "A SS"}},
        {"B": "07-13 07-13"},
    ),
    # M stands on Friday evening, so B begins on Monday, and C until then ends on Friday
    "a milestone between": (
        {
            "A": MIDWEEK,
            "M": {"duration": "0d", "after": "A"},
            "B": {"duration": "1d", "after": "M"},
            "C": {"duration": "2d", "after": "M FF"},
        },
        {"M": "07-12 07-12", "B": "07-15 07-15", "C": "07-11 07-12"},
    ),
    # M stands at the beginning of Wednesday: B may have that day, C ends on Tuesday
    "a milestone from a begin": (
        {
            "A": MIDWEEK,
            "M": {"duration": "0d", "after": "A SS"},
            "B": {"duration": "1d", "after": "M"},
            "C": {"duration": "2d", "after": "M FF"},
        },
        {"M": "07-10 07-10", "B": "07-10 07-10", "C": "07-08 07-09"},
    ),
    # the cancelled X takes no time where A ends
    "a cancelled task between": (
        {
            "A": MIDWEEK,
            "X": {"duration": "5d", "after": "A", "cancelled": "06-01"},
            "B": {"duration": "2d", "after": "X +1d"},
        },
        {"B": "07-16 07-17"},
    ),
}


@pytest.mark.parametrize("case", TOGETHER)
def test_links_together(case: str):
    tasks, expected = TOGETHER[case]
    assert early(of(tasks)) | expected == early(of(tasks))


@pytest.mark.parametrize("link", LINKS)
def test_a_cancelled_task_that_waits_for_nothing_holds_nobody_up(link: str):
    cancelled = {**MIDWEEK, "cancelled": "06-01"}
    tasks = {"A": cancelled, "B": {"duration": "3d", "after": f"A {link}".removesuffix(" FS")}}
    result = of(tasks)
    assert early(result)["B"] == forecast(result)["B"] == "07-01 07-03"  # it begins with the campaign
    assert f"{result.start}" == "2024-07-01"


FLOATING = {"duration": "3d"}
LATE = {**MIDWEEK, "actual": {"start": "07-10", "end": "07-16"}}  # until Tuesday
SOON = {**MIDWEEK, "actual": {"start": "07-08", "end": "07-10"}}  # from Monday to Wednesday
# on Tuesday 16 two of three days are left, 16 and 17
BEHIND = {**MIDWEEK, "actual": {"start": "07-10"}, "progress": "1/3"}

FORECAST = {
    "finished late": (
        "07-16",
        LATE,
        {
            "FS": "07-17 07-19",  # Wednesday
            "FS +2d": "07-19 07-23",  # Wednesday and Thursday pass: 19, 22, 23
            "FS -2d": "07-16 07-18",  # Monday is gone, so today
            "FS +3cd": "07-22 07-24",  # Wednesday to Friday pass
            "SS": "07-16 07-18",  # it might have begun on the 10th: today
            "SS +7d": "07-19 07-23",  # 10, 11, 12, 15–18 pass
            "FF": "07-16 07-18",  # from today it ends after Tuesday anyway
            "FF +5d": "07-19 07-23",  # five days after Tuesday 16 is Tuesday 23
            "SF": "07-16 07-18",  # today
            "SF +10d": "07-19 07-23",  # 10, 11, 12, 15–19, 22, 23 pass
        },
    ),
    "finished early": (
        "07-10",
        SOON,
        {
            "FS": "07-11 07-15",  # 11, 12, 15
            "FS +2d": "07-15 07-17",  # Thursday and Friday pass
            "FS -2d": "07-10 07-12",  # Tuesday is gone, so today
            "FS +3cd": "07-15 07-17",  # Thursday to Saturday pass
            "SS": "07-10 07-12",  # today
            "SS +5d": "07-15 07-17",  # 8–12 pass
            "FF": "07-10 07-12",  # today
            "FF +5d": "07-15 07-17",  # five days after Wednesday 10 is Wednesday 17
            "SF +5d": "07-10 07-12",  # 8–12 pass
            "SF +7d": "07-12 07-16",  # 8–12, 15, 16 pass: 12, 15, 16
        },
    ),
    "unfinished and behind": (
        "07-16",
        BEHIND,
        {
            "FS": "07-18 07-22",  # after Wednesday 17: 18, 19, 22
            "FS +2d": "07-22 07-24",  # 18 and 19 pass
            "FS -2d": "07-16 07-18",  # 16 and 17 are A's last two days
            "FS +3cd": "07-22 07-24",  # 18, 19, 20 pass; Sunday is off
            "SS": "07-16 07-18",  # today
            "FF": "07-16 07-18",  # from today it ends after Wednesday anyway
            "FF +2d": "07-17 07-19",  # two days after Wednesday is Friday
            "FF +3cd": "07-18 07-22",  # Wednesday and three is Saturday, so Monday: 18, 19, 22
            "SF +7d": "07-16 07-18",  # 10, 11, 12, 15–18 pass: just enough from today
            "SF +8d": "07-17 07-19",  # and 19
        },
    ),
    "not begun": (
        "07-15",
        MIDWEEK,  # slips to 15–17
        {
            "FS": "07-18 07-22",  # 18, 19, 22
            "FS +2d": "07-22 07-24",  # 18 and 19 pass
            "FS -2d": "07-16 07-18",  # 16 and 17 are A's last two days
            "FS +3cd": "07-22 07-24",  # 18, 19, 20 pass
            "SS": "07-15 07-17",  # together
            "SS +2d": "07-17 07-19",  # 15 and 16 pass
            "SS -2d": "07-15 07-17",  # Thursday is gone, so today
            "SS +3cd": "07-18 07-22",  # 15, 16, 17 pass
            "FF": "07-15 07-17",  # together
            "FF +2d": "07-17 07-19",  # two days after Wednesday
            "FF -2d": "07-15 07-17",  # Monday would do
            "FF +3cd": "07-18 07-22",  # Saturday, so Monday
            "SF": "07-15 07-17",  # the day before would do
            "SF +2d": "07-15 07-17",  # Tuesday would do
            "SF +5d": "07-17 07-19",  # 15–19 pass
            "SF +3cd": "07-15 07-17",  # 15, 16, 17 pass: just enough
        },
    ),
}


@pytest.mark.parametrize(("name", "link"), [(name, link) for name in FORECAST for link in FORECAST[name][2]])
def test_forecast(name: str, link: str):
    as_of, giver, expected = FORECAST[name]
    tasks = {"A": giver, "B": FLOATING | {"after": f"A {link}".removesuffix(" FS")}}
    assert forecast(of(tasks, as_of))["B"] == expected[link]


BEGUN = {"duration": "3d", "actual": {"start": "07-10"}, "progress": "2/3"}

COMING = {
    # a day's work is left to B, and A slips to 15–17
    "under way it may not end before what it ends with": (
        "07-15",
        {"A": MIDWEEK, "B": BEGUN | {"after": "A FF"}},
        {"A": "07-15 07-17", "B": "07-10 07-17"},
    ),
    "under way it may not end before what it hands over to begins": (
        "07-15",
        {"A": MIDWEEK, "B": BEGUN | {"after": "A SF +1d"}},
        {"A": "07-15 07-17", "B": "07-10 07-15"},
    ),
    "under way it waits for no begin any more": (
        "07-15",
        {"A": MIDWEEK, "B": BEGUN | {"after": "A SS +4d"}},
        {"A": "07-15 07-17", "B": "07-10 07-15"},
    ),
    "finished it waits for no end any more": (
        "07-15",
        {
            "A": MIDWEEK,
            "B": {"duration": "3d", "after": "A FF", "actual": {"start": "07-10", "end": "07-12"}},
        },
        {"A": "07-15 07-17", "B": "07-10 07-12"},
    ),
    # A began on Friday, two days late: B keeps Wednesday to Friday, which is later than 16
    "a typed task holds while a late begin allows it": (
        "07-12",
        {
            "A": {**MIDWEEK, "actual": {"start": "07-12"}},
            "B": {"start": "07-17", "end": "07-19", "after": "A SS +2d"},
        },
        {"A": "07-12 07-12", "B": "07-17 07-19"},
    ),
    # 12, 15 and 16 pass: a typed Tuesday is too early
    "a typed task gives way to a late begin": (
        "07-12",
        {
            "A": {**MIDWEEK, "actual": {"start": "07-12"}},
            "B": {"start": "07-16", "end": "07-18", "after": "A SS +3d"},
        },
        {"A": "07-12 07-12", "B": "07-17 07-19"},
    ),
    # Tuesday 9 is when A's giver ends: two days later is Thursday
    "a milestone follows an early end with its lag": (
        "07-09",
        {
            "A": {**MIDWEEK, "actual": {"start": "07-08", "end": "07-09"}},
            "M": {"duration": "0d", "after": "A +2d"},
        },
        {"A": "07-08 07-09", "M": "07-11 07-11"},
    ),
    # the work was done on Friday; nobody wrote that M was reached, and on Saturday nobody will
    "a milestone not reached by the Saturday behind its work is reached on Monday": (
        "07-13",
        {
            "A": {**MIDWEEK, "actual": {"start": "07-10", "end": "07-12"}},
            "M": {"duration": "0d", "after": "A"},
        },
        {"A": "07-10 07-12", "M": "07-15 07-15"},
    ),
    # M was typed for Wednesday and reached when A ended, on Friday evening: B may begin on Monday
    "what waits for the begin of a milestone waits for all of it": (
        "07-12",
        {
            "A": {**MIDWEEK, "actual": {"start": "07-10", "end": "07-12"}},
            "M": {
                "start": "07-10",
                "milestone": "true",
                "after": "A",
                "actual": {"start": "07-12", "end": "07-12"},
            },
            "B": {"duration": "1d", "after": "M SS"},
        },
        {"A": "07-10 07-12", "M": "07-12 07-12", "B": "07-15 07-15"},
    ),
    # on Tuesday 16 A still has 16 and 17: two days before Wednesday 17 is Monday, which is gone
    "a milestone that might have been is today": (
        "07-16",
        {"A": BEHIND, "M": {"duration": "0d", "after": "A FS -2d"}},
        {"A": "07-10 07-17", "M": "07-16 07-16"},
    ),
}


@pytest.mark.parametrize("case", COMING)
def test_forecast_of_work_under_way(case: str):
    as_of, tasks, expected = COMING[case]
    assert forecast(of(tasks, as_of)) == expected
