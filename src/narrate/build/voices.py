"""Voices that a plan needs are fetched and made ready before anything is spoken."""

from __future__ import annotations

from narrate.build.plan import Plan
from narrate.build.workspace import Workspace
from narrate.errors import EngineError
from narrate.events import Emit, Warned
from narrate.voices import make_ready


def fetch_voices(
    space: Workspace, plan: Plan, emit: Emit
) -> tuple[frozenset[str], dict[str, EngineError]]:
    """Give the voices of a plan what they lack, each once.

    Returns:
        Names of the voices whose model has come, and name → error of those that cannot be used.
    """
    fetched: set[str] = set()
    unusable: dict[str, EngineError] = {}
    lines = (line for episode in plan.episodes for line in episode.to_speak)
    for voice in {line.voice.name: line.voice for line in lines}.values():
        readiness = space.engine(voice).check(voice)
        if readiness.note:
            emit(Warned(readiness.note, f"voice {voice.name}"))
        try:
            make_ready(voice, emit)
        except EngineError as error:
            unusable[voice.name] = error.at(f"voice {voice.name}")
            continue
        if not readiness.ready:
            fetched.add(voice.name)
    return frozenset(fetched), unusable
