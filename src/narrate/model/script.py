"""What a listener will hear, and what is left out. Pauses are in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from narrate.model.articles import Document
from narrate.model.speech import Sound


class UtteranceKind(Enum):
    """Where an utterance comes from."""

    HEADING = "heading"
    SENTENCE = "sentence"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Text sent to an engine once.

    Attributes:
        text: As written; what transcripts show.
        spoken: As sent to the engine: numbers and abbreviations written out, no digits.
        pause_after_ms: Silence that follows it.
        paragraph: Number of its paragraph within the chapter, from 1; 0 for headings and the
            disclosure.
        unspoken: Parts of ``text`` that the language's rules could not say.
        sounds: Words whose sounds the engine is told, in order.
        asks: What the user asked for in this sentence: entries of the lexicon that apply to it, and
            passages marked as another language; each in words that differ when it does.
    """

    text: str
    spoken: str
    lang: str
    pause_after_ms: int
    kind: UtteranceKind = UtteranceKind.SENTENCE
    paragraph: int = 0
    unspoken: tuple[str, ...] = ()
    sounds: tuple[Sound, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A mark that the listener sees, and what is spoken under it.

    Attributes:
        id: Stable when the text around the chapter changes; unique within the article.
        title: Shown in players.
        why: Why the article is divided here, in words.
        paragraphs: Number of paragraphs, headings not counted.
    """

    id: str
    title: str
    utterances: tuple[Utterance, ...]
    why: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Omission:
    """A part of the article that is not spoken, and by which rule.

    Attributes:
        line: Line of the file it stands in, from 1.
        position: Number of spoken characters, white space and the disclosure not counted, that
            stand before it: puts utterances and omissions into the order of the text.
    """

    text: str
    rule: str
    line: int
    position: int = 0

    @property
    def words(self) -> int:
        """Number of words in it: runs of non-space characters with a letter or digit."""
        return sum(any(c.isalnum() for c in word) for word in self.text.split())


@dataclass(frozen=True, slots=True)
class Script:
    """What a listener will hear of a document, in order."""

    document: Document
    chapters: tuple[Chapter, ...]
    omissions: tuple[Omission, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence between what is said, in milliseconds.

    Attributes:
        clause_ms: Within a sentence too long to be said at once, where it is cut at a comma or
            between words.
        break_ms: The same where it is cut at a colon, a semicolon, a dash or an ellipsis.
        sentence_ms: After a sentence.
        list_item_ms: Between two items of a list.
        paragraph_ms: After a paragraph, and after the last item of a list.
        quote_ms: Before and after a quotation that is a block of its own.
        before_heading_ms: Before a heading that opens no chapter.
        heading_ms: After a heading.
    """

    clause_ms: int = 120
    break_ms: int = 220
    sentence_ms: int = 350
    list_item_ms: int = 500
    paragraph_ms: int = 700
    quote_ms: int = 850
    before_heading_ms: int = 1200
    heading_ms: int = 900


CHAPTER_LEAD_MS = 500
"""Silence that every chapter starts with: it hides where players land beside a mark."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The sentence that says who reads.

    Attributes:
        position: ``start`` of the first chapter, ``end`` of the last, or ``off``.
        texts: For each language a template with ``{title}`` and ``{author}``.
    """

    position: str = "start"
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are divided and read; the part of the show's settings that segmenting needs.

    Attributes:
        chapter_level: Headings deeper than this are spoken but make no mark; 1 to 6.
        drop_translator_line: Leave out an opening line such as "Here is the translation:".
    """

    chapter_level: int = 2
    drop_translator_line: bool = True
    pauses: Pauses = Pauses()
    disclosure: Disclosure = Disclosure()
