"""Commands as a person types them: help, listings, auditions, new shows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from narrate.engines.user_cache import cache_folder
from shows import make_pair, narrate, narrate_process, snapshot, write_article

COMMANDS = (
    *("init", "build", "chapters", "text", "where", "regenerate", "takes", "say", "voices"),
    *("cache", "why", "serve", "doctor"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(tmp_path: Path, command: str) -> None:
    outcome = narrate(tmp_path, command, "--help")
    assert outcome.code == 0
    assert f"narrate {command}" in outcome.out
    assert "Example" in outcome.out


def test_the_command_is_installed_and_says_its_version(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("narrate")
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("narrate ")
    assert narrate_process(tmp_path, "--help").code == 0


def test_completion_is_offered(tmp_path: Path) -> None:
    assert "--install-completion" in narrate(tmp_path, "--help").out


def test_outside_a_show_the_way_in_is_named(tmp_path: Path) -> None:
    outcome = narrate(tmp_path, "build")
    assert outcome.code == 3
    assert "narrate init" in outcome.err
    assert len(outcome.err.strip().splitlines()) <= 2


def test_a_new_show_builds_at_once(tmp_path: Path) -> None:
    show = tmp_path / "my show"
    made = narrate_process(tmp_path, "init", str(show), "--yes", "--author", "Ada")
    assert made.code == 0
    assert "narrate build" in made.out
    built = narrate_process(show, "build")
    assert built.code == 0, built
    for lang in ("de", "en"):
        assert (show / f"output/welcome.{lang}.mp3").exists()
        assert (show / f"output/welcome.{lang}.m4b").exists()
        assert (show / f"output/feed.{lang}.xml").exists()
    titles = {
        (show / f"output/feed.{lang}.xml").read_text().split("<title>")[1][:40]
        for lang in ("de", "en")
    }
    assert len(titles) == 2


def test_a_folder_in_use_is_not_overwritten(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    before = snapshot(show)
    outcome = narrate(tmp_path, "init", str(show))
    assert outcome.code == 2
    assert snapshot(show) == before


def test_chapters_show_both_languages_and_why(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    shorter = "---\ntitle: One\n---\nOnly an opening here.\n\n## More\n\nText.\n"
    write_article(show, "first.en.md", shorter)
    outcome = narrate(show, "chapters", "first")
    assert outcome.code == 0
    assert "different numbers of chapters: Deutsch 3, English 2" in outcome.err
    side_by_side = next(line for line in outcome.out.splitlines() if "Introduction (" in line)
    assert "Einleitung (" in side_by_side
    found = json.loads(narrate(show, "chapters", "--json").out)
    german = found["articles"][0]["languages"]["de"]["chapters"]
    assert [chapter["number"] for chapter in german] == [1, 2, 3]
    assert german[1]["state"] == "3 of 3 to speak"
    assert german[1]["start_s"] is None
    assert all(chapter["why"] for chapter in german)


def test_chapters_of_a_built_article_have_times(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    assert narrate(show, "build", "--lang", "de").code == 0
    found = json.loads(narrate(show, "chapters", "--json", "--lang", "de").out)
    chapters = found["articles"][0]["languages"]["de"]["chapters"]
    listed = json.loads((show / "output/first.de.chapters.json").read_bytes())["chapters"]
    for chapter, mark in zip(chapters, listed, strict=True):
        assert chapter["state"] == "built"
        assert chapter["start_s"] == pytest.approx(mark["startTime"], abs=0.001)
        assert chapter["length_s"] == pytest.approx(mark["endTime"] - mark["startTime"], abs=0.002)


def test_voices_are_listed_with_what_they_lack(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    lacking = 'lang = "de"\nengine = "coqui"\nmodel = "no.pth"\nconfig = "no.json"\n'
    (show / "voices/lacking.toml").write_text(lacking, encoding="utf-8")
    listed = {voice["name"]: voice for voice in json.loads(narrate(show, "voices", "--json").out)}
    assert listed["tone-de"]["ready"]
    assert listed["tone-de"]["used"]
    assert not listed["lacking"]["ready"]
    assert "configuration is missing" in listed["lacking"]["missing"]
    assert (
        "tone-de: Deutsch, tone, CC0, used by this show, ready"
        in narrate(show, "voices", "--plain").out
    )


def test_say_writes_what_was_said(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    target = tmp_path / "said.wav"
    outcome = narrate(show, "say", "Ein Satz. Noch einer.", "--lang", "de", "-o", str(target))
    assert (outcome.code, outcome.out) == (0, f"{target}\n")
    samples, rate = soundfile.read(target)
    assert rate == 22_050
    assert len(samples) / rate > 1
    assert np.abs(samples).max() > 0.1


def test_say_takes_the_language_of_a_voice_that_is_named(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    target = tmp_path / "said.wav"
    assert narrate(show, "say", "Two words.", "--voice", "tone-en", "-o", str(target)).code == 0
    assert target.exists()
    other = narrate(show, "say", "Two words.", "--voice", "tone-en", "--lang", "de")
    assert (other.code, "Use `--lang en`." in other.err) == (2, True)
    neither = narrate(show, "say", "Two words.")
    assert (neither.code, "Add `--lang LANG` or `--voice NAME`." in neither.err) == (2, True)
    settings = show / "narrate.toml"
    settings.write_text(f'languages = ["en"]\n{settings.read_text("utf-8")}', encoding="utf-8")
    assert narrate(show, "say", "Two words.", "-o", str(target)).code == 0


def test_say_reports_what_cannot_be_said(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    outcome = narrate(show, "say", "สวัสดี", "--lang", "de")
    assert outcome.code == 2
    assert "nothing in this text" in outcome.err


def test_doctor_names_versions_and_paths(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    facts = json.loads(narrate(show, "doctor", "--json").out)
    assert facts["narrate"]
    assert "ffmpeg" in facts["ffmpeg"] or facts["ffmpeg"][0].isdigit()
    assert facts["engines"] == "coqui, espeak, pico, tone"
    assert facts["show"] == str(show.resolve())
    assert facts["your cache"] == str(cache_folder())
    assert facts["onnxruntime"][0].isdigit()
    assert "coqui-tts: 0." in narrate(show, "doctor").out


@pytest.mark.parametrize("environment", [{"NARRATE_PLAIN": "1"}, {"TERM": "dumb"}])
def test_plain_output_has_no_boxes_columns_or_colours(
    tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    show = make_pair(tmp_path)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    for arguments in (("build",), ("chapters",), ("voices",)):
        outcome = narrate(show, *arguments)
        assert outcome.code == 0
        assert not set(outcome.out) & set("│─━┃\x1b\r")
        assert "   " not in outcome.out.replace("\n  ", "\n")


def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    import os  # noqa: PLC0415
    import signal  # noqa: PLC0415
    import time  # noqa: PLC0415

    show = make_pair(tmp_path)
    text = "---\ntitle: Long\n---\n" + "\n\n".join(
        f"This is sentence number {n} of a long article." for n in range(2_000)
    )
    write_article(show, "long.en.md", text)
    build = subprocess.Popen(
        [sys.executable, "-m", "narrate", "build", "long", "--jobs", "1"],
        cwd=show,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    clips = show / ".narrate/clips"
    deadline = time.monotonic() + 60
    # A name that begins with a dot is a file that is still being written.
    while not list(clips.rglob("[!.]*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(build.pid, signal.SIGINT)
    _, err = build.communicate(timeout=60)
    assert build.returncode == 130
    assert "Interrupted" in err
    assert "Traceback" not in err
    assert list(clips.rglob("[!.]*.json"))
    assert not (show / "output/long.en.mp3").exists()


# --- where output goes ------------------------------------------------------------------------


def in_shell(show: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m narrate {command}'],
        cwd=show,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    "command",
    [
        "text - --lang de <&-",
        "text - --lang de </dev/null >&-",
        "lexicon list >&-",
        "text 2>&- >&-",
    ],
)
def test_closed_streams_are_no_error(tmp_path: Path, command: str) -> None:
    done = in_shell(make_pair(tmp_path), command)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command", ["echo eins | {} text - --lang de", "{} text --plain", "{} lexicon list"]
)
def test_a_full_disk_behind_the_output_is_told(tmp_path: Path, command: str) -> None:
    show = make_pair(tmp_path)
    done = subprocess.run(
        ["/bin/sh", "-c", command.format(f"{sys.executable} -m narrate") + " > /dev/full"],
        cwd=show,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: what is printed cannot be written: no space left")
    assert "Traceback" not in done.stderr


def test_what_a_terminal_has_no_character_for_is_printed_as_json_writes_it(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    write_article(show, "tier.de.md", "# Tier\n\nDie Bären 😀 freuen sich.\n")
    told = in_shell(show, "text tier --plain", PYTHONIOENCODING="ascii")
    assert told.returncode == 0
    assert "Die B\\u00e4ren" in told.stdout
    lines = in_shell(show, "text tier --json", PYTHONIOENCODING="ascii").stdout.splitlines()
    assert json.loads(lines[-1])["written"] == "Die Bären 😀 freuen sich."
