"""The takes that a show keeps: which there are, which is chosen, and the sound of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from narrate.build.alike import refuse_unvarying
from narrate.build.paces import Paces
from narrate.build.plan import EpisodePlan, UtterancePlan
from narrate.build.retake import Target, sentences_of, take_key
from narrate.build.workspace import Workspace
from narrate.cache import EntryState
from narrate.errors import EngineError
from narrate.events import Emit
from narrate.model import Speech
from narrate.project import ArticleTakes, Take
from narrate.project.takes import FIRST, normal
from narrate.speak import Executor, Job
from narrate.voices import make_ready

MOST_LISTED = 100
"""Of one sentence; only who asks for take 1,000 by its number has more."""


@dataclass(frozen=True, slots=True)
class KeptTake:
    """One take of a sentence.

    Attributes:
        seconds: Length of its clip; 0 when the clip is not there, and must be spoken to be heard.
    """

    number: int
    chosen: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class SentenceTakes:
    """The takes of a sentence.

    Attributes:
        chapter: Number from 1; 0 when the article no longer has the sentence.
        title: Of the chapter; its id when the sentence is gone from it.
        sentence: Number within the chapter, from 1; 0 when it is gone.
        last: The highest ever made.
        takes: Of a sentence that is gone none: without its voice nobody knows their clips.
    """

    key: str
    lang: str
    chapter: int
    title: str
    sentence: int
    text: str
    voice: str
    chosen: int
    last: int
    takes: tuple[KeptTake, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterVoice:
    """A chapter's own voice.

    Attributes:
        chapter: Its number, from 1; 0 when the article no longer has it.
    """

    key: str
    lang: str
    chapter: int
    title: str
    voice: str


def takes_of(
    space: Workspace, episode: EpisodePlan, chapter: int | None, sentence: int | None
) -> Iterator[SentenceTakes]:
    """The takes of an article's sentences.

    Args:
        chapter: Number of the chapter of which every sentence is wanted; ``None`` for whatever has
            an entry in the article, sentences that are gone included.
        sentence: Number of the only sentence that is wanted.
    """
    document = episode.script.document
    own = space.takes.of(document.key, document.lang).in_chapters(sentences_of(episode))
    for part in episode.chapters:
        if chapter not in {None, part.number}:
            continue
        for number, line in enumerate(part.utterances, start=1):
            entry = _entry(own, part.chapter.id, line.utterance.text)
            if sentence not in {None, number} or (entry is None and chapter is None):
                continue
            take = entry or FIRST
            yield SentenceTakes(
                key=document.key,
                lang=document.lang,
                chapter=part.number,
                title=part.chapter.title,
                sentence=number,
                text=line.utterance.text,
                voice=line.voice.name,
                chosen=line.take,
                last=take.last,
                takes=tuple(_kept(space, line, take.last)),
            )
    if chapter is None:
        there = sentences_of(episode)
        everywhere = {said for sentences in there.values() for said in sentences}
        gone = {
            (one, said): take
            for (one, said), take in own.sentences.items()
            if said not in (there.get(one, ()) if one else everywhere)
        }
        yield from gone_takes(document.key, document.lang, ArticleTakes(gone))


def gone_takes(key: str, lang: str, own: ArticleTakes) -> Iterator[SentenceTakes]:
    """Entries whose sentence is gone."""
    for (chapter, text), take in own.sentences.items():
        yield SentenceTakes(key, lang, 0, chapter, 0, text, "", take.number, take.last)


def voices_of(space: Workspace, episode: EpisodePlan) -> Iterator[ChapterVoice]:
    """The chapters that have a voice of their own."""
    document = episode.script.document
    chapters = {one.chapter.id: one for one in episode.chapters}
    for chapter, voice in space.takes.of(document.key, document.lang).voices.items():
        part = chapters.get(chapter)
        number, title = (part.number, part.chapter.title) if part else (0, chapter)
        yield ChapterVoice(document.key, document.lang, number, title, voice)


def take_sound(
    space: Workspace, target: Target, number: int, executor: Executor, emit: Emit
) -> Speech:
    """The sound of a take; its clip is made if it is not there.

    Args:
        target: One sentence.

    Raises:
        UsageError: Every take of the voice sounds the same.
        EngineError: The voice cannot be used, or does not say it properly.
        OutputError: The cache cannot be written.
    """
    if number:
        refuse_unvarying(space.voices, target.chapter.voice, target.episode.stem)
    [line] = target.lines
    key = take_key(space, line, number)
    if space.clips.state(key) is not EntryState.PRESENT:
        make_ready(line.voice, emit)
        # A model that has only come now is known by its digest from here on.
        key = take_key(space, line, number)
        utterance = line.anew or line.utterance
        where = (
            f"{target.episode.stem}, chapter {target.chapter.number}, sentence {target.sentence}"
        )
        pace = Paces(space, executor).of(line.voice, utterance.lang)
        job = Job(
            *(key, line.voice, utterance.spoken, utterance.lang, where, pace),
            sounds=utterance.sounds,
        )
        [outcome] = executor.run([job])
        if outcome.speech is None:
            raise outcome.error or EngineError("no audio came", where=where)
        space.clips.write(key, outcome.speech, len(outcome.refused))
    return space.clips.read(key)


def _entry(own: ArticleTakes, chapter: str, text: str) -> Take | None:
    sentence = normal(text)
    return own.sentences.get((chapter, sentence)) or own.sentences.get(("", sentence))


def _kept(space: Workspace, line: UtterancePlan, last: int) -> Iterator[KeptTake]:
    numbers = {*range(min(last, MOST_LISTED) + 1), line.take}
    for number in sorted(numbers):
        seconds = space.clips.seconds(take_key(space, line, number))
        yield KeptTake(number, number == line.take, seconds)
