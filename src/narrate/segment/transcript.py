"""What is said and what is left out, put back into the order of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from narrate.model import Omission, Script, Utterance, UtteranceKind
from narrate.segment.counting import cut, nonspace


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An omission and its place.

    Attributes:
        at: How many characters of the utterance's text stand before it.
    """

    omission: Omission
    at: int


@dataclass(frozen=True, slots=True)
class Line:
    """An utterance with what is left out before and within it, or at the end of its chapter.

    Attributes:
        number: Within its chapter, from 1, as messages about a sentence count.
    """

    number: int
    utterance: Utterance
    left_out: tuple[LeftOut, ...]


def transcript(script: Script) -> tuple[tuple[Line, ...], ...]:
    """The lines of each chapter.

    The texts of all utterances but the disclosure, with what is left out in its places, are the
    article's text in order, white space aside.
    """
    waiting = list(script.omissions)
    chapters: list[list[Line]] = []
    spoken = 0
    for chapter in script.chapters:
        if chapters:
            ends = _before_heading(waiting, spoken)
            _attach(chapters[-1], waiting[:ends])
            waiting = waiting[ends:]
        lines: list[Line] = []
        for number, utterance in enumerate(chapter.utterances, start=1):
            found: tuple[LeftOut, ...] = ()
            if utterance.kind is not UtteranceKind.DISCLOSURE:
                found = tuple(_within(utterance.text, waiting, spoken))
                waiting = waiting[len(found) :]
                spoken += nonspace(utterance.text)
            lines.append(Line(number, utterance, found))
        chapters.append(lines)
    _attach(chapters[-1], waiting)
    return tuple(map(tuple, chapters))


def _within(text: str, waiting: Sequence[Omission], spoken: int) -> Iterator[LeftOut]:
    """What stands before or within an utterance, of what is still to be placed."""
    at, rest, end = 0, text, spoken + nonspace(text)
    for omission in waiting:
        if omission.position >= end:
            return
        before, rest = cut(rest, omission.position - spoken)
        at += len(before)
        spoken = max(spoken, omission.position)
        yield LeftOut(omission, at)


def _before_heading(waiting: Sequence[Omission], spoken: int) -> int:
    """How many omissions between two chapters belong to the end of the first.

    All do that stand above the mark of the heading that opens the second.
    """
    between = [omission for omission in waiting if omission.position <= spoken]
    if between and between[-1].text.startswith("#"):
        between = [omission for omission in between if omission.line < between[-1].line]
    return len(between)


def _attach(lines: list[Line], omissions: Sequence[Omission]) -> None:
    """Put what stands behind the last utterance of the article's text there."""
    if not omissions:
        return
    index = max(
        (i for i, one in enumerate(lines) if one.utterance.kind is not UtteranceKind.DISCLOSURE),
        default=len(lines) - 1,
    )
    last = lines[index]
    end = len(last.utterance.text)
    behind = tuple(LeftOut(omission, end) for omission in omissions)
    lines[index] = Line(last.number, last.utterance, (*last.left_out, *behind))
