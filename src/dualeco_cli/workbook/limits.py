"""How much a file may hold before it is refused: every limit in one place, with the option that raises it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from dualeco_cli.language import decimal

MIB = 1024 * 1024

#: The size of a grid in today's spreadsheet programs. A cell outside it was written by none of them.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one run.

    They guard against files that are small on disk and huge in memory. Absolute sizes only: a limit on the
    ratio of compression would refuse honest files, whose styles often shrink to a hundredth.
    """

    #: The file as it lies on disk.
    file_bytes: int = 32 * MIB
    #: One part of a zipped workbook, unpacked.
    part_bytes: int = 32 * MIB
    #: All parts together, unpacked; all files of a folder together.
    total_bytes: int = 256 * MIB
    #: Parts in one workbook, files in one folder. No option raises it: no program writes as many.
    parts: int = 2_000
    #: Cells of a workbook, each row counted up to its last filled cell, and merged areas.
    cells: int = 2_000_000
    #: Characters in one cell, the limit of the spreadsheet programs themselves. The rest is left out.
    text: int = 32_767
    #: Seconds, and bytes of memory, that a format read in a process of its own may take.
    seconds: int = 60
    memory_bytes: int = 2_048 * MIB

    @classmethod
    def of(cls, *, max_file_size: int | None = None, max_cells: int | None = None) -> Limits:
        """The limits with the user's options; ``max_file_size`` in MiB is also the limit of a part.

        What is allowed in all stays eight times what is allowed for one part, and who allows larger files
        allows more cells with them.
        """
        plain = cls()
        size = plain.file_bytes if max_file_size is None else max_file_size * MIB
        cells = max(plain.cells, plain.cells * size // plain.file_bytes)
        return cls(
            file_bytes=size,
            part_bytes=size,
            total_bytes=size * (plain.total_bytes // plain.part_bytes),
            cells=cells if max_cells is None else max_cells,
            memory_bytes=max(plain.memory_bytes, size * 16),
        )


#: The option of the command line that raises a limit, by the limit's field.
OPTIONS = MappingProxyType(
    {
        "file_bytes": "--max-file-size",
        "part_bytes": "--max-file-size",
        "total_bytes": "--max-file-size",
        "cells": "--max-cells",
    }
)


def mebibytes(size: int) -> str:
    """A size for people: ``32 MiB``, ``0.4 MiB``."""
    value = size / MIB
    return f"{value:.0f} MiB" if value >= 10 or value.is_integer() else f"{decimal(f'{value:.1f}')} MiB"
