"""Whether everything the program needs is there and in order: looked at, never changed."""
