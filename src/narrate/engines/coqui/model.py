"""Where the files of a Coqui voice lie, and what they hold; nothing heavy is imported here.

A voice names its model in one of two ways: by a name of Coqui's own catalogue
(``tts_models/de/thorsten/vits``), which Coqui downloads into its data folder, or by the path of a
checkpoint with the path of its configuration.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from narrate.engines.installed import how_to_install
from narrate.errors import EngineError, ShowError
from narrate.files import sha256_of
from narrate.model import Voice, digest

FAMILIES = ("vits", "xtts")
"""Architectures that turn text into sound by themselves; others need a vocoder beside them."""

_NAME_PREFIX = "tts_models/"
_NAME_PARTS = 4
_CHECKPOINT_NAMES = ("model_file.pth", "model_file.pth.tar", "model.pth", "checkpoint.pth")
_XTTS_PARTS = ("vocab.json", "speakers_xtts.pth")
_SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A model that Coqui knows by name.

    Attributes:
        name: ``tts_models/LANGUAGE/DATASET/MODEL``.
        repository: On the Hugging Face hub, or empty for a file of a fixed release.
        terms_required: Whether Coqui asks for consent before it downloads the model.
        url: Of the release's zip file, or empty.
        allow: Patterns of the files that are wanted of a repository; ``None`` for all.
        ignore: Patterns of those that are not.
    """

    name: str
    repository: str
    terms_required: bool
    url: str = ""
    allow: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None

    @property
    def folder_name(self) -> str:
        """Of the model within Coqui's data folder."""
        return self.name.replace("/", "--")

    @property
    def family(self) -> str:
        """Architecture, as far as the name tells it: one of :data:`FAMILIES` or empty."""
        last = self.name.rsplit("/", 1)[-1]
        if last.startswith("xtts"):
            return "xtts"
        return "vits" if "vits" in last or last in {"jenny", "your_tts"} else ""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The files of one model.

    Attributes:
        checkpoint: Weights.
        config: Settings, JSON.
    """

    checkpoint: Path
    config: Path

    @property
    def folder(self) -> Path:
        """Where the files that the configuration names are looked for."""
        return self.config.parent

    @property
    def xtts_parts(self) -> tuple[Path, ...]:
        """What XTTS reads beside its checkpoint, as far as it is there."""
        paths = (self.checkpoint.parent / name for name in _XTTS_PARTS)
        return tuple(path for path in paths if path.is_file())


def is_catalogue_name(model: str) -> bool:
    """Whether a voice's ``model`` is a name, not a path."""
    return model.startswith(_NAME_PREFIX) and len(model.split("/")) == _NAME_PARTS


def read_catalogue(path: Path | None) -> Mapping[str, CatalogueEntry]:
    """Name → model, of the installed Coqui or of another file in the same form.

    Raises:
        EngineError: Coqui is not installed, or the file is damaged.
    """
    path = path or coqui_folder() / ".models.json"
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))["tts_models"]
        entries = [
            CatalogueEntry(
                name=f"{_NAME_PREFIX}{lang}/{dataset}/{model}",
                repository=item.get("repo_id", ""),
                terms_required=bool(item.get("tos_required", False)),
                url=_single(item.get("github_rls_url")),
                allow=_patterns(item.get("allow")),
                ignore=_patterns(item.get("ignore")),
            )
            for lang, datasets in tree.items()
            for dataset, models in datasets.items()
            for model, item in models.items()
        ]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise EngineError(
            "Coqui's list of models cannot be read", where=str(path), mend="Install it again."
        ) from error
    return {entry.name: entry for entry in entries}


def _single(address: object) -> str:
    """The address of a model in one file; models in several files are none that narrate uses."""
    return address if isinstance(address, str) else ""


