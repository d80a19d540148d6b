"""The command line: one file a command, and the Vietnamese door in front of them."""
