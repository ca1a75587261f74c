"""What can go wrong when work is spread, as sentences for a user."""

from __future__ import annotations


class SpreadError(Exception):
    """The work cannot be spread as asked, or not be brought to its end. The text is a whole sentence.

    It is never raised ``from`` an error of the operating system: whoever writes a file from the stream would
    take that for a fault of the file.
    """


class Lost(Exception):  # noqa: N818  # it is news, and mostly no error
    """Results that were under way will not come: their worker has gone. They can be asked for again."""
