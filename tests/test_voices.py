from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from narrate.errors import OutputError, ShowError, UsageError
from narrate.model import Show, Voice
from narrate.voices import accept_terms, accepted_terms, voice_states

TERMS = "https://example.org/terms"


def show_at(root: Path) -> Show:
    return Show(id=uuid.UUID(int=1), root=root, languages=("de",), texts={})


def voice(name: str = "xtts-de", terms: str = TERMS) -> Voice:
    return Voice(name, "de", "coqui", model="tts_models/de/thorsten/vits", terms=terms)


def test_nothing_is_accepted_in_a_new_show(tmp_path: Path) -> None:
    assert accepted_terms(tmp_path) == {}


def test_accepted_terms_are_remembered_with_their_address(tmp_path: Path) -> None:
    path = accept_terms(show_at(tmp_path), voice())
    assert path == tmp_path / "licences.toml"
    assert accepted_terms(tmp_path) == {"xtts-de": TERMS}


def test_the_record_is_for_people_and_keeps_what_they_wrote(tmp_path: Path) -> None:
    path = accept_terms(show_at(tmp_path), voice())
    assert "narrate voices accept" in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "# asked Ada on Monday\n", encoding="utf-8")
    accept_terms(show_at(tmp_path), voice("xtts.en"))
    assert "# asked Ada on Monday" in path.read_text(encoding="utf-8")
    assert accepted_terms(tmp_path) == {"xtts-de": TERMS, "xtts.en": TERMS}


def test_accepting_twice_changes_nothing(tmp_path: Path) -> None:
    path = accept_terms(show_at(tmp_path), voice())
    before = path.read_bytes(), path.stat().st_mtime_ns
    accept_terms(show_at(tmp_path), voice())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_new_terms_replace_the_old(tmp_path: Path) -> None:
    accept_terms(show_at(tmp_path), voice())
    accept_terms(show_at(tmp_path), voice(terms=f"{TERMS}/2"))
    assert accepted_terms(tmp_path) == {"xtts-de": f"{TERMS}/2"}


def test_a_voice_without_terms_has_nothing_to_accept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no terms"):
        accept_terms(show_at(tmp_path), voice(terms=""))
    assert not (tmp_path / "licences.toml").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[accepted", "this is not TOML"),
        (b"[accepted]\na = 1", "NAME ="),
        (b"accepted = true", "NAME ="),
        (b"[acepted]\na = 'b'", "acepted"),
        (b"[accepted]\na = '\xff'", "this is not UTF-8"),
    ],
)
def test_a_broken_record_is_an_error_of_the_show(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "licences.toml").write_bytes(content)
    with pytest.raises(ShowError, match=says) as caught:
        accepted_terms(tmp_path)
    assert "licences.toml" in str(caught.value)
    with pytest.raises(ShowError):
        accept_terms(show_at(tmp_path), voice())
    assert (tmp_path / "licences.toml").read_bytes() == content


def test_a_record_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises((OutputError, ShowError)):
        accept_terms(show_at(tmp_path / "file"), voice())


def test_states_are_listed_by_name_and_never_raise(tmp_path: Path) -> None:
    voices = {
        "tone": Voice("tone", "de", "tone"),
        "odd": Voice("odd", "de", "no-such-engine"),
        "xtts-de": voice(),
    }
    states = {state.voice.name: state.readiness for state in voice_states(voices)}
    assert list(states) == ["odd", "tone", "xtts-de"]
    assert states["tone"].ready
    assert not states["odd"].ready
    assert "no-such-engine" in states["odd"].missing
    assert "`narrate voices accept xtts-de`" in states["xtts-de"].mend
    assert TERMS in states["xtts-de"].mend
    accept_terms(show_at(tmp_path), voice())
