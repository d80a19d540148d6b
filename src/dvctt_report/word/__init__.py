"""A Word file as it is seen: opened with distrust, read with effective formatting, written anew."""
