"""The arithmetic of the comparison; the comparison itself is a target of its own."""

from __future__ import annotations

import os

from bench_speech import SENTENCES, Ratio, Round, better, descendants, ratio


def test_a_ratio_is_taken_within_each_round() -> None:
    slow_machine, quick_machine = Round(10.0, 10.0), Round(10.0, 1.0)
    ours = [Round(20.0, 10.0), Round(40.0, 1.0), Round(60.0, 10.0)]
    theirs = [slow_machine, quick_machine, slow_machine]
    assert ratio(ours, theirs) == Ratio(median=4.0, least=2.0, most=6.0)


def test_the_better_of_two_is_better_in_most_rounds() -> None:
    steady = [Round(2.0, 1.0)] * 3
    lucky_once = [Round(1.0, 1.0), Round(9.0, 1.0), Round(1.0, 1.0)]
    assert better({"steady": steady, "lucky": lucky_once}, ("lucky", "steady")) == "steady"


def test_a_process_is_its_own_first_descendant() -> None:
    assert descendants(os.getpid())[0] == os.getpid()


def test_there_are_forty_sentences_that_engines_take() -> None:
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    assert len(sentences) == 40
    assert not any(character.isdigit() for line in sentences for character in line)
