"""What is legal in a framework but cannot do what its author meant: one module per kind of fault.

Errors come first: a framework is judged where nothing stands against it, for a row that could not be read
changes the weight of every other one.
"""
