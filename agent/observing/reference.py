"""The spans and the figures as the tables of docs/observing.md."""

from collections.abc import Mapping

from agent.observing.meters import METERS

SPANS: tuple[tuple[str, str, str], ...] = (
    (
        "`invoke_agent support-triage`",
        "one run of a turn; root, or below the request that brought the message; after a pause below the one before it",
        (
            "`gen_ai.operation.name`, `gen_ai.provider.name`, `gen_ai.agent.name`, `gen_ai.conversation.id` (thread), "
            "`support.turn.id`, `support.turn.resumed`, `support.intent`, `support.route`, `support.rules`, "
            "`support.outcome`, `support.engine`, `support.policy`, `support.decision`; content: `support.reply`"
        ),
    ),
    ("`node NAME`", "one step of the graph", "`support.node.name`, `support.node.status` (done, paused, failed)"),
    (
        "`support.retrieve`",
        "looking up articles",
        (
            "`documents_retrieved` (count), `top_score` (0 to 1), `runbooks_searched` (articles in the index); "
            "content: `question`"
        ),
    ),
    (
        "`support.generate`",
        "writing an answer",
        (
            "`confidence_score` (0 to 10), `best_retrieval_score` (0 to 1), `needs_escalation`, `category`; "
            "content: `answer`"
        ),
    ),
    (
        "`support.escalate`",
        "a hand-over or held draft: once when it begins, once when it is closed, as long as it took",
        (
            "`confidence_score` (0 to 10), `category`, `engineer_resolved` (a person decided), `resolution_time_ms` "
            "(when closed), `support.review.kind`, `support.escalate.phase` (opened, closed)"
        ),
    ),
    (
        "`support.decide`",
        "a decision, below the request that brought it, with a link to the turn's trace",
        "`gen_ai.conversation.id`, `support.turn.id`, `support.review.kind`, `support.decision`, `support.role`",
    ),
    (
        "`chat MODEL`, `embeddings MODEL`",
        "one call to a model, repeated attempts included",
        (
            "`gen_ai.operation.name`, `gen_ai.provider.name`, `gen_ai.request.model`, `gen_ai.output.type`, "
            "`gen_ai.conversation.id`, `gen_ai.usage.input_tokens`, `gen_ai.usage.output_tokens` (tokens), "
            "`gen_ai.response.finish_reasons`, `server.address`, `server.port`; content: `gen_ai.input.messages`, "
            "`gen_ai.output.messages`"
        ),
    ),
    (
        "`POST /chat` and so on",
        "an HTTP request, made by FastAPI; continues `traceparent`",
        "`http.*`, `url.path`, `server.*`; the query is left out",
    ),
)
"""Name, what it covers, attributes."""


def spans_table() -> str:
    """The spans in Markdown."""
    rows = [f"| {name} | {covers} | {attributes} |" for name, covers, attributes in SPANS]
    return "\n".join(["| span | covers | attributes |", "|---|---|---|", *rows]) + "\n"


def figures_table(gauges: Mapping[str, tuple[str, tuple[str, ...]]]) -> str:
    """The figures in Markdown, those of the process first, then what is read from the stores."""
    rows = [
        f"| `triage_{name}{'_total' if kind == 'counter' else ''}` | {kind} | {_named(labels)} | {text} |"
        for name, (kind, text, labels) in METERS.items()
    ]
    rows += [f"| `{name}` | gauge | {_named(labels)} | {text} |" for name, (text, labels) in gauges.items()]
    return "\n".join(["| figure | kind | labels | meaning |", "|---|---|---|---|", *rows]) + "\n"


def _named(labels: tuple[str, ...]) -> str:
    return ", ".join(f"`{label}`" for label in labels)
