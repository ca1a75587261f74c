"""Practices × targets on a terminal: a table to find with the eye what would go well where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TextIO, TypeVar

from rich.console import RenderableType
from rich.text import Text

from dualeco_cli.model.insight import Comparison, Similarity
from dualeco_cli.model.result import BEST_FIRST, PracticeClass, PracticeResult, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.explain_view import bullets, class_mark, class_text
from dualeco_cli.reports.layout import LONGEST_LINE, heading, prose, ruled_table
from dualeco_cli.reports.naming import one_line, region_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.terminal import WIDEST, Screen, emit
from dualeco_cli.reports.texts import _, class_word, listed, plural

_Column = TypeVar("_Column")

#: With more practices than this the table is cut, and points to a file for the rest.
MANY = 60
#: So wide is the column of the practices at least, and that of a region, in marks and in words.
TITLES, CELL, WORDY = 24, 11, 35
#: From this width on there is room to say where a practice comes from.
ROOMY = 76
#: A region has a column of at most so many characters for its name.
NAME = 20


def compare_text(comparison: Comparison, study: Study, screen: Screen | None = None) -> str:
    """The comparison as text for a screen."""
    screen = screen or Screen()
    return screen.render(*_View(comparison, study, screen).parts())


def print_comparison(comparison: Comparison, study: Study, file: TextIO) -> None:
    """Write the comparison to a terminal, a pipe or a file."""
    emit(compare_text(comparison, study, Screen.of(file)), file)


class _View:
    """One comparison on one screen."""

    def __init__(self, comparison: Comparison, study: Study, screen: Screen) -> None:
        self.comparison = comparison
        self.study = study
        self.screen = screen
        self.story = Story(comparison.report, study)
        self.targets = comparison.report.targets
        self.names = {target.id: one_line(target.name, 60) for target in self.targets}
        self.results = comparison.results()
        self.shown = dict(list(self.results.items())[:MANY])

    def parts(self) -> Iterator[RenderableType]:
        yield heading(self._title(), self.screen)
        if len(self.targets) == 1:
            only = _(
                "There is only one region here, so there is nothing to compare it with. “dualeco score” says "
                "more about its ranking; “--target all” takes in every region with a profile."
            )
            yield prose(Text(only), self.screen)
        yield Text("")
        yield from self._heat()
        yield Text("")
        yield from self._legend()
        if len(self.targets) > 1:
            yield from self._best_targets()
        yield from self._best_practices()
        if len(self.targets) > 1:
            yield from self._similarity()
        yield Text("")
        yield Text("\n".join(self.story.provenance()), style=self.screen.dim)

    def _title(self) -> str:
        return _("{practices} for {regions}").format(
            practices=plural("{count} practice", "{count} practices", len(self.results)),
            regions=plural("{count} region", "{count} regions", len(self.targets)),
        )

    # The table

    def _heat(self) -> Iterator[RenderableType]:
        wordy = self.screen.width >= TITLES + WORDY * len(self.targets)

        def cell(practice: str, target: TargetResult) -> Text:
            result = self.results[practice].get(target.id)
            return Text(numbers.MISSING) if result is None else self._cell(result, wordy=wordy)

        yield from self._folded(
            _("Practice"),
            {id_: one_line(next(iter(found.values())).title) for id_, found in self.shown.items()},
            [(self.names[target.id], target) for target in self.targets],
            cell,
            WORDY if wordy else CELL,
        )
        left = len(self.results) - len(self.shown)
        if left > 0:
            yield Text(
                plural(
                    "… and {count} more practice; use --output FILE to see all of them.",
                    "… and {count} more practices; use --output FILE to see all of them.",
                    left,
                ),
                style="italic",
            )

    def _cell(self, result: PracticeResult, *, wordy: bool) -> Text:
        mark, colour = class_mark(result.class_, self.screen)
        score = f"{self.story.score(result.score):>5}"
        if wordy:
            mark = f"{mark} {class_word(result.class_)}"
        # What gets no rank has no shade: the eye shall stop where a transfer could be.
        shade = self._shade(result.score) if result.rank is not None else "  "
        return Text.assemble((shade, "blue"), " ", score, " ", (mark, colour))

    def _shade(self, score: float | None) -> str:
        """The darker the higher: below adaptable, adaptable, transferable."""
        adaptable, transferable = self.story.thresholds
        steps = ("░░", "▒▒", "██") if self.screen.unicode else ("..", "::", "##")
        if score is None:
            return "  "
        return steps[(score >= adaptable - 1e-9) + (score >= transferable - 1e-9)]

    def _legend(self) -> Iterator[RenderableType]:
        present = {result.class_ for found in self.shown.values() for result in found.values()}
        line = Text(_("Signs: "), style=self.screen.dim)
        for place, class_ in enumerate(class_ for class_ in BEST_FIRST if class_ in present):
            line.append(", " if place else "")
            line.append_text(class_text(class_, self.screen))
        line.append(_(". The darker the square, the higher the score; what gets no rank has none."))
        yield prose(line, self.screen)

    def _folded(
        self,
        corner: str,
        rows: Mapping[str, str],
        columns: Sequence[tuple[str, _Column]],
        cell: Callable[[str, _Column], Text],
        least: int,
        widest: int = WIDEST,
    ) -> Iterator[RenderableType]:
        """A table, or several below each other where the screen has no room for all columns."""
        each = max(1, (min(self.screen.width, widest) - TITLES) // least)
        # Evenly: not seven columns and then one.
        tables = -(-len(columns) // each)
        each = -(-len(columns) // tables) if tables else 1
        for start in range(0, len(columns), each):
            if start:
                yield Text("")
            table = ruled_table(self.screen)
            table.add_column(corner, ratio=1, min_width=TITLES - 2)
            part = columns[start : start + each]
            for name, _value in part:
                table.add_column(name, min_width=least - 2, max_width=max(least - 1, NAME), overflow="fold")
            for id_, title in rows.items():
                table.add_row(Text(title), *(cell(id_, value) for _name, value in part))
            yield table

    # What follows from it

    def _best_targets(self) -> Iterator[RenderableType]:
        yield Text("")
        yield heading(_("The best region for each practice"), self.screen, "-")
        yield Text("")
        table = ruled_table(self.screen)
        roomy = self.screen.width >= ROOMY
        table.add_column(_("Practice"), ratio=2, min_width=TITLES, overflow="fold")
        if roomy:
            table.add_column(_("From"), max_width=18)
        table.add_column(_("Goes best to"), ratio=1, min_width=16)
        table.add_column(_("Score"), justify="right", no_wrap=True)
        table.add_column(_("Class"), no_wrap=True)
        nowhere = []
        for found in self.shown.values():
            practice = next(iter(found.values()))
            best = self.comparison.best_targets(found)
            if not best:
                nowhere.append(practice)
                continue
            result = found[best[0]]
            source = [Text(region_name(self.study, practice.source))] if roomy else []
            table.add_row(
                Text(one_line(practice.title)),
                *source,
                Text(listed([self.names[target] for target in best])),
                Text(self.story.score(result.score)),
                class_text(result.class_, self.screen),
            )
        if table.row_count:
            yield prose(table, self.screen)
        if nowhere:
            yield Text("") if table.row_count else Text(_("No practice gets a rank in any of them."))
            yield Text(_("Without a rank anywhere:"))
            yield bullets(self._nowhere(nowhere), self.screen)

    def _nowhere(self, practices: list[PracticeResult]) -> list[str]:
        """Practices without a rank anywhere, by what is in the way."""
        reasons = {
            PracticeClass.BLOCKED: _("Blocked everywhere: {names}."),
            PracticeClass.INSUFFICIENT_EVIDENCE: _("Too little is known everywhere: {names}."),
            PracticeClass.HOME: _("At home in the only region here: {names}."),
            None: _("Blocked in some regions, too little known in others: {names}."),
        }
        by_reason: dict[PracticeClass | None, list[str]] = {}
        for practice in practices:
            classes = {result.class_ for result in self.results[practice.id].values()}
            away = classes - {PracticeClass.HOME} or classes
            reason = next(iter(away)) if len(away) == 1 else None
            by_reason.setdefault(reason, []).append(one_line(practice.title, 60))
        return [
            reasons[reason].format(names=listed(by_reason[reason]))
            for reason in reasons
            if reason in by_reason
        ]

    def _best_practices(self) -> Iterator[RenderableType]:
        yield Text("")
        yield heading(_("The best practice for each region"), self.screen, "-")
        yield Text("")
        table = ruled_table(self.screen)
        table.add_column(_("Region"), min_width=12, max_width=24)
        table.add_column(_("Best practice"), ratio=1, min_width=TITLES)
        table.add_column(_("Score"), justify="right", no_wrap=True)
        table.add_column(_("Class"), no_wrap=True)
        table.add_column(_("Ranked"), justify="right", no_wrap=True)
        for target in self.targets:
            best = self.comparison.best_practices(target.id)
            ranked = sum(practice.rank is not None for practice in target.practices)
            table.add_row(
                Text(self.names[target.id]),
                Text(listed([one_line(practice.title) for practice in best]) or _("none gets a rank")),
                Text(self.story.score(best[0].score) if best else numbers.MISSING),
                class_text(best[0].class_, self.screen) if best else Text(""),
                Text(_("{ranked} of {all}").format(ranked=ranked, all=len(target.practices))),
            )
        yield prose(table, self.screen)

    def _similarity(self) -> Iterator[RenderableType]:
        yield Text("")
        yield heading(_("How alike the regions are"), self.screen, "-")
        yield prose(
            Text(
                _(
                    "Gower's similarity of the profiles: 100% where all values are the same, 0% where they "
                    "lie at opposite ends. In brackets the number of indicators that are known of both."
                ),
                style=self.screen.dim,
            ),
            self.screen,
        )
        yield Text("")

        def cell(one: str, other: str) -> Text:
            found = self.comparison.similarity.get((one, other))
            return Text(numbers.MISSING if found is None else _similarity(found))

        columns = [(name, id_) for id_, name in self.names.items()]
        for part in self._folded(_("Region"), self.names, columns, cell, CELL, LONGEST_LINE):
            yield prose(part, self.screen)
        closest = self._closest()
        if closest:
            yield Text("")
            yield prose(Text(closest), self.screen)

    def _closest(self) -> str:
        """The two regions that are most alike."""
        pairs = [
            (-round(found.value, 9), one, other)
            for (one, other), found in self.comparison.similarity.items()
            if found.value is not None and one < other
        ]
        if len(pairs) < 2:
            return ""
        value, one, other = min(pairs)
        return _("Most alike are {one} and {other}, with {share}.").format(
            one=self.names[one], other=self.names[other], share=numbers.share(-value)
        )


def _similarity(found: Similarity) -> str:
    if found.value is None:
        return numbers.MISSING
    return _("{share} ({count})").format(share=numbers.share(found.value), count=found.indicators)
