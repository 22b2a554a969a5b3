"""What an app knows an episode by stays, whatever happens to files, names and addresses."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-untyped]
import podcastparser  # type: ignore[import-untyped]
import pytest

from narrate.published import FILE_NAME, EpisodeRecord, load
from shows import (
    ENGLISH,
    GERMAN,
    SETTINGS,
    edit,
    make_show,
    narrate,
    snapshot,
    synthesised,
    write_article,
)

EPOCH, LATER = "1750000000", "1760000000"
SECOND = GERMAN.replace("erste", "zweite")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show of two German articles and an English one, built once."""
    show = make_show(tmp_path_factory.mktemp("stable"))
    write_article(show, "first.de.md", GERMAN)
    write_article(show, "first.en.md", ENGLISH)
    write_article(show, "second.de.md", SECOND)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        assert narrate(show, "build").code == 0
    return show


@pytest.fixture
def show(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, on a later day."""
    shutil.copytree(built, tmp_path / "show")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    return tmp_path / "show"


def parsed(show: Path, lang: str = "de") -> dict[str, Any]:
    with (show / f"output/feed.{lang}.xml").open("rb") as stream:
        feed: dict[str, Any] = podcastparser.parse("https://example.org/show/feed.xml", stream)
    return feed


def known_by(show: Path, lang: str = "de") -> dict[str, tuple[str, int, str]]:
    """Title → what apps know an episode by."""
    return {
        one["title"]: (one["guid"], one["published"], one["enclosures"][0]["url"])
        for one in parsed(show, lang)["episodes"]
    }


def entry(show: Path, key: str, lang: str = "de") -> EpisodeRecord:
    found = load(show / FILE_NAME).episode(key, lang)
    assert found is not None
    return found


def rename(show: Path, old: str, new: str) -> None:
    target = show / "articles" / new
    target.parent.mkdir(exist_ok=True)
    (show / "articles" / old).rename(target)


def test_a_date_that_is_changed_later_stays_and_is_told(show: Path) -> None:
    before = known_by(show)
    edit(show / "articles/first.de.md", "2024-05-01", "2020-02-03")
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert "its date, 2020-02-03, is not 2024-05-01, when it was first published" in outcome.err
    assert known_by(show) == before


# --- renaming ----------------------------------------------------------------------------------


def test_a_renamed_article_is_the_same_episode(show: Path) -> None:
    before, episode = snapshot(show / "output"), entry(show, "first")
    rename(show, "first.de.md", "eins.de.md")
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert snapshot(show / "output") == before
    assert synthesised(outcome) == 0
    told = [line for line in outcome.out.splitlines() if "was articles/first.de.md" in line]
    line = "was articles/first.de.md; it keeps its key “first”, guid, date and address"
    assert told == [f"articles/eins.de.md: {line}"]
    assert entry(show, "first").source == "articles/eins.de.md"
    assert entry(show, "first").guid == episode.guid
    again = narrate(show, "build")
    assert "was articles" not in again.out + again.err
    assert snapshot(show / "output") == before


def test_both_names_of_a_renamed_article_work_on_the_command_line(show: Path) -> None:
    rename(show, "first.de.md", "eins.de.md")
    for name in ("eins", "first", "Eins*"):
        outcome = narrate(show, "build", name, "--lang", "de")
        assert outcome.code == 0, outcome
        assert "1 up to date" in outcome.out
    outcome = narrate(show, "regenerate", "eins", "--lang", "de", "--chapter", "2")
    assert outcome.code == 0, outcome
    assert "Wrote first.de" in outcome.out
    assert 'key = "first"' in (show / "takes.toml").read_text(encoding="utf-8")
    assert len(parsed(show)["episodes"]) == 2
    with_take = snapshot(show / "output")
    rename(show, "eins.de.md", "uno.de.md")
    assert synthesised(narrate(show, "build")) == 0
    assert snapshot(show / "output") == with_take


def test_a_renamed_article_may_have_changed_and_is_known_by_its_title(show: Path) -> None:
    before = known_by(show)
    rename(show, "first.de.md", "eins.de.md")
    edit(show / "articles/eins.de.md", "Noch einer danach.", "Und noch ein anderer danach.")
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert synthesised(outcome) == 1
    assert known_by(show) == before


def test_a_renamed_article_is_known_without_the_cache_too(show: Path) -> None:
    before = snapshot(show / "output")
    rename(show, "first.de.md", "eins.de.md")
    shutil.rmtree(show / ".narrate")
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before


def test_an_article_that_moves_keeps_its_name_and_needs_no_word(show: Path) -> None:
    before = snapshot(show / "output")
    rename(show, "first.de.md", "old/first.de.md")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert "was articles" not in outcome.out + outcome.err
    assert snapshot(show / "output") == before
    assert entry(show, "first").source == "articles/old/first.de.md"


def test_what_could_be_either_of_two_is_neither(show: Path) -> None:
    guid = entry(show, "first").guid
    rename(show, "first.de.md", "eins.de.md")
    shutil.copy(show / "articles/eins.de.md", show / "articles/zwei.de.md")
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert "withdrawn: first (articles/first.de.md is gone)" in outcome.err
    guids = {one["guid"] for one in parsed(show)["episodes"]}
    assert len(guids) == 3
    assert str(guid) not in guids


def test_a_new_article_cannot_take_the_place_of_a_renamed_one(show: Path) -> None:
    rename(show, "first.de.md", "eins.de.md")
    assert narrate(show, "build").code == 0
    before = snapshot(show / "output")
    write_article(show, "first.de.md", "# Ganz neu\n\nEin anderer Text.\n")
    for arguments in (("build",), ("build", "first")):
        outcome = narrate(show, *arguments)
        assert outcome.code == 1
        assert "Failed: 1" in outcome.out
        assert (
            "articles/first.de.md: its key and language, “first.de”, are those of the published "
            "article articles/eins.de.md" in outcome.out
        )
        assert snapshot(show / "output") == before
    edit(show / "articles/first.de.md", "# Ganz neu", "---\nkey: neu\n---\n# Ganz neu")
    assert narrate(show, "build").code == 0
    assert len(parsed(show)["episodes"]) == 3


def test_articles_that_swap_their_names_stay_the_episodes_that_they_are(show: Path) -> None:
    before, feed = snapshot(show / "output"), known_by(show)
    for way in range(2):  # and back again
        rename(show, "first.de.md", "between.de.md")
        rename(show, "second.de.md", "first.de.md")
        rename(show, "between.de.md", "second.de.md")
        outcome = narrate(show, "build")
        assert outcome.code == 0, outcome
        assert synthesised(outcome) == 0
        assert snapshot(show / "output") == before, way
        assert outcome.out.count("it keeps its key") == 2
        assert "withdrawn" not in outcome.err
        assert narrate(show, "build").out.count("it keeps its key") == 0
    assert known_by(show) == feed
    assert entry(show, "first").source == "articles/first.de.md"


def test_after_a_swap_each_can_be_named_by_its_key(show: Path) -> None:
    rename(show, "first.de.md", "between.de.md")
    rename(show, "second.de.md", "first.de.md")
    rename(show, "between.de.md", "second.de.md")
    assert narrate(show, "build").code == 0
    outcome = narrate(show, "regenerate", "second", "--lang", "de", "--chapter", "2")
    assert outcome.code == 0, outcome
    assert "Wrote second.de" in outcome.out
    assert "1 up to date" in narrate(show, "build", "second").out


def test_articles_that_are_numbered_anew_stay_the_episodes_that_they_are(show: Path) -> None:
    before = known_by(show)
    rename(show, "second.de.md", "third.de.md")
    rename(show, "first.de.md", "second.de.md")
    edit(show / "articles/second.de.md", "Noch einer danach.", "Und noch ein anderer danach.")
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    assert synthesised(outcome) == 1
    assert known_by(show) == before
    assert entry(show, "second").source == "articles/third.de.md"
    assert entry(show, "first").source == "articles/second.de.md"


def test_a_new_article_in_the_place_of_a_renamed_one_is_refused_at_once(show: Path) -> None:
    before = snapshot(show / "output")
    rename(show, "first.de.md", "eins.de.md")
    write_article(show, "first.de.md", "# Ganz neu\n\nEin anderer Text.\n")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "are those of the published article articles/eins.de.md" in outcome.out
    assert snapshot(show / "output") == before


def test_a_copy_of_an_article_that_is_edited_since_is_a_new_one(show: Path) -> None:
    guid = entry(show, "first").guid
    shutil.copy(show / "articles/first.de.md", show / "articles/kopie.de.md")
    edit(show / "articles/first.de.md", "Noch einer danach.", "Und noch ein anderer danach.")
    assert narrate(show, "build").code == 0
    assert entry(show, "first").source == "articles/first.de.md"
    assert entry(show, "first").guid == guid
    assert len(parsed(show)["episodes"]) == 3


def test_published_toml_counts_for_more_than_what_a_build_without_it_noted(show: Path) -> None:
    rename(show, "first.de.md", "eins.de.md")
    assert narrate(show, "build").code == 0
    kept, before = (show / FILE_NAME).read_bytes(), known_by(show)
    (show / FILE_NAME).unlink()
    assert narrate(show, "build").code == 0
    assert known_by(show) != before
    (show / FILE_NAME).write_bytes(kept)
    assert narrate(show, "build").code == 0
    assert known_by(show) == before


# --- withdrawing -------------------------------------------------------------------------------


def test_a_deleted_article_is_withdrawn_and_comes_back_as_it_was(show: Path) -> None:
    before, known = snapshot(show / "output"), known_by(show)
    (show / "articles/second.de.md").unlink()
    outcome = narrate(show, "build")
    assert outcome.code == 0, outcome
    what = "second (articles/second.de.md is gone); guid, date and audio are kept for its return"
    assert outcome.err.splitlines() == [f"Warning: feed.de.xml: withdrawn: {what}"]
    assert set(known_by(show)) == {"Der erste Artikel"}
    gone = {name for name in before if name.startswith("second.de.")}
    assert not gone & set(snapshot(show / "output"))
    assert snapshot(show / ".narrate/withdrawn") == {name: before[name] for name in gone}
    withdrawn = entry(show, "second")
    assert str(withdrawn.guid) == known["Der zweite Artikel"][0]
    assert withdrawn.withdrawn is not None
    quiet = narrate(show, "build")
    assert (quiet.code, quiet.err) == (0, "")
    assert entry(show, "second") == withdrawn
    write_article(show, "second.de.md", SECOND)
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert synthesised(outcome) == 0
    assert known_by(show) == known
    after = snapshot(show / "output")
    assert {n: after[n] for n in before if n != "feed.de.xml"} == {
        n: before[n] for n in before if n != "feed.de.xml"
    }
    assert entry(show, "second").withdrawn is None
    assert snapshot(show / ".narrate/withdrawn") == {}


def test_a_draft_is_withdrawn_by_a_build_of_itself(show: Path) -> None:
    known = known_by(show)
    edit(show / "articles/second.de.md", "title:", "draft: true\ntitle:")
    outcome = narrate(show, "build", "second")
    assert outcome.code == 0
    assert "withdrawn: second (articles/second.de.md is a draft)" in outcome.err
    assert set(known_by(show)) == {"Der erste Artikel"}
    assert not list((show / "output").glob("second.de.*"))
    edit(show / "articles/second.de.md", "draft: true\n", "")
    assert narrate(show, "build", "second").code == 0
    assert known_by(show) == known


def test_the_last_article_of_a_language_leaves_an_empty_feed(show: Path) -> None:
    (show / "articles/first.en.md").unlink()
    assert narrate(show, "build").code == 0
    assert parsed(show, "en")["episodes"] == []
    assert len(parsed(show)["episodes"]) == 2


def test_building_one_article_withdraws_and_drops_no_other(show: Path) -> None:
    before = snapshot(show / "output")
    (show / "articles/second.de.md").unlink()
    for arguments in (("first",), ("first", "--lang", "de"), ("--lang", "en")):
        outcome = narrate(show, "build", *arguments)
        assert outcome.code == 0
        assert "withdrawn" not in outcome.err
        assert snapshot(show / "output") == before
    assert entry(show, "second").withdrawn is None


def test_an_article_that_cannot_be_read_stays(show: Path) -> None:
    before = snapshot(show / "output")
    path = show / "articles/second.de.md"
    path.write_bytes(b"Text\x00text")
    assert narrate(show, "build").code == 1
    path.unlink()
    path.symlink_to("nowhere")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert "articles/second.de.md: this is no file that can be read" in outcome.err
    assert snapshot(show / "output") == before
    # A file of its language that cannot be read may be it, under another name.
    path.unlink()
    (show / "articles/zwei.de.md").write_bytes(b"Text\x00text")
    assert narrate(show, "build").code == 1
    assert snapshot(show / "output") == before
    assert entry(show, "second").withdrawn is None
    (show / "articles/zwei.de.md").write_text(SECOND, encoding="utf-8")
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before
    assert entry(show, "second").source == "articles/zwei.de.md"


def build_as_anybody(show: Path) -> subprocess.CompletedProcess[str]:
    """Build in a process that permissions hold for, although root may run the tests."""
    strip = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]
    return subprocess.run(
        [*(strip if os.geteuid() == 0 else []), sys.executable, "-m", "narrate", "build"],
        cwd=show,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and shutil.which("setpriv") is None),
    reason="nothing is forbidden to this user",
)
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_folder_that_cannot_be_entered_keeps_its_episodes(show: Path, mode: int) -> None:
    rename(show, "second.de.md", "sub/second.de.md")
    assert narrate(show, "build").code == 0
    before = snapshot(show / "output")
    (show / "articles/sub").chmod(mode)
    try:
        done = build_as_anybody(show)
    finally:
        (show / "articles/sub").chmod(0o755)
    assert done.returncode == 0, done
    assert "articles/sub" in done.stderr
    assert "cannot be read: permission denied" in done.stderr
    assert snapshot(show / "output") == before


def test_a_folder_that_became_a_link_keeps_its_episodes(show: Path, tmp_path: Path) -> None:
    rename(show, "second.de.md", "sub/second.de.md")
    assert narrate(show, "build").code == 0
    before = snapshot(show / "output")
    (show / "articles/sub").rename(tmp_path / "elsewhere")
    (show / "articles/sub").symlink_to(tmp_path / "elsewhere")
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == before


def test_what_a_killed_build_left_of_a_withdrawn_episode_is_put_away(show: Path) -> None:
    before = snapshot(show / "output")
    (show / "articles/second.de.md").unlink()
    assert narrate(show, "build").code == 0
    after = snapshot(show / "output")
    for name in ("second.de.mp3", "second.de.chapters.json"):
        (show / "output" / name).write_bytes(before[name])
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == after
    assert (show / ".narrate/withdrawn/second.de.mp3").read_bytes() == before["second.de.mp3"]


def test_an_article_that_asks_for_another_key_is_another_episode(show: Path) -> None:
    before = known_by(show)
    path = show / "articles/second.de.md"
    edit(path, "title:", "key: neu\ntitle:")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert "withdrawn: second (articles/second.de.md is neu.de now)" in outcome.err
    after = known_by(show)
    assert after["Der erste Artikel"] == before["Der erste Artikel"]
    assert after["Der zweite Artikel"][2] == "https://example.org/show/neu.de.mp3"
    edit(path, "key: neu\n", "")  # published as “neu” now, and so it stays
    assert narrate(show, "build").code == 0
    assert known_by(show) == after


def test_a_dry_run_says_what_is_renamed_and_withdrawn_and_does_neither(show: Path) -> None:
    (show / "articles/second.de.md").unlink()
    rename(show, "first.de.md", "eins.de.md")
    before = snapshot(show)
    outcome = narrate(show, "build", "--dry-run")
    assert outcome.code == 0
    assert "articles/eins.de.md: was articles/first.de.md; it keeps its key “first”" in outcome.out
    assert "feed.de.xml: withdrawn: second (articles/second.de.md is gone)" in outcome.out
    plan = json.loads(narrate(show, "build", "--dry-run", "--json").out)
    assert plan["renamed"] == [
        {"key": "first", "from": "articles/first.de.md", "to": "articles/eins.de.md"}
    ]
    assert [one["key"] for one in plan["withdrawn"]] == ["second"]
    assert snapshot(show) == before


# --- addresses and times -----------------------------------------------------------------------


def test_a_new_address_is_written_everywhere_and_told(show: Path) -> None:
    before = parsed(show)
    first = load(show / FILE_NAME).feed("de")
    assert first.url == "https://example.org/show/feed.de.xml"
    settings = show / "narrate.toml"
    edit(settings, "https://example.org/show/", "https://new.example/pod/")
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert synthesised(outcome) == 0
    [told] = [line for line in outcome.err.splitlines() if "feed.de.xml" in line]
    assert "https://new.example/pod/feed.de.xml: let https://example.org/show/feed.de.xml" in told
    assert "permanent redirect (301)" in told
    text = (show / "output/feed.de.xml").read_text(encoding="utf-8")
    assert "https://example.org/show/" not in text
    new = "<itunes:new-feed-url>https://new.example/pod/feed.de.xml</itunes:new-feed-url>"
    assert new in text
    after = parsed(show)
    assert [one["guid"] for one in after["episodes"]] == [one["guid"] for one in before["episodes"]]
    feed = load(show / FILE_NAME).feed("de")
    assert feed.guid == first.guid
    assert str(feed.guid) in text
    written = snapshot(show / "output")
    quiet = narrate(show, "build")
    assert (quiet.code, quiet.err) == (0, "")
    assert snapshot(show / "output") == written
    # The tag stays while nobody says where the show is, and when the show says so again.
    edit(settings, 'base_url = "https://new.example/pod/"\n', "")
    assert narrate(show, "build").code == 0
    settings.write_text(f'base_url = "https://new.example/pod/"\n{settings.read_text("utf-8")}')
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output") == written


def test_without_an_address_all_is_built_and_the_guid_waits_for_the_first(tmp_path: Path) -> None:
    show = make_show(tmp_path, SETTINGS.replace("base_url", "# base_url"))
    write_article(show, "first.en.md", ENGLISH)
    outcome = narrate(show, "build")
    assert outcome.code == 0
    assert "To publish: set “base_url” in narrate.toml" in outcome.out
    [episode] = feedparser.parse(show / "output/feed.en.xml").entries
    assert "podcast:guid" not in (show / "output/feed.en.xml").read_text(encoding="utf-8")
    assert load(show / FILE_NAME).feed("en").guid is None
    settings = show / "narrate.toml"
    edit(settings, "# base_url", "base_url")
    outcome = narrate(show, "build")
    assert "To publish" not in outcome.out
    guid = load(show / FILE_NAME).feed("en").guid
    assert guid is not None
    [public] = feedparser.parse(show / "output/feed.en.xml").entries
    assert (public.id, public.published) == (episode.id, episode.published)
    assert "new-feed-url" not in (show / "output/feed.en.xml").read_text(encoding="utf-8")
    edit(settings, "https://example.org/show/", "https://new.example/")
    assert narrate(show, "build").code == 0
    assert load(show / FILE_NAME).feed("en").guid == guid


def test_what_is_heard_is_described_as_it_is_now(show: Path) -> None:
    [before] = parsed(show, "en")["episodes"]
    more = "At last a long sentence that ends without haste, and then goes on for quite a while."
    path = show / "articles/first.en.md"
    edit(path, "At last a long sentence that ends without haste.", more)
    edit(path, "## The Second Chapter", "## The Last Chapter")
    assert narrate(show, "build").code == 0
    [after] = parsed(show, "en")["episodes"]
    same = ("guid", "published", "title")
    assert [after[name] for name in same] == [before[name] for name in same]
    assert after["enclosures"][0]["url"] == before["enclosures"][0]["url"]
    assert after["enclosures"][0]["file_size"] == (show / "output/first.en.mp3").stat().st_size
    assert after["total_time"] > before["total_time"]
    titles = [chapter["title"] for chapter in after["chapters"]]
    assert titles == ["Introduction", "The First Chapter", "The Last Chapter"]
    entry = feedparser.parse(show / "output/feed.en.xml").entries[0]
    assert (entry.id, int(entry.enclosures[0].length)) == (
        after["guid"],
        after["enclosures"][0]["file_size"],
    )


def test_the_feed_says_when_its_content_changed_and_not_when_it_was_built(show: Path) -> None:
    def last_build(lang: str) -> str:
        return str(feedparser.parse(show / f"output/feed.{lang}.xml").feed.updated)

    before = last_build("de")
    assert narrate(show, "build").code == 0
    assert last_build("de") == before == "Sun, 15 Jun 2025 15:06:40 +0000"
    edit(show / "articles/first.en.md", "And more stands here.", "And much more stands here.")
    assert narrate(show, "build").code == 0
    assert last_build("de") == before
    assert last_build("en") == "Thu, 09 Oct 2025 08:53:20 +0000"


@pytest.mark.parametrize("kind", ["stable", "versioned"])
def test_a_regenerated_chapter_changes_the_audios_address_only_if_that_is_wanted(
    show: Path, kind: str
) -> None:
    (show / "narrate.toml").write_text(f'enclosure_url = "{kind}"\n{SETTINGS}', encoding="utf-8")
    assert narrate(show, "build").code == 0
    before = parsed(show, "en")["episodes"]
    assert narrate(show, "regenerate", "first", "--lang", "en", "--chapter", "2").code == 0
    after = parsed(show, "en")["episodes"]
    assert [one["guid"] for one in after] == [one["guid"] for one in before]
    assert [one["published"] for one in after] == [one["published"] for one in before]
    addresses = {one["enclosures"][0]["url"] for one in (*before, *after)}
    assert len(addresses) == (1 if kind == "stable" else 2)
    if kind == "versioned":
        assert all(re.search(r"first\.en\.mp3\?v=[0-9a-f]{8}$", url) for url in addresses)


# --- all of it at once -------------------------------------------------------------------------


class _Author:
    """Does to a show whatever an author may do, in any order."""

    def __init__(self, show: Path, seed: int) -> None:
        self.show, self.chance = show, random.Random(seed)  # noqa: S311 - a repeatable walk
        self.files = {"Der erste Artikel": "first.de.md", "Der zweite Artikel": "second.de.md"}
        self.away: dict[str, str] = {}
        self.count = 0
        self.steps = ["edit", "date", "rename", "rename", "delete", "return", "cache"]

    def act(self) -> None:
        self.count += 1
        title = self.chance.choice(sorted(self.files))
        path = self.show / "articles" / self.files[title]
        step = self.chance.choice(self.steps)
        if step == "edit":
            path.write_text(f"{path.read_text('utf-8')}\nSatz {self.count}.\n", encoding="utf-8")
        elif step == "date":
            date = f"date: 2024-05-{self.count % 28 + 1:02}"
            path.write_text(re.sub(r"date: \S+", date, path.read_text("utf-8")), encoding="utf-8")
        elif step == "rename":
            self.files[title] = f"name-{self.count}.de.md"
            path.rename(path.with_name(self.files[title]))
        elif step == "delete" and len(self.files) > 1:
            self.away[title] = path.read_text(encoding="utf-8")
            path.unlink()
            self.away[title] += f"\x00{self.files.pop(title)}"
        elif step == "return" and self.away:
            title, content = self.away.popitem()
            text, _, self.files[title] = content.partition("\x00")
            write_article(self.show, self.files[title], text)
        elif step == "cache":
            self.steps.remove("cache")  # once is enough: everything is spoken anew
            shutil.rmtree(self.show / ".narrate")


@pytest.mark.parametrize("seed", [3, 6])
def test_nothing_an_author_does_makes_an_episode_another_one(show: Path, seed: int) -> None:
    known = known_by(show)
    author = _Author(show, seed)
    for _ in range(5):
        author.act()
        author.act()
        outcome = narrate(show, "build")
        assert outcome.code == 0, outcome
        assert known_by(show) == {title: known[title] for title in author.files}
        for name in (one[2].rpartition("/")[2] for one in known_by(show).values()):
            assert (show / "output" / name).is_file()
