"""Plain text: paragraphs, wrapped lines, and headings without markup."""

from __future__ import annotations

import pytest

from narrate.ingest.plaintext import parse_plaintext
from narrate.model import BlockKind

LONG = "This paragraph says a good deal about its subject, and it takes its time to do so. It ends."


def headings(body: str) -> list[str]:
    return [b.text.strip() for b in parse_plaintext(body, 1) if b.kind is BlockKind.HEADING]


@pytest.mark.parametrize(
    "line",
    [
        "A plain heading",
        "What comes next?",
        "1. Numbered",
        "Conclusion",
        "GPT-5: hopes and doubts",
        "Easy come, easy go; a story of money in three parts",
        "Dr. Müller speaks",
    ],
)
def test_headings(line: str) -> None:
    assert headings(f"{LONG}\n{line}\n{LONG}{LONG}") == [line]
    assert headings(f"{line}\n\n{LONG}{LONG}\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "A sentence.",
        "A call!",
        "An introduction:",
        "The first part, which goes on,",
        "lower case",
        "„Ein Zitat“",
        '"A quote"',
        "- an item",
        "\\Forbidden",
        "A first sentence here. And a second one",
        "12345",
        "https://example.org/page",
        "x" * 121,
        "Many " * 21,
        "***",
    ],
)
def test_no_headings(line: str) -> None:
    assert headings(f"{LONG}\n{line}\n{LONG}{LONG}") == []


def test_a_question_needs_more_contrast() -> None:
    question = "Is this a heading, or is it just a question that somebody asks in a paragraph?"
    assert headings(f"{LONG}\n{question}\n{LONG}") == []
    assert headings(f"{LONG}\n{question}\n{LONG * 4}") == [question]


def test_a_list_of_short_lines_has_no_headings() -> None:
    assert headings(f"{LONG}\nFlour\nSugar\nButter\n{LONG}") == []


def test_last_line_is_no_heading() -> None:
    assert headings(f"{LONG}\n\nYours sincerely\n") == []


def test_title_and_first_heading_may_follow_each_other() -> None:
    assert headings(f"The title\n\nThe first heading\n\n{LONG}") == [
        "The title",
        "The first heading",
    ]


def test_heading_before_a_list() -> None:
    assert headings(f"{LONG}\n\nIngredients\n\n- flour\n- sugar\n") == ["Ingredients"]


def test_author_has_the_last_word() -> None:
    (block, _) = parse_plaintext(f"# a sentence.\n{LONG}", 1)
    assert (block.kind, block.level, block.text.strip()) == (BlockKind.HEADING, 1, "a sentence.")
    assert "marked" in block.why
    (block, _) = parse_plaintext(f"\\A heading\n{LONG}", 1)
    assert (block.kind, block.text) == (BlockKind.PARAGRAPH, "A heading")
    assert "backslash" in block.why


def test_mark_before_a_whole_paragraph_is_left_over() -> None:
    (block,) = parse_plaintext("### " + LONG * 4, 1)
    assert block.kind is BlockKind.PARAGRAPH
    assert [p.rule for p in block.pieces if p.rule] == ["stray emphasis mark"]


def test_reasons_are_words() -> None:
    (_, block, _) = parse_plaintext(f"{LONG}\nHeading\n{LONG}", 1)
    assert block.why.startswith("a short line (7 characters)")


def test_wrapped_lines_are_one_paragraph() -> None:
    body = (
        "Wrapped\n\n"
        "These lines were broken by an editor at\n"
        "some column, so that together they make\n"
        "one paragraph. It is read as one.\n\n"
        "A second paragraph follows, and it goes\n"
        "on as well. It ends here.\n"
    )
    blocks = parse_plaintext(body, 1)
    assert [block.text for block in blocks] == [
        "Wrapped",
        " ".join(body.splitlines()[2:5]),
        "A second paragraph follows, and it goes on as well. It ends here.",
    ]
    assert [block.line for block in blocks] == [1, 3, 7]
    assert blocks[0].kind is BlockKind.HEADING


def test_a_line_each_stays_a_paragraph_each() -> None:
    body = f"{LONG}\n{LONG}{LONG}\nShort one.\n{LONG}"
    assert len(parse_plaintext(body, 1)) == 4


def test_line_in_lower_case_continues() -> None:
    (block,) = parse_plaintext(f"{LONG * 2} and\nit goes on.", 1)
    assert block.text.endswith("and it goes on.")


@pytest.mark.parametrize("body", ["", " \n\t\n", "\x0c", "\u2028\n"])
def test_white_space_only(body: str) -> None:
    assert parse_plaintext(body, 1) == ()


def test_form_feed_ends_a_paragraph() -> None:
    assert [b.text for b in parse_plaintext("One.\x0cTwo.", 1)] == ["One.", "Two."]
