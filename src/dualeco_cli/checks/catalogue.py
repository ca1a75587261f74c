"""The catalogue of rules: every code that a finding can carry, with its text.

A rule is known in the code by its name and to users by its code; both are stable. The message is a template
with named parameters; a parameter that is missing prints as ``…`` rather than failing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dualeco_cli.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``why`` says what goes wrong otherwise, ``fix`` the way out, ``example`` a case of it."""

    code: str
    name: str
    severity: Severity
    message: str
    why: str
    fix: str
    example: str


RULES: tuple[Rule, ...] = ()

BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}
BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
