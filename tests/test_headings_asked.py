"""A heading falls at its end, and rises when it is a question, marked or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import script_of
from narrate.model import UtteranceKind
from narrate.spoken.dividing.questions import asks

GOLDEN = Path(__file__).parent / "golden" / "spoken"


def rows() -> list[tuple[str, str, bool]]:
    found = []
    for lang in ("de", "en"):
        for line in (GOLDEN / lang / "headings.list").read_text(encoding="utf-8").splitlines():
            heading, arrow, mark = line.rpartition(" → ")
            assert arrow, line
            assert mark in {"?", "."}
            found.append((lang, heading, mark == "?"))
    return found


@pytest.mark.parametrize(("lang", "heading", "question"), rows())
def test_what_asks(lang: str, heading: str, question: bool) -> None:  # noqa: FBT001
    assert asks(heading, lang) is question


@pytest.mark.parametrize(("lang", "heading", "question"), rows())
def test_only_what_asks_rises(tmp_path: Path, lang: str, heading: str, question: bool) -> None:  # noqa: FBT001
    script = script_of(tmp_path, f"## {heading}\n\nText.\n", f"text.{lang}.md")
    said = [u for c in script.chapters for u in c.utterances if u.kind is UtteranceKind.HEADING]
    assert said[-1].spoken.endswith("?") is question
    assert said[-1].text.endswith(heading.rsplit(None, 1)[-1])


def test_a_heading_that_fills_its_limit_stays_within_it(tmp_path: Path) -> None:
    heading = f"Was bringt {'das ' * 200}"
    script = script_of(tmp_path, f"## {heading}\n\nText.\n", "text.de.md")
    assert all(len(u.spoken) <= 300 for c in script.chapters for u in c.utterances)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["de", "en"]))
def test_any_text_is_judged(text: str, lang: str) -> None:
    assert asks(text, lang) in {True, False}
