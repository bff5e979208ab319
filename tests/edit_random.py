"""Random plans in random hands: data drawn first, then written down as people might, with comments."""

import random
from typing import Any

WORDS = (
    *(
        "plain",
        "two words",
        "新品上线",
        "预热 3 场",
        "it's",
        'a "b"',
        "a, b",
        "x: y",
        "# x",
        "a#b",
        "- y",
        "60",
    ),
    *(
        "2025-03-31",
        "null",
        "~",
        "",
        "é",
        "🎉",
        "[x]",
        "{y}",
        "a: ",
        "long words " * 9,
        "C:\\x",
        "*a",
        "&a",
        "?",
    ),
    *(
        "@x",
        "%y",
        "yes",
        "http://e.org/a?b=c",
        "a\nb",
        "a\nb\n",
        "a\n\nb",
        "  a\nb",
        "句，" * 30,
        "end ",
        "\ta",
    ),
)
IDS = ("T1", "T2", "K-1", "编号", "2025", "2025-01-31", "2025-02-28", "x-own", "title", "owner", "log", "end")
SECTIONS = ("campaign", "people", "tasks", "kpis", "risks", "log", "review", "x-own", "budget")
REMARKS = ("# note", "# 备注", "# key: value", "# - item", "#", "# 'quote", "# {", "## banner ##")


def data_of(dice: random.Random) -> dict[str, Any]:
    """Return a plan's data: sections, entries, fields and what is in them."""
    return {name: section(dice) for name in dice.sample(SECTIONS, dice.randint(1, 5))}


def section(dice: random.Random) -> Any:
    if dice.random() < 0.1:
        return value(dice, 1)
    return {name: value(dice, 0) for name in dice.sample(IDS, dice.randint(0, 4))}


def value(dice: random.Random, depth: int) -> Any:
    kind = dice.random()
    if depth > 2 or kind < 0.45:
        return None if dice.random() < 0.1 else dice.choice(WORDS)
    if kind < 0.8:
        return {name: value(dice, depth + 1) for name in dice.sample(IDS, dice.randint(0, 4))}
    return [value(dice, depth + 1) for _ in range(dice.randint(0, 3))]


