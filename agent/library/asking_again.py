"""Old questions asked again: the same search and the same limits as a real turn, but nobody is sent anything."""

from agent.backoffice import Backoffice
from agent.grounding import grounded
from agent.memory import recall
from agent.model import AskedAgain, AskedQuestion, GapQuestion, SpokenLine
from agent.policy import Policy
from agent.ports.language import AnswerTask
from agent.rules import answer_shortfalls, choose_answer_route
from agent.store import gaps

ENGLISH = "en"


def ask(office: Backoffice, article_id: str, questions: list[GapQuestion]) -> AskedAgain:
    """Ask these questions again, keep what came of it, and say how many had an answer before and have one now."""
    policy = office.policy()
    with office.database.read() as connection:
        before = gaps.answered_turns(connection, [question.turn_id for question in questions])
    asked = []
    known: dict[str, tuple[float, bool]] = {}
    for question in questions:
        if question.text not in known:
            known[question.text] = _try(office, policy, question.text)
        relevance, answered = known[question.text]
        asked.append(
            AskedQuestion(
                turn_id=question.turn_id,
                text=question.text,
                relevance_before=question.relevance,
                relevance_after=relevance,
                answered_before=before.get(question.turn_id, False),
                answered_after=answered,
            )
        )
    with office.database.write() as connection:
        gaps.keep_asked(connection, article_id, asked, at=office.now())
    return summed_up(article_id, asked)


def summed_up(article_id: str, asked: list[AskedQuestion]) -> AskedAgain:
    """With how many had an answer before and have one now."""
    return AskedAgain(
        article_id=article_id,
        asked=len(asked),
        answered_before=sum(question.answered_before for question in asked),
        answered_after=sum(question.answered_after for question in asked),
        questions=tuple(asked),
    )


def _try(office: Backoffice, policy: Policy, text: str) -> tuple[float, bool]:
    """Relevance of the best article, and whether an answer would go out."""
    services = office.services
    hits = services.knowledge.search(text, policy.hits)
    if not hits:
        return 0.0, False
    relevance = hits[0].relevance
    whole = services.knowledge.passages(hits[0].article_id, relevance)
    memory = recall(
        lines=(SpokenLine(who="customer", text=text),),
        summary="",
        passages=[*whole, *hits[1:]],
        shelf=(),
        policy=policy,
    )
    if relevance < min(policy.min_relevance, policy.uncertain_from):
        return relevance, False  # no need to have an answer written that would not be sent
    task = AnswerTask(
        question=text, passages=memory.passages, language=ENGLISH, memory=memory.model_copy(update={"passages": ()})
    )
    answer = grounded(services.language.answer(task), memory.passages)
    shortfalls = answer_shortfalls(relevance, answer.confidence, policy)
    route = choose_answer_route(relevance, answer.confidence, shortfalls, policy)
    return relevance, route in {"answered", "uncertain"}
