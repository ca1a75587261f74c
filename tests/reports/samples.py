"""A small study and its report, made by hand: every class and every part of a report occurs in it."""

from __future__ import annotations

from dualeco_cli.model.result import (
    AdaptationResult,
    Agreement,
    Barrier,
    DimensionResult,
    FrameworkName,
    IndicatorResult,
    Input,
    LeaderStability,
    Method,
    Pairwise,
    Path,
    PracticeClass,
    PracticeResult,
    Report,
    Robustness,
    Split,
    Step,
    TargetResult,
    Tool,
)
from dualeco_cli.model.rows import (
    Confidence,
    Dimension,
    Ecosystem,
    Indicator,
    Level,
    Match,
    Objective,
    Practice,
    ProfileValue,
    Role,
    Settings,
)
from dualeco_cli.model.study import Framework, Source, Study

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def framework() -> Framework:
    """Three dimensions, seven indicators, every role."""
    return Framework(
        id="dualeco",
        version="1.0",
        dimensions=(
            Dimension(id="need", name="Need in the target region"),
            Dimension(
                id="firms",
                name="Firms and their support",
                description="What the practice asks of firms and of the bodies that help them.",
            ),
            Dimension(id="evidence", name="Evidence and documentation", weight=2.0),
            Dimension(id="local", name="Local judgement"),
        ),
        indicators=(
            Indicator(
                id="neet_rate",
                dimension="need",
                name="Young people neither in work nor in education",
                role=Role.NEED,
                question="What share of young people are neither employed nor in training?",
                unit="% of 15-29",
                worst=25.0,
                best=5.0,
                step=0.0,
                objective=Objective.EMPLOYABILITY,
                source="Eurostat edat_lfse_22",
            ),
            Indicator(
                id="contract_pay",
                dimension="firms",
                name="Contract and pay of learners",
                role=Role.CONDITION,
                question="What contract and pay must learners have, and what do they have?",
                effort=4.0,
                critical=True,
                levels={
                    0.0: "Placements without contract or pay",
                    1.0: "A grant or scholarship is possible",
                    2.0: "A paid contract in some dual routes",
                    3.0: "A paid contract in the main dual route, at a legal minimum or above",
                    4.0: "A paid training contract for all, with pay set by collective agreement",
                },
                source="EFQEA (Council Recommendation 2018/C 153/01), criteria 1 and 5",
            ),
            Indicator(
                id="teacher_industry",
                dimension="firms",
                name="Teachers in contact with industry",
                role=Role.CONDITION,
                levels={
                    0.0: "Teachers have no contact with firms",
                    1.0: "Single teachers visit firms on their own initiative",
                    2.0: "A voluntary scheme that reaches few teachers",
                    3.0: "A funded scheme that releases teachers from lessons",
                    4.0: "Teachers work on projects of firms as a matter of routine",
                },
            ),
            Indicator(
                id="wbl_share",
                dimension="firms",
                name="Share of learning in the firm",
                role=Role.CONDITION,
                unit="% of the time",
                worst=0.0,
                best=100.0,
                step=0.0,
                match=Match.SIMILAR,
            ),
            Indicator(
                id="documentation",
                dimension="evidence",
                name="Documentation",
                role=Role.MERIT,
                levels={
                    0.0: "Nothing in writing",
                    3.0: "Public rules or a guide",
                    4.0: "All materials ready for use",
                },
            ),
            Indicator(
                id="staff_time",
                dimension="local",
                name="Staff time",
                role=Role.JUDGEMENT,
                floor=1.0,
                levels={
                    0.0: "No time, and none in sight",
                    1.0: "Only unpaid overtime of volunteers",
                    2.0: "Some hours, not secured",
                    3.0: "Hours secured for a pilot",
                },
            ),
            Indicator(id="switched_off", dimension="need", role=Role.NEED, weight=0.0, name="Switched off"),
        ),
        settings=Settings(name="dualeco", version="1.0"),
    )


