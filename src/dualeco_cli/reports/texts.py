"""Words of the data model in sentences, for every report.

The lists of words are functions: they are looked up when a report is made, not when the module loads.
"""

from __future__ import annotations

from collections.abc import Mapping

from dualeco_cli.language import _, both, plural
from dualeco_cli.model.result import PracticeClass
from dualeco_cli.model.rows import Confidence, Match, Objective, Origin, Role


def class_word(class_: PracticeClass | str) -> str:
    """What a class is called in a sentence: the word of the data, without its hyphen."""
    words: Mapping[str, str] = {
        PracticeClass.HOME: _("home"),
        PracticeClass.BLOCKED: _("blocked"),
        PracticeClass.INSUFFICIENT_EVIDENCE: _("insufficient evidence"),
        PracticeClass.NOT_YET: _("not yet"),
        PracticeClass.CONDITIONAL: _("conditional"),
        PracticeClass.TRANSFERABLE: _("transferable"),
        PracticeClass.ADAPTABLE: _("adaptable"),
    }
    return words.get(class_, class_)


def role_word(role: Role | str) -> str:
    """What an indicator of this role looks at."""
    words: Mapping[str, str] = {
        Role.MERIT: _("merit of the practice"),
        Role.NEED: _("need of the region"),
        Role.CONDITION: _("condition in the region"),
        Role.JUDGEMENT: _("judgement of local assessors"),
    }
    return words.get(role, role)


def objective_word(objective: Objective | str) -> str:
    """An objective in words."""
    words: Mapping[str, str] = {
        Objective.QUALITY: _("quality of training routes"),
        Objective.EMPLOYABILITY: _("employability"),
        Objective.WBL: _("completion of work-based learning"),
        Objective.CERTIFICATION: _("certification of skills"),
    }
    return words.get(objective, objective)


def confidence_word(confidence: Confidence | str) -> str:
    """How firmly a value is known."""
    words: Mapping[str, str] = {
        Confidence.HIGH: _("high"),
        Confidence.MEDIUM: _("medium"),
        Confidence.LOW: _("low"),
    }
    return words.get(confidence, confidence)


def origin_word(origin: Origin | str) -> str:
    """Where the reason for a level comes from."""
    words: Mapping[str, str] = {
        Origin.STUDY_VISIT: _("study visit"),
        Origin.DOCUMENT: _("document"),
        Origin.INTERVIEW: _("interview"),
        Origin.JUDGEMENT: _("judgement"),
    }
    return words.get(origin, origin)


def match_word(match: Match | str) -> str:
    """How a requirement is held against what the region has."""
    words: Mapping[str, str] = {
        Match.AT_LEAST: _("at least as good as required"),
        Match.SIMILAR: _("similar to what is required"),
    }
    return words.get(match, match)


def sentence(phrase: str) -> str:
    """A phrase such as a list of names as a sentence: with a capital letter and a full stop."""
    return f"{phrase[:1].upper()}{phrase[1:]}."


def quoted(text: str) -> str:
    """A name or title in the quotation marks of the reader's language."""
    return _("“{title}”").format(title=text)


def listed(parts: list[str], most: int | None = None) -> str:
    """The parts in one phrase: ``a, b and c``; with ``most``, ``a, b and 3 more``."""
    if most is not None and len(parts) > most:
        rest = plural("{count} more", "{count} more", len(parts) - most)
        parts = [*parts[:most], rest]
    if len(parts) < 2:
        return "".join(parts)
    return both(", ".join(parts[:-1]), parts[-1])
