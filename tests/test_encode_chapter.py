from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soxr  # type: ignore[import-untyped]

from narrate.encode import Encoded, Ffmpeg, encode_chapter, find_ffmpeg
from narrate.encode.streams import JOIN_FRAMES, MP3_DELAY, sample_count
from narrate.errors import AudioError, OutputError
from narrate.model import AudioSettings, Loudness
from sounds import RATE, Samples, all_decoded, pcm, silence, sine

FORMATS = ("mp3", "m4b")
MONO = AudioSettings()


@pytest.fixture(scope="module")
def ffmpeg() -> Ffmpeg:
    return find_ffmpeg()


def chapter(path: Path, sound: Samples) -> Path:
    """A chapter's PCM: half a second of silence, the sound, silence to the end of a frame."""
    frames = RATE // 2 + sound.size + 3_000
    padding = silence((3_000 + -frames % JOIN_FRAMES) / RATE)
    path.write_bytes(pcm(np.concatenate([silence(0.5), sound, padding])))
    return path


def peaky(level: float) -> Samples:
    """Syllables of noise, with clicks far above them."""
    time = np.arange(6 * RATE) / RATE
    noise = np.random.default_rng(3).standard_normal(time.size)
    syllables = level * noise * np.maximum(np.sin(2 * np.pi * 3 * time), 0)
    syllables[:: RATE // 2] = 0.95
    return syllables


def true_peak(path: Path) -> float:
    """dBTP of the decoded file, found with four times the samples."""
    samples = all_decoded(path)
    dense = soxr.resample(samples.T, RATE, 4 * RATE, quality="VHQ")
    return float(20 * np.log10(np.abs(dense).max()))


def encode(
    ffmpeg: Ffmpeg, folder: Path, sound: Samples, fmt: str, settings: AudioSettings = MONO
) -> tuple[Path, Encoded]:
    path = folder / f"chapter.{fmt}"
    source = chapter(folder / "chapter.pcm", sound)
    return path, encode_chapter(source, fmt, settings, ffmpeg, path)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    "sound",
    [sine(997, 6), sine(997, 6, peak=0.01), 0.3 * peaky(0.05), peaky(0.02), peaky(0.3) / 3],
    ids=["tone", "soft tone", "peaky", "very peaky", "loud"],
)
def test_chapters_reach_their_loudness_below_the_true_peak(
    ffmpeg: Ffmpeg, tmp_path: Path, sound: Samples, fmt: str
) -> None:
    path, encoded = encode(ffmpeg, tmp_path, sound, fmt)
    assert encoded.level.lufs == pytest.approx(-19, abs=0.5)
    assert encoded.level.true_peak <= -1
    assert true_peak(path) <= -1


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("channels", "lufs"), [(1, -19.0), (2, -16.0)])
def test_a_tone_has_the_level_that_the_standard_gives_it(
    ffmpeg: Ffmpeg, tmp_path: Path, fmt: str, channels: int, lufs: float
) -> None:
    # BS.1770: 997 Hz at full scale in one channel measures -3.01; a second channel adds 3.01.
    settings = AudioSettings(channels=channels, loudness=Loudness(lufs))
    path, _ = encode(ffmpeg, tmp_path, sine(997, 6), fmt, settings)
    samples = all_decoded(path)
    assert samples.shape[0] == channels
    for channel in samples:
        middle = np.abs(channel[3 * RATE : 5 * RATE]).max()
        assert 20 * np.log10(middle) == pytest.approx(-19 + 3.01, abs=0.5)


