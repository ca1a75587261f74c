"""A finding: one fault, or one thing worth knowing, at one place."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(BaseModel):
    """One finding. ``cell`` is an address as the spreadsheet program shows it, such as ``D3``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str = Field(pattern=r"^[A-Z]\d{3}$", description="stable code of the rule")
    name: str = Field(description="short name of the rule")
    severity: Severity
    file: str
    sheet: str | None = None
    cell: str | None = Field(
        default=None, description="D3, a row as 3:3, or null for a sheet or file as a whole"
    )
    header: str | None = Field(default=None, description="header of the column as it stands in the file")
    found: str | None = Field(default=None, description="what stands there")
    expected: str | None = Field(default=None, description="what would be right there")
    suggestion: str | None = Field(default=None, description="the nearest valid value")
    message: str


class FindingsSummary(BaseModel):
    """How many files were looked at and what was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    files: int = Field(ge=0)
    errors: int = Field(ge=0)
    warnings: int = Field(ge=0)
    infos: int = Field(ge=0)


class FindingsReport(BaseModel):
    """What ``dualeco validate --format json`` prints."""

    model_config = ConfigDict(frozen=True, extra="forbid", title="dualeco findings")

    findings: tuple[Finding, ...]
    summary: FindingsSummary
