"""Findings to print: a study as people send it, and one whose author means harm."""

from __future__ import annotations

from dualeco_cli.checks.formats import Context, summarise
from dualeco_cli.checks.rule import Rule
from dualeco_cli.model.finding import Finding, FindingsReport, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

#: A small catalogue, so that a new rule does not change what these tests expect.
RULES = {
    rule.code: rule
    for rule in (
        Rule("C102", "number-expected", ERROR, "{found} is no number.", "Why.", "Fix it.", "`high`."),
        Rule("S104", "sheet-hidden", WARNING, "{found} is hidden.", "Unseen.", "Show it.", "A sheet."),
        Rule("C105", "number-as-text", INFO, "{found} is text.", "Sums.", "Nothing to do.", "`3`."),
    )
}
FILES = ("study.xlsx", "broken.xlsx", "clean.ods")
CONTEXT = Context(files=FILES, rules=RULES, version="1.2.3")

HOSTILE = [
    "\x1b[2J\x1b]0;title\x07",
    "\x9b2J",
    "\u202egnp.exe",
    "ti\u200btel\u00ad",
    "[bold]x[/bold] [/] :smile:",
    "%0A::error::x",
    "\r\n::warning::x\n::set-output name=a::b",
    "\n##[error]x",
    "a]]>b",
    "a|b\\|c",
    "`x` ``y``",
    "<script>alert(1)</script>",
    "&lt;b&gt;&#124;",
    "@team #1 !2 https://example.org www.example.org",
    "[x](https://example.org) ![x](https://example.org/x.png)",
    "\ufffe\uffff\U0001fffe",
    "\u2028\u2029\x85\x00",
    "\U000e0041",
    "{0} {x} %s %(x)s",
    "[[ATTACHMENT|/etc/passwd]]",
    "*a* _b_ ~~c~~ $d$ **e**",
]


def finding(
    code: str = "C102",
    severity: Severity = ERROR,
    *,
    name: str = "number-expected",
    file: str = "study.xlsx",
    sheet: str | None = "Practices",
    cell: str | None = "D3",
    header: str | None = None,
    found: str | None = None,
    expected: str | None = None,
    suggestion: str | None = None,
    message: str = "Something is wrong.",
) -> Finding:
    return Finding(
        code=code,
        name=name,
        severity=severity,
        file=file,
        sheet=sheet,
        cell=cell,
        header=header,
        found=found,
        expected=expected,
        suggestion=suggestion,
        message=message,
    )


def study() -> FindingsReport:
    findings = [
        finding(
            "F104",
            name="file-not-workbook",
            file="broken.xlsx",
            sheet=None,
            cell=None,
            found="a web page",
            expected="an .xlsx file",
            message="The file is no workbook.",
        ),
        finding(
            "R103",
            WARNING,
            name="row-of-totals",
            sheet="My sheet",
            cell="9:9",
            message="The row looks like totals and is not read.",
        ),
        finding("S104", WARNING, name="sheet-hidden", sheet="My sheet", cell=None, message="It is hidden."),
        finding(
            "C109",
            name="word-unknown",
            cell="G3",
            header="Obiettivi",
            found="qualty",
            expected="quality, employability, wbl, certification",
            suggestion="quality",
            message='"qualty" is none of the words for this column.',
        ),
    ]
    findings += [
        finding(
            "H101", name="column-missing", cell=None, expected=field, message=f"There is no column {field}."
        )
        for field in ("id", "title", "source", "country")
    ]
    findings += [
        finding(
            sheet="Profile",
            cell=f"E{row}",
            header="Valore",
            found=found,
            expected="a number from 0 to 4",
            message=f'"{found}" is no number.',
        )
        for row in range(3, 15)
        for found in (("high", "low", "n.d.", "x")[row % 4],)
    ]
    findings += [
        finding(
            "C105",
            INFO,
            name="number-as-text",
            sheet="Profile",
            cell=f"{'EFG'[row % 3]}{row}",
            found=str(row),
            message=f'"{row}" is stored as text.',
        )
        for row in range(20, 32)
    ]
    return summarise(findings, FILES, {"study.xlsx": ["Practices", "My sheet", "Profile"]})


def hostile() -> FindingsReport:
    findings = [
        finding(
            severity=severity,
            file=f"a{text}.xlsx",
            sheet=text,
            cell=cell,
            header=text,
            found=text,
            expected=f"not {text}",
            suggestion=f"rather {text}",
            message=f"No: {text}",
        )
        for text in HOSTILE
        for severity, cell in ((ERROR, "B2"), (ERROR, None), (WARNING, "C3"), (WARNING, "C4"), (INFO, "4:4"))
    ]
    return summarise(findings, [])


def many(number: int) -> FindingsReport:
    return summarise(
        (
            finding(
                severity=(ERROR, WARNING, INFO)[row % 3],
                sheet=f"Sheet{row % 7}",
                cell=f"{'ABCDEFGH'[row % 8]}{row + 2}",
                found=str(row),
                message=f'"{row}" is no number.',
            )
            for row in range(number)
        ),
        ["study.xlsx"],
    )
