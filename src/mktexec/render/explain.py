"""Explanations on the terminal."""

import re

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.findings import STYLES
from mktexec.render.terminal import Line, Span, clean, pad, width, wrap
from mktexec.rules import Rule, When
from mktexec.views.explain import Explanation

WHO = {When.CHECK: T("found by check", "由 check 检查"), When.WARN: T("found by warn", "由 warn 检查")}


def rule(one: Rule, lang: Lang, columns: int) -> list[Line]:
    """Return a rule's page: what, why, what to do, where it comes from."""
    head: Line = [Span(one.code, "bold"), Span("  "), Span(one.level.label.say(lang), STYLES[one.level])]
    rows = [
        (T("What", "内容"), _shape(one.message.say(lang))),
        (T("Why", "原因"), one.why.say(lang)),
        (T("Do", "处理"), _shape(one.hint.say(lang))),
        (T("By", "检查"), WHO[one.when].say(lang)),
    ]
    return [head, *_pairs([(label.say(lang), text) for label, text in rows], columns)]


def _shape(template: str) -> str:
    """Return a rule's sentence with an ellipsis for each figure."""
    return re.sub(r"\{\w+\}", "...", template)


def facts(explanation: Explanation, columns: int) -> list[Line]:
    """Return an entry's explanation."""
    return [[Span(clean(explanation.title), "bold")], *_pairs(explanation.facts, columns)]


def _pairs(pairs: list[tuple[str, str]], columns: int) -> list[Line]:
    label = max(width(name) for name, _ in pairs)
    lines: list[Line] = []
    for name, text in pairs:
        parts = wrap(clean(text), columns - label - 4)
        lines.append([Span("  "), Span(pad(name, label), "dim"), Span("  " + parts[0])])
        lines += [[Span(" " * (label + 4) + part)] for part in parts[1:]]
    return lines
