"""Sentences too long for an engine: where they are cut, and that nothing is said otherwise."""

from __future__ import annotations

import math
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import script_of
from narrate.model import Pauses, Reading
from narrate.spoken import speak_text, spoken_form

XTTS_LIMITS = {"de": 253, "en": 250}
"""Where the tokeniser of XTTS begins to cut off."""

CLAUSES = {
    "de": [
        "im Jahr 1984 kamen 3,5 Millionen Menschen",
        "Dr. Müller zahlte am 3. Mai 2021 genau 1.299,50 € für das Gerät",
        "was z. B. auf S. 12 steht",
        "der Kurs stieg um 4,2 % auf 17 Punkte",
        "zwischen drei und fünf Millionen Zuschauer sahen das",
        "Johann Sebastian Bach lebte in Leipzig",
        "das Ministerium (auch das der Länder) widersprach",
        "die Linie S1 fährt um 14:30 Uhr ab",
        "niemand wusste davon",
        "es waren 10 000 Schritte bis zum Ziel",
    ],
    "en": [
        "in 1984 there were 3.5 million people",
        "Dr. Miller paid $1,299.50 on May 3, 2021",
        "as shown e.g. on p. 12",
        "the index rose by 4.2% to 17 points",
        "between three and five million viewers saw it",
        "John Ronald Reuel Tolkien lived in Oxford",
        "the ministry (and those of the states) objected",
        "the train leaves at 2:30 p.m.",
        "nobody knew",
        "it was 10,000 steps to the summit",
    ],
}
JOINTS = {
    "de": [", ", "; ", " – ", ", und ", " und ", ", weil ", ": "],
    "en": [", ", "; ", " – ", ", and ", " and ", " because ", ": "],
}


def words(spoken: str) -> list[str]:
    return re.findall(r"[^\s,;:.!?]+", spoken.casefold())


@st.composite
def long_sentences(draw: st.DrawFn) -> tuple[str, str]:
    lang = draw(st.sampled_from(["de", "en"]))
    clauses = draw(st.lists(st.sampled_from(CLAUSES[lang]), min_size=3, max_size=12))
    text = clauses[0]
    for clause in clauses[1:]:
        text += draw(st.sampled_from(JOINTS[lang])) + clause
    return f"So {text}.", lang


@settings(max_examples=60, deadline=None)
@given(long_sentences(), st.integers(100, 260))
def test_every_word_is_said_once_and_as_without_a_cut(case: tuple[str, str], limit: int) -> None:
    text, lang = case
    pieces = speak_text(text, lang, limit)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    whole = spoken_form(text, lang).spoken
    if all(piece.goes_on for piece in pieces[:-1]):  # one sentence to the rules
        assert words(" ".join(piece.spoken for piece in pieces)) == words(whole)
    assert all(len(piece.spoken) <= limit for piece in pieces)


@settings(max_examples=40, deadline=None)
@given(long_sentences())
def test_pieces_are_few_and_of_about_the_same_length(case: tuple[str, str]) -> None:
    text, lang = case
    limit = XTTS_LIMITS[lang] - 13
    lengths: list[int] = []
    for piece in speak_text(text, lang, limit):
        lengths.append(len(piece.spoken))
        if piece.goes_on:
            continue
        fewest = math.ceil(sum(lengths) / limit)
        assert len(lengths) <= fewest + 1
        assert min(lengths) >= 0.25 * sum(lengths) / len(lengths)
        lengths.clear()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Kurz gesagt: Die Stadt hat lange überlegt, ob sie das alte Rathaus abreißen soll, und "
            "sich dann doch dagegen entschieden.",
            [
                "Kurz gesagt: Die Stadt hat lange überlegt,",
                "ob sie das alte Rathaus abreißen soll, und sich dann doch dagegen entschieden.",
            ],
            id="no tiny rest at a strong mark",
        ),
        pytest.param(
            "Am Ende des langen Jahres waren es zwischen 3 und 5 Millionen Menschen in allen "
            "Ländern der alten Welt",
            [
                "Am Ende des langen Jahres waren es",
                "zwischen 3 und 5 Millionen Menschen in allen Ländern der alten Welt",
            ],
            id="not within a range of numbers",
        ),
        pytest.param(
            "Am Ende des Jahres waren es ungefähr drei Komma fünf Millionen Menschen aller Länder "
            "dieser alten Welt",
            [
                "Am Ende des Jahres waren es ungefähr",
                "drei Komma fünf Millionen Menschen aller Länder dieser alten Welt",
            ],
            id="not within a number in words",
        ),
        pytest.param(
            "Die Anlage lief gut in den Jahren 1990 – 1995 und wurde danach still abgebaut",
            [
                "Die Anlage lief gut in den Jahren 1990 – 1995",
                "und wurde danach still abgebaut",
            ],
            id="not at a dash that is said",
        ),
        pytest.param(
            "Das Gutachten der Kommission zum Umbau des Hafens (vorgelegt im letzten Herbst) blieb "
            "lange ohne jede Antwort",
            [
                "Das Gutachten der Kommission zum Umbau des Hafens",
                "(vorgelegt im letzten Herbst) blieb lange ohne jede Antwort",
            ],
            id="before a bracket",
        ),
    ],
)
def test_where_a_speaker_would_breathe(text: str, expected: list[str]) -> None:
    pieces = speak_text(text, "de", 90)
    assert [piece.text for piece in pieces] == expected
    assert [piece.goes_on for piece in pieces] == [True] * (len(expected) - 1) + [False]


