"""What the reading of files has to say: refusals of a whole file, and the rules of these and of notices."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from dualeco_cli.language import N_, _
from dualeco_cli.model.cells import Place


class Refusal(Exception):  # noqa: N818 -- it is the word of the design, and what the user is told
    """A file that cannot be read. ``rule`` is the name of a rule, ``params`` what its message names."""

    def __init__(self, rule: str, place: Place | None = None, **params: object) -> None:
        # What a hostile file calls its parts may be of any length.
        params = {name: value[:200] if isinstance(value, str) else value for name, value in params.items()}
        super().__init__(rule, params)
        self.rule = rule
        self.params: dict[str, object] = params
        self.place = place or Place("")

    def __str__(self) -> str:
        """The plain message in the reader's language, for those who use the library and let it pass."""
        rule = READING_RULES_BY_NAME[self.rule]
        where = f"{self.place.file}: " if self.place.file else ""
        return where + _(rule.message).format_map({name: self.params.get(name, "…") for name in rule.params})


#: What the operating system says of files that it does not hand out, as far as it is often said.
_SYSTEM = {
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EIO: N_("Input/output error"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.ENAMETOOLONG: N_("File name too long"),
}


def reason_of(error: OSError) -> str:
    """Why the operating system does not hand out a file; what is seldom said, in the system's own words."""
    if error.errno in _SYSTEM:
        return _(_SYSTEM[error.errno])
    return os.strerror(error.errno) if error.errno else str(error)


@contextmanager
def located(file: str) -> Iterator[None]:
    """Name the file in refusals that come from a depth where it is not known."""
    try:
        yield
    except Refusal as refusal:
        if not refusal.place.file:
            refusal.place = refusal.place._replace(file=file)
        raise


class ReadingRule(NamedTuple):
    """One thing that reading can say, with the parameters of its message.

    The texts are English here and in the reader's language where they are said. Parameters that are words are
    in that language already.
    """

    name: str
    severity: Literal["error", "warning", "info"]
    params: tuple[str, ...]
    message: str
    why: str
    fix: str


#: Every rule of reading. Those of severity error are refusals, the file is not read; the others are notices.
READING_RULES: tuple[ReadingRule, ...] = (
    ReadingRule(
        "file-missing",
        "error",
        (),
        "There is no such file or folder.",
        "Without the file there is nothing to check.",
        "Check the path; with blanks in it, put it in quotation marks.",
    ),
    ReadingRule(
        "file-unreadable",
        "error",
        ("reason",),
        "The file cannot be opened: {reason}.",
        "The operating system does not hand it out, so nothing in it is checked.",
        "Check who may read it, and close the programs that keep it locked.",
    ),
    ReadingRule(
        "file-empty",
        "error",
        (),
        "The file is empty.",
        "An empty file is often an upload or a download that broke off.",
        "Save or download it again.",
    ),
    ReadingRule(
        "file-encrypted",
        "error",
        (),
        "The file is protected by a password.",
        "What is encrypted cannot be read without the password, which dualeco does not ask for.",
        "Open it in the spreadsheet program and save a copy without the password.",
    ),
    ReadingRule(
        "file-not-a-workbook",
        "error",
        ("kind",),
        "This is no workbook but: {kind}.",
        "The content decides what a file is, not its suffix.",
        "Open it in a spreadsheet program and save it as .xlsx, .ods or .csv.",
    ),
    ReadingRule(
        "file-damaged",
        "error",
        ("part", "detail"),
        "The file is damaged (in {part}: {detail}).",
        "What cannot be read in full is not judged in part: rows could be missing unseen.",
        "Open it in the spreadsheet program, let it repair the file, and save it; or take an older copy.",
    ),
    ReadingRule(
        "file-too-large",
        "error",
        ("what", "part", "found", "limit", "option"),
        "Too large ({what} {part}): {found} of at most {limit}. {option} raises the limit.",
        "A small file can unpack to more than the memory of the computer.",
        "Where the file is honest, raise the limit with {option}; else delete unused sheets and pictures.",
    ),
    ReadingRule(
        "file-too-many-parts",
        "error",
        ("found", "limit"),
        "It has {found} parts or files; at most {limit} are read.",
        "No spreadsheet program writes as many parts; such a file is made to do harm.",
        "Save it anew from the spreadsheet program, or split the folder.",
    ),
    ReadingRule(
        "file-duplicate-part",
        "error",
        ("part",),
        "The file has the part {part} twice.",
        "Programs differ in which one they take, so two people could see two different tables.",
        "Open it in the spreadsheet program and save it anew.",
    ),
    ReadingRule(
        "file-false-size",
        "error",
        ("part", "declared"),
        "The part {part} is not as large as the file says ({declared} bytes).",
        "A false size hides how much a file unpacks to, or is a sign of damage.",
        "Open it in the spreadsheet program and save it anew.",
    ),
    ReadingRule(
        "file-doctype",
        "error",
        ("part",),
        "The part {part} declares a document type.",
        "No workbook needs one; it is the way to smuggle in other files or endless text.",
        "Do not trust the file. Save the data anew from the spreadsheet program.",
    ),
    ReadingRule(
        "file-reader-failed",
        "error",
        ("format", "reason"),
        "The .{format} file could not be read ({reason}).",
        "Files of this format are read in a process of their own, with limits on memory and time.",
        "Open it in the spreadsheet program and save it as .xlsx.",
    ),
    ReadingRule(
        "file-with-nul",
        "error",
        (),
        "The file holds zero bytes: it is no text, or is UTF-16 without its mark.",
        "Zero bytes do not occur in text; what stands around them cannot be trusted.",
        "Save it as “CSV UTF-8” from the spreadsheet program.",
    ),
    ReadingRule(
        "file-encoding",
        "error",
        ("encoding", "position"),
        "The text is not valid {encoding} (at byte {position}), nor Windows-1252.",
        "With the wrong encoding names and ids turn into others.",
        "Save it as “CSV UTF-8” from the spreadsheet program.",
    ),
    ReadingRule(
        "csv-quotes",
        "error",
        ("line", "detail"),
        "The quotation marks do not match in the record that begins in line {line} ({detail}).",
        "A quotation mark that is not closed swallows all rows that follow.",
        "Close it; a quotation mark within a quoted cell is doubled.",
    ),
    ReadingRule(
        "folder-empty",
        "error",
        (),
        "The folder has no .csv files.",
        "A folder stands for a workbook, each .csv file in it for a sheet.",
        "Name the folder with the .csv files in it, or the workbook itself.",
    ),
    ReadingRule(
        "folder-not-csv",
        "error",
        ("kind",),
        "This file of the folder is no text but: {kind}.",
        "In a folder only text files are read; the content decides, not the suffix.",
        "Give the workbook itself on the command line, or save it as CSV.",
    ),
    ReadingRule(
        "too-many-rows",
        "error",
        ("limit",),
        "The file has more than {limit} rows.",
        "No spreadsheet program could show it whole.",
        "Split the file.",
    ),
    ReadingRule(
        "too-many-columns",
        "error",
        ("limit",),
        "A row has more than {limit} columns.",
        "No spreadsheet program could show it whole.",
        "Check the delimiter and the quotation marks of this row.",
    ),
    ReadingRule(
        "too-many-cells",
        "error",
        ("limit", "option"),
        "The file has more than {limit} cells, blanks before the last one of a row included.",
        "A file may not fill the memory of the computer.",
        "Delete stray cells far to the right, or raise the limit with {option}.",
    ),
    ReadingRule(
        "macros",
        "warning",
        (),
        "The workbook has macros. They are not run.",
        "What a macro would fill in is not there unless it was saved.",
        "Save the workbook with its values filled in, best as .xlsx.",
    ),
    ReadingRule(
        "external-links",
        "warning",
        ("count", "targets"),
        "The workbook refers to other files ({count}: {targets}). They are not opened.",
        "The values stored at the last save count, however old.",
        "Refresh and save it, or paste the values.",
    ),
    ReadingRule(
        "sheet-no-grid",
        "info",
        ("kind",),
        "This sheet has no cells ({kind}); it is left out.",
        "Only sheets with cells hold data.",
        "Nothing to do.",
    ),
    ReadingRule(
        "far-cells",
        "warning",
        ("gap", "of"),
        "This cell lies behind {gap} blank {of}.",
        "A cell this far away is mostly a slip, and is easily overlooked.",
        "Delete it, or move it to the other data.",
    ),
    ReadingRule(
        "control-characters",
        "warning",
        ("count", "cells"),
        "Control characters were left out ({count} cells: {cells}).",
        "They are not seen, but make two texts differ and disturb terminals.",
        "Type the text anew.",
    ),
    ReadingRule(
        "text-too-long",
        "error",
        ("count", "cells"),
        "Only the first 32,767 characters were read ({count} cells: {cells}).",
        "No spreadsheet program holds more in a cell; often a quotation mark is missing.",
        "Shorten the text, or check the quotation marks.",
    ),
    ReadingRule(
        "csv-encoding",
        "warning",
        ("encoding",),
        "The text is not UTF-8 and was read as {encoding}.",
        "A guessed encoding can turn accented letters into others.",
        "Save it as “CSV UTF-8” from the spreadsheet program.",
    ),
    ReadingRule(
        "csv-dialect",
        "info",
        ("delimiter", "decimal"),
        "Read with {delimiter} between the cells and “{decimal}” as decimal mark.",
        "Text files do not say how they are written; so it was found out.",
        "Nothing to do if it is so; else save it as .xlsx.",
    ),
    ReadingRule(
        "format-hides-errors",
        "warning",
        ("format",),
        "In .{format} files errors, uncomputed formulas, percent formats and hidden rows cannot be seen.",
        "Such cells look blank, and count as unknown.",
        "Save the workbook as .xlsx.",
    ),
)

READING_RULES_BY_NAME = {rule.name: rule for rule in READING_RULES}
