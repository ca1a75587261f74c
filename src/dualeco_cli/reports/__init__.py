"""A result as text, tables and files.

Every writer takes the report and the study it was made from: the report has the numbers, the study the words
(names of indicators and regions, descriptions of levels). Nothing is computed here that a score depends on.
"""
