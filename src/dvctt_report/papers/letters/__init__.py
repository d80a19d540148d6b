"""The letters of the year and the page for the signer, in Word, from the same blocks as the report."""
