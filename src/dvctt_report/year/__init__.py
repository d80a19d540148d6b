"""One year: returns that count, what is wrong with them, what they add up to.

Owns ``Year`` and how it is opened, the corrections that the office made, what is left out, the rules and the
sums with their verdicts. In: returns, decisions, control figures, last year's results.
Out: ``Year``, from which every paper is made and which nothing changes.
"""
