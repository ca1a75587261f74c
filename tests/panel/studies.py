"""A small study with a panel, as sheets."""

from __future__ import annotations

from pathlib import Path

from dualeco_cli import load_study
from dualeco_cli.model.study import Study

from ..support.sheets import workbook

#: Two dimensions of merits and one of a condition; the practices do well on different ones.
STUDY = """
    | Indicators |
    | id    | dimension | name  | role      | weight |
    | proof | evidence  | Proof | merit     | 3      |
    | text  | evidence  | Text  | merit     | 1      |
    | fame  | renown    | Fame  | merit     |        |
    | law   | region    | Law   | condition |        |

    | Practices |
    | id    | title | source |
    | alpha | Alpha | there  |
    | beta  | Beta  | there  |
    | gamma | Gamma | there  |

    | Ecosystems |
    | id    | name  |
    | here  | Here  |
    | there | There |

    | Merits |
    | practice | proof | text | fame |
    | alpha    | 4     | 0    | 0    |
    | beta     | 0     | 4    | 4    |
    | gamma    | 2     | 2    | 2    |

    | Requirements |
    | practice | law |
    | alpha    | 4   |
    | beta     | 2   |
    | gamma    | 1   |

    | Profile |
    | ecosystem | indicator | value | confidence |
    | here      | law       | 1     | high       |

"""

BUDGETS = """
    | Panel |
    | member | dimension | indicator | points |
    | Ann    | evidence  |           | 60     |
    | Ann    | renown    |           | 20     |
    | Ann    | region    |           | 20     |
    | Ben    | evidence  |           | 10     |
    | Ben    | renown    |           | 80     |
    | Ben    | region    |           | 10     |
    | Ben    |           | proof     | 1      |
    | Ben    |           | text      | 1      |
"""

#: What each practice reaches on the indicators proof, text, fame, law.
VALUES = {"alpha": (1, 0, 0, 0.25), "beta": (0, 1, 1, 0.75), "gamma": (0.5, 0.5, 0.5, 1)}


def sheets(folder: Path, panel: str = BUDGETS, settings: str = "") -> Path:
    """The study with a panel as a workbook."""
    return workbook(
        folder, STUDY + panel + (f"\n\n| Settings |\n| key | value |\n{settings}" if settings else "")
    )


def study_with(folder: Path, panel: str = BUDGETS, settings: str = "") -> Study:
    """The study with a panel, read."""
    return load_study(sheets(folder, panel, settings))
