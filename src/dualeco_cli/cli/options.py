"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

Workbooks: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="WORKBOOK", help="Workbooks, CSV files or folders of CSV files; they are merged."),
]
Targets: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--target", "-t", metavar="ID", help="Target ecosystem; may be repeated, or be all."),
]
Indicators: TypeAlias = Annotated[
    str | None,
    typer.Option("--indicators", metavar="FILE|ID", help="Framework: a file, or the id of a built-in one."),
]
Frameworks: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--indicators",
        metavar="FILE|ID",
        help="Framework: a file, or the id of a built-in one; several are put side by side.",
    ),
]
Ecosystems: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--ecosystems",
        metavar="FILE|ID",
        help="File with ecosystems and profiles, or id of a built-in one; may be repeated.",
    ),
]
Compensation: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--compensation",
        metavar="full|partial|none|Q",
        help="How far a good value makes up for a bad one: full (mean), partial (geometric), none (minimum), "
        "or an exponent of at most 1.",
    ),
]
Samples: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--samples",
        min=0,
        metavar="N",
        help="Draws for the uncertainty; 0 for none. By default 10000, or none with over 1000 practices.",
    ),
]
Seed: TypeAlias = Annotated[
    int,
    typer.Option("--seed", min=0, metavar="N", help="Seed of the draws: the same seed, the same numbers."),
]
WeightSpread: TypeAlias = Annotated[
    float,
    typer.Option(
        "--weight-spread",
        min=0,
        max=1,
        metavar="U",
        help="Weights vary by a factor from 1-U to 1+U; U below 1.",
    ),
]
Weights: TypeAlias = Annotated[
    str,
    typer.Option(
        "--weights",
        metavar="spread|any|panel",
        help="spread: around the given weights; any: all weights; panel: those of the sheet Panel.",
    ),
]
Outputs: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write a report; its suffix says which kind. May be repeated."
    ),
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="No ranking on the terminal, only errors.")
]
FailUnder: TypeAlias = Annotated[
    float | None,
    typer.Option("--fail-under", metavar="SCORE", help="Exit with 1 if a ranked practice scores less."),
]
Lang: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--lang",
        envvar="DUALECO_LANG",
        metavar="CODE",
        help="Language of help, messages and reports: en, it, es, de or eu; by default that of the system.",
    ),
]
MaxFileSize: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--max-file-size", min=1, metavar="MIB", help="Largest file, and largest part of one, in MiB."
    ),
]
MaxCells: TypeAlias = Annotated[
    int | None, typer.Option("--max-cells", min=1, metavar="N", help="Most cells that a workbook may have.")
]
