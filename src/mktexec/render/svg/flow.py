"""The flow chart as a picture in SVG: a lane for every department, arrows for what passes on."""

from collections.abc import Iterator
from typing import NamedTuple

from mktexec.i18n import Lang, plural
from mktexec.i18n import Text as T
from mktexec.render.svg.drawing import Box, Label, cut, length, near, plain
from mktexec.render.svg.flow_layout import BESIDE, BOX_WIDTH, HEAD, Place, Point, layout
from mktexec.render.svg.page import page
from mktexec.render.terminal import wrap
from mktexec.views.flow import CHAIN, NOTHING, TITLE, Flow, FlowArrow, Passing

MARGIN, LANE_HEAD, LEAST_WIDTH = 16.0, 128.0, 720.0
TOP, LINE = 64.0, 16.0
NAME, LANE, TEXT, SMALL = 19.0, 13.0, 12.0, 11.0  # sizes of type
BOLD = 1.08  # times as long as plain type
PAD = 9.0  # between a box and its text
TITLE_LINES = 3
HALF_HEAD = 3.5
SAMPLE, BETWEEN = 34.0, 26.0  # a sample in the legend, and the room between two


class _Words:
    """The chart's words."""

    name = T("{chart}: {title}", "{chart}：{title}")
    under = T("as of {day}, {handovers}, {late} late", "截至 {day}，共 {handovers}，{late} 次延迟")
    handover = T("hand-over: planned day · agreed response time", "跨部门交接：计划日期 · 约定响应时限")
    late = T("late hand-over", "延迟的交接")
    quiet = T("work that stays in the department", "部门内的工作衔接")
    done = T("task done", "已完成的任务")
    chain = T("{name}: {steps}", "{name}：{steps}")
    step = T(" → {unit} ({day})", " → {unit}（{day}）")
    ready = T("done", "已完成")


W = _Words


class Lane(NamedTuple):
    """A department's lane."""

    kind: str
    y: float
    height: float
    labels: list[Label]
    tip: str


class Task(NamedTuple):
    """A task's box."""

    kind: str
    box: Box
    labels: list[Label]
    tip: str


class Arrow(NamedTuple):
    """An arrow as two SVG paths, its line and its head, and the text before it."""

    kind: str
    line: str
    head: str
    label: Label | None
    tip: str


class Picture(NamedTuple):
    """The chart as shapes."""

    width: float
    height: float
    lane_head: float
    name: str
    heading: list[Label]
    lanes: list[Lane]
    tasks: list[Task]
    arrows: list[Arrow]
    samples: list[Arrow]
    legend: list[Label]


def svg(view: Flow, lang: Lang) -> str:
    """Return the chart as an SVG document of its own."""
    return page("flow.svg.j2", lang, d=picture(view, lang))


def picture(view: Flow, lang: Lang) -> Picture:
    """Return the chart as shapes."""
    texts = {arrow: arrow.passing.brief(lang) for arrow in view.arrows if arrow.passing}
    lengths = {arrow: length(text, SMALL) for arrow, text in texts.items()}
    found = layout(view, lengths, MARGIN + LANE_HEAD, TOP)
    width = max(found.right + MARGIN, LEAST_WIDTH)
    arrows = [_arrow(arrow, points, texts.get(arrow, ""), lang) for arrow, points in found.arrows]
    samples, legend = _legend(lang, found.bottom + 26, width - MARGIN)
    heading = list(_heading(view, lang, width))
    below = max(one.y for one in legend) + LINE + 6
    if view.chain:
        legend += _chain(view, lang, below, width)
    title = plain(view.title)
    return Picture(
        width,
        max(one.y for one in legend) + MARGIN,
        LANE_HEAD,
        W.name.say(lang, {"chart": TITLE, "title": title}),
        heading,
        [_lane(title, *span) for title, span in zip(view.lanes, found.lanes, strict=True)],
        [_task(place, lang) for place in found.places],
        sorted(arrows, key=lambda one: ("link", "link handover", "link handover late").index(one.kind)),
        samples,
        legend,
    )


def _heading(view: Flow, lang: Lang, width: float) -> Iterator[Label]:
    passings = [arrow.passing for arrow in view.arrows if arrow.passing]
    late = sum(one.days_late > 0 for one in passings)
    count = plural(len(passings), "hand-over", "hand-overs") if lang == "en" else f"{len(passings)} 次交接"
    under = W.under.say(lang, {"day": view.as_of, "handovers": count, "late": late})
    name = W.name.say(lang, {"chart": TITLE, "title": plain(view.title)})
    yield Label("name", MARGIN, 28.0, cut(name, (width - 2 * MARGIN) / BOLD, NAME))
    yield Label("under", MARGIN, 48.0, under if passings else NOTHING.say(lang))


