"""Worker processes with an engine that misbehaves on demand: real processes, real crashes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreign_engines import install_actor
from narrate.engines import Request, wire
from narrate.engines.process import WorkerProcess
from narrate.errors import EngineCrash, EngineError, ShowError
from narrate.model import Speech, Voice

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture
def voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    install_actor(tmp_path / "site", monkeypatch)
    return Voice("anna", "de", "actor", folder=tmp_path)


@pytest.fixture
def worker(voice: Voice) -> Iterator[WorkerProcess]:
    with WorkerProcess(voice) as process:
        yield process


def say(worker: WorkerProcess, spoken: str) -> Speech:
    return worker.speak(Request(spoken, "de", 1))


def count(voice: Voice, what: str) -> int:
    file = voice.folder / what
    return len(file.read_text()) if file.exists() else 0


def wait_for(file: Path) -> None:
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{file.name} never came")


def test_a_worker_starts_at_its_first_utterance_and_stays(worker: WorkerProcess) -> None:
    assert worker.pid is None
    assert say(worker, "well") == Speech(8000, b"\0\x10\0\xf0" * 400)
    pid = worker.pid
    assert pid is not None
    say(worker, "well")
    assert worker.pid == pid
    assert count(worker.voice, "loads") == 1


def test_a_worker_is_told_to_close(worker: WorkerProcess) -> None:
    say(worker, "well")
    worker.close()
    assert count(worker.voice, "closed") == 1
    with pytest.raises(EngineCrash, match="was stopped"):
        say(worker, "well")


def test_an_engines_environment_reaches_its_worker(worker: WorkerProcess) -> None:
    say(worker, "environment")


def test_chatter_breaks_nothing_and_nobody_is_asked(worker: WorkerProcess) -> None:
    assert say(worker, "chatter").frames == 800


def test_a_file_in_the_current_folder_is_no_module(
    worker: WorkerProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "current"
    trap.mkdir()
    (trap / "harmless_name_in_the_current_folder.py").touch()
    (trap / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(trap)
    with pytest.raises(EngineCrash, match="ModuleNotFoundError"):
        say(worker, "modules")


def test_a_refusal_arrives_in_words_and_is_not_retried(worker: WorkerProcess) -> None:
    say(worker, "well")
    pid = worker.pid
    with pytest.raises(EngineError) as caught:
        say(worker, "refuse")
    assert type(caught.value) is EngineError
    assert (caught.value.what, caught.value.where) == ("no such letter", "a word")
    assert caught.value.mend == "Write it out."
    assert count(worker.voice, "attempts") == 2
    assert worker.pid == pid


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("raise_", "failed (ValueError: Ünforeseen)"),
        ("exit", "ended by itself with status 3"),
        pytest.param("abort", "died of signal SIGABRT", marks=POSIX),
        ("hang", "did not answer within 1 s"),
        ("hang asleep", "did not answer within 1 s"),
        pytest.param("hang on by a child", "did not answer within 1 s", marks=POSIX),
    ],
)
def test_a_bad_utterance_is_tried_twice_and_harms_no_other(
    worker: WorkerProcess, spoken: str, said: str
) -> None:
    say(worker, "well")
    with pytest.raises(EngineCrash) as caught:
        say(worker, spoken)
    assert said in caught.value.what
    assert "second try" in caught.value.what
    assert caught.value.where == "voice anna"
    assert count(worker.voice, "attempts") == 3
    assert count(worker.voice, "loads") == 2
    assert say(worker, "well").frames == 800


@POSIX
def test_last_words_are_quoted_without_control_characters(worker: WorkerProcess) -> None:
    with pytest.raises(EngineCrash, match=r"engine's last words: last words \[31m \| Reword"):
        say(worker, "abort")


@POSIX
def test_a_crash_that_does_not_repeat_costs_one_retry(worker: WorkerProcess) -> None:
    assert say(worker, "abort once").frames == 800
    assert count(worker.voice, "attempts") == 2


def test_samples_that_are_none_are_a_failure(worker: WorkerProcess) -> None:
    with pytest.raises(EngineCrash, match="gave no 16-bit samples"):
        say(worker, "garbage")
    with pytest.raises(EngineCrash, match="AttributeError"):
        say(worker, "nonsense")


@POSIX
def test_an_idle_worker_that_was_killed_is_replaced(worker: WorkerProcess) -> None:
    say(worker, "well")
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert say(worker, "well").frames == 800
    assert worker.pid not in {None, pid}


@POSIX
def test_a_busy_worker_that_was_killed_is_replaced(worker: WorkerProcess, tmp_path: Path) -> None:
    answers: list[Speech] = []
    thread = threading.Thread(target=lambda: answers.append(say(worker, "slow once")))
    thread.start()
    wait_for(tmp_path / "slow")
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    thread.join(60)
    assert [speech.frames for speech in answers] == [800]
    assert count(worker.voice, "attempts") == 2


@pytest.mark.parametrize("how", ["interrupt", "close"])
def test_another_thread_can_stop_it(worker: WorkerProcess, tmp_path: Path, how: str) -> None:
    errors: list[EngineError] = []

    def work() -> None:
        try:
            say(worker, "slow")
        except EngineError as error:
            errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    wait_for(tmp_path / "slow")
    getattr(worker, how)()
    thread.join(60)
    assert not thread.is_alive()
    assert ["stopped" in error.what for error in errors] == [True]
    assert count(worker.voice, "attempts") == 1
    assert worker.pid is None


@POSIX
def test_ctrl_c_is_the_parents_business(worker: WorkerProcess) -> None:
    say(worker, "well")
    pid = worker.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    say(worker, "well")
    assert worker.pid == pid


def test_a_voice_that_cannot_be_loaded_is_tried_once(voice: Voice) -> None:
    with WorkerProcess(_with_model(voice, "refuse")) as worker:
        for _ in range(2):
            with pytest.raises(EngineError, match="the model is damaged") as caught:
                say(worker, "well")
            assert caught.value.mend == "Fetch it again."
    assert count(voice, "loads") == 1


@pytest.mark.parametrize(
    ("model", "said"), [("abort", "while it loaded the voice"), ("hang", "within 2 s while it")]
)
def test_a_voice_that_kills_its_worker_is_loaded_twice(voice: Voice, model: str, said: str) -> None:
    with WorkerProcess(_with_model(voice, model), load_deadline_s=2) as worker:
        for _ in range(2):
            with pytest.raises(EngineCrash, match=said):
                say(worker, "well")
    assert count(voice, "loads") == 2


def test_an_engine_nobody_brings_is_told_at_once() -> None:
    with pytest.raises(ShowError, match="no engine “nobody”"):
        WorkerProcess(Voice("anna", "de", "nobody"))


@POSIX
@pytest.mark.parametrize("spoken", ["well", "hang asleep"])
def test_no_worker_outlives_its_parent(voice: Voice, spoken: str) -> None:
    """The worker holds a pipe open; the pipe ends with the last process that has it."""
    alive = voice.folder / "alive"
    os.mkfifo(alive)
    parent = f"""if True:
        import os, threading
        from pathlib import Path
        from narrate.engines import Request
        from narrate.engines.process import WorkerProcess
        from narrate.model import Voice
        voice = Voice("anna", "de", "actor", "alive", folder=Path({str(voice.folder)!r}))
        worker = WorkerProcess(voice)
        speak = lambda: worker.speak(Request({spoken!r}, "de", 1))
        threading.Thread(target=speak, daemon=True).start()
        input()
        os._exit(0)"""
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE)
    with alive.open("rb") as pipe:
        wait_for(voice.folder / "attempts")
        process.communicate(b"\n")
        assert pipe.read() == b""


@given(header=st.dictionaries(st.text(), st.text() | st.integers() | st.none()), body=st.binary())
def test_frames_survive_the_pipe(header: wire.Header, body: bytes) -> None:
    stream = BytesIO()
    wire.write_frame(stream, header, body)
    wire.write_frame(stream, {})
    stream.seek(0)
    assert wire.read_frame(stream) == (header, body)
    assert wire.read_frame(stream) == ({}, b"")
    assert wire.read_frame(stream) is None


@given(st.binary(min_size=1, max_size=40))
def test_what_is_no_frame_is_refused(data: bytes) -> None:
    try:
        frame = wire.read_frame(BytesIO(data))
    except wire.BrokenFrameError:
        return
    assert frame is not None
    assert isinstance(frame[0], dict)


def test_a_voice_survives_the_pipe(tmp_path: Path) -> None:
    voice = Voice(
        "anna",
        "de",
        "coqui",
        model="a.pt",
        options=(("noise", 0.5), ("speaker id", 3)),
        folder=tmp_path,
    )
    stream = BytesIO()
    wire.write_frame(stream, wire.voice_header(voice))
    stream.seek(0)
    frame = wire.read_frame(stream)
    assert frame is not None
    assert wire.voice_of(frame[0]) == voice


def _with_model(voice: Voice, model: str) -> Voice:
    return Voice(voice.name, voice.lang, voice.engine, model, folder=voice.folder)
