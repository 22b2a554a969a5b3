"""Reading the configuration of a Coqui model before Coqui itself does.

A configuration comes with a checkpoint from anywhere, and Coqui does what it says: it imports the
class that it names, opens paths and addresses, and unpickles a statistics file. So it is read
here first, held to what a model for speech needs, and handed on as a copy.
"""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import TypeAlias

from narrate.engines.coqui.model import FAMILIES, ModelFiles
from narrate.errors import EngineError
from narrate.files import read_bytes

Settings: TypeAlias = MutableMapping[str, object]

# A file that the configuration may name → the switch without which Coqui does not read it.
_FILES = MappingProxyType(
    {
        "speaker_file": "use_speaker_embedding",
        "speakers_file": "use_speaker_embedding",
        "d_vector_file": "use_d_vector_file",
        "language_ids_file": "use_language_embedding",
    }
)
_FOREIGN_FILES = ("speaker_encoder_model_path", "speaker_encoder_config_path", "tokenizer_file")
_CLASS = re.compile(r"TTS\.tts\.(models\.vits|utils\.text\.characters)\.[A-Z]\w*")
_CLEANER = re.compile(r"[a-z_]+_cleaners")
_FILE_TYPES = (".json", ".pth")
_MOST_KIB = 16 << 10
_MEND = "It must be the config.json that Coqui wrote beside the checkpoint."

_PIPER_LETTERS = "piper_text"
"""Phonemiser of a voice that learnt from letters, as its configuration names it."""


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A configuration that is safe to hand on.

    Attributes:
        family: One of :data:`FAMILIES`.
        settings: All of it, paths made absolute.
        speaks_phonemes: Whether the model's text passes through a phonemiser.
        files: What else the model reads: lists of speakers and languages.
    """

    family: str
    settings: Settings
    speaks_phonemes: bool
    files: tuple[Path, ...]


def read_config(files: ModelFiles) -> ModelConfig:
    """Read and vet the configuration of a model.

    Raises:
        EngineError: It is missing, not JSON, of a model that cannot speak by itself, or names
            something that a model has no business with.
    """
    settings = _load(files.config)
    family = _family(settings, files.config)
    _vet_names(settings, files.config)
    named = _vet_files(settings, files.config)
    _drop_foreign_files(settings)
    return ModelConfig(
        family=family,
        settings=settings,
        speaks_phonemes=family == "vits" and bool(settings.get("use_phonemes")),
        files=tuple(named),
    )


def known_phonemes(config: ModelConfig) -> frozenset[str] | None:
    """The symbols that a configuration names; ``None`` where Coqui's own list stands for them."""
    if not config.speaks_phonemes or config.settings.get("phonemizer") == _PIPER_LETTERS:
        return frozenset()
    characters = config.settings.get("characters")
    if not isinstance(characters, dict):
        return None
    named = (characters.get(key) for key in ("characters", "phonemes", "punctuations"))
    return frozenset("".join(one for one in named if isinstance(one, str)))


@contextlib.contextmanager
def vetted_file(config: ModelConfig) -> Iterator[Path]:
    """A temporary file with the vetted configuration, for Coqui to read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.json"
        path.write_text(json.dumps(config.settings), encoding="utf-8")
        yield path


def _load(path: Path) -> Settings:
    if not path.exists():
        raise EngineError("the model's configuration is missing", where=str(path))
    raw = read_bytes(path, str(path), _MOST_KIB, EngineError, _MEND)
    try:
        settings = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise EngineError(
            f"the model's configuration cannot be read: {error}", where=str(path), mend=_MEND
        ) from error
    if not isinstance(settings, dict):
        raise EngineError("the model's configuration holds no settings", where=str(path))
    return settings


def _family(settings: Settings, path: Path) -> str:
    model = settings.get("model")
    base = settings.get("base_model")
    family = str(base or model or "").lower()
    if family not in FAMILIES or str(model).lower() not in FAMILIES:
        raise EngineError(
            f"a model of the kind “{model}” cannot be used",
            where=str(path),
            mend="Choose a VITS or XTTS model; others need a vocoder beside them.",
        )
    return family


def _vet_names(settings: Settings, path: Path) -> None:
    """Coqui imports the class and calls the function that these name."""
    characters = settings.get("characters")
    named_class = characters.get("characters_class") if isinstance(characters, dict) else None
    for key, value, form in (
        ("characters_class", named_class, _CLASS),
        ("text_cleaner", settings.get("text_cleaner"), _CLEANER),
    ):
        if value and not (isinstance(value, str) and form.fullmatch(value)):
            raise _refused(path, key, value)


def _tables(settings: Settings) -> Iterator[Settings]:
    yield settings
    arguments = settings.get("model_args")
    if isinstance(arguments, dict):
        yield arguments


def _vet_files(settings: Settings, config: Path) -> dict[Path, None]:
    """Take the files that the configuration names from its own folder, and from nowhere else.

    Configurations carry paths of the machine that the model was trained on; the files themselves
    travel beside them.
    """
    named: dict[Path, None] = {}
    tables = tuple(_tables(settings))
    for key, switch in _FILES.items():
        used = any(table.get(switch) for table in tables)
        for table in tables:
            if not table.get(key):
                continue
            values = table[key] if used else None
            if isinstance(values, list):
                paths = [_beside(config, key, value) for value in values]
                table[key] = [str(path) for path in paths]
            else:
                paths = [] if values is None else [_beside(config, key, values)]
                table[key] = str(paths[0]) if paths else None
            named.update(dict.fromkeys(paths))
    return named


def _beside(config: Path, key: str, value: object) -> Path:
    if not isinstance(value, str):
        raise _refused(config, key, value)
    # Windows' rule splits at both kinds of slash.
    path = config.parent / PureWindowsPath(value).name
    if path.suffix not in _FILE_TYPES:
        raise _refused(config, key, value)
    if not path.is_file():
        raise EngineError(
            f"“{key}” names {path.name}, which does not lie beside the configuration",
            where=str(config),
            mend=f"Copy {path.name} into {config.parent}.",
        )
    return path.resolve()


def _drop_foreign_files(settings: Settings) -> None:
    """Leave out what speaking needs not, and what would be loaded nevertheless."""
    for table in _tables(settings):
        for key in _FOREIGN_FILES:
            if key in table:
                table[key] = ""
        if "use_speaker_encoder_as_loss" in table:
            table["use_speaker_encoder_as_loss"] = False
    audio = settings.get("audio")
    if isinstance(audio, dict):
        if "stats_path" in audio:
            audio["stats_path"] = None  # would be unpickled
        # Coqui ends an utterance at its first pause of 0.8 s and throws the rest away.
        audio["do_trim_silence"] = False


def _refused(path: Path, key: str, value: object) -> EngineError:
    return EngineError(
        f"“{key}” has a value that no Coqui model needs: {str(value)[:80]}",
        where=str(path),
        mend="Do not use this model unless you trust where it comes from, and mend that line.",
    )
