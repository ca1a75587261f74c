"""The live model: the method as formulas over the input sheets.

A partner changes a weight, a requirement or a profile value in the workbook, and scores, classes and ranks
follow. Everything that is computed stands on the sheets Model and Model ratings, cell by cell, so that it can
be checked; the other sheets look up what they show. Every formula carries what the engine found, for programs
that only display.
"""
