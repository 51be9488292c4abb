"""How texts are prepared before anything is learnt from them."""
