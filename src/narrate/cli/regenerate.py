"""``narrate regenerate``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Jobs, Json, Plain, show_folder
from narrate.cli.build import build_show
from narrate.cli.common import check_langs, default_jobs, tell
from narrate.cli.times import clock, parse_time
from narrate.errors import UsageError

if TYPE_CHECKING:
    from narrate.build import Regenerated, Selection, Workspace
    from narrate.events import Finished

At = Annotated[
    str,
    typer.Option("--at", metavar="TIME", help="The sentence heard then: 7:32, 1:02:03 or 452.5."),
]


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
    from narrate.build import Wish, locked_workspace, regenerated  # noqa: PLC0415

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

        def build(space: Workspace, selection: Selection) -> Finished:
            workers = jobs or default_jobs()
            return build_show(space, selection, workers, plain=plain, as_json=as_json)

        changes = regenerated(space, wish, build)
        if not changes:
            raise typer.Exit(1)
        for change in changes:
            _tell(change, as_json=as_json)


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


def _tell(change: Regenerated, *, as_json: bool) -> None:
    """Say what is heard otherwise now, and when."""
    if as_json:
        print(json.dumps({"event": "regenerated", **asdict(change)}, ensure_ascii=False))
    else:
        tell(_in_words(change))


def _in_words(change: Regenerated) -> str:
    head = "Changed" if change.changed else "As it was"
    place = f"{change.key}.{change.lang}, chapter {change.chapter} “{change.title}”"
    starts = [clock(start) for start in change.starts_s]
    takes = ", ".join(map(str, change.takes))
    how = f"take{'s' if len(change.takes) > 1 else ''} {takes}, voice {change.voice}"
    if not change.text:
        return f"{head}: {place}, from {starts[0]} on; {how}."
    numbers = change.sentences
    which = f"sentence{'s' if len(numbers) > 1 else ''} {' and '.join(map(str, numbers))}"
    return f"{head}: {place}, {which} at {' and '.join(starts)}; {how}: {change.text}"
