"""``narrate build``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Jobs, Json, Keys, Langs, Plain, show_folder
from narrate.cli.common import check_langs, default_jobs, tell
from narrate.cli.plan_lines import print_plan

if TYPE_CHECKING:
    from narrate.build import Selection, Workspace
    from narrate.events import Finished


def build(
    context: typer.Context,
    keys: Keys = None,
    lang: Langs = None,
    chapter: Annotated[
        int | None,
        typer.Option("--chapter", min=1, metavar="N", help="Synthesise only this chapter."),
    ] = None,
    voice: Annotated[
        str, typer.Option("--voice", metavar="NAME", help="Read with this voice instead.")
    ] = "",
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", min=1, metavar="N", help="Write at most N episodes, those dated first."
        ),
    ] = None,
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Read anew what newer software would read otherwise."),
    ] = False,
    jobs: Jobs = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be done and why, and do nothing.")
    ] = False,
    plain: Plain = False,
    as_json: Json = False,
) -> None:
    """Build episodes and feeds: whatever is new or changed, and nothing else.

    \b
    Examples:
      narrate build                          everything that changed
      narrate build 'ki-*' --lang de         some articles, German only
      narrate build welcome --voice pico-en-gb --lang en
      narrate build --limit 10               ten episodes; the same again goes on
      narrate build --refresh welcome        after an upgrade: one article read anew
      narrate build --dry-run                what would be done, why, and what it takes
    """  # noqa: D301 - \b keeps click from joining the lines
    from narrate.build import (  # noqa: PLC0415
        Selection,
        Workspace,
        estimate,
        locked_workspace,
        make_plan,
    )

    selection = Selection(
        keys=tuple(keys or ()),
        langs=check_langs(lang),
        chapter=chapter,
        voice=voice,
        limit=limit,
        refresh=refresh,
        in_detail=dry_run,
    )
    if dry_run:
        space = Workspace.open(show_folder(context))
        plan = make_plan(space, selection)
        print_plan(plan, estimate(space, plan, jobs or default_jobs()), as_json=as_json)
        if plan.failures:
            raise typer.Exit(1)
        return
    with locked_workspace(show_folder(context)) as space:
        finished = build_show(
            space, selection, jobs or default_jobs(), plain=plain, as_json=as_json
        )
    if finished.failures:
        raise typer.Exit(1)


def build_show(
    space: Workspace, selection: Selection, jobs: int, *, plain: bool, as_json: bool
) -> Finished:
    """Build what is selected, reporting on the terminal.

    Args:
        jobs: Number of workers.
    """
    from narrate.build import run_build  # noqa: PLC0415
    from narrate.report import NotedReport, open_report  # noqa: PLC0415
    from narrate.speak import LocalExecutor  # noqa: PLC0415

    output = space.show.output.name
    with (
        open_report(output, plain=plain, json=as_json) as report,
        NotedReport(report, space.show.cache) as noted,
        LocalExecutor(jobs) as executor,
    ):
        finished = run_build(space, selection, executor, noted, jobs)
    if finished.episodes_written and not finished.failures and not as_json:
        # A build that changes nothing answers without it.
        from narrate.cli.natural import tell_natural_voices  # noqa: PLC0415

        tell_natural_voices(space.show.voices, finished.voices)
        if not space.show.base_url:
            tell("To listen in a browser, an app or on a phone now: `narrate serve`")
    return finished
