"""``narrate publish``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Plain, show_folder
from narrate.cli.common import tell
from narrate.errors import OutputError, ShowError, UsageError
from narrate.model import byte_size

if TYPE_CHECKING:
    from narrate.build import Workspace
    from narrate.model import Destination, Show
    from narrate.publish import Outcome

_SHOWN = 12


def publish(
    context: typer.Context,
    to: Annotated[
        str,
        typer.Option("--to", metavar="URL", help="Where to, instead of `url` in [publish]."),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Ask the destination, say what would be done.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove what narrate put there and output/ has no more."),
    ] = False,
    take_over: Annotated[
        bool,
        typer.Option("--take-over", help="Replace files of these names that others put there."),
    ] = False,
    unchecked: Annotated[
        bool, typer.Option("--unchecked", help="Publish although `narrate check` finds errors.")
    ] = False,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Copy what has changed in output/ to where listeners reach it, the feeds last.

    To a folder, or by SFTP, FTPS or S3; `narrate.toml` says where, and never holds a password.
    What breaks off is gone on with by the same command. What the quick part of `narrate check`
    finds to be wrong is not published.

    \b
    Examples:
      narrate publish --dry-run
      narrate publish
      narrate publish --to sftp://me@example.org/srv/www/podcast
    """  # noqa: D301
    from narrate.build import Workspace  # noqa: PLC0415
    from narrate.publish import Options  # noqa: PLC0415
    from narrate.publish import publish as run  # noqa: PLC0415
    from narrate.report import open_report  # noqa: PLC0415

    space = Workspace.open(show_folder(context))
    show, place = space.show, _place(space.show, to)
    if not unchecked:
        _refuse_unsound(space)
    options = Options(prune=prune, take_over=take_over, dry_run=dry_run)
    with open_report(show.output.name, plain=plain, json=as_json) as report:
        outcome = run(show, place, options, report)
    if as_json:
        print(json.dumps({"event": "published", **asdict(outcome)}, ensure_ascii=False))
    else:
        _tell(outcome)


def _refuse_unsound(space: Workspace) -> None:
    """Publish nothing that is known to be wrong.

    Raises:
        OutputError: A quick check found an error.
    """
    from narrate.check import Severity, quick  # noqa: PLC0415

    report = quick(space)
    if number := report.count(Severity.ERROR):
        first = report.findings[0]
        more = f" (and {number - 1} more)" if number > 1 else ""
        raise OutputError(
            f"{first.what}{more}; nothing was published",
            where=first.where,
            mend=f"{first.mend} `narrate check` tells all, `--unchecked` publishes all the same.",
        )


def _place(show: Show, to: str) -> Destination:
    """Where to publish.

    Raises:
        ShowError: The show sets no address, and the command line neither.
        UsageError: The address of the command line is none.
    """
    from narrate.project import SHOW_FILE, parse_destination  # noqa: PLC0415

    if to:
        try:
            place = parse_destination(to, show.root)
        except ShowError as error:
            raise UsageError(error.what, where="--to", mend=error.mend) from error
        if place.kind == "s3":
            set_in = show.destination
            return replace(place, endpoint=set_in.endpoint, region=set_in.region)
        return place
    if not show.destination.kind:
        raise ShowError(
            "nothing says where to publish",
            where=SHOW_FILE,
            mend='Write below [publish]: `url = "sftp://me@example.org/srv/www/podcast"`, '
            "or use `--to`.",
        )
    return show.destination


def _tell(outcome: Outcome) -> None:
    would = "Would " if outcome.dry_run else ""
    if outcome.dry_run:
        _list("Would copy", outcome.copied)
        _list("Would remove", outcome.removed)
    copied = "copy" if would else "Copied"
    if outcome.copied:
        number = len(outcome.copied)
        much = f"{number} {_files(number)}, {byte_size(outcome.bytes)}"
        tell(f"{would}{copied} {much}, to {outcome.destination}")
    else:
        tell(f"Nothing to copy: {outcome.destination} has everything")
    if outcome.unchanged:
        tell(f"Unchanged: {outcome.unchanged}")
    if outcome.removed and not outcome.dry_run:
        tell(f"Removed: {len(outcome.removed)}")
    if outcome.left:
        number = len(outcome.left)
        tell(
            f"Still there though output/ has them no more: {number} {_files(number)}. "
            "`narrate publish --prune` removes them."
        )
    for address in () if outcome.dry_run else outcome.feeds:
        tell(f"Feed: {address}")


def _list(what: str, names: tuple[str, ...]) -> None:
    for name in names[:_SHOWN]:
        tell(f"{what}: {name}")
    if len(names) > _SHOWN:
        tell(f"… and {len(names) - _SHOWN} more")


def _files(number: int) -> str:
    return "file" if number == 1 else "files"
