"""The Gantt chart on the terminal: header, one row a task, legend."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from mktexec.columns import width
from mktexec.i18n import Lang, percent
from mktexec.i18n import Text as T
from mktexec.render.gantt.axis import Axis, Zoom, axis
from mktexec.render.gantt.bars import ASCII, BLOCKS, Cells, Marks, bar, hand_over, summary
from mktexec.render.gantt.head import Head, head
from mktexec.render.say import Say
from mktexec.render.terminal import Line, Screen, Span, clean, fit, pad
from mktexec.views.gantt import DAY, Gantt, GanttRow

NARROW, WIDE = 60, 100  # columns from which on progress, and owners, have room
LEAST_TITLE, MOST_ID, MOST_OWNER = 12, 10, 12
SHARE = 4  # columns of a percentage
GAP = 2
CRITICAL = "*"


class _Words:
    """The chart's words."""

    as_of = T("as of {day}", "截至 {day}")
    cut = T(
        "there is room up to {last}; for the rest: --from {following}",
        "屏幕宽度只够显示到 {last}，其余请加 --from {following}",
    )
    none = T("no tasks in these days", "该时间段内没有任务")
    more = T("named days left out: {count}", "另有 {count} 个关键日期未列出")
    heads = (T("Id", "编号"), T("Task", "任务"), T("Owner", "负责人"), T("Done", "进度"))
    critical = T("critical path", "关键路径")


W = _Words
BY = {
    "day": T("{first} → {last}, by day", "{first} → {last}，按天"),
    "week": T("{first} → {last}, by week", "{first} → {last}，按周"),
    "month": T("{first} → {last}, by month", "{first} → {last}，按月"),
}
LEGEND = (
    ("planned", T("planned", "计划")),
    ("done", T("done", "已完成")),
    ("todo", T("to do", "待完成")),
    ("late_done", T("done past its planned end", "超期已做")),
    ("late_todo", T("to do past its planned end", "超期待做")),
    ("open", T("milestone", "关键节点")),
    ("reached", T("milestone reached", "已达成的节点")),
    ("past", T("recurring, past", "周期任务（已过）")),
    ("coming", T("recurring, to come", "周期任务（未到）")),
    ("handover", T("hand-over to others", "跨部门交接")),
    ("cancelled", T("cancelled", "已取消")),
)


class Sizes(NamedTuple):
    """The widths of the columns beside the chart; 0 leaves one out."""

    id: int
    title: int
    owner: int
    share: int

    @property
    def name(self) -> int:
        """What a group's title may take: everything before the percentage."""
        return len(CRITICAL) + 1 + self.id + 1 + self.title + (GAP + self.owner if self.owner else 0)

    @property
    def whole(self) -> int:
        """All columns before the chart."""
        return self.name + (GAP + self.share if self.share else 0) + GAP


def gantt(view: Gantt, lang: Lang, to: Screen, zoom: Zoom | None = None) -> list[Line]:
    """Return the chart as fine as there is room for, or by ``zoom`` and then as far as there is."""
    say, marks = Say(lang, to), BLOCKS if to.blocks else ASCII
    rows = [row for group in view.groups for row in group.rows]
    sizes = _sizes(rows, say)
    of = axis(view.first, view.last, say.columns - sizes.whole, zoom)
    longest = max((width(clean(row.title)) for row in rows), default=0)
    spare = say.columns - sizes.whole - of.size
    sizes = sizes._replace(title=max(sizes.title, min(longest, sizes.title + spare)))
    top = head(view, of, marks, lang)
    body = list(_body(view, of, marks, top.base, sizes))
    lines = [
        *_title(view, of, say),
        *_header(top, sizes, say),
        *([*name, *_runs(cells)] for name, cells in body),
    ]
    if not body:
        lines.append([Span("  " + say(W.none), "dim")])
    legend = _legend([cells for _, cells in body], marks, say, critical=any(row.critical for row in rows))
    return lines + legend + _notes(view, of, top, say)


