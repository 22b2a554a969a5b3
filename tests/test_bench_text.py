"""Tables of anybody's are read as people write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench_text import LANGUAGES, accuracy, language_of, main, table

ROWS = [
    ("am 3. Mai", "am dritten Mai"),
    ("3:2", "drei zu zwei"),
]


def written(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    "text",
    [
        "am 3. Mai\tam dritten Mai\n3:2\tdrei zu zwei\n",
        "am 3. Mai → am dritten Mai\n3:2 → drei zu zwei",
        "am 3. Mai→am dritten Mai\r\n\r\n# what → how\r\n3:2→drei zu zwei\r\n",
        "\ufeff#\n# a comment\n\nam 3. Mai\tam dritten Mai\n   \n3:2\t drei zu zwei \n",
    ],
)
def test_forms_of_a_table(text: str, tmp_path: Path) -> None:
    rows = table(written(tmp_path / "anything.tsv", text), "de")
    assert [(row.written, row.expected) for row in rows] == ROWS
    assert all(row.is_right for row in rows)


def test_classes_of_a_table_are_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "DATE\t3 May\tthe third of May\nPLAIN\thouse\t<self>\nPUNCT\t“\tsil\nPLAIN\ta\tb\n?\n"
    found = accuracy([("en", written(tmp_path / "t.tsv", text))], list_all=False)
    assert found == {
        "en/t/DATE": {"rows": 1, "right": 1, "alike": 1},
        "en/t/PLAIN": {"rows": 2, "right": 1, "alike": 1},
        "en/t/PUNCT": {"rows": 1, "right": 1, "alike": 1},
    }
    printed = capsys.readouterr().out
    assert "1 lines have no tab and no arrow" in printed
    assert "wrong: a\n  expected  b\n  spoken    a" in printed


def test_an_arrow_within_what_is_written(tmp_path: Path) -> None:
    rows = table(written(tmp_path / "t.txt", "A→B → A, B\n"), "de")
    assert [(row.written, row.expected) for row in rows] == [("A→B", "A, B")]


def test_a_row_of_two_sentences_is_said_as_two(tmp_path: Path) -> None:
    text = "Er kam am 3. Er ging um 9 Uhr.\tEr kam am dritten. Er ging um neun Uhr.\n"
    assert table(written(tmp_path / "t.tsv", text), "de")[0].is_right


@pytest.mark.parametrize(
    ("path", "lang"),
    [
        ("tables/de/dates.tsv", "de"),
        ("tables/dates.en.tsv", "en"),
        ("de/dates_en.txt", "en"),
        ("tables/dates.tsv", None),
        ("under/modern.tsv", None),
    ],
)
def test_the_name_tells_the_language(path: str, lang: str | None) -> None:
    assert language_of(Path(path)) == lang


def test_the_last_line_is_one_object(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [written(tmp_path / f"t.{lang}.tsv", "yes\tno\n") for lang in LANGUAGES]
    arguments = [word for path in tables for word in ("--table", str(path))]
    monkeypatch.setattr("sys.argv", ["bench_text.py", *arguments])
    main()
    last = capsys.readouterr().out.splitlines()[-1]
    assert set(json.loads(last)["tables"]) == {"de/t.de", "en/t.en"}


def test_a_table_in_no_language_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "t.tsv", "yes\tno\n")
    monkeypatch.setattr("sys.argv", ["bench_text.py", "--table", str(path)])
    with pytest.raises(SystemExit):
        main()
    assert "in which language?" in capsys.readouterr().err
