"""The content-addressed store: whole, checked, lossless."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.cache import ClipCache, EntryState, Store, entries
from narrate.errors import AudioError, ShowError
from narrate.files import seal
from narrate.model import Speech, digest

KEY = digest("a clip")
SPEECH = Speech(22_050, np.arange(-5_000, 5_000, dtype="<i2").tobytes())


def test_what_was_never_written_is_missing(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    assert cache.state(KEY) is EntryState.MISSING
    with pytest.raises(AudioError):
        cache.read(KEY)


@given(
    samples=st.lists(st.integers(-32_768, 32_767), min_size=1, max_size=3_000),
    rate=st.sampled_from([8_000, 16_000, 22_050, 24_000, 44_100, 48_000]),
)
@settings(max_examples=30, deadline=None)
def test_clips_come_back_sample_for_sample(
    samples: list[int], rate: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = ClipCache(tmp_path_factory.mktemp("clips"))
    speech = Speech(rate, np.array(samples, dtype="<i2").tobytes())
    cache.write(KEY, speech)
    assert cache.state(KEY) is EntryState.PRESENT
    assert cache.read(KEY) == speech


def test_clips_are_smaller_than_their_samples(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.write(KEY, SPEECH)
    flac = next(tmp_path.rglob("*.flac"))
    assert flac.stat().st_size < len(SPEECH.pcm)


def test_every_single_damaged_byte_is_found(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.write(KEY, SPEECH)
    flac = next(tmp_path.rglob("*.flac"))
    content = flac.read_bytes()
    for position in range(0, len(content), max(len(content) // 60, 1)):
        damaged = bytearray(content)
        damaged[position] ^= 1
        flac.write_bytes(damaged)
        assert cache.state(KEY) is EntryState.DAMAGED
        with pytest.raises(AudioError):
            cache.read(KEY)
    for length in (0, 1, len(content) - 1):
        flac.write_bytes(content[:length])
        assert cache.state(KEY) is EntryState.DAMAGED


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": 99}', b"\xff", b"NaN"])
def test_damaged_facts_are_found(tmp_path: Path, content: bytes) -> None:
    cache = ClipCache(tmp_path)
    cache.write(KEY, SPEECH)
    next(tmp_path.rglob("*.json")).write_bytes(content)
    assert cache.state(KEY) is EntryState.DAMAGED


def test_a_damaged_entry_is_mended_by_writing_it_again(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    cache.write(KEY, SPEECH)
    next(tmp_path.rglob("*.flac")).write_bytes(b"")
    cache.write(KEY, SPEECH)
    assert cache.read(KEY) == SPEECH


def test_an_entry_whose_making_failed_does_not_exist(tmp_path: Path) -> None:
    store = Store(tmp_path, ".mp3")

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise KeyError

    with pytest.raises(KeyError):
        store.put(KEY, {}, fail)
    assert store.state(KEY) is EntryState.MISSING
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_facts_are_kept_with_the_entry(tmp_path: Path) -> None:
    store = Store(tmp_path, ".mp3")

    def fill(path: Path) -> None:
        path.write_bytes(b"abc")

    store.put(KEY, {"frames": 9_216}, fill)
    facts = store.facts(KEY)
    assert facts is not None
    assert facts["frames"] == 9_216
    assert store.state(KEY) is EntryState.PRESENT


def make_store(folder: Path) -> Store:
    store = Store(folder, ".mp3")
    store.put(KEY, {"frames": 9_216, "clips": [1, 2]}, lambda path: _write(path, b"abc"))
    return store


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def test_no_flipped_bit_of_the_facts_is_believed(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    path = next(tmp_path.rglob("*.json"))
    sound = path.read_bytes()
    for position in range(len(sound)):
        for bit in range(8):
            damaged = bytearray(sound)
            damaged[position] ^= 1 << bit
            path.write_bytes(damaged)
            assert store.facts(KEY) is None
            assert store.state(KEY) is EntryState.DAMAGED
    path.write_bytes(sound)
    assert store.state(KEY) is EntryState.PRESENT


def test_entries_of_an_older_narrate_are_used(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    path = next(tmp_path.rglob("*.json"))
    facts = json.loads(path.read_bytes())
    del facts["check"]
    path.write_text(json.dumps({**facts, "schema": 1}))
    assert store.state(KEY) is EntryState.PRESENT
    # The same without its old number is no older entry but a damaged one.
    path.write_text(json.dumps({**facts, "schema": 2}))
    assert store.state(KEY) is EntryState.DAMAGED


def test_entries_of_a_newer_narrate_are_refused_with_the_way_out(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    path = next(tmp_path.rglob("*.json"))
    path.write_bytes(seal({"sha256": "0" * 64}, 3))
    with pytest.raises(ShowError, match=r"schema 3, this one knows 2\)\n  .*delete \.narrate/"):
        store.state(KEY)


def test_entries_are_found_whole_or_in_part(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    half, bare = digest("half"), digest("bare")
    store.put(half, {}, lambda path: _write(path, b"half"))
    (tmp_path / half[:2] / f"{half}.json").unlink()
    store.put(bare, {}, lambda path: _write(path, b"bare"))
    store.path(bare).unlink()
    (tmp_path / "notes.txt").write_text("no entry")
    (tmp_path / KEY[:2] / ".new-abcdefgh.mp3").write_bytes(b"no entry either")
    found = {entry.key: entry for entry in entries(tmp_path)}
    assert set(found) == {KEY, half, bare}
    assert not found[half].is_finished
    assert found[KEY].is_finished
    assert found[bare].store.state(bare) is EntryState.DAMAGED
    assert found[KEY].bytes == sum(path.stat().st_size for path in tmp_path.rglob(f"{KEY}.*"))
    for key, entry in found.items():
        entry.store.remove(key)
    assert not list(entries(tmp_path))
