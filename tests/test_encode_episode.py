from __future__ import annotations

import itertools
import struct
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import mutagen.id3
import mutagen.mp3
import mutagen.mp4
import numpy as np
import pytest
from PIL import Image

from narrate.assemble import assemble_chapter, marks
from narrate.encode import Ffmpeg, encode_chapter, find_ffmpeg, write_episode
from narrate.encode.metadata import MAX_LYRICS, chapter_title, short_title
from narrate.encode.streams import JOIN_FRAMES
from narrate.errors import AudioError, OutputError
from narrate.model import AudioSettings, Loudness, Mark, Tags
from sounds import RATE, Envelope, all_decoded, silence, sine, speech

FORMATS = ("mp3", "m4b")
SETTINGS = AudioSettings()
TAGS = Tags(
    title="Größe; eine = Frage #1",
    artist="Vera Muster",
    album="Kurz \\ gesagt",
    lang="de",
    date="2024-07-13",
    description="Erste Zeile\nzweite Zeile. " * 20,
    link="https://example.org/größe?a=1;b#c",
    lyrics="Größe – „eins“; #2\nzweite Zeile",
    measured=Loudness(-19.04, -1.3),
)
TITLES = (
    "Einleitung",
    "a=b; c#d \\ e",
    "zwei\nZeilen\r\nund\tTabs",
    "ü" * 63,
    "u" + "ü" * 126,
    "u" + "ü" * 254,
    "x" * 255,
    "x" * 256,
    "Ein Kapitel, dessen Überschrift länger ist. " * 10,
    "Familie 👨‍👩‍👧, \u200fשלום\u200e",
    "\ud83dhalb",
    "„Zitat“ – 中文 😀 " * 20,
    "[CHAPTER]",
    ";Kommentar",
    "   ",
    "e\x00i\x07n\u200bs",
)


@pytest.fixture(scope="module")
def ffmpeg() -> Ffmpeg:
    return find_ffmpeg()


