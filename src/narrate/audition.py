"""One text, spoken with one voice, as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from narrate.build.sounds import known_sounds
from narrate.engines import Request, find_engine
from narrate.engines.process import WorkerProcess
from narrate.errors import UsageError
from narrate.events import Emit
from narrate.files import write_atomically
from narrate.model import Pauses, Speech, Voice, clip_key, seed_of
from narrate.sound import compressed
from narrate.spoken import EMPTY, Lexicon, SpokenText, speak_text
from narrate.voices import make_ready

_PAUSES = Pauses()
_SENTENCES = {"de": "Hier steht {word} in einem Satz.", "en": "Here is {word} in a sentence."}


@dataclass(frozen=True, slots=True)
class Audition:
    """What was said.

    Attributes:
        spoken: What the engine was given, utterance by utterance.
        unspoken: Parts of the text that could not be said.
        warnings: About sounds of the lexicon that the voice cannot be told.
    """

    spoken: tuple[str, ...]
    unspoken: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def sentence_with(word: str, lang: str) -> str:
    """A sentence in which a word can be heard."""
    return _SENTENCES[lang].format(word=word)


def audition(
    text: str, voice: Voice, target: Path, emit: Emit, lexicon: Lexicon = EMPTY
) -> Audition:
    """Say a text and write the audio.

    Args:
        target: Its extension names the format: wav, flac, mp3 or ogg.
        emit: Told of downloads, and of what takes a while.
        lexicon: The show's, of the voice's language.

    Raises:
        UsageError: Nothing in the text can be said.
        EngineError: The voice cannot be used, or failed.
        OutputError: The file cannot be written.
    """
    engine = find_engine(voice.engine)
    limit = engine.max_chars(voice)
    parts = speak_text(text, voice.lang, limit, lexicon=lexicon.for_voice(voice.name))
    sayable = [part for part in parts if part.spoken]
    if not sayable:
        raise UsageError("there is nothing in this text that can be said")
    make_ready(voice, emit)
    known, warnings = known_sounds((s for part in sayable for s in part.sounds), voice, engine)
    sayable = [
        replace(part, sounds=tuple(sound for sound in part.sounds if sound in known))
        for part in sayable
    ]
    with WorkerProcess(voice) as worker:
        speeches = [worker.speak(_request(part, voice)) for part in sayable]
    _write(speeches, sayable, target)
    return Audition(
        spoken=tuple(part.spoken for part in sayable),
        unspoken=tuple(piece for part in parts for piece in part.unspoken),
        warnings=warnings,
    )


def _request(part: SpokenText, voice: Voice) -> Request:
    fingerprint = find_engine(voice.engine).fingerprint(voice)
    key = clip_key(part.spoken, voice.lang, voice, fingerprint, take=0, sounds=part.sounds)
    return Request(part.spoken, voice.lang, seed_of(key), part.sounds)


def _write(speeches: list[Speech], parts: list[SpokenText], target: Path) -> None:
    """Join the utterances with a short pause and write them in the target's format."""
    rate = speeches[0].sample_rate
    pcm = [speeches[0].pcm]
    for before, speech in zip(parts, speeches[1:], strict=False):
        pause_ms = _PAUSES.clause_ms if before.goes_on else _PAUSES.sentence_ms
        pcm += [bytes(2 * round(pause_ms * rate / 1000)), speech.pcm]
    write_atomically(target, compressed(Speech(rate, b"".join(pcm)), target.suffix[1:].upper()))
