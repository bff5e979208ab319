"""``mktexec init``: a new campaign's plan."""

import re
import sys
import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mktexec.commands.options import UI, ScreenLang, tell
from mktexec.commands.output import emit_text
from mktexec.dates import parse_day
from mktexec.errors import UnreadableError, UsageError
from mktexec.host import today, ui_language
from mktexec.i18n import LANGS
from mktexec.i18n import Lang as LangCode
from mktexec.i18n import Text as T
from mktexec.render.terminal import note
from mktexec.session import PLAN_FILE

HELP = T(
    "Start a campaign: a plan of its kind to fill in. Never overwrites.",
    "新建活动：生成一份该场景的计划供填写。绝不覆盖已有文件。",
)
EXAMPLES = (
    "mktexec init",
    'mktexec init q4 --scenario launch --title "Q4 launch" --launch 2026-12-15',
)
SCHEMA_FILE = "plan.schema.json"
USUAL_LEAD = 6  # weeks from the first day to the main day of a medium campaign


class ScenarioOption(StrEnum):
    """What the campaign is for."""

    LAUNCH = "launch"
    PROMOTION = "promotion"
    BRAND = "brand"
    REGION = "region"
    GROWTH = "growth"


class SizeOption(StrEnum):
    """How fine the plan is."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


def run(  # one argument an option
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="[DIR]",
            help=tell("Where the plan goes; default here.", "存放目录；默认当前目录。"),
            show_default=False,
        ),
    ] = Path(),
    scenario: Annotated[
        ScenarioOption | None,
        typer.Option(
            metavar="|".join(ScenarioOption),
            show_default=False,
            help=tell("What the campaign is for.", "活动场景。"),
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(metavar="TEXT", show_default=False, help=tell("Name of the campaign.", "活动名称。")),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(metavar="DAY", show_default=False, help=tell("First day of the work.", "启动日期。")),
    ] = None,
    launch: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            show_default=False,
            help=tell("The main day that the work leads to.", "上市/主活动日期。"),
        ),
    ] = None,
    size: Annotated[
        SizeOption | None,
        typer.Option(
            metavar="|".join(SizeOption),
            show_default=False,
            help=tell("How fine the plan is; default medium.", "计划颗粒度；默认 medium。"),
        ),
    ] = None,
    department: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", show_default=False, help=tell("Department that draws it up.", "制定部门。")
        ),
    ] = None,
    calendar: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            show_default=False,
            help=tell(
                "Whose days off: CN, US, weekdays, everyday.", "节假日日历：CN、US、weekdays、everyday。"
            ),
        ),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option(metavar="CODE", show_default=False, help=tell("Currency of the amounts.", "币种。")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=tell("Only show the plan.", "只显示计划，不写文件。"))
    ] = False,
    lang: ScreenLang = None,
) -> None:
    """Ask what is not given (on a terminal only), write the plan and its schema."""
    from mktexec.calendar import is_calendar
    from mktexec.model.terms import Scenario, Size
    from mktexec.render.scaffold import Brief, scaffold
    from mktexec.store.load import unfit

    if start and launch:
        raise UsageError(T("give --start or --launch, not both", "--start 与 --launch 只需给一个"))
    if calendar and not is_calendar(calendar):
        raise UsageError(T(f"there is no calendar {calendar}", f"没有名为 {calendar} 的日历"))
    if currency and not re.fullmatch("[A-Z]{3}", currency):
        raise UsageError(
            T(
                f"{currency} is not a currency; write CNY, USD …",
                f"{currency} 不是币种代码，请写成 CNY、USD 等",
            )
        )
    for option, text in (("--title", title), ("--department", department)):
        _refuse_controls(option, text or "")
    target = folder / PLAN_FILE
    if target.exists() and not dry_run:
        raise UnreadableError(
            T(f"{target} exists already and is left as it is", f"{target} 已存在，未作改动")
        )
    asking = sys.stdin.isatty() and sys.stderr.isatty()
    now = today()
    language = ui_language(
        lang or (_ask(tell("Language", "语言"), UI, dict(zip(LANGS, LANGS, strict=True))) if asking else UI)
    )
    kind = Scenario.parse(scenario.value if scenario else _scenario(asking=asking))
    label = kind.label.say(language)
    if not title:
        title = _ask(tell("Title", "活动名称"), label) if asking else label
    asked_main = asking and not start and not launch
    day = _day(start or launch, now, asking=asking)
    fine = Size.parse(size.value if size else _size(asking=asking))
    brief = Brief(
        kind,
        fine,
        language,
        title,
        day,
        bool(launch) or asked_main,
        now,
        department or "",
        calendar or "",
        currency or "",
    )
    text, main = scaffold(brief)
    if unfit(text):
        raise UsageError(
            T("a title or a day like that makes no plan", "这样的名称或日期无法生成计划"),
            T(
                "days lie between 1990 and 2199; a title is plain text",
                "日期须在 1990 至 2199 年之间，名称须为普通文字",
            ),
        )
    _write(target, text, main, language, dry_run=dry_run)


def _refuse_controls(option: str, text: str) -> None:
    kinds = {unicodedata.category(char) for char in text if char not in "\n\t"}
    if "Cs" in kinds:
        raise UsageError(T(f"{option} is not in the terminal's encoding", f"{option} 与终端编码不符"))
    if "Cc" in kinds:
        raise UsageError(T(f"{option} holds a control character", f"{option} 含有控制字符"))


def _scenario(*, asking: bool) -> str:
    if not asking:
        raise UsageError(
            T("--scenario is missing", "缺少 --scenario"),
            T("one of: " + ", ".join(ScenarioOption), "可选：" + "、".join(ScenarioOption)),
        )
    from mktexec.model.terms import Scenario

    return _ask(tell("Scenario", "场景"), "launch", {one.value: one.label.say(UI) for one in Scenario})


def _size(*, asking: bool) -> str:
    from mktexec.model.terms import Size

    if not asking:
        return "medium"
    return _ask(tell("Size", "颗粒度"), "medium", {one.value: one.label.say(UI) for one in Size})


def _ask(question: str, default: str, choices: dict[str, str] | None = None) -> str:
    """Ask until the answer is one of the choices, by key or by label; return the key."""
    question += _choices(choices or {})
    while True:
        answer: str = typer.prompt(question, default=default, err=True)
        if choices is None or answer in choices:
            return answer
        for key, label in choices.items():
            if answer == label:
                return key
        note("  → " + tell("one of: ", "可选：") + ", ".join(choices))


def _choices(choices: dict[str, str]) -> str:
    """Return what may be answered, a line each where keys need explaining."""
    if all(key == label for key, label in choices.items()):
        return f" ({', '.join(choices)})" if choices else ""
    return "".join(f"\n  {key}  {label}" for key, label in choices.items()) + "\n>"


def _day(given: str | None, now: date, *, asking: bool) -> date:
    """Return the day given, or asked for: the main day; without a terminal the next Monday to start on."""
    if given is not None:
        return today(given)
    monday = now + timedelta(days=7 - now.weekday())
    while asking:
        usual = monday + timedelta(weeks=USUAL_LEAD)
        answer = _ask(tell("Main day (launch, opening)", "主活动日（上市日、开售日）"), usual.isoformat())
        day = parse_day(answer)
        if day is not None:
            return day
        note("  → " + tell("write 2024-07-15", "请写成 2024-07-15"))
    return monday


def _write(target: Path, text: str, main: date, language: LangCode, *, dry_run: bool) -> None:
    from mktexec.model.schema import json_schema
    from mktexec.render.json import dumps
    from mktexec.store.files import create

    if dry_run:
        emit_text(text, None)
        return
    schema = target.parent / SCHEMA_FILE
    if not schema.exists():
        create(schema, dumps(json_schema(language)))
    create(target, text)
    shown = "" if target.parent == Path() else f" {target.parent}"
    note(
        tell(
            f"wrote {target}, main day {main}; fill in the names, then: mktexec check{shown}",
            f"已生成 {target}，主活动日 {main}；填好人员后运行：mktexec check{shown}",
        )
    )
