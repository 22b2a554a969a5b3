"""XTTS, on a tiny model of the real architecture."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from coqui_checkpoints import build_xtts, make_legacy, rewrite_config
from narrate.engines.base import Request, Speaker
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.model import file_digest
from narrate.engines.user_cache import VARIABLE
from narrate.errors import EngineError
from narrate.model import Voice, clip_key
from narrate.spoken import speak_text

ENGINE = CoquiEngine()
TEXT = "Die Größe der Brücke."


@pytest.fixture(scope="session")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Voice:
    folder = tmp_path_factory.mktemp("xtts")
    build_xtts(folder)
    return Voice(
        "ada", "de", "coqui", model="model.pth", config="config.json", speaker="Ada", folder=folder
    )


@pytest.fixture(scope="session")
def speaker(ada: Voice) -> Speaker:
    return ENGINE.load(ada)


def test_the_seed_alone_decides_and_order_does_not(speaker: Speaker) -> None:
    first = speaker.speak(Request(TEXT, "de", 5))
    assert first.sample_rate == 24_000
    assert first.frames > 0
    speaker.speak(Request("Etwas anderes.", "de", 6))
    assert speaker.speak(Request(TEXT, "de", 5)) == first
    assert speaker.speak(Request(TEXT, "de", 9)) != first


def test_it_speaks_both_languages(speaker: Speaker) -> None:
    german, english = (speaker.speak(Request("Hand", lang, 5)) for lang in ("de", "en"))
    assert german != english


def test_digits_are_refused(speaker: Speaker) -> None:
    with pytest.raises(EngineError, match="digits"):
        speaker.speak(Request("Das war 1999.", "de", 1))


def test_an_unknown_speaker_or_language_is_told_the_known(ada: Voice) -> None:
    with pytest.raises(EngineError, match="Ada"):
        ENGINE.load(replace(ada, speaker="Zoe"))
    with pytest.raises(EngineError, match="de, en"):
        ENGINE.load(replace(ada, options=(("language", "fr"),)))


def test_options_and_pace_reach_the_model(ada: Voice, speaker: Speaker) -> None:
    greedy = replace(ada, options=(("repetition_penalty", 5), ("top_k", 1)))
    plain = ENGINE.load(greedy)
    first = plain.speak(Request(TEXT, "de", 1))
    assert plain.speak(Request(TEXT, "de", 2)) == first != speaker.speak(Request(TEXT, "de", 1))
    slow = ENGINE.load(replace(greedy, length_scale=2.0))
    assert slow.speak(Request(TEXT, "de", 1)).frames == pytest.approx(2 * first.frames, rel=0.1)
    with pytest.raises(EngineError, match="noise_scale"):
        ENGINE.load(replace(ada, options=(("noise_scale", 0.5),)))


# --- a recording -------------------------------------------------------------------------------


@pytest.fixture
def cloned(ada: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voice:
    """A voice from a recording in stereo, and a cache of its own."""
    times = np.arange(7 * 44_100) / 44_100
    tone = 0.5 * np.sin(2 * np.pi * 220 * times)
    soundfile.write(tmp_path / "me.wav", np.stack([tone, tone], axis=1), 44_100)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return replace(ada, speaker="", reference=str(tmp_path / "me.wav"))


def kept(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").rglob("*.npz"))


def test_a_recording_lends_its_voice(cloned: Voice, speaker: Speaker) -> None:
    readiness = ENGINE.check(cloned)
    assert readiness.ready
    assert readiness.note == ""
    speech = ENGINE.load(cloned).speak(Request(TEXT, "de", 5))
    assert speech.frames > 0
    assert speech != speaker.speak(Request(TEXT, "de", 5))


def test_what_is_doubtful_is_noted(ada: Voice, tmp_path: Path) -> None:
    tone = 0.5 * np.sin(np.arange(12 * 22_050) / 16)
    soundfile.write(tmp_path / "long.wav", tone, 22_050)
    readiness = ENGINE.check(replace(ada, speaker="", reference=str(tmp_path / "long.wav")))
    assert readiness.ready
    assert readiness.note == "only the first 10 s of the recording are used"  # so it is configured


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_a_recording_that_is_too_short_is_refused(ada: Voice, seconds: float) -> None:
    soundfile.write(ada.folder / "short.wav", np.zeros(int(seconds * 22_050)), 22_050)
    voice = replace(ada, speaker="", reference="short.wav")
    assert "short.wav" in ENGINE.check(voice).missing
    for refuses in (lambda: ENGINE.prepare(voice, lambda *_: None), lambda: ENGINE.load(voice)):
        with pytest.raises(EngineError, match=r"recording “short\.wav”"):
            refuses()


def test_a_recording_that_is_none_is_refused(ada: Voice) -> None:
    (ada.folder / "no.wav").write_bytes(b"not a sound")
    with pytest.raises(EngineError, match=r"no\.wav"):
        ENGINE.load(replace(ada, speaker="", reference="no.wav"))


def test_a_changed_recording_names_other_clips_a_moved_one_the_same(
    cloned: Voice, tmp_path: Path
) -> None:
    def key(voice: Voice) -> str:
        return clip_key(TEXT, "de", voice, ENGINE.fingerprint(voice), take=0)

    first = key(cloned)
    moved = shutil.copy(tmp_path / "me.wav", tmp_path / "other.wav")
    assert key(replace(cloned, reference=str(moved))) == first
    audio, rate = soundfile.read(tmp_path / "me.wav")
    soundfile.write(tmp_path / "me.wav", audio * 0.9, rate)
    assert key(cloned) != first


def test_the_latents_are_kept_and_read_again(cloned: Voice, tmp_path: Path) -> None:
    request = Request(TEXT, "de", 5)
    first = ENGINE.load(cloned).speak(request)
    (path,) = kept(tmp_path)
    made = path.stat()
    assert ENGINE.load(cloned).speak(request) == first
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (made.st_ino, made.st_mtime_ns)
    with np.load(path) as stored:
        other = {name: -stored[name] for name in stored.files}
    np.savez(path, **other)
    assert ENGINE.load(cloned).speak(request) != first  # so it is this file that is read


@pytest.mark.parametrize("damage", ["cut", "empty", "flipped", "other", "pickled"])
def test_a_damaged_file_is_made_again(cloned: Voice, tmp_path: Path, damage: str) -> None:
    ENGINE.load(cloned)
    (path,) = kept(tmp_path)
    good = path.read_bytes()
    middle = len(good) // 2
    if damage == "other":
        np.savez(path, latents=np.zeros(3))
    elif damage == "pickled":
        np.savez(path, latents=np.array([{}]), embedding=np.array([{}]))
    else:
        flipped = bytes([good[middle] ^ 0xFF])
        path.write_bytes(
            {
                "cut": good[:middle],
                "empty": b"",
                "flipped": good[:middle] + flipped + good[middle + 1 :],
            }[damage]
        )
    ENGINE.load(cloned)
    with np.load(path) as again, np.load(io.BytesIO(good)) as before:
        assert all(np.array_equal(again[name], before[name]) for name in before.files)


def test_another_recording_or_model_has_a_file_of_its_own(cloned: Voice, tmp_path: Path) -> None:
    ENGINE.load(cloned)
    tone = 0.5 * np.sin(np.arange(7 * 22_050) / 20)
    soundfile.write(tmp_path / "you.wav", tone, 22_050)
    ENGINE.load(replace(cloned, reference=str(tmp_path / "you.wav")))
    assert len(kept(tmp_path)) == 2
    folder = shutil.copytree(cloned.folder, tmp_path / "model")
    rewrite_config(folder, {"gpt_cond_len": 6})
    ENGINE.load(replace(cloned, folder=folder))
    assert len(kept(tmp_path)) == 3


def test_without_a_cache_it_speaks_all_the_same(
    cloned: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(TEXT, "de", 5)
    expected = ENGINE.load(cloned).speak(request)
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "cache"))
    assert ENGINE.load(cloned).speak(request) == expected


_OTHER_WORKER = """
import sys
from pathlib import Path
from narrate.engines import Request
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.imports import import_coqui
from narrate.model import Voice
from test_coqui_xtts import TEXT, count_runs
import_coqui()
count_runs(Path("runs"))
voice = Voice("me", "de", "coqui", model="model.pth", config="config.json",
              reference=sys.argv[2], folder=Path(sys.argv[1]))
