"""How long it is silent in a finished file, by what stands on both sides."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from articles import script_of
from narrate.model import Pauses, Reading
from shows import SETTINGS, make_show, narrate, snapshot, write_article
from sounds import RATE, all_decoded

CLAUSE = "was niemand in der ganzen Stadt für möglich gehalten hätte"
LONG = ", ".join([CLAUSE] * 4)
ARTICLE = f"""\
## Anfang

Der erste Satz. Der zweite Satz.

- Der erste Punkt
- Der zweite Punkt

> Ein Zitat für sich.

Noch ein Absatz.

### Weiter unten

Sie sagte, {LONG}; er sagte, {LONG}.

Es kam, {", ".join([CLAUSE] * 8)}.
"""
ORDER = (
    "heading_ms", "sentence_ms", "paragraph_ms", "list_item_ms", "quote_ms", "quote_ms",
    "before_heading_ms", "heading_ms", "break_ms", "paragraph_ms", "clause_ms",
)  # fmt: skip
SILENT = f'{SETTINGS}\n[disclosure]\nposition = "off"\n'


def gaps_ms(path: Path) -> list[float]:
    """Lengths of the silences of 50 ms and more between the first sound and the last."""
    sound = np.flatnonzero(np.abs(all_decoded(path)).max(axis=0) > 0.01)
    lengths = np.diff(sound) / RATE * 1000
    return [float(length) for length in lengths if length >= 50]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_show(tmp_path_factory.mktemp("pauses"), SILENT)
    write_article(folder, "text.de.md", f"---\ntitle: T\n---\n{ARTICLE}")
    assert narrate(folder, "build", "--lang", "de").code == 0
    return folder


def test_each_kind_lasts_as_long_as_it_should(show: Path) -> None:
    usual = Pauses()
    found = gaps_ms(show / "output/text.de.mp3")
    assert found == pytest.approx([getattr(usual, name) for name in ORDER], abs=45)


def test_each_kind_sounds_different() -> None:
    lengths = sorted(dataclasses.astuple(Pauses()))
    assert all(b - a >= 50 for a, b in pairwise(lengths))
    assert set(ORDER) == {field.name for field in dataclasses.fields(Pauses)}


def test_new_pauses_are_heard_and_speak_nothing(show: Path) -> None:
    clips = set(snapshot(show / ".narrate/clips"))
    lengths = dict(zip(sorted(set(ORDER)), range(150, 1600, 180), strict=False))
    table = "".join(f"{name} = {ms}\n" for name, ms in lengths.items())
    (show / "narrate.toml").write_text(f"{SILENT}\n[pauses]\n{table}", encoding="utf-8")
    outcome = narrate(show, "build", "--lang", "de")
    assert outcome.code == 0
    assert "Spoken: 0 synthesised" in outcome.out
    assert set(snapshot(show / ".narrate/clips")) == clips
    found = gaps_ms(show / "output/text.de.mp3")
    assert found == pytest.approx([lengths[name] for name in ORDER], abs=45)


def test_a_chapter_ends_as_a_paragraph_does(tmp_path: Path) -> None:
    text = "## A\n\nText.\n\n- eins\n- zwei\n\n## B\n\n> Zitat.\n>\n> Noch eins.\n\n## C\n\nEnde.\n"
    pauses = Pauses(sentence_ms=1, paragraph_ms=2, heading_ms=3, list_item_ms=4, quote_ms=5)
    script = script_of(tmp_path, text, "text.de.md", Reading(pauses=pauses))
    said = [[u.pause_after_ms for u in chapter.utterances] for chapter in script.chapters]
    assert said == [[3, 2, 4, 2], [3, 2, 2], [3, 2]]
