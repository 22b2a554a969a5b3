"""``narrate regenerate``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from narrate.cli.alike import refuse_unvarying
from narrate.cli.app import Jobs, Json, Plain, show_folder
from narrate.cli.build import build_show
from narrate.cli.common import check_langs, default_jobs, tell
from narrate.cli.times import clock, parse_time
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.build import EpisodePlan, HeardEpisode, Plan, Target, Workspace
    from narrate.project import Takes

At = Annotated[
    str,
    typer.Option("--at", metavar="TIME", help="The sentence heard then: 7:32, 1:02:03 or 452.5."),
]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        chapter, sentence: Numbers, from 1.
        at: A time of the finished episode, in seconds.
        take: ``None`` for a new one.
        voice: Name; empty for no change.
    """

    key: str
    langs: tuple[str, ...]
    chapter: int | None
    sentence: int | None
    at: float | None
    take: int | None
    voice: str


def regenerate(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of the article.")],
    lang: Annotated[str, typer.Option("--lang", "-l", metavar="LANG", help="de or en.")] = "",
    chapter: Annotated[
        int | None, typer.Option("--chapter", min=1, metavar="N", help="Number of the chapter.")
    ] = None,
    sentence: Annotated[
        int | None,
        typer.Option("--sentence", min=1, metavar="K", help="Only this sentence of the chapter."),
    ] = None,
    at: At = "",
    take: Annotated[
        int | None,
        typer.Option(
            "--take", min=0, max=1_000_000, metavar="T", help="This take; 0 is the first."
        ),
    ] = None,
    voice: Annotated[
        str, typer.Option("--voice", metavar="NAME", help="Who reads the chapter from now on.")
    ] = "",
    all_langs: Annotated[
        bool, typer.Option("--all-langs", help="The chapter of this number in every language.")
    ] = False,
    jobs: Jobs = None,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Read a chapter or a sentence again: a new take, an earlier one, or another voice.

    What is chosen is kept in takes.toml; all other chapters stay as they are, sample for sample.

    \b
    Examples:
      narrate regenerate welcome --lang en --chapter 2
      narrate regenerate welcome --lang en --at 7:32           the sentence heard then
      narrate regenerate welcome --lang en --chapter 2 --sentence 3 --take 0
      narrate regenerate welcome --lang en --chapter 2 --voice pico-en-gb
      narrate regenerate welcome --all-langs --chapter 2
    """  # noqa: D301
    from narrate.build import locked_workspace  # noqa: PLC0415

    _check_usage(lang, chapter, sentence, at, voice, all_langs=all_langs)
    wish = Wish(
        key=key,
        langs=() if all_langs else check_langs([lang]),
        chapter=chapter,
        sentence=sentence,
        at=parse_time(at, "--at") if at else None,
        take=take,
        voice=voice,
    )
    with locked_workspace(show_folder(context)) as space:
        targets = _targets(space, wish)
        takes = _wished(space, wish, targets)
        if not _carried_out(space, takes, targets, jobs, plain=plain, as_json=as_json):
            raise typer.Exit(1)
        _tell_changes(space, targets, as_json=as_json)


def _check_usage(
    lang: str,
    chapter: int | None,
    sentence: int | None,
    at: str,
    voice: str,
    *,
    all_langs: bool,
) -> None:
    """Refuse options that make no sense together.

    Raises:
        UsageError: They do not.
    """
    one_sentence = "--at" if at else "--sentence" if sentence is not None else ""
    if not lang and not all_langs:
        raise UsageError(
            "the language is missing", mend="Add `--lang LANG`, or `--all-langs` for every one."
        )
    if all_langs and lang:
        raise UsageError("`--lang` and `--all-langs` exclude each other", mend="Choose one.")
    if all_langs and one_sentence:
        raise UsageError(
            f"`{one_sentence}` means another sentence in each language",
            where="--all-langs",
            mend="Regenerate it in one language at a time, or the whole chapter with `--chapter`.",
        )
    if at and (chapter is not None or sentence is not None):
        raise UsageError(
            "`--at` names a sentence already", mend="Leave `--chapter` and `--sentence` out."
        )
    if not at and chapter is None:
        what = "`--sentence` counts within a chapter" if sentence else "no chapter is named"
        raise UsageError(what, mend="Add `--chapter N`, or name a time with `--at 7:32` instead.")
    if voice and one_sentence:
        raise UsageError(
            "`--voice` changes a whole chapter",
            where=one_sentence,
            mend="Name the chapter alone, with `--chapter N`.",
        )
    if voice and all_langs:
        raise UsageError(
            "a voice speaks one language",
            where="--voice",
            mend="Choose a voice in one language at a time, with `--lang LANG`.",
        )


def _targets(space: Workspace, wish: Wish) -> tuple[Target, ...]:
    """What is meant in each language, every piece known to exist.

    Raises:
        UsageError: Something does not exist.
    """
    from narrate.build import (  # noqa: PLC0415
        Selection,
        heard_episode,
        make_plan,
        target_heard,
        target_of,
    )

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
    from narrate.build import with_takes, with_voice  # noqa: PLC0415

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


def _carried_out(
    space: Workspace,
    takes: Takes,
    targets: Sequence[Target],
    jobs: int | None,
    *,
    plain: bool,
    as_json: bool,
) -> bool:
    """Build with other takes; says whether that went well. Else takes.toml is what it was.

    The takes are written first: if the machine stops half-way, the next build ends what was asked
    for.
    """
    from narrate.build import Selection  # noqa: PLC0415
    from narrate.project import TAKES_FILE, save_takes  # noqa: PLC0415

    documents = [target.episode.script.document for target in targets]
    langs = tuple(document.lang for document in documents)
    selection = Selection(keys=(documents[0].key,), langs=langs)
    path = space.show.root / TAKES_FILE
    before = path.read_bytes() if path.exists() else None
    is_done = False
    try:
        save_takes(space.show.root, takes)
        finished = build_show(
            replace(space, takes=takes),
            selection,
            jobs or default_jobs(),
            plain=plain,
            as_json=as_json,
        )
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
    from narrate.files import write_if_changed  # noqa: PLC0415
    from narrate.project import TAKES_FILE, save_takes  # noqa: PLC0415

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


def _tell_changes(space: Workspace, targets: Sequence[Target], *, as_json: bool) -> None:
    """Say what is heard otherwise now, and when, so that it can be listened to."""
    from narrate.build import heard_episode  # noqa: PLC0415

    fresh = replace(space)  # knows what was just built
    for target in targets:
        document = target.episode.script.document
        stem = target.episode.stem
        before = space.known[stem].outputs if stem in space.known else ()
        change = _change(
            heard_episode(fresh, document.key, document.lang),
            target,
            changed=fresh.known[stem].outputs != before,
        )
        if as_json:
            print(json.dumps({"event": "regenerated", **change}, ensure_ascii=False))
        else:
            tell(_in_words(change))


def _change(episode: HeardEpisode, target: Target, *, changed: bool) -> dict[str, Any]:
    """Where the finished episode has what was meant.

    Args:
        changed: Whether the episode is another one now.
    """
    number, texts = target.chapter.number, set(target.texts)
    chapter = [line for line in episode.lines if line.chapter == number]
    lines = [line for line in chapter if line.line.text in texts]
    one = target.sentence is not None
    return {
        "key": episode.record.key,
        "lang": episode.record.lang,
        "chapter": number,
        "title": lines[0].title,
        "sentences": [line.sentence for line in lines],
        "starts_s": [round(episode.seconds(line.start_frame), 4) for line in lines],
        "text": target.texts[0] if one else "",
        "takes": sorted({line.line.take for line in lines}),
        "voice": lines[0].line.voice,
        "changed": changed,
    }


def _in_words(change: Mapping[str, Any]) -> str:
    head = "Changed" if change["changed"] else "As it was"
    place = f"{change['key']}.{change['lang']}, chapter {change['chapter']} “{change['title']}”"
    starts = [clock(start) for start in change["starts_s"]]
    takes = ", ".join(map(str, change["takes"]))
    how = f"take{'s' if len(change['takes']) > 1 else ''} {takes}, voice {change['voice']}"
    if not change["text"]:
        return f"{head}: {place}, from {starts[0]} on; {how}."
    numbers = change["sentences"]
    which = f"sentence{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}"
    return f"{head}: {place}, {which} at {' and '.join(starts)}; {how}: {change['text']}"
