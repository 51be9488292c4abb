"""How it works, and the proof."""