@pytest.fixture(scope="module")
def cover(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cover") / "cover %03d; a=b.jpg"
    Image.new("RGB", (1400, 1400), (20, 90, 160)).save(path)
    return path


class Chapters:
    """Some chapters of different lengths, encoded; any number of them makes an episode."""

    def __init__(self, folder: Path, ffmpeg: Ffmpeg, seconds: tuple[float, ...]) -> None:
        self.frames: list[int] = []
        self.parts: Mapping[str, list[Path]] = {fmt: [] for fmt in FORMATS}
        for number, length in enumerate(seconds):
            clips = [
                (speech(np.concatenate([silence(0.1), sine(300 + 50 * number, s)])), 350)
                for s in itertools.repeat(min(length, 4.0), max(int(length // 4.35), 1))
            ]
            pcm = folder / f"{number}.pcm"
            self.frames.append(assemble_chapter(clips, SETTINGS, pcm).frames)
            for fmt in FORMATS:
                part = folder / f"{number}.{fmt}"
                encode_chapter(pcm, fmt, SETTINGS, ffmpeg, part)
                self.parts[fmt].append(part)
            pcm.unlink()

    def episode(self, fmt: str, titles: tuple[str, ...]) -> tuple[list[Path], tuple[Mark, ...]]:
        numbers = [number % len(self.frames) for number in range(len(titles))]
        placed = marks(titles, [self.frames[number] for number in numbers])
        return [self.parts[fmt][number] for number in numbers], placed


@pytest.fixture(scope="module")
def chapters(tmp_path_factory: pytest.TempPathFactory, ffmpeg: Ffmpeg) -> Chapters:
    return Chapters(tmp_path_factory.mktemp("parts"), ffmpeg, (0.3, 1.2, 5.0))


@pytest.fixture(scope="module")
def episodes(
    tmp_path_factory: pytest.TempPathFactory, ffmpeg: Ffmpeg, chapters: Chapters, cover: Path
) -> Mapping[str, tuple[Path, tuple[Mark, ...]]]:
    """An episode of many short chapters with difficult titles."""
    folder = tmp_path_factory.mktemp("episode: 100 %d; #1")
    made = {}
    for fmt in FORMATS:
        parts, placed = chapters.episode(fmt, TITLES)
        path = folder / f"episode.{fmt}"
        write_episode(parts, placed, TAGS, cover, fmt, SETTINGS, ffmpeg, path)
        made[fmt] = path, placed
    return made


def id3(path: Path) -> Any:
    return mutagen.id3.ID3(path, translate=False)  # type: ignore[no-untyped-call]


def mp4(path: Path) -> Any:
    return mutagen.mp4.MP4(path)  # type: ignore[no-untyped-call]


def container_chapters(path: Path) -> list[tuple[float, float, str]]:
    with av.open(str(path)) as container:
        return [
            (
                float(chapter["start"] * chapter["time_base"]),
                float(chapter["end"] * chapter["time_base"]),
                chapter["metadata"].get("title", ""),
            )
            for chapter in container.chapters()
        ]


def expected_titles(form: Callable[[str], str] = chapter_title) -> list[str]:
    return [form(title) or str(n) for n, title in enumerate(TITLES, 1)]


@pytest.mark.parametrize("fmt", FORMATS)
def test_chapters_are_read_back_as_they_were_given(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]], fmt: str
) -> None:
    path, placed = episodes[fmt]
    found = container_chapters(path)
    assert [title for _, _, title in found] == expected_titles()
    for (start, end, _), mark in zip(found, placed, strict=True):
        assert start == pytest.approx(mark.start_frame / RATE, abs=0.001)
        assert end == pytest.approx(mark.end_frame / RATE, abs=0.001)


def test_mp3_lists_its_chapters_in_order(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
) -> None:
    path, placed = episodes["mp3"]
    tags = id3(path)
    contents = tags.getall("CTOC")[0]
    assert contents.flags == mutagen.id3.CTOCFlags.TOP_LEVEL | mutagen.id3.CTOCFlags.ORDERED
    by_id = {frame.element_id: frame for frame in tags.getall("CHAP")}
    frames = [by_id[name] for name in contents.child_element_ids]
    assert [frame.start_time for frame in frames] == [
        pytest.approx(mark.start_frame * 1000 / RATE, abs=1) for mark in placed
    ]
    assert [frame.sub_frames["TIT2"].text[0] for frame in frames] == expected_titles()
    # And in the file's own order, which simple players follow.
    data = path.read_bytes()
    places = [data.index(name.encode() + b"\0", data.index(b"CHAP")) for name in by_id]
    assert places == sorted(places)


def test_m4b_has_both_forms_of_chapters(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
) -> None:
    path, placed = episodes["m4b"]
    nero = mp4(path).chapters
    assert [chapter.title for chapter in nero] == expected_titles(short_title)
    assert [chapter.start for chapter in nero] == [
        pytest.approx(mark.start_frame / RATE, abs=0.001) for mark in placed
    ]
    assert b"tref" in path.read_bytes()[:200_000]
    with av.open(str(path)) as container:
        kinds = [stream.type for stream in container.streams]
    assert kinds.count("audio") == 1
    assert "data" in kinds or "subtitle" in kinds


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_decoded_file_is_as_long_as_its_chapters(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]], fmt: str
) -> None:
    path, placed = episodes[fmt]
    assert all_decoded(path).shape == (1, placed[-1].end_frame)


def test_mp3_says_how_long_it_is_and_holds_no_seek_table(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
) -> None:
    path, placed = episodes["mp3"]
    info: Any = mutagen.mp3.MP3(path).info  # type: ignore[no-untyped-call]
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert (info.sample_rate, info.channels) == (RATE, 1)
    assert info.bitrate == pytest.approx(96_000, abs=10)
    assert info.length == pytest.approx(placed[-1].end_frame / RATE, abs=0.001)
    data = path.read_bytes()
    place = data.index(b"Info")
    flags, frames, size = struct.unpack(">III", data[place + 4 : place + 16])
    assert flags == 1 | 2
    assert frames == placed[-1].end_frame // 1152 + 1
    assert place - 21 + size == len(data)
    delay = int.from_bytes(data[place + 37 : place + 40], "big")
    assert (delay >> 12, delay & 0xFFF) == (576, 576)


