"""``narrate doctor``."""

from __future__ import annotations

import typer

from narrate.cli.app import Json, show_folder
from narrate.cli.common import print_json


def doctor(context: typer.Context, as_json: Json = False) -> None:
    """Print versions, engines, ffmpeg and paths: what a bug report should contain.

    \b
    Example:
      narrate doctor
    """  # noqa: D301
    from narrate.doctor import examine  # noqa: PLC0415

    facts = examine(show_folder(context))
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        print(f"{name}: {value}")
