"""Passages in the other language: marked by hand, or whole paragraphs that are recognised."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import read, script_of
from narrate.ingest import read_article
from narrate.ingest.language import other_language
from narrate.ingest.markdown import parse_markdown
from narrate.model import ArticleFile, Document
from narrate.spoken import Foreign, speak_text
from shows import make_show, narrate, write_article
from writing import solid

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "articles"
ENGLISH = (
    "This is what they wrote in 1984: there were 20 of them, and they have had to share "
    "the house with the 3 others that came from the city. It cost them $3.50."
)
GERMAN = (
    "So steht es im Bericht von 1984: Es waren 20, und sie mussten sich das Haus mit den 3 anderen "
    "teilen, die aus der Stadt kamen. Es kostete sie 3,50 €."
)


def foreign(text: str) -> list[str]:
    """What of a Markdown text is marked as English."""
    pieces = [piece for block in parse_markdown(text, 1) for piece in block.pieces]
    return [piece.text.strip() for piece in pieces if piece.lang == "en" and piece.text.strip()]


def said(folder: Path, text: str, name: str = "text.de.md") -> str:
    """The spoken form of an article's text."""
    script = script_of(folder, text, name)
    return " ".join(one.spoken for chapter in script.chapters for one in chapter.utterances)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Er rief <span lang="en">Come at 5!</span> und ging.', ["Come at 5!"]),
        ("Er rief <i lang=en-GB class=x>Come <b>at</b> 5</i>.", ["Come", "at", "5"]),
        ('Im <q xml:lang="en">Hall of 3</q> und <br lang="en"> hier.', ["Hall of 3"]),
        ('<p lang="en">One 1.</p>\n\nZwei 2.', ["One 1."]),
        ('<div lang="en">\n\nOne *1*.\n\n## Two 2\n\n</div>\n\nDrei.', ["One", "1", ".", "Two 2"]),
        ("Das [Hall of 3]{lang=en} hier.", ["Hall of 3"]),
        ('Das [Hall [of] 3]{.x lang="en" y=z} hier.', ["Hall [of] 3"]),
        ("Das *Hall*{lang=en}, **Area 51**{lang=en} und [Route](http://x.y){lang=en}.",
         ["Hall", "Area 51", "Route"]),
        ("## The 39 Steps {lang=en}\n\nGut.", ["The 39 Steps"]),
        ("{lang=en}\nThe 39 Steps.\n\nGut.", ["The 39 Steps."]),
        ("> It was 5. {lang=en}", ["It was 5."]),
        ('A <span lang="en">b <span lang="de">c</span> d</span> e', ["b", "d"]),
        ("A [b]{lang=fr} c", []),
        ("A {lang=en} c", []),
        ("A [b]{.klasse} c {klasse}", []),
        ("A `x]{lang=en}` c", []),
        (r"A \[b\]{lang=en} c", []),
    ],
)  # fmt: skip
def test_what_is_marked(text: str, expected: list[str]) -> None:
    assert foreign(text) == expected


def test_marks_are_left_out_and_text_is_not(tmp_path: Path) -> None:
    document = read(tmp_path, "Das [Hall 3]{lang=en} und {lang} hier.\n", "text.de.md")
    assert document.blocks[0].text == "Das Hall 3 und {lang} hier."
    assert [p.source for p in document.blocks[0].pieces if p.rule == "markup"] == [
        "[",
        "]{lang=en}",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er sagte: <i lang=en>We sold 3 cars.</i> Danach kamen 4.",
         "Er sagte: We sold three cars. Danach kamen vier."),
        ("Die <i lang=en>Top 10</i> kosten 10 €.", "Die Top ten kosten zehn Euro."),
        ("Aus den <i lang=en>U.S.</i> kamen 2.", "Aus den U S kamen zwei."),
        ("Es gab <i lang=en>3 apples, e.g. 2 red ones</i>, und 1 Birne.",
         "Es gab three apples, for example two red ones, und eine Birne."),
        ("<span lang=en>It was 5 p.m. on 3 May. She left.</span>",
         "It was five P M on the third of May. She left."),
        ("(<i lang=en>No. 5</i>) blieb.", "number five, blieb."),
    ],
)  # fmt: skip
def test_passages_are_said_by_the_rules_of_their_language(
    tmp_path: Path, text: str, expected: str
) -> None:
    assert said(tmp_path, text) == expected


def test_german_in_an_english_article(tmp_path: Path) -> None:
    text = "He wrote [am 3. Mai um 14:30 Uhr]{lang=de} on 3 May."
    assert said(tmp_path, text, "text.en.md") == (
        "He wrote am dritten Mai um vierzehn Uhr dreißig on the third of May."
    )


