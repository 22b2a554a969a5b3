"""Show and episodes → RSS feed and chapter files. Pure: the same values give the same bytes."""

from narrate.feed.categories import check_category
from narrate.feed.chapters import chapters_json
from narrate.feed.names import episode_file, feed_name, feed_url, podcast_guid
from narrate.feed.rss import content_digest, render_feed, with_build_time

__all__ = [
    "chapters_json",
    "check_category",
    "content_digest",
    "episode_file",
    "feed_name",
    "feed_url",
    "podcast_guid",
    "render_feed",
    "with_build_time",
]
