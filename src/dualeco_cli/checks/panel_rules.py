"""The rules of the sheet Panel: what its members may say, and what is worth a second look."""

from __future__ import annotations

from dualeco_cli.checks.rule import Rule
from dualeco_cli.model.finding import Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

PANEL_RULES: tuple[Rule, ...] = (
    Rule(
        "P101",
        "panel-item",
        ERROR,
        "The row has to name a dimension or an indicator, and one of them only.",
        "Dimensions are weighed against each other, indicators against the others of their dimension.",
        "Fill in one of the two cells and leave the other blank.",
        "A row with points, but with neither a dimension nor an indicator.",
    ),
    Rule(
        "P102",
        "panel-comparison",
        ERROR,
        "{item} cannot be compared with {found}: only two dimensions, or two indicators of one "
        "dimension, can.",
        "Weights are shared out among the dimensions, and within each dimension among its indicators.",
        "Name another dimension, or another indicator of the same dimension, in the column over.",
        "An indicator compared with itself.",
    ),
    Rule(
        "P103",
        "panel-ratio",
        ERROR,
        "{found} is no comparison: it goes from 1/9 (far less important) over 1 (equal) to 9 (far more "
        "important).",
        "The scale of comparisons in pairs is the same for all, so that their members can be put together.",
        "Write a number from 1 to 9, or a fraction from 1/9 to 1/2.",
        "10 times as important.",
    ),
    Rule(
        "P104",
        "panel-rank",
        ERROR,
        "{found} is no rank that {member} can give here: the ranks of {group} are whole numbers "
        "from 1, the most "
        "important, to {count}, without gaps.",
        "A rank that is left out may be a slip, and the order would then be another one.",
        "Number from 1; things of the same importance share a rank.",
        "Ranks 1, 2 and 4 for three dimensions.",
    ),
    Rule(
        "P105",
        "panel-mixed",
        ERROR,
        "{member} compares some things of {group} in pairs and gives points to others.",
        "Points and comparisons have no common measure.",
        "Fill in the column over in all rows of the member and group, or in none.",
        "30 points for one dimension, and another one 3 times as important as a third.",
    ),
    Rule(
        "P106",
        "panel-pair-twice",
        ERROR,
        "{member} compares {found} and {other} twice.",
        "The one row may say the opposite of the other.",
        "Delete one of the two rows.",
        "A over B is 3, and B over A is 3.",
    ),
    Rule(
        "P107",
        "panel-left-out",
        WARNING,
        "{member} says nothing of {missing}, and so does not count for {group}.",
        "A blank is not 0: what the member would have given is not known, and it changes all other shares.",
        "Ask the member, or write 0 where that was meant.",
        "Points for three of four dimensions.",
    ),
    Rule(
        "P108",
        "panel-pairs-apart",
        WARNING,
        "The comparisons of {member} do not hang together, so the member does not count for {group}.",
        "Where nothing leads from one thing to another, their weights cannot be told.",
        "Add a comparison that joins the parts.",
        "A over B and C over D, and nothing between the two pairs.",
    ),
    Rule(
        "P109",
        "panel-pairs-missing",
        WARNING,
        "{member} compares {count} of {all} pairs of {group}: the weights rest on these alone, and "
        "whether they "
        "contradict each other is not judged.",
        "The limit for the consistency ratio is known for complete comparisons only.",
        "Add the pairs that are missing, or leave it.",
        "A over B and B over C, but not A over C.",
    ),
    Rule(
        "P110",
        "panel-inconsistent",
        WARNING,
        "The comparisons of {member} contradict each other: the consistency ratio for {group} is "
        "{found}, above "
        "{limit}.",
        "Above that limit a good part of the weights is as good as chance.",
        "Let the member look at the comparisons again, first at those of the things that matter most.",
        "A is 5 times as important as B, B 5 times as C, and C 5 times as A.",
    ),
    Rule(
        "P111",
        "panel-no-points",
        WARNING,
        "{member} gives 0 to everything, and so does not count for {group}.",
        "Nothing can be shared out by it.",
        "Give points to what matters, or delete the rows.",
        "0 points for every dimension.",
    ),
    Rule(
        "P112",
        "panel-budgets-differ",
        INFO,
        "The points of {member} for {group} add up to {found}, those of most members to {expected}; only the "
        "shares count.",
        "A sum that is not that of the others may hide a slip.",
        "Check the member's points; a sum of its own is allowed.",
        "90 points among four dimensions where all others gave 100.",
    ),
    Rule(
        "P113",
        "panel-like-ranks",
        WARNING,
        "All points for {group} look like ranks, but count as shares of a budget: 1 would be the least "
        "important.",
        "Ranks that are read as points turn the order round.",
        "Write rank as the value of the setting panel; or give points that cannot be mistaken.",
        "Points 1, 2, 3 and 4 without a setting panel.",
    ),
)
