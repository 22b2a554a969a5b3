"""``narrate publish``: what it refuses, in which order it copies, and what its note may say."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.errors import NarrateError, OutputError, ShowError
from narrate.events import Event, Noted
from narrate.model import Destination
from narrate.project import load_show, parse_destination
from narrate.publish import Options, Outcome, credentials, publish
from narrate.publish.local import Stage, take_snapshot
from narrate.publish.manifest import (
    NAME,
    Copied,
    Manifest,
    is_plain,
    parse_manifest,
    render_manifest,
)
from shows import edit, narrate, narrate_process, snapshot

SHA = "0" * 64


# --- where to ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sftp://me@example.org/srv/www", Destination("sftp", "example.org", 0, "me", "/srv/www")),
        ("sftp://example.org:2222/~/www", Destination("sftp", "example.org", 2222, "", "/~/www")),
        ("sftp://[::1]/a%20b", Destination("sftp", "::1", 0, "", "/a b")),
        ("FTPS://me@Example.org", Destination("ftps", "example.org", 0, "me", "/")),
        ("s3://my-bucket", Destination("s3", "my-bucket")),
        ("s3://my-bucket/a/b/", Destination("s3", "my-bucket", path="a/b")),
        ("file:///srv/www", Destination("file", path="/srv/www")),
        ("/srv/www", Destination("file", path="/srv/www")),
        ("../site", Destination("file", path="/shows/one/../site")),
    ],
)
def test_addresses(url: str, expected: Destination) -> None:
    assert parse_destination(url, Path("/shows/one")) == expected


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sftp://me:secret@example.org/x", "holds a password"),
        ("ftps://me:@example.org/x", "holds a password"),
        ("ftp://me@example.org/x", "unprotected"),
        ("https://example.org/x", "web address"),
        ("scp://example.org/x", "“scp”"),
        ("sftp:///x", "names no host"),
        ("ftps://example.org/x", "names no user"),
        ("sftp://example.org:99999/x", "no valid address"),
        ("sftp://example.org/a b", "holds a space"),
        ("sftp://example.org/../etc", "holds “..”"),
        ("sftp://example.org/%2e%2e/etc", "holds “..”"),
        ("sftp://example.org/a%0ab", "control character"),
        ("ftps://me%0d%0aDELE@example.org/x", "control character"),
        ("sftp://example.org/x?y", "holds a ?"),
        ("s3://Bucket_", "no name of a bucket"),
        ("s3://key@my-bucket/x", "no user"),
        ("file://example.org/x", "names a host"),
    ],
)
def test_addresses_that_are_refused(url: str, why: str, built: Path) -> None:
    with pytest.raises(ShowError) as refused:
        parse_destination(url, Path("/shows/one"))
    assert why in refused.value.what
    assert refused.value.mend.endswith(".")
    outcome = narrate(built, "publish", "--to", url)
    assert outcome.code == 2
    assert "secret" not in outcome.err.casefold().replace("secrets", "")


@pytest.mark.parametrize(
    "url", ["sftp://me@[::1]:2222", "ftps://me@example.org", "s3://my-bucket", "sftp://example.org"]
)
def test_a_password_is_kept_under_the_address_without_its_folder(url: str) -> None:
    assert credentials.account(parse_destination(f"{url}/a/b", Path("/shows/one"))) == url


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60) | st.from_regex(r"(sftp|ftps|s3|file)://[ -~]{0,40}", fullmatch=True))
def test_any_text_is_an_address_or_refused_in_words(url: str) -> None:
    with contextlib.suppress(ShowError):
        assert parse_destination(url, Path("/shows/one")).kind in {"file", "sftp", "ftps", "s3"}


@pytest.mark.parametrize("key", ["password", "secret", "access_key", "Token", "passwort"])
def test_secrets_in_the_settings_are_refused(key: str, show: Path) -> None:
    with (show / "narrate.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[publish]\nurl = "/srv/www"\n{key} = "xyzzy"\n')
    outcome = narrate(show, "publish")
    assert outcome.code == 3
    assert f"publish.{key}: a secret does not belong into this file" in outcome.err
    assert "xyzzy" not in outcome.err


def test_a_show_that_says_no_address_is_told_how(show: Path) -> None:
    outcome = narrate(show, "publish")
    assert outcome.code == 3
    assert '`url = "sftp://' in outcome.err


@pytest.mark.parametrize("folder", [".", "output", "output/site", ".narrate/site", "articles"])
def test_folders_of_the_show_itself_are_refused(folder: str, show: Path) -> None:
    before = snapshot(show)
    outcome = narrate(show, "publish", "--to", folder)
    assert outcome.code == 1
    assert "belongs to the show itself" in outcome.err
    assert snapshot(show) == before


# --- what is published -------------------------------------------------------------------------


def run(
    show: Path, folder: Path, emit: list[Event] | None = None, *, prune: bool = False
) -> Outcome:
    events = [] if emit is None else emit
    loaded, _ = load_show(show)
    place = Destination("file", path=str(folder))
    return publish(loaded, place, Options(prune=prune), events.append)


def test_nothing_built_is_nothing_published(show: Path, tmp_path: Path) -> None:
    shutil.rmtree(show / "output")
    for options in ((), ("--unchecked",)):
        outcome = narrate(show, "publish", "--to", str(tmp_path / "site"), *options)
        assert outcome.code == 1
        assert "narrate build" in outcome.err
    assert not (tmp_path / "site").exists()


def test_a_feed_that_does_not_fit_its_files_is_not_published(show: Path, tmp_path: Path) -> None:
    with (show / "output/first.de.mp3").open("ab") as audio:
        audio.write(b"x")
    for options in ((), ("--unchecked",)):
        outcome = narrate(show, "publish", "--to", str(tmp_path / "site"), *options)
        assert outcome.code == 1
        assert "first.de.mp3" in outcome.err
        assert "narrate build" in outcome.err
    (show / "output/first.de.mp3").unlink()
    with pytest.raises(OutputError, match=r"names “first.de.mp3”, which is not in output/"):
        run(show, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("address", ["https://new.example/", ""])
def test_feeds_for_another_address_are_not_published(
    show: Path, tmp_path: Path, address: str
) -> None:
    edit(show / "narrate.toml", "https://example.org/show/", address)
    for options in ((), ("--unchecked",)):
        outcome = narrate(show, "publish", "--to", str(tmp_path / "site"), *options)
        assert outcome.code == 1
        assert "narrate build" in outcome.err
    assert "https://example.org/show/first" in outcome.err
    assert not (tmp_path / "site").exists()


def test_links_and_folders_in_the_output_are_not_followed(show: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (show / "output/link.txt").symlink_to(secret)
    (show / "output/folder").mkdir()
    (show / "output/folder/file").write_text("x")
    (show / "output/.hidden").write_text("x")
    (show / "output/new\nline").write_text("x")
    outcome = narrate(show, "publish", "--to", str(tmp_path / "site"))
    assert outcome.code == 0
    assert "output/link.txt: is no plain file of output/" in outcome.err
    names = {path.name for path in (tmp_path / "site").iterdir()}
    assert not names & {"link.txt", "folder", ".hidden", "new\nline"}


def test_without_base_url_somebody_is_told(show: Path, tmp_path: Path) -> None:
    edit(show / "narrate.toml", 'base_url = "https://example.org/show/"\n', "")
    assert narrate(show, "build").code == 0
    outcome = narrate(show, "publish", "--to", str(tmp_path / "site"))
    assert outcome.code == 0
    assert "base_url is empty" in outcome.err


def test_the_command_tells_and_asks_before_it_does(show: Path, tmp_path: Path) -> None:
    site = str(tmp_path / "site")
    dry = narrate(show, "publish", "--to", site, "--dry-run")
    assert "Would copy: first.de.mp3" in dry.out
    assert not (tmp_path / "site").exists()
    done = narrate(show, "publish", "--to", site)
    assert "first.de.mp3: copied" in done.out
    assert done.out.rstrip().endswith("Feed: https://example.org/show/feed.en.xml")
    lines = narrate(show, "publish", "--to", site, "--json").out.splitlines()
    assert json.loads(lines[-1])["unchanged"] == len(snapshot(show / "output"))
    assert "Nothing to copy" in narrate(show, "publish", "--to", site).out


def test_a_file_that_is_as_it_was_is_not_touched(show: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(show, site)
    before = {path.name: path.stat().st_mtime_ns for path in site.iterdir()}
    outcome = run(show, site)
    assert outcome.copied == ()
    assert {path.name: path.stat().st_mtime_ns for path in site.iterdir()} == before
    assert site.joinpath("first.de.mp3").stat().st_mode & 0o044  # a web server may read it


def test_a_build_meanwhile_is_noticed_before_the_feeds(show: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    seen: list[str] = []
    was_built: list[bool] = []

    def meddle(event: Event) -> None:
        if isinstance(event, Noted):
            seen.append(event.text)
            if event.text.startswith("first.en.mp3") and not was_built:
                was_built.append(True)
                edit(show / "articles/first.de.md", "Noch einer danach.", "Und noch einer.")
                assert narrate_process(show, "build").code == 0

    loaded, _ = load_show(show)
    publish(loaded, Destination("file", path=str(site)), Options(), meddle)
    assert any("has changed output/ meanwhile" in line for line in seen)
    there = {name: one for name, one in snapshot(site).items() if name != NAME}
    assert there == snapshot(show / "output")
    first_feed = next(number for number, line in enumerate(seen) if line.startswith("feed."))
    assert "meanwhile" in " ".join(seen[:first_feed])


def test_pages_of_a_feed_come_before_the_feed(tmp_path: Path) -> None:
    for name in ("feed.de.xml", "feed.de.2.xml", "index.html", "a.de.mp3", "a.de.vtt", "a.de.html"):
        (tmp_path / name).write_text("x")
    names = [file.name for file in take_snapshot(tmp_path).files]
    assert names[0] == "a.de.mp3"
    assert names[-2:] == ["feed.de.2.xml", "feed.de.xml"]
    assert names.index("a.de.vtt") < names.index("index.html")
    assert take_snapshot(tmp_path).files[-1].stage is Stage.FEED


# --- disks -------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1 MB, mounted."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def test_a_full_disk_is_told_and_gone_on_with(show: Path, disk: Path) -> None:
    outcome = narrate(show, "publish", "--to", str(disk))
    assert outcome.code == 1
    assert "The disk is full: make room and run the command again." in outcome.err
    here = snapshot(show / "output")
    there = {name: one for name, one in snapshot(disk).items() if not name.startswith(".")}
    assert there
    assert all(here[name] == content for name, content in there.items())
    assert not [name for name in there if name.startswith("feed.")]
    bigger = ["mount", "-o", "remount,size=16m", str(disk)]
    subprocess.run(bigger, check=True)
    again = narrate(show, "publish", "--to", str(disk), "--json")
    copied = json.loads(again.out.splitlines()[-1])["copied"]
    assert not set(copied) & there.keys()
    visible = {name: one for name, one in snapshot(disk).items() if name != NAME}
    assert visible == here


def test_a_folder_that_cannot_be_written_is_told(show: Path, disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)  # noqa: S607
    outcome = narrate(show, "publish", "--to", str(disk))
    assert outcome.code == 1
    assert os.strerror(errno.EROFS).casefold() in outcome.err
    assert "publish to a folder that can be written" in outcome.err


def test_a_file_in_the_way_is_told(show: Path, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    outcome = narrate(show, "publish", "--to", str(tmp_path / "site"))
    assert outcome.code == 1
    assert "Traceback" not in outcome.err


# --- narrate's note ----------------------------------------------------------------------------


def test_the_note_comes_back_as_it_was() -> None:
    note = Manifest("x", {"a.mp3": Copied(SHA, 3, "e"), "ü.mp3": Copied(SHA, 0)}, {"b.mp3": SHA})
    assert parse_manifest(render_manifest(note), "there") == note


@pytest.mark.parametrize(
    "change",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"schema":1}',
        b'{"schema":99,"show":"x","files":{},"begun":{}}',
        b'{"schema":1,"show":7,"files":{},"begun":{}}',
        b'{"schema":1,"show":"x","files":{"../../etc/passwd":{"sha256":"%s","bytes":1}},"begun":{}}',
        b'{"schema":1,"show":"x","files":{"a/b":{"sha256":"%s","bytes":1,"etag":""}},"begun":{}}',
        b'{"schema":1,"show":"x","files":{},"begun":{".htaccess":"%s"}}',
        b'{"schema":1,"show":"x","files":{},"begun":{"a":"../../x"}}',
    ],
)
def test_a_note_that_somebody_made_is_refused(change: bytes) -> None:
    with pytest.raises(OutputError) as refused:
        parse_manifest(change.replace(b"%s", SHA.encode()), "there")
    assert refused.value.where == "there"


@settings(deadline=None)
@given(
    st.binary(max_size=80)
    | st.recursive(st.none() | st.text(max_size=9), st.lists).map(
        lambda value: json.dumps({"schema": 1, "show": "x", "files": value, "begun": {}}).encode()
    )
)
def test_any_note_is_read_or_refused_in_words(raw: bytes) -> None:
    with contextlib.suppress(NarrateError):
        assert all(map(is_plain, parse_manifest(raw, "there").names))


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("a.de.mp3", True),
        ("Ärger & Spaß.txt", True),
        ("", False),
        (".htaccess", False),
        ("..", False),
        ("a/b", False),
        ("a\\b", False),
        ("a\r\nDELE x", False),
        (" a", False),
        ("x" * 256, False),
        ("\udcff", False),
    ],
)
def test_names(name: str, fits: object) -> None:
    assert is_plain(name) is fits