def test_mp3_tags(episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]], cover: Path) -> None:
    tags = id3(episodes["mp3"][0])
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == TAGS.title
    assert str(tags["TPE1"]) == TAGS.artist
    assert str(tags["TALB"]) == TAGS.album
    assert str(tags["TLAN"]) == "deu"
    assert (str(tags["TYER"]), str(tags["TDAT"])) == ("2024", "1307")
    picture = tags.getall("APIC")[0]
    assert (picture.mime, picture.type) == ("image/jpeg", mutagen.id3.PictureType.COVER_FRONT)
    assert picture.data == cover.read_bytes()
    summary = " ".join(TAGS.description.split())
    [comment] = tags.getall("COMM")
    assert (comment.lang, comment.desc) == ("deu", "")
    assert comment.text == [f"{summary} {TAGS.link}"]
    assert tags["TDES"].text == [summary]
    [words] = tags.getall("USLT")
    assert (words.lang, words.desc, words.text) == ("deu", "", TAGS.lyrics)
    assert str(tags["TXXX:REPLAYGAIN_TRACK_GAIN"]) == "+1.04 dB"
    assert float(str(tags["TXXX:REPLAYGAIN_TRACK_PEAK"])) == pytest.approx(0.861, abs=0.001)


def test_mp3_has_these_frames_and_no_others(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
) -> None:
    path, _ = episodes["mp3"]
    names = [name for name in _frame_names(path.read_bytes()) if name != "CHAP"]
    assert names == [
        *("TIT2", "TPE1", "TPE2", "TALB", "TYER", "TDAT", "TLAN", "TCON", "TXXX", "TXXX"),
        *("CTOC", "APIC", "COMM", "TDES", "USLT"),
    ]


def _frame_names(data: bytes) -> list[str]:
    """Names of the frames of an ID3v2.3 tag, in its own order, to the last byte of it."""
    length = 10 + sum(byte << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True))
    place, names = 10, []
    while place < length:
        names.append(data[place : place + 4].decode())
        place += 10 + int.from_bytes(data[place + 4 : place + 8], "big")
    assert place == length
    assert data[length : length + 2] == b"\xff\xfb"
    return names


def test_words_longer_than_a_player_should_load_are_left_out(
    tmp_path: Path, ffmpeg: Ffmpeg, chapters: Chapters
) -> None:
    parts, placed = chapters.episode("mp3", ("one",))
    lengths = {}
    for words in ("ü" * MAX_LYRICS, "ü" * (MAX_LYRICS + 1), ""):
        path = tmp_path / "x.mp3"
        tags = replace(TAGS, lyrics=words)
        write_episode(parts, placed, tags, None, "mp3", SETTINGS, ffmpeg, path)
        lengths[len(words)] = len(id3(path).getall("USLT"))
    assert lengths == {MAX_LYRICS: 1, MAX_LYRICS + 1: 0, 0: 0}


def test_m4b_tags(episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]], cover: Path) -> None:
    path = episodes["m4b"][0]
    tags = mp4(path).tags
    assert tags["\xa9nam"] == [TAGS.title]
    assert tags["\xa9ART"] == [TAGS.artist]
    assert tags["\xa9alb"] == [TAGS.album]
    assert tags["\xa9day"] == [TAGS.date]
    assert tags["stik"] == [2]
    assert tags["\xa9gen"] == ["Audiobook"]
    assert tags["desc"] == [" ".join(TAGS.description.split())]
    assert tags["\xa9lyr"] == [TAGS.lyrics]
    assert tags["----:com.apple.iTunes:replaygain_track_gain"] == [b"+1.04 dB"]
    assert tags["----:com.apple.iTunes:replaygain_track_peak"] == [b"0.860994"]
    assert set(tags) == {
        *("\xa9nam", "\xa9ART", "aART", "\xa9alb", "\xa9day", "\xa9cmt", "\xa9gen", "\xa9lyr"),
        *("desc", "ldes", "stik", "covr"),
        *(f"----:com.apple.iTunes:replaygain_track_{name}" for name in ("gain", "peak")),
    }
    assert tags["\xa9cmt"] == [TAGS.link]
    assert [bytes(picture) for picture in tags["covr"]] == [cover.read_bytes()]
    with av.open(str(path)) as container:
        titles = next(stream for stream in container.streams if stream.type in {"data", "subtitle"})
        assert titles.metadata["language"] == "deu"
        assert container.streams.audio[0].metadata["language"] == "deu"
        assert container.streams.audio[0].codec_context.name == "aac"


