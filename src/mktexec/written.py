"""Figures and days as people write them in sheets and mails: read exactly, or not at all.

What can be read in two ways (``1,23``, ``03/04/2024``, 35 % of an indicator that is not in
per cent) is not read: a wrong figure in a plan is worse than a question.
"""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from mktexec.dates import FIRST_YEAR, LAST_YEAR

# Full-width forms have half-width ones at a fixed distance. NFKC would also make 102 of 10².
_HALF_WIDTH: dict[int, int | str | None] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0xA0, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000), " ")
_INVISIBLE = dict.fromkeys((0x200B, 0x200E, 0x200F, 0xFEFF))  # Windows copies them with a date
_PLAIN = _HALF_WIDTH | _SPACES | _INVISIBLE | {ord("￥"): "¥", ord("￡"): "£", ord("−"): "-"}

_POWERS = {
    3: "千 k K thousand",
    4: "万 萬 w W",  # w is how 万 is typed in a hurry
    5: "十万",
    6: "百万 M mn million",  # m may be a metre, or a thousandth
    7: "千万",
    8: "亿 億",
    9: "十亿 B bn billion",
    10: "百亿",
    11: "千亿",
    12: "万亿",
}
_SCALES = {word: power for power, words in _POWERS.items() for word in words.split()}
_LONGEST_FIRST = sorted(_SCALES, key=len, reverse=True)
_CURRENCIES = {
    "cny": "元 圆 块 ¥ 人民币 人民币元 元人民币 rmb cny",
    "usd": "$ us$ usd 美元 美金",
    "eur": "€ eur 欧元",
    "gbp": "£ gbp 英镑",
    "jpy": "日元 円 jpy",
    "hkd": "hk$ hkd 港元 港币",
}
_MONEY = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_RATES = ("%", "‰")

_FRACTION = r"(?:\.[0-9]+)?"
_NUMBER = (
    rf"[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+{_FRACTION}"
    rf"|[1-9][0-9]{{0,2}}(?: [0-9]{{3}})+{_FRACTION}"
    rf"|[0-9]+{_FRACTION}|\.[0-9]+"
)
_CURRENCY = "|".join(re.escape(word) for word in sorted(_MONEY, key=len, reverse=True))
_amount = re.compile(
    rf"(?P<sign>[-+]?) ?(?P<money>{_CURRENCY})? ?(?P<inner>[-+]?)"
    rf"(?P<number>{_NUMBER})(?: ?(?P<tail>[^0-9., ].*))?",
    re.IGNORECASE,
)
LONGEST = 64  # characters; no figure and no day is longer
MOST_DIGITS = 28  # more would be rounded
LIMIT, STEP = Decimal(10**15), Decimal("1e-12")  # what a plan's amounts hold

_TIME = re.compile(r"[ T][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?(?: ?[AP]M)?$", re.IGNORECASE)
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAYS = [
    re.compile(form)
    for form in (
        r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?:(?P<y>[0-9]{4})年)?(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]",
        r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?:(?P=s)(?P<y>[0-9]{4}))?",
        rf"(?P<d>[0-9]{{1,2}})[ -]{_NAME}(?:[ -](?P<y>[0-9]{{4}}))?",
        rf"{_NAME} (?P<d>[0-9]{{1,2}})(?:,? (?P<y>[0-9]{{4}}))?",
    )
]
_MONTHS = [
    re.compile(form)
    for form in (
        r"(?P<y>[0-9]{4})[-/](?P<m>[0-9]{1,2})",  # 2024.1 may have been 2024.10
        r"(?:(?P<y>[0-9]{4})年)?(?P<m>[0-9]{1,2})月份?",
        rf"{_NAME}(?:[ -](?P<y>[0-9]{{4}}))?",
    )
]
_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def plain(text: str) -> str:
    """Return ``text`` in half-width signs and ordinary spaces, without those around it."""
    return (text if text.isascii() else text.translate(_PLAIN)).strip()


def written_amount(text: str, unit: str | None = None) -> Decimal | None:
    """Return the amount in ``unit`` that is written ``1,234``, ``35%`` or ``420万``, or None.

    A figure alone is taken as it is. One with a scale or a unit of its own is converted:
    ``420万`` is 420 where the unit is 万元, and 4200000 where it is 元 or there is none.
    Without trailing zeros; never one that a plan could not hold.
    """
    text = plain(text)
    if len(text) > LONGEST:
        return None
    bracketed = text.startswith("(") and text.endswith(")")
    found = _amount.fullmatch(text[1:-1].strip() if bracketed else text)
    if not found:
        return None
    signs = found["sign"] + found["inner"] + ("-" if bracketed else "")
    digits = found["number"].replace(",", "").replace(" ", "")
    power = _power(found["money"] or "", found["tail"] or "", unit or "")
    if len(signs) > 1 or len(digits) > MOST_DIGITS or power is None:
        return None
    return _fitting(Decimal(digits).scaleb(power), negative=signs == "-")


