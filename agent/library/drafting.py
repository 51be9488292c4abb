"""From what a person answered a customer to the draft of an article."""

from agent.backoffice import Backoffice
from agent.errors import InvalidDecisionError
from agent.grounding import is_supported
from agent.knowledge.documents import TITLE_CHARS
from agent.knowledge.plain_text import clean_line, clean_text
from agent.model import ArticleDraft, CitedSentence, Hit, Review
from agent.ports.language import ArticleTask
from agent.reading.drafts import for_everybody, title_of
from agent.store import decisions, inbox, replies

KINDS = {"escalation", "draft"}
ACTIONS = {"approve", "edit", "respond"}


def draft_of(office: Backoffice, review: Review) -> ArticleDraft:
    """What the language engine makes of a question and what a person answered.

    Figures, links and addresses that do not stand in the answer make the draft worthless: then it is the answer itself.
    Addresses, order numbers and telephone numbers are left out of both. Raises InvalidDecisionError for a review that
    no article can be made of.
    """
    answer = for_everybody(clean_text(_answered(office, review)))
    question = for_everybody(clean_text(_question(office, review)))
    if not any(char.isalnum() for char in answer):
        message = (
            f"Review {review.review_id} has no answer of a person to make an article of; nothing was changed. "
            "Write the article by hand."
        )
        raise InvalidDecisionError(message)
    written = office.services.language.write_article(
        ArticleTask(question=question, answer=answer, language=_language(office, review))
    )
    title = clean_line(for_everybody(written.title), TITLE_CHARS) or clean_line(title_of(question), TITLE_CHARS)
    text = for_everybody(clean_text(written.text))
    return ArticleDraft(title=title or "Untitled", text=text if _rests_on(text, question, answer) else answer)


def _rests_on(text: str, question: str, answer: str) -> bool:
    told = Hit(chunk_id="told#0", article_id="told", title=question, text=answer, similarity=1.0, relevance=1.0)
    return is_supported(CitedSentence(text=text, chunk_ids=(told.chunk_id,)), [told])


def _answered(office: Backoffice, review: Review) -> str:
    if review.kind not in KINDS or review.decided_action not in ACTIONS:
        message = (
            f"Review {review.review_id} is no question that a person has answered; nothing was changed. "
            "Take an escalation or a draft that was approved, edited or responded to."
        )
        raise InvalidDecisionError(message)
    with office.database.read() as connection:
        decided = decisions.standing_decisions(connection, review.review_id)
        said = [
            line.text
            for line in replies.transcript(connection, review.thread_id)
            if line.who == "person" and line.turn_id == review.turn_id
        ]
    reply = decided[-1].reply if decided else None
    return reply or review.evidence.draft or "\n".join(said)


def _question(office: Backoffice, review: Review) -> str:
    with office.database.read() as connection:
        row = inbox.find_turn(connection, review.turn_id)
    return str(row["text"]) if row is not None else review.evidence.request


def _language(office: Backoffice, review: Review) -> str:
    with office.database.read() as connection:
        return inbox.last_language(connection, review.thread_id)
