"""The user's own workbook with the findings in it: what is not concerned keeps every byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.finding import Finding
from dualeco_cli.model.names import cell_name
from dualeco_cli.workbook.annotate import listing, notes
from dualeco_cli.workbook.annotate.findings_sheet import Sheet, sheet_xml, table_xml
from dualeco_cli.workbook.annotate.grid import Grid
from dualeco_cli.workbook.annotate.outline import Impossible, Node, Splices, outline
from dualeco_cli.workbook.annotate.package import Parts
from dualeco_cli.workbook.annotate.scan import MAIN, RELATIONS, relation_of
from dualeco_cli.workbook.annotate.styles import Styles

_DOCUMENT: Final = "application/vnd.openxmlformats-officedocument."
_SHEET_TYPE: Final = f"{_DOCUMENT}spreadsheetml.worksheet+xml"
_TABLE_TYPE: Final = f"{_DOCUMENT}spreadsheetml.table+xml"
_TEXTS_TYPE: Final = f"{_DOCUMENT}spreadsheetml.comments+xml"
_BOXES_TYPE: Final = f"{_DOCUMENT}vmlDrawing"

#: The suffix that a workbook must have for Excel to open it, by the type of its main part.
_SUFFIXES: Mapping[str, str] = {
    f"{_DOCUMENT}spreadsheetml.sheet.main+xml": ".xlsx",
    f"{_DOCUMENT}spreadsheetml.template.main+xml": ".xltx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
    "application/vnd.ms-excel.template.macroEnabled.main+xml": ".xltm",
    "application/vnd.ms-excel.addin.macroEnabled.main+xml": ".xlam",
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A copy with its findings.

    ``suffix`` is what its name must end in, ``remarks`` are sentences for the user.
    """

    content: bytes
    suffix: str
    remarks: tuple[str, ...] = ()


def patch(data: bytes, findings: Sequence[Finding], name: str) -> Annotated:
    """The workbook with the findings in it. Raises :class:`Impossible` where it cannot be changed in place.

    ``name`` is what the file is called on the sheet of findings. The package must have been checked.
    """
    return _Patch(data, findings, name).run()


@dataclass(slots=True)
class _Tab:
    """A sheet of the workbook: its name, its element and its part (None for one without cells)."""

    name: str
    node: Node
    part: str | None