def amount_text(value: Decimal) -> str:
    """Return an amount as a plan holds it: ``4200000``, never ``4.2E+6``."""
    return f"{value:f}"


def same_unit(said: str, unit: str | None) -> bool:
    """Return whether two units are the same, however they are written: 元 and CNY."""
    return _measure(plain(said)) == _measure(plain(unit or ""))


def _power(money: str, tail: str, unit: str) -> int | None:
    """Return the power of ten from what is written around a figure to ``unit``, None if they disagree."""
    unit = plain(unit)
    if not money and tail.casefold() == unit.casefold():
        return 0
    scale, counted = _measure(tail)
    wanted, base = _measure(unit.split("/")[0])  # 元/单 is counted in 元
    paid = _MONEY.get(money.casefold(), "")
    said = paid or counted
    disagree = (paid and counted and paid != counted) or (said and base and said != base)
    unknown = said and not base and said not in _CURRENCIES
    if disagree or unknown or (scale and base in _RATES):
        return None
    if scale or counted:
        return scale - wanted
    return None if paid and wanted else 0  # ¥420 of a KPI in 万元: a cell's format, or 420 yuan?


def _measure(unit: str) -> tuple[int, str]:
    """Return a unit's power of ten and what it counts: 万元 → 4, cny; k USD → 3, usd."""
    for word in _LONGEST_FIRST:
        rest = unit.removeprefix(word)
        if rest != unit and (not word.isascii() or rest[:1] in ("", " ") or _counted(rest) in _CURRENCIES):
            return _SCALES[word], _counted(rest)
    first, _, last = unit.rpartition(" ")
    if last in _SCALES and _counted(first) in _CURRENCIES:
        return _SCALES[last], _counted(first)
    return 0, _counted(unit)


def _counted(word: str) -> str:
    word = word.strip().casefold()
    return _MONEY.get(word, word)


def _fitting(value: Decimal, *, negative: bool) -> Decimal | None:
    if value >= LIMIT or value != value.quantize(STEP):
        return None
    text = f"{value:f}"
    exact = Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
    return -exact if negative and exact else exact


def written_day(text: str, year: int | None = None, *, month_end: bool = False) -> date | None:
    """Return the day that is written ``2024-07-15``, ``2024/7/15`` or ``2024年7月15日``, or None.

    ``7月15日`` and ``7/15`` need the ``year``. With ``month_end`` a month stands for its
    last day. Of two numbers that may both be the month neither is.
    """
    text = plain(text)
    if len(text) > LONGEST:
        return None
    text = re.sub(r" ?([年月日号]) ?", r"\1", _TIME.sub("", text))
    for form in _DAYS:
        if found := form.fullmatch(text):
            return _day(found.groupdict(), year)
    for form in _MONTHS if month_end else ():
        if found := form.fullmatch(text):
            return _last_day(found.groupdict(), year)
    return None


def _day(parts: dict[str, str | None], year: int | None) -> date | None:
    if parts.get("a"):
        return _of_two(int(parts["a"] or 0), int(parts["b"] or 0), _year(parts, year))
    return _date(_year(parts, year), _month(parts), int(parts["d"] or 0))


def _of_two(first: int, second: int, year: int) -> date | None:
    """Return the day of a year written with the month first or last; None if it may be either."""
    days = {_date(year, first, second), _date(year, second, first)} - {None}
    return days.pop() if len(days) == 1 else None


def _last_day(parts: dict[str, str | None], year: int | None) -> date | None:
    first = _date(_year(parts, year), _month(parts), 1)
    return first.replace(day=monthrange(first.year, first.month)[1]) if first else None


def _year(parts: dict[str, str | None], year: int | None) -> int:
    return int(parts.get("y") or year or 0)


def _month(parts: dict[str, str | None]) -> int:
    """Return the month written as a number or by its English name; 0 for no such name."""
    name = (parts.get("name") or "").casefold()
    if not name:
        return int(parts.get("m") or 0)
    return next((n for n, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name)), 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
