"""``narrate studio``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from narrate.cli.app import Jobs, show_folder
from narrate.cli.common import default_jobs, tell


def studio(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65_535, metavar="P", help="Any that is free if not set."),
    ] = 0,
    jobs: Jobs = None,
) -> None:
    """Open a page on this machine to listen, read again, compare takes and teach words.

    It prints an address with a key for your browser and runs until Ctrl-C. Nobody else reaches it.

    \b
    Examples:
      narrate studio
      narrate studio --port 8800
    """  # noqa: D301
    from narrate.studio import run_studio  # noqa: PLC0415

    def ready(address: str) -> None:
        tell(f"The studio is open: {address}")
        tell("Only this machine reaches it, with this address. Ctrl-C ends it.")
        sys.stdout.flush()

    run_studio(show_folder(context), port, jobs or default_jobs(), ready)
