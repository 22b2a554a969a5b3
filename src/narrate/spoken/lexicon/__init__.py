"""The user's own readings of words, and which words may need one."""
