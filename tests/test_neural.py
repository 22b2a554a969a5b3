"""The one real neural voice at hand: both runtimes agree, and nothing but the text decides."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from bench_speech import SENTENCES

from narrate.engines import Request, find_engine
from narrate.model import Voice
from shows import Outcome, narrate

READ = SENTENCES.read_text(encoding="utf-8").splitlines()[1:40:4]


def test_torch_and_onnx_agree_on_real_sentences(
    joe_voice: Voice, record_property: Callable[[str, object], None]
) -> None:
    engine = find_engine("coqui")
    fast = engine.load(joe_voice)
    slow = engine.load(replace(joe_voice, options=(("runtime", "torch"),)))
    otherwise = 0
    for number, sentence in enumerate(READ):
        request = Request(sentence, "en", number)
        ours, theirs = (
            np.frombuffer(speaker.speak(request).pcm, "<i2").astype(np.float64)
            for speaker in (fast, slow)
        )
        if len(ours) != len(theirs):  # a duration was rounded the other way
            otherwise += 1
            continue
        noise = np.sum((ours - theirs) ** 2)
        assert 10 * np.log10(np.sum(theirs**2) / max(noise, 1)) > 60
    record_property("durations rounded the other way", f"{otherwise} of {len(READ)} sentences")
    assert otherwise <= 1


def test_one_worker_and_two_make_identical_files(
    example_show: tuple[Path, Outcome], tmp_path: Path
) -> None:
    show, built = example_show
    assert built.code == 0, built.err
    made = []
    for jobs in ("1", "2"):
        copy = tmp_path / jobs
        shutil.copytree(show, copy, ignore=shutil.ignore_patterns(".narrate", "output"))
        assert narrate(copy, "build", "--jobs", jobs).code == 0
        output = copy / "output"
        made.append(
            {
                str(path.relative_to(output)): path.read_bytes()
                for path in output.rglob("*")
                if path.is_file()
            }
        )
    assert made[0] == made[1]
    assert "first.en.mp3" in made[0]
