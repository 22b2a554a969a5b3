"""The content-addressed store: whole, checked, lossless."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.cache import ClipCache, EntryState, Store
from narrate.errors import AudioError
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


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": 99}', b"\xff"])
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
