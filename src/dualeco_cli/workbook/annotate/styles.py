"""The styles of the workbook, with ours added at the ends of their lists: no number of the user's changes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dualeco_cli.language import _
from dualeco_cli.model.finding import Severity
from dualeco_cli.workbook.annotate.outline import Impossible, Node, Splices, outline, with_attributes

#: Fills by severity: light, so that dark text stays readable. No palette has exactly these shades, so that
#: they are known again in a copy that was mended and is annotated once more.
FILLS: Mapping[Severity, str] = MappingProxyType(
    {Severity.ERROR: "FFFDC4CB", Severity.WARNING: "FFFFEDA3", Severity.INFO: "FFD9E8F9"}
)

#: A font of our own sheet; what differs comes before and after the size.
_FONT = (
    '<{p}font>%s<{p}sz val="%s"/><{p}color rgb="%s"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>'
)
_HEADER = "FF1F4E79"
_INK, _WHITE, _BLUE = "FF1F3044", "FFFFFFFF", "FF0B57A4"


class Styles:
    """The style part and what is added to it. Indices are texts, as cells carry them."""

    def __init__(self, data: bytes, part: str) -> None:
        self._splices = Splices(data)
        self._root = outline(data, part)
        self._lists = {name: self._list(name, part) for name in ("fonts", "fills", "cellXfs")}
        self._added: dict[str, list[bytes]] = {name: [] for name in self._lists}
        self._marked: dict[tuple[int, str], str] = {}
        self._fills: dict[str, int] = {}
        self._looks: dict[str, str] | None = None
        #: Cell formats with one of our fills, from an earlier run.
        self.stale = self._find_stale()

    def _list(self, name: str, part: str) -> Node:
        node = self._root.first(name)
        if node is None or not node.children:
            raise Impossible(_("its part {part} has no {name}").format(part=part, name=name))
        return node

    def _find_stale(self) -> frozenset[str]:
        ours = {color.casefold() for color in FILLS.values()}
        fills = {
            str(index)
            for index, fill in enumerate(self._lists["fills"].children)
            for pattern in fill.children
            for color in pattern.children
            if color.name == "fgColor" and color.attributes.get("rgb", "").casefold() in ours
        }
        formats = enumerate(self._lists["cellXfs"].children)
        return frozenset(str(index) for index, xf in formats if xf.attributes.get("fillId") in fills)

    def _add(self, name: str, xml: bytes) -> int:
        """Add to one of the lists; the index of what was added."""
        self._added[name].append(xml)
        return len(self._lists[name].children) + len(self._added[name]) - 1

    def _xml(self, text: str) -> bytes:
        """Markup with the prefix that this part uses; ``{p}`` stands for it."""
        prefix = self._root.prefix
        return text.replace("{p}", f"{prefix}:" if prefix else "").encode()

    def _fill(self, color: str) -> int:
        if color not in self._fills:
            self._fills[color] = self._add(
                "fills",
                self._xml(
                    f'<{{p}}fill><{{p}}patternFill patternType="solid"><{{p}}fgColor rgb="{color}"/>'
                    '<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
                ),
            )
        return self._fills[color]

    def marked(self, style: str, severity: Severity) -> str:
        """A cell format like that one, with the fill of the severity."""
        return self._with_fill(style, str(self._fill(FILLS[severity])))

    def cleared(self, style: str) -> str:
        """A cell format like that one, without a fill."""
        return self._with_fill(style, "0")

    def _with_fill(self, style: str, fill: str) -> str:
        formats = self._lists["cellXfs"].children
        index = int(style) if style.isdecimal() and int(style) < len(formats) else 0
        key = (index, fill)
        if key not in self._marked:
            xf = formats[index]
            data = self._splices.data
            tag = with_attributes(data[xf.start : xf.inside], {"fillId": fill, "applyFill": "1"})
            self._marked[key] = str(self._add("cellXfs", tag + data[xf.inside : xf.end]))
        return self._marked[key]

    def looks(self) -> Mapping[str, str]:
        """The cell formats of our own sheet by name: text, line, title, header, link and the severities."""
        if self._looks is None:
            plain = self._font("", "11", _INK)
            bold = self._font("<{p}b/>", "11", _INK)
            self._looks = {
                "text": self._look(plain, 0, wrap=True),
                "line": self._look(plain, 0, wrap=False),
                "title": self._look(self._font("<{p}b/>", "14", _INK), 0, wrap=False),
                "header": self._look(self._font("<{p}b/>", "11", _WHITE), self._fill(_HEADER), wrap=False),
                "link": self._look(self._font("<{p}u/>", "11", _BLUE), 0, wrap=False),
                **{name: self._look(bold, self._fill(color), wrap=False) for name, color in FILLS.items()},
            }
        return self._looks

    def _font(self, extra: str, size: str, color: str) -> int:
        return self._add("fonts", self._xml(_FONT % (extra, size, color)))

    def _look(self, font: int, fill: int, *, wrap: bool) -> str:
        # quotePrefix: a text that begins like a formula stays a text when somebody edits the cell
        wrapped = ' wrapText="1"' if wrap else ""
        return str(
            self._add(
                "cellXfs",
                self._xml(
                    f'<{{p}}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" '
                    'quotePrefix="1" applyFont="1" applyFill="1" applyAlignment="1">'
                    f'<{{p}}alignment vertical="top"{wrapped}/></{{p}}xf>'
                ),
            )
        )

    def result(self) -> bytes:
        """The part with what was added."""
        for name, node in self._lists.items():
            added = self._added[name]
            if added:
                count = str(len(node.children) + len(added))
                changes = {"count": count} if "count" in node.attributes else {}
                self._splices.append(node, b"".join(added), changes)
        return self._splices.result()
