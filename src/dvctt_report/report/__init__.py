"""The report: from returns added up to finished Vietnamese strings, a Word file and its manifest."""