def _sizes(rows: Sequence[GanttRow], say: Say) -> Sizes:
    """Return the widths beside the chart, which gets the most of the screen."""

    def longest(title: T, texts: Iterable[str], most: int) -> int:
        return min(max([width(say(title)), *(width(clean(text)) for text in texts)]), most)

    ids, tasks, owners, _ = W.heads
    return Sizes(
        longest(ids, (row.id for row in rows), MOST_ID),
        longest(tasks, (row.title for row in rows), max(LEAST_TITLE, say.columns // 4)),
        longest(owners, (row.owner for row in rows), MOST_OWNER) if say.columns >= WIDE else 0,
        SHARE if say.columns >= NARROW else 0,
    )


def _title(view: Gantt, of: Axis, say: Say) -> list[Line]:
    day = say(W.as_of, day=view.as_of)
    title = fit(clean(view.title), say.columns - width(day) - GAP)
    gap = " " * max(GAP, say.columns - width(title) - width(day))
    window = say(BY[of.zoom], first=view.first, last=min(view.last, of.lasts[-1]))
    return [[Span(title, "bold"), Span(gap), Span(day, "dim")], [Span(window, "dim")], []]


def _header(top: Head, sizes: Sizes, say: Say) -> list[Line]:
    texts = [Span(" "), *(Span(say(title), "dim") for title in W.heads)]
    above, below = top.periods
    empty = Span(" " * sizes.whole)
    lines = [[empty, *_runs(above)], [*_beside(texts, sizes), *_runs(below)]]
    return lines + [[empty, *_runs(lane)] for lane in top.lanes]


def _beside(texts: Sequence[Span], sizes: Sizes) -> Line:
    """Return what stands beside the chart: mark, id, title, owner and progress."""
    mark, key, title, owner, share = texts
    line = [mark, Span(" "), _padded(key, sizes.id), Span(" "), _padded(title, sizes.title)]
    if sizes.owner:
        line += [Span(" " * GAP), _padded(owner, sizes.owner)]
    if sizes.share:
        line += [Span(" " * GAP), Span(pad(share.text, sizes.share, "right"), share.style)]
    return [*line, Span(" " * GAP)]


def _padded(span: Span, columns: int) -> Span:
    return Span(pad(span.text, columns), span.style)


def _runs(cells: Cells) -> Line:
    """Return cells as spans of one style each."""
    return [
        Span("".join(cell.text for cell in run), style)
        for style, run in groupby(cells, lambda one: one.style)
    ]


def _body(view: Gantt, of: Axis, marks: Marks, base: Cells, sizes: Sizes) -> Iterable[tuple[Line, Cells]]:
    """Yield a line for every group with a title and for every task that has something within the columns."""
    first, last = of.firsts[0], of.lasts[-1]
    giving = {arrow.giver for arrow in view.arrows if arrow.handover}
    for group in view.groups:
        rows = [row for row in group.rows if any(a <= last and first <= b for a, b in row.spans)]
        if rows and group.title:
            name = Span(pad(clean(group.title), sizes.name), "bold")
            share = f"{' ' * GAP}{percent(group.progress):>{sizes.share}}" if sizes.share else ""
            yield [name, Span(share + " " * GAP)], summary(group, of, marks, base, view.as_of)
        for row in rows:
            cells = bar(row, of, marks, base, view.as_of)
            if row.id in giving:
                hand_over(cells, row, of, marks)
            yield _beside(_texts(row, marks), sizes), cells


def _texts(row: GanttRow, marks: Marks) -> list[Span]:
    quiet = "dim" if row.done or row.cancelled else ""
    critical = row.critical and not row.cancelled
    return [
        Span(CRITICAL if critical else " ", "bold"),
        Span(clean(row.id), quiet or ("bold" if critical else "")),
        Span(clean(row.title), quiet),
        Span(clean(row.owner), quiet),
        Span(marks.cancelled if row.cancelled else percent(row.progress), quiet),
    ]


def _legend(body: Iterable[Cells], marks: Marks, say: Say, *, critical: bool) -> list[Line]:
    """Return what the characters in ``body`` mean, an item never broken."""
    used = {cell.text for cells in body for cell in cells}
    items = [f"{getattr(marks, key)} {say(text)}" for key, text in LEGEND if getattr(marks, key) in used]
    items += [f"{CRITICAL} {say(W.critical)}"] if critical else []
    lines: list[str] = []
    for item in items:
        if lines and width(lines[-1]) + GAP + width(item) <= say.columns:
            lines[-1] += " " * GAP + item
        else:
            lines.append(fit(item, say.columns))
    return [[], *([Span(line, "dim")] for line in lines)] if lines else []


def _notes(view: Gantt, of: Axis, top: Head, say: Say) -> list[Line]:
    notes = []
    last = of.lasts[-1]
    if last < view.last:
        notes.append(say(W.cut, last=last, following=last + DAY))
    if top.left_out:
        notes.append(say(W.more, count=top.left_out))
    return [line for text in notes for line in say.lines(text, "dim")]
