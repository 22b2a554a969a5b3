"""Why an utterance is spoken, told from what the last build noted."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.build.plan import UtterancePlan
from narrate.build.record import SpokenLine
from narrate.build.workspace import Workspace
from narrate.cache import EntryState


class History:
    """The utterances of the last build, to tell why one is spoken now."""

    def __init__(self, lines: Sequence[SpokenLine], *, is_known: bool) -> None:
        self._keys = {line.key for line in lines}
        self._texts = {line.text: line for line in lines}
        self._is_known = is_known

    def reason(self, space: Workspace, clip: UtterancePlan) -> str:
        """Why a clip must be made; empty when it is there."""
        state = space.clips.state(clip.key)
        if state is EntryState.PRESENT:
            return ""
        if state is EntryState.DAMAGED:
            return "clip damaged"
        if clip.key in self._keys:
            return "clip missing"
        before = self._texts.get(clip.utterance.text)
        if before is None:
            return "text changed" if self._is_known else "new"
        return _difference(before, clip)


def _difference(before: SpokenLine, clip: UtterancePlan) -> str:
    """Why the same text needs another clip than before."""
    if before.voice != clip.voice.name:
        return f"voice changed from {before.voice} to {clip.voice.name}"
    if before.take != clip.take:
        return f"new take {clip.take}"
    if before.spoken != clip.utterance.spoken:
        return "spoken form changed"
    return "voice settings, model or engine version changed"
