"""A new campaign's plan, from the template of its scenario."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mktexec.calendar import Workdays
from mktexec.i18n import Lang
from mktexec.model.terms import Scenario, Size

MAIN_DAY = re.compile(r"milestones: \{([\w-]+): \0")
PLACED = re.compile(r"([\w-]+: (?=\0-?\d+c?d\0[,}\s]))?\0(-?\d+)(c?d)\0")
CALENDARS: dict[Lang, str] = {"zh": "CN", "en": "weekdays"}
CURRENCIES: dict[Lang, str] = {"zh": "CNY", "en": "USD"}


@dataclass(frozen=True, slots=True)
class Brief:
    """What a scaffold needs to know; the day is the campaign's first or, if ``main``, its launch."""

    scenario: Scenario
    size: Size
    lang: Lang
    title: str
    day: date
    main: bool
    today: date
    department: str = ""
    calendar: str = ""
    currency: str = ""


def templates() -> Path:
    """Return the folder of templates: in the installed package, or beside ``src/``."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"


def scaffold(brief: Brief) -> tuple[str, date]:
    """Return the text of a plan for ``brief``, and its main day."""
    environment = Environment(  # noqa: S701  # YAML, not HTML; what users type goes through `quoted`
        loader=FileSystemLoader(templates() / "campaigns"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = lambda text: json.dumps(str(text), ensure_ascii=False)
    template = environment.get_template(f"{brief.scenario.value}.{brief.lang}.yaml.j2")
    facts = _facts(brief)
    workdays = Workdays(_calendar(brief), brief.day.year - 2)
    main = brief.day
    if not brief.main:  # the template says how many working days lead to the main day
        lead = template.make_module(facts | {"day": lambda _: "", "cal": lambda _: ""}).lead  # type: ignore[attr-defined]
        main = workdays.day(workdays.index(brief.day) + int(lead))
    facts["day"] = lambda offset: f"\0{offset}d\0"
    facts["cal"] = lambda offset: f"\0{offset}cd\0"
    return _dated(template.render(facts), main, workdays), main


def _dated(text: str, main: date, workdays: Workdays) -> str:
    """Return a plan with its days: relative to the main day where a field holds nothing else."""
    first = workdays.index(main)
    name = MAIN_DAY.search(text)

    def day(offset: int, unit: str) -> str:
        if unit == "cd":
            return (main + timedelta(days=offset)).isoformat()
        return (main if offset == 0 else workdays.day(first + offset)).isoformat()

    def written(found: re.Match[str]) -> str:
        key, offset, unit = found[1] or "", int(found[2]), found[3]
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not key or name is None or key == f"{name[1]}: " or "period:" in line:
            return key + day(offset, unit)
        sign = f" {'+' if offset > 0 else '-'} {abs(offset)}{unit}" if offset else ""
        return key + name[1] + sign

    return PLACED.sub(written, text)


def _calendar(brief: Brief) -> str:
    return brief.calendar or CALENDARS[brief.lang]


def _facts(brief: Brief) -> dict[str, Any]:
    return {
        "title": brief.title,
        "size": brief.size.value,
        "medium": brief.size is not Size.SMALL,
        "large": brief.size is Size.LARGE,
        "department": brief.department,
        "calendar": _calendar(brief),
        "currency": brief.currency or CURRENCIES[brief.lang],
        "today": brief.today.isoformat(),
    }
