"""``narrate lexicon suggest``."""

from __future__ import annotations

from typing import Annotated

import typer

from narrate.cli.app import Json, Keys, show_folder
from narrate.cli.common import check_langs, print_json, print_table, tell


def suggest(
    context: typer.Context,
    keys: Keys = None,
    lang: Annotated[
        str, typer.Option("--lang", "-l", metavar="LANG", help="Only this language: de or en.")
    ] = "",
    as_json: Json = False,
) -> None:
    """List words of the articles that are likely to be misread, with their number and the reason.

    \b
    Examples:
      narrate lexicon suggest
      narrate lexicon suggest welcome --lang de
    """  # noqa: D301
    from narrate.build import Selection, Workspace, read_articles  # noqa: PLC0415
    from narrate.model import UtteranceKind  # noqa: PLC0415
    from narrate.spoken import spoken_form, suspects  # noqa: PLC0415

    langs = check_langs([lang] if lang else [])
    space = Workspace.open(show_folder(context))
    texts: dict[str, list[str]] = {}
    found = read_articles(space, Selection(keys=tuple(keys or ())))
    for read in found.reads:
        for chapter in read.script.chapters:
            lines = texts.setdefault(read.document.lang, [])
            spoken = (u for u in chapter.utterances if u.kind is not UtteranceKind.DISCLOSURE)
            lines += [line.text for line in spoken]
    joined = {one: "\n".join(lines) for one, lines in texts.items()}
    rows = [
        (one, suspect, spoken_form(suspect.word, one).spoken.rstrip("."))
        for one in langs or space.show.languages
        for suspect in suspects(joined, one, space.lexicons[one])
    ]
    if as_json:
        print_json(
            [
                {"lang": one, "word": s.word, "count": s.count, "why": s.why, "said": said}
                for one, s, said in rows
            ]
        )
    elif not rows:
        print("No word stands out.")
    else:
        cells = [(one, str(s.count), s.word, said, s.why) for one, s, said in rows]
        print_table(("lang", "count", "word", "said", "why"), cells)
    for failure in found.failures:
        tell(f"Error: {failure}", to_stderr=True)
    if found.failures:
        raise typer.Exit(1)