def _lane(title: str, top: float, bottom: float) -> Lane:
    title = plain(title)
    room = int((bottom - top) // LINE) - 1
    lines = _fitted(title, room, (LANE_HEAD - 2 * PAD) / BOLD, LANE)
    first = (top + bottom) / 2 - (len(lines) - 1) * LINE / 2 + LANE / 3
    labels = [Label("title", MARGIN + PAD, near(first + n * LINE), text) for n, text in enumerate(lines)]
    return Lane("lane", near(top), near(bottom - top), labels, title)


def _fitted(text: str, most: int, room: float, size: float) -> list[str]:
    """Return ``text`` in at most ``most`` lines of ``room``; a cut marks what is left out.

    How many columns go into a line depends on the letters.
    """
    lines: list[str] = []
    for columns in range(int(2 * room / size), int(room / size) - 1, -1):
        lines = wrap(text, columns)
        if all(length(line, size) <= room or len(wrap(line, 1)) == 1 for line in lines):
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, room, size) for line in lines]


def _task(place: Place, lang: Lang) -> Task:
    task, room = place.box, BOX_WIDTH - 2 * PAD
    left, right = near(place.x + PAD), near(place.x + BOX_WIDTH - PAD)
    end = f"{'✓ ' if task.done else ''}{task.end or ''}"
    who = plain(f"{task.id} {task.owner}".strip())
    lines = _fitted(plain(task.title), TITLE_LINES, room, TEXT)
    y = place.y - (len(lines) + 1) * LINE / 2 + TEXT
    labels = [Label("who", left, near(y), cut(who, room - length(end, SMALL), SMALL))]
    labels.append(Label("end", right, near(y), end, "end"))
    labels += [Label("title", left, near(y + n * LINE), line) for n, line in enumerate(lines, 1)]
    days = f"{task.start or ''} → {task.end or ''}" if task.start or task.end else ""
    facts = (
        plain(f"{task.id} {task.title}"),
        plain(task.owner),
        days,
        W.ready.say(lang) if task.done else "",
    )
    return Task(
        "task done" if task.done else "task",
        Box("box", near(place.x), near(place.y - place.half), BOX_WIDTH, near(2 * place.half)),
        labels,
        "\n".join(fact for fact in facts if fact),
    )


def _arrow(arrow: FlowArrow, points: list[Point], text: str, lang: Lang) -> Arrow:
    x, y = points[-1]
    label = Label("day", near(x - HEAD - BESIDE), near(y - 4), text, "end") if text else None
    tip = plain(f"{arrow.giver} → {arrow.receiver}")
    if arrow.passing:
        tip = f"{tip}\n{text}\n{arrow.passing.state(lang)}"
    return _drawn(_kind(arrow.passing), points, label, tip)


def _kind(passing: Passing | None) -> str:
    if passing is None:
        return "link"
    return "link handover late" if passing.days_late else "link handover"


def _drawn(kind: str, points: list[Point], label: Label | None, tip: str) -> Arrow:
    """Return the arrow through ``points``, the last part of which leads to the right."""
    x, y = points[-1]
    ends = [*points[:-1], (x - HEAD / 2, y)]  # the tip of a thick line would stand out
    line = "M" + "L".join(f"{near(a):g} {near(b):g}" for a, b in ends)
    head = f"M{near(x):g} {near(y):g}l{-HEAD:g} {-HALF_HEAD:g}v{2 * HALF_HEAD:g}z"
    return Arrow(kind, line, head, label, tip)


def _legend(lang: Lang, y: float, right: float) -> tuple[list[Arrow], list[Label]]:
    """Return a sample of each kind of arrow and what it means, in as many lines as they need."""
    samples, labels, x = [], [], MARGIN
    words = (("link handover", W.handover), ("link handover late", W.late), ("link", W.quiet))
    for kind, text in words:
        said = text.say(lang)
        end = x + SAMPLE + PAD + length(said, SMALL)
        if end > right and x > MARGIN:
            x, y = MARGIN, y + LINE
            end = x + SAMPLE + PAD + length(said, SMALL)
        samples.append(_drawn(kind, [(x, y - 4), (x + SAMPLE, y - 4)], None, ""))
        labels.append(Label("key", near(x + SAMPLE + PAD), near(y), said))
        x = end + BETWEEN
    return samples, labels


def _chain(view: Flow, lang: Lang, y: float, width: float) -> list[Label]:
    """Return the longest chain in words: who waits for whom, and until when."""
    steps, last = "", ""
    for one in view.chain:
        steps += "" if one.from_unit == last else f"{' → ' if last else ''}{one.from_unit}"
        steps += W.step.say(lang, {"unit": one.to_unit, "day": one.day or one.forecast})
        last = one.to_unit
    text = W.chain.say(lang, {"name": CHAIN, "steps": plain(steps)})
    lines = _fitted(text, len(text), width - 2 * MARGIN, SMALL)
    return [Label("key", MARGIN, near(y + n * LINE), line) for n, line in enumerate(lines)]
