"""narrate: articles in German and English become chaptered audio and podcast feeds."""

__version__ = "0.1.0"
