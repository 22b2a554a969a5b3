"""How fast the voices of a show speak: measured once for each, kept in ``.narrate/paces/``."""

from __future__ import annotations

from pathlib import Path

from narrate.build.workspace import Workspace
from narrate.files import seal, unseal, write_atomically
from narrate.model import Voice, clip_key, digest
from narrate.speak import Executor, Job
from narrate.verify import PACE_REVISION, PACE_SENTENCES, Pace, pace_of, sounding_s

_SCHEMA = 1


class Paces:
    """Answers how fast a voice speaks; lets it read five sentences when nobody knows.

    Args:
        executor: Speaks these sentences, with all its workers.
    """

    def __init__(self, space: Workspace, executor: Executor) -> None:
        self._space = space
        self._executor = executor
        self._known: dict[tuple[str, str], Pace] = {}

    def of(self, voice: Voice, lang: str) -> Pace:
        """The pace of a voice: the same for everything that its clip keys depend on.

        Raises:
            OutputError: It cannot be kept.
        """
        place = (voice.name, lang)
        if place not in self._known:
            self._known[place] = self._found(voice, lang)
        return self._known[place]

    def _found(self, voice: Voice, lang: str) -> Pace:
        fingerprint = self._space.fingerprint(voice)
        keys = {clip_key(text, lang, voice, fingerprint, 0): text for text in PACE_SENTENCES[lang]}
        path = self._space.show.cache / "paces" / f"{digest([PACE_REVISION, *keys])}.json"
        pace = _kept(path)
        if pace is None:
            where = f"voice {voice.name}, a sentence that its pace is measured on"
            jobs = [Job(key, voice, text, lang, where) for key, text in keys.items()]
            heard = {o.job.key: o.speech for o in self._executor.run(jobs) if o.speech is not None}
            readings = [(keys[key], sounding_s(speech)) for key, speech in heard.items()]
            pace = pace_of(readings, lang, voice.length_scale)
            if len(heard) == len(jobs):
                content = {"voice": voice.name, "seconds_per_letter": pace.seconds_per_letter}
                write_atomically(path, seal(content, _SCHEMA))
        return pace


def _kept(path: Path) -> Pace | None:
    """What was measured earlier; ``None`` when there is nothing that can be used.

    Raises:
        ShowError: A newer narrate wrote the file.
    """
    content = unseal(path, _SCHEMA) or {}
    seconds = content.get("seconds_per_letter")
    return Pace(seconds) if isinstance(seconds, float) and seconds > 0 else None
