"""The evidence card with its decision."""

import streamlit as st

from agent import Desk, DeskError, Identity
from pages.ui.access.identity import may_decide
from pages.ui.blocks import show_blocks
from pages.ui.knowledge.article_link import draw_article_link
from pages.ui.plain_text import plain
from pages.ui.review.claiming import draw_claim_button
from pages.ui.review.decision_panel import draw_decision_panel
from pages.ui.review.evidence import evidence_blocks, headline, request_blocks
from pages.ui.review.kept import kept_changes, note_sight
from pages.ui.review.ticket_state import ticket_blocks, ticket_of
from pages.ui.review.two_people import is_first_person


def draw_card(desk: Desk, review_id: str, identity: Identity) -> None:
    """The evidence of one review and the way to decide it."""
    try:
        review = desk.review(review_id)
        held = desk.held_messages(review_id)
    except DeskError as error:
        st.warning(plain(str(error)), title="This review can't be shown", icon=":material/link_off:")
        return
    note_sight(desk, review, identity)
    ticket = ticket_of(desk, review)
    with st.container(border=True, key="review_card", gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.header(plain(headline(review)), anchor=False, width="content")
            with st.container(horizontal=True, vertical_alignment="center", width="content", gap="xsmall"):
                if review.is_open and may_decide(identity) and not is_first_person(review, identity):
                    draw_claim_button(desk, review, identity)
                draw_article_link(review)
                if ticket is not None and ticket.desk_url:
                    st.link_button(
                        plain(f"{ticket.desk} {ticket.desk_number}"),
                        ticket.desk_url,
                        icon=":material/open_in_new:",
                        type="tertiary",
                    )
                st.page_link(
                    "pages/live_desk.py",
                    label="Conversation",
                    icon=":material/forum:",
                    query_params={"thread": review.thread_id},
                )
        show_blocks(request_blocks(review, held), key="request", card=review_id)
        draw_decision_panel(desk, review, identity)
        blocks = [*kept_changes(desk, review, identity), *ticket_blocks(ticket), *evidence_blocks(review)]
        show_blocks(blocks, key="evidence", card=review_id)
