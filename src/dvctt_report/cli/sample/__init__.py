"""Invented returns: what units answer, as tables of a few words, made into the forms that they would send."""
