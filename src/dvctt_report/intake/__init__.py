"""Collect: what kind of file, which cells, which unit and year, what they say."""
