"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass

from dualeco_cli.language import _
from dualeco_cli.model.finding import Severity


class _Gaps(dict[str, object]):
    """A parameter that is missing prints as an ellipsis: a message is never the cause of a crash."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    A rule is known in the code by its name and to users by its code; both are stable. The message is a
    template with named parameters. ``why`` says what goes wrong otherwise, ``fix`` the way out, ``example``
    a case of it. All four are English here and in the reader's language where they are said.
    """

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    fix: str
    example: str

    def say(self, params: dict[str, object]) -> str:
        """The message in the reader's language with its parameters filled in, which are in it already."""
        return _(self.message).format_map(_Gaps(params))
