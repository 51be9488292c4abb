"""What reviewers have beside single decisions: undo, claims, batches, questions, history and oversight."""

from datetime import timedelta

import pytest

from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError
from agent.model import Decision, HistoryFilter, Identity, Money, QueueFilter
from tests.flow.bench import APPROVE, KIM, LEE, ROBIN, SAM, Bench
from tests.stand_ins import REFUND_MESSAGE


def test_a_held_approval_is_paid_once_its_window_has_passed(bench: Bench) -> None:
    review_id = bench.refund()

    held = bench.desk.decide(review_id, APPROVE, ROBIN, held=True)
    early = bench.work()
    paid_early = bench.desk.payments_made()
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    assert held.held_until is not None
    assert (held.review_status, early, paid_early) == ("approved", 0, 0)
    assert (bench.desk.payments_made(), bench.desk.review(review_id).status) == (1, "applied")


def test_a_held_approval_can_be_called_back_by_who_took_it_and_decided_anew(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)

    with pytest.raises(ConflictError, match="not by you"):
        bench.tools.call_back(review_id, SAM)
    reopened = bench.tools.call_back(review_id, ROBIN)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()
    denied = bench.desk.decide(review_id, Decision(action="deny", reason="not_refundable"), ROBIN)

    assert reopened.status == "pending"
    assert (denied.action_result, bench.desk.payments_made()) == ("Refund denied: not_refundable", 0)
    assert bench.desk.verify_audit().ok


