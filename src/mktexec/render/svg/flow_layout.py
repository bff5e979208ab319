"""Where boxes and arrows of the flow chart lie; lengths are in units of the drawing.

Boxes stand in columns, which are levels of the work, and in rows, of which every lane has some.
Arrows run between them only: down and up on tracks in the gaps between columns, along on tracks in
the corridors above rows. They enter a box by ports of their own, so that the texts before the
ports never meet; those that leave a box share a track.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mktexec.views.flow import Flow, FlowArrow, FlowBox

BOX_WIDTH, LEAST_HALF = 190.0, 37.0  # half of a box's height
PORT, OVER_PORT = 16.0, 18.0  # between ports, and above the uppermost one, where its text stands
TRACK, GAP, CORRIDOR = 8.0, 12.0, 9.0  # between tracks, and beside those of a gap and of a corridor
HEAD, BESIDE = 8.0, 4.0  # of an arrow, and on both sides of its text
MARGIN, UNDER = 16.0, 10.0  # beside all columns, and below the last row of a lane
SLIGHT = 1e-6  # a port's part of a row, where only the order of heights is known

Point = tuple[float, float]
Interval = tuple[float, float]


class Cell(NamedTuple):
    """A place for a box; rows are counted over all lanes."""

    row: int
    column: int


class Way(NamedTuple):
    """An arrow's way; ``port`` counts from the middle of the receiving box, negative is above.

    By port 0 it comes straight from the left.
    """

    arrow: FlowArrow
    giver: Cell
    receiver: Cell
    port: int

    @property
    def corridor(self) -> int | None:
        """The row above which it runs along; None between neighbouring columns."""
        if not self.port or self.giver.column + 1 == self.receiver.column:
            return None
        return max(self.giver.row, self.receiver.row)


Key = Cell | Way  # of a track: the box that all on it leave, or the only way on it


class Place(NamedTuple):
    """A box around the left end of its middle line."""

    box: FlowBox
    x: float
    y: float
    half: float


class Layout(NamedTuple):
    """Boxes, arrows by their corners, top and bottom of the lanes, and where all of it ends."""

    places: list[Place]
    arrows: list[tuple[FlowArrow, list[Point]]]
    lanes: list[Interval]
    right: float
    bottom: float


def layout(view: Flow, labels: Mapping[FlowArrow, float], left: float, top: float) -> Layout:
    """Return where everything lies, right of ``left`` and below ``top``.

    ``labels`` are the lengths of the texts that stand before the boxes which arrows lead to.
    """
    cells, rows = _cells(view)
    ways = [way for arrows in _incoming(view).values() for way in _enter(arrows, cells)]
    gaps = _gaps(ways)
    columns = _columns(ways, gaps, labels, left + MARGIN)
    across = {
        key: columns[column] + BOX_WIDTH + GAP + track * TRACK
        for column, tracks in gaps.items()
        for key, track in tracks.items()
    }
    halves = _halves(ways, cells.values())
    middles, along, lanes = _rows(rows, halves, _corridors(ways, across), top)
    places = [
        Place(box, columns[cell.column], middles[cell.row], halves[cell])
        for box, cell in ((box, cells[box.id]) for box in view.boxes)
    ]
    lines = [(way.arrow, _corners(way, columns, middles, across, along)) for way in ways]
    right = columns[max(cell.column for cell in cells.values())] + BOX_WIDTH + MARGIN if cells else left
    return Layout(places, lines, lanes, right, lanes[-1][1] if lanes else top)


def _cells(view: Flow) -> tuple[dict[str, Cell], list[int]]:
    """Return the cell of every box, if free in the row of who it follows, and the rows of each lane."""
    lane = {box.id: box.lane for box in view.boxes}
    before = {
        arrow.receiver: arrow.giver for arrow in view.arrows if lane[arrow.giver] == lane[arrow.receiver]
    }
    rows: dict[str, int] = {}
    taken: dict[tuple[int, int], set[int]] = defaultdict(set)
    for box in sorted(view.boxes, key=lambda box: box.column):
        used = taken[box.lane, box.column]
        wanted = rows[before[box.id]] if box.id in before else 0
        free = (row for row in range(wanted + len(used) + 1) if row not in used)
        rows[box.id] = min(free, key=lambda row: abs(row - wanted))
        used.add(rows[box.id])
    heights = [
        1 + max(rows[box.id] for box in view.boxes if box.lane == one) for one in range(len(view.lanes))
    ]
    return {box.id: Cell(sum(heights[: box.lane]) + rows[box.id], box.column) for box in view.boxes}, heights


def _incoming(view: Flow) -> dict[str, list[FlowArrow]]:
    incoming: dict[str, list[FlowArrow]] = defaultdict(list)
    for arrow in view.arrows:
        incoming[arrow.receiver].append(arrow)
    return incoming


def _enter(arrows: Sequence[FlowArrow], cells: Mapping[str, Cell]) -> Iterator[Way]:
    """Yield the ways of all arrows to one box: those from above enter above its middle."""
    receiver = cells[arrows[0].receiver]
    row = [cell for cell in cells.values() if cell.row == receiver.row and cell.column < receiver.column]
    straight = next((one for one in arrows if row and cells[one.giver] == max(row)), None)
    if straight:
        yield Way(straight, max(row), receiver, 0)
    rest = sorted((one for one in arrows if one is not straight), key=lambda one: cells[one.giver])
    above = [one for one in rest if cells[one.giver].row <= receiver.row]
    for port, arrow in enumerate(rest, -len(above)):
        yield Way(arrow, cells[arrow.giver], receiver, port if port < 0 else port + 1)


def _gaps(ways: Iterable[Way]) -> dict[int, dict[Key, int]]:
    """Return the tracks in the gap behind each column, so that none on a track touch."""
    turns: dict[int, dict[Key, list[float]]] = defaultdict(lambda: defaultdict(list))
    for way in ways:
        entry = way.receiver.row + way.port * SLIGHT
        if way.corridor is not None:
            between = way.corridor - 0.5
            turns[way.giver.column][way.giver] += [way.giver.row, between]
            turns[way.receiver.column - 1][way] += [between, entry]
        elif way.port:
            turns[way.giver.column][way.giver] += [way.giver.row, entry]
    return {
        column: _tracks(dict(sorted(found.items(), key=lambda one: _crossing_little(one[1]))))
        for column, found in turns.items()
    }


def _crossing_little(turns: Sequence[float]) -> tuple[bool, float]:
    """Sorts what goes down before what goes up, and of each the innermost to the left."""
    start = turns[0]
    down = max(turns) - start >= start - min(turns)
    return not down, -start if down else start


def _tracks(spans: Mapping[Key, Sequence[float]]) -> dict[Key, int]:
    """Return for each span, of which the least and the greatest value count, the first free track."""
    tracks: list[list[Interval]] = []
    found: dict[Key, int] = {}
    for key, values in spans.items():
        low, high = min(values), max(values)
        free = (n for n, track in enumerate(tracks) if all(high < a or b < low for a, b in track))
        found[key] = next(free, len(tracks))
        if found[key] == len(tracks):
            tracks.append([])
        tracks[found[key]].append((low, high))
    return found


def _columns(
    ways: Iterable[Way], gaps: Mapping[int, Mapping[Key, int]], labels: Mapping[FlowArrow, float], left: float
) -> list[float]:
    """Return the left edges of the columns; a gap has room for its tracks and the longest text."""
    strips: dict[int, float] = defaultdict(float)
    for way in ways:
        column = way.receiver.column
        strips[column] = max(strips[column], labels.get(way.arrow, 0.0) + 2 * BESIDE)
    columns = [left]
    for column in range(1, max(strips, default=0) + 1):
        tracks = max(gaps.get(column - 1, {}).values(), default=0)
        columns.append(columns[-1] + BOX_WIDTH + 2 * GAP + tracks * TRACK + strips[column] + HEAD)
    return columns


def _corridors(ways: Iterable[Way], across: Mapping[Key, float]) -> dict[int, dict[Key, int]]:
    """Return the tracks in the corridor above each row; what comes from one box shares one."""
    turns: dict[int, dict[Key, list[float]]] = defaultdict(lambda: defaultdict(list))
    for way in ways:
        if way.corridor is not None:
            turns[way.corridor][way.giver] += [across[way.giver], across[way]]
    return {row: _tracks(found) for row, found in turns.items()}


def _halves(ways: Iterable[Way], cells: Iterable[Cell]) -> dict[Cell, float]:
    """Return half the height of every box: it has room for all of its ports."""
    halves = dict.fromkeys(cells, LEAST_HALF)
    for way in ways:
        halves[way.receiver] = max(halves[way.receiver], abs(way.port) * PORT + OVER_PORT)
    return halves


def _rows(
    rows: Iterable[int], halves: Mapping[Cell, float], corridors: Mapping[int, Mapping[Key, int]], top: float
) -> tuple[list[float], dict[tuple[int, Key], float], list[Interval]]:
    """Return the middles of the rows, the heights of the corridors' tracks, and the lanes."""
    tallest: dict[int, float] = defaultdict(float)
    for cell, half in halves.items():
        tallest[cell.row] = max(tallest[cell.row], half)
    middles: list[float] = []
    along: dict[tuple[int, Key], float] = {}
    lanes: list[Interval] = []
    y = top
    for count in rows:
        begin = y
        for row in range(len(middles), len(middles) + count):
            tracks = corridors.get(row, {})
            along |= {(row, key): y + CORRIDOR + track * TRACK for key, track in tracks.items()}
            y += 2 * CORRIDOR + max(tracks.values(), default=0) * TRACK
            middles.append(y + tallest[row])
            y += 2 * tallest[row]
        y += UNDER
        lanes.append((begin, y))
    return middles, along, lanes


def _corners(
    way: Way,
    columns: Sequence[float],
    middles: Sequence[float],
    across: Mapping[Key, float],
    along: Mapping[tuple[int, Key], float],
) -> list[Point]:
    """Return the corners of a way, from the box that gives to the one that receives."""
    start = (columns[way.giver.column] + BOX_WIDTH, middles[way.giver.row])
    end = (columns[way.receiver.column], middles[way.receiver.row] + way.port * PORT)
    if not way.port:
        return [start, end]
    out = across[way.giver]
    if way.corridor is None:
        return [start, (out, start[1]), (out, end[1]), end]
    back, y = across[way], along[way.corridor, way.giver]
    return [start, (out, start[1]), (out, y), (back, y), (back, end[1]), end]
