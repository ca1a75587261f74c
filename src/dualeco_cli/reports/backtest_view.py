"""Looking back on a terminal: predictions beside what became of the practices that were tried."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dualeco_cli.language import _, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.insight import Hindsight, PilotPrediction, Retrospect
from dualeco_cli.model.result import PracticeClass, PracticeResult
from dualeco_cli.model.rows import Adaptation
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.explain_view import bullets, class_mark, class_text
from dualeco_cli.reports.layout import WIDE, fitted, heading, prose, ruled_table
from dualeco_cli.reports.naming import one_line, region_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.terminal import Screen, emit

#: Outcomes go from 0 (failed) to this.
BEST_OUTCOME = 4
#: From this outcome on a pilot is a success (design, 4.10).
SUCCESS = 3.0
#: From this width on a score and its class stand on one line.
ROOMY = 95
#: With more pilots than this the table is cut, and points to a file for the rest.
MANY = 100


def backtest_text(retrospect: Retrospect, study: Study, screen: Screen | None = None) -> str:
    """Pilots and predictions as text for a screen."""
    screen = screen or Screen()
    return screen.render(*_View(retrospect, study, screen).parts())


def print_backtest(retrospect: Retrospect, study: Study, file: TextIO) -> None:
    """Write pilots and predictions to a terminal, a pipe or a file."""
    emit(backtest_text(retrospect, study, Screen.of(file)), file)


def render_json(hindsight: Hindsight) -> bytes:
    """The file for scripts (design, section 6): UTF-8, indented, numbers as exact as they are."""
    text = json.dumps(hindsight.model_dump(by_alias=True), indent=2, ensure_ascii=False, allow_nan=False)
    # Half a character, from a damaged cell, cannot be UTF-8, but JSON has an escape for it.
    return text.encode("utf-8", "backslashreplace") + b"\n"


class _View:
    """One retrospect on one screen."""

    def __init__(self, retrospect: Retrospect, study: Study, screen: Screen) -> None:
        self.hindsight = retrospect.hindsight
        self.as_is = retrospect.as_is()
        self.study = study
        self.screen = screen
        self.story = Story(retrospect.report, study)
        self.titles: dict[tuple[str, str], str] = {}
        for row in study.adaptations:
            self.titles.setdefault((row.practice, row.adaptation), _adaptation(row))

    def parts(self) -> Iterator[RenderableType]:
        pilots = self.hindsight.pilots
        yield heading(
            plural("{count} pilot, looking back", "{count} pilots, looking back", len(pilots)), self.screen
        )
        yield Text("")
        yield self._table()
        if len(pilots) > MANY:
            yield Text(
                plural(
                    "… and {count} more pilot; use --output FILE to see all of them.",
                    "… and {count} more pilots; use --output FILE to see all of them.",
                    len(pilots) - MANY,
                ),
                style="italic",
            )
        yield Text("")
        yield prose(Text(self._legend(), style=self.screen.dim), self.screen)
        yield Text("")
        yield heading(_("Did the prediction hold?"), self.screen, "-")
        yield bullets(self._said(), self.screen)
        yield Text("")
        yield Text("\n".join(self.story.provenance()), style=self.screen.dim)

    def _table(self) -> Table:
        wide, roomy = self.screen.width >= WIDE, self.screen.width >= ROOMY
        table = ruled_table(self.screen)
        table.add_column(_("Practice"), ratio=1, min_width=16, overflow="fold")
        table.add_column(_("Tried in"), max_width=24 if wide else 14, overflow="fold")
        table.add_column(_("Year"), justify="right", no_wrap=True)
        table.add_column(_("Outcome"), justify="right", no_wrap=True)
        table.add_column(_("As it is"), max_width=30 if roomy else 14)
        table.add_column(_("As adapted"), max_width=30 if roomy else 14)
        for pilot in self.hindsight.pilots[:MANY]:
            as_is = self.as_is.get((pilot.practice, pilot.target))
            row = self.study.practices.get(pilot.practice)
            table.add_row(
                Text(one_line(row.title if row else pilot.practice, 80)),
                Text(region_name(self.study, pilot.target)),
                Text(numbers.MISSING if pilot.year is None else str(pilot.year)),
                Text(self._outcome(pilot.outcome)),
                self._predicted(as_is.score, as_is.class_) if as_is else Text(numbers.MISSING),
                self._adapted(pilot, as_is),
            )
        return fitted(table, self.screen.width)

    def _outcome(self, outcome: float | None) -> str:
        if outcome is None:
            return numbers.MISSING
        return _("{outcome} of {best}").format(outcome=numbers.plain(outcome), best=BEST_OUTCOME)

    def _predicted(self, score: float | None, class_: PracticeClass | None) -> Text:
        if class_ is None:
            return Text(_("no prediction"))
        _mark, colour = class_mark(class_, self.screen)
        return Text.assemble((f"{self.story.score(score)} ", colour), class_text(class_, self.screen))

    def _adapted(self, pilot: PilotPrediction, as_is: PracticeResult | None) -> Text:
        """The form that was tried; of a pilot that names none, that is the practice as it is."""
        if pilot.adaptation is None:
            forms = len(as_is.adaptations) if as_is else 0
            return Text(_("tried as it is") if forms else numbers.MISSING)
        return self._predicted(pilot.score, pilot.class_)

    def _legend(self) -> str:
        said = [
            _("Outcome: from 0, failed, to {best}, a full success; a success begins at {success}.").format(
                best=BEST_OUTCOME, success=numbers.plain(SUCCESS)
            ),
            _("As it is and as adapted: what is predicted for the practice and for the form that was tried."),
        ]
        forms = {
            (pilot.practice, pilot.adaptation)
            for pilot in self.hindsight.pilots[:MANY]
            if pilot.adaptation is not None
        }
        for practice, adaptation in sorted(forms)[:5]:
            row = self.study.practices.get(practice)
            said.append(
                _("The form of “{practice}”: {title}.").format(
                    practice=one_line(row.title if row else practice, 60),
                    title=self.titles.get((practice, adaptation or ""), one_line(adaptation)),
                )
            )
        return " ".join(said)

    # What follows from it

    def _said(self) -> Iterator[str]:
        found = self.hindsight
        left = len(found.pilots) - found.cases
        if found.cases:
            counted = plural(
                "{count} pilot counts: it has an outcome and a score.",
                "{count} pilots count: they have an outcome and a score.",
                found.cases,
            )
            others = plural(
                "{count} does not, for lack of one of them or because it was at home.",
                "{count} do not, for lack of one of them or because they were at home.",
                left,
            )
            yield f"{counted} {others}" if left else counted
            yield self._tau()
            yield self._auc()
        if found.note:
            yield self.story.reason(found.note)

    def _tau(self) -> str:
        tau = self.hindsight.tau_b
        if tau is None:
            return _(
                "Whether higher scores went with better outcomes cannot be said: that takes two pilots with "
                "different scores and different outcomes (Kendall's tau-b is not defined)."
            )
        shown, cases = numbers.fixed(tau, 2), self.hindsight.cases
        if tau > EQUAL:
            return plural(
                "Higher scores went with better outcomes: Kendall's tau-b is {tau}, from {count} pilot "
                "(1: the same order, -1: the reverse).",
                "Higher scores went with better outcomes: Kendall's tau-b is {tau}, from {count} pilots "
                "(1: the same order, -1: the reverse).",
                cases,
                tau=shown,
            )
        if tau < -EQUAL:
            return plural(
                "Higher scores went with worse outcomes: Kendall's tau-b is {tau}, from {count} pilot "
                "(1: the same order, -1: the reverse).",
                "Higher scores went with worse outcomes: Kendall's tau-b is {tau}, from {count} pilots "
                "(1: the same order, -1: the reverse).",
                cases,
                tau=shown,
            )
        return plural(
            "Scores and outcomes went neither with nor against each other: Kendall's tau-b is {tau}, from "
            "{count} pilot (1: the same order, -1: the reverse).",
            "Scores and outcomes went neither with nor against each other: Kendall's tau-b is {tau}, from "
            "{count} pilots (1: the same order, -1: the reverse).",
            cases,
            tau=shown,
        )

    def _auc(self) -> str:
        auc = self.hindsight.auc
        if auc is None:
            return _(
                "How well the score tells successes from failures cannot be said: that takes at least one of "
                "each (the area under the ROC curve is not defined)."
            )
        return plural(
            "A pilot that succeeded had the higher score than one that did not in {share} of such pairs: the "
            "area under the ROC curve is {auc}, from {count} pilot (1: always, 0.5: as by chance).",
            "A pilot that succeeded had the higher score than one that did not in {share} of such pairs: the "
            "area under the ROC curve is {auc}, from {count} pilots (1: always, 0.5: as by chance).",
            self.hindsight.cases,
            share=numbers.share(auc),
            auc=numbers.fixed(auc, 2),
        )


def _adaptation(row: Adaptation) -> str:
    return one_line(row.title or row.adaptation)
