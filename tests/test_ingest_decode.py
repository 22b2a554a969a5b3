"""Encodings: read, or refused with the place and the way out."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from articles import read, write_article
from narrate.errors import ArticleError
from narrate.ingest import read_article
from narrate.ingest.decode import MAX_KIB, decode
from narrate.model import ArticleFile

TEXT = "Die Größe der Straße: „überall“ 5 € – ja.\nZweite Zeile."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode(mark: bytes, encoding: str) -> None:
    assert decode(mark + TEXT.encode(encoding), "x") == (TEXT, ())


def test_windows_is_read_when_nothing_else_can_be_meant() -> None:
    text, warnings = decode(TEXT.encode("cp1252"), "x")
    assert text == TEXT
    assert "Windows-1252" in warnings[0]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp437", "cp1251", "shift_jis"])
def test_other_encodings_are_refused(encoding: str) -> None:
    words = "Привет, Größe" if encoding == "cp1251" else "Die Gr\u00f6\u00dfe \u00fcber \u00c4pfeln"
    data = (
        words.encode(encoding, "replace") if encoding != "shift_jis" else "日本語".encode(encoding)
    )
    with pytest.raises(ArticleError, match="not valid UTF-8") as caught:
        decode(data, "x")
    assert "Save it as UTF-8" in caught.value.mend


def test_damaged_utf8_is_no_windows_file() -> None:
    data = "Größe\nund ".encode() + b"\xe4 Ende"
    with pytest.raises(ArticleError, match=r"line 2: .* 0xE4 at position 12"):
        decode(data, "x")


def test_truncated_utf16() -> None:
    with pytest.raises(ArticleError, match="not valid UTF-16"):
        decode(codecs.BOM_UTF16_LE + "Größe".encode("utf-16-le")[:-1], "x")


def test_nul() -> None:
    with pytest.raises(ArticleError, match="line 2: there is a NUL"):
        decode(b"one\ntw\0o", "x")


def test_utf16_without_mark_is_refused() -> None:
    with pytest.raises(ArticleError, match="NUL"):
        decode("text".encode("utf-16-le"), "x")


def test_line_ends_are_the_same(tmp_path: Path) -> None:
    unix = read(tmp_path, "# Title\n\nOne.\n\nTwo.\n", "unix.en.md")
    windows = read(tmp_path, "# Title\r\n\r\nOne.\r\n\r\nTwo.\r\n", "windows.en.md")
    mac = read(tmp_path, "# Title\r\rOne.\r\rTwo.\r", "mac.en.md")
    assert unix.blocks == windows.blocks == mac.blocks


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article(ArticleFile(tmp_path / "no.md", "no.md", "no"))


def test_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article(ArticleFile(tmp_path / "folder.md", "folder.md", "folder"))


def test_too_long(tmp_path: Path) -> None:
    file = write_article(tmp_path, "x")
    with file.path.open("r+b") as handle:
        handle.truncate(MAX_KIB * 1024 + 1)
    with pytest.raises(ArticleError, match="longer than 32 MB"):
        read_article(file)


def test_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"“\.docx”"):
        read(tmp_path, "x", "text.en.docx")
