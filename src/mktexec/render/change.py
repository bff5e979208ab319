"""A change on the terminal: what was done, the lines that differ, what follows from it."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from mktexec.i18n import Lang, plural
from mktexec.i18n import Text as T
from mktexec.render.say import Say
from mktexec.render.terminal import Line, Screen, Span, clean, wrap
from mktexec.views.effect import Effect, Tone
from mktexec.views.lines import FileChange, Hunk

MOST_LINES, MOST_EFFECTS = 20, 6
REMOVED, ADDED = "red", "green"
DIFFERENT = " bold underline"
STYLES = {Tone.WORSE: "red", Tone.CHANGED: "", Tone.BETTER: "green"}
ENDED = T("(now ends its line)", "（补上了行尾换行）")
UNENDED = T("(no longer ends its line)", "（行尾换行已去掉）")
UNSEEN = T("(only its end or what is not shown)", "（仅行尾或不可见字符有变）")


def change_page(
    about: str,
    changes: Sequence[FileChange],
    effects: Sequence[Effect],
    lang: Lang,
    to: Screen,
    *,
    every: bool,
) -> list[Line]:
    """Return what was done, the lines that differ, and its effects; ``every`` shows all of them."""
    say = Say(lang, to)
    lines: list[Line] = [[Span(part, "bold")] for part in wrap(clean(about), to.columns)]
    room = sum(len(hunk.removed) + len(hunk.added) for change in changes for hunk in change.hunks)
    hidden = 0 if every else room - MOST_LINES
    room = room if every else MOST_LINES
    for change in changes:
        for hunk in change.hunks:
            if room > 0:
                shown = _shortened(hunk, room)
                room -= len(shown.removed) + len(shown.added)
                lines += [[Span(clean(f"{change.file}:{hunk.new}"), "dim")], *_differing(shown, say)]
    if hidden > 0:
        more = T(f"and {plural(hidden, 'more line', 'more lines')}", f"另有 {hidden} 行")
        lines.append([Span(say(more), "dim")])
    return lines + _effects(effects, say, every=every)


def _shortened(hunk: Hunk, room: int) -> Hunk:
    """Return the first lines of a hunk, as many of each side as there is room for."""
    added = min(len(hunk.added), max(room // 2, room - len(hunk.removed)))
    return hunk._replace(removed=hunk.removed[: room - added], added=hunk.added[:added])


def _differing(hunk: Hunk, say: Say) -> Iterator[Line]:
    """Yield the lines of a hunk; of lines that stand for each other the part that differs stands out."""
    old, new = ([clean(line.rstrip("\r\n")) for line in side] for side in (hunk.removed, hunk.added))
    paired = len(old) == len(new)
    for index, line in enumerate(old):
        other = new[index] if paired else line
        yield [Span("- ", REMOVED), *_marked(line, other, REMOVED)]
    for index, line in enumerate(new):
        other = old[index] if paired else line
        note = _unseen(hunk.removed[index], hunk.added[index], say) if index < len(old) else []
        yield [Span("+ ", ADDED), *_marked(line, other, ADDED), *note]


def _marked(line: str, other: str, style: str) -> Line:
    """Return a line whose middle, where it differs from ``other``, stands out."""
    start = _common(line, other)
    end = _common(line[start:][::-1], other[start:][::-1])
    stop = len(line) - end
    if line == other or not (line[:start] + line[stop:]).strip():  # the same, or another line altogether
        return [Span(line, style)]
    parts = (Span(line[:start], style), Span(line[start:stop], style + DIFFERENT), Span(line[stop:], style))
    return [part for part in parts if part.text]


def _common(one: str, two: str) -> int:
    """Return how many characters are the same from the beginning on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _unseen(old: str, new: str, say: Say) -> Line:
    """Return a note where two lines differ in nothing that is shown."""
    if clean(old.rstrip()) != clean(new.rstrip()):
        return []
    ended, was = (line.endswith(("\r", "\n")) for line in (new, old))
    text = UNSEEN if ended == was else ENDED if ended else UNENDED
    return [Span("  " + say(text), "dim")]


def _effects(effects: Sequence[Effect], say: Say, *, every: bool) -> list[Line]:
    lines: list[Line] = []
    shown = effects if every else effects[:MOST_EFFECTS]
    for one in shown:
        first, *rest = wrap(clean(one.text.say(say.lang)), say.columns - 2)
        lines.append([Span("→ "), Span(first, STYLES[one.tone])])
        lines += [[Span("  "), Span(part, STYLES[one.tone])] for part in rest]
    return lines + say.more(len(effects) - len(shown), "mktexec status")
