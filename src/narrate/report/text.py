"""Events in words: the same on every kind of terminal."""

from __future__ import annotations

from collections.abc import Iterator

from narrate.errors import NarrateError
from narrate.events import (
    EpisodeWritten,
    FeedWritten,
    Finished,
    ReadAgain,
    Started,
    VoiceUsed,
    Warned,
)
from narrate.model import LANGUAGES


def duration(seconds: float) -> str:
    """``m:ss``, or ``h:mm:ss`` from an hour on."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def language(lang: str) -> str:
    """A language by its own name."""
    return LANGUAGES.get(lang, lang)


def count(number: int, one: str, many: str = "") -> str:
    """``1 episode``, ``2 episodes``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def started(event: Started) -> str:
    """What lies ahead."""
    if not event.episodes and not event.utterances:
        return f"Nothing to do: {count(event.up_to_date, 'episode')} up to date"
    return (
        f"To do: {count(event.episodes, 'episode')}, {count(event.chapters, 'chapter')}, "
        f"{count(event.utterances, 'utterance')} to speak"
    )


def warned(event: Warned) -> str:
    """A warning with its place."""
    return f"Warning: {event.where}: {event.text}" if event.where else f"Warning: {event.text}"


def read_again(event: ReadAgain) -> str:
    """A sentence that was read again, and why."""
    return f"Read again: {event.where}: {'; '.join(event.refused)}"


def failed(error: NarrateError) -> str:
    """A failure with its place and its remedy."""
    return f"Error: {error}"


def episode_written(event: EpisodeWritten) -> str:
    """An episode, why it was written, and its length."""
    return f"Wrote {event.stem} ({duration(event.seconds)}; {event.reason})"


def summary(event: Finished, feeds: list[FeedWritten], output: str) -> Iterator[str]:
    """The last lines of a build; failures come at the very end."""
    yield _spoken(event)
    if event.read_again:
        yield f"Read again: {count(event.read_again, 'clip')} whose first reading was faulty"
    yield (
        f"Episodes: {event.episodes_written} written, {event.episodes_up_to_date} up to date, "
        f"in {output}"
    )
    if event.later:
        yield f"Left for later: {count(event.later, 'episode')}; the same command goes on"
    for feed in feeds:
        state = "written" if feed.changed else "unchanged"
        yield f"Feed: {output}/{feed.path} ({count(feed.episodes, 'episode')}, {state})"
    if any(not feed.is_public for feed in feeds):
        yield (
            "To publish: set “base_url” in narrate.toml to the address of the output folder; "
            "without it nobody can subscribe"
        )
    if event.left_out:
        rules = ", ".join(f"{rule} {n}" for rule, n in event.left_out.items())
        yield (
            f"Left out: {count(sum(event.left_out.values()), 'word')} ({rules}); "
            "`narrate build --dry-run` lists them"
        )
    for voice in event.voices:
        yield _voice(voice)
    if event.failures:
        yield f"Failed: {len(event.failures)}"
        for failure in event.failures:
            yield f"  {str(failure).replace(chr(10), chr(10) + '  ')}"


def _spoken(event: Finished) -> str:
    line = f"Spoken: {event.synthesised} synthesised, {event.reused} from the cache"
    if event.audio_s and event.wall_s:
        factor = event.wall_s / event.audio_s
        line += (
            f"; {duration(event.audio_s)} of new speech in {event.wall_s:.1f} s "
            f"(real-time factor {factor:.3f})"
        )
    else:
        line += f"; {event.wall_s:.1f} s"
    return line


def _voice(voice: VoiceUsed) -> str:
    licence = f", {voice.licence}" if voice.licence else ""
    limits = "" if voice.commercial else "; NOT for commercial use"
    engine = voice.by or f"engine {voice.engine}"
    return f"Voice: {language(voice.lang)} by {voice.voice} ({engine}{licence}{limits})"
