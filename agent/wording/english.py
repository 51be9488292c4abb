"""What the desk says in English."""

from agent.wording.phrases import Phrases

ENGLISH = Phrases(
    openings={
        "standard": "",
        "empathetic": "I'm sorry about the trouble. ",
        "urgent": "I see that this is urgent. ",
        "de-escalation": "I'm sorry that this has gone so badly. I want to get this right for you. ",
    },
    courtesy="You're welcome! If anything else comes up, just write here, at any hour.",
    greeting="Hello, good to have you here. ",
    what_the_desk_can_do=(
        "I can answer questions about delivery, returns, payment, your account and our products, look after a problem, "
        "help with an order, or start a refund. Which of these is it, and what is it about? "
        "You can also just ask for a person."
    ),
    other_language="I can write in English, Spanish, German and French, so here it is in English. ",
    answer_in_english="",
    unsure_answer="I'm not certain about this one, so please read it with care. ",
    answer_next="If that is not what you need, just say so, and a colleague will answer you by {due}.",
    draft_held="I have an answer for you that a colleague is checking first. You will have it by {due}.",
    ticket_opened=(
        "Thank you for telling me. I opened ticket {number}, and a colleague will answer it by {due}. "
        "You can add details here at any time."
    ),
    handed_over=(
        "I'm passing this on to a colleague, together with everything you wrote, so you won't have to repeat it. "
        "You will have an answer by {due}. Your ticket is {number}."
    ),
    handover_expired=(
        "We did not answer you in the time we promised, and I'm sorry about that. "
        "Ticket {number} stays open, and a colleague will answer by {due}."
    ),
    turn_failed=(
        "Something went wrong on our side while I was working on your message. Your message is kept, and a colleague "
        "will answer it by {due}. Your ticket is {number}."
    ),
    drafts={
        "billing_dispute": (
            "Thank you for pointing out this charge. I am checking your payments with us now and will tell you here "
            "what I find. If a charge is wrong, I will put it right with you."
        ),
        "legal_threat": (
            "Thank you for telling us how serious this is for you. I am looking into everything that happened myself "
            "and will answer you here with what we found."
        ),
        "account_deletion": (
            "I can close your account for you. Before I do: open orders, gift card balances and your membership end "
            "with it. Please confirm here that I should go ahead."
        ),
        "general": (
            "Thank you for your patience. I have read everything you wrote and am looking into it now; I will answer "
            "you here with what I find."
        ),
    },
    waits_for_decision=(
        "Thank you, I have added this for the colleague who is looking at your request; we answer both together."
    ),
    waits_for_person="Thank you, my colleague sees your message and will answer you here.",
    taken_over="Hello, this is {name} from Larkfield. I have read everything so far and will answer you here myself.",
    handed_back="My colleague is done here, so it's me again. Is there anything else you need?",
    refund_waits=(
        "Your refund request{what} is with a colleague now, who checks every refund in person. "
        "You will have the decision by {due}; there is nothing you need to do until then."
    ),
    refund_of=" of {amount}",
    refund_for_order=" for order {number}",
    ask_refund_details=(
        "I can get your refund started. Which order is it about, or how much did you pay? "
        "The order number looks like LF-10482 and stands in your confirmation e-mail. "
        "As soon as I have it, a colleague decides on the refund."
    ),
    refund_order_unknown=(
        "I can't find order {number}. Could you check the number, or tell me the amount you paid? "
        "As soon as I have it, a colleague decides on the refund."
    ),
    refund_offer=(
        "If you would like money back for an order of yours, tell me its number, and a colleague decides on the refund."
    ),
    refund_issued=(
        "Good news: your refund of {amount} was approved and is on its way to the card or account you paid with. "
        "It arrives within 5 working days. The reference is {reference}."
    ),
    refund_denied=(
        "A colleague looked at your refund request and could not approve it{because}. "
        "If you see it differently, just answer here and a person will look at it again."
    ),
    denials={
        "outside_window": ", because the time in which the goods could come back has passed",
        "not_delivered": ", because the order has not been delivered yet",
        "already_refunded": ", because the order was refunded before",
        "amount_exceeds_paid": ", because the amount is more than what was paid",
        "not_refundable": ", because the items are excluded from returns",
        "suspected_fraud": ", because we could not confirm the details of the request",
        "missing_information": ", because some information is still missing",
        "other": "",
    },
    refund_expired=(
        "We did not decide on your refund in time, and I'm sorry about that. Nothing has been paid yet. "
        "Ticket {number} stays open for it, and a colleague will answer by {due}."
    ),
    refund_not_paid=(
        "Your refund could not be paid as it was approved, because part of the order was refunded already. "
        "A colleague sorts this out with you: ticket {number}, answer by {due}."
    ),
    ask_order=(
        "I can look after your order. Please send me its number, which looks like LF-10482, and the e-mail address it "
        "was ordered with, so that I know it is yours."
    ),
    ask_which_order="Which of your orders is it? You have {orders}. Just send me the number.",
    ask_proof=(
        "Before I say or change anything about order {number}, please send me the e-mail address it was ordered with, "
        "so that I know it is yours."
    ),
    order_not_found=(
        "I can't find an order with this number and this e-mail address together. Could you check both? "
        "If it still does not work, a colleague will look into it with you."
    ),
    order_not_yours=(
        "I can't find order {number} among your orders. Could you check the number? It stands in your confirmation "
        "e-mail. If it still does not work, a colleague will look into it with you."
    ),
    statuses={
        "processing": (
            "Order {number} ({items}) is being prepared in the warehouse. It can still be changed or cancelled, and "
            "you get an e-mail with the tracking number as soon as it leaves."
        ),
        "shipped": (
            "Order {number} ({items}) is on its way: {carrier} has had it since {day}, and the tracking number is "
            "{tracking}."
        ),
        "delivered": "Order {number} ({items}) was delivered on {day} by {carrier}, tracking number {tracking}.",
        "cancelled": "Order {number} ({items}) was cancelled, so nothing will be sent.",
        "returned": "Order {number} ({items}) came back to our warehouse as a return.",
    },
    status_next="If something about it is not right, tell me here, and a colleague will look into it by {due}.",
    states={
        "processing": "being prepared",
        "shipped": "already on its way",
        "delivered": "already delivered",
        "cancelled": "already cancelled",
        "returned": "already returned",
    },
    deliveries={
        "standard": "standard delivery",
        "express": "express delivery",
        "pick-up point": "delivery to a pick-up point",
    },
    order_shown="This is order {number} of {day}: {items}, {paid} paid. ",
    confirm_cancel="Shall I cancel order {number}? Please answer yes or no; nothing happens before your yes.",
    confirm_address=(
        "Shall I send order {number} to {new}, and no longer to {old}? Please answer yes or no; nothing changes before "
        "your yes."
    ),
    confirm_item=(
        "Shall I change {name} in order {number} from {old} to {new}? Please answer yes or no; nothing changes before "
        "your yes."
    ),
    confirm_delivery=(
        "Shall I change order {number} from {old} to {new}? Please answer yes or no; nothing changes before your yes."
    ),
    ask_address=(
        "Where shall order {number} go? Please send me the whole address: street and house number, city, and zip code."
    ),
    ask_item="Which article of order {number} shall I change? It holds {items}.",
    ask_variant="Which one would you like for {name}? We have {variants}.",
    ask_delivery="How shall order {number} travel? You can choose {options}.",
    still_open=(
        "And order {number}: nothing has been changed yet. Please answer yes if I should go ahead, or no if not."
    ),
    answer_yes_or_no="I want to be sure before I touch order {number}. Please answer yes or no.",
    cancelled="Order {number} is cancelled, and nothing will be sent.",
    address_changed="Done: order {number} now goes to {new}. If anything is wrong, tell me before it leaves.",
    item_changed="Done: order {number} now holds {name} in {new}. If anything is wrong, tell me before it leaves.",
    delivery_changed="Done: order {number} now comes by {new}. If anything is wrong, tell me before it leaves.",
    can_go_back="Once the goods are with you, they can go back as a return. ",
    left_alone="All right, order {number} stays as it is. Is there anything else I can do for you?",
    refusals={
        "unknown_order": "I can't find order {number} any more. A colleague looks into it and answers you by {due}.",
        "not_processing": (
            "Order {number} is {state}, so I can't change it any more. If you need something else, ask for a "
            "person here, and a colleague answers by {due}."
        ),
        "changed_meanwhile": (
            "Order {number} has changed since I showed it to you, so I left it as it is. Tell me once more what you "
            "would like, and I show you the order as it is now; or ask for a person, who answers by {due}."
        ),
        "other_country": (
            "I can't send order {number} to another country. Please send me an address in the same country, or ask for "
            "a person, who answers by {due}."
        ),
        "unknown_variant": (
            "{what} is not to be had for order {number}, so I left it as it is. Tell me what else you would like, or "
            "ask for a person, who answers by {due}."
        ),
        "out_of_stock": (
            "{what} is out of stock, so order {number} stays as it is. Tell me which other one you would like, or ask "
            "for a person, who answers by {due}."
        ),
        "costs_more": (
            "{what} costs more than you paid for delivery, so I can't change it by myself, and order {number} stays as "
            "it is. Ask for a person here, and a colleague does it with you by {due}."
        ),
    },
)
