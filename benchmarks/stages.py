"""What each stage of a run costs, from the workbook to each report, beside the library call it must make.

    python benchmarks/stages.py FILE.xlsx [STAGE …]

Prints a line of JSON. Each stage, and each bare call, runs in a fork of a process that has loaded the modules
and the results of the stages before it. So processor seconds are its own, and its peak of memory is that of a
run that does these stages and no other.
"""

from __future__ import annotations

import os

# One thread for both sides: what is compared is work, and idle threads of a library count as work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any
from xml.parsers import expat

import jinja2
import numpy as np
import openpyxl
import pandas as pd  # noqa: F401  # loaded before anything is measured
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from lxml import etree

from dualeco_cli.api import load_study, method_for, report_for
from dualeco_cli.checks.load import Options, load
from dualeco_cli.model.result import IndicatorResult, Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports.write import render
from dualeco_cli.workbook.limits import Limits
from dualeco_cli.workbook.read import read

LIMITS = Limits.of(max_file_size=4096, max_cells=10**9)
DRAWS = 100
STAGES = ("read", "check", "score", "robustness", "json", "csv", "parquet", "xlsx", "html", "md", "docx")
Work = Callable[[], object]


def forked(work: Work, keep: Path | None = None) -> dict[str, float]:
    """Processor seconds and peak memory in MiB of some work, done in a fork.

    ``keep``: a file for the bytes that it gives, so that their memory is not counted for what follows.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            before = _used()
            result = work()
            found = {"seconds": _used() - before, "peak": _peak()}
            if keep is not None and isinstance(result, bytes):
                keep.write_bytes(result)
            os.write(writing, json.dumps(found).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    if not text:
        raise RuntimeError("a stage failed; what it said stands above")
    measured: dict[str, float] = json.loads(text)
    return measured


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _checked(path: Path) -> Study:
    loaded = load([path], Options(limits=LIMITS, for_scoring=True, judge=True))
    if loaded.study is None:
        raise ValueError(loaded.findings[:3])
    return loaded.study


def _scored(study: Study, draws: int) -> Report:
    return report_for(study, ["somewhere"], method_for(study, samples=draws))


# The bare calls. What each needs is made ready before it is measured.


def pass_of_expat(path: Path) -> Work:
    """Every sheet of the file, unpacked and parsed, and nothing kept."""

    def work() -> None:
        with zipfile.ZipFile(path) as file:
            for name in file.namelist():
                if name.endswith(".xml"):
                    parser = expat.ParserCreate()
                    parser.buffer_text = True
                    parser.StartElementHandler = lambda _name, _attributes: None
                    parser.EndElementHandler = lambda _name: None
                    parser.CharacterDataHandler = lambda _text: None
                    parser.Parse(file.read(name), True)  # noqa: FBT003  # it takes no names

    return work


def passes_of_openpyxl(path: Path) -> Work:
    """Two passes, since one sees either the formulas or their values."""

    def work() -> None:
        for data_only in (True, False):
            book = openpyxl.load_workbook(path, read_only=True, data_only=data_only)
            for sheet in book.worksheets:
                for _ in sheet.iter_rows(values_only=True):
                    pass

    return work


def same_results(report: Report) -> Work:
    """The results of the indicators, made once more of the same values."""
    rows = [astuple(cell) for one in report.targets[0].practices for cell in one.indicators]
    return lambda: [IndicatorResult(*row) for row in rows]


def same_draws(study: Study) -> Work:
    """Weights drawn, one matrix product, one sort per draw."""
    values = np.random.default_rng(0).random((len(study.practices), len(study.framework.indicators)))

    def work() -> None:
        weights = np.random.default_rng(1).uniform(0.5, 1.5, (values.shape[1], DRAWS))
        np.argsort(values @ (weights / weights.sum(axis=0)), axis=0)

    return work


def same_json(content: bytes) -> Work:
    """``json.dumps`` of the same structure."""
    whole = json.loads(content)
    return lambda: json.dumps(whole, indent=2).encode()


def same_csv(content: bytes) -> Work:
    """``csv.writer`` with the same rows."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    def work() -> None:
        file = io.StringIO(newline="")
        csv.writer(file).writerows(rows)
        file.getvalue().encode()

    return work


