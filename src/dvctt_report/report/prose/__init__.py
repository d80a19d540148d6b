"""What people write into the report: the officer's prose, and the units' own words that were chosen."""
