"""The tree of Markdown tokens becomes a row of leaves: blocks without blocks inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from narrate.model import BlockKind

_LEFT_OUT = {
    "fence": "code block",
    "code_block": "code block",
    "hr": "thematic break",
    "table_open": "table",
    "footnote_reference_open": "footnote",
}
_CONTAINERS = {
    "blockquote": BlockKind.QUOTE,
    "bullet_list": BlockKind.LIST_ITEM,
    "ordered_list": BlockKind.LIST_ITEM,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block without blocks inside: lines ``first`` to ``last`` (exclusive) of the body.

    Attributes:
        inline: Its inline token, if it is running text.
        rule: Name of the rule that leaves it out, or ``html``.
        counts: Whether a number in front of it is part of the text.
    """

    first: int
    last: int
    kind: BlockKind
    inline: Token | None = None
    rule: str = ""
    level: int = 0
    why: str = ""
    counts: bool = False


def leaves(tokens: Sequence[Token]) -> Iterator[Leaf]:
    """The leaves of the token tree that have a place in the source."""
    containers: list[BlockKind] = []
    lone = _lone_items(tokens)
    ordered: list[bool] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        name, _, edge = token.type.rpartition("_")
        if name in _CONTAINERS:
            if edge == "open":
                containers.append(_CONTAINERS[name])
                ordered.append(index in lone)
            else:
                containers.pop()
                ordered.pop()
        elif token.map and token.type in _LEFT_OUT:
            first, last = token.map
            yield Leaf(first, last, BlockKind.LEFT_OUT, rule=_LEFT_OUT[token.type])
            if edge == "open":
                index = _closing(tokens, index)
        elif token.map and token.type == "html_block":
            first, last = token.map
            yield Leaf(first, last, BlockKind.PARAGRAPH, rule="html")
        elif token.map and token.type in ("paragraph_open", "heading_open"):
            counts = bool(ordered and ordered[-1])
            yield _running_leaf(token, tokens[index + 1], containers, counts=counts)
        index += 1


def _running_leaf(
    token: Token, inline: Token, containers: Sequence[BlockKind], *, counts: bool
) -> Leaf:
    first, last = token.map or (0, 0)
    if containers:
        kind = BlockKind.PARAGRAPH if counts and len(containers) == 1 else containers[-1]
        level = containers.count(BlockKind.LIST_ITEM) if kind is BlockKind.LIST_ITEM else 0
        return Leaf(first, last, kind, inline, level=level, counts=counts)
    if token.type == "paragraph_open":
        return Leaf(first, last, BlockKind.PARAGRAPH, inline)
    level = int(token.tag[1:])
    how = f"“{token.markup}” in front" if token.markup.startswith("#") else "underlined"
    why = f"a heading of level {level} ({how})"
    return Leaf(first, last, BlockKind.HEADING, inline, level=level, why=why)


def _closing(tokens: Sequence[Token], index: int) -> int:
    """Index of the token that closes the one at ``index``."""
    depth = 0
    for end in range(index, len(tokens)):
        depth += tokens[end].nesting
        if depth == 0:
            return end
    return len(tokens) - 1


def _lone_items(tokens: Sequence[Token]) -> frozenset[int]:
    """Where numbered lists of a single item open.

    "13. Juli 1969" at the head of a paragraph is such a list for Markdown, and no list for a
    reader: the number is read.
    """
    lone: set[int] = set()
    open_lists: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append((index, 0))
        elif token.type == "list_item_open":
            start, items = open_lists.pop()
            open_lists.append((start, items + 1))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            start, items = open_lists.pop()
            if items == 1 and token.type == "ordered_list_close":
                lone.add(start)
    return frozenset(lone)
