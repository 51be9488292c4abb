"""Every sentence that the desk says to customers by itself, as fields that each language fills in.

Names in braces are filled in by the caller; the same ones stand in every language. Whatever promises something ends
with what happens next, and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.errors import RefusalReason
from agent.model import DeliveryOption, DenialReason, OrderStatus, Tone, Topic


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """What the desk says in one language."""

    openings: Mapping[Tone, str]
    """Said before everything else; ends with a blank, or is empty."""

    courtesy: str
    """After a thank-you."""
    greeting: str
    """After a mere hello; what_the_desk_can_do follows."""
    what_the_desk_can_do: str
    """When a message fits no lane."""
    other_language: str
    """Before an answer to a customer whose language the desk does not write."""

    answer_in_english: str
    """Before sentences of the help centre that exist in English only."""
    unsure_answer: str
    """Before an answer that is sent with stated uncertainty."""
    answer_next: str
    """After an answer: {due}."""
    draft_held: str
    """While a colleague checks an answer: {due}."""

    ticket_opened: str
    """After an issue was reported: {number}, {due}."""
    handed_over: str
    """When a conversation goes to a person: {number}, {due}."""
    handover_expired: str
    """When nobody took a hand-over in time: {number}, {due}."""
    turn_failed: str
    """When the desk could not work on a message: {number}, {due}."""
    drafts: Mapping[Topic, str]
    """Drafts for the person who takes a hand-over; "general" is always there. They promise nothing that costs money."""
    waits_for_decision: str
    """When a message arrives while a person is deciding."""
    waits_for_person: str
    """When a message arrives while a person has the conversation."""
    taken_over: str
    """When a person takes the conversation: {name}."""
    handed_back: str
    """When the person gives the conversation back."""

    refund_waits: str
    """While a refund waits at the gate: {what} (empty, or one of the two below), {due}."""
    refund_of: str
    """Part of the above: {amount}."""
    refund_for_order: str
    """Part of the above: {number}."""
    ask_refund_details: str
    """When neither an order nor an amount can be made out."""
    refund_order_unknown: str
    """When no order has this number: {number}."""
    refund_offer: str
    """After a question about refunds was answered."""
    refund_issued: str
    """After a refund was paid: {amount}, {reference}."""
    refund_denied: str
    """After a refund was denied: {because} (one of denials)."""
    denials: Mapping[DenialReason, str]
    """Begins with a comma, or is empty."""
    refund_expired: str
    """When nobody decided in time: {number}, {due}."""
    refund_not_paid: str
    """When an approved refund turned out to be more than what is left: {number}, {due}."""

    ask_order: str
    """When a guest names no order."""
    ask_which_order: str
    """When a known customer has several: {orders}."""
    ask_proof: str
    """When a guest named an order: {number}."""
    order_not_found: str
    """When number and e-mail address do not belong together; says nothing about which of them exists."""
    order_not_yours: str
    """When a known customer has no order of this number: {number}."""

    statuses: Mapping[OrderStatus, str]
    """What has become of an order: {number}, {items}, {day}, {carrier}, {tracking}; each uses what it needs."""
    status_next: str
    """After the status: {due}."""
    states: Mapping[OrderStatus, str]
    """The state in a word or two, for use in a sentence after "is"."""
    deliveries: Mapping[DeliveryOption, str]
    """The names of the delivery options."""

    order_shown: str
    """The order before a question about it: {number}, {day}, {items}, {paid}."""
    confirm_cancel: str
    """After order_shown: {number}."""
    confirm_address: str
    """{number}, {old}, {new}."""
    confirm_item: str
    """{number}, {name}, {old}, {new}."""
    confirm_delivery: str
    """{number}, {old}, {new}."""
    ask_address: str
    """{number}."""
    ask_item: str
    """Which article: {number}, {items}."""
    ask_variant: str
    """Which size or colour: {name}, {variants}."""
    ask_delivery: str
    """{number}, {options}."""
    still_open: str
    """After something else was answered while a yes is awaited: {number}."""
    answer_yes_or_no: str
    """When neither a yes nor a no can be made out: {number}."""

    cancelled: str
    """After an order was cancelled: {number}."""
    address_changed: str
    """{number}, {new}."""
    item_changed: str
    """{number}, {name}, {new}."""
    delivery_changed: str
    """{number}, {new}."""
    left_alone: str
    """After a no: {number}."""
    can_go_back: str
    """Before the refusal of a change to an order that has left; ends with a blank."""
    refusals: Mapping[RefusalReason, str]
    """Why a change was not made: {number}, {state}, {what}, {due}; each uses what it needs."""
