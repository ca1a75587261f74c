"""A study: everything one run reads, merged from its files and what is built in."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from dualeco_cli.model.rows import (
    Adaptation,
    Assessment,
    Basis,
    Dimension,
    Ecosystem,
    Indicator,
    Level,
    PanelRow,
    Pilot,
    Practice,
    ProfileValue,
    Settings,
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class Source(_Part):
    """One file that was read, with the SHA-256 of its bytes (of all files of a folder, in order of name)."""

    path: str
    sha256: str


class Framework(_Part):
    """Dimensions, indicators and settings. Both lists are in the order of their sheets."""

    id: str
    version: str | None
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    settings: Settings

    def indicator(self, id_: str) -> Indicator:
        """The indicator with that id. Raises KeyError."""
        for indicator in self.indicators:
            if indicator.id == id_:
                return indicator
        raise KeyError(id_)


class Panel(_Part):
    """What the members of a panel say of the weights.

    ``replaced`` is the framework with the weights that it had before the panel's were put in their place;
    None while they have not been.
    """

    rows: tuple[PanelRow, ...]
    replaced: Framework | None = None


class Study(_Part):
    """Everything one run reads. All ids in it are slugs and all references lead somewhere.

    ``merits`` and ``requirements`` hold the filled cells only: practice -> indicator -> level; what is blank
    is not in them. ``profile`` holds, per ecosystem and indicator, the value that counts (the latest year).
    """

    practices: Mapping[str, Practice]
    merits: Mapping[str, Mapping[str, Level]]
    requirements: Mapping[str, Mapping[str, Level]]
    basis: tuple[Basis, ...]
    assessments: tuple[Assessment, ...]
    adaptations: tuple[Adaptation, ...]
    pilots: tuple[Pilot, ...]
    framework: Framework
    ecosystems: Mapping[str, Ecosystem]
    profile: Mapping[str, Mapping[str, ProfileValue]]
    inputs: tuple[Source, ...]
    panel: Panel | None = None

    def targets(self) -> tuple[str, ...]:
        """Ecosystems with at least one known profile value of the framework, by id (``--target all``)."""
        wanted = {indicator.id for indicator in self.framework.indicators}
        return tuple(
            sorted(
                id_
                for id_ in self.ecosystems
                if any(
                    value.value is not None and indicator in wanted
                    for indicator, value in self.profile.get(id_, {}).items()
                )
            )
        )
