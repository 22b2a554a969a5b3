"""How ``narrate voices`` shows what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from narrate.cli.common import print_table, tell
from narrate.engines import Readiness
from narrate.report import language
from narrate.voices import VoiceState


def print_columns(states: Sequence[VoiceState], used: Mapping[str, str]) -> None:
    """One table of all voices, narrow; below it what can be done about those that are not ready."""
    rows = [_narrow_row(state, used) for state in states]
    print_table(("Voice", "Speaks", "Engine", "Licence", "State"), rows)
    mends = [state for state in states if not state.readiness.ready and state.readiness.mend]
    if mends:
        tell()
    for state in mends:
        tell(f"{state.voice.name}: {state.readiness.mend}")


def print_plainly(states: Sequence[VoiceState], used: Mapping[str, str]) -> None:
    """One sentence a line, no columns."""
    for state in states:
        name, *facts = _row(state, used)
        tell(f"{name}: {', '.join(fact for fact in facts if fact)}")


def _narrow_row(state: VoiceState, used: Mapping[str, str]) -> tuple[str, ...]:
    name, lang, engine, licence, use, _ = _row(state, used)
    readiness = state.readiness
    facts = (
        _state(readiness) if readiness.ready else readiness.missing,
        use,
    )
    return name, lang, engine, licence, ", ".join(fact for fact in facts if fact)


def _row(state: VoiceState, used: Mapping[str, str]) -> tuple[str, ...]:
    voice = state.voice
    licence = voice.licence or "licence unknown"
    return (
        voice.name,
        language(voice.lang),
        voice.engine,
        licence if voice.commercial else f"{licence}, not for commercial use",
        "used by this show" if used.get(voice.lang) == voice.name else "",
        _state(state.readiness),
    )


def _state(readiness: Readiness) -> str:
    if readiness.ready:
        return f"ready, but {readiness.note}" if readiness.note else "ready"
    return ". ".join(part for part in (readiness.missing, readiness.mend) if part)


def as_json(state: VoiceState, used: Mapping[str, str]) -> dict[str, object]:
    """A voice for programs."""
    voice, readiness = state.voice, state.readiness
    return {
        "name": voice.name,
        "lang": voice.lang,
        "engine": voice.engine,
        "model": voice.model,
        "licence": voice.licence,
        "commercial": voice.commercial,
        "attribution": voice.attribution,
        "terms": voice.terms,
        "accepted": voice.accepted,
        "description": voice.description,
        "ready": readiness.ready,
        "missing": readiness.missing,
        "mend": readiness.mend,
        "note": readiness.note,
        "used": used.get(voice.lang) == voice.name,
    }