def _patterns(value: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(value)


def data_folder() -> Path:
    """Where Coqui keeps downloaded models; the rule of its ``get_user_data_dir``."""
    for variable in ("TTS_HOME", "XDG_DATA_HOME"):
        if value := os.environ.get(variable):
            return Path(value).expanduser().resolve() / "tts"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser() / "tts"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/tts").expanduser()
    return Path("~/.local/share/tts").expanduser()


def downloaded_files(entry: CatalogueEntry) -> ModelFiles | None:
    """The files of a downloaded model, or ``None`` when it is not here, or not whole."""
    folder = _hub_snapshot(entry) if entry.repository else data_folder() / entry.folder_name
    return None if folder is None else files_in(folder, entry)


def files_in(folder: Path, entry: CatalogueEntry) -> ModelFiles | None:
    """The files of a model in its folder, or ``None`` when one that it needs is missing."""
    if not (folder / "config.json").is_file():
        return None
    # The hub fetches file by file: XTTS without its vocabulary was cut off.
    if entry.family == "xtts" and not (folder / "vocab.json").is_file():
        return None
    for name in _CHECKPOINT_NAMES:
        if (folder / name).is_file():
            return ModelFiles(folder / name, folder / "config.json")
    return None


def local_files(voice: Voice) -> ModelFiles:
    """The paths of a voice's own checkpoint and configuration; they need not exist.

    Raises:
        ShowError: One is not given, or a relative path leaves the voice's folder.
    """
    return ModelFiles(
        checkpoint=voice_path(voice, "model", voice.model),
        config=voice_path(voice, "config", voice.config),
    )


def voice_path(voice: Voice, key: str, value: str) -> Path:
    """A path of a voice: relative to its folder and inside it, or absolute.

    Raises:
        ShowError: It is empty or leaves the folder.
    """
    if not value:
        raise ShowError(
            f"“{key}” is missing",
            where=f"voice {voice.name}",
            mend=f'A checkpoint needs its configuration: set `{key} = "FILE"`.',
        )
    path = Path(value)
    if not path.is_absolute() and ".." in path.parts:
        raise ShowError(
            f"“{key}” leaves the folder of the voices: {value}",
            where=f"voice {voice.name}",
            mend="Move the file into that folder, or give its whole path.",
        )
    return voice.folder / path


def unreadable(error: OSError) -> EngineError:
    """What to tell a person about a file of a voice that cannot be read."""
    return EngineError(
        f"a file of the voice cannot be read: {error.strerror}",
        where=str(error.filename),
        mend="Put the file there, or mend the voice's paths.",
    )


def file_digest(path: Path) -> str:
    """SHA-256 of a file; a file that has not changed is read once in a process.

    A file of the Hugging Face cache bears its digest as its name and is not read at all.
    """
    real = path.resolve()
    if real.parent.name == "blobs" and _is_sha256(real.name):
        return real.name
    status = real.stat()
    return _digest_of_state(real, status.st_size, status.st_mtime_ns)


def config_digest(path: Path) -> str:
    """Digest of what a configuration says, wherever it lies.

    Coqui writes absolute paths into a configuration that it downloads: of a path only the name
    counts. A configuration that is not plain JSON, or nested too deep, counts as it is.
    """
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        return digest(_without_folders(settings))
    except (ValueError, RecursionError):
        return file_digest(path)


def _without_folders(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_folders(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_folders(item) for item in value]
    if isinstance(value, str) and (
        PurePosixPath(value).is_absolute() or PureWindowsPath(value).is_absolute()
    ):
        return PureWindowsPath(value).name
    return value


@lru_cache(maxsize=256)
def _digest_of_state(path: Path, size: int, changed_ns: int) -> str:
    del size, changed_ns  # they make the cache forget a file that was written again
    return sha256_of(path)


def _is_sha256(name: str) -> bool:
    return len(name) == _SHA256_LENGTH and all(c in "0123456789abcdef" for c in name)


def coqui_folder() -> Path:
    """Where Coqui is installed; it is not imported.

    Raises:
        EngineError: It is not installed.
    """
    spec = importlib.util.find_spec("TTS")
    if spec is None or spec.origin is None:
        raise EngineError("Coqui TTS is not installed", mend=how_to_install("coqui-tts"))
    return Path(spec.origin).parent


def hub_folder(entry: CatalogueEntry) -> Path:
    """Where the Hugging Face cache keeps a repository."""
    from huggingface_hub.constants import HF_HUB_CACHE  # noqa: PLC0415

    return Path(HF_HUB_CACHE) / f"models--{entry.repository.replace('/', '--')}"


def _hub_snapshot(entry: CatalogueEntry) -> Path | None:
    """The folder of the newest fetched version in the Hugging Face cache."""
    try:
        root = hub_folder(entry)
    except ImportError:
        return None
    try:
        version = (root / "refs" / "main").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    snapshot = root / "snapshots" / Path(version).name
    return snapshot if snapshot.is_dir() else None
