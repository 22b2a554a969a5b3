"""How ``narrate text`` shows what is written beside what is said, without a terminal."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from narrate.build import ReadArticle, described
from narrate.cli.common import tell
from narrate.model import Omission, UtteranceKind
from narrate.report import language
from narrate.segment import Line, transcript
from narrate.spoken.alignment import AlignedSpan, align

_QUIET = frozenset(" \t\n\u00a0\"'“”„‟‚‘’«»‹›()[]{}–—-.,;:…")
"""Changes of these alone are none to a listener; brackets and dashes become pauses."""

_AROUND = " \t\n\u00a0\"'“”„‟‚‘’«»‹›"
"""What stands outside of the brackets around a changed part."""

_LANGUAGE = re.compile(r"\blang=|^</", re.IGNORECASE)
_MARKS_ONLY = frozenset({"markup", "list marker", "thematic break", "escape", "HTML tag"})
"""Rules whose omissions are shown only if they hold words, other than of a language's name."""


def chapters_of(read: ReadArticle, only: int | None) -> Iterator[tuple[int, Sequence[Line]]]:
    """The lines of each chapter with its number from 1, or of one alone."""
    for number, lines in enumerate(transcript(read.script), start=1):
        if only in (None, number):
            yield number, lines


def heard(span: AlignedSpan) -> bool:
    """Whether a listener hears something else than a reader sees."""
    written, spoken = _visible(span.written), _visible(span.spoken)
    return written != spoken and not _QUIET.issuperset(written + spoken)


def _visible(text: str) -> str:
    """A text without marks of direction, soft hyphens and the like."""
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def left_out_before(line: Line) -> Iterator[Omission]:
    """What is left out in front of an utterance, as far as anybody misses it."""
    yield from (part.omission for part in line.left_out if not part.at and _missed(part.omission))


def left_out_of(line: Line) -> Iterator[Omission]:
    """What is left out within and behind an utterance, as far as anybody misses it."""
    yield from (part.omission for part in line.left_out if part.at and _missed(part.omission))
    yield from (Omission(text, "cannot be said", line=0) for text in line.utterance.unspoken)


def _missed(omission: Omission) -> bool:
    marks = omission.rule in _MARKS_ONLY
    return not marks or bool(omission.words and not _LANGUAGE.search(omission.text))


def kind_of(line: Line) -> str:
    """What a line is, in brackets; nothing for a sentence."""
    kind = line.utterance.kind
    return "" if kind is UtteranceKind.SENTENCE else f" ({kind.value})"


# --- for programs ------------------------------------------------------------------------------


def print_objects(read: ReadArticle, only: int | None) -> None:
    """One JSON object a line for each utterance.

    Args:
        only: Number of the only chapter to show; ``None`` for all.
    """
    for number, lines in chapters_of(read, only):
        for line in lines:
            print(json.dumps(_as_object(read, number, line), ensure_ascii=False))


def _as_object(read: ReadArticle, number: int, line: Line) -> dict[str, object]:
    chapter, utterance = read.script.chapters[number - 1], line.utterance
    return {
        "article": read.document.key,
        "lang": utterance.lang,
        "chapter": number,
        "chapter_id": chapter.id,
        "chapter_title": chapter.title,
        "sentence": line.number,
        "kind": utterance.kind.value,
        "paragraph": utterance.paragraph,
        "written": utterance.text,
        "spoken": utterance.spoken,
        "pause_after_ms": utterance.pause_after_ms,
        "changed": list(_changes(align(utterance.text, utterance.spoken))),
        "left_out": [
            {
                "text": part.omission.text,
                "rule": part.omission.rule,
                "line": part.omission.line,
                "at": part.at,
            }
            for part in line.left_out
        ],
        "unspoken": utterance.unspoken,
    }


def _changes(spans: Sequence[AlignedSpan]) -> Iterator[dict[str, object]]:
    written = spoken = 0
    for span in spans:
        if span.changed:
            yield {
                "written": span.written,
                "written_at": written,
                "spoken": span.spoken,
                "spoken_at": spoken,
            }
        written, spoken = written + len(span.written), spoken + len(span.spoken)


# --- for screen readers, pipes and files -------------------------------------------------------


def print_plainly(read: ReadArticle, only: int | None) -> None:
    """One line for each text, changed parts in brackets."""
    document = read.document
    tell(f"{document.key}, {language(document.lang)}: {document.title}. File {read.file.name}.")
    for number, lines in chapters_of(read, only):
        tell(f"Chapter {number}: {read.script.chapters[number - 1].title}.")
        for line in lines:
            _print_line(line)
    tell()


def _print_line(line: Line) -> None:
    spans = align(line.utterance.text, line.utterance.spoken)
    _print_left_out(left_out_before(line))
    head = f"{line.number}{kind_of(line)}"
    if any(map(heard, spans)):
        tell(f"{head} written: {_bracketed((s.written, heard(s)) for s in spans)}")
        tell(f"{head} spoken: {_bracketed((s.spoken, heard(s)) for s in spans)}")
    else:
        tell(f"{head} as written: {_one_line(line.utterance.text)}")
    _print_left_out(left_out_of(line))


def _print_left_out(omissions: Iterable[Omission]) -> None:
    for omission in omissions:
        tell(f"Left out, {described(omission)}")


def _bracketed(parts: Iterator[tuple[str, bool]]) -> str:
    return _one_line("".join(_bracket(text) if marked else text for text, marked in parts))


def _bracket(text: str) -> str:
    bare = text.strip(_AROUND)
    return text.replace(bare, f"[{bare}]") if bare else text


def _one_line(text: str) -> str:
    return " ".join(text.split())
