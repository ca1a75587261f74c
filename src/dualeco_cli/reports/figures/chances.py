"""Rank acceptability: in which share of the draws each practice comes first, second, third."""

from __future__ import annotations

from dualeco_cli.language import _
from dualeco_cli.model.result import PracticeResult, TargetResult
from dualeco_cli.reports import numbers
from dualeco_cli.reports.figures.marks import MOST_ROWS, left_out, letters_on, provenance, shade
from dualeco_cli.reports.figures.svg import GREY, MARGIN, PAPER, RULE, SMALL, TEXT, Canvas, fitted, width_of
from dualeco_cli.reports.story import Story, one_line
from dualeco_cli.reports.texts import listed

_ROW, _LABELS = 34.0, 330.0
#: Later ranks are put together: who is ninth or tenth decides nothing.
_MOST_RANKS = 12


def draw(story: Story, target: TargetResult, name: str) -> tuple[Canvas, str] | None:
    """The figure, or nothing where nothing was drawn or ranked."""
    ranked = [p for p in target.practices if p.rank is not None and p.robustness is not None]
    ranked = [p for p in ranked if p.robustness and p.robustness.rank_acceptability]
    if not ranked:
        return None
    shown = ranked[:MOST_ROWS]
    table = [_shares(practice, len(ranked)) for practice in shown]
    ranks = len(table[0])
    more = left_out(len(ranked) - len(shown))
    side = min(90.0, (960 - 2 * MARGIN - _LABELS) / ranks)
    canvas = Canvas(
        name,
        _("How sure is each rank? {region}").format(region=story.heading(target)),
        [*(_in_words(practice, shares) for practice, shares in zip(shown, table, strict=True)), *more],
    )
    top = canvas.heading(
        _("Each cell: the share of the draws in which the practice has this rank. Blank: in none of them."),
        *more,
    )
    top += 22
    for rank in range(ranks):
        last = rank == ranks - 1 and len(ranked) > ranks
        label = _("{rank} on").format(rank=rank + 1) if last else str(rank + 1)
        canvas.text(
            MARGIN + _LABELS + side * (rank + 0.5), top - 8, label, size=SMALL, anchor="middle", fill=GREY
        )
    canvas.text(MARGIN + _LABELS - 14, top - 8, _("Rank"), size=SMALL, anchor="end", fill=GREY)
    for at, (practice, shares) in enumerate(zip(shown, table, strict=True)):
        y = top + at * _ROW
        text = fitted(f"{practice.rank}. {one_line(practice.title)}", TEXT, _LABELS - 14)
        canvas.text(MARGIN, y + _ROW / 2 + 5, text)
        for rank, share in enumerate(shares):
            _cell(canvas, share, MARGIN + _LABELS + side * rank, y, side)
    y = top + len(shown) * _ROW + 12
    canvas.line(MARGIN, y, canvas.width - MARGIN, y, stroke=RULE)
    return canvas, canvas.document(canvas.footer(y + 8, [provenance(story)]))


def _shares(practice: PracticeResult, ranked: int) -> list[float]:
    """The share of each rank, later ones together."""
    given = practice.robustness.rank_acceptability if practice.robustness else ()
    shares = [*given, *[0.0] * ranked][: max(ranked, 1)]
    if len(shares) <= _MOST_RANKS:
        return shares
    return [*shares[: _MOST_RANKS - 1], sum(shares[_MOST_RANKS - 1 :])]


def _cell(canvas: Canvas, share: float, x: float, y: float, side: float) -> None:
    if share <= 0:
        canvas.rect(x + 1, y + 1, side - 2, _ROW - 2, fill=PAPER, stroke="#E6E9EC")
        return
    canvas.rect(x + 1, y + 1, side - 2, _ROW - 2, fill=shade(share))
    text = numbers.share(share)
    size = SMALL if side >= 50 or len(text) < 5 else 10
    if width_of(text, size) > side - 2:
        text = numbers.short_share(share)
    canvas.text(
        x + side / 2,
        y + _ROW / 2 + 4,
        fitted(text, size, side - 2),
        size=size,
        anchor="middle",
        fill=letters_on(share),
    )


def _in_words(practice: PracticeResult, shares: list[float]) -> str:
    said = [
        _("rank {rank} in {share}").format(rank=rank, share=numbers.share(share))
        for rank, share in enumerate(shares, 1)
        if share > 0
    ]
    return _("{title}: {shares} of the draws.").format(title=one_line(practice.title), shares=listed(said))
