"""Models fetched from servers on this machine, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coqui_checkpoints import TinyModel, build_vits
from file_server import Behaviour, Server, serving
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.download import Download, partly_here
from narrate.engines.coqui.download_http import Patience, Transfer, leaves_encryption
from narrate.engines.coqui.imports import import_coqui, quiet
from narrate.engines.coqui.model import CatalogueEntry, data_folder, downloaded_files
from narrate.errors import EngineError, OutputError
from narrate.model import Voice, megabytes

NAME = "tts_models/de/tiny/vits"
VOICE = Voice("tiny", "de", "coqui", model=NAME)
FOLDER = "tts_models--de--tiny--vits"
PATH = f"/{FOLDER}.zip"
QUICK = Patience(stall_s=0.5, connect_s=2.0, tries=3, pause_s=0.01)
CONFIG = json.dumps({"model": "vits"})


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as made:
        yield made


@pytest.fixture
def file(server: Server) -> Behaviour:
    """A model that any Coqui would refuse, but of the right form, big enough to be cut."""
    server.files[PATH] = Behaviour(zipped(model={"model_file.pth": os.urandom(300_000)}))
    return server.files[PATH]


@pytest.fixture
def entry(server: Server) -> CatalogueEntry:
    return CatalogueEntry(NAME, "", terms_required=False, url=server.address + PATH)


@pytest.fixture(scope="session")
def real_archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A model as Coqui publishes it, with several speakers: a folder in a zip file."""
    folder = tmp_path_factory.mktemp("published")
    build_vits(folder, TinyModel("de", speakers=("Ada", "Zoe")))
    return zipped(model={path.name: path.read_bytes() for path in folder.iterdir()})


