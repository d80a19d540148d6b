"""What a unit is asked to mend or to confirm, and what it replies: in workbook, message and letter alike.

A *list* holds *questions*, each about one open finding, named by the finding's short name. The unit answers
in the workbook; each row that comes back is a *reply*: mended, kept, not available. What a unit keeps for a
reason is proposed to the officer to accept.
"""
