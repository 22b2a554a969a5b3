"""What a show's voices need before they can speak: terms to accept, models to fetch or make.

Accepted terms stand in ``licences.toml`` at the show's root, so that a build never has to ask and
the show carries its own record::

    [accepted]
    xtts-de = "https://tts-hub.github.io/cpml"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from narrate.engines.base import Describer, Maker, Readiness
from narrate.engines.registry import find_engine
from narrate.errors import NarrateError, ShowError, UsageError
from narrate.events import Downloading, Emit, Noted
from narrate.files import migrate, parse_toml, read_bytes, write_atomically
from narrate.model import Show, Voice

LICENCES = "licences.toml"
"""Name of the file at the show's root."""

TABLE = "accepted"

_MOST_KIB = 256
_SCHEMA = 1
_HEADER = (
    "Terms that were accepted for this show with `narrate voices accept NAME`.\n"
    "Take a line away to withdraw."
)
_MEND = "Mend it, or delete it and accept the terms again."


@dataclass(frozen=True, slots=True)
class VoiceState:
    """A voice and whether it can speak on this machine."""

    voice: Voice
    readiness: Readiness


def voice_states(voices: Mapping[str, Voice]) -> tuple[VoiceState, ...]:
    """The state of every voice, sorted by name; quick, without network, loads no model.

    An engine that cannot be found makes its voices not ready; it never raises.
    """
    return tuple(VoiceState(voices[name], _readiness(voices[name])) for name in sorted(voices))


def make_ready(voice: Voice, emit: Emit) -> None:
    """Fetch and work out whatever a voice needs to speak here; returns at once when it has it.

    Args:
        emit: Told of downloads, and of what takes a while.

    Raises:
        EngineError: It cannot be had.
        OutputError: It cannot be written.
    """
    engine = find_engine(voice.engine)
    engine.prepare(voice, lambda what, done, total: emit(Downloading(what, done, total)))
    if isinstance(engine, Maker):
        engine.make(voice, lambda clause: emit(Noted(f"{voice.name}: {clause}")))


def what_speaks(voice: Voice) -> str:
    """What speaks when a voice does, for people: ``SVOX Pico``; else the engine's name."""
    engine = find_engine(voice.engine)
    return engine.describe(voice) if isinstance(engine, Describer) else engine.name


def accepted_terms(root: Path) -> Mapping[str, str]:
    """Name of a voice → address of the terms that were accepted for it.

    Raises:
        ShowError: ``licences.toml`` cannot be read or does not say what it should.
    """
    table = parse_toml(_read(root / LICENCES), LICENCES, mend=_MEND)
    table = migrate(table, LICENCES, _SCHEMA, missing=_SCHEMA, mend=_MEND)
    del table["schema"]
    accepted = table.pop(TABLE, {})
    if table:
        raise _invalid(f"has an unknown key, “{next(iter(table))}”")
    if not isinstance(accepted, dict) or not all(isinstance(v, str) for v in accepted.values()):
        raise _invalid(f'[{TABLE}] holds something that is not `NAME = "address of the terms"`')
    return accepted


def accept_terms(show: Show, voice: Voice) -> Path:
    """Record that a person has read and accepted the terms of a voice.

    Everything else in the file stays as it is, comments included. Accepting twice changes nothing.

    Returns:
        The file of record.

    Raises:
        UsageError: The voice has no terms.
        ShowError: The file exists but is invalid.
        OutputError: The file cannot be written.
    """
    if not voice.terms:
        raise UsageError("has no terms to accept", where=f"voice {voice.name}")
    path = show.root / LICENCES
    if accepted_terms(show.root).get(voice.name) != voice.terms:
        write_atomically(path, _with_entry(_read(path).decode("utf-8-sig"), voice).encode())
    return path


def _readiness(voice: Voice) -> Readiness:
    try:
        return find_engine(voice.engine).check(voice)
    except NarrateError as error:
        missing = f"{error.where}: {error.what}" if error.where else error.what
        return Readiness(ready=False, missing=missing, mend=error.mend)


def _with_entry(text: str, voice: Voice) -> str:
    import tomlkit  # noqa: PLC0415 - only this command writes TOML

    document = tomlkit.parse(text)
    if not text.strip():
        for line in _HEADER.splitlines():
            document.add(tomlkit.comment(line))
        document.add(tomlkit.nl())
        document["schema"] = _SCHEMA
    table = document.setdefault(TABLE, tomlkit.table())
    table[voice.name] = voice.terms
    return tomlkit.dumps(document)


def _read(path: Path) -> bytes:
    return read_bytes(path, LICENCES, _MOST_KIB, mend=_MEND) if path.exists() else b""


def _invalid(what: str) -> ShowError:
    return ShowError(what, where=LICENCES, mend=_MEND)
