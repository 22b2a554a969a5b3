"""English: rules, tables and where sentences end."""
