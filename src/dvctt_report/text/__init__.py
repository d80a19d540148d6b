"""Vietnamese as it is written, and the ground that everything stands on.

Owns numbers, names, dates and comparison keys in Vietnamese, personal numbers and how they are masked, texts
made safe to show; what a message of failure says; limits of what is read; opening a file by its name.
In: strings and paths. Out: strings, keys, bytes, ``CannotRun``. Knows nothing of plans, returns or reports.
"""
