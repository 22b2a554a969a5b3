"""What the English rules for digits share: how a number is written, and what stands beside it."""

from __future__ import annotations

import re

from narrate.spoken.core import GROUP
from narrate.spoken.english import tables

NUMBER = rf"\d[\d{GROUP}]*(?:\.\d+)?"
START = rf"(?<![\d{GROUP}])(?<!\d[.,])"
FREE = r"(?<![\w.,:/–-])"
"""Before a number that belongs to nothing on its left."""
MONTH = "|".join(tables.MONTHS)
ARTICLE = re.compile(r"\b[Aa]n?\s$")
"""At the end of the text before an adjective of measure: ``a 5 km run``."""
HALF_OF_DAY = r"\s?(?:[ap]\.\s?m\.|[ap]m|[AP]\.\s?M\.|[AP]M)"