Path("ready").touch()
speech = CoquiEngine().load(voice).speak(Request(TEXT, "de", 5))
sys.stdout.buffer.write(speech.pcm)
"""


def count_runs(path: Path) -> Callable[[], None]:
    """Have the encoder write a letter to a file whenever it runs; how to end that is returned."""
    from TTS.tts.models.xtts import Xtts  # type: ignore[import-untyped]  # noqa: PLC0415

    encode = Xtts.get_gpt_cond_latents

    def counted(*arguments: Any, **settings: Any) -> Any:
        with path.open("a", encoding="utf-8") as runs:
            runs.write("x")
        time.sleep(1.0)  # the other worker has come by now
        return encode(*arguments, **settings)

    Xtts.get_gpt_cond_latents = counted

    def end() -> None:
        Xtts.get_gpt_cond_latents = encode

    return end


def test_of_two_workers_at_once_one_listens_to_the_recording(cloned: Voice, tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", _OTHER_WORKER, str(cloned.folder), cloned.reference],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        stdout=subprocess.PIPE,
    )
    end = count_runs(tmp_path / "runs")
    try:
        while other.poll() is None and not (tmp_path / "ready").exists():
            time.sleep(0.01)
        here = ENGINE.load(cloned).speak(Request(TEXT, "de", 5))
    finally:
        end()
    there = other.communicate(timeout=120)[0]
    assert here.pcm == there
    assert (tmp_path / "runs").read_text(encoding="utf-8") == "x"


# --- how much at once --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "clause"),
    [
        ("de", "weil die 3.456.789 Einwohner z. B. am 3. Mai 2021 genau 1.299,50 € zahlten, "),
        ("en", "because 3,456,789 people e.g. on May 3, 2021 paid exactly $1,299.50, "),
    ],
)
def test_no_piece_is_longer_than_the_tokeniser_of_xtts_allows(
    ada: Voice, speaker: Any, lang: str, clause: str
) -> None:
    tokenizer = speaker._model.tokenizer
    pieces = speak_text(clause * 12, lang, ENGINE.max_chars(ada))
    read = [tokenizer.preprocess_text(piece.spoken, lang) for piece in pieces]
    assert max(map(len, read)) > 150
    assert all(len(text) <= tokenizer.char_limits[lang] for text in read)
    assert all(piece.spoken.casefold() == text for piece, text in zip(pieces, read, strict=True))


# --- files -------------------------------------------------------------------------------------


def test_an_old_checkpoint_loads_and_is_left_as_it_is(ada: Voice, tmp_path: Path) -> None:
    folder = shutil.copytree(ada.folder, tmp_path / "old")
    make_legacy(folder / "model.pth")
    before = file_digest(folder / "model.pth")
    old = ENGINE.load(replace(ada, folder=folder))
    assert old.speak(Request(TEXT, "de", 5)).frames > 0
    assert file_digest(folder / "model.pth") == before


def test_without_its_vocabulary_it_does_not_load(ada: Voice, tmp_path: Path) -> None:
    folder = shutil.copytree(ada.folder, tmp_path / "cut")
    (folder / "vocab.json").unlink()
    with pytest.raises(EngineError, match=r"vocab\.json"):
        ENGINE.load(replace(ada, folder=folder))
