"""Every metric once: which rows it looks at, and which of them count. Figures and the lists behind both ask here."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from agent.insights.conversations import LATER, SILENCE
from agent.insights.rows import Mask, Rows, Slice
from agent.model import Definition, Subject, Unit

Values = npt.NDArray[np.float64]
Found = tuple[Mask, Values]
"""Which rows are looked at, and the value of each: 1 or 0 for shares and counts, NaN for a case that is still open."""

DECIDED_WELL = ("approve", "edit")
ESCALATIONS = ("escalation", "draft")


@dataclass(frozen=True, kw_only=True)
class Metric:
    """A definition with what computes it; `waited` gives how long open cases have lasted so far, in seconds."""

    name: str
    title: str
    text: str
    subject: Subject
    unit: Unit
    find: Callable[[Rows, Slice], Found]
    waited: Callable[[Rows, Slice], Values] | None = None

    @property
    def definition(self) -> Definition:
        """What people read about it."""
        return Definition(name=self.name, title=self.title, text=self.text, subject=self.subject, unit=self.unit)


def _all(rows: Rows) -> Mask:
    return np.ones(len(rows), dtype=bool)


def _of(looked_at: Mask, counted: Mask) -> Found:
    return looked_at, counted.astype(np.float64)


def _messages(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), _all(rows))


def _reviewed(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), rows.is_any("outcome", "review"))


def _escalated(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), rows.is_any("lane", "escalation") | _handed_over(rows))


def _handed_over(rows: Rows) -> Mask:
    return rows.is_any("outcome", "review") & ~rows.is_any("lane", "refund")


def _answered_alone(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), rows.is_any("outcome", "answered", "uncertain") & ~rows.is_any("lane", "issue"))


def _failed(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), rows.is_any("outcome", "failed"))


def _asked_the_knowledge_base(rows: Rows) -> Mask:
    return rows.is_any("subject_rule", "lane_faq", "lane_faq_by_article") | rows.is_any("lane", "faq")


def _knowledge_found(rows: Rows, _slice: Slice) -> Found:
    asked = _asked_the_knowledge_base(rows) & ~np.isnan(rows.numbers("relevance"))
    return _of(asked, ~rows.has_rule("knowledge_gap"))


def _top_score(rows: Rows, _slice: Slice) -> Found:
    scores = rows.numbers("relevance")
    return _asked_the_knowledge_base(rows) & ~np.isnan(scores), scores


def _mood(rows: Rows, _slice: Slice) -> Found:
    scores = rows.numbers("score")
    return ~np.isnan(scores), scores


def _reply_time(rows: Rows, _slice: Slice) -> Found:
    return _all(rows), rows.seconds("received_at", "answered_at")


def _tokens(rows: Rows, _slice: Slice) -> Found:
    return _all(rows), rows.numbers("input_tokens") + rows.numbers("output_tokens")


def _rated(rows: Rows, cut: Slice) -> Found:
    ended = rows.is_any("outcome", "answered", "uncertain")
    return _of(ended, np.isin(rows.places, cut.ratings.turn))


def _conversation_count(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), _all(rows))


def _ended(rows: Rows, cut: Slice) -> Mask:
    return cut.now - rows.times("last_at") >= np.timedelta64(SILENCE)


def _contained(rows: Rows, cut: Slice) -> Found:
    return _of(_ended(rows, cut), rows.flags("contained"))


def _old_enough(rows: Rows, cut: Slice) -> Mask:
    return cut.now - rows.times("last_at") >= np.timedelta64(LATER)


def _came_back(rows: Rows) -> Mask:
    return rows.times("again_at") - rows.times("last_at") < np.timedelta64(LATER)


def _durably_contained(rows: Rows, cut: Slice) -> Found:
    return _of(_old_enough(rows, cut), rows.flags("contained") & ~_came_back(rows))


def _reopened(rows: Rows, cut: Slice) -> Found:
    return _of(_old_enough(rows, cut), _came_back(rows))


def _mood_gain(rows: Rows, _slice: Slice) -> Found:
    gain = rows.numbers("last_score") - rows.numbers("first_score")
    return (rows.numbers("turns") > 1) & ~np.isnan(gain), gain


def _conversation_cost(rows: Rows, _slice: Slice) -> Found:
    cost = rows.numbers("cost")
    return ~np.isnan(cost), cost


def _review_count(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), _all(rows))


def _refunds_decided(rows: Rows) -> Mask:
    return rows.is_any("kind", "refund") & _decided(rows)


def _decided(rows: Rows) -> Mask:
    return ~np.isnat(rows.times("decided_at")) & ~rows.is_any("decided_action", "expire")


def _approved(rows: Rows, _slice: Slice) -> Found:
    return _of(_refunds_decided(rows), rows.is_any("decided_action", *DECIDED_WELL))


def _denied(rows: Rows, _slice: Slice) -> Found:
    return _of(_refunds_decided(rows), rows.is_any("decided_action", "deny"))


def _edited(rows: Rows, _slice: Slice) -> Found:
    return _of(_decided(rows), rows.is_any("decided_action", "edit") | rows.flags("changed"))


def _false_escalations(rows: Rows, _slice: Slice) -> Found:
    return _of(rows.is_any("kind", *ESCALATIONS) & _decided(rows), rows.is_any("decided_action", "deny"))


def _closed(rows: Rows) -> Mask:
    return ~np.isnat(rows.times("decided_at"))


def _expired(rows: Rows, _slice: Slice) -> Found:
    return _of(_closed(rows), rows.is_any("decided_action", "expire"))


def _in_time(rows: Rows) -> Mask:
    return _closed(rows) & (rows.times("decided_at") <= rows.times("due_at"))


def _past_due(rows: Rows, cut: Slice) -> Mask:
    return ~_closed(rows) & (rows.times("due_at") < cut.now)


def _sla_met(rows: Rows, cut: Slice) -> Found:
    return _of(_closed(rows) | _past_due(rows, cut), _in_time(rows))


def _open_past_due(rows: Rows, cut: Slice) -> Found:
    return _of(~_closed(rows), _past_due(rows, cut))


def _open_reviews(rows: Rows, _slice: Slice) -> Found:
    return _of(_all(rows), ~_closed(rows))


def _claim_time(rows: Rows, _slice: Slice) -> Found:
    claimed = ~np.isnat(rows.times("first_claimed_at"))
    return claimed | ~_closed(rows), rows.seconds("created_at", "first_claimed_at")


def _review_time(rows: Rows, _slice: Slice) -> Found:
    return ~np.isnat(rows.times("first_claimed_at")) & _decided(rows), rows.seconds("first_claimed_at", "decided_at")


def _decision_time(rows: Rows, _slice: Slice) -> Found:
    return _all(rows), rows.seconds("created_at", "decided_at")


def _age(rows: Rows, cut: Slice) -> Values:
    return np.asarray((cut.now - rows.times("created_at")) / np.timedelta64(1, "s"), dtype=np.float64)


def _stars(rows: Rows, _slice: Slice) -> Found:
    return _all(rows), rows.numbers("rating")


_METRICS = (
    Metric(
        name="messages",
        title="Messages",
        text="Messages of customers that the desk worked on. Check cases for reviewers never count.",
        subject="turns",
        unit="count",
        find=_messages,
    ),
    Metric(
        name="escalation_rate",
        title="Escalation rate",
        text="Of all messages, those that were handed to a person: by a rule, or because the answer was below a limit "
        "or held for a look. Refunds are not in it: every refund goes to a person.",
        subject="turns",
        unit="share",
        find=_escalated,
    ),
    Metric(
        name="hitl_rate",
        title="Human-in-the-loop rate",
        text="Of all messages, those that paused for a person's decision: hand-overs, held drafts and refunds.",
        subject="turns",
        unit="share",
        find=_reviewed,
    ),
    Metric(
        name="answered_alone",
        title="Answered by the desk",
        text="Of all messages, those that got their answer without a person and without a ticket.",
        subject="turns",
        unit="share",
        find=_answered_alone,
    ),
    Metric(
        name="failed",
        title="Failed",
        text="Of all messages, those that the desk gave up on; a person got a ticket for each.",
        subject="turns",
        unit="share",
        find=_failed,
    ),
    Metric(
        name="knowledge_hit_rate",
        title="Knowledge hit rate",
        text="Of the questions for the help centre, those whose best article was relevant enough under the policy of "
        "that day.",
        subject="turns",
        unit="share",
        find=_knowledge_found,
    ),
    Metric(
        name="top_score",
        title="Relevance of the best article",
        text="Mean relevance, 0 to 1, of the best article over the questions for the help centre.",
        subject="turns",
        unit="score",
        find=_top_score,
    ),
    Metric(
        name="mood",
        title="Mood",
        text="Mean sentiment score of all messages, from -1 (furious) to 1 (delighted).",
        subject="turns",
        unit="score",
        find=_mood,
    ),
    Metric(
        name="reply_time",
        title="Time to first reply",
        text="From the message to the first reply, be it an answer or word that a person looks at it; median and p90.",
        subject="turns",
        unit="seconds",
        find=_reply_time,
    ),
    Metric(
        name="tokens",
        title="Tokens a message",
        text="Mean of tokens sent to and received from a language model; 0 with the embedded engine.",
        subject="turns",
        unit="tokens",
        find=_tokens,
    ),
    Metric(
        name="response_rate",
        title="Rating response rate",
        text="Of the messages that were answered, those that the customer rated.",
        subject="turns",
        unit="share",
        find=_rated,
    ),
    Metric(
        name="conversations",
        title="Conversations",
        text="Messages of a thread without a silence of 4 hours between them make one conversation.",
        subject="conversations",
        unit="count",
        find=_conversation_count,
    ),
    Metric(
        name="containment",
        title="Containment",
        text="Of the conversations that ended, those in which nobody had to help: no review, no ticket, no failure. A "
        "conversation ends after 4 hours of silence.",
        subject="conversations",
        unit="share",
        find=_contained,
    ),
    Metric(
        name="durable_containment",
        title="Durable containment",
        text="Of the conversations that ended at least 7 days ago, those in which nobody had to help and whose "
        "customer did not write again within 7 days. A guest is known by the thread alone.",
        subject="conversations",
        unit="share",
        find=_durably_contained,
    ),
    Metric(
        name="reopened",
        title="Reopened",
        text="Of the conversations that ended at least 7 days ago, those whose customer wrote again within 7 days.",
        subject="conversations",
        unit="share",
        find=_reopened,
    ),
    Metric(
        name="mood_gain",
        title="Change of mood",
        text="Mean of the last message's sentiment score minus the first one's, over conversations of two messages "
        "and more.",
        subject="conversations",
        unit="score",
        find=_mood_gain,
    ),
    Metric(
        name="conversation_cost",
        title="Cost a conversation",
        text="Mean cost in USD of the language model's calls, over the conversations whose cost is known; it is not "
        "known where the operator set no price, and the embedded engine has none.",
        subject="conversations",
        unit="USD",
        find=_conversation_cost,
    ),
    Metric(
        name="reviews",
        title="Reviews",
        text="Cases put before a person: refunds, hand-overs and held drafts.",
        subject="reviews",
        unit="count",
        find=_review_count,
    ),
    Metric(
        name="open_reviews",
        title="Open reviews",
        text="Cases that nobody has decided yet.",
        subject="reviews",
        unit="count",
        find=_open_reviews,
    ),
    Metric(
        name="approval_rate",
        title="Approval rate",
        text="Of the refunds that a person decided, those approved, changed or not.",
        subject="reviews",
        unit="share",
        find=_approved,
    ),
    Metric(
        name="denial_rate",
        title="Denial rate",
        text="Of the refunds that a person decided, those denied.",
        subject="reviews",
        unit="share",
        find=_denied,
    ),
    Metric(
        name="edit_rate",
        title="Edit rate",
        text="Of all cases that a person decided, those in which the amount or the reply was changed.",
        subject="reviews",
        unit="share",
        find=_edited,
    ),
    Metric(
        name="false_escalations",
        title="False escalations",
        text="Of the hand-overs and held drafts that a person decided, those that the reviewer rejected: the desk "
        "could have answered alone.",
        subject="reviews",
        unit="share",
        find=_false_escalations,
    ),
    Metric(
        name="expired",
        title="Expired",
        text="Of the cases that are closed, those that nobody decided in time; nothing was paid.",
        subject="reviews",
        unit="share",
        find=_expired,
    ),
    Metric(
        name="sla_met",
        title="SLA met",
        text="Of the cases that were closed or are past their due time, those decided when they were due or before.",
        subject="reviews",
        unit="share",
        find=_sla_met,
    ),
    Metric(
        name="open_past_due",
        title="Open past due",
        text="Of the open cases, those past their due time.",
        subject="reviews",
        unit="share",
        find=_open_past_due,
    ),
    Metric(
        name="time_to_claim",
        title="Time to claim",
        text="From opening a case to the first person who took it up; median and p90, open cases counted as longer "
        "than until now (Kaplan and Meier). Cases decided without a claim are left out.",
        subject="reviews",
        unit="seconds",
        find=_claim_time,
        waited=_age,
    ),
    Metric(
        name="review_time",
        title="Review time",
        text="From the first claim to the decision; median and p90 of the cases that were claimed and decided.",
        subject="reviews",
        unit="seconds",
        find=_review_time,
    ),
    Metric(
        name="time_to_decision",
        title="Time to decision",
        text="From opening a case to its decision or expiry; median and p90, open cases counted as longer than until "
        "now (Kaplan and Meier).",
        subject="reviews",
        unit="seconds",
        find=_decision_time,
        waited=_age,
    ),
    Metric(
        name="rating",
        title="Rating",
        text="Mean of the ratings, 1 (poor) to 5 (good), that customers gave to a turn.",
        subject="ratings",
        unit="stars",
        find=_stars,
    ),
)

METRICS = MappingProxyType({metric.name: metric for metric in _METRICS})
"""Every metric by its name."""
