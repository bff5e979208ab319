"""What every section of a screen needs: its language and its width."""

from datetime import date

from mktexec.i18n import Lang, plural
from mktexec.i18n import Text as T
from mktexec.render.terminal import Line, Screen, Span, bar, wrap

MORE = T("{count} more: {command}", "另有 {count} 项：{command}")


def short_day(day: date, as_of: date) -> str:
    """Return a day without its year where that is the as-of day's."""
    return f"{day:%m-%d}" if day.year == as_of.year else day.isoformat()


class Say:
    """The language and the width, handed from section to section."""

    def __init__(self, lang: Lang, to: Screen) -> None:
        self.lang = lang
        self.to = to
        self.columns = to.columns

    def __call__(self, text: T, **params: object) -> str:
        """Return ``text`` in the screen's language."""
        return text.say(self.lang, params)

    def days(self, count: int) -> str:
        """Return a number of days in words."""
        return plural(count, "day", "days") if self.lang == "en" else f"{count} 天"

    def lines(self, text: str, style: str = "") -> list[Line]:
        """Return ``text`` in as many lines as the width asks for."""
        return [[Span(part, style)] for part in wrap(text, self.columns)]

    def bar(self, share: float | None, columns: int) -> str:
        """Return a bar that this screen can show."""
        return bar(share, columns, plain=not self.to.blocks)

    def more(self, count: int, command: str) -> list[Line]:
        """Return the line that says how to see the ``count`` rows left out, if any."""
        text = self(MORE, count=count, command=command)
        return [[Span("  " + text, "dim")]] if count > 0 else []
