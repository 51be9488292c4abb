"""Every sentence that the desk says to customers by itself. Each ends with what happens next, and when."""

from agent.model import DenialReason, Money, Tone, Topic
from agent.timestamps import for_people

OPENINGS: dict[Tone, str] = {
    "standard": "",
    "empathetic": "I'm sorry about the trouble. ",
    "urgent": "I see that this is urgent. ",
    "de-escalation": "I'm sorry that this has gone so badly. I want to get this right for you. ",
}

DENIALS: dict[DenialReason, str] = {
    "outside_window": ", because the time in which the goods could come back has passed",
    "not_delivered": ", because the order has not been delivered yet",
    "already_refunded": ", because the order was refunded before",
    "amount_exceeds_paid": ", because the amount is more than what was paid",
    "not_refundable": ", because the items are excluded from returns",
    "suspected_fraud": ", because we could not confirm the details of the request",
    "missing_information": ", because some information is still missing",
    "other": "",
}


DRAFTS: dict[Topic, str] = {
    "billing_dispute": (
        "Thank you for pointing out this charge. I am checking your payments with us now and will tell you here what I "
        "find. If a charge is wrong, I will put it right with you."
    ),
    "legal_threat": (
        "Thank you for telling us how serious this is for you. I am looking into everything that happened myself and "
        "will answer you here with what we found."
    ),
    "account_deletion": (
        "I can close your account for you. Before I do: open orders, gift card balances and your membership end with "
        "it. Please confirm here that I should go ahead."
    ),
    "general": (
        "Thank you for your patience. I have read everything you wrote and am looking into it now; I will answer you "
        "here with what I find."
    ),
}


def with_tone(tone: Tone, text: str) -> str:
    """The text with the opening that the customer's mood asks for."""
    return OPENINGS[tone] + text


def ticket_opened(number: str, due_at: str) -> str:
    """After an issue was reported."""
    return (
        f"Thank you for telling me. I opened ticket {number}, and a colleague will answer it by {for_people(due_at)}. "
        "You can add details here at any time."
    )


def refund_waits(order_number: str | None, asked: Money | None, due_at: str) -> str:
    """While a refund waits at the gate. Says nothing about an order that the customer did not say first."""
    what = f" of {asked}" if asked else ""
    which = f" for order {order_number}" if order_number else ""
    return (
        f"Your refund request{what}{which} is with a colleague now, who checks every refund in person. "
        f"You will have the decision by {for_people(due_at)}; there is nothing you need to do until then."
    )


def ask_refund_details(unknown_number: str | None) -> str:
    """When neither an order nor an amount can be made out."""
    if unknown_number:
        return (
            f"I can't find order {unknown_number}. Could you check the number, or tell me the amount you paid? "
            "As soon as I have it, a colleague decides on the refund."
        )
    return (
        "I can get your refund started. Which order is it about, or how much did you pay? "
        "The order number looks like LF-10482 and stands in your confirmation e-mail. "
        "As soon as I have it, a colleague decides on the refund."
    )


def refund_issued(amount: Money, reference: str) -> str:
    """After a refund was paid."""
    return (
        f"Good news: your refund of {amount} was approved and is on its way to the card or account you paid with. "
        f"It arrives within 5 working days. The reference is {reference}."
    )


def refund_denied(reason: DenialReason) -> str:
    """After a refund was denied."""
    return (
        f"A colleague looked at your refund request and could not approve it{DENIALS[reason]}. "
        "If you see it differently, just answer here and a person will look at it again."
    )


def refund_expired(number: str, due_at: str) -> str:
    """When nobody decided in time: nothing was paid, and a person stays on it."""
    return (
        "We did not decide on your refund in time, and I'm sorry about that. Nothing has been paid yet. "
        f"Ticket {number} stays open for it, and a colleague will answer by {for_people(due_at)}."
    )


def refund_not_paid(number: str, due_at: str) -> str:
    """When an approved refund turned out to be more than what is left of the order."""
    return (
        "Your refund could not be paid as it was approved, because part of the order was refunded already. "
        f"A colleague sorts this out with you: ticket {number}, answer by {for_people(due_at)}."
    )


def handed_over(number: str, due_at: str) -> str:
    """When a conversation goes to a person."""
    return (
        f"I'm passing this on to a colleague, together with everything you wrote, so you won't have to repeat it. "
        f"You will have an answer by {for_people(due_at)}. Your ticket is {number}."
    )


def what_the_desk_can_do() -> str:
    """When a message fits no lane."""
    return (
        "I can answer questions about delivery, returns, payment, your account and our products, look after a problem, "
        "help with an order, or start a refund. Which of these is it, and what is it about? "
        "You can also just ask for a person."
    )


def draft_for(topic: Topic) -> str:
    """A draft for the person who takes a hand-over, by topic; it promises nothing that costs money."""
    return DRAFTS.get(topic, DRAFTS["general"])


def waits_for_decision() -> str:
    """When a message arrives while a person is deciding."""
    return "Thank you, I have added this for the colleague who is looking at your request; we answer both together."


def waits_for_person() -> str:
    """When a message arrives while a person has the conversation."""
    return "Thank you, my colleague sees your message and will answer you here."


def taken_over(name: str) -> str:
    """When a person takes the conversation."""
    return f"Hello, this is {name} from Larkfield. I have read everything so far and will answer you here myself."


def handover_expired(number: str, due_at: str) -> str:
    """When nobody took a hand-over in time."""
    return (
        "We did not answer you in the time we promised, and I'm sorry about that. "
        f"Ticket {number} stays open, and a colleague will answer by {for_people(due_at)}."
    )


def handed_back() -> str:
    """When the person gives the conversation back."""
    return "My colleague is done here, so it's me again. Is there anything else you need?"


def turn_failed(number: str, due_at: str) -> str:
    """When the desk could not work on a message."""
    return (
        "Something went wrong on our side while I was working on your message. Your message is kept, and a colleague "
        f"will answer it by {for_people(due_at)}. Your ticket is {number}."
    )
