"""What is to be done for each target, in a form that can be sent to another process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from dualeco_cli.language import Language, current, speaking
from dualeco_cli.model.collection import without_collection
from dualeco_cli.model.result import Method, TargetResult
from dualeco_cli.model.study import Study
from dualeco_cli.scoring.assemble import Scorer
from dualeco_cli.scoring.firmness import examiner
from dualeco_cli.spread.origin import Origin

T = TypeVar("T")


@dataclass(eq=False)
class Work(Generic[T]):
    """Score a target of a study by a method, and make something of the result.

    Attributes:
        study: a study without errors.
        method: as of :func:`dualeco_cli.api.method_for`.
        finish: what to make of a result before it is sent back, such as a table that takes less room. It is
            a function of a module, or :func:`functools.partial` of one, so that it can be sent.
        language: of the reasons in a result; that of whoever asks.
    """

    study: Study
    method: Method
    finish: Callable[[TargetResult], T]
    language: Language = field(default_factory=current)
    _scorer: Scorer | None = field(default=None, init=False, repr=False)

    def do(self, target: str, progress: Callable[[int], None] | None = None) -> T:
        """Score one target, by id. ``progress`` is told of draws that are done.

        Raises:
            KeyError: a target that the study does not have.
        """
        if self._scorer is None:
            self._scorer = Scorer(self.study, self.method)
        with speaking(self.language), without_collection():
            return self.finish(self._scorer.target(target, examiner(progress)))

    @property
    def steps(self) -> int:
        """What the progress of one target adds up to: its draws, or 1 where none are made."""
        return max(1, self.method.samples)

    def __getstate__(self) -> dict[str, Any]:
        # What the scorer holds is worked out from the rest, in less time than it takes to send it.
        return {**self.__dict__, "_scorer": None}


@dataclass(frozen=True, slots=True)
class Unlike:
    """Instead of a result: this worker is of another version, or computes other digits."""

    origin: Origin


def do_elsewhere(work: Work[T], origin: Origin, target: str) -> T | Unlike:
    """Do the work for one target on a machine that may be unlike the one that asks, whose origin is given."""
    here = Origin.here()
    return work.do(target) if here == origin else Unlike(here)
