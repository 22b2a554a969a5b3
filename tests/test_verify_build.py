"""A build keeps no faulty clip: another reading takes its place, or the article is reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foreign_engines import install_moody
from shows import make_show, narrate, snapshot, write_article

SENTENCES = " ".join(
    f"The {what} voice {does} in this sentence."
    for what in ("first", "second", "third", "other", "next", "last")
    for does in ("babbles", "stumbles", "speaks")
)
ARTICLE = f"---\ntitle: Moods\ndate: 2024-05-01\n---\n{SENTENCES}\n"
CALM = "---\ntitle: Calm\n---\nA voice speaks.\n"
EPOCH = "1750000000"


@pytest.fixture(autouse=True)
def moody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    install_moody(tmp_path / "site", monkeypatch)


def moody_show(folder: Path, text: str = ARTICLE, engine: str = "moody") -> Path:
    show = make_show(folder)
    voice = f'lang = "en"\nengine = "{engine}"\nlicence = "CC0"\n'
    (show / "voices" / "tone-en.toml").write_text(voice, encoding="utf-8")
    write_article(show, "moods.en.md", text)
    return show


def heard(show: Path) -> list[str]:
    return (show / "heard").read_text().splitlines()


def attempts(show: Path) -> list[int]:
    facts = sorted((show / ".narrate" / "clips").rglob("*.json"))
    return [json.loads(path.read_bytes())["attempt"] for path in facts]


def test_faulty_readings_are_made_again_and_told(tmp_path: Path) -> None:
    outcome = narrate(moody_show(tmp_path / "show"), "build", "--plain")
    again = [
        line
        for line in outcome.out.splitlines()
        if line.startswith("Read again: articles/moods.en.md, chapter 1")
    ]
    kept = attempts(tmp_path / "show")
    assert outcome.code == 0, outcome
    assert len(again) == sum(attempt > 0 for attempt in kept) > 0
    assert any("s were expected" in line for line in again)
    assert any("the model gave no sound" in line for line in again)
    assert f"Read again: {len(again)} clip" in outcome.out


def test_one_worker_or_three_make_the_same_episode(tmp_path: Path) -> None:
    made = []
    for jobs in ("1", "3"):
        show = moody_show(tmp_path / f"with{jobs}")
        outcome = narrate(show, "build", "--jobs", jobs)
        assert outcome.code == 0, outcome
        assert "Read again" in outcome.out
        made.append((snapshot(show / "output"), attempts(show)))
    assert made[0] == made[1]


def test_the_pace_of_a_voice_is_measured_once(tmp_path: Path) -> None:
    show = moody_show(tmp_path / "show", CALM)
    assert narrate(show, "build").code == 0
    before = len(heard(show))
    (file,) = (show / ".narrate" / "paces").iterdir()
    content = file.read_bytes()
    write_article(show, "moods.en.md", "---\ntitle: Calm\n---\nAnother voice speaks.\n")
    assert narrate(show, "build").code == 0
    assert heard(show)[before:] == ["Another voice speaks."]
    file.write_bytes(b"{")
    write_article(show, "moods.en.md", "---\ntitle: Calm\n---\nA third voice speaks.\n")
    assert narrate(show, "build").code == 0
    assert file.read_bytes() == content


def test_what_is_never_sound_is_reported_and_nothing_published_of_it(tmp_path: Path) -> None:
    show = moody_show(tmp_path / "show", CALM)
    assert narrate(show, "build").code == 0
    published = snapshot(show / "output")
    write_article(
        show,
        "moods.en.md",
        f"{CALM}\n## Two\n\nHe mumbles here.\n",
    )
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "moods.en.md, chapter 2 “Two”, sentence 2: the voice “tone-en”" in outcome.err
    assert "does not say it properly, in 3 readings: it is silent" in outcome.err
    assert "`narrate regenerate moods --lang en --chapter 2`" in outcome.err
    assert heard(show).count("He mumbles here.") == 3
    assert snapshot(show / "output") == published


def test_an_engine_that_never_varies_is_not_asked_again(tmp_path: Path) -> None:
    text = "---\ntitle: Calm\n---\nHe mumbles here.\n"
    show = moody_show(tmp_path / "show", text, "stubborn")
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "does not say it properly: it is silent" in outcome.err
    assert "narrate regenerate" not in outcome.err
    assert heard(show).count("He mumbles here.") == 1
    assert not [name for name in snapshot(show / "output") if name.endswith(".mp3")]
