"""Others' forms, filled: figures of a period put at the tags of any Word or Excel file."""
