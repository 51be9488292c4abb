"""How the desk works, in six topics: words, and the steps that light up in the graph for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent import GraphStructure
from pages.ui.graph.trace import Frame, NodeState, frames_along

UNDERSTAND = {"classify", "gauge_sentiment", "retrieve"}


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A topic with its text and the steps that illustrate it; `last` is how the last step ends."""

    title: str
    text: str
    steps: tuple[frozenset[str], ...]
    last: NodeState = "done"


def _steps(*names: str | set[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({name} if isinstance(name, str) else name) for name in names)


TOPICS: tuple[Topic, ...] = (
    Topic(
        title="Routing",
        text=(
            "Three steps read a message side by side: what it is about, how the customer feels, and which articles "
            "might answer it.\n\n"
            "**Route** then applies the policy's rules, in a fixed order, and chooses exactly one lane. No model "
            "decides here: a rule compares a figure with a limit, and every rule that fired is kept with both. "
            "When in doubt, the rules choose a person."
        ),
        steps=_steps("intake", UNDERSTAND, "route", "handle_faq", "record"),
    ),
    Topic(
        title="Interrupt",
        text=(
            "A refund always stops at the **Human Gate**. The facts are frozen one step earlier, so what a reviewer "
            "reads is what will be acted on.\n\n"
            "The pause is not a waiting program. The graph saves where it stands and ends; nothing runs, and nothing "
            "can time out by accident. Messages that arrive meanwhile are kept beside the review and answered after it."
        ),
        steps=_steps("intake", UNDERSTAND, "route", "assess_refund", "human_gate"),
        last="paused",
    ),
    Topic(
        title="Two people",
        text=(
            "A large refund stops twice. The first reviewer approves it at the **Human Gate**; then the thread waits "
            "at the **Second Gate** until somebody else confirms exactly that amount and those words.\n\n"
            "It is a gate of its own, with a saved state before it, so that no crash can make one person count twice. "
            "**Issue Refund** looks at both decisions in the table, and pays nothing unless two different people stand "
            "there. To deny it, one person is enough."
        ),
        steps=_steps("intake", UNDERSTAND, "route", "assess_refund", "human_gate", "second_gate"),
        last="paused",
    ),
    Topic(
        title="An explicit yes",
        text=(
            "To cancel or change an order, the desk first finds out which order is meant and whether it is the "
            "customer's. **Confirm Order** then shows what would be done and ends the turn with a question.\n\n"
            "Only a clear yes to exactly that is acted on: if the order has changed meanwhile, or the customer asks "
            "for something else, it is shown again. **Resolve Order** does it once, however often the step runs. "
            "Money for a cancelled order still goes through the gate."
        ),
        steps=_steps("intake", UNDERSTAND, "route", "identify_order", "confirm_order", "resolve_order", "record"),
    ),
    Topic(
        title="Resume",
        text=(
            "A decision is written down first, in one transaction that only one reviewer can win. Whoever comes "
            "second is told who was faster.\n\n"
            "Then any process picks the thread up at the gate. **Issue Refund** reads the decision again from the "
            "table and pays under a key that belongs to this review: however often the step runs, money moves once. "
            "A denial takes another way, from which no payment can be reached."
        ),
        steps=_steps("human_gate", "issue_refund", "record"),
    ),
    Topic(
        title="Checkpointer",
        text=(
            "After every step the state of the thread is saved under the thread's id. That is the checkpointer, and "
            "it is why a thread belongs to no process.\n\n"
            "If a process dies, the next one finds the last saved step and goes on from there. Steps that were done "
            "are not done again, and a message that was accepted is answered, even if nobody restarts by hand. "
            "The proof below does exactly that, with a real kill."
        ),
        steps=_steps("intake", UNDERSTAND, "route", "assess_refund", "human_gate", "issue_refund", "record"),
    ),
)


def topic_frames(structure: GraphStructure, topic: Topic) -> Sequence[Frame]:
    """The topic's steps as frames; steps that this graph does not have are left out."""
    known = {node.name for node in structure.nodes}
    steps = [set(step) & known for step in topic.steps]
    return frames_along(structure, [step for step in steps if step], topic.last)
