"""Voices that a plan needs and this machine lacks are fetched before anything is spoken."""

from __future__ import annotations

from narrate.build.plan import Plan
from narrate.build.workspace import Workspace
from narrate.errors import EngineError
from narrate.events import Downloading, Emit, Warned


def fetch_voices(
    space: Workspace, plan: Plan, emit: Emit
) -> tuple[frozenset[str], dict[str, EngineError]]:
    """Fetch what the voices of a plan lack, each once.

    Returns:
        Names of the voices something was fetched for, and name → error of those that cannot be
        used.
    """
    fetched: set[str] = set()
    unusable: dict[str, EngineError] = {}
    for voice in {e.voice.name: e.voice for e in plan.episodes if e.to_speak}.values():
        engine = space.engine(voice)
        readiness = engine.check(voice)
        if readiness.note:
            emit(Warned(readiness.note, f"voice {voice.name}"))
        if readiness.ready:
            continue
        try:
            engine.prepare(voice, lambda what, done, total: emit(Downloading(what, done, total)))
            fetched.add(voice.name)
        except EngineError as error:
            unusable[voice.name] = error.at(f"voice {voice.name}")
    return frozenset(fetched), unusable
