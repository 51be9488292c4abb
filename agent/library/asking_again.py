"""Old questions asked again: what the live desk would do with each of them now, but nobody is sent anything."""

from agent.backoffice import Backoffice
from agent.library.trying import Trial, Trials
from agent.model import AskedAgain, AskedQuestion, GapQuestion
from agent.ports.progress import Progress, ignore
from agent.store import gaps


def ask(office: Backoffice, article_id: str, questions: list[GapQuestion], progress: Progress = ignore) -> AskedAgain:
    """Ask these questions again, keep what came of it, and say how many had an answer before and have one now.

    An answer counts if the desk would send it by itself, with intent, mood, rules and limits as for a new message.
    """
    with office.database.read() as connection:
        before = gaps.answered_turns(connection, [question.turn_id for question in questions])
    asked, trials = [], Trials(office)
    known: dict[str, Trial] = {}
    for number, question in enumerate(questions):
        progress(number / len(questions), f"Asking old questions again, {number:,} of {len(questions):,}")
        found = known.get(question.text) or trials.of(question.text)
        known[question.text] = found
        asked.append(
            AskedQuestion(
                turn_id=question.turn_id,
                text=question.text,
                relevance_before=question.relevance,
                relevance_after=found.relevance,
                answered_before=before.get(question.turn_id, False),
                answered_after=found.answered,
                why=found.why,
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