class Hand:
    """Writes data down in one person's way."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.step = dice.choice((1, 2, 2, 2, 3, 4))
        self.flush = dice.random() < 0.3  # dashes below the key's first letter
        self.flows = dice.choice((0, 0.2, 0.5, 1))
        self.remarks = dice.choice((0, 0, 0.2, 0.5))
        self.gaps = dice.choice((0, 0, 0.15, 0.4))
        self.quotes = dice.choice(("", "", "", "'", '"'))
        self.column = dice.choice((0, 0, 24, 40))
        self.end = dice.choice(("\n", "\n", "\n", "\r\n"))
        self.shares = dice.choice((0, 0, 0, 0, 0, 0, 0, 0.2))  # anchors, and aliases for the same again
        self.anchored: list[Any] = []
        self.lines: list[str] = []
        self.block_end = 0

    def written(self, data: dict[str, Any]) -> str:
        """Return the text, some without a final line end, some with marks around the document."""
        if self.dice.random() < 0.1:
            self.lines.append("---")
        self._block_map(data, 0)
        text = self.end.join(self.lines) + self.end
        if self.dice.random() < 0.15 and len(self.lines) > self.block_end:  # a block ends with its line
            text = text.removesuffix(self.end)
        elif self.dice.random() < 0.05:
            text += f"...{self.end}"
        return text

    def _says(self, chance: float) -> bool:
        return self.dice.random() < chance

    def _between(self, indent: int) -> None:
        """Write what may stand between two lines: nothing, empty lines, comments."""
        while self._says(self.gaps):
            self.lines.append(" " * self.dice.choice((0, 0, 0, indent)))
        while self._says(self.remarks / 2):
            self.lines.append(" " * self.dice.choice((indent, indent, 0)) + self.dice.choice(REMARKS))

    def _line(self, text: str) -> None:
        """Write a line, some with a comment behind, in its column if there is one."""
        if self._says(self.remarks):
            text = f"{text} ".ljust(self.column) + self.dice.choice(REMARKS)
        elif self._says(0.03):
            text += "  "
        self.lines.append(text)

    def _block_map(self, data: dict[str, Any], indent: int, lead: str | None = None) -> None:
        for key, one in data.items():
            if lead is None:
                self._between(indent)
            head = (" " * indent if lead is None else lead) + self._key(key) + ":"
            lead = None
            self._value(head, one, indent, in_list=False)

    def _block_list(self, data: list[Any], indent: int, lead: str | None = None) -> None:
        for one in data:
            if lead is None:
                self._between(indent)
            head = (" " * indent if lead is None else lead) + "-"
            lead = None
            self._value(head, one, indent, in_list=True)

    def _value(self, head: str, data: Any, indent: int, *, in_list: bool) -> None:
        """Write a value behind its key or dash, or below it."""
        below = not in_list or self._says(0.3)
        if self.shares and data is not None and self._says(self.shares):
            if data in self.anchored:
                self._line(f"{head} *a{self.anchored.index(data)}")
                return
            self.anchored.append(data)
            head += f" &a{len(self.anchored) - 1}"
            below = True
        if not isinstance(data, (dict, list)):
            self._scalar(head, data, indent)
        elif not data or self._says(self.flows):
            self._flow_value(head, data, indent)
        elif not below:  # behind the dash
            inner = indent + 1 + self.dice.choice((1, 1, 1, 3))
            write = self._block_map if isinstance(data, dict) else self._block_list
            write(data, inner, head.ljust(inner))
        else:
            self._line(head)
            if isinstance(data, dict):
                self._block_map(data, indent + self.step)
            else:
                self._block_list(data, indent if self.flush and not in_list else indent + self.step)

    def _flow_value(self, head: str, data: Any, indent: int) -> None:
        if data and self._says(0.3):
            self._spread(head, data, indent + self.step)
        else:
            self._line(f"{head} {self._flow(data)}")

    def _spread(self, head: str, data: Any, indent: int) -> None:
        """Write a collection in brackets with every item on a line of its own."""
        signs = "{}" if isinstance(data, dict) else "[]"
        items = self._items(data)
        self._line(f"{head} {signs[0]}")
        for number, item in enumerate(items):
            comma = "," if number < len(items) - 1 or self._says(0.2) else ""
            if self._says(self.remarks / 4):
                self.lines.append(" " * indent + self.dice.choice(REMARKS))
            self._line(" " * indent + item + comma)
        self._line(" " * (indent if self._says(0.5) else max(indent - self.step, 1)) + signs[1])

    def _items(self, data: Any) -> list[str]:
        if isinstance(data, dict):
            return [f"{self._key(key, flow=True)}: {self._flow(one)}" for key, one in data.items()]
        return [self._flow(one) or "~" for one in data]

    def _flow(self, data: Any) -> str:
        if isinstance(data, (dict, list)):
            pad = self.dice.choice(("", "", " ")) if data else ""
            inner = self.dice.choice((", ", ", ", ",  ")).join(self._items(data))
            return f"{{{pad}{inner}{pad}}}" if isinstance(data, dict) else f"[{pad}{inner}{pad}]"
        if data is None:
            return self.dice.choice(("null", "~"))
        return self._quoted(data, flow=True)

    def _scalar(self, head: str, data: str | None, indent: int) -> None:
        if data is None:
            self._line(head + self.dice.choice(("", "", " ~", " null")))
        elif "\n" in data and data.strip() and data[0] not in " \n" and not data.endswith("\n\n"):
            self._block(head, data, indent)
        elif self._says(0.06):
            self._line(head)
            self._line(" " * (indent + self.step) + self._quoted(data))
        elif " " in data and self._says(0.1):
            self._folded(head, data, indent)
        else:
            self._line(f"{head} {self._quoted(data)}")

    def _folded(self, head: str, data: str, indent: int) -> None:
        """Write a text over two lines, broken at a blank that stands alone."""
        before, _, behind = data.partition(" ")
        written = self._quoted(data)
        plain = written == data and before and behind.strip() == behind and behind[0] not in "#-?:"
        if not plain:
            self._line(f"{head} {written}")
            return
        self.lines.append(f"{head} {before}")
        self._line(" " * (indent + self.step) + behind)

    def _block(self, head: str, data: str, indent: int) -> None:
        """Write a text of several lines as a literal block."""
        self.lines.append(f"{head} |" + ("" if data.endswith("\n") else "-"))
        for row in data.removesuffix("\n").split("\n"):
            self.lines.append((" " * (indent + self.step) + row) if row else "")
        self.block_end = len(self.lines)

    def _key(self, name: str, *, flow: bool = False) -> str:
        return (
            self._quoted(name, flow=flow)
            if self.quotes and self._says(0.8)
            else plain_or_quoted(name, flow=flow)
        )

    def _quoted(self, text: str, *, flow: bool = False) -> str:
        sign = self.quotes if self._says(0.8) else self.dice.choice(("", "'", '"'))
        if sign == '"' or "\n" in text or "\t" in text:
            return double(text)
        if sign == "'":
            return single(text)
        return plain_or_quoted(text, flow=flow)


def double(text: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(sign, written)
    return f'"{text}"'


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def plain_or_quoted(text: str, *, flow: bool = False) -> str:
    """Return a text without quotes where that is surely safe."""
    risky = not text or text != text.strip() or text[0] in "#-*&![]{}@%?:,'\"|>`~" or text in {"null", "~"}
    if risky or ": " in text or " #" in text or text.endswith(":") or (flow and set(text) & set("[]{},:?")):
        return single(text)
    return text
