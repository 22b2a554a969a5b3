"""Episodes so long that their files count in more than 32 bits, and the boxes that do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av
import mutagen.mp4
import numpy as np
import pytest

from narrate.assemble import assemble_chapter, marks
from narrate.encode import encode_chapter, find_ffmpeg
from narrate.encode.episode import _Job, _mp4_template
from narrate.encode.mp4 import Template, head, read_template
from narrate.encode.streams import first_frames, frame_blocks, sample_count
from narrate.errors import AudioError
from narrate.model import AudioSettings, Mark, Tags
from sounds import RATE, sine, speech

SETTINGS = AudioSettings()
TAGS = Tags(title="A Long One", artist="Ada", album="Tones", lang="en", date="2024-05-01")
HOURS = 30
PACKETS = HOURS * 3600 * RATE // 1024
PACKET_BYTES = 1000
CHAPTERS = 255


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("part")
    assemble_chapter([(speech(sine(300, 1)), 0)], SETTINGS, folder / "a.pcm")
    encode_chapter(folder / "a.pcm", "m4b", SETTINGS, find_ffmpeg(), folder / "a.m4b")
    return folder / "a.m4b"


def long_marks() -> tuple[Mark, ...]:
    each, rest = divmod(PACKETS, CHAPTERS)
    lengths = [each * 1024] * (CHAPTERS - 1) + [(each + rest) * 1024]
    return marks([f"Chapter {number}" for number in range(CHAPTERS)], lengths)


@pytest.fixture(scope="module")
def template(part: Path, tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template")
    return _mp4_template(
        _Job([part], long_marks(), TAGS, None, "m4b", SETTINGS, find_ffmpeg(), folder)
    )


def test_thirty_hours_and_more_than_4_gib_can_be_told(template: Template, tmp_path: Path) -> None:
    """The packets are a hole in the file; what is read back is where they are said to lie."""
    sizes = np.full(PACKETS, PACKET_BYTES, np.uint32)
    start = head(template, sizes, RATE, large=True)
    path = tmp_path / "long.m4b"
    size = len(start) + PACKETS * PACKET_BYTES
    assert size > 1 << 32
    with path.open("wb") as file:
        file.write(start)
        file.truncate(size)
    with av.open(str(path)) as container:
        sound = container.streams.audio[0]
        assert (sound.frames, sound.duration) == (PACKETS, PACKETS * 1024)
        assert sound.time_base is not None
        assert 1 / sound.time_base == RATE
        found = [(one["start"] * one["time_base"], one["metadata"]) for one in container.chapters()]
        container.seek((PACKETS - 3) * 1024, stream=sound)
        packets = [packet for packet in container.demux(sound) if packet.size]
    assert [(packet.pos, packet.size) for packet in packets[-3:]] == [
        (size - left * PACKET_BYTES, PACKET_BYTES) for left in (3, 2, 1)
    ]
    assert [title["title"] for _, title in found] == [mark.title for mark in long_marks()]
    assert [float(at) for at, _ in found] == [
        pytest.approx(mark.start_frame / RATE, abs=0.001) for mark in long_marks()
    ]
    tags: Any = mutagen.mp4.MP4(path)  # type: ignore[no-untyped-call]
    assert tags.info.length == pytest.approx(PACKETS * 1024 / RATE, abs=0.001)
    assert tags.info.bitrate == PACKET_BYTES * 8 * RATE // 1024
    assert len(tags.chapters) == CHAPTERS


@pytest.mark.parametrize("count", [1, 63, 64, 65, 128, 1000])
def test_every_packet_is_found_where_it_lies(
    template: Template, tmp_path: Path, count: int
) -> None:
    """Packets of different sizes and bytes."""
    sizes = np.arange(10, 10 + count, dtype=np.uint32)
    wanted = [bytes([number % 251]) * int(size) for number, size in enumerate(sizes)]
    for large in (False, True):
        start = head(template, sizes, RATE, large=large)
        path = tmp_path / f"{large}.m4b"
        path.write_bytes(start + b"".join(wanted))
        with av.open(str(path)) as container:
            packets = [bytes(one) for one in container.demux(audio=0) if one.size]
        assert packets == wanted


def test_room_for_the_boxes_is_known_before_the_packets_are(template: Template) -> None:
    for large in (False, True):
        empty = head(template, np.zeros(5000, np.uint32), RATE, large=large)
        filled = head(template, np.full(5000, 4000, np.uint32), RATE, large=large)
        assert len(empty) == len(filled)
        assert empty != filled


def test_a_file_that_is_no_mpeg_4_is_refused(part: Path) -> None:
    with pytest.raises(AudioError, match="unknown form"):
        read_template(part.read_bytes())
    with pytest.raises(AudioError, match="no b'ftyp'"):
        read_template(b"")


def test_frames_are_read_whole_wherever_a_block_ends(
    part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = part.read_bytes()
    frames = first_frames(part, "m4b", 10_000)
    assert b"".join(frames) == whole
    for size in (1, 6, 7, 8, 100, len(whole) - 1):
        monkeypatch.setattr("narrate.encode.streams._BLOCK", size)
        with part.open("rb") as file:
            blocks = list(frame_blocks(file, "m4b"))
        assert b"".join(data for data, _ in blocks) == whole
        found = [data[o : o + h.length] for data, inside in blocks for o, h in inside]
        assert found == frames
        assert sample_count(part, "m4b") == len(frames) * 1024


def test_packets_with_a_checksum_are_refused(part: Path, tmp_path: Path) -> None:
    """Their payload begins two bytes later; ffmpeg writes none."""
    data = bytearray(part.read_bytes())
    data[1] &= 0xFE
    other = tmp_path / "other.m4b"
    other.write_bytes(data)
    with pytest.raises(AudioError, match="ADTS frame was expected"):
        sample_count(other, "m4b")
