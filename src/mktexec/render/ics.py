"""Days as a calendar file (RFC 5545): all-day entries that do not block anybody's time.

What names an entry is a UUID made of the campaign's title and the day's key, so that a file
imported again moves entries and does not double them; a renamed campaign is another calendar.
SEQUENCE is left out: it counts revisions, and earlier files are not known. DTSTAMP is the as-of
day, so that the same plan gives the same bytes, and a later day's file is the newer one.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from mktexec.errors import MktexecError
from mktexec.i18n import Text as T
from mktexec.render.terminal import clean
from mktexec.views.agenda import CalendarDay

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//mktexec//mktexec//EN"
DAY = timedelta(days=1)


def calendar(days: Iterable[CalendarDay], title: str, as_of: date) -> str:
    """Return ``days`` as a calendar called ``title``, lines ended by CR and LF.

    Raises MktexecError where the library for it is not installed.
    """
    try:
        from icalendar import Calendar, vText
    except ModuleNotFoundError as error:
        raise MktexecError(
            T(
                "calendars need the library icalendar, which is not installed",
                "导出日历需要 icalendar 库，目前尚未安装",
            ),
            T('install it: pip install "mktexec[ics]"', '请安装：pip install "mktexec[ics]"'),
        ) from error
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", vText(clean(title)))  # of unknown properties plain text is not escaped
    space = uuid5(NAMESPACE_URL, f"mktexec:{title}")
    for one in days:
        made.add_component(_event(one, space, as_of))
    content: bytes = made.to_ical()
    return content.decode()


def _event(one: CalendarDay, space: UUID, as_of: date) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", str(uuid5(space, one.key)))
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + DAY)  # excluded
    event.add("summary", clean(one.title))
    event.add("description", "\n".join(map(clean, one.lines)))
    event.add("categories", [one.kind])
    event.add("transp", "TRANSPARENT")
    if one.cancelled:
        event.add("status", "CANCELLED")
    return event
