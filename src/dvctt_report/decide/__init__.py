"""What the officer has to decide, asked in one workbook in the words of the form, and what becomes of it.

A *matter* is one row: a kind of question about one unit or one file, with the decisions that are possible.
The officer chooses one; each row that says something is a *statement*. It is taken only where what it was
decided about still stands; what can't be taken keeps its row, which says why.

``decisions``: the decisions themselves, as commands and workbook make them, why, on what and by whom, and
how they are kept. ``cells``: which cell words mean ("Biểu 03 ô I9"), the columns of the workbook.
``matters``: what is open, and what is decided. ``workbook``: how the workbook is written. ``books``: where
the workbooks lie, how they are read back and kept up to date. ``taking``: statements become decisions.
``named``: which matters a command's words mean.
"""