def same_parquet(content: bytes) -> Work:
    """PyArrow making the same table of values of Python, and writing it."""
    table = pq.read_table(io.BytesIO(content))
    columns, schema = table.to_pydict(), table.schema

    def work() -> None:
        made = pa.Table.from_pydict(columns, schema=schema)
        pq.write_table(made, io.BytesIO(), compression="zstd")

    return work


def same_xlsx(content: bytes) -> Work:
    """XlsxWriter writing the same cells without any format."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    sheets = [[*map(list, sheet.iter_rows(values_only=True))] for sheet in book.worksheets]

    def work() -> None:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(io.BytesIO(), options) as out:
            for rows in sheets:
                sheet = out.add_worksheet()
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if value is not None:
                            sheet.write(number, column, value)

    return work


def same_html(content: bytes) -> Work:
    """Jinja writing the same texts, each in an element."""
    texts = [text for text in re.split(r"<[^>]*>", content.decode()) if text.strip()]
    page = jinja2.Environment(autoescape=True).from_string(
        "{% for text in texts %}<td class='n'>{{ text }}</td>{% endfor %}"
    )
    return lambda: page.render(texts=texts).encode()


def same_markdown(content: bytes) -> Work:
    """The same cells, each searched once for markup, and joined."""
    markup = re.compile(r"[\\`*_{}\[\]<>|~&$#^=@]")
    rows = [line.split(" | ") for line in content.decode().splitlines()]
    return lambda: "\n".join(
        " | ".join(markup.sub(lambda found: f"\\{found[0]}", cell) for cell in row) for row in rows
    ).encode()


def same_docx(content: bytes) -> Work:
    """XML elements made by lxml: the same ones, and the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = etree.fromstring(file.read("word/document.xml"))

    def copy(parent: Any, element: Any) -> None:
        made = etree.SubElement(parent, element.tag, dict(element.attrib))
        made.text = element.text
        for child in element:
            copy(made, child)

    def work() -> None:
        top = etree.Element("top")
        copy(top, root)
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as out:
            out.writestr("word/document.xml", etree.tostring(top))

    return work


_SAME: dict[str, Callable[[bytes], Work]] = {
    "json": same_json,
    "csv": same_csv,
    "parquet": same_parquet,
    "xlsx": same_xlsx,
    "html": same_html,
    "md": same_markdown,
    "docx": same_docx,
}


def measure(path: Path, stages: tuple[str, ...] = STAGES) -> dict[str, Any]:
    """Each stage: ``ours`` and ``bare``, and ``peer`` where there is one."""
    with zipfile.ZipFile(path) as file:
        unpacked = sum(part.file_size for part in file.infolist())
    found: dict[str, Any] = {"unpacked": unpacked / 2**20, "before": 0.0, "stages": {}}
    # what is built when it is first needed is no cost of the sizes that are compared
    warm = load_study(Path(__file__).parent.parent / "examples" / "practices.xlsx")
    report_for(warm, ["lombardy"], method_for(warm, samples=10))
    found["before"] = forked(lambda: None)["peak"]
    study = report = None
    for stage in stages:
        result: dict[str, dict[str, float]] = {}
        match stage:
            case "read":
                result["ours"] = forked(lambda: read(path, limits=LIMITS))
                result["bare"] = forked(pass_of_expat(path))
                result["peer"] = forked(passes_of_openpyxl(path))
            case "check":
                result["ours"] = forked(lambda: _checked(path))
                result["peer"] = forked(passes_of_openpyxl(path))
            case "score" | "robustness":
                study = study or _checked(path)
                draws = DRAWS if stage == "robustness" else 0
                result["ours"] = forked(lambda study=study, draws=draws: _scored(study, draws))
                if stage == "score":
                    report = _scored(study, 0)
                    result["bare"] = forked(same_results(report))
                else:
                    result["bare"] = forked(same_draws(study))
            case _:
                study = study or _checked(path)
                report = report or _scored(study, 0)
                kept = path.with_suffix(f".made.{stage}")
                result["ours"] = forked(lambda r=report, s=study, k=stage: render(r, s, f".{k}"), kept)
                content = kept.read_bytes()
                kept.unlink()
                result["bare"] = forked(_SAME[stage](content))
                result["ours"]["size"] = len(content) / 2**20
        found["stages"][stage] = result
    return found


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), tuple(sys.argv[2:]) or STAGES)))
