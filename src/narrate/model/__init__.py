"""The values that pass between the stages, and the keys that name them.

Standard library only, no input or output. All dataclasses are frozen.
"""

from __future__ import annotations

from narrate.model.addresses import url_problem
from narrate.model.articles import (
    MAX_KEY,
    ArticleFile,
    Block,
    BlockKind,
    Document,
    Piece,
    is_key,
    title_block,
)
from narrate.model.audio import AudioSettings, Loudness, Mark, Tags, encoding_of
from narrate.model.script import (
    CHAPTER_LEAD_MS,
    Chapter,
    Disclosure,
    Omission,
    Pauses,
    Reading,
    Script,
    Utterance,
    UtteranceKind,
)
from narrate.model.show import (
    CREATIVE_COMMONS,
    MAX_NAME,
    Destination,
    Episode,
    EpisodeFile,
    FeedSettings,
    Show,
    ShowText,
)
from narrate.model.speech import (
    CLIP_SCHEMA,
    SEED_BITS,
    Sound,
    Speech,
    Voice,
    canonical_json,
    clip_key,
    digest,
    seed_of,
)
from narrate.model.text import LANGUAGES, byte_size, megabytes, one_line, printable, printable_lines

__all__ = [
    "CHAPTER_LEAD_MS",
    "CLIP_SCHEMA",
    "CREATIVE_COMMONS",
    "LANGUAGES",
    "MAX_KEY",
    "MAX_NAME",
    "SEED_BITS",
    "ArticleFile",
    "AudioSettings",
    "Block",
    "BlockKind",
    "Chapter",
    "Destination",
    "Disclosure",
    "Document",
    "Episode",
    "EpisodeFile",
    "FeedSettings",
    "Loudness",
    "Mark",
    "Omission",
    "Pauses",
    "Piece",
    "Reading",
    "Script",
    "Show",
    "ShowText",
    "Sound",
    "Speech",
    "Tags",
    "Utterance",
    "UtteranceKind",
    "Voice",
    "byte_size",
    "canonical_json",
    "clip_key",
    "digest",
    "encoding_of",
    "is_key",
    "megabytes",
    "one_line",
    "printable",
    "printable_lines",
    "seed_of",
    "title_block",
    "url_problem",
]
