"""``narrate takes``."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Plain, show_folder
from narrate.cli.common import check_langs, print_json, tell
from narrate.cli.say import check_format, deliver
from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.build import ChapterVoice, EpisodePlan, SentenceTakes, Target, Workspace

_SHOWN = 90
_LONGEST_ROW = 2


def takes(
    context: typer.Context,
    key: Annotated[
        str, typer.Argument(metavar="[KEY]", help="Article; all if none is named.")
    ] = "",
    lang: Annotated[
        str, typer.Option("--lang", "-l", metavar="LANG", help="Only this language: de or en.")
    ] = "",
    chapter: Annotated[
        int | None,
        typer.Option("--chapter", min=1, metavar="N", help="Every sentence of this chapter."),
    ] = None,
    sentence: Annotated[
        int | None, typer.Option("--sentence", min=1, metavar="K", help="Only this sentence.")
    ] = None,
    listen: Annotated[
        int | None,
        typer.Option("--listen", min=0, max=1_000_000, metavar="T", help="Play take T of it."),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the take: wav, flac, mp3, ogg."),
    ] = None,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """List the takes of sentences that were regenerated, or listen to one.

    Listening changes nothing; `narrate regenerate … --take T` chooses.

    \b
    Examples:
      narrate takes
      narrate takes welcome --lang en --chapter 2
      narrate takes welcome --lang en --chapter 2 --sentence 3 --listen 1
      narrate takes welcome --lang en --chapter 2 --sentence 3 --listen 1 -o take.wav
    """  # noqa: D301
    from narrate.build import Workspace  # noqa: PLC0415

    langs = check_langs([lang] if lang else [])
    _check_usage(key, chapter, sentence, listen, file)
    check_format(file)
    space = Workspace.open(show_folder(context))
    if listen is not None:
        _listen(space, _sentence(space, key, langs, chapter, sentence), listen, file, plain=plain)
        return
    sentences, voices = _kept(space, key, langs, chapter, sentence)
    if as_json:
        print_json({"takes": sentences, "voices": voices})
    else:
        _print(sentences, voices)


def _check_usage(
    key: str, chapter: int | None, sentence: int | None, listen: int | None, file: Path | None
) -> None:
    """Refuse options that make no sense together.

    Raises:
        UsageError: They do not.
    """
    if chapter is not None and not key:
        raise UsageError("`--chapter` needs an article", mend="Name its key.")
    if sentence is not None and chapter is None:
        raise UsageError("`--sentence` counts within a chapter", mend="Add `--chapter N`.")
    if listen is not None and sentence is None:
        raise UsageError(
            "`--listen` plays one sentence",
            mend="Add KEY, `--lang LANG`, `--chapter N` and `--sentence K`; `narrate where KEY "
            "TIME --lang LANG` tells the numbers.",
        )
    if file is not None and listen is None:
        raise UsageError("`-o` writes one take", mend="Name it with `--listen T`.")


def _kept(
    space: Workspace,
    key: str,
    langs: tuple[str, ...],
    chapter: int | None,
    sentence: int | None,
) -> tuple[list[SentenceTakes], list[ChapterVoice]]:
    """The takes and the voices of chapters that are asked for."""
    from narrate.build import ChapterVoice, gone_takes, takes_of, voices_of  # noqa: PLC0415

    sentences: list[SentenceTakes] = []
    voices: list[ChapterVoice] = []
    for own_key, own_lang, episode in _articles(space, key, langs):
        if episode is None:
            own = space.takes.of(own_key, own_lang)
            sentences += gone_takes(own_key, own_lang, own)
            voices += (
                ChapterVoice(own_key, own_lang, 0, one, voice) for one, voice in own.voices.items()
            )
            continue
        if chapter is not None:
            _check_numbers(episode, chapter, sentence)
        sentences += takes_of(space, episode, chapter, sentence)
        voices += (voice for voice in voices_of(space, episode) if chapter in {None, voice.chapter})
    return sentences, voices


def _articles(
    space: Workspace, key: str, langs: tuple[str, ...]
) -> Iterator[tuple[str, str, EpisodePlan | None]]:
    """Key and language of the articles that are asked for; no plan where there is no article.

    Raises:
        NarrateError: The article that was named cannot be read, or there is none.
    """
    from narrate.build import Selection, make_plan  # noqa: PLC0415

    if key:
        plan = make_plan(space, Selection(keys=(key,), langs=langs, in_detail=True))
        if plan.failures:
            raise plan.failures[0]
        for episode in plan.episodes:
            document = episode.script.document
            yield document.key, document.lang, episode
        return
    for own_key, lang in sorted(space.takes.articles):
        if langs and lang not in langs:
            continue
        try:
            plan = make_plan(space, Selection(keys=(own_key,), langs=(lang,), in_detail=True))
            found = [one for one in plan.episodes if one.script.document.key == own_key]
        except UsageError:
            found = []
        yield own_key, lang, found[0] if found else None


def _check_numbers(episode: EpisodePlan, chapter: int, sentence: int | None) -> None:
    from narrate.build import target_of  # noqa: PLC0415

    target_of(episode, chapter, sentence)


def _sentence(
    space: Workspace,
    key: str,
    langs: tuple[str, ...],
    chapter: int | None,
    sentence: int | None,
) -> Target:
    """The one sentence that is meant.

    Raises:
        UsageError: There is no such sentence, or the article is in more than one language.
    """
    from narrate.build import target_of  # noqa: PLC0415

    episodes = [one for _, _, one in _articles(space, key, langs) if one is not None]
    if len(episodes) != 1:
        many = "more than one article or language matches"
        raise UsageError(
            many if episodes else "there is no such article",
            where=key,
            mend="Add `--lang LANG`; `narrate chapters` lists the articles.",
        )
    return target_of(episodes[0], chapter or 0, sentence)


def _listen(
    space: Workspace, target: Target, number: int, file: Path | None, *, plain: bool
) -> None:
    """Play a take, or write it."""
    from narrate.build import take_sound  # noqa: PLC0415
    from narrate.files import write_atomically  # noqa: PLC0415
    from narrate.report import open_report  # noqa: PLC0415
    from narrate.sound import compressed  # noqa: PLC0415
    from narrate.speak import LocalExecutor  # noqa: PLC0415

    output = space.show.output.name
    with open_report(output, plain=plain, json=False) as report, LocalExecutor(1) as executor:
        speech = take_sound(space, target, number, executor, report)
    path = file or space.show.cache / "say" / f"take-{number}.wav"
    write_atomically(path, compressed(speech, path.suffix[1:].upper()))
    deliver(path, play_it=file is None)


def _print(sentences: list[SentenceTakes], voices: list[ChapterVoice]) -> None:
    """One line for each sentence, those that are gone last."""
    if not sentences and not voices:
        tell("No sentence has another take; `narrate regenerate` makes one.")
    for one in sorted(sentences, key=lambda one: not one.chapter):
        if one.chapter:
            place = f"{one.key}.{one.lang}, chapter {one.chapter}, sentence {one.sentence}"
            tell(f"{place}: {_short(one.text)}")
            tell(f"  {_numbers(one)}")
        else:
            place = f", chapter “{one.title}”" if one.title else ""
            tell(f"{one.key}.{one.lang}{place}: gone: {_short(one.text)}")
            tell(f"  take {one.chosen} is chosen, {one.last} was the last")
    for voice in voices:
        place = f"chapter {voice.chapter} “{voice.title}”" if voice.chapter else f"“{voice.title}”"
        gone = "" if voice.chapter else " (the chapter is gone)"
        tell(f"{voice.key}.{voice.lang}, {place}: read by {voice.voice}{gone}")


def _numbers(one: SentenceTakes) -> str:
    """The takes of a sentence on one line, the chosen one marked."""
    words = []
    for is_row, group in groupby(one.takes, lambda take: not take.seconds and not take.chosen):
        row = list(group)
        if is_row and len(row) > _LONGEST_ROW:
            words.append(f"takes {row[0].number} to {row[-1].number} (not spoken here)")
            continue
        for take in row:
            length = f"{take.seconds:.1f} s" if take.seconds else "not spoken here"
            chosen = ", chosen" if take.chosen else ""
            words.append(f"take {take.number} ({length}{chosen})")
    return f"{', '.join(words)}; voice {one.voice}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
