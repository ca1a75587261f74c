"""SARIF 2.1.0, for code scanning and for editors.

A workbook has no lines, yet services want a region: the row is the line, the column number the column, and
the address that people know is the logical location.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from dualeco_cli.checks.formats.base import Context, with_expected
from dualeco_cli.checks.formats.escape import visible
from dualeco_cli.checks.formats.grouping import full_message, mentions
from dualeco_cli.checks.formats.places import address, column_of, position, relative, uri
from dualeco_cli.checks.rule import Rule
from dualeco_cli.language import _
from dualeco_cli.model.finding import Finding, FindingsReport, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"


def render(report: FindingsReport, context: Context) -> str:
    """One run with the rules of the catalogue and a result per finding."""
    rules = _rules(report, context)
    index = {rule["id"]: place for place, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "dualeco", "version": context.version, "rules": rules}},
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": _("The folder in which dualeco was started.")}}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index, seen, context) for finding in report.findings],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rules(report: FindingsReport, context: Context) -> list[dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = {
        rule.code: {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": rule.name.replace("-", " ").capitalize() + "."},
            "fullDescription": {"text": _(rule.why)},
            "help": {"text": "\n".join((_(rule.why), _(rule.fix), _example(rule)))},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in context.rules.values()
    }
    # A result must not point to a rule that is not there.
    for finding in report.findings:
        rules.setdefault(finding.code, {"id": finding.code, "name": finding.name})
    return list(rules.values())


def _example(rule: Rule) -> str:
    return _("For example: {example}").format(example=_(rule.example))


def _message(finding: Finding) -> str:
    text = full_message(finding)
    if finding.expected and not mentions(finding.message, finding.expected):
        text = with_expected(text, visible(finding.expected))
    # "[text](1)" is a link in a message; nothing that users wrote is one.
    return text.replace("](", "] (")


def _fingerprint(finding: Finding, seen: Counter[str], context: Context) -> str:
    """Not from the row: a row put in above must not make every finding below it a new one."""
    column = finding.header or column_of(finding.cell)
    parts = (finding.code, relative(finding.file, context.root), finding.sheet, column, finding.found)
    text = json.dumps(parts, ensure_ascii=True)
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _result(
    finding: Finding, index: Mapping[str, int], seen: Counter[str], context: Context
) -> dict[str, Any]:
    row, column = position(finding.cell)
    region = {"startLine": row or 1} | ({"startColumn": column} if column else {})
    artifact: dict[str, str] = {"uri": uri(finding.file, context.root)}
    if not artifact["uri"].startswith("file:"):
        artifact["uriBaseId"] = _ROOT
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    if finding.sheet is not None:
        name = visible(finding.cell or finding.sheet)
        place = visible(address(finding.sheet, finding.cell))
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": place}]
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [location],
        # The name under which GitHub looks for it; it would otherwise hash lines of a file that has none.
        "partialFingerprints": {"primaryLocationLineHash": _fingerprint(finding, seen, context)},
    }
