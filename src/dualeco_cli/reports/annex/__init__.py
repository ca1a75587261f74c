"""The annex of a project's handbook: what was rated, how, and why, as a document to edit and to print.

:mod:`.content` says what stands in it, once; :mod:`.docx` and :mod:`.markdown` write it down.
"""