def test_what_was_carried_out_cannot_be_called_back(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    with pytest.raises(ConflictError, match="does not wait any more"):
        bench.tools.call_back(review_id, ROBIN)

    assert bench.desk.payments_made() == 1


def test_pay_now_ends_the_wait(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)

    bench.tools.carry_out_now(review_id, ROBIN)
    bench.work()

    assert bench.desk.payments_made() == 1


def test_decisions_of_programs_apply_at_once(bench: Bench) -> None:
    result = bench.desk.decide(bench.refund(), APPROVE, ROBIN)

    assert (result.status, result.held_until) == ("DONE", None)


def test_a_claim_keeps_others_from_deciding_until_it_ends(bench: Bench) -> None:
    review_id = bench.refund()
    claimed = bench.tools.claim(review_id, ROBIN)

    with pytest.raises(ConflictError, match="claimed by Robin"):
        bench.tools.claim(review_id, SAM)
    with pytest.raises(ConflictError, match="claimed by Robin"):
        bench.desk.decide(review_id, APPROVE, SAM)
    shown = bench.desk.queue()[0].claimed_by
    bench.clock.advance(timedelta(minutes=11))
    stale = bench.desk.queue()[0].claimed_by
    decided = bench.desk.decide(review_id, APPROVE, SAM)

    assert (claimed.claimed_by, shown, stale) == ("Robin", "Robin", None)
    assert decided.status == "DONE"


def test_claims_are_released_by_their_owner_and_by_leads(bench: Bench) -> None:
    review_id = bench.refund()
    bench.tools.claim(review_id, ROBIN)

    with pytest.raises(ConflictError, match="not released"):
        bench.tools.release(review_id, SAM)
    by_lead = bench.tools.release(review_id, LEE).claimed_by
    bench.tools.claim(review_id, SAM)
    by_owner = bench.tools.release(review_id, SAM).claimed_by

    assert (by_lead, by_owner) == (None, None)


def test_the_queue_can_be_narrowed_to_ones_own_claims_and_teams(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.chat("a human please", customer_id="C-1002")
    bench.tools.claim(review_id, ROBIN)

    mine = bench.desk.queue(QueueFilter(claimed_by="Robin"))
    billing = bench.desk.queue(QueueFilter(teams=("billing",)))
    others = bench.desk.queue(QueueFilter(teams=("logistics", "technical", "trust")))

    assert [row.review_id for row in mine] == [row.review_id for row in billing] == [review_id]
    assert [row.kind for row in others] == ["escalation"]


@pytest.mark.parametrize("subject", ["C-1001", "c-1001 ", "maya.chen@example.com", "Maya.Chen@Example.com"])
def test_nobody_decides_on_their_own_request(bench: Bench, subject: str) -> None:
    review_id = bench.refund()

    with pytest.raises(ForbiddenError, match="own request"):
        bench.desk.decide(review_id, APPROVE, ROBIN.model_copy(update={"subject": subject}))

    assert bench.desk.payments_made() == 0


def test_a_role_that_was_taken_away_counts_from_the_next_click(bench: Bench) -> None:
    review_id = bench.refund()
    bench.tools.set_role("robin", "none", KIM)

    with pytest.raises(ForbiddenError, match="no role at this desk any more"):
        bench.desk.decide(review_id, APPROVE, ROBIN)
    bench.tools.set_role("Robin", "analyst", KIM)
    with pytest.raises(ForbiddenError, match="The role analyst may not decide"):
        bench.desk.decide(review_id, APPROVE, ROBIN)

    assert bench.desk.payments_made() == 0
    assert bench.desk.review(review_id).status == "pending"


def test_only_admins_give_roles(bench: Bench) -> None:
    with pytest.raises(ForbiddenError, match="may not give roles"):
        bench.tools.set_role("Sam", "admin", LEE)

    assert bench.desk.role_of("Sam") is None


def test_a_sign_in_that_ended_decides_nothing(bench: Bench) -> None:
    review_id = bench.refund()
    ended = ROBIN.model_copy(update={"valid_until": "2026-01-01T00:00:00.000Z"})

    with pytest.raises(ForbiddenError, match="ended at"):
        bench.desk.decide(review_id, APPROVE, ended)

    assert bench.desk.review(review_id).status == "pending"


def test_look_alikes_are_decided_together_each_with_its_own_undo(bench: Bench) -> None:
    first, second = bench.refund(), bench.refund("refund of $230 for order LF-10482")
    (group,) = bench.tools.look_alikes()
    seen = [(row.review_id, row.payload_sha256) for row in group.rows]

    outcomes = bench.tools.decide_batch(group.key, seen, APPROVE, ROBIN)
    bench.tools.call_back(second, ROBIN)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    assert {outcome.review_id for outcome in outcomes} == {first, second}
    assert all(outcome.held_until for outcome in outcomes)
    assert (bench.desk.review(first).status, bench.desk.review(second).status) == ("applied", "pending")
    assert bench.desk.payments_made() == 1


def test_a_batch_of_what_is_not_alike_decides_nothing(bench: Bench) -> None:
    alike, other = bench.refund(), bench.refund("refund of $20 for order LF-10482")
    shas = [(review_id, bench.desk.review(review_id).payload_sha256) for review_id in (alike, other)]
    key = bench.desk.review(alike).look_alike

    with pytest.raises(InvalidDecisionError, match="not like the others"):
        bench.tools.decide_batch(key, shas, APPROVE, ROBIN)
    with pytest.raises(InvalidDecisionError, match="1 to 20"):
        bench.tools.decide_batch(key, shas[:1] * 21, APPROVE, ROBIN)
    with pytest.raises(InvalidDecisionError, match="as it stands"):
        bench.tools.decide_batch(key, shas[:1], Decision(action="edit", amount=Money(minor=1)), ROBIN)

    assert [bench.desk.review(review_id).status for review_id in (alike, other)] == ["pending", "pending"]


def test_large_refunds_are_never_part_of_a_batch(bench: Bench) -> None:
    for _copy in range(2):
        bench.refund("I want a refund for order LF-10495", "C-1026")

    assert bench.tools.look_alikes() == []


def test_a_question_to_the_customer_brings_the_answer_back_to_the_gate(bench: Bench) -> None:
    review_id = bench.refund()
    asked = bench.desk.decide(review_id, Decision(action="respond", reply="Which leg is cracked?"), ROBIN)

    answered = bench.desk.chat("the left one at the back", thread_id=asked.thread_id)

    assert (asked.status, asked.reply) == ("AWAITING_CUSTOMER", "Which leg is cracked?")
    assert (answered.status, answered.review_id != review_id) == ("PAUSED_FOR_APPROVAL", True)
    assert answered.review_id is not None
    evidence = bench.desk.review(answered.review_id).evidence
    assert (evidence.request, evidence.question) == (REFUND_MESSAGE, "Which leg is cracked?")
    assert evidence.answer == "the left one at the back"
    assert bench.desk.review(answered.review_id).amount == Money(minor=24_000)
    assert bench.desk.payments_made() == 0


def test_what_was_changed_and_how_long_it_was_looked_at_is_kept(bench: Bench) -> None:
    review_id = bench.refund()
    bench.tools.see(review_id, ROBIN)
    bench.clock.advance(timedelta(seconds=15))
    bench.desk.decide(review_id, Decision(action="edit", amount=Money(minor=10_000), reply="Part of it."), ROBIN)

    (past,) = bench.tools.history(HistoryFilter(), ROBIN)

    assert (past.decision.subject, past.looked_s, past.waited_s) == ("Robin", 15.0, 15.0)
    assert [(change.what, change.before, change.after) for change in past.decision.changes] == [
        ("amount", "$240.00", "$100.00"),
        ("reply", "", "Part of it."),
    ]


def test_called_back_decisions_stay_on_record(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN, held=True)
    bench.tools.call_back(review_id, ROBIN)
    bench.desk.decide(review_id, Decision(action="deny", reason="other", note="Sold abroad."), SAM)

    past = bench.tools.history(HistoryFilter(), LEE)
    actions = [entry.action for entry in bench.tools.audit_entries(LEE)]

    assert [(row.decision.subject, row.withdrawn_at is None) for row in past] == [("Sam", True), ("Robin", False)]
    assert actions == ["review_opened", "approve", "called_back", "deny"]


def test_history_is_not_for_visitors(bench: Bench) -> None:
    with pytest.raises(ForbiddenError, match="read the history"):
        bench.tools.history(HistoryFilter(), Identity(subject="Visitor", role="stakeholder", source="demo-switch"))


def test_a_check_case_looks_like_any_other_is_never_paid_and_is_revealed_by_its_decision(bench: Bench) -> None:
    thread_id = bench.tools.seed_check_case("lamp-too-late", LEE)
    bench.work()
    (row,) = bench.desk.queue()

    approved = bench.desk.decide(row.review_id, APPROVE, ROBIN, held=True)
    bench.clock.advance(timedelta(minutes=1))
    bench.work()

    assert approved.check_case == "lamp-too-late"
    assert (bench.desk.payments_made(), bench.desk.queue()) == (0, [])
    assert thread_id not in {thread.thread_id for thread in bench.desk.threads()}
    assert all(check.ok for check in bench.desk.checks())
    (figures,) = bench.tools.reviewers(ROBIN)
    assert (figures.checks_seen, figures.checks_caught) == (1, 0)


@pytest.mark.parametrize("case", ["lamp-too-late", "loafers-twice", "final-sale-dress", "somebody-elses-machine"])
def test_every_check_case_is_one_that_the_rules_would_deny(bench: Bench, case: str) -> None:
    bench.tools.seed_check_case(case, LEE)
    bench.work()

    (row,) = bench.desk.queue()

    assert (row.kind, row.recommendation) == ("refund", "deny")


def test_reviewers_do_not_seed_check_cases(bench: Bench) -> None:
    with pytest.raises(ForbiddenError, match="seed check cases"):
        bench.tools.seed_check_case("lamp-too-late", ROBIN)

    assert bench.desk.queue() == []


def test_second_looks_are_blind_and_counted(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN)

    own = bench.tools.next_second_look(ROBIN)
    blind = bench.tools.next_second_look(SAM)
    bench.tools.give_second_look(review_id, "deny", "No picture of the leg.", SAM)
    again = bench.tools.next_second_look(SAM)

    assert own is None
    assert again is None
    assert blind is not None
    assert (blind.review_id, blind.status, blind.decided_by, blind.decided_action) == (review_id, "pending", None, None)
    (figures,) = bench.tools.reviewers(ROBIN)
    assert (figures.second_looks, figures.agreement) == (1, 0.0)
    assert bench.desk.payments_made() == 1


def test_nobody_looks_twice_at_the_same_case(bench: Bench) -> None:
    review_id = bench.refund()
    bench.desk.decide(review_id, APPROVE, ROBIN)
    bench.tools.give_second_look(review_id, "approve", "", SAM)

    with pytest.raises(ConflictError, match="already"):
        bench.tools.give_second_look(review_id, "deny", "", SAM)
    with pytest.raises(ConflictError, match="not open to a second look"):
        bench.tools.give_second_look(review_id, "deny", "", ROBIN)


def test_reviewers_see_their_own_figures_and_leads_everybodys(bench: Bench) -> None:
    for identity in (ROBIN, SAM):
        bench.desk.decide(bench.refund("refund of $20 for order LF-10482"), APPROVE, identity)

    own = bench.tools.reviewers(ROBIN)
    all_of_them = bench.tools.reviewers(LEE)

    assert [each.subject for each in own] == ["Robin"]
    assert {each.subject for each in all_of_them} == {"Robin", "Sam"}


def test_the_queue_says_when_it_will_be_clear(bench: Bench) -> None:
    for _number in range(4):
        bench.refund("refund of $10 for order LF-10482")
    bench.clock.advance(timedelta(hours=3))
    for row in bench.desk.queue()[:3]:
        bench.desk.decide(row.review_id, APPROVE, ROBIN)

    counts = bench.desk.queue_counts()

    assert (counts.pending, counts.ageing) == (1, (0, 1, 0, 0, 0))
    assert (counts.decided_lately, counts.opened_lately, counts.clear_in_s) == (3, 0, 2400)
