"""Show and episodes → feeds, transcripts and chapter files. Pure: same values, same bytes."""

from narrate.feed.catalogue import FILE_NAME as CATALOGUE
from narrate.feed.catalogue import TRANSCRIPTS, ListedFeed, show_json
from narrate.feed.categories import check_category
from narrate.feed.chapters import chapters_json
from narrate.feed.limits import cut_description, cut_texts
from narrate.feed.names import (
    cover_file,
    episode_file,
    feed_name,
    feed_url,
    podcast_guid,
    published_url,
)
from narrate.feed.opml import FILE_NAME as OPML
from narrate.feed.opml import render_opml
from narrate.feed.rebasing import rebased
from narrate.feed.rss import (
    UPDATES,
    FeedFacts,
    content_digest,
    render_feed,
    with_build_time,
    without_build_time,
)
from narrate.feed.rule_values import Problem
from narrate.feed.rules import feed_problems
from narrate.feed.transcripts import Cue, subrip, transcript_json, webvtt

__all__ = [
    "CATALOGUE",
    "OPML",
    "TRANSCRIPTS",
    "UPDATES",
    "Cue",
    "FeedFacts",
    "ListedFeed",
    "Problem",
    "chapters_json",
    "check_category",
    "content_digest",
    "cover_file",
    "cut_description",
    "cut_texts",
    "episode_file",
    "feed_name",
    "feed_problems",
    "feed_url",
    "podcast_guid",
    "published_url",
    "rebased",
    "render_feed",
    "render_opml",
    "show_json",
    "subrip",
    "transcript_json",
    "webvtt",
    "with_build_time",
    "without_build_time",
]
