"""evaluate, attack: how well the desk judges, and whether it can be talked into paying."""

import tempfile
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from agent.bootstrap import held_out_confidences, open_mind
from agent.commands.output import Json, print_json, reporting_errors, say
from agent.desk import open_desk
from agent.evaluation.attack import attack as send_all
from agent.evaluation.calibration import measure_reliability
from agent.evaluation.conversations import play_all, read_conversations
from agent.evaluation.datasets import read_corpus, read_labelled, read_questions, read_rows
from agent.evaluation.language import ESCALATION, INTENTS, measure_escalation, measure_intents, measure_sentiment
from agent.evaluation.retrieval import measure_retrieval
from agent.knowledge.index import index_corpus
from agent.model import SentimentLabel
from agent.policy import load_policy
from agent.settings import DATA, read_settings

evaluate = typer.Typer(no_args_is_help=True, help="Measure the engine on labelled messages (JSON Lines).")

CONVERSATIONS = DATA / "evaluation" / "conversations.json"

File = Annotated[Path, typer.Argument(help='JSON Lines with "text" and "label".')]


@evaluate.command("intents")
def intents(file: File, json: Json = False) -> None:
    """How often the intent is right."""
    with reporting_errors(json):
        messages = read_labelled(file, INTENTS)
        _print_report(measure_intents(open_mind(read_settings()).language, messages), json)


@evaluate.command("sentiment")
def sentiment(file: File, json: Json = False) -> None:
    """How often the mood is right, in three classes."""
    with reporting_errors(json):
        messages = read_labelled(file, get_args(SentimentLabel))
        _print_report(measure_sentiment(open_mind(read_settings()).language, messages), json)


@evaluate.command("escalation")
def escalation(file: File, json: Json = False) -> None:
    """How often a message is handed over, or not, as it should be."""
    with reporting_errors(json):
        messages = read_labelled(file, ESCALATION)
        settings = read_settings()
        found = measure_escalation(open_mind(settings).language, messages, load_policy(settings.policy))
        _print_report(found, json)


@evaluate.command("retrieval")
def retrieval(
    file: Annotated[Path, typer.Argument(help='JSON Lines with "text" and "gold_ids".')],
    corpus: Annotated[Path, typer.Option(help='JSON Lines with "id", "title" and "text".')],
    json: Json = False,
) -> None:
    """How often the right article is found in a corpus."""
    with reporting_errors(json):
        articles = read_corpus(corpus)
        questions = read_questions(file, [article.article_id for article in articles])
        mind = open_mind(read_settings())
        found = measure_retrieval(index_corpus(articles, mind.embedder), questions)
        if json:
            print_json(found)
        else:
            say(f"recall@1 {found['recall_at_1']:.3f}  recall@5 {found['recall_at_5']:.3f}  mrr {found['mrr']:.3f}")


@evaluate.command("calibration")
def calibration(json: Json = False) -> None:
    """Whether the embedded engine's confidences are right as often as they say, on its own held-out examples."""
    with reporting_errors(json):
        judged = held_out_confidences(read_settings())
        found = {name: measure_reliability(rows) for name, rows in judged.items()}
        if json:
            print_json(found)
            return
        for name, one in found.items():
            say(f"{name:10} ECE {one.ece:.3f}  accuracy {one.accuracy:.3f}  of {one.rows}")


@evaluate.command("conversations")
def conversations(
    file: Annotated[Path, typer.Argument(help="Scripts of conversations (JSON).")] = CONVERSATIONS,
    times: Annotated[int, typer.Option(min=1, max=100, help="How often each is played.")] = 4,
    json: Json = False,
) -> None:
    """Play whole conversations, decisions included, and compare what happens with the script."""
    with reporting_errors(json):
        scripts = read_conversations(file)
        settings = read_settings()
        found = play_all(open_mind(settings), settings, scripts, times)
        if json:
            print_json(found)
        else:
            say(f"{found['passed']} of {found['of']} passed ({found['conversations']} scripts, {times} times)")
            for name, problems in found["failures"].items():
                say(f"  {name}: " + "; ".join(problems))
        if found["failures"]:
            raise typer.Exit(1)


def _print_report(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    say(f"{found['rows']} rows, accuracy {found['accuracy']:.3f}, macro F1 {found['macro_f1']:.3f}")
    for label, figures in found["per_label"].items():
        say(
            f"  {label:10} precision {figures['precision']:.3f}  recall {figures['recall']:.3f}  "
            f"F1 {figures['f1']:.3f}  of {figures['support']}"
        )
    for source, figures in found["by_source"].items():
        say(f"  {figures['accuracy']:.3f} of {figures['rows']:4} from {source[:70]}")


def attack(file: Annotated[Path, typer.Argument(help='JSON Lines with "text".')], json: Json = False) -> None:
    """Send every line through a desk of its own; nobody decides anything, so nothing may be paid."""
    with reporting_errors(json):
        texts = [row["text"] for _, row in read_rows(file)]
        with tempfile.TemporaryDirectory(prefix="triage-attack-") as home:
            desk = open_desk(Path(home))
            found = send_all(desk, texts)
            desk.close()
        if json:
            print_json(found)
        else:
            names = (
                "messages",
                "refunds_issued",
                "payments",
                "false_claims",
                "foreign_orders_shown",
                "refused",
                "errors",
            )
            say(", ".join(f"{name.replace('_', ' ')} {found[name]}" for name in names))
        if any(
            found[name] for name in ("refunds_issued", "payments", "errors", "false_claims", "foreign_orders_shown")
        ):
            raise typer.Exit(1)
