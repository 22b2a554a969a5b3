"""Where sentences end, where a long one is cut, and which ask or are in another language."""
