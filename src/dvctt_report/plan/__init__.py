"""Plan and roster: the items asked, who is asked, what is to be reached, as data."""
