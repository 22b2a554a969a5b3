"""A voice's files enter a show together or not at all.

A voice with a model of its own is ``voices/NAME.toml`` and the folder ``voices/NAME/``. Both are
made beside their places and renamed; the voice's file comes last, for it is what makes a voice.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from narrate.errors import UsageError
from narrate.files import sync_files, write_atomically, write_failure

VOICE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What can name a voice."""

_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 64
_SCHEMA = 1


@dataclass(slots=True)
class NewVoice:
    """A voice that is being made.

    Attributes:
        folder: Where its files are collected.
        settings: What its file shall say; to be filled before the end.
    """

    folder: Path
    settings: dict[str, object] = field(default_factory=dict)


def fitting_name(text: str) -> str:
    """The nearest name of a voice; ``voice`` where nothing is left."""
    return _UNFIT.sub("-", text).strip("-._")[:_LONGEST] or "voice"


def check_new_name(root: Path, name: str, *, replace: bool) -> None:
    """Refuse a name that cannot be given to a new voice.

    Raises:
        UsageError: It cannot name a voice, or is taken and may not be replaced.
    """
    if not VOICE_NAME.fullmatch(name):
        raise UsageError(
            f"“{name}” cannot name a voice",
            where="--name",
            mend="Use letters without accents, digits, dots, hyphens and underscores.",
        )
    file, folder = _places(root, name)
    if not replace and (file.exists() or folder.exists()):
        taken = file if file.exists() else folder
        raise UsageError(
            f"there is a voice “{name}” already: voices/{taken.name}",
            mend="Choose another name with `--name`, or add `--replace`.",
        )


@contextlib.contextmanager
def new_voice(root: Path, name: str, *, replace: bool = False) -> Iterator[NewVoice]:
    """Make a voice: fill the folder and the settings within the block.

    A block that fails leaves the show as it was.

    Raises:
        UsageError: The name cannot be given.
        OutputError: The show cannot be written.
    """
    check_new_name(root, name, replace=replace)
    file, folder = _places(root, name)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder.parent))
    except OSError as error:
        raise write_failure(folder, error) from error
    try:
        voice = NewVoice(staging / "new")
        voice.folder.mkdir()
        yield voice
        sync_files(voice.folder)
        check_new_name(root, name, replace=replace)  # another may have taken it meanwhile
        _swap(voice, file, folder, staging / "old")
    except OSError as error:
        raise write_failure(folder, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _places(root: Path, name: str) -> tuple[Path, Path]:
    return root / "voices" / f"{name}.toml", root / "voices" / name


def _swap(voice: NewVoice, file: Path, folder: Path, old: Path) -> None:
    """Put the new folder in place of the old one, which comes back if the file fails."""
    had_one = folder.exists()
    if had_one:
        folder.replace(old)
    try:
        voice.folder.replace(folder)
        write_atomically(file, _toml(voice.settings).encode())
    except BaseException:
        if folder.exists():
            folder.replace(voice.folder)
        if had_one:
            old.replace(folder)
        raise


def _toml(settings: Mapping[str, object]) -> str:
    import tomlkit  # noqa: PLC0415 - only commands that make a voice write TOML

    document = tomlkit.document()
    document["schema"] = _SCHEMA
    for key, value in settings.items():
        document[key] = value
    return tomlkit.dumps(document)