def study() -> Study:
    """Seven practices of two regions."""
    titles = {
        "tkgune": ("TKgune: VET teachers run innovation projects for small firms", "basque-country"),
        "ikasenpresa": ("Ikasenpresa student companies", "basque-country"),
        "ifts": ("IFTS courses in apprenticeship", "lombardy"),
        "academy": ("Assured skills academies", "northern-ireland"),
        "levy": ("Training levy shared by all employers", "bremen"),
        "fair": ("Fair of trades and professions", "bremen"),
        "mentors": ("Mentors for in-company tutors", "elsewhere"),
    }
    return Study(
        practices={
            id_: Practice(id=id_, title=title, source=source) for id_, (title, source) in titles.items()
        },
        merits={},
        requirements={"tkgune": {"contract_pay": Level(value=2.0)}},
        basis=(),
        assessments=(),
        adaptations=(),
        pilots=(),
        framework=framework(),
        ecosystems={
            "lombardy": Ecosystem(
                id="lombardy",
                name="Lombardy",
                country="IT",
                nuts="ITC4",
                summary="The State makes the law on apprenticeship; the Region sets training standards.",
                url="https://example.org/lombardy",
            ),
            "basque-country": Ecosystem(
                id="basque-country", name="Basque Country", country="ES", nuts="ES21"
            ),
            "bremen": Ecosystem(id="bremen", name="Bremen", country="DE", nuts="DE50"),
            "northern-ireland": Ecosystem(id="northern-ireland", name="Northern Ireland", country="UK"),
        },
        profile={
            "lombardy": {
                "neet_rate": ProfileValue(
                    ecosystem="lombardy",
                    indicator="neet_rate",
                    value=14.7,
                    year=2019,
                    confidence=Confidence.HIGH,
                    source="https://ec.europa.eu/eurostat/databrowser/view/edat_lfse_22",
                    note="15-29; the last year common to the four regions",
                ),
                "contract_pay": ProfileValue(
                    ecosystem="lombardy",
                    indicator="contract_pay",
                    value=2.0,
                    year=2024,
                    source="Regional portal",
                ),
                "teacher_industry": ProfileValue(
                    ecosystem="lombardy",
                    indicator="teacher_industry",
                    value=2.0,
                    confidence=Confidence.LOW,
                    note="Estimate",
                ),
            },
            "bremen": {
                "contract_pay": ProfileValue(
                    ecosystem="bremen", indicator="contract_pay", value=4.0, year=2024
                )
            },
        },
        inputs=(Source(path="practices.xlsx", sha256=SHA),),
    )


def known(
    id_: str,
    dimension: str,
    role: str,
    required: float | None,
    actual: float | None,
    value: float,
    weight: float,
) -> IndicatorResult:
    """A known indicator; its contribution is that of a coverage of 1."""
    return IndicatorResult(
        id=id_,
        dimension=dimension,
        role=role,
        required=required,
        actual=actual,
        value=value,
        lower=value,
        upper=value,
        weight=weight,
        contribution=100 * weight * value,
        status="known",
    )


def unknown(
    id_: str, dimension: str, role: str, required: float | None, actual: float | None, weight: float
) -> IndicatorResult:
    """An indicator of which something is not known."""
    return IndicatorResult(
        id=id_,
        dimension=dimension,
        role=role,
        required=required,
        actual=actual,
        value=None,
        lower=0.0,
        upper=1.0,
        weight=weight,
        contribution=None,
        status="unknown",
    )


def absent(id_: str, dimension: str, role: str) -> IndicatorResult:
    """An indicator whose question does not arise."""
    return IndicatorResult(id_, dimension, role, None, None, None, None, None, None, None, "n/a")


