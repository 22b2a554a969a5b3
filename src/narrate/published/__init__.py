"""What was published once and must never change: ``published.toml`` of a show."""

from narrate.published.clock import build_time, moment
from narrate.published.record import (
    EpisodeRecord,
    FeedRecord,
    Publication,
    Wanted,
    keep_podcast_guid,
    publish_all,
    settle_feed,
    stamp_feed,
    withdraw,
)
from narrate.published.store import FILE_NAME, load, save

__all__ = [
    "FILE_NAME",
    "EpisodeRecord",
    "FeedRecord",
    "Publication",
    "Wanted",
    "build_time",
    "keep_podcast_guid",
    "load",
    "moment",
    "publish_all",
    "save",
    "settle_feed",
    "stamp_feed",
    "withdraw",
]
