"""Downloads by Coqui's own code, from servers on this machine."""

from __future__ import annotations

import errno
import http.server
import io
import json
import os
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coqui_checkpoints import TinyModel, build_vits
from narrate.engines.base import Request
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.download import Download
from narrate.engines.coqui.download_child import Reporter, fetch, reason_of
from narrate.engines.coqui.imports import import_coqui
from narrate.engines.coqui.model import CatalogueEntry, data_folder, read_catalogue
from narrate.errors import EngineError, OutputError
from narrate.model import Voice

NAME = "tts_models/de/tiny/vits"
VOICE = Voice("tiny", "de", "coqui", model=NAME)
FOLDER = "tts_models--de--tiny--vits"


class Server(http.server.ThreadingHTTPServer):
    """Serves one file, or as much of it as it likes."""

    content = b""
    sent = -1
    hangs = False
    status = 200


class Handler(http.server.BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        server = self.server
        self.send_response(server.status)
        self.send_header("Content-Length", str(len(server.content)))
        self.end_headers()
        sent = len(server.content) if server.sent < 0 else server.sent
        self.wfile.write(server.content[:sent])
        self.wfile.flush()
        if server.hangs:
            time.sleep(30)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(autouse=True)
def empty_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as made:
        made.daemon_threads = True
        made.block_on_close = False
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A model as Coqui publishes it: a folder in a zip file."""
    folder = tmp_path_factory.mktemp("published")
    build_vits(folder, TinyModel("de"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name in ("model.pth", "config.json"):
            file.write(folder / name, f"{FOLDER}/{name}")
    return stream.getvalue()


def engine_for(tmp_path: Path, address: str, *, tos_required: bool = False) -> CoquiEngine:
    item = {
        "github_rls_url": f"{address}/{FOLDER}.zip",
        "default_vocoder": None,
        "license": "mit",
        "tos_required": tos_required,
    }
    path = tmp_path / "models.json"
    path.write_text(json.dumps({"tts_models": {"de": {"tiny": {"vits": item}}}}))
    return CoquiEngine(catalogue=path)


def address_of(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def coquis_reason(engine: CoquiEngine, folder: Path) -> str:
    """Why Coqui's own code fails, asked in this process: starting another takes seconds."""
    import_coqui()
    with pytest.raises(Exception) as caught:  # noqa: PT011 - it may be anything
        fetch(NAME, folder / "staging", str(engine.catalogue), Reporter(io.StringIO()))
    return reason_of(caught.value)


def left_behind() -> list[str]:
    folder = data_folder()
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def failure(action: Callable[[], None]) -> str:
    with pytest.raises(EngineError) as caught:
        action()
    assert left_behind() == []
    message = str(caught.value)
    assert len(message.splitlines()) == 2
    assert NAME in message
    return message


def test_a_model_is_downloaded_once_and_speaks(
    tmp_path: Path, server: Server, archive: bytes
) -> None:
    engine = engine_for(tmp_path, address_of(server))
    server.content = archive
    seen: list[tuple[str, int, int]] = []
    assert engine.check(VOICE).missing == "the model is not downloaded"
    engine.prepare(VOICE, lambda *step: seen.append(step))
    assert seen[-1] == (NAME, len(archive), len(archive))
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert left_behind() == [FOLDER]
    assert engine.check(VOICE).ready
    assert engine.load(VOICE).speak(Request("Guten Tag.", "de", 1)).frames > 0
    server.shutdown()
    engine.prepare(VOICE, lambda *_: pytest.fail("downloaded again"))


def test_a_connection_that_breaks_off_leaves_nothing(
    tmp_path: Path, server: Server, archive: bytes
) -> None:
    server.content, server.sent = archive, len(archive) // 2
    engine = engine_for(tmp_path, address_of(server))
    message = failure(lambda: engine.prepare(VOICE, lambda *_: None))
    assert "the connection broke off" in message
    assert "Check the network" in message
    assert engine.check(VOICE).missing == "the model is not downloaded"


def test_a_server_that_falls_silent_is_given_up(
    tmp_path: Path, server: Server, archive: bytes
) -> None:
    server.content, server.sent, server.hangs = archive, len(archive) // 2, True
    engine = engine_for(tmp_path, address_of(server))
    entry = read_catalogue(engine.catalogue)[NAME]
    download = Download(entry, engine.catalogue, stall_s=1.0)
    assert "nothing for 1 seconds" in failure(lambda: download.run(lambda *_: None))


def test_an_error_page_is_no_model(tmp_path: Path, server: Server) -> None:
    server.content, server.status = b"<h1>Not Found</h1>", 404
    assert "no model" in coquis_reason(engine_for(tmp_path, address_of(server)), tmp_path)


def test_a_network_that_fails_is_told_from_other_failures(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        engine = engine_for(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}")
        assert coquis_reason(engine, tmp_path) == "the server cannot be reached"


def test_a_full_disk_is_named() -> None:
    error = OSError(errno.ENOSPC, "No space left on device")
    assert reason_of(error) == "no space left on device"


def test_terms_are_never_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model with terms that the voice does not mention: Coqui asks on standard input."""
    engine = engine_for(tmp_path, "http://127.0.0.1:9", tos_required=True)
    assert "Set “terms”" in engine.check(VOICE).mend
    with pytest.raises(EngineError, match="terms"):
        engine.prepare(VOICE, lambda *_: None)
    monkeypatch.delenv("COQUI_TOS_AGREED", raising=False)
    with Path(os.devnull).open() as nothing:
        monkeypatch.setattr("sys.stdin", nothing)
        assert "terms" in coquis_reason(engine, tmp_path)


def test_a_data_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "file"))
    engine = engine_for(tmp_path, "http://127.0.0.1:9")
    with pytest.raises(OutputError):
        engine.prepare(VOICE, lambda *_: None)


def test_own_checkpoints_need_no_download() -> None:
    engine = CoquiEngine()
    engine.prepare(replace(VOICE, model="a.pth", config="c.json"), lambda *_: pytest.fail("asked"))


def test_names_become_folders() -> None:
    assert CatalogueEntry(NAME, "", terms_required=False).folder_name == FOLDER
