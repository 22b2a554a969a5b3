"""``narrate cache``: what lies there, what is damaged, what can go."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from narrate.build import locked_workspace
from narrate.cli.cache import age_hours, size_bytes
from narrate.engines import user_cache
from narrate.errors import UsageError
from shows import SETTINGS, edit, make_show, narrate, snapshot, write_article

ENGLISH = """\
---
title: The First Article
---
A sentence to begin with.

## The First Chapter

Something stands here. And more stands here.
"""
EPOCH = "1717200000"
ARTICLE = "articles/first.en.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of one episode, built."""
    show = make_show(tmp_path_factory.mktemp("built") / "show", 'formats = ["mp3"]\n' + SETTINGS)
    write_article(show, "first.en.md", ENGLISH)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        assert narrate(show, "build").code == 0
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return Path(shutil.copytree(built, tmp_path / "show"))


def as_json(show: Path, *arguments: str, code: int = 0) -> Any:
    outcome = narrate(show, "cache", *arguments, "--json")
    assert outcome.code == code, outcome.err
    return json.loads(outcome.out)


def files(show: Path, kind: str) -> list[Path]:
    return sorted(path for path in (show / ".narrate" / kind).rglob("*") if path.is_file())


def test_each_kind_has_its_size_and_age(show: Path) -> None:
    clips = files(show, "clips")
    os.utime(clips[0], (86_400, 86_400))
    os.utime(clips[1], (86_400, 86_400))
    kinds = {kind["kind"]: kind for kind in as_json(show)}
    assert kinds["clips"]["items"] == len(clips) // 2 == 5
    assert kinds["clips"]["bytes"] == sum(path.stat().st_size for path in clips)
    assert kinds["clips"]["oldest"] == 86_400
    assert kinds["clips"]["newest"] > time.time() - 3_600
    assert kinds["encoded chapters"]["items"] == 2
    assert kinds["withdrawn"] == {
        "kind": "withdrawn",
        "items": 0,
        "bytes": 0,
        "oldest": 0.0,
        "newest": 0.0,
    }
    told = narrate(show, "cache").out
    assert "1970-01-02" in told
    assert "clips: 5, " in narrate(show, "cache", "--plain").out


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    flipped = bytes([content[0] ^ 1]) + content[1:]
    path.write_bytes({"flipped": flipped, "cut": content[:-1], "empty": b""}[how])


@pytest.mark.parametrize("how", ["flipped", "cut", "empty"])
def test_damage_is_found_taken_away_and_mended(show: Path, how: str) -> None:
    before = snapshot(show / "output")
    assert as_json(show, "verify") == {"damaged": []}
    damage(next(path for path in files(show, "clips") if path.suffix == ".flac"), how)
    damage(next(path for path in files(show, "clips")[2:] if path.suffix == ".json"), how)
    damage(next(path for path in files(show, "chapters") if path.suffix == ".mp3"), how)
    damage(next(path for path in files(show, "covers") if path.suffix == ".jpg"), how)
    found = as_json(show, "verify", code=1)["damaged"]
    kinds = [one["kind"] for one in found]
    assert kinds == ["clips", "clips", "encoded chapters", "covers"]
    assert as_json(show, "verify") == {"damaged": []}
    (show / "output/first.en.mp3").unlink()
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before


def test_verify_says_what_it_found(show: Path) -> None:
    told = narrate(show, "cache", "verify")
    assert (told.code, told.out) == (
        0,
        "Every clip, encoded chapter and cover is as it was written.\n",
    )
    damage(files(show, "chapters")[0], "empty")
    told = narrate(show, "cache", "verify")
    assert told.code == 1
    assert told.out.startswith("Damaged, taken away: encoded chapters: ")
    assert "`narrate build` makes again" in told.out


def test_what_was_never_finished_is_no_damage(show: Path) -> None:
    facts = next(path for path in files(show, "clips") if path.suffix == ".json")
    facts.unlink()
    (facts.parent / ".new-abcdefgh.flac").write_bytes(b"half")
    assert as_json(show, "verify") == {"damaged": []}
    assert not facts.with_suffix(".flac").exists()
    assert not (facts.parent / ".new-abcdefgh.flac").exists()


