from __future__ import annotations

from dualeco_cli.reports.questions import Asks, Question, questions

from . import samples


def test_whom_to_ask() -> None:
    details = (
        samples.unknown("documentation", "evidence", "merit", None, None, 0.25),
        samples.unknown("contract_pay", "firms", "condition", None, 2.0, 0.2),
        samples.unknown("wbl_share", "firms", "condition", 40.0, None, 0.15),
        samples.unknown("staff_time", "local", "judgement", None, None, 0.12),
        samples.unknown("neet_rate", "need", "need", None, None, 0.1),
        samples.unknown("teacher_industry", "firms", "condition", None, None, 0.05),
        samples.known("switched_off", "need", "need", None, 1.0, 1.0, 0.13),
    )
    practice = samples.practices()[0].model_copy(update={"indicators": details})
    assert questions(practice) == [
        Question("documentation", Asks.OWNER, 0.25),
        Question("contract_pay", Asks.OWNER, 0.2),
        Question("wbl_share", Asks.REGION, 0.15),
        Question("staff_time", Asks.ASSESSORS, 0.12),
        Question("neet_rate", Asks.REGION, 0.1),
        Question("teacher_industry", Asks.OWNER, 0.05),
    ]


def test_objectives_are_one_question_whose_answer_makes_several_needs_known() -> None:
    details = (
        samples.unknown("neet_rate", "need", "need", None, 14.7, 0.25),
        samples.unknown("switched_off", "need", "need", None, 3.0, 0.125),
        samples.unknown("staff_time", "local", "judgement", None, None, 0.3),
    )
    practice = samples.practices()[0].model_copy(update={"indicators": details})
    assert questions(practice) == [
        Question(None, Asks.OWNER, 0.375),
        Question("staff_time", Asks.ASSESSORS, 0.3),
    ]


def test_what_does_not_count_is_not_asked() -> None:
    details = (
        samples.unknown("neet_rate", "need", "need", None, None, 0.0),
        samples.absent("contract_pay", "firms", "condition"),
    )
    assert questions(samples.practices()[0].model_copy(update={"indicators": details})) == []
