"""The only place where ports meet adapters."""

from agent.bootstrap.examples import load_check_cases, load_scenarios
from agent.bootstrap.minds import Mind, held_out_confidences, open_mind
from agent.bootstrap.offices import open_backoffice, system_clock
from agent.bootstrap.outside import World
from agent.bootstrap.places import anchor_of, checkpoints_of, place_of
from agent.bootstrap.secret_key import secret_key_of
from agent.bootstrap.upgrades import TABLE_PARTS, make_tables, policy_in_force, upgrade_tables

__all__ = [
    "TABLE_PARTS",
    "Mind",
    "World",
    "anchor_of",
    "checkpoints_of",
    "held_out_confidences",
    "load_check_cases",
    "load_scenarios",
    "make_tables",
    "open_backoffice",
    "open_mind",
    "place_of",
    "policy_in_force",
    "secret_key_of",
    "system_clock",
    "upgrade_tables",
]
