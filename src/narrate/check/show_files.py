"""The files about the whole show: its catalogue, its page, its covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from narrate import feed
from narrate.build import Record, Workspace
from narrate.check.findings import Finding, error, note, warning
from narrate.check.json_file import is_number, read_json, tables_in
from narrate.check.pictures import picture_findings
from narrate.page import INDEX_NAME

_AGAIN = "`narrate build` writes it anew."
_CLOSE_S = 0.002


def settings_findings(space: Workspace) -> Iterator[Finding]:
    """What in the settings keeps listeners away."""
    url = space.show.base_url
    if not url:
        yield note(
            "narrate.toml: base_url",
            "is empty: apps cannot subscribe but through `narrate serve`",
            "Set the address under which `output` will be reached.",
        )
    elif url.startswith("http://"):
        yield warning(
            "narrate.toml: base_url",
            "is not encrypted; directories and some apps ask for https",
            "Write https:// if the host answers there.",
        )
    if not all(words.author for words in space.show.texts.values()):
        yield note(
            "narrate.toml: author",
            "is empty: apps and players show the title of the show in its place",
            "Set who makes the show.",
        )


def cover_findings(output: Path, lang: str) -> Iterator[Finding]:
    """What is wrong with the cover of a feed."""
    name = feed.cover_file(lang)
    try:
        yield from picture_findings(name, (output / name).read_bytes(), _AGAIN)
    except OSError:
        yield error(name, "is missing", _AGAIN)


def show_findings(space: Workspace, records: Mapping[str, Record]) -> Iterator[Finding]:
    """What is wrong with the catalogue, the list of feeds and the page.

    Args:
        records: Guid → record of all episodes that are published.
    """
    output = space.show.output
    for name in (feed.CATALOGUE, feed.OPML, INDEX_NAME):
        if not (output / name).is_file():
            yield error(name, "is missing", _AGAIN)
    if (output / feed.CATALOGUE).is_file():
        yield from _catalogue_findings(output, records)


def _catalogue_findings(output: Path, records: Mapping[str, Record]) -> Iterator[Finding]:
    name, content = feed.CATALOGUE, read_json(output / feed.CATALOGUE)
    episodes = content.get("episodes") if isinstance(content, dict) else None
    if not isinstance(episodes, list) or not all(isinstance(one, dict) for one in episodes):
        yield error(name, "is no catalogue of a show", _AGAIN)
        return
    listed = {str(one.get("guid")): one for one in episodes}
    for guid, record in records.items():
        if guid in listed:
            yield from _entry_findings(output, f"{name}: {record.stem}", listed[guid], record)
        elif record.output("mp3"):
            yield error(name, f"lacks the episode {record.stem}", _AGAIN)
    for guid in listed.keys() - records.keys():
        what = f"has an episode that nothing is noted of here: {str(listed[guid].get('key'))[:80]}"
        yield note(name, what, "`narrate build` notes it, if its article is here.")


def _entry_findings(
    output: Path, where: str, entry: Mapping[str, Any], record: Record
) -> Iterator[Finding]:
    for file in _named(entry):
        if Path(file).name != file or not (output / file).is_file():
            yield error(where, f"names {file[:120]}, which is not there", _AGAIN)
    for told in tables_in(entry.get("files")):
        known = next((one for one in record.outputs if one.name == told.get("name")), None)
        if known is not None and told.get("bytes") != known.bytes:
            yield error(where, f"says another length of {known.name} than it has", _AGAIN)
    duration, seconds = entry.get("duration"), record.frames / record.sample_rate
    if not is_number(duration) or abs(duration - seconds) > _CLOSE_S:
        yield error(where, f"says that it lasts {duration} s, it lasts {seconds:.3f} s", _AGAIN)
    starts = [one.get("start") for one in tables_in(entry.get("chapters"))]
    wanted = [mark.start_frame / record.sample_rate for mark in record.marks]
    if len(starts) != len(wanted) or not all(
        is_number(one) and abs(one - other) <= _CLOSE_S
        for one, other in zip(starts, wanted, strict=True)
    ):
        yield error(where, "its chapters are not those of the episode", _AGAIN)


def _named(entry: Mapping[str, Any]) -> list[str]:
    """Names of all files that an entry of the catalogue leads to."""
    transcripts = entry.get("transcripts")
    names = [entry.get("image"), entry.get("chapters_file")]
    names += list(transcripts.values()) if isinstance(transcripts, dict) else []
    names += [one.get("name") for one in tables_in(entry.get("files"))]
    return [str(name) for name in names if name]
