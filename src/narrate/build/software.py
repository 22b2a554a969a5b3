"""What made a line besides its text, the user's half apart from the software's.

Only the user's half makes an episode be built anew; what newer software would make otherwise is
kept until a refresh is asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import narrate
from narrate import revisions
from narrate.build.record import Origin
from narrate.build.workspace import Workspace
from narrate.model import Voice, canonical_json, digest

_ROOMS = ("ingest", "segment", "spoken")
"""Whose sources decide what is said for an article, and how it is divided."""

_READERS = ("markdown-it-py", "mdit-py-plugins")
"""Packages that find the structure of an article."""


@cache
def rules() -> str:
    """Names narrate's own rules: a digest of their sources, tables included."""
    root = Path(narrate.__file__).parent
    total = hashlib.sha256()
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix == ".pyc" or not path.is_file():
                continue
            total.update(path.relative_to(root).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return digest([total.hexdigest(), [_version(name) for name in _READERS]])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def origin(space: Workspace, voice: Voice) -> Origin:
    """What makes a line that a voice reads today; asked once for each voice."""
    return space.once("origin", voice.name, lambda: _origin(space, voice))


def _origin(space: Workspace, voice: Voice) -> Origin:
    engine, marks = space.engine(voice), space.fingerprint(voice)
    software = {name: mark for name, mark in marks.items() if name in engine.software}
    return Origin(
        voice=voice.name,
        settings={
            "engine": voice.engine,
            "speaker": voice.speaker,
            "length_scale": voice.length_scale,
            "seed": voice.seed,
            "options": dict(voice.options),
        },
        files={name: mark for name, mark in marks.items() if name not in engine.software},
        engine={**software, "max_chars": str(engine.max_chars(voice))},
        rules=rules(),
    )


def encoder(space: Workspace) -> dict[str, str]:
    """What encodes chapters today."""
    return {
        "ffmpeg": space.ffmpeg.version,
        "assembly": str(revisions.ASSEMBLY),
        "encoding": str(revisions.ENCODING),
    }


def encoder_digest(made: Mapping[str, str]) -> str:
    """Names an encoder in the keys of encoded chapters."""
    return digest([made["ffmpeg"], int(made["assembly"]), int(made["encoding"])])


def is_joinable(made: Mapping[str, str], today: Mapping[str, str]) -> bool:
    """Whether chapters of two encoders fit into one file: versions of ffmpeg may differ."""
    return all(made[name] == today[name] for name in ("assembly", "encoding"))


def pauses(space: Workspace) -> str:
    """Names the show's pauses."""
    return digest(asdict(space.show.reading.pauses))


def software(origins: Iterable[Origin]) -> str:
    """Names the software that made lines: equal for equal rules, engines and voices."""
    made = {canonical_json([one.voice, dict(one.engine), one.rules]) for one in origins}
    return digest([one.decode() for one in sorted(made)])
