"""``narrate text``: what is written beside what is said, and lines from standard input."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golden_files import same_as_golden
from narrate.build import Selection, Workspace, make_plan
from narrate.build.run import _places
from narrate.cli.text_lines import say_lines, split_lines
from narrate.spoken import sentences, spoken_form
from shows import make_pair, make_show, narrate, narrate_process, write_article
from writing import solid

REAL = Path(__file__).parents[2] / "shared" / "articles"
FOLDER = Path(__file__).parent / "golden" / "text"
ARTICLES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".md", ".txt"))


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_show(tmp_path_factory.mktemp("show"))
    for article in ARTICLES:
        shutil.copy(article, folder / "articles")
    return folder


def objects(show: Path, *arguments: str) -> list[dict[str, Any]]:
    outcome = narrate(show, "text", "--json", *arguments)
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


def told(found: list[dict[str, Any]]) -> str:
    """What objects show of an article, in its order, without white space."""
    text = ""
    for one in found:
        written, done = one["written"], 0
        if one["kind"] == "disclosure":
            assert not one["left_out"]
            continue
        for part in one["left_out"]:
            assert part["rule"]
            text += written[done : part["at"]] + part["text"]
            done = part["at"]
        text += written[done:]
    return solid(text)


def through_terminal(show: Path, columns: int, *arguments: str) -> str:
    """What a command prints on a terminal of some width."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "narrate", *arguments],
        cwd=show,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm"},
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    printed = b""
    try:
        while part := os.read(ours, 4096):
            printed += part
    except OSError:  # the other end of a terminal that is closed
        pass
    os.close(ours)
    assert done.wait(timeout=60) == 0
    return printed.decode().replace("\r\n", "\n")


# --- articles ----------------------------------------------------------------------------------


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.name)
def test_plain_lines(show: Path, article: Path) -> None:
    key = article.name.split(".", maxsplit=1)[0]
    outcome = narrate(show, "text", key, "--plain")
    assert outcome.code == 0, outcome.err
    same_as_golden(article.with_name(article.name + ".plain"), outcome.out)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.name)
def test_objects_hold_the_whole_article(show: Path, article: Path) -> None:
    key, lang, _ = article.name.split(".")
    found = objects(show, key)
    assert {(one["article"], one["lang"]) for one in found} == {(key, lang)}
    body = article.read_text(encoding="utf-8").removeprefix("---\ntitle: Tea\n---\n")
    assert told(found) == solid(body)


