"""The catalogue of rules as text for people."""

from __future__ import annotations

import textwrap

from dualeco_cli.checks.catalogue import RULES
from dualeco_cli.checks.rule import Rule
from dualeco_cli.language import N_, _
from dualeco_cli.model.finding import Severity

FAMILIES = {
    "F": N_("Files"),
    "S": N_("Sheets"),
    "H": N_("Headers"),
    "C": N_("Cells"),
    "R": N_("Rows"),
    "X": N_("Across sheets"),
    "W": N_("The method"),
    "P": N_("The panel"),
}

_SEVERITIES = {
    Severity.ERROR: N_("error"),
    Severity.WARNING: N_("warning"),
    Severity.INFO: N_("info"),
}

_WIDTH = 78


def list_text() -> str:
    """All rules, a line each, by family."""
    lines: list[str] = []
    longest = max(len(rule.name) for rule in RULES)
    for letter, family in FAMILIES.items():
        lines.append("  ".join((letter, _(family))))
        lines.extend(
            "  ".join(("", rule.code, rule.name.ljust(longest), _(_SEVERITIES[rule.severity])))
            for rule in sorted(RULES, key=lambda rule: rule.code)
            if rule.code.startswith(letter)
        )
        lines.append("")
    lines.append(_("dualeco rules CODE explains one."))
    return "\n".join(lines) + "\n"


def page_text(rule: Rule) -> str:
    """One rule: its message, why it matters, what to do, an example."""
    severity = _(_SEVERITIES[rule.severity])
    parts = [f"{rule.code}  {rule.name}  ({severity})", ""]
    for label, text in (
        (_("Message"), rule.message),
        (_("Why"), rule.why),
        (_("What to do"), rule.fix),
        (_("Example"), rule.example),
    ):
        parts.append(label)
        parts.extend(
            textwrap.wrap(
                _(text), _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
            )
        )
        parts.append("")
    return "\n".join(parts)


def markdown_page() -> str:
    """The reference page of all rules, which is written in English."""
    parts = [
        "# Rules",
        "",
        "What `dualeco validate` checks. `dualeco rules CODE` shows one of them in the terminal;",
        "`--select` and `--ignore` take a code, the letter of a family, or a name. This page is generated",
        "from the catalogue.",
        "",
    ]
    for letter, family in FAMILIES.items():
        parts += [f"## {letter}: {family}", ""]
        for rule in sorted(RULES, key=lambda rule: rule.code):
            if rule.code.startswith(letter):
                parts += [
                    f"### {rule.code} {rule.name}",
                    "",
                    f"*{rule.severity.value}* – {rule.message}",
                    "",
                    f"- Why: {rule.why}",
                    f"- What to do: {rule.fix}",
                    f"- Example: {rule.example}",
                    "",
                ]
    return "\n".join(parts)
