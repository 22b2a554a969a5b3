"""Chapters and sentences of finished episodes are read again: whoever asks, it is done here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from narrate.build.alike import refuse_unvarying
from narrate.build.heard import HeardEpisode, heard_episode
from narrate.build.plan import EpisodePlan, Plan
from narrate.build.planner import make_plan
from narrate.build.retake import Target, target_heard, target_of, with_takes, with_voice
from narrate.build.selection import Selection
from narrate.build.workspace import Workspace
from narrate.errors import UsageError
from narrate.events import Finished
from narrate.files import write_if_changed
from narrate.project import TAKES_FILE, Takes, save_takes

Build = Callable[[Workspace, Selection], Finished]
"""Builds what is selected and reports it where whoever asked will see it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be read again, and how.

    Attributes:
        langs: Empty for every language of the article.
        chapter, sentence: Numbers, from 1.
        at: A time of the finished episode in one language, in seconds; instead of the numbers.
        take: ``None`` for a new one.
        voice: Name; empty for no change.
    """

    key: str
    langs: tuple[str, ...]
    chapter: int | None = None
    sentence: int | None = None
    at: float | None = None
    take: int | None = None
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Regenerated:
    """Where the finished episode has what was read again.

    Attributes:
        title: Of the chapter.
        sentences: Numbers within the chapter, from 1.
        starts_s: Where each of them begins.
        text: The sentence that was meant; empty for a chapter.
        changed: Whether the episode is another one now.
    """

    key: str
    lang: str
    chapter: int
    title: str
    sentences: tuple[int, ...]
    starts_s: tuple[float, ...]
    text: str
    takes: tuple[int, ...]
    voice: str
    changed: bool


def regenerated(space: Workspace, wish: Wish, build: Build) -> tuple[Regenerated, ...]:
    """Read something again; empty when the build failed, and everything is what it was.

    Args:
        space: Locked.

    Raises:
        UsageError: What is meant does not exist, or the voice cannot vary.
        NarrateError: The article cannot be read, or the build cannot be begun.
    """
    targets = targets_of(space, wish)
    takes = _wished(space, wish, targets)
    if not _carried_out(space, takes, targets, build):
        return ()
    fresh = replace(space)  # knows what was just built
    return tuple(_change(space, fresh, target) for target in targets)


def targets_of(space: Workspace, wish: Wish) -> tuple[Target, ...]:
    """What is meant in each language, every piece known to exist.

    Raises:
        UsageError: Something does not exist.
        NarrateError: The article cannot be read.
    """
    moment = None
    if wish.at is not None:
        [lang] = wish.langs
        moment = heard_episode(space, wish.key, lang).at(wish.at)
    selection = Selection(keys=(wish.key,), langs=wish.langs, in_detail=True)
    episodes = _episodes(make_plan(space, selection), wish)
    if moment is not None:
        return (target_heard(episodes[0], moment.line),)
    return tuple(target_of(episode, wish.chapter or 0, wish.sentence) for episode in episodes)


def _episodes(plan: Plan, wish: Wish) -> tuple[EpisodePlan, ...]:
    """The one article that is meant, in each language.

    Raises:
        NarrateError: It cannot be read, or there is none, or more than one.
    """
    if plan.failures:
        raise plan.failures[0]
    keys = {episode.script.document.key for episode in plan.episodes}
    if len(keys) == 1:
        return plan.episodes
    if plan.drafts and not keys:
        raise UsageError(
            "is a draft",
            where=plan.drafts[0].name,
            mend="Take `draft: true` out of it; only what is built can be regenerated.",
        )
    langs = f" in {', '.join(wish.langs)}" if wish.langs else ""
    what = "more than one article matches" if keys else f"there is no article{langs}"
    raise UsageError(
        what, where=wish.key, mend="`narrate chapters` lists the articles with their languages."
    )


def _wished(space: Workspace, wish: Wish, targets: Sequence[Target]) -> Takes:
    """The takes as they are to be.

    Raises:
        UsageError: A voice cannot vary, or does not speak the language.
    """
    takes = space.takes
    for target in targets:
        if wish.voice:
            space.check_override(wish.voice, (target.episode.script.document.lang,))
            takes = with_voice(takes, target, wish.voice)
        if not wish.voice or wish.take is not None:
            reads = space.voices[wish.voice] if wish.voice else target.chapter.voice
            refuse_unvarying(space.voices, reads, target.episode.stem)
            takes = with_takes(takes, target, wish.take)
    return takes


def _carried_out(space: Workspace, takes: Takes, targets: Sequence[Target], build: Build) -> bool:
    """Build with other takes; says whether that went well. Else takes.toml is what it was.

    The takes are written first: if the machine stops half-way, the next build ends what was asked
    for.
    """
    documents = [target.episode.script.document for target in targets]
    langs = tuple(document.lang for document in documents)
    selection = Selection(keys=(documents[0].key,), langs=langs)
    path = space.show.root / TAKES_FILE
    before = path.read_bytes() if path.exists() else None
    is_done = False
    try:
        save_takes(space.show.root, takes)
        finished = build(replace(space, takes=takes), selection)
        is_done = not finished.failures
    finally:
        if not is_done:
            _take_back(space, takes, targets, before)
    return is_done


def _take_back(
    space: Workspace, takes: Takes, targets: Sequence[Target], before: bytes | None
) -> None:
    """Have takes.toml say again what it said, but for episodes that were written all the same.

    Args:
        before: Its content; ``None`` when there was none.
    """
    kept, now = space.takes, replace(space).known
    for target in targets:
        stem, document = target.episode.stem, target.episode.script.document
        was = space.known[stem].outputs if stem in space.known else ()
        if stem in now and now[stem].outputs != was:
            own = takes.of(document.key, document.lang)
            kept = kept.with_article(document.key, document.lang, own)
    path = space.show.root / TAKES_FILE
    if kept != space.takes:
        save_takes(space.show.root, kept)
    elif before is None:
        path.unlink(missing_ok=True)
    else:
        write_if_changed(path, before)


def _change(space: Workspace, fresh: Workspace, target: Target) -> Regenerated:
    """What is heard otherwise now, and when, so that it can be listened to."""
    document, stem = target.episode.script.document, target.episode.stem
    before = space.known[stem].outputs if stem in space.known else ()
    episode: HeardEpisode = heard_episode(fresh, document.key, document.lang)
    number, texts = target.chapter.number, set(target.texts)
    chapter = [line for line in episode.lines if line.chapter == number]
    lines = [line for line in chapter if line.line.text in texts]
    return Regenerated(
        key=episode.record.key,
        lang=episode.record.lang,
        chapter=number,
        title=lines[0].title,
        sentences=tuple(line.sentence for line in lines),
        starts_s=tuple(round(episode.seconds(line.start_frame), 4) for line in lines),
        text=target.texts[0] if target.sentence is not None else "",
        takes=tuple(sorted({line.line.take for line in lines})),
        voice=lines[0].line.voice,
        changed=fresh.known[stem].outputs != before,
    )
