import pytest

from agent.model import Caller, Clause, Money, Order, OrderItem, RefundFacts
from agent.policy import Policy
from agent.refund_rules import judge_refund, payable_limit, recommend

POLICY = Policy()


def an_order(*, tier: str = "standard", final_sale: bool = False, delivered: bool = True) -> Order:
    item = OrderItem(sku="CH-1", name="Chair", quantity=1, unit_minor=24000, refundable=True, final_sale=final_sale)
    return Order(
        number="LF-10482",
        customer_id="C-1001",
        customer_name="Maya Chen",
        customer_tier=tier,
        status="delivered" if delivered else "shipped",
        placed_at="2026-10-01T00:00:00.000Z",
        delivered_at="2026-10-05T00:00:00.000Z" if delivered else None,
        paid=Money(minor=24000),
        refunded=Money(minor=0),
        items=(item,),
    )


def facts(
    *,
    asked: int = 24000,
    refunded: int = 0,
    days: int | None = 6,
    order: Order | None = None,
    currency: str = "USD",
    recent: int | None = 0,
) -> RefundFacts:
    bought = order or an_order()
    return RefundFacts(
        asked=Money(minor=asked, currency=currency),
        order=bought,
        order_number=bought.number,
        paid=bought.paid,
        already_refunded=Money(minor=refunded),
        days_since_delivery=days,
        proposed=Money(minor=asked, currency=currency),
        past_refunds=(),
        recent_refunds=recent,
    )


UNKNOWN_ORDER = RefundFacts(
    asked=Money(minor=5000),
    order=None,
    order_number=None,
    paid=None,
    already_refunded=None,
    days_since_delivery=None,
    proposed=Money(minor=5000),
)


def verdict(found: RefundFacts, clause_id: str, customer: str = "C-1001") -> str:
    return next(
        clause.verdict for clause in judge_refund(found, Caller(customer_id=customer), POLICY) if clause.id == clause_id
    )


def test_a_clean_refund_is_recommended() -> None:
    clauses = judge_refund(facts(), Caller(customer_id="C-1001"), POLICY)

    assert {clause.verdict for clause in clauses} == {"pass"}
    assert recommend(clauses)[0] == "approve"


@pytest.mark.parametrize(
    ("tier", "days", "expected"),
    [
        ("standard", 30, "pass"),
        ("standard", 31, "fail"),
        ("plus", 60, "pass"),
        ("plus", 61, "fail"),
        ("standard", None, "unknown"),
    ],
)
def test_the_window_is_longer_for_members(tier: str, days: int | None, expected: str) -> None:
    assert verdict(facts(days=days, order=an_order(tier=tier)), "window") == expected


@pytest.mark.parametrize(("asked", "expected"), [(24000, "pass"), (24001, "fail"), (0, "fail"), (1, "pass")])
def test_no_more_than_was_paid(asked: int, expected: str) -> None:
    assert verdict(facts(asked=asked), "amount") == expected


def test_what_was_refunded_before_counts() -> None:
    assert verdict(facts(asked=14000, refunded=10000), "amount") == "pass"
    assert verdict(facts(asked=14001, refunded=10000), "amount") == "fail"
    assert verdict(facts(asked=14000, refunded=10000), "not_refunded") == "fail"


def test_another_currency_is_unknown_and_not_a_pass() -> None:
    assert verdict(facts(currency="EUR"), "amount") == "unknown"


def test_a_foreign_order_fails_and_an_anonymous_customer_is_unknown() -> None:
    assert verdict(facts(), "owner", "C-1002") == "fail"
    assert verdict(facts(), "owner", "guest") == "unknown"


def test_final_sale_fails() -> None:
    assert verdict(facts(order=an_order(final_sale=True)), "refundable") == "fail"


def test_goods_under_way_fail() -> None:
    assert verdict(facts(days=None, order=an_order(delivered=False)), "delivered") == "fail"


def test_an_order_that_does_not_exist_fails() -> None:
    unfound = UNKNOWN_ORDER.model_copy(update={"order_number": "LF-99999"})

    assert verdict(unfound, "order_known") == "fail"


def test_without_an_order_every_clause_is_unknown() -> None:
    clauses = judge_refund(UNKNOWN_ORDER, Caller(customer_id="guest"), POLICY)

    assert {clause.verdict for clause in clauses} == {"unknown"}
    assert recommend(clauses)[0] == "look closer"


def test_a_failed_clause_is_the_reason_of_the_recommendation() -> None:
    recommendation, reasons = recommend(judge_refund(facts(days=48), Caller(customer_id="C-1001"), POLICY))

    assert recommendation == "deny"
    assert reasons == ("Asked within 30 days of delivery: 48 days since delivery, 30 allowed",)


def test_the_limit_is_what_is_left_or_what_was_asked() -> None:
    assert payable_limit(facts(refunded=10000)) == Money(minor=14000)
    assert payable_limit(UNKNOWN_ORDER) == Money(minor=5000)


def test_every_verdict_names_its_source() -> None:
    clauses: tuple[Clause, ...] = judge_refund(facts(), Caller(customer_id="C-1001"), POLICY)

    assert all(clause.fact and clause.source for clause in clauses)


@pytest.mark.parametrize(("recent", "verdict_"), [(0, "pass"), (3, "pass"), (4, "fail"), (None, "unknown")])
def test_more_refunds_than_usual_are_a_sign_of_fraud(recent: int | None, verdict_: str) -> None:
    assert verdict(facts(recent=recent), "no_fraud_signals") == verdict_


def test_whoever_proved_the_order_owns_it() -> None:
    clauses = judge_refund(facts(), Caller(customer_id="guest", proven=("LF-10482",)), POLICY)

    assert {clause.id: clause.verdict for clause in clauses}["owner"] == "pass"


def test_an_order_cancelled_before_it_was_sent_needs_no_return() -> None:
    cancelled = an_order(delivered=False, final_sale=True).model_copy(update={"status": "cancelled"})

    clauses = judge_refund(facts(order=cancelled, days=None), Caller(customer_id="C-1001"), POLICY)

    assert recommend(clauses) == ("approve", ("Every clause of the refund policy holds",))


def test_an_order_cancelled_on_its_way_is_judged_like_any_other() -> None:
    sent = an_order(delivered=False).model_copy(
        update={"status": "cancelled", "shipped_at": "2026-10-02T00:00:00.000Z"}
    )

    assert verdict(facts(order=sent, days=None), "delivered") == "fail"


@pytest.mark.parametrize(
    ("asked", "refunded", "expected"),
    [
        (1, 0, "pass"),
        (0, 0, "fail"),
        (-1, 0, "fail"),
        (24000, 0, "pass"),
        (24001, 0, "fail"),
        (14000, 10000, "pass"),
        (14001, 10000, "fail"),
        (1, 23999, "pass"),
        (1, 24000, "fail"),
    ],
)
def test_no_more_than_is_left_is_an_amount_that_holds(asked: int, refunded: int, expected: str) -> None:
    assert verdict(facts(asked=asked, refunded=refunded), "amount") == expected


@pytest.mark.parametrize(("refunded", "expected"), [(0, "pass"), (1, "fail"), (24000, "fail")])
def test_a_cent_that_went_back_before_counts(refunded: int, expected: str) -> None:
    assert verdict(facts(refunded=refunded), "not_refunded") == expected
