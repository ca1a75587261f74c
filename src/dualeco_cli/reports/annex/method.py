"""The chapter on the method, in plain words and with the formulas, as it was used in this run."""

from __future__ import annotations

from collections.abc import Iterator

from dualeco_cli.language import _, grouped, of_data, plural
from dualeco_cli.model.result import PracticeClass
from dualeco_cli.model.rows import Indicator, Role
from dualeco_cli.reports import numbers
from dualeco_cli.reports.annex import panel
from dualeco_cli.reports.annex.blocks import Column, lines_of
from dualeco_cli.reports.annex.builder import Builder, Cell, strong
from dualeco_cli.reports.story import dimension_name, indicator_name, one_line
from dualeco_cli.reports.texts import class_word, match_word, objective_word, role_word


def add(builder: Builder) -> None:
    """Add the chapter."""
    framework = builder.study.framework
    builder.heading(1, _("Method"))
    builder.text(_asked(len(framework.indicators), len(framework.dimensions)))
    _values(builder)
    _score(builder)
    panel.add(builder)
    _unknown(builder)
    _classes(builder)
    _firmness(builder)
    _paths(builder)
    _framework(builder)


def _asked(indicators: int, dimensions: int) -> str:
    if dimensions == 1:
        return plural(
            "{count} indicator in 1 dimension ask what matters for a transfer. Each answer becomes a value "
            "between 0 and 1, the values become a score, and barriers decide before the score does.",
            "{count} indicators in 1 dimension ask what matters for a transfer. Each answer becomes a value "
            "between 0 and 1, the values become a score, and barriers decide before the score does.",
            indicators,
        )
    return plural(
        "{count} indicator in {dimensions} dimensions ask what matters for a transfer. Each answer becomes a "
        "value between 0 and 1, the values become a score, and barriers decide before the score does.",
        "{count} indicators in {dimensions} dimensions ask what matters for a transfer. Each answer becomes "
        "a value between 0 and 1, the values become a score, and barriers decide before the score does.",
        indicators,
        dimensions=grouped(dimensions),
    )


def _mean(q: float | str) -> str:
    if q in {"none", float("-inf")}:
        return _("The worst value decides the score (no compensation).")
    if q == 1:
        return _("The score is the weighted mean of what is known (full compensation).")
    if q == 0:
        return _("The score is the geometric mean of what is known (partial compensation).")
    return _("The score is the power mean of what is known, exponent {q}.").format(q=numbers.plain(float(q)))


def _values(builder: Builder) -> None:
    builder.heading(2, _("From answers to values"))
    builder.text(
        _(
            "Every indicator has a scale with two fixed ends, the worst and the best. They do not depend "
            "on the practices or regions at hand, so a value means the same in every study."
        )
    )
    builder.text(_("n(x) = (x − worst) / (best − worst), not below 0 and not above 1"), kind="formula")
    roles = {indicator.role for indicator in builder.study.framework.indicators}
    if Role.MERIT in roles or Role.JUDGEMENT in roles:
        builder.text(
            _(
                "Merit of the practice, and judgement of local assessors: the value is that of the rating. "
                "Of several assessors the median counts, or the rating on which they agreed."
            )
        )
        builder.text(_("value = n(rating)"), kind="formula")
    if Role.NEED in roles:
        builder.text(
            _(
                "Need of the region: the need is greatest where the region does worst. It counts only for "
                "practices that serve the objective of the indicator."
            )
        )
        builder.text(_("value = 1 − n(region)"), kind="formula")
    if Role.CONDITION in roles:
        builder.text(
            _(
                "Condition in the region: what the practice requires is held against what the region has. "
                "More than is required is not rewarded."
            )
        )
        builder.text(_("value = 1 − max(0, n(required) − n(region))"), kind="formula")
        if any(i.role == Role.CONDITION and i.match == "similar" for i in builder.study.framework.indicators):
            builder.text(_("Where the region has to be similar, a difference counts both ways."))
            builder.text(_("value = 1 − |n(required) − n(region)|"), kind="formula")