@pytest.mark.parametrize("fmt", FORMATS)
def test_where_peaks_leave_no_room_they_have_precedence(
    ffmpeg: Ffmpeg, tmp_path: Path, fmt: str
) -> None:
    settings = AudioSettings(loudness=Loudness(-3.0))
    path, encoded = encode(ffmpeg, tmp_path, peaky(0.1), fmt, settings)
    assert encoded.level.lufs < -4
    assert true_peak(path) <= -1


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_limiter_moves_nothing(ffmpeg: Ffmpeg, tmp_path: Path, fmt: str) -> None:
    sound = sine(400, 3, peak=0.02)
    sound[RATE // 4 :: RATE // 2] = 0.95
    path, encoded = encode(ffmpeg, tmp_path, sound, fmt)
    assert encoded.level.lufs == pytest.approx(-19, abs=0.5)
    assert encoded.level.true_peak <= -1
    delay = MP3_DELAY if fmt == "mp3" else 0
    loud = np.flatnonzero(np.abs(all_decoded(path)[0]) > 0.02) - delay
    assert loud[0] == pytest.approx(RATE // 2, abs=0.004 * RATE)
    assert loud[-1] == pytest.approx(RATE // 2 + sound.size, abs=0.004 * RATE)


@pytest.mark.parametrize("fmt", FORMATS)
def test_streams_are_as_long_as_the_sound(ffmpeg: Ffmpeg, tmp_path: Path, fmt: str) -> None:
    for frames in (100, 50_000, 200_000):
        path, encoded = encode(ffmpeg, tmp_path, sine(300, frames / RATE), fmt)
        assert encoded.frames == (tmp_path / "chapter.pcm").stat().st_size // 2
        assert sample_count(path, fmt) == encoded.frames


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_chapter_too_quiet_to_measure_is_left_as_it_is(
    ffmpeg: Ffmpeg, tmp_path: Path, fmt: str
) -> None:
    _, encoded = encode(ffmpeg, tmp_path, sine(440, 2, peak=0.0001), fmt)
    assert (encoded.level.lufs, encoded.rounds) == (-70, 1)
    assert encoded.level.true_peak < -70


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_single_short_word_is_loud_enough(ffmpeg: Ffmpeg, tmp_path: Path, fmt: str) -> None:
    _, encoded = encode(ffmpeg, tmp_path, sine(440, 0.15), fmt)
    assert encoded.level.lufs == pytest.approx(-19, abs=0.5)


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_same_chapter_gives_the_same_bytes_anywhere(
    ffmpeg: Ffmpeg, tmp_path: Path, fmt: str
) -> None:
    results = []
    for name in ("one", "another folder, 100 %d: =;#'"):
        (tmp_path / name).mkdir()
        path, _ = encode(ffmpeg, tmp_path / name, peaky(0.02)[: 3 * RATE], fmt)
        results.append(path.read_bytes())
        assert {entry.name for entry in path.parent.iterdir()} == {path.name, "chapter.pcm"}
    assert results[0] == results[1]


def test_other_sample_rates_work(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    source = chapter(tmp_path / "chapter.pcm", sine(300, 2))
    for fmt in FORMATS:
        for rate in (24_000, 48_000):
            path = tmp_path / f"{rate}.{fmt}"
            settings = AudioSettings(sample_rate=rate, bitrate_kbps=64)
            encoded = encode_chapter(source, fmt, settings, ffmpeg, path)
            assert sample_count(path, fmt) == encoded.frames


def test_a_sample_rate_that_a_format_lacks_is_refused(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    source = chapter(tmp_path / "chapter.pcm", sine(300, 1))
    with pytest.raises(AudioError, match="10000 Hz"):
        encode_chapter(
            source, "mp3", AudioSettings(sample_rate=10_000), ffmpeg, tmp_path / "chapter.mp3"
        )


@pytest.mark.parametrize("size", [0, 2 * JOIN_FRAMES - 2, 2 * JOIN_FRAMES + 1])
def test_damaged_pcm_is_refused(ffmpeg: Ffmpeg, tmp_path: Path, size: int) -> None:
    source = tmp_path / "chapter.pcm"
    source.write_bytes(bytes(size))
    with pytest.raises(AudioError, match="damaged"):
        encode_chapter(source, "mp3", MONO, ffmpeg, tmp_path / "chapter.mp3")


def expect_failure(program: Ffmpeg, folder: Path, error: type[Exception], match: str) -> None:
    """Encoding fails in two lines at most and leaves what was there, and nothing else."""
    source = chapter(folder / "chapter.pcm", sine(300, 1))
    path = folder / "chapter.mp3"
    path.write_bytes(b"earlier")
    before = set(folder.iterdir())
    with pytest.raises(error, match=match) as caught:
        encode_chapter(source, "mp3", MONO, program, path)
    assert str(caught.value).count("\n") <= 1
    assert path.read_bytes() == b"earlier"
    assert set(folder.iterdir()) == before


@pytest.fixture
def breaking(ffmpeg: Ffmpeg, tmp_path: Path) -> Callable[[str], Ffmpeg]:
    """The real ffmpeg until it is to write MP3; then a line of shell."""

    def make(line: str) -> Ffmpeg:
        script = tmp_path / "breaking"
        script.write_text(
            f'#!/bin/sh\ncase "$*" in *libmp3lame*) {line};; esac\nexec "{ffmpeg.path}" "$@"\n'
        )
        script.chmod(0o755)
        return Ffmpeg(str(script), "breaking")

    return make


def test_a_refusal_of_ffmpeg_is_quoted(
    breaking: Callable[[str], Ffmpeg], ffmpeg: Ffmpeg, tmp_path: Path
) -> None:
    program = breaking(f'exec "{ffmpeg.path}" -nonsense 1 "$@"')
    expect_failure(
        program, tmp_path, AudioError, r"encoding a chapter: ffmpeg failed .*: .*nonsense"
    )


def test_a_killed_ffmpeg_is_reported(breaking: Callable[[str], Ffmpeg], tmp_path: Path) -> None:
    program = breaking("kill -KILL $$")
    expect_failure(program, tmp_path, AudioError, f"killed .{signal.SIGKILL.name}")


def test_a_full_disk_is_reported(breaking: Callable[[str], Ffmpeg], tmp_path: Path) -> None:
    program = breaking('echo "[out#0/mp3 @ 0x1] Error: No space left on device" >&2; exit 228')
    expect_failure(program, tmp_path, OutputError, "no space left on device")


def test_an_encoder_that_stops_early_is_noticed(
    breaking: Callable[[str], Ffmpeg], ffmpeg: Ffmpeg, tmp_path: Path
) -> None:
    program = breaking(f'exec "{ffmpeg.path}" -t 0.5 "$@"')
    expect_failure(program, tmp_path, AudioError, "instead of 73728 samples")


def test_a_missing_program_is_reported(tmp_path: Path) -> None:
    program = Ffmpeg(str(tmp_path / "missing"), "none")
    expect_failure(program, tmp_path, AudioError, "cannot be started")


def test_a_folder_that_cannot_be_written_is_reported(ffmpeg: Ffmpeg, tmp_path: Path) -> None:
    source = chapter(tmp_path / "chapter.pcm", sine(300, 1))
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        encode_chapter(source, "mp3", MONO, ffmpeg, tmp_path / "file" / "chapter.mp3")