def test_the_spoken_length_counts_not_the_written_one() -> None:
    text = "Die Rechnung nannte 1.299.987,65 €, 3.456.789,12 € und 9.876.543,21 € zugleich."
    assert len(text) < 100
    pieces = speak_text(text, "de", 200)
    assert len(pieces) > 1
    assert all(len(piece.spoken) <= 200 for piece in pieces)


def test_between_the_pieces_of_a_sentence_the_pause_is_short(tmp_path: Path) -> None:
    clause = "was niemand in der ganzen Stadt für möglich gehalten hätte"
    article = f"# T\n\n{', '.join([clause] * 7)}. Ein zweiter Satz. Ein dritter.\n"
    pauses = Pauses(clause_ms=100, sentence_ms=300, paragraph_ms=700)
    script = script_of(tmp_path, article, reading=Reading(pauses=pauses))
    said = [u.pause_after_ms for u in script.chapters[0].utterances if u.paragraph]
    assert said[-3:] == [300, 300, 700]
    assert set(said[:-3]) == {100}


@pytest.mark.parametrize("unit", ["wort ", "wort, ", "9", "9 ", "a", ", ", "( ", "– ", "Herr Max "])
def test_a_sentence_without_an_end_takes_linear_time(unit: str) -> None:
    text = unit * (12_000 // len(unit))
    start = time.perf_counter()
    pieces = speak_text(text, "de", 240)
    assert time.perf_counter() - start < 15
    assert all(len(piece.spoken) <= 240 for piece in pieces)


WIDE = {
    "de": (
        ["der Rat der Stadt Lindau die Pläne kennt", "Frau Dr. Erika Stein am 13. Juli dazu sprach",
         "vom 3. bis 5. Mai nur 12,5 Prozent fehlten", "alle Bürger davon wussten"],
        ["; ", ", dass ", ", sondern ", ", wie ", ", weil ", ", aber "],
        ["Erika Stein", "13. Juli", "3. bis 5. Mai", "12,5 Prozent", "Dr. Erika"],
    ),
    "en": (
        ["the council of Port Lindley knows the plans", "Dr. Mary Stone spoke of it on July 13",
         "from May 3 to 5 only 12.5 percent were away", "all of them had heard of it"],
        ["; ", ", that ", ", but ", ", because ", ", which ", ", while "],
        ["Mary Stone", "July 13", "May 3 to 5", "12.5 percent", "Dr. Mary"],
    ),
}  # fmt: skip


@st.composite
def wide_sentences(draw: st.DrawFn) -> tuple[str, str]:
    """Sentences of 250 to 350 characters whose clauses are joined by marks and conjunctions."""
    lang = draw(st.sampled_from(["de", "en"]))
    clauses, joints, _ = WIDE[lang]
    text = draw(st.sampled_from(clauses))
    while len(text) < 250:
        text += draw(st.sampled_from(joints)) + draw(st.sampled_from(clauses))
    return f"So {text}.", lang


@settings(max_examples=80, deadline=None)
@given(wide_sentences())
def test_clauses_are_where_a_sentence_is_cut(case: tuple[str, str]) -> None:
    text, lang = case
    pieces = [piece.text for piece in speak_text(text, lang, 240)]
    assert all(piece.endswith((";", ",", ".")) for piece in pieces)
    joints = tuple(joint.strip(" ,;") for joint in WIDE[lang][1])
    assert all(
        before.endswith(";") or after.startswith(joints) for before, after in pairwise(pieces)
    )
    for whole in WIDE[lang][2]:
        assert sum(piece.count(whole) for piece in pieces) == text.count(whole)


ENVOYS = {
    "de": (
        "Sie luden Vertreter aus Österreich, Frankreich, Italien, Spanien, Portugal, Irland, "
        "Dänemark und Schweden ein, weil die Frage nur in einem Kreis aller beteiligten Staaten zu "
        "klären war, sodass am Ende mehr als dreihundert Menschen im großen Saal saßen."
    ),
    "en": (
        "They invited envoys from Austria, France, Italy, Spain, Portugal, Ireland, Denmark, "
        "Norway and Sweden, because the matter could be settled only among all of the states "
        "that took part in it, so in the end more than three hundred people sat in the hall."
    ),
}


@pytest.mark.parametrize(("lang", "opening"), [("de", "weil"), ("en", "because")])
def test_a_list_is_kept_whole(lang: str, opening: str) -> None:
    first, second = speak_text(ENVOYS[lang], lang, 240)
    assert first.goes_on
    assert second.text.startswith(opening)


def test_a_semicolon_is_worth_an_uneven_cut() -> None:
    text = (
        f"Das Haus ist alt, {'sehr ' * 18}alt sogar, was niemanden stört; es steht am Fluss, "
        "nah am Wasser, und keiner will es haben, der es jemals gesehen hat."
    )
    first, second = speak_text(text, "de", 200)
    assert first.text.endswith(";")
    assert second.text.startswith("es steht")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_many_words_before_a_sign_are_divided_at_once(lang: str) -> None:
    words = "lang " * 1000 + "von Ada."  # for ever, where a word could be found in two ways
    assert " ".join(piece.text for piece in speak_text(words, lang, 400)) == words
