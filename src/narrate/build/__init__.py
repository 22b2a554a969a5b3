"""The only place that knows the order of the stages: plan first, then carry the plan out."""

from __future__ import annotations

from narrate.build.alike import what_helps
from narrate.build.auditions import (
    ChapterVoice,
    KeptTake,
    SentenceTakes,
    gone_takes,
    take_sound,
    takes_of,
    voices_of,
)
from narrate.build.episode_plan import ReadArticle
from narrate.build.estimate import TIMES_REAL_TIME, Estimate, estimate
from narrate.build.heard import HeardEpisode, HeardLine, Moment, heard_episode
from narrate.build.history import kept_chapter, kept_line
from narrate.build.left_out import described, left_out
from narrate.build.lexicon_edits import LexiconEdit, remove_entry, set_entry, tried_entry
from narrate.build.lock import locked_lexicons, locked_workspace
from narrate.build.outline import ChapterOutline, EpisodeOutline, outline
from narrate.build.plan import ChapterPlan, EpisodePlan, Plan, UtterancePlan
from narrate.build.planner import Readings, make_plan, read_articles
from narrate.build.record import OutputFile, Record
from narrate.build.regeneration import Regenerated, Wish, regenerated, targets_of
from narrate.build.retake import Target, take_key, target_heard, target_of, with_takes, with_voice
from narrate.build.run import run_build
from narrate.build.selection import Selection
from narrate.build.storage import (
    Item,
    Kind,
    Limits,
    Pruning,
    damaged,
    overview,
    pruning,
)
from narrate.build.uses import Use, uses
from narrate.build.withdrawal import told
from narrate.build.workspace import Workspace

__all__ = [
    "TIMES_REAL_TIME",
    "ChapterOutline",
    "ChapterPlan",
    "ChapterVoice",
    "EpisodeOutline",
    "EpisodePlan",
    "Estimate",
    "HeardEpisode",
    "HeardLine",
    "Item",
    "KeptTake",
    "Kind",
    "LexiconEdit",
    "Limits",
    "Moment",
    "OutputFile",
    "Plan",
    "Pruning",
    "ReadArticle",
    "Readings",
    "Record",
    "Regenerated",
    "Selection",
    "SentenceTakes",
    "Target",
    "Use",
    "UtterancePlan",
    "Wish",
    "Workspace",
    "damaged",
    "described",
    "estimate",
    "gone_takes",
    "heard_episode",
    "kept_chapter",
    "kept_line",
    "left_out",
    "locked_lexicons",
    "locked_workspace",
    "make_plan",
    "outline",
    "overview",
    "pruning",
    "read_articles",
    "regenerated",
    "remove_entry",
    "run_build",
    "set_entry",
    "take_key",
    "take_sound",
    "takes_of",
    "target_heard",
    "target_of",
    "targets_of",
    "told",
    "tried_entry",
    "uses",
    "voices_of",
    "what_helps",
    "with_takes",
    "with_voice",
]