@pytest.mark.parametrize("name", ["ki-kurzdramen.de.txt", "ki-kurzdramen.en.txt"])
@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real articles are not in {REAL}")
def test_real_articles_are_told_whole_and_in_words(tmp_path: Path, name: str) -> None:
    show = make_show(tmp_path)
    shutil.copy(REAL / name, show / "articles")
    found = objects(show)
    assert told(found) == solid((REAL / name).read_text(encoding="utf-8"))
    for one in found:
        assert re.fullmatch(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ' ,;:.!?-]+", one["spoken"]), one["spoken"]
        assert not re.search(r"[A-Z]{2}|[a-z][A-Z]", one["spoken"]), one["spoken"]


def test_objects_say_what_changed_and_where(show: Path) -> None:
    found = objects(show)
    assert {one["article"] for one in found} == {"tea", "tee"}
    assert any(one["changed"] for one in found)
    for one in found:
        assert not any(char.isdigit() for char in one["spoken"])
        assert one["pause_after_ms"] > 0
        for part in one["changed"]:
            for side in ("written", "spoken"):
                at = part[f"{side}_at"]
                assert one[side][at : at + len(part[side])] == part[side]
    numbers = [(one["article"], one["chapter"], one["sentence"]) for one in found]
    assert len(set(numbers)) == len(numbers)
    assert all(number[1] >= 1 and number[2] >= 1 for number in numbers)


def test_a_heading_that_asks_is_shown_as_heard(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    article = (
        "Das war es.\n\nWomit rettet sich „GPT-5“\n\nHier steht mehr dazu, und der Satz endet.\n"
    )
    write_article(show, "one.de.txt", article)
    out = narrate(show, "text", "--plain").out
    assert "1 (heading) written: Womit rettet sich „[GPT-5]“" in out
    assert "1 (heading) spoken: Womit rettet sich [G P T fünf?]" in out


def test_marks_that_nobody_sees_are_no_change(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    text = "Das \u202eist\u202c ein Wort\u00adteil, <I LANG='en'>dear</I>."
    write_article(show, "one.de.md", f"# Eins\n\n{text}\n")
    out = narrate(show, "text", "--plain").out
    assert "2 as written: Das " in out
    assert "LANG" not in out
    assert "[]" not in out


def test_only_one_chapter_or_language(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    assert {one["lang"] for one in objects(show)} == {"de", "en"}
    found = objects(show, "first", "--lang", "en", "--chapter", "2")
    assert {one["lang"] for one in found} == {"en"}
    assert [one["sentence"] for one in found] == [1, 2, 3]
    assert found[0]["written"] == found[0]["chapter_title"] == "The First Chapter"
    assert narrate(show, "text", "--chapter", "9").code == 2
    assert narrate(show, "text", "fisrt").code == 2


def test_a_sentence_has_the_number_that_messages_call_it(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    selection = Selection(keys=("first",), langs=("en",), in_detail=True)
    episode = make_plan(Workspace.open(show), selection).episodes[0]
    places = _places(episode)
    told = {
        line.utterance.text: places[line.key][1]
        for chapter in episode.chapters
        for line in chapter.utterances
    }
    for one in objects(show, "first", "--lang", "en"):
        place = f"chapter {one['chapter']} “{one['chapter_title']}”, sentence {one['sentence']}"
        assert told[one["written"]].endswith(place)


def test_a_bad_article_is_told_and_the_others_are_shown(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    write_article(show, "bad.en.md", "---\ntitle: [\n---\nText.\n")
    outcome = narrate(show, "text")
    assert outcome.code == 1
    assert "bad.en.md" in outcome.err
    assert "Something stands here." in outcome.out


def test_a_wide_terminal_shows_both_side_by_side(show: Path) -> None:
    printed = through_terminal(show, 120, "text", "tee")
    line = next(line for line in printed.splitlines() if "Tee" in line and "Am" in line)
    assert "\x1b[1;4m3.\x1b[0m" in line
    assert "\x1b[1;4mdritten\x1b[0m" in line
    assert "as written" in printed
    assert "left out, url, line 5: https://example.org/mehr" in " ".join(printed.split())


def test_a_narrow_terminal_shows_one_above_the_other(show: Path) -> None:
    printed = through_terminal(show, 60, "text", "tee")
    lines = printed.splitlines()
    written = next(index for index, line in enumerate(lines) if line.startswith("2. Am "))
    assert lines[written + 1].startswith("→ Am ")
    assert "─" not in printed
    plain = through_terminal(show, 60, "text", "tee", "--plain")
    assert "\x1b" not in plain
    assert "2 spoken: Am [dritten] Oktober" in plain


# --- standard input ----------------------------------------------------------------------------


def piped(data: bytes, *arguments: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "narrate", "text", *arguments],
        input=data,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


LINES = (
    b"Am 3. Mai kostet es 5 \xe2\x82\xac.\r\n"
    b"\n"
    b"Form\x0cfeed, \xe2\x80\xa8 \xff und \x85 z. B. \x00 mehr. Noch 2!\n"
    b"letzte 7"
)


def test_each_line_is_said_on_a_line_of_its_own() -> None:
    code, out, err = piped(LINES, "-", "--lang", "de")
    assert (code, err) == (0, b"")
    assert out.decode() == (
        "Am dritten Mai kostet es fünf Euro.\n\n"
        "Form feed, und zum Beispiel mehr. Noch zwei!\nletzte sieben\n"
    )


def test_each_line_is_divided_into_sentences() -> None:
    text = "Er kam am 3. Mai. Sie ging.\r\n\nForm\x0cfeed. „Ja?“ Ende\u2028gut\n"
    code, out, err = piped(text.encode(), "-", "--lang", "de", "--sentences")
    assert (code, err) == (0, b"")
    assert out.decode() == ("Er kam am 3. Mai.\nSie ging.\n\n\nForm feed.\n„Ja?“\nEnde gut\n\n")


def test_no_line_in_no_line_out() -> None:
    assert piped(b"", "-", "--lang", "en") == (0, b"", b"")
    assert piped(b"\n", "-", "--lang", "en") == (0, b"\n", b"")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("-",), "Add `--lang de` or `--lang en`."),
        (("-", "--lang", "de", "--lang", "en"), "Add `--lang de` or `--lang en`."),
        (("-", "--lang", "fr"), "Choose de or en."),
        (("-", "moon", "--lang", "de"), "moon"),
        (("-", "--lang", "de", "--chapter", "2"), "--chapter"),
        (("-", "--lang", "de", "--json"), "--json"),
        (("--sentences",), "narrate text - --sentences"),
    ],
)
def test_wrong_usage_is_told(tmp_path: Path, arguments: Sequence[str], told: str) -> None:
    outcome = narrate(tmp_path, "text", *arguments)
    assert outcome.code == 2
    assert told in outcome.err
    assert outcome.out == ""


def test_lines_are_answered_one_by_one() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "narrate", "text", "-", "--lang", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as talk:
        assert talk.stdin is not None
        assert talk.stdout is not None
        for asked, answer in ((b"2 cups\n", b"two cups\n"), (b"5%\n", b"five percent\n")):
            talk.stdin.write(asked)
            talk.stdin.flush()
            assert talk.stdout.readline() == answer
        talk.stdin.close()
        assert talk.wait(timeout=30) == 0


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"yes 'Am 3. Mai' | {sys.executable} -m narrate text - --lang de | head -n 1"
    done = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("Am dritten Mai\n", "")


class Sink(io.BytesIO):
    """Forgets what is written, but not how many lines."""

    lines = 0

    def write(self, data: Any, /) -> int:
        self.lines += bytes(data).count(b"\n")
        return len(data)


class Source(io.BytesIO):
    """As many lines as are asked for, and none of them kept."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._left = lines

    def __next__(self) -> bytes:
        if not self._left:
            raise StopIteration
        self._left -= 1
        return f"Zeile {self._left}{' ' * 10_000}endet.\n".encode()


def test_memory_does_not_grow_with_the_lines() -> None:
    say_lines(Source(5), Sink(), "de")
    tracemalloc.start()
    sink = Sink()
    say_lines(Source(150), sink, "de")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sink.lines == 150
    assert peak < 1_000_000  # all lines have 1,500,000 bytes


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=80).map(str.encode))
def test_as_many_lines_come_out_as_go_in(data: bytes) -> None:
    lines = data.count(b"\n") + bool(data and not data.endswith(b"\n"))
    said, divided = io.BytesIO(), io.BytesIO()
    say_lines(io.BytesIO(data), said, "de")
    assert len(said.getvalue().decode().splitlines()) == said.getvalue().count(b"\n") == lines
    split_lines(io.BytesIO(data), divided, "de")
    out = divided.getvalue().decode()
    assert len(out.splitlines()) == out.count("\n")
    assert out.splitlines().count("") == lines
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    assert "".join(out.split()) == "".join(text.split())


def test_a_line_is_said_as_a_build_says_it() -> None:
    line = "Dr. Ax kam am 3. Mai, d. h. spät. Er blieb bis 14:30 Uhr usw. Danach ging er."
    said = io.BytesIO()
    say_lines(io.BytesIO(line.encode()), said, "de")
    expected = " ".join(spoken_form(one, "de").spoken for one in sentences(line, "de"))
    assert said.getvalue().decode() == expected + "\n"


def test_in_a_show_its_lexicon_holds(tmp_path: Path) -> None:
    show = make_show(tmp_path)
    (show / "lexicon.de.toml").write_text('Xiaomi = "Schau-mi"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "narrate", "text", "-", "--lang", "de"],
        cwd=show,
        input="Xiaomi baut 3.\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "Schau-mi baut drei.\n")
    nowhere = narrate(tmp_path.parent, "text", "-", "--lang", "de")
    assert nowhere.code == 3


def test_it_works_outside_a_show(tmp_path: Path) -> None:
    assert narrate_process(tmp_path, "text", "--lang", "de").code == 3
    done = subprocess.run(
        [sys.executable, "-m", "narrate", "text", "-", "--lang", "de"],
        cwd=tmp_path,
        input="3 Äpfel\n",
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "drei Äpfel\n")
