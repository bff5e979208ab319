"""The state of a plan that people were told of before: computed from its history, never stored."""

from dataclasses import replace
from datetime import date, timedelta

from mktexec.dates import parse_day, parse_duration
from mktexec.errors import UnreadableError, UsageError
from mktexec.i18n import Text as T
from mktexec.schedule.days import campaign_days
from mktexec.session import Session

DAY, WORKING_DAY = timedelta(days=1), "1d"
LEAST_A_YEAR = 200  # working days


def last_state(session: Session, since: str | None) -> Session | None:
    """Return a plan as it was on the working day before, or at ``since``; None where it was not there yet.

    ``since`` is a day, a number of days before (3d working days, 3cd calendar days), or a git
    revision, which is seen from its own day. Raises UsageError for a day that is not before, and
    UnreadableError for a revision that git does not know or where its history ends too early.
    """
    day = _day(session, since)
    if day is None:
        return _at(session, since or "")
    if day >= session.as_of:
        raise UsageError(
            T(
                f"--since lies before the day that is looked from, {session.as_of}",
                f"--since 应早于截至日期 {session.as_of}",
            )
        )
    return _on(session, day)


def _day(session: Session, since: str | None) -> date | None:
    """Return the day that is meant, None for a revision."""
    as_of, wanted = session.as_of, since or WORKING_DAY
    length = parse_duration(wanted)
    if length is None:
        return parse_day(wanted)
    if length.unit == "cd":
        return as_of - length.days * DAY
    first = as_of.year - 1 - length.days // LEAST_A_YEAR
    return campaign_days(session.draft.campaign, first, session.loaded.calendar).shift(as_of, -length.days)


def _at(session: Session, revision: str) -> Session | None:
    """Return the plan at a revision, seen from the day of its commit."""
    from mktexec.store.history import committed_on, texts_at

    texts = texts_at(session.path, revision)
    day = committed_on(session.path, revision) or session.as_of
    return session.past(texts, min(day, session.as_of)) if texts else None


def _on(session: Session, day: date) -> Session | None:
    """Return the plan on the evening of a day; outside git it is taken as it is."""
    from mktexec.store.history import committed_on, revision_before, texts_at

    revision = revision_before(session.path, day)
    texts = texts_at(session.path, revision) if revision else {}
    if texts:
        return session.past(texts, day)
    if committed_on(session.path, "HEAD") is None or not texts_at(session.path, "HEAD"):
        return replace(session, as_of=day)
    if revision is None:
        _require_whole_history(session)
    return None


def _require_whole_history(session: Session) -> None:
    """Raise UnreadableError where git holds the last commits only: what is new is not known then."""
    from mktexec.store.git import asked, home_of, real_path

    told = asked(home_of(real_path(session.path)), "rev-parse", "--is-shallow-repository")
    if told.stdout.strip() == "true":
        raise UnreadableError(
            T(
                f"what is new in {session.path} is not known: git holds its last commits only",
                f"无法判断 {session.path} 中哪些是新增事项：git 只有最近的提交",
            ),
            T(
                "fetch the others: git fetch --unshallow (in CI: fetch-depth: 0)",
                "请获取完整历史：git fetch --unshallow（CI 中设 fetch-depth: 0）",
            ),
        )
