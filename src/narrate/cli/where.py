"""``narrate where``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from narrate.cli.app import Json, OneLang, show_folder
from narrate.cli.common import check_langs, print_json, tell
from narrate.cli.times import clock, parse_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from narrate.build import HeardEpisode, Moment, Workspace


def where(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Key of the article.")],
    time: Annotated[
        str, typer.Argument(metavar="TIME", help="As a player shows it: 7:32, 1:02:03 or 452.5.")
    ],
    lang: OneLang,
    as_json: Json = False,
) -> None:
    """Tell which sentence is heard at a time of a finished episode, and how to read it again.

    \b
    Examples:
      narrate where welcome 0:12 --lang en
      narrate where welcome 1:02:03 --lang de --json
    """  # noqa: D301
    from narrate.build import Workspace, heard_episode  # noqa: PLC0415

    [lang] = check_langs([lang])
    seconds = parse_time(time, "TIME")
    space = Workspace.open(show_folder(context))
    episode = heard_episode(space, key, lang)
    moment = episode.at(seconds)
    facts = _facts(space, episode, moment, time.strip())
    if as_json:
        print_json(facts)
    else:
        _print(space, episode, moment, facts)


def _facts(space: Workspace, episode: HeardEpisode, moment: Moment, time: str) -> dict[str, object]:
    """Everything that is known of the sentence, as programs get it."""
    from narrate.engines import varies  # noqa: PLC0415

    record, heard = episode.record, moment.line
    voice = space.voices.get(heard.line.voice)
    vary = voice is not None and varies(voice)
    command = f"narrate regenerate {record.key} --lang {record.lang}"
    if vary and episode.changed:
        command += f" --at {time}"
    else:
        command += f" --chapter {heard.chapter}"
        command += f" --sentence {heard.sentence}" if vary else " --voice NAME"
    return {
        "key": record.key,
        "lang": record.lang,
        "chapter": heard.chapter,
        "chapter_id": heard.chapter_id,
        "title": heard.title,
        "sentence": heard.sentence,
        "start_s": round(episode.seconds(heard.start_frame), 4),
        "end_s": round(episode.seconds(heard.end_frame), 4),
        "in_pause": moment.in_pause,
        "text": heard.line.text,
        "spoken": heard.line.spoken,
        "voice": heard.line.voice,
        "varies": vary,
        "take": heard.line.take,
        "changed": episode.changed,
        "command": command,
    }


def _print(
    space: Workspace, episode: HeardEpisode, moment: Moment, facts: Mapping[str, object]
) -> None:
    """The same for a person."""
    from narrate.build import what_helps  # noqa: PLC0415

    heard, line = moment.line, moment.line.line
    start, end = (clock(episode.seconds(f)) for f in (heard.start_frame, heard.end_frame))
    if moment.in_pause:
        is_before = heard.start_frame <= moment.frame
        place = "the sentence before" if is_before else "the first sentence, which follows"
        tell(f"At {clock(episode.seconds(moment.frame))} nothing is heard; this is {place}.")
    tell(
        f"{episode.record.stem}, chapter {heard.chapter} “{heard.title}”, "
        f"sentence {heard.sentence}, {start} to {end}"
    )
    tell(f"  Written: {line.text}")
    tell(f"  Spoken: {line.spoken}")
    tell(f"  Voice: {line.voice}, take {line.take}")
    if episode.changed:
        tell(f"  Since this was built, {episode.changed}.")
    if line.voice not in space.voices:
        tell(f"  There is no voice “{line.voice}” any more. With another: {facts['command']}")
    elif facts["varies"]:
        tell(f"  Read it again: {facts['command']}")
    else:
        tell(f"  This voice reads it alike each time. {what_helps(space.voices, line.voice)}")
        tell(f"  With another voice: {facts['command']}")
