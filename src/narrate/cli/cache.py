"""``narrate cache``."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, Plain, show_folder
from narrate.cli.common import print_json, print_table, tell
from narrate.errors import UsageError
from narrate.model import byte_size

if TYPE_CHECKING:
    from narrate.build import Item, Kind, Pruning

app = typer.Typer(rich_markup_mode=None)

_AGE = re.compile(r"(\d{1,6})\s*([hdwmy]?)", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s*(?:([kmgt])(i?)b?|b?)", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}
_SHOWN = 20


@app.callback(invoke_without_command=True)
def cache(context: typer.Context, plain: Plain = False, as_json: Json = False) -> None:
    """Show what lies in the cache, by kind: how many, how much, how old.

    All of it can be made again; `prune` makes room, `verify` finds what is damaged.

    \b
    Examples:
      narrate cache
      narrate cache verify
      narrate cache prune --older-than 90d
    """  # noqa: D301
    if context.invoked_subcommand is not None:
        return
    from narrate.build import Workspace, overview  # noqa: PLC0415
    from narrate.report import wants_plain  # noqa: PLC0415

    kinds = overview(Workspace.open(show_folder(context)))
    if as_json:
        print_json(kinds)
    elif plain or wants_plain():
        for kind in kinds:
            tell(_in_words(kind))
    else:
        rows = [(one.kind, str(one.items), *_measures(one)) for one in kinds]
        print_table(("Kind", "Number", "Size", "Oldest", "Newest"), rows)


@app.command()
def verify(context: typer.Context, as_json: Json = False) -> None:
    """Check every clip, encoded chapter and cover against its checksum.

    Damaged ones are taken away, so that the next build makes them again. Exit code 1 if there was
    one.

    \b
    Example:
      narrate cache verify
    """  # noqa: D301
    from narrate.build import damaged, locked_workspace  # noqa: PLC0415

    with locked_workspace(show_folder(context)) as space:
        found = []
        for item in damaged(space):
            item.remove()
            found.append(item)
    if as_json:
        print_json({"damaged": _as_json(found)})
    for item in () if as_json else found:
        tell(f"Damaged, taken away: {item.kind}: {item.name[:16]}… ({byte_size(item.bytes)})")
    if found:
        if not as_json:
            tell("`narrate build` makes again what episodes need of them.")
        raise typer.Exit(1)
    if not as_json:
        tell("Every clip, encoded chapter and cover is as it was written.")


@app.command()
def prune(
    context: typer.Context,
    older_than: Annotated[
        str,
        typer.Option("--older-than", metavar="AGE", help="Only what is older: 90d, 12w, 6m, 1y."),
    ] = "",
    max_size: Annotated[
        str,
        typer.Option(
            "--max-size", metavar="SIZE", help="Only until this much is left: 500MB, 2GB."
        ),
    ] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Also what today's episodes and takes need.")
    ] = False,
    models: Annotated[
        bool,
        typer.Option(
            "--models", help="Also prepared models that are older; all your shows share them."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be taken away, and do nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take away what no episode and no take needs any more, the oldest first.

    What goes can be made again; with --all the next change of an episode costs more.

    \b
    Examples:
      narrate cache prune --dry-run
      narrate cache prune --older-than 90d
      narrate cache prune --max-size 2GB --all
    """  # noqa: D301
    from narrate.build import Limits, locked_workspace, pruning  # noqa: PLC0415

    if models and not older_than:
        raise UsageError(
            "prepared models go by their age alone",
            where="--models",
            mend="Add an age, such as `--older-than 90d`.",
        )
    limits = Limits(
        older_than=time.time() - 3600 * age_hours(older_than) if older_than else None,
        max_bytes=size_bytes(max_size) if max_size else None,
        everything=everything,
        models=models,
    )
    with locked_workspace(show_folder(context)) as space:
        found = pruning(space, limits)
        for item in () if dry_run else found.items:
            item.remove()
    if as_json:
        left = {"left_bytes": found.left_bytes, "needed_bytes": found.needed_bytes}
        print_json({"removed": _as_json(found.items), "dry_run": dry_run, **left})
        return
    _tell_pruned(found, limits.max_bytes, dry_run=dry_run)


def _tell_pruned(found: Pruning, max_bytes: int | None, *, dry_run: bool) -> None:
    if found.items:
        tell(f"{'Would take' if dry_run else 'Took'} away: {_counted(found.items)}")
    else:
        tell("Nothing to take away.")
    needed = (
        f", {byte_size(found.needed_bytes)} of it for today's episodes"
        if found.needed_bytes
        else ""
    )
    tell(f"Left: {byte_size(found.left_bytes)}{needed}")
    if max_bytes is not None and found.left_bytes > max_bytes:
        tell("More cannot go: today's episodes and takes need it. `--all` takes it away, too.")


def _counted(items: Iterable[Item]) -> str:
    sums: dict[str, list[int]] = {}
    for item in items:
        sums.setdefault(item.kind, []).append(item.bytes)
    return ", ".join(
        f"{len(all_of)} {kind} ({byte_size(sum(all_of))})" for kind, all_of in sums.items()
    )


def _as_json(items: Sequence[Item]) -> list[dict[str, object]]:
    return [{"kind": one.kind, "name": one.name, "bytes": one.bytes} for one in items]


def _in_words(kind: Kind) -> str:
    amount, oldest, newest = _measures(kind)
    told = f"{kind.kind}: {kind.items}, {amount}"
    return f"{told}, from {oldest} to {newest}" if kind.items else told


def _measures(kind: Kind) -> tuple[str, str, str]:
    """Size, oldest and newest day."""
    days = [
        datetime.fromtimestamp(moment).astimezone().date().isoformat() if kind.items else "–"
        for moment in (kind.oldest, kind.newest)
    ]
    return byte_size(kind.bytes), days[0], days[1]


def age_hours(text: str) -> int:
    """An age such as ``90d``, in hours; a bare number counts days.

    Raises:
        UsageError: It is none.
    """
    found = _AGE.fullmatch(text.strip())
    if not found:
        raise UsageError(
            f"“{text[:40]}” is no age",
            where="--older-than",
            mend="Write one such as 12h, 90d, 12w, 6m or 1y.",
        )
    return int(found[1]) * _HOURS[found[2].lower()]


def size_bytes(text: str) -> int:
    """A size such as ``2GB`` or ``1.5GiB``, in bytes.

    Raises:
        UsageError: It is none.
    """
    found = _SIZE.fullmatch(text.strip())
    if not found:
        raise UsageError(
            f"“{text[:40]}” is no size", where="--max-size", mend="Write one such as 500MB or 2GB."
        )
    base = 1024 if found[3] else 1000
    factor: int = base ** _POWERS[(found[2] or "").lower()]
    return round(float(found[1]) * factor)