def _score(builder: Builder) -> None:
    method = builder.report.method
    builder.heading(2, _("From values to a score"))
    builder.text(
        _(
            "Each dimension has a weight, and each indicator a weight within its dimension. What does not "
            "apply to a practice is left out, and its weight goes to its neighbours in the dimension. The "
            "weight w of an indicator is the product of both; together they make 1."
        ),
        _mean(method.compensation),
    )
    q = method.compensation
    if q == 1:
        builder.text(_("score = 100 · Σ w · value / Σ w"), kind="formula")
        builder.text(_("The points of an indicator are its part of this sum."))
    elif q in {"none", float("-inf")}:
        builder.text(_("score = 100 · smallest value"), kind="formula")
    elif q == 0:
        builder.text(_("score = 100 · exp(Σ w · log value / Σ w)"), kind="formula")
    else:
        exponent = numbers.plain(float(q))
        builder.text(
            _("score = 100 · (Σ w · value^q / Σ w)^(1/q), q = {q}").format(q=exponent), kind="formula"
        )
    if q in {"none", float("-inf")} or (isinstance(q, float | int) and q <= 0):
        builder.text(_("A value below 0.01 counts as 0.01 here, so that one zero does not erase all else."))


def _unknown(builder: Builder) -> None:
    method = builder.report.method
    builder.heading(2, _("What is not known"))
    builder.text(
        _(
            "Unknown is not bad: an indicator without an answer is left out of the score, and nothing is "
            "filled in. How much is known is the coverage; the range is what the score could still become."
        )
    )
    builder.text(_("coverage = Σ w of what is known"), kind="formula")
    builder.text(
        _("The range goes from the score with every unknown value at 0 to the score with every one at 1."),
        _("A practice of which less than {least} is known gets no rank.").format(
            least=numbers.share(method.min_coverage)
        ),
    )


def _classes(builder: Builder) -> None:
    method = builder.report.method
    adaptable, transferable = numbers.plain(method.adaptable_from), numbers.plain(method.transferable_from)
    builder.heading(2, _("Barriers and classes"))
    builder.text(
        _(
            "A barrier is a critical condition that the region does not meet, or a rating below the lowest "
            "level that its indicator accepts. A critical condition of which something is unknown is an "
            "open question. The first class that holds is the one."
        )
    )
    when = (
        (PracticeClass.HOME, _("the practice comes from this region; its score is a check of plausibility")),
        (PracticeClass.BLOCKED, _("there is a barrier, whatever the score")),
        (
            PracticeClass.INSUFFICIENT_EVIDENCE,
            _("less than {least} of the weight is known").format(least=numbers.share(method.min_coverage)),
        ),
        (PracticeClass.NOT_YET, _("the score is below {adaptable}").format(adaptable=adaptable)),
        (
            PracticeClass.CONDITIONAL,
            _("there is an open question; what the practice is then depends on the answer"),
        ),
        (
            PracticeClass.TRANSFERABLE,
            _("the score is {transferable} or more").format(transferable=transferable),
        ),
        (
            PracticeClass.ADAPTABLE,
            _("the score lies between {adaptable} and {transferable}").format(
                adaptable=adaptable, transferable=transferable
            ),
        ),
    )
    builder.table(
        _("The classes"),
        _("The classes in the order in which they are tried, and when each holds."),
        (Column(_("Class"), 26), Column(_("When"), 74)),
        [(strong(class_word(class_)), words) for class_, words in when],
    )
    builder.text(
        _(
            "Practices that are neither at home, nor blocked, nor short of evidence are ranked by their "
            "score; equal scores share a rank."
        )
    )
    if method.compensation != 1:
        builder.text(
            _("The thresholds were set for full compensation; here they are stricter than they look.")
        )


def _firmness(builder: Builder) -> None:
    method = builder.report.method
    builder.heading(2, _("How firm a result is"))
    if builder.study.assessments:
        builder.text(
            _(
                "How far assessors agree is said by Krippendorff's alpha: 1 is full agreement, 0 is what "
                "chance would give. Judgements on which they lie apart are named, and count as of low "
                "confidence."
            )
        )
    if not method.samples:
        builder.text(_("No draws were made in this run, so nothing is said about how firm its results are."))
        return
    builder.text(
        _draws(method.weights).format(
            samples=grouped(method.samples), spread=numbers.share(method.weight_spread)
        ),
        _(
            "From these draws come the interval in which nine of ten scores lie, the chance of each class "
            "and of each rank. They say how firm the known is, and nothing about what is unknown. The same "
            "files, seed and version give the same draws."
        ),
    )


