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
    assert again.take_of("a", "de", "Ein Satz.") == 2
    assert again.take_of("a", "en", "Ein Satz.") == 0
    assert again.take_of("b", "de", "Ein Satz.") == 0
    assert again.with_take("a", "de", "Ein Satz.", 0).take_of("a", "de", "Ein Satz.") == 0


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
        "schema = 2\n",
        "",
        "schema = 'x'\n",
        "schema = 1\ntake = 5\n",
        "schema = 1\ntake = [5]\n",
        "schema = 1\n" + ENTRY.replace("number = 1", "number = 0"),
        "schema = 1\n" + ENTRY.replace('"de"', '"fr"'),
        "schema = 1\n" + ENTRY.replace('"x"', "5"),
        "schema = 1\n" + ENTRY + "more = 1\n",
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
        ),
        st.integers(1, 1000),
        max_size=4,
    )
)
def test_takes_survive_the_file_whatever_their_text(
    root: Path, numbers: dict[tuple[str, str, str], int]
) -> None:
    takes = Takes()
    for (key, lang, text), number in numbers.items():
        takes = takes.with_take(key, lang, text, number)
    save_takes(root, takes)
    assert load_takes(root) == takes
