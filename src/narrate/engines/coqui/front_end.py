"""Text to the symbols of a VITS model, as Coqui's tokenizer makes them, without torch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from narrate.engines.coqui.text_code import prepare_text_code
from narrate.engines.coqui.told import told
from narrate.errors import EngineError
from narrate.model import Sound


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a part of the decoder does to time.

    Attributes:
        context: How many steps to each side it looks; rather one too many.
        factor: Steps of its output for each of its input.
    """

    context: int
    factor: int


@dataclass(frozen=True, slots=True)
class FrontEnd:
    """What a model's configuration says of its text, and of the numbers that go with it.

    Attributes:
        symbols: Character → number.
        blank: Number that stands before, between and after the others, or ``None``.
        edges: Numbers at the beginning and at the end, or ``None``.
        cleaner: Name of a function in Coqui's ``cleaners``, or empty.
        phonemizer: By its name in configurations; empty for a model that reads letters.
        phoneme_language: As espeak-ng names it.
        languages: The model's name of a language → its number; may be empty.
        speakers: Name → number; empty for a model of one speaker.
        has_language_embedding: Whether the network takes the language's number.
        channels: Of the prior.
        decoder: Of each part of the decoder, from frames to samples.
        sample_rate: Of the samples.
        noise_scale, noise_scale_dp, length_scale: What the model's maker chose.
    """

    symbols: Mapping[str, int]
    blank: int | None
    edges: tuple[int, int] | None
    cleaner: str
    phonemizer: str
    phoneme_language: str
    languages: Mapping[str, int]
    speakers: Mapping[str, int]
    has_language_embedding: bool
    channels: int
    decoder: tuple[Stretch, ...]
    sample_rate: int
    noise_scale: float
    noise_scale_dp: float
    length_scale: float

    def numbers(self, text: str, language: str | None, sounds: Sequence[Sound] = ()) -> list[int]:
        """The symbols of a text: what Coqui's ``TTSTokenizer.text_to_ids`` returns.

        Args:
            language: The model's name of it; ``None`` for a model that has only one.
            sounds: That are told, in order, of a text with their stand-ins.
        """
        cleaned = _clean(text, self.cleaner, language or next(iter(self.languages), None))
        if self.phonemizer:
            phonemizer = _phonemizer(self.phonemizer, self.phoneme_language)
            phonemize = partial(phonemizer.phonemize, separator="")
            cleaned = told(phonemize, cleaned, sounds, self.symbols)
        numbers = [self.symbols[c] for c in cleaned if c in self.symbols]
        if self.blank is not None:
            spaced = [self.blank] * (2 * len(numbers) + 1)
            spaced[1::2] = numbers
            numbers = spaced
        return numbers if self.edges is None else [self.edges[0], *numbers, self.edges[1]]

    def is_mute(self, numbers: list[int]) -> bool:
        """Whether nothing is left of a text but punctuation and the frame that every text gets."""
        sounds = {number for name, number in self.symbols.items() if name.isalpha()}
        return sounds.isdisjoint(numbers)


def write_front_end(front_end: FrontEnd, path: Path) -> None:
    """Keep a front end beside its network."""
    path.write_text(json.dumps(asdict(front_end), ensure_ascii=False), encoding="utf-8")


def read_front_end(path: Path) -> FrontEnd:
    """A front end as :func:`write_front_end` wrote it.

    Raises:
        EngineError: The file is missing or damaged.
    """
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        fields["edges"] = fields["edges"] and tuple(fields["edges"])
        fields["decoder"] = tuple(Stretch(**one) for one in fields["decoder"])
        return FrontEnd(**fields)
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise EngineError(
            "narrate's form of the model is damaged", where=str(path), mend="Delete its folder."
        ) from error


def _clean(text: str, cleaner: str, language: str | None) -> str:
    if not cleaner:
        return text
    prepare_text_code()
    from TTS.tts.utils.text import cleaners  # type: ignore[import-untyped]  # noqa: PLC0415

    # As TTS.tts.utils.languages.normalize_language, whose module imports torch.
    cleaned: str = getattr(cleaners, cleaner)(text, lang=language and language.split("-")[0])
    return cleaned


@lru_cache(maxsize=4)
def _phonemizer(name: str, language: str) -> Any:
    prepare_text_code()
    from narrate.engines.coqui.phonemes import PHONEMIZERS  # noqa: PLC0415

    return PHONEMIZERS[name](language)
