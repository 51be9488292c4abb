import pytest

from agent.model import Action, Money, PastDecision, Recommendation, ReviewKind, StoredDecision
from agent.oversight import QUICK_S, cohens_kappa, reviewer_figures


def decided(
    action: Action = "approve",
    *,
    by: str = "Robin",
    looked_s: float | None = None,
    recommendation: Recommendation = "approve",
    kind: ReviewKind = "refund",
    called_back: bool = False,
    is_check_case: bool = False,
) -> PastDecision:
    at = "2026-11-01T12:00:00.000Z"
    decision = StoredDecision(
        review_id="r-1",
        action=action,
        reason=None,
        note="",
        amount=None,
        reply=None,
        subject=by,
        role="reviewer",
        source="command-line",
        payload_sha256="",
        decided_at=at,
    )
    return PastDecision(
        decision=decision,
        thread_id="t-1",
        kind=kind,
        requester="guest",
        order_number=None,
        request="",
        proposed=Money(minor=700),
        recommendation=recommendation,
        review_status="applied",
        withdrawn_at=at if called_back else None,
        waited_s=0.0,
        looked_s=looked_s,
        is_check_case=is_check_case,
    )


def test_nobody_who_decided_nothing_has_figures() -> None:
    assert reviewer_figures([], [("robin", True, True)]) == ()


def test_an_expiry_is_nobodys_decision() -> None:
    expired = decided(by="desk")
    expired = expired.model_copy(update={"decision": expired.decision.model_copy(update={"action": "expire"})})

    assert reviewer_figures([expired], []) == ()


def test_two_spellings_are_one_person() -> None:
    (figures,) = reviewer_figures([decided(), decided(by=" ROBIN ")], [])

    assert (figures.subject, figures.decisions) == ("Robin", 2)


def test_those_with_the_most_decisions_come_first_then_by_name() -> None:
    past = [decided(by=name) for name in ("Zoe", "Ann", "Sam", "Sam")]

    assert [each.subject for each in reviewer_figures(past, [])] == ["Sam", "Ann", "Zoe"]


def test_shares_are_over_decisions_that_stand() -> None:
    past = [decided(), decided("edit"), decided("deny"), decided("deny"), decided("approve", called_back=True)]

    (figures,) = reviewer_figures(past, [])

    assert (figures.decisions, figures.called_back) == (4, 1)
    assert (figures.approve_share, figures.edit_share) == (0.5, 0.25)


def test_without_refunds_there_is_no_share_of_approvals() -> None:
    (figures,) = reviewer_figures([decided(kind="draft")], [])

    assert (figures.approve_share, figures.edit_share, figures.median_s, figures.agreement) == (None, 0.0, None, None)


def test_who_called_everything_back_has_no_shares() -> None:
    (figures,) = reviewer_figures([decided(called_back=True)], [])

    assert (figures.decisions, figures.approve_share, figures.edit_share) == (0, None, None)


@pytest.mark.parametrize(
    ("looked_s", "quick"), [(0.0, 1), (QUICK_S - 0.1, 1), (QUICK_S, 0), (QUICK_S + 0.1, 0), (None, 0)]
)
def test_an_approval_in_less_than_three_seconds_is_quick(looked_s: float | None, quick: int) -> None:
    (figures,) = reviewer_figures([decided(looked_s=looked_s)], [])

    assert figures.quick == quick


@pytest.mark.parametrize(("action", "quick"), [("approve", 1), ("edit", 1), ("deny", 0), ("respond", 0)])
def test_only_payments_can_be_too_quick(action: Action, quick: int) -> None:
    (figures,) = reviewer_figures([decided(action, looked_s=0.5)], [])

    assert figures.quick == quick


@pytest.mark.parametrize(("recommendation", "against"), [("approve", 0), ("look closer", 1), ("deny", 1)])
def test_an_approval_that_the_rules_do_not_recommend_is_against_them(
    recommendation: Recommendation, against: int
) -> None:
    (figures,) = reviewer_figures(
        [decided(recommendation=recommendation), decided("deny", recommendation="approve")], []
    )

    assert figures.against_rule == against


def test_the_median_is_over_what_was_looked_at() -> None:
    (figures,) = reviewer_figures([decided(looked_s=seconds) for seconds in (1.0, 4.04, 100.0, None)], [])

    assert figures.median_s == 4.0


def test_check_cases_count_by_themselves() -> None:
    past = [decided(action, is_check_case=True) for action in ("approve", "edit", "deny", "respond", "take-over")]

    (figures,) = reviewer_figures(past, [])

    assert (figures.checks_seen, figures.checks_caught) == (5, 3)
    assert (figures.approve_share, figures.against_rule, figures.quick) == (None, 0, 0)


def test_second_looks_are_compared_with_what_was_decided() -> None:
    looks = [("robin", True, True), ("robin", True, False), ("robin", False, False), ("sam", True, True)]

    (figures,) = reviewer_figures([decided()], looks)

    assert (figures.second_looks, figures.agreement) == (3, 0.6667)


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([(True, True)], None),
        ([(True, True)] * 9, None),
        ([(True, False)], 0.0),
        ([(True, True), (False, False)], 1.0),
        ([(True, False), (False, True)], -1.0),
        ([(True, True), (True, False), (False, True), (False, False)], 0.0),
        ([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15, 0.4),
    ],
)
def test_kappa_leaves_out_agreement_by_chance(pairs: list[tuple[bool, bool]], kappa: float | None) -> None:
    assert cohens_kappa(pairs) == kappa
