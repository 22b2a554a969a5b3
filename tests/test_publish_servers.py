"""Publishing to real servers: what arrives, what is refused, what is gone on with."""

from __future__ import annotations

import abc
import contextlib
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3  # type: ignore[import-untyped]
import keyring
import keyring.backend
import pytest

from narrate.files import sha256_of
from narrate.model import Destination
from narrate.publish.manifest import NAME, part_name
from narrate.publish.remote import Remote, open_remote
from publishing_servers import (
    PASSWORD,
    USER,
    FtpsServer,
    SftpServer,
    ftps_server,
    know,
    make_certificate,
    make_key,
    s3_server,
    sftp_server,
)
from shows import EPOCH, Outcome, edit, narrate, snapshot

BUCKET = "podcast-bucket"
KINDS = ("folder", "sftp", "ftps", "s3")


class Place(abc.ABC):
    """Somewhere to publish to, and how to look at it from behind."""

    url: str

    @abc.abstractmethod
    def files(self) -> dict[str, bytes]: ...

    @abc.abstractmethod
    def write(self, name: str, content: bytes) -> None: ...

    @abc.abstractmethod
    def remove(self, name: str) -> None: ...

    def visible(self) -> dict[str, bytes]:
        """What lies there, without narrate's own note."""
        return {name: one for name, one in self.files().items() if name != NAME}


class Folder(Place):
    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def files(self) -> dict[str, bytes]:
        return snapshot(self.folder)

    def write(self, name: str, content: bytes) -> None:
        (self.folder / name).write_bytes(content)

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()


class Bucket(Place):
    def __init__(self, address: str) -> None:
        self.url = f"s3://{BUCKET}/show"
        self.store = boto3.client("s3", endpoint_url=address, region_name="us-east-1")

    def files(self) -> dict[str, bytes]:
        found = self.store.list_objects_v2(Bucket=BUCKET, Prefix="show/").get("Contents", [])
        names = [one["Key"].removeprefix("show/") for one in found]
        return {name: self.get(name)["Body"].read() for name in names}

    def get(self, name: str) -> Any:
        return self.store.get_object(Bucket=BUCKET, Key=f"show/{name}")

    def write(self, name: str, content: bytes) -> None:
        self.store.put_object(Bucket=BUCKET, Key=f"show/{name}", Body=content)

    def remove(self, name: str) -> None:
        self.store.delete_object(Bucket=BUCKET, Key=f"show/{name}")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without keys, hosts, agent or credentials."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in [*os.environ]:
        if name.startswith("AWS_") or name in {"SSH_AUTH_SOCK", "SSL_CERT_FILE"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return folder


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The servers' own log lines are nobody's business."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narrate.publish.connection._WAITS_S", (0.05, 0.1))


@pytest.fixture
def sftp(tmp_path: Path, home: Path) -> Iterator[SftpServer]:
    make_key(home)
    root = tmp_path / "sftp"
    root.mkdir()
    with sftp_server(root, home) as server:
        know(home, server)
        yield server


