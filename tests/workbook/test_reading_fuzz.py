"""Whatever a file holds, a workbook or a refusal comes out: no other error, no warning, no hanging."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualeco_cli.workbook.refusal import Refusal
from tests.workbook.making import FILES, check, ods_parts, read_bytes, rules, xlsb_parts, zipped

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


def parts_of(name: str) -> dict[str, bytes]:
    with zipfile.ZipFile(FILES / name) as archive:
        return {part: archive.read(part) for part in archive.namelist() if not part.endswith("/")}


XLSX = parts_of("libreoffice.xlsx")
ODS = {
    name: data
    for name, data in parts_of("libreoffice.ods").items()
    if name in {"mimetype", "content.xml", "META-INF/manifest.xml"}
}
XLSB = xlsb_parts({0: {0: "id", 1: 1.0}, 1: {0: "x", 1: 2.0}}, (0, 1, 0, 1))
CSV = 'id;title;"a ""b"""\n1;"two\nlines";2,5\n3;é;#REF!\n'.encode()

#: Pieces that stand for something in one of the formats.
TOKENS = st.sampled_from(
    [
        b"<", b">", b"&", b"&amp;", b'"', b"'", b"\0", b"<row>", b"</row>", b"<c>", b"</c>", b"<v>", b"<f/>",
        b't="s"', b't="e"', b'r="XFD1048576"', b'r="0"', b"-1", b"99999999999999999999", b"NaN", b"1e999",
        b"_xD800_", b"<!DOCTYPE a>", b"<![CDATA[", b"<!--", b"]]>", b"<table:table>", b"<text:p>",
        b"</text:p>", b"\xff\xfe", b"\xef\xbb\xbf", b"PK\x03\x04", b"PK\x05\x06", b";", b",", b"\n",
        b"\r", b"sep=",
    ]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes with a few of them flipped, cut out, put elsewhere, or replaced."""
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(changed)))
        size = draw(st.integers(0, 40))
        match draw(st.integers(0, 4)):
            case 0 if at < len(changed):
                changed[at] ^= 1 << draw(st.integers(0, 7))
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[: draw(st.integers(0, len(changed)))][-size:]
            case 3:
                changed[at : at + draw(st.integers(0, 12))] = draw(TOKENS)
            case _:
                changed[at : at + size] = draw(st.binary(max_size=size))
    return bytes(changed)


@st.composite
def with_a_mutated_part(draw: st.DrawFn, parts: dict[str, bytes]) -> bytes:
    """A sound zip file, one part of which is not."""
    name = draw(st.sampled_from(sorted(parts)))
    return zipped({**parts, name: draw(mutated(parts[name]))}, zipfile.ZIP_STORED)


def survives(folder: Path, data: bytes) -> None:
    try:
        workbook = read_bytes(folder, data, "fuzzed")
    except Refusal as refusal:
        check(refusal)
        return
    rules(workbook)
    for sheet in workbook.sheets:
        numbers = [row.number for row in sheet.rows]
        assert numbers == sorted(set(numbers))
        assert all(row.cells and row.cells[-1] is not None for row in sheet.rows)
        assert sheet.hidden_rows <= set(numbers)
        repr(sheet).encode()


@settings(QUIET, max_examples=120)
@given(data=mutated(zipped(XLSX)))
def test_xlsx_files(tmp_path: Path, data: bytes) -> None:
    survives(tmp_path, data)


@settings(QUIET, max_examples=300)
@given(data=with_a_mutated_part(XLSX))
def test_xlsx_parts(tmp_path: Path, data: bytes) -> None:
    survives(tmp_path, data)


@settings(QUIET, max_examples=100)
@given(data=mutated(zipped(ODS)))
def test_ods_files(tmp_path: Path, data: bytes) -> None:
    survives(tmp_path, data)


@settings(QUIET, max_examples=250)
@given(data=with_a_mutated_part(ODS))
def test_ods_parts(tmp_path: Path, data: bytes) -> None:
    survives(tmp_path, data)


@settings(QUIET, max_examples=250)
@given(data=st.one_of(mutated(CSV), mutated(CSV.decode().encode("utf-16")), st.binary(max_size=60)))
def test_text_files(tmp_path: Path, data: bytes) -> None:
    survives(tmp_path, data)


# A process for each, hence few.
@pytest.mark.parametrize("name", ["xls", "xlsb"])
def test_binary_files(tmp_path: Path, name: str) -> None:
    strategy = (
        mutated((FILES / "libreoffice.xls").read_bytes()) if name == "xls" else with_a_mutated_part(XLSB)
    )

    @settings(QUIET, max_examples=20)
    @given(data=strategy)
    def run(data: bytes) -> None:
        survives(tmp_path, data)

    run()


def test_the_untouched_files_are_read(tmp_path: Path) -> None:
    for parts in (XLSX, ODS, XLSB, ods_parts("")):
        assert read_bytes(tmp_path, zipped(parts)) is not None
    assert read_bytes(tmp_path, CSV).sheets
