"""The same faulty workbook, given to dualeco and to other validators of spreadsheets.

    pip install "frictionless[excel]" "pandera[pandas]" pyxform openpyxl
    python benchmarks/validators.py

Each peer gets the best description of the sheets that it can hold: types, required cells, ranges, allowed
words, unique keys. A fault counts as named if the tool gives the row and the column of its cell; a hint is a
valid value to write instead; what is named beside the faults is counted too (dualeco names both cells of a
duplicate). A peer that is not installed is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

PRACTICES: list[list[object]] = [
    ["id", "title", "source", "objectives", "eqf_level", "start_year"],
    ["tkgune", "TKgune", "basque-country", "quality", 4, 2012],
    ["fair", None, "lombardy", "wbl", 4, 2015],
    ["ifts", "IFTS", "lombardy", "qualty", 9, 1812],
    ["tkgune", "TKgune II", "bremen", "quality", 3, 2018.5],
    ["levy", "Levy", "bremen", "quality", "high", 2023],
]
REQUIREMENTS: list[list[object]] = [
    ["practice", "legal_framework", "firm_quality", "contract_pay", "wbl_intensity"],
    ["tkgune", 1, 2.5, "k.A.", 7],
    ["levi", 3, 2, True, "#REF!"],
    ["ifts", 2, 2, 1, "=B3"],
]
FAULTS = {
    "Practices": ["B3", "D4", "E4", "F4", "A5", "F5", "E6"],
    "Requirements": ["C2", "D2", "E2", "A3", "D3", "E3", "E4"],
}
OBJECTIVES = ["quality", "employability", "wbl", "certification"]

#: sheet -> cell -> whether the tool gave a valid value to write instead
Named = dict[str, dict[str, bool]]


def make(path: Path) -> None:
    """Write the faulty workbook."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("Practices", PRACTICES), ("Requirements", REQUIREMENTS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book["Requirements"]["E3"].data_type = "e"
    book.save(path)


def run_dualeco(path: Path) -> Named:
    """What dualeco names."""
    done = subprocess.run(
        [sys.executable, "-m", "dualeco_cli", "validate", str(path), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    named: Named = {}
    for finding in json.loads(done.stdout)["findings"]:
        if finding["sheet"] and finding["cell"]:
            hint = finding["suggestion"] is not None
            cells = named.setdefault(finding["sheet"], {})
            cells[finding["cell"]] = cells.get(finding["cell"], False) or hint
    return named


def run_frictionless(path: Path) -> Named:
    """What frictionless names; it reads one sheet at a time and gives row and column numbers."""
    from frictionless import Resource, Schema
    from frictionless.formats import ExcelControl

    fields: dict[str, list[dict[str, Any]]] = {
        "Practices": [
            {"name": "id", "type": "string", "constraints": {"required": True, "unique": True}},
            {"name": "title", "type": "string", "constraints": {"required": True}},
            {"name": "source", "type": "string"},
            {"name": "objectives", "type": "string", "constraints": {"enum": OBJECTIVES}},
            {"name": "eqf_level", "type": "integer", "constraints": {"minimum": 1, "maximum": 8}},
            {"name": "start_year", "type": "integer", "constraints": {"minimum": 1900, "maximum": 2100}},
        ],
        "Requirements": [
            {"name": "practice", "type": "string", "constraints": {"required": True}},
            *(
                {"name": name, "type": "integer", "constraints": {"minimum": 0, "maximum": 4}}
                for name in REQUIREMENTS[0][1:]
            ),
        ],
    }
    named: Named = {}
    for sheet, columns in fields.items():
        resource = Resource(
            path=path.name,
            basepath=str(path.parent),
            control=ExcelControl(sheet=sheet),
            schema=Schema.from_descriptor({"fields": columns}),
        )
        for row, column in resource.validate().flatten(["rowNumber", "fieldNumber"]):
            if row and column:
                named.setdefault(sheet, {})[f"{chr(64 + column)}{row}"] = False
    return named


def run_pandera(path: Path) -> Named:
    """What pandera names; it gives the index of the data frame and the column's name."""
    import pandas as pd
    import pandera.pandas as pa

    def level() -> Any:
        return pa.Column(int, pa.Check.in_range(0, 4), nullable=True)

    schemas = {
        "Practices": pa.DataFrameSchema(
            {
                "id": pa.Column(str, unique=True),
                "title": pa.Column(str),
                "source": pa.Column(str),
                "objectives": pa.Column(str, pa.Check.isin(OBJECTIVES)),
                "eqf_level": pa.Column(int, pa.Check.in_range(1, 8)),
                "start_year": pa.Column(int, pa.Check.in_range(1900, 2100)),
            }
        ),
        "Requirements": pa.DataFrameSchema(
            {"practice": pa.Column(str), **{str(name): level() for name in REQUIREMENTS[0][1:]}}
        ),
    }
    named: Named = {}
    for sheet, schema in schemas.items():
        frame = pd.read_excel(path, sheet_name=sheet, engine="openpyxl")
        try:
            schema.validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            for _, case in errors.failure_cases.iterrows():
                if pd.notna(case["index"]) and case["column"] in frame.columns:
                    column = chr(65 + list(frame.columns).index(case["column"]))
                    named.setdefault(sheet, {})[f"{column}{int(case['index']) + 2}"] = False
    return named


def run_pyxform(path: Path) -> Named:
    """What pyxform says of it: it knows its own kind of workbook and stops at the first error."""
    import pyxform.xls2xform
    from pyxform.errors import PyXFormError

    try:
        pyxform.xls2xform.convert(xlsform=str(path))
    except PyXFormError as error:
        print(f"pyxform: {str(error).splitlines()[0][:100]}")
    return {}


def main() -> None:
    """Print the table."""
    tools: dict[str, Callable[[Path], Named]] = {
        "dualeco": run_dualeco,
        "frictionless": run_frictionless,
        "pandera": run_pandera,
        "pyxform": run_pyxform,
    }
    total = sum(map(len, FAULTS.values()))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "faulty.xlsx"
        make(path)
        print(f"{'tool':14}{'faults named':>14}{'with a hint':>14}{'beside a fault':>16}")
        for name, run in tools.items():
            try:
                named = run(path)
            except ImportError:
                print(f"{name:14}   not installed")
                continue
            hits = [(s, c) for s, cells in FAULTS.items() for c in cells if c in named.get(s, {})]
            hints = sum(named[sheet][cell] for sheet, cell in hits)
            others = sum(len(cells) for cells in named.values()) - len(hits)
            print(f"{name:14}{len(hits):>8} of {total:<3}{hints:>14}{others:>16}")


if __name__ == "__main__":
    main()
