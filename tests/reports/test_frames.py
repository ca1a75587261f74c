from __future__ import annotations

import subprocess
import sys

import pandas as pd

from dualeco_cli.model.result import Report
from dualeco_cli.reports.frames import indicators_frame, practices_frame

from . import samples


def test_practices(report: Report) -> None:
    frame = practices_frame(report)
    assert frame["practice"].tolist() == [p.id for p in report.targets[0].practices]
    assert frame["rank"].tolist()[:4] == [1, 2, 3, 4]
    assert frame["rank"].isna().sum() == 3
    tkgune = frame.set_index("practice").loc["tkgune"]
    assert tkgune["best_adaptation"] == "teacher-students"
    assert tkgune["best_adaptation_class"] == "transferable"
    assert tkgune["path_to"] == "transferable"
    assert tkgune["p_adaptable"] == 0.93
    assert pd.isna(tkgune["p_blocked"])
    assert frame.set_index("practice").loc["levy", "barriers"] == "contract_pay; staff_time"


def test_indicators(report: Report) -> None:
    frame = indicators_frame(report)
    assert len(frame) == sum(len(p.indicators) for p in report.targets[0].practices)
    tkgune = frame[frame["practice"] == "tkgune"].set_index("indicator")
    assert tkgune.loc["teacher_industry", "value"] == 0.5
    assert tkgune.loc["wbl_share", "status"] == "unknown"
    assert tkgune["value"].isna()["wbl_share"]


def test_types_do_not_depend_on_the_values() -> None:
    for report in (samples.report(), samples.with_practices(())):
        practices, indicators = practices_frame(report), indicators_frame(report)
        assert practices["rank"].dtype == "Int64"
        assert practices["score"].dtype == "float64"
        assert practices["path_effort"].dtype == "float64"
        assert indicators["required"].dtype == "float64"


def test_nothing_imports_pandas_before_a_frame_is_asked_for() -> None:
    code = (
        "import sys, dualeco_cli.reports.frames, dualeco_cli.reports.console, dualeco_cli.reports.write, "
        "dualeco_cli.reports.catalogue_views\n"
        "sys.exit(', '.join({'pandas', 'numpy', 'xlsxwriter', 'openpyxl'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
