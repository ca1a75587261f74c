"""The charts as SVG: what they show, that they need nothing from outside, that hostile text stays text."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from dualeco_cli.model.result import PracticeClass, Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports.figures import Drawing, drawings, file_stems, quadrant
from dualeco_cli.reports.texts import class_word
from tests.reports import hostile, samples

SVG = "{http://www.w3.org/2000/svg}"
#: What a drawing is made of, and nothing else.
ELEMENTS = {"svg", "title", "desc", "rect", "circle", "polygon", "line", "text"}
ATTRIBUTES = {
    "width",
    "height",
    "viewBox",
    "role",
    "aria-labelledby",
    "font-family",
    "id",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "cx",
    "cy",
    "r",
    "points",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "font-size",
    "font-weight",
    "text-anchor",
    "transform",
    "{http://www.w3.org/XML/1998/namespace}lang",
}


def drawn(report: Report, study: Study) -> dict[str, Drawing]:
    return {drawing.name: drawing for drawing in drawings(report, study)}


def texts(drawing: Drawing) -> list[str]:
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own file
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def check(drawing: Drawing) -> None:
    """Well-formed, only shapes and text, nothing outside the picture, a title and a description."""
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own file; a broken one raises
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS
    values = [(name, value) for element in root.iter() for name, value in element.attrib.items()]
    assert {name for name, _value in values} <= ATTRIBUTES
    assert not [value for _name, value in values if "url(" in value or "javascript" in value.lower()]
    assert "<!" not in drawing.svg
    width, height = (float(root.attrib[side]) for side in ("width", "height"))
    assert root.attrib["viewBox"] == f"0 0 {root.attrib['width']} {root.attrib['height']}"
    for element in root.iter():
        for names, end in ((("x", "x1", "x2", "cx"), width), (("y", "y1", "y2", "cy"), height)):
            for name in names:
                assert -1 <= float(element.attrib.get(name, 0)) <= end + 1, element.attrib
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert about is not None
    assert (title.text or "").strip()
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {about.attrib['id']}"
    assert root.attrib["role"] == "img"


def two(report: Report) -> Report:
    report.targets = (samples.target(), samples.target("bremen", "Bremen"))
    return report


def test_names(report: Report, study: Study) -> None:
    of_one = ["ranking-lombardy", "heatmap-lombardy", "quadrant-lombardy", "ranks-lombardy"]
    assert list(drawn(report, study)) == of_one
    names = list(drawn(two(report), study))
    assert names == [*of_one, *(name.replace("lombardy", "bremen") for name in of_one), "comparison"]


def test_each_is_whole(report: Report, study: Study) -> None:
    for drawing in drawings(two(report), study):
        check(drawing)
        assert "dualeco 0.1.0" in "".join(texts(drawing))


def test_same_text_each_time(report: Report, study: Study) -> None:
    assert drawn(report, study) == drawn(samples.report(), samples.study())


def test_ranking(report: Report, study: Study) -> None:
    drawing = drawn(report, study)["ranking-lombardy"]
    said = texts(drawing)
    for practice in report.targets[0].practices:
        assert class_word(practice.class_) in said
        assert any(text.startswith(practice.title[:20]) for text in said)
        assert practice.title in drawing.about
    assert "78.3" in said
    assert "74.97" in said, "a score stays on its side of the threshold"
    assert "transferable from 75" in said
    assert [text for text in said if re.fullmatch(r"\d\.", text)] == ["1.", "2.", "3.", "4."]
    assert "Ikasenpresa student companies: transferable, score 78.3, range 78." in drawing.about


def test_no_class_is_told_by_its_colour_alone(report: Report, study: Study) -> None:
    """Each class has a shape of its own: the same picture without colours tells them apart."""
    root = ET.fromstring(drawn(report, study)["ranking-lombardy"].svg)  # noqa: S314 - our own file
    corners = {
        element.attrib["points"].count(",")
        for element in root.iter(f"{SVG}polygon")
        if "points" in element.attrib
    }
    assert corners == {3, 4, 12}
    assert len(PracticeClass) == 7


def test_heat_map(report: Report, study: Study) -> None:
    drawing = drawn(report, study)["heatmap-lombardy"]
    said = texts(drawing)
    counted = {i.id for p in report.targets[0].practices for i in p.indicators if i.weight}
    names = {study.framework.indicator(id_).name for id_ in counted}
    assert names <= set(said)
    assert "Switched off" not in said, "an indicator without weight has no column"
    assert "?" in said
    assert "–" in said
    assert "Contract and pay of learners 100" in drawing.about


def test_quadrant(report: Report, study: Study) -> None:
    target = report.targets[0]
    practice = next(p for p in target.practices if p.id == "academy")
    assert quadrant.mean_of(practice, {"merit"}) == pytest.approx(75)
    assert quadrant.mean_of(practice, {"condition"}) is None
    drawing = drawn(report, study)["quadrant-lombardy"]
    assert "Ikasenpresa student companies (transferable, score 78.3): fit 100, merit 100." in drawing.about
    assert "Assured skills academies" in " ".join(texts(drawing)), "what cannot be placed is named"
    assert "IFTS courses" not in " ".join(texts(drawing)), "what is at home there is no candidate"


def test_points_in_one_place_are_all_seen(report: Report, study: Study) -> None:
    same = report.targets[0].practices[0]
    rows = tuple(same.model_copy(update={"id": f"p{n}", "title": f"Practice {n}"}) for n in range(8))
    root = ET.fromstring(drawn(samples.with_practices(rows), study)["quadrant-lombardy"].svg)  # noqa: S314
    places = [
        (float(c.attrib["cx"]), float(c.attrib["cy"]))
        for c in root.iter(f"{SVG}circle")
        if c.attrib["r"] == "6.5"
    ]
    assert len(set(places)) == 8


def test_chances(report: Report, study: Study) -> None:
    said = texts(drawn(report, study)["ranks-lombardy"])
    assert {"50%", "30%", "20%"} <= set(said)


def test_comparison(report: Report, study: Study) -> None:
    drawing = drawn(two(report), study)["comparison"]
    said = texts(drawing)
    assert said.count("rank 1") == 2
    assert {"Lombardy", "Bremen", "blocked", "home"} <= set(said)
    assert "Lombardy transferable (78.3); Bremen transferable (78.3)" in drawing.about


def test_there_is_no_chart_of_nothing(report: Report, study: Study) -> None:
    assert not drawn(samples.with_practices(()), study)
    assert not drawn(report.model_copy(update={"targets": ()}), study)
    bare = tuple(
        row.model_copy(update={"robustness": None, "indicators": (), "score": None, "rank": None})
        for row in samples.practices()
    )
    assert list(drawn(samples.with_practices(bare), study)) == ["ranking-lombardy"]


def test_many_practices_and_targets(report: Report, study: Study) -> None:
    one = samples.practices()
    rows = tuple(
        one[n % 7].model_copy(
            update={"id": f"p{n}", "title": f"Practice {n} " + "with a long name " * (n % 9)}
        )
        for n in range(200)
    )
    report.targets = tuple(TargetResult(id=f"t{n}", name=f"Target {n}", practices=rows) for n in range(12))
    found = drawn(report, study)
    assert len(found) == 12 * 4 + 1
    for name in ("ranking-t0", "heatmap-t0", "quadrant-t0", "ranks-t0", "comparison"):
        check(found[name])
        assert "more practices are not shown here" in " ".join(texts(found[name]))


@pytest.mark.parametrize("name", sorted(hostile.TEXTS))
def test_hostile_text_is_text(name: str) -> None:
    report, study = hostile.hostile(hostile.TEXTS[name])
    report.targets = (*report.targets, report.targets[0].model_copy(update={"id": "../x"}))
    for drawing in drawings(report, study):
        check(drawing)
        assert "\u202e" not in drawing.svg
        assert re.fullmatch(r"[a-z0-9_-]+", drawing.name)
        assert len(drawing.svg) < 300_000


@pytest.mark.parametrize(
    ("ids", "stems"),
    [
        (["lombardy", "basque-country"], ["lombardy", "basque-country"]),
        (["../../etc/passwd"], ["etc-passwd"]),
        (["con", "a/b", "a\\b", "a b"], ["con", "a-b", "a-b-2", "a-b-3"]),
        (["日本", ""], ["region", "region-2"]),
        (["Ä" * 400, "x" * 400], ["region", "x" * 60]),
    ],
)
def test_file_names(ids: list[str], stems: list[str]) -> None:
    assert file_stems(ids) == stems
