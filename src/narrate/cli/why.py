"""``narrate why``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Langs, show_folder
from narrate.cli.common import check_langs, print_json, tell
from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.build import ChapterPlan, EpisodePlan, Plan, UtterancePlan, Workspace


def why(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of the article.")],
    lang: Langs = None,
    chapter: Annotated[
        int | None, typer.Option("--chapter", min=1, metavar="N", help="Only this chapter.")
    ] = None,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Say what `narrate build --refresh` would do.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say for every piece of an article why the next build makes it anew, or why not.

    \b
    Examples:
      narrate why welcome --lang en
      narrate why welcome --lang en --chapter 2
    """  # noqa: D301
    from narrate.build import Selection, Workspace, make_plan  # noqa: PLC0415

    space = Workspace.open(show_folder(context))
    selection = Selection(
        keys=(key,), langs=check_langs(lang), chapter=chapter, refresh=refresh, in_detail=True
    )
    plan = make_plan(space, selection)
    if not plan.episodes and not plan.failures:
        raise _nothing(plan, key, lang)
    facts = [_episode(space, episode, chapter) for episode in plan.episodes]
    if as_json:
        print_json({"episodes": facts, "failures": [str(failure) for failure in plan.failures]})
    else:
        for episode in facts:
            _print(episode)
        for failure in plan.failures:
            tell(f"Error: {failure}", to_stderr=True)
    if plan.failures:
        raise typer.Exit(1)


def _nothing(plan: Plan, key: str, langs: Sequence[str] | None) -> UsageError:
    """Why there is nothing to tell of an article."""
    if plan.drafts:
        mend = "Take `draft: true` out of it; a draft is never built."
        return UsageError("is a draft", where=plan.drafts[0].name, mend=mend)
    return UsageError(
        f"there is no article in “{', '.join(langs or ())}”" if langs else "there is no article",
        where=key,
        mend="`narrate chapters` lists the articles with their languages.",
    )


def _episode(space: Workspace, episode: EpisodePlan, only: int | None) -> dict[str, object]:
    """Everything about one language of an article, as programs get it."""
    return {
        "episode": episode.stem,
        "action": "write" if episode.reason else "keep",
        "why": episode.reason or "nothing it is made of changed",
        "chapters": [
            _chapter(space, chapter)
            for chapter in episode.chapters
            if only in {None, chapter.number}
        ],
    }


def _chapter(space: Workspace, chapter: ChapterPlan) -> dict[str, object]:
    from narrate.build import kept_chapter  # noqa: PLC0415

    lines = enumerate(chapter.utterances, start=1)
    return {
        "number": chapter.number,
        "title": chapter.chapter.title,
        "action": f"encode {', '.join(chapter.missing)}" if chapter.missing else "keep",
        "why": chapter.reason or kept_chapter(space, chapter),
        "sentences": [_sentence(space, number, line) for number, line in lines],
    }


def _sentence(space: Workspace, number: int, line: UtterancePlan) -> dict[str, object]:
    from narrate.build import kept_line  # noqa: PLC0415

    return {
        "number": number,
        "action": "speak" if line.reason else "keep",
        "why": line.reason or kept_line(space, line),
        "text": line.utterance.text,
        "spoken": line.utterance.spoken,
    }


def _print(episode: dict[str, object]) -> None:
    """Print a piece a line, those within another indented."""
    tell(f"{episode['episode']}: {episode['action']}: {episode['why']}")
    for chapter in _list(episode["chapters"]):
        head = f"  chapter {chapter['number']} “{chapter['title']}”"
        tell(f"{head}: {chapter['action']}: {chapter['why']}")
        for line in _list(chapter["sentences"]):
            tell(f"    {line['number']} {line['action']}: {line['why']}: {line['text']}")


def _list(value: object) -> list[dict[str, object]]:
    return value if isinstance(value, list) else []
