"""Write the pages that are made from the program itself: ``make docs``."""

import re
import sys
from functools import partial
from inspect import getsource
from pathlib import Path
from textwrap import indent

import docs_format
from docs_console import ROOT, renewed, run
from docs_picture import picture as drawn
from mktexec.commands.app import COMMANDS
from mktexec.findings import Level
from mktexec.i18n import LANGS, Lang, shown
from mktexec.i18n import Text as T
from mktexec.model.schema import json_schema
from mktexec.render.explain import shape
from mktexec.render.json import dumps
from mktexec.render.status import status
from mktexec.render.terminal import Screen
from mktexec.rules import RULES, Rule, When
from mktexec.session import open_session
from mktexec.views.findings import by_urgency, finding_rows
from mktexec.views.status import status_view

DOCS = ROOT / "docs"
GUIDE, SHOWN_RULE = ROOT / "CONTRIBUTING.md", "task-no-deliverable"
EXAMPLE = ROOT / "plans" / "examples" / "q3-2024-launch"
DAY = "2024-07-22"
PICTURE_COLUMNS = 96
GANTT = "mktexec gantt plans/examples/double-11 --as-of 2026-10-16 --by department --format svg"
GENERATED = "<!-- made by `make docs`; not edited by hand -->\n\n"


def pages() -> dict[Path, str]:
    """Return every page with the text that it ought to have."""
    found = {EXAMPLE / "plan.schema.json": dumps(json_schema("zh")), GUIDE: guide()}
    for lang in LANGS:
        end = "" if lang == "en" else f".{lang}"
        found[DOCS / f"format{end}.md"] = GENERATED + docs_format.page(lang)
        found[DOCS / f"rules{end}.md"] = GENERATED + rules(lang)
        found[DOCS / f"commands{end}.md"] = GENERATED + commands(lang)
        found[DOCS / f"status{end}.svg"] = picture(lang)
        found[DOCS / f"gantt{end}.svg"] = run(GANTT, lang)
        readme = ROOT / f"README{end}.md"
        found[readme] = renewed(readme, lang)
    return found


def guide() -> str:
    """Return the contributors' guide with its example of a rule as it is."""
    check = RULES[SHOWN_RULE].check
    fixture = ROOT / "tests" / "rules" / SHOWN_RULE / "bad.yaml"
    shown = {"python": getsource(check) if check else "", "yaml": fixture.read_text(encoding="utf-8")}
    text = GUIDE.read_text(encoding="utf-8")
    for language, code in shown.items():
        block = re.compile(rf"^( *)```{language}\n.*?^ *```$", re.MULTILINE | re.DOTALL)
        text = block.sub(partial(_fence, language, code), text)
    return text


def _fence(language: str, code: str, old: re.Match[str]) -> str:
    return indent(f"```{language}\n{code}```", old[1])


def commands(lang: Lang) -> str:
    """Return the help of every command."""
    parts = [f"# {T('Commands', '命令').say(lang)}", _help("mktexec", lang)]
    for name in COMMANDS:
        parts += [f"## {name}", _help(f"mktexec {name}", lang)]
    return "\n\n".join(parts) + "\n"


def _help(command: str, lang: Lang) -> str:
    return f"```text\n{run(f'{command} --help', lang).rstrip()}\n```"


RULES_INTRO = T(
    "Every finding has a code, a level and a place in the plan. Levels, the worst first: {levels}. What a "
    "sentence takes from the plan stands in ‹brackets›. `mktexec explain CODE` shows the same on a screen. "
    "Numbers of days and shares are defaults; a plan changes them under [thresholds](format.md#thresholds)."
    "\n\nThe sources are five practice guides: A a company-wide standard process, B a kit from strategy to "
    "ground, C a kit for single activities, D a tracking record, E a company's implementing rules.",
    "每条发现都有代码、级别和在计划中的位置。级别从高到低：{levels}。句中取自计划的内容写在‹尖括号›中。"
    "在终端运行 `mktexec explain 代码` 可看到同样的内容。天数和比例均为默认值，"
    "可在计划的 [thresholds](format.zh.md#thresholds) 中修改。"
    "\n\n出处为五份实务资料：A 营销策略执行流程标准化工具，B 市场策略实施落地辅助器，"
    "C 营销活动策划方案执行流程管理工具，D 市场营销策略执行跟踪记录表，E 企业市场营销策略实施细则。",
)
GROUPS = {
    "check": T("Found by check, whatever the day", "由 check 检查，与日期无关"),
    "warn": T("Found by warn, as of a day", "由 warn 检查，截至某日"),
    "after": T("Found of other findings", "针对其他发现"),
    "fault": T("Faults of the text and of its values", "文本与取值的错误"),
}


def _group(one: Rule) -> str:
    return one.when.value if one.check or one.when is When.AFTER else "fault"


def rules(lang: Lang) -> str:
    """Return the catalogue of rules."""
    levels = [f"`{level.key}` {level.label.zh}" if lang == "zh" else f"`{level.key}`" for level in Level]
    parts = [f"# {T('Rules', '规则').say(lang)}", RULES_INTRO.say(lang, {"levels": levels[::-1]})]
    for group, title in GROUPS.items():
        parts.append(f"## {title.say(lang)}")
        parts += [_rule(one, lang) for one in RULES.values() if _group(one) == group]
    return "\n\n".join(parts) + "\n"


def _rule(one: Rule, lang: Lang) -> str:
    level = f"`{one.level.key}`" + (f" {one.level.label.zh}" if lang == "zh" else "")
    rows = [
        (T("Level", "级别"), level),
        (T("Says", "内容"), shape(one.message.say(lang))),
        (T("Why", "原因"), one.why.say(lang)),
        (T("Do", "处理"), shape(one.hint.say(lang))),
        (T("Source", "出处"), _guides(one.source, lang)),
    ]
    colon = T(": ", "：").say(lang)
    lines = [f"- **{label.say(lang)}**{colon}{_escaped(text)}" for label, text in rows if text]
    return "\n".join([f"### {one.code}", "", *lines])


def _guides(source: str, lang: Lang) -> str:
    """Return the guides that a rule comes from: ``3: goal vague (A, B, D)`` gives A, B, D."""
    found = re.search(r"\(([A-E](?:, [A-E])*)\)$", source)
    return shown(found[1].split(", "), lang) if found else ""


def _escaped(text: str) -> str:
    for mark in "<*":
        text = text.replace(mark, "\\" + mark)
    return text


def picture(lang: Lang) -> str:
    """Return the status screen of the example as a picture."""
    session = open_session(EXAMPLE, DAY, lang)
    view = status_view(session.plan, session.schedule, session.assessment, lang)
    rows = by_urgency(finding_rows(session.warned, None, lang))
    screen = Screen(PICTURE_COLUMNS, colour=True, blocks=True)
    lines = status(view, rows, lang, screen)
    return drawn(lines, PICTURE_COLUMNS, f"mktexec status --as-of {DAY} --lang {lang}")


def main() -> None:
    """Write the pages that differ."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
