"""Texts in the two languages of the product, always written side by side."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

Lang = Literal["en", "zh"]
ALMOST, WHOLE = 99, 100
LANGS: tuple[Lang, ...] = ("en", "zh")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Text(NamedTuple):
    """One text in English and Chinese; both are required, so neither can fall behind."""

    en: str
    zh: str

    def say(self, lang: Lang, params: Mapping[str, Any] | None = None) -> str:
        """Return the text in ``lang`` with its ``{placeholders}`` filled from ``params``."""
        template = self.zh if lang == "zh" else self.en
        if params is None:
            return template
        return template.format_map({key: shown(value, lang) for key, value in params.items()})


def shown(value: Any, lang: Lang) -> str:
    """Return a parameter as people read it: ISO days, grouped amounts, terms in ``lang``."""
    if isinstance(value, Text):
        return value.say(lang)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return amount(value)
    if isinstance(value, (tuple, list)):
        return ("、" if lang == "zh" else ", ").join(shown(item, lang) for item in value)
    return str(value)


def amount(value: Decimal | int) -> str:
    """Return an amount with grouped thousands and no trailing zeros: ``1,234.5``."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float | Decimal | None, digits: int = 0) -> str:
    """Return a share in [0, 1] as a percentage, ``–`` if unknown."""
    if share is None:
        return "–"
    whole = float(share) * 100
    if not digits and ALMOST <= whole < WHOLE:  # what is not finished does not read as finished
        whole = ALMOST
    return f"{whole:.{digits}f}%"


def plural(count: int, one: str, many: str) -> str:
    """Return ``count`` with the English noun in the right number."""
    return f"{count} {one if count == 1 else many}"


def working_days(count: int) -> Text:
    """Return a number of working days in words."""
    return Text(plural(count, "working day", "working days"), f"{count} 个工作日")


def duration(days: int, unit: str) -> Text:
    """Return a number of working or calendar days in words."""
    if unit == "cd":
        return Text(plural(days, "calendar day", "calendar days"), f"{days} 个自然日")
    return working_days(days)


def month(number: int, lang: Lang) -> str:
    """Return the short name of a month, 1 to 12."""
    return f"{number}月" if lang == "zh" else MONTHS[number - 1]
