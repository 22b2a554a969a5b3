"""Sounds from the lexicon: kept where the voice can be told them, else left out with a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from narrate.engines import Engine, Phonetic
from narrate.model import Chapter, Script, Sound, Utterance, Voice


def tell_sounds(script: Script, voice: Voice, engine: Engine) -> tuple[Script, tuple[str, ...]]:
    """The script with the sounds that a voice knows, and a warning for each word that it does not.

    A word with a respelling is said so where its sounds are not known; no warning is needed for an
    engine that knows no sounds at all.
    """
    sounds = [s for chapter in script.chapters for line in chapter.utterances for s in line.sounds]
    if not sounds:
        return script, ()
    known, warnings = known_sounds(sounds, voice, engine)

    def told(line: Utterance) -> Utterance:
        return replace(line, sounds=tuple(sound for sound in line.sounds if sound in known))

    def chapter_of(chapter: Chapter) -> Chapter:
        return replace(chapter, utterances=tuple(told(line) for line in chapter.utterances))

    return replace(script, chapters=tuple(chapter_of(one) for one in script.chapters)), warnings


def known_sounds(
    sounds: Iterable[Sound], voice: Voice, engine: Engine
) -> tuple[frozenset[Sound], tuple[str, ...]]:
    """Those of some sounds that a voice can be told, and warnings as :func:`tell_sounds` has."""
    symbols = engine.phonemes(voice) if isinstance(engine, Phonetic) else frozenset[str]()
    kept: list[Sound] = []
    warnings: dict[str, None] = {}
    for sound in sounds:
        warning = _warning(sound, symbols, voice)
        if warning is None:
            kept.append(sound)
        elif warning:
            warnings[warning] = None
    return frozenset(kept), tuple(warnings)


def _warning(sound: Sound, known: frozenset[str] | None, voice: Voice) -> str | None:
    """Why a sound cannot be told, in words; empty when that goes without saying, None: it can."""
    if known is None:
        return None
    instead = "its respelling is said" if sound.respelled else "it is said as it is written"
    if not known:
        if sound.respelled:
            return ""
        return (
            f"the lexicon has only an `ipa` for “{sound.word}”, and the voice “{voice.name}” takes "
            f"none; {instead}"
        )
    lacking = [char for char in dict.fromkeys(sound.ipa) if not _knows(known, char)]
    if not lacking:
        return None
    return (
        f"the voice “{voice.name}” knows no {' '.join(_shown(char) for char in lacking)} in the "
        f"`ipa` of “{sound.word}”; {instead}"
    )


def _knows(known: frozenset[str], char: str) -> bool:
    return char in known or all(part in known for part in unicodedata.normalize("NFD", char))


def _shown(char: str) -> str:
    return f"◌{char}" if unicodedata.combining(char) else char
