"""Revisions of what narrate makes: raise one when the same input gives other bytes.

They are part of the names of what is kept, so whatever an older revision made is made anew. They
stand here so that a build that changes nothing loads none of the rooms they belong to.
"""

from __future__ import annotations

ASSEMBLY = 1
"""Clips and settings → the PCM of a chapter (``narrate.assemble``)."""

ENCODING = 2
"""PCM → encoded chapters, and those → files (``narrate.encode``)."""

COVER = 1
"""Title or picture → cover (``narrate.cover``)."""

RESPELLING = 3
"""Spoken form → what an engine is given to read (``narrate.engines.respelling``)."""
