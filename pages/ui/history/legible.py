"""A stylesheet for what Streamlit draws too faintly to be read by everybody."""

import streamlit as st


def make_choice_legible() -> None:
    """Write the chosen part of segmented controls in the theme's link colour: the primary one is too dark at night."""
    colour = st.get_option(f"theme.{st.context.theme.type or 'light'}.linkColor")
    if colour:
        st.html(f'<style>[data-variant="segmented_control"][aria-checked="true"] p {{ color: {colour}; }}</style>')
