"""The Gantt chart as a picture in SVG, and as a page in HTML that prints on A4 and A3."""

from typing import NamedTuple

from mktexec.i18n import Lang, plural
from mktexec.i18n import Text as T
from mktexec.render.svg.arrows import Arrow, arrow
from mktexec.render.svg.axis import bands
from mktexec.render.svg.drawing import Box, Label, Scale, cut, plain
from mktexec.render.svg.header import Header, header
from mktexec.render.svg.legend import Legend, legend
from mktexec.render.svg.page import page
from mktexec.render.svg.rows import ROW, Row, Sheet, columns, rows
from mktexec.views.gantt import Gantt

WIDTH, MARGIN = 1400.0, 12.0
NAME = 21.0  # the size of the title, with room for its being bold
SIDE = 12.0  # room beside the first and the last day, for arrows and milestones
PAGE = 956.0  # height of an A4 page across between its margins, where WIDTH is its width
HEADING = 82.0  # of that, the heading on the first page


class _Words:
    """The words of the chart."""

    chart = T("Gantt chart: {title}", "甘特图：{title}")
    heads = T("Id", "编号"), T("Task", "任务"), T("Owner", "负责人")
    none = T("No tasks in this period.", "该时间段内没有任务。")
    under = T("{first} → {last}, as of {day}, {tasks}", "{first} → {last}，截至 {day}，共 {tasks}")


W = _Words


class Page(NamedTuple):
    """The rows of one printed page, from ``y`` on."""

    y: float
    height: float


class Drawing(NamedTuple):
    """The chart as shapes: a header, and a body whose coordinates begin at its own top."""

    width: float
    height: float
    left: float
    title: str
    under: str
    name: str
    heads: list[Label]
    header: Header
    off: list[Box]
    rows: list[Row]
    arrows: list[Arrow]
    legend: Legend
    nothing: str


def svg(view: Gantt, lang: Lang) -> str:
    """Return the chart as an SVG document of its own."""
    return page("gantt.svg.j2", lang, d=drawing(view, lang), row_height=ROW)


def html(view: Gantt, lang: Lang) -> str:
    """Return the chart as an HTML page that needs nothing else."""
    found = drawing(view, lang)
    first = PAGE - HEADING - found.legend.height - found.header.height
    pages = paginate(found.rows, first, PAGE - found.header.height)
    return page("gantt.html.j2", lang, d=found, row_height=ROW, pages=pages)


def drawing(view: Gantt, lang: Lang) -> Drawing:
    """Return the chart as shapes."""
    heads = [text.say(lang) for text in W.heads]
    at = columns(view, MARGIN, (heads[0], heads[1], heads[2]))
    scale = Scale(view.first, view.last, at.end + SIDE, WIDTH - MARGIN - SIDE)
    found, ends = rows(view, Sheet(scale, at, lang))
    height = max(len(found), 1) * ROW
    top = header(view, scale, lang)
    arrows = [arrow(link, ends) for link in view.arrows if link.giver in ends and link.receiver in ends]
    title, off = plain(view.title), bands(view.off, scale, height)
    starts = zip((at.id, at.title, at.owner), heads, strict=True)
    return Drawing(
        width=WIDTH,
        height=height,
        left=MARGIN,
        title=cut(title, WIDTH - 2 * MARGIN, NAME),
        under=_under(view, lang),
        name=W.chart.say(lang, {"title": title}),
        heads=[Label("head", x, top.height - 6, text) for x, text in starts],
        header=top,
        off=off,
        rows=found,
        arrows=[one for one in arrows if one],
        legend=legend(view, lang, MARGIN, WIDTH - MARGIN, off=bool(off)),
        nothing="" if found else W.none.say(lang),
    )


def _under(view: Gantt, lang: Lang) -> str:
    count = sum(len(group.rows) for group in view.groups)
    tasks = plural(count, "task", "tasks") if lang == "en" else f"{count} 项任务"
    days = {"first": view.first, "last": view.last, "day": view.as_of, "tasks": tasks}
    return W.under.say(lang, days)


def paginate(found: list[Row], first: float, room: float) -> list[Page]:
    """Return the pages that hold the rows; no group's heading stands last on a page.

    ``first`` and ``room`` are the heights for rows on the first page and on the others.
    """
    pages: list[Page] = []
    start, count = 0, max(1, int(first // ROW))
    while start < len(found):
        end = min(start + count, len(found))
        while start + 1 < end < len(found) and found[end - 1].kind == "group":
            end -= 1
        pages.append(Page(start * ROW, (end - start) * ROW))
        start, count = end, max(1, int(room // ROW))
    return pages or [Page(0.0, ROW)]
