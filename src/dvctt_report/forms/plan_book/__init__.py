"""The plan as a workbook: what ``plan.toml``, ``units.toml`` and ``phrases.toml`` say, edited in Excel.

The TOML files are the home of a plan, the workbook is their editor: written from a profile and read back it
gives an equal one, and what can't be read back is told with its cell.
"""
