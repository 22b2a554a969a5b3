from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.errors import ShowError
from narrate.model import LANGUAGES
from narrate.project import (
    Takes,
    load_takes,
    save_takes,
)
from settings_files import smallest_show, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return smallest_show(tmp_path / "show")


def test_takes_are_kept_by_article_language_and_sentence(root: Path) -> None:
    takes = load_takes(root).with_take("a", "de", "Ein  Satz.\n", 2).with_take("b", "en", "One.", 1)
    save_takes(root, takes)
    again = load_takes(root)
    assert again == takes
    assert again.of("a", "de").number("Ein Satz.") == 2
    assert again.of("a", "en").number("Ein Satz.") == 0
    assert again.of("b", "de").number("Ein Satz.") == 0


def test_an_earlier_take_is_chosen_and_the_highest_remembered(root: Path) -> None:
    takes = Takes().with_take("a", "de", "x", 3).with_take("a", "de", "x", 0)
    save_takes(root, takes)
    own = load_takes(root).of("a", "de")
    assert (own.number("x"), own.last("x")) == (0, 3)
    only_here = takes.with_take("a", "de", "x", 4, "chapter").of("a", "de")
    assert [only_here.number("x"), only_here.number("x", "chapter")] == [0, 4]
    assert only_here.last("x") == 4


def test_the_voice_of_a_chapter_is_kept_and_taken_away(root: Path) -> None:
    takes = Takes().with_voice("a", "de", "licht", "eva").with_take("b", "en", "x", 1)
    save_takes(root, takes)
    assert load_takes(root) == takes
    assert takes.of("a", "de").voices == {"licht": "eva"}
    assert takes.with_voice("a", "de", "licht", "") == Takes().with_take("b", "en", "x", 1)


def test_a_take_goes_with_its_sentence_to_another_chapter() -> None:
    own = Takes().with_take("a", "de", "x", 2, "one").with_take("a", "de", "x", 5, "two")
    takes = own.of("a", "de")
    moved = takes.in_chapters({"one": ["y"], "two": ["x"], "three": ["x", "z"]})
    assert [moved.number("x", chapter) for chapter in ("one", "two", "three")] == [0, 5, 2]
    assert takes.in_chapters({"one": ["y"], "two": ["x"]}).number("x", "two") == 5
    unclear = takes.in_chapters({"two": ["x"], "three": ["x"], "four": ["x"]})
    assert [unclear.number("x", chapter) for chapter in ("three", "four")] == [0, 0]


OLDER = 'schema = 1\n[[take]]\nkey = "a"\nlang = "de"\ntext = "x"\nnumber = 4\n'


def test_an_older_file_is_read_and_kept_beside_the_new_one(root: Path) -> None:
    path = write(root, "takes.toml", OLDER)
    takes = load_takes(root)
    assert takes == Takes().with_take("a", "de", "x", 4)
    save_takes(root, takes)
    assert path.read_text(encoding="utf-8") == OLDER
    save_takes(root, takes.with_take("a", "de", "x", 5))
    assert (root / "takes.toml.schema-1").read_text(encoding="utf-8") == OLDER
    assert "schema = 2" in path.read_text(encoding="utf-8")
    assert load_takes(root).of("a", "de").last("x") == 5


def test_the_digest_of_takes_is_that_of_one_article() -> None:
    takes = Takes().with_take("a", "de", "Ein Satz.", 2)
    assert takes.digest_of("a", "de") == takes.with_take("b", "de", "x", 1).digest_of("a", "de")
    assert takes.digest_of("a", "de") != Takes().digest_of("a", "de")


def test_takes_that_did_not_change_write_nothing(root: Path) -> None:
    save_takes(root, Takes())
    assert not (root / "takes.toml").exists()
    save_takes(root, Takes().with_take("a", "de", "x", 1))
    (root / "takes.toml").write_text(
        (root / "takes.toml").read_text(encoding="utf-8") + "# mine\n", encoding="utf-8"
    )
    save_takes(root, Takes().with_take("a", "de", "x", 1))
    assert (root / "takes.toml").read_text(encoding="utf-8").endswith("# mine\n")


ENTRY = '[[take]]\nkey = "a"\nlang = "de"\ntext = "x"\nnumber = 1\n'


@pytest.mark.parametrize(
    "content",
    [
        "schema = 3\n",
        "",
        "schema = 'x'\n",
        "schema = 1\ntake = 5\n",
        "schema = 1\ntake = [5]\n",
        "schema = 1\n" + ENTRY.replace("number = 1", "number = 0"),
        "schema = 1\n" + ENTRY.replace('"de"', '"fr"'),
        "schema = 1\n" + ENTRY.replace('"x"', "5"),
        "schema = 1\n" + ENTRY + "more = 1\n",
        "schema = 2\n" + ENTRY,
        "schema = 2\n" + ENTRY + "last = 0\n",
        'schema = 2\n[[voice]]\nkey = "a"\nlang = "de"\nvoice = "x"\n',
        'schema = 2\n[[voice]]\nkey = "a"\nlang = "de"\nchapter = "x"\n',
        "schema = 2\nvoice = 5\n",
        "schema = 1\nmore = 1\n",
        "schema = \n",
        b"\xff",
    ],
)
def test_takes_that_are_not_understood_are_never_overwritten(
    root: Path, content: str | bytes
) -> None:
    path = write(root, "takes.toml", content)
    before = path.read_bytes()
    with pytest.raises(ShowError, match=r"takes\.toml"):
        load_takes(root)
    with pytest.raises(ShowError):
        save_takes(root, Takes().with_take("a", "de", "x", 1))
    assert path.read_bytes() == before


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.tuples(
            st.from_regex(r"[A-Za-z0-9._-]{1,8}", fullmatch=True),
            st.sampled_from(sorted(LANGUAGES)),
            st.text(min_size=1, max_size=30).filter(lambda text: text.strip() != ""),
            st.sampled_from(["", "one", "two"]),
        ),
        st.tuples(st.integers(0, 1000), st.integers(0, 9)),
        max_size=4,
    )
)
def test_takes_survive_the_file_whatever_their_text(
    root: Path, numbers: dict[tuple[str, str, str, str], tuple[int, int]]
) -> None:
    takes = Takes()
    for (key, lang, text, chapter), (number, more) in numbers.items():
        takes = takes.with_take(key, lang, text, number + more, chapter)
        takes = takes.with_take(key, lang, text, number, chapter)
    save_takes(root, takes)
    assert load_takes(root) == takes