def _draws(weights: str) -> str:
    if weights == "any":
        return _(
            "The scores were computed {samples} times, with any weights at all, and with every uncertain "
            "value moved: a level one step down or up, each with a probability of 10% (medium confidence) or "
            "25% (low); a number by up to 5% or 15% of its scale. What is of high confidence stays."
        )
    if weights == "panel":
        return _(
            "The scores were computed {samples} times, each time with the weights of one member of the "
            "panel, and with every uncertain value moved: a level one step down or up, each with a "
            "probability of 10% (medium confidence) or 25% (low); a number by up to 5% or 15% of its scale. "
            "What is of high confidence stays."
        )
    return _(
        "The scores were computed {samples} times, with every weight up to {spread} higher or lower, and "
        "with every uncertain value moved: a level one step down or up, each with a probability of 10% "
        "(medium confidence) or 25% (low); a number by up to 5% or 15% of its scale. What is of high "
        "confidence stays."
    )


def _paths(builder: Builder) -> None:
    builder.heading(2, _("Paths and adapted forms"))
    builder.text(
        _(
            "The path is the set of level steps in the region that removes all barriers and reaches the "
            "next class with the least effort; each indicator says what a step costs. It is exact, not an "
            "estimate."
        ),
        _(
            "An adapted form is a practice that keeps what makes it work and asks less of a region. It is "
            "scored like a practice of its own, and never changes the score of the practice as it is."
        ),
    )


def _framework(builder: Builder) -> None:
    framework = builder.study.framework
    name, version = one_line(framework.id), one_line(framework.version)
    total = sum(dimension.weight for dimension in framework.dimensions)
    builder.heading(2, _("The framework {name} {version}").format(name=name, version=version))
    builder.table(
        _("Dimensions"),
        _("The dimensions with what they are about and their share of the weight."),
        (Column(_("Dimension"), 28), Column(_("About"), 58), Column(_("Weight"), 14, numbers=True)),
        [
            (
                strong(dimension_name(dimension)),
                " ".join(lines_of(of_data(dimension.description or ""))),
                numbers.share(dimension.weight / total) if total else numbers.plain(dimension.weight),
            )
            for dimension in framework.dimensions
        ],
    )
    for dimension in framework.dimensions:
        indicators = [i for i in framework.indicators if i.dimension == dimension.id]
        builder.table(
            _("Indicators of “{dimension}”").format(dimension=dimension_name(dimension)),
            _("Each indicator with its question and levels, what it looks at, and its source."),
            (
                Column(_("Indicator"), 20),
                Column(_("Question and levels"), 39),
                Column(_("Looks at"), 15),
                Column(_("Source"), 26),
            ),
            [_indicator(builder, indicator) for indicator in indicators],
        )


def _indicator(builder: Builder, indicator: Indicator) -> tuple[Cell, ...]:
    return (
        strong(indicator_name(indicator)),
        " ".join(_question(indicator)),
        "; ".join(_about(indicator)),
        builder.links.words(indicator.source),
    )


def _question(indicator: Indicator) -> Iterator[str]:
    if indicator.question:
        question = one_line(of_data(indicator.question), 2000)
        yield question if question[-1:] in ".?!" else f"{question}."
    levels = [
        _("{number}: {words}").format(number=numbers.plain(level), words=one_line(of_data(words), 500))
        for level, words in sorted(indicator.levels.items())
    ]
    if levels:
        yield "; ".join(levels) + "."
    elif indicator.continuous or not indicator.question:
        text = (
            _("From {worst} (worst) to {best} (best), in {unit}.")
            if indicator.unit
            else _("From {worst} (worst) to {best} (best).")
        )
        yield text.format(
            worst=numbers.plain(indicator.worst),
            best=numbers.plain(indicator.best),
            unit=one_line(of_data(indicator.unit or "")),
        )


def _about(indicator: Indicator) -> Iterator[str]:
    yield role_word(indicator.role)
    if indicator.objective is not None:
        yield objective_word(indicator.objective)
    if indicator.role == Role.CONDITION:
        yield match_word(indicator.match)
        if indicator.critical:
            yield _("always critical")
        yield _("effort {effort}").format(effort=numbers.plain(indicator.effort))
    if indicator.floor is not None:
        yield _("at least {floor}").format(floor=numbers.plain(indicator.floor))
    yield _("weight {weight}").format(weight=numbers.plain(indicator.weight))
