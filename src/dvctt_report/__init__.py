"""From Excel returns to a Word report in the format of Nghị định 30/2020/NĐ-CP."""

__version__ = "0.1.0"

OBJECTS_BETWEEN = 300_000
"""New objects between two searches for cycles: a command makes a million of them, and hardly a cycle."""
