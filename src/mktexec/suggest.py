"""The nearest known word to a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

from mktexec.i18n import Text


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """Return 'did you mean …' for the nearest known word, None if none is near."""
    folded = {one.casefold(): one for one in known}
    near = get_close_matches(word.casefold(), sorted(folded), n=1, cutoff=0.6)
    if not near:
        return None
    found = folded[near[0]].replace("{", "{{").replace("}", "}}")
    return Text(f"did you mean {found}?", f"是不是 {found}？")
