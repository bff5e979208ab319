"""Dependencies as arrows with right angles between the ends of bars."""

from collections.abc import Mapping
from typing import NamedTuple

from mktexec.render.svg.drawing import near, plain
from mktexec.views.gantt import GanttArrow

STUB = 6.0  # how far an arrow leaves a bar before it turns
INSIDE = 4.0  # how far into a bar an arrow from above ends
HEAD, HALF_HEAD = 4.5, 3.0

Point = tuple[float, float]


class Ends(NamedTuple):
    """Where arrows meet a bar: its ends, None outside of what is shown, and its edges.

    From above or below they end ``inside`` of an end: at the tip, if it is a milestone.
    """

    left: float | None
    right: float | None
    top: float
    bottom: float
    inside: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return (self.top + self.bottom) / 2


class Arrow(NamedTuple):
    """An arrow as two SVG paths, its line and its head, with the classes of its style."""

    kind: str
    line: str
    head: str
    tip: str


def arrow(link: GanttArrow, ends: Mapping[str, Ends]) -> Arrow | None:
    """Return the arrow of ``link``; None if one of its ends is not shown."""
    giver, receiver = ends[link.giver], ends[link.receiver]
    leaves, enters = link.kind[0], link.kind[1]
    start = giver.right if leaves == "F" else giver.left
    end = receiver.right if enters == "F" else receiver.left
    if start is None or end is None or giver.top == receiver.top:
        return None
    points = route((start, giver.middle), leaves, receiver, enters)
    kind = " ".join(
        ["link", *(["critical"] if link.critical else []), *(["handover"] if link.handover else [])]
    )
    line = "M" + "L".join(f"{near(x):g} {near(y):g}" for x, y in points)
    tip = plain(f"{link.giver} → {link.receiver} {link.kind}")
    return Arrow(kind, line, _head(*points[-2:]), tip)


def route(start: Point, leaves: str, receiver: Ends, enters: str) -> list[Point]:
    """Return the corners of the way from ``start`` to an end of ``receiver``.

    ``leaves`` and ``enters`` are S for the left end of a bar, F for the right one. A link goes
    straight on and down where the work follows in order, around both where it is to begin or end
    together, and back between the rows where the dates contradict it.
    """
    x, y = start
    out, into = (1 if leaves == "F" else -1), (-1 if enters == "S" else 1)
    end = (receiver.left if enters == "S" else receiver.right) or 0.0
    down = receiver.middle > y
    if out == into:
        turn = out * max(out * x, out * end) + out * STUB
        return [start, (turn, y), (turn, receiver.middle), (end, receiver.middle)]
    over = end - into * receiver.inside
    if out * (over - x) >= INSIDE / 2:
        return [start, (over, y), (over, receiver.top if down else receiver.bottom)]
    between = receiver.top - STUB / 2 if down else receiver.bottom + STUB / 2
    leave, enter = x + out * STUB, end + into * STUB
    return [
        start,
        (leave, y),
        (leave, between),
        (enter, between),
        (enter, receiver.middle),
        (end, receiver.middle),
    ]


def _head(before: Point, tip: Point) -> str:
    """Return the triangle at ``tip`` of an arrow that comes from ``before``, up, down or sideways."""
    (x0, y0), (x, y) = before, tip
    if x0 == x:
        back = HEAD if y0 > y else -HEAD
        return f"M{near(x):g} {near(y):g}l{-HALF_HEAD:g} {back:g}h{2 * HALF_HEAD:g}z"
    back = HEAD if x0 > x else -HEAD
    return f"M{near(x):g} {near(y):g}l{back:g} {-HALF_HEAD:g}v{2 * HALF_HEAD:g}z"
