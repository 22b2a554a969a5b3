"""A model in a zip file: unpacked where Coqui looks for it, and checked against what came first.

Coqui's list of models holds no checksums. So the SHA-256 of the archive and of every file in it
are noted when a model is fetched for the first time; whatever comes later must agree.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from narrate.engines.coqui.download_http import require_room
from narrate.files import sha256_of, write_atomically, write_failure

_MOST_FILES = 1_000
_MOST_BYTES = 16 << 30
_MOST_RATIO = 100
_BLOCK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


class UnfitError(Exception):
    """An archive is damaged, or holds what no model holds; the message is a clause."""


@dataclass(frozen=True, slots=True)
class Pins:
    """Checksums of a model as it was first fetched.

    Attributes:
        archive: SHA-256 of the zip file; empty when somebody else unpacked it.
        files: Name → SHA-256.
    """

    archive: str
    files: Mapping[str, str]


def read_pins(path: Path) -> Pins | None:
    """The checksums that were noted, or ``None`` when none are, or they cannot be read."""
    try:
        note = json.loads(path.read_bytes())
        files = {str(name): str(digest) for name, digest in note["files"].items()}
        return Pins(str(note["archive"]), files)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def write_pins(path: Path, pins: Pins) -> None:
    """Note checksums.

    Raises:
        OutputError: They cannot be written.
    """
    write_atomically(path, json.dumps(asdict(pins), indent=2).encode())


def pins_of(folder: Path, archive: str = "") -> Pins:
    """The checksums of a model that lies in a folder."""
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    return Pins(archive, {path.name: sha256_of(path) for path in paths})


def damaged_files(folder: Path, pins: Pins) -> tuple[str, ...]:
    """Names of files that are missing or no longer what was noted."""
    return tuple(n for n, digest in pins.files.items() if not is_intact(folder / n, digest))


def is_intact(path: Path, digest: str) -> bool:
    """Whether a file is what it was.

    Coqui writes its own paths into a configuration when it loads a model by name; so JSON that can
    be read is whole even if it has changed.
    """
    try:
        return sha256_of(path) == digest or (path.suffix == ".json" and is_settings(path))
    except OSError:
        return False


def is_settings(path: Path) -> bool:
    """Whether a file holds a JSON object."""
    try:
        return isinstance(json.loads(path.read_bytes()), dict)
    except (OSError, ValueError, RecursionError):
        return False


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a model into a new folder, flat, as Coqui does; every checksum is verified.

    Raises:
        UnfitError: It is no archive, damaged, or holds something that no model needs.
        OutputError: The folder cannot be written, or the disk is too small.
    """
    try:
        with zipfile.ZipFile(archive) as file:
            members = _members(file, archive.stat().st_size)
            require_room(archive.parent, sum(info.file_size for info in members.values()))
            _make_empty(folder)
            for name, info in members.items():
                with file.open(info) as source:
                    _copy(source, folder / name)
    except _DAMAGE as error:
        raise UnfitError("what the server sent is damaged, or no model") from error


def _members(file: zipfile.ZipFile, size: int) -> dict[str, zipfile.ZipInfo]:
    """Name within the folder → member; of two with one name the one that lies less deep."""
    infos = [info for info in file.infolist() if not info.is_dir()]
    whole = sum(info.file_size for info in infos)
    if len(infos) > _MOST_FILES or whole > min(_MOST_BYTES, _MOST_RATIO * size + _BLOCK):
        raise UnfitError("the archive would unpack into something far too large")
    for info in file.infolist():
        _vet(info)
    infos.sort(key=lambda info: -info.filename.count("/"))
    named = {PurePosixPath(info.filename).name: info for info in infos}
    return {name: info for name, info in named.items() if not name.startswith(".")}


def _vet(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or any(c in name for c in "\\:\0"):
        raise UnfitError("the archive holds a path that leads out of its folder")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise UnfitError("the archive holds a link, which no model needs")


def _make_empty(folder: Path) -> None:
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    except OSError as error:
        raise write_failure(folder, error) from error


def _copy(source: IO[bytes], target: Path) -> None:
    """Write a member to the disk; zipfile stops at its announced length and checks its CRC."""
    try:
        with target.open("xb") as stream:
            shutil.copyfileobj(source, stream, _BLOCK)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise write_failure(target, error) from error


def git_digest(path: Path) -> str:
    """Digest of a file as git names its content."""
    sha = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            sha.update(block)
    return sha.hexdigest()
