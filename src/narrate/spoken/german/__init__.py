"""German: rules, tables and where sentences end."""
