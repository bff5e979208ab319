"""One file's text while it is edited: finds the part that an edit is about, and checks the result."""

from dataclasses import dataclass
from typing import NamedTuple

from mktexec.findings import WITHOUT_IDS
from mktexec.i18n import Text as T
from mktexec.source import MAPPING, Document, Path
from mktexec.store.edit.aim import CONTROLS, ENTANGLED, SHARED, by_day, splices, target
from mktexec.store.edit.cut import BREAK, CannotSpliceError, line_start, spliced
from mktexec.store.edit.operations import Edit, EditRefusedError, Remove, applied, has_controls
from mktexec.store.edit.tree import Data, Node, compose, find, plain
from mktexec.store.events import StopReadingError

ENTRY = 2  # steps to an entry: its section and its id


class Window(NamedTuple):
    """The part of a text that an edit is about; ``steps`` of its path lead to the part's root."""

    start: int
    end: int
    steps: int


@dataclass
class Draft:
    """A file's text and where its sections and entries begin (see ``Document.starts``)."""

    file: str
    text: str
    starts: dict[Path, int]

    def holds(self, path: Path) -> bool:
        """Return whether a section or entry is written in this file."""
        if self.starts:
            return path in self.starts
        return len(list(find(self._root(self.text), path))) > len(path)

    @property
    def _newline(self) -> str:
        """The line end of the file, by its first line."""
        found = BREAK.search(self.text)
        return found[0] if found else "\n"

    def _root(self, text: str) -> Node:
        """Return the root of a text; raise EditRefusedError where it cannot be read."""
        try:
            return compose(text)
        except StopReadingError as stop:
            place = Document(self.file, self.text).place(stop.fault.offset)
            raise EditRefusedError((), ENTANGLED, place) from None

    def value(self, edit: Edit) -> Data:
        """Return what stands at the path of ``edit``, None for nothing."""
        window = self._window(edit)
        nodes = list(find(self._root(self.text[window.start : window.end]), edit.path[window.steps :]))
        return plain(nodes[-1]) if len(nodes) > len(edit.path) - window.steps else None

    def make(self, edit: Edit) -> None:
        """Change the text; raise EditRefusedError where more than the path would change."""
        window = self._window(edit)
        old = self.text[window.start : window.end]
        inner = edit._replace(path=edit.path[window.steps :])
        root = self._root(old)
        node, problem = target(root, inner)
        if has_controls(edit):
            problem = CONTROLS
        if problem:
            raise self._refused(edit, problem, window.start + max(node.key_start, 0))
        if applied(plain(root), inner) == plain(root):
            return
        try:
            new = spliced(old, splices(old, node, inner, edit.path), self._newline)
            after = compose(new)
        except (CannotSpliceError, StopReadingError):
            raise self._refused(edit, ENTANGLED, window.start + node.start) from None
        self._require_only(edit, inner, plain(root), plain(after), window.start + node.start)
        self._take(edit, window, new, after)

    def _require_only(self, edit: Edit, inner: Edit, before: Data, after: Data, offset: int) -> None:
        """Require that exactly the path of ``edit`` changed."""
        wanted = applied(before, inner)
        if after == wanted:
            return
        other = _first_difference(after, wanted)
        inside = other[: len(inner.path)] == inner.path
        reason = (
            ENTANGLED if inside or self.starts else T(*(one.format(other=".".join(other)) for one in SHARED))
        )
        raise self._refused(edit, reason, offset)

    def _refused(self, edit: Edit, reason: T, offset: int) -> EditRefusedError:
        return EditRefusedError(edit.path, reason, Document(self.file, self.text).place(offset))

    def _window(self, edit: Edit) -> Window:
        """Return the smallest part that can be read alone: one or two entries, else all."""
        whole = Window(0, len(self.text), 0)
        entry = edit.path[:ENTRY]
        if not self.starts or len(entry) < ENTRY:
            return whole
        if entry not in self.starts and entry[0] in WITHOUT_IDS:
            return whole  # a field has its place among all fields
        order = list(self.starts)
        if entry in self.starts:
            first = last = order.index(entry)
            alone = not any(self._same_section(order, first + by, first) for by in (-1, 1))
            if len(edit.path) == ENTRY and alone:
                return whole  # the section itself changes
            if isinstance(edit, Remove) and self._same_section(order, first - 1, first):
                first -= 1  # a block text at its end may take what is left for its own
        else:
            here = [n for n, path in enumerate(order) if path[0] == entry[0] and len(path) == ENTRY]
            if len(here) < ENTRY or by_day([order[n][1] for n in here]):
                return whole
            first, last = here[-2:]
        start = self._line_of(order[first])
        end = self._line_of(order[last + 1]) if last + 1 < len(order) else len(self.text)
        return whole if start is None or end is None else Window(start, end, 1)

    def _same_section(self, order: list[Path], index: int, entry: int) -> bool:
        """Return whether an entry stands at ``index`` that is in the section of the one at ``entry``."""
        if not 0 <= index < len(order):
            return False
        return len(order[index]) == ENTRY and order[index][0] == order[entry][0]

    def _line_of(self, path: Path) -> int | None:
        """Return where the line of a key begins, None if anything stands before the key."""
        offset = self.starts[path]
        start = line_start(self.text, offset)
        return None if self.text[start:offset].strip(" ") else start

    def _take(self, edit: Edit, window: Window, new: str, root: Node) -> None:
        """Take over a changed part and move what begins behind it."""
        self.text = self.text[: window.start] + new + self.text[window.end :]
        if not self.starts:
            return
        grown = len(new) - (window.end - window.start)
        starts = self.starts
        if len(edit.path) > ENTRY and edit.path[:ENTRY] in starts and window.steps:  # entries as before
            if grown:
                self.starts = {path: at + grown * (at >= window.end) for path, at in starts.items()}
            return
        inside = [path for path, at in starts.items() if window.start <= at < window.end]
        nodes = [((*inside[0][: window.steps], one.key), one) for one in root.children]
        if not window.steps:
            nodes = [
                found
                for path, one in nodes
                for found in [(path, one), *(((*path, two.key), two) for two in _entries(one))]
            ]
        self.starts = (
            {path: at for path, at in starts.items() if at < window.start}
            | {path: window.start + one.key_start for path, one in nodes}
            | {path: at + grown for path, at in starts.items() if at >= window.end}
        )


def _entries(node: Node) -> list[Node]:
    """Return what begins on a line of its own in a section."""
    return node.children if node.kind == MAPPING and not node.flow else []


def _first_difference(one: Data, two: Data) -> Path:
    """Return the path of the first difference."""
    if isinstance(one, dict) and isinstance(two, dict):
        for key in [*one, *two]:
            if key not in one or key not in two:
                return (key,)
            if one[key] != two[key]:
                return (key, *_first_difference(one[key], two[key]))
    if isinstance(one, list) and isinstance(two, list):
        for index, (a, b) in enumerate(zip(one, two, strict=False)):
            if a != b:
                return (str(index), *_first_difference(a, b))
    return ()
