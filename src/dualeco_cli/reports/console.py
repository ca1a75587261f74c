"""The ranking on a terminal, to read and to read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dualeco_cli.language import _, plural
from dualeco_cli.model.result import PracticeClass, PracticeResult, Report, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.layout import WIDE, fields, fitted, heading, ruled_table
from dualeco_cli.reports.naming import one_line, region_name, target_name
from dualeco_cli.reports.panel_view import panel_parts
from dualeco_cli.reports.story import Remark, Story
from dualeco_cli.reports.terminal import Screen, emit
from dualeco_cli.reports.texts import class_word

#: With more practices than this a target's ranking is cut, and points to a file for the rest.
MANY = 60
#: So many are shown then, ranked ones and ones without a rank each; and so many in detail.
SHOWN, DETAILED = 40, 10
#: From this width on the table has room for whole names of regions.
ROOMY = 95

#: A class has a mark and a colour beside its word: neither is ever needed to understand it.
MARKS = {
    PracticeClass.TRANSFERABLE: ("✓", "[+]", "green"),
    PracticeClass.ADAPTABLE: ("≈", "[~]", "cyan"),
    PracticeClass.CONDITIONAL: ("?", "[?]", "yellow"),
    PracticeClass.NOT_YET: ("↓", "[-]", "magenta"),
    PracticeClass.BLOCKED: ("✗", "[x]", "red"),
    PracticeClass.INSUFFICIENT_EVIDENCE: ("○", "[o]", "blue"),
    PracticeClass.HOME: ("⌂", "[=]", "bright_black"),
}


def score_text(report: Report, study: Study, screen: Screen | None = None) -> str:
    """The whole report as text for a screen."""
    screen = screen or Screen()
    return _View(report, study, screen).text()


def print_score(report: Report, study: Study, file: TextIO) -> None:
    """Write the report to a terminal, a pipe or a file."""
    emit(score_text(report, study, Screen.of(file)), file)


class _View:
    """One report on one screen."""

    def __init__(self, report: Report, study: Study, screen: Screen) -> None:
        self.report = report
        self.study = study
        self.screen = screen
        self.story = Story(report, study)

    def text(self) -> str:
        parts: list[RenderableType] = []
        for target in self.report.targets:
            parts.extend(self._target(target))
        parts.extend(panel_parts(self.report, self.study, self.screen))
        parts.extend(self._footer())
        return self.screen.render(*parts)

    # A target

    def _target(self, target: TargetResult) -> Iterator[RenderableType]:
        yield heading(self.story.heading(target), self.screen)
        yield Text(self.story.profile(target))
        yield Text(self.story.tally(target))
        yield Text("")
        ranked = [practice for practice in target.practices if practice.rank is not None]
        others = [practice for practice in target.practices if practice.rank is None]
        many = len(target.practices) > MANY
        most = SHOWN if many else len(target.practices)
        if ranked:
            yield self._ranking(ranked[:most])
            yield from self._left_out(len(ranked) - most)
            yield Text("")
            yield self._legend(target)
        else:
            yield Text(_("No practice gets a rank here; the reasons are below."))
        yield Text("")
        yield from self._order(target)
        yield from self._details(ranked[: DETAILED if many else most], target)
        if others:
            yield from self._others(others[:most], target, full=not many)
            yield from self._left_out(len(others) - most)

    def _others(
        self, practices: list[PracticeResult], target: TargetResult, *, full: bool
    ) -> Iterator[RenderableType]:
        """Practices without a rank, by their reason: what could still be transferred comes first."""
        for class_, title in (
            (PracticeClass.BLOCKED, _("Blocked by a barrier")),
            (PracticeClass.INSUFFICIENT_EVIDENCE, _("Too little is known")),
            (PracticeClass.HOME, _("At home in {region}").format(region=target_name(target))),
        ):
            of_class = [practice for practice in practices if practice.class_ == class_]
            if of_class:
                yield heading(title, self.screen, "-")
                yield Text("")
                yield from self._details(of_class, target, full=full)

    def _legend(self, target: TargetResult) -> Text:
        said = [
            _("Range: the score if all that is unknown turned out at its worst or at its best."),
            _("Known: the share of the weight that is known."),
        ]
        if self.screen.width >= WIDE and any(practice.robustness for practice in target.practices):
            said.append(_("5–95%: where nine of ten draws lie. Likeliest: the class that most draws give."))
        return Text(" ".join(said), style=self.screen.dim)

    def _left_out(self, count: int) -> Iterator[RenderableType]:
        if count > 0:
            text = plural(
                "… and {count} more practice; use --output FILE to see all of them.",
                "… and {count} more practices; use --output FILE to see all of them.",
                count,
            )
            yield Text(text, style="italic")

    def _title(self, text: str) -> Text:
        return Text(text, style="bold")

    def _ranking(self, practices: Iterable[PracticeResult]) -> Table:
        table = ruled_table(self.screen)
        wide, roomy = self.screen.width >= WIDE, self.screen.width >= ROOMY
        firm = wide and any(p.robustness for t in self.report.targets for p in t.practices)
        table.add_column(_("Rank"), justify="right", no_wrap=True)
        table.add_column(_("Practice"), ratio=1, min_width=16)
        table.add_column(_("From"), max_width=18 if roomy else 11)
        table.add_column(_("Score"), no_wrap=True)
        table.add_column(_("Range"), justify="right", no_wrap=True)
        table.add_column(_("Known"), justify="right", no_wrap=True)
        if firm:
            table.add_column(_("5–95%"), justify="right", no_wrap=True)
        table.add_column(_("Class"), no_wrap=True)
        if firm:
            table.add_column(_("Likeliest"), no_wrap=True)
        for practice in practices:
            cells = [
                Text(str(practice.rank)),
                Text(one_line(practice.title)),
                Text(region_name(self.study, practice.source) if practice.source else numbers.MISSING),
                self._bar(practice.score, 10 if roomy else 5),
                Text(numbers.span(practice.lower, practice.upper)),
                Text(self.story.coverage(practice.coverage)),
            ]
            if firm:
                robustness = practice.robustness
                low, high = (robustness.p05, robustness.p95) if robustness else (None, None)
                cells.append(Text(numbers.span(low, high)))
            cells.append(self._class(practice.class_))
            if firm:
                likeliest = self.story.likeliest(practice)
                cells.append(Text(f"{likeliest[0]} {numbers.share(likeliest[1])}" if likeliest else ""))
            table.add_row(*cells)
        return fitted(table, self.screen.width)

    def _bar(self, score: float | None, width: int) -> Text:
        number = f"{self.story.score(score):>5} "
        if score is None:
            return Text(number)
        filled = round(min(100.0, max(0.0, score)) / 100 * width)
        full, empty = ("█", "░") if self.screen.unicode else ("#", ".")
        return Text.assemble(number, (full * filled, "blue"), (empty * (width - filled), "bright_black"))

    def _mark(self, class_: PracticeClass) -> tuple[str, str]:
        unicode, ascii_, colour = MARKS[class_]
        return (unicode if self.screen.unicode else ascii_), colour

    def _class(self, class_: PracticeClass) -> Text:
        mark, colour = self._mark(class_)
        return Text(f"{mark} {class_word(class_)}", style=colour)

    # A practice

    def _details(
        self, practices: Iterable[PracticeResult], target: TargetResult, *, full: bool = True
    ) -> Iterator[RenderableType]:
        for practice in practices:
            yield self._head(practice)
            # What the table has no room for stands here.
            in_table = practice.rank is not None and self.screen.width >= WIDE
            remarks = self.story.remarks(practice, target, firmness=not in_table)
            # A long list of practices without a rank says for each why, and no more.
            yield self._remarks(remarks if full else remarks[:1])
            yield Text("")

    def _head(self, practice: PracticeResult) -> Text:
        mark, colour = self._mark(practice.class_)
        number = f"{practice.rank}. " if practice.rank is not None else ""
        source = f" ({region_name(self.study, practice.source)})" if practice.source else ""
        return Text.assemble(
            (number + one_line(practice.title), self.screen.strong),
            source,
            ": ",
            (f"{mark} {self.story.verdict(practice)}", colour),
        )

    def _remarks(self, remarks: Iterable[Remark]) -> RenderableType:
        return fields(((r.label, r.text) for r in remarks), self.screen, indent=3, least=9)

    def _order(self, target: TargetResult) -> Iterator[RenderableType]:
        said = self.story.order(target)
        if not said:
            return
        yield heading(_("How firm is this order?"), self.screen, "-")
        for sentence in said:
            yield fields([("-", sentence)], self.screen, indent=1, least=1)
        yield Text("")

    # The run

    def _footer(self) -> Iterator[RenderableType]:
        yield Text("\n".join(self.story.provenance()), style=self.screen.dim)
