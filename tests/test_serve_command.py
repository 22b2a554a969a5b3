"""``narrate serve`` as a person starts it."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
import segno

from narrate import running
from serving import HOST, converse, fetch, serve_process, told
from shows import edit, make_show, narrate, write_article

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")


def port_of(lines: list[str]) -> int:
    found = re.match(r"Listen: http://[\d.]+:(\d+)/", lines[0])
    assert found, lines
    return int(found[1])


def test_it_says_where_and_is_ready_then(built: Path) -> None:
    with serve_process(built, "--port", "0") as process:
        lines = told(process)
        port = port_of(lines)
        reply = fetch(port, "/feed.de.xml")
        times = psutil.Process(process.pid).cpu_times()
        assert lines[:3] == [
            f"Listen: http://127.0.0.1:{port}/",
            f"Feed (de): http://127.0.0.1:{port}/feed.de.xml",
            f"Feed (en): http://127.0.0.1:{port}/feed.en.xml",
        ]
        assert reply.status == 200
        # What it costs, whoever else uses the machine; on one of its own that is the time it takes.
        assert times.user + times.system < 2.5
        # Nobody else reaches it.
        listening = [one.laddr.ip for one in psutil.Process(process.pid).net_connections()]
        assert set(listening) == {"127.0.0.1"}


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_asked_though_a_client_is_slow(show: Path, asked: signal.Signals) -> None:
    (show / "output/long.mp3").write_bytes(bytes(30_000_000))
    with serve_process(show, "--port", "0") as process:
        port = port_of(told(process))
        with socket.create_connection((HOST, port), timeout=30) as connection:
            connection.sendall(b"GET /long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            connection.recv(1)
            process.send_signal(asked)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "Stopped.\n", "")
        # The port is free again at once.
        with serve_process(show, "--port", str(port)) as again:
            assert port_of(told(again)) == port


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly_at_any_moment_of_its_beginning(built: Path, asked: signal.Signals) -> None:
    for wait_s in (0, 0.002, 0.005, 0.01, 0.02):
        with serve_process(built, "--port", "0") as process:
            told(process)
            time.sleep(wait_s)
            process.send_signal(asked)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "Stopped.\n", "")


def test_it_is_gone_within_a_second_though_many_listen(show: Path) -> None:
    (show / "output/long.mp3").write_bytes(bytes(30_000_000))
    asked = b"GET /long.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with serve_process(show, "--port", "0") as process, contextlib.ExitStack() as stack:
        port = port_of(told(process))
        for said in [asked] * 30 + [asked[:20]] * 30 + [b""] * 30:
            connection = stack.enter_context(socket.create_connection((HOST, port), timeout=30))
            connection.sendall(said)
            if said == asked:
                connection.recv(1)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        # A second on a machine of its own.
        assert time.monotonic() - began < 3
        assert (process.returncode, out, err) == (0, "Stopped.\n", "")


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--host", "192.0.2.7"], "--host: this machine has no address “192.0.2.7”"),
        (["--host", "no such host"], "--host: this machine has no address “no such host”"),
        (["--lan", "--host", "localhost"], "--host: nobody in the network reaches “localhost”"),
        (["--port", "70000"], "less than or equal to 65535"),
    ],
)
def test_what_cannot_be_listened_on_is_told(built: Path, options: list[str], what: str) -> None:
    outcome = narrate(built, "serve", *options)
    assert outcome.code == 2
    assert what in outcome.err
    assert "Traceback" not in outcome.err


def test_a_port_in_use_is_told(built: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        outcome = narrate(built, "serve", "--port", str(port))
    assert outcome.code == 2
    assert f"another program listens on port {port}" in outcome.err
    assert "choose another port: `--port" in outcome.err


def test_outside_a_show_the_way_in_is_named(tmp_path: Path) -> None:
    assert "narrate init" in narrate(tmp_path, "serve").err


def test_the_network_gets_an_address_with_a_key_that_lasts(show: Path) -> None:
    addresses = []
    for _ in range(2):
        with serve_process(show, "--lan", "--port", "0", "--log") as process:
            lines = told(process)
            assert "█" not in "".join(lines)
            address = lines[0].removeprefix("Listen: ")
            port = int(address.split(":")[2].split("/")[0])
            key = address.rstrip("/").rpartition("/")[2]
            addresses.append(key)
            assert re.fullmatch(rf"http://[\d.]+:{port}/t/[\w-]{{12,}}/", address)
            assert f"open {address}subscribe" in "\n".join(lines)
            assert "AntennaPod" in "\n".join(lines)
            assert "Overcast cannot" in "\n".join(lines)
            assert fetch(port, "/feed.de.xml").status == 403
            reply = fetch(port, f"/t/{key}/feed.de.xml")
            assert reply.status == 200
            assert f"http://{HOST}:{port}/t/{key}/first.de.mp3".encode() in reply.body
            # Spelled otherwise, the key is not in what is printed either.
            whole = f"GET http://localhost:{port}/t/{key}/feeds.opml HTTP/1.1\r\nHost: x\r\n\r\n"
            odd = f"GET /%74/%{ord(key[0]):x}{key[1:]}/x HTTP/1.1\r\nHost: x\r\n\r\n"
            for said in (whole, odd):
                converse(port, said.replace("\r\nHost", "\r\nConnection: close\r\nHost").encode())
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=30)
            assert out.splitlines() == [
                "127.0.0.1 GET /feed.de.xml 403",
                "127.0.0.1 GET /feed.de.xml 200",
                "127.0.0.1 GET /feeds.opml 200",
                "127.0.0.1 GET /… 403",
                "Stopped.",
            ]
    assert addresses[0] == addresses[1]
    kept = show / ".narrate/serve-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.write_text("../../x\n")
    with serve_process(show, "--lan", "--port", "0") as process:
        assert "/t/../" not in told(process)[0]
    with serve_process(show, "--lan", "--port", "0", "--no-token") as process:
        lines = told(process)
        assert "/t/" not in "".join(lines)
        assert "Everybody in this network can listen" in "\n".join(lines)
        port = port_of(lines)
        assert fetch(port, "/feed.de.xml", {"Host": "192.168.7.7"}).status == 200
        assert fetch(port, "/feed.de.xml", {"Host": "evil.example"}).status == 421


HALVES = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}


@pytest.mark.parametrize("colour", [{}, {"NO_COLOR": "1"}])
def test_a_terminal_shows_a_code_that_a_camera_reads(show: Path, colour: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "narrate", "serve", "--lan", "--port", "0"],
        cwd=show,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "xterm", **colour},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"Ctrl-C ends it." not in shown:
            shown += os.read(ours, 65_536)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    os.close(ours)
    text = shown.decode().replace("\r", "")
    assert ("\x1b[30;107m" in text) is not bool(colour)
    lines = re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()
    drawn = [line for line in lines if set(line) <= set(HALVES) and len(line) > 20]
    rows = []
    for line in drawn:
        halves = [HALVES[sign] for sign in line]
        rows += [[upper for upper, _ in halves], [lower for _, lower in halves]]
    if colour:
        rows = [[1 - field for field in row] for row in rows]
    found = re.search(r"open (http://\S+/subscribe)", text)
    assert found
    code = segno.make(found[1], error="l", micro=False)
    expected = [list(row) for row in code.matrix_iter(border=4)]
    assert rows[: len(expected)] == expected


def test_it_runs_where_no_engine_can_be_loaded(built: Path) -> None:
    program = (
        "import sys\n"
        "for name in ('TTS', 'torch', 'onnx', 'onnxruntime', 'pydub', 'numpy', 'espeakng_loader',"
        " 'nanotts', 'py_nanotts', 'soundfile', 'soxr', 'PIL', 'imageio_ffmpeg'):\n"
        "    sys.modules[name] = None\n"
        "from narrate.cli.main import main\n"
        "main(['serve', '--port', '0'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=built,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        port = port_of(told(process))
        assert fetch(port, "/feed.de.xml").status == 200
        assert fetch(port, "/first.de.mp3").status == 200
        process.kill()


# --- a build that runs ---------------------------------------------------------------------------


def test_a_running_build_is_shown_and_its_episodes_appear(tmp_path: Path) -> None:
    settings = (make_show(tmp_path) / "narrate.toml").read_text()
    show = make_show(tmp_path, f'formats = ["mp3"]\n{settings}')
    for number in range(4):
        text = "\n\n".join(f"Sentence {line} of article {number}." for line in range(6))
        text = f"---\ntitle: Article {number}\ndate: 2024-05-01\n---\n{text}\n"
        write_article(show, f"a{number:02}.en.md", text)
    with serve_process(show, "--port", "0") as process:
        lines = told(process)
        port = port_of(lines)
        assert any("There is no feed yet" in line for line in lines)
        assert b"narrate build" in fetch(port, "/").body
        build = subprocess.Popen(
            [sys.executable, "-m", "narrate", "build", "--jobs", "1", "--plain"],
            cwd=show,
            stdout=subprocess.DEVNULL,
        )
        states = []
        while build.poll() is None:
            states.append(json.loads(fetch(port, "/progress").body))
            time.sleep(0.05)
        assert build.returncode == 0
        seen = [state for state in states if state["building"]]
        assert seen
        assert seen[-1]["episodes"] == 4
        done = [state["characters_done"] for state in seen]
        assert done == sorted(done)
        assert all(0 < state["characters_done"] <= state["characters"] for state in seen)
        assert {state["article"] for state in seen} <= {f"a0{number}.en" for number in range(4)}
        assert json.loads(fetch(port, "/progress").body) == {"building": False}
        assert fetch(port, "/feed.en.xml").body.count(b"<item>") == 4
        assert fetch(port, "/a00.en.mp3").status == 200
    assert not list((show / ".narrate").glob("*progress*"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[" * 19_000,
        b'{"process": 1}',
        b'{"process": "x", "doing": ""}',
        b"\xff\xfe",
        b'{"process": 99999999999999999999999}',
    ],
)
def test_a_note_that_makes_no_sense_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "progress.json").write_bytes(content)
    assert running.running_build(tmp_path) is None


def test_the_note_of_a_process_that_is_gone_is_not_believed(tmp_path: Path) -> None:
    running.note(tmp_path, running.Running(doing="episodes 1/2", left_s=1.5))
    assert running.running_build(tmp_path) == running.Running(doing="episodes 1/2", left_s=1.5)
    note = tmp_path / "progress.json"
    fresh = note.read_bytes()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    note.write_bytes(fresh.replace(str(os.getpid()).encode(), str(gone.pid).encode()))
    assert running.running_build(tmp_path) is None
    # Or another process has its number now: it began after the note was written.
    note.write_bytes(fresh)
    os.utime(note, (1_000_000_000, 1_000_000_000))
    assert running.running_build(tmp_path) is None
    running.forget(tmp_path)
    running.forget(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_build_does_not_fail_for_a_note_that_cannot_be_left(tmp_path: Path) -> None:
    running.note(tmp_path / "nowhere", running.Running())
    assert not (tmp_path / "nowhere").exists()


def test_a_build_without_a_public_address_names_the_way_to_listen(show: Path) -> None:
    edit(show / "narrate.toml", "https://example.org/show/", "")
    edit(show / "articles/first.de.md", "Noch einer danach.", "Und noch einer.")
    assert "`narrate serve`" in narrate(show, "build").out
    assert "`narrate serve`" not in narrate(show, "build").out
