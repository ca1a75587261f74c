"""The sheet Panel: what each member says, group by group, and whether it can be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dualeco_cli.checks.cell_text import is_blank, shown
from dualeco_cli.checks.collector import Collector, quote
from dualeco_cli.checks.records import Entry, Located
from dualeco_cli.checks.references import Names
from dualeco_cli.checks.unique import passed
from dualeco_cli.checks.wording import all_of, figure
from dualeco_cli.language import _
from dualeco_cli.model.equal import EQUAL
from dualeco_cli.model.panel import Ballot, Group, Manner, ballots, groups_of
from dualeco_cli.model.priorities import ACCEPTABLE, GREATEST_RATIO, LEAST_RATIO, rank_gap
from dualeco_cli.model.rows import Dimension, Indicator, PanelRow

#: So many things that are left out are named.
_MOST_NAMED = 5
#: Points for fewer things than this may look like ranks by chance.
_LIKE_RANKS_FROM = 3


class PanelChecks:
    """The checks of all rows of a panel, once each of them has been read."""

    def __init__(
        self,
        collector: Collector,
        indicators: Mapping[str, Indicator],
        dimensions: Sequence[Dimension],
        names: Mapping[str, Names],
        manner: Manner,
    ) -> None:
        """``indicators`` and ``dimensions`` are those that passed, ``names`` all that may be referred to."""
        self._collector = collector
        self._indicators = indicators
        self._dimensions = {row.id: row for row in dimensions}
        self._names = names
        self._manner = manner
        self._groups = groups_of(indicators.values(), [row.id for row in dimensions])

    def check(self, entries: Sequence[Entry[PanelRow]]) -> None:
        """Report what is wrong with the rows, then with what they say together."""
        for entry in entries:
            self._check_item(entry)
        for located in passed(entries):
            self._check_row(located, entries)
        sound = passed(entries)
        # Who has a row that could not be read has not left anything out.
        faulty = {entry.text("member") for entry in entries if entry.row is None}
        for group in self._groups:
            counted = []
            for ballot in ballots((one.row for one in sound), [group]):
                rows = [one for one in sound if one.row.member == ballot.member and _is_of(one.row, group)]
                if ballot.member not in faulty and self._check_ballot(ballot, rows):
                    counted.append((ballot, rows))
            self._compare(counted)

    # -- a row ---------------------------------------------------------------------------------------

    def _check_item(self, entry: Entry[PanelRow]) -> None:
        """A row names a dimension or an indicator."""
        named = [name for name in ("dimension", "indicator") if name in entry.values or name in entry.bad]
        if len(named) == 1:
            return
        record = entry.record
        at = next((name for name in ("dimension", "indicator") if name in record.headings), "member")
        self._collector.add(
            "panel-item",
            record.place(at),
            header=record.header(at),
            found=" / ".join(shown(record.cells.get(name)) for name in named) or None,
            expected=_("a dimension or an indicator"),
        )
        entry.row = None

    def _check_row(self, located: Located[PanelRow], entries: Sequence[Entry[PanelRow]]) -> None:
        row, record = located.row, located.record
        fine = True
        if row.over is not None:
            fine = self._check_over(located) and self._check_ratio(located)
        elif self._manner == "pairwise" and row.points is not None:
            fine = False
            at = "over" if "over" in record.headings else "points"
            self._collector.add(
                "cell-required",
                record.place(at),
                header=record.header(at),
                expected="over",
                sheet=record.sheet.name,
            )
        if not fine:
            next(entry for entry in entries if entry.record is record).row = None

    def _check_over(self, located: Located[PanelRow]) -> bool:
        row, record = located.row, located.record
        over = row.over or ""
        sheet = "Indicators" if row.dimension is None else "Dimensions"
        names = self._names[sheet]
        if over not in names:
            other = self._names["Dimensions" if sheet == "Indicators" else "Indicators"]
            if over not in other:
                suggestion = names.nearest(over)
                if names.complete or suggestion is not None:
                    found = shown(record.cells.get("over"))
                    what = _("indicator {found}") if sheet == "Indicators" else _("dimension {found}")
                    self._collector.add(
                        "reference-unknown",
                        record.place("over"),
                        header=record.header("over"),
                        found=found,
                        expected=names.some(),
                        suggestion=suggestion,
                        what=what.format(found=quote(found)),
                    )
                return False
        if self._comparable(row):
            return True
        self._collector.add(
            "panel-comparison",
            record.place("over"),
            header=record.header("over"),
            found=shown(record.cells.get("over")),
            expected=self._partners(row),
            item=quote(row.item),
        )
        return False

    def _comparable(self, row: PanelRow) -> bool:
        """Whether two things are weighed against each other, as far as both are known."""
        over = row.over or ""
        if over == row.item:
            return False
        if row.dimension is not None:
            return over in self._names["Dimensions"]
        one, other = self._indicators.get(row.item), self._indicators.get(over)
        if one is None or other is None:
            return over in self._names["Indicators"]
        return one.dimension == other.dimension

    def _partners(self, row: PanelRow) -> str | None:
        """What the thing of a row can be compared with."""
        for group in self._groups:
            if _is_of(row, group):
                others = [item for item in group.items if item != row.item]
                return ", ".join(others[:_MOST_NAMED]) + (" …" if len(others) > _MOST_NAMED else "") or None
        return None

    def _check_ratio(self, located: Located[PanelRow]) -> bool:
        points = located.row.points
        if points is None or LEAST_RATIO - EQUAL <= points <= GREATEST_RATIO + EQUAL:
            return True
        self._collector.add(
            "panel-ratio",
            located.place("points"),
            header=located.record.header("points"),
            found=shown(located.record.cells.get("points")),
            expected=_("1/9 to 9"),
        )
        return False

    # -- a ballot ------------------------------------------------------------------------------------

    def _check_ballot(self, ballot: Ballot, rows: Sequence[Located[PanelRow]]) -> bool:
        """Whether a ballot counts; reports why not."""
        if ballot.in_pairs:
            return self._check_pairs(ballot, rows)
        if ballot.left_out:
            return self._report_left_out(ballot, rows)
        if self._manner == "rank":
            return self._check_ranks(ballot, rows)
        if not any(ballot.points.values()):
            self._report("panel-no-points", ballot, rows[0], "member", found="0")
            return False
        return True

    def _check_pairs(self, ballot: Ballot, rows: Sequence[Located[PanelRow]]) -> bool:
        if ballot.points:
            plain = next(one for one in rows if one.row.over is None and one.row.points is not None)
            self._report("panel-mixed", ballot, plain, "over", found=None, expected=plain.row.item)
            return False
        seen: set[frozenset[str]] = set()
        for one in rows:
            if one.row.over is None or one.row.points is None:
                continue
            pair = frozenset((one.row.item, one.row.over))
            if pair in seen:
                self._report(
                    "panel-pair-twice", ballot, one, "over", found=one.row.item, other=quote(one.row.over)
                )
                return False
            seen.add(pair)
        if ballot.left_out:
            return self._report_left_out(ballot, rows)
        found = ballot.priorities()
        if found.weights is None:
            self._report("panel-pairs-apart", ballot, rows[0], "member", found=ballot.member)
            return False
        if found.missing:
            given = len(ballot.ratios)
            self._report(
                "panel-pairs-missing",
                ballot,
                rows[0],
                "member",
                found=str(given),
                count=given,
                all=given + found.missing,
            )
        elif found.ratio is not None and found.ratio > ACCEPTABLE + EQUAL:
            self._report(
                "panel-inconsistent",
                ballot,
                rows[0],
                "member",
                found=figure(round(found.ratio, 2)),
                expected=_("at most {number}").format(number=figure(ACCEPTABLE)),
                limit=figure(ACCEPTABLE),
            )
        return True

    def _check_ranks(self, ballot: Ballot, rows: Sequence[Located[PanelRow]]) -> bool:
        count = len(ballot.group.items)
        wrong = next(
            (item for item, rank in ballot.points.items() if rank != int(rank) or not 1 <= rank <= count),
            None,
        ) or rank_gap(ballot.points)
        if wrong is None:
            return True
        at = next(one for one in rows if one.row.item == wrong)
        self._report(
            "panel-rank",
            ballot,
            at,
            "points",
            found=shown(at.record.cells.get("points")),
            expected=_("a whole number from 1 to {highest}").format(highest=count),
            count=count,
        )
        return False

    def _report_left_out(self, ballot: Ballot, rows: Sequence[Located[PanelRow]]) -> bool:
        names = [quote(item) for item in ballot.left_out]
        shown_ = names if len(names) <= _MOST_NAMED else [*names[: _MOST_NAMED - 1], "…"]
        self._report("panel-left-out", ballot, rows[0], "member", found=ballot.member, missing=all_of(shown_))
        return False

    # -- all ballots of a group ----------------------------------------------------------------------

    def _compare(self, counted: Sequence[tuple[Ballot, Sequence[Located[PanelRow]]]]) -> None:
        """Budgets of another size than most have, and budgets that may be ranks."""
        plain = [(ballot, rows) for ballot, rows in counted if not ballot.in_pairs]
        if self._manner != "budget" or not plain:
            return
        things = len(plain[0][0].group.items)
        ranks = [float(rank) for rank in range(1, things + 1)]
        if things >= _LIKE_RANKS_FROM and all(sorted(one.points.values()) == ranks for one, _ in plain):
            first, rows = plain[0]
            self._report(
                "panel-like-ranks",
                first,
                rows[0],
                "points",
                found=", ".join(figure(points) for points in first.points.values()),
            )
        sums = [round(sum(ballot.points.values()), 9) for ballot, _ in plain]
        usual = Counter(sums).most_common(1)[0][0]
        for (ballot, rows), sum_ in zip(plain, sums, strict=True):
            if abs(sum_ - usual) > EQUAL * max(1.0, usual):
                self._report(
                    "panel-budgets-differ",
                    ballot,
                    rows[0],
                    "member",
                    found=figure(sum_),
                    expected=figure(usual),
                )

    def _report(
        self,
        rule: str,
        ballot: Ballot,
        at: Located[PanelRow],
        field: str,
        *,
        found: str | None = None,
        expected: str | None = None,
        **params: Any,
    ) -> None:
        where = field if field in at.record.headings else "member"
        member = at.record.cells.get("member")
        self._collector.add(
            rule,
            at.place(where),
            header=at.record.header(where),
            found=found,
            expected=expected,
            member=quote(ballot.member if is_blank(member) else shown(member).strip()),
            group=self._group_name(ballot.group),
            **params,
        )

    def _group_name(self, group: Group) -> str:
        """A group of things, in a sentence."""
        if group.dimension is None:
            return _("the dimensions")
        row = self._dimensions.get(group.dimension)
        name = row.name if row is not None and row.name else group.dimension
        return _("the indicators of {dimension}").format(dimension=quote(name))


def _is_of(row: PanelRow, group: Group) -> bool:
    return (row.dimension is not None) == (group.dimension is None) and row.item in group.items


def panel_rows(entries: Iterable[Entry[PanelRow]]) -> tuple[PanelRow, ...]:
    """The rows that passed."""
    return tuple(located.row for located in passed(entries))
