"""The rows of a study, sheet by sheet, in the order in which they depend on each other, merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from dualeco_cli.checks import nuts_codes, package_data, plausible
from dualeco_cli.checks.choose import Chosen
from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.column_words import IndicatorNames
from dualeco_cli.checks.headers import report_unknown
from dualeco_cli.checks.panel import PanelChecks, panel_rows
from dualeco_cli.checks.recognise import Recognised
from dualeco_cli.checks.records import Entry, RecordReader
from dualeco_cli.checks.references import Names, names_of
from dualeco_cli.checks.rows import records
from dualeco_cli.checks.tables import Record, Table
from dualeco_cli.checks.unique import count_once, passed
from dualeco_cli.checks.wide import WideT, read_wide, wide_columns
from dualeco_cli.data import builtin
from dualeco_cli.language import _
from dualeco_cli.model.cells import Place
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.names import slug
from dualeco_cli.model.rows import (
    SHEETS,
    Adaptation,
    Assessment,
    Basis,
    Ecosystem,
    Indicator,
    Merits,
    PanelRow,
    Pilot,
    Practice,
    ProfileValue,
    Requirements,
    Role,
    Row,
)
from dualeco_cli.model.study import Panel, Source, Study

RowT = TypeVar("RowT", bound=Row)


#: Sheets of which those count that come from a file of ``--ecosystems``.
ECOSYSTEM_SHEETS = ("Ecosystems", "Profile")


class Merger:
    """Reads everything but the framework, and makes a study of it."""

    def __init__(
        self,
        collector: Collector,
        given: Sequence[Recognised],
        extra: Sequence[Recognised],
        chosen: Chosen,
        indicator_names: IndicatorNames,
        wanted: set[str],
        *,
        unreadable: bool,
    ) -> None:
        """``extra``: files of which only the ecosystems and profiles count.

        ``wanted``: the built-in ecosystems that were asked for; none stands for all of them.
        ``unreadable``: a file could not be read, so there may be ids that are not known.
        """
        self._collector = collector
        self._given = given
        self._extra = extra
        self._chosen = chosen
        self._indicator_names = indicator_names
        self._wanted = wanted
        self._unreadable = unreadable
        self._reader = RecordReader(
            collector, {"Indicators": chosen.names}, chosen.indicators, self._adaptations_of
        )
        self._adaptations: dict[str, Names] = {}
        self._all_adaptations = True
        #: The rows that rate, for those who look for the columns of indicators.
        self.rated: list[Entry[Merits] | Entry[Requirements]] = []
        self.assessed: list[Entry[Assessment]] = []

    def study(self, inputs: tuple[Source, ...], *, for_scoring: bool) -> Study | None:
        """The study; None where something in it is wrong."""
        collector, indicators, known = self._collector, self._chosen.indicators, self._reader.known

        own_ecosystems = self._entries("Ecosystems", Ecosystem)
        ecosystems = self._merged_ecosystems(own_ecosystems)
        nuts_codes.check_codes(own_ecosystems, _built_in_codes(), collector)
        known["Ecosystems"] = self._ecosystem_names(own_ecosystems, ecosystems)

        practices = self._practices()
        if self._is_given("Practices"):
            known["Practices"] = self._practice_names(practices)
        adaptations = self._entries("Adaptations", Adaptation)
        self._note_adaptations(adaptations)
        merits = self._wide("Merits", Merits)
        requirements = self._wide("Requirements", Requirements)
        assessments = self._entries("Assessments", Assessment)
        pilots = self._entries("Pilots", Pilot)
        basis = self._entries("Basis", Basis)
        panel = self._panel()
        own_profile = self._entries("Profile", ProfileValue)
        profile = self._profile(own_profile, set(ecosystems))

        sources = {entry.text("id") or "": entry.text("source") or "" for entry in reversed(practices)}
        plausible.check_home(requirements, sources, indicators, profile, collector)
        plausible.check_critical(requirements, indicators, collector)
        self.rated, self.assessed = [*merits, *requirements], assessments
        if for_scoring:
            self._require_something(practices, [*merits, *requirements, *assessments])
        if collector.has_errors:
            return None
        # everything in it has been validated row by row
        return Study.model_construct(
            practices={row.id: row for row in _rows(practices)},
            merits={row.practice: row.levels for row in _rows(merits)},
            requirements={row.practice: row.levels for row in _rows(requirements)},
            basis=_rows(basis),
            assessments=_rows(assessments),
            adaptations=_rows(adaptations),
            pilots=_rows(pilots),
            framework=self._chosen.build(),
            ecosystems=ecosystems,
            profile=profile,
            inputs=inputs,
            panel=Panel(rows=panel_rows(panel)) if panel else None,
        )

    # -- sheets --------------------------------------------------------------------------------------

    def _files(self, kind: str) -> Sequence[Recognised]:
        return [*self._given, *self._extra] if kind in ECOSYSTEM_SHEETS else self._given

    def _is_given(self, kind: str) -> bool:
        """Whether there is a sheet of a kind, or a fiche, read or not."""
        if kind == "Practices" and any(one.fiches for one in self._given):
            return True
        return any(kind in one.kinds or kind in one.meant for one in self._files(kind))

    def _is_read(self, kind: str) -> bool:
        """Whether what there is of a kind could all be read."""
        return not self._unreadable and not any(kind in one.unread_kinds for one in self._files(kind))

    def _tables(self, kind: str) -> list[Table]:
        return [table for one in self._files(kind) for table in one.of_kind(kind)]

    def _entries(self, kind: str, model: type[RowT]) -> list[Entry[RowT]]:
        entries: list[Entry[RowT]] = []
        for table in self._tables(kind):
            report_unknown(table, self._collector)
            entries += [self._reader.read(record, model) for record in records(table, self._collector)]
        return count_once(kind, entries, self._collector)

    def _doubled(self, kind: str) -> list[tuple[str | None, str]]:
        """The ids of sheets that are not read because there are two of their kind, and their names."""
        silent = RecordReader(Collector())
        found: list[tuple[str | None, str]] = []
        for one in self._files(kind):
            for table in one.doubled:
                if table.kind == kind:
                    for record in records(table, silent.collector):
                        entry = silent.read(record, SHEETS[kind], _id_from_title)
                        found.append((entry.text("id"), entry.text("name") or entry.text("title") or ""))
        return found

    # -- ecosystems ----------------------------------------------------------------------------------

    def _merged_ecosystems(self, own: Sequence[Entry[Ecosystem]]) -> dict[str, Ecosystem]:
        """The ecosystems of the study: a row of the user's replaces the built-in one."""
        built_in = [located.row for located in package_data.ecosystems().ecosystems]
        found = {row.id: row for row in built_in if not self._wanted or row.id in self._wanted}
        found.update((row.id, row) for row in _rows(own))
        return found

    def _ecosystem_names(self, own: Sequence[Entry[Ecosystem]], ecosystems: Mapping[str, Ecosystem]) -> Names:
        rows: list[tuple[str | None, str]] = [(id_, row.name or "") for id_, row in ecosystems.items()]
        rows += [(entry.text("id"), entry.text("name") or "") for entry in own]
        rows += self._doubled("Ecosystems")
        names = names_of(rows, complete=self._is_read("Ecosystems"))
        names.also = {row.nuts: id_ for id_, row in ecosystems.items() if row.nuts}
        return names

    # -- practices -----------------------------------------------------------------------------------

    def _practices(self) -> list[Entry[Practice]]:
        found: list[Record] = []
        for table in self._tables("Practices"):
            report_unknown(table, self._collector)
            found.extend(records(table, self._collector))
        found.extend(fiche for one in self._given for fiche in one.fiches)
        entries = [self._reader.read(record, Practice, _id_from_title) for record in found]
        return count_once("Practices", entries, self._collector)

    def _practice_names(self, practices: Sequence[Entry[Practice]]) -> Names:
        rows = [(entry.text("id"), entry.text("title") or "") for entry in practices]
        return names_of([*rows, *self._doubled("Practices")], complete=self._is_read("Practices"))

    def _note_adaptations(self, adaptations: Sequence[Entry[Adaptation]]) -> None:
        """Gather the adaptations of each practice, for the pilots that name one."""
        by_practice: dict[str, dict[str, str]] = {}
        for entry in adaptations:
            practice, id_ = entry.text("practice"), entry.text("adaptation")
            if practice is None or id_ is None:
                self._all_adaptations = False
            else:
                by_practice.setdefault(practice, {}).setdefault(id_, entry.text("title") or "")
        complete = self._all_adaptations = self._all_adaptations and self._is_read("Adaptations")
        self._adaptations = {
            practice: Names(names, complete=complete) for practice, names in by_practice.items()
        }

    def _adaptations_of(self, practice: str) -> Names | None:
        """The adaptations of a practice; None where the part of the study is given that has none of them."""
        if not self._is_given("Practices") and not self._is_given("Adaptations"):
            return None
        return self._adaptations.get(practice, Names(complete=self._all_adaptations))

    def _panel(self) -> list[Entry[PanelRow]]:
        """The rows of a panel, which refer to the framework alone."""
        draft, known = self._chosen.draft, self._reader.known
        dimensions = [located.row for located in draft.dimensions]
        names = names_of(
            [(row.id, row.name or "") for row in dimensions], complete=self._is_read("Dimensions")
        )
        known["Dimensions"] = names
        entries = self._entries("Panel", PanelRow)
        if entries:
            manner = self._chosen.manner
            PanelChecks(
                self._collector,
                self._chosen.indicators,
                dimensions,
                {"Dimensions": names, "Indicators": self._chosen.names},
                manner,
            ).check(entries)
        return entries

    def _wide(self, kind: str, model: type[WideT]) -> list[Entry[WideT]]:
        entries: list[Entry[WideT]] = []
        for table in self._tables(kind):
            columns = wide_columns(table, self._indicator_names, self._collector)
            entries += read_wide(table, model, columns, self._reader)
        return count_once(kind, entries, self._collector)

    # -- profile -------------------------------------------------------------------------------------

    def _profile(
        self, own: Sequence[Entry[ProfileValue]], ecosystems: set[str]
    ) -> dict[str, dict[str, ProfileValue]]:
        """The value that counts for each ecosystem and indicator (design, section 3, merging)."""
        indicators = self._chosen.indicators
        replaced = {(entry.text("ecosystem"), entry.text("indicator")) for entry in own}
        usable = self._usable()
        built_in = [
            located.row
            for located in package_data.ecosystems().profile
            if located.row.ecosystem in ecosystems
            and located.row.indicator in usable
            and (located.row.ecosystem, located.row.indicator) not in replaced
        ]
        profile: dict[str, dict[str, ProfileValue]] = {}
        for row in [*built_in, *(row for row in _rows(own) if row.indicator in indicators)]:
            held = profile.setdefault(row.ecosystem, {})
            before = held.get(row.indicator)
            # a row without a year is older than any
            if before is None or (row.year or 0) >= (before.year or 0):
                held[row.indicator] = row
        return profile

    def _usable(self) -> set[str]:
        """Indicators for which the built-in values stand: those on the scale of the framework ``dualeco``.

        That is the framework that the values were collected for, whichever one is used.
        """
        standard = package_data.framework(builtin.DEFAULT_FRAMEWORK)[0].by_id
        with_values = {located.row.indicator for located in package_data.ecosystems().profile}
        usable: set[str] = set()
        for located in self._chosen.draft.indicators:
            row, other = located.row, standard.get(located.row.id)
            if other is not None and _same_scale(row, other):
                usable.add(row.id)
            elif (
                self._chosen.own
                and other is not None
                and row.id in with_values
                and row.role in {Role.NEED, Role.CONDITION}
            ):
                self._collector.add(
                    "built-in-value-unused",
                    located.place("id"),
                    header=located.record.header("id"),
                    found=row.id,
                )
        return usable

    # -- scoring -------------------------------------------------------------------------------------

    def _require_something(self, practices: Sequence[object], rated: Sequence[object]) -> None:
        """Report that there is nothing to score, unless that may be due to another fault."""
        if self._collector.has_errors:
            return
        place = Place(self._given[0].workbook.path if self._given else "")
        if not practices:
            what, expected = _("no practices"), _("a sheet Practices")
        elif not rated:
            what = _("no merits, requirements or assessments")
            expected = _("a sheet Merits, Requirements or Assessments")
        elif not self._chosen.indicators:
            what, expected = _("no indicators"), _("rows on the sheet Indicators")
        else:
            return
        self._collector.add("nothing-to-score", place, found=what, expected=expected)


def _rows(entries: Sequence[Entry[RowT]]) -> tuple[RowT, ...]:
    """The rows that passed."""
    return tuple(located.row for located in passed(entries))


def _built_in_codes() -> frozenset[str]:
    """The NUTS codes of the built-in ecosystems."""
    rows = (located.row for located in package_data.ecosystems().ecosystems)
    return frozenset(row.nuts for row in rows if row.nuts)


def _id_from_title(entry: Entry[RowT]) -> None:
    """Without an id, the id of a practice comes from its title."""
    title = entry.values.get("title")
    if "id" not in entry.values and "id" not in entry.bad and isinstance(title, str):
        entry.values["id"] = slug(title)


def _same_scale(one: Indicator, other: Indicator) -> bool:
    return all(abs(getattr(one, name) - getattr(other, name)) <= EQUAL for name in ("worst", "best", "step"))
