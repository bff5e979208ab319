"""Rules on what a plan says of rules: their levels, and answers to their findings."""

from collections.abc import Iterator

from mktexec.findings import Level
from mktexec.i18n import Text as T
from mktexec.rules.registry import RULES, Facts, Hit, rule
from mktexec.source import Path
from mktexec.suggest import did_you_mean


@rule(
    "unknown-rule",
    Level.ERROR,
    message=T("there is no rule {code}", "没有名为 {code} 的规则"),
    hint=T("see docs/rules.md for all of them", "全部规则见 docs/rules.zh.md"),
    why=T(
        "A level or an answer for a misspelt rule changes nothing, and nobody notices.",
        "规则名写错，级别设置或响应就不起作用，也无人察觉。",
    ),
)
def unknown_rule(facts: Facts) -> Iterator[Hit]:
    """Levels are set, and answers given, for rules that exist."""
    for path, code in _named(facts):
        if code not in RULES:
            yield Hit(path, {"code": code}, hint=did_you_mean(code, RULES))


def _named(facts: Facts) -> Iterator[tuple[Path, str]]:
    for code in facts.plan.rules:
        yield ("rules", code), code
    for key, one in facts.plan.acknowledgements.items():
        yield ("acknowledgements", key, "finding"), one.finding


@rule(
    "rule-fixed",
    Level.ERROR,
    message=T("{code} is an error, and errors have no other level", "{code} 属于错误，级别不可更改"),
    hint=T("correct what it finds, and take this line out", "请修正其发现的问题，并删除本行"),
    why=T("With an error the plan gives no figures.", "存在错误的计划无法得出数字。"),
)
def rule_fixed(facts: Facts) -> Iterator[Hit]:
    """Errors are neither softened nor switched off."""
    for code in facts.plan.rules:
        if code in RULES and RULES[code].level is Level.ERROR:
            yield Hit(("rules", code), {"code": code})
