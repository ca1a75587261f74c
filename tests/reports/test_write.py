from __future__ import annotations

import pytest

from dualeco_cli.model.result import Report
from dualeco_cli.model.study import Study
from dualeco_cli.reports import write


@pytest.mark.parametrize("suffix", sorted(write.WRITERS))
def test_each_writer(report: Report, study: Study, suffix: str) -> None:
    content = write.render(report, study, suffix)
    assert content
    assert write.render(report, study, suffix.upper()) == content


def test_an_unknown_suffix_names_the_known_ones(report: Report, study: Study) -> None:
    with pytest.raises(write.UnknownSuffixError) as caught:
        write.render(report, study, ".xls")
    assert caught.value.known == tuple(write.WRITERS)
    assert caught.value.nearest == ".xlsx"
    assert "“.xls”" in str(caught.value)
    assert ".json" in str(caught.value)


def test_no_suffix(report: Report, study: Study) -> None:
    with pytest.raises(write.UnknownSuffixError, match="must end in one of"):
        write.render(report, study, "")
