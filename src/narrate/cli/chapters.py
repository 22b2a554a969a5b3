"""``narrate chapters``."""

from __future__ import annotations

from typing import Annotated

import typer

from narrate.cli.app import Json, Langs, Plain, show_folder
from narrate.cli.common import check_langs, print_json, tell


def chapters(
    context: typer.Context,
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY]...", help="Articles; all if none is named.")
    ] = None,
    lang: Langs = None,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Show the chapters of articles, why each was divided there, and both languages together.

    \b
    Examples:
      narrate chapters                  all articles
      narrate chapters welcome          one, German and English side by side
      narrate chapters welcome --json   for programs
    """  # noqa: D301
    from narrate.build import Selection, Workspace, make_plan, outline  # noqa: PLC0415
    from narrate.cli import chapter_tables as tables  # noqa: PLC0415
    from narrate.report import wants_plain  # noqa: PLC0415

    space = Workspace.open(show_folder(context))
    selection = Selection(keys=tuple(keys or ()), langs=check_langs(lang), in_detail=True)
    plan = make_plan(space, selection)
    episodes = outline(space, plan)
    pairs = tables.pairs_of(episodes)
    warnings = [text for pair in pairs for text in tables.uneven(pair)]
    warnings += [f"{where}: {text}" if where else text for where, text in plan.warnings]
    if as_json:
        print_json(
            {
                "articles": [
                    {"key": pair[0].key, "languages": tables.by_lang(pair)} for pair in pairs
                ],
                "warnings": warnings,
                "failures": [str(failure) for failure in plan.failures],
            }
        )
    else:
        show = tables.print_plainly if plain or wants_plain() else tables.print_tables
        for pair in pairs:
            show(pair)
        for text in warnings:
            tell(f"Warning: {text}", to_stderr=True)
        for failure in plan.failures:
            tell(f"Error: {failure}", to_stderr=True)
    if plan.failures:
        raise typer.Exit(1)
