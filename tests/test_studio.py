"""What the studio does is what the commands do, and nobody but its page can have it done."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from narrate.build import Workspace, heard_episode, locked_workspace
from narrate.sound import read_sound
from shows import SETTINGS, edit, make_show, narrate, snapshot, write_article
from studio_client import Studio, studio_of

FIRST_OF_TWO = "Something stands here."
HERE = ("first", "--lang", "en", "--chapter", "2", "--sentence", "2")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def studio(show: Path) -> Iterator[Studio]:
    """A studio of a show of its own."""
    with studio_of(show) as one:
        yield one


def time_of(show: Path, text: str) -> float:
    """The middle of a sentence of the English episode."""
    episode = heard_episode(Workspace.open(show), "first", "en")
    [line] = [line for line in episode.lines if line.line.text == text]
    return episode.seconds((line.start_frame + line.end_frame) // 2)


def published(show: Path) -> dict[str, bytes]:
    """Everything of the show but what it works with."""
    return {n: data for n, data in snapshot(show).items() if not n.startswith(".narrate/")}


def test_the_page_is_told_of_show_and_episode(open_studio: tuple[Studio, Path]) -> None:
    studio, _ = open_studio
    show = studio.ask("api/show").json
    assert [(one["key"], one["lang"]) for one in show["episodes"]] == [
        ("first", "de"),
        ("first", "en"),
    ]
    assert [one["title"] for one in show["languages"]] == ["Die Töne", "The Tones"]
    episode = studio.ask("api/episode?key=first&lang=en").json
    assert [one["title"] for one in episode["chapters"]][1] == "The First Chapter"
    sentences = [one for chapter in episode["chapters"] for one in chapter["sentences"]]
    assert FIRST_OF_TWO in [one["text"] for one in sentences]
    starts = [one["start"] for one in sentences]
    assert starts == sorted(starts)
    assert starts[-1] < episode["seconds"]
    assert all(one["start"] < one["end"] for one in sentences)


def test_a_sentence_is_read_again_as_the_command_does_it(
    show: Path, tmp_path: Path, studio: Studio
) -> None:
    other = Path(shutil.copytree(show, tmp_path / "other"))
    at = time_of(show, FIRST_OF_TWO)
    [change] = studio.do("regenerate", key="first", lang="en", at=at)["changes"]
    assert (change["text"], change["takes"], change["changed"]) == (FIRST_OF_TWO, [1], True)
    assert narrate(other, "regenerate", *HERE).code == 0
    assert published(show) == published(other)

    takes = studio.ask(f"api/takes?key=first&lang=en&at={change['starts_s'][0] + 0.1}").json
    assert [one["chosen"] for one in takes["takes"]] == [False, True]
    assert takes["varies"]
    studio.do("regenerate", key="first", lang="en", at=at, take=0)
    assert narrate(other, "regenerate", *HERE, "--take", "0").code == 0
    assert published(show) == published(other)


def test_a_take_is_heard_and_nothing_changes(show: Path, tmp_path: Path, studio: Studio) -> None:
    before = published(show)
    at = time_of(show, FIRST_OF_TWO)
    address = studio.do("listen", key="first", lang="en", at=at, take=3)["sound"]
    reply = studio.ask(address)
    assert (reply.status, reply.headers["content-type"]) == (200, "audio/wav")
    assert published(show) == before
    (tmp_path / "heard.wav").write_bytes(reply.body)
    command = ("takes", *HERE, "--listen", "3", "-o", str(tmp_path / "command.wav"))
    assert narrate(show, *command).code == 0
    assert read_sound(tmp_path / "heard.wav") == read_sound(tmp_path / "command.wav")
    first = studio.ask(address, headers={"Range": "bytes=0-3"})
    assert (first.status, first.body) == (206, b"RIFF")


def test_a_word_is_tried_kept_and_forgotten(show: Path, tmp_path: Path, studio: Studio) -> None:
    other = Path(shutil.copytree(show, tmp_path / "other"))
    before = published(show)
    word = {"word": "sentence", "lang": "en", "reading": "phrase"}
    tried = studio.do("teach", **word, keep=False)
    assert tried["spoken"] == "Here is phrase in a phrase."
    assert published(show) == before

    kept = studio.do("teach", **word)
    assert [(use["article"], use["sentences"]) for use in kept["uses"]] == [
        ("articles/first.en.md", 2)
    ]
    assert narrate(other, "lexicon", "add", "sentence", "phrase", "-l", "en", "--no-play").code == 0
    assert published(show) == published(other)
    [entry] = studio.ask("api/lexicon").json["entries"]
    assert (entry["word"], entry["reading"], entry["lang"]) == ("sentence", "phrase", "en")
    assert studio.do("build")["written"] == 1
    assert narrate(other, "build").code == 0
    assert published(show) == published(other)

    studio.do("forget", word="sentence", lang="en")
    assert studio.ask("api/lexicon").json == {"entries": []}
    told = studio.end_of(studio.begin("forget", word="sentence", lang="en"))
    assert (told["state"], told["error"]["what"]) == ("failed", "there is no “sentence”")


def test_a_text_is_said(open_studio: tuple[Studio, Path]) -> None:
    studio, _ = open_studio
    said = studio.do("say", text="It costs $3.", lang="en")
    assert said["spoken"] == "It costs three dollars."
    assert studio.ask(said["sound"]).body.startswith(b"RIFF")


def test_the_lock_of_another_build_is_respected_with_words(
    open_studio: tuple[Studio, Path],
) -> None:
    studio, show = open_studio
    before = snapshot(show / "output")
    with locked_workspace(show):
        for kind, order in (
            ("build", {}),
            ("regenerate", {"key": "first", "lang": "en", "chapter": 2}),
        ):
            told = studio.end_of(studio.begin(kind, **order))
            assert told["state"] == "failed"
            assert "another build of this show is running" in told["error"]["what"]
    assert snapshot(show / "output") == before


@pytest.mark.parametrize(
    ("order", "complaint"),
    [
        ({"key": "first", "lang": "en", "chapter": 9}, "there is no chapter 9"),
        ({"key": "nothing", "lang": "en", "chapter": 1}, "no article matches “nothing”"),
        ({"key": "first", "lang": "en", "at": 9e3}, "the episode ends at"),
        ({"key": "first", "lang": "en", "chapter": 2, "voice": "tone-de"}, "speaks “de”"),
        (
            {"key": "first", "lang": "en", "chapter": 2, "chapter_id": "another"},
            "chapters are others",
        ),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    open_studio: tuple[Studio, Path], order: dict[str, object], complaint: str
) -> None:
    studio, show = open_studio
    before = published(show)
    told = studio.end_of(studio.begin("regenerate", **order))
    assert told["state"] == "failed"
    assert complaint in told["error"]["what"]
    assert published(show) == before


def test_an_article_that_fails_is_told_and_the_other_is_built(show: Path, studio: Studio) -> None:
    write_article(show, "first.de.md", "---\ntitle: [\n---\nEin Satz.\n")
    edit(show / "articles/first.en.md", FIRST_OF_TWO, "It went.")
    told = studio.end_of(studio.begin("build"))
    assert (told["state"], told["result"]) == ("failed", {"written": 1})
    assert "first.de.md" in told["error"]["where"]


def test_a_broken_show_is_told(show: Path, studio: Studio) -> None:
    (show / "takes.toml").write_text("schema = ", encoding="utf-8")
    reply = studio.ask("api/show")
    assert (reply.status, reply.json["error"]["where"]) == (422, "takes.toml")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("regenerate", b'{"key": "first", "lang": "en", "at": NaN}'),
        ("regenerate", b'{"key": "first", "lang": "en", "at": 1e999}'),
        ("regenerate", b'{"key": "first", "lang": "en"}'),
        ("regenerate", b'{"key": "first", "lang": "en", "chapter": 1, "take": -1}'),
        ("regenerate", b'{"key": "../x", "lang": "en", "chapter": 1}'),
        ("regenerate", b'{"key": "", "lang": "en", "chapter": 1}'),
        ("say", b'{"text": "\\ud800", "lang": "en"}'),
        ("say", b'{"text": "a", "lang": "../en"}'),
        ("say", b'{"text": 1, "lang": "en"}'),
        ("say", json.dumps({"text": "a" * 5_001, "lang": "en"}).encode()),
        ("build", b'{"key": true}'),
        ("build", b"[" * 60_000),
        ("build", b"\xff"),
        ("build", b""),
        ("format", b"{}"),
    ],
)
def test_orders_that_no_page_gives_are_refused(
    open_studio: tuple[Studio, Path], kind: str, body: bytes
) -> None:
    studio, _ = open_studio
    before = studio.progress()
    reply = studio.ask(f"api/tasks/{kind}", method="POST", body=body)
    assert (reply.status, set(reply.json)) == (422, {"error"})
    assert studio.progress() == before


def test_too_much_is_refused(open_studio: tuple[Studio, Path]) -> None:
    reply = open_studio[0].ask("api/tasks/build", method="POST", body=b" " * 70_000)
    assert reply.status == 413


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 403),
        ("GET", "/wrong-key/api/show", {}, 403),
        ("POST", "/wrong-key/api/tasks/build", {}, 403),
        ("GET", "api/show", {"Host": "evil.example"}, 421),
        ("GET", "api/show", {"Host": ""}, 400),
        ("GET", "api/show", {"Sec-Fetch-Site": "cross-site"}, 403),
        ("POST", "api/tasks/build", {"Origin": "http://evil.example"}, 403),
        ("POST", "api/tasks/build", {"Origin": "null"}, 403),
        ("POST", "api/tasks/build", {"Origin": ""}, 403),
        ("POST", "api/tasks/build", {"Host": "evil.example", "Origin": "http://evil.example"}, 421),
        ("POST", "api/tasks/build", {"Content-Type": "text/plain"}, 415),
        ("POST", "api/stop", {"Origin": "http://127.0.0.1:1"}, 403),
        ("PUT", "api/tasks/build", {}, 405),
        ("OPTIONS", "api/tasks/build", {"Origin": "http://evil.example"}, 405),
        ("GET", "api/nothing", {}, 404),
        ("GET", "audio/../narrate.toml", {}, 404),
        ("GET", "audio/%2e%2e%2fnarrate.toml", {}, 404),
        ("GET", "audio/feed.en.xml", {}, 404),
        ("GET", "sounds/..%2f1.wav", {}, 404),
        ("GET", "sounds/", {}, 404),
        ("GET", "api/episode?key=..%2Fx&lang=en", {}, 422),
        ("GET", "api/takes?key=first&lang=en&at=nan", {}, 422),
    ],
)
def test_nobody_else_is_let_in(
    open_studio: tuple[Studio, Path], method: str, path: str, headers: dict[str, str], status: int
) -> None:
    studio, _ = open_studio
    before = studio.progress()
    body = b"{}" if method in {"POST", "PUT"} else None
    reply = studio.ask(path, method=method, body=body, headers=headers)
    assert reply.status == status
    assert "access-control-allow-origin" not in reply.headers
    assert studio.progress() == before


def test_every_answer_forbids_foreign_frames_and_scripts(open_studio: tuple[Studio, Path]) -> None:
    for path in ("", "studio.js", "dom.js", "api/show", "/wrong-key/"):
        policy = open_studio[0].ask(path).headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)


def test_the_sound_of_an_episode_comes_in_parts(open_studio: tuple[Studio, Path]) -> None:
    studio, show = open_studio
    audio = studio.ask("api/episode?key=first&lang=en").json["audio"]
    part = studio.ask(audio, headers={"Range": "bytes=100-199"})
    assert part.status == 206
    assert part.body == (show / "output/first.en.mp3").read_bytes()[100:200]


def make_long_show(folder: Path) -> Path:
    """A show whose build takes a while, episode by episode."""
    show = make_show(folder, 'formats = ["mp3"]\n' + SETTINGS)
    for number in range(8):
        lines = "\n\n".join(f"Sentence {line} of article {number}." for line in range(4))
        text = f"---\ntitle: Article {number}\ndate: 2024-05-01\n---\n{lines}\n"
        write_article(show, f"a{number:02}.en.md", text)
    return show


def wait_for(path: Path) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_one_thing_at_a_time_and_it_can_be_stopped(tmp_path: Path) -> None:
    show = make_long_show(tmp_path / "show")
    with studio_of(show) as studio:
        running = studio.begin("build")
        wait_for(show / "output/feed.en.xml")
        second = studio.begin("say", text="Hello.", lang="en")
        assert second.status == 422
        assert second.json["error"]["what"] == ("the studio is busy: building whatever has changed")
        assert studio.progress()["of"] > 0
        assert studio.ask("api/show").json["episodes"] is not None
        stop = studio.ask("api/stop", method="POST", body=b"{}")
        assert stop.json == {"stopped": True}
        assert studio.end_of(running)["state"] == "stopped"
        finished = len(list((show / "output").glob("*.mp3")))
        assert 1 <= finished < 8
        assert not list((show / "output").glob(".*"))
        assert len(studio.ask("api/show").json["episodes"]) == finished
        # What was stopped can be taken up again.
        assert studio.do("build")["written"] == 8 - finished
        assert studio.ask("api/stop", method="POST", body=b"{}").json == {"stopped": False}
        assert studio.do("build")["written"] == 0


def test_ctrl_c_ends_a_build_as_the_command_does(tmp_path: Path) -> None:
    show = make_long_show(tmp_path / "show")
    with studio_of(show) as studio:
        studio.begin("build")
        wait_for(show / "output/feed.en.xml")
        studio.process.send_signal(signal.SIGINT)
        _, err = studio.process.communicate(timeout=60)
    assert studio.process.returncode == 130
    assert err == "Interrupted. What was done is kept; the same command goes on.\n"
    assert not list((show / "output").glob(".*"))
    with locked_workspace(show):
        pass


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_an_idle_studio_ends_without_a_word(show: Path, asked: signal.Signals) -> None:
    before = published(show)
    with studio_of(show) as studio:
        assert studio.ask("").status == 200
        studio.process.send_signal(asked)
        _, err = studio.process.communicate(timeout=30)
    assert (studio.process.returncode, err) == (0, "")
    assert published(show) == before


def test_a_port_in_use_is_told(show: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        outcome = narrate(show, "studio", "--port", str(port))
    assert outcome.code == 2
    assert f"another program listens on port {port}" in outcome.err


def test_a_folder_without_a_show_is_told(tmp_path: Path) -> None:
    outcome = narrate(tmp_path, "studio")
    assert outcome.code == 3
    assert "there is no narrate.toml" in outcome.err
