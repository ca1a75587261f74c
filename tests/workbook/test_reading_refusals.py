"""What is refused before any parser sees it, and how the refusal names it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from dualeco_cli.workbook.limits import MIB, OPTIONS, Limits, mebibytes
from dualeco_cli.workbook.read import read
from dualeco_cli.workbook.refusal import READING_RULES, Refusal
from tests.workbook.making import (
    HEAD,
    check,
    ods_parts,
    read_bytes,
    refused,
    row,
    value,
    worksheet,
    xlsx_parts,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
EXCEL_2003 = b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"
FLAT_ODS = (
    b"<?xml version='1.0'?><office:document mimetype='application/vnd.oasis.opendocument.spreadsheet'/>"
)
GOOD = xlsx_parts(worksheet(row(1, value("A1", 1))))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(9), "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image"),
        (b"{\\rtf1 text}", "rich text document"),
        (b"\x1f\x8b\x08", "compressed archive"),
        (b"SQLite format 3\0", "SQLite database"),
        (b"PAR1xxxx", "Parquet file"),
        (b"<!DOCTYPE html><html><table>", "HTML page"),
        (b"\xef\xbb\xbf \n<HTML xmlns:x='urn:schemas'>", "HTML page"),
        (EXCEL_2003, "Excel 2003 XML spreadsheet"),
        (FLAT_ODS, "flat OpenDocument spreadsheet"),
        ("<?xml version='1.0'?><a/>".encode("utf-16"), "XML file"),
        (b'{"a": 1}', "JSON file"),
        (b'[{"a": 1}]', "JSON file"),
        (b'{"doc_id": "1x", "url": "https://docs.google.com/x"}', "shortcut to a document in the cloud"),
        (b"\x05Maria" + bytes(159), "lock file of an open document"),
        (b"\x07\0\x01\x02 what is this", "binary file of an unknown kind"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word 97-2003 document"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "PowerPoint 97-2003 presentation"),
        (OLE + "__substg1.0_".encode("utf-16-le"), "Outlook message"),
        (OLE, "compound file of an old Office program"),
        (zipped({"a.txt": b"a"}), "zip archive"),
        (zipped({}), "zip archive"),
        (zipped({"word/document.xml": b"<w/>"}), "Word document"),
        (zipped({"ppt/presentation.xml": b"<p/>"}), "PowerPoint presentation"),
        (zipped({"Index/Document.iwa": b"x"}), "Apple Numbers spreadsheet"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument text"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.graphics"}), "OpenDocument file"),
        (zipped({"mimetype": b"application/epub+zip"}), "e-book"),
        (zipped({**GOOD, "xl/workbook.xml": b"<drawing/>"}), "zip archive"),
    ],
)  # fmt: skip
def test_other_kinds_of_files_are_named(tmp_path: Path, data: bytes, kind: str) -> None:
    refusal = refused(tmp_path, data, "practices.xlsx")
    assert (refusal.rule, refusal.params) == ("file-not-a-workbook", {"kind": kind})


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", bytes(512)])
def test_empty_files(tmp_path: Path, data: bytes) -> None:
    assert refused(tmp_path, data).rule == "file-empty"


def test_the_suffix_does_not_count(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, b"id,title\n1,One\n", "text.xlsx").sheets[0].from_csv
    assert not read_bytes(tmp_path, zipped(GOOD), "workbook.csv").sheets[0].from_csv


def test_encryption(tmp_path: Path) -> None:
    excel = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refused(tmp_path, excel).rule == "file-encrypted"
    flagged = bytearray(zipped(GOOD))
    at = flagged.rindex(b"PK\x01\x02")
    flagged[at + 8] |= 1
    assert refused(tmp_path, bytes(flagged)).rule == "file-encrypted"
    parts = ods_parts("")
    encrypted = b"<m:file-entry xmlns:m='m'><m:encryption-data/></m:file-entry>"
    assert refused(tmp_path, zipped({**parts, "META-INF/manifest.xml": encrypted})).rule == "file-encrypted"
    assert refused(tmp_path, zipped({**parts, "encrypted-package": b"x"})).rule == "file-encrypted"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/Workbook.XML", "xl\\styles.xml"])
def test_the_same_part_twice(tmp_path: Path, name: str) -> None:
    data = zipped([*GOOD.items(), (name, b"<other/>")])
    assert (refusal := refused(tmp_path, data)).rule == "file-duplicate-part"
    assert refusal.params == {"part": name.replace("\\", os.sep) if os.sep == "\\" else name}


DOCTYPE = '<!DOCTYPE worksheet [<!ENTITY a "lol">]>'


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/worksheets/sheet1.xml", (HEAD + DOCTYPE + "<worksheet>&a;</worksheet>").encode()),
        (
            "xl/worksheets/sheet1.xml",
            f"<?xml version='1.0' encoding='utf-16'?>{DOCTYPE}<a/>".encode("utf-16"),
        ),
        ("xl/worksheets/sheet1.xml", f"{DOCTYPE}<a/>".encode("utf-16-be")),
        ("xl/worksheets/sheet1.xml", f"<?xml version='1.0' encoding='iso-8859-15'?>{DOCTYPE}<a/>".encode()),
        ("xl/worksheets/sheet1.xml", f"{HEAD}<!--{'x' * 600_000}-->{DOCTYPE}<a/>".encode()),
        ("xl/worksheets/sheet1.xml", f"{HEAD}<?pi {' ' * 5000}?>\n\n{DOCTYPE}<a/>".encode()),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>'),
        ("docProps/app.xml", f"\ufeff{DOCTYPE}<a/>".encode()),
        ("_rels/.rels", f"{DOCTYPE}<a/>".encode()),
        ("custom/nobody-reads-this.bin", f"{DOCTYPE}<a/>".encode()),
    ],
)
def test_a_document_type_anywhere(tmp_path: Path, name: str, part: bytes) -> None:
    refusal = refused(tmp_path, zipped({**GOOD, name: part}))
    assert (refusal.rule, refusal.params) == ("file-doctype", {"part": name})


def test_a_document_type_in_ods(tmp_path: Path) -> None:
    parts = ods_parts("")
    parts["content.xml"] = DOCTYPE.encode() + b"<a/>"
    assert refused(tmp_path, zipped(parts)).rule == "file-doctype"


def test_malformed_parts_that_nobody_reads_do_no_harm(tmp_path: Path) -> None:
    parts = {**GOOD, "xl/drawings/old.vml": b"<xml><br></xml>", "xl/media/a.xml": b"<<<"}
    assert read_bytes(tmp_path, zipped(parts)).sheets


def test_zip_bombs(tmp_path: Path) -> None:
    bomb = {**GOOD, "xl/worksheets/sheet1.xml": b" " * (33 * MIB)}
    data = zipped(bomb)
    assert len(data) < 100_000
    refusal = refused(tmp_path, data)
    assert refusal.rule == "file-too-large"
    assert refusal.params == {
        "what": "part",
        "part": "xl/worksheets/sheet1.xml",
        "found": "33 MiB",
        "limit": "32 MiB",
        "option": "--max-file-size",
    }
    small = Limits(part_bytes=MIB, total_bytes=2 * MIB)
    many = {**GOOD, **{f"xl/media/{i}.bin": bytes(MIB) for i in range(3)}}
    refusal = refused(tmp_path, zipped(many), limits=small)
    assert (refusal.params["what"], refusal.params["limit"]) == ("total", "2 MiB")


def sized(data: bytes, part: str, size: int) -> bytes:
    """A zip file whose directory and local header claim another size of a part."""
    changed = bytearray(data)
    for mark, name_at, size_at in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        at = -1
        while (at := changed.find(mark, at + 1)) >= 0:
            if changed[at + name_at :].startswith(part.encode()):
                struct.pack_into("<I", changed, at + size_at, size)
    return bytes(changed)


@pytest.mark.parametrize("size", [1, 100, 10**6])
@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_false_sizes(tmp_path: Path, size: int, method: int) -> None:
    data = sized(zipped(GOOD, method), "xl/workbook.xml", size)
    refusal = refused(tmp_path, data)
    assert refusal.rule == "file-false-size"
    assert refusal.params == {"part": "xl/workbook.xml", "declared": size}


def test_a_bomb_that_claims_to_be_small(tmp_path: Path) -> None:
    data = zipped({**GOOD, "xl/media/a.bin": bytes(40 * MIB)})
    assert refused(tmp_path, sized(data, "xl/media/a.bin", 1000)).rule == "file-false-size"


def test_too_many_parts(tmp_path: Path) -> None:
    data = zipped({**GOOD, **{f"xl/media/{i}": b"" for i in range(2000)}})
    refusal = refused(tmp_path, data)
    assert (refusal.rule, refusal.params) == ("file-too-many-parts", {"found": 2007, "limit": 2000})


def test_names_of_any_length_and_kind_are_cut_short(tmp_path: Path) -> None:
    name = "xl/" + "x" * 60_000
    refusal = refused(tmp_path, zipped({**GOOD, name: DOCTYPE.encode()}))
    assert refusal.params == {"part": name[:200]}


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_uncommon_compression(tmp_path: Path, method: int) -> None:
    assert refused(tmp_path, zipped(GOOD, method)).rule == "file-damaged"


def test_damage(tmp_path: Path) -> None:
    good = zipped(GOOD, zipfile.ZIP_STORED)
    assert refused(tmp_path, good[:-40]).rule == "file-damaged"
    assert refused(tmp_path, good[:200]).rule == "file-damaged"
    assert refused(tmp_path, good.replace(b"<sheets>", b"<Sheets>")).params["part"] == "xl/workbook.xml"
    packed = bytearray(zipped(GOOD))
    at = packed.index(b"xl/workbook.xml") + 20
    packed[at : at + 20] = bytes(20)
    assert refused(tmp_path, bytes(packed)).rule == "file-damaged"


def test_large_files_are_not_read_to_their_end(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(40 * MIB)
    with pytest.raises(Refusal) as caught:
        read(path)
    check(caught.value)
    assert caught.value.params["found"] == "40 MiB"
    assert str(caught.value).endswith("40 MiB of at most 32 MiB. --max-file-size raises the limit.")


def test_limits_as_the_options_set_them() -> None:
    assert Limits.of() == Limits()
    raised = Limits.of(max_file_size=150, max_cells=10)
    assert (raised.file_bytes, raised.part_bytes) == (150 * MIB, 150 * MIB)
    assert (raised.total_bytes, raised.cells) == (1200 * MIB, 10)
    assert [Limits.of(max_file_size=size).cells for size in (1, 32, 64)] == [2 * 10**6, 2 * 10**6, 4 * 10**6]
    assert set(OPTIONS) <= set(Limits.__dataclass_fields__)
    assert [mebibytes(size) for size in (MIB // 2, MIB, 20 * MIB + 1)] == ["0.5 MiB", "1 MiB", "20 MiB"]


def test_missing_files(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in ("nowhere.xlsx", "no/where.xlsx", "file/inside.csv"):
        with pytest.raises(Refusal) as caught:
            read(tmp_path / path)
        check(caught.value)
        assert caught.value.rule == "file-missing"


@pytest.mark.parametrize(
    ("error", "rule", "reason"),
    [
        (PermissionError(13, "no"), "file-unreadable", os.strerror(13)),
        (OSError("odd"), "file-unreadable", "odd"),
        (FileNotFoundError(2, "gone"), "file-missing", None),
    ],
)
def test_files_that_the_system_does_not_hand_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, rule: str, reason: str | None
) -> None:
    def fail(*_: object) -> io.BytesIO:
        raise error

    path = tmp_path / "a.csv"
    path.touch()
    monkeypatch.setattr(Path, "open", fail)
    for source in (path, tmp_path):
        with pytest.raises(Refusal) as caught:
            read(source)
        check(caught.value)
        assert caught.value.rule == rule
        assert caught.value.params.get("reason") == reason
        assert caught.value.place.file == str(path)


def test_the_rules_of_reading_are_whole() -> None:
    names = [rule.name for rule in READING_RULES]
    assert len(names) == len(set(names))
    for rule in READING_RULES:
        filled = rule.message.format_map(dict.fromkeys(rule.params, "x"))
        assert filled.endswith(".")
        assert rule.why.endswith(".")
        assert rule.fix.endswith(".")
        fields = {name for name in rule.params if f"{{{name}}}" in rule.message + rule.fix}
        assert fields == set(rule.params)
