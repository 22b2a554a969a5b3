"""Blocks are read: each becomes utterances and omissions, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narrate.model import Block, BlockKind, Document, Omission, Piece, Reading, title_block
from narrate.segment.asks import with_passages
from narrate.segment.counting import cut, nonspace
from narrate.segment.disclosure import says_title
from narrate.segment.rising import rising
from narrate.segment.translator import RULE as TRANSLATOR
from narrate.segment.translator import is_translators_line
from narrate.spoken import EMPTY, Foreign, Lexicon, SpokenText, speak_text

TITLE = "title"
UNSAYABLE = "cannot be said"


@dataclass(frozen=True, slots=True)
class ReadBlock:
    """One block of the article as a listener gets it.

    Attributes:
        sentences: What is spoken of it.
        omissions: What is not.
        is_title: Whether it is the heading that is the article's title.
    """

    block: Block
    sentences: tuple[SpokenText, ...]
    omissions: tuple[Omission, ...]
    is_title: bool = False


def read_blocks(
    document: Document, reading: Reading, max_chars: int, lexicons: Mapping[str, Lexicon]
) -> Iterator[ReadBlock]:
    """Every block of a document, divided into what is spoken and what is left out by a rule."""
    rules = _block_rules(document, reading)
    title = title_block(document.blocks)
    spoken = 0
    for index, block in enumerate(document.blocks):
        text = block.text.strip()
        sentences: tuple[SpokenText, ...] = ()
        if text and index not in rules:
            lexicon = lexicons.get(document.lang, EMPTY)
            foreign = tuple(_foreign(block, document.lang, lexicons))
            sentences = speak_text(text, document.lang, max_chars, lexicon=lexicon, foreign=foreign)
            sentences = rising(block, sentences, document.lang, max_chars)
            if foreign and not any(piece.is_guess for piece in block.pieces):
                sentences = with_passages(text, sentences, foreign)
        elif text:
            sentences = (SpokenText(text, "", ()),)
        said = tuple(s for s in sentences if s.spoken)
        omissions = tuple(_omissions(block, sentences, spoken, rules.get(index, UNSAYABLE)))
        spoken += sum(nonspace(s.text) for s in said)
        yield ReadBlock(block, said, omissions, is_title=block is title)


def _foreign(block: Block, lang: str, lexicons: Mapping[str, Lexicon]) -> Iterator[Foreign]:
    """The passages of a block's text, stripped, that are in another language."""
    lead = len(block.text) - len(block.text.lstrip())
    at, begin, last = -lead, 0, ""
    end = 0
    for piece in block.pieces:
        own = piece.lang if piece.lang != lang else ""
        if piece.text.strip() and own != last:
            if last:
                yield Foreign(max(begin, 0), end, last, lexicons.get(last, EMPTY))
            begin, last = at, own
        at += len(piece.text)
        end = at if piece.text.strip() else end
    if last:
        yield Foreign(max(begin, 0), end, last, lexicons.get(last, EMPTY))


def _block_rules(document: Document, reading: Reading) -> dict[int, str]:
    """Blocks that are left out as a whole, by index, and the rule for each."""
    rules: dict[int, str] = {}
    shown = [i for i, block in enumerate(document.blocks) if block.text.strip()]
    first_two = shown[:2]
    if len(first_two) > 1 and document.blocks[first_two[0]].kind is not BlockKind.HEADING:
        first_two = first_two[:1]  # behind the title it may stand too
    for index in first_two if reading.drop_translator_line else ():
        if is_translators_line(document.blocks[index].text):
            rules[index] = TRANSLATOR
            break
    title = title_block(document.blocks)
    for index in shown[:2]:
        block = document.blocks[index]
        if block is title and says_title(document, reading, block.text):
            rules[index] = TITLE
    return rules


def _omissions(
    block: Block, sentences: tuple[SpokenText, ...], before: int, rule: str
) -> Iterator[Omission]:
    """What is left out of a block, in order.

    Args:
        before: Number of spoken characters in front of the block.
        rule: Why sentences without a spoken form are left out.
    """
    waiting = list(_left_out(block))
    position, seen = before, 0  # characters that are spoken, that are visible
    taken = 0
    for sentence in sentences:
        rest = sentence.text
        length = nonspace(rest)
        while taken < len(waiting) and waiting[taken][0] < seen + length:
            at, piece, line = waiting[taken]
            part, rest = cut(rest, at - seen)
            if part.strip() and not sentence.spoken:
                yield Omission(part.strip(), rule, line, position)
            position += (at - seen) if sentence.spoken else 0
            length -= at - seen
            seen = at
            yield Omission(piece.source.strip(), piece.rule, line, position)
            taken += 1
        if rest.strip() and not sentence.spoken:
            line = waiting[taken][2] if taken < len(waiting) else block.line
            yield Omission(rest.strip(), rule, line, position)
        position += length if sentence.spoken else 0
        seen += length
    for _, piece, line in waiting[taken:]:
        yield Omission(piece.source.strip(), piece.rule, line, position)


def _left_out(block: Block) -> Iterator[tuple[int, Piece, int]]:
    """Pieces that are not visible: characters in front of each, the piece, its line."""
    seen, line = 0, block.line
    for piece in block.pieces:
        if piece.text.strip():
            seen += nonspace(piece.text)
        elif piece.source.strip():
            lead = len(piece.source) - len(piece.source.lstrip())
            yield seen, piece, line + piece.source.count("\n", 0, lead)
        line += piece.source.count("\n")
