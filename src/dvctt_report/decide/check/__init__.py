"""An edited copy of a report checked against its manifest and against the present register."""
