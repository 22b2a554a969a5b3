from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.assemble import assemble_chapter, layout_of, marks
from narrate.encode.streams import JOIN_FRAMES, JOIN_SILENCE
from narrate.errors import AudioError, OutputError
from narrate.model import AudioSettings, Speech
from sounds import RATE, Samples, pcm, read_pcm, silence, sine, speech

LEAD = RATE // 2
SETTINGS = AudioSettings()


def chapter(folder: Path, *clips: tuple[Speech, int]) -> Samples:
    """The assembled chapter, its length checked."""
    path = folder / "chapter.pcm"
    frames = assemble_chapter(clips, SETTINGS, path).frames
    samples = read_pcm(path)
    assert samples.size == frames
    assert frames % JOIN_FRAMES == 0
    return samples


def milliseconds(frames: float) -> float:
    return frames * 1000 / RATE


def test_chapter_begins_with_half_a_second_of_silence_and_then_sounds(tmp_path: Path) -> None:
    clip = speech(np.concatenate([silence(0.4), sine(300, 0.6), silence(0.4)]))
    samples = chapter(tmp_path, (clip, 700))
    assert not samples[:LEAD].any()
    assert abs(milliseconds(np.flatnonzero(np.abs(samples) > 0.01)[0]) - 500) < 30


def test_the_quiet_kept_before_a_sound_belongs_to_the_half_second(tmp_path: Path) -> None:
    hiss = np.random.default_rng(1).standard_normal(RATE) * 10 ** (-68 / 20)
    samples = chapter(tmp_path, (speech(np.concatenate([hiss, sine(300, 1.0)])), 700))
    assert abs(milliseconds(np.flatnonzero(np.abs(samples) > 0.01)[0]) - 500) < 5


def test_silence_and_hiss_at_the_ends_of_clips_are_trimmed(tmp_path: Path) -> None:
    hiss = np.random.default_rng(1).standard_normal(RATE) * 10 ** (-68 / 20)
    padded = speech(np.concatenate([hiss, sine(300, 1.0), hiss]))
    samples = chapter(tmp_path, (padded, 0), (padded, 0))
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    gap = np.diff(loud).max()
    assert milliseconds(gap) < 40
    assert milliseconds(loud[-1] - loud[0]) == pytest.approx(2000 + milliseconds(gap), abs=20)


def test_sound_quieter_than_the_rest_is_kept(tmp_path: Path) -> None:
    soft = sine(300, 0.2, peak=0.5 * 10 ** (-35 / 20))
    samples = chapter(tmp_path, (speech(np.concatenate([soft, sine(300, 0.5), soft])), 0))
    assert milliseconds(np.flatnonzero(samples).max() - LEAD) > 895


