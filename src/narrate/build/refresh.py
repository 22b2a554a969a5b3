"""What newer software would read otherwise in episodes that older software made.

It is counted once for each software and noted with the episode; nothing is changed by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from narrate.build import software
from narrate.build.estimate import CHARACTERS_A_SECOND
from narrate.build.plan import UtterancePlan
from narrate.build.record import Offer, Record
from narrate.build.workspace import Workspace
from narrate.model import Voice

_SHORT_HOURS = 0.1


def of_today(space: Workspace, voices: Iterable[Voice]) -> str:
    """Names the software that would make an episode with these voices today."""
    return software.software(software.origin(space, voice) for voice in voices)


def is_of_today(space: Workspace, record: Record) -> bool:
    """Whether today's software made all of an episode."""
    return record.software == _of_today(space, record)


def is_counted(space: Workspace, record: Record) -> bool:
    """Whether today's software made an episode, or was asked what it would change."""
    today = _of_today(space, record)
    return today in {record.software, record.offer.software if record.offer else ""}


def _of_today(space: Workspace, record: Record) -> str:
    voices = [space.voices[name] for name in record.voices if name in space.voices]
    return of_today(space, voices)


def offer_of(
    space: Workspace,
    today: Sequence[UtterancePlan],
    heard: Collection[str],
    voices: Iterable[Voice],
) -> Offer:
    """What today's software would read otherwise.

    Args:
        today: Every line as it would be read.
        heard: Keys of the clips that are heard in the finished episode; none: nobody knows.
        voices: Whose they are.
    """
    new = {line.key: line for line in today if line.key not in heard} if heard else {}
    characters = sum(len(line.utterance.spoken) for line in new.values())
    return Offer(of_today(space, voices), len(new), characters / CHARACTERS_A_SECOND)


def in_words(offers: Iterable[Offer]) -> str:
    """One line for the author; empty when newer software would change nothing."""
    changing = [offer for offer in offers if offer.sentences]
    if not changing:
        return ""
    sentences = sum(offer.sentences for offer in changing)
    hours = sum(offer.seconds for offer in changing) / 3600
    length = f"{hours:.1f} h" if hours >= _SHORT_HOURS else f"{max(hours * 60, 1):.0f} min"
    renews = "it" if sentences == 1 else "them"
    return (
        f"Newer software would read {_count(sentences, 'sentence')} in "
        f"{_count(len(changing), 'episode')} ({length}) otherwise; "
        f"`narrate build --refresh` renews {renews}."
    )


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
