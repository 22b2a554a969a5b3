"""Voices and clips, and the keys that name clips."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CLIP_SCHEMA = 1
"""Part of every clip key: raise it when the meaning of a key's fields changes."""

SEED_BITS = 63


@dataclass(frozen=True, slots=True)
class Voice:
    """One ``voices/*.toml``: a model and the settings it is used with.

    Attributes:
        model: Name of a model, or path of a checkpoint relative to ``folder``; empty for engines
            that need none.
        config: Path of the checkpoint's configuration, relative to ``folder``.
        speaker: Speaker within the model, by name.
        reference: Recording to clone, relative to ``folder``.
        length_scale: 0.25 to 4; above 1 is slower.
        seed: Chosen by the user; another seed is another reading of everything.
        options: Whatever else the engine understands, sorted by name.
        licence: Of the model and voice, as a short name.
        commercial: Whether the licence lets the audio be sold or carry advertising.
        attribution: Sentence that the licence demands in the show notes, or empty.
        terms: Address of terms that a person must accept before the first use, or empty.
        accepted: Whether they were accepted (``narrate voices accept NAME``).
        folder: Where the voice's file lies; no part of any key.
    """

    name: str
    lang: str
    engine: str
    model: str = ""
    config: str = ""
    speaker: str = ""
    reference: str = ""
    length_scale: float = 1.0
    seed: int = 0
    options: tuple[tuple[str, str | int | float | bool], ...] = ()
    licence: str = ""
    commercial: bool = True
    attribution: str = ""
    description: str = ""
    terms: str = ""
    accepted: bool = False
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class Speech:
    """Audio of one utterance.

    Attributes:
        sample_rate: Frames per second.
        pcm: Signed 16-bit little-endian samples, one channel.
    """

    sample_rate: int
    pcm: bytes

    @property
    def frames(self) -> int:
        """Number of samples."""
        return len(self.pcm) // 2

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.frames / self.sample_rate


@dataclass(frozen=True, slots=True)
class Sound:
    """Where in a spoken form the lexicon knows the sounds of a word.

    Attributes:
        start, end: The word's letters in the spoken form, in characters.
        ipa: What they sound like.
        word: As the lexicon has it, for messages.
        respelled: Whether the spoken form holds a respelling of it too.
    """

    start: int
    end: int
    ipa: str
    word: str
    respelled: bool


def canonical_json(value: object) -> bytes:
    """JSON with one spelling for each value: sorted keys, no white space, UTF-8.

    Raises:
        TypeError, ValueError: The value is not JSON (NaN included).
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest(value: object) -> str:
    """SHA-256 of :func:`canonical_json`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def clip_key(  # noqa: PLR0913 - whatever a sound depends on
    spoken: str,
    lang: str,
    voice: Voice,
    fingerprint: Mapping[str, str],
    take: int,
    *,
    sounds: Sequence[Sound] = (),
) -> str:
    """The name of a clip: a digest of everything its sound depends on, and nothing else.

    Args:
        spoken: Spoken form of the utterance.
        fingerprint: What the engine says of itself: version, digests of model and reference, ….
        take: Number of the re-reading; 0 is the first.
        sounds: Of the words whose sounds the engine is told.
    """
    told = {"sounds": [[sound.start, sound.end, sound.ipa] for sound in sounds]} if sounds else {}
    return digest(
        {
            **told,
            "schema": CLIP_SCHEMA,
            "engine": voice.engine,
            "fingerprint": dict(fingerprint),
            "speaker": voice.speaker,
            "lang": lang,
            "spoken": spoken,
            "length_scale": voice.length_scale,
            "seed": voice.seed,
            "options": [list(pair) for pair in voice.options],
            "take": take,
        }
    )


def seed_of(key: str, attempt: int = 0) -> int:
    """The random seed of a clip, from its key: 0 to 2**63 − 1.

    Args:
        attempt: Number of the reading: above 0 where the ones before were faulty.
    """
    source = digest([key, attempt]) if attempt else key
    return int(source[:16], 16) >> (64 - SEED_BITS)