class _Patch:
    def __init__(self, data: bytes, findings: Sequence[Finding], name: str) -> None:
        self.parts = Parts(data)
        self.findings = findings
        self.name = name
        self.remarks: list[str] = []
        self.book_part = self._book_part()
        self.book = outline(self.parts.read(self.book_part), self.book_part)
        if self.book.uri != MAIN:
            raise Impossible(_("it is in strict Open XML"))
        self.relations = self.parts.relations(self.book_part)
        styles_part = self.relations.target("styles")
        if styles_part is None:
            raise Impossible(_("it has no styles"))
        self.styles_part = styles_part
        self.styles = Styles(self.parts.read(styles_part), styles_part)
        self.tabs = self._tabs()
        self.next_block = 1

    def _book_part(self) -> str:
        part = self.parts.relations("").target("officeDocument")
        if part is None or not self.parts.has(part):
            raise Impossible(_("its main part is missing"))
        return part

    def _tabs(self) -> list[_Tab]:
        listed = self.book.first("sheets")
        if listed is None:
            raise Impossible(_("it lists no sheets"))
        tabs = []
        for node in listed.named("sheet"):
            kind, part = self.relations.by_id(relation_of(node.attributes) or "") or ("", "")
            tabs.append(_Tab(node.attributes.get("name", ""), node, part if kind == "worksheet" else None))
        return tabs

    def run(self) -> Annotated:
        """All changes, in an order in which each knows what it needs."""
        type_ = self.parts.type_of(self.book_part) or ""
        if type_ not in _SUFFIXES:
            raise Impossible(_("its main part is of an unknown type"))
        own = self._own_tab()
        self._find_blocks()
        by_sheet: dict[str, list[Finding]] = {}
        for finding in self.findings:
            by_sheet.setdefault(finding.sheet or "", []).append(finding)
        cells = {tab.name: listing.by_cell(by_sheet.get(tab.name, ())) for tab in self.tabs}
        noted = self._noted(cells)
        for tab in self.tabs:
            if tab is not own and tab.part is not None:
                self._annotate(tab.part, cells[tab.name], noted)
        self._add_listing(own)
        self.parts.write(self.styles_part, self.styles.result())
        return Annotated(self.parts.content(), _SUFFIXES[type_], tuple(self.remarks))

    # -- cells ---------------------------------------------------------------------------------------

    def _noted(self, cells: Mapping[str, Mapping[tuple[int, int], Sequence[Finding]]]) -> frozenset[int]:
        """The findings (by identity) whose cells get a note: all, or the worst ones where they are many."""
        everywhere = [group for held in cells.values() for group in held.values()]
        if len(everywhere) > listing.MOST_NOTES:
            self.remarks.append(
                plural(
                    "{count} cell has findings; the worst {most} have a note, the others are coloured and "
                    "listed.",
                    "{count} cells have findings; the worst {most} have a note, the others are coloured and "
                    "listed.",
                    len(everywhere),
                    most=grouped(listing.MOST_NOTES),
                )
            )
        first = listing.worst_first(group[0] for group in everywhere)
        return frozenset(id(finding) for finding in first[: listing.MOST_NOTES])

    def _annotate(
        self, part: str, cells: Mapping[tuple[int, int], Sequence[Finding]], noted: frozenset[int]
    ) -> None:
        """Colour the cells of a sheet and put notes to them."""
        wanted: dict[int, list[int]] = {}
        for row, column in cells:
            wanted.setdefault(row, []).append(column)
        grid = Grid(self.parts.read(part), part, wanted, self.styles.stale)
        grid.clear(self.styles.cleared)
        grid.deselect()
        if cells:
            grid.paint(lambda row, column, style: self.styles.marked(style, cells[row, column][0].severity))
        texts = [listing.note(at, group) for at, group in cells.items() if id(group[0]) in noted]
        self._put_notes(part, grid, texts)
        if grid.changed:
            self.parts.write(part, grid.result())

    def _put_notes(self, part: str, grid: Grid, wanted: Sequence[notes.Note]) -> None:
        relations = self.parts.relations(part)
        texts_part = relations.target("comments")
        if texts_part is None:
            if not wanted:
                return
            texts_part = self.parts.free_name("xl/comments{}.xml")
            texts = notes.new_texts(wanted)
            self.parts.declare(texts_part, _TEXTS_TYPE)
            relations.add("comments", texts_part)
        else:
            old = self.parts.read(texts_part)
            if not wanted and not notes.is_annotated(old, texts_part):
                return
            texts = notes.merged_texts(old, texts_part, wanted)
        if texts.untold:
            self.remarks.append(
                _(
                    "Conversations, and notes that are full, are left as they are ({cells}); what was found "
                    "there stands on the sheet {sheet}."
                ).format(cells=_names(texts.untold), sheet=listing.sheet_name())
            )
        self.parts.write(texts_part, texts.content)
        tie = grid.scan.legacy_drawing
        if tie is None:
            if texts.new:
                boxes_part = self.parts.free_name("xl/drawings/vmlDrawing{}.vml")
                self.parts.write(boxes_part, notes.new_boxes(texts, grid.scan, self._take_blocks(texts)))
                self.parts.declare(boxes_part, _BOXES_TYPE)
                grid.tie_notes(relations.add("vmlDrawing", boxes_part))
            return
        found = relations.by_id(tie)
        if found is None:
            raise Impossible(_("the drawing of its notes is missing"))
        boxes = notes.merged_boxes(self.parts.read(found[1]), texts, grid.scan, self._take_blocks(texts))
        self.parts.write(found[1], boxes)

    def _find_blocks(self) -> None:
        """The first block of numbers for boxes that no drawing of the workbook uses."""
        for tab in self.tabs:
            relations = self.parts.relations(tab.part) if tab.part is not None else None
            for drawing in relations.targets("vmlDrawing") if relations else ():
                if self.parts.has(drawing):
                    used = notes.blocks_of(self.parts.read(drawing))
                    self.next_block = max(self.next_block, *(block + 1 for block in used), 1)

    def _take_blocks(self, texts: notes.Texts) -> int:
        first = self.next_block
        self.next_block += notes.blocks_needed(texts)
        return first

    # -- the sheet of findings -----------------------------------------------------------------------

    def _own_tab(self) -> _Tab | None:
        """Our sheet of an earlier run, which is written anew."""
        for tab in self.tabs:
            if tab.part is not None and self._own_table(tab.part) is not None:
                return tab
        return None

    def _own_table(self, part: str) -> str | None:
        """Our table on a sheet, if it is there."""
        for table in self.parts.relations(part).targets("table"):
            if self.parts.has(table):
                name = outline(self.parts.read(table), table).attributes.get("name", "")
                if name == listing.TABLE:
                    return table
        return None

    def _add_listing(self, own: _Tab | None) -> None:
        if len(self.findings) > listing.MOST_LINES:
            self.remarks.append(listing.cut(listing.MOST_LINES))
        taken = {tab.name.casefold() for tab in self.tabs if tab is not own}
        name = listing.free_name(taken)
        names = {tab.name: tab.name for tab in self.tabs}
        sheet = Sheet(self.name, self.findings, names, self.styles.looks())
        if own is not None and own.part is not None:
            self._rewrite_listing(own.part, sheet)
            return
        part = self.parts.free_name("xl/worksheets/sheet{}.xml")
        self.parts.declare(part, _SHEET_TYPE)
        table = self.parts.free_name("xl/tables/table{}.xml")
        self.parts.declare(table, _TABLE_TYPE)
        relation = self.parts.relations(part).add("table", table)
        self.parts.write(table, table_xml(sheet, self._free_table_id()))
        self.parts.write(part, sheet_xml(sheet, relation))
        self._enter(name, self.relations.add("worksheet", part))

    def _rewrite_listing(self, part: str, sheet: Sheet) -> None:
        """Write our sheet of an earlier run anew, in its old place."""
        table = self._own_table(part) or ""
        id_ = outline(self.parts.read(table), table).attributes.get("id", "1")
        relation = self.parts.relations(part).id_of(table)
        self.parts.write(table, table_xml(sheet, id_))
        self.parts.write(part, sheet_xml(sheet, relation))
        index = next(at for at, tab in enumerate(self.tabs) if tab.part == part)
        splices = Splices(self.parts.read(self.book_part))
        self._show(splices, index)
        self.parts.write(self.book_part, splices.result())

    def _free_table_id(self) -> str:
        """A number that no table has; they count through the whole workbook."""
        used = [0]
        for tab in self.tabs:
            for table in self.parts.relations(tab.part).targets("table") if tab.part is not None else ():
                if self.parts.has(table):
                    id_ = outline(self.parts.read(table), table).attributes.get("id", "")
                    used.append(int(id_) if id_.isdecimal() else 0)
        return str(max(used) + 1)

    def _enter(self, name: str, relation: str) -> None:
        """Enter our sheet into the workbook, before all others, and let it be shown first."""
        splices = Splices(self.parts.read(self.book_part))
        first = self.tabs[0].node if self.tabs else None
        if first is None:
            raise Impossible(_("it lists no sheets"))
        ids = [tab.node.attributes.get("sheetId", "") for tab in self.tabs]
        id_ = max((int(id_) for id_ in ids if id_.isdecimal()), default=0) + 1
        splices.insert(
            first.start,
            f'<{first.tag("sheet")} xmlns:r="{RELATIONS}" name={quoteattr(name)} sheetId="{id_}" '
            f'r:id="{relation}"/>',
        )
        names = self.book.first("definedNames")
        for node in names.named("definedName") if names else ():
            # names of one sheet say which by its position, and all positions move by one
            local = node.attributes.get("localSheetId", "")
            if local.isdecimal():
                splices.set_attributes(node, {"localSheetId": str(int(local) + 1)})
        self._show(splices, 0)
        self.parts.write(self.book_part, splices.result())

    def _show(self, splices: Splices, index: int) -> None:
        """Let the workbook open with a sheet."""
        views = self.book.first("bookViews")
        for view in views.named("workbookView") if views else ():
            splices.set_attributes(view, {"activeTab": str(index), "firstSheet": None})
        for tab in self.tabs:
            if tab.part is None:
                self._deselect(tab)

    def _deselect(self, tab: _Tab) -> None:
        """Let a sheet without cells not be selected any more."""
        _, part = self.relations.by_id(relation_of(tab.node.attributes) or "") or ("", "")
        if not self.parts.has(part) or b"tabSelected" not in self.parts.read(part):
            return
        root = outline(self.parts.read(part), part)
        splices = Splices(self.parts.read(part))
        for views in root.named("sheetViews"):
            for view in views.named("sheetView"):
                splices.set_attributes(view, {"tabSelected": None})
        self.parts.write(part, splices.result())


def _names(found: Sequence[notes.Note]) -> str:
    names = [cell_name(note.row, note.column) for note in found]
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
