"""What is kept of a year on the disk, and the walls around it.

Owns the workspace and its settings, the copy of plan and wording that is frozen when forms are issued, the
register of received files and decisions, what was published, a new province's profile.
In: decisions, receipts, documents that were signed. Out: the same, later, and what was changed by hand.
"""
