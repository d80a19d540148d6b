"""Where a printed figure comes from: told from a report's manifest alone, so also years later."""