def test_an_m4a_is_the_same_sound_for_a_feed(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
    chapters: Chapters,
    ffmpeg: Ffmpeg,
    cover: Path,
    tmp_path: Path,
) -> None:
    parts, placed = chapters.episode("m4b", TITLES)
    path = tmp_path / "episode.m4a"
    write_episode(parts, placed, TAGS, cover, "m4a", SETTINGS, ffmpeg, path)
    book = episodes["m4b"][0].read_bytes()
    data = path.read_bytes()
    assert data[4:12] == b"ftypM4A "
    assert data[data.index(b"mdat") :] == book[book.index(b"mdat") :]
    tags = mp4(path).tags
    assert (tags["stik"], tags["\xa9gen"]) == ([21], ["Podcast"])
    assert container_chapters(path) == container_chapters(episodes["m4b"][0])
    assert [chapter.title for chapter in mp4(path).chapters] == expected_titles(short_title)


def test_m4b_begins_with_its_index_and_names_no_time(
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
) -> None:
    data = episodes["m4b"][0].read_bytes()
    assert data[4:12] == b"ftypM4B "
    assert data.index(b"moov") < data.index(b"mdat")
    times = data.index(b"mvhd") + 8
    assert data[times : times + 8] == bytes(8)
    assert b"Lav" not in data[: data.index(b"mdat")]


@pytest.mark.parametrize("fmt", FORMATS)
def test_writing_again_gives_the_same_bytes(  # noqa: PLR0913, PLR0917
    episodes: Mapping[str, tuple[Path, tuple[Mark, ...]]],
    chapters: Chapters,
    ffmpeg: Ffmpeg,
    cover: Path,
    tmp_path: Path,
    fmt: str,
) -> None:
    parts, placed = chapters.episode(fmt, TITLES)
    path = tmp_path / f"other.{fmt}"
    write_episode(parts, placed, TAGS, cover, fmt, SETTINGS, ffmpeg, path)
    assert path.read_bytes() == episodes[fmt][0].read_bytes()
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture(scope="module")
def long_chapters(tmp_path_factory: pytest.TempPathFactory, ffmpeg: Ffmpeg) -> Chapters:
    return Chapters(tmp_path_factory.mktemp("long"), ffmpeg, (9.0, 31.0, 22.0))


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_hour_has_its_marks_where_the_sound_is(
    tmp_path: Path, ffmpeg: Ffmpeg, long_chapters: Chapters, fmt: str
) -> None:
    titles = tuple(f"Chapter {number}" for number in range(1, 201))
    parts, placed = long_chapters.episode(fmt, titles)
    assert placed[-1].end_frame > 3600 * RATE
    path = tmp_path / f"hour.{fmt}"
    write_episode(parts, placed, TAGS, None, fmt, SETTINGS, ffmpeg, path)
    envelope = Envelope.of(path)
    assert envelope.frames == placed[-1].end_frame
    found = container_chapters(path)
    assert len(found) == len(placed)
    for start, end, _ in found:
        assert envelope.first_sound(start, 0.01) == pytest.approx(0.5, abs=0.03)
        assert envelope.loudest(start - 0.02, start + 0.45) < 1e-4
        assert envelope.loudest(start + 0.55, end) > 0.1


