"""What can stand on a line of YAML, as the scanner tells it, and what stands between two of them."""

from ruamel.yaml.tokens import (
    AliasToken,
    AnchorToken,
    BlockEntryToken,
    DirectiveToken,
    DocumentEndToken,
    DocumentStartToken,
    FlowEntryToken,
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    ScalarToken,
    TagToken,
    ValueToken,
)

DASH, ASK, COLON, COMMA, ASIDE = "-", "?", ":", ",", "#"
OPENING, CLOSING, QUOTES, BLOCKS = ("[", "{"), ("]", "}"), ("'", '"'), ("|", ">")
NAME, TAG, WORD, BLOCK, MARK = "name", "tag", "word", "block", "mark"
KINDS: dict[type, str] = {
    BlockEntryToken: DASH,
    KeyToken: ASK,
    ValueToken: COLON,
    FlowEntryToken: COMMA,
    FlowMappingStartToken: "{",
    FlowSequenceStartToken: "[",
    FlowMappingEndToken: "}",
    FlowSequenceEndToken: "]",
    AliasToken: NAME,
    AnchorToken: NAME,
    TagToken: TAG,
    ScalarToken: WORD,
    DirectiveToken: MARK,
    DocumentStartToken: MARK,
    DocumentEndToken: MARK,
}


def separator(last: str, kind: str) -> str:
    """Return what stands between two things on a line.

    Some readers take a comma or bracket right behind an empty value or a tag for a part of it.
    """
    if last in OPENING:
        return ""
    if kind in CLOSING or kind == COMMA:
        return " " if last in (COLON, TAG, ASK) else ""
    if kind == COLON:
        return "" if last == WORD or last in CLOSING else " "
    return " "
