"""``narrate publish`` where others are at work: a second run, another machine, a meddler."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from narrate.errors import OutputError
from narrate.events import Emit, Event, Noted
from narrate.files import sha256_of
from narrate.model import Destination
from narrate.project import load_show
from narrate.publish import Options, Outcome, publish
from narrate.publish.manifest import NAME, part_name
from shows import edit, narrate, narrate_process, snapshot


def run(show: Path, site: Path, emit: Emit = lambda _: None, **options: bool) -> Outcome:
    loaded, _ = load_show(show)
    return publish(loaded, Destination("file", path=str(site)), Options(**options), emit)


def once_at(name: str, do: Callable[[], object]) -> Emit:
    """Does something when a file has been copied, and not again."""
    left = [do]

    def emit(event: Event) -> None:
        if isinstance(event, Noted) and event.text.startswith(name) and left:
            left.pop()()

    return emit


def visible(site: Path) -> dict[str, bytes]:
    return {name: one for name, one in snapshot(site).items() if name != NAME}


def test_one_run_at_a_time_for_a_show(show: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"

    def once_more() -> None:
        outcome = narrate_process(show, "publish", "--to", str(tmp_path / "elsewhere"))
        assert outcome.code == 1
        assert "this show is being published already" in outcome.err
        # Who only looks is in nobody's way.
        assert narrate_process(show, "publish", "--to", str(site), "--dry-run").code == 0

    run(show, site, once_at("first.de.mp3", once_more))
    assert visible(site) == snapshot(show / "output")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("moment", ["first.de.mp3", "show.json", "feed.de.xml"])
def test_feeds_of_two_machines_are_not_mixed(show: Path, tmp_path: Path, moment: str) -> None:
    site, other = tmp_path / "site", tmp_path / "other"
    shutil.copytree(show, other)
    edit(other / "articles/first.de.md", "Noch einer danach.", "Und noch einer.")
    assert narrate(other, "build").code == 0
    with pytest.raises(OutputError, match="somebody else publishes there"):
        run(show, site, once_at(moment, lambda: run(other, site)))
    assert visible(site)["feed.de.xml"] == (other / "output/feed.de.xml").read_bytes()
    # What one has put into the other's, the next run of either mends.
    run(other, site)
    assert visible(site) == snapshot(other / "output")
    assert run(other, site).copied == ()


def test_looking_first_writes_nothing(show: Path, tmp_path: Path) -> None:
    site = tmp_path / "not/there"
    before = snapshot(show)
    outcome = narrate(show, "publish", "--to", str(site), "--dry-run")
    assert outcome.code == 0
    assert not site.parent.exists()
    assert snapshot(show) == before
    run(show, site)
    there = snapshot(site)
    edit(show / "articles/first.de.md", "Noch einer danach.", "Und noch einer.")
    assert narrate(show, "build").code == 0
    outcome = narrate(show, "publish", "--to", str(site), "--dry-run", "--prune")
    assert "Would copy: feed.de.xml" in outcome.out
    assert snapshot(site) == there


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
def test_what_lies_in_wait_there_is_not_written_through(show: Path, tmp_path: Path) -> None:
    site, precious = tmp_path / "site", tmp_path / "precious"
    site.mkdir()
    precious.write_text("mine")
    part = part_name(sha256_of(show / "output/first.de.mp3"))
    for name in (part, f"{NAME}.part"):
        (site / name).symlink_to(precious)
        with pytest.raises(OutputError):
            run(show, site)
        assert precious.read_text() == "mine"
        (site / name).unlink(missing_ok=True)
    (site / NAME).unlink()
    os.mkfifo(site / NAME)
    with pytest.raises(OutputError, match="no list of what was published"):
        run(show, site)
    # Under a name of the show, a link is replaced by the file, and only when that is wanted.
    site = tmp_path / "other"
    site.mkdir()
    (site / "feed.de.xml").symlink_to(precious)
    with pytest.raises(OutputError, match="narrate did not put there"):
        run(show, site)
    run(show, site, take_over=True)
    assert precious.read_text() == "mine"
    assert visible(site) == snapshot(show / "output")