@pytest.mark.parametrize("fmt", FORMATS)
def test_255_chapters_fit_and_256_do_not(
    tmp_path: Path, ffmpeg: Ffmpeg, chapters: Chapters, fmt: str
) -> None:
    path = tmp_path / f"many.{fmt}"
    parts, placed = chapters.episode(fmt, tuple(map(str, range(256))))
    with pytest.raises(AudioError, match="256 chapters"):
        write_episode(parts, placed, TAGS, None, fmt, SETTINGS, ffmpeg, path)
    assert not path.exists()
    write_episode(parts[:-1], placed[:-1], TAGS, None, fmt, SETTINGS, ffmpeg, path)
    assert [title for _, _, title in container_chapters(path)] == list(map(str, range(255)))
    if fmt == "m4b":
        assert len(mp4(path).chapters) == 255
    else:
        assert len(id3(path).getall("CTOC")[0].child_element_ids) == 255


@pytest.mark.parametrize("fmt", FORMATS)
def test_stereo_episodes_join_as_well(tmp_path: Path, ffmpeg: Ffmpeg, fmt: str) -> None:
    settings = AudioSettings(channels=2)
    pcm, part, path = tmp_path / "x.pcm", tmp_path / f"x.{fmt}", tmp_path / f"y.{fmt}"
    frames = assemble_chapter([(speech(sine(300, 1)), 0)], settings, pcm).frames
    encode_chapter(pcm, fmt, settings, ffmpeg, part)
    placed = marks(["one", "two"], [frames, frames])
    write_episode([part, part], placed, TAGS, None, fmt, settings, ffmpeg, path)
    assert all_decoded(path).shape == (2, 2 * frames)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("damage", ["cut", "empty", "overwritten", "another"])
def test_a_damaged_part_is_refused_and_the_earlier_file_kept(
    tmp_path: Path, ffmpeg: Ffmpeg, chapters: Chapters, fmt: str, damage: str
) -> None:
    parts, placed = chapters.episode(fmt, ("one", "two"))
    data = parts[1].read_bytes()
    broken = tmp_path / "part"
    broken.write_bytes(
        {
            "cut": data[:-5],
            "empty": b"",
            "overwritten": data[:1000] + b"noise" + data[1005:],
            "another": parts[0].read_bytes(),
        }[damage]
    )
    if damage == "overwritten":
        broken.write_bytes(b"noise" + data[5:])
    path = tmp_path / f"episode.{fmt}"
    path.write_bytes(b"earlier")
    with pytest.raises(AudioError, match="damaged"):
        write_episode([parts[0], broken], placed, TAGS, None, fmt, SETTINGS, ffmpeg, path)
    assert path.read_bytes() == b"earlier"
    assert {entry.name for entry in tmp_path.iterdir()} == {"part", path.name}


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_failing_ffmpeg_leaves_the_earlier_file(
    tmp_path: Path, chapters: Chapters, fmt: str
) -> None:
    script = tmp_path / "failing"
    script.write_text("#!/bin/sh\necho 'Error: out of luck' >&2\nexit 3\n")
    script.chmod(0o755)
    path = tmp_path / f"episode.{fmt}"
    path.write_bytes(b"earlier")
    parts, placed = chapters.episode(fmt, ("one",))
    with pytest.raises(AudioError, match="exit code 3: Error: out of luck"):
        write_episode(parts, placed, TAGS, None, fmt, SETTINGS, Ffmpeg(str(script), "none"), path)
    assert path.read_bytes() == b"earlier"
    assert {entry.name for entry in tmp_path.iterdir()} == {"failing", path.name}


def test_an_output_folder_that_is_none_is_reported(
    tmp_path: Path, ffmpeg: Ffmpeg, chapters: Chapters
) -> None:
    (tmp_path / "output").touch()
    parts, placed = chapters.episode("mp3", ("one",))
    with pytest.raises(OutputError, match="cannot be written"):
        write_episode(
            parts, placed, TAGS, None, "mp3", SETTINGS, ffmpeg, tmp_path / "output" / "a.mp3"
        )


def test_chapters_of_the_tests_fill_whole_frames(chapters: Chapters) -> None:
    assert all(frames % JOIN_FRAMES == 0 for frames in chapters.frames)
