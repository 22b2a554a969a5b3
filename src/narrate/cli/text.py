"""``narrate text``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Langs, Plain, show_folder
from narrate.cli.common import check_langs, tell
from narrate.errors import ShowError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.spoken import Lexicon

STANDARD_INPUT = "-"


def text(
    context: typer.Context,
    keys: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY]...", help="Articles; all if none is named; “-”: lines."),
    ] = None,
    lang: Langs = None,
    chapter: Annotated[
        int | None, typer.Option("--chapter", min=1, metavar="N", help="Only this chapter.")
    ] = None,
    sentences: Annotated[
        bool,
        typer.Option(
            "--sentences",
            help="With “-”: the written sentences, one a line, an empty line after each line.",
        ),
    ] = False,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Show what will be said: written and spoken form of every sentence, and what is left out.

    What is said otherwise than written is marked, in brackets where there is no terminal. With
    “-” each line of standard input becomes a line with its spoken form; a show's lexicon holds.

    \b
    Examples:
      narrate text welcome --lang de       one article
      narrate text welcome --chapter 2     one chapter of it, both languages
      narrate text --json                  an object a line for each sentence, for programs
      echo "Am 3. Mai um 14:30 Uhr" | narrate text - --lang de
      narrate text - --lang en --sentences < notes.txt
    """  # noqa: D301
    if STANDARD_INPUT in (keys or ()):
        _refuse_beside_lines(keys or (), chapter=chapter, plain=plain, as_json=as_json)
        _lines(context, check_langs(lang), sentences=sentences)
        return
    if sentences:
        raise UsageError(
            "sentences of articles are listed anyway",
            where="--sentences",
            mend="Leave the option out, or read lines: `narrate text - --sentences --lang de`.",
        )
    _articles(context, keys or (), check_langs(lang), chapter, plain=plain, as_json=as_json)


def _refuse_beside_lines(
    keys: Sequence[str], *, chapter: int | None, plain: bool, as_json: bool
) -> None:
    beside = [key for key in keys if key != STANDARD_INPUT]
    beside += [
        name
        for name, is_set in (("--chapter", chapter), ("--plain", plain), ("--json", as_json))
        if is_set
    ]
    if beside:
        raise UsageError(
            "lines of standard input have no articles, chapters or tables",
            where=beside[0],
            mend="Leave it out, or leave out “-”.",
        )


def _lines(context: typer.Context, langs: Sequence[str], *, sentences: bool) -> None:
    from narrate.cli.text_lines import say_lines, split_lines  # noqa: PLC0415

    if len(langs) != 1:
        raise UsageError(
            "standard input is in one language, and it must be named",
            where="--lang",
            mend="Add `--lang de` or `--lang en`.",
        )
    if sentences:
        split_lines(sys.stdin.buffer, sys.stdout.buffer, langs[0])
    else:
        lexicon = _lexicon(show_folder(context), langs[0])
        say_lines(sys.stdin.buffer, sys.stdout.buffer, langs[0], lexicon)


def _lexicon(folder: Path, lang: str) -> Lexicon | None:
    """The readings of the show in a folder, for the voice of a language; none outside a show."""
    from narrate import project  # noqa: PLC0415

    try:
        root = project.find_show(folder)
    except ShowError:
        if folder != Path():  # named by the user
            raise
        return None
    show, voices = project.load_show(root)
    return project.load_lexicon(root, lang, voices).for_voice(show.voices.get(lang, ""))


def _articles(
    context: typer.Context,
    keys: Sequence[str],
    langs: tuple[str, ...],
    chapter: int | None,
    *,
    plain: bool,
    as_json: bool,
) -> None:
    from narrate.build import Selection, Workspace, read_articles  # noqa: PLC0415
    from narrate.cli import text_plain  # noqa: PLC0415
    from narrate.report import wants_plain  # noqa: PLC0415

    space = Workspace.open(show_folder(context))
    found = read_articles(space, Selection(keys=tuple(keys), langs=langs, chapter=chapter))
    if as_json:
        show = text_plain.print_objects
    elif plain or wants_plain() or not sys.stdout.isatty():
        show = text_plain.print_plainly
    else:
        from narrate.cli.text_tables import print_tables as show  # noqa: PLC0415
    for read in found.reads:
        show(read, chapter)
    for where, warning in found.warnings:
        tell(f"Warning: {where}: {warning}" if where else f"Warning: {warning}", to_stderr=True)
    for failure in found.failures:
        tell(f"Error: {failure}", to_stderr=True)
    if found.failures:
        raise typer.Exit(1)