@settings(max_examples=25, deadline=None)
@given(clips=st.lists(st.tuples(st.integers(1, 60), st.integers(0, 1500)), min_size=1, max_size=5))
def test_clips_and_pauses_last_exactly_as_long_as_they_should(
    tmp_path_factory: pytest.TempPathFactory, clips: list[tuple[int, int]]
) -> None:
    # A clip of whole windows that sounds from end to end is not trimmed.
    window = round(RATE * 0.002)
    noise = np.random.default_rng(2).uniform(0.2, 0.4, window * 600)
    spoken = [(speech(noise[: window * 10 * length]), pause) for length, pause in clips]
    frames = LEAD + sum(clip.frames + (pause * RATE + 500) // 1000 for clip, pause in spoken)
    folder = tmp_path_factory.mktemp("exact")
    samples = chapter(folder, *spoken)
    assert frames <= samples.size < frames + JOIN_FRAMES + JOIN_SILENCE
    position = LEAD
    for clip, pause in spoken:
        assert samples[position + clip.frames // 2] > 0.1
        position += clip.frames
        rest = (pause * RATE + 500) // 1000
        assert not samples[position : position + rest].any()
        position += rest


def test_chapter_ends_in_enough_silence_to_be_joined(tmp_path: Path) -> None:
    for frames in (JOIN_FRAMES - 100, JOIN_FRAMES, 2 * JOIN_FRAMES + 5):
        clip = speech(np.full(frames, 0.3))
        assert not chapter(tmp_path, (clip, 0))[-JOIN_SILENCE:].any()


def test_the_layout_says_where_each_clip_is_heard(tmp_path: Path) -> None:
    hiss = np.random.default_rng(3).standard_normal(RATE // 3) * 10 ** (-68 / 20)
    clips = [
        (speech(np.concatenate([hiss, sine(300, length, rate), hiss]), rate), pause)
        for length, rate, pause in ((0.6, RATE, 350), (0.3, 16_000, 0), (1.1, 22_050, 900))
    ]
    path = tmp_path / "chapter.pcm"
    layout = assemble_chapter(clips, SETTINGS, path)
    loud = np.abs(read_pcm(path)) > 0.05
    assert layout.clips[0][0] == LEAD
    for start, end in layout.clips:
        heard = start + np.flatnonzero(loud[start:end])
        assert milliseconds(heard[0] - start) < 5
        assert milliseconds(end - heard[-1]) < 5
        loud[start:end] = False
    assert not loud.any()
    assert layout_of(clips, SETTINGS) == layout


def test_clips_fade_in_and_out(tmp_path: Path) -> None:
    samples = chapter(tmp_path, (speech(np.full(RATE, 0.9)), 500))
    assert np.abs(np.diff(samples)).max() < 0.01


@pytest.mark.parametrize(
    ("rate", "tone", "image"),
    [
        (16_000, 6_000, 10_000),
        (22_050, 8_000, 14_050),
        (24_000, 10_000, 14_000),
        (32_000, 11_000, 21_000),
        (48_000, 23_000, 21_100),
    ],
)
def test_resampling_leaves_no_image(tmp_path: Path, rate: int, tone: int, image: int) -> None:
    # A second, lower tone: above the new rate's limit the first alone would be silence.
    sound = sine(tone, 1.5, rate, 0.4) + sine(1_000, 1.5, rate, 0.4)
    samples = chapter(tmp_path, (speech(sound, rate), 0))[LEAD + 8_000 :][: 1 << 15]
    spectrum = np.abs(np.fft.rfft(samples * np.kaiser(samples.size, 20)))
    bins = np.fft.rfftfreq(samples.size, 1 / RATE)

    def level(frequency: int) -> float:
        return float(spectrum[np.abs(bins - frequency) < 100].max())

    assert 20 * np.log10(level(1_000) / level(image)) >= 80


def test_resampling_keeps_the_length(tmp_path: Path) -> None:
    samples = chapter(tmp_path, (speech(sine(300, 2.0, 16_000), 16_000), 0))
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    assert milliseconds(loud[-1] - loud[0]) == pytest.approx(2000, abs=10)


def test_full_scale_clips_are_not_clipped_by_resampling(tmp_path: Path) -> None:
    square = np.sign(sine(440, 1.0, 22_050, 1.0)) * 0.999
    assert np.abs(chapter(tmp_path, (speech(square, 22_050), 0))).max() < 0.999


def test_the_same_clips_give_the_same_bytes(tmp_path: Path) -> None:
    clip = speech(sine(317, 1.0, 22_050), 22_050)
    assert np.array_equal(chapter(tmp_path, (clip, 350)), chapter(tmp_path, (clip, 350)))


def test_only_one_clip_is_in_memory(tmp_path: Path) -> None:
    clip = speech(sine(317, 2.0))

    def clips() -> Iterator[tuple[Speech, int]]:
        for _ in range(150):
            yield clip, 350

    path = tmp_path / "chapter.pcm"
    assemble_chapter([(clip, 0)], SETTINGS, path)
    tracemalloc.start()
    assemble_chapter(clips(), SETTINGS, path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 30e6
    assert peak < 8e6


@pytest.mark.parametrize(
    ("clips", "complaint"),
    [
        ([], "without any clip"),
        ([(Speech(RATE, b""), 0)], "clip 1 .* empty"),
        ([(Speech(RATE, b"abc"), 0)], "clip 1 .* damaged"),
        ([(speech(sine(300, 0.2)), 0), (speech(silence(1.0)), 0)], "clip 2 .* silent"),
    ],
)
def test_a_chapter_that_would_lack_sound_is_refused(
    tmp_path: Path, clips: list[tuple[Speech, int]], complaint: str
) -> None:
    path = tmp_path / "chapter.pcm"
    with pytest.raises(AudioError, match=complaint):
        assemble_chapter(clips, SETTINGS, path)
    assert not path.exists()


def test_a_folder_that_is_none_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        assemble_chapter([(speech(sine(300, 0.2)), 0)], SETTINGS, tmp_path / "file" / "x.pcm")


@given(st.lists(st.integers(0, 10**9)))
def test_each_chapter_ends_where_the_next_begins(lengths: list[int]) -> None:
    placed = marks([str(number) for number in range(len(lengths))], lengths)
    assert [mark.end_frame - mark.start_frame for mark in placed] == lengths
    assert [mark.start_frame for mark in placed] == [
        0,
        *(mark.end_frame for mark in placed[:-1]),
    ][: len(lengths)]


def test_marks_need_a_title_for_each_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        marks(["one"], [1, 2])


def test_import_warns_of_nothing_on_a_machine_without_ffmpeg() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import narrate.assemble"],
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_samples_of_the_helpers_are_little_endian() -> None:
    assert pcm(np.array([1.0])) == b"\xff\x7f"
