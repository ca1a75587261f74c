"""A framework judged: by itself, and by what a study makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from dualeco_cli.checks.collector import Collector
from dualeco_cli.checks.framework import Draft
from dualeco_cli.checks.judging.agreeing import check_agreement
from dualeco_cli.checks.judging.anchors import check_anchors
from dualeco_cli.checks.judging.effects import check_effects
from dualeco_cli.checks.judging.floors import check_floors
from dualeco_cli.checks.judging.inert import check_inert
from dualeco_cli.checks.judging.placing import Spots
from dualeco_cli.checks.judging.weights import Weighing
from dualeco_cli.checks.judging.wording import check_wording
from dualeco_cli.checks.records import Entry
from dualeco_cli.model.rows import Assessment, Merits, Requirements
from dualeco_cli.model.study import Framework, Study


def judge_framework(draft: Draft, framework: Framework, collector: Collector) -> None:
    """What can be said of a framework that the user brings without any practice. ``draft`` says where."""
    weighing = Weighing.of(framework.dimensions, framework.indicators, framework.settings)
    check_wording(draft.indicators, weighing, collector)
    check_anchors(draft.indicators, collector)
    check_effects(draft.dimensions, draft.indicators, weighing, collector)
    check_floors(draft.indicators, framework.settings, weighing, collector)


def judge_study(
    study: Study,
    own: Draft | None,
    wide: Sequence[Entry[Merits] | Entry[Requirements]],
    assessments: Sequence[Entry[Assessment]],
    collector: Collector,
) -> None:
    """What the values of a study say of its framework.

    ``own`` is the framework where the user brings it; what there is to say of a built-in one stands at the
    columns in which it is rated: ``wide`` and ``assessments`` are the rows in which these can be found.
    """
    spots = Spots.in_framework(own.indicators) if own is not None else Spots.in_ratings(wide, assessments)
    framework = study.framework
    weighing = Weighing.of(framework.dimensions, framework.indicators, framework.settings)
    check_agreement(study, spots, weighing, collector)
    check_inert(study, spots, weighing, collector)
