"""What a unit is asked to mend or to confirm, and what it replies: in workbook, message and letter alike.

A *list* holds *questions*, each about one open finding, named by the finding's short name. The unit answers
in the workbook; each row that comes back is a *reply*: mended, kept, not available. ``replies`` says which of
several counts and what is still to come; what a unit keeps for a reason is proposed to the officer to accept.

``keys``: what the workbook's writer and reader share. ``reading``: the workbook that came back, ``replies``.
``lists``: what is asked. ``workbook``, ``letter``: how it is sent. ``proposals``: what goes to the officer.
"""
