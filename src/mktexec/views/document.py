"""What a document is made of, whatever the format."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``right`` holds the numbers of the columns that are figures."""

    columns: list[str]
    rows: list[list[str]]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: list[str]


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of a document."""

    title: str
    blocks: list[Table | Bullets] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Document:
    """A document that people hand to each other."""

    title: str
    subtitle: str
    sections: list[Section]
