import pytest

from agent.model import (
    Category,
    Classification,
    Clause,
    Entities,
    Evidence,
    FiredRule,
    Intent,
    Money,
    RefundFacts,
    Team,
    Topic,
    Verdict,
)
from agent.policy import Policy
from agent.sorting import BANDS, FRAUD, choose_team, look_alike_key, main_reason

POLICY = Policy()
FACTS = RefundFacts(
    asked=Money(minor=700),
    order=None,
    order_number=None,
    paid=None,
    already_refunded=None,
    days_since_delivery=None,
    proposed=Money(minor=700),
)


def message(
    *, intent: Intent = "unknown", topic: Topic = "general", sure: float = 0.9, category: Category = "general"
) -> Classification:
    return Classification(
        intent=intent,
        confidence=0.9,
        scores={"faq": 0.0, "issue": 0.0, "refund": 0.0, "order": 0.0, "unknown": 1.0},
        topic=topic,
        topic_confidence=sure,
        category=category,
        category_confidence=0.9,
        asks_for_person=False,
        person_confidence=0.1,
        entities=Entities(),
    )


def clause(verdict: Verdict, name: str = "window") -> Clause:
    return Clause(id=name, text="A clause", verdict=verdict, fact="A fact", source="a test")


def evidence(*clauses: Clause, refund: RefundFacts | None = None, rules: tuple[FiredRule, ...] = ()) -> Evidence:
    return Evidence(
        request="", summary="", recommendation="look closer", reasons=(), clauses=clauses, refund=refund, rules=rules
    )


@pytest.mark.parametrize(("verdict", "team"), [("pass", "billing"), ("unknown", "billing"), ("fail", "trust")])
def test_a_refund_is_billings_unless_something_is_suspicious(verdict: Verdict, team: Team) -> None:
    shown = evidence(clause(verdict, FRAUD), clause("fail", "window"), refund=FACTS)

    assert choose_team(message(topic="legal_threat", intent="order"), shown, POLICY) == team


@pytest.mark.parametrize(
    ("topic", "team"),
    [
        ("legal_threat", "trust"),
        ("account_deletion", "trust"),
        ("billing_dispute", "billing"),
        ("onboarding", "logistics"),
        ("technical", "logistics"),
        ("general", "logistics"),
    ],
)
def test_a_weighty_topic_decides_on_the_team(topic: Topic, team: Team) -> None:
    assert choose_team(message(topic=topic), evidence(), POLICY) == team


@pytest.mark.parametrize(("sure", "team"), [(0.49, "logistics"), (0.5, "trust"), (0.51, "trust")])
def test_a_topic_counts_from_the_policys_confidence(sure: float, team: Team) -> None:
    assert choose_team(message(topic="legal_threat", sure=sure), evidence(), POLICY) == team


def test_orders_are_logistics_whatever_the_category() -> None:
    assert choose_team(message(intent="order", category="technical"), evidence(), POLICY) == "logistics"


@pytest.mark.parametrize(
    ("category", "team"),
    [
        ("billing", "billing"),
        ("product", "logistics"),
        ("technical", "technical"),
        ("complaint", "trust"),
        ("general", "logistics"),
    ],
)
def test_else_the_category_decides(category: Category, team: Team) -> None:
    assert choose_team(message(category=category), evidence(), POLICY) == team


def test_a_category_that_the_policy_leaves_out_is_logistics() -> None:
    assert choose_team(message(category="technical"), evidence(), Policy(teams={})) == "logistics"


@pytest.mark.parametrize(
    ("verdicts", "reason"),
    [
        (("pass", "fail", "fail"), "b"),
        (("unknown", "pass", "fail"), "c"),
        (("pass", "unknown", "unknown"), "b"),
        (("pass", "pass", "pass"), "all_clauses_hold"),
    ],
)
def test_the_reason_is_the_first_failure_then_the_first_doubt(verdicts: tuple[Verdict, ...], reason: str) -> None:
    shown = evidence(*(clause(verdict, name) for verdict, name in zip(verdicts, "abc", strict=True)))

    assert main_reason(shown) == reason


def test_without_clauses_the_reason_is_the_first_rule_that_asks_for_a_person() -> None:
    rules = tuple(
        FiredRule(name=name, effect=effect, inputs={})
        for name, effect in (("tone", "empathetic"), ("angry", "escalate"), ("draft", "review"))
    )

    assert main_reason(evidence(rules=rules)) == "angry"
    assert main_reason(evidence(rules=rules[:1])) == "asked"
    assert main_reason(evidence()) == "asked"


def key(minor: int, *clauses: Clause, currency: str = "USD", limit: int | None = None) -> str:
    return look_alike_key(evidence(*clauses, refund=FACTS), Money(minor=minor, currency=currency), limit)


@pytest.mark.parametrize("band", BANDS)
def test_a_band_ends_with_its_upper_end(band: int) -> None:
    one = clause("pass")

    assert key(band * 100, one) == key(band * 100 - 1, one)
    assert key(band * 100, one) != key(band * 100 + 1, one)


def test_above_the_last_band_all_are_alike() -> None:
    assert key(500_01, clause("pass")) == key(9_999_999, clause("pass"))


def test_verdicts_and_currencies_tell_refunds_apart() -> None:
    keys = {key(1, clause(verdict)) for verdict in ("pass", "fail", "unknown")}
    keys |= {
        key(1, clause("pass"), currency="EUR"),
        key(1, clause("pass", "owner")),
        key(1, clause("pass"), clause("pass")),
    }

    assert len(keys) == 6


@pytest.mark.parametrize(("minor", "alone"), [(499_99, False), (500_00, False), (500_01, True)])
def test_what_needs_two_people_is_looked_at_alone(minor: int, *, alone: bool) -> None:
    assert (key(minor, clause("pass"), limit=500) == "") == alone


def test_what_is_no_refund_has_no_look_alikes() -> None:
    assert look_alike_key(evidence(clause("pass")), None, 500) == ""
    assert key(1) == ""


@pytest.mark.parametrize(("minor", "alone"), [(0, False), (1, True)])
def test_a_limit_of_nothing_leaves_every_amount_alone(minor: int, *, alone: bool) -> None:
    assert (key(minor, clause("pass"), limit=0) == "") == alone