def indicators(
    pay: float = 2.0, *, staff: float | None = 3.0, teacher: float = 4.0
) -> tuple[IndicatorResult, ...]:
    """The indicators of one practice for Lombardy."""
    return (
        known("neet_rate", "need", "need", None, 14.7, 0.485, 0.2),
        known("contract_pay", "firms", "condition", pay, 2.0, 1.0 - max(0.0, pay - 2.0) / 4, 0.1),
        known("teacher_industry", "firms", "condition", teacher, 2.0, 1.0 - max(0.0, teacher - 2.0) / 4, 0.1),
        unknown("wbl_share", "firms", "condition", 40.0, None, 0.05),
        known("documentation", "evidence", "merit", None, 3.0, 0.75, 0.35),
        unknown("staff_time", "local", "judgement", None, None, 0.2)
        if staff is None
        else known("staff_time", "local", "judgement", None, staff, staff / 4, 0.2),
        absent("switched_off", "need", "need"),
    )


DIMENSIONS = (
    DimensionResult("need", 48.5, 48.5, 48.5, 0.2),
    DimensionResult("firms", 75.0, 60.0, 80.0, 0.25),
    DimensionResult("evidence", 75.0, 75.0, 75.0, 0.35),
    DimensionResult("local", None, 0.0, 100.0, 0.2),
)


def robustness(mean: float, low: float, high: float, *, rank: float, likely: PracticeClass) -> Robustness:
    """How firm a made-up practice is."""
    return Robustness(
        mean=mean,
        p05=low,
        p95=high,
        expected_rank=rank,
        rank_acceptability=(0.5, 0.3, 0.2),
        class_probability={likely.value: 0.93, PracticeClass.NOT_YET.value: 0.07},
        barrier_probability={"contract_pay": 0.22},
        central_weights={"need": 0.25, "firms": 0.25, "evidence": 0.25, "local": 0.25},
    )


def practice(
    id_: str,
    class_: PracticeClass,
    *,
    rank: int | None = None,
    score: float | None = None,
    coverage: float = 0.95,
    barriers: tuple[Barrier, ...] = (),
    open_questions: tuple[str, ...] = (),
    details: tuple[IndicatorResult, ...] | None = None,
    adaptations: tuple[AdaptationResult, ...] = (),
    path: Path | None = None,
    firm: Robustness | None = None,
) -> PracticeResult:
    """One practice for Lombardy."""
    row = study().practices[id_]
    return PracticeResult(
        id=id_,
        title=row.title,
        source=row.source,
        rank=rank,
        score=score,
        lower=None if score is None else score * coverage,
        upper=None if score is None else score * coverage + 100 * (1 - coverage),
        coverage=coverage,
        class_=class_,
        barriers=barriers,
        open_questions=open_questions,
        dimensions=DIMENSIONS,
        indicators=indicators() if details is None else details,
        adaptations=adaptations,
        path=path,
        robustness=firm,
    )


