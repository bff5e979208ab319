"""A new campaign's plan, from the template of its scenario."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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


def scaffold(brief: Brief) -> str:
    """Return the text of a plan for ``brief``."""
    environment = Environment(  # noqa: S701  # YAML, not HTML; what users type goes through `quoted`
        loader=FileSystemLoader(templates() / "campaigns"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = lambda text: json.dumps(str(text), ensure_ascii=False)
    calendar = brief.calendar or CALENDARS[brief.lang]
    workdays = Workdays(calendar, brief.day.year - 2)
    facts = {
        "title": brief.title,
        "size": brief.size.value,
        "medium": brief.size is not Size.SMALL,
        "large": brief.size is Size.LARGE,
        "department": brief.department,
        "calendar": calendar,
        "currency": brief.currency or CURRENCIES[brief.lang],
        "today": brief.today.isoformat(),
    }
    template = environment.get_template(f"{brief.scenario.value}.{brief.lang}.yaml.j2")
    main = workdays.index(brief.day)
    if not brief.main:
        facts["day"] = lambda _: ""
        main += int(getattr(template.make_module(facts), "lead"))  # noqa: B009  # set by the template
    fixed = {0: brief.day} if brief.main else {}  # a launch may well be on a day off
    facts["day"] = lambda offset: fixed.get(offset, workdays.day(main + offset)).isoformat()
    return template.render(facts)
