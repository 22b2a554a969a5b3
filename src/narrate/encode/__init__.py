"""ffmpeg's room: encoded chapters, and episodes put together from them.

Every chapter is encoded on its own to a stream of whole codec frames; an episode joins those
streams without decoding them, so a changed chapter costs one encoding, and no episode is ever in
memory. Nothing outside this package starts ffmpeg.
"""

from __future__ import annotations

from narrate.encode.chapter import Encoded, encode_chapter, measure_chapter, measure_part
from narrate.encode.episode import MAX_CHAPTERS, write_episode
from narrate.encode.ffmpeg import Ffmpeg, find_ffmpeg
from narrate.encode.listening import Heard, listen
from narrate.encode.loudness import Level, joined_loudness
from narrate.encode.metadata import language, title_forms

__all__ = [
    "MAX_CHAPTERS",
    "Encoded",
    "Ffmpeg",
    "Heard",
    "Level",
    "encode_chapter",
    "find_ffmpeg",
    "joined_loudness",
    "language",
    "listen",
    "measure_chapter",
    "measure_part",
    "title_forms",
    "write_episode",
]
