"""The JSON beside a Piper voice: sample rate, language, speakers and symbols."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrate.errors import EngineError
from narrate.files import read_bytes
from narrate.model import one_line

PAD, BEGIN, END = "_", "^", "$"
"""Piper's names of the symbols between the others, before and after them."""

MEND = "It must be the `.onnx.json` that came with the voice."

_MOST_KIB = 4096
_MOST_SYMBOLS = 4096
_MOST_SPEAKERS = 4096
_RATES = (8_000, 48_000)
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PiperSettings:
    """What a voice's maker says of it.

    Attributes:
        phonemizer: What makes symbols of a text: ``espeak`` or ``text`` (the letters themselves).
        language: As espeak-ng names it; not empty.
        lang: First part of the language's code (``de``), or empty.
        symbols: One character → row of the embedding; :data:`PAD`, :data:`BEGIN` and :data:`END`
            are among them.
        rows: Of the embedding.
        speakers: Names in the order of their rows; empty for a single voice.
        noise_scale, length_scale, noise_w: What the maker chose.
    """

    sample_rate: int
    phonemizer: str
    language: str
    lang: str
    symbols: Mapping[str, int]
    rows: int
    speakers: tuple[str, ...]
    noise_scale: float
    length_scale: float
    noise_w: float
    description: str


def settings_path(voice: Path) -> Path:
    """Where the settings of a voice lie."""
    return voice.with_name(f"{voice.name}.json")


def read_settings(path: Path) -> PiperSettings:
    """Read and check the settings of a voice.

    Raises:
        EngineError: The file is missing, no JSON, or does not describe a voice that can be used.
    """
    where = path.name
    if not path.is_file():
        raise EngineError(
            f"the voice's settings are missing: there is no {where} beside it",
            mend="Fetch both files of the voice and put them into one folder.",
        )
    raw = read_bytes(path, where, _MOST_KIB, EngineError, MEND)
    try:
        table = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise EngineError("the voice's settings are not JSON", where=where, mend=MEND) from error
    try:
        return _settings(table)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
        raise EngineError(
            f"the voice's settings are not those of a Piper voice: {one_line(reason)}",
            where=where,
            mend=MEND,
        ) from error


def _settings(table: Any) -> PiperSettings:
    inference = table.get("inference") or {}
    code = (table.get("language") or {}).get("code") or ""
    espeak = str(table["espeak"]["voice"])
    rows = _whole("num_symbols", table["num_symbols"], 4, _MOST_SYMBOLS)
    return PiperSettings(
        sample_rate=_whole("sample_rate", table["audio"]["sample_rate"], *_RATES),
        phonemizer=_phonemizer(table),
        language=espeak,
        lang=str(code or espeak).replace("_", "-").split("-")[0].lower(),
        symbols=_symbols(table, rows),
        rows=rows,
        speakers=_speakers(table),
        noise_scale=_scale(inference, "noise_scale", 0.667),
        length_scale=_scale(inference, "length_scale", 1.0),
        noise_w=_scale(inference, "noise_w", 0.8),
        description=_description(table),
    )


def _phonemizer(table: Any) -> str:
    kind = table.get("phoneme_type", "espeak")
    if kind not in {"espeak", "text"}:
        raise EngineError(
            f"the voice's text passes through “{one_line(str(kind))[:40]}”, which narrate lacks",
            mend="Choose a voice whose “phoneme_type” is espeak or text.",
        )
    if table.get("vowel_clusters"):
        raise EngineError(
            "the voice puts several phonemes together, which narrate cannot do",
            mend="Choose a voice without “vowel_clusters” in its settings.",
        )
    return str(kind)


def _symbols(table: Any, rows: int) -> dict[str, int]:
    """Piper looks up one character at a time, so longer names are never found."""
    symbols: dict[str, int] = {}
    for name, ids in table["phoneme_id_map"].items():
        if len(name) != 1:
            continue
        if len(ids) != 1:
            raise ValueError(f"the symbol “{name}” stands for {len(ids)} numbers")
        symbols[name] = _whole(f"the symbol “{name}”", ids[0], 0, rows - 1)
    for name in (PAD, BEGIN, END):
        if name not in symbols:
            raise KeyError(f"the symbol “{name}”")
    return symbols


def _speakers(table: Any) -> tuple[str, ...]:
    """Names by row; a row without a name is called by its number."""
    count = _whole("num_speakers", table["num_speakers"], 1, _MOST_SPEAKERS)
    if count == 1:
        return ()
    names = {row: str(row) for row in range(count)}
    for name, row in (table.get("speaker_id_map") or {}).items():
        names[_whole(f"the speaker “{name}”", row, 0, count - 1)] = _name(name)
    if len(set(names.values())) < count:
        raise ValueError("two speakers have the same name")
    return tuple(names[row] for row in range(count))


def _name(name: str) -> str:
    plain = one_line(name).strip()
    if not plain or len(plain) > _LONGEST_NAME:
        raise ValueError("a speaker's name is empty or too long")
    return plain


def _description(table: Any) -> str:
    language = table.get("language") or {}
    parts = (
        f"Piper {table.get('dataset') or ''}".strip(),
        str(table["audio"].get("quality") or ""),
        str(language.get("name_english") or ""),
        str(language.get("country_english") or ""),
    )
    return one_line(", ".join(part for part in parts if part))[:_LONGEST_NAME]


def _whole(name: str, value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}")
    return value


def _scale(table: Any, name: str, default: float) -> float:
    value = float(table.get(name, default))
    if not math.isfinite(value) or not 0 <= value <= 10:  # noqa: PLR2004 - far beyond any voice
        raise ValueError(f"{name} must be a number from 0 to 10")
    return value
