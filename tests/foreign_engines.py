"""Engines from other packages, as tests install them: real modules with real metadata."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest


def install_package(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    source: str,
    engines: Mapping[str, str],
) -> None:
    """Write an installed package into ``folder``, seen here and by processes started from here.

    Args:
        source: Of its one module, called like the package.
        engines: Name of an engine → attribute of the module.
    """
    folder.mkdir(exist_ok=True)
    (folder / f"{package}.py").write_text(source, encoding="utf-8")
    info = folder / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    entries = "".join(f"{name} = {package}:{attribute}\n" for name, attribute in engines.items())
    (info / "entry_points.txt").write_text(f"[narrate.engines]\n{entries}")
    monkeypatch.syspath_prepend(str(folder))
    before = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(folder), before))))


ACTOR = '''
"""An engine that behaves as its text says."""

import os
import re
import sys
import time
from pathlib import Path

from narrate.engines import Readiness
from narrate.errors import EngineError
from narrate.model import Speech


class Actor:
    name = "actor"
    varies = False
    options = {}
    software = frozenset()
    worker_env = {"ACTOR_ENV": "set by the engine"}

    def check(self, voice):
        return Readiness(ready=True)

    def validate(self, voice):
        pass

    def fingerprint(self, voice):
        return {}

    def max_chars(self, voice):
        return 400

    def deadline_s(self, spoken):
        return 1.0 if "hang" in spoken else 60.0

    def memory_bytes(self, voice):
        return 100

    def prepare(self, voice, progress):
        pass

    def load(self, voice):
        print("loading chatter")
        return ActorSpeaker(voice)


class ActorSpeaker:
    def __init__(self, voice):
        self.folder = voice.folder
        self.note("loads")
        getattr(self, "load_" + voice.model.replace(" ", "_"))()

    def note(self, what):
        with (self.folder / what).open("a") as file:
            file.write("x")

    def speak(self, request):
        self.note("attempts")
        other = getattr(self, request.spoken.replace(" ", "_"))()
        return other or Speech(8000, b"\\0\\x10\\0\\xf0" * 400)

    def load_(self):
        pass

    def load_refuse(self):
        raise EngineError("the model is damaged", where="model.pt", mend="Fetch it again.")

    def load_abort(self):
        os.abort()

    def load_hang(self):
        time.sleep(600)

    def load_alive(self):
        self.alive = open(self.folder / "alive", "wb")

    def linger(self):
        time.sleep(0.3)

    def well(self):
        pass

    def environment(self):
        assert os.environ["ACTOR_ENV"] == "set by the engine"

    def modules(self):
        import harmless_name_in_the_current_folder

    def chatter(self):
        print("hello from python", flush=True)
        os.write(1, b"hello from C" * 20_000)
        try:
            answer = input("Do you accept? ")
        except EOFError:
            return
        raise RuntimeError("somebody answered " + answer)

    def refuse(self):
        raise EngineError("no such letter", where="a word", mend="Write it out.")

    def raise_(self):
        raise ValueError("Ünforeseen")

    def garbage(self):
        return Speech(0, b"odd")

    def nonsense(self):
        return "no speech"

    def abort(self):
        print("last words \\x1b[31m", file=sys.stderr, flush=True)
        os.abort()

    def abort_once(self):
        if not (self.folder / "aborted").exists():
            self.note("aborted")
            os.abort()

    def exit(self):
        sys.exit(3)

    def hang(self):
        re.match("(a+)+$", "a" * 60 + "b")  # holds the interpreter for years

    def hang_asleep(self):
        time.sleep(600)

    def fork(self):
        if os.fork() == 0:
            time.sleep(600)
        self.note("slow")
        time.sleep(600)

    def hang_on_by_a_child(self):
        if os.fork() == 0:
            time.sleep(600)
        os.abort()

    def slow_once(self):
        if not (self.folder / "slow").exists():
            self.note("slow")
            time.sleep(600)

    def slow(self):
        self.note("slow")
        time.sleep(600)

    def close(self):
        self.note("closed")
'''


def install_actor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the engine ``actor``: the spoken form names the method that it runs."""
    install_package(folder, monkeypatch, "narrate_actor", ACTOR, {"actor": "Actor"})


MOODY = '''
"""Sines that go wrong where the text says so, and by what the seed is."""

from pathlib import Path

from narrate.engines.tone import ToneEngine
from narrate.errors import SpeechFault
from narrate.model import Speech


class Moody(ToneEngine):
    name = "moody"

    def load(self, voice):
        return MoodySpeaker(super().load(voice), voice.folder)


class MoodySpeaker:
    def __init__(self, tone, folder):
        self.tone = tone
        self.heard = folder.parent / "heard"

    def speak(self, request):
        with self.heard.open("a") as file:
            file.write(request.spoken + chr(10))
        speech = self.tone.speak(request)
        unlucky = request.seed % 3 == 0
        if "mumbles" in request.spoken:
            return Speech(speech.sample_rate, bytes(len(speech.pcm)))
        if "babbles" in request.spoken and unlucky:
            return Speech(speech.sample_rate, speech.pcm * 4)
        if "stumbles" in request.spoken and unlucky:
            raise SpeechFault("the model gave no sound")
        return speech

    def close(self):
        self.tone.close()


class Stubborn(Moody):
    name = "stubborn"
    varies = False
'''


def install_moody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install ``moody``, whose readings go wrong where the text says so, and ``stubborn``."""
    engines = {"moody": "Moody", "stubborn": "Stubborn"}
    install_package(folder, monkeypatch, "narrate_moody", MOODY, engines)
