"""Schema numbers: older files are lifted and kept, newer ones refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from narrate.errors import OutputError, ShowError
from narrate.files import (
    UPDATE_OR_DELETE_CACHE,
    keep_older,
    migrate,
    parse_toml,
    write_with_schema,
)
from narrate.project.lexicons import load_lexicon
from shows import make_pair, narrate


def two(content: dict[str, Any]) -> dict[str, Any]:
    content["names"] = [content.pop("name")]
    return content


def three(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "count": len(content["names"])}


STEPS = {1: two, 2: three}


def test_older_contents_are_lifted_step_by_step() -> None:
    content = {"schema": 1, "name": "welcome"}
    lifted = migrate(content, "a.toml", 3, STEPS)
    assert lifted == {"schema": 3, "names": ["welcome"], "count": 1}
    assert content == {"schema": 1, "name": "welcome"}
    assert migrate({"schema": 2, "names": []}, "a.toml", 3, STEPS)["count"] == 0
    assert migrate({"schema": 3, "x": 1}, "a.toml", 3, STEPS) == {"schema": 3, "x": 1}


def test_a_newer_file_is_refused_with_a_way_out() -> None:
    with pytest.raises(ShowError) as caught:
        migrate({"schema": 4}, "a.toml", 3, STEPS)
    assert str(caught.value) == (
        "a.toml: a newer narrate wrote this file (schema 4, this one knows 3)\n  Update narrate."
    )
    with pytest.raises(ShowError, match=r"delete \.narrate/"):
        migrate({"schema": 4}, "a.json", 3, STEPS, mend_newer=UPDATE_OR_DELETE_CACHE)


@pytest.mark.parametrize("schema", [0, -1, True, "2", 1.5, None])
def test_what_is_no_schema_is_refused(schema: object) -> None:
    with pytest.raises(ShowError, match="schema"):
        migrate({"schema": schema}, "a.toml", 3, STEPS)


def test_a_file_without_schema_is_what_its_reader_says() -> None:
    assert migrate({"title": "x"}, "narrate.toml", 1, missing=1) == {"schema": 1, "title": "x"}
    with pytest.raises(ShowError, match="“schema” is missing"):
        migrate({"title": "x"}, "takes.toml", 1)


def test_a_schema_that_nobody_can_lift_is_refused() -> None:
    with pytest.raises(ShowError, match="no narrate knows its schema, 1"):
        migrate({"schema": 1}, "a.toml", 3, {2: three})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("takes.toml", b"# mine\nschema = 1\n", b"schema = 2\n"),
        ("a.json", b'{"schema": 1, "x": "\xc3\xa4"}', b'{"schema": 2}'),
    ],
)
def test_the_older_file_is_kept_once(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    path, backup = tmp_path / name, tmp_path / f"{name}.schema-1"
    assert write_with_schema(path, old, 1)
    assert not backup.exists()
    assert write_with_schema(path, new, 2)
    assert (path.read_bytes(), backup.read_bytes()) == (new, old)
    path.write_bytes(old + b"\n")  # an older narrate was here again
    assert write_with_schema(path, new, 2)
    assert backup.read_bytes() == old
    assert not write_with_schema(path, new, 2)


@pytest.mark.parametrize("raw", [b"", b"schema = ", b'schema = "1"', b"[" * 100_000])
def test_what_has_no_schema_needs_no_backup(tmp_path: Path, raw: bytes) -> None:
    for name in ("a.toml", "a.json"):
        (tmp_path / name).write_bytes(raw)
        keep_older(tmp_path / name, 2)
        assert (tmp_path / name).read_bytes() == raw
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "a.toml"]


def test_a_backup_that_cannot_be_written_stops_the_writing(tmp_path: Path) -> None:
    path = tmp_path / "takes.toml"
    path.write_bytes(b"schema = 1\n")
    # A name that is too long for the file system once the schema's number follows.
    long = tmp_path / ("x" * 250 + ".toml")
    long.write_bytes(b"schema = 1\n")
    with pytest.raises(OutputError):
        write_with_schema(long, b"schema = 2\n", 2)
    assert long.read_bytes() == b"schema = 1\n"


NEWER = "a newer narrate wrote this file (schema 7, this one knows 1)"


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("narrate.toml", ("build",)),
        ("voices/tone-en.toml", ("voices",)),
        ("lexicon.en.toml", ("build",)),
        ("licences.toml", ("voices",)),
    ],
)
def test_the_files_of_a_newer_narrate_are_refused(
    tmp_path: Path, name: str, command: tuple[str, ...]
) -> None:
    show = make_pair(tmp_path)
    path = show / name
    before = path.read_text() if path.exists() else ""
    path.write_text("schema = 7\n" + before)
    outcome = narrate(show, *command)
    assert (outcome.code, outcome.err) == (3, f"Error: {name}: {NEWER}\n  Update narrate.\n")
    assert not (show / "published.toml").exists()
    path.write_text("schema = 1\n" + before)
    assert narrate(show, "build", "--dry-run").code == 0


def test_what_narrate_writes_names_its_schema(tmp_path: Path) -> None:
    show = tmp_path / "show"
    assert narrate(tmp_path, "init", str(show), "--yes").code == 0
    entry = ("lexicon", "add", "GIF", "Dschiff", "--lang", "de", "--no-play")
    assert narrate(show, *entry, "-o", str(tmp_path / "gif.wav")).code == 0
    written = [show / "narrate.toml", show / "lexicon.de.toml", *(show / "voices").glob("*.toml")]
    for path in written:
        assert parse_toml(path.read_bytes(), path.name)["schema"] == 1, path


def test_the_word_schema_may_stand_in_a_lexicon(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    path = show / "lexicon.de.toml"
    path.write_text('schema = "Scheema"\n')
    assert load_lexicon(show, "de", ()).entries[0].say == "Scheema"
    path.write_text('schema = 1\nGIF = "Dschiff"\n')
    assert [entry.written for entry in load_lexicon(show, "de", ()).entries] == ["GIF"]