def practices() -> tuple[PracticeResult, ...]:
    """One practice of each class, as the engine orders them."""
    kinds = PracticeClass
    return (
        practice(
            "ikasenpresa",
            kinds.TRANSFERABLE,
            rank=1,
            score=78.25,
            coverage=1.0,
            details=(
                known("neet_rate", "need", "need", None, 14.7, 0.485, 0.2),
                known("contract_pay", "firms", "condition", 0.0, 2.0, 1.0, 0.25),
                known("documentation", "evidence", "merit", None, 4.0, 1.0, 0.35),
                known("staff_time", "local", "judgement", None, 2.5, 0.625, 0.2),
            ),
            firm=robustness(77.9, 74.2, 81.6, rank=1.4, likely=kinds.TRANSFERABLE),
        ),
        practice(
            "tkgune",
            kinds.ADAPTABLE,
            rank=2,
            score=74.97,
            adaptations=(
                AdaptationResult(
                    id="teacher-students",
                    title="Teacher students in a university seminar",
                    score=78.2,
                    class_=kinds.TRANSFERABLE,
                    coverage=0.95,
                    best=True,
                ),
                AdaptationResult(id="one-school", score=71.0, class_=kinds.ADAPTABLE, coverage=0.95),
            ),
            path=Path(
                to=kinds.TRANSFERABLE,
                effort=1.0,
                steps=(Step(indicator="teacher_industry", from_=2.0, to=3.0),),
                score=76.1,
            ),
            firm=robustness(75.0, 70.1, 79.4, rank=1.8, likely=kinds.ADAPTABLE),
        ),
        practice(
            "academy",
            kinds.CONDITIONAL,
            rank=3,
            score=66.0,
            coverage=0.7,
            open_questions=("contract_pay", "staff_time"),
            details=(
                known("neet_rate", "need", "need", None, 14.7, 0.485, 0.2),
                unknown("contract_pay", "firms", "condition", None, 2.0, 0.1),
                unknown("wbl_share", "firms", "condition", 40.0, None, 0.1),
                known("documentation", "evidence", "merit", None, 3.0, 0.75, 0.4),
                unknown("staff_time", "local", "judgement", None, None, 0.2),
            ),
            path=Path(to=kinds.TRANSFERABLE, reason="No single step of a known condition reaches 75."),
            firm=robustness(66.3, 60.1, 70.7, rank=2.9, likely=kinds.CONDITIONAL),
        ),
        practice("fair", kinds.NOT_YET, rank=4, score=41.5, details=indicators(teacher=4.0, staff=1.0)),
        practice("ifts", kinds.HOME, score=81.0, coverage=0.95, details=indicators(3.0)),
        practice(
            "levy",
            kinds.BLOCKED,
            score=62.4,
            barriers=(
                Barrier(indicator="contract_pay", required=4.0, actual=2.0, gap=0.5),
                Barrier(indicator="staff_time", required=1.0, actual=0.0, gap=0.25),
            ),
            path=Path(to=kinds.ADAPTABLE, reason="The rating of Staff time cannot be moved by the region."),
        ),
        practice(
            "mentors",
            kinds.INSUFFICIENT_EVIDENCE,
            coverage=0.5996,
            score=70.0,
            details=(
                known("neet_rate", "need", "need", None, 14.7, 0.485, 0.5996),
                unknown("contract_pay", "firms", "condition", None, 2.0, 0.3),
                unknown("staff_time", "local", "judgement", None, None, 0.1004),
            ),
        ),
    )


def target(id_: str = "lombardy", name: str = "Lombardy") -> TargetResult:
    """A target with everything."""
    return TargetResult(
        id=id_,
        name=name,
        practices=practices(),
        pairwise=Pairwise(
            practices=("ikasenpresa", "tkgune", "academy", "fair"),
            wins=(
                (0.5, 0.56, 0.9, 1.0),
                (0.44, 0.5, 0.8, 1.0),
                (0.1, 0.2, 0.5, 1.0),
                (0.0, 0.0, 0.0, 0.5),
            ),
        ),
        agreement=Agreement(
            alpha=0.71,
            units=4,
            split=(Split(practice="tkgune", indicator="staff_time", ratings=(0.0, 3.0, 4.0)),),
        ),
        leader_stability=(
            LeaderStability(dimension="need", low=0.04, high=0.55),
            LeaderStability(dimension="firms", low=0.0, high=1.0),
        ),
    )


def report() -> Report:
    """The report of one target."""
    return Report(
        tool=Tool(version="0.1.0"),
        inputs=(Input(path="practices.xlsx", sha256=SHA),),
        framework=FrameworkName(id="dualeco", version="1.0"),
        method=Method(),
        targets=(target(),),
    )


def with_practices(rows: tuple[PracticeResult, ...]) -> Report:
    """A report of other practices, with nothing else about their target."""
    whole = report()
    whole.targets = (TargetResult(id="lombardy", name="Lombardy", practices=rows),)
    return whole
