from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from narrate.cover import draw_cover, prepare_cover
from narrate.cover.art import draw
from narrate.errors import NarrateError, OutputError


def checked(path: Path) -> Image.Image:
    """The picture, as directories of podcasts want it."""
    assert path.stat().st_size < 512 * 1024
    with path.open("rb") as file:
        picture = Image.open(file)
        picture.load()
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.width == picture.height
    assert 1400 <= picture.width <= 3000
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean distance of colours, 0 to 255."""
    size = (64, 64)
    arrays = [np.asarray(p.resize(size).convert("RGB"), float) for p in (one, other)]
    return float(np.abs(arrays[0] - arrays[1]).mean())


def test_a_drawn_cover_is_large_and_small_enough(tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    draw_cover("Über die Mühen: „Größe“ – und was bleibt", "Vera Weiß", path, lang="de")
    assert checked(path).size == (3000, 3000)


def test_the_same_words_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jpg", tmp_path / "other.jpg"
    for path in (one, other):
        draw_cover("Short", "A. Person", path)
    assert one.read_bytes() == other.read_bytes()


def test_two_languages_do_not_look_alike_even_with_one_title() -> None:
    german, english = (draw("Kurz", "Vera", lang, 300) for lang in ("de", "en"))
    assert difference(german, english) > 25


def test_other_titles_have_other_covers() -> None:
    covers = [draw(title, "", "", 300) for title in ("one", "two", "three")]
    assert all(difference(covers[0], other) > 4 for other in covers[1:])


@pytest.mark.parametrize(
    "title", ["ß", "Donaudampfschifffahrtsgesellschaftskapitän " * 2, "W" * 400, "wort " * 300, ""]
)
def test_words_stay_within_the_margins(title: str) -> None:
    picture = np.asarray(draw(title, "V" * 300, "de", 600)).astype(int)
    letters = picture.min(axis=2) > 150
    rows, columns = np.nonzero(letters[:400])
    assert columns.size
    assert columns.min() > 40
    assert columns.max() < 560
    assert rows.max() < 385


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=120), st.text(max_size=40))
def test_any_words_can_be_drawn(title: str, author: str) -> None:
    assert draw(title, author, "", 240).size == (240, 240)


def test_letters_of_both_languages_are_in_the_font() -> None:
    drawn = {letter: draw(letter, "", "de", 240).tobytes() for letter in "ÄÖÜäöüß„“”‚‘’»«–—…€é"}
    # Colours come from the words too, so compare where letters are, not how they look.
    for letter, data in drawn.items():
        picture = np.frombuffer(data, np.uint8).reshape(240, 240, 3)
        assert (picture[40:140].min(axis=2) > 200).any(), letter


def noise(width: int, height: int) -> Image.Image:
    values = np.random.default_rng(5).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values)


@pytest.mark.parametrize(
    ("size", "side"),
    [((200, 200), 1400), ((1600, 1600), 1600), ((3200, 3200), 3000), ((2400, 900), 2400)],
)
def test_pictures_become_square(tmp_path: Path, size: tuple[int, int], side: int) -> None:
    source, path = tmp_path / "source.png", tmp_path / "cover.jpg"
    Image.new("RGB", size, (200, 30, 60)).save(source)
    prepare_cover(source, path)
    assert checked(path).width == side


def test_a_wide_picture_is_kept_whole(tmp_path: Path) -> None:
    source, path = tmp_path / "source.png", tmp_path / "cover.jpg"
    wide = Image.new("RGB", (1500, 500), "blue")
    wide.paste("red", (0, 0, 20, 500))
    wide.paste("lime", (1480, 0, 1500, 500))
    wide.save(source)
    prepare_cover(source, path)
    picture = checked(path)
    red, _, blue = picture.getpixel((5, 750))  # type: ignore[misc]
    assert (red > 200, blue < 50) == (True, True)
    _, green, blue = picture.getpixel((1494, 750))  # type: ignore[misc]
    assert (green > 200, blue < 50) == (True, True)


def test_a_picture_that_compresses_badly_is_made_to_fit(tmp_path: Path) -> None:
    source, path = tmp_path / "source.png", tmp_path / "cover.jpg"
    noise(1000, 1000).resize((1500, 1500)).save(source, compress_level=1)
    prepare_cover(source, path)
    assert checked(path).width >= 1400


def test_transparent_parts_become_white(tmp_path: Path) -> None:
    source, path = tmp_path / "source.png", tmp_path / "cover.jpg"
    picture = Image.new("RGBA", (1400, 1400), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 700, 1400))
    for mode in ("RGBA", "P"):
        (picture if mode == "RGBA" else picture.quantize(8)).save(source)
        prepare_cover(source, path)
        assert min(checked(path).getpixel((1200, 700))) > 245  # type: ignore[arg-type]


def test_the_orientation_of_cameras_is_applied(tmp_path: Path) -> None:
    source, path = tmp_path / "source.jpg", tmp_path / "cover.jpg"
    picture = Image.new("RGB", (1400, 1400), "blue")
    picture.paste("red", (0, 0, 1400, 700))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    picture.save(source, exif=exif, quality=95)
    prepare_cover(source, path)
    finished = checked(path)
    assert finished.getpixel((700, 1300))[0] > 200  # type: ignore[index]
    assert not finished.getexif()


@pytest.mark.parametrize("mode", ["CMYK", "L", "LA", "1", "I;16", "P"])
def test_every_mode_of_colour_is_understood(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "cover.jpg"
    source = tmp_path / ("source.jpg" if mode == "CMYK" else "source.png")
    if mode == "I;16":
        Image.fromarray(np.full((1400, 1400), 0x8000, np.uint16)).save(source)
    else:
        Image.new("RGB", (1400, 1400), (128, 128, 128)).convert(mode).save(source)
    prepare_cover(source, path)
    red, green, blue = checked(path).resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    assert (red, green, blue) == pytest.approx((128, 128, 128), abs=10)


def test_webp_is_understood(tmp_path: Path) -> None:
    source, path = tmp_path / "source.webp", tmp_path / "cover.jpg"
    Image.new("RGB", (1500, 1500), "green").save(source)
    prepare_cover(source, path)
    checked(path)


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000)))


def truncated_jpeg() -> bytes:
    buffer = io.BytesIO()
    noise(400, 400).save(buffer, "JPEG")
    return buffer.getvalue()[:5000]


def saved(picture: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no picture"),
        (b"%PDF-1.7 not a picture", "no picture"),
        (truncated_jpeg(), "no picture"),
        (png_that_claims(10_000, 10_000), "too many pixels"),
        (png_that_claims(60_000, 60_000), "too many pixels"),
        (png_that_claims(1_000, 1_000), "no picture"),
        (saved(Image.new("RGB", (199, 500)), "PNG"), "too small .199 x 500 pixels."),
        (saved(Image.new("RGB", (500, 500)), "BMP"), "no picture"),
        (saved(Image.new("RGB", (500, 500)), "GIF"), "no picture"),
    ],
    ids=["empty", "pdf", "cut", "100 MP", "bomb", "short", "small", "bmp", "gif"],
)
def test_what_is_no_cover_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    source, path = tmp_path / "source.jpg", tmp_path / "cover.jpg"
    source.write_bytes(content)
    with pytest.raises(NarrateError, match=complaint) as caught:
        prepare_cover(source, path)
    assert str(source) in str(caught.value)
    assert str(caught.value).count("\n") == 1
    assert not path.exists()


def test_a_missing_picture_is_reported(tmp_path: Path) -> None:
    with pytest.raises(NarrateError, match="does not exist"):
        prepare_cover(tmp_path / "missing.png", tmp_path / "cover.jpg")


def test_a_folder_that_is_none_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        draw_cover("t", "a", tmp_path / "file" / "cover.jpg")
