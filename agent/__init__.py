"""Support Triage Autopilot: the desk, without its screens."""

import os

# read once by langgraph when it is imported: without it, checkpoints could bring back arbitrary classes
os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"  # noqa: TID251  written, not read, and before any other import
