"""The communes of a province beside each other, target by target: a working paper, never an annex."""
