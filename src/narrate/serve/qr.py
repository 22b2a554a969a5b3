"""An address as a picture that a phone's camera reads, drawn in a terminal."""

from __future__ import annotations

from itertools import zip_longest

_HALVES = {(1, 1): "█", (1, 0): "▀", (0, 1): "▄", (0, 0): " "}
_COLOURED = "\x1b[30;107m"
_PLAIN = "\x1b[0m"
_QUIET = 4
"""Empty fields around the code, as ISO/IEC 18004 wants them."""


def qr_lines(address: str, *, coloured: bool) -> list[str]:
    """The lines of a QR code; two rows of it are one line.

    Args:
        coloured: Black on white whatever the terminal's colours are. Without, light fields are
            drawn, as fits a dark terminal.
    """
    import segno  # noqa: PLC0415 - only where one is shown

    code = segno.make(address, error="l", micro=False)
    rows = [[int(field) for field in row] for row in code.matrix_iter(border=_QUIET)]
    if not coloured:
        rows = [[1 - field for field in row] for row in rows]
    blank = [0] * len(rows[0])
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=blank)
    lines = ["".join(_HALVES[pair] for pair in zip(*both, strict=True)) for both in pairs]
    return [f"{_COLOURED}{line}{_PLAIN}" for line in lines] if coloured else lines
