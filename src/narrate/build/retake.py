"""Which sentences are meant to be read again, and what that makes of the takes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from narrate.build.heard import HeardLine
from narrate.build.plan import ChapterPlan, EpisodePlan, UtterancePlan
from narrate.build.workspace import Workspace
from narrate.cache import EntryState
from narrate.errors import UsageError
from narrate.model import clip_key
from narrate.project import ArticleTakes, Take, Takes
from narrate.project.takes import normal


@dataclass(frozen=True, slots=True)
class Target:
    """A chapter of an episode, or one sentence of it.

    Attributes:
        sentence: Its number within the chapter, from 1; ``None`` for the whole chapter.
    """

    episode: EpisodePlan
    chapter: ChapterPlan
    sentence: int | None = None

    @property
    def lines(self) -> tuple[UtterancePlan, ...]:
        """The utterances that are meant."""
        if self.sentence is None:
            return self.chapter.utterances
        return (self.chapter.utterances[self.sentence - 1],)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is meant, as written; each text once."""
        return tuple(dict.fromkeys(line.utterance.text for line in self.lines))


def target_of(episode: EpisodePlan, chapter: int, sentence: int | None = None) -> Target:
    """A chapter, or one sentence of it, by its number.

    Raises:
        UsageError: There is no such chapter or sentence.
    """
    key, lang = episode.script.document.key, episode.script.document.lang
    if not 1 <= chapter <= len(episode.chapters):
        raise UsageError(
            f"there is no chapter {chapter}: the article has 1 to {len(episode.chapters)}",
            where=episode.stem,
            mend=f"`narrate chapters {key}` lists them with their numbers.",
        )
    chosen = episode.chapters[chapter - 1]
    if sentence is not None and not 1 <= sentence <= len(chosen.utterances):
        raise UsageError(
            f"there is no sentence {sentence}: chapter {chapter} has 1 to "
            f"{len(chosen.utterances)}, headings included",
            where=episode.stem,
            mend=f"`narrate takes {key} --lang {lang} --chapter {chapter}` lists them.",
        )
    return Target(episode, chosen, sentence)


def target_heard(episode: EpisodePlan, heard: HeardLine) -> Target:
    """What a sentence of the finished file is in the article as it is now.

    Raises:
        UsageError: The article no longer has it.
    """
    text = heard.line.text
    homes = sorted(
        (chapter.chapter.id != heard.chapter_id, abs(number - heard.sentence), chapter.number)
        for chapter in episode.chapters
        for number, line in enumerate(chapter.utterances, start=1)
        if line.utterance.text == text
    )
    if not homes:
        raise UsageError(
            f"the article no longer has what is heard then: “{text}”",
            where=episode.stem,
            mend=f"`narrate build {episode.script.document.key}` first makes the episode as the "
            "article is now.",
        )
    chosen = episode.chapters[homes[0][2] - 1]
    numbers = [n for n, line in enumerate(chosen.utterances, 1) if line.utterance.text == text]
    return Target(episode, chosen, min(numbers, key=lambda number: abs(number - heard.sentence)))


def with_takes(takes: Takes, target: Target, number: int | None) -> Takes:
    """The takes with another reading of everything that is meant.

    Args:
        number: The take; ``None`` for a new one of each sentence.
    """
    document = target.episode.script.document
    chapters = sentences_of(target.episode)
    own = takes.of(document.key, document.lang).in_chapters(chapters)
    for text in target.texts:
        chosen = own.last(text) + 1 if number is None else number
        own = _with_take(own, chapters, text, target.chapter.chapter.id, chosen)
    return takes.with_article(document.key, document.lang, own)


def with_voice(takes: Takes, target: Target, name: str) -> Takes:
    """The takes with another voice for a chapter; that of the episode takes its entry away."""
    document = target.episode.script.document
    chosen = "" if name == target.episode.voice.name else name
    return takes.with_voice(document.key, document.lang, target.chapter.chapter.id, chosen)


def sentences_of(episode: EpisodePlan) -> Mapping[str, Collection[str]]:
    """Chapter id → its sentences as written."""
    return {
        chapter.chapter.id: {normal(line.utterance.text) for line in chapter.utterances}
        for chapter in episode.chapters
    }


def take_key(space: Workspace, line: UtterancePlan, number: int) -> str:
    """The clip of a take of a sentence: the one that older software made while it is there."""
    older = {made.take: made.key for made in line.others}
    if line.anew is not None:
        older[line.take] = line.key
    if number in older and space.clips.state(older[number]) is EntryState.PRESENT:
        return older[number]
    utterance = line.anew or line.utterance
    fingerprint = space.fingerprint(line.voice)
    return clip_key(
        *(utterance.spoken, utterance.lang, line.voice, fingerprint, number),
        sounds=utterance.sounds,
    )


def _with_take(
    own: ArticleTakes,
    chapters: Mapping[str, Collection[str]],
    text: str,
    chapter: str,
    number: int,
) -> ArticleTakes:
    """One sentence's take set: for its chapter alone where others have the sentence, too.

    Each of them then has an entry, so that a sentence that moves later is told from one that was
    there before.
    """
    sentence = normal(text)
    last = max(own.last(text), number)
    others = [one for one, said in chapters.items() if one != chapter and sentence in said]
    is_own = bool(others) or (chapter, sentence) in own.sentences
    entries = {
        (other, sentence): Take(own.number(text, other), last)
        for other in others
        if (other, sentence) not in own.sentences
    }
    entries[chapter if is_own else "", sentence] = Take(number, last)
    return ArticleTakes({**own.sentences, **entries}, own.voices)
