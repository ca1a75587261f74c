"""JUnit XML, as GitLab and Jenkins show it.

Each file is a test suite. What is wrong with one sheet by one rule is one test case: failed for errors,
skipped for warnings, because both services show the text of a skipped case and neither shows it for a passed
one. A file with neither is one test case that passed; notes are the output of the suite.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dualeco_cli.checks.formats.base import Context, with_expected
from dualeco_cli.checks.formats.escape import for_xml, visible
from dualeco_cli.checks.formats.grouping import full_message, mentions
from dualeco_cli.checks.formats.places import address, relative
from dualeco_cli.language import _, plural
from dualeco_cli.model.finding import Finding, FindingsReport, Severity

#: Lines of one test case or of the notes; more of them nobody reads in a browser.
MOST_LINES = 1000

_ELEMENTS = {Severity.ERROR: "failure", Severity.WARNING: "skipped"}


def render(report: FindingsReport, context: Context) -> str:
    """The whole document."""
    files: dict[str, list[Finding]] = {file: [] for file in context.files}
    for finding in report.findings:
        files.setdefault(finding.file, []).append(finding)
    # A folder that was given stands for the files in it, which have suites of their own.
    suites = [
        (file, findings, _cases(findings))
        for file, findings in files.items()
        if findings or not any(_is_in(other, file) for other in files)
    ]
    totals = _counts(cases for _, _, cases in suites)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<testsuites name="dualeco"{totals}>']
    for file, findings, cases in suites:
        lines += _suite(relative(file, context.root), findings, cases)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _is_in(file: str, folder: str) -> bool:
    return file.startswith((folder.rstrip("/\\") + "/", folder.rstrip("/\\") + "\\"))


def _cases(findings: Iterable[Finding]) -> list[list[Finding]]:
    cases: dict[tuple[str | None, str, Severity], list[Finding]] = {}
    for finding in findings:
        if finding.severity is not Severity.INFO:
            cases.setdefault((finding.sheet, finding.code, finding.severity), []).append(finding)
    return list(cases.values())


def _counts(suites: Iterable[list[list[Finding]]]) -> str:
    tests = failures = skipped = 0
    for cases in suites:
        tests += len(cases) or 1
        failures += sum(case[0].severity is Severity.ERROR for case in cases)
        skipped += sum(case[0].severity is Severity.WARNING for case in cases)
    return f' tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'


def _suite(file: str, findings: Iterable[Finding], cases: list[list[Finding]]) -> Iterator[str]:
    name = for_xml(visible(file))
    yield f'  <testsuite name="{name}"{_counts([cases])}>'
    if not cases:
        passed = for_xml(_("no errors, no warnings"))
        yield f'    <testcase classname="{name}" name="{passed}" file="{name}"/>'
    for case in cases:
        first = case[0]
        element = _ELEMENTS[first.severity]
        title = f"{first.code} {first.name}"
        if first.sheet:
            title = _("{rule} in {sheet}").format(rule=title, sheet=visible(first.sheet))
        title = for_xml(title)
        message = _line(first)
        if len(case) > 1:
            message += " " + plural("… and {count} more", "… and {count} more", len(case) - 1)
        message = for_xml(message)
        yield f'    <testcase classname="{name}" name="{title}" file="{name}">'
        kind = f' type="{first.code}"' if element == "failure" else ""
        yield f'      <{element} message="{message}"{kind}>{_text(case)}</{element}>'
        yield "    </testcase>"
    notes = [finding for finding in findings if finding.severity is Severity.INFO]
    if notes:
        # "[[ATTACHMENT|path]]" in an output makes these services fetch a file.
        yield f"    <system-out>{_text(notes).replace('[[', '[ [')}</system-out>"
    yield "  </testsuite>"


def _line(finding: Finding) -> str:
    place = visible(address(finding.sheet, finding.cell))
    text = full_message(finding)
    if finding.expected and not mentions(finding.message, finding.expected):
        text = with_expected(text, visible(finding.expected))
    return f"{place}: {text}" if place else text


def _text(findings: list[Finding]) -> str:
    lines = [_line(finding) for finding in findings[:MOST_LINES]]
    if len(findings) > MOST_LINES:
        left = len(findings) - MOST_LINES
        lines.append(plural("… and {count} place more", "… and {count} places more", left))
    return for_xml("\n".join(lines))
