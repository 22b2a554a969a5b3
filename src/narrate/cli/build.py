"""``narrate build``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Jobs, Json, Keys, Langs, Plain, show_folder
from narrate.cli.common import check_langs, default_jobs, print_json, tell

if TYPE_CHECKING:
    from narrate.build import Plan, Selection, Workspace
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
      narrate build --dry-run                what would be done, and why
    """  # noqa: D301 - \b keeps click from joining the lines
    from narrate.build import Selection, Workspace, locked_workspace, make_plan  # noqa: PLC0415

    selection = Selection(
        keys=tuple(keys or ()),
        langs=check_langs(lang),
        chapter=chapter,
        voice=voice,
        in_detail=dry_run,
    )
    if dry_run:
        plan = make_plan(Workspace.open(show_folder(context)), selection)
        _print_plan(plan, as_json=as_json)
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
    from narrate.cli.natural import tell_natural_voices  # noqa: PLC0415
    from narrate.report import open_report  # noqa: PLC0415
    from narrate.speak import LocalExecutor  # noqa: PLC0415

    output = space.show.output.name
    with open_report(output, plain=plain, json=as_json) as report, LocalExecutor(jobs) as executor:
        finished = run_build(space, selection, executor, report, jobs)
    if finished.episodes_written and not finished.failures and not as_json:
        tell_natural_voices(space.show.voices, finished.voices)
    return finished


def _print_plan(plan: Plan, *, as_json: bool) -> None:
    """Print each piece with its reason, and what is left out with its rule."""
    from narrate.build import described, left_out  # noqa: PLC0415

    if as_json:
        print_json(_plan_as_json(plan))
        return
    for episode in plan.episodes:
        lines = episode.to_speak
        state = episode.reason or "up to date"
        tell(f"{episode.stem}: {state}; {len(lines)} utterances to speak with {episode.voice.name}")
        for chapter in episode.chapters:
            spoken = chapter.to_speak
            state = f"encode {', '.join(chapter.missing)}" if chapter.missing else "up to date"
            tell(f"  chapter {chapter.number} “{chapter.chapter.title}”: {state}")
            for line in spoken:
                tell(f"    speak ({line.reason}): {line.utterance.text}")
        for omission in left_out(episode.script):
            tell(f"  left out: {_short(described(omission))}")
    for file in plan.drafts:
        tell(f"{file.name}: a draft, left aside")
    for where, text in plan.warnings:
        tell(f"Warning: {where}: {text}" if where else f"Warning: {text}")
    for failure in plan.failures:
        tell(f"Error: {failure}")


def _plan_as_json(plan: Plan) -> dict[str, object]:
    from narrate.build import left_out  # noqa: PLC0415

    return {
        "episodes": [
            {
                "episode": episode.stem,
                "reason": episode.reason,
                "voice": episode.voice.name,
                "to_speak": len(episode.to_speak),
                "chapters": [
                    {
                        "number": chapter.number,
                        "id": chapter.chapter.id,
                        "title": chapter.chapter.title,
                        "encode": chapter.missing,
                        "speak": [
                            {"text": line.utterance.text, "reason": line.reason}
                            for line in chapter.to_speak
                        ],
                    }
                    for chapter in episode.chapters
                ],
                "left_out": left_out(episode.script),
            }
            for episode in plan.episodes
        ],
        "drafts": [file.name for file in plan.drafts],
        "warnings": [{"where": where, "text": text} for where, text in plan.warnings],
        "failures": [str(failure) for failure in plan.failures],
    }


def _short(line: str, most: int = 140) -> str:
    return line if len(line) <= most else f"{line[: most - 1]}…"
