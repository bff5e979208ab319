"""What the process is told from outside: the user's language and the day."""

import locale
import os
from datetime import date

from mktexec.dates import parse_day
from mktexec.errors import UsageError
from mktexec.i18n import Lang
from mktexec.i18n import Text as T


def ui_language(chosen: str | None = None) -> Lang:
    """Return the chosen language, else the locale's; English for all others."""
    for setting in (chosen, *(os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))):
        if setting:
            return "zh" if setting.lower().startswith("zh") else "en"
    system = locale.getlocale()[0] or ""
    return "zh" if system.lower().startswith(("zh", "chinese")) else "en"


def today(chosen: str | None = None) -> date:
    """Return the day to look from: chosen, else MKTEXEC_TODAY, else the clock's.

    The only place that reads a clock; raises UsageError for what is no day.
    """
    text = chosen if chosen is not None else os.environ.get("MKTEXEC_TODAY") or None
    if text is None:
        return date.today()  # noqa: DTZ011  # the reader's own day is meant
    day = parse_day(text)
    if day is None:
        raise UsageError(
            T(f"'{text}' is not a day; write 2024-07-15", f"「{text}」不是日期，请写成 2024-07-15")
        )
    return day