def zipped(model: dict[str, bytes] | None = None, others: dict[str, bytes] | None = None) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"config.json": CONFIG.encode(), **(model or {})}.items():
            archive.writestr(f"{FOLDER}/{name}", content)
        for name, content in (others or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def fetch(entry: CatalogueEntry) -> list[tuple[int, int]]:
    """Fetch with little patience; the progress that was told."""
    steps: list[tuple[int, int]] = []
    Download(entry, QUICK).run(lambda _, done, total: steps.append((done, total)))
    return steps


def pull(entry: CatalogueEntry) -> list[str]:
    said: list[str] = []
    Download(entry, QUICK).pull(lambda *_: None, said.append)
    return said


def models() -> list[str]:
    """What lies where Coqui looks."""
    folder = data_folder()
    return sorted(path.name for path in folder.iterdir() if path.name != ".narrate")


def waiting(suffix: str = ".zip.part") -> Path:
    return data_folder() / ".narrate" / f"{FOLDER}{suffix}"


def failure(action: Callable[[], object]) -> str:
    """The message of an action that fails and leaves nothing that looks like a model."""
    with pytest.raises(EngineError) as caught:
        action()
    assert models() == []
    assert not waiting(".new").exists()
    message = str(caught.value)
    assert len(message.splitlines()) == 2
    assert NAME in message
    return message


# --- a model that comes ------------------------------------------------------------------------


def catalogue_at(
    tmp_path: Path, server: Server, *, dataset: str = "tiny", tos_required: bool = False
) -> Path:
    item = {
        "github_rls_url": server.address + PATH,
        "default_vocoder": None,
        "license": "mit",
        "tos_required": tos_required,
    }
    path = tmp_path / "models.json"
    path.write_text(json.dumps({"tts_models": {"de": {dataset: {"vits": item}}}}))
    return path


def test_a_model_is_fetched_once_and_coqui_itself_finds_it_and_speaks(
    tmp_path: Path, server: Server, real_archive: bytes
) -> None:
    name = "tts_models/de/thorsten/vits"  # one that Coqui's own list has too
    engine = CoquiEngine(catalogue=catalogue_at(tmp_path, server, dataset="thorsten"))
    voice = replace(VOICE, model=name, speaker="Ada")
    server.files[PATH] = Behaviour(real_archive)
    assert engine.check(voice).missing == "the model is not downloaded"
    assert "`narrate voices pull tiny`" in engine.check(voice).mend
    seen: list[tuple[str, int, int]] = []
    engine.prepare(voice, lambda *step: seen.append(step))
    assert seen[-1] == (f"{name} from 127.0.0.1", len(real_archive), len(real_archive))
    assert models() == ["tts_models--de--thorsten--vits"]
    assert engine.check(voice).ready
    engine.prepare(voice, lambda *_: pytest.fail("fetched again"))

    server.shutdown()
    import_coqui()
    with quiet():
        from TTS.api import TTS  # type: ignore[import-untyped]  # noqa: PLC0415

        coqui = TTS(name, progress_bar=False)
        assert len(coqui.tts("Guten Tag", speaker="Zoe", split_sentences=False)) > 10_000
    # Coqui may have put its own paths into the configuration by now.
    said: list[str] = []
    engine.pull(voice, lambda *_: None, said.append)
    assert said == ["is here, whole"]


def test_progress_grows_to_the_size_of_the_file(file: Behaviour, entry: CatalogueEntry) -> None:
    file.drip_s = 0.05
    steps = fetch(entry)
    assert steps == sorted(steps)
    assert len(steps) > 2
    assert {total for _, total in steps} == {len(file.content)}
    assert steps[-1][0] == len(file.content)


def test_a_server_that_tells_no_length(file: Behaviour, entry: CatalogueEntry) -> None:
    file.chunked = True
    assert fetch(entry)[0] == (0, 0)
    assert models() == [FOLDER]


def test_own_checkpoints_need_no_download() -> None:
    engine = CoquiEngine()
    own = replace(VOICE, model="a.pth", config="c.json")
    said: list[str] = []
    engine.prepare(own, lambda *_: pytest.fail("asked"))
    engine.pull(own, lambda *_: pytest.fail("asked"), said.append)
    assert said == ["has a checkpoint of its own; there is nothing to fetch"]


# --- what breaks off is gone on with -----------------------------------------------------------


def test_a_broken_connection_is_taken_up_at_the_byte_where_it_broke(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.cuts = [100_000, 50_000]
    fetch(entry)
    assert server.ranges == ["", "bytes=100000-", "bytes=150000-"]
    assert server.requests[1][1]["If-Range"] == '"one"'
    assert models() == [FOLDER]
    assert not waiting().exists()


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.cuts = [60_000, 0, 0]
    message = failure(lambda: fetch(entry))
    assert "the connection broke off" in message
    assert "goes on where it stopped" in message
    assert partly_here(entry) == (60_000, len(file.content))
    server.requests.clear()
    steps = fetch(entry)
    assert server.ranges == ["bytes=60000-"]
    assert steps[0] == (60_000, len(file.content))


def test_what_has_come_is_told_with_the_voice(
    tmp_path: Path, server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    engine = CoquiEngine(catalogue=catalogue_at(tmp_path, server))
    file.cuts = [60_000, 0, 0]
    failure(lambda: fetch(entry))
    whole = megabytes(len(file.content))
    missing = f"the model is downloaded in part (0.06 MB of {whole})"
    assert engine.check(VOICE).missing == missing


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_is_gone_on_with(
    tmp_path: Path, server: Server, file: Behaviour, entry: CatalogueEntry, sign: int
) -> None:
    file.drip_s = 0.02
    catalogue = catalogue_at(tmp_path, server)
    code = (
        "import sys; from pathlib import Path; from narrate.engines.coqui import CoquiEngine; "
        "from narrate.model import Voice; "
        f"engine = CoquiEngine(Path({str(catalogue)!r})); "
        f"engine.prepare(Voice('tiny', 'de', 'coqui', model={NAME!r}), lambda *_: None)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as child:
        while partly_here(entry)[0] < 60_000:
            assert child.poll() is None
            time.sleep(0.01)
        child.send_signal(sign)
    assert models() == []
    come = partly_here(entry)[0]
    assert 60_000 <= come < len(file.content)
    server.requests.clear()
    file.drip_s = 0
    fetch(entry)
    assert server.ranges == [f"bytes={come}-"]
    assert pull(entry) == ["is here, whole"]


def test_a_file_that_came_whole_is_not_asked_for_again(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.cuts = [60_000, 0, 0]
    failure(lambda: fetch(entry))
    waiting().write_bytes(file.content)
    server.requests.clear()
    fetch(entry)
    assert server.requests == []
    assert models() == [FOLDER]


@pytest.mark.parametrize("blind", [False, True])
def test_a_file_that_changed_meanwhile_begins_anew(
    file: Behaviour, entry: CatalogueEntry, *, blind: bool
) -> None:
    file.cuts = [60_000, 0, 0]
    failure(lambda: fetch(entry))
    file.content = zipped(model={"model_file.pth": b"another" * 40_000 + os.urandom(99_999)})
    file.etag, file.blind = '"two"', blind
    fetch(entry)
    model = data_folder() / FOLDER / "model_file.pth"
    assert model.read_bytes().startswith(b"another")


@pytest.mark.parametrize(
    ("etag", "modified"),
    [("", ""), ('W/"weak"', ""), ("", "Wed, 01 May 2024 06:00:00 GMT")],
)
def test_only_a_mark_of_the_version_lets_a_part_be_gone_on_with(
    server: Server, file: Behaviour, entry: CatalogueEntry, etag: str, modified: str
) -> None:
    file.etag, file.modified, file.cuts = etag, modified, [60_000]
    fetch(entry)
    assert server.ranges == ["", "bytes=60000-" if modified else ""]
    assert pull(entry) == ["is here, whole"]


def test_a_server_without_ranges_begins_anew(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.ranges, file.cuts = False, [60_000]
    fetch(entry)
    assert server.ranges == ["", "bytes=60000-"]
    assert pull(entry) == ["is here, whole"]


def test_a_part_that_no_note_explains_is_thrown_away(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    waiting().parent.mkdir(parents=True)
    waiting().write_bytes(b"x" * 500)
    fetch(entry)
    assert server.ranges == [""]
    assert models() == [FOLDER]
    del file


def test_a_server_that_fails_for_a_moment_is_asked_again(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.statuses = [503, 500]
    fetch(entry)
    assert len(server.requests) == 3


def test_two_at_once_fetch_once(server: Server, file: Behaviour, entry: CatalogueEntry) -> None:
    file.drip_s = 0.05
    told: list[tuple[str, int, int]] = []
    first = threading.Thread(target=fetch, args=(entry,))
    first.start()
    while not waiting().exists():
        time.sleep(0.01)
    Download(entry, QUICK).run(lambda *step: told.append(step))
    first.join()
    assert len(server.requests) == 1
    assert told
    assert {what for what, *_ in told} == {f"{NAME} (another process fetches it)"}
    assert models() == [FOLDER]


# --- networks and servers that fail ------------------------------------------------------------


def test_a_server_that_is_not_there(entry: CatalogueEntry) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = replace(entry, url=f"http://127.0.0.1:{taken.getsockname()[1]}{PATH}")
        began = time.monotonic()
        message = failure(lambda: fetch(gone))
    assert "the server cannot be reached" in message
    assert "Check the network" in message
    assert time.monotonic() - began < 2


def test_a_name_that_nobody_knows(entry: CatalogueEntry) -> None:
    nowhere = replace(entry, url=f"http://models.invalid{PATH}")
    assert "the server cannot be reached" in failure(lambda: fetch(nowhere))


def test_a_server_that_falls_silent_is_given_up(file: Behaviour, entry: CatalogueEntry) -> None:
    file.cuts, file.hangs = [60_000, 0, 0], True
    assert "has sent nothing for 0.5 seconds" in failure(lambda: fetch(entry))
    assert partly_here(entry)[0] >= 40_000


def test_a_length_that_is_wrong(file: Behaviour, entry: CatalogueEntry) -> None:
    file.extra = 1_000
    assert "broke off" in failure(lambda: fetch(entry))
    waiting().unlink()
    file.extra = -1_000
    assert "damaged, or no model" in failure(lambda: fetch(entry))
    assert not waiting().exists()


@pytest.mark.parametrize(("status", "says"), [(404, "404 (Not Found)"), (403, "403 (Forbidden)")])
def test_a_server_that_refuses_is_asked_once(
    server: Server, file: Behaviour, entry: CatalogueEntry, status: int, says: str
) -> None:
    file.statuses = [status] * 9
    assert says in failure(lambda: fetch(entry))
    assert len(server.requests) == 1


def test_a_server_that_goes_on_failing_is_given_up(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.statuses = [503] * 9
    assert "503 (Service Unavailable)" in failure(lambda: fetch(entry))
    assert len(server.requests) == QUICK.tries


def test_the_sign_in_page_of_a_network_is_no_model(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    file.statuses, file.location = [302], f"{server.address}/portal"
    server.files["/portal"] = Behaviour(b"<h1>Welcome</h1>", kind="text/html; charset=utf-8")
    message = failure(lambda: fetch(entry))
    assert "a web page came" in message
    assert "sign in" in message


def test_redirections_are_followed_and_keep_the_range(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    server.files["/elsewhere"] = replace(file, cuts=[60_000])
    file.statuses, file.location = [302] * 9, "/elsewhere"
    fetch(entry)
    assert server.ranges == ["", "", "bytes=60000-", "bytes=60000-"]
    assert models() == [FOLDER]


def test_redirections_without_end(file: Behaviour, entry: CatalogueEntry) -> None:
    file.statuses, file.location = [302] * 99, PATH
    assert "from one address to the next" in failure(lambda: fetch(entry))


def test_a_redirection_may_not_leave_encryption_or_the_web(
    file: Behaviour, entry: CatalogueEntry
) -> None:
    assert leaves_encryption(["https://a/", "https://b/", "http://b/"])
    assert not leaves_encryption(["https://a/", "HTTPS://b/"])
    assert not leaves_encryption(["http://a/", "https://b/"])
    file.statuses, file.location = [302], "file:///etc/passwd"
    assert "address" in failure(lambda: fetch(entry))


def test_a_range_that_makes_no_sense_ends(file: Behaviour, entry: CatalogueEntry) -> None:
    file.statuses = [416] * 99
    assert "contradict" in failure(lambda: fetch(entry))


def test_a_proxy_is_used(
    server: Server, file: Behaviour, entry: CatalogueEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    beyond = replace(entry, url=f"http://models.invalid{PATH}")
    server.files[beyond.url] = file
    monkeypatch.setenv("http_proxy", server.address)
    fetch(beyond)
    assert [path for path, _ in server.requests] == [beyond.url]
    assert models() == [FOLDER]


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9", "http://user:secret@127.0.0.1:9", "http:"])
def test_a_proxy_that_fails(
    entry: CatalogueEntry, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    message = failure(lambda: fetch(entry))
    assert "the proxy cannot be used" in message
    assert "secret" not in message


# --- archives that are no models ---------------------------------------------------------------


def test_an_archive_that_was_published_cut_off(file: Behaviour, entry: CatalogueEntry) -> None:
    file.content = file.content[:-500]
    assert "damaged, or no model" in failure(lambda: fetch(entry))
    assert not waiting().exists()


def test_a_flipped_bit_is_noticed(file: Behaviour, entry: CatalogueEntry) -> None:
    content = bytearray(file.content)
    content[150_000] ^= 1
    file.content = bytes(content)
    assert "damaged, or no model" in failure(lambda: fetch(entry))


def test_an_archive_without_a_model(file: Behaviour, entry: CatalogueEntry) -> None:
    file.content = zipped(model={"README": b"Moved."})
    assert "holds no model" in failure(lambda: fetch(entry))


@pytest.mark.parametrize("name", ["../evil.pth", "/evil.pth", "a/../../evil.pth", "..\\evil.pth"])
def test_paths_that_lead_out_are_refused(
    tmp_path: Path, file: Behaviour, entry: CatalogueEntry, name: str
) -> None:
    file.content = zipped(model={"model.pth": b"w"}, others={name: b"evil"})
    assert "leads out of its folder" in failure(lambda: fetch(entry))
    assert list(tmp_path.rglob("evil*")) == []


def test_links_are_refused(file: Behaviour, entry: CatalogueEntry) -> None:
    stream = io.BytesIO(zipped(model={"model.pth": b"w"}))
    with zipfile.ZipFile(stream, "a") as archive:
        link = zipfile.ZipInfo(f"{FOLDER}/speakers.pth")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    file.content = stream.getvalue()
    assert "holds a link" in failure(lambda: fetch(entry))


def test_an_archive_that_explodes_is_refused(file: Behaviour, entry: CatalogueEntry) -> None:
    file.content = zipped(model={"model.pth": bytes(50_000_000)})
    assert len(file.content) < 100_000
    assert "far too large" in failure(lambda: fetch(entry))
    file.content = zipped(model={"model.pth": b"w", **{f"{n}.txt": b"" for n in range(1_000)}})
    file.etag = '"two"'
    assert "far too large" in failure(lambda: fetch(entry))


def test_what_other_systems_put_into_archives_is_left_out(
    file: Behaviour, entry: CatalogueEntry
) -> None:
    junk = {f"__MACOSX/{FOLDER}/._config.json": b"\0", f"{FOLDER}/.DS_Store": b"\0"}
    file.content = zipped(
        model={"model.pth": b"w", "old/config.json": b"[]"}, others={**junk, "empty/": b""}
    )
    fetch(entry)
    folder = data_folder() / FOLDER
    assert sorted(path.name for path in folder.iterdir()) == ["config.json", "model.pth"]
    assert (folder / "config.json").read_text() == CONFIG


# --- checksums ---------------------------------------------------------------------------------


def test_a_damaged_model_is_noticed_and_fetched_again(
    server: Server, file: Behaviour, entry: CatalogueEntry
) -> None:
    size, digest = megabytes(len(file.content)), hashlib.sha256(file.content).hexdigest()
    assert pull(entry) == [f"fetched: {size}, SHA-256 {digest}"]
    model = data_folder() / FOLDER / "model_file.pth"
    content = model.read_bytes()
    assert pull(entry) == ["is here, whole"]
    assert len(server.requests) == 1
    model.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    said = pull(entry)
    assert said[0] == "is damaged (model_file.pth) and is fetched again"
    assert said[1].startswith("fetched: ")
    assert model.read_bytes() == content


def test_a_damaged_model_is_gone_even_if_no_other_comes(
    file: Behaviour, entry: CatalogueEntry
) -> None:
    fetch(entry)
    (data_folder() / FOLDER / "model_file.pth").write_bytes(b"cut")
    file.statuses = [404]
    assert "404" in failure(lambda: pull(entry))
    assert downloaded_files(entry) is None


def test_another_file_than_the_first_is_refused(file: Behaviour, entry: CatalogueEntry) -> None:
    fetch(entry)
    first = hashlib.sha256(file.content).hexdigest()
    shutil.rmtree(data_folder() / FOLDER)
    file.content, file.etag = zipped(model={"model_file.pth": b"other"}), '"two"'
    message = failure(lambda: fetch(entry))
    assert first in message
    assert f"delete {waiting('.json')}" in message
    waiting(".json").unlink()
    fetch(entry)
    assert pull(entry) == ["is here, whole"]


def test_a_model_that_somebody_else_fetched_is_noted(entry: CatalogueEntry) -> None:
    folder = data_folder() / FOLDER
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(CONFIG)
    (folder / "model.pth").write_bytes(b"weights")
    assert pull(entry) == ["is here; its checksums were not known and are noted now"]
    assert pull(entry) == ["is here, whole"]
    (folder / "model.pth").write_bytes(b"weight")
    with pytest.raises(EngineError):
        pull(replace(entry, url="http://127.0.0.1:9/"))
    assert models() == []


# --- this machine ------------------------------------------------------------------------------


def test_a_model_that_does_not_fit_is_not_begun(
    tmp_path: Path, file: Behaviour, entry: CatalogueEntry
) -> None:
    part = tmp_path / "model.part"
    many = shutil.disk_usage(tmp_path).free // len(file.content) + 2
    with pytest.raises(OutputError, match="the disk is too full") as caught:
        Transfer(NAME, entry.url, part, QUICK, copies=many).run(lambda *_: None)
    assert caught.value.mend == "Make room and run the command again."
    assert not part.exists()


def test_a_file_beyond_all_measure_is_refused(file: Behaviour, entry: CatalogueEntry) -> None:
    file.extra = 10**18
    assert "is no model" in failure(lambda: fetch(entry))


def test_a_data_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, entry: CatalogueEntry
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "file"))
    with pytest.raises(OutputError):
        fetch(entry)


def test_what_another_program_left_half_done_is_not_touched(
    server: Server, entry: CatalogueEntry
) -> None:
    (data_folder() / FOLDER).mkdir(parents=True)
    with pytest.raises(EngineError, match="incomplete download is in the way"):
        fetch(entry)
    assert server.requests == []


# --- terms -------------------------------------------------------------------------------------


def test_terms_are_asked_for_before_anything_is_fetched(tmp_path: Path, server: Server) -> None:
    """A model with terms that the voice does not mention."""
    engine = CoquiEngine(catalogue=catalogue_at(tmp_path, server, tos_required=True))
    assert "Set “terms”" in engine.check(VOICE).mend
    with pytest.raises(EngineError, match="terms"):
        engine.prepare(VOICE, lambda *_: None)
    with pytest.raises(EngineError, match="terms"):
        engine.pull(VOICE, lambda *_: None, lambda _: None)
    assert server.requests == []


def test_names_become_folders() -> None:
    assert CatalogueEntry(NAME, "", terms_required=False).folder_name == FOLDER


# --- the hub -----------------------------------------------------------------------------------

REPOSITORY = "ada/tiny-xtts"
COMMIT = "c" * 40
HUB = {
    "config.json": b'{"model": "xtts"}',
    "vocab.json": b"{}",
    "model.pth": os.urandom(300_000),
    "samples/a.wav": b"not wanted",
}


def hub_listing(server: Server) -> None:
    """Answer as the hub's interface does."""
    siblings, tree = [], []
    for name, content in HUB.items():
        blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()  # noqa: S324
        sha = hashlib.sha256(content).hexdigest()
        lfs = {"sha256": sha, "size": len(content), "pointerSize": 134}
        large = name.endswith(".pth")
        sibling = {"rfilename": name, "size": len(content), "blobId": blob}
        siblings.append({**sibling, "lfs": lfs} if large else sibling)
        leaf = {"type": "file", "path": name, "size": len(content), "oid": blob}
        tree.append({**leaf, "lfs": {**lfs, "oid": sha}} if large else leaf)
        server.files[f"/{REPOSITORY}/resolve/{COMMIT}/{name}"] = Behaviour(
            content, etag=f'"{sha if large else blob}"', headers={"X-Repo-Commit": COMMIT}
        )

    def answer(path: str) -> bytes | None:
        if not path.startswith(f"/api/models/{REPOSITORY}"):
            return None
        if "/tree/" in path:
            return json.dumps(tree).encode()
        return json.dumps({"id": REPOSITORY, "sha": COMMIT, "siblings": siblings}).encode()

    server.answer = answer


@pytest.fixture
def hub(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogueEntry:
    import huggingface_hub  # noqa: PLC0415
    from huggingface_hub import constants  # noqa: PLC0415

    monkeypatch.setattr(constants, "ENDPOINT", server.address)
    monkeypatch.setattr(
        constants,
        "HUGGINGFACE_CO_URL_TEMPLATE",
        server.address + "/{repo_id}/resolve/{revision}/{filename}",
    )
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    hub_listing(server)
    return CatalogueEntry(
        "tts_models/multilingual/tiny/xtts_v2",
        REPOSITORY,
        terms_required=True,
        ignore=("samples/*",),
    )


def test_a_model_of_the_hub_comes_into_the_hubs_cache(
    server: Server, hub: CatalogueEntry, tmp_path: Path
) -> None:
    assert pull(hub) == ["fetched: 3 files, each with the checksum that the hub gives"]
    files = downloaded_files(hub)
    assert files is not None
    assert files.checkpoint.read_bytes() == HUB["model.pth"]
    assert files.checkpoint.is_symlink()
    assert not [path for path, _ in server.requests if "samples" in path]
    assert list((tmp_path / "hub").rglob("*.incomplete*")) == []
    server.requests.clear()
    assert pull(hub) == ["is here, whole"]
    assert server.requests == []


def test_a_model_of_the_hub_is_gone_on_with(server: Server, hub: CatalogueEntry) -> None:
    file = server.files[f"/{REPOSITORY}/resolve/{COMMIT}/model.pth"]
    file.cuts = [100_000, 0, 0]
    with pytest.raises(EngineError, match="broke off"):
        fetch(hub)
    assert downloaded_files(hub) is None
    server.requests.clear()
    fetch(hub)
    asked = [
        headers["Range"]
        for path, headers in server.requests
        if path.endswith("model.pth") and "Range" in headers
    ]
    assert asked == ["bytes=100000-"]
    assert not [path for path, _ in server.requests if path.endswith("resolve/vocab.json")]
    assert downloaded_files(hub) is not None


def test_a_file_of_the_hub_with_another_checksum_is_refused(
    server: Server, hub: CatalogueEntry
) -> None:
    file = server.files[f"/{REPOSITORY}/resolve/{COMMIT}/model.pth"]
    file.content = b"x" * len(file.content)
    with pytest.raises(EngineError, match="another checksum"):
        fetch(hub)
    assert downloaded_files(hub) is None


def test_damage_in_the_hubs_cache_is_noticed_and_mended(hub: CatalogueEntry) -> None:
    fetch(hub)
    files = downloaded_files(hub)
    assert files is not None
    blob = files.checkpoint.resolve()
    blob.write_bytes(b"x" * 300_000)
    assert pull(hub)[0] == "is damaged (model.pth) and is fetched again"
    assert files.checkpoint.read_bytes() == HUB["model.pth"]
    (files.folder / "vocab.json").unlink()
    fetch(hub)
    assert pull(hub) == ["is here, whole"]


def test_a_hub_that_fails(
    server: Server, hub: CatalogueEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants  # noqa: PLC0415

    server.answer = lambda _: None
    with pytest.raises(EngineError, match="the hub answers 404"):
        fetch(hub)
    monkeypatch.setattr(constants, "ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(EngineError, match="the hub cannot be reached") as caught:
        fetch(hub)
    assert len(str(caught.value).splitlines()) == 2
    with contextlib.suppress(FileNotFoundError):
        assert models() == []
