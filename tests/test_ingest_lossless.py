"""Nothing of an article is lost or doubled: on any text, its pieces are the text again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import example, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from narrate.ingest.markdown import parse_markdown
from narrate.ingest.plaintext import parse_plaintext
from narrate.model import Block
from writing import markup, solid, texts

Parse = Callable[[str, int], tuple[Block, ...]]
BOTH = pytest.mark.parametrize("parse", [parse_markdown, parse_plaintext])


@BOTH
@settings(max_examples=400, deadline=None)
@given(body=texts)
@example(body="> `a\n> b` *c\n> d*")
@example(body="a\u00a0\n  b\x0c\n")
@example(body="- \n\n1.\n\n>\n")
def test_pieces_are_the_body(parse: Parse, body: str) -> None:
    blocks = parse(body, 1)
    pieces = [piece for block in blocks for piece in block.pieces]
    assert solid("".join(piece.source for piece in pieces)) == solid(body)


@BOTH
@settings(max_examples=200, deadline=None)
@given(body=texts)
def test_what_no_rule_changes_is_read_as_it_stands(parse: Parse, body: str) -> None:
    for block in parse(body, 1):
        for piece in block.pieces:
            if not piece.rule:
                assert solid(piece.text) == solid(piece.source)


@BOTH
@settings(max_examples=100, deadline=None)
@given(body=texts)
def test_lines_are_those_of_the_file(parse: Parse, body: str) -> None:
    lines = body.split("\n")
    blocks = parse(body, 7)
    assert [b.line for b in blocks] == sorted(b.line for b in blocks)
    for block in blocks:
        first = block.pieces[0].source.split("\n")[0].strip()
        assert first in lines[block.line - 7]


def visible(body: str) -> Iterator[str]:
    """What markdown-it-py itself makes visible of a body, without placing anything."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    hidden = 0
    for token in parser.use(footnote_plugin, move_to_end=False).parse(body):
        if token.type in ("table_open", "footnote_reference_open"):
            hidden += 1
        elif token.type in ("table_close", "footnote_reference_close"):
            hidden -= 1
        elif token.type == "inline" and not hidden:
            yield from visible_inline(token.children or [])


def visible_inline(tokens: Sequence[Token]) -> Iterator[str]:
    hidden = 0
    for token in tokens:
        if token.type in ("s_open", "s_close") or token.info == "auto":
            hidden += token.nesting
        elif token.type == "image" and not hidden:
            yield from visible_inline(token.children or [])
        elif token.type in ("text", "code_inline") and not hidden:
            yield token.content


# Where narrate reads other than the parser, by intention: HTML blocks, addresses, numbers.
OTHERWISE = ("<", "http", "www", "1.", "13.", "lang=")


@settings(max_examples=400, deadline=None)
@given(body=markup.filter(lambda body: not any(mark in body for mark in OTHERWISE)))
def test_the_parser_sees_the_same_words(body: str) -> None:
    found = "".join(block.text for block in parse_markdown(body, 1))
    expected = "".join(visible(body))
    assert [c for c in found if c.isalnum()] == [c for c in expected if c.isalnum()]


BOMBS = {
    "brackets": "[" * 20_000,
    "images": "![" * 10_000,
    "quotes": "> " * 10_000 + "text",
    "deep list": "".join("  " * depth + "- item\n" for depth in range(300)),
    "nested images": "![a" * 200 + "](b)" * 200,
    "unclosed comments": "<!--" * 10_000,
    "one word": "w" * 1_000_000,
    "one paragraph of many lines": "Ein Satz.\n" * 5_000,
    "emphasis": "*a " * 5_000,
    "backticks": "`a" * 5_000,
}


@BOTH
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_do_not_explode(parse: Parse, name: str) -> None:
    blocks = parse(BOMBS[name], 1)
    pieces = [piece for block in blocks for piece in block.pieces]
    assert solid("".join(piece.source for piece in pieces)) == solid(BOMBS[name])


def test_text_nested_beyond_the_parser_is_kept() -> None:
    body = "> " * 40 + "kept"
    assert "kept" in "".join(block.text for block in parse_markdown(body, 1))
