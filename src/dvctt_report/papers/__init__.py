"""Every paper beside the report: letters, the list a unit mends, the page of progress, others' forms filled.

Owns letters and who they go to, the list to mend and the unit's own form sent back, the page, communes beside
each other, tags filled in others' documents, supplement, archive and the step to the next year.
In: ``Year`` and the report's views of it. Out: files in the year's folder.
"""
