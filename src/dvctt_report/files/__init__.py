"""Files of others, opened with distrust, and files of ours, written whole or not at all.

Owns what kind of file something is, containers and mails taken apart, packages counted before they are
inflated, ``.xlsx`` and ``.xls`` read into one ``Workbook`` of cells as a person sees them; manifests.
In: bytes of any origin. Out: ``Workbook``, members of a container, or a sentence that says why not.
"""
