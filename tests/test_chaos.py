"""A few faults of each kind, as ``make chaos`` makes hundreds: nothing is lost."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import chaos
import pytest
from faults import children, clocks, crowd, damage, disks, kills
from faults.life import SCENES, Lab, Losses, Tally, live, stopped_well
from faults.processes import Ended, left_running, survivors
from faults.reader import Reader, differences, snapshot

from narrate.encode import find_ffmpeg

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="processes are looked up in /proc"
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The first two scenes of the show's life."""
    folder = tmp_path_factory.mktemp("chaos")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        yield live(folder, "tone", 7, find_ffmpeg().path, SCENES[:2])


@pytest.fixture
def losses(tmp_path: Path) -> Losses:
    return Losses(tmp_path / "lost")


def test_a_killed_build_loses_nothing(lab: Lab, losses: Losses) -> None:
    assert kills.at_steps(lab, 1, losses).trials == 1
    assert kills.at_moments(lab, 1, losses).trials == 1
    assert losses.found == []


def test_a_stopped_build_loses_nothing(lab: Lab, losses: Losses) -> None:
    tally = kills.by_signals(lab, 2, losses)
    assert tally.counts["SIGINT"] == tally.counts["SIGTERM"] == 1
    assert losses.found == []


@pytest.mark.skipif(not disks.can_mount(), reason="only root can mount a small disk")
def test_a_disk_that_fills_up_loses_nothing(lab: Lab, losses: Losses) -> None:
    disks.filling_at_steps(lab, 1, losses)
    disks.filling_at_sizes(lab, 1, losses)
    assert losses.found == []


@pytest.mark.skipif(disks.can_mount(), reason="a disk that is full is tried itself")
def test_files_that_may_not_grow_lose_nothing(lab: Lab, losses: Losses) -> None:
    disks.limiting_files(lab, 1, losses)
    assert losses.found == []


def test_what_cannot_be_written_stays(lab: Lab, losses: Losses) -> None:
    disks.reading_only(lab, 1, losses)
    assert losses.found == []


def test_of_two_builds_at_once_one_works(lab: Lab, losses: Losses) -> None:
    tally = crowd.at_once(lab, 1, losses)
    assert tally.counts["worked"] == tally.counts["turned away"] == 1
    assert losses.found == []


def test_rotten_files_of_the_cache_are_made_again(lab: Lab, losses: Losses) -> None:
    tally = damage.rotting(lab, 1, losses)
    assert sum(tally.counts[kind] for kind in damage.DAMAGES) > 50
    assert losses.found == []


def test_children_that_die_lose_nothing(lab: Lab, losses: Losses) -> None:
    children.dying(lab, 2, losses)
    assert losses.found == []


def test_a_clock_that_is_set_back_changes_nothing_published(lab: Lab, losses: Losses) -> None:
    clocks.going_wrong(lab, 1, losses)
    assert losses.found == []


# --- and the judge is no lenient one -------------------------------------------------------------


def test_the_reader_finds_what_is_half_written(lab: Lab) -> None:
    lived = lab.scenes[-1]
    show = lab.show(lived)
    reader = Reader(find_ffmpeg().path)
    assert reader.faults(show) == []
    sound = show / "output/light.en.m4b"
    whole = sound.read_bytes()
    sound.write_bytes(whole[:-30_000] + bytes(range(256)) * 40 + whole[-19_760:])
    (show / "output/light.de.m4b").write_bytes(b"")
    (show / "output/light.de.chapters.json").write_text('{"version":')
    (show / "output/light.de.mp3").unlink()
    (show / "published.toml").write_text("schema = ")
    found = "\n".join(reader.faults(show))
    for name in ("light.en.m4b is not decoded", "light.de.m4b is empty", "json is no JSON"):
        assert name in found
    assert "names light.de.mp3, which is missing" in found
    assert "published.toml cannot be read" in found
    feed = show / "output/feed.de.xml"
    feed.write_bytes(feed.read_bytes()[:-20])
    assert "feed.de.xml is no XML" in reader.faults(show)


def test_a_shorter_file_that_decodes_is_a_loss_too(lab: Lab) -> None:
    lived = lab.scenes[-1]
    show = lab.show(lived)
    assert lab.intact(lived, show) == []
    sound = show / "output/light.en.mp3"
    sound.write_bytes(sound.read_bytes()[:-4_000])
    assert lab.intact(lived, show) == [
        "output/light.en.mp3 is neither the earlier nor the later one"
    ]


def test_whatever_differs_is_told(tmp_path: Path) -> None:
    for name, text in (("a", "1"), ("b", "2"), (".narrate/c", "3")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    before = snapshot(tmp_path)
    assert set(before) == {"a", "b"}
    (tmp_path / "a").write_text("9")
    (tmp_path / "b").unlink()
    (tmp_path / "d").write_text("4")
    assert differences(snapshot(tmp_path), before) == [
        "a has other bytes",
        "b is missing",
        "d is not wanted here",
    ]


def test_a_bad_end_is_told() -> None:
    silent = Ended(1, "", "Error: no\n", 0.0)
    assert stopped_well(silent, (0, 1), ("the disk is full",))
    assert not stopped_well(silent, (0, 1), ("no",))
    assert stopped_well(silent, (3,), ())
    crash = Ended(1, "", "Traceback (most recent call last):\nOSError: the disk is full\n", 0.0)
    assert "traceback" in stopped_well(crash, (1,), ("the disk is full",))[0]


def test_a_piece_beside_the_notes_goes_with_a_later_build(lab: Lab) -> None:
    lived = lab.scenes[-1]
    show = lab.show(lived)
    piece = show / ".new-a1b2c3d4.toml"
    piece.write_text("half of a note")
    assert lab.starter.run(show, lived.command, lived.epoch).code == 0
    assert piece.exists()  # it may be another command's that is at work
    assert lab.recovers(lived, show) == []
    assert not piece.exists()


def test_a_worker_that_goes_on_is_seen(lab: Lab) -> None:
    lived = lab.scenes[0]
    running = lab.starter.start(lab.show(lived), lived.command, lived.epoch)
    assert running.wait_for_lines(1)
    assert survivors(running.mark)
    assert running.kill(everything=True)
    assert running.finish().code == -signal.SIGKILL
    assert left_running(running.mark) == ""


def test_a_loss_is_printed_and_ends_the_command_with_1(
    lab: Lab, losses: Losses, capsys: pytest.CaptureFixture[str]
) -> None:
    def careless(lab: Lab, rounds: int, losses: Losses) -> Tally:
        show = lab.show(lab.scenes[-1])
        (show / "output/light.en.mp3").unlink()
        losses.add("a file removed", lab.intact(lab.scenes[-1], show), show)
        return Tally("careless", rounds, {"removed": rounds})

    assert chaos.carry_out(lab, {"careless": (careless, 1)}, losses, seed=5) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("careless: 1 times, 1 losses")
    assert "LOST: a file removed: feed.en.xml names light.en.mp3, which is missing" in second
    assert json.loads(last)["losses"] == json.loads(last)["scenarios"]["careless"]["losses"] == 1
    assert chaos.carry_out(lab, {}, Losses(losses.keep)) == 0
