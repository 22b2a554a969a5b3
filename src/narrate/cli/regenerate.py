"""``narrate regenerate``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Jobs, Json, OneLang, Plain, show_folder
from narrate.cli.build import build_show
from narrate.cli.common import check_langs, default_jobs
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.build import EpisodePlan, Plan, Workspace
    from narrate.project import Takes


def regenerate(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of the article.")],
    lang: OneLang,
    chapter: Annotated[
        int, typer.Option("--chapter", min=1, metavar="N", help="Number of the chapter.")
    ],
    jobs: Jobs = None,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Read one chapter again: a new take of each of its sentences.

    The takes are kept in takes.toml; the rest of the episode stays as it is.

    \b
    Example:
      narrate regenerate welcome --lang en --chapter 2
    """  # noqa: D301
    from narrate.build import Selection, locked_workspace, make_plan  # noqa: PLC0415
    from narrate.project import save_takes  # noqa: PLC0415

    langs = check_langs([lang])
    with locked_workspace(show_folder(context)) as space:
        selection = Selection(keys=(key,), langs=langs, chapter=chapter, in_detail=True)
        episode = _only_episode(make_plan(space, selection), key, lang)
        _refuse_unvarying(space, episode)
        takes = _next_takes(space.takes, episode, chapter)
        # Written first: if the machine stops half-way, the next build ends what was asked for.
        save_takes(space.show.root, takes)
        finished = build_show(
            replace(space, takes=takes),
            Selection(keys=(key,), langs=langs),
            jobs or default_jobs(),
            plain=plain,
            as_json=as_json,
        )
        if finished.failures:
            save_takes(space.show.root, space.takes)
            raise typer.Exit(1)


def _next_takes(takes: Takes, episode: EpisodePlan, number: int) -> Takes:
    """The takes with one more for each sentence of a chapter, and for that chapter alone."""
    document = episode.script.document
    others = {
        line.utterance.text
        for chapter in episode.chapters
        if chapter.number != number
        for line in chapter.utterances
    }
    chosen = episode.chapters[number - 1]
    for line in chosen.utterances:
        text = line.utterance.text
        only = chosen.chapter.id if text in others else ""
        takes = takes.with_take(document.key, document.lang, text, line.take + 1, only)
    return takes


def _only_episode(plan: Plan, key: str, lang: str) -> EpisodePlan:
    """The one article that is meant."""
    if plan.failures:
        raise plan.failures[0]
    if len(plan.episodes) != 1:
        what = (
            "more than one article matches" if plan.episodes else f"there is no article in {lang}"
        )
        raise UsageError(
            what, where=key, mend="`narrate chapters` lists the articles with their languages."
        )
    return plan.episodes[0]


def _refuse_unvarying(space: Workspace, episode: EpisodePlan) -> None:
    voice = episode.voice
    if not space.engine(voice).varies:
        raise UsageError(
            f"every take of the voice “{voice.name}” sounds the same (engine {voice.engine})",
            where=episode.stem,
            mend="Change the sentence, or choose a voice that varies; `narrate voices` lists them.",
        )
