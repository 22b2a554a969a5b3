"""A document becomes chapters of utterances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from narrate.errors import ArticleError
from narrate.model import (
    LANGUAGES,
    BlockKind,
    Chapter,
    Document,
    Pauses,
    Reading,
    Script,
    Utterance,
    UtteranceKind,
    one_line,
)
from narrate.segment.blocks import ReadBlock, read_blocks
from narrate.segment.disclosure import disclosure_text
from narrate.segment.pauses import between, within
from narrate.segment.slug import unique_ids
from narrate.spoken import EMPTY, Lexicon, SpokenText, speak_text

OPENING_TITLES = {"de": "Einleitung", "en": "Introduction"}
"""Title of the section before the first heading; shown, not spoken."""

_JOINT = " – "


@dataclass(slots=True)
class _Section:
    """A chapter in the making.

    Attributes:
        titles: Of the headings that mark it; none for the opening section.
        whys: Why each was taken for a heading.
        ending: Headings at the end of the article without text, which are read in it.
        last: What its last utterances come from; None as long as there are none.
    """

    titles: list[str] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    utterances: list[Utterance] = field(default_factory=list)
    paragraphs: int = 0
    ending: Sequence[str] = ()
    last: BlockKind | None = None

    def add(self, kind: BlockKind, utterances: Sequence[Utterance], pauses: Pauses) -> None:
        """Append a block; how long it is silent before it depends on both its neighbours."""
        if self.last is not None and utterances:
            pause = between(self.last, kind, pauses)
            self.utterances[-1] = replace(self.utterances[-1], pause_after_ms=pause)
        self.utterances += utterances
        self.last = kind if utterances else self.last


def segment(
    document: Document,
    reading: Reading,
    *,
    author: str,
    max_chars: int,
    lexicons: Mapping[str, Lexicon] = MappingProxyType({}),
) -> Script:
    """Divide a document into chapters and utterances.

    A heading of ``reading.chapter_level`` or above opens a chapter; if all headings are deeper,
    the highest that there are do. A heading without text under it joins the next chapter.

    Args:
        author: The show's, for the disclosure of a document that names none.
        max_chars: Longest spoken form of an utterance, in characters.
        lexicons: Language → the user's readings for the voice that speaks it.

    Raises:
        ArticleError: Nothing of the article can be spoken but headings.
    """
    blocks = tuple(read_blocks(document, reading, max_chars, lexicons))
    sections = _sections(document, blocks, reading)
    if not sections:
        raise _nothing(document, blocks)
    spoken = speak_text(
        *(disclosure_text(document, reading, author), document.lang, max_chars),
        lexicon=lexicons.get(document.lang, EMPTY),
    )
    disclosure = _utterances(
        (s for s in spoken if s.spoken),
        document.lang,
        reading.pauses,
        UtteranceKind.DISCLOSURE,
    )
    if reading.disclosure.position == "start":
        sections[0].utterances[:0] = disclosure
    else:
        sections[-1].utterances += disclosure
    return Script(
        document,
        tuple(_chapters(document, sections)),
        tuple(omission for block in blocks for omission in block.omissions),
        tuple(_warnings(sections)),
    )


def _sections(document: Document, blocks: Sequence[ReadBlock], reading: Reading) -> list[_Section]:
    """The chapters in the making, each with at least one paragraph."""
    deepest = _deepest_mark(blocks, reading.chapter_level)
    sections: list[_Section] = []
    current = _Section()
    for read in blocks:
        block = read.block
        if block.kind is BlockKind.HEADING:
            title = one_line(block.text)
            marks = block.level <= deepest and not read.is_title and _has_words(title)
            if marks and current.paragraphs:
                sections.append(current)
                current = _Section()
            if marks:
                current.titles.append(title)
                current.whys.append(block.why)
            said = _utterances(read.sentences, document.lang, reading.pauses, UtteranceKind.HEADING)
            current.add(block.kind, said, reading.pauses)
        elif read.sentences:
            current.paragraphs += 1
            said = _utterances(
                read.sentences,
                document.lang,
                reading.pauses,
                UtteranceKind.SENTENCE,
                current.paragraphs,
            )
            current.add(block.kind, said, reading.pauses)
    if current.paragraphs:
        sections.append(current)
    elif sections:  # headings at the end without text: spoken, but no chapter
        sections[-1].utterances += current.utterances
        sections[-1].ending = current.titles
    return sections


def _deepest_mark(blocks: Iterable[ReadBlock], chapter_level: int) -> int:
    """Level of the deepest headings that open a chapter."""
    levels = [
        read.block.level
        for read in blocks
        if read.block.kind is BlockKind.HEADING and not read.is_title and read.block.text.strip()
    ]
    return max(chapter_level, min(levels, default=chapter_level))


def _has_words(title: str) -> bool:
    return any(c.isalnum() for c in title)


def _utterances(
    sentences: Iterable[SpokenText],
    lang: str,
    pauses: Pauses,
    kind: UtteranceKind,
    paragraph: int = 0,
) -> list[Utterance]:
    """Sentences and their pieces as utterances, the last with the pause of its kind."""
    known = list(sentences)
    last = pauses.heading_ms if kind is UtteranceKind.HEADING else pauses.paragraph_ms
    return [
        Utterance(
            text=sentence.text.strip(),
            spoken=sentence.spoken,
            lang=lang,
            pause_after_ms=last if index == len(known) - 1 else within(sentence, pauses),
            kind=kind,
            paragraph=paragraph,
            unspoken=sentence.unspoken,
            sounds=sentence.sounds,
            asks=sentence.asks,
        )
        for index, sentence in enumerate(known)
    ]


def _chapters(document: Document, sections: Sequence[_Section]) -> Iterator[Chapter]:
    names = unique_ids([_JOINT.join(section.titles) for section in sections])
    for name, section in zip(names, sections, strict=True):
        title, why = _JOINT.join(section.titles), "; ".join(dict.fromkeys(section.whys))
        if not section.titles and len(sections) == 1:
            title, why = document.title, "the article has no headings"
        elif not section.titles:
            title, why = OPENING_TITLES[document.lang], "the text before the first heading"
        yield Chapter(name, title, tuple(section.utterances), why, section.paragraphs)


def _warnings(sections: Sequence[_Section]) -> Iterator[str]:
    for section in sections:
        if len(section.titles) > 1:
            empty = _JOINT.join(f"“{title}”" for title in section.titles[:-1])
            yield f"no text stands under {empty}; it joins the chapter “{section.titles[-1]}”"
        if section.ending:
            empty = _JOINT.join(f"“{title}”" for title in section.ending)
            yield f"no text stands under {empty} at the end; it is read, but is no chapter"


def _nothing(document: Document, blocks: Sequence[ReadBlock]) -> ArticleError:
    where = document.file
    kinds = {read.block.kind for read in blocks if read.block.text.strip()}
    if not blocks:
        return ArticleError("the article is empty", where=where, mend="Write its text.")
    if kinds == {BlockKind.HEADING}:
        return ArticleError(
            "the article has headings but no text",
            where=where,
            mend="Write text below them; a blank line ends a heading.",
        )
    rules = ", ".join(sorted({omission.rule for read in blocks for omission in read.omissions}))
    return ArticleError(
        f"nothing in the article can be spoken in {LANGUAGES[document.lang]}"
        + (f"; left out: {rules}" if rules else ""),
        where=where,
        mend="Write text in that language, or set another language in its front matter.",
    )
