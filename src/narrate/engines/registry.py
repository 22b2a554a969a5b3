"""Finds engines by name among the installed packages, and loads only the one that is asked for."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import cast

from narrate.engines.base import Engine, Varying
from narrate.errors import EngineError, ShowError
from narrate.model import Voice
from narrate.nearest import did_you_mean

GROUP = "narrate.engines"
"""Entry-point group: each entry names an engine and points to its class."""

_PARTS = (
    "name",
    "varies",
    "options",
    "software",
    "check",
    "validate",
    "fingerprint",
    "max_chars",
    "deadline_s",
    "prepare",
    "load",
)


def engine_names() -> tuple[str, ...]:
    """Names of all installed engines, sorted; no engine's code is loaded."""
    return tuple(sorted({entry.name for entry in entry_points(group=GROUP)}))


def find_engine(name: str) -> Engine:
    """The engine of that name.

    Raises:
        ShowError: No installed package brings it.
        EngineError: Its package is broken, or two packages bring it.
    """
    entries = _by_package(name)
    if not entries:
        raise _unknown(name)
    if len(entries) > 1:
        raise EngineError(
            f"the engine “{name}” comes from several packages: {', '.join(sorted(entries))}",
            mend="Uninstall all of them but one.",
        )
    [(package, entry)] = entries.items()
    return _load(package, entry)


def varies(voice: Voice) -> bool:
    """Whether another take of a voice sounds different: asked of its engine and its settings.

    Raises:
        ShowError, EngineError: As :func:`find_engine`.
    """
    engine = find_engine(voice.engine)
    return engine.varies and (not isinstance(engine, Varying) or engine.varies_with(voice))


def _by_package(name: str) -> dict[str, EntryPoint]:
    found = {}
    for entry in entry_points(group=GROUP, name=name):
        package = entry.dist.name if entry.dist else entry.value
        found[package] = entry
    return found


def _unknown(name: str) -> ShowError:
    known = engine_names()
    if not known:
        return ShowError(
            f"there is no engine “{name}”, nor any other",
            mend="The installation of narrate is incomplete; install it again.",
        )
    return ShowError(
        f"there is no engine “{name}”",
        mend=f"{did_you_mean(name, known)}Installed engines: {', '.join(known)}.",
    )


def _load(package: str, entry: EntryPoint) -> Engine:
    try:
        engine = entry.load()()
    except Exception as error:  # foreign code may raise anything while it is imported
        raise EngineError(
            f"the engine “{entry.name}” of the package {package} does not load: "
            f"{type(error).__name__}: {error}",
            mend=f"Update or reinstall {package}.",
        ) from error
    lacking = [part for part in _PARTS if not hasattr(engine, part)]
    if lacking:
        raise EngineError(
            f"the engine “{entry.name}” of the package {package} lacks: {', '.join(lacking)}",
            mend=f"Install a version of {package} that fits this version of narrate.",
        )
    return cast("Engine", engine)
