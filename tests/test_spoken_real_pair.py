"""The real pair of articles: everything is said, and nothing that cannot be said is left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from narrate.spoken import speak_text

FOLDER = Path(__file__).parents[2] / "shared" / "articles"
SPOKEN = re.compile(r"[A-Za-zÄÖÜäöüß' ,.:;?!-]+")
EXPECTED = {
    "de": (
        "am dreizehnten Juli schnell",
        "über zehn Millionen Aufrufe",
        "A I G M S Produktionszentrum",
        "von G P T drei Punkt fünf wiederholt",
        "plant, C zwei P A Metadaten",
        "Veröffentlichung von G P T vier o mini die",
        "Als Open A I's brandneues",
        "am neunten dieses Monats offiziell",
        "von A P I Diensten für",
    ),
    "en": (
        "on July thirteenth, China's",
        "over ten million views",
        "moment of G P T three point five's release",
        "include C two P A metadata",
        "release of G P T four o mini has",
        "on the ninth of this month",
        "joining the R and D and application of A I technology",
    ),
}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_real_article(lang: str) -> None:
    path = FOLDER / f"ki-kurzdramen.{lang}.txt"
    if not path.exists():
        pytest.skip(f"the real article {path.name} is not on this machine")
    pieces = [
        piece
        for paragraph in path.read_text(encoding="utf-8").splitlines()
        for piece in speak_text(paragraph, lang, 300)
    ]
    assert all(SPOKEN.fullmatch(piece.spoken) for piece in pieces)
    assert not any(piece.unspoken for piece in pieces)
    assert max(len(piece.spoken) for piece in pieces) <= 300
    whole = " ".join(piece.spoken for piece in pieces)
    for phrase in EXPECTED[lang]:
        assert phrase in whole
