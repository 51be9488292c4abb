"""The built-in order store: a made-up shop in its own SQLite file, filled once from data/demo."""

from agent.adapters.builtin.shop.numbers import canonical_number
from agent.adapters.builtin.shop.store import DemoShop

__all__ = ["DemoShop", "canonical_number"]
