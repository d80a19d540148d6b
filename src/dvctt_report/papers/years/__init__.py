"""From one reporting year to the next: what is carried, what is left behind with the year that is over."""
