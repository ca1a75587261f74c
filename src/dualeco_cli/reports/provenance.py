"""Where the numbers of a report come from, in words."""

from __future__ import annotations

from dualeco_cli.language import _, grouped, plural
from dualeco_cli.model.result import Method, Report
from dualeco_cli.reports import numbers
from dualeco_cli.reports.naming import one_line
from dualeco_cli.reports.texts import listed


def provenance(report: Report) -> list[str]:
    """Where the numbers come from: framework, method, inputs, program."""
    return [*_method(report), *_inputs(report)]


def _method(report: Report) -> list[str]:
    method, framework = report.method, report.framework
    named = (
        _("Framework {id} version {version}. Score: {mean}.")
        if framework.version
        else _("Framework {id}. Score: {mean}.")
    )
    said = [
        named.format(
            id=one_line(framework.id),
            version=one_line(framework.version),
            mean=mean_words(method.compensation),
        ),
        _(
            "Transferable from {transferable}, adaptable from {adaptable} points, ranked from {coverage} "
            "of the weight known."
        ).format(
            transferable=numbers.plain(method.transferable_from),
            adaptable=numbers.plain(method.adaptable_from),
            coverage=numbers.share(method.min_coverage),
        ),
    ]
    if method.compensation != 1:
        said.append(
            _("The thresholds were set for full compensation; here they are stricter than they look.")
        )
    if report.panel is not None:
        said.append(
            plural(
                "Weights: those of a panel of {count} member.",
                "Weights: those of a panel of {count} members.",
                len(report.panel.members),
            )
        )
    if method.samples:
        said.append(_draws(method))
    return said


def _draws(method: Method) -> str:
    if method.weights == "any":
        text = _("{samples} draws, seed {seed}, with any weights.")
    elif method.weights == "panel":
        text = _("{samples} draws, seed {seed}, each with the weights of one member of the panel.")
    else:
        text = _("{samples} draws, seed {seed}, with weights up to {spread} higher or lower.")
    return text.format(
        samples=grouped(method.samples), seed=method.seed, spread=numbers.share(method.weight_spread)
    )


def _inputs(report: Report) -> list[str]:
    read = [
        _("{path} (SHA-256 {sum}…)").format(path=one_line(source.path, 200), sum=one_line(source.sha256[:12]))
        for source in report.inputs
    ]
    said = [_("Read: {files}.").format(files=listed(read))] if read else []
    return [*said, f"{report.tool.name} {one_line(report.tool.version)}"]


def mean_words(compensation: float | str) -> str:
    """The mean that makes the score, in words."""
    if compensation == "none" or compensation == float("-inf"):
        return _("the worst value decides (no compensation)")
    if compensation == 1:
        return _("weighted mean of what is known (full compensation)")
    if compensation == 0:
        return _("geometric mean of what is known (partial compensation)")
    return _("power mean of what is known, exponent {q}").format(q=numbers.plain(float(compensation)))


def weights_words(method: Method) -> str:
    """How the weights were varied, in words."""
    if method.weights == "any":
        return _("with any weights")
    if method.weights == "panel":
        return _("each with the weights of one member of the panel")
    return _("with weights up to {spread} higher or lower").format(spread=numbers.share(method.weight_spread))
