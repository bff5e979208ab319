"""The header of a chart: phases, the time axis, and the names of days right above the rows."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from typing import NamedTuple

from mktexec.i18n import Lang
from mktexec.i18n import Text as T
from mktexec.render.svg.axis import Axis, axis
from mktexec.render.svg.drawing import SMALL, Box, Label, Scale, cut, length, near, plain
from mktexec.views.gantt import Gantt

AS_OF = T("As of {day}", "截至 {day}")
LANE, PHASE = 19.0, 15.0  # a lane of phases, and a phase within it
BASE = 11.5  # the base line of its title
NAMES = 16.0  # a lane of named days
AXIS = 40.0  # both rows of the axis
MOST = 6  # lanes; what has no room in them keeps its line and its tooltip
GAP = 3.0  # around the name of a day


class Line(NamedTuple):
    """A line from ``y`` within the header down through all rows."""

    kind: str
    x: float
    y: float
    tip: str


class Phase(NamedTuple):
    """A phase of the campaign with its title as far as there is room for it."""

    box: Box
    label: Label
    tip: str


class Header(NamedTuple):
    """Everything above the rows; ``axis_y`` is where the rows of the axis begin."""

    height: float
    axis_y: float
    axis: Axis
    phases: list[Phase]
    labels: list[Label]
    lines: list[Line]


class _Flag(NamedTuple):
    """The name of a day beside the upper end of its line; lanes are counted from below."""

    x: float
    left: float
    right: float
    lane: int

    def clashes(self, other: "_Flag") -> bool:
        """Tell whether the names overlap, or the line of one goes through the name of the other."""
        if self.lane == other.lane and self.left < other.right and other.left < self.right:
            return True
        low, high = sorted((self, other), key=lambda flag: flag.lane)
        return low.left < high.x < low.right


def header(view: Gantt, scale: Scale, lang: Lang) -> Header:
    """Return the header of ``view``."""
    phases = list(_phases(view, scale))
    axis_y = max((phase.box.y + LANE for phase in phases), default=0.0)
    labels, lines, height = _names(view, scale, lang, axis_y + AXIS)
    return Header(height, axis_y, axis(scale, lang), phases, labels, lines)


def _phases(view: Gantt, scale: Scale) -> Iterator[Phase]:
    """Yield the phases, each in the first lane that is free on its first day."""
    ends: list[date] = []
    for phase in view.phases:
        box = scale.box("phase", phase.start, phase.end, 0, PHASE)
        if box is None:
            continue
        lane = next((n for n, end in enumerate(ends) if end < phase.start), len(ends))
        ends[lane : lane + 1] = [phase.end]
        y, title = lane * LANE, plain(phase.title)
        text = cut(title, box.width - 2 * GAP, SMALL)
        label = Label("phase", near(box.x + box.width / 2), y + BASE, text, "middle")
        tip = f"{title}\n{phase.start} → {phase.end}"
        yield Phase(Box(box.kind, box.x, y, box.width, PHASE), label, tip)


def _names(view: Gantt, scale: Scale, lang: Lang, top: float) -> tuple[list[Label], list[Line], float]:
    """Return names and lines of the as-of day and the named days, and where the header ends below."""
    days = [("mark", plain(mark.title), mark.day) for mark in view.marks]
    days.append(("today", AS_OF.say(lang, {"day": view.as_of}), view.as_of))
    shown = [(kind, title, day) for kind, title, day in days if scale.shows(day)]
    texts = [cut(title, (scale.right - scale.left) / 3, SMALL) for _, title, _ in shown]
    places = [(scale.middle(day), length(text, SMALL)) for (*_, day), text in zip(shown, texts, strict=True)]
    flags = _flags(places, scale)
    bottom = top + max((flag.lane + 1 for flag in flags.values()), default=0) * NAMES
    labels, lines = [], []
    for n, ((kind, title, day), text) in enumerate(zip(shown, texts, strict=True)):
        x, flag = scale.middle(day), flags.get(n)
        low = bottom - (flag.lane if flag else 0) * NAMES
        lines.append(Line(kind, x, near(low - NAMES if flag else low), f"{title}\n{day}"))
        if flag:
            side = (near(flag.left + GAP), "start") if flag.left >= x else (near(flag.right - GAP), "end")
            labels.append(Label(kind, side[0], near(low - 4), text, side[1]))
    return labels, lines, bottom


def _flags(places: list[tuple[float, float]], scale: Scale) -> dict[int, _Flag]:
    """Return where there is room for each name, given the place of its day and its length.

    The last days, as many as it takes, have their names left of their lines: there may be no room
    on the right.
    """
    order = sorted(range(len(places)), key=lambda n: places[n][0])
    best: dict[int, _Flag] = {}
    for left in range(min(MOST, len(order)) + 1):
        split = len(order) - left
        found = _placed(places, order[:split], order[split:], scale)
        if len(found) > len(best):
            best = found
        if len(best) == len(order):
            break
    return best


def _placed(
    places: list[tuple[float, float]], to_right: list[int], to_left: list[int], scale: Scale
) -> dict[int, _Flag]:
    """Return the flags for which there is room.

    Those that go to the right are placed from the last on, those to the left from the first on:
    then the higher ones do not hide the lines of the lower ones.
    """
    found: dict[int, _Flag] = {}
    for n in [*to_left, *reversed(to_right)]:
        for one in _choices(*places[n], scale, right_first=n in to_right):
            if not any(one.clashes(other) for other in found.values()):
                found[n] = one
                break
    return found


def _choices(x: float, size: float, scale: Scale, *, right_first: bool) -> Iterable[_Flag]:
    """Yield the places for a name on both sides of its line, from below upwards."""
    room = size + 2 * GAP
    sides = (x, x - room) if right_first else (x - room, x)
    for left, lane in product(sides, range(MOST)):
        if scale.left <= left and left + room <= scale.right:
            yield _Flag(x, left, left + room, lane)
