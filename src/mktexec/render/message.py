"""One message as it is sent: a subject and a plain text, and both on the terminal.

Chats read mentions and tags in plain text, too. Every @, and the < of what may be a tag, is sent as a
full-width sign, so that a title calls nobody and links nowhere.
"""

import re

from mktexec.columns import width
from mktexec.findings import Level
from mktexec.i18n import Lang, plural, shown
from mktexec.i18n import Text as T
from mktexec.render.findings import summary
from mktexec.render.terminal import Line, Span, clean, fit, pad, wrap
from mktexec.rules import RULES, When
from mktexec.views.findings import FindingRow
from mktexec.views.messages import Message

MOST = 20  # findings; a longer message is not read, and chats refuse it
TITLE = 60  # columns
TAG = re.compile(r"<(?=[!@#/?\w])")
HEAD = T(
    "{name}: {count} as of {day} in '{title}'",
    "{name}：截至 {day}，「{title}」新增 {count} 项待处理事项",
)
ANSWER_BY = T("answer by {day}: mktexec ack {key}", "请于 {day} 前响应：mktexec ack {key}")
ANSWER = T("to answer: mktexec ack {key}", "如需响应：mktexec ack {key}")
MORE = T("{n} more: mktexec warn", "另有 {n} 项，查看：mktexec warn")
NO_NAME = T("(no name of a variable)", "（不是变量名）")
NO_CHANNEL = T("no channel", "没有设置通知方式")
NAMED = T("{name} ({id})", "{name}（{id}）")
TO, OVER, SUBJECT = T("To", "收件人"), T("Over", "通过"), T("Subject", "主题")
INDENT = 4


def subject(message: Message, lang: Lang) -> str:
    """Return the subject: the campaign, and how much of what level."""
    title = fit(_tame(message.title), TITLE)
    return f"[mktexec] {title}" + T(": ", "：").say(lang) + summary(message.rows, lang)


def text(message: Message, lang: Lang) -> str:
    """Return the text: what is new, what to do next, by when and how to answer."""
    count = len(message.rows)
    params = {
        "name": message.name,
        "day": message.as_of,
        "title": message.title,
        "count": T(plural(count, "new finding", "new findings"), str(count)),
    }
    blocks = [_tame(HEAD.say(lang, params))]
    blocks += ["\n".join(map(_tame, _block(row, lang))) for row in message.rows[:MOST]]
    if count > MOST:
        blocks.append(MORE.say(lang, {"n": count - MOST}))
    return "\n\n".join(blocks) + "\n"


def _block(row: FindingRow, lang: Lang) -> list[str]:
    lines = [f"[{row.level.label.say(lang)}] {row.message}", "→ " + row.hint]
    if RULES[row.code].when is When.AFTER:  # answered by answering what it names
        return lines
    if row.level is not Level.ERROR:
        answer = ANSWER_BY if row.answer_by else ANSWER
        return [*lines, answer.say(lang, {"day": row.answer_by, "key": row.key})]
    return [*lines, f"{row.place.file}:{row.place.line}:{row.place.column}"] if row.place else lines


def _tame(text: str) -> str:
    """Return plan text as one line that no chat takes for a mention or a tag."""
    return TAG.sub("＜", clean(text)).replace("@", "＠")


def named(message: Message, lang: Lang) -> str:
    """Return whom a message is for: the name, and the id where that is another."""
    if message.name == message.to:
        return clean(message.name)
    return clean(NAMED.say(lang, {"name": message.name, "id": message.to}))


def preview(message: Message, lang: Lang, columns: int) -> list[Line]:
    """Return a message as it would be sent, and over which variables."""
    over = [one or NO_NAME for one in message.over] or NO_CHANNEL
    head = [(TO, named(message, lang)), (OVER, clean(shown(over, lang))), (SUBJECT, subject(message, lang))]
    room = max(width(label.say(lang)) for label, _ in head) + 2
    lines: list[Line] = []
    for label, value in head:
        first, *more = wrap(value, columns - room)
        lines.append([Span(pad(label.say(lang), room), "dim"), Span(first, "bold")])
        lines += [[Span(" " * room), Span(part, "bold")] for part in more]
    for line in ["", *text(message, lang).splitlines(), ""]:
        lines += [[Span(" " * INDENT), Span(part)] for part in wrap(line, columns - INDENT)]
    return lines
