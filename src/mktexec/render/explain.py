"""Explanations on the terminal."""

from mktexec.columns import width
from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.findings import STYLES
from mktexec.render.terminal import Line, Span, clean, pad, wrap
from mktexec.rules import Rule, When
from mktexec.views.explain import Explanation

FOUND_BY = {
    When.CHECK: "mktexec check",
    When.WARN: "mktexec warn",
    When.AFTER: "mktexec check, mktexec warn",
}


def rule(one: Rule, lang: Lang, columns: int) -> list[Line]:
    """Return a rule's page: what, why, what to do, where it comes from."""
    head: Line = [Span(one.code, "bold")]
    for level in one.levels:
        head += [Span("  "), Span(level.label.say(lang), STYLES[level])]
    rows = [
        (T("What", "内容"), shape(one.message.say(lang))),
        (T("Why", "原因"), one.why.say(lang)),
        (T("Do", "处理"), shape(one.hint.say(lang))),
        (T("Found by", "发现方式"), FOUND_BY[one.when]),
    ]
    return [head, *_pairs([(label.say(lang), text) for label, text in rows], columns)]


def shape(template: str) -> str:
    """Return a rule's sentence with the names of its figures."""
    return template.format_map(_Names())


class _Names(dict[str, str]):
    """Gives every name as one."""

    def __missing__(self, key: str) -> str:
        return f"‹{key}›"


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
