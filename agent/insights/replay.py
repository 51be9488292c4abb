"""Past turns under another policy: which would have gone to a person, and why; no engine is asked again.

Only thresholds change, not history: what a customer wrote next is taken as it was, and so is what an order lane did.
The rules are those of `agent.rules`, over all turns at once; a test holds the two together. Limits are compared in
single precision, as the facts are kept: a value that equals a limit is at it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from agent.insights.rows import CHECK_CASES
from agent.model import Category, Topic
from agent.policy import BEST_MARK, Policy

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float32]
Bits = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]

RULES: tuple[str, ...] = (
    "person_requested",
    "angry",
    "low_mood",
    *(f"topic_{topic}" for topic in get_args(Topic)),
    *(f"category_{category}" for category in get_args(Category)),
    "unsure_again",
    "unknown_again",
    "lane_refund_decided_by_a_person",
    "lane_escalation",
    "knowledge_gap",
    "unsure_answer",
    "soft_review",
    "as_it_was",
)
"""What sends a turn to a person. `lane_escalation` is an objection to a denied refund, `as_it_was` what an order or
refund lane did when the turn really ran; the others are called as in decision records."""

BIT: Mapping[str, np.uint32] = MappingProxyType({name: np.uint32(1 << place) for place, name in enumerate(RULES)})

SUBJECTS = (
    "lane_faq",
    "lane_issue",
    "lane_order",
    "lane_refund",
    "lane_unknown",
    "lane_courtesy",
    "lane_refund_decided_by_a_person",
    "lane_escalation",
    "lane_faq_by_article",
)
"""Rules that choose the lane that the subject alone leads to."""

LIKE_IT_WAS = ("lane_order", "lane_refund")
"""Lanes that may call a person for reasons that no threshold of these has a say in."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """Turns as arrays, in the order of arrival, made once for any number of policies.

    `counted` are those that were read and routed: not those that failed, and no check cases. `order` are their rows
    thread by thread, `begins` where in it a thread begins. `subject` is a place in SUBJECTS.
    """

    counted: Mask
    order: Places
    begins: Mask
    rules_apply: Mask
    understood: Mask
    asks_for_person: Mask
    angry: Mask
    unknown: Mask
    topic: Bits
    category: Bits
    subject: npt.NDArray[np.int8]
    went_to_person: Mask
    was_escalated: Mask
    confidence: Numbers
    topic_confidence: Numbers
    category_confidence: Numbers
    score: Numbers
    relevance: Numbers
    answer_confidence: Numbers

    def is_about(self, *subjects: str) -> Mask:
        """Where the subject alone leads to one of these."""
        return _listed(self.subject, [SUBJECTS.index(name) for name in subjects])


@dataclass(frozen=True, kw_only=True, eq=False)
class Replayed:
    """What each turn would have come to under `policy`, by row.

    `to_person` holds where `known` does; the others would have been let through to a step that they never reached, and
    what it would have made of them is not known. Neither holds outside of `counted`. `stated` are answers sent with a
    statement that they are uncertain; `fired` has a bit for each of RULES.
    """

    policy: Policy
    counted: Mask
    known: Mask
    to_person: Mask
    stated: Mask
    fired: Bits

    @property
    def contained(self) -> Mask:
        """Turns that are known to need no person under this policy."""
        return self.known & ~self.to_person

    def rules_of(self, row: int) -> tuple[str, ...]:
        """The rules that send this turn to a person, in the order in which the desk asks them."""
        return tuple(name for name in RULES if self.fired[row] & BIT[name])

    def counts(self) -> dict[str, int]:
        """How many turns each rule sends to a person; a turn may count under several."""
        found = {name: int(np.count_nonzero(self.fired & BIT[name])) for name in RULES}
        return {name: count for name, count in found.items() if count}


def replay(turns: pd.DataFrame, policy: Policy) -> Replayed:
    """What every turn would have come to under `policy`; `turns` are whole threads, as `agent.insights.facts` gives."""
    past = past_of(turns)
    return finish(past, policy, escalations(past, policy))


def past_of(turns: pd.DataFrame) -> Past:
    """The columns of `turns` that thresholds look at."""
    intents = words_of(turns.intent)
    scores, confidences = _numbers(turns.score), _numbers(turns.confidence)
    checks = [word for word in turns.channel.cat.categories if word.startswith(CHECK_CASES)]
    counted = ~np.isnan(scores) & ~np.isnan(confidences) & (turns.intent.cat.codes.to_numpy() >= 0)
    counted &= ~has_word(turns.channel, *checks)
    thread = turns.thread.to_numpy()[counted]
    by_thread = np.argsort(thread, kind="stable")
    begins = np.ones(len(by_thread), dtype=bool)
    begins[1:] = np.diff(thread[by_thread]) != 0
    relevance, mark = _numbers(turns.relevance), _numbers(turns.answer_confidence)
    return Past(
        counted=counted,
        order=np.flatnonzero(counted)[by_thread],
        begins=begins,
        rules_apply=turns.rules_apply.to_numpy(dtype=bool),
        understood=turns.understood.to_numpy(dtype=bool),
        asks_for_person=turns.asks_for_person.to_numpy(dtype=bool),
        angry=has_word(turns.sentiment, "angry"),
        unknown=has_word(turns.intent, "unknown"),
        topic=_translated(turns.topic, {word: BIT[f"topic_{word}"] for word in get_args(Topic)}),
        category=_translated(turns.category, {word: BIT[f"category_{word}"] for word in get_args(Category)}),
        subject=_subjects(turns, intents),
        went_to_person=has_word(turns.outcome, "review"),
        was_escalated=has_word(turns.lane, "escalation"),
        confidence=confidences,
        topic_confidence=_numbers(turns.topic_confidence),
        category_confidence=_numbers(turns.category_confidence),
        score=scores,
        # an answer was tried, so somebody looked: there was no article at all
        relevance=np.where(np.isnan(relevance) & ~np.isnan(mark), np.float32(0), relevance),
        answer_confidence=mark,
    )


def escalations(past: Past, policy: Policy) -> Bits:
    """The rules on mood, subject and streaks that ask for a person, by row."""
    fired = np.where(past.asks_for_person, BIT["person_requested"], np.uint32(0))
    if policy.angry_escalates:
        fired |= np.where(past.angry, BIT["angry"], np.uint32(0))
    fired |= _named(past.topic, past.topic_confidence, policy.escalating_topics, "topic", policy)
    fired |= _named(past.category, past.category_confidence, policy.escalating_categories, "category", policy)
    heeded = ~past.understood
    for rule, counts, least in (
        ("low_mood", past.score < _limit(policy.low_score), policy.low_score_turns),
        ("unsure_again", (past.confidence < _limit(policy.low_confidence)) & heeded, policy.low_confidence_turns),
        ("unknown_again", past.unknown & heeded, policy.unknown_turns),
    ):
        fired[past.order[_in_a_row(counts[past.order], past.begins) >= least]] |= BIT[rule]
    fired[~(past.rules_apply & past.counted)] = 0
    return fired


def finish(past: Past, policy: Policy, escalating: Bits) -> Replayed:
    """The same with lanes and answers; `escalating` are `escalations` under this policy, or one with the same rules."""
    fired = escalating.copy()
    refund = past.counted & past.is_about("lane_refund_decided_by_a_person")
    fired[refund & (fired & BIT["person_requested"] == 0)] |= BIT["lane_refund_decided_by_a_person"]
    fired[past.counted & past.is_about("lane_escalation") & (fired == 0)] |= BIT["lane_escalation"]
    through = past.counted & (fired == 0)
    known = past.counted.copy()
    lane = through & past.is_about(*LIKE_IT_WAS)
    known[lane & past.was_escalated] = False
    fired[lane & ~past.was_escalated & past.went_to_person] |= BIT["as_it_was"]
    stated = np.zeros(len(fired), dtype=bool)
    asked = np.flatnonzero(through & (past.is_about("lane_faq") | _answered_instead(past, policy)))
    fired[asked], stated[asked], known[asked] = _answers(past.relevance[asked], past.answer_confidence[asked], policy)
    return Replayed(
        policy=policy, counted=past.counted, known=known, to_person=known & (fired != 0), stated=stated, fired=fired
    )


def _answered_instead(past: Past, policy: Policy) -> Mask:
    """Messages that were not understood and go to the faq lane, since an article very likely answers them."""
    if policy.unknown_answered_from >= 1:
        return np.zeros(len(past.relevance), dtype=bool)
    least = _limit(max(policy.unknown_answered_from, policy.min_relevance))
    return past.is_about("lane_unknown", "lane_faq_by_article") & (np.nan_to_num(past.relevance) >= least)


def _answers(relevance: Numbers, mark: Numbers, policy: Policy) -> tuple[Bits, Mask, Mask]:
    """Rules, whether uncertainty is stated, and whether that is known, of questions by relevance and mark."""
    fired, stated = _answer(relevance, mark, policy)
    known = ~np.isnan(relevance)
    unmarked = np.flatnonzero(known & np.isnan(mark))
    if len(unmarked):
        # one mark for each range in which nothing changes: if all lead to a person, any would have
        marks = (0.0, policy.min_answer_confidence / 2, policy.min_answer_confidence, float(BEST_MARK))
        tried = [_answer(relevance[unmarked], np.full(len(unmarked), each, np.float32), policy) for each in marks]
        people = np.array([rules != 0 for rules, _stated in tried])
        known[unmarked] = people.all(axis=0) | ~people.any(axis=0)
        fired[unmarked], stated[unmarked] = tried[-1][0], False
    fired[~known], stated[~known] = 0, False
    return fired, stated, known


def _answer(relevance: Numbers, mark: Numbers, policy: Policy) -> tuple[Bits, Mask]:
    margin = policy.soft_review_margin
    gap = relevance < _limit(policy.min_relevance)
    unsure = mark < _limit(policy.min_answer_confidence)
    stated: Mask = np.zeros(len(gap), dtype=bool)
    if policy.below_limits == "state uncertainty":
        stated |= (gap | unsure) & (relevance >= _limit(policy.uncertain_from)) & (mark > 0)
    fired: Bits = np.where(gap, BIT["knowledge_gap"], np.uint32(0))
    fired |= np.where(unsure, BIT["unsure_answer"], np.uint32(0))
    fired[stated] = 0
    if margin > 0:
        close = relevance < _limit(policy.min_relevance + margin)
        close |= mark < _limit(policy.min_answer_confidence + BEST_MARK * margin)
        fired[close & ~gap & ~unsure] |= BIT["soft_review"]
    return fired, stated


def _in_a_row(counts: Mask, begins: Mask) -> Places:
    """How many rows in a row count, up to and with each, begun anew where a thread begins."""
    places = np.arange(len(counts))
    before = np.where(counts, np.where(begins, places - 1, -1), places)
    return places - np.maximum.accumulate(before)


def _named(found: Bits, sure: Numbers, words: Sequence[str], kind: str, policy: Policy) -> Bits:
    """The bits of those words that count, where the engine was sure enough of them."""
    wanted = np.bitwise_or.reduce([BIT[f"{kind}_{word}"] for word in words]) if words else np.uint32(0)
    return np.where(sure >= _limit(policy.topic_confidence), found & wanted, np.uint32(0))


def _subjects(turns: pd.DataFrame, intents: Sequence[str]) -> npt.NDArray[np.int8]:
    """What chose the lane by the subject alone; for turns of past releases as far as intent and rules tell."""
    by_rule = _translated(turns.subject_rule, {name: place for place, name in enumerate(SUBJECTS)}, missing=-1)
    by_intent = {word: SUBJECTS.index(f"lane_{word}") for word in intents}
    subject = by_rule.astype(np.int8)
    old = np.flatnonzero(subject < 0)
    if len(old):
        decided = SUBJECTS.index("lane_refund_decided_by_a_person")
        subject[old] = _translated(turns.intent, by_intent)[old].astype(np.int8)
        rules = turns.rules.iloc[old].astype(str).str.split(",")
        subject[old[[SUBJECTS[decided] in names for names in rules]]] = decided
    return subject


def words_of(column: pd.Series) -> list[str]:
    """The words that a column of categories knows."""
    return [str(word) for word in column.cat.categories]


def has_word(column: pd.Series, *words: str) -> Mask:
    """Where a column of categories has one of these words."""
    wanted = [code for code, word in enumerate(words_of(column)) if word in words]
    return _listed(column.cat.codes.to_numpy(), wanted)


def _listed(codes: npt.NDArray[Any], wanted: Sequence[int]) -> Mask:
    found = np.zeros(len(codes), dtype=bool)
    for code in wanted:
        found |= codes == code
    return found


def _translated(column: pd.Series, numbers: Mapping[str, Any], missing: int = 0) -> npt.NDArray[Any]:
    """A column of categories as the numbers that its words stand for."""
    dtype = np.uint32 if missing >= 0 else np.int64
    table = np.array([*(numbers.get(word, missing) for word in words_of(column)), missing], dtype=dtype)
    return table[column.cat.codes.to_numpy()]


def _numbers(column: pd.Series) -> Numbers:
    return column.to_numpy(dtype=np.float32)


def _limit(value: float) -> np.float32:
    return np.float32(value)
