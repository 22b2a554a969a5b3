"""Utterances and omissions together are the article, in order, on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from accounts import account
from articles import MAX_CHARS, script_of
from narrate.errors import ArticleError
from narrate.ingest import read_article
from narrate.ingest.frontmatter import split_front_matter
from narrate.ingest.markdown import parse_markdown
from narrate.ingest.plaintext import parse_plaintext
from narrate.model import ArticleFile, Disclosure, Document, Piece, Reading, Script, UtteranceKind
from narrate.segment import segment, transcript
from writing import solid, texts

GOLDEN = Path(__file__).parent / "golden"
ARTICLES = sorted(
    path
    for room in ("ingest", "segment", "text")
    for path in (GOLDEN / room).iterdir()
    if path.suffix in (".md", ".txt")
)

DISCLOSURE = Disclosure("start", {"en": "{title}. Read by a synthetic voice."})
READING = Reading(disclosure=DISCLOSURE)


def expected(document: Document) -> str:
    """The body with what a reader sees in the place of what a rule changed."""
    pieces = (piece for block in document.blocks for piece in block.pieces)
    return "".join(piece.text if piece.text.strip() else piece.source for piece in pieces)


def script(body: str, suffix: str) -> Script:
    parse = parse_markdown if suffix == ".md" else parse_plaintext
    document = Document("key", "en", "Title", f"articles/key.en{suffix}", parse(body, 1))
    return segment(document, READING, author="", max_chars=MAX_CHARS)


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@settings(max_examples=300, deadline=None)
@given(body=texts)
@example(body="Say.\n\n😀 ### 😀 [x](y).\n\n# Title\n\nEnd.")
@example(body="Here is the English translation:\n\n# Title\n\nText **bold**.")
def test_nothing_is_lost_or_doubled(suffix: str, body: str) -> None:
    try:
        found = script(body, suffix)
    except ArticleError:
        assume(False)
        raise
    pieces = account(found)
    assert solid("".join(p.source for p in pieces)) == solid(expected(found.document))
    # The same without order: every piece is in exactly one utterance or omission.
    spoken = [
        u.text
        for chapter in found.chapters
        for u in chapter.utterances
        if u.kind is not UtteranceKind.DISCLOSURE
    ]
    assert solid("".join(p.text for p in pieces)) == solid("".join(spoken))
    assert [p.source for p in pieces if not p.text] == [o.text for o in found.omissions]


def told(found: Script) -> str:
    """What a transcript shows of an article, in its order."""
    text = ""
    for lines in transcript(found):
        for number, line in enumerate(lines, start=1):
            assert line.number == number
            written, done = line.utterance.text, 0
            if line.utterance.kind is UtteranceKind.DISCLOSURE:
                assert not line.left_out
                continue
            for part in line.left_out:
                assert part.at >= done
                text += written[done : part.at] + part.omission.text
                done = part.at
            text += written[done:]
    return text


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@settings(max_examples=200, deadline=None)
@given(body=texts)
@example(body="# Title\n\nOne.\n\n<!-- x -->\n\n## Two\n\nThree.\n\n```\nx\n```\n")
def test_a_transcript_holds_the_same_in_the_same_order(suffix: str, body: str) -> None:
    try:
        found = script(body, suffix)
    except ArticleError:
        assume(False)
        raise
    assert solid(told(found)) == solid(expected(found.document))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
@pytest.mark.parametrize("max_chars", [60, MAX_CHARS])
def test_golden_articles_are_told_whole(path: Path, max_chars: int) -> None:
    parts = path.name.split(".")
    lang = parts[1] if len(parts) > 2 else "de"
    document = read_article(ArticleFile(path, path.name, parts[0], lang))
    found = segment(document, READING, author="", max_chars=max_chars)
    assert solid("".join(piece.source for piece in account(found))) == solid(expected(document))
    assert solid(told(found)) == solid(expected(document))
    pieces = "".join(piece.source for block in document.blocks for piece in block.pieces)
    front = split_front_matter(path.read_text(encoding="utf-8"), path.name, strict=False)
    assert solid(pieces) == solid(path.read_text(encoding="utf-8")[front.end :])


def test_what_stands_at_the_end_of_a_chapter_is_told_there(tmp_path: Path) -> None:
    text = "One.\n\n```\ncode\n```\n\n## Two ##\n\nThree.\n\n***\n"
    first, second = transcript(script_of(tmp_path, text))
    assert [(part.omission.rule, part.at) for part in first[-1].left_out] == [("code block", 4)]
    assert [part.omission.text for part in second[0].left_out] == ["##"]
    assert [part.omission.text for part in second[1].left_out] == ["##", "***"]


@settings(max_examples=60, deadline=None)
@given(body=texts, suffix=st.sampled_from([".md", ".txt"]))
def test_what_is_sent_to_an_engine_is_never_empty(body: str, suffix: str) -> None:
    try:
        found = script(body, suffix)
    except ArticleError:
        return
    assert found.chapters
    for chapter in found.chapters:
        assert chapter.paragraphs > 0
        assert chapter.title.strip()
        assert all(u.spoken.strip() and u.text.strip() for u in chapter.utterances)
        numbers = [u.paragraph for u in chapter.utterances if u.paragraph]
        assert sorted(set(numbers)) == list(range(1, chapter.paragraphs + 1))
    ids = [chapter.id for chapter in found.chapters]
    assert len(set(ids)) == len(ids)


def test_order_of_an_example(tmp_path: Path) -> None:
    found = script_of(tmp_path, "One ### two [three](http://example.org).\n\nภาษาไทย\n\nFour.\n")
    assert account(found) == (
        Piece("One", "One"),
        Piece("###", "", "stray emphasis mark"),
        Piece(" two", " two"),
        Piece("[", "", "markup"),
        Piece(" three", " three"),
        Piece("](http://example.org)", "", "url"),
        Piece(".", "."),
        Piece("ภาษาไทย", "", "cannot be said"),
        Piece("Four.", "Four."),
    )


def test_one_very_long_paragraph(tmp_path: Path) -> None:
    sentence = "This is a sentence of some length, and it ends here. "
    found = script_of(tmp_path, sentence * 10_000, "long.en.txt")
    assert len(found.chapters[0].utterances) == 10_000
    assert found.chapters[0].paragraphs == 1
