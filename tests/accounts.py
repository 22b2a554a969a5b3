"""What is spoken and what is left out of an article, put back into the order of its text."""

from __future__ import annotations

from collections.abc import Iterator

from narrate.model import Piece, Script, UtteranceKind
from narrate.segment.counting import cut, nonspace


def account(script: Script) -> tuple[Piece, ...]:
    """Everything that utterances (the disclosure excluded) and omissions hold, in order.

    Joined by ``source``, white space aside, that is the visible text of the document's pieces,
    with the source of those that are left out in its place: nothing is lost or doubled.

    Returns:
        Spoken text as pieces without a rule, omissions as pieces without text.
    """
    return tuple(_pieces(script))


def _pieces(script: Script) -> Iterator[Piece]:
    omissions = list(script.omissions)
    spoken = at = 0
    for text in _spoken(script):
        rest = text
        while at < len(omissions) and omissions[at].position < spoken + nonspace(rest):
            before, rest = cut(rest, omissions[at].position - spoken)
            spoken += nonspace(before)
            if before.strip():
                yield Piece(before, before)
            yield Piece(omissions[at].text, "", omissions[at].rule)
            at += 1
        spoken += nonspace(rest)
        if rest.strip():
            yield Piece(rest, rest)
    for omission in omissions[at:]:
        yield Piece(omission.text, "", omission.rule)


def _spoken(script: Script) -> Iterator[str]:
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            if utterance.kind is not UtteranceKind.DISCLOSURE:
                yield utterance.text