def test_only_what_nothing_needs_is_pruned(show: Path) -> None:
    assert as_json(show, "prune")["removed"] == []
    edit(show / ARTICLE, "Something stands here.", "Something else stands here.")
    assert narrate(show, "build").code == 0
    assert narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "1").code == 0
    before = snapshot(show / "output")
    would = as_json(show, "prune", "--dry-run")
    assert files(show, "clips")
    done = as_json(show, "prune")
    assert done["removed"] == would["removed"]
    # The sentence of old. The clips of the first takes stay: they can be chosen again.
    assert [one["kind"] for one in done["removed"]].count("clips") == 1
    assert [one["kind"] for one in done["removed"]].count("encoded chapters") == 2
    assert as_json(show, "prune")["removed"] == []
    (show / "output/first.en.mp3").unlink()
    outcome = narrate(show, "build")
    assert "Spoken: 0 synthesised" in outcome.out
    assert snapshot(show / "output") == before


def test_an_edit_that_is_not_built_yet_costs_no_clip(show: Path) -> None:
    edit(show / ARTICLE, "Something stands here.", "Something else stands here.")
    assert as_json(show, "prune")["removed"] == []


def test_age_and_size_bound_what_goes(show: Path) -> None:
    edit(show / ARTICLE, "Something stands here. And more stands here.", "All is new.")
    assert narrate(show, "build").code == 0
    loose = as_json(show, "prune", "--dry-run")["removed"]
    clips = [one["name"] for one in loose if one["kind"] == "clips"]
    assert len(clips) == 2
    assert as_json(show, "prune", "--older-than", "30d")["removed"] == []
    long_ago = time.time() - 40 * 86_400
    for path in files(show, "clips"):
        if path.stem == clips[0]:
            os.utime(path, (long_ago, long_ago))
    assert [one["name"] for one in as_json(show, "prune", "--older-than", "30d")["removed"]] == [
        clips[0]
    ]
    total = as_json(show, "prune", "--dry-run", "--max-size", "1TB")["left_bytes"]
    some = as_json(show, "prune", "--max-size", str(total - 1))
    assert len(some["removed"]) == 1
    told = narrate(show, "cache", "prune", "--max-size", "0")
    assert "`--all` takes it away, too" in told.out
    rest = as_json(show, "prune", "--max-size", "0", "--all")
    assert rest["left_bytes"] == 0
    assert not files(show, "clips")
    (show / "output/first.en.mp3").unlink()
    assert narrate(show, "build").code == 0


def test_withdrawn_audio_goes_by_age(show: Path) -> None:
    kept = show / ".narrate/withdrawn/old.en.mp3"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(b"audio")
    assert as_json(show, "prune")["removed"] == []
    os.utime(kept, (0, 0))
    assert as_json(show, "prune", "--older-than", "1y")["removed"] == [
        {"kind": "withdrawn", "name": "old.en.mp3", "bytes": 5}
    ]
    assert not kept.exists()


def test_prepared_models_go_by_age(
    show: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(user_cache.VARIABLE, str(tmp_path / "cache"))
    for name in ("old", "new"):
        folder = tmp_path / "cache/vits" / name
        folder.mkdir(parents=True)
        (folder / "text.onnx").write_bytes(b"12345")
    os.utime(tmp_path / "cache/vits/old", (0, 0))
    (tmp_path / "cache/vits/old.lock").write_bytes(b"")
    kinds = {kind["kind"]: kind for kind in as_json(show)}
    assert (kinds["prepared models"]["items"], kinds["prepared models"]["bytes"]) == (2, 10)
    assert as_json(show, "prune", "--older-than", "30d")["removed"] == []
    removed = as_json(show, "prune", "--older-than", "30d", "--models")["removed"]
    assert [one["name"] for one in removed] == ["old"]
    assert [path.name for path in user_cache.prepared()] == ["new"]
    outcome = narrate(show, "cache", "prune", "--models")
    assert outcome.code == 2
    assert "--older-than" in outcome.err


def test_a_running_build_is_not_disturbed(show: Path) -> None:
    with locked_workspace(show):
        assert narrate(show, "cache").code == 0
        for command in ("verify", "prune"):
            outcome = narrate(show, "cache", command)
            assert outcome.code == 1
            assert "another build of this show is running" in outcome.err


@pytest.mark.parametrize(
    ("text", "hours"), [("90d", 2_160), ("12h", 12), ("2", 48), ("1Y", 8_760), (" 4 w ", 672)]
)
def test_ages(text: str, hours: int) -> None:
    assert age_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "count"),
    [("2GB", 2 * 10**9), ("500 mb", 5 * 10**8), ("1.5GiB", 3 << 29), ("123", 123), ("0", 0)],
)
def test_sizes(text: str, count: int) -> None:
    assert size_bytes(text) == count


@pytest.mark.parametrize("text", ["", "-1d", "90 days", "∞", "1" * 30])
def test_what_is_no_age_or_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        age_hours(text)
    with pytest.raises(UsageError):
        size_bytes(text)
