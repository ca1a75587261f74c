"""For every rule of reading a file that breaks it. What readers refuse in detail, their own tests show."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dualeco_cli.checks.load import Options
from dualeco_cli.workbook import delimited
from dualeco_cli.workbook.limits import Limits
from tests.support.sheets import workbook

SHEET = "| Practices |\n| id | title | source |\n| fair | Fair | lombardy |"

Make = Callable[[Path, pytest.MonkeyPatch], Path]


@dataclass(frozen=True)
class FileCase:
    """A file that breaks a rule of reading."""

    rule: str
    broken: Make
    says: tuple[str, ...] = ()
    options: Options = field(default_factory=Options)
    #: False for an error that does not stop the reading.
    refused: bool = True
    #: False where the file has other peculiarities as well.
    alone: bool = True


def _bytes(data: bytes, name: str = "study.xlsx") -> Make:
    def make(folder: Path, _: pytest.MonkeyPatch) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def _good(folder: Path) -> bytes:
    return workbook(folder, SHEET, "good.xlsx").read_bytes()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: Mapping[str, bytes], *more: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")  # of a part that stands twice
        for name, content in [*parts.items(), *more]:
            package.writestr(name, content)
    return out.getvalue()


def _changed(change: Callable[[bytes], bytes]) -> Make:
    """A good workbook, changed."""

    def make(folder: Path, _: pytest.MonkeyPatch) -> Path:
        path = folder / "study.xlsx"
        path.write_bytes(change(_good(folder)))
        return path

    return make


def _in_part(part: str, old: str, new: str) -> Make:
    def change(data: bytes) -> bytes:
        parts = _parts(data)
        text = parts[part].decode()
        assert old in text
        return _packed({**parts, part: text.replace(old, new, 1).encode()})

    return _changed(change)


def _unreadable(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def refuse(*_: object) -> io.BytesIO:
        raise PermissionError(13, "Permission denied")

    path = folder / "study.xlsx"
    path.touch()
    monkeypatch.setattr(Path, "open", refuse)
    return path


def _false_size(data: bytes) -> bytes:
    changed = bytearray(data)
    at = changed.rindex(b"PK\x01\x02")
    changed[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(changed)


def _folder(name: str | None, data: bytes = b"") -> Make:
    def make(folder: Path, _: pytest.MonkeyPatch) -> Path:
        path = folder / "study"
        path.mkdir()
        if name is not None:
            (path / name).write_bytes(data)
        return path

    return make


_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def _external_link(data: bytes) -> bytes:
    parts = _parts(data)
    link = f'<Relationship Id="rId99" Type="{_KIND}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    target = f'<Relationship Id="rId1" Type="{_KIND}/externalLinkPath" Target="budget.xlsx" '
    name = "xl/_rels/workbook.xml.rels"
    end = "</Relationships>"
    return _packed(
        {
            **parts,
            name: parts[name].decode().replace(end, link + end).encode(),
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": (
                f'{_RELATIONS}{target}TargetMode="External"/>{end}'
            ).encode(),
        }
    )


def _chart_sheet(folder: Path, _: pytest.MonkeyPatch) -> Path:
    import xlsxwriter

    path = folder / "study.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Practices")
        sheet.write_row(0, 0, ["title", "source"])
        sheet.write_row(1, 0, ["Fair", "lombardy"])
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=Practices!$A$2:$A$2"})
        book.add_chartsheet("Picture").set_chart(chart)
    return path


def _far_cell(folder: Path, _: pytest.MonkeyPatch) -> Path:
    blank = "| |\n" * 1500
    return workbook(folder, f"{SHEET}\n{blank}| far | Far | bremen |")


def _xls(folder: Path, _: pytest.MonkeyPatch) -> Path:
    path = folder / "study.xls"
    data = (Path(__file__).parents[1] / "workbook" / "files" / "libreoffice.xls").read_bytes()
    path.write_bytes(data)
    return path


def _tall(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(delimited, "LAST_ROW", 3)  # a million rows would take their time
    return _bytes(CSV + b"\n" * 2 + b"x,X,bremen\n", "Practices.csv")(folder, monkeypatch)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CSV = b"id,title,source\nfair,Fair,lombardy\n"

FILE_CASES = [
    FileCase("file-missing", lambda folder, _: folder / "practises.xlsx"),
    FileCase("file-unreadable", _unreadable, ("Permission denied",)),
    FileCase("file-empty", _bytes(b"")),
    FileCase("file-encrypted", _bytes(OLE + "EncryptedPackage".encode("utf-16-le")), ("password",)),
    FileCase("file-not-a-workbook", _bytes(b"%PDF-1.7\n"), ("PDF",)),
    FileCase("file-damaged", _changed(lambda data: data[:-40])),
    FileCase(
        "file-too-large",
        _changed(lambda data: data),
        ("--max-file-size",),
        Options(limits=Limits(part_bytes=100)),
    ),
    FileCase("file-too-many-parts", _changed(lambda d: d), ("at most 3",), Options(limits=Limits(parts=3))),
    FileCase(
        "file-duplicate-part",
        _changed(lambda data: _packed(_parts(data), ("xl/worksheets/sheet1.xml", b"<worksheet/>"))),
        ("xl/worksheets/sheet1.xml",),
    ),
    FileCase("file-false-size", _changed(_false_size), ("1 bytes",)),
    FileCase(
        "file-doctype",
        _in_part("xl/worksheets/sheet1.xml", "<worksheet", "<!DOCTYPE worksheet><worksheet"),
        ("xl/worksheets/sheet1.xml",),
    ),
    FileCase("file-reader-failed", _xls, (".xls",), Options(limits=Limits(memory_bytes=1 << 20))),
    FileCase("file-with-nul", _bytes("id,title".encode("utf-16-le") + b"\0\0", "Practices.csv")),
    FileCase("file-encoding", _bytes(b"id,title\n1,\x81\n", "Practices.csv"), ("UTF-8",)),
    FileCase("csv-quotes", _bytes(b'id,title\n1,"open\n', "Practices.csv"), ("line 2",)),
    FileCase("folder-empty", _folder(None)),
    FileCase("folder-not-csv", _folder("Notes.csv", b"\x89PNG\r\n\x1a\n"), ("image",)),
    FileCase("too-many-rows", _tall),
    FileCase("too-many-columns", _bytes(CSV + b"," * 16_384 + b"x\n", "Practices.csv")),
    FileCase(
        "too-many-cells",
        _bytes(CSV, "Practices.csv"),
        ("more than 5 cells",),
        Options(limits=Limits(cells=5)),
    ),
    FileCase(
        "macros", _changed(lambda data: _packed({**_parts(data), "xl/vbaProject.bin": b"x"})), ("not run",)
    ),
    FileCase("external-links", _changed(_external_link), ("budget.xlsx",)),
    FileCase("sheet-no-grid", _chart_sheet, ("chart",)),
    FileCase("far-cells", _far_cell, ("1500 blank rows",)),
    FileCase("control-characters", _bytes(CSV + b"bell,Be\x07ll,bremen\n", "Practices.csv"), ("B3",)),
    FileCase(
        "text-too-long",
        _bytes(CSV + b"long," + b"x" * 40_000 + b",bremen\n", "Practices.csv"),
        ("B3",),
        refused=False,
    ),
    FileCase("csv-encoding", _bytes(CSV + b"x,Pr\xe1ctica,bremen\n", "Practices.csv"), ("Windows-1252",)),
    FileCase("csv-dialect", _bytes(CSV.replace(b",", b";"), "Practices.csv"), ("semicolon",)),
    FileCase("format-hides-errors", _xls, (".xls",), alone=False),
]
