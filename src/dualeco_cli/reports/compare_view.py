"""Practices × targets on a terminal: a table to find with the eye what would go well where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.insight import Comparison
from dualeco_cli.model.result import BEST_FIRST, PracticeClass, PracticeResult
from dualeco_cli.model.study import Study
from dualeco_cli.reports import numbers
from dualeco_cli.reports.explain_view import bullets, class_mark, class_text
from dualeco_cli.reports.layout import LONGEST_LINE, WIDE, filled, fitted, heading, prose, ruled_table
from dualeco_cli.reports.naming import one_line, region_name, target_name
from dualeco_cli.reports.story import Story
from dualeco_cli.reports.terminal import WIDEST, Screen, emit
from dualeco_cli.reports.texts import class_word, listed

#: With more practices than this the table is cut, and points to a file for the rest.
MANY = 60
#: So wide is the column of the practices at least, and that of a region with words in it.
TITLES, WORDY = 24, 36
#: With more regions than this there is no matrix, but the most similar one of each.
MATRIX = 24
#: From this width on there is room to say where a practice comes from.
ROOMY = 76
#: A column is not wider than this for its name alone.
NAME = 20


def compare_text(comparison: Comparison, study: Study, screen: Screen | None = None) -> str:
    """The comparison as text for a screen."""
    screen = screen or Screen()
    return screen.render(*_View(comparison, study, screen).parts())


def print_comparison(comparison: Comparison, study: Study, file: TextIO) -> None:
    """Write the comparison to a terminal, a pipe or a file."""
    emit(compare_text(comparison, study, Screen.of(file)), file)


def folded(
    corner: str,
    titles: Sequence[str],
    columns: Sequence[tuple[str, Sequence[Text]]],
    screen: Screen,
    widest: int = WIDEST,
) -> Iterator[RenderableType]:
    """A table with these columns; several below each other where the screen has no room for all of them.

    Args:
        corner: what heads the titles.
        titles: one for each row.
        columns: name and cells, one for each row.
        screen: where it is to be shown.
        widest: so wide at most, however wide the screen is.
    """
    room = min(screen.width, widest) - TITLES
    gap = 2 if screen.width >= WIDE else 1
    content = max((cell_len(cell.plain) for _name, cells in columns for cell in cells), default=1)
    width = max([content, *(min(NAME, cell_len(name)) for name, _cells in columns)])
    if (width + gap) * len(columns) > room:
        # Names may break between words, to make room.
        words = [min(NAME, cell_len(word)) for name, _cells in columns for word in name.split()]
        width = max([content, *words])
    each = max(1, room // (width + gap))
    # Evenly: not seven columns and then one.
    each = -(-len(columns) // max(1, -(-len(columns) // each)))
    for start in range(0, len(columns), max(1, each)):
        if start:
            yield Text("")
        part = columns[start : start + each]
        table = ruled_table(screen)
        table.add_column(corner, ratio=1, overflow="fold")
        for name, _cells in part:
            table.add_column(name, width=width, overflow="fold")
        for row, title in enumerate(titles):
            table.add_row(Text(title), *(cells[row] for _name, cells in part))
        yield table


class _View:
    """One comparison on one screen."""

    def __init__(self, comparison: Comparison, study: Study, screen: Screen) -> None:
        self.comparison = comparison
        self.study = study
        self.screen = screen
        self.story = Story(comparison.report, study)
        self.targets = comparison.report.targets
        self.names = {target.id: target_name(target, 60) for target in self.targets}
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
        count, regions = len(self.results), len(self.targets)
        if regions == 1:
            return plural("{count} practice for 1 region", "{count} practices for 1 region", count)
        return plural(
            "{count} practice for {regions} regions",
            "{count} practices for {regions} regions",
            count,
            regions=grouped(regions),
        )

    # The table

    def _heat(self) -> Iterator[RenderableType]:
        wordy = self.screen.width >= TITLES + WORDY * len(self.targets)
        columns = [
            (
                self.names[target.id],
                [
                    self._cell(found[target.id], wordy=wordy) if target.id in found else Text(numbers.MISSING)
                    for found in self.shown.values()
                ],
            )
            for target in self.targets
        ]
        titles = [one_line(next(iter(found.values())).title) for found in self.shown.values()]
        yield from folded(_("Practice"), titles, columns, self.screen)
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
        return steps[(score >= adaptable - EQUAL) + (score >= transferable - EQUAL)]

    def _legend(self) -> Iterator[RenderableType]:
        present = {result.class_ for found in self.shown.values() for result in found.values()}
        signs = [class_text(class_, self.screen) for class_ in BEST_FIRST if class_ in present]
        line = filled(
            _("Signs: {signs}. The darker the square, the higher the score; what gets no rank has none."),
            signs=Text(", ").join(signs),
        )
        line.style = self.screen.dim
        yield prose(line, self.screen)

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
                Text(listed([self.names[target] for target in best], 3)),
                Text(self.story.score(result.score)),
                class_text(result.class_, self.screen),
            )
        if table.row_count:
            yield prose(fitted(table, min(self.screen.width, LONGEST_LINE)), self.screen)
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
        yield prose(fitted(table, min(self.screen.width, LONGEST_LINE)), self.screen)

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

        columns = [
            (name, [Text(self._alike(one, other)) for other in self.names])
            for one, name in self.names.items()
        ]
        if len(columns) > MATRIX:
            yield prose(self._nearest(), self.screen)
            return
        for part in folded(_("Region"), list(self.names.values()), columns, self.screen, LONGEST_LINE):
            yield prose(part, self.screen)
        closest = self._closest()
        if closest:
            yield Text("")
            yield prose(Text(closest), self.screen)

    def _alike(self, one: str, other: str) -> str:
        found = self.comparison.similarity.get((one, other))
        if found is None or found.value is None:
            return numbers.MISSING
        return _("{share} ({count})").format(share=numbers.share(found.value), count=found.indicators)

    def _nearest(self) -> Table:
        """The most similar region of each: so many that nobody reads a matrix."""
        table = ruled_table(self.screen)
        table.add_column(_("Region"), ratio=1, overflow="fold")
        table.add_column(_("Most alike"), ratio=1, overflow="fold")
        table.add_column(_("Similarity"), no_wrap=True)
        for one, name in self.names.items():
            pairs = [
                (-round(found.value, 9), other)
                for other in self.names
                if (found := self.comparison.similarity.get((one, other))) and found.value is not None
            ]
            best = min(pairs)[1] if pairs else None
            table.add_row(
                Text(name),
                Text(self.names[best] if best else numbers.MISSING),
                Text(self._alike(one, best) if best else ""),
            )
        return fitted(table, min(self.screen.width, LONGEST_LINE))

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
