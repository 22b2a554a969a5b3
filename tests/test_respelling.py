"""Hints for engines: the letter A, and the end of what is no sentence."""

from __future__ import annotations

import pytest

from narrate.engines.respelling import respell


@pytest.mark.parametrize(
    ("spoken", "lang", "read"),
    [
        ("A I is here.", "en", "eigh I is here."),
        ("an A I model", "en", "an eigh I model."),
        ("Open A I's offer.", "en", "Open eigh I's offer."),
        ("C two P A metadata", "en", "C two P eigh metadata."),
        ("at three A M today", "en", "at three eigh M today."),
        ("The plan A is good.", "en", "The plan eigh is good."),
        ("A man and a dog.", "en", "A man and a dog."),
        ("He left. A man came.", "en", "He left. A man came."),
        ("A-levels", "en", "A-levels."),
        ("A I G C", "de", "A I G C."),
        ("der C E O Lei Jun", "de", "der Sih Ih Oh Leh Dschünn."),
        ("die C E O's kommen", "de", "die Sih Ih Ohs kommen."),
        ("Open A I's Modell", "de", "Open Ej Eis Modell."),
        ("Open A I A P I Dienste", "de", "Open Ej Ei A P I Dienste."),
        ("die A P I's und die K I", "de", "die A P I's und die K I."),
        ("C zwei P A Metadaten", "de", "C zwei P A Metadaten."),
        ("Das F B I fragt.", "de", "Das Eff Bih Ei fragt."),
        ("ein I Phone bei E Bay", "de", "ein Ei Fohn bei Ih Beh."),
        ("B to B", "de", "Bih tu Bih."),
        ("die S V P und die N S A", "de", "die S V P und die N S A."),
        ("ein B M X Rad, ein K P I", "de", "ein B M X Rad, ein K P I."),
        ("F B I", "en", "F B I."),
        ("Was nun?", "de", "Was nun?"),
        ("Halt,", "de", "Halt."),
    ],
)
def test_respelling(spoken: str, lang: str, read: str) -> None:
    assert respell(spoken, lang) == read


@pytest.mark.parametrize("spoken", ["A I and A B C, A.", "plan A", "x"])
def test_respelling_twice_is_respelling_once(spoken: str) -> None:
    once = respell(spoken, "en")
    assert respell(once, "en") == once
