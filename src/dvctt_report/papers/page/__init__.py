"""The state of a year as one page for the browser: who has sent, what is open, how the targets stand."""