@pytest.fixture
def ftps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FtpsServer]:
    root = tmp_path / "ftps"
    root.mkdir()
    with ftps_server(root, tmp_path / "own") as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        monkeypatch.setenv("NARRATE_PUBLISH_PASSWORD", PASSWORD)
        yield server


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def bucket(s3_address: str, monkeypatch: pytest.MonkeyPatch, show: Path) -> Iterator[Bucket]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with (show / "narrate.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[publish]\nurl = "s3://{BUCKET}/show"\n')
        settings.write(f'endpoint = "{s3_address}"\nregion = "us-east-1"\n')
    made = Bucket(s3_address)
    made.store.create_bucket(Bucket=BUCKET)
    yield made
    for name in made.files():
        made.remove(name)
    made.store.delete_bucket(Bucket=BUCKET)
    made.store.close()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    kind = request.param
    if kind == "folder":
        return Folder(str(tmp_path / "site"), tmp_path / "site")
    if kind == "sftp":
        return over_sftp(request.getfixturevalue("sftp"))
    if kind == "ftps":
        return over_ftps(request.getfixturevalue("ftps"))
    bucket: Bucket = request.getfixturevalue("bucket")
    return bucket


def over_sftp(server: SftpServer) -> Folder:
    return Folder(f"sftp://{USER}@127.0.0.1:{server.port}/www/show", server.root / "www/show")


def over_ftps(server: FtpsServer) -> Folder:
    return Folder(f"ftps://{USER}@localhost:{server.port}/www/show", server.root / "www/show")


def publish(show: Path, place: Place, *options: str) -> Outcome:
    return narrate(show, "publish", "--to", place.url, "--plain", *options)


def published(show: Path, place: Place, *options: str) -> list[str]:
    """Names in the order in which a run has copied them."""
    outcome = narrate(show, "publish", "--to", place.url, "--json", *options)
    assert outcome.code == 0, outcome
    copied: list[str] = json.loads(outcome.out.splitlines()[-1])["copied"]
    return copied


def differences(show: Path, place: Place) -> list[str]:
    """Names of files that are not alike here and there; quickly told, however long they are."""
    here, there = snapshot(show / "output"), place.visible()
    return [name for name in here.keys() | there.keys() if here.get(name) != there.get(name)]


# --- everywhere --------------------------------------------------------------------------------


def test_everything_arrives_once_and_the_feeds_last(show: Path, place: Place) -> None:
    dry = published(show, place, "--dry-run")
    assert not place.files()
    names = published(show, place)
    assert names == dry
    assert place.visible() == snapshot(show / "output")
    is_audio = [name.endswith((".mp3", ".m4a", ".m4b")) for name in names]
    assert is_audio == sorted(is_audio, reverse=True), names
    assert [name for name in names if name.startswith("feed.")] == names[-2:]
    assert published(show, place) == []


@pytest.fixture(scope="module")
def later(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The show with a changed article, and without that article; built once for all places."""
    changed, withdrawn = (tmp_path_factory.mktemp("later") / name for name in ("one", "two"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        shutil.copytree(built, changed)
        edit(changed / "articles/first.de.md", "Noch einer danach.", "Und noch einer danach.")
        assert narrate(changed, "build").code == 0
        shutil.copytree(changed, withdrawn)
        (withdrawn / "articles/first.de.md").unlink()
        assert narrate(withdrawn, "build").code == 0
    return changed, withdrawn


def become(show: Path, other: Path) -> None:
    """Give a show the state of another, but for its settings."""
    settings = (show / "narrate.toml").read_bytes()
    shutil.rmtree(show)
    shutil.copytree(other, show)
    (show / "narrate.toml").write_bytes(settings)


def test_only_what_changed_is_copied_and_only_its_own_is_pruned(
    show: Path, place: Place, later: tuple[Path, Path]
) -> None:
    changed, withdrawn = later
    published(show, place)
    become(show, changed)
    names = published(show, place)
    assert "first.de.mp3" in names
    assert not [name for name in names if ".en." in name]
    become(show, withdrawn)
    mine = {"notes.txt": b"mine", "first.de.m4b": b"mine under a name of narrate's"}
    for name, content in mine.items():
        place.write(name, content)
    assert "narrate publish --prune" in publish(show, place).out
    assert "first.de.mp3" in place.files()
    published(show, place, "--prune")
    assert place.visible() == {**snapshot(show / "output"), **mine}


def test_what_others_put_there_is_not_replaced_unasked(show: Path, place: Place) -> None:
    published(show, place)
    place.write("extra.txt", b"mine")
    (show / "output/extra.txt").write_bytes(b"narrate's")
    outcome = publish(show, place, "--prune")
    assert outcome.code == 1
    assert "“extra.txt”" in outcome.err
    assert "--take-over" in outcome.err
    assert place.files()["extra.txt"] == b"mine"
    assert published(show, place, "--take-over") == ["extra.txt"]
    assert place.files()["extra.txt"] == b"narrate's"


def test_what_was_lost_there_is_copied_again(show: Path, place: Place) -> None:
    published(show, place)
    place.remove("first.de.mp3")
    place.write("first.en.mp3", b"half")
    assert published(show, place) == ["first.de.mp3", "first.en.mp3"]
    assert place.visible() == snapshot(show / "output")


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_a_damaged_note_stops_until_it_is_taken_over(show: Path, place: Place) -> None:
    published(show, place)
    place.write(NAME, b'{"schema":1,"show":"x","files":{"../x":1},"begun":{}}')
    outcome = publish(show, place)
    assert outcome.code == 1
    assert NAME in outcome.err
    published(show, place, "--take-over")
    assert published(show, place) == []


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_another_show_is_not_overwritten(show: Path, place: Place) -> None:
    published(show, place)
    edit(show / "narrate.toml", "11111111-", "21111111-")
    outcome = publish(show, place)
    assert outcome.code == 1
    assert "another show" in outcome.err


# --- cut off -----------------------------------------------------------------------------------


def grow(show: Path, size: int) -> Path:
    """A large file to publish, of bytes that never repeat in step with blocks."""
    path = show / "output/long.de.m4b"
    path.write_bytes(random.Random(size).randbytes(size))  # noqa: S311 - the same each time
    return path


@pytest.mark.parametrize("place", ["sftp", "ftps"], indirect=True)
def test_a_connection_that_breaks_is_made_again(
    show: Path, place: Folder, request: pytest.FixtureRequest
) -> None:
    large = grow(show, 20_000_000)
    kind = "sftp" if place.url.startswith("sftp") else "ftps"
    accidents = request.getfixturevalue(kind).accidents
    accidents.after = 15_000_000
    published(show, place)
    assert not differences(show, place)
    # What had arrived was not sent anew.
    everything = sum(map(len, snapshot(show / "output").values()))
    assert accidents.written < everything + 12_000_000 < everything + large.stat().st_size
    assert not [name for name in place.files() if name.endswith(".part")]


@pytest.mark.parametrize("place", ["sftp", "ftps"], indirect=True)
def test_a_server_that_goes_away_for_good_is_told(
    show: Path, place: Folder, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(show, 4_000_000)
    kind = "sftp" if place.url.startswith("sftp") else "ftps"
    request.getfixturevalue(kind).accidents.after = 2_000_000
    connections: list[Remote] = []

    def once(destination: Destination) -> Remote:
        # Nobody listens there the next time.
        port = 1 if connections else destination.port
        connections.append(open_remote(replace(destination, port=port)))
        return connections[-1]

    monkeypatch.setattr("narrate.publish.connection.open_remote", once)
    outcome = publish(show, place)
    assert outcome.code == 1
    assert "cannot be reached: " in outcome.err
    assert not [name for name in place.visible() if name.startswith("feed.")]
    monkeypatch.setattr("narrate.publish.connection.open_remote", open_remote)
    published(show, place)
    assert not differences(show, place)


@pytest.mark.parametrize(
    ("place", "end"),
    [*((kind, signal.SIGKILL) for kind in KINDS), ("ftps", signal.SIGINT)],
    indirect=["place"],
)
def test_a_run_that_is_ended_leaves_no_half_file_and_is_gone_on_with(
    show: Path, place: Place, end: signal.Signals
) -> None:
    grow(show, 25_000_000)
    command = [sys.executable, "-m", "narrate", "publish", "--to", place.url, "--plain"]
    with subprocess.Popen(command, cwd=show, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("first.en.mp3"):
                break
        if isinstance(place, Folder):
            wait_for(lambda: any(has_begun(path) for path in place.folder.glob(".*.part")))
        process.send_signal(end)
    there = {name: one for name, one in place.visible().items() if not name.startswith(".")}
    assert "first.de.mp3" in there
    assert not [name for name in there if name.startswith("feed.")]
    here = snapshot(show / "output")
    assert not [name for name, content in there.items() if here[name] != content]
    copied = published(show, place)
    assert not differences(show, place)
    if end == signal.SIGINT:  # it could still note what was whole
        assert not set(copied) & there.keys()


def has_begun(path: Path) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return path.stat().st_size > 0
    return False


def wait_for(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not done():
        assert time.monotonic() < until
        time.sleep(0.002)


@pytest.mark.parametrize("place", ["sftp", "ftps"], indirect=True)
def test_what_has_arrived_of_a_file_is_not_sent_again(
    show: Path, place: Folder, request: pytest.FixtureRequest
) -> None:
    large = grow(show, 20_000_000)
    place.folder.mkdir(parents=True)
    part = place.folder / part_name(sha256_of(large))
    part.write_bytes(large.read_bytes()[:18_000_000])
    inode = part.stat().st_ino
    published(show, place)
    assert not differences(show, place)
    assert (place.folder / large.name).stat().st_ino == inode
    kind = "sftp" if place.url.startswith("sftp") else "ftps"
    written = request.getfixturevalue(kind).accidents.written
    assert written < sum(map(len, place.files().values())) - 9_000_000


@pytest.mark.parametrize("place", ["folder"], indirect=True)
def test_what_a_power_cut_left_of_a_file_is_not_trusted(show: Path, place: Folder) -> None:
    audio = show / "output/first.de.mp3"
    place.folder.mkdir()
    (place.folder / part_name(sha256_of(audio))).write_bytes(bytes(audio.stat().st_size))
    published(show, place)
    assert not differences(show, place)


def test_a_full_server_is_told_as_such(show: Path, ftps: FtpsServer) -> None:
    place = over_ftps(ftps)
    ftps.accidents.is_full = True
    outcome = publish(show, place)
    assert outcome.code == 1
    assert "the server is full" in outcome.err
    ftps.accidents.is_full = False
    published(show, place)
    assert not differences(show, place)


# --- who is let in -----------------------------------------------------------------------------


def test_an_unknown_host_is_refused_and_told_how_to_know_it(
    show: Path, sftp: SftpServer, home: Path
) -> None:
    (home / ".ssh/known_hosts").unlink()
    outcome = publish(show, over_sftp(sftp))
    assert outcome.code == 1
    assert "the host is not known; it shows the key ssh-ed25519 SHA256:" in outcome.err
    assert f"`ssh-keyscan -p {sftp.port} 127.0.0.1 >> ~/.ssh/known_hosts`" in outcome.err
    assert not list(sftp.root.iterdir())


def test_a_host_with_another_key_is_refused(show: Path, sftp: SftpServer, home: Path) -> None:
    other = (home / ".ssh/id_ed25519.pub").read_text().strip()
    know(home, sftp, other)
    outcome = publish(show, over_sftp(sftp))
    assert outcome.code == 1
    assert "this may be another machine" in outcome.err
    assert not list(sftp.root.iterdir())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("known_hosts", "known_hosts: a file of known hosts cannot be read"),
        ("config", "config line 1: "),
        ("id_ed25519", "~/.ssh: your settings or a key of yours cannot be read"),
    ],
)
def test_a_damaged_file_of_ssh_is_named(
    show: Path, sftp: SftpServer, home: Path, name: str, told: str
) -> None:
    (home / ".ssh" / name).write_text("Port\n")
    outcome = publish(show, over_sftp(sftp))
    assert outcome.code == 1
    assert told in outcome.err


def test_a_password_comes_from_the_environment(
    show: Path, sftp: SftpServer, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".ssh/id_ed25519").unlink()
    refused = publish(show, over_sftp(sftp))
    assert refused.code == 1
    assert "NARRATE_PUBLISH_PASSWORD" in refused.err
    monkeypatch.setenv("NARRATE_PUBLISH_PASSWORD", "wrong")
    assert publish(show, over_sftp(sftp)).code == 1
    monkeypatch.setenv("NARRATE_PUBLISH_PASSWORD", PASSWORD)
    assert publish(show, over_sftp(sftp)).code == 0


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password


@pytest.fixture
def ring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_a_password_comes_from_the_keyring(
    kind: str,
    show: Path,
    home: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = request.getfixturevalue(kind)
    monkeypatch.delenv("NARRATE_PUBLISH_PASSWORD", raising=False)
    if kind == "sftp":
        (home / ".ssh/id_ed25519").unlink()
    place = over_sftp(server) if kind == "sftp" else over_ftps(server)
    account = place.url.removesuffix("/www/show")
    refused = publish(show, place)
    assert refused.code == 1
    assert f"`keyring set narrate {account}`" in refused.err
    keyring.set_password("narrate", account, PASSWORD)
    assert publish(show, place).code == 0


@pytest.mark.usefixtures("ring")
def test_keys_for_a_bucket_come_from_the_keyring(
    show: Path,
    bucket: Bucket,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    refused = publish(show, bucket)
    assert refused.code == 1
    assert f"keyring set narrate s3://{BUCKET}`" in refused.err
    keyring.set_password("narrate", f"s3://{BUCKET}", "key:secret")
    assert publish(show, bucket).code == 0


def test_a_wrong_password_over_ftps_is_refused(
    show: Path, ftps: FtpsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARRATE_PUBLISH_PASSWORD", "wrong")
    outcome = publish(show, over_ftps(ftps))
    assert outcome.code == 1
    assert "refuses this account" in outcome.err
    assert "wrong" not in outcome.err.replace("wrong password", "")


def test_a_certificate_that_nobody_vouches_for_is_refused(
    show: Path, ftps: FtpsServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    outcome = publish(show, over_ftps(ftps))
    assert outcome.code == 1
    assert "certificate is not valid" in outcome.err
    stranger, _ = make_certificate(tmp_path / "stranger")
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger))
    assert "certificate is not valid" in publish(show, over_ftps(ftps)).err
    assert not list(ftps.root.iterdir())


@pytest.mark.usefixtures("sftp", "ftps")
def test_nobody_at_an_address_is_told(show: Path) -> None:
    for url in (f"sftp://{USER}@127.0.0.1:1/x", f"ftps://{USER}@127.0.0.1:1/x"):
        outcome = narrate(show, "publish", "--to", url)
        assert outcome.code == 1
        assert "cannot be reached" in outcome.err


def test_a_server_that_forbids_writing_is_told(show: Path, ftps: FtpsServer) -> None:
    place = Folder(f"ftps://{USER}@localhost:{ftps.port}/", ftps.root)
    ftps.authorizer.user_table[USER]["perm"] = "elr"
    outcome = publish(show, place)
    assert outcome.code == 1
    assert "the server refused" in outcome.err


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_a_file_in_place_of_the_folder_is_told(
    kind: str, show: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue(kind)
    (server.root / "www").write_text("mine")
    place = over_sftp(server) if kind == "sftp" else over_ftps(server)
    for url in (place.url, place.url.removesuffix("/show")):
        outcome = narrate(show, "publish", "--to", url)
        assert outcome.code == 1
        assert outcome.err.startswith("Error: ")
    assert (server.root / "www").read_text() == "mine"


# --- S3 ----------------------------------------------------------------------------------------


def test_a_bucket_gets_media_types(show: Path, bucket: Bucket) -> None:
    published(show, bucket)
    types = {name: bucket.get(name)["ContentType"] for name in bucket.visible()}
    assert types["first.de.mp3"] == "audio/mpeg"
    assert types["first.de.m4b"] == "audio/mp4"  # as show.json says
    assert types["first.de.chapters.json"].startswith("application/json+chapters")
    assert types["first.de.vtt"] == "text/vtt; charset=utf-8"
    assert types["feed.de.xml"] == "application/rss+xml; charset=utf-8"
    assert bucket.get("feed.de.xml")["CacheControl"] == "public, max-age=300"


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_is_missing_is_told(show: Path) -> None:
    outcome = narrate(show, "publish", "--to", "s3://another-bucket")
    assert outcome.code == 1
    assert "there is no such bucket" in outcome.err


def test_a_file_in_parts_is_known_again(show: Path, bucket: Bucket) -> None:
    grow(show, 17_000_000)
    published(show, bucket)
    assert "-" in bucket.get("long.de.m4b")["ETag"]
    assert published(show, bucket) == []
    bucket.write("long.de.m4b", bytes(17_000_000))
    assert published(show, bucket) == ["long.de.m4b"]


@pytest.mark.usefixtures("bucket")
def test_a_store_that_nobody_runs_is_told(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = show / "narrate.toml"
    text = settings.read_text(encoding="utf-8")
    before, _, after = text.partition("endpoint = ")
    settings.write_text(f'{before}endpoint = "http://127.0.0.1:1"\n{after.partition(chr(10))[2]}')
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    outcome = narrate(show, "publish")
    assert outcome.code == 1
    assert "Could not connect" in outcome.err