def test_a_whole_paragraph_is_recognised_and_told(tmp_path: Path) -> None:
    text = f"Hier steht es.\n\n{ENGLISH}\n\nSo war es 1984.\n"
    document = read(tmp_path, text, "text.de.txt")
    assert [block.pieces[0].lang for block in document.blocks] == ["", "en", ""]
    assert any("the paragraph in line 3 is in English" in note for note in document.warnings)
    assert "nineteen eighty-four" in said(tmp_path, text, "text.de.txt")
    assert "neunzehnhundertvierundachtzig" in said(tmp_path, text, "text.de.txt")
    show = make_show(tmp_path / "show")
    write_article(show, "one.de.txt", text)
    for command in (("chapters",), ("text", "--plain"), ("build",)):
        outcome = narrate(show, *command)
        assert outcome.code == 0
        assert "the paragraph in line 3 is in English" in outcome.err


def test_the_author_has_the_last_word(tmp_path: Path) -> None:
    text = f"Hier steht es.\n\n{ENGLISH} {{lang=de}}\n"
    assert "nineteen" not in said(tmp_path, text)
    assert not read(tmp_path, text, "text.de.md").warnings[1:]


def test_an_article_in_the_wrong_language_gets_one_warning(tmp_path: Path) -> None:
    document = read(tmp_path, f"# A\n\n{ENGLISH}\n\n{ENGLISH}\n", "text.de.md")
    assert len(document.warnings) == 1
    assert not any(piece.lang for block in document.blocks for piece in block.pieces)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (ENGLISH, "de", "en"),
        (GERMAN, "en", "de"),
        (ENGLISH, "en", ""),
        (GERMAN, "de", ""),
        (f"{ENGLISH} {GERMAN}", "de", ""),
        (f"Er sagte: „{ENGLISH}“ Das war es dann auch schon mit der Rede.", "de", ""),
        ("The house of the rising sun.", "de", ""),
        ("Der Film „The Lord of the Rings: The Return of the King“ lief lange und gut.", "de", ""),
        ("Apple Google Microsoft Amazon Meta Nvidia Tesla OpenAI Sora Kuaishou Xiaomi Zhipu Baidu",
         "de", ""),
        ("", "de", ""),
    ],
)  # fmt: skip
def test_what_counts_as_another_language(text: str, lang: str, expected: str) -> None:
    assert other_language(text, lang) == expected


def documents() -> list[Document]:
    paths = [*(ROOT / "articles").glob("*.*.*"), *REAL.glob("*.txt")]
    paths += (ROOT / "tests" / "golden").glob("*/*.??.??*")
    found = []
    for path in paths:
        key, lang, suffix = path.name.split(".", maxsplit=2)
        if lang in ("de", "en") and suffix in ("md", "txt"):
            found.append(read_article(ArticleFile(path, path.name, key, lang)))
    return found


def test_nothing_is_recognised_in_real_articles() -> None:
    found = documents()
    assert len(found) >= 5
    for document in found:
        for block in document.blocks:
            assert not any(piece.lang for piece in block.pieces), (document.file, block.line)


_WORDS = ["Der", "Satz.", "ist", "3", "of", "5%", "e.g.", "„ja“", "\ue0f1", "中", "U.S.", "  ", "-"]


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(st.sampled_from(_WORDS), max_size=30),
    cuts=st.lists(st.integers(0, 120), max_size=6, unique=True).map(sorted),
    most=st.sampled_from([40, 300]),
)
def test_nothing_is_lost_around_passages(words: list[str], cuts: list[int], most: int) -> None:
    text = " ".join(words).strip()
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    passages = [Foreign(a, min(b, len(text)), "en") for a, b in pairs if a < len(text)]
    pieces = speak_text(text, "de", most, foreign=passages)
    assert solid("".join(piece.text for piece in pieces)) == solid(text)
    for piece in pieces:
        assert len(piece.spoken) <= most
        assert not any(char.isdigit() or "\ue000" <= char <= "\uf8ff" for char in piece.spoken)


@pytest.mark.parametrize(
    "text",
    [
        "[a]{lang=en} " * 10_000,
        "]{lang=en}" * 10_000,
        "[" * 10_000 + "]{lang=en}" * 10_000,
        "<b>" * 10_000 + "</i>" * 10_000 + '<i lang="en">' * 10_000,
        "{ lang=" * 10_000,
        '<span lang="en">' * 10_000,
    ],
)
def test_many_marks_take_a_moment(text: str) -> None:
    begun = time.perf_counter()
    blocks = parse_markdown(text, 1)
    assert solid("".join(p.source for b in blocks for p in b.pieces)) == solid(text)
    assert time.perf_counter() - begun < 20
