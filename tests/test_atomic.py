"""What a build writes appears whole or not at all, in an order in which no reader is misled."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest

from narrate.build.release import _SHARE
from narrate.project import load_takes
from narrate.published import load
from shows import SETTINGS, make_show, narrate_process, snapshot, write_article

EPOCH = {"SOURCE_DATE_EPOCH": "1717200000"}

ARTICLE = """\
---
title: The Article
date: 2024-05-01
summary: {summary}
---
One sentence is enough.
"""

KILLED_AT = """
import os, signal, sys
show, fatal = os.path.realpath(sys.argv[1]), int(sys.argv[2])
renamed, rename = [], os.replace

def replace(source, target, **rest):
    inner = os.path.relpath(os.path.realpath(target), show)
    if not inner.startswith((".narrate", os.path.join("output", ".new-"))):
        if len(renamed) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        renamed.append(inner)
    return rename(source, target, **rest)

os.replace = replace
from narrate.cli.main import run
code = run(["--show", show, "build"])
print("\\n".join(["renamed:", *renamed]))
sys.exit(code)
"""
"""A build that loses its power before it renames its n-th file outside the cache."""


def build_killed_at(show: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED_AT, str(show), str(fatal)],
        env={**os.environ, **EPOCH},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], dict[str, bytes]]:
    """A built show of two episodes, one of whose articles has changed since; the order in which a
    build that nobody disturbs renames its files, and what ``output`` holds after it.
    """
    show = make_show(tmp_path_factory.mktemp("atomic") / "show", 'formats = ["mp3"]\n' + SETTINGS)
    for key in ("a", "b"):
        write_article(show, f"{key}.en.md", ARTICLE.format(summary="As it was."))
    assert narrate_process(show, "build", **EPOCH).code == 0
    write_article(show, "a.en.md", ARTICLE.format(summary="As it is now."))
    calm = Path(shutil.copytree(show, show.with_name("calm")))
    done = build_killed_at(calm, 1_000)
    assert done.returncode == 0, done.stderr
    order = done.stdout.split("renamed:\n")[1].split()
    return show, order, snapshot(calm / "output")


def test_the_feed_comes_after_all_that_it_names(
    changed: tuple[Path, list[str], dict[str, bytes]],
) -> None:
    _, order, _ = changed
    noted = order.index("published.toml")
    texts = {f"output/a.en.{kind}" for kind in ("html", "srt", "vtt", "transcript.json")}
    assert {"output/a.en.mp3"} <= set(order[:noted]) <= {"output/a.en.mp3"} | texts
    assert set(order[noted + 1 : -1]) <= {"output/show.json", "output/index.html"}
    assert order[-1] == "output/feed.en.xml"


def test_a_power_cut_between_any_two_files_leaves_a_sound_show(
    changed: tuple[Path, list[str], dict[str, bytes]], tmp_path: Path
) -> None:
    show, order, after = changed
    before = snapshot(show / "output")
    for fatal in range(len(order)):
        cut = Path(shutil.copytree(show, tmp_path / f"cut{fatal}"))
        assert build_killed_at(cut, fatal).returncode == -9
        found = snapshot(cut / "output")
        seen = {name: data for name, data in found.items() if not name.startswith(".")}
        assert set(seen) == set(before)
        assert [name for name in seen if seen[name] not in (before[name], after[name])] == []
        feed = feedparser.parse(seen["feed.en.xml"])
        assert not feed.bozo
        assert len(feed.entries) == 2
        load(cut / "published.toml")
        load_takes(cut)
        assert narrate_process(cut, "build", **EPOCH).code == 0
        assert snapshot(cut / "output") == after


def test_the_feed_grows_while_a_build_goes_on(tmp_path: Path) -> None:
    show = make_show(tmp_path, 'formats = ["mp3"]\n' + SETTINGS)
    for number in range(4):
        write_article(show, f"a{number}.en.md", ARTICLE.format(summary="New."))
    done = build_killed_at(show, 1_000)
    order = done.stdout.split("renamed:\n")[1].split()
    feeds = [place for place, name in enumerate(order) if name == "output/feed.en.xml"]
    # The first episode is heard before the others are done; the last renewal holds them all.
    assert len(feeds) >= 2
    assert "output/a3.en.mp3" not in order[: feeds[0]]
    assert feeds[-1] == len(order) - 1
    entries = feedparser.parse((show / "output/feed.en.xml").read_bytes()).entries
    assert len(entries) == 4
    assert _SHARE >= 20
