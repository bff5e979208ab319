"""A new campaign's plan, from the template of its scenario."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mktexec.calendar import Workdays
from mktexec.i18n import Lang
from mktexec.model.terms import Scenario, Size

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
    workdays = Workdays(_calendar(brief), brief.day.year - 2)
    facts = _facts(brief)
    main = brief.day
    if not brief.main:  # the template says how many working days lead to the main day
        lead = template.make_module(facts | {"day": lambda _: "", "cal": lambda _: ""}).lead  # type: ignore[attr-defined]
        main = workdays.day(workdays.index(brief.day) + int(lead))
    first = workdays.index(main)
    fixed = {0: main}  # a launch may well be on a day off
    facts["day"] = lambda offset: fixed.get(offset, workdays.day(first + offset)).isoformat()
    facts["cal"] = lambda offset: (main + timedelta(days=offset)).isoformat()
    return template.render(facts), main


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
