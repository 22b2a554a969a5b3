"""Sounds of the lexicon in Coqui's models: both runtimes get the same symbols."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coqui_checkpoints import TinyModel, build_vits
from narrate.build.sounds import known_sounds
from narrate.engines import Request, find_engine
from narrate.engines.base import Speaker
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.told import told, with_stand_ins
from narrate.model import Sound, Voice, clip_key
from narrate.spoken import Entry, make_lexicon, spoken_form

ENGINE = CoquiEngine()
ZHIPU = make_lexicon("de", [Entry("Zhipu", "Dschipu", "ˈdʒiːpuː"), Entry("Kling", ipa="ˈklɪç")])


def voice(folder: Path, runtime: str = "onnx") -> Voice:
    return Voice(
        *("tiny", "de", "coqui", "model.pth", "config.json"),
        folder=folder,
        options=(("runtime", runtime),),
    )


def request(text: str, seed: int = 1) -> Request:
    said = spoken_form(text, "de", lexicon=ZHIPU)
    return Request(said.spoken, "de", seed, said.sounds)


@pytest.fixture(scope="module")
def speakers(tiny_german: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Speaker]:
    folder = shutil.copytree(tiny_german, tmp_path_factory.mktemp("told") / "german")
    return {name: ENGINE.load(voice(folder, name)) for name in ("onnx", "torch")}


@pytest.mark.parametrize(
    "text", ["Zhipu hat das gesagt.", "Von Zhipu, Klings Zhipu-Chef", "Die Firma heißt Zhipu!"]
)
def test_both_runtimes_get_the_same_symbols(speakers: dict[str, Speaker], text: str) -> None:
    one = request(text)
    assert one.sounds
    fast: Any = speakers["onnx"]
    slow: Any = speakers["torch"]
    marked = with_stand_ins(one.spoken, one.sounds)
    with slow._told(one.sounds):
        theirs = slow._model.tokenizer.text_to_ids(marked, language="de")
    assert fast._front_end.numbers(marked, None, one.sounds) == theirs
    names = {number: name for name, number in fast._front_end.symbols.items()}
    written = "".join(names[number] for number in theirs[1::2])
    for sound in one.sounds:
        assert sound.ipa in written
    assert "kvˈaks" not in written


def test_told_sounds_are_heard_and_nothing_else_changes(speakers: dict[str, Speaker]) -> None:
    one = request("Zhipu hat das gesagt.")
    for speaker in speakers.values():
        told_wave = speaker.speak(one)
        assert told_wave != speaker.speak(replace(one, sounds=()))
        assert told_wave == speaker.speak(one)
    lengths = {name: speaker.speak(one).frames for name, speaker in speakers.items()}
    assert lengths["onnx"] == lengths["torch"]


def test_neighbours_are_read_as_in_the_whole_sentence() -> None:
    from narrate.engines.coqui.text_code import prepare_text_code  # noqa: PLC0415

    prepare_text_code()
    from narrate.engines.coqui.phonemes import PHONEMIZERS  # noqa: PLC0415

    phonemize = PHONEMIZERS["piper_espeak"]("en-us").phonemize
    sounds = [Sound(8, 13, "ˈʃaʊmi", "Xiaomi", respelled=True)]
    text = with_stand_ins("This is Aaaaa, the owner of it.", sounds)
    plain = phonemize("This is Bob, the owner of it.").replace("bˈɑːb", "ˈʃaʊmi")
    assert told(phonemize, text, sounds, "abʃ") == plain


def test_a_stand_in_that_the_phonemiser_changed_leaves_the_parts_around_it() -> None:
    sounds = [Sound(4, 9, "ˈʃaʊmi", "Xiaomi", respelled=True)]
    text = with_stand_ins("Ja, Aaaaa ist da.", sounds)

    def odd(part: str) -> str:
        return part.lower().strip() if part != "quaxu" else "zz"

    assert told(odd, text, sounds, "") == "ja, ˈʃaʊmi ist da."


def test_the_key_of_a_clip_has_the_sounds_only_where_there_are_some() -> None:
    one = request("Zhipu.")
    tiny = Voice("tiny", "de", "coqui")
    plain = clip_key(one.spoken, "de", tiny, {}, 0)
    assert clip_key(one.spoken, "de", tiny, {}, 0, sounds=()) == plain
    keys = {
        clip_key(one.spoken, "de", tiny, {}, 0, sounds=[replace(one.sounds[0], ipa=ipa)])
        for ipa in ("a", "b")
    }
    assert len(keys | {plain}) == 3


def test_symbols_that_a_model_lacks_are_named(tiny_german: Path) -> None:
    lexicon = make_lexicon("de", [Entry("Zhipu", "Dschipu", "ʈʂiː˥"), Entry("Ich", ipa="ɪç")])
    sounds = spoken_form("Zhipu Ich", "de", lexicon=lexicon).sounds
    known, warnings = known_sounds(sounds, voice(tiny_german), find_engine("coqui"))
    assert {sound.word for sound in known} == {"Ich"}
    assert warnings == (
        "the voice “tiny” knows no ʈ ʂ ˥ in the `ipa` of “Zhipu”; its respelling is said",
    )


def test_a_model_of_letters_and_small_engines_take_no_sounds(tmp_path: Path) -> None:
    build_vits(tmp_path / "letters", TinyModel("de", phonemes=False))
    sounds = spoken_form("Zhipu Kling", "de", lexicon=ZHIPU).sounds
    for one in (voice(tmp_path / "letters"), Voice("pico-de", "de", "pico")):
        known, warnings = known_sounds(sounds, one, find_engine(one.engine))
        assert not known
        assert len(warnings) == 1
        assert "only an `ipa` for “Kling”" in warnings[0]


def test_samples_are_sound(speakers: dict[str, Speaker]) -> None:
    pcm = speakers["onnx"].speak(request("Kling.")).pcm
    assert np.abs(np.frombuffer(pcm, "<i2").astype(int)).max() > 500
