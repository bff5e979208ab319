"""Mermaid for the Gantt chart and the flow chart; plan text is escaped, so it is never syntax.

Entity codes (``#58;``) are shown as the character by every diagram and are the only escape that
all of them have. Mermaid reads keywords and dates at the start of a Gantt line, ``%%{`` and
``direction TB`` anywhere, even within quotes. In a flow chart's labels it reads Markdown too and,
entities or not, formulas, icons and line breaks, which only a character that nobody sees prevents.
"""

import re
from collections.abc import Iterator

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.terminal import clean
from mktexec.views.flow import NOTHING, Flow, FlowArrow, FlowBox
from mktexec.views.gantt import Gantt, GanttRow

HARMLESS = r"[,()]|(?<=\w)[-.](?=\w)"
SPECIAL = re.compile(rf"(?!{HARMLESS})[!-/:-@\[-`{{-~]|d(?=irection\s)", re.IGNORECASE)
MAGIC = re.compile(r"(?<=\$)(?=\$)|(?<=:)(?=fa-)|(?<=\\)(?=n)")
JOINER = "\u2060"
STATEMENT = re.compile(r"[A-Za-z]{3}|[0-9]{4}-")
NAMELESS = "–"
DAYS = T("Key days", "关键日期")
EXPECTED = T("{title} (expected {day})", "{title}（预计 {day}）")
ENDED = T("{title} (done {day})", "{title}（{day} 完成）")
CANCELLED = T("{title} (cancelled)", "{title}（已取消）")
HANDED, LATE, QUIET = "stroke:#7b4fb0,stroke-width:2px", "stroke:#b23f27,stroke-width:3px", "stroke:#8794a4"
DONE = "fill:#d9ece6,stroke:#2f7d6b,color:#1f2933"


def escape(text: str) -> str:
    """Return plan text as one line that Mermaid shows as it is; it may not begin a Gantt line."""
    return SPECIAL.sub(lambda found: f"#{ord(found[0])};", clean(text))


def gantt(view: Gantt, lang: Lang) -> str:
    """Return the chart; a bar is what was promised, and a later end is told in its title.

    Mermaid cannot draw both, nor the days off, arrows and days of recurring tasks.
    """
    lines = ["gantt"]
    if title := escape(view.title).strip():
        lines.append(f"  title {title}")
    lines += ["  dateFormat YYYY-MM-DD", "  inclusiveEndDates", "  axisFormat %m-%d", "  todayMarker off"]
    for group in view.groups:
        if title := escape(group.title).strip():
            lines.append(f"  section {title}")
        lines += [_bar(row, lang) for row in group.rows]
    if view.marks:
        lines.append(f"  section {DAYS.say(lang)}")
        lines += [f"  {_at_start(escape(mark.title))} :milestone, {mark.day}, 0d" for mark in view.marks]
    return "\n".join(lines) + "\n"


def _bar(row: GanttRow, lang: Lang) -> str:
    start, end = row.planned or row.forecast
    when = [f"{end}", "0d"] if row.milestone else [f"{start}", f"{end}"]
    title = _at_start(escape(_title(row, lang)))
    return f"  {title} :{', '.join([*_tags(row), *when])}"


def _tags(row: GanttRow) -> Iterator[str]:
    if row.done or row.cancelled:
        yield "done"
    elif row.actual:
        yield "active"
    if row.critical:
        yield "crit"
    if row.milestone:
        yield "milestone"


def _title(row: GanttRow, lang: Lang) -> str:
    title = f"{row.id} {row.title}"
    if row.cancelled:
        return CANCELLED.say(lang, {"title": title})
    if row.planned and row.forecast[1] > row.planned[1]:
        return (ENDED if row.done else EXPECTED).say(lang, {"title": title, "day": row.forecast[1]})
    return title


def _at_start(text: str) -> str:
    """Return escaped text so that it can begin a line of a Gantt chart, which must not be empty."""
    text = text.strip() or NAMELESS
    return f"#{ord(text[0])};{text[1:]}" if STATEMENT.match(text) else text


def flow(view: Flow, lang: Lang) -> str:
    """Return the hand-overs between departments, one part of the chart each."""
    lines = ["flowchart LR"]
    if not view.boxes:
        lines.append(f'  nothing["{NOTHING.say(lang)}"]')
    number = {box.id: f"t{count}" for count, box in enumerate(view.boxes, 1)}
    for lane, title in enumerate(view.lanes):
        lines.append(f'  subgraph d{lane + 1}["{_shown(title).strip() or NAMELESS}"]')
        lines += [f"    {number[box.id]}{_label(box)}" for box in view.boxes if box.lane == lane]
        lines.append("  end")
    lines += [f"  {number[one.giver]} {_link(one, lang)} {number[one.receiver]}" for one in view.arrows]
    lines += _styles(view)
    if done := [number[box.id] for box in view.boxes if box.done]:
        lines += [f"  classDef done {DONE}", f"  class {','.join(done)} done"]
    return "\n".join(lines) + "\n"


def _label(box: FlowBox) -> str:
    under = " · ".join(str(part) for part in (box.owner, box.end) if part)
    return f'["{_shown(f"{box.id} {box.title}")}{"<br/>" if under else ""}{_shown(under)}"]'


def _shown(text: str) -> str:
    """Return plan text for a label of a flow chart."""
    return escape(MAGIC.sub(JOINER, clean(text)))


def _link(arrow: FlowArrow, lang: Lang) -> str:
    if arrow.passing is None:
        return "-.->"
    return f'-->|"{escape(arrow.passing.brief(lang))}"|'


def _styles(view: Flow) -> Iterator[str]:
    """Yield the looks of the arrows; Mermaid counts them in the order in which they are written."""
    looks: dict[str, list[str]] = {HANDED: [], LATE: [], QUIET: []}
    for count, arrow in enumerate(view.arrows):
        late = arrow.passing is not None and arrow.passing.days_late > 0
        looks[LATE if late else HANDED if arrow.passing else QUIET].append(str(count))
    for look, arrows in looks.items():
        if arrows:
            yield f"  linkStyle {','.join(arrows)} {look}"
