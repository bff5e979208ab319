"""Shapes of a drawing and the scale of days that they lie on; lengths are in units of the drawing.

How long a text is only the reader's font knows; it is estimated by the widest one in common use.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from mktexec.columns import clusters
from mktexec.render.terminal import clean

TEXT, SMALL = 12.0, 11.5  # sizes of type; 11.5 of 1400 units are 6.5 pt on A4
SLIM, BROAD = frozenset(" !',./:;|()[]fijltI"), frozenset("mwMW%@…")
EMS = {"slim": 0.4, "broad": 1.0, "upper": 0.75, "other": 0.63}  # of DejaVu Sans, rounded up
CUT = "…"
DAY = timedelta(days=1)
LEAST = 2.0  # no shape is narrower: a single day of several years must still be seen
FORBIDDEN = str.maketrans("", "", "\ufffe\uffff")


def plain(text: str) -> str:
    """Return plan text as one line of characters that XML allows."""
    return clean(text).translate(FORBIDDEN)


def length(text: str, size: float = TEXT) -> float:
    """Return how long ``text`` is in type of ``size``, at most."""
    return sum(_ems(cluster, columns) for cluster, columns in clusters(text)) * size


def _ems(cluster: str, columns: int) -> float:
    """Return how wide a character is in ems; a CJK one is one em in every font."""
    if columns != 1:
        return columns / 2
    char = cluster[0]
    if char in SLIM:
        return EMS["slim"]
    if char in BROAD:
        return EMS["broad"]
    return EMS["upper" if char.isupper() else "other"]


def cut(text: str, room: float, size: float = TEXT) -> str:
    """Return ``text`` cut to ``room``, the cut marked by an ellipsis; empty if nothing has room."""
    kept, before, used = "", "", 0.0
    for cluster, columns in clusters(text):
        used += _ems(cluster, columns) * size
        if used > room:
            return kept.rstrip() + CUT if kept else ""
        before += cluster
        if used + size <= room:  # the ellipsis is one em
            kept = before
    return text


def near(value: float) -> float:
    """Return a coordinate as it is written, to a tenth of a unit."""
    return round(value, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``kind`` says what it stands for and is its class in the style."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Diamond:
    """A milestone around its middle."""

    kind: str
    x: float
    y: float
    radius: float

    @property
    def path(self) -> str:
        """Its outline as an SVG path."""
        r = self.radius
        return f"M{self.x:g} {near(self.y - r):g}l{r:g} {r:g}l{-r:g} {r:g}l{-r:g} {-r:g}z"


@dataclass(frozen=True, slots=True)
class Label:
    """A text on its base line; ``anchor`` is the end of it that ``x`` is: start, middle, end."""

    kind: str
    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Scale:
    """The days from ``first`` to ``last``, both included, between ``left`` and ``right``."""

    first: date
    last: date
    left: float
    right: float

    @property
    def day(self) -> float:
        """How wide a day is."""
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def x(self, day: date) -> float:
        """Return where ``day`` begins, also outside of what is shown."""
        return near(self.left + (day - self.first).days * self.day)

    def middle(self, day: date) -> float:
        """Return the middle of ``day``."""
        return near(self.left + ((day - self.first).days + 0.5) * self.day)

    def shows(self, day: date) -> bool:
        """Tell whether ``day`` is shown."""
        return self.first <= day <= self.last

    def box(self, kind: str, first: date, last: date, y: float, height: float) -> Box | None:
        """Return what of ``first`` to ``last``, both included, is shown; None if nothing is."""
        begin, end = max(first, self.first), min(last, self.last)
        if begin > end:
            return None
        x = self.x(begin)
        width = max(LEAST, self.x(end + DAY) - x)
        return Box(kind, near(min(x, self.right - width)), y, near(width), height)
